// Waiting until the API has done its work: every waiter, and what may happen to a wait. Where it is long, time is faked.
import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import {
  isApiError,
  isTimeoutError,
  isWaitError,
  RateLimitError,
  SupabaseManagement,
  SupabaseManagementError,
  TimeoutError,
  waitUntil,
} from "../pkg/index.js";
import { createSandbox } from "../pkg/sandbox.js";
import { addWaiters, initSync, SupabaseManagement as Slim } from "../pkg/slim.js";
import { idsOf, methodOf as waiterOf } from "./conformance/rows.mjs";
import {
  answerJson,
  json,
  newProject,
  printed,
  project,
  ref,
  rejection,
  serve,
  spy,
  token,
  within,
} from "./support.js";

const runId = "6f1ed7b4-6a0e-4f7c-8c39-6b6d8b1a2c3d";
const second = 1_000;

/** A client, and what it asked as `GET /path`. The answers come in turn, the last one for ever; an error is thrown. */
function clientOf(...answers) {
  const asked = [];
  const fetch = async (url, { method, signal }) => {
    const { pathname, search } = new URL(url);
    asked.push(`${method} ${decodeURIComponent(pathname + search)}`);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    const value = typeof answer === "function" ? await answer(pathname, signal) : answer;
    if (value instanceof Error) throw value;
    return value instanceof Response ? value.clone() : json(value);
  };
  return { client: new SupabaseManagement({ accessToken: token, fetch }), asked };
}

const refusal = (status, message) => json({ message }, { status });
const gone = refusal(400, "Resource has been removed");
const withStatus = (status) => ({ ...project, status });

