// What a parser of JSON loses without a word: digits of whole numbers beyond 2^53, and all but the last of several columns of one name.
// Nothing of that happens silently, and there is a way to have all of it.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isDecodeError, isInputError, SupabaseManagement } from "../pkg/index.js";
import { ref, rejection, spy, thrown, token } from "./support.js";

/** An answer as the API gives rows: 201, JSON of one line, a charset. */
const reply = (text, type = "application/json; charset=utf-8") =>
  new Response(text, { status: 201, headers: { "content-type": type, "cache-control": "no-cache" } });
const clientOf = (text, options, type) =>
  new SupabaseManagement({ accessToken: token, fetch: async () => reply(text, type), ...options });
const query = (client, options) => client.database.query(ref, { query: "select 1" }, options);

/** The calls whose answers have free JSON, and what the text of the answer is around it. */
const places = {
  "database.query": [query, (text) => text, ""],
  "database.queryReadOnly": [(client) => client.database.queryReadOnly(ref, { query: "select 1" }), (text) => text, ""],
  "client.request": [(client) => client.request("POST", "/v1/unknown", { body: {} }), (text) => text, ""],
  "analytics.getLogs": [(client) => client.analytics.getLogs(ref), (text) => `{"result":${text}}`, "result"],
};
const large = '[{"id":9007199254740993,"name":"a"},{"id":1,"deep":{"é b":[-123456789012345678901234567890]}}]';
const largePaths = ["[0].id", '[1].deep["é b"][0]'];
const twice = '[{"a":1,"b":2},{"a":1,"b":2,"a":2}]';

async function deviations(run, text, options, type) {
  const found = [];
  await run(clientOf(text, { onDeviation: (deviation) => found.push(deviation), ...options }, type));
  return found;
}

for (const [name, [run, around, root]] of Object.entries(places)) {
  describe(name, () => {
    it("tells of digits that are lost, and where", async () => {
      const found = await deviations(run, around(large));
      assert.deepEqual(
        found.map(({ path }) => path),
        largePaths.map((path) => `${root}${path}`),
      );
      assert.deepEqual(
        found.map(({ endpoint, expected, received }) => [endpoint, expected, received]),
        [16, 30].map((digits) => [
          name === "client.request" ? "request" : name,
          "a whole number that can be held exactly, -9007199254740991 to 9007199254740991",
          `one of ${digits} digits`,
        ]),
      );
    });

    it("fails in strict mode, and keeps the text", async () => {
      for (const options of [{ validation: "strict" }, { validation: "strict", onDeviation: () => {} }]) {
        const error = await rejection(run(clientOf(around(large), options)));
        assert.ok(isDecodeError(error), `${error}`);
        assert.deepEqual([error.path, error.status, error.text], [`${root}${largePaths[0]}`, 201, around(large)]);
      }
    });

    it("gives them as text where that is wished, and all else as ever", async () => {
      for (const options of [{}, { validation: "strict" }, { onDeviation: assert.fail }]) {
        const given = await run(clientOf(around(large), { bigint: "string", ...options }));
        const rows = root ? given[root] : given;
        assert.deepEqual(rows, [
          { id: "9007199254740993", name: "a" },
          { id: 1, deep: { "é b": ["-123456789012345678901234567890"] } },
        ]);
        assert.equal(BigInt(rows[0].id), 9007199254740993n);
      }
    });

    it("tells of a name that comes twice, and fails in strict mode", async () => {
      for (const options of [{}, { bigint: "string" }]) {
        const found = await deviations(run, around(twice), options);
        assert.deepEqual(
          found.map(({ path, expected, received }) => [path, expected, received]),
          [[`${root}[1].a`, "a name that comes once", "the same name again"]],
        );
        const error = await rejection(run(clientOf(around(twice), { validation: "strict", ...options })));
        assert.deepEqual([isDecodeError(error), error.path, error.text], [true, `${root}[1].a`, around(twice)]);
      }
    });

    it("says nothing of what comes through whole", async () => {
      const text =
        '[{"a":9007199254740991,"b":-9007199254740991,"c":1790000000000000,"d":1e400,"e":0.12345678901234567890,"f":"9007199254740993","g":12345678901234567890.5},{"a":{"a":["a","a"]},"A":1,"":2}]';
      for (const options of [
        { validation: "strict" },
        { onDeviation: assert.fail },
        { bigint: "string", validation: "strict" },
      ])
        assert.deepEqual(await run(clientOf(around(text), options)), JSON.parse(around(text)));
    });

    it("is as it was where nobody asks", async () => {
      for (const text of [around(large), around(twice)]) assert.deepEqual(await run(clientOf(text)), JSON.parse(text));
    });
  });
}

