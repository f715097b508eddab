// `npm run soak`: a million calls with faults mixed in, through a fetch in this process, and what is left of them: no
// call that did not settle, no rejection that nobody handled, no memory. `npm run soak -- --calls 10000 --seed 7`.
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { soak } from "./faults/soak.mjs";

/**
 * How much more than after the first quarter may be in use after the last one, in bytes. For three minutes the wasm knows
 * when calls of some kinds were sent: a quarter may be over before that is full. A byte for each call of a million is more.
 */
export const bounds = { heap: 2_000_000, wasm: 262_144 };

const ends = [
  "ApiError",
  "DecodeError",
  "ConnectionError",
  "OutcomeUnknownError",
  "TimeoutError",
  "RateLimitError",
  "aborted",
];

const mega = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;

/** Runs it, prints what came of it, and gives the reasons why that is not right. */
export async function report({ calls, seed }, print) {
  const begun = performance.now();
  const { settled, unsettled, unhandled, outcomes, quarters } = await soak({ calls, seed });
  print(`proof: soak: ${settled} calls`);
  print(`seed ${seed}, ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  for (const [word, count] of Object.entries(outcomes).sort(([, a], [, b]) => b - a)) print(`  ${word}: ${count}`);
  for (const [at, { heap, wasm }] of quarters.entries())
    print(`after quarter ${at + 1}: heap ${mega(heap)}, wasm ${mega(wasm)}`);
  print(`unsettled: ${unsettled}, unhandled rejections: ${unhandled.length}`);
  const reasons = [];
  if (settled !== calls) reasons.push(`${settled} of ${calls} calls settled`);
  if (unsettled > 0) reasons.push(`${unsettled} calls did not settle`);
  if (unhandled.length > 0) reasons.push(`nobody handled ${unhandled[0]?.stack ?? unhandled[0]}`);
  // Else it would be another soak than the one that is meant: most calls go well, and each kind of end is there.
  if (!(outcomes.value * 2 > settled)) reasons.push(`only ${outcomes.value} of ${settled} calls gave a value`);
  for (const word of ends) if (calls >= 10_000 && !outcomes[word]) reasons.push(`no call ended with ${word}`);
  if (outcomes.foreign) reasons.push(`${outcomes.foreign} calls ended with an error that is not of this package`);
  const [one, last] = [quarters[0], quarters.at(-1)];
  for (const [what, bound] of Object.entries(bounds)) {
    const grown = last && last[what] - one[what];
    if (!(grown <= bound)) reasons.push(`${what} has grown by ${grown} bytes, ${bound} are allowed`);
  }
  for (const reason of reasons) print(`FAILED: ${reason}`);
  return reasons;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const options = { calls: { type: "string", default: "1000000" }, seed: { type: "string", default: "20261007" } };
  const { calls, seed } = parseArgs({ options }).values;
  const reasons = await report({ calls: Number(calls), seed: Number(seed) }, (line) => console.log(line));
  process.exitCode = reasons.length > 0 ? 1 : 0;
}
