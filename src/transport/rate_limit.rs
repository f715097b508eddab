//! Which call may go out now: the API's rate limits as the headers of its answers tell them, and how many calls run at once.
//!
//! A bucket is an endpoint and the project, organization or branch that it is called for. What is left in it is unknown at first, and again when its
//! window has ended: then one call goes ahead, and the others wait for what its answer tells.

use super::cancellation::{Cancellation, Cancelled};
use super::time::{Deadline, now};
use crate::headers::RateLimitHeaders;
use crate::schema::endpoint::{Endpoint, Rate};
use std::cell::{Cell, RefCell};
use std::fmt;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};
use wasm_bindgen::JsValue;
use web_sys::AbortSignal;

/// Milliseconds that others wait for the one that goes ahead: a slow answer must not stop all of them.
const PATIENCE_MS: f64 = 5_000.0;

/// The longest window that is reckoned with, in milliseconds.
const DAY_MS: f64 = 86_400_000.0;

/// The longest wait that is begun without a deadline: the windows of the API are shorter, and a day would be as good as for ever.
pub(crate) const LONGEST_WAIT_MS: f64 = 600_000.0;

/// How long it counts what an answer said, in milliseconds. Then one call goes ahead and looks: a header that is out of its mind, or that of a server
/// which is well again, must not close an endpoint for longer.
const BELIEF_MS: f64 = LONGEST_WAIT_MS;

/// The rate limits of a client: all its buckets, and who waits.
pub(crate) struct Limiter {
    /// When somebody last looked who may go. A call that is told to wait must go by the same time, or it would wait for what has happened.
    looked_at: Cell<f64>,
    max_concurrent: u32,
    running: Cell<u32>,
    waiting: Cell<u32>,
    /// How many calls have asked for a turn.
    turns: Cell<u64>,
    buckets: RefCell<Vec<Rc<Bucket>>>,
    /// How many buckets there may be until those that know nothing any more are dropped.
    bucket_limit: Cell<usize>,
    /// Whether somebody is admitting calls: one that ends meanwhile leaves it to them, as it would go ever deeper.
    admitting: Cell<bool>,
    /// Whether something has changed since they began.
    changed: Cell<bool>,
}

struct Bucket {
    endpoint: &'static str,
    subject: String,
    /// Limits that the API documents for this endpoint.
    rates: &'static [Rate],
    /// Calls per window, as the last answer said.
    limit: Cell<Option<f64>>,
    /// What the last answer said is left; nothing while that is unknown.
    remaining: Cell<Option<f64>>,
    /// When the window ends, at the latest.
    ends_at: Cell<f64>,
    /// And at the soonest: an answer knows the time at which it was written, which lies between sending and now.
    ends_soonest: Cell<f64>,
    /// Until when what the last answer said is believed.
    believed_until: Cell<f64>,
    /// Whether the answers say nothing of limits.
    unlimited: Cell<bool>,
    /// Calls that were sent and may not be counted in `remaining` yet.
    running: Cell<u32>,
    /// When the first of them was admitted.
    running_since: Cell<f64>,
    queue: RefCell<Vec<Rc<Waiter>>>,
    /// When calls were admitted, where the endpoint has limits of its own.
    admitted: RefCell<Vec<f64>>,
}

/// A call that waits, or has been admitted.
struct Waiter {
    turn: u64,
    /// Whether it is to be told when the window is spent, as it would not wait so long.
    impatient: bool,
    admitted: Cell<bool>,
    admitted_at: Cell<f64>,
    /// Whether it has to look again how things are.
    notified: Cell<bool>,
    /// Whether it has a timer, and looks at the clock for those behind it.
    has_timer: Cell<bool>,
    waker: Cell<Option<Waker>>,
}

/// What a bucket says to the first of its queue.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Verdict {
    Go,
    /// Something is expected, at this time at the latest.
    Busy(f64),
    /// There is nothing left.
    Spent {
        /// When calls go on: the window ends, or one of them goes ahead and looks.
        until: f64,
        /// When the window ends.
        ends: f64,
    },
}

