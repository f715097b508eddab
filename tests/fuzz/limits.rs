//! The limiter against a server that has limits, on a clock of its own: it keeps them, it is fair, and nobody is forgotten.

use super::limits::{Limiter, Ticket, Told, Verdict};
use super::runner::hold;
use proptest::collection::vec;
use proptest::prelude::*;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Wake, Waker};
use supabase_management_wasm::api::endpoints;
use supabase_management_wasm::endpoint::Endpoint;

thread_local! {
    static NOW: Cell<f64> = const { Cell::new(0.0) };
}

fn now() -> f64 {
    NOW.get()
}

const SUBJECTS: [&str; 3] = ["a", "b", ""];
const NOTHING: Told = Told { limit: f64::NAN, remaining: f64::NAN, reset_seconds: f64::NAN };

/// What one call does.
#[derive(Debug, Clone)]
struct Plan {
    /// When it comes, in milliseconds behind the one before.
    after: u32,
    /// Of which project.
    subject: usize,
    /// Until the server sees it, and until its answer is back.
    there: u32,
    back: u32,
    /// Whether it would rather fail than wait for a window.
    picky: bool,
    /// Whether its answer has no headers, as that of a proxy, where the limit is known without it.
    silent: bool,
    /// When it is aborted, behind its coming.
    aborted: Option<u32>,
}

/// What the server allows, and how it tells.
#[derive(Debug, Clone)]
struct Rules {
    limit: u32,
    seconds: u32,
    most: u32,
    /// Whether its answers have headers.
    told: bool,
    /// Whether some of them have none nevertheless.
    silent: bool,
}

fn plan(aborts: bool) -> impl Strategy<Value = Plan> {
    let after = prop_oneof![3 => Just(0u32), 2 => 0u32..300, 1 => 0u32..20_000];
    let abort = if aborts { prop_oneof![3 => Just(None), 1 => (0u32..8_000).prop_map(Some)].boxed() } else { Just(None).boxed() };
    (after, 0usize..3, 0u32..1_000, 0u32..3_000, any::<bool>(), any::<bool>(), abort)
        .prop_map(|(after, subject, there, back, picky, silent, aborted)| Plan { after, subject, there, back, picky, silent, aborted })
}

fn rules() -> impl Strategy<Value = Rules> {
    (1u32..8, 2u32..70, 1u32..6, any::<bool>()).prop_map(|(limit, seconds, most, told)| Rules { limit, seconds, most, told, silent: false })
}

/// Notes that somebody is to be polled.
struct Bell(AtomicBool);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Event {
    Come,
    Late,
    Seen,
    Answered,
    Aborted,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Fate {
    Ahead,
    Waiting,
    Running,
    Served,
    Refused,
    Aborted,
}

struct Caller<'c> {
    turn: f64,
    ticket: Option<Ticket<'c>>,
    bell: Arc<Bell>,
    fate: Fate,
    told: Told,
    timer: u64,
}

/// A window of the server: since when, and how many calls it has had.
#[derive(Default, Clone, Copy)]
struct Window {
    since: f64,
    count: u32,
    number: u32,
}

/// All that happens in one case.
struct World<'c> {
    rules: &'c Rules,
    plans: &'c [Plan],
    row: &'static Endpoint,
    limiter: &'c Limiter,
    callers: Vec<Caller<'c>>,
    events: BTreeMap<(u64, u64), (usize, Event, u64)>,
    number: u64,
    windows: [Window; 3],
    /// Calls that the server took nothing of, as its window was full; and those of them that came in the first window of all.
    over: u32,
    over_at_first: u32,
    sent: Vec<(usize, f64)>,
    /// The order in which calls of a project went.
    order: Vec<(usize, f64)>,
}

