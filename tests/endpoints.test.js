// Nothing of the API is left out, in no language.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { it } from "node:test";
import { coverage, counts, descriptionFile } from "./endpoints.mjs";

const skip = existsSync(descriptionFile) ? false : `SKIPPED: NO API DESCRIPTION AT ${descriptionFile}`;

it("every operation of the description has a method in JavaScript, TypeScript and Rust", { skip }, async (t) => {
  const lines = await coverage();
  assert.deepEqual(
    lines.filter((line) => !line.javaScript || !line.typeScript || !line.rust),
    [],
  );
  const { described, calls, others } = counts(lines);
  assert.ok(described > 100, `${described} operations described`);
  assert.deepEqual(calls, [described, described, described]);
  t.diagnostic(`${described}/${described} operations in each language, and ${others[0]} that is not described`);
});

it("what is called beside the description is known", { skip }, async () => {
  const others = (await coverage()).filter(({ described }) => !described).map(({ operation }) => operation);
  assert.deepEqual(others, ["GET /v1/projects/{ref}/analytics/endpoints/logs"]);
});