/// What is known of the rate limit of an endpoint, for one project, branch or organization.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct BucketState {
    /// The endpoint: `projects.list`; `request` for one that the client does not know.
    pub endpoint: &'static str,
    /// Ref of the project or branch, or slug of the organization; empty for calls that count against the user.
    pub subject: String,
    /// Calls per window, as the last answer said.
    pub limit: Option<u32>,
    /// Calls left in this window, less those under way.
    pub remaining: Option<u32>,
    /// Seconds until the window ends; up to one more than the header said, which is rounded.
    pub reset_seconds: Option<u32>,
    /// Calls under way.
    pub running: u32,
    /// Calls that wait.
    pub waiting: u32,
}

/// Why a call was not admitted.
#[derive(Debug)]
pub(crate) enum Refused {
    /// The window is spent for that many milliseconds, and there is no time to wait or no wish to.
    Spent(f64),
    /// The time for the whole call is over.
    Late,
    /// The signal was aborted.
    Aborted(JsValue),
}

impl Waiter {
    fn wake(&self) {
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }

    fn notify(&self) {
        self.notified.set(true);
        self.wake();
    }

    /// Waits until it is admitted, or has to look again.
    async fn changed(&self) {
        poll_fn(|context| {
            if self.admitted.get() || self.notified.take() {
                return Poll::Ready(());
            }
            self.waker.set(Some(context.waker().clone()));
            Poll::Pending
        })
        .await;
    }
}

impl Bucket {
    fn new(endpoint: &'static str, subject: &str, rates: &'static [Rate]) -> Self {
        Bucket {
            endpoint,
            subject: subject.into(),
            rates,
            limit: Cell::default(),
            remaining: Cell::default(),
            ends_at: Cell::default(),
            ends_soonest: Cell::default(),
            believed_until: Cell::default(),
            unlimited: Cell::default(),
            running: Cell::default(),
            running_since: Cell::default(),
            queue: RefCell::default(),
            admitted: RefCell::default(),
        }
    }

    /// When nothing is known any more: the window has ended, or what was told of it is too old.
    fn known_until(&self) -> f64 {
        self.ends_at.get().min(self.believed_until.get())
    }

    fn verdict(&self, now: f64) -> Verdict {
        let until = self.known_until();
        if now >= until {
            self.remaining.set(None);
            self.ends_at.set(until);
        }
        let (remaining, running) = (self.remaining.get(), self.running.get());
        match remaining {
            Some(0.0) => return Verdict::Spent { until, ends: self.ends_at.get() },
            Some(left) if left <= running.into() => return Verdict::Busy(until),
            Some(_) => {}
            None => {
                let patience = self.running_since.get() + PATIENCE_MS;
                if running > 0 && !self.unlimited.get() && now < patience {
                    return Verdict::Busy(patience);
                }
            }
        }
        let admitted = self.admitted.borrow();
        for rate in self.rates {
            // What the headers tell wins over what is documented for a window like theirs.
            let told = remaining.is_some() && rate.seconds >= 60;
            let oldest = admitted.len().checked_sub(rate.calls.into()).and_then(|at| admitted.get(at));
            let free_at = oldest.map_or(0.0, |admitted| admitted + f64::from(rate.seconds) * 1000.0);
            if now < free_at && !told {
                return Verdict::Spent { until: free_at, ends: free_at };
            }
        }
        Verdict::Go
    }

    fn admit(&self, now: f64) {
        if self.running.get() == 0 {
            self.running_since.set(now);
        }
        self.running.set(self.running.get() + 1);
        // As many as any of the rates looks back.
        if let Some(most) = self.rates.iter().map(|rate| usize::from(rate.calls)).max() {
            let mut admitted = self.admitted.borrow_mut();
            if admitted.len() >= most {
                admitted.remove(0);
            }
            admitted.push(now);
        }
    }

