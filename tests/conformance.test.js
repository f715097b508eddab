// Every row of the client through the package itself, by the official description alone: what goes out is exactly what
// is described, what comes back comes back whole, and what is wrong is said at its place.
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { isDecodeError, isInputError, SupabaseManagement } from "../pkg/index.js";
import { asked, description, eszip, exceptions, unasked } from "./conformance/description.mjs";
import { deviations, kindOf } from "./conformance/judge.mjs";
import { clientRows } from "./conformance/rows.mjs";
import { tellsOf } from "./descriptions.mjs";
import { maximal, minimal, mutations, picks } from "./conformance/samples.mjs";
import { rejection, spy, token } from "./support.js";

const all = description ? (await clientRows()).filter(({ path }) => tellsOf(description, path)) : [];
const rows = all.map((row) => ({ ...row, asked: asked(row) })).filter((row) => row.asked);
const counts = { requests: 0, answers: 0, mutations: 0 };
const silent = ["oauth.token", "oauth.revoke"];

/** A client with a fetch that answers `answer`. */
function make(answer, options) {
  const fetch = spy(answer);
  return { fetch, client: new SupabaseManagement({ accessToken: token, fetch, ...options }) };
}

const files = () => [
  { path: "functions/hello/index.ts", content: 'Deno.serve(() => new Response("é"))' },
  new File([new Uint8Array([0, 255])], "assets/a b/é.bin"),
];

/** The arguments of a call: `fill` makes a value of a schema. */
function argumentsOf({ values, body, query }, fill) {
  const filled = {
    values: values.map(({ schema }) => fill(schema) || "Zoë/100% ?"),
    body: body && bodyOf(body, fill),
    query: query && fill(query),
  };
  const args = [...filled.values, ...(body ? [filled.body] : []), ...(query ? [filled.query] : [])];
  return { ...filled, args };
}

function bodyOf({ kind, schema }, fill) {
  if (kind !== "parts") return fill(schema);
  const { metadata } = fill({ ...schema, properties: { metadata: schema.properties.metadata } });
  const file = files().slice(0, fill === minimal ? 1 : 2);
  // What the metadata names must be among the files, which the description does not say.
  metadata.entrypoint_path = file[0].path;
  if (metadata.import_map_path !== undefined) metadata.import_map_path = file.at(-1).name;
  return { metadata, file };
}

/** An answer of a row, and what the call gives for it. */
function answerOf({ status, answer }, pick) {
  const reply = (body, headers) => () => new Response(body, { status, headers });
  const value = answer.schema && maximal(answer.schema, pick);
  switch (answer.kind) {
    case "json":
      return [reply(JSON.stringify(value), { "content-type": "application/json; charset=utf-8" }), value];
    case "rows":
      return [reply('[{"b":1,"?column?":null,"a":[{}]}]'), [{ b: 1, "?column?": null, a: [{}] }]];
    case "text":
      return [reply("diff\n\ufffd é 🚀", { "content-type": "text/plain" }), "diff\n\ufffd é 🚀"];
    case "bytes":
      return [reply(new Uint8Array([0, 200, 255])), new Uint8Array([0, 200, 255])];
    case "count":
      return [reply(null, { "x-total-count": "1790000000" }), 1_790_000_000];
    default:
      return [reply(null), undefined];
  }
}

/** The address as it must be: path values and query as they were given, and nothing else. */
function assertAddress(address, { path }, { values, query }) {
  assert.match(address, /^[!-~]+$/, "an address is ASCII");
  const url = new URL(address);
  const left = [...values];
  const segments = path.split("/").map((part) => (part.startsWith("{") ? left.shift() : part));
  assert.equal(url.origin, "https://api.supabase.com");
  assert.deepEqual(url.pathname.split("/").map(decodeURIComponent), segments);
  const pairsOf = (name, value) => [value].flat().map((item) => [name, `${item}`]);
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    kindOf(value) === "object"
      ? Object.entries(value).flatMap(([inner, item]) => pairsOf(`${name}[${inner}]`, item))
      : pairsOf(name, value),
  );
  assert.deepEqual([...url.searchParams], pairs);
}

async function assertRequest({ url, init }, row, given, more = {}) {
  const { body, answer } = row.asked;
  assertAddress(url, row, given);
  assert.equal(init.method, row.verb);
  const types = { json: "application/json", form: "application/x-www-form-urlencoded" };
  const type = more.eszip ? eszip : types[body?.kind];
  const expected = {
    ...(["json", "rows"].includes(answer.kind) && { accept: "application/json" }),
    ...(type && { "content-type": type }),
    ...(!silent.includes(row.id) && { authorization: `Bearer ${token}` }),
    ...more.headers,
  };
  assert.deepEqual(Object.fromEntries(new Headers(init.headers)), expected);
  await assertBody(init.body, more.eszip ? "bytes" : body?.kind, given.body);
}

