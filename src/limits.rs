//! Which call may go out now: the API's rate limits as the headers of its answers tell them, and how many calls run at once.
//!
//! A bucket is an endpoint and the project, organization or branch that it is called for. It is unknown at first, and again when its window has
//! ended: then one call goes ahead, and the others wait for what its answer tells.

use crate::endpoint::{Endpoint, Rate};
use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;
use std::task::Waker;

/// How many attempts run at once unless [`Options::max_concurrent`](crate::Options::max_concurrent) says otherwise.
pub const DEFAULT_MAX_CONCURRENT: u32 = 50;

/// Milliseconds that others wait for the one that goes ahead: a slow answer must not stop all of them.
const PATIENCE_MS: f64 = 5_000.0;

/// The longest window that is believed in, in milliseconds: a number that is out of its mind must not close an endpoint for ever.
const DAY_MS: f64 = 86_400_000.0;

/// What the headers of an answer tell; NaN for what they do not.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told {
    pub(crate) limit: f64,
    pub(crate) remaining: f64,
    pub(crate) reset_seconds: f64,
}

impl Told {
    pub(crate) const NOTHING: Told = Told { limit: f64::NAN, remaining: f64::NAN, reset_seconds: f64::NAN };
}

/// The state of all buckets of a client.
pub(crate) struct Limiter {
    /// Milliseconds since 1970.
    clock: fn() -> f64,
    /// When somebody last looked who may go. A call that is told to wait must go by the same time, or it would wait for what has happened.
    looked: Cell<f64>,
    most: u32,
    running: Cell<u32>,
    waiting: Cell<u32>,
    turns: Cell<f64>,
    buckets: RefCell<Vec<Rc<Bucket>>>,
    /// How many buckets there may be until those that know nothing any more are dropped.
    room: Cell<usize>,
    /// Whether somebody is letting calls go: one that ends meanwhile leaves it to them, as it would go ever deeper.
    busy: Cell<bool>,
    stirred: Cell<bool>,
}

pub(crate) struct Bucket {
    endpoint: &'static str,
    subject: String,
    rates: &'static [Rate],
    limit: Cell<f64>,
    /// What the last answer said is left; NaN while that is unknown.
    left: Cell<f64>,
    /// When the window ends, at the latest.
    ends: Cell<f64>,
    /// And at the soonest: an answer knows the time at which it was written, which lies between sending and now.
    soonest: Cell<f64>,
    /// Whether the answers say nothing of limits.
    open: Cell<bool>,
    /// Calls that were sent and may not be counted in `left` yet.
    running: Cell<u32>,
    /// When the first of them was sent.
    since: Cell<f64>,
    queue: RefCell<Vec<Rc<Waiter>>>,
    /// When calls were sent, where the endpoint has limits of its own.
    sent: RefCell<Vec<f64>>,
}

/// A call that waits.
pub(crate) struct Waiter {
    turn: f64,
    /// Whether it is to be told when the window is spent, as it would not wait so long.
    pub(crate) picky: bool,
    pub(crate) granted: Cell<bool>,
    /// When it was.
    since: Cell<f64>,
    /// Whether there is news for it.
    pub(crate) stirred: Cell<bool>,
    /// Whether it looks at the clock for those behind it.
    armed: Cell<bool>,
    waker: Cell<Option<Waker>>,
}

/// What a bucket says to who comes first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Verdict {
    Go,
    /// Something is expected, at this time at the latest.
    Busy(f64),
    /// There is nothing left until then.
    Spent(f64),
}

/// A state of a bucket for people to see.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct BucketState {
    /// The endpoint: `projects.list`.
    pub endpoint: &'static str,
    /// Ref of the project or branch, or slug of the organization; empty for calls that count against the user.
    pub subject: String,
    /// Calls per window, as the last answer said.
    pub limit: Option<u32>,
    /// Calls left in this window, less those under way.
    pub remaining: Option<u32>,
    /// Seconds until the window ends.
    pub reset_seconds: Option<u32>,
    /// Calls under way.
    pub running: u32,
    /// Calls that wait.
    pub waiting: u32,
}

impl Waiter {
    pub(crate) fn watch(&self, waker: &Waker) -> bool {
        if self.granted.get() || self.stirred.take() {
            return true;
        }
        self.waker.set(Some(waker.clone()));
        false
    }

