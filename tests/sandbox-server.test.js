// The server keeps its word: what it said it saved is there again, whatever ended it, and one file has one server.
// `KILLS=200 CALLS=100000` is what `npm run proof` asks for.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { printed, start, stop } from "./runtimes/harness/run.mjs";

const kills = Number(process.env.KILLS ?? 20);
const calls = Number(process.env.CALLS ?? 5_000);
const windows = process.platform === "win32";

const storefront = "hqvkzumdtlrwaxbeogcy";
const headers = { authorization: "Bearer sbp_any", "content-type": "application/json" };
const cli = fileURLToPath(new URL("../pkg/cli.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "sandbox-server-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const options = ["sandbox", "--port", "0", "--rate-limit", "0"];

async function serve(args, [command, ...before] = [process.execPath, cli], more = {}) {
  const child = start(command, [...before, ...options, ...args], more);
  const [address] = await printed(child, /http:\/\/127\.0\.0\.1:\d+/);
  return { child, address };
}

async function refused(...args) {
  const child = start(process.execPath, [cli, ...options, ...args]);
  const { code } = await child.ended;
  assert.equal(code, 1, child.output);
  assert.doesNotMatch(child.output, /\n.*\n|\bat /, "one line, no stack");
  return child.output;
}

function end(child, signal = "SIGTERM") {
  stop(child, signal);
  return child.ended;
}
const create = (address, name) =>
  fetch(`${address}/v1/organizations`, { method: "POST", headers, body: JSON.stringify({ name }) });
const namesIn = (text) => JSON.parse(text).organizations.map(({ name }) => name);
const read = (file) => namesIn(readFileSync(file, "utf8"));

async function query(address, sql) {
  const body = JSON.stringify({ query: sql });
  const response = await fetch(`${address}/v1/projects/${storefront}/database/query`, {
    method: "POST",
    headers,
    body,
  });
  return response.json();
}

describe("the sandbox's state file", () => {
  it("is written a moment after each change, and at the end, whatever the signal", async () => {
    const file = join(folder, "moment.json");
    for (const signal of windows ? ["SIGTERM"] : ["SIGTERM", "SIGINT", "SIGHUP"]) {
      const { child, address } = await serve(["--state", file]);
      assert.ok(existsSync(file), "it is there from the start");
      await create(address, `soon ${signal}`);
      await pause(1_000);
      assert.equal(read(file).at(-1), `soon ${signal}`);
      await create(address, `late ${signal}`);
      const { code } = await end(child, signal);
      assert.equal(code, 0, child.output);
      assert.equal(read(file).at(-1), `late ${signal}`);
      assert.ok(!existsSync(`${file}.lock`));
    }
  });

  it("has one server, until that one is gone in whatever way", async () => {
    const file = join(folder, "locked.json");
    const first = await serve(["--state", file]);
    assert.match(await refused("--state", file), /another server uses .*locked\.json \(process \d+\)/);
    if (!windows) {
      symlinkSync(file, join(folder, "link.json"));
      assert.match(await refused("--state", join(folder, "link.json")), /another server uses/);
    }
    await create(first.address, "kept");
    await pause(1_000);
    await end(first.child, "SIGKILL");
    assert.ok(existsSync(`${file}.lock`));
    const second = await serve(["--state", file]);
    assert.equal(read(file).at(-1), "kept");
    await end(second.child);
    // A process of the same number that is not the one that locked it.
    writeFileSync(`${file}.lock`, JSON.stringify({ pid: process.pid, began: "long ago" }));
    if (process.platform === "linux") await end((await serve(["--state", file])).child);
  });

  it("is taken over by one of several that find it left behind", async () => {
    const file = join(folder, "left.json");
    writeFileSync(`${file}.lock`, JSON.stringify({ pid: 2 ** 30, began: null }));
    const children = Array.from({ length: 4 }, () => start(process.execPath, [cli, ...options, "--state", file]));
    const said = /is at http|another server uses/;
    for (const child of children) await printed(child, said);
    assert.equal(children.filter(({ output }) => /is at http/.test(output)).length, 1);
    await Promise.all(children.map((child) => end(child)));
  });

  it("must be possible, or the server does not start", async () => {
    assert.match(
      await refused("--state", join(folder, "nowhere", "state.json")),
      /the folder of the state file does not exist: /,
    );
    assert.match(await refused("--state", folder), /the state file is no file: /);
  });

  it("says so when it cannot listen", async () => {
    const { child, address } = await serve([]);
    const taken = start(process.execPath, [cli, "sandbox", "--port", new URL(address).port]);
    assert.equal((await taken.ended).code, 1);
    assert.match(taken.output, /^cannot listen at 127\.0\.0\.1:\d+: another program listens there; --port 0 takes/);
    await end(child);
  });

  it(`loads after each of ${kills} kills at any moment, and misses at most the last second`, async (t) => {
    const file = join(folder, "killed.json");
    const sure = [];
    for (let round = 0; round < kills; round++) {
      const { child, address } = await serve(["--state", file]);
      const found = new Set(read(file));
      for (const name of sure) assert.ok(found.has(name), `${name} is lost after kill ${round}`);
      const made = [];
      const until = Date.now() + (round % 4 === 0 ? 1_400 : Math.random() * 400);
      const load = Array.from({ length: 4 }, async (_, lane) => {
        for (let call = 0; Date.now() < until; call++) {
          const name = `${round}/${lane}/${call}`;
          const answer = await create(address, name).catch(() => undefined);
          if (!answer?.ok) return;
          made.push({ name, at: Date.now() });
          // The account stays small enough for many rounds.
          await pause(20);
        }
      });
      await pause(until - Date.now());
      const killed = Date.now();
      await end(child, "SIGKILL");
      await Promise.all(load);
      sure.push(...made.filter(({ at }) => at < killed - 1_000).map(({ name }) => name));
    }
    assert.ok(sure.length > 0);
    const { child } = await serve(["--state", file]);
    await end(child);
    t.diagnostic(`proof: the state file loads after a kill: ${kills} kills`);
  });

  it("ends along with npx, and is saved", { skip: windows && "npx is a script there" }, async () => {
    const own = join(folder, "npx");
    mkdirSync(join(own, "node_modules", ".bin"), { recursive: true });
    symlinkSync(cli, join(own, "node_modules", ".bin", "supabase-management-wasm"));
    writeFileSync(join(own, "package.json"), "{}");
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) {
      const { child, address } = await serve(["--state", "state.json"], ["npx", "supabase-management-wasm"], {
        cwd: own,
      });
      await create(address, signal);
      // npx leaves SIGINT to the terminal, which sends it to all of them. Others are sent to npx alone.
      if (signal === "SIGINT") stop(child, signal);
      else process.kill(child.pid, signal);
      for (let waited = 0; existsSync(join(own, "state.json.lock")) && waited < 3_000; waited += 50) await pause(50);
      await assert.rejects(fetch(address), signal);
      assert.equal(read(join(own, "state.json")).at(-1), signal);
    }
  });
});

describe("the sandbox's server", () => {
  it("answers HEAD wherever it answers GET", async () => {
    const { child, address } = await serve([]);
    for (const path of ["/v1/projects", "/v1/organizations", `/v1/projects/${storefront}`, "/v1/nope", "/"]) {
      const [got, head] = [
        await fetch(address + path, { headers }),
        await fetch(address + path, { method: "HEAD", headers }),
      ];
      assert.equal(head.status, got.status, path);
      assert.equal(head.headers.get("content-type"), got.headers.get("content-type"));
      assert.equal(await head.text(), "");
    }
    await end(child);
  });

  it("takes bodies that are too large, many at once, without holding on to them", async () => {
    const { child, address } = await serve([]);
    const body = Buffer.alloc(50 * 1024 * 1024 + 10, " ");
    for (let round = 0; round < 2; round++) {
      const send = () =>
        fetch(`${address}/v1/organizations`, { method: "POST", headers, body }).then(({ status }) => status);
      const statuses = await Promise.all(Array.from({ length: 6 }, send));
      assert.ok(
        statuses.every((status) => [413, 503].includes(status)),
        String(statuses),
      );
      assert.ok(statuses.includes(413), String(statuses));
    }
    assert.equal((await create(address, "still there")).status, 201);
    await end(child);
  });

  it(`needs no more memory after ${calls} calls`, {
    skip: process.platform !== "linux" && "only Linux tells",
  }, async (t) => {
    const { child, address } = await serve(["--state", join(folder, "memory.json")]);
    const resident = () => Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))[1]) / 1024;
    async function call(count) {
      const lanes = Array.from({ length: 8 }, async () => {
        for (let at = 0; at < count / 8; at++) {
          const secret = [{ name: `N${at % 20}`, value: "x".repeat(100) }];
          const init = at % 4 === 0 ? { method: "POST", headers, body: JSON.stringify(secret) } : { headers };
          const path = at % 4 === 0 ? `/v1/projects/${storefront}/secrets` : "/v1/projects";
          const response = await fetch(address + path, init);
          await response.arrayBuffer();
          assert.ok(response.ok);
        }
      });
      await Promise.all(lanes);
    }
    await call(Math.max(calls / 5, 3_000));
    const before = resident();
    await call(calls);
    const grown = resident() - before;
    await end(child);
    t.diagnostic(`resident: ${before.toFixed()} MB, and ${grown.toFixed(1)} MB more after ${calls} calls`);
    t.diagnostic(`proof: memory of the sandbox's server stays flat: ${calls} calls`);
    assert.ok(grown < 40, `${grown} MB more`);
  });
});