async function assertBody(sent, kind, given) {
  switch (kind) {
    case "json":
      assert.equal(typeof sent, "string");
      return assert.deepEqual(JSON.parse(sent), given);
    case "form":
      return assert.deepEqual([...new URLSearchParams(sent)], Object.entries(given));
    case "bytes":
      return assert.deepEqual(new Uint8Array(sent), given);
    case "parts":
      return assertParts(sent, given);
    default:
      return assert.equal(sent, undefined);
  }
}

async function assertParts(sent, { metadata, file = [] }) {
  assert.deepEqual([...sent.keys()], ["metadata", ...file.map(() => "file")]);
  assert.deepEqual(JSON.parse(sent.get("metadata")), metadata);
  const parts = await Promise.all(
    sent
      .getAll("file")
      .map(async (part) => [part.name, (await part.bytes?.()) ?? new Uint8Array(await part.arrayBuffer())]),
  );
  const expected = await Promise.all(
    file.map(async (one) => [one.path ?? one.name, new Uint8Array(await new Blob([one.content ?? one]).arrayBuffer())]),
  );
  assert.deepEqual(parts, expected);
}

/** What is tried with the schemas of a row: the smallest, and enough of the largest to have each member and choice once. */
function fills({ values, body, query }) {
  const most = Math.max(1, ...[...values.map(({ schema }) => schema), body?.schema, query].filter(Boolean).map(picks));
  return [minimal, maximal, ...Array.from({ length: most }, (_, pick) => (schema) => maximal(schema, pick))];
}

async function requests(row) {
  const { answer } = row.asked;
  const [reply, value] = answerOf(row.asked);
  for (const fill of fills(row.asked)) {
    const { fetch, client } = make(reply);
    const given = argumentsOf(row.asked, fill);
    const result = row.call(client, given.args);
    counts.requests += 1;
    if (answer.kind === "url") {
      assertAddress(result, row, given);
      assert.equal(fetch.calls.length, 0);
      continue;
    }
    assert.deepEqual(await result.catch((error) => valueIn(row, error)), value);
    assert.equal(fetch.calls.length, 1);
    await assertRequest(fetch.calls[0], row, given);
  }
}

async function bundles(row) {
  const [reply] = answerOf(row.asked);
  const { fetch, client } = make(reply);
  const given = { ...argumentsOf(row.asked, maximal), body: new Uint8Array([0, 200, 255]) };
  await row.call(client, [...given.values, given.body, given.query]);
  await assertRequest(fetch.calls[0], row, given, { eszip: true });
  counts.requests += 1;
}

async function keys(row) {
  const [reply] = answerOf(row.asked);
  const { fetch, client } = make(reply);
  const given = argumentsOf(row.asked, minimal);
  const call = async () => await row.call(client, [...given.args, { idempotencyKey: "a-key_1" }]);
  if (row.asked.keyed) {
    await call();
    await assertRequest(fetch.calls[0], row, given, { headers: { "idempotency-key": "a-key_1" } });
  } else {
    const error = await rejection(call());
    assert.deepEqual([isInputError(error), error.path], [true, "options.idempotencyKey"]);
    assert.equal(fetch.calls.length, 0);
  }
  counts.requests += 1;
}

/** An answer of logs and usage that carries an error is the error of the call, which has all of it. */
function valueIn(row, error) {
  if (row.id.startsWith("analytics.") && error.name === "ApiError" && error.status === 200) return error.body;
  throw error;
}

/** Calls a row, and notes what is reported of the answer. */
async function answered(row, reply, { validation, report }) {
  const seen = [];
  const note = (deviation) => seen.push(deviation);
  const { client } = make(reply, { validation, onDeviation: report ? note : undefined });
  const call = row.call(client, argumentsOf(row.asked, minimal).args).catch((error) => valueIn(row, error));
  return {
    seen,
    ...(await call.then(
      (value) => ({ value }),
      (error) => ({ error }),
    )),
  };
}

/** How a call can be asked to look at its answer. */
const modes = ["lenient", "strict"].flatMap((validation) => [false, true].map((report) => ({ validation, report })));

async function answers(row) {
  for (let pick = 0; pick < picks(row.asked.answer.schema ?? {}); pick++) {
    const [reply, value] = answerOf(row.asked, pick);
    for (const mode of modes) {
      const result = await answered(row, reply, mode);
      assert.deepEqual(result, { seen: [], value }, JSON.stringify(mode));
      counts.answers += 1;
    }
  }
}

