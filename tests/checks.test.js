// Wrong input is told before anything is sent: where, what should be there, what is there, and never a value.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isInputError, SupabaseManagement } from "../pkg/index.js";
import { json, newProject, printed, ref, rejection, spy, thrown, token } from "./support.js";

const long = "x".repeat(257);
const create = (body) => [(client) => client.projects.create(body), "projects.create", "POST /v1/projects"];
const project = (changes) => create({ ...newProject, ...changes });
const without = (key) => create(Object.fromEntries(Object.entries(newProject).filter(([name]) => name !== key)));
const settings = (query) => [
  (client) => client.functions.create(ref, new Uint8Array(1), query),
  "functions.create",
  "POST /v1/projects/{ref}/functions",
];
const get = (...args) => [
  (client) => client.functions.get(...args),
  "functions.get",
  "GET /v1/projects/{ref}/functions/{function_slug}",
];
const list = (...args) => [(client) => client.projects.list(...args), "projects.list", "GET /v1/projects"];
const secrets = (body) => [
  (client) => client.secrets.create(ref, body),
  "secrets.create",
  "POST /v1/projects/{ref}/secrets",
];
const revoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const cycle = () => {
  const body = { ...newProject };
  body.region_selection = { type: "specific", code: body };
  return body;
};
const words = (...parts) => new RegExp(parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".*"));