describe("the sandbox's databases, on the server", () => {
  it("outlive a restart and a kill, and go with their account", async () => {
    const file = join(folder, "data.json");
    let { child, address } = await serve(["--state", file]);
    assert.deepEqual(await query(address, "create table kept (id int); insert into kept values (1)"), []);
    await end(child);
    ({ child, address } = await serve(["--state", file]));
    assert.deepEqual(await query(address, "insert into kept values (2) returning id"), [{ id: 2 }]);
    await end(child, "SIGKILL");
    ({ child, address } = await serve(["--state", file]));
    assert.deepEqual(await query(address, "select id from kept order by id"), [{ id: 1 }, { id: 2 }]);
    assert.ok(existsSync(join(`${file}.databases`, storefront)));
    await end(child);
    rmSync(file);
    ({ child, address } = await serve(["--state", file]));
    assert.match((await query(address, "select * from kept")).message, /42P01/, "a new account has new databases");
    await end(child);
  });

  it("are served to clients of Postgres", async () => {
    const { child, address } = await serve(["--db-port", "0"]);
    const [, connectionString] = await printed(child, /database of \w{20} is at (postgresql:\S+)/);
    assert.match(connectionString, /^postgresql:\/\/postgres@127\.0\.0\.1:\d+\/postgres/);
    const [one, two] = [new pg.Client({ connectionString }), new pg.Client({ connectionString })];
    await Promise.all([one.connect(), two.connect()]);
    await one.query("create table shared (id int primary key, at timestamptz default now())");
    assert.deepEqual(
      (await one.query({ name: "add", text: "insert into shared (id) values ($1) returning id", values: [1] })).rows,
      [{ id: 1 }],
    );
    assert.deepEqual(await query(address, "select id from shared"), [{ id: 1 }]);
    assert.deepEqual(await query(address, "insert into shared values (2); select count(*) from shared"), [
      { count: 2 },
    ]);
    assert.deepEqual(
      (await one.query({ name: "add", text: "insert into shared (id) values ($1) returning id", values: [3] })).rows,
      [{ id: 3 }],
      "what it prepared is still there",
    );
    assert.deepEqual((await two.query("select count(*)::int from shared")).rows, [{ count: 3 }]);
    await one.query("begin");
    await one.query("insert into shared values (4)");
    const meanwhile = query(address, "select count(*) from shared");
    await pause(300);
    await one.query("rollback");
    assert.deepEqual(await meanwhile, [{ count: 3 }], "it waits for the transaction of another one");
    await one.end();
    two.on("error", () => {});
    two.connection.stream.destroy();
    const begun = Date.now();
    assert.equal((await end(child)).code, 0);
    assert.ok(Date.now() - begun < 5_000, "it ends in spite of a client that went away");
  });

  it("are not served where that cannot be", async () => {
    assert.match(
      await refused("--db-port", "0", "--db-project", "nobody"),
      /there is no project nobody for --db-project/,
    );
  });
});