    fn end_one(&self) {
        self.running.set(self.running.get() - 1);
    }

    /// An answer came to a call that was sent at some time.
    fn learn(&self, told: RateLimitHeaders, sent: f64, now: f64) {
        let (Some(remaining), Some(reset_seconds)) = (told.remaining, told.reset_seconds) else {
            self.unlimited.set(self.remaining.get().is_none());
            return self.count_unanswered();
        };
        self.end_one();
        let wait = (reset_seconds * 1000.0).min(DAY_MS);
        // Resets may be rounded, up or down.
        let (soonest, ends) = (sent + wait - 1000.0, now + wait + (wait / 10.0).min(1000.0));
        let before = self.ends_at.get();
        self.believed_until.set(now + BELIEF_MS);
        self.limit.set(told.limit);
        self.unlimited.set(false);
        match self.remaining.get() {
            Some(left) if soonest <= before => {
                // Else it comes from a window that is over.
                if ends >= self.ends_soonest.get() {
                    self.remaining.set(Some(left.min(remaining)));
                    self.ends_soonest.set(self.ends_soonest.get().max(soonest));
                    self.ends_at.set(before.min(ends));
                }
            }
            _ => {
                self.remaining.set(Some(remaining));
                self.ends_soonest.set(soonest);
                self.ends_at.set(ends);
            }
        }
    }

    /// No answer came, or it tells nothing. The call may have been counted.
    fn count_unanswered(&self) {
        self.end_one();
        if let Some(left) = self.remaining.get().filter(|left| *left > 0.0) {
            self.remaining.set(Some(left - 1.0));
        }
    }

    fn close(&self, wait_ms: f64, now: f64) {
        let until = now + wait_ms.min(DAY_MS);
        self.remaining.set(Some(0.0));
        self.ends_at.set(self.ends_at.get().max(until));
        self.believed_until.set(now + BELIEF_MS);
        // There is a limit, whatever the headers say.
        self.unlimited.set(false);
    }

    /// Whether there is nothing to remember of it.
    fn is_blank(&self, now: f64) -> bool {
        let quiet = |rate: &Rate| self.admitted.borrow().last().is_none_or(|last| now >= last + f64::from(rate.seconds) * 1000.0);
        self.running.get() == 0 && self.queue.borrow().is_empty() && now >= self.known_until() && self.rates.iter().all(quiet)
    }

    fn first(&self) -> Option<Rc<Waiter>> {
        self.queue.borrow().first().cloned()
    }

    fn state(&self, now: f64) -> BucketState {
        let whole = |number: f64| number.ceil().max(0.0) as u32;
        let left = self.known_until() - now;
        let known = left > 0.0;
        let remaining = self.remaining.get().filter(|_| known).map(|remaining| remaining - f64::from(self.running.get()));
        BucketState {
            endpoint: self.endpoint,
            subject: self.subject.clone(),
            limit: self.limit.get().map(whole),
            remaining: remaining.map(whole),
            reset_seconds: known.then(|| whole(left / 1000.0)),
            running: self.running.get(),
            waiting: self.queue.borrow().len() as u32,
        }
    }
}

impl Limiter {
    pub(crate) fn new(max_concurrent: u32) -> Self {
        Limiter {
            looked_at: Cell::default(),
            max_concurrent,
            running: Cell::default(),
            waiting: Cell::default(),
            turns: Cell::default(),
            buckets: RefCell::default(),
            bucket_limit: Cell::new(16),
            admitting: Cell::default(),
            changed: Cell::default(),
        }
    }

    /// Where a call stands among all others; it keeps its place when it is sent again.
    pub(crate) fn turn(&self) -> u64 {
        self.turns.set(self.turns.get() + 1);
        self.turns.get()
    }

