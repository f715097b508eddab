// Real answers of the API, as they were recorded, through the client: every exchange of an operation that it has.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, describe, it } from "node:test";
import { isApiError, SupabaseManagement } from "../pkg/index.js";
import { root } from "../pkg/build/install.mjs";

const described = process.env.OPENAPI ?? join(root, "..", "shared", "api", "openapi.json");
const recorded = join(dirname(described), "recorded");

/** The client's methods by method and path, as errors name them. */
async function methods() {
  const client = new SupabaseManagement({ accessToken: "sbp_x", baseUrl: "http://127.0.0.1:9" });
  const found = new Map();
  for (const [group, resource] of Object.entries(client)) {
    for (const name of Object.keys(resource)) {
      const error = await resource[name](...Array(9).fill({})).catch((reason) => reason);
      found.set(error.route, { group, name, values: error.route.match(/\{\w+\}/g)?.length ?? 0 });
    }
  }
  return found;
}

/** The path values of a recorded path. */
function valuesOf(template, path) {
  const pattern = new RegExp(`^${template.replace(/\{\w+\}/g, "([^/]+)")}$`);
  return pattern.exec(path).slice(1).map(decodeURIComponent);
}

const known = await methods();
const exchanges = existsSync(recorded)
  ? readdirSync(recorded).flatMap((operation) =>
      readdirSync(join(recorded, operation)).map((file) => ({
        name: `${operation}/${file}`,
        ...JSON.parse(readFileSync(join(recorded, operation, file), "utf8")),
      })),
    )
  : [];
const ours = exchanges.filter(({ method, pathTemplate }) => known.has(`${method} ${pathTemplate}`));
if (ours.length === 0)
  console.log("RECORDED ANSWERS WERE SKIPPED: THERE IS NO ../shared/api/recorded NOR $OPENAPI BESIDE IT");

describe("recorded exchanges", () => {
  for (const { name, method, path, pathTemplate, query, request, response } of ours) {
    for (const validation of ["lenient", "strict"]) {
      it(`${name} is accepted, ${validation}`, async () => {
        const sent = [];
        const deviations = [];
        const body = response.body === null ? null : JSON.stringify(response.body);
        const client = new SupabaseManagement({
          accessToken: "sbp_x",
          validation,
          onDeviation: (deviation) => deviations.push(deviation),
          fetch: async (url, init) => {
            sent.push({ url: new URL(url), init });
            return new Response(body, { status: response.status, headers: response.headers });
          },
        });
        const { group, name: call } = known.get(`${method} ${pathTemplate}`);
        const args = valuesOf(pathTemplate, path);
        if (request.body !== undefined && request.body !== null) args.push(request.body);
        const answer = await client[group][call](...args).catch((error) => error);

        assert.equal(sent.length, 1);
        assert.equal(sent[0].init.method, method);
        assert.equal(sent[0].url.pathname, path);
        assert.deepEqual(Object.fromEntries(sent[0].url.searchParams), query ?? {});
        if (args.length > 0 && typeof args.at(-1) === "object")
          assert.deepEqual(JSON.parse(sent[0].init.body), request.body);
        if (response.status >= 400) assert.ok(isApiError(answer), String(answer));
        else assert.deepEqual(answer, response.body ?? undefined);
        assert.deepEqual(deviations, []);
      });
    }
  }
  after(() => console.log(`${ours.length} recorded exchanges, each lenient and strict`));
});