/** What is wrong: the call, and where it is said to be, what was expected, what came. */
const cases = {
  "a missing field": [without("name"), "name", "string", "nothing"],
  "a missing field of a list": [secrets([{ name: "A", value: "a" }, { name: "B" }]), "[1].value", "string", "nothing"],
  "a field of undefined": [project({ name: undefined }), "name", "string", "nothing"],
  "null in a required field": [project({ name: null }), "name", "string", "null"],
  "null in an optional field": [project({ kps_enabled: null }), "kps_enabled", "boolean", "null"],
  "a number for a string": [project({ name: 7 }), "name", "string", "number"],
  "a string for a boolean": [project({ kps_enabled: "true" }), "kps_enabled", "boolean", "string"],
  "an array for a string": [project({ name: ["a"] }), "name", "string", "array"],
  "an object for a string": [project({ name: {} }), "name", "string", "object"],
  "an object for a list": [secrets({ name: "A", value: "a" }), "body", "array", "object"],
  "a list for an object": [create([newProject]), "body", "object", "array"],
  "a list in a list": [secrets([[]]), "[0]", "object", "array"],
  "text for a body": [create("text"), "body", "object", "string"],
  "null for a body": [create(null), "body", "object", "null"],
  "no body": [create(undefined), "body", "object", "nothing"],
  "a number in a list of names": [(client) => client.secrets.delete(ref, ["A", 7]), "[1]", "string", "number"],
  "too long a name": [project({ name: long }), "name", "at most 256 characters", "a string of 257 characters"],
  "too long a name, in wide letters": [project({ name: "🚀".repeat(257) }), "name", "at most 256", "257 characters"],
  "too long a value": [secrets([{ name: "A", value: "x".repeat(24_577) }]), "[0].value", "at most 24576", "24577"],
  "a pattern": [
    project({ organization_slug: "a b" }),
    "organization_slug",
    "matching ^[\\w-]+$",
    "a string of 3 characters",
  ],
  "a pattern, with an empty text": [
    project({ organization_slug: "" }),
    "organization_slug",
    "matching",
    "0 characters",
  ],
  "a pattern, with a line break at the end": [
    project({ organization_slug: "a\n" }),
    "organization_slug",
    "matching",
    "2 characters",
  ],
  "a pattern that looks ahead": [
    secrets([{ name: "SUPABASE_URL", value: "a" }]),
    "[0].name",
    "^(?!SUPABASE_).*",
    "12 characters",
  ],
  "a value of an enum": [project({ plan: "team" }), "plan", 'one of "free", "pro"', "another string"],
  "an enum of another kind": [project({ region: 1 }), "region", 'one of "us-east-1"', "number"],
  "a URI": [project({ template_url: "no uri" }), "template_url", "uri", "a string of 6 characters"],
  "a union without a type": [
    project({ region_selection: { code: "emea" } }),
    "region_selection",
    'object whose type is one of "specific", "smartGroup"',
    "an object without it",
  ],
  "a union of an unknown type": [
    project({ region_selection: { type: "any", code: "emea" } }),
    "region_selection",
    'object whose type is one of "specific", "smartGroup"',
    "another one",
  ],
  "a union with another member's value": [
    project({ region_selection: { type: "specific", code: "emea" } }),
    "region_selection.code",
    'one of "us-east-1"',
    "another string",
  ],
  "a union without its value": [
    project({ region_selection: { type: "smartGroup" } }),
    "region_selection.code",
    'one of "americas"',
    "nothing",
  ],
  "a union that is a list": [project({ region_selection: [] }), "region_selection", "object", "array"],
  "an unknown field, with the nearest name": [
    project({ organization_slug: undefined, organizationSlug: "a" }),
    "organizationSlug",
    "did you mean organization_slug?",
    "an unknown field",
  ],
  "an unknown field, with one near that is there as well": [
    project({ organizationSlug: "a" }),
    "organizationSlug",
    "a known field",
    "an unknown field",
  ],
  "an unknown field, with none near": [project({ "q w": 1 }), '["q w"]', "a known field", "an unknown field"],
  "an unknown field of a union": [
    project({ region_selection: { type: "smartGroup", code: "emea", x: 1 } }),
    "region_selection.x",
    "a known field",
    "an unknown field",
  ],
  "a field called __proto__": [
    create(JSON.parse(`{"__proto__":1,"name":"a","db_pass":"b","organization_slug":"c"}`)),
    "__proto__",
    "a known field",
    "an unknown field",
  ],
  "a project reference that is too short": [get("abc", "a"), "ref", "20 characters", "a string of 3 characters"],
  "a project reference in capitals": [get(ref.toUpperCase(), "a"), "ref", "matching", "20 characters"],
  "an empty path value": [get(ref, ""), "function_slug", "", ""],
  "a path value of one dot": [get(ref, "."), "function_slug", "", ""],
  "a path value of two dots": [get(ref, ".."), "function_slug", "", ""],
  "a path value with a slash": [get(ref, "a/b"), "function_slug", "", ""],
  "a path value that is encoded": [get(ref, "%2e%2e"), "function_slug", "", ""],
  "a path value of half a letter": [get(ref, "\ud800"), "function_slug", "", ""],
  "a path value that is undefined": [get(ref, undefined), "function_slug", "string", ""],
  "a path value that is missing": [get(ref), "function_slug", "string", "nothing"],
  "a path value that is null": [get(null, "a"), "ref", "string", "null"],
  "a path value that is a number": [get(ref, 7), "function_slug", "string", "number"],
  "a path value that is an object": [get({ ref }, "a"), "ref", "string", "object"],
  "a path value that is a list": [get([ref], "a"), "ref", "string", "array"],
  "a path value that is a symbol": [get(Symbol(ref), "a"), "ref", "string", ""],
  "a path value that cannot become text": [get(Object.create(null), "a"), "ref", "string", "object"],
  "options where a path value should be": [get(ref, { timeoutMs: 5 }), "function_slug", "string", "object"],
  "a setting's pattern": [settings({ slug: "a b" }), "query.slug", "matching", "3 characters"],
  "a setting of another kind": [settings({ verify_jwt: "yes" }), "query.verify_jwt", "boolean", "string"],
  "a setting of null": [settings({ name: null }), "query.name", "string", "null"],
  "a setting of a symbol": [settings({ name: Symbol("s") }), "query.name", "", "symbol"],
  "an unknown setting": [
    settings({ verifyJwt: true }),
    "query.verifyJwt",
    "did you mean verify_jwt?",
    "an unknown field",
  ],
  "settings that are text": [settings("slug=a"), "query", "object", "string"],
  "settings that are null": [settings(null), "query", "object", "null"],
  "settings that are a list": [settings([]), "query", "object", "array"],
  "an option among the settings": [
    settings({ timeoutMs: 5 }),
    "query.timeoutMs",
    "belongs into the options",
    "an unknown field",
  ],
  "a signal among the settings": [
    settings({ signal: new AbortController().signal }),
    "query.signal",
    "belongs into the options",
    "an unknown field",
  ],
  "a setting among the options": [
    (client) => client.functions.create(ref, new Uint8Array(1), {}, { slug: "a" }),
    "options.slug",
    "belongs into the query",
    "an unknown option",
  ],
  "an option that does not exist": [
    list({ timeout: 5 }),
    "options.timeout",
    "did you mean timeoutMs?",
    "an unknown option",
  ],
  "an option with nothing near": [list({ qwertz: 5 }), "options.qwertz", "a known option", "an unknown option"],
  "an option called constructor": [
    list({ constructor: 5 }),
    "options.constructor",
    "a known option",
    "an unknown option",
  ],
  "options that are null": [list(null), "options", "object", "null"],
  "options that are a list": [list([]), "options", "object", "array"],
  "options that are a signal": [list(5), "options", "object", "number"],
  "too many arguments": [list({}, {}), "", "at most 1 arguments", "2 arguments"],
  "an argument after the options": [get(ref, "a", {}, 1), "", "at most 3 arguments", "4 arguments"],
  NaN: [project({ name: Number.NaN }), "name", "", "NaN"],
  Infinity: [project({ name: Number.POSITIVE_INFINITY }), "name", "", "Infinity"],
  "minus Infinity, in an object": [project({ name: new Number(-Infinity) }), "name", "", "Infinity"],
  "a bigint": [project({ name: 7n }), "name", "", "bigint"],
  "a function": [project({ name: () => "a" }), "name", "", "function"],
  "a symbol": [project({ name: Symbol("a") }), "name", "", "symbol"],
  "undefined in a list": [(client) => client.secrets.delete(ref, ["A", undefined]), "[1]", "", "undefined"],
  "a hole in a list": [
    (client) => client.secrets.delete(ref, Object.assign(["A"], { 2: "B" })),
    "[1]",
    "",
    "undefined",
  ],
  "a function in a list": [(client) => client.secrets.delete(ref, [() => {}]), "[0]", "", "function"],
  "a map": [create(new Map(Object.entries(newProject))), "body", "", "Map"],
  "a set": [secrets(new Set()), "body", "", "Set"],
  "a map in a field": [project({ region_selection: new Map() }), "region_selection", "", "Map"],
  "a cycle": [create(cycle()), "region_selection.code", "", ""],
  "a toJSON that throws": [project({ name: { toJSON: () => assert.fail("its own") } }), "body", "", ""],
  "a getter that throws": [
    create(Object.defineProperty({ ...newProject }, "name", { get: () => assert.fail("its own"), enumerable: true })),
    "body",
    "",
    "",
  ],
  "a revoked proxy": [create(revoked()), "body", "", ""],
  "a body of 100,000 levels": [
    create(JSON.parse(`${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`)),
    undefined,
    "",
    "",
  ],
  "bytes where JSON is asked for": [create(new Uint8Array(3)), undefined, "", ""],
};