describe("large whole numbers", () => {
  it("may be text for one call alone, and the word is checked", async () => {
    const client = clientOf('[{"n":9007199254740993}]');
    assert.deepEqual(await query(client, { bigint: "string" }), [{ n: "9007199254740993" }]);
    assert.deepEqual(await query(client, { bigint: "number" }), [{ n: 9007199254740992 }]);
    for (const bigint of ["bigint", true, null, BigInt]) {
      const error = thrown(() => new SupabaseManagement({ bigint }));
      assert.deepEqual([isInputError(error), error.path], [true, "options.bigint"]);
      assert.equal(error.expected, 'one of "number", "string"');
    }
  });

  it("of a model are told of, and stay numbers, as its type says", async () => {
    const fn = `{"id":"1","slug":"a","name":"a","status":"ACTIVE","version":9007199254740993,"created_at":1,"updated_at":2}`;
    const list = (client) => client.functions.list(ref);
    const found = await deviations(list, `[${fn}]`);
    assert.deepEqual(
      found.map(({ path, received }) => [path, received]),
      [["[0].version", "one of 16 digits"]],
    );
    const error = await rejection(list(clientOf(`[${fn}]`, { validation: "strict" })));
    assert.deepEqual([isDecodeError(error), error.path], [true, "[0].version"]);
    const [{ version }] = await list(clientOf(`[${fn}]`, { bigint: "string" }));
    assert.equal(version, 9007199254740992);
  });

  it("are found at every length and place", async () => {
    for (const [digits, lost] of [
      ["9007199254740991", false],
      ["9007199254740992", true],
      ["9999999999999999", true],
      ["10000000000000000", true],
      ["999999999999999", false],
      [`1${"0".repeat(400)}`, true],
    ]) {
      for (const number of [digits, `-${digits}`]) {
        for (const text of [`[${number}]`, `[ ${number} , 1]`, `[1,\n${number}]`, `[{"a":[[${number}]]}]`]) {
          assert.equal((await deviations(query, text)).length, Number(lost), text);
          const given = JSON.stringify(await query(clientOf(text, { bigint: "string" })));
          assert.equal(given.includes(`"${number}"`), lost, text);
        }
      }
    }
  });

  it("are not looked for in what is no JSON, or nothing", async () => {
    for (const bigint of ["number", "string"]) {
      for (const validation of ["lenient", "strict"]) {
        const options = { bigint, validation, onDeviation: assert.fail };
        const free = (text, type) => clientOf(text, options, type).request("GET", "/v1/x");
        for (const text of ["12345678901234567890, and more", "a", '{"a":12345678901234567890', '"9007199254740993"x'])
          assert.equal(await free(text, "text/plain"), text);
        assert.deepEqual(
          await free("[9007199254740993]", "application/octet-stream"),
          new TextEncoder().encode("[9007199254740993]"),
        );
        assert.equal(await free("", "text/plain"), undefined);
        assert.deepEqual(await query(clientOf("", options)), []);
        assert.deepEqual(await query(clientOf("[]", options)), []);
      }
    }
  });

  it("of an answer with a byte order mark, and of one alone, come as well", async () => {
    assert.deepEqual(await query(clientOf("\ufeff[9007199254740993]", { bigint: "string" })), ["9007199254740993"]);
    assert.equal(await clientOf("9007199254740993", { bigint: "string" }).request("GET", "/v1/x"), "9007199254740993");
  });

  it("of an answer of another kind are no reason for other words", async () => {
    for (const options of [{}, { bigint: "string" }, { validation: "strict" }, { onDeviation: () => {} }]) {
      const error = await rejection(query(clientOf('{"a":9007199254740993}', options)));
      assert.deepEqual([isDecodeError(error), error.path, error.expected], [true, "", "array"]);
      assert.ok(isDecodeError(await rejection(query(clientOf("[9007199254740993", options)))));
    }
  });

  it("and names that come twice are found in an object of very many", async () => {
    const names = Array.from({ length: 3000 }, (_, at) => `"n${at * 7919}":${at}`);
    const wide = (all) => `[{${all.join(",")}}]`;
    assert.deepEqual(await deviations(query, wide(names)), []);
    const found = await deviations(query, wide([...names, '"n7919":9007199254740993']));
    assert.deepEqual(
      found.map(({ path }) => path),
      ["[0].n7919", "[0].n7919"],
    );
  });

  it("may be as deep as a parser goes", async () => {
    const deep = `${"[".repeat(50_000)}9007199254740993${"]".repeat(50_000)}`;
    let given = await query(clientOf(deep, { bigint: "string" }));
    while (Array.isArray(given)) [given] = given;
    assert.equal(given, "9007199254740993");
  });

  it("are the same for calls that share a request, and each has its own wish", async () => {
    const fetch = spy(() => reply('{"n":9007199254740993}'));
    const client = new SupabaseManagement({ accessToken: token, fetch, dedupe: true });
    const get = (options) => client.request("GET", "/v1/x", options);
    const all = await Promise.all([get(), get({ bigint: "string" }), get({ bigint: "string" })]);
    assert.deepEqual(all, [{ n: 9007199254740992 }, { n: "9007199254740993" }, { n: "9007199254740993" }]);
    assert.equal(fetch.calls.length, 2);
  });
});