    fn wake(&self) {
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }

    fn stir(&self) {
        self.stirred.set(true);
        self.wake();
    }
}

impl Bucket {
    pub(crate) fn verdict(&self, now: f64) -> Verdict {
        if now >= self.ends.get() {
            self.left.set(f64::NAN);
        }
        let (left, running) = (self.left.get(), self.running.get());
        let patience = self.since.get() + PATIENCE_MS;
        if left == 0.0 {
            return Verdict::Spent(self.ends.get());
        }
        if left <= running.into() {
            return Verdict::Busy(self.ends.get());
        }
        if left.is_nan() && running > 0 && !self.open.get() && now < patience {
            return Verdict::Busy(patience);
        }
        let sent = self.sent.borrow();
        for rate in self.rates {
            // What the headers tell wins over what is documented for a window like theirs.
            let told = !left.is_nan() && rate.seconds >= 60;
            let first = sent.len().wrapping_sub(rate.calls.into());
            let free = sent.get(first).map_or(0.0, |sent| sent + f64::from(rate.seconds) * 1000.0);
            if now < free && !told {
                return Verdict::Spent(free);
            }
        }
        Verdict::Go
    }

    fn grant(&self, now: f64) {
        if self.running.get() == 0 {
            self.since.set(now);
        }
        self.running.set(self.running.get() + 1);
        if !self.rates.is_empty() {
            let mut sent = self.sent.borrow_mut();
            // As many as any of the rates looks back.
            let most = self.rates.iter().fold(0, |most, rate| most.max(rate.calls));
            if sent.len() >= most.into() {
                sent.remove(0);
            }
            sent.push(now);
        }
    }

    fn less(&self) {
        self.running.set(self.running.get() - 1);
    }

    /// An answer came.
    fn learn(&self, Told { limit, remaining, reset_seconds }: Told, sent: f64, now: f64) {
        let wait = (reset_seconds * 1000.0).min(DAY_MS);
        if remaining.is_nan() || reset_seconds.is_nan() {
            self.open.set(self.left.get().is_nan());
            return self.miss();
        }
        self.less();
        // Resets may be rounded, up or down.
        let (soonest, ends) = (sent + wait - 1000.0, now + wait + (wait / 10.0).min(1000.0));
        let (left, before) = (self.left.get(), self.ends.get());
        self.limit.set(limit);
        self.open.set(false);
        if left.is_nan() || soonest > before {
            self.left.set(remaining);
            self.soonest.set(soonest);
            self.ends.set(ends);
        } else if ends >= self.soonest.get() {
            self.left.set(left.min(remaining));
            self.soonest.set(self.soonest.get().max(soonest));
            self.ends.set(before.min(ends));
        }
        // Else it comes from a window that is over.
    }

    /// No answer came, or it tells nothing. The call may have been counted.
    fn miss(&self) {
        self.less();
        let left = self.left.get();
        if left > 0.0 {
            self.left.set(left - 1.0);
        }
    }

    fn close(&self, until: f64) {
        self.left.set(0.0);
        self.ends.set(self.ends.get().max(until));
    }

    /// Whether there is nothing to remember of it.
    fn is_blank(&self, now: f64) -> bool {
        let quiet = |rate: &Rate| self.sent.borrow().last().is_none_or(|last| now >= last + f64::from(rate.seconds) * 1000.0);
        self.running.get() == 0 && self.queue.borrow().is_empty() && now >= self.ends.get() && self.rates.iter().all(quiet)
    }

    fn first(&self) -> Option<Rc<Waiter>> {
        self.queue.borrow().first().cloned()
    }
}

/// `Vec::retain` is faster, and four times as large.
pub(crate) fn forget<T>(list: &mut Vec<T>, is_blank: impl Fn(&T) -> bool) {
    let mut at = list.len();
    while at > 0 {
        at -= 1;
        if is_blank(&list[at]) {
            let last = list.len() - 1;
            list.swap(at, last);
            list.pop();
        }
    }
}

impl Limiter {
    pub(crate) fn new(most: u32, clock: fn() -> f64) -> Rc<Self> {
        Rc::new(Limiter {
            clock,
            looked: Cell::new(0.0),
            most,
            running: Cell::new(0),
            waiting: Cell::new(0),
            turns: Cell::new(0.0),
            buckets: RefCell::default(),
            room: Cell::new(16),
            busy: Cell::new(false),
            stirred: Cell::new(false),
        })
    }

