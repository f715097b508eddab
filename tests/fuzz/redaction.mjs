// Secrets: however a server repeats them, they are in nothing that is read of an error; where it does not, nothing is touched.
import assert from "node:assert/strict";
import fc from "fast-check";
import { isApiError, SupabaseManagement } from "../../pkg/index.js";
import { assertHidden, ref, rejection } from "../support.js";
import { property, unjudged } from "./runner.mjs";

const visible = fc.integer({ min: 33, max: 126 }).map((unit) => String.fromCharCode(unit));
const mark = "[redacted]";

/** What is part of the mark itself nobody could hide, and what is part of our own words is no secret of anybody. */
const fine = (text) =>
  !/[[\]]/.test(text) && !mark.includes(text) && !/secrets\.create|\/v1\/|projects|POST/.test(text);
const tokens = fc.string({ unit: visible, minLength: 8, maxLength: 40 }).filter(fine);
const values = fc
  .oneof(
    tokens,
    fc.string({ unit: "grapheme", minLength: 8, maxLength: 30 }),
    fc.string({ unit: fc.constantFrom(...'a"\\/\n\té🚀.+*?(){}^$|- <>&%'), minLength: 8, maxLength: 30 }),
  )
  .filter((text) => fine(text) && text.trim().length >= 8 && text.isWellFormed());

const inner = (text) => JSON.stringify(text).slice(1, -1);
const units = (text) =>
  Array.from(text.split(""), (unit) => `\\u${unit.charCodeAt().toString(16).padStart(4, "0")}`).join("");

/** The ways in which a text is repeated inside of a string of JSON. */
const ways = [inner, units, (text) => inner(text).replaceAll("/", "\\/"), (text) => inner(inner(text))];

const bodies = {
  message: (text) => `{"message":"refused ${text}","code":"x"}`,
  deep: (text) => `{"message":"no","a":[{"b":["${text}",null,1]}]}`,
  name: (text) => `{"message":"no","a":{"${text}":true}}`,
  permissions: (text) => `{"message":"no","missing_permissions":["${text}"]}`,
};

property(
  "an error does not keep a secret",
  [tokens, values, fc.constantFrom(...ways.keys()), fc.constantFrom(...Object.keys(bodies)), fc.boolean()],
  async (accessToken, value, way, place, plain) => {
    const both = `${accessToken} ${value}`;
    const body = plain ? `<p>${both}</p>${value}${accessToken}` : bodies[place](ways[way](both));
    const head = new Headers({ "x-echo": `Bearer ${accessToken}` });
    const fetch = async () => new Response(body, { status: 400, headers: head });
    const client = new SupabaseManagement({ accessToken, fetch });
    const error = await rejection(client.secrets.create(ref, [{ name: "A", value }]));
    assert.ok(isApiError(error), `${error}`);
    assertHidden(error, [accessToken, value]);
    assert.equal(typeof error.body, plain ? "string" : "object");
    assert.ok(error.text.includes(mark));
  },
);

property(
  "an error that repeats no secret is not touched",
  [tokens, values, fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 2 }))],
  async (accessToken, value, fields) => {
    const text = JSON.stringify({ message: "no", ...fields }, null, 1);
    if (text.includes(accessToken) || text.includes(value) || text.includes(inner(value))) return unjudged;
    const fetch = async () => new Response(text, { status: 400 });
    const client = new SupabaseManagement({ accessToken, fetch });
    const error = await rejection(client.secrets.create(ref, [{ name: "A", value }]));
    assert.equal(error.text, text);
    assert.deepEqual(error.body, JSON.parse(text));
  },
);

const short = fc.oneof(
  fc.constantFrom("1", "on", "true", "null", "400", "message", "error", "code"),
  fc.stringMatching(/^[a-zA-Z0-9]{1,7}$/),
);

property(
  "a body stays JSON whatever the secrets are",
  [fc.array(short.filter(fine), { minLength: 1, maxLength: 3 }), fc.stringMatching(/^[a-z0-9 ]{0,12}$/)],
  async (values, around) => {
    const body = { message: `${around} ${values.join(" ")}`, code: 400, retry: true, error: null, on: 1 };
    const fetch = async () => Response.json(body, { status: 400 });
    const client = new SupabaseManagement({ accessToken: "sbp_0123456789", fetch });
    const named = values.map((value, at) => ({ name: `A${at}`, value }));
    const error = await rejection(client.secrets.create(ref, named));
    assert.deepEqual(Object.keys(error.body), Object.keys(body));
    assert.equal(typeof error.body.message, "string");
    const words = error.body.message.split(/[^A-Za-z0-9]/);
    assert.ok(!values.some((value) => words.includes(value)), error.body.message);
  },
);