    /// Waits until a call may be sent. `refuse` is whether a spent window is an error in place of a wait.
    ///
    /// # Errors
    /// Why it may not.
    pub(crate) async fn admit(
        &self,
        endpoint: &Endpoint,
        subject: &str,
        turn: u64,
        refuse: bool,
        deadline: Deadline,
        signal: Option<&AbortSignal>,
    ) -> Result<Permit<'_>, Refused> {
        let limited = deadline.left_ms().is_finite();
        let permit = self.enter(self.bucket(endpoint, subject), turn, refuse || limited);
        while !permit.waiter.admitted.get() {
            let now = self.looked_at.get();
            let wait = match permit.bucket.verdict(now) {
                Verdict::Go => f64::INFINITY,
                Verdict::Busy(until) => until - now,
                Verdict::Spent { until, ends } => {
                    let most = if limited { deadline.left_ms() } else { LONGEST_WAIT_MS };
                    // Who waits does so for the end of the window. One look, which most likely finds it spent, is no place for all of them.
                    if refuse || ends - now >= most {
                        return Err(Refused::Spent(until - now));
                    }
                    until - now
                }
            };
            let wait = if permit.watch_clock(wait) { wait } else { f64::INFINITY };
            match Cancellation::new(signal, deadline.left_ms().min(wait), None).guard(permit.waiter.changed()).await {
                Ok(()) => {}
                Err(Cancelled::Late) if deadline.left_ms() > 0.0 => self.admit_all(),
                Err(Cancelled::Late) => return Err(Refused::Late),
                Err(Cancelled::Aborted(reason)) => return Err(Refused::Aborted(reason)),
            }
        }
        Ok(permit)
    }

    fn look(&self) -> f64 {
        let now = now();
        self.looked_at.set(now);
        now
    }

    fn bucket(&self, endpoint: &Endpoint, subject: &str) -> Rc<Bucket> {
        let mut buckets = self.buckets.borrow_mut();
        if let Some(bucket) = buckets.iter().find(|bucket| bucket.endpoint == endpoint.id && bucket.subject == subject) {
            return Rc::clone(bucket);
        }
        if buckets.len() >= self.bucket_limit.get() {
            let now = now();
            buckets.retain(|bucket| !bucket.is_blank(now));
            self.bucket_limit.set(buckets.len() * 2 + 16);
        }
        let bucket = Rc::new(Bucket::new(endpoint.id, subject, endpoint.rates));
        buckets.push(Rc::clone(&bucket));
        bucket
    }

    /// Asks to be admitted, which is granted at once or later.
    fn enter(&self, bucket: Rc<Bucket>, turn: u64, impatient: bool) -> Permit<'_> {
        let now = self.look();
        let waiter = Rc::new(Waiter {
            turn,
            impatient,
            admitted: Cell::default(),
            admitted_at: Cell::default(),
            notified: Cell::default(),
            has_timer: Cell::default(),
            waker: Cell::default(),
        });
        let free = self.running.get() < self.max_concurrent;
        if free && bucket.queue.borrow().is_empty() && bucket.verdict(now) == Verdict::Go {
            self.let_go(&bucket, &waiter, now);
        } else {
            // Most come last; one that is sent again was there before others.
            let mut queue = bucket.queue.borrow_mut();
            let at = queue.partition_point(|other| other.turn <= turn);
            queue.insert(at, Rc::clone(&waiter));
            self.waiting.set(self.waiting.get() + 1);
        }
        Permit { limiter: self, bucket, waiter, sent: Cell::default(), counted: Cell::default() }
    }

    fn let_go(&self, bucket: &Bucket, waiter: &Waiter, now: f64) {
        self.running.set(self.running.get() + 1);
        bucket.admit(now);
        waiter.admitted.set(true);
        waiter.admitted_at.set(now);
    }

    /// Admits all that may go.
    fn admit_all(&self) {
        self.changed.set(true);
        if self.admitting.replace(true) {
            return;
        }
        while self.changed.take() && self.waiting.get() > 0 {
            let now = self.look();
            while self.running.get() < self.max_concurrent {
                let Some((bucket, waiter)) = self.next(now) else { break };
                bucket.queue.borrow_mut().remove(0);
                self.waiting.set(self.waiting.get() - 1);
                self.let_go(&bucket, &waiter, now);
                waiter.wake();
            }
            // Who has become the first of a queue is the one who looks at the clock.
            let firsts: Vec<_> = self.buckets.borrow().iter().filter_map(|bucket| bucket.first()).collect();
            firsts.iter().filter(|waiter| !waiter.has_timer.get()).for_each(|waiter| waiter.notify());
        }
        self.admitting.set(false);
    }

    /// Of those who may go, the one who has waited longest.
    fn next(&self, now: f64) -> Option<(Rc<Bucket>, Rc<Waiter>)> {
        let mut best: Option<(Rc<Bucket>, Rc<Waiter>)> = None;
        for bucket in &*self.buckets.borrow() {
            let Some(first) = bucket.first() else { continue };
            if best.as_ref().is_none_or(|(_, other)| first.turn < other.turn) && bucket.verdict(now) == Verdict::Go {
                best = Some((Rc::clone(bucket), first));
            }
        }
        best
    }

    /// Whether it can be thrown away: a new one would know of as many windows. Which endpoints have no limit it would find out again, of each with its
    /// first answer.
    pub(crate) fn is_blank(&self) -> bool {
        let now = now();
        self.running.get() == 0 && self.buckets.borrow().iter().all(|bucket| bucket.is_blank(now))
    }

    /// The buckets that there is something to tell of.
    pub(crate) fn states(&self) -> Vec<BucketState> {
        let now = now();
        self.buckets.borrow().iter().filter(|bucket| !bucket.is_blank(now)).map(|bucket| bucket.state(now)).collect()
    }
}