async function wrongAnswers(row) {
  const { status, answer } = row.asked;
  for (const [what, wrong] of mutations(answer.schema)) {
    const expected = deviations(answer.schema, wrong);
    const text = JSON.stringify(wrong);
    const say = `${what}: ${expected[0]?.path} in ${text.slice(0, 300)}`;
    const reply = () => new Response(text, { status });
    counts.mutations += 1;
    for (const mode of modes.slice(0, 3)) {
      const { seen, value, error } = await answered(row, reply, mode);
      if (mode.report)
        assert.deepEqual(
          seen.map(({ path }) => path),
          expected.map(({ path }) => path),
          say,
        );
      assert.ok(seen.every(({ endpoint }) => endpoint === row.id));
      const first = mode.validation === "strict" ? expected.find(({ counts }) => counts) : undefined;
      if (!first) {
        assert.equal(error, undefined, say);
        assert.deepEqual(value, wrong);
        continue;
      }
      assert.ok(isDecodeError(error), `${say}: ${error}`);
      assert.deepEqual([error.path, error.text, error.status, error.endpoint], [first.path, text, status, row.id], say);
    }
  }
}

async function wrongKinds(row) {
  const outermost = kindOf(maximal(row.asked.answer.schema));
  for (const value of [7, "7", true, null, [], {}].filter((one) => kindOf(one) !== outermost)) {
    counts.mutations += 1;
    for (const mode of modes) {
      const { error } = await answered(row, () => Response.json(value), mode);
      assert.ok(isDecodeError(error), String(error));
      assert.deepEqual([error.path, error.expected, error.received], ["", outermost, kindOf(value)]);
    }
  }
}

/** Checks that a call with wrong arguments is refused at a place, and sends nothing. */
async function assertRefused(row, args, path, what) {
  const { fetch, client } = make();
  counts.mutations += 1;
  const error = await rejection((async () => await row.call(client, args))());
  assert.ok(isInputError(error), `${what} at ${path}: ${error}`);
  assert.deepEqual([error.path, error.endpoint], [path, row.id], what);
  assert.equal(fetch.calls.length, 0);
}

async function wrongRequests(row) {
  const { values, body, query } = row.asked;
  const given = argumentsOf(row.asked, maximal);
  if (body) {
    const schema =
      body.kind === "parts"
        ? { ...body.schema, properties: { metadata: body.schema.properties.metadata } }
        : body.schema;
    for (const [what, wrong] of mutations(schema)) {
      const [first] = deviations(schema, wrong, "", true);
      if (first) await assertRefused(row, given.args.with(values.length, wrong), first.path, what);
    }
  }
  for (const [what, wrong] of query ? mutations(query) : []) {
    const [first] = deviations(query, wrong, "query", true);
    if (first) await assertRefused(row, given.args.with(-1, wrong), first.path, what);
  }
  for (const [at, { name }] of values.entries()) {
    for (const wrong of ["", ".", "..", 7, null, undefined, [], {}, true]) {
      const args = given.args.with(at, wrong);
      await assertRefused(row, args, name, `a path value ${JSON.stringify(wrong)}`);
    }
  }
}

describe("the client, by the description", { skip: description ? false : "there is no description" }, () => {
  it("has a row for every operation", () => {
    const described = Object.entries(description.paths).flatMap(([path, verbs]) =>
      Object.keys(verbs).map((verb) => `${verb.toUpperCase()} ${path}`),
    );
    const routes = new Set(all.map(({ verb, path }) => `${verb} ${path}`));
    assert.deepEqual(
      described.filter((route) => !routes.has(route)),
      [],
    );
    assert.equal(routes.size, all.length);
    // What takes the place of an older endpoint is tried with what that one takes.
    const undescribed = all.filter(({ verb, path }) => !described.includes(`${verb} ${path}`)).map(({ id }) => id);
    assert.deepEqual(undescribed.sort(), ["analytics.getLogs", ...unasked].sort());
    assert.deepEqual(
      all
        .filter((row) => !asked(row))
        .map(({ id }) => id)
        .sort(),
      [...unasked].sort(),
    );
  });

  for (const row of rows) {
    const { body, answer } = row.asked;
    it(`${row.id} sends what is described`, () => requests(row));
    if (body?.eszip) it(`${row.id} sends a bundle as it is`, () => bundles(row));
    if (answer.kind !== "url") it(`${row.id} takes a key of idempotency where that is described`, () => keys(row));
    if (answer.kind !== "url") it(`${row.id} gives back the whole answer`, () => answers(row));
    if (answer.schema) it(`${row.id} judges answers as agreed`, () => wrongAnswers(row));
    if (answer.schema?.type || answer.schema?.oneOf)
      it(`${row.id} refuses answers of another kind`, () => wrongKinds(row));
    it(`${row.id} refuses wrong arguments at their place`, () => wrongRequests(row));
  }

  after(() => {
    const { requests, answers, mutations } = counts;
    console.log(
      `${rows.length} rows: ${requests} requests checked, ${answers} answers checked, ${mutations} mutations tried, ${exceptions.length} exceptions`,
    );
  });
});
