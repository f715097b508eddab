//! What `pkg/sandbox.js` calls. Each instance of the wasm is one sandbox.

use crate::json::{gather, json, text};
use crate::{Cut, InputError, Options, Outcome, Pending, Request, Sandbox, SqlError, Step};
use std::cell::RefCell;
use std::collections::VecDeque;
use wasm_bindgen::prelude::*;

thread_local! {
    static SANDBOX: RefCell<Held> = const { RefCell::new(Held::Nothing) };
    /// Calls that wait for SQL, with their tickets, oldest first.
    static WAITING: RefCell<VecDeque<(u32, Pending)>> = const { RefCell::new(VecDeque::new()) };
}

/// What there is since [`start`].
enum Held {
    Nothing,
    /// The account that nobody gave is made when it is first looked at, as it was at that time: that takes longer than all else of a start. A state
    /// or a seed is read at once, since it may be wrong.
    Later(Options, i64),
    Now(Box<Sandbox>),
}

/// Does something with the sandbox. Nothing before [`start`].
fn with_sandbox<T>(work: impl FnOnce(&mut Sandbox) -> T) -> Option<T> {
    SANDBOX.with_borrow_mut(|held| {
        if let Held::Later(options, now) = held {
            *held = Sandbox::new(options, *now).map_or(Held::Nothing, |sandbox| Held::Now(sandbox.into()));
        }
        if let Held::Now(sandbox) = held { Some(work(sandbox)) } else { None }
    })
}

/// Begins. Gives path, expectation and what was received in its place where the state or the seed, which is JSON, is wrong; else nothing. A rate
/// limit of 0 is none.
#[wasm_bindgen]
pub fn start(state: Option<String>, seed: Option<String>, startup_ms: f64, rate_limit: u32, random_seed: f64, now: f64) -> Vec<String> {
    let seed = seed.map(|text| crate::read::parse_own(&text));
    let rate_limit = (rate_limit > 0).then_some(rate_limit);
    let options = Options { state, seed, startup_ms: startup_ms as i64, rate_limit, random_seed: random_seed.to_bits() };
    let held = if options.state.is_none() && options.seed.is_none() {
        Held::Later(options, now as i64)
    } else {
        match Sandbox::new(&options, now as i64) {
            Ok(sandbox) => Held::Now(sandbox.into()),
            Err(InputError { path, expected, received }) => return vec![path, expected, received],
        }
    };
    SANDBOX.set(held);
    Vec::new()
}

/// What [`handle`] gives in the place of a status when SQL must be run first.
const SQL: &str = "sql";

/// How many calls wait for SQL at once. The oldest is forgotten.
const MOST_WAITING: usize = 1_000;

/// Answers a request: status, body, milliseconds to wait before it is given, what to do to the connection (`"lost"`, `"truncated"` or undefined), then
/// names and values of headers in turn. Nothing before [`start`].
///
/// A host that runs SQL says so, and may get this instead: `"sql"`, a ticket for [`resume`], the database, the statement, its parameters as a
/// JSON list, and whether it only reads.
#[wasm_bindgen]
#[expect(clippy::too_many_arguments, reason = "each is a header, and an object would have to be taken apart")]
pub fn handle(
    method: &str,
    target: &str,
    authorization: Option<String>,
    content_type: Option<String>,
    body: &[u8],
    now: f64,
    accept: Option<String>,
    idempotency_key: Option<String>,
    runs_sql: Option<bool>,
    origin: Option<String>,
) -> Vec<JsValue> {
    let request = Request {
        method,
        target,
        authorization: authorization.as_deref(),
        content_type: content_type.as_deref(),
        accept: accept.as_deref(),
        idempotency_key: idempotency_key.as_deref(),
        origin: origin.as_deref(),
        body,
    };
    let step =
        with_sandbox(
            |sandbox| {
                if runs_sql == Some(true) { sandbox.begin(&request, now as i64) } else { Step::Done(sandbox.handle(&request, now as i64)) }
            },
        );
    step.map(values).unwrap_or_default()
}

/// Goes on with a call that waits for SQL, and gives what [`handle`] gives. `rows` is a JSON list of objects; without it and without an error there
/// is no database. An error is JSON with the fields of Postgres: `code`, `message`, `detail`, `hint`, `position`.
#[wasm_bindgen]
pub fn resume(ticket: u32, rows: Option<String>, error: Option<String>, now: f64) -> Vec<JsValue> {
    let outcome = match (rows, error) {
        (_, Some(error)) => Outcome::Failed(sql_error(&error)),
        (Some(rows), None) => Outcome::Rows(rows),
        (None, None) => Outcome::NoDatabase,
    };
    let pending = WAITING.with_borrow_mut(|waiting| {
        let at = waiting.iter().position(|(other, _)| *other == ticket)?;
        waiting.remove(at).map(|(_, pending)| pending)
    });
    let step = with_sandbox(|sandbox| Some(sandbox.resume(pending?, outcome, now as i64)));
    step.flatten().map(values).unwrap_or_default()
}

fn sql_error(json: &str) -> SqlError {
    let error = crate::read::parse_own(json);
    let text = |name: &str| error[name].as_str().map(str::to_owned);
    // Drivers give the position as text.
    let position = text("position").and_then(|text| text.parse().ok()).or_else(|| error["position"].as_u64().map(|number| number as usize));
    SqlError { code: text("code"), message: text("message").unwrap_or_default(), detail: text("detail"), hint: text("hint"), position }
}

fn values(step: Step) -> Vec<JsValue> {
    match step {
        Step::Done(response) => {
            let cut = match response.cut {
                None => JsValue::UNDEFINED,
                Some(Cut::Lost) => "lost".into(),
                Some(Cut::Truncated) => "truncated".into(),
            };
            let mut values = vec![response.status.into(), js_sys::Uint8Array::from(&*response.body).into(), response.delay_ms.into(), cut];
            values.extend(response.headers.iter().flat_map(|(name, value)| [(**name).into(), value.into()]));
            values
        }
        Step::Sql(pending) => {
            let statement = pending.statement().clone();
            let ticket = WAITING.with_borrow_mut(|waiting| {
                let ticket = waiting.back().map_or(0, |(last, _)| last + 1);
                if waiting.len() >= MOST_WAITING {
                    waiting.pop_front();
                }
                waiting.push_back((ticket, pending));
                ticket
            });
            let parameters = text(&serde_json::Value::Array(statement.parameters));
            vec![SQL.into(), ticket.into(), statement.database.into(), statement.sql.into(), parameters.into(), statement.read_only.into()]
        }
    }
}

/// What to run on a database that was never used, as a JSON list of texts: see [`Sandbox::initial_sql`].
#[wasm_bindgen]
pub fn initial_sql(database: &str) -> String {
    let texts = with_sandbox(|sandbox| sandbox.initial_sql(database)).unwrap_or_default();
    text(&json!(texts))
}

/// The databases that there are, one per line.
#[wasm_bindgen]
pub fn databases() -> String {
    with_sandbox(|sandbox| gather(sandbox.databases()).join("\n")).unwrap_or_default()
}

/// Everything that exists, as JSON.
#[wasm_bindgen]
pub fn save() -> String {
    with_sandbox(|sandbox| sandbox.save()).unwrap_or_default()
}

/// The endpoints that are answered, one per line.
#[wasm_bindgen]
pub fn built() -> String {
    gather(Sandbox::built()).join("\n")
}
