// The workflow of one project, on an engine that is killed at every moment there is; and what it costs.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { defineFleet } from "../pkg/fleet/cloudflare.js";
import { isInputError, SupabaseManagement } from "../pkg/index.js";
import { createSandbox } from "../pkg/sandbox.js";
import { Engine, Kill, namespaceOf } from "./fleet/engine.mjs";
import { money, paper, perProject, spoken, times } from "./fleet-cost.mjs";
import { thrown, token } from "./support.js";

class Base {
  constructor(ctx, env) {
    Object.assign(this, { ctx, env });
  }
}

/** The operation of tests/fleet-worker, over a sandbox in this process. */
function world({ operation = giveKey, rateLimit } = {}) {
  const engine = new Engine();
  const seed = { organizations: [{ slug: "acme", name: "Acme" }], projects: [{ name: "blog" }] };
  const sandbox = createSandbox({ seed, rateLimit, database: false });
  const observer = new SupabaseManagement({ fetch: sandbox.fetch, accessToken: "sbp_observer" });
  const outcomes = [];
  const asked = [];
  const note = (name, method) => asked.push(`${method} ${name}`);
  const fetch = async (...args) => {
    engine.moment();
    const answer = await sandbox.fetch(...args);
    // The work is done, and nobody hears of it.
    engine.moment();
    return answer;
  };
  const fleet = defineFleet({
    operation,
    client: (_, options) => new SupabaseManagement({ fetch, accessToken: token, maxRetries: 0, ...options }),
  });
  class Run {
    async finish(ref, outcome) {
      outcomes.push({ ref, ...outcome });
    }
  }
  const env = {
    FLEET_RUN: namespaceOf(Run, { asked: note }),
    FLEET_BUCKET: namespaceOf(fleet.bucket(Base), { now: () => engine.now, asked: note }),
  };
  const Workflow = fleet.workflow(Base);

  /** Runs the workflow until it ends, with a kill at these moments of its first lifetimes. */
  async function run(...kills) {
    const [{ ref }] = await observer.projects.list();
    for (let lives = 1; ; lives++) {
      engine.begin(kills[lives - 1]);
      try {
        const event = { payload: { run: "keys", ref, payload: { name: "worker" } } };
        return { outcome: await new Workflow({}, env).run(event, engine.step), lives };
      } catch (error) {
        if (!(error instanceof Kill)) throw error;
        assert.ok(lives < 20, "it never ends");
      }
    }
  }

  async function keys() {
    const [{ ref }] = await observer.projects.list();
    return (await observer.apiKeys.list(ref)).filter(({ name }) => name === "worker").length;
  }
  return { run, keys, engine, sandbox, outcomes, asked };
}

async function giveKey({ ref, payload, step }) {
  const permit = { endpoint: "organizations.get", subject: "acme" };
  await step("plan", ({ client }) => client.organizations.get("acme"), { permit });
  const id = await step("key", async ({ client }) => {
    const made = (await client.apiKeys.list(ref)).find(({ name }) => name === payload.name);
    return (made ?? (await client.apiKeys.create(ref, { type: "secret", name: payload.name }))).id;
  });
  return { id };
}

