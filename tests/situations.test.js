// What the README says of situations must be what happens.
import assert from "node:assert/strict";
import { it } from "node:test";
import { readReadme } from "./bench/report.mjs";
import { ownTable } from "./situations/own.mjs";

it("gives in each situation what the README says; `npm run situations -- --write` writes it", async () => {
  const table = await ownTable();
  // What no README may excuse, whatever it says.
  assert.doesNotMatch(
    table,
    /hangs|sooner than asked|\blate\b|unnoticed|shown|lost|says \d+ attempts|sent to that host/,
  );
  assert.equal(readReadme("situations"), table);
});