/** Lets everything happen that needs no time. */
async function settled() {
  for (let turn = 0; turn < 8; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Makes time pass, in steps, until the promise is settled. */
async function passing(t, promise, step = second, most = 4_000) {
  let result;
  promise.then(
    (value) => (result = { value }),
    (error) => (result = { error }),
  );
  for (let count = 0; !result && count < most; count++) {
    await settled();
    if (!result) t.mock.timers.tick(step);
  }
  assert.ok(result, "the wait hangs");
  if ("error" in result) throw result.error;
  return result.value;
}

const fake = (t) => t.mock.timers.enable({ apis: ["setTimeout", "Date"] });

const statuses = {
  project:
    "INACTIVE ACTIVE_HEALTHY ACTIVE_UNHEALTHY COMING_UP UNKNOWN GOING_DOWN INIT_FAILED REMOVED RESTORING UPGRADING PAUSING RESTORE_FAILED RESTARTING PAUSE_FAILED RESIZING NEWER",
  restorePoint: "AVAILABLE PENDING REMOVED FAILED NEWER",
  backup: "COMPLETED FAILED PENDING REMOVED ARCHIVED CANCELLED NEWER",
  hostname: "1_not_started 2_initiated 3_challenge_verified 4_origin_setup_completed 5_services_reconfigured 9_newer",
};
const upgrade = (progress, error) => ({
  databaseUpgradeStatus: { status: 0, ...(progress && { progress }), ...(error !== undefined && { error }) },
});
const run = (...states) => ({
  id: runId,
  run_steps: states.map((status, at) => ({ name: ["clone", "migrate", "deploy"][at], status })),
});
const backup = (status) => ({ backups: [{ id: 6, status: "PENDING" }, ...(status ? [{ id: 7, status }] : [])] });
const each = (names, make) => names.split(" ").map((status) => [make(status), status]);
const project16 = each(statuses.project, withStatus);

/**
 * Every row of what the API does in the background: the waiter, its arguments, what it asks, all states as [answer, status],
 * and the statuses that are done and failed. All others go on.
 */
const rows = [
  [
    [
      "projects.waitUntilHealthy",
      "projects.waitUntilRestarted",
      "projects.waitUntilRestored",
      "backups.waitUntilRestored",
    ],
    [ref],
    `GET /v1/projects/${ref}`,
    project16,
    ["ACTIVE_HEALTHY"],
    ["INIT_FAILED", "RESTORE_FAILED", "REMOVED"],
  ],
  [["projects.waitUntilPaused"], [ref], `GET /v1/projects/${ref}`, project16, ["INACTIVE"], ["PAUSE_FAILED"]],
  [["projects.waitUntilDeleted"], [ref], `GET /v1/projects/${ref}`, project16, ["REMOVED"], []],
  [
    ["projects.waitUntilUpgraded"],
    [ref, "t-1"],
    `GET /v1/projects/${ref}/upgrade/status?tracking_id=t-1`,
    [
      [{ databaseUpgradeStatus: null }, "UNKNOWN"],
      ...each(
        "0_requested 1_started 2_launched_upgraded_instance 8_attached_volume_to_upgraded_instance 9_completed_upgrade 10_completed_post_physical_backup",
        (progress) => upgrade(progress),
      ),
      [upgrade("1_started", null), "1_started"],
      [upgrade("1_started", "1_upgraded_instance_launch_failed"), "FAILED 1_upgraded_instance_launch_failed"],
      [upgrade("9_completed_upgrade", "9_post_physical_backup_failed"), "FAILED 9_post_physical_backup_failed"],
      [upgrade(undefined, "newer"), "FAILED newer"],
    ],
    ["9_completed_upgrade", "10_completed_post_physical_backup"],
    ["FAILED 1_upgraded_instance_launch_failed", "FAILED 9_post_physical_backup_failed", "FAILED newer"],
  ],
  [
    ["v2.compute.waitUntilBuilt"],
    [ref, "web"],
    `GET /v2/projects/${ref}/compute/web`,
    each("building active failed newer", (build_state) => ({ data: { id: "web", attributes: { build_state } } })),
    ["active"],
    ["failed"],
  ],
  [
    ["branches.waitUntilHealthy"],
    [ref],
    `GET /v1/branches/${ref}`,
    each(statuses.project, (status) => ({ ref, status, db_pass: "hidden-password" })),
    ["ACTIVE_HEALTHY"],
    ["INIT_FAILED", "RESTORE_FAILED", "REMOVED"],
  ],
  [
    ["actionRuns.waitUntilFinished"],
    [ref, runId],
    `GET /v1/projects/${ref}/actions/${runId}`,
    [
      [run(), "UNKNOWN"],
      [run("CREATED"), "clone CREATED"],
      [run("EXITED", "RUNNING"), "clone EXITED, migrate RUNNING"],
      [run("EXITED", "PAUSED", "EXITED"), "clone EXITED, migrate PAUSED, deploy EXITED"],
      [run("EXITED", "RESTARTING"), "clone EXITED, migrate RESTARTING"],
      [run("EXITED", "EXITED"), "clone EXITED, migrate EXITED"],
      [run("EXITED", "DEAD", "CREATED"), "clone EXITED, migrate DEAD, deploy CREATED"],
    ],
    ["clone EXITED, migrate EXITED"],
    ["clone EXITED, migrate DEAD, deploy CREATED"],
  ],
  [
    ["backups.waitUntilRestorePointAvailable"],
    [ref, "before"],
    `GET /v1/projects/${ref}/database/backups/restore-point?name=before`,
    each(statuses.restorePoint, (status) => ({ name: "before", status, completed_on: null })),
    ["AVAILABLE"],
    ["FAILED", "REMOVED"],
  ],
  [
    ["backups.waitUntilCompleted"],
    [ref, 7],
    `GET /v1/projects/${ref}/database/backups`,
    [[backup(), "UNKNOWN"], ...each(statuses.backup, backup)],
    ["COMPLETED"],
    ["FAILED", "CANCELLED"],
  ],
  [
    ["customHostname.waitUntilVerified"],
    [ref],
    `POST /v1/projects/${ref}/custom-hostname/reverify`,
    each(statuses.hostname, (status) => ({ status })),
    ["4_origin_setup_completed", "5_services_reconfigured"],
    [],
  ],
  [
    ["customHostname.waitUntilActive"],
    [ref],
    `GET /v1/projects/${ref}/custom-hostname`,
    each(statuses.hostname, (status) => ({ status })),
    ["5_services_reconfigured"],
    [],
  ],
  [
    ["networkRestrictions.waitUntilApplied"],
    [ref],
    `GET /v1/projects/${ref}/network-restrictions`,
    [[{ entitlement: "allowed" }, "UNKNOWN"], ...each("stored applied newer", (status) => ({ status }))],
    ["applied"],
    [],
  ],
  [
    ["sslEnforcement.waitUntilApplied"],
    [ref],
    `GET /v1/projects/${ref}/ssl-enforcement`,
    [true, false].map((value) => [{ appliedSuccessfully: value }, `${value}`]),
    ["true"],
    ["false"],
  ],
  [
    ["jitAccess.waitUntilApplied"],
    [ref],
    `GET /v1/projects/${ref}/jit-access`,
    [
      [{ state: "enabled" }, "UNKNOWN"],
      [{ state: "unavailable", unavailableReason: "temporarily_unavailable" }, "UNKNOWN"],
      ...[true, false].map((value) => [{ state: "enabled", appliedSuccessfully: value }, `${value}`]),
    ],
    ["true"],
    ["false"],
  ],
];

const tabled = rows.flatMap(([ids]) => ids).sort();

/** The methods of a client that wait. */
const waitersOf = (client) =>
  idsOf(client)
    .filter((name) => name.includes(".wait"))
    .sort();

describe("every waiter", () => {
  it("is in the table", () => {
    const { client } = clientOf(project);
    assert.deepEqual(waitersOf(client), tabled);
    for (const id of tabled) assert.equal(waiterOf(client, id).name, id.split(".").at(-1));
  });

  for (const [ids, args, request, states, done, failed] of rows) {
    for (const id of ids) {
      for (const [answer, status] of states) {
        const end = done.includes(status) ? "ends well" : failed.includes(status) ? "fails" : "goes on";
        it(`${id} ${end} at ${status}`, async (t) => {
          fake(t);
          const { client, asked } = clientOf(answer);
          const wait = waiterOf(client, id)(...args, { pollMs: second, deadlineMs: 2_500 });
          const progress = [];
          const reading = (async () => {
            for await (const step of wait) progress.push(step);
          })();
          reading.catch(() => {});
          if (end === "ends well") {
            assert.deepEqual(await passing(t, wait), answer);
            await reading;
          } else {
            const error = await rejection(passing(t, wait));
            assert.equal(end === "fails" ? isWaitError(error) : isTimeoutError(error), true, error.stack);
            assert.equal(error.status, status);
            assert.deepEqual(error.state, answer);
            assert.equal(error.endpoint, id);
            assert.equal(await rejection(reading), error);
            assert.ok(error.message.startsWith(`${id}: the `) && error.message.includes(` is ${status} after `), error);
            // A state may hold secrets.
            for (const text of Object.values(printed(error))) assert.ok(!text.includes("hidden-password"), text);
          }
          const polls = end === "goes on" ? 3 : 1;
          assert.deepEqual(asked, Array(polls).fill(request));
          assert.deepEqual(
            progress.map(({ state, status, elapsedMs, polls }) => [state, status, elapsedMs, polls]),
            Array.from({ length: polls }, (_, at) => [answer, status, at * second, at + 1]),
          );
        });
      }
    }
  }
});

describe("a deleted project", () => {
  for (const answer of [gone, refusal(404, "Project not found"), refusal(404, "")]) {
    it(`is gone where the API answers ${answer.status}`, async (t) => {
      fake(t);
      const { client, asked } = clientOf(withStatus("GOING_DOWN"), answer);
      const wait = client.projects.waitUntilDeleted(ref);
      const progress = [];
      const reading = (async () => {
        for await (const { status, state } of wait) progress.push([status, state?.status]);
      })();
      assert.equal(await passing(t, wait), undefined);
      await reading;
      assert.deepEqual(progress, [
        ["GOING_DOWN", "GOING_DOWN"],
        ["REMOVED", undefined],
      ]);
      assert.equal(asked.length, 2);
    });
  }

  for (const [answer, what] of [
    [refusal(404, `Cannot GET /v1/projects/${ref}`), "a route that does not exist"],
    [refusal(400, "ref: invalid"), "another 400"],
    [refusal(403, "no"), "a 403"],
  ]) {
    it(`is not ${what}`, async () => {
      const error = await rejection(clientOf(answer).client.projects.waitUntilDeleted(ref));
      assert.equal(error.name, "ApiError");
    });
  }

  it("is an error for all other waiters", async () => {
    for (const name of ["waitUntilHealthy", "waitUntilPaused", "waitUntilRestored"]) {
      const error = await rejection(clientOf(gone).client.projects[name](ref));
      assert.equal(`${error.name} ${error.status}`, "ApiError 400");
    }
  });
});

describe("services", () => {
  const service = (name, status) => ({ name, status, healthy: status === "ACTIVE_HEALTHY" });

  it("must be healthy as well, once the project is, however often they are not", async (t) => {
    fake(t);
    const health = [
      [service("auth", "COMING_UP"), service("db", "ACTIVE_HEALTHY")],
      [service("db", "ACTIVE_HEALTHY")],
      [service("auth", "UNHEALTHY"), service("db", "COMING_UP")],
      [service("db", "ACTIVE_HEALTHY"), service("rest", "UNHEALTHY"), service("auth", "ACTIVE_HEALTHY")],
    ];
    const states = ["COMING_UP", "ACTIVE_HEALTHY"];
    const { client, asked } = clientOf((path) =>
      path.endsWith("/health") ? json(health.shift()) : withStatus(states.length > 1 ? states.shift() : states[0]),
    );
    const options = { services: ["auth", "db"], pollMs: 10 };
    const wait = client.projects.waitUntilHealthy(ref, options);
    const seen = [];
    const reading = (async () => {
      for await (const { status } of wait) seen.push(status);
    })();
    assert.deepEqual(await passing(t, wait, 10), withStatus("ACTIVE_HEALTHY"));
    await reading;
    assert.deepEqual(seen, [
      "COMING_UP",
      "auth COMING_UP, db ACTIVE_HEALTHY",
      "auth UNKNOWN, db ACTIVE_HEALTHY",
      "auth UNHEALTHY, db COMING_UP",
      "auth ACTIVE_HEALTHY, db ACTIVE_HEALTHY",
    ]);
    const [get, ask] = [`GET /v1/projects/${ref}`, `GET /v1/projects/${ref}/health?services=auth&services=db`];
    assert.deepEqual(asked, [get, get, ask, get, ask, get, ask, get, ask]);
    assert.deepEqual(options, { services: ["auth", "db"], pollMs: 10 });
  });

  it("are not asked for where none are named", async () => {
    const { client, asked } = clientOf(project);
    await client.projects.waitUntilHealthy(ref, { services: undefined });
    await client.projects.waitUntilHealthy(ref, { services: [] });
    assert.equal(asked.length, 2);
  });

  it("are an option of nothing else, and of known names", async () => {
    const { client } = clientOf(project);
    const error = await rejection(client.projects.waitUntilRestored(ref, { services: ["auth"] }));
    assert.equal(error.path, "options.services");
    const wrong = await rejection(client.projects.waitUntilHealthy(ref, { services: ["mail"] }));
    assert.equal(wrong.path, "query.services[0]");
  });
});

describe("a custom hostname", () => {
  const completed = refusal(400, "Verification has been completed, please proceed to activation.");
  for (const [status, works] of [
    ["4_origin_setup_completed", true],
    ["5_services_reconfigured", true],
    ["2_initiated", false],
  ]) {
    it(`that refuses to be verified again and is ${status}`, async () => {
      const { client, asked } = clientOf(completed, { status });
      const wait = client.customHostname.waitUntilVerified(ref);
      if (works) assert.deepEqual(await wait, { status });
      else assert.equal((await rejection(wait)).message.includes("Verification has been completed"), true);
      assert.deepEqual(
        asked.map((it) => it.split(" ")[0]),
        ["POST", "GET"],
      );
    });
  }
});

describe("time", () => {
  it("passes between polls: 3 s first, then half as much more each time, 15 s at most", async (t) => {
    fake(t);
    const times = [];
    const { client } = clientOf(() => {
      times.push(Date.now());
      return withStatus("COMING_UP");
    });
    const wait = client.projects.waitUntilHealthy(ref);
    const error = await rejection(passing(t, wait, 250, 8_000));
    assert.equal(error.message, `projects.waitUntilHealthy: the project is COMING_UP after 1800000 ms and 123 polls`);
    assert.equal(error.attempts, times.length);
    assert.equal(error.outcomeUnknown, false);
    const gaps = times.slice(1).map((time, at) => time - times[at]);
    assert.deepEqual(gaps.slice(0, 6), [3_000, 4_500, 6_750, 10_250, 15_000, 15_000]);
    assert.ok(gaps.slice(6).every((gap) => gap === 15_000));
  });

  it("that is left is what each poll is told", async (t) => {
    fake(t);
    const told = [];
    const wait = waitUntil(
      async ({ deadlineMs, signal, timeoutMs, ...rest }) => {
        assert.deepEqual([timeoutMs, rest, signal.aborted], [77, {}, false]);
        told.push(deadlineMs);
      },
      () => told.length === 4,
      { pollMs: 400, deadlineMs: 1_300, timeoutMs: 77 },
    );
    await passing(t, wait, 100);
    assert.deepEqual(told, [1_300, 900, 500, 100]);
  });

  it("is over while a poll hangs, which is aborted", async (t) => {
    fake(t);
    let signal;
    const wait = waitUntil(
      (options) => {
        ({ signal } = options);
        return new Promise(() => {});
      },
      () => true,
      { deadlineMs: 500 },
    );
    const error = await rejection(passing(t, wait, 100));
    assert.equal(error.message, "waitUntil: nothing is known of the state after 500 ms and 1 poll");
    assert.deepEqual([error.state, error.status, error.cause], [undefined, undefined, undefined]);
    assert.equal(signal.reason, error);
  });

  it("does not bring two polls together", async () => {
    let [now, most, polls] = [0, 0, 0];
    await waitUntil(
      async () => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, 15));
        now--;
      },
      () => ++polls === 4,
      { pollMs: 1 },
    );
    assert.deepEqual([most, now, polls], [1, 0, 4]);
  });
});

