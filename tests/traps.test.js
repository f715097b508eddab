// A trap ends an instance of the wasm, never the client: the calls it had are rejected, and the next one gets a fresh
// instance. The traps here are real ones, in the frames of an export or of an import.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, afterEach, describe, it } from "node:test";
import { createTokenSource, isSupabaseManagementError, SupabaseManagement } from "../pkg/index.js";
import { initSync, SupabaseManagement as Slim } from "../pkg/slim.js";
import {
  json,
  later,
  newProject,
  organization,
  printed,
  project,
  ref,
  rejection,
  thrown,
  token,
  within,
} from "./support.js";

const clientId = "b9bc9e13-fd1b-4ba2-9ad6-b1c5a1a8c8d0";

// (module (func (export "trap") unreachable))
const bytes = Uint8Array.of(
  0,
  97,
  115,
  109,
  1,
  0,
  0,
  0,
  1,
  4,
  1,
  96,
  0,
  0,
  3,
  2,
  1,
  0,
  7,
  8,
  1,
  4,
  116,
  114,
  97,
  112,
  0,
  0,
  10,
  5,
  1,
  3,
  0,
  0,
  11,
);
const { Instance } = WebAssembly;
const { trap } = new Instance(new WebAssembly.Module(bytes)).exports;

/** Where the next step into that kind of function traps, and how many steps go well before. */
let armed;
let instances = 0;
function step(place) {
  if (armed?.place !== place || armed.skip-- > 0) return;
  armed = undefined;
  trap();
}
const wrap = (place, functions) =>
  Object.fromEntries(
    Object.entries(functions).map(([name, value]) => [
      name,
      typeof value === "function"
        ? (...args) => {
            step(place);
            return value(...args);
          }
        : value,
    ]),
  );
// At the first client, below, the loader takes what stands here then.
WebAssembly.Instance = function patched(module, imports) {
  instances += 1;
  const wrapped = Object.entries(imports).map(([name, functions]) => [name, wrap("import", functions)]);
  return { exports: wrap("export", new Instance(module, Object.fromEntries(wrapped)).exports) };
};

const unhandled = [];
const note = (reason) => unhandled.push(reason);
for (const event of ["unhandledRejection", "uncaughtException"]) process.on(event, note);
after(() => {
  WebAssembly.Instance = Instance;
  for (const event of ["unhandledRejection", "uncaughtException"]) process.off(event, note);
});
afterEach(async () => {
  armed = undefined;
  await later(20);
  assert.deepEqual(unhandled.splice(0), []);
});

/** A fetch whose answers come when the test says so. */
function held() {
  const releases = [];
  const fetch = () => new Promise((resolve, reject) => releases.push({ resolve, reject }));
  return { fetch, releases };
}
const clientOf = (fetch, options) => new SupabaseManagement({ accessToken: token, timeoutMs: 1000, fetch, ...options });
const works = async (client, fetch = async () => json([organization])) => {
  assert.deepEqual(await client.organizations.list({ fetch }), [organization]);
};

function assertTrapped(error) {
  assert.ok(isSupabaseManagementError(error), String(error?.stack ?? error));
  assert.equal(error.name, "SupabaseManagementError");
  assert.match(error.message, /WebAssembly module failed/);
  assert.ok(error.cause instanceof Error);
  for (const text of Object.values(printed(error)))
    assert.ok(!text.includes(token) && !text.includes(newProject.db_pass));
}

