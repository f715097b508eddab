import type { Fetch, Resources } from "./index.js";

/** The names of the methods of a client that call the API: `projects.list`, `v2.branches.create`. */
type Methods<Holder, Before extends string = ""> = {
  [Name in keyof Holder & string]: Holder[Name] extends (...given: never[]) => unknown
    ? Name extends `waitUntil${string}`
      ? never
      : `${Before}${Name}`
    : Methods<Holder[Name], `${Before}${Name}.`>;
}[keyof Holder & string];

/**
 * An endpoint that a proxy can pass on, by the name of the client's method. Those of OAuth are not among them, as they are for
 * an app that has secrets of its own; nor is `v2.compute.upload`, which sends to another host.
 */
export type ProxyEndpoint = Exclude<Methods<Resources>, `oauth.${string}` | "v2.compute.upload">;

type Group<Name extends string> = Name extends `${infer First}.${infer Rest}`
  ? `${First}.*` | (Rest extends `${infer Second}.${string}` ? `${First}.${Second}.*` : never)
  : never;

/** Endpoints by name, one of them or all of a resource: `projects.list`, `functions.*`, `v2.branches.*`. */
export type ProxyPattern = ProxyEndpoint | Group<ProxyEndpoint>;

/** What a request is for, as far as its address tells. All of it is decoded and has passed the client's checks. */
export interface ProxyTarget {
  /** The endpoint: `functions.get`. */
  endpoint: ProxyEndpoint;
  /**
   * The reference of the project in the path; undefined where the path has none, as that of `projects.list`, or names something
   * else: an organization is `path.slug`, a branch `path.branch_id_or_ref`. Who allows such endpoints must look at that.
   */
  ref: string | undefined;
  /** All values in the path, by their names in the API's routes: `{ ref, function_slug }`. */
  path: Readonly<Record<string, string>>;
  /** The query, its values as their types are. */
  query: Readonly<Record<string, unknown>>;
}

/** Options of a proxy. A key that is not among them is an `InputError`. */
export interface ProxyOptions {
  /**
   * The access token, or a function that gives the one for a request, where users have tokens of their own. A function that has
   * a method `refresh`, as that of `createTokenSource`, is asked for another token when the API answers 401, once, unless the
   * body was streamed. It never reaches the page.
   * @default the environment variable SUPABASE_ACCESS_TOKEN
   * @throws {InputError} if there is none, or if it is no token
   */
  accessToken?:
    | string
    | (((request: Request, target: ProxyTarget) => string | Promise<string>) & {
        refresh?(refused: string): string | Promise<string>;
      })
    | undefined;
  /**
   * What may be called; all else is answered with 404. There is no pattern for everything.
   * @throws {InputError} for a name that is none, with the nearest one
   */
  allow: readonly ProxyPattern[];
  /**
   * Whether this user may do this: look at the session that the request has, and whose project `ref` is. `true` lets it pass. A
   * `Response` is the answer, `Response.redirect("/login")` for instance. Anything else, also no value at all, is a 403, and an
   * error that it throws a 500 without a word of it.
   *
   * What is in the body has not been looked at: an endpoint whose body says what it is about (`projects.create` and its
   * organization) needs more than this, or `(await request.clone().json())`.
   */
  authorize: (request: Request, target: ProxyTarget) => boolean | Response | Promise<boolean | Response>;
  /**
   * Where the proxy is mounted: what of the path comes before `/v1/`. The page gives it to its client as `baseUrl`.
   * @default "", the root
   */
  prefix?: string | undefined;
  /**
   * Origins of pages that may ask besides those of the proxy's own origin. They may send cookies, and get CORS headers; to
   * all others a preflight is refused.
   * @default none
   */
  origins?: readonly string[] | undefined;
  /**
   * Most bytes of a request's body. A longer one is a 413, and where its length was not said before, the request to the
   * API is broken off, so that nothing is done.
   * @default 10485760, which is 10 MiB
   */
  maxBodyBytes?: number | undefined;
  /**
   * Secret fields that answers keep, by endpoint. All others are taken out: keys, passwords, tokens, connection strings, and
   * digests of secrets, wherever the API's answers have them.
   *
   * ```js
   * expose: { "apiKeys.list": ["api_key"] }
   * ```
   * @default none
   * @throws {InputError} for a field that is not secret, with those that are
   */
  expose?: { readonly [Endpoint in ProxyEndpoint]?: readonly string[] } | undefined;
  /**
   * Fields that answers lose besides, wherever in the answer they stand.
   *
   * ```js
   * hide: { "projects.list": ["database"] }
   * ```
   * @default none
   */
  hide?: { readonly [Endpoint in ProxyEndpoint]?: readonly string[] } | undefined;
  /** Where the API is, as for the client, but a whole URL. @default the environment variable SUPABASE_API_URL, else "https://api.supabase.com" */
  baseUrl?: string | URL | undefined;
  /** Whether `baseUrl` may be `http` and another machine than this one. @default false */
  allowInsecure?: boolean | undefined;
  /**
   * Sends the requests to the API, called as `(url, init)`. The body of `init` is bytes or a stream.
   * @default globalThis.fetch, looked up at every request
   */
  fetch?: Fetch | undefined;
  /**
   * Milliseconds from the request to the head of the API's answer, and to its end where fields are taken out. Then it is a 504.
   * @default 60000
   */
  timeoutMs?: number | undefined;
  /**
   * Told of what went wrong behind the page's back: `authorize` or `accessToken` threw, the API cannot be reached, is too late or
   * refused the token. What it throws is ignored.
   */
  onError?: ((error: unknown, context: ProxyErrorContext) => void) | undefined;
}

