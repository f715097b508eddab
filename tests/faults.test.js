// Every fault meets every kind of call, once, twice and always, and then one fault follows another: what the server gets,
// how long is waited, what the call ends with. What is right is derived in faults/expect.mjs from the rules, cell by cell.
// `FAULTS=all` meets all cells; of the pairs of faults there is a sample else, which begins at `SEED`.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { isConnectionError, isOutcomeUnknownError } from "../pkg/index.js";
import { kinds, named, SupabaseManagement } from "./face.mjs";
import { runCell } from "./faults/cell.mjs";
import { expected } from "./faults/expect.mjs";
import { faults } from "./faults/faults.mjs";
import { lookAt } from "./faults/look.mjs";
import { random } from "./faults/random.mjs";
import { startFaultServer } from "./faults/server.mjs";
import { project, rejection, token } from "./support.js";

const always = Number.POSITIVE_INFINITY;
const unhandled = [];
const note = (reason) => unhandled.push(reason);
let server;
let cells = 0;

before(async () => {
  for (const event of ["unhandledRejection", "uncaughtException"]) process.on(event, note);
  server = await startFaultServer();
});
after(async () => {
  await server.close();
  for (const event of ["unhandledRejection", "uncaughtException"]) process.off(event, note);
});

/** Every day each pair of fault and kind has one of the settings besides the first, in turn; `npm run proof` has all. */
const everything = process.env.FAULTS === "all";
let turn = 0;

/** The settings in which a fault leads to something of its own. */
function settingsOf(kind, fault, sees) {
  const first = { times: always };
  if (expected(kind, sees, first).attempts === 1) return [first];
  const others = [{ times: always, maxRetries: 0 }];
  // What is not there does not come back.
  if (!fault.origin) others.push({ times: 1 }, { times: 2 });
  return everything ? [first, ...others] : [first, others[turn++ % others.length]];
}

/** So many cells at once: more, and a busy machine would be taken for a server that stalls. */
let seats = 100;
const queue = [];
async function seated(run) {
  if (seats > 0) seats -= 1;
  else await new Promise((resolve) => queue.push(resolve));
  await run();
  if (queue.length > 0) queue.shift()();
  else seats += 1;
}

/**
 * Cells that failed while many others ran. A machine that is busy sees a closed connection, or the next byte of a body, later
 * than the clock of a cell allows; so these are run again at the end, with nothing beside them, and what fails then has failed.
 */
const doubtful = [];
/** More than this is no busy machine. */
const mostDoubtful = 200;

/** Runs a cell; where it fails, it is run again at the end. */
async function tryCell(name, run) {
  await run().catch((error) => doubtful.push({ name, run, error }));
}

/** All kinds of call against a fault. */
async function meet(fault) {
  const runs = [];
  for (const kind of kinds) {
    const sees = fault.sees.platform ? await lookAt(server, fault, kind) : fault.sees;
    for (const setting of settingsOf(kind, fault, sees)) {
      const respond = ++cells % 2 === 0;
      const name = `${fault.name}: ${kind.name}, ${JSON.stringify(setting)}`;
      const run = () => tryCell(name, () => runCell(server, kind, fault, sees, { ...setting, respond }));
      if (fault.heavy) await run();
      else runs.push(seated(run));
    }
  }
  await Promise.all(runs);
}

for (const heavy of [false, true]) {
  describe(`a fault${heavy ? " that is heavy" : ""}`, { concurrency: heavy ? 1 : 6 }, () => {
    for (const fault of faults.filter((fault) => heavy === !!fault.heavy)) {
      it(fault.name, { timeout: 300_000 }, () => meet(fault));
    }
  });
}

/** What can be seen of a fault, for a kind of call. */
const seen = new Map();
async function seeing(fault, kind) {
  if (!fault.sees.platform) return fault.sees;
  const key = `${fault.name}, ${kind.name}`;
  if (!seen.has(key)) seen.set(key, lookAt(server, fault, kind));
  return seen.get(key);
}

const seed = Number(process.env.SEED ?? 20_261_007);
const next = random(seed);
let pairs = 0;

/**
 * Those that need no server or connection of their own, as the attempts of a call go from one to the other. Nor one that
 * promises more calls in a long window: a 429 behind it says that they are gone, and the next attempt comes after that.
 * Nor a host that does not exist: many look-ups at once take longer than a call beside a fault that stalls is given.
 */
const mixed = faults.filter(
  ({ own, heavy, origin, sees }) =>
    !own && !heavy && origin !== "nowhere" && !(sees.headers?.["x-ratelimit-remaining"] > 0),
);
/** Three sorts of call: a read, a write that may be repeated, and one that may be repeated only after a 429. */
const sorts = [
  kinds.filter(({ repeat, write }) => repeat && !write),
  kinds.filter(({ repeat, write }) => repeat && write),
  kinds.filter(({ repeat }) => !repeat),
];

/** One attempt meets the first fault, all others the second: pairs of all sorts, each with one of the kinds in turn. */
async function follow(t, first) {
  const cells = [];
  for (const second of mixed.filter((fault) => fault !== first)) {
    for (const sort of sorts) {
      const kind = sort[Math.floor(next() * sort.length)];
      const sees = await seeing(first, kind);
      if (expected(kind, sees, { times: 1 }).attempts > 1) cells.push({ kind, sees, second });
    }
  }
  if (cells.length === 0) return t.skip("on this platform it leads to no other attempt");
  // Of each fault as many, so that none is left out; the first is a write that may have been done, and then cannot be sent.
  const lots = cells.map((cell) => ({ cell, lot: cell.second.sees.unsent && cell.kind.write ? 0 : 1 + next() }));
  const drawn = lots.sort((one, other) => one.lot - other.lot).map(({ cell }) => cell);
  const chosen = everything ? cells : [drawn[0], ...drawn.filter(({ second }) => !second.sees.unsent)].slice(0, 12);
  await Promise.all(
    chosen.map(({ kind, sees, second }) =>
      seated(async () => {
        pairs += 1;
        const then = { fault: second, sees: await seeing(second, kind) };
        const name = `${first.name}, then ${second.name}: ${kind.name} (SEED=${seed})`;
        await tryCell(name, () => runCell(server, kind, first, sees, { times: 1, then }));
      }),
    ),
  );
}

