// Addresses: whatever the values are, they come back from the address that `fetch` gets, and lead nowhere else.
import assert from "node:assert/strict";
import fc from "fast-check";
import { isInputError, SupabaseManagement } from "../../pkg/index.js";
import { asked, description } from "../conformance/description.mjs";
import { clientRows } from "../conformance/rows.mjs";
import { maximal, smallestBody } from "../conformance/samples.mjs";
import { ref, token } from "../support.js";
import { property } from "./runner.mjs";
import { broken, spelled, tricky } from "./texts.mjs";

const base = "https://host.example/api";

/** Where a call goes: what `fetch` gets, or the error that comes instead. */
async function sent(run) {
  const calls = [];
  const client = new SupabaseManagement({
    accessToken: token,
    baseUrl: base,
    fetch: async (url, init) => {
      calls.push({ url, method: init.method });
      return new Response("[]");
    },
  });
  let error;
  try {
    const result = await run(client);
    // An address for a browser.
    if (typeof result === "string" && result.startsWith(base)) calls.push({ url: result, method: "GET" });
  } catch (thrown) {
    error = thrown;
  }
  return { calls, error };
}

/** Nothing of an address leads to another host, or to another number of steps. */
function assertPlace(address, route) {
  const url = new URL(address);
  assert.equal(url.href, address, "a reader of addresses takes it for another");
  assert.equal(url.origin, "https://host.example");
  assert.equal(url.hash + url.username + url.password, "");
  assert.equal(url.pathname.split("/").length, `/api${route}`.split("/").length);
  return url;
}

if (!description)
  console.log("PROPERTIES OF ADDRESSES OF ENDPOINTS WERE SKIPPED: THERE IS NO ../shared/api/openapi.json NOR $OPENAPI");
