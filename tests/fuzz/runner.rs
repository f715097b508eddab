//! Runs a property on random cases, round after round, until its time is up.

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestCaseResult, TestError, TestRng, TestRunner};
use std::cell::Cell;
use std::fmt::Debug;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// How many properties share the time.
const PROPERTIES: u32 = 19;

/// Cases of a round, after which the clock is looked at.
const ROUND: u32 = 32;

/// Longer than this no case may take, on a machine that others use as well.
const LONGEST: Duration = Duration::from_secs(10);

/// `println!` of a test that passes is not shown.
fn tell(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

fn variable(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.trim().parse().unwrap_or_else(|_| panic!("{name} is a whole number, not {text:?}")))
}

/// Its part of the time. As many run side by side as there are threads of tests.
fn share() -> Duration {
    let all = variable("FUZZ_SECONDS").unwrap_or(30);
    let threads = variable("RUST_TEST_THREADS").unwrap_or_else(|| std::thread::available_parallelism().map_or(1, |count| count.get() as u64));
    Duration::from_millis((all * 1000).min(all * 1000 * threads / u64::from(PROPERTIES)))
}

/// A round has its seed: what fails is tried again without the rounds before it.
fn seed_of(first: u64, round: u64) -> u64 {
    first.wrapping_add(round)
}

/// Whether a case could be judged: one that nobody has a judgement about proves nothing, and is not counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Case {
    Judged,
    Unjudged,
}

/// What a property says of a case.
pub type Judgement = Result<Case, TestCaseError>;

/// Tries a property for its part of the time, one round at least. What panics fails, and so does what takes too long.
pub fn hold<S: Strategy>(name: &str, cases: &S, property: impl Fn(S::Value) -> TestCaseResult)
where
    S::Value: Clone + Debug,
{
    hold_in_rounds(ROUND, name, cases, |case| property(case).map(|()| Case::Judged));
}

/// The same, where some cases cannot be judged. Most must be, or nobody would notice a rule that is broken.
pub fn hold_where_judged<S: Strategy>(name: &str, cases: &S, property: impl Fn(S::Value) -> Judgement)
where
    S::Value: Clone + Debug,
{
    hold_in_rounds(ROUND, name, cases, property);
}

/// The same, in rounds of another size, for cases that take long.
pub fn hold_in_rounds<S: Strategy>(size: u32, name: &str, cases: &S, property: impl Fn(S::Value) -> Judgement)
where
    S::Value: Clone + Debug,
{
    let first = variable("SEED").unwrap_or_else(|| SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_nanos() as u64 >> 10));
    let begun = Instant::now();
    let (share, tried, judged) = (share(), Cell::new(0u64), Cell::new(0u64));
    let mut round = 0;
    while round == 0 || begun.elapsed() < share {
        let seed = seed_of(first, round);
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let config = Config { cases: size, failure_persistence: None, max_shrink_iters: 20_000, ..Config::default() };
        let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
        let outcome = runner.run(cases, |case| {
            tried.set(tried.get() + 1);
            let begun = Instant::now();
            let result = catch_unwind(AssertUnwindSafe(|| property(case)));
            let spent = begun.elapsed();
            match result {
                Ok(Ok(_)) if spent > LONGEST => Err(TestCaseError::fail(format!("it took {spent:?}"))),
                Ok(result) => result.map(|case| judged.set(judged.get() + u64::from(case == Case::Judged))),
                Err(panic) => Err(TestCaseError::fail(words_of(&*panic))),
            }
        });
        match outcome {
            Ok(()) => round += 1,
            Err(TestError::Fail(reason, case)) => {
                panic!("{name}: {reason}\n{case:#?}\nto try it again: SEED={seed} FUZZ_SECONDS=0 cargo test --test fuzz {name}")
            }
            Err(TestError::Abort(reason)) => panic!("{name}: {reason}"),
        }
    }
    assert!(judged.get() * 2 > tried.get(), "{name}: only {} of {} cases could be judged", judged.get(), tried.get());
    tell(&format!("proof: {name}: {} cases in {:.1} s from SEED={first}", judged.get(), begun.elapsed().as_secs_f32()));
}

fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let words = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    format!("it panics: {}", words.unwrap_or("without words"))
}
