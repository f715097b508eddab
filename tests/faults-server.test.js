// The server of faults is judged by the platform's own fetch, without any client: what a fault says is to be seen of it
// is what can be seen of it. Else the matrix would prove something about another fault.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { faults } from "./faults/faults.mjs";
import { kinds } from "./faults/kinds.mjs";
import { startFaultServer } from "./faults/server.mjs";
import { lookAt } from "./faults/look.mjs";
import { later } from "./support.js";

let server;
before(async () => (server = await startFaultServer()));
after(() => server.close());
const judged = faults.filter(({ sees }) => !sees.platform);

for (const heavy of [false, true])
  describe("the server of faults", { concurrency: heavy ? 1 : 8 }, () => {
    for (const fault of judged.filter((fault) => heavy === !!fault.heavy)) {
      for (const kind of [
        kinds[0],
        kinds.find(({ verb }) => verb === "HEAD"),
        kinds.find(({ verb }) => verb === "POST"),
      ]) {
        it(`${fault.name}, as ${kind.verb}`, async () => {
          const seen = await lookAt(server, fault, kind);
          const { sees } = fault;
          if (sees.unsent || sees.broke) assert.equal(seen.broke, true, JSON.stringify(seen));
          else if (sees.stalls) assert.equal(seen.stalls, true, JSON.stringify(seen));
          else assertAnswer(seen, sees, kind);
          assert.equal(seen.requests, sees.unsent || sees.unheard ? 0 : fault.warm ? 2 : 1);
        });
      }
    }
  });

describe("the server of faults", () => {
  it("gives the right answer, and a fault as often as it is told to", async () => {
    for (const kind of kinds) {
      const call = await server.open(
        judged.find(({ sees }) => sees.status === 503),
        kind.answer,
        2,
      );
      const statuses = [];
      for (let count = 0; count < 4; count++) {
        const response = await fetch(call.url, { method: kind.verb, headers: { "x-call": call.id } });
        statuses.push(response.status);
        const text = await response.text();
        if (count > 1) assert.equal(text, kind.verb === "HEAD" ? "" : kind.answer.text);
      }
      assert.deepEqual(statuses, [503, 503, kind.answer.status, kind.answer.status]);
    }
  });

  it("notes method, path, headers and body of requests, in chunks too", async () => {
    const kind = kinds[0];
    const call = await server.open(
      judged.find(({ sees }) => sees.status === 500),
      kind.answer,
    );
    const body = new ReadableStream({
      async start(controller) {
        for (const part of ["a", "bc", "def"]) {
          controller.enqueue(new TextEncoder().encode(part));
          await later(5);
        }
        controller.close();
      },
    });
    await fetch(`${call.url}/a?b=c`, { method: "PUT", headers: { "x-call": call.id }, body, duplex: "half" });
    const [{ method, path, headers, body: bytes }] = call.requests;
    assert.deepEqual([method, path, headers["x-call"], `${bytes}`], ["PUT", "/a?b=c", call.id, "abcdef"]);
  });

  it("was judged in all its faults", (t) => {
    assert.equal(new Set(faults.map(({ name }) => name)).size, faults.length);
    t.diagnostic(`proof: faults of the server: ${faults.length} faults`);
    assert.ok(judged.length > 100 && judged.length >= faults.length - 2, `${judged.length}`);
  });
});

function assertAnswer(seen, { status, headers = {}, body }, { verb, answer }) {
  assert.equal(seen.status, status ?? answer.status, JSON.stringify(seen));
  for (const [name, value] of Object.entries(headers)) assert.equal(seen.headers[name], value);
  // The head is all there is.
  if (verb === "HEAD") assert.equal(seen.body, "empty");
  else if (body !== "error") assert.equal(seen.body, body);
}