describe("a trap", () => {
  for (const place of ["export", "import"]) {
    it(`in an ${place} rejects every pending call, and the next one works`, async () => {
      const { fetch, releases } = held();
      const clients = [clientOf(fetch), clientOf(fetch, { validation: "strict" })];
      const pending = clients.flatMap((client) => [
        client.projects.list(),
        client.projects.create(newProject),
        client.functions.delete(ref, "a"),
        client.organizations.list().withResponse(),
      ]);
      await later(5);
      assert.equal(releases.length, pending.length);
      const before = instances;
      armed = { place, skip: 0 };
      releases[0].resolve(json([project]));
      for (const error of await Promise.all(pending.map(rejection))) assertTrapped(error);
      for (const client of clients) await works(client);
      assert.equal(instances, before + 1);
      // What the dead instance waited for still settles, in every way.
      for (const [index, { resolve, reject }] of releases.entries()) {
        if (index % 2) resolve(json([project]));
        else reject(new Error("late"));
      }
      await later(5);
      for (const client of clients) await works(client);
      assert.equal(instances, before + 1);
    });

    it(`in an ${place} while a call begins rejects that call as well`, async () => {
      const { fetch, releases } = held();
      const client = clientOf(fetch);
      await works(client);
      const pending = client.projects.list();
      await later(5);
      armed = { place, skip: 0 };
      const error = await rejection(client.projects.create(newProject));
      assertTrapped(error);
      assert.deepEqual([error.endpoint, error.route], ["projects.create", "POST /v1/projects"]);
      assert.match(error.message, /the call may have been done all the same$/);
      assertTrapped(await rejection(pending));
      releases[0].resolve(json([]));
      await works(client);
    });

    it(`in an ${place} at any step of a call ends that call, and the next one works`, async (t) => {
      let count = 0;
      for (let skip = 0; ; skip++) {
        const client = clientOf(async () => later(1).then(() => json([{ ...project, name: 7 }])), {
          onDeviation: () => {},
        });
        armed = { place, skip };
        const settled = await within(
          1000,
          client.projects.list().then(
            () => "value",
            (error) => error,
          ),
        );
        const fired = armed === undefined;
        armed = undefined;
        assert.notEqual(settled, "hanging", `after ${skip} steps`);
        // A trap after the call is over, while it cleans up, is nobody's business.
        if (settled !== "value") assertTrapped(settled);
        else if (!fired) break;
        await works(client);
        count += 1;
      }
      t.diagnostic(`${count} steps`);
      assert.ok(count > 3, `${count}`);
    });
  }

  it("in the middle of a hook rejects the call that the hook belongs to", async () => {
    const { fetch } = held();
    const other = clientOf(fetch);
    let inner;
    const onDeviation = () => {
      if (inner) return;
      armed = { place: "export", skip: 0 };
      inner = other.projects.list();
      inner.catch(() => {});
    };
    const outer = clientOf(async () => json([{ ...project, name: 7 }]), { onDeviation });
    assertTrapped(await rejection(outer.projects.list()));
    assertTrapped(await rejection(inner));
    await works(outer);
  });

  it("while a token is asked for, or a signal is listened to, leaves nothing behind", async () => {
    const controller = new AbortController();
    let give;
    const accessToken = () => new Promise((resolve) => (give = resolve));
    const { fetch } = held();
    const pending = [
      clientOf(fetch, { accessToken }).projects.list(),
      clientOf(fetch).projects.list({ signal: controller.signal }),
      clientOf(fetch, { timeoutMs: 400 }).projects.list(),
    ];
    const last = clientOf(fetch);
    await later(2);
    armed = { place: "export", skip: 0 };
    pending.push(last.projects.list());
    for (const error of await Promise.all(pending.map(rejection))) assertTrapped(error);
    give(token);
    controller.abort(new Error("late"));
    // Longer than the time-out of the dead call.
    await later(450);
    await works(clientOf(fetch));
  });

  it("during a refresh leaves the refresh token in doubt, with an error that says what to do", async () => {
    const { fetch, releases } = held();
    const tokens = { access_token: "sbp_oauth_0", refresh_token: "refresh_0", expiresAt: 1 };
    const source = createTokenSource({ clientId, tokens, client: { fetch } });
    const first = source();
    const other = clientOf(fetch);
    await later(2);
    assert.equal(releases.length, 1);
    armed = { place: "export", skip: 0 };
    assertTrapped(await rejection(other.projects.list()));
    assertTrapped(await rejection(first));
    const errors = [await rejection(source()), await rejection(source())];
    assert.match(errors[0].message, /failed during a refresh; .* refresh\(\) of the token source tries it again/);
    assert.equal(errors[0], errors[1]);
    assert.equal(errors[0].message.match(/tries it again/g).length, 1);
    // Once more the same error, of an instance that knows of no refresh under way.
    armed = { place: "export", skip: 0 };
    assertTrapped(await rejection(other.projects.list()));
    assert.equal(await rejection(source()), errors[0]);
    const again = source.refresh();
    await later(2);
    releases.at(-1).resolve(json({ access_token: "sbp_oauth_1" }));
    assert.equal(await again, "sbp_oauth_1");
  });

  it("shows no value of a path of client.request that is a secret", async () => {
    const { fetch } = held();
    const client = clientOf(fetch);
    const pending = client.request("post", "/v1/organizations/acme/project-claim/claim_0123456789?a=b");
    await later(2);
    armed = { place: "export", skip: 0 };
    assertTrapped(await rejection(client.projects.list()));
    const error = await rejection(pending);
    assertTrapped(error);
    assert.equal(error.route, "POST /v1/organizations/{slug}/project-claim/{token}");
    for (const text of Object.values(printed(error))) assert.ok(!text.includes("claim_0123456789"), text);
  });

  it("leaves no timer behind that would keep Node from its end", async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const client = clientOf(held().fetch, { timeoutMs: 3000 });
    await works(client);
    const before = timers();
    const pending = [client.projects.list(), client.projects.list()];
    armed = { place: "export", skip: 0 };
    pending.push(client.projects.list());
    for (const error of await Promise.all(pending.map(rejection))) assertTrapped(error);
    assert.ok(timers() <= before, `${timers() - before} timers are left`);
  });

  it("in what the constructor asks for throws a clear error there, and the next one works", async () => {
    assert.match(thrown(() => new Slim({ accessToken: token })).message, /init\(\)|initSync/);
    initSync(readFileSync(new URL("../pkg/dist/client.wasm", import.meta.url)));
    armed = { place: "export", skip: 0 };
    assertTrapped(thrown(() => new Slim({ accessToken: token })));
    await works(new Slim({ accessToken: token }));
  });

  it("while an instance starts is told, and the next one may start", async () => {
    // The slim entry has an instance of its own: should it be lost for ever, the tests below do not notice.
    const client = new Slim({ accessToken: token, fetch: held().fetch, timeoutMs: 1000 });
    armed = { place: "export", skip: 0 };
    assertTrapped(await rejection(client.projects.list()));
    armed = { place: "export", skip: 0 };
    assertTrapped(await rejection(client.projects.list()));
    await works(client);
  });

  it("of an instance that cannot start is told with a hint, and the next one may start", async () => {
    const client = clientOf(held().fetch);
    await works(client);
    armed = { place: "export", skip: 0 };
    await rejection(client.projects.list());
    const patched = WebAssembly.Instance;
    WebAssembly.Instance = function refused() {
      throw new WebAssembly.CompileError("Wasm code generation disallowed by embedder");
    };
    const error = await rejection(client.projects.list());
    assert.ok(isSupabaseManagementError(error), String(error));
    assert.match(error.message, /cannot start.*disallowed by embedder.*Content-Security-Policy/);
    WebAssembly.Instance = patched;
    await works(client);
  });
});

