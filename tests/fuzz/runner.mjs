// Runs a property on random cases, round after round, until its time is up.
import assert from "node:assert/strict";
import { it } from "node:test";
import fc from "fast-check";

/** Cases of a round, after which the clock is looked at. */
const round = 25;

/** Milliseconds that no case may take, on a machine that others use as well. */
const longest = 10_000;

const whole = (name, fallback) => {
  const text = process.env[name] ?? `${fallback}`;
  assert.match(text, /^\d+$/, `${name} is a whole number`);
  return Number(text);
};

/** Properties may have a clock of their own; the time that they take is that of the machine. */
const { setTimeout, clearTimeout } = globalThis;

const properties = [];

/** What a property gives for a case that it has no judgement about: such a case proves nothing, and is not counted. */
export const unjudged = Symbol("unjudged");

/** Adds a property. `arbitraries` make its arguments; a case fails where it throws, rejects or takes too long. */
export function property(name, arbitraries, holds) {
  properties.push({ name, arbitraries, holds });
}

/** Declares a test for each property. Together they take `FUZZ_SECONDS` (default 30), and each a round at least. */
export function declare() {
  const share = (whole("FUZZ_SECONDS", 30) * 1000) / properties.length;
  for (const { name, arbitraries, holds } of properties) it(name, () => hold(name, arbitraries, holds, share));
}

async function hold(name, arbitraries, holds, share) {
  // A round has its seed: what fails is tried again without the rounds before it.
  const first = whole("SEED", Date.now() % 2 ** 31);
  const begun = Date.now();
  let tried = 0;
  let judged = 0;
  for (let seed = first; seed === first || Date.now() - begun < share; seed++) {
    const timed = fc.asyncProperty(...arbitraries, async (...args) => {
      tried++;
      if ((await inTime(holds(...args))) !== unjudged) judged++;
    });
    // fast-check knows seeds of 32 bits.
    const details = await fc.check(timed, { seed: seed | 0, numRuns: round, endOnFailure: false, verbose: 0 });
    if (details.failed) {
      const again = `SEED=${seed} FUZZ_SECONDS=0 node --test --test-name-pattern ${JSON.stringify(name)} tests/fuzz.test.js`;
      const error = new Error(`${fc.defaultReportMessage(details)}\nto try it again: ${again}`);
      throw Object.assign(error, { cause: details.errorInstance });
    }
  }
  // Of rules that make no case, nobody would notice that they are not kept.
  assert.ok(judged * 2 > tried, `only ${judged} of ${tried} cases could be judged`);
  console.log(`proof: ${name}: ${judged} cases in ${((Date.now() - begun) / 1000).toFixed(1)} s from SEED=${first}`);
}

async function inTime(promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it takes longer than ${longest} ms`)), longest);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
