// The checker through the wasm: what it says of requests and answers is what a plain judge says of the same values.
import assert from "node:assert/strict";
import fc from "fast-check";
import { isApiError, isDecodeError, isInputError, SupabaseManagement } from "../../pkg/index.js";
import { asked, description } from "../conformance/description.mjs";
import { deviations } from "../conformance/judge.mjs";
import { clientRows } from "../conformance/rows.mjs";
import { maximal, minimal, mutations, picks, smallestBody } from "../conformance/samples.mjs";
import { ref, rejection, token } from "../support.js";
import { property, unjudged } from "./runner.mjs";

/** Changes one thing somewhere in a value; `steps` are numbers to choose with. */
function change(value, [step = 0, ...steps], other) {
  const entries = Object.entries(Object(value));
  if (Object(value) !== value || entries.length === 0 || step % 5 === 4) return other;
  const [key, inner] = entries[(step >> 3) % entries.length];
  if (Array.isArray(value)) return value.with(+key, change(inner, steps, other));
  if (step % 7 === 6) return Object.fromEntries(entries.filter(([name]) => name !== key));
  if (step % 11 === 10) return { ...value, [`${key}_`]: other };
  return { ...value, [key]: change(inner, steps, other) };
}

const others = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(null, 0, -0, 1.5, 1e21, 2 ** 53, -1, "", "x", [], {}, true, [[]], { "odd key": null }),
);

if (!description)
  console.log("PROPERTIES OF THE CHECKER WERE SKIPPED: THERE IS NO ../shared/api/openapi.json NOR $OPENAPI");