else {
  const described = (await clientRows()).map((row) => ({ ...row, asked: asked(row) })).filter((row) => row.asked);
  const rows = new Map(described.map((row) => [row.id, row]));
  const rules = ["pattern", "format", "enum", "minLength", "maxLength", "minimum"];
  const free = (schema) => rules.every((rule) => schema[rule] === undefined);

  /** Whether a placeholder may be anything. Some have a rule wherever they occur, which the description does not repeat. */
  const isFreeText = (name, schema) =>
    free(schema) && !["ref", "slug", "function_slug", "branch_id_or_ref"].includes(name);

  /** A value of a query, where its schema lets it be anything. */
  const queryOf = (schema, text, number) => {
    if (schema.type === "string" && free(schema)) return text;
    if (schema.type === "integer" && schema.minimum === undefined) return Math.trunc(number % 2 ** 53);
    if (schema.type === "number" && schema.minimum === undefined) return number;
    if (schema.type === "array" && schema.items.type === "string" && free(schema.items)) return [text, `${text}x`];
    return maximal(schema);
  };

  property(
    "addresses of endpoints hold their values",
    [
      fc.constantFrom(...rows.keys()),
      fc.array(tricky, { minLength: 6, maxLength: 6 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.nat(),
    ],
    async (id, texts, number, some) => {
      const row = rows.get(id);
      const { values, query, body } = row.asked;
      const named = values.map(({ name, schema }, at) => (isFreeText(name, schema) ? texts[at] : maximal(schema)));
      const given = {};
      for (const [at, [name, schema]] of Object.entries(query?.properties ?? {}).entries())
        if (query.required.includes(name) || (some >> (at % 31)) & 1)
          given[name] = queryOf(schema, texts[3 + (at % 3)], number);
      const args = [...named, ...(body ? [smallestBody(body)] : []), ...(query ? [given] : [])];
      const { calls, error } = await sent((client) => row.call(client, args));
      const odd = named.some((value) => ["", ".", ".."].includes(value));
      if (odd) {
        assert.ok(isInputError(error), String(error));
        assert.deepEqual(calls, []);
        return;
      }
      assert.equal(calls.length, 1, String(error));
      const [{ url: address, method }] = calls;
      assert.equal(method, row.verb);
      const url = assertPlace(address, row.path);
      let at = 0;
      assert.equal(`${url.origin}${url.pathname}`, base + row.path.replace(/\{\w+\}/g, () => spelled(named[at++])));
      // The members of an object have its name, and their own in brackets.
      const members = Object.entries(given).flatMap(([name, value]) =>
        Object(value) === value && !Array.isArray(value)
          ? Object.entries(value).map(([inner, item]) => [`${name}[${inner}]`, item])
          : [[name, value]],
      );
      const pairs = members.flatMap(([name, value]) => [value].flat().map((item) => [name, `${item}`]));
      assert.deepEqual([...url.searchParams], pairs);
      assert.equal(url.search.slice(1), pairs.map((pair) => pair.map(spelled).join("=")).join("&"));
    },
  );
}

const steps = [". .. ... %2e %2E .%2e %2E. %2e%2E %2f %5c a a. v1 %252e".split(" "), ""].flat();

/** Visible letters that a reader of addresses may write otherwise, and means the same. */
const alike = (address) => address.replace(/["'<>`^{|}]/g, spelled);

/** Whether a path is one that `request` may take, by what WHATWG says of addresses. */
const leadsThere = (path) => {
  try {
    return alike(new URL(`${base}${path}`).href) === alike(`${base}${path}`);
  } catch {
    return false;
  }
};

/** Whether nobody could take a path for another one: letters of RFC 3986, whole escapes, and no steps of dots anywhere. */
const isPlain = (path) =>
  /^\/(?!\/)([\w.~!$&'()*+,;=:@/?-]|%[\dA-Fa-f]{2})*$/.test(path) && !/\/(\.|%2e){1,2}([/?]|$)/i.test(path);

property(
  "addresses of free requests lead where they say",
  [
    fc.oneof(fc.constantFrom("GET", "post", "Put", "PATCH", "delete", "HEAD", "TRACE", "GET ", ""), tricky),
    fc.oneof(
      fc
        .tuple(fc.constantFrom("/v1/", "/", "", "//", "/v1/x?a=", "/\\", "/v1/a"), tricky, tricky)
        .map(([first, middle, last]) => `${first}${middle}/${last}`),
      // What is allowed letter by letter, and leads elsewhere or nearly so.
      fc.array(fc.constantFrom(...steps), { maxLength: 5 }).map((all) => `/v1/${all.join("/")}`),
    ),
    fc.dictionary(
      tricky,
      fc.oneof(
        tricky,
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.array(tricky, { maxLength: 3 }),
      ),
      { maxKeys: 3 },
    ),
  ],
  async (method, path, query) => {
    const { calls, error } = await sent((client) => client.request(method, path, { query }));
    if (error) {
      assert.ok(isInputError(error), String(error));
      const known = /^(GET|POST|PUT|PATCH|DELETE|HEAD)$/i.test(method);
      assert.ok(!known || !isPlain(path), `nothing is wrong with it, and it is refused: ${error}`);
      assert.deepEqual(calls, []);
      return;
    }
    const [{ url: address, method: verb }] = calls;
    assert.equal(verb, method.toUpperCase());
    assert.ok(/^(GET|POST|PUT|PATCH|DELETE|HEAD)$/.test(verb) && leadsThere(path), address);
    const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map((item) => [name, `${item}`]));
    const more = pairs.map((pair) => pair.map(spelled).join("=")).join("&");
    assert.equal(address, `${base}${path}${more && (path.includes("?") ? "&" : "?") + more}`);
    const url = new URL(address);
    assert.equal(url.origin, "https://host.example");
    assert.ok(url.pathname.startsWith("/api/") && url.hash === "", address);
    // What the path has of a query is before what was given.
    assert.deepEqual([...url.searchParams].slice([...url.searchParams].length - pairs.length), pairs);
  },
);

property(
  "half a letter is refused and never sent",
  [broken, fc.constantFrom("path", "query", "name", "free")],
  async (text, place) => {
    const { calls, error } = await sent((client) => {
      if (place === "path") return client.functions.get(ref, text);
      if (place === "query") return client.functions.create(ref, { slug: "a", name: "b", body: "c" }, { name: text });
      return client.request(
        "GET",
        place === "free" ? `/v1/${text}` : "/v1",
        place === "name" ? { query: { [text]: 1 } } : {},
      );
    });
    assert.ok(isInputError(error), String(error));
    assert.deepEqual(calls, []);
  },
);