    /// Where a call stands among all others; it keeps its place when it is sent again.
    pub(crate) fn turn(&self) -> f64 {
        self.turns.set(self.turns.get() + 1.0);
        self.turns.get()
    }

    pub(crate) fn now(&self) -> f64 {
        (self.clock)()
    }

    fn look(&self) -> f64 {
        let now = self.now();
        self.looked.set(now);
        now
    }

    pub(crate) fn bucket(&self, row: &Endpoint, subject: &str) -> Rc<Bucket> {
        let mut buckets = self.buckets.borrow_mut();
        let known = |bucket: &&Rc<Bucket>| bucket.endpoint == row.id && bucket.subject == subject;
        if let Some(bucket) = buckets.iter().find(known) {
            return Rc::clone(bucket);
        }
        if buckets.len() >= self.room.get() {
            let now = self.now();
            forget(&mut buckets, |bucket| bucket.is_blank(now));
            self.room.set(buckets.len() * 2 + 16);
        }
        let bucket = Rc::new(Bucket {
            endpoint: row.id,
            subject: subject.into(),
            rates: row.rates,
            limit: Cell::new(f64::NAN),
            left: Cell::new(f64::NAN),
            ends: Cell::new(0.0),
            soonest: Cell::new(0.0),
            open: Cell::new(false),
            running: Cell::new(0),
            since: Cell::new(0.0),
            queue: RefCell::default(),
            sent: RefCell::default(),
        });
        buckets.push(Rc::clone(&bucket));
        bucket
    }

    /// Asks to be let go. The ticket is granted at once, or later.
    pub(crate) fn enter(&self, bucket: Rc<Bucket>, turn: f64, picky: bool) -> Ticket<'_> {
        let now = self.look();
        let waiter = Rc::new(Waiter {
            turn,
            picky,
            granted: Cell::new(false),
            since: Cell::new(0.0),
            stirred: Cell::new(false),
            armed: Cell::new(false),
            waker: Cell::new(None),
        });
        let free = self.running.get() < self.most;
        if free && bucket.queue.borrow().is_empty() && bucket.verdict(now) == Verdict::Go {
            self.grant(&bucket, &waiter, now);
        } else {
            let mut queue = bucket.queue.borrow_mut();
            // Most come last; one that is sent again was there before others.
            let mut at = queue.len();
            while at > 0 && queue[at - 1].turn > turn {
                at -= 1;
            }
            queue.insert(at, Rc::clone(&waiter));
            self.waiting.set(self.waiting.get() + 1);
        }
        Ticket { limiter: self, bucket, waiter, sent: Cell::new(false), counted: Cell::new(false) }
    }

    fn grant(&self, bucket: &Bucket, waiter: &Waiter, now: f64) {
        self.running.set(self.running.get() + 1);
        bucket.grant(now);
        waiter.granted.set(true);
        waiter.since.set(now);
    }

    /// Lets all go that may.
    pub(crate) fn pump(&self) {
        self.stirred.set(true);
        if self.busy.replace(true) {
            return;
        }
        while self.stirred.take() && self.waiting.get() > 0 {
            let now = self.look();
            while self.running.get() < self.most {
                let Some((bucket, waiter)) = self.next(now) else { break };
                bucket.queue.borrow_mut().remove(0);
                self.waiting.set(self.waiting.get() - 1);
                self.grant(&bucket, &waiter, now);
                waiter.wake();
            }
            // Who has become the first of a queue is the one who looks at the clock.
            // From the end, as there may be fewer afterwards.
            let mut at = self.buckets.borrow().len();
            while at > 0 {
                at -= 1;
                let first = self.buckets.borrow().get(at).and_then(|bucket| bucket.first());
                if let Some(waiter) = first.filter(|waiter| !waiter.armed.get()) {
                    waiter.stir();
                }
            }
        }
        self.busy.set(false);
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

    /// Whether it can be thrown away: a new one would know as much.
    #[cfg(feature = "js")]
    pub(crate) fn is_blank(&self) -> bool {
        let now = self.now();
        self.running.get() == 0 && self.buckets.borrow().iter().all(|bucket| bucket.is_blank(now))
    }

    /// Tells of the buckets that are not blank: endpoint, subject; limit, what is left, seconds until the window ends, NaN for what is not known;
    /// calls that run, and that wait.
    pub(crate) fn each(&self, mut tell: impl FnMut(&'static str, &str, [f64; 3], [u32; 2])) {
        let now = self.now();
        for bucket in &*self.buckets.borrow() {
            if !bucket.is_blank(now) {
                let seconds = if now < bucket.ends.get() { (bucket.ends.get() - now) / 1000.0 } else { f64::NAN };
                let left = if seconds.is_nan() { seconds } else { bucket.left.get() - f64::from(bucket.running.get()) };
                tell(
                    bucket.endpoint,
                    &bucket.subject,
                    [bucket.limit.get(), left, seconds],
                    [bucket.running.get(), bucket.queue.borrow().len() as u32],
                );
            }
        }
    }

    /// The same, for people to see.
    #[cfg(not(feature = "js"))]
    pub(crate) fn states(&self) -> Vec<BucketState> {
        let mut states = Vec::new();
        self.each(|endpoint, subject, [limit, remaining, reset], [running, waiting]| {
            let whole = |number: f64| (!number.is_nan()).then_some(number.max(0.0) as u32);
            let (limit, remaining, reset_seconds) = (whole(limit), whole(remaining), whole(reset.ceil()));
            states.push(BucketState { endpoint, subject: subject.into(), limit, remaining, reset_seconds, running, waiting });
        });
        states
    }
}

impl fmt::Debug for Limiter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Limiter").field("running", &self.running).field("waiting", &self.waiting).finish_non_exhaustive()
    }
}

