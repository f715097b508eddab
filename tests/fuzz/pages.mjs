// Lists in pages, through a fetch that answers what a server may say: an honest one is read whole, and any other ends.
import assert from "node:assert/strict";
import fc from "fast-check";
import { isApiError, isDecodeError, SupabaseManagement } from "../../pkg/index.js";
import { ref, token } from "../support.js";
import { property } from "./runner.mjs";

const calls = {
  offset: (client, query) => client.organizations.listProjects("acme", query),
  bare: (client, query) => client.actionRuns.list(ref, query),
  cursor: (client, query) => client.snippets.list(query),
};
const itemsOf = { offset: (page) => page.projects, bare: (page) => page, cursor: (page) => page.data };
const ways = fc.constantFrom(...Object.keys(calls));

/** Whoever asks this often has not seen that there is no end. */
const endless = 300;

/** A client of a server that answers `serve(query, number of the request)`; a number is a status. */
function clientOf(serve) {
  const asked = [];
  const fetch = async (url) => {
    const query = Object.fromEntries(new URL(url).searchParams);
    assert.ok(asked.push(query) <= endless, "it asks for ever");
    const answer = serve(query, asked.length - 1);
    return typeof answer === "number" ? new Response("{}", { status: answer }) : new Response(answer);
  };
  return { asked, client: new SupabaseManagement({ accessToken: token, fetch, maxRetries: 0 }) };
}

/** What came, page by page or item by item, and the error at the end, if there is one. */
async function read(call, byPage) {
  const came = [];
  let error;
  try {
    for await (const one of byPage ? call.pages() : call) came.push(one);
  } catch (thrown) {
    error = thrown;
  }
  return { came, error };
}

const whole = (min, max) => fc.integer({ min, max });
const maybe = (arbitrary) => fc.option(arbitrary, { nil: undefined });

property(
  "an honest list is read whole and once",
  [ways, whole(0, 90), whole(1, 20), maybe(whole(10, 30)), maybe(whole(0, 99)), maybe(whole(0, 9)), fc.boolean()],
  async (way, count, most, limit, begin, broken, byPage) => {
    const all = Array.from({ length: count }, (_, id) => ({ id: `${id}` }));
    // A bare list keeps to the limit that is asked for: else nobody could tell a short page from the last one.
    const size = way === "bare" ? (limit ?? most) : Math.min(limit ?? most, most);
    // Limits of snippets are texts.
    const given = { limit: way === "cursor" && limit !== undefined ? `${limit}` : limit };
    if (begin !== undefined) Object.assign(given, way === "cursor" ? { cursor: `c${begin}` } : { offset: begin });
    const { asked, client } = clientOf((query, number) => {
      assert.equal(query.limit, limit === undefined ? undefined : `${limit}`);
      if (number === broken) return 503;
      const from = Number(query.cursor?.slice(1) ?? query.offset ?? 0);
      const items = all.slice(from, from + size);
      const end = from + items.length;
      const page = {
        bare: items,
        offset: { projects: items, pagination: { count, limit: size, offset: from } },
        cursor: { data: items, ...(end < count && { cursor: `c${end}` }) },
      };
      return JSON.stringify(page[way]);
    });
    const { came, error } = await read(calls[way](client, given), byPage);
    const items = byPage ? came.flatMap(itemsOf[way]) : came;
    const expected = all.slice(begin ?? 0);
    const full = Math.ceil(expected.length / size) || 1;
    // One more where only an empty page, or a short one, tells the end.
    const open = way === "bare" && expected.length > 0 && (limit === undefined || expected.length % size === 0);
    if (broken < full + open) {
      assert.ok(isApiError(error) && error.status === 503, `${error}`);
      assert.deepEqual(items, expected.slice(0, broken * size));
      assert.equal(asked.length, broken + 1, "it asks again behind an error");
      return;
    }
    assert.equal(error, undefined);
    assert.deepEqual(items, expected);
    assert.equal(asked.length, full + open);
    if (byPage) assert.equal(came.length, full);
  },
);

