// In each situation the Rust face gives what the npm package gives: row by row of the table in the guides, and of what takes
// more than one call. All rows are staged anew for both. What only the languages explain stands in rust-face/language.mjs.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { useFace } from "./face.mjs";
import { rustFace } from "./rust-face/face.mjs";
import { rowInRust } from "./rust-face/language.mjs";
import { longRows } from "./situations/long-scenes.mjs";
import { ownRows } from "./situations/own.mjs";

const [table, longTable] = [await ownRows(), await longRows()];
let compared = 0;

for (const [what, wantedRows, rowsNow, raw] of [
  ["a situation in Rust, where a call gives a model", table, ownRows, false],
  ["a situation in Rust, where a call gives the text of the answer", table, ownRows, true],
  ["a wait or a list in Rust", longTable, longRows, false],
]) {
  useFace({ SupabaseManagement: await rustFace({ raw }) });
  const rows = await rowsNow();

  describe(what, () => {
    for (const [at, row] of rows.entries()) {
      const wanted = rowInRust(wantedRows[at], wantedRows, raw);
      if (!wanted) continue;
      it(`${at + 1}. ${row[0]}`, () => {
        compared += 1;
        const given = row.map((cell, column) => (wanted[column] === undefined ? undefined : cell));
        assert.deepEqual(given, wanted);
      });
    }
  });
}

describe("the situations in Rust", () => {
  it("were all staged, and nearly all of them compared", (t) => {
    const [own, long] = [table.length, longTable.length];
    t.diagnostic(`proof: situations in Rust: ${own + long} situations`);
    t.diagnostic(`${own} of them with models and with texts; ${compared} rows were compared`);
    assert.ok(own > 40 && long > 20, `${own}, ${long}`);
    assert.ok(compared >= 2 * own + long - 2, `${compared}`);
  });
});