describe("options of a wait", () => {
  for (const [name, value] of [
    ["pollMs", 0],
    ["pollMs", 2 ** 31],
    ["pollMs", "5"],
    ["deadlineMs", 0],
    ["deadlineMs", 1.5],
    ["signal", {}],
    ["timeoutMs", -1],
    ["pollMS", 5],
  ]) {
    it(`refuse ${name}: ${JSON.stringify(value)}`, async () => {
      const { client, asked } = clientOf(project);
      for (const wait of [
        client.projects.waitUntilHealthy(ref, { [name]: value }),
        client.backups.waitUntilCompleted(ref, 7, { [name]: value }),
        waitUntil(
          () => assert.fail("polled"),
          () => true,
          { [name]: value },
        ),
      ]) {
        const error = await rejection(wait);
        assert.equal(`${error.name} ${error.path}`, `InputError options.${name}`);
        if (name === "pollMS") assert.match(error.message, /did you mean pollMs\?/);
      }
      assert.deepEqual(asked, []);
    });
  }

  it("are an object", async () => {
    const { client } = clientOf(project);
    for (const options of [null, 5, "text"]) {
      assert.equal((await rejection(client.projects.waitUntilPaused(ref, options))).path, "options");
    }
    assert.equal((await rejection(client.projects.waitUntilHealthy(ref, "text"))).name, "InputError");
  });

  it("go on to the calls, and wrong arguments are their errors", async () => {
    const { client, asked } = clientOf(project);
    const fetch = spy(() => json(withStatus("INACTIVE")));
    await client.projects.waitUntilPaused(ref, { fetch, headers: { "x-a": "b" }, timeoutMs: 5_000 });
    assert.equal(fetch.calls[0].init.headers["x-a"], "b");
    assert.deepEqual(asked, []);
    assert.equal((await rejection(client.projects.waitUntilHealthy("short"))).path, "ref");
    assert.equal((await rejection(client.actionRuns.waitUntilFinished(ref))).path, "run_id");
  });
});

