// What the page talks to: a sandbox in the page itself, or a proxy of the user's.
import { SupabaseManagement } from "../../pkg/index.js";
import { createSandbox } from "../../pkg/sandbox.js";
import { clientCode, recorded } from "./calls.js";

/**
 * @typedef {object} Connection
 * @property {"sandbox" | "proxy" | "session"} kind
 * @property {string} name what people call it
 * @property {string} detail where it is
 * @property {string} code the line of code that makes the client
 * @property {SupabaseManagement} client the client itself, whose calls are not shown
 * @property {SupabaseManagement} api the same client, whose calls are shown
 * @property {object} [sandbox] the sandbox, where it is one: its faults, its clock, its state
 */

/** The Postgres of the projects. It is large, so it is loaded with the first statement: www/serve.mjs serves it. */
async function postgres(options) {
  const { PGlite } = await import("/pglite/index.js");
  return PGlite.create(options);
}

/** A client on a sandbox of its own. `options` are those of `createSandbox`. */
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

/** A client of whoever is logged in. The server that the page comes from adds the token to each call. */
export function onSession({ user }) {
  const client = new SupabaseManagement({ baseUrl: "/api" });
  return {
    kind: "session",
    name: user ?? "Your account",
    detail: "on Supabase: what you change is real",
    code: clientCode('{ baseUrl: "/api" }'),
    client,
    api: recorded(client),
  };
}

/** `?startupMs=500` in the address makes new projects of the sandbox be up after half a second. */
function sandboxOptions() {
  const startupMs = new URLSearchParams(location.search).get("startupMs");
  return startupMs === null ? {} : { startupMs: Number(startupMs) };
}

/** A sandbox as the address of the page wants it. */
export const newSandbox = (options) => onSandbox({ ...sandboxOptions(), ...options });