describe("a fault that another one follows", { concurrency: 6 }, () => {
  const again = (fault) =>
    fault.sees.platform || kinds.some((kind) => expected(kind, fault.sees, { times: 1 }).attempts > 1);
  for (const fault of mixed.filter(again)) it(fault.name, { timeout: 300_000 }, (t) => follow(t, fault));
});

describe("the matrix of faults", () => {
  it("is right in every cell, those that failed beside others by themselves", { timeout: 600_000 }, async (t) => {
    const told = ({ name, error }) => `${name}: ${error.message}`;
    assert.ok(
      doubtful.length <= mostDoubtful,
      `${doubtful.length} cells\n\n${doubtful.slice(0, 20).map(told).join("\n\n")}`,
    );
    if (doubtful.length > 0) t.diagnostic(`${doubtful.length} cells failed beside others and were run by themselves`);
    const problems = [];
    for (const { name, run } of doubtful) await run().catch((error) => problems.push(told({ name, error })));
    assert.equal(problems.length, 0, `${problems.length} cells\n\n${problems.join("\n\n")}`);
  });

  it("never reached the host that a redirect named", () => assert.deepEqual(server.strangers, []));

  it("left no rejection unhandled", () => assert.deepEqual(unhandled, []));

  it("was gone through in all of its cells", (t) => {
    t.diagnostic(`proof: fault matrix${named}: ${cells} cells`);
    t.diagnostic(`proof: pairs of faults${named}: ${pairs} cells`);
    assert.ok(cells >= faults.length * kinds.length, `${cells}`);
    // A fault of each pair comes first, and leads to another attempt: half of them do.
    assert.ok(pairs > (mixed.length / 3) * 12, `${pairs}`);
  });
});

describe("a connection that failed", () => {
  const create = kinds.find(({ name }) => name === "POST");
  const outcomes = {
    ConnectionError:
      "ECONNREFUSED ENOTFOUND EAI_AGAIN EHOSTUNREACH ENETUNREACH UND_ERR_CONNECT_TIMEOUT CERT_HAS_EXPIRED " +
      "ERR_TLS_CERT_ALTNAME_INVALID DEPTH_ZERO_SELF_SIGNED_CERT",
    OutcomeUnknownError:
      "ECONNRESET EPIPE ETIMEDOUT UND_ERR_SOCKET UND_ERR_HEADERS_TIMEOUT UND_ERR_BODY_TIMEOUT HPE_INVALID_CONSTANT " +
      "ERR_SSL_WRONG_VERSION_NUMBER ERR_HTTP2_STREAM_ERROR ",
  };
  for (const [name, codes] of Object.entries(outcomes)) {
    for (const code of codes.split(" ")) {
      const named = code || "no reason";
      it(`for ${named} is a ${name} to a write, and nothing is sent again`, async () => {
        let sent = 0;
        const cause = Object.assign(new Error(named), code ? { code } : {});
        for (const reason of [new TypeError("fetch failed", { cause }), cause]) {
          const fetch = () => Promise.reject(reason);
          const onRequest = () => (sent += 1);
          const error = await rejection(create.run(new SupabaseManagement({ accessToken: token, fetch, onRequest })));
          assert.equal(error.name, name, error.stack);
          assert.equal(isConnectionError(error), true);
          assert.equal(isOutcomeUnknownError(error), name === "OutcomeUnknownError");
        }
        assert.equal(sent, 2);
      });
    }
  }
});

for (const list of kinds.filter(({ wants }) => wants === "array")) {
  describe(`an answer that does not fit, to ${list.name}`, () => {
    const odd = { ...project, id: 42, name: null, status: ["?"] };
    const unfit = { ...list.answer, text: JSON.stringify([odd]) };
    const busy = faults.find(({ name }) => name === "answers 503");

    for (const [validation, word] of [
      // A value of a type has no room for it.
      ["lenient", list.typed ? "DecodeError" : "value"],
      ["strict", "DecodeError"],
    ]) {
      it(`is a ${word} where validation is ${validation}, after another attempt too`, async () => {
        for (const times of [0, 1]) {
          const call = await server.open(busy, unfit, times);
          const deviations = [];
          const onDeviation = (deviation) => deviations.push(deviation);
          const options = { accessToken: token, baseUrl: call.url, headers: { "x-call": call.id }, onDeviation };
          const client = new SupabaseManagement({ ...options, validation });
          const pending = list.run(client).withResponse();
          if (word === "value") {
            const { data, attempts } = await pending;
            assert.deepEqual([data, attempts], [[odd], times + 1]);
          } else {
            const error = await rejection(pending);
            assert.deepEqual([error.name, error.attempts, error.status], [word, times + 1, 200], error.stack);
          }
          assert.equal(call.requests.length, times + 1);
          // Of the one answer that was looked at.
          const paths = deviations.map(({ path }) => path);
          assert.ok(paths.includes("[0].id"), `${paths}`);
          assert.equal(new Set(paths).size, paths.length);
          await server.forget(call);
        }
      });
    }
  });
}
