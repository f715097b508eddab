// Real answers of the API, as they were recorded, through the client: every exchange, lenient and strict. What is
// reported of them is what api/FACTS.md names in section 14, and nothing else.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { isApiError, SupabaseManagement } from "../pkg/index.js";
import { asked, description, recorded } from "./conformance/description.mjs";
import { clientRows } from "./conformance/rows.mjs";
import { maximal } from "./conformance/samples.mjs";
import { spy, token } from "./support.js";

const rows = await clientRows();
const exchanges = existsSync(recorded)
  ? readdirSync(recorded).flatMap((operation) =>
      readdirSync(join(recorded, operation)).map((file) => ({
        name: `${operation}/${file}`,
        ...JSON.parse(readFileSync(join(recorded, operation, file), "utf8")),
      })),
    )
  : [];
if (exchanges.length === 0)
  console.log("RECORDED ANSWERS WERE SKIPPED: THERE IS NO ../shared/api/recorded NOR $OPENAPI BESIDE IT");

const unknown = (...paths) => paths.map((path) => ({ path, received: "an unknown field" }));
const auth = unknown(
  "audit_log_disable_postgres",
  "index_worker_ensure_user_search_indexes_exist",
  "mfa_allow_low_aal",
  "security_update_password_require_current_password",
);

/** What is reported of real answers, where they have it. */
const reported = { "auth.getConfig": auth, "auth.updateConfig": auth };
const total = { exchanges: 0, reports: 0 };

const rowOf = ({ method, pathTemplate }) => rows.find(({ verb, path }) => verb === method && path === pathTemplate);

/** The path values of a recorded path. */
function valuesOf({ pathTemplate, path }) {
  const pattern = new RegExp(`^${pathTemplate.replace(/\{\w+\}/g, "([^/]+)")}$`);
  return pattern.exec(path).slice(1).map(decodeURIComponent);
}

/** A recorded query, whose values are texts, with the types that the description gives them. */
function queryOf(row, query) {
  const types = asked(row).query?.properties ?? {};
  const read = (name, text) => (/boolean|integer|number/.test(types[name]?.type) ? JSON.parse(text) : text);
  return Object.fromEntries(Object.entries(query).map(([name, text]) => [name, read(name, text)]));
}

function argumentsOf(row, exchange) {
  const { body, query } = asked(row);
  const given = [valuesOf(exchange)];
  if (body) given.push([exchange.request.body]);
  if (query) given.push([queryOf(row, exchange.query ?? {})]);
  return given.flat();
}

/** Calls a row: what comes of it, what was sent, and what was reported. */
async function call(row, args, validation, respond) {
  const reports = [];
  const fetch = spy(respond);
  const onDeviation = ({ endpoint, path, received }) => reports.push({ endpoint, path, received });
  const client = new SupabaseManagement({ accessToken: token, validation, onDeviation, fetch });
  const outcome = await row.call(client, args).then(
    (value) => ({ value }),
    (error) => ({ error }),
  );
  assert.equal(fetch.calls.length, 1, String(outcome.error));
  return { ...outcome, reports, sent: fetch.calls[0] };
}

function assertSent({ url, init }, { method, path, query, request }) {
  assert.equal(init.method, method);
  assert.equal(new URL(url).pathname, path);
  assert.deepEqual(Object.fromEntries(new URL(url).searchParams), query ?? {});
  assert.deepEqual(init.body === undefined ? null : JSON.parse(init.body), request.body ?? null);
}

async function replay(exchange, validation) {
  const { response } = exchange;
  const row = rowOf(exchange);
  const body = response.body === null ? null : JSON.stringify(response.body);
  const respond = () => new Response(body, { status: response.status, headers: response.headers });
  const { value, error, reports, sent } = await call(row, argumentsOf(row, exchange), validation, respond);
  assertSent(sent, exchange);
  total.exchanges += 1;
  total.reports += reports.length;
  if (response.status >= 400) {
    assert.ok(isApiError(error), String(error));
    assert.deepEqual([error.status, error.body, reports], [response.status, response.body, []]);
    return;
  }
  assert.equal(error, undefined);
  assert.deepEqual(value, response.body ?? undefined);
  // Older answers lack some of them.
  const expected = (reported[row.id] ?? []).filter(({ path }) => Object.hasOwn(response.body, path));
  const byPath = (one, other) => one.path.localeCompare(other.path);
  assert.deepEqual(reports.sort(byPath), expected.map((report) => ({ endpoint: row.id, ...report })).sort(byPath));
}

/** Of exchanges that FACTS.md tells of and nobody kept: how they deviate. */
const told = {
  "ssoProviders.create": [(answer) => ({ ...withoutOptional(answer), disabled: null }), unknown("disabled")],
  "advisors.getPerformance": [
    (answer) => ({ lints: [{ ...answer.lints[0], name: "auth_db_connections_absolute" }] }),
    [{ path: "lints[0].name", received: "an unknown value" }],
  ],
};

/** As a real answer, which left out three fields. */
function withoutOptional({ saml, domains, ...answer }) {
  const { id: _, attribute_mapping, ...rest } = saml;
  const { keys: __, ...mapping } = attribute_mapping;
  return {
    ...answer,
    saml: { ...rest, attribute_mapping: mapping },
    domains: domains.map(({ id: ___, ...domain }) => domain),
  };
}

describe("recorded exchanges", () => {
  for (const exchange of exchanges) {
    for (const validation of ["lenient", "strict"]) {
      it(`${exchange.name} is accepted, ${validation}`, () => replay(exchange, validation));
    }
  }
  after(() => {
    const operations = new Set(exchanges.map(({ operationId }) => operationId)).size;
    console.log(
      `${exchanges.length} recorded exchanges of ${operations} operations, each lenient and strict: ${total.exchanges} accepted, ${total.reports} deviations reported, all known`,
    );
  });
});

describe("exchanges that were told of", { skip: description ? false : "there is no description" }, () => {
  for (const [id, [change, expected]] of Object.entries(told)) {
    for (const validation of ["lenient", "strict"]) {
      it(`${id} is accepted, ${validation}`, async () => {
        const row = rows.find((one) => one.id === id);
        const { values, body, answer, status } = asked(row);
        const sent = change(maximal(answer.schema));
        const args = [...values, ...(body ? [body] : [])].map(({ schema }) => maximal(schema));
        const { value, error, reports } = await call(row, args, validation, () => Response.json(sent, { status }));
        assert.equal(error, undefined);
        assert.deepEqual(value, sent);
        assert.deepEqual(
          reports,
          expected.map((report) => ({ endpoint: id, ...report })),
        );
      });
    }
  }
});
