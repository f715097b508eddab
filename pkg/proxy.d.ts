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

/** What a request is for, as far as its address tells. Everything in it is decoded and has passed the client's checks. */
export interface ProxyTarget {
  /** The endpoint: `functions.get`. */
  endpoint: ProxyEndpoint;
  /**
   * The reference of the project in the path. It is `undefined` if the path does not name a project, as in `projects.list`, or names
   * something else: an organization is in `path.slug`, a branch in `path.branch_id_or_ref`. If you allow such endpoints, look at those.
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
   * The access token, or, if users have tokens of their own, a function that gives the token for a request. The function may have a method
   * `refresh`, as the one that `createTokenSource` makes. It is asked for another token once when the API answers 401, unless the body was
   * streamed. The token never reaches the page.
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
   * What may be called. Everything else is answered with 404. There is no pattern for everything.
   * @throws {InputError} for a name that is none, with the nearest one
   */
  allow: readonly ProxyPattern[];
  /**
   * Decides whether this user may do this. Look at the session of the request, and at whose project `ref` is.
   *
   * `true` lets the request pass. A `Response` becomes the answer, for example `Response.redirect("/login")`. Anything else, also no value at
   * all, is a 403. If it throws, the answer is a 500 that says nothing about the error.
   *
   * The body has not been looked at. If the body says what an endpoint is about, such as the organization of `projects.create`, look into
   * `await request.clone().json()` as well.
   */
  authorize: (request: Request, target: ProxyTarget) => boolean | Response | Promise<boolean | Response>;
  /**
   * Where the proxy is mounted: the part of the path before `/v1/`. The page gives it to its client as `baseUrl`.
   * @default "", the root
   */
  prefix?: string | undefined;
  /**
   * Origins of pages that may ask, in addition to the proxy's own origin. They may send cookies, and they get CORS headers. A preflight of any
   * other origin is refused.
   * @default none
   */
  origins?: readonly string[] | undefined;
  /**
   * How many bytes the body of a request may have. A longer one is a 413. If its length was not known before, the request to the API is broken
   * off, so that nothing is done.
   * @default 10485760, which is 10 MiB
   */
  maxBodyBytes?: number | undefined;
  /**
   * Secret fields that stay in answers, by endpoint. All other secret fields are taken out: keys, passwords, tokens, connection strings, and
   * digests of secrets.
   *
   * ```js
   * expose: { "apiKeys.list": ["api_key"] }
   * ```
   * @default none
   * @throws {InputError} for a field that is not secret; it names those that are
   */
  expose?: { readonly [Endpoint in ProxyEndpoint]?: readonly string[] } | undefined;
  /**
   * Other fields that are taken out of answers, at any depth.
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
   * Milliseconds from the request to the headers of the API's answer, or to its end if fields are taken out of it. After that, the answer is a 504.
   * @default 60000
   */
  timeoutMs?: number | undefined;
  /**
   * Is told of what the page does not learn: `authorize` or `accessToken` threw, or the API cannot be reached, took too long or refused the
   * token. What it throws is ignored.
   * @default none
   */
  onError?: ((error: unknown, context: ProxyErrorContext) => void) | undefined;
}

/** What {@link ProxyOptions.onError} is told in addition to the error. */
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
 * The function never rejects. What it refuses is a 4xx, and what fails behind it is a 500, 502 or 504. Each of these has the body
 * `{ "message": "…" }`, which the client in the page reads as an `ApiError`. The proxy sends every request once and does not wait: a 429 of the
 * API reaches the page with its headers, and the page's client waits and asks again.
 *
 * Only pages of the proxy's own origin and of `origins` may ask, as far as the browser says where they are from. Callers that are not a browser
 * can read. To change something they must send `Origin`, or `Sec-Fetch-Site: same-origin`, as a page would. The proxy's own origin is that of the
 * address at which it was asked, and any host name may lead to a machine of yours. So it is `authorize` that must tell people apart.
 *
 * The API gets the method, the address as the client writes it, the body, and the headers `Accept`, `Content-Type` and `Idempotency-Key`. The page
 * gets the status, the body, and the headers `Content-Type`, `Retry-After`, `X-RateLimit-*` and `X-Total-Count`. An error of 4xx keeps what the
 * API says about the request. For a 401 and for every status from 500 on, the page learns only the kind of error.
 * @throws {InputError} for an option that does not exist or has a wrong value
 */
export declare function createProxy(options: ProxyOptions): (request: Request) => Promise<Response>;