impl World<'_> {
    fn at(&mut self, milliseconds: f64, caller: usize, event: Event, timer: u64) {
        self.number += 1;
        self.events.insert((((now() + milliseconds.max(0.0)) * 1000.0).ceil() as u64, self.number), (caller, event, timer));
    }

    /// What `send` does when it is polled: it goes, gives up, or looks at the clock again.
    fn poll(&mut self, at: usize) {
        let caller = &mut self.callers[at];
        if caller.fate != Fate::Waiting {
            return;
        }
        let plan = &self.plans[at];
        let Some(ticket) = &caller.ticket else { return };
        if ticket.waiter.granted.get() {
            caller.fate = Fate::Running;
            ticket.sent.set(true);
            self.sent.push((plan.subject, now()));
            self.order.push((plan.subject, caller.turn));
            self.at(plan.there.into(), at, Event::Seen, 0);
            return;
        }
        let wait = match ticket.bucket.verdict(now()) {
            Verdict::Spent(_) if plan.picky => {
                caller.fate = Fate::Refused;
                caller.ticket = None;
                return;
            }
            Verdict::Go => f64::INFINITY,
            Verdict::Busy(until) | Verdict::Spent(until) => until - now(),
        };
        let wait = if ticket.arm(wait) { wait } else { f64::INFINITY };
        caller.timer += 1;
        let timer = caller.timer;
        let ready = caller.ticket.as_ref().is_some_and(|ticket| ticket.waiter.watch(&Waker::from(Arc::clone(&caller.bell))));
        if ready {
            caller.bell.0.store(true, Ordering::Relaxed);
        }
        if wait.is_finite() {
            self.at(wait, at, Event::Late, timer);
        }
    }

    /// Whether the limiter knows what is left for a project.
    fn knows(&self, subject: usize) -> bool {
        let mut known = false;
        self.limiter.each(|_, of, [_, left, _], _| known |= of == SUBJECTS[subject] && !left.is_nan());
        known
    }

    fn happen(&mut self, at: usize, event: Event, timer: u64) {
        let plan = &self.plans[at];
        match event {
            Event::Come => {
                let bucket = self.limiter.bucket(self.row, SUBJECTS[plan.subject]);
                let turn = self.limiter.turn();
                let ticket = self.limiter.enter(bucket, turn, plan.picky);
                let caller = &mut self.callers[at];
                (caller.turn, caller.ticket, caller.fate) = (turn, Some(ticket), Fate::Waiting);
                if let Some(aborted) = plan.aborted {
                    self.at(aborted.into(), at, Event::Aborted, 0);
                }
                self.poll(at);
            }
            Event::Late if self.callers[at].timer == timer && self.callers[at].fate == Fate::Waiting => {
                if let Some(ticket) = &self.callers[at].ticket {
                    ticket.knock();
                }
                self.poll(at);
            }
            Event::Seen => {
                let window = &mut self.windows[plan.subject];
                let length = f64::from(self.rules.seconds) * 1000.0;
                if now() >= window.since + length {
                    *window = Window { since: now(), count: 0, number: window.number + 1 };
                }
                window.count += 1;
                let over = u32::from(window.count > self.rules.limit);
                self.over += over;
                self.over_at_first += if window.number == 1 { over } else { 0 };
                let left = self.rules.limit.saturating_sub(window.count);
                let reset = ((window.since + length - now()) / 1000.0).ceil();
                let told = Told { limit: self.rules.limit.into(), remaining: left.into(), reset_seconds: reset };
                self.callers[at].told = if self.rules.told { told } else { NOTHING };
                self.at(plan.back.into(), at, Event::Answered, 0);
            }
            Event::Answered if self.callers[at].fate == Fate::Running => {
                let silent = self.rules.silent && plan.silent && self.knows(plan.subject);
                let caller = &mut self.callers[at];
                caller.fate = Fate::Served;
                if let Some(ticket) = caller.ticket.take() {
                    ticket.learn(if silent { NOTHING } else { caller.told });
                }
            }
            Event::Aborted if matches!(self.callers[at].fate, Fate::Waiting | Fate::Running) => {
                self.callers[at].fate = Fate::Aborted;
                self.callers[at].ticket = None;
            }
            _ => {}
        }
    }

    /// Those whose bells rang, as an executor polls them.
    fn settle(&mut self) -> Result<(), TestCaseError> {
        for _ in 0..10_000 {
            let Some(at) = self.callers.iter().position(|caller| caller.bell.0.swap(false, Ordering::Relaxed)) else { return Ok(()) };
            self.poll(at);
        }
        Err(TestCaseError::fail("they wake one another for ever"))
    }

    fn run(&mut self) -> Result<(), TestCaseError> {
        let mut begin = 0.0;
        for (at, plan) in self.plans.iter().enumerate() {
            begin += f64::from(plan.after);
            self.at(begin, at, Event::Come, 0);
        }
        let mut steps = 0;
        while let Some(((time, _), (at, event, timer))) = self.events.pop_first() {
            steps += 1;
            prop_assert!(steps < 20_000, "there is no end");
            NOW.set(time as f64 / 1000.0);
            self.happen(at, event, timer);
            self.settle()?;
            let running = self.callers.iter().filter(|caller| caller.fate == Fate::Running).count();
            prop_assert!(running <= self.rules.most as usize, "{} run at once", running);
        }
        Ok(())
    }
}