describe("an aborted wait", () => {
  const reasons = [new Error("why"), "text", 0, null, undefined];
  for (const reason of reasons) {
    it(`rejects with the signal's own reason: ${reason}`, async () => {
      for (const moment of ["before", "at once", "polling", "between"]) {
        const controller = new AbortController();
        const { client } = clientOf(moment === "polling" ? () => new Promise(() => {}) : withStatus("COMING_UP"));
        const abort = () => (reason === undefined ? controller.abort() : controller.abort(reason));
        if (moment === "before") abort();
        const wait = client.projects.waitUntilHealthy(ref, { signal: controller.signal });
        if (moment === "at once") abort();
        if (moment === "polling") setTimeout(abort, 5);
        if (moment === "between") {
          await wait[Symbol.asyncIterator]().next();
          abort();
        }
        const began = Date.now();
        const error = await wait.then(assert.fail, (error) => error);
        assert.ok(Date.now() - began < 1_000, moment);
        assert.equal(error, controller.signal.reason, moment);
        assert.equal(getEventListeners(controller.signal, "abort").length, 0, moment);
      }
    });
  }

  it("leaves neither listener nor timer, and neither does any other end", async (t) => {
    const timers = new Set();
    const [set, clear] = [globalThis.setTimeout, globalThis.clearTimeout];
    t.mock.method(globalThis, "setTimeout", (run, ...rest) => {
      const timer = set(
        () => {
          timers.delete(timer);
          run();
        },
        ...rest,
      );
      timers.add(timer);
      return timer;
    });
    t.mock.method(globalThis, "clearTimeout", (timer) => {
      timers.delete(timer);
      clear(timer);
    });
    const going = withStatus("COMING_UP");
    const ends = {
      done: [[going, project]],
      failed: [[going, withStatus("INIT_FAILED")]],
      late: [[going], { deadlineMs: 30 }],
      refused: [[going, refusal(403, "no")]],
    };
    for (const [name, [answers, options]] of Object.entries(ends)) {
      const { signal } = new AbortController();
      const wait = clientOf(...answers).client.projects.waitUntilHealthy(ref, { pollMs: 5, signal, ...options });
      await wait.catch(() => {});
      await settled();
      assert.deepEqual([getEventListeners(signal, "abort").length, timers.size], [0, 0], name);
    }
  });
});