else {
  const described = (await clientRows()).map((row) => ({ ...row, asked: asked(row) })).filter((row) => row.asked);
  const rows = new Map(described.map((row) => [row.id, row]));
  const json = described.filter((row) => row.asked.answer.schema);
  const argumentsOf = ({ asked: { values, query, body } }) => [
    ...values.map(({ schema }) => maximal(schema)),
    ...(body ? [smallestBody(body)] : []),
    ...(query ? [minimal(query)] : []),
  ];

  /** A value of a schema, or one in which something is wrong, and then changed once more. */
  const sample = (schema, pick, which, steps, other) => {
    const wrong = which % 3 === 0 ? [] : Array.from(mutations(schema, pick % picks(schema)), ([, value]) => value);
    const base =
      wrong.length > 0
        ? wrong[which % wrong.length]
        : which % 2
          ? minimal(schema)
          : maximal(schema, pick % picks(schema));
    return steps.length > 0 ? change(base, steps, other) : base;
  };
  const choices = [fc.nat(1000), fc.nat(1000), fc.array(fc.nat(1e6), { maxLength: 4 }), others];

  property(
    "answers have the deviations that a plain judge finds",
    [fc.constantFrom(...json.map(({ id }) => id)), ...choices],
    async (id, pick, which, steps, other) => {
      const row = rows.get(id);
      const { schema } = row.asked.answer;
      // What JSON makes of it: no -0, no undefined.
      const text = JSON.stringify(sample(schema, pick, which, steps, other));
      const value = JSON.parse(text);
      const expected = deviations(schema, value);
      // Of another outermost kind, or of an integer that only an exponent can write, others decide.
      // Whole numbers that JavaScript rounds are reported besides: tests/integers.test.js is about them.
      if (/[eE]\+|\d{16}/.test(text) || expected.some(({ path }) => path === "")) return unjudged;
      const found = [];
      const call = (options) => {
        const client = new SupabaseManagement({
          accessToken: token,
          fetch: async () => new Response(text),
          ...options,
        });
        return row.call(client, argumentsOf(row));
      };
      const told = call({ onDeviation: ({ path }) => found.push(path) });
      // Logs are answered with 200 where the query is wrong.
      if (/^analytics\./.test(id) && value.error && Object.hasOwn(schema.properties ?? {}, "error")) {
        const error = await rejection(told);
        assert.ok(isApiError(error) && error.status === 200, `${error}`);
        return assert.deepEqual(error.body, value);
      }
      assert.deepEqual(await told, value);
      assert.deepEqual(
        found,
        expected.map(({ path }) => path),
      );
      const counting = expected.find(({ counts }) => counts);
      const error = await call({ validation: "strict" }).then(
        () => undefined,
        (thrown) => thrown,
      );
      if (!counting) return assert.equal(error, undefined);
      assert.ok(isDecodeError(error), `${error}`);
      assert.equal(error.path, counting.path);
    },
  );

  const patterns = new Map();
  const collect = (row, schema, way) => {
    if (schema?.pattern && schema.type === "string") patterns.set(schema.pattern, { row, schema, way });
    for (const [name, inner] of Object.entries(schema?.properties ?? {})) collect(row, inner, [...way, name]);
  };
  for (const row of described) if (row.asked.body?.kind === "json") collect(row, row.asked.body.schema, []);
  const sources = [...patterns.keys()];
  // Letters that the patterns know, and some that they do not.
  const letters = fc.constantFrom(..."azAZ09_-.,=: \t\n/\\é🚀", "us", "ms", "min", "SUPABASE_", "100", "١");

  property(
    "a pattern takes what a regular expression takes",
    [fc.constantFrom(...sources), fc.array(letters, { maxLength: 12 }).map((all) => all.join(""))],
    async (source, text) => {
      const { row, schema, way } = patterns.get(source);
      const length = [...text].length;
      const right =
        new RegExp(source).test(text) && length >= (schema.minLength ?? 0) && length <= (schema.maxLength ?? Infinity);
      const body = smallestBody(row.asked.body);
      let holder = body;
      for (const name of way.slice(0, -1)) holder = holder[name] ??= minimal(row.asked.body.schema.properties[name]);
      holder[way.at(-1)] = text;
      const { values, query } = row.asked;
      const args = [...values.map((one) => maximal(one.schema)), body, ...(query ? [minimal(query)] : [])];
      let sent = 0;
      const fetch = async () => new Response("{}", { status: 500 + ++sent * 0 });
      const error = await row
        .call(new SupabaseManagement({ accessToken: token, fetch }), args)
        .catch((thrown) => thrown);
      assert.equal(isInputError(error), !right, `${row.id} ${way.join(".")}: ${error}`);
      assert.equal(sent > 0, right);
      if (!right) assert.equal(error.path, way.join("."));
    },
  );

  property(
    "numbers are taken as JavaScript writes them",
    [
      fc.oneof(
        fc.double(),
        fc.integer(),
        fc.maxSafeInteger(),
        fc.constantFrom(-0, 1.0, 1e2, 1e21, 2 ** 53, 5e-324, 604_800, 604_801),
      ),
    ],
    async (number) => {
      // `jwt_exp` is an integer of 0 to 604800, `sessions_timebox` a number from 0 on.
      for (const [name, fits] of [
        ["jwt_exp", Number.isInteger(number) && number >= 0 && number <= 604_800],
        ["sessions_timebox", Number.isFinite(number) && number >= 0],
      ]) {
        let body;
        const fetch = async (_, init) => {
          body = init.body;
          return new Response("{}");
        };
        const client = new SupabaseManagement({ accessToken: token, fetch });
        const error = await client.auth.updateConfig(ref, { [name]: number }).catch((thrown) => thrown);
        assert.equal(isInputError(error), !fits, `${name} ${number}: ${error}`);
        if (fits) assert.equal(JSON.parse(body)[name], number === 0 ? 0 : number);
        else assert.equal(error.path, name);
      }
    },
  );
}

property(
  "any bytes of an answer are survived in every mode",
  [
    fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .array(
          fc.constantFrom(...'{}[]:,"\\ 01-.eEntf', '"id"', '"name"', '"status"', '"database"', "\\ud800", "null"),
          { maxLength: 60 },
        )
        .map((pieces) => new TextEncoder().encode(pieces.join(""))),
      fc
        .tuple(fc.constantFrom("[", '[{"id":', '[{"database":{"a":'), fc.nat(30_000))
        .map(([it, times]) => new TextEncoder().encode(it.repeat(times))),
    ),
    fc.constantFrom({}, { validation: "strict" }, { onDeviation: () => {} }),
  ],
  async (bytes, options) => {
    const client = new SupabaseManagement({ accessToken: token, fetch: async () => new Response(bytes), ...options });
    let expected;
    try {
      expected = JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      // It is no JSON.
    }
    const call = client.projects.list();
    const error = await call.then(
      () => undefined,
      (thrown) => thrown,
    );
    if (!Array.isArray(expected)) return assert.ok(isDecodeError(error), `${error}`);
    if (options.validation !== "strict") assert.equal(error, undefined);
    if (!error) return assert.deepEqual(await call, expected);
    assert.ok(isDecodeError(error), `${error}`);
  },
);