const item = whole(0, 11);
/** Few items and few cursors, so that a list that never ends has to repeat one; and what is no cursor and no count. */
const odd = fc.constantFrom(null, "", 0, 7, "7", true, false, [], {}, ["c1"], { a: 1 }, "__proto__", "c 1/?&#é🚀");
const sheet = fc.record({
  items: fc.oneof(fc.array(item, { maxLength: 4 }), fc.array(item, { minLength: 9, maxLength: 11 })),
  cursor: fc.oneof({ weight: 3, arbitrary: whole(1, 5).map((at) => `c${at}`) }, odd),
  count: fc.oneof({ weight: 4, arbitrary: whole(0, 40) }, odd),
  lie: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, whole(0, 40), odd),
});

/**
 * Whether the last page leads nowhere though it is not the end: back to where one was, or to another page than the one
 * that was asked for. Undefined where it says so in a way that the API does not have.
 */
function isAstray(way, served, places, limit) {
  const last = served.at(-1);
  if (way === "cursor") {
    const cursors = [places[0], ...served.slice(0, -1).map(({ cursor }) => cursor)];
    return typeof last.cursor === "string" ? last.cursor !== "" && cursors.includes(last.cursor) : undefined;
  }
  if (way === "bare") {
    const begins = served.map(([first]) => first);
    return last.length >= (limit ?? 1) && begins.indexOf(begins.at(-1)) < begins.length - 1;
  }
  const { count, offset } = last.pagination;
  if (typeof count !== "number" || typeof offset !== "number") return undefined;
  return offset !== Number(places.at(-1)) || (last.projects.length === 0 && offset < count);
}

property(
  "any list ends, and nothing of it is lost or comes twice",
  [ways, fc.array(sheet, { minLength: 1, maxLength: 7 }), maybe(fc.constant(10)), maybe(whole(0, 5)), fc.boolean()],
  async (way, sheets, limit, begin, byPage) => {
    const served = [];
    const { asked, client } = clientOf((query, number) => {
      const { items, cursor, count, lie } = sheets[number % sheets.length];
      const offset = lie === undefined ? Number(query.offset ?? 0) : lie;
      const page = {
        bare: items,
        offset: { projects: items, pagination: { count, offset } },
        cursor: { data: items, cursor },
      };
      served.push(page[way]);
      return JSON.stringify(page[way]);
    });
    const given = { limit: way === "cursor" && limit !== undefined ? `${limit}` : limit };
    if (begin !== undefined) Object.assign(given, way === "cursor" ? { cursor: `c${begin}` } : { offset: begin });
    const { came, error } = await read(calls[way](client, given), byPage);
    if (error) assert.ok(isDecodeError(error), error.stack);
    // The page that leads nowhere is not given; all before it are.
    const good = error ? served.slice(0, -1) : served;
    const expected = byPage ? good.filter((page, at) => at === 0 || itemsOf[way](page).length > 0) : good;
    assert.deepEqual(came, byPage ? expected : expected.flatMap(itemsOf[way]));
    // Nobody is asked for the same page twice.
    const places = asked.map((query) => (way === "cursor" ? query.cursor : (query.offset ?? "0")));
    assert.equal(new Set(places).size, places.length, `${places}`);
    // Nor is a page given that says to be another one.
    for (const [at, page] of good.entries()) {
      const { offset } = Object(page.pagination);
      if (way === "offset" && offset !== undefined) assert.equal(offset, Number(places[at]));
    }
    // An error has a reason in the page, and a list that ends without one has ended by its own words.
    const astray = isAstray(way, served, places, limit);
    if (astray !== undefined) assert.equal(error !== undefined, astray, `${error} at ${JSON.stringify(served.at(-1))}`);
    if (error) return;
    const last = served.at(-1);
    if (way === "cursor") assert.ok(!last.cursor, `it ends at the cursor ${JSON.stringify(last.cursor)}`);
    else if (typeof last.pagination?.count === "number")
      assert.ok(Number(places.at(-1)) + last.projects.length >= last.pagination.count);
    else assert.ok(itemsOf[way](last).length < (limit ?? 1));
  },
);