describe("the workflow of a project", () => {
  it("does its work once, at whatever moment it is killed", async (t) => {
    let kills = 0;
    for (let moment = 1; ; moment++) {
      const { run, keys, outcomes } = world();
      const { outcome, lives } = await run(moment);
      assert.equal(outcome.status, "done", JSON.stringify(outcome));
      assert.equal(await keys(), 1, `killed at moment ${moment}`);
      assert.equal(new Set(outcomes.map((one) => JSON.stringify(one))).size, 1);
      kills = moment - 1;
      if (lives === 1) break;
    }
    assert.ok(kills > 10, `${kills} moments`);
    for (let first = 1; first <= kills; first++) {
      for (let second = 1; second <= kills; second += 3) {
        const { run, keys } = world();
        assert.equal((await run(first, second)).outcome.status, "done");
        assert.equal(await keys(), 1, `killed at moments ${first} and ${second}`);
      }
    }
    t.diagnostic(`${kills} moments`);
  });

  it("waits for a rate limit, which is no failure", async () => {
    const { run, engine, sandbox, asked } = world();
    sandbox.fail("organizations.get", { status: 429, headers: { "retry-after": "7" } });
    const { outcome } = await run();
    assert.equal(outcome.status, "done");
    assert.ok(engine.slept >= 7_000, String(engine.slept));
    assert.ok(engine.steps.includes("plan (2)"), engine.steps.join());
    assert.ok(asked.includes("close organizations.get acme"));
  });

  it("tries again what may pass, and tells what does not, or not in time", async () => {
    const fault = (fault) => {
      const { run, sandbox, keys } = world();
      sandbox.fail("apiKeys.create", fault);
      return run().then(async ({ outcome }) => [outcome, await keys()]);
    };
    assert.deepEqual((await fault({ status: 503, times: 3 }))[0].status, "done");
    assert.deepEqual(
      (await fault({ lost: true, carriedOut: true })).map((one) => one.status ?? one),
      ["done", 1],
    );
    const [refused] = await fault({ status: 403, body: { message: `not with ${token}` } });
    assert.equal(refused.status, "failed");
    assert.match(refused.error.message, /403 not with \[redacted\]/);
    const [down] = await fault({ status: 503, times: Number.POSITIVE_INFINITY });
    assert.deepEqual([down.status, down.error.status], ["unknown", 503]);
  });

  it("lets an operation fail with an error of its own, and of a step as the client threw it", async () => {
    const own = world({
      operation: () => {
        throw new RangeError("this project is too old");
      },
    });
    const { outcome } = await own.run();
    assert.deepEqual(outcome, { status: "failed", error: { name: "RangeError", message: "this project is too old" } });
    const seen = [];
    const caught = world({
      operation: async ({ step }) => {
        await step("look", ({ client }) => client.projects.get("x".repeat(20))).catch((error) => seen.push(error));
        return "went on";
      },
    });
    assert.deepEqual((await caught.run()).outcome, { status: "done", value: "went on" });
    assert.deepEqual([seen[0].name, seen[0].status], ["ApiError", 404]);
  });

  it("refuses steps and definitions that are wrong", async () => {
    const wrong = world({ operation: ({ step }) => step("a", () => {}, { permit: { endpont: "projects.get" } }) });
    const { outcome } = await wrong.run();
    assert.equal(outcome.error.path, "options.permit.endpont");
    const works = { operation: () => {}, client: () => {} };
    for (const [definition, path] of [
      [undefined, "definition"],
      [{}, "definition.operation"],
      [{ operation: () => {} }, "definition.client"],
      [{ ...works, steps: [] }, "definition.steps"],
      [{ ...works, bindings: { que: "A" } }, "definition.bindings.que"],
      [{ ...works, bindings: { queue: "" } }, "definition.bindings.queue"],
    ]) {
      const error = thrown(() => defineFleet(definition));
      assert.ok(isInputError(error), String(error));
      assert.equal(error.path, path);
    }
    const unbound = defineFleet(works);
    await assert.rejects(unbound.report({}, "run"), /no binding FLEET_RUN, which the fleet uses as its run/);
  });
});