describe("a poll that fails", () => {
  const broken = new TypeError("fetch failed");
  const passingErrors = {
    "no connection": broken,
    429: refusal(429, "ThrottlerException: Too Many Requests"),
    502: refusal(502, "no"),
    503: refusal(503, "no"),
    524: refusal(524, "no"),
  };
  // Retries of the client's own are not what is looked at.
  const options = { pollMs: 1, maxRetries: 0 };
  const supported = async () => {
    const error = await clientOf(project)
      .client.projects.list({ maxRetries: 0 })
      .catch((error) => error);
    return error?.path === "options.maxRetries" ? { pollMs: 1 } : options;
  };

  for (const [name, answer] of Object.entries(passingErrors)) {
    it(`with ${name} is made up for by the next, five times in a row`, async () => {
      const misses = Array(5).fill(answer);
      const { client, asked } = clientOf(...misses, withStatus("COMING_UP"), ...misses, project);
      const wait = client.projects.waitUntilHealthy(ref, await supported());
      const seen = [];
      for await (const { status, polls } of wait) seen.push([status, polls]);
      assert.deepEqual(seen, [
        ["COMING_UP", 6],
        ["ACTIVE_HEALTHY", 12],
      ]);
      assert.equal(asked.length, 12);
    });

    it(`with ${name} for the sixth time is the error of the wait`, async () => {
      const { client, asked } = clientOf(withStatus("COMING_UP"), answer);
      const error = await rejection(client.projects.waitUntilHealthy(ref, await supported()));
      assert.match(error.name, /^(Api|Connection)Error$/);
      assert.equal(asked.length, 7);
    });
  }

  it("for its own time alone is no end", async () => {
    let polls = 0;
    const { client } = clientOf(() => (++polls < 3 ? new Promise(() => {}) : project));
    assert.deepEqual(await client.projects.waitUntilHealthy(ref, { ...(await supported()), timeoutMs: 20 }), project);
  });

  for (const [name, answer, error] of [
    ["401", refusal(401, "Unauthorized"), "ApiError"],
    ["403", refusal(403, "no"), "ApiError"],
    ["404", refusal(404, "no"), "ApiError"],
    ["500", refusal(500, "no"), "ApiError"],
    ["501", refusal(501, "no"), "ApiError"],
    ["505", refusal(505, "no"), "ApiError"],
    ["no JSON", new Response("<html>"), "DecodeError"],
  ]) {
    it(`with ${name} ends the wait`, async () => {
      const { client, asked } = clientOf(withStatus("COMING_UP"), answer);
      assert.equal((await rejection(client.projects.waitUntilHealthy(ref, { pollMs: 1 }))).name, error);
      assert.equal(asked.length, 2);
    });
  }

  it("with what is no answer ends the wait, as it comes again", async () => {
    const fetch = spy(() => "text");
    const client = new SupabaseManagement({ accessToken: token, fetch });
    assert.equal((await rejection(client.projects.waitUntilHealthy(ref, { pollMs: 1 }))).name, "ConnectionError");
    assert.equal(fetch.calls.length, 1);
  });

  it("of a function of one's own passes only with an error of this package", async () => {
    const foreign = [
      new DOMException("late", "TimeoutError"),
      Object.assign(new Error("no"), { name: "ConnectionError" }),
    ];
    for (const error of foreign) {
      let polls = 0;
      const wait = waitUntil(
        () => {
          polls++;
          throw error;
        },
        () => true,
        { pollMs: 1 },
      );
      assert.equal(await rejection(wait), error);
      assert.equal(polls, 1);
    }
  });

  it("is the cause of the TimeoutError where no other has told anything", async (t) => {
    fake(t);
    const { client } = clientOf(refusal(503, "busy"));
    const error = await rejection(
      passing(t, client.projects.waitUntilHealthy(ref, { ...options, pollMs: second, deadlineMs: 2_500 })),
    );
    assert.ok(isTimeoutError(error), error.stack);
    assert.deepEqual([error.status, error.state], [undefined, undefined]);
    assert.ok(isApiError(error.cause) && error.cause.status === 503, `${error.cause}`);
    assert.equal(
      error.message,
      "projects.waitUntilHealthy: nothing is known of the project after 2500 ms and 3 polls; the last poll failed: " +
        "projects.get (GET /v1/projects/{ref}): 503 busy",
    );
    assert.deepEqual(JSON.parse(JSON.stringify(error)).cause.status, 503);
  });

  it("is the cause where it came last, and the state before it is there as well", async (t) => {
    fake(t);
    const { client } = clientOf(withStatus("COMING_UP"), () => Promise.reject(broken));
    const error = await rejection(
      passing(t, client.projects.waitUntilHealthy(ref, { ...options, pollMs: second, deadlineMs: 2_500 })),
    );
    assert.deepEqual(
      [error.status, error.state?.status, error.cause.name],
      ["COMING_UP", "COMING_UP", "ConnectionError"],
    );
    assert.match(
      error.message,
      /: the project is COMING_UP after 2500 ms and 3 polls; the last poll failed: .*fetch failed$/,
    );
    const healed = clientOf(refusal(503, "busy"), withStatus("COMING_UP"));
    const other = await rejection(
      passing(t, healed.client.projects.waitUntilHealthy(ref, { ...options, pollMs: second, deadlineMs: 2_500 })),
    );
    assert.equal(other.cause, undefined, "a failure that was made up for explains nothing");
  });

  it("of a function of one's own is the cause as it is", async (t) => {
    fake(t);
    const limited = SupabaseManagementError.fromJSON({ name: "RateLimitError", message: "limited" });
    const wait = waitUntil(
      () => Promise.reject(limited),
      () => true,
      { pollMs: second, deadlineMs: 2_500 },
    );
    const error = await rejection(passing(t, wait));
    assert.equal(error.cause, limited);
    assert.match(error.message, /^waitUntil: nothing is known of the state .*; the last poll failed: limited$/);
  });

  it("is not the cause where it hangs until the wait is over: the one before tells more", async (t) => {
    fake(t);
    let polls = 0;
    const { client } = clientOf(() => (++polls < 3 ? refusal(503, "busy") : new Promise(() => {})));
    const error = await rejection(
      passing(t, client.projects.waitUntilHealthy(ref, { ...options, pollMs: second, deadlineMs: 3_500 }), 100),
    );
    assert.equal(error.cause?.status, 503, error.message);
  });

  it("waits as long as the server asks for", async (t) => {
    fake(t);
    const times = [];
    const limited = SupabaseManagementError.fromJSON({ name: "RateLimitError", message: "", retryAfterMs: 7_000 });
    assert.ok(limited instanceof RateLimitError);
    const wait = waitUntil(
      async () => {
        times.push(Date.now());
        if (times.length === 1) throw limited;
      },
      () => true,
      { pollMs: 1_000 },
    );
    await passing(t, wait);
    assert.deepEqual(times, [0, 7_000]);
  });
});

