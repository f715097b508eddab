// What a proxy refuses: a table of attacks, and what chance makes of addresses that are allowed. Each ends in a refusal, and
// the API hears of none.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { allow, attacks, partner } from "./proxy-entry/attacks.js";
import { home, ofPage, otherRef, prefix, ref, setUp, textOf, token } from "./proxy-entry/setup.js";

/** How many addresses chance makes. */
const runs = Number(process.env.RUNS ?? 3_000);

const guarded = () => setUp({ allow, origins: [partner], maxBodyBytes: 1_048_576 });

function requestOf({ path, init: { headers, body, ...init } = {}, bare = false }) {
  const given = typeof body === "function" ? body() : body;
  return new Request(`${home}${path}`, { ...init, body: given, headers: { ...(bare ? {} : ofPage), ...headers } });
}

describe("an attack on a proxy", () => {
  it("is one of more than a hundred, all of them different", () => {
    assert.ok(attacks.length >= 100, `${attacks.length}`);
    assert.equal(new Set(attacks.map(({ name }) => name)).size, attacks.length);
  });

  for (const attack of attacks) {
    it(`is refused: ${attack.name.slice(0, 120)}`, async () => {
      const { proxy, calls } = guarded();
      const response = await proxy(requestOf(attack));
      const cors = response.headers.get("access-control-allow-origin");
      const text = await textOf(response);
      assert.match(text, /^4\d\d\n/);
      assert.ok(!text.includes(token) && !text.includes("supabase.com"), text);
      if (attack.init?.method !== "HEAD") assert.match(text, /\n\{"message":"[^"]+.*"\}$/);
      assert.ok(cors === null || cors === partner, cors);
      assert.deepEqual(calls(), []);
    });
  }

  it("would be none without what makes it one: the same requests of the page itself pass", async () => {
    const { ask, calls } = guarded();
    const project = `/v1/projects/${ref}`;
    const body = `[{"name":"A","value":"b"}]`;
    for (const [path, init, status] of [
      [project, {}, 200],
      [`${project}/functions`, {}, 200],
      [`${project}/branches/feature%2Flogin`, {}, 404],
      [`${project}/actions?limit=10&offset=0`, {}, 200],
      [`${project}/secrets`, { method: "POST", headers: { "content-type": "application/json" }, body }, 201],
      [`${project}/functions/none`, { method: "DELETE" }, 404],
    ]) {
      const response = await ask(path, init);
      assert.equal(response.status, status, `${path} ${await response.text()}`);
    }
    assert.equal(calls().length, 6);
  });
});

describe("an address that is allowed", () => {
  const project = `/v1/projects/${ref}`;
  const starts = [
    "/v1/projects",
    project,
    `${project}/functions/hello`,
    `${project}/api-keys/21c6e266-39ac-4c65-99dc-cac414d23c6f?reveal=true`,
    `${project}/branches/feature%2Flogin`,
    `${project}/actions?limit=10&offset=0`,
  ];
  const pieces = [
    ..."/\\.%?#;&=@:+ \t\n\0*{}[]\"'<>|^`~aZ0é",
    ...[
      "..",
      "../",
      "%2e",
      "%2E%2e/",
      "%2f",
      "%2F",
      "%5c",
      "%25",
      "%252e",
      "%00",
      "%0a",
      "%c0%ae",
      "//",
      "/./",
      "..;/",
    ],
    ...[
      "legacy",
      "api-keys",
      "organizations",
      "functions",
      "v1",
      "v2",
      "/v1/projects/",
      otherRef,
      "https://evil.example/",
    ],
  ];
  const edit = fc.record({
    at: fc.nat(120),
    cut: fc.oneof(fc.constant(0), fc.nat(6)),
    piece: fc.oneof(fc.constantFrom(...pieces), fc.constantFrom(..."abc-0123_xyz"), fc.string({ maxLength: 3 })),
  });
  const mutated = fc
    .tuple(fc.constantFrom(...starts), fc.oneof(fc.tuple(edit), fc.array(edit, { minLength: 2, maxLength: 3 })))
    .map(([start, edits]) =>
      edits.reduce((path, { at, cut, piece }) => {
        const place = at % (path.length + 1);
        return path.slice(0, place) + piece + path.slice(place + cut);
      }, start),
    );

  it("leads nowhere else, whatever is done to it", async () => {
    const { proxy, sandbox, sent } = guarded();
    const passed = { yes: 0, no: 0 };
    const property = fc.asyncProperty(mutated, fc.constantFrom("GET", "GET", "GET", "DELETE"), async (path, method) => {
      let request;
      try {
        request = new Request(`${home}${prefix}${path}`, { method, headers: ofPage });
      } catch {
        return;
      }
      sent.length = 0;
      await sandbox.reset();
      const text = await textOf(await proxy(request));
      assert.ok(!text.includes(token), text);
      passed[sandbox.calls.length > 0 ? "yes" : "no"] += 1;
      for (const { endpoint } of sandbox.calls) {
        assert.ok(allow.includes(endpoint) || endpoint.startsWith("functions."), `${path} led to ${endpoint}`);
      }
      for (const { url } of sent) {
        // Also for a server that decodes what stands in the path before it looks for the endpoint.
        const { origin, pathname } = new URL(decodeURIComponent(url));
        assert.equal(origin, "https://api.supabase.com");
        const [, , , given, next] = pathname.split("/");
        assert.ok(given === undefined || given === ref, url);
        assert.ok([undefined, "functions", "api-keys", "branches", "actions", "secrets"].includes(next), url);
        assert.ok(!/\/api-keys(\/legacy)?$/.test(pathname), url);
      }
    });
    await fc.assert(property, { numRuns: runs });
    // Chance must have made both: what passes, and what does not.
    assert.ok(passed.yes * 100 > runs && passed.no * 6 > runs, JSON.stringify(passed));
  });
});