describe("input that is wrong", () => {
  for (const [name, row] of Object.entries(cases)) {
    it(`is told and not sent: ${name}`, async () => {
      const [[run, endpoint, route], path, expected, received] =
        typeof row[0] === "function" ? [[row[0]], ...row.slice(1)] : row;
      const fetch = spy();
      const accessToken = spy(() => token);
      const error = await rejection(run(new SupabaseManagement({ accessToken, fetch })));
      assert.ok(isInputError(error), String(error?.stack ?? error));
      if (path !== undefined) assert.equal(error.path, path);
      assert.match(error.expected, words(expected));
      assert.match(error.received, words(received));
      assert.equal(error.attempts, 0);
      if (endpoint) assert.deepEqual([error.endpoint, error.route], [endpoint, route]);
      const where = error.path && `${error.path}: `;
      const message = `${error.endpoint} (${error.route}): ${where}expected ${error.expected}, received ${error.received}`;
      assert.equal(error.message, message);
      for (const view of Object.values(printed(error))) assert.ok(!view.includes(newProject.db_pass), view);
      assert.deepEqual([fetch.calls, accessToken.calls], [[], []]);
    });
  }

  it("is told before wrong options are, or after, but always", async () => {
    const client = new SupabaseManagement({ accessToken: token, fetch: spy() });
    const error = await rejection(client.functions.get("..", ".", { timeoutMs: 0 }));
    assert.ok(isInputError(error));
  });

  it("is not told where all is right: dates, toJSON, boxed values, odd letters", async () => {
    const fetch = spy(() => json(null, { status: 201 }));
    const client = new SupabaseManagement({ accessToken: token, fetch });
    const date = new Date(0);
    const right = [
      [{ name: "A", value: date }, '{"name":"A","value":"1970-01-01T00:00:00.000Z"}'],
      [{ name: "A", value: { toJSON: () => "b" } }, '{"name":"A","value":"b"}'],
      [{ name: new String("A"), value: "b" }, '{"name":"A","value":"b"}'],
      [Object.assign(Object.create(null), { name: "A", value: "b" }), '{"name":"A","value":"b"}'],
      [{ name: "supabase_A", value: "x".repeat(24_576) }, undefined],
      [{ name: "🚀".repeat(256), value: "" }, undefined],
      [{ name: 'A\\u0000"\u2028', value: "\ud800" }, undefined],
      [{ name: "A", value: "b", toString: undefined }, '{"name":"A","value":"b"}'],
    ];
    for (const [secret, text] of right) {
      await client.secrets.create(ref, [secret]);
      if (text) assert.equal(fetch.calls.at(-1).init.body, `[${text}]`);
    }
    const regions = [
      { type: "specific", code: "us-east-1" },
      { code: "apac", type: "smartGroup" },
    ];
    const more = [
      ...regions.map((region_selection) => ({ region_selection })),
      { template_url: "https://a.example/b?c#d" },
    ];
    const free = new SupabaseManagement({ accessToken: token, fetch: spy(() => new Response(null, { status: 204 })) });
    for (const changes of more) await free.projects.create({ ...newProject, ...changes });
  });
});

