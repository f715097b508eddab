// A proxy in front of a sandbox, and what a page does with it.
import { SupabaseManagement } from "../../pkg/index.js";
import { createProxy } from "../../pkg/proxy.js";
import { createSandbox } from "../../pkg/sandbox.js";

export const token = `sbp_${"7a".repeat(20)}`;
export const home = "https://panel.example";
export const prefix = "/api/supabase";
/** A project of the sandbox, which is alice's, and one that is not. */
export const ref = "hqvkzumdtlrwaxbeogcy";
export const otherRef = "wnfcjpoybtgxirdkqseu";

/** Sessions of the application: a cookie, and whose projects come with it. */
const sessions = { alice: [ref], bob: [otherRef] };

export function authorize(request, { ref }) {
  const [, user] = /(?:^|; )session=(\w+)/.exec(request.headers.get("cookie") ?? "") ?? [];
  return Object.hasOwn(sessions, user) && (ref === undefined || sessions[user].includes(ref));
}

/** What a browser adds to a request of the page. */
export const ofPage = { "sec-fetch-site": "same-origin", cookie: "session=alice" };

/**
 * A proxy whose API is a sandbox. `calls()` are those that reached it whole, `sent` all that was begun, as `fetch` was called.
 */
export function setUp(options = {}) {
  const sandbox = createSandbox({ rateLimit: false });
  const sent = [];
  const proxy = createProxy({
    accessToken: token,
    prefix,
    allow: ["projects.*"],
    authorize,
    fetch: (url, init) => {
      sent.push({ url, init });
      return sandbox.fetch(url, init);
    },
    ...options,
  });
  /** Asks as a script of the page does. */
  const ask = (path, { headers, ...init } = {}) =>
    proxy(new Request(`${home}${prefix}${path}`, { ...init, headers: { ...ofPage, ...headers } }));
  /** The client of the page, which knows no token. */
  const page = (more) => {
    const fetch = (url, { headers, ...init }) => {
      const all = new Headers(headers);
      for (const [name, value] of Object.entries(ofPage)) all.set(name, value);
      return proxy(new Request(url, { ...init, headers: all }));
    };
    return new SupabaseManagement({ baseUrl: `${home}${prefix}`, fetch, ...more });
  };
  return { sandbox, proxy, ask, page, sent, calls: () => sandbox.calls };
}

/** A proxy whose API is this function. */
export const withApi = (fetch, options) => setUp({ ...options, fetch: async (url, init) => fetch(url, init) });

/** Everything of an answer as one text, to look for what must not be in it. */
export async function textOf(response) {
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`);
  return `${response.status}\n${headers.join("\n")}\n\n${await response.text()}`;
}

export const messageOf = async (response) => (await response.json()).message;

/** Bytes in so many chunks, one whenever somebody asks. */
export function chunks(count, bytes = 1024) {
  let left = count;
  const pull = (controller) => (left-- > 0 ? controller.enqueue(new Uint8Array(bytes).fill(97)) : controller.close());
  return new ReadableStream({ pull }, { highWaterMark: 0 });
}
