// A short soak with every run of the tests; `npm run soak` is the long one.
import assert from "node:assert/strict";
import { it } from "node:test";
import { report } from "./soak.mjs";

it("10,000 calls with faults mixed in all settle, and leave nothing behind", { timeout: 120_000 }, async (t) => {
  const seed = Number(process.env.SEED ?? 20_261_007);
  assert.deepEqual(await report({ calls: 10_000, seed }, (line) => t.diagnostic(line)), []);
});