describe("the consumer of the queue", () => {
  const batchOf = (body) => {
    const said = [];
    const message = { body, attempts: 2, ack: () => said.push("ack"), retry: (options) => said.push(options) };
    return { batch: { messages: [message] }, said };
  };
  const fleet = defineFleet({ operation: () => {}, client: () => {} });

  it("makes a workflow for each project, named so that a second time makes none", async () => {
    const made = [];
    const env = { FLEET_WORKFLOW: { createBatch: async (all) => made.push(...all) }, FLEET_RUN: namespaceOf(class {}) };
    const { batch, said } = batchOf({ run: "keys", refs: ["a", "b"], payload: { name: "worker" } });
    await fleet.queue(batch, env);
    assert.deepEqual(said, ["ack"]);
    const params = (ref) => ({ run: "keys", ref, payload: { name: "worker" } });
    assert.deepEqual(made, [
      { id: "keys-a", params: params("a") },
      { id: "keys-b", params: params("b") },
    ]);
  });

  it("makes those that are missing, where an id that is taken is an error", async () => {
    const there = new Set(["keys-a"]);
    const createBatch = async (all) => {
      if (all.some(({ id }) => there.has(id))) throw new Error("instance.already_exists");
      for (const { id } of all) there.add(id);
    };
    const get = async (id) => {
      if (!there.has(id)) throw new Error("instance.not_found");
      return { status: async () => ({ status: "running" }) };
    };
    const env = { FLEET_WORKFLOW: { get, createBatch }, FLEET_RUN: namespaceOf(class {}) };
    for (let time = 0; time < 2; time++) {
      const { batch, said } = batchOf({ run: "keys", refs: ["a", "b", "c"] });
      await fleet.queue(batch, env);
      assert.deepEqual(said, ["ack"]);
      assert.deepEqual([...there], ["keys-a", "keys-b", "keys-c"]);
    }
  });

  it("lets a message come again, later each time, where no workflow could be made", async (t) => {
    t.mock.method(console, "warn", () => {});
    const refuse = () => Promise.reject(new Error("too many"));
    const env = {
      FLEET_WORKFLOW: { createBatch: refuse, get: refuse },
      FLEET_RUN: namespaceOf(class {}),
    };
    const { batch, said } = batchOf({ run: "keys", refs: ["a"] });
    await fleet.queue(batch, env);
    assert.deepEqual(said, [{ delaySeconds: 20 }]);
  });

  it("reports those whose workflow has ended without a word, and begins only the others", async () => {
    const made = [];
    const states = {
      "keys-complete": { status: "complete", output: { status: "done", value: 1 } },
      "keys-errored": { status: "errored", error: { name: "Error", message: "out of memory" } },
      "keys-running": { status: "running" },
    };
    const finished = [];
    class Run {
      async finish(ref, outcome) {
        finished.push([ref, outcome]);
      }
    }
    const get = async (id) => {
      if (!states[id]) throw new Error("instance.not_found");
      return { status: async () => states[id] };
    };
    const env = { FLEET_WORKFLOW: { get, createBatch: async (all) => made.push(...all) }, FLEET_RUN: namespaceOf(Run) };
    const { batch } = batchOf({ run: "keys", refs: ["complete", "errored", "running", "lost"], again: true });
    await fleet.queue(batch, env);
    assert.deepEqual(
      made.map(({ id }) => id),
      ["keys-running", "keys-lost"],
    );
    assert.deepEqual(finished, [
      ["complete", { status: "done", value: 1 }],
      ["errored", { status: "unknown", error: { name: "Error", message: "out of memory" } }],
    ]);
  });
});

describe("the cost of a fleet", () => {
  it("is reckoned with what the code does", async () => {
    const { run, asked, sandbox } = world();
    await run();
    // The first of a bucket tells in addition what it has learnt.
    const each = asked.filter((one) => !one.startsWith("learn")).length;
    assert.equal(each, Math.floor(perProject.objectRequests));
    const { organizationCalls } = perProject;
    assert.equal(sandbox.calls.filter(({ endpoint }) => endpoint === "organizations.get").length, organizationCalls);
  });

  it("stands in the paper as the command prints it", () => {
    const text = readFileSync(new URL("./fleet-worker/README.md", import.meta.url), "utf8");
    assert.ok(text.includes(paper(1e6)), "put the output of `npm run fleet-cost` into tests/fleet-worker/README.md");
  });

  it("is what prices and limits make of it", () => {
    const paid = Object.fromEntries(money(100e6).map(({ name, paid }) => [name, paid]));
    assert.equal(paid.queueOperations.toFixed(2), "0.80");
    assert.equal(paid.objectRequests.toFixed(2), "45.00");
    assert.equal(
      money(1).reduce((sum, { paid }) => sum + paid, 0),
      0,
    );
    const [made, , , , calls] = times(1e6, { organizations: 1, callers: 1 });
    assert.deepEqual([spoken(made.seconds), spoken(calls.seconds)], ["2.8 hours", "6.4 days"]);
  });
});
