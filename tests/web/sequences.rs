//! Random cases, one after the other, for properties of the Rust client in an engine. Each case has a seed: what fails is told with it, and
//! `SEED` begins there. `FUZZ_SECONDS` is how long all of them take together (default 4).

#[path = "lists.rs"]
mod lists;
#[path = "tokens.rs"]
mod tokens;

use super::*;

/// How many properties share the time.
const PROPERTIES: f64 = 3.0;

/// Numbers that look random, the same ones for a seed (SplitMix64).
#[derive(Clone)]
pub struct Lot(u64);

impl Lot {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number below that one.
    pub fn below(&mut self, count: usize) -> usize {
        (self.next() % count as u64) as usize
    }

    /// From the first to the last of them.
    pub fn between(&mut self, first: usize, last: usize) -> usize {
        first + self.below(last - first + 1)
    }

    /// True once in so many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// Nothing half of the time.
    pub fn maybe(&mut self, first: usize, last: usize) -> Option<usize> {
        let number = self.between(first, last);
        self.once_in(2).then_some(number)
    }

    pub fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// Of the machine, as tests may have a clock of their own.
fn now() -> f64 {
    js("performance.now()").as_f64().expect("a number")
}

/// A whole number of the environment, where there is one.
fn variable(name: &str) -> Option<f64> {
    let number = js(&format!("Number(globalThis.process?.env?.{name} || NaN)")).as_f64();
    number.filter(|number| number.fract() == 0.0)
}

/// Tries a property on case after case. It tells what is wrong with one.
pub async fn hold<F: Future<Output = Result<(), String>> + 'static>(name: &str, property: impl Fn(Lot) -> F) {
    let first = variable("SEED").unwrap_or_else(js_sys::Date::now) as u64;
    let span = variable("FUZZ_SECONDS").unwrap_or(4.0) * 1_000.0 / PROPERTIES;
    let begun = now();
    let mut seed = first;
    while seed == first || now() - begun < span {
        let outcome = settled(property(Lot(seed))).await;
        if let Err(wrong) = outcome.unwrap_or_else(|| Err("it hangs".into())) {
            panic!("{name}: {wrong}\nto try it again: SEED={seed}");
        }
        seed += 1;
    }
    wasm_bindgen_test::console_log!("proof: {name}: {} cases from SEED={first}", seed - first);
}

/// What is to be true of a case.
pub fn require(holds: bool, wrong: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(wrong()) }
}
