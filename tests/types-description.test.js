// Our types against those that openapi-typescript makes of the API's description: path values, body, query and answer
// of every operation, in both directions. Where they differ on purpose, tests/types/description/deliberate.json says
// why, in entries of
//   endpoint: as `projects.get`
//   place: as a failure of this test prints it, `answer[].status`
//   direction: "ours to theirs", where ours allows what theirs does not; "theirs to ours"; or "both"
//   reason: why that is right
// A `*` in endpoint or place stands for any text.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, it } from "node:test";
import { missingDescriptions, readDescription } from "./descriptions.mjs";
import { directions, findDifferences } from "./types/description/differences.mjs";
import { matchOperations } from "./types/description/operations.mjs";

const described = missingDescriptions.length === 0;
/** What the API has and its description lacks. */
const undescribed = [
  "POST /v1/projects/{ref}/restart",
  "POST /v1/projects/{ref}/database/jit/invite",
  "POST /v1/projects/{ref}/database/jit/invite/accept",
  "DELETE /v1/projects/{ref}/database/jit/invite/{invite_id}",
  "GET /v1/projects/{ref}/analytics/endpoints/logs",
  "GET /v1/projects/{ref}/analytics/endpoints/metrics",
];

/** One entry per direction. */
const deliberate = JSON.parse(
  readFileSync(new URL("types/description/deliberate.json", import.meta.url), "utf8"),
).flatMap((entry) =>
  (entry.direction === "both" ? directions : [entry.direction]).map((direction) => ({ ...entry, direction })),
);

function fits(pattern, text) {
  const source = pattern.replace(/[\\^$.*+?()[\]{}|]/g, (letter) => (letter === "*" ? ".*" : `\\${letter}`));
  return new RegExp(`^${source}$`).test(text);
}

const covers = (entry, { endpoint, direction, place }) =>
  entry.direction === direction && fits(entry.endpoint, endpoint) && fits(entry.place, place);

const printed = ({ endpoint, direction, place, found }) => `${endpoint}: ${direction}: ${place}: ${found}`;

/** Fails with all lines there are; `assert.deepEqual` would show the first ones. */
function assertNone(lines) {
  assert.ok(lines.length === 0, `${lines.length}:\n  ${lines.join("\n  ")}`);
}

if (!described)
  console.log(
    "THE COMPARISON WITH THE DESCRIPTION WAS SKIPPED: THERE IS NO ../shared/api/openapi.json, OR NO ../shared/api/v2/openapi.json, NOR $OPENAPI",
  );

describe("the types, compared with the API's description", { skip: !described }, () => {
  let operations;
  let differences;
  before(
    async () => {
      const description = readDescription();
      operations = await matchOperations(description);
      differences = await findDifferences(description, operations.compared);
      const { compared, withoutRow } = operations;
      const parts = compared.flatMap((operation) => operation.parts);
      console.log(
        `${compared.length} operations compared with the description, both ways, in ${parts.length} parts; ` +
          `${deliberate.length} deliberate differences; ${withoutRow.length} operations of the description have no row`,
      );
    },
    { timeout: 300_000 },
  );

  it("every operation of the description has a row in the client's table", () => {
    assertNone(operations.withoutRow);
  });

  it("every row is in the description, save for what is known to be missing there", () => {
    assert.deepEqual(operations.undescribed, undescribed);
  });

  it("what goes in and comes out has the types of the description, save for deliberate differences", () => {
    assertNone(differences.filter((difference) => !deliberate.some((entry) => covers(entry, difference))).map(printed));
  });

  it("every deliberate difference has a reason, and still exists", () => {
    const gone = deliberate.filter((entry) => !differences.some((difference) => covers(entry, difference)));
    assertNone(gone.map((entry) => printed({ ...entry, found: "no longer there" })));
    assertNone(deliberate.filter(({ reason }) => !reason).map((entry) => printed({ ...entry, found: "no reason" })));
  });
});