describe("waitUntil", () => {
  it("gives the last state, and what `read` and `done` throw", async () => {
    let count = 0;
    const seen = [];
    const wait = waitUntil(
      () => ++count,
      (state) => state === 3,
      { pollMs: 1 },
    );
    for await (const { state, status } of wait) seen.push([state, status]);
    assert.deepEqual(seen, [
      [1, "pending"],
      [2, "pending"],
      [3, "done"],
    ]);
    assert.equal(await wait, 3);
    const own = new TypeError("mine");
    const raise = () => {
      throw own;
    };
    assert.equal(await rejection(waitUntil(raise, () => true)), own);
    // Even one that a poll could get over.
    const late = SupabaseManagementError.fromJSON({ name: "TimeoutError", message: "mine" });
    assert.ok(late instanceof TimeoutError);
    assert.equal(
      await rejection(
        waitUntil(
          () => 1,
          () => Promise.reject(late),
        ),
      ),
      late,
    );
    assert.equal(
      await waitUntil(
        () => 1,
        async () => true,
      ),
      1,
    );
  });
});

describe("a wait that is awaited, iterated or both", () => {
  const unhandled = [];
  const note = (reason) => unhandled.push(reason);
  const observed = async (run) => {
    process.on("unhandledRejection", note);
    try {
      await run();
      await settled();
      assert.deepEqual(unhandled.splice(0), []);
    } finally {
      process.off("unhandledRejection", note);
    }
  };
  const failing = () => clientOf(withStatus("COMING_UP"), withStatus("INIT_FAILED")).client.projects;

  it("is a promise", async () => {
    const wait = clientOf(project).client.projects.waitUntilHealthy(ref);
    assert.ok(wait instanceof Promise);
    assert.deepEqual(await Promise.all([wait, wait.then(({ ref }) => ref), wait.finally()]), [project, ref, project]);
  });

  it("begins at once", async () => {
    let polls = 0;
    const wait = waitUntil(
      () => ++polls,
      () => true,
    );
    await settled();
    assert.equal(polls, 1);
    await wait;
  });

  it("leaves no rejection unhandled", async () => {
    await observed(async () => {
      const error = await rejection(failing().waitUntilHealthy(ref, { pollMs: 1 }));
      assert.equal(error.message, "projects.waitUntilHealthy: the project is INIT_FAILED after 2 polls");
      const seen = [];
      const iterated = (async () => {
        for await (const { status } of failing().waitUntilHealthy(ref, { pollMs: 1 })) seen.push(status);
      })();
      assert.ok(isWaitError(await rejection(iterated)));
      assert.deepEqual(seen, ["COMING_UP", "INIT_FAILED"]);
      const wait = failing().waitUntilHealthy(ref, { pollMs: 1 });
      const read = async () => {
        for await (const _ of wait);
      };
      const errors = await Promise.all([wait, read(), read()].map(rejection));
      assert.ok(errors.every((one) => one === errors[0] && isWaitError(one)));
    });
  });

  it("shows who comes late the latest progress, and who is slow all of it", async () => {
    let count = 0;
    const wait = waitUntil(
      () => ++count,
      (state) => state === 5,
      { pollMs: 1 },
    );
    const slow = [];
    for await (const { state } of wait) {
      slow.push(state);
      if (state === 1) await wait;
    }
    assert.deepEqual(slow, [1, 2, 3, 4, 5]);
    const late = [];
    for await (const { state } of wait) late.push(state);
    assert.deepEqual(late, [5]);
  });

  it("ends with its last loop if nobody awaits it", async () => {
    await observed(async () => {
      let [polls, signal] = [0];
      const wait = waitUntil(
        (options) => {
          ({ signal } = options);
          return ++polls;
        },
        () => false,
        { pollMs: 1 },
      );
      const other = wait[Symbol.asyncIterator]();
      await other.next();
      for await (const { state } of wait) if (state > 2) break;
      assert.equal(signal.aborted, false, "another loop is there");
      await other.return();
      assert.equal(signal.aborted, true);
      const before = polls;
      await new Promise((resolve) => setTimeout(resolve, 20));
      assert.equal(polls, before);
      assert.equal((await rejection(wait)).name, "AbortError");
    });
  });

  it("goes on after its loop if somebody awaits it", async () => {
    for (const awaited of [
      (wait) => wait.then((state) => state),
      async (wait) => await wait,
      (wait) => Promise.all([wait]),
    ]) {
      let count = 0;
      const wait = waitUntil(
        () => ++count,
        (state) => state === 4,
        { pollMs: 1 },
      );
      const end = awaited(wait);
      for await (const _ of wait) break;
      assert.equal([await within(500, end)].flat()[0], 4);
    }
  });
});

