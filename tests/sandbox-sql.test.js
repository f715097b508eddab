// SQL in the sandbox, on PGlite: what the API answers to statements, and how databases come and go. How each kind of value is
// written, what a session leaves behind, and that nothing gets out of a transaction that is read only.
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { PGlite } from "@electric-sql/pglite";
import { isApiError, isInputError, SupabaseManagement } from "../pkg/index.js";
import { statementsOf } from "../pkg/sandbox/statements.js";
import { parametersOf } from "../pkg/sandbox/wire.js";
import { createSandbox } from "../pkg/sandbox.js";

const storefront = "hqvkzumdtlrwaxbeogcy";
const clientOn = ({ fetch }) => new SupabaseManagement({ fetch, accessToken: "sbp_any", validation: "strict" });
const refusal = (promise) => promise.then(assert.fail, (error) => (isApiError(error) ? error : assert.fail(error)));

describe("SQL in the sandbox", () => {
  const sandbox = createSandbox();
  const client = clientOn(sandbox);
  after(() => sandbox.close());
  const query = (sql, more = {}) => client.database.query(storefront, { query: sql, ...more });
  const readOnly = (sql) => client.database.queryReadOnly(storefront, { query: sql });

  /** The text of the answer: what a parser makes of it is another matter. */
  async function text(sql) {
    const headers = { authorization: "Bearer sbp_any", "content-type": "application/json" };
    const body = JSON.stringify({ query: sql });
    const response = await sandbox.fetch(`/v1/projects/${storefront}/database/query`, {
      method: "POST",
      headers,
      body,
    });
    assert.equal(response.status, 201);
    return response.text();
  }

  it("writes each value as the API does, in the order of its columns", async () => {
    for (const [sql, expected] of [
      ["1 as b, 2 as a", '"b":1,"a":2'],
      ["1 as twice, 'x' as other, 2 as twice", '"twice":2,"other":"x"'],
      ["1", '"?column?":1'],
      ["9007199254740993::bigint as n", '"n":9007199254740993'],
      ["12345678901234567890.10::numeric as n, 'NaN'::numeric as not", '"n":12345678901234567890.10,"not":"NaN"'],
      ["1.5::float8 as n, 'Infinity'::float8 as i, 1e20::float4 as e", '"n":1.5,"i":null,"e":1e+20'],
      ["true as t, null as n, ''::text as e", '"t":true,"n":null,"e":""'],
      [`'{"z":1,"a":12345678901234567890}'::json as j`, '"j":{"z":1,"a":12345678901234567890}'],
      [
        "'2026-02-01 03:04:05.5+00'::timestamptz as t, '2026-02-01'::date as d",
        '"t":"2026-02-01 03:04:05.5+00","d":"2026-02-01"',
      ],
      ["'\\x01ff'::bytea as b", '"b":{"type":"Buffer","data":[1,255]}'],
      ["'{1,NULL,9007199254740993}'::bigint[] as l", '"l":[1,null,9007199254740993]'],
      [`array['a"b', 'c,d', 'NULL', null, '{}', 'Zoë\\'] as l`, '"l":["a\\"b","c,d","NULL",null,"{}","Zoë\\\\"]'],
      [
        "'{{1,2},{3,4}}'::int[] as l, '{}'::text[] as e, '[0:1]={7,8}'::int[] as b",
        '"l":[[1,2],[3,4]],"e":[],"b":[7,8]',
      ],
      [
        `array['{"a":1}']::jsonb[] as l, array['\\x00']::bytea[] as b`,
        '"l":[{"a": 1}],"b":[{"type":"Buffer","data":[0]}]',
      ],
    ]) {
      assert.equal(await text(`select ${sql}`), `[{${expected}}]`);
    }
  });

  it("runs all statements of a text or none, and answers the last rows", async () => {
    assert.deepEqual(await query("create table parts (id int); insert into parts values (1), (2)"), []);
    assert.deepEqual(await query("select 1 as one; select id from parts order by id; set role anon"), [
      { id: 1 },
      { id: 2 },
    ]);
    const error = await refusal(query("insert into parts values (3); select 1 / 0"));
    assert.match(error.message, /22012: division by zero/);
    assert.deepEqual(await query("select count(*) from parts"), [{ count: 2 }]);
  });

  it("begins every call anew: no role, setting, open transaction or temporary table of an earlier one", async () => {
    await query("create table left_open (id int)");
    await query("begin; insert into left_open values (1)");
    await query("set role anon; set search_path = nowhere; set timezone = 'Asia/Tokyo'");
    await query("set session authorization anon");
    await query("create temporary table parts_of_mine (id int); prepare again as select 1");
    const sql =
      "select current_user as role, current_setting('search_path') as path, current_setting('timezone') as zone";
    assert.deepEqual(await query(sql), [{ role: "postgres", path: '"$user", public, extensions', zone: "UTC" }]);
    assert.deepEqual(await query("select count(*) from pg_prepared_statements"), [{ count: 0 }]);
    assert.match((await refusal(query("select * from parts_of_mine"))).message, /42P01/);
    assert.deepEqual(await query("select count(*) from left_open"), [{ count: 0 }]);
  });

  it("takes parameters", async () => {
    const sql = "select $1::int + 1 as n, $2::text as t, $3::jsonb as j, $4::text[] as l, $5 as nothing, $6::bool as b";
    const parameters = [41, "it's", { a: ["ü"] }, ["x", null, 'y"'], null, true];
    assert.deepEqual(await query(sql, { parameters }), [
      { n: 42, t: "it's", j: { a: ["ü"] }, l: ["x", null, 'y"'], nothing: null, b: true },
    ]);
    assert.match((await refusal(query("select $1::int; select 2", { parameters: [1] }))).message, /42601/);
    assert.deepEqual(parametersOf('[ 9007199254740993,{"n":12345678901234567890}, "[,]", [[1],[2]] ]'), [
      "9007199254740993",
      '{"n":12345678901234567890}',
      "[,]",
      '{{"1"},{"2"}}',
    ]);
  });

  it("answers an error with its code, its place, and what Postgres adds", async () => {
    const error = await refusal(query("select\n  nam from (select 1 as name) as x"));
    assert.equal(error.status, 400);
    const expected = [
      'Failed to run sql query: ERROR:  42703: column "nam" does not exist',
      "LINE 2:   nam from (select 1 as name) as x",
      "          ^",
      'HINT:  Perhaps you meant to reference the column "x.name".',
      "",
    ];
    assert.deepEqual(error.body, { message: expected.join("\n") });
    await query("create table one (id int primary key); insert into one values (1)");
    assert.match(
      (await refusal(query("insert into one values (1)"))).body.message,
      /23505: .*\nDETAIL: {2}Key \(id\)=\(1\) already exists\.\n/,
    );
    assert.match((await refusal(readOnly("select 1;\nselect nope"))).body.message, /LINE 2: select nope\n {15}\^/);
    assert.match((await refusal(query("copy one from stdin"))).body.message, /57014: COPY from stdin failed/);
  });

  it("lets nothing out of a query that is read only", async () => {
    await query(
      "create table kept (id int); create function adds() returns int language sql as 'insert into kept values (1) returning id'",
    );
    await query("create procedure leaves() language plpgsql as 'begin commit; insert into kept values (1); end'");
    const write = "insert into kept values (1)";
    for (const sql of [
      write,
      `commit; ${write}`,
      `rollback; ${write}`,
      `rollback; begin; ${write}; commit`,
      `begin read write; ${write}`,
      `commit; begin read write; ${write}; commit`,
      `commit and chain; set transaction read write; ${write}; commit`,
      `rollback and chain; set transaction read write; ${write}; commit`,
      `set transaction read write; ${write}`,
      `set transaction_read_only = off; ${write}; commit`,
      `set default_transaction_read_only = off; commit; ${write}`,
      `set session characteristics as transaction read write; commit; ${write}; commit`,
      `select set_config('transaction_read_only', 'off', false); ${write}; commit`,
      `savepoint a; set transaction read write; ${write}; commit`,
      `set session authorization postgres; commit; ${write}`,
      `do $$ begin set transaction read write; ${write}; end $$`,
      `do $$ begin commit; ${write}; end $$`,
      "select adds()",
      "call leaves()",
      `with w as (${write} returning id) select * from w`,
      `prepare w as ${write}; execute w; commit`,
      "create temporary table t (id int)",
      "select nextval('auth.users_seq')",
      "/* ' */ commit; create table evil (id int) -- '",
      `select $a$;$a$; commit; ${write}`,
      "alter system set work_mem = '1MB'",
    ]) {
      const answer = await readOnly(sql).catch((error) => error);
      assert.ok(isApiError(answer), `${sql}: ${JSON.stringify(answer)}`);
      assert.equal(answer.status, 400, sql);
    }
    assert.deepEqual(await query("select count(*), to_regclass('evil') as evil from kept"), [{ count: 0, evil: null }]);
    assert.match((await refusal(query(write, { read_only: true }))).message, /25006/);
    assert.deepEqual(await readOnly("begin; select 1 as a; select 2 as b; commit;"), [{ b: 2 }]);
  });

  it("finds the statements of a text", () => {
    const texts = (sql) => statementsOf(sql).map((one) => one.sql);
    assert.deepEqual(texts(" ;\n; "), []);
    assert.deepEqual(texts("-- a;\n/* ; /* ; */ ; */ b; c").length, 2);
    const whole = ["select ';', \";\", e'\\';', $$;$$, $a$;$$;$a$, a$1 -- ;\n", " select 'it''s;' /* ; */"];
    assert.deepEqual(texts(whole.join(";")), whole);
    assert.deepEqual(statementsOf("ü🚀;b"), [
      { sql: "ü🚀", before: 0 },
      { sql: "b", before: 3 },
    ]);
    for (const open of ["'a;", '"a;', "$$a;", "/* a;", "e'\\"]) assert.equal(texts(`x ${open}`).length, 1, open);
  });

  it("has in a new database what every project has", async () => {
    await query(
      "create table notes (id uuid primary key default gen_random_uuid(), owner uuid default auth.uid() references auth.users)",
    );
    await query("alter table notes enable row level security; create policy own on notes using (owner = auth.uid())");
    const id = "6f1c4bd2-7f3e-4b7a-9d58-0d8a1e6f2c11";
    await query(
      `insert into auth.users (id, email) values ('${id}', 'zoe@example.com'); insert into notes (owner) values ('${id}'), (null)`,
    );
    const claims = (role) =>
      `set role ${role}; select set_config('request.jwt.claims', '{"sub":"${id}","role":"${role}"}', false);`;
    assert.deepEqual(await query(`${claims("authenticated")} select count(*), auth.role() as role from notes`), [
      { count: 1, role: "authenticated" },
    ]);
    assert.deepEqual(await query("set role service_role; select count(*) from notes"), [{ count: 2 }]);
    assert.deepEqual(await query("set role anon; select count(*) from notes"), [{ count: 0 }]);
    await query(
      "insert into storage.buckets (id, name) values ('a', 'a'); insert into storage.objects (bucket_id, name) values ('a', 'x/y.png')",
    );
    assert.deepEqual(
      await query("select storage.foldername(name) as f, storage.extension(name) as e from storage.objects"),
      [{ f: ["x"], e: "png" }],
    );
    await query(
      'create extension if not exists "uuid-ossp"; create extension if not exists pg_trgm with schema extensions',
    );
    assert.deepEqual(
      await query("select length(uuid_generate_v4()::text) as a, length(crypt('a', gen_salt('bf'))) as b"),
      [{ a: 36, b: 60 }],
    );
  });

  it("knows the migrations of a project, and applies others", async () => {
    const known = await client.migrations.list(storefront);
    assert.ok(known.length > 0);
    assert.deepEqual(
      await query("select version, name from supabase_migrations.schema_migrations order by version"),
      known,
    );
    await client.migrations.apply(storefront, {
      query: "create table applied (id int); comment on table applied is ';'",
      name: "more",
    });
    assert.equal((await client.migrations.list(storefront)).at(-1).name, "more");
    const error = await refusal(
      client.migrations.apply(storefront, { query: "create table half (id int); select nope" }),
    );
    assert.equal(error.status, 400);
    assert.deepEqual(await query("select to_regclass('half') as half, count(*) from applied"), [
      { half: null, count: 0 },
    ]);
    assert.equal((await client.migrations.list(storefront)).length, known.length + 1);
  });

  it("reads types, description and advice from the catalogue", async () => {
    await query(
      "create type mood as enum ('good', 'bad'); create table makers (id int primary key, mood mood not null)",
    );
    await query("create table things (maker int references makers, name text)");
    const { types } = await client.database.generateTypes(storefront);
    assert.match(types, /mood: "good" \| "bad"/);
    assert.match(types, /things: \{[\s\S]*?foreignKeyName: "things_maker_fkey"/);
    assert.ok((await client.database.getOpenApi(storefront)).paths["/things"]);
    const { lints } = await client.advisors.getPerformance(storefront);
    for (const name of ["no_primary_key", "unindexed_foreign_keys"]) {
      assert.ok(
        lints.some((lint) => lint.name === name && lint.metadata.name === "things"),
        name,
      );
    }
  });
});

describe("databases of the sandbox", () => {
  it("are apart, sleep when there are many, wake as they were, and go with their project", async () => {
    let [made, woken] = [0, 0];
    const postgres = (options) => {
      if (options.loadDataDir) woken++;
      else made++;
      return PGlite.create(options);
    };
    const sandbox = createSandbox({ postgres, startupMs: 0 });
    const client = clientOn(sandbox);
    const refs = (await client.projects.list()).map(({ ref }) => ref);
    while (refs.length < 4) {
      refs.push(
        (await client.projects.create({ name: "more", db_pass: "correct horse", organization_slug: "zoe-keller" })).ref,
      );
    }
    const query = (ref, sql) => client.database.query(ref, { query: sql });
    for (const ref of refs) await query(ref, `create table own as select '${ref}' as ref`);
    assert.deepEqual([made, woken], [1, 3], "only the first is made, others are copies of what it was");
    for (const ref of refs) assert.deepEqual(await query(ref, "select ref from own"), [{ ref }]);
    assert.equal(woken, 7, "of four, one sleeps at any time");
    const both = await Promise.all([query(refs[3], "select 1 as one"), query(refs[3], "select 2 as two")]);
    assert.deepEqual(both, [[{ one: 1 }], [{ two: 2 }]]);

    await client.projects.delete(refs[3]);
    assert.ok((await refusal(query(refs[3], "select 1"))).status >= 400);
    await sandbox.close();
    assert.match((await refusal(query(refs[0], "select * from own"))).message, /42P01/, "closing lets them go");
    await sandbox.close();
  });

  it("need a Postgres, and say what to install where there is none, or it is not wanted", async () => {
    for (const options of [{ database: false }, { postgres: undefined, database: false }]) {
      const error = await refusal(clientOn(createSandbox(options)).database.query(storefront, { query: "select 1" }));
      assert.equal(error.status, 501);
      assert.match(error.body.message, /npm install @electric-sql\/pglite/);
    }
    for (const wrong of [{ database: 1 }, { postgres: "pglite" }, { module: {} }]) {
      assert.throws(
        () => createSandbox(wrong),
        (error) => isInputError(error) && /^createSandbox: options\.\w+: /.test(error.message),
      );
    }
  });

  it("stay awake where they are made by a function that takes no options", async () => {
    let made = 0;
    const sandbox = createSandbox({
      postgres: () => PGlite.create({ relaxedDurability: Boolean(++made) }),
      startupMs: 0,
    });
    const client = clientOn(sandbox);
    const [{ ref }] = await client.projects.list();
    await client.database.query(ref, { query: "create table own (id int)" });
    assert.deepEqual(await client.database.query(ref, { query: "select count(*) from own" }), [{ count: 0 }]);
    assert.equal(made, 1);
    await sandbox.close();
  });

  it("answer an error when they break down, and go on", async () => {
    let broken = false;
    const postgres = async (options) => {
      const db = await PGlite.create(options);
      const { execProtocol } = db;
      db.execProtocol = (...args) => (broken ? Promise.reject(new Error("unreachable")) : execProtocol.apply(db, args));
      return db;
    };
    const sandbox = createSandbox({ postgres });
    const client = clientOn(sandbox);
    await client.database.query(storefront, { query: "select 1" });
    broken = true;
    const error = await refusal(client.database.query(storefront, { query: "select 1" }));
    assert.match(error.body.message, /57P02: the database broke down.*\nDETAIL: {2}unreachable/);
    broken = false;
    assert.deepEqual(await client.database.query(storefront, { query: "select 1 as one" }), [{ one: 1 }]);
    await sandbox.close();
  });

  it("do not keep a caller that aborts", async () => {
    const sandbox = createSandbox();
    const controller = new AbortController();
    const init = {
      method: "POST",
      headers: { authorization: "Bearer sbp_any", "content-type": "application/json" },
      body: '{"query":"create table went_on (id int)"}',
      signal: controller.signal,
    };
    const call = sandbox.fetch(`/v1/projects/${storefront}/database/query`, init);
    setTimeout(() => controller.abort("enough"), 1);
    await assert.rejects(call, (reason) => reason === "enough");
    const answer = await clientOn(sandbox).database.query(storefront, { query: "select count(*) from went_on" });
    assert.deepEqual(answer, [{ count: 0 }]);
    await sandbox.close();
  });
});

describe("a sandbox that begins anew", () => {
  it("forgets what was in its databases, and a fault can be had after the statement was run", async () => {
    const sandbox = createSandbox();
    const client = clientOn(sandbox);
    const count = async () => {
      const [row] = await client.database.query(storefront, { query: "select count(*)::int as n from orders" });
      return row.n;
    };
    sandbox.fail("database.query", { lost: true, carriedOut: true });
    const insert = { query: "insert into orders (customer) values ('Ada')" };
    const error = await client.database.query(storefront, insert).catch((reason) => reason);
    assert.equal(error.outcomeUnknown, true, String(error));
    assert.equal(await count(), 1);
    await sandbox.reset();
    assert.equal(await count(), 0);
    assert.equal(sandbox.calls.length, 1);
    await client.database.query(storefront, insert);
    const response = await sandbox.fetch("/_sandbox/reset", { method: "POST" });
    assert.equal(response.status, 204);
    assert.equal(await count(), 0);
    await sandbox.close();
  });
});
