// What the page talks to: a sandbox in the page itself, or a proxy of the user's.
import { SupabaseManagement } from "../pkg/index.js";
import { createSandbox } from "../pkg/sandbox.js";
import { clientCode, recorded } from "./calls.js";

/** The Postgres of the projects, which is loaded with the first statement: www/serve.mjs serves it with the page. */
async function postgres(options) {
  const { PGlite } = await import("../pglite/index.js");
  return PGlite.create(options);
}

/** A client on a sandbox of its own. `options` are those of the sandbox. */
export function onSandbox(options) {
  const sandbox = createSandbox({ ...options, postgres });
  const client = new SupabaseManagement({ fetch: sandbox.fetch, accessToken: "sbp_any" });
  return {
    kind: "sandbox",
    name: "Sandbox",
    detail: "in this page: no account, no backend",
    code: clientCode('{ fetch: createSandbox().fetch, accessToken: "sbp_any" }'),
    sandbox,
    client,
    api: recorded(client),
  };
}

/** A client on a proxy. The token is in the client, and nowhere else. */
export function onProxy({ baseUrl, accessToken }) {
  const client = new SupabaseManagement({ baseUrl, accessToken: accessToken || undefined });
  const token = accessToken ? ', accessToken: "…"' : "";
  return {
    kind: "proxy",
    name: "Your proxy",
    detail: baseUrl,
    code: clientCode(`{ baseUrl: ${JSON.stringify(baseUrl)}${token} }`),
    client,
    api: recorded(client),
  };
}