/// A place in the queue, then one among those who run. Dropping it gives it back.
pub(crate) struct Ticket<'l> {
    limiter: &'l Limiter,
    pub(crate) bucket: Rc<Bucket>,
    pub(crate) waiter: Rc<Waiter>,
    /// Whether the server has seen anything of the call.
    pub(crate) sent: Cell<bool>,
    counted: Cell<bool>,
}

impl Ticket<'_> {
    /// Goes to sleep. Tells whether it has to look at the clock, as the first of its queue.
    pub(crate) fn arm(&self, wait: f64) -> bool {
        let first = self.bucket.first().is_some_and(|first| Rc::ptr_eq(&first, &self.waiter));
        // Who waits for a place among those who run has no time to look at: any that ends must tell it.
        self.waiter.armed.set(first && wait.is_finite());
        first
    }

    /// When somebody last looked whether it may go.
    pub(crate) fn looked(&self) -> f64 {
        self.limiter.looked.get()
    }

    /// Looks whether somebody can go now that time has passed.
    pub(crate) fn knock(&self) {
        self.limiter.pump();
    }

    /// What the headers of the answer tell.
    pub(crate) fn learn(&self, told: Told) {
        self.counted.set(true);
        let now = if told.remaining.is_nan() { 0.0 } else { self.limiter.now() };
        self.bucket.learn(told, self.waiter.since.get(), now);
        self.tell();
    }

    /// The server said that it takes nothing more for so long.
    pub(crate) fn close(&self, wait_ms: f64) {
        self.bucket.close(self.limiter.now() + wait_ms.min(DAY_MS));
        self.tell();
    }

    fn tell(&self) {
        if self.limiter.waiting.get() == 0 {
            return;
        }
        if self.bucket.left.get() == 0.0 {
            let mut at = self.bucket.queue.borrow().len();
            while at > 0 {
                at -= 1;
                let waiter = self.bucket.queue.borrow().get(at).cloned();
                if let Some(waiter) = waiter.filter(|waiter| waiter.picky) {
                    waiter.stir();
                }
            }
        }
        self.limiter.pump();
    }
}

impl Drop for Ticket<'_> {
    fn drop(&mut self) {
        if self.waiter.granted.get() {
            self.limiter.running.set(self.limiter.running.get() - 1);
            if !self.counted.get() {
                if self.sent.get() { self.bucket.miss() } else { self.bucket.less() }
            }
        } else {
            let mut queue = self.bucket.queue.borrow_mut();
            if let Some(at) = queue.iter().position(|other| Rc::ptr_eq(other, &self.waiter)) {
                queue.remove(at);
                self.limiter.waiting.set(self.limiter.waiting.get() - 1);
            }
        }
        if self.limiter.waiting.get() > 0 {
            self.limiter.pump();
        }
    }
}
