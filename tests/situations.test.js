// What the guides say of situations must be what happens.
import assert from "node:assert/strict";
import { it } from "node:test";
import { readTable } from "./document-tables.mjs";
import { ownTable } from "./situations/own.mjs";

it("gives in each situation what the guide says; `npm run situations -- --write` writes it", async () => {
  const table = await ownTable();
  // What no guide may excuse, whatever it says.
  assert.doesNotMatch(
    table,
    /hangs|sooner than asked|\blate\b|unnoticed|shown|lost|says \d+ attempts|sent to that host/,
  );
  assert.equal(readTable("situations"), table);
});
