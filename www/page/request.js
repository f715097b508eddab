// The request that a call would send, without sending it.
import { SupabaseManagement } from "../../pkg/index.js";
import { methodOf } from "./code.js";

/** Stands for the token, which is shown nowhere. */
export const tokenName = "$SUPABASE_ACCESS_TOKEN";

/**
 * A request as it would be sent.
 * @typedef {object} Request
 * @property {string} method
 * @property {string} url path and query, without the host
 * @property {Record<string, string>} headers the token by its name in the environment
 * @property {unknown} body text, bytes, a form, or undefined
 */

/**
 * Makes a call with a client that sends nothing.
 * @returns {Promise<{ request?: Request, error?: Error }>} the request, or what the client says before it would send one
 */
export async function requestOf(id, args) {
  let sent;
  const client = new SupabaseManagement({
    baseUrl: "https://api.supabase.com",
    accessToken: "hidden",
    maxRetries: 0,
    fetch: (url, init) => {
      sent = { url, ...init };
      return Promise.reject(new TypeError("nothing is sent from here"));
    },
  });
  try {
    const answer = await methodOf(client, id)(...args);
    // What only builds an address gives it.
    return { request: { method: "GET", url: partOf(answer), headers: {}, body: undefined } };
  } catch (error) {
    if (!sent) return { error };
    const { url, method = "GET", headers, body } = sent;
    return { request: { method, url: partOf(url), headers: shown(headers), body: body ?? undefined } };
  }
}

function partOf(address) {
  const { pathname, search } = new URL(address);
  return `${pathname}${search}`;
}

/** Headers without credentials. */
function shown(headers) {
  const all = [...new Headers(headers)].map(([name, value]) => {
    if (name !== "authorization") return [name, value];
    return [name, value.startsWith("Bearer ") ? `Bearer ${tokenName}` : "Basic …"];
  });
  return Object.fromEntries(all);
}
