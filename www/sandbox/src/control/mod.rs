//! What a test does with a sandbox besides calling it: let calls fail, move the clock, look at what was called, begin anew. The same in Rust and,
//! under `/_sandbox/`, over HTTP.

mod calls;
mod fault;
mod routes;

pub use calls::Called;
pub use fault::{Cut, Fault};

use crate::read::InputError;
use crate::tokens::Viewer;
use crate::{Options, Response, Sandbox, Step};
use calls::Log;
pub(crate) use routes::answer;

/// How many faults wait at once.
const MOST_FAULTS: usize = 1_000;
/// How far the clock can be moved in all, in milliseconds: a century.
pub(crate) const MOST_ADVANCED: i64 = 3_155_760_000_000;

/// What of a sandbox belongs to its test and not to the account.
pub(crate) struct Control {
    /// What it began with.
    options: Options,
    /// In the order in which they were asked for.
    faults: Vec<Fault>,
    pub(crate) log: Log,
}

/// What is still to be done with the answer of a call.
pub(crate) struct Ending {
    /// Where the call stands in the log.
    entry: u64,
    pub(crate) fault: Option<Box<Fault>>,
    endpoint: &'static str,
    is_head: bool,
    /// Who asked.
    pub(crate) viewer: Viewer,
}

impl Control {
    pub(crate) fn new(options: Options) -> Self {
        Control { options, faults: Vec::new(), log: Log::default() }
    }

    /// Begins a call: its fault, if there is one, is used up.
    pub(crate) fn begin(&mut self, entry: u64, endpoint: &'static str, is_head: bool, viewer: Viewer) -> Ending {
        let at = self.faults.iter().position(|fault| fault.is_for(endpoint));
        let fault = at.map(|at| {
            let fault = Box::new(self.faults[at].clone());
            match &mut self.faults[at].times {
                Some(times) if *times > 1 => *times -= 1,
                Some(_) => drop(self.faults.remove(at)),
                None => {}
            }
            fault
        });
        Ending { entry, fault, endpoint, is_head, viewer }
    }

    /// Ends a call, or waits with it for SQL.
    pub(crate) fn end(&mut self, step: Step, ending: Ending) -> Step {
        match step {
            Step::Sql(pending) => Step::Sql(pending.with(ending)),
            Step::Done(response) => {
                let Ending { entry, fault, endpoint, is_head, .. } = ending;
                let mut response = match fault {
                    Some(fault) => fault.spoil(response, endpoint),
                    None => response,
                };
                // Clients tell by it that there is no body to be read.
                if response.status != 204 {
                    response.headers.push(("content-length".into(), response.body.len().to_string()));
                }
                if is_head {
                    response.body.clear();
                }
                self.log.end(entry, &response);
                Step::Done(response)
            }
        }
    }
}

impl Sandbox {
    /// Lets the next answers of an endpoint be something else: see [`Fault`]. Faults of one endpoint come in the order in which they were asked for.
    ///
    /// ```
    /// use supabase_management_sandbox::{Fault, Options, Request, Sandbox};
    ///
    /// let mut sandbox = Sandbox::new(&Options::default(), 0).unwrap();
    /// sandbox.fail(Fault { endpoint: "projects.list".into(), status: Some(503), times: Some(2), ..Fault::default() }).unwrap();
    /// let request = Request { method: "GET", target: "/v1/projects", authorization: Some("Bearer sbp_any"), ..Request::default() };
    /// let statuses: Vec<u16> = (0..3).map(|_| sandbox.handle(&request, 0).status).collect();
    /// assert_eq!(statuses, [503, 503, 200]);
    /// ```
    ///
    /// # Errors
    /// An endpoint that does not exist, a status or header that cannot be sent, or what cannot go wrong together.
    pub fn fail(&mut self, fault: Fault) -> Result<(), InputError> {
        fault.check()?;
        if self.control.faults.len() >= MOST_FAULTS {
            return Err(InputError::new("", format!("at most {MOST_FAULTS} faults that wait"), "one more"));
        }
        self.control.faults.push(fault);
        Ok(())
    }

    /// The faults that have not come yet, with the times that are left of each.
    pub fn faults(&self) -> &[Fault] {
        &self.control.faults
    }

    /// Forgets the faults that have not come yet.
    pub fn clear_faults(&mut self) {
        self.control.faults.clear();
    }

    /// Moves the clock ahead, in milliseconds, by a century in all at most: projects come up, windows of rate limits end, tokens expire. The time
    /// that a host gives goes on from there.
    ///
    /// ```
    /// use supabase_management_sandbox::{Options, Request, Sandbox};
    ///
    /// let mut sandbox = Sandbox::new(&Options::default(), 0).unwrap();
    /// let staging = "/v1/projects/wnfcjpoybtgxirdkqseu";
    /// let request = Request { method: "GET", target: staging, authorization: Some("Bearer sbp_any"), ..Request::default() };
    /// let mut is_up = |sandbox: &mut Sandbox| sandbox.handle(&request, 0).body.windows(14).any(|text| text == b"ACTIVE_HEALTHY");
    /// assert!(!is_up(&mut sandbox));
    /// sandbox.advance(6_000);
    /// assert!(is_up(&mut sandbox));
    /// ```
    pub fn advance(&mut self, milliseconds: u64) {
        let milliseconds = i64::try_from(milliseconds).unwrap_or(i64::MAX);
        self.account.advanced_ms = self.account.advanced_ms.saturating_add(milliseconds).min(MOST_ADVANCED);
    }

    /// The last 1,000 calls, oldest first: see [`Called`].
    pub fn calls(&self) -> Vec<Called> {
        self.control.log.all()
    }

    /// Forgets the calls so far.
    pub fn clear_calls(&mut self) {
        self.control.log.clear();
    }

    /// Begins anew, with the account that it began with: no faults, no calls, no counts of rate limits, and the clock that its host gives.
    pub fn reset(&mut self, now_ms: i64) {
        // What could be read once can be read again.
        if let Ok(mut fresh) = Sandbox::new(&self.control.options, now_ms) {
            // A call that still waits for SQL has no place in the new log.
            fresh.control.log = std::mem::take(&mut self.control.log);
            fresh.control.log.clear();
            *self = fresh;
        }
    }

    /// The time that holds when a host says this one.
    pub(crate) fn time(&self, now_ms: i64) -> i64 {
        now_ms.saturating_add(self.account.advanced_ms)
    }
}

/// An answer to a request for the control of the sandbox itself.
fn plain(status: u16, body: Vec<u8>) -> Response {
    let headers = if body.is_empty() { Vec::new() } else { vec![("content-type".into(), "application/json; charset=utf-8".into())] };
    Response { status, headers, body, delay_ms: 0, cut: None }
}