describe("a stack that is full", () => {
  /** Runs at every depth from the limit upwards until it went well once. */
  function atLimit(run) {
    try {
      return atLimit(run);
    } catch {
      return run();
    }
  }

  it("ends every call in time, with whatever error, and the client works afterwards", async () => {
    const fetch = async () => json([organization]);
    const client = clientOf(fetch);
    await works(client);
    for (const options of [{}, { validation: "strict" }, { timeoutMs: 500, signal: new AbortController().signal }]) {
      const begun = [client.organizations.list()];
      for (let round = 0; round < 20; round++) {
        const pad = (depth) => (depth ? pad(depth - 1) : atLimit(() => begun.push(client.organizations.list(options))));
        pad(round);
      }
      const result = await within(2000, Promise.allSettled(begun));
      assert.notEqual(result, "hanging");
      await works(client);
    }
  });

  it("in a fetch that calls the client until nothing fits any more ends all of those calls", async () => {
    const begun = [];
    const client = clientOf(() => {
      if (begun.length < 20_000) begun.push(client.organizations.list());
      return Promise.resolve(json([organization]));
    });
    begun.push(client.organizations.list());
    const all = async () => {
      for (let index = 0; index < begun.length; index++) await begun[index].catch(() => {});
      return "settled";
    };
    const settled = await within(20_000, all());
    assert.equal(settled, "settled");
    await works(client);
  });
});