describe("a client of the slim entry", () => {
  it("has the waiters once they are added", async () => {
    initSync(readFileSync(new URL("../pkg/dist/client.wasm", import.meta.url)));
    const client = new Slim({ accessToken: token, fetch: async () => json(withStatus("ACTIVE_HEALTHY")) });
    assert.deepEqual(waitersOf(client), []);
    assert.equal(addWaiters(client), client);
    assert.equal((await client.projects.waitUntilHealthy(ref)).status, "ACTIVE_HEALTHY");
    assert.deepEqual(waitersOf(client), tabled);
  });
});

describe("over the network", () => {
  it("waits for a project of a server of one's own", async (t) => {
    const states = ["UNKNOWN", "COMING_UP", "ACTIVE_UNHEALTHY", "ACTIVE_HEALTHY"];
    const server = await serve(t, (request, response) => {
      if (request.method === "POST") return answerJson(response, withStatus("ACTIVE_HEALTHY"), 201);
      answerJson(response, withStatus(states.shift()));
    });
    const client = new SupabaseManagement({ accessToken: token, baseUrl: server.url });
    const created = await client.projects.create(newProject);
    const seen = [];
    for await (const { status } of client.projects.waitUntilHealthy(created.ref, { pollMs: 5 })) seen.push(status);
    // What the answer to `create` said is no evidence.
    assert.deepEqual(seen, ["UNKNOWN", "COMING_UP", "ACTIVE_UNHEALTHY", "ACTIVE_HEALTHY"]);
  });

  it("waits for a project of the sandbox", async () => {
    const { fetch } = createSandbox({ startupMs: 60 });
    const client = new SupabaseManagement({ accessToken: token, fetch });
    const [{ slug }] = await client.organizations.list();
    const { ref } = await client.projects.create({ ...newProject, organization_slug: slug });
    const found = await client.projects.waitUntilHealthy(ref, { pollMs: 10 });
    assert.equal(found.ref, ref);
    const read = (options) => client.projects.get(ref, options);
    assert.equal((await waitUntil(read, ({ status }) => status === "ACTIVE_HEALTHY", { pollMs: 10 })).ref, ref);
  });
});