describe("options that are wrong", () => {
  const controller = () => new AbortController().signal;
  const wrong = {
    "accessToken: a number": [{ accessToken: 7 }, "options.accessToken", "string or function", "number"],
    "accessToken: null": [{ accessToken: null }, "options.accessToken", "string or function", "null"],
    "accessToken: empty": [{ accessToken: " \n" }, "options.accessToken", "token", "an empty string"],
    "accessToken: white space inside": [{ accessToken: "a b" }, "options.accessToken", "white space", ""],
    "accessToken: letters beyond ASCII": [{ accessToken: "é" }, "options.accessToken", "ASCII", ""],
    "baseUrl: without a scheme": [{ baseUrl: "api.supabase.com" }, "options.baseUrl", "URL", "another string"],
    "baseUrl: another scheme": [{ baseUrl: "ftp://a" }, "options.baseUrl", "http or https", "another string"],
    "baseUrl: with credentials": [{ baseUrl: "https://a:b@c" }, "options.baseUrl", "credentials", "another string"],
    "baseUrl: with a query": [{ baseUrl: "https://a/?b" }, "options.baseUrl", "query", "another string"],
    "baseUrl: another host in a path": [{ baseUrl: "//evil.example" }, "options.baseUrl", "path", "another string"],
    "baseUrl: a backslash": [{ baseUrl: "/\\evil.example" }, "options.baseUrl", "path", "another string"],
    "baseUrl: a line break inside": [{ baseUrl: "https://a\nb" }, "options.baseUrl", "URL", "another string"],
    "baseUrl: an object": [{ baseUrl: { href: "https://a" } }, "options.baseUrl", "URL", "object"],
    "baseUrl: empty": [{ baseUrl: "" }, "options.baseUrl", "URL", "another string"],
    "fetch: text": [{ fetch: "fetch" }, "options.fetch", "function", "string"],
    "headers: text": [{ headers: "a: b" }, "options.headers", "object", "string"],
    "headers: a number in it": [{ headers: { a: 1 } }, 'options.headers["a"]', "string", "number"],
    "headers: an odd name": [{ headers: { "a b": "c" } }, 'options.headers["a b"]', "name", "another string"],
    "headers: an empty name": [{ headers: { "": "c" } }, 'options.headers[""]', "name", ""],
    "headers: a line break": [{ headers: { a: "b\r\nc: d" } }, 'options.headers["a"]', "value", "other characters"],
    "headers: beyond Latin-1": [{ headers: { a: "数" } }, 'options.headers["a"]', "value", "other characters"],
    "headers: a list of numbers": [{ headers: [1] }, undefined, "", ""],
    "headers: a symbol for a name": [{ headers: [[Symbol("a"), "b"]] }, undefined, "", ""],
    "timeoutMs: 0": [{ timeoutMs: 0 }, "options.timeoutMs", "1 to 2147483647", "number"],
    "timeoutMs: negative": [{ timeoutMs: -1 }, "options.timeoutMs", "1 to 2147483647", "number"],
    "timeoutMs: broken": [{ timeoutMs: 1.5 }, "options.timeoutMs", "1 to 2147483647", "number"],
    "timeoutMs: too much": [{ timeoutMs: 2 ** 31 }, "options.timeoutMs", "1 to 2147483647", "number"],
    "timeoutMs: NaN": [{ timeoutMs: Number.NaN }, "options.timeoutMs", "", "NaN"],
    "timeoutMs: Infinity": [{ timeoutMs: Number.POSITIVE_INFINITY }, "options.timeoutMs", "", "Infinity"],
    "timeoutMs: text": [{ timeoutMs: "5" }, "options.timeoutMs", "", "string"],
    "validation: another word": [
      { validation: "loose" },
      "options.validation",
      'one of "lenient", "strict"',
      "another string",
    ],
    "onDeviation: true": [{ onDeviation: true }, "options.onDeviation", "function", "boolean"],
    "an unknown one": [{ acessToken: "a" }, "options.acessToken", "did you mean accessToken?", "an unknown option"],
  };
  for (const [name, [options, path, expected, received]] of Object.entries(wrong)) {
    it(`are told at once by the constructor, and by a call: ${name}`, async () => {
      const fetch = spy();
      const client = new SupabaseManagement({ accessToken: token, fetch });
      for (const error of [
        thrown(() => new SupabaseManagement(options)),
        await rejection(client.projects.list(options)),
      ]) {
        assert.ok(isInputError(error), String(error?.stack ?? error));
        if (path) assert.equal(error.path, path);
        assert.match(error.expected, words(expected));
        assert.match(error.received, words(received));
        assert.equal(error.attempts, 0);
      }
      assert.deepEqual(fetch.calls, []);
    });
  }

  it("are told of a signal, which only a call has", async () => {
    const client = new SupabaseManagement({ accessToken: token, fetch: spy() });
    for (const signal of [null, {}, "abort", new AbortController()]) {
      const error = await rejection(client.projects.list({ signal }));
      assert.deepEqual([error.name, error.path], ["InputError", "options.signal"]);
    }
    assert.equal(thrown(() => new SupabaseManagement({ signal: controller() })).path, "options.signal");
    for (const options of [null, 7, "text", []]) {
      const error = thrown(() => new SupabaseManagement(options));
      assert.deepEqual([error.name, error.path, error.endpoint], ["InputError", "options", "SupabaseManagement"]);
      assert.match(error.message, /^SupabaseManagement: options: expected object, received /);
    }
  });
});