/** What {@link ProxyOptions.onError} is told besides the error. */
export interface ProxyErrorContext {
  request: Request;
  /** Undefined where it is not known yet. */
  endpoint: ProxyEndpoint | undefined;
  /** What the page was answered: 500, 502 or 504. */
  status: number;
}

/**
 * Makes a proxy for pages: a function that answers requests, which adds the access token and passes on what is allowed.
 *
 * ```js
 * import { createProxy } from "supabase-management-wasm/proxy";
 *
 * const proxy = createProxy({
 *   prefix: "/api/supabase",
 *   allow: ["projects.list", "functions.*"],
 *   authorize: async (request, { ref }) => mayUse(await sessionOf(request), ref),
 * });
 * export default { fetch: proxy };
 *
 * // In the page, without a token:
 * const client = new SupabaseManagement({ baseUrl: "/api/supabase" });
 * ```
 *
 * The function never rejects. What it refuses is a 4xx, what fails behind it a 500, 502 or 504, all of them as
 * `{ "message": "…" }`, which the client in the page reads as an `ApiError`. It sends once and waits for nobody: a 429 of the API
 * comes to the page with its headers, and the page's client waits and asks again.
 *
 * Only pages of the proxy's own origin may ask, and those of `origins`, as far as the browser says where they are from. Callers
 * that are no browser can read; to change something they must say `Origin`, or `Sec-Fetch-Site: same-origin`, as a page would.
 * Its own origin is that of the address it was asked at, and on a machine of yours any name may lead to that: it is `authorize` that
 * tells people apart.
 *
 * To the API go the method, the address in the form that the client writes, the body, and of the headers `Accept`,
 * `Content-Type` and `Idempotency-Key`. Back come the status, the body, `Content-Type`, `Retry-After`, `X-RateLimit-*` and
 * `X-Total-Count`. An error of 4xx keeps what the API says of the request; of a 401 and of all from 500 on, the page learns
 * the kind alone.
 * @throws {InputError} for an option that does not exist or has a wrong value
 */
export declare function createProxy(options: ProxyOptions): (request: Request) => Promise<Response>;