/// Runs a case to its end. What must hold whatever happens is checked here.
fn simulate<'c>(limiter: &'c Limiter, rules: &'c Rules, plans: &'c [Plan], row: &'static Endpoint) -> Result<World<'c>, TestCaseError> {
    NOW.set(1_790_000_000_000.0);
    let caller =
        |_: &Plan| Caller { turn: 0.0, ticket: None, bell: Arc::new(Bell(AtomicBool::new(false))), fate: Fate::Ahead, told: NOTHING, timer: 0 };
    let mut world = World {
        rules,
        plans,
        row,
        limiter,
        callers: plans.iter().map(caller).collect(),
        events: BTreeMap::new(),
        number: 0,
        windows: [Window::default(); 3],
        over: 0,
        over_at_first: 0,
        sent: Vec::new(),
        order: Vec::new(),
    };
    world.run()?;
    for (at, caller) in world.callers.iter().enumerate() {
        let fate = caller.fate;
        prop_assert!(matches!(fate, Fate::Served | Fate::Refused | Fate::Aborted), "call {} is forgotten: {:?}", at, fate);
        prop_assert!(fate != Fate::Refused || plans[at].picky);
        prop_assert!(caller.ticket.is_none());
    }
    // First come, first served, within a project.
    for subject in 0..3 {
        let turns: Vec<f64> = world.order.iter().filter(|(of, _)| *of == subject).map(|(_, turn)| *turn).collect();
        prop_assert!(turns.is_sorted(), "{:?}", turns);
    }
    // Nothing is left behind.
    let mut left = Vec::new();
    world.limiter.each(|_, subject, _, [running, waiting]| {
        if running + waiting > 0 {
            left.push(subject.to_string());
        }
    });
    prop_assert!(left.is_empty(), "{:?}", left);
    let idle = format!("{:?}", world.limiter);
    prop_assert!(idle.contains("running: Cell { value: 0 }") && idle.contains("waiting: Cell { value: 0 }"), "{}", idle);
    Ok(world)
}

fn row(rated: bool) -> &'static Endpoint {
    endpoints().iter().find(|row| row.rates.is_empty() != rated).expect("a row of that kind")
}

/// Of windows that are longer than answers take: else nobody can tell which one an answer belongs to.
#[test]
fn a_limit_that_the_server_tells_is_never_broken() {
    hold("a_limit_that_the_server_tells_is_never_broken", &(rules(), vec(plan(false), 1..30)), |(rules, plans)| {
        let rules = Rules { told: true, seconds: rules.seconds + 7, ..rules };
        let limiter = Limiter::new(rules.most, now);
        let world = simulate(&limiter, &rules, &plans, row(false))?;
        prop_assert_eq!(world.over, 0, "calls that the server refused");
        Ok(())
    });
}

/// One after the other, and in the first window: else nobody can tell what the next answer has counted already.
#[test]
fn an_answer_that_tells_nothing_counts_all_the_same() {
    hold("an_answer_that_tells_nothing_counts_all_the_same", &(rules(), vec(plan(false), 1..30)), |(rules, plans)| {
        let rules = Rules { told: true, silent: true, most: 1, ..rules };
        let limiter = Limiter::new(rules.most, now);
        let world = simulate(&limiter, &rules, &plans, row(false))?;
        prop_assert_eq!(world.over_at_first, 0, "calls that the server refused");
        Ok(())
    });
}

#[test]
fn everybody_is_served_or_told_whoever_gives_up() {
    hold("everybody_is_served_or_told_whoever_gives_up", &(rules(), vec(plan(true), 1..30), any::<bool>()), |(rules, plans, rated)| {
        simulate(&Limiter::new(rules.most, now), &rules, &plans, row(rated)).map(|_| ())
    });
}

#[test]
fn a_limit_holds_for_those_who_stay_where_others_give_up() {
    hold("a_limit_holds_for_those_who_stay_where_others_give_up", &(rules(), vec(plan(true), 1..30)), |(rules, plans)| {
        let rules = Rules { told: true, seconds: rules.seconds + 7, ..rules };
        let limiter = Limiter::new(rules.most, now);
        let world = simulate(&limiter, &rules, &plans, row(false))?;
        // What was sent and given up before anything was known of the window may have filled it.
        let gone = world.callers.iter().filter(|caller| caller.fate == Fate::Aborted).count() as u32;
        prop_assert!(world.over <= gone, "the server refused {} calls, {} were given up", world.over, gone);
        Ok(())
    });
}

#[test]
fn a_rate_that_is_documented_is_kept_where_the_server_tells_nothing() {
    hold("a_rate_that_is_documented_is_kept_where_the_server_tells_nothing", &(rules(), vec(plan(true), 1..40)), |(rules, plans)| {
        let rules = Rules { told: false, ..rules };
        let limiter = Limiter::new(rules.most, now);
        let world = simulate(&limiter, &rules, &plans, row(true))?;
        for subject in 0..3 {
            let times: Vec<f64> = world.sent.iter().filter(|(of, _)| *of == subject).map(|(_, time)| *time).collect();
            for rate in world.row.rates {
                let span = usize::from(rate.calls);
                let broken = times.windows(span + 1).find(|pair| pair[span] < pair[0] + f64::from(rate.seconds) * 1000.0);
                prop_assert!(broken.is_none(), "{:?}: {:?}", rate, broken);
            }
        }
        Ok(())
    });
}