impl fmt::Debug for Limiter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Limiter").field("running", &self.running).field("waiting", &self.waiting).finish_non_exhaustive()
    }
}

/// A place in the queue, then one among those who run. Dropping it gives it back.
pub(crate) struct Permit<'l> {
    limiter: &'l Limiter,
    bucket: Rc<Bucket>,
    waiter: Rc<Waiter>,
    /// Whether the server may have seen anything of the call.
    sent: Cell<bool>,
    /// Whether an answer has told how things are.
    counted: Cell<bool>,
}

impl Permit<'_> {
    /// Tells whether it has to look at the clock after this time, as the first of its queue.
    fn watch_clock(&self, wait: f64) -> bool {
        let first = self.bucket.first().is_some_and(|first| Rc::ptr_eq(&first, &self.waiter));
        // Who waits for a place among those who run has no time to look at: any that ends must tell it.
        self.waiter.has_timer.set(first && wait.is_finite());
        first
    }

    /// From now on the server may have seen the call.
    pub(crate) fn mark_sent(&self) {
        self.sent.set(true);
    }

    /// Takes in what the headers of the answer tell, and for how long the server takes nothing more, where it said so: both at once, before anybody else
    /// may go.
    pub(crate) fn learn(&self, told: RateLimitHeaders, closed_ms: Option<f64>) {
        self.counted.set(true);
        self.bucket.learn(told, self.waiter.admitted_at.get(), now());
        if let Some(wait_ms) = closed_ms {
            self.bucket.close(wait_ms, now());
        }
        self.tell();
    }

    fn tell(&self) {
        if self.limiter.waiting.get() == 0 {
            return;
        }
        if self.bucket.remaining.get() == Some(0.0) {
            // A window that ends so late is waited for by nobody, however patient.
            let is_late = self.bucket.ends_at.get() - now() >= LONGEST_WAIT_MS;
            let leaving: Vec<_> = self.bucket.queue.borrow().iter().filter(|waiter| waiter.impatient || is_late).cloned().collect();
            leaving.iter().for_each(|waiter| waiter.notify());
        }
        self.limiter.admit_all();
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if self.waiter.admitted.get() {
            self.limiter.running.set(self.limiter.running.get() - 1);
            if !self.counted.get() {
                if self.sent.get() { self.bucket.count_unanswered() } else { self.bucket.end_one() }
            }
        } else {
            let mut queue = self.bucket.queue.borrow_mut();
            if let Some(at) = queue.iter().position(|other| Rc::ptr_eq(other, &self.waiter)) {
                queue.remove(at);
                self.limiter.waiting.set(self.limiter.waiting.get() - 1);
            }
        }
        if self.limiter.waiting.get() > 0 {
            self.limiter.admit_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE_MS: f64 = 60_000.0;

    fn told(remaining: f64, reset_seconds: f64) -> RateLimitHeaders {
        RateLimitHeaders { limit: Some(120.0), remaining: Some(remaining), reset_seconds: Some(reset_seconds) }
    }

    /// What it says at a time, where nothing is under way.
    fn goes(bucket: &Bucket, now: f64) -> bool {
        bucket.verdict(now) == Verdict::Go
    }

    #[test]
    fn nothing_closes_an_endpoint_for_more_than_ten_minutes() {
        let waits = [1.0, 59.0, 599.0, 601.0, 3_600.0, 86_400.0, 999_999_999.0, 1e12];
        for (seconds, by_retry_after) in waits.into_iter().flat_map(|seconds| [(seconds, false), (seconds, true)]) {
            let bucket = Bucket::new("projects.list", "", &[]);
            let began = 1e12;
            bucket.admit(began);
            if by_retry_after {
                bucket.learn(RateLimitHeaders::default(), began, began);
                bucket.close(seconds * 1000.0, began);
            } else {
                bucket.learn(told(0.0, seconds), began, began);
            }
            // No look comes too early: what the server asks for counts until then.
            let early = (seconds * 1000.0).min(10.0 * MINUTE_MS) - 1.0;
            assert!(!goes(&bucket, began + early), "{seconds} s");
            let late = (seconds * 1000.0 + 1000.0).min(10.0 * MINUTE_MS);
            assert!(goes(&bucket, began + late), "{seconds} s");
            // One call looks, and the others wait for what it finds.
            bucket.admit(began + late);
            assert!(matches!(bucket.verdict(began + late), Verdict::Busy(_)), "{seconds} s");
        }
    }

    #[test]
    fn what_a_look_finds_is_what_counts() {
        let bucket = Bucket::new("projects.list", "", &[]);
        let (began, look) = (1e12, 1e12 + 10.0 * MINUTE_MS);
        bucket.admit(began);
        bucket.learn(RateLimitHeaders::default(), began, began);
        bucket.close(999_999_999_000.0, began);
        assert!(goes(&bucket, look));
        bucket.admit(look);
        // Spent for five seconds more, as the server says now.
        bucket.learn(RateLimitHeaders::default(), look, look);
        bucket.close(5_000.0, look);
        assert!(!goes(&bucket, look + 4_999.0) && goes(&bucket, look + 5_000.0));
        // And well again.
        bucket.admit(look + 5_000.0);
        bucket.learn(told(100.0, 60.0), look + 5_000.0, look + 5_000.0);
        for _ in 0..100 {
            assert!(goes(&bucket, look + 5_001.0));
            bucket.admit(look + 5_001.0);
        }
        assert!(!goes(&bucket, look + 5_002.0));
    }

    #[test]
    fn a_call_is_not_kept_waiting_for_a_look() {
        let bucket = Bucket::new("projects.list", "", &[]);
        bucket.admit(0.0);
        bucket.learn(told(0.0, 3_600.0), 0.0, 0.0);
        let Verdict::Spent { until, ends } = bucket.verdict(MINUTE_MS) else { panic!("it is spent") };
        assert_eq!(until, 10.0 * MINUTE_MS);
        assert!(ends >= 60.0 * MINUTE_MS, "{ends}");
        assert_eq!(bucket.state(MINUTE_MS).reset_seconds, Some(540));
    }
}
