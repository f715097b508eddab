// Nothing of the API is left out, in no language.
import assert from "node:assert/strict";
import { it } from "node:test";
import { missingDescriptions } from "./descriptions.mjs";
import { coverage, counts } from "./endpoints.mjs";

const skip = missingDescriptions.length > 0 ? `SKIPPED: NO API DESCRIPTION AT ${missingDescriptions}` : false;

it("every operation of the description has a method in JavaScript, TypeScript and Rust, and an answer of the sandbox", {
  skip,
}, async (t) => {
  const lines = await coverage();
  assert.deepEqual(
    lines.filter((line) => !line.javaScript || !line.typeScript || !line.rust || !line.sandbox),
    [],
  );
  const { described, calls, others } = counts(lines);
  assert.ok(described > 200, `${described} operations described`);
  assert.deepEqual(calls, [described, described, described, described]);
  t.diagnostic(
    `${described}/${described} operations in each language and the sandbox, and ${others[0]} that are not described`,
  );
});

/** What the API has and its description lacks: newer than that. */
const undescribed = [
  "DELETE /v1/projects/{ref}/database/jit/invite/{invite_id}",
  "GET /v1/projects/{ref}/analytics/endpoints/logs",
  "GET /v1/projects/{ref}/analytics/endpoints/metrics",
  "POST /v1/projects/{ref}/database/jit/invite",
  "POST /v1/projects/{ref}/database/jit/invite/accept",
  "POST /v1/projects/{ref}/restart",
];

it("what is called beside the description is known", { skip }, async () => {
  const others = (await coverage()).filter(({ described }) => !described).map(({ operation }) => operation);
  assert.deepEqual(others.sort(), undescribed);
});
