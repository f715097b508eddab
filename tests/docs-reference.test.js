// The reference of the documentation: every operation has a section with an example, and every example does on the sandbox what
// its text says. The Run buttons use the same two modules, www/docs/examples/examples.js and run.js.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { PGlite } from "@electric-sql/pglite";
import { SupabaseManagement } from "../pkg/index.js";
import { createSandbox } from "../pkg/sandbox.js";
import { generatedPages, readOperations } from "../www/docs/build.mjs";
import { optionsOf } from "../www/docs/build/tables.mjs";
import { anchorOf, pageOf } from "../www/docs/build/words.mjs";
import { exampleOf } from "../www/docs/examples/examples.js";
import { runExample, shown } from "../www/docs/examples/run.js";
import { programOf } from "../www/docs/examples/text.js";
import { compileBlocks } from "./documents/compile.mjs";
import { tableRows } from "./endpoints.mjs";

const tools = { SupabaseManagement, createSandbox, postgres: (options) => PGlite.create(options) };

describe("the reference", () => {
  let operations;
  let pages;
  before(
    async () => {
      operations = await readOperations();
      pages = await generatedPages();
    },
    { timeout: 300_000 },
  );

  it("is made of all operations of the client", async () => {
    const rows = (await tableRows()).map(({ id }) => id).sort();
    assert.ok(rows.length > 200);
    assert.deepEqual(operations.map(({ id }) => id).sort(), rows);
  });

  it("has a section for each, with its endpoint, both languages and a Run button", () => {
    for (const { id, verb, route } of operations) {
      const page = pages.get(`reference/${pageOf(id.slice(0, id.lastIndexOf(".")))}.md`) ?? "";
      const section = page.split(/^## /m).find((part) => part.startsWith(`${id} {#${anchorOf(id)}}\n`)) ?? "";
      for (const part of [`${verb} ${route}`, "```js\n", "```rust\n", `<RunExample id="${id}"`, "**Answer.**"])
        assert.ok(section.includes(part), `${id}: its section has no ${part}`);
    }
  });

  it("tells of every option all that its comment says", () => {
    const { docs } = optionsOf("SharedOptions").find(({ option }) => option === "rateLimit");
    assert.match(docs, /^What happens .* \{@link RateLimitError\},\nand nothing is sent\.$/s);
    const page = pages.get("reference/options.md");
    assert.match(page, /\| `rateLimit` \|.*it rejects with a `RateLimitError`, and nothing is sent\. \|/);
  });

  it("lists all operations on its first page", () => {
    const index = pages.get("reference/index.md");
    for (const { id } of operations) assert.ok(index.includes(`[\`${id}\`]`), id);
  });

  it("shows examples that compile", { timeout: 120_000 }, async () => {
    const blocks = operations.map((row) => ({ file: row.id, line: 0, code: programOf(exampleOf(row)) }));
    // The examples are JavaScript, which may take an id that the API's description says can be null.
    const faults = await compileBlocks("reference", blocks, { strictNullChecks: false });
    // The API does not describe invitations and deliveries, so TypeScript knows no field of them.
    const undescribed =
      /^(?:jitAccess\.\w+Invite|v2\.\w+Webhooks\.\w+Delivery)\(.* on type 'unknown'|is of type 'unknown'/;
    assert.deepEqual(
      faults.filter((line) => !undescribed.test(line)),
      [],
    );
  });

  it("shows examples that run on the sandbox", { timeout: 300_000 }, async (t) => {
    const failed = [];
    for (const row of operations) {
      const example = exampleOf(row);
      assert.equal(example.steps.at(-1).id, row.id);
      const answer = await runExample(example, tools).catch((error) => failed.push(`${row.id}: ${error.message}`));
      if (row.answer === "json" && typeof answer !== "number") assert.ok(shown(answer).length > 1, row.id);
    }
    assert.deepEqual(failed, []);
    t.diagnostic(`${operations.length} examples ran`);
  });

  it("shows an error where an example fails", async () => {
    const example = { steps: [{ id: "projects.get", args: ["aaaaaaaaaaaaaaaaaaaa"] }] };
    await assert.rejects(runExample(example, tools), { name: "ApiError", status: 404 });
  });
});
