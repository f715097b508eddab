import type {
  Deviation,
  Omitted,
  RateLimit,
  RateLimitState,
  RequestEvent,
  Resources,
  ResponseEvent,
  RetryEvent,
  ServiceName,
  Writables,
} from "./dist/types.js";

export type * from "./dist/types.js";

/**
 * Starts the WebAssembly before the first client does, without blocking. You need it only in Chrome before 114. Everywhere else it is
 * an option for those who want the first call to be as fast as the others.
 */
export declare function init(): Promise<void>;

/**
 * The access token, or a function that gives one. The function is called at every attempt. It may have a method `refresh`, which is
 * called when the server answers 401. The request is then sent once more with the token that `refresh` gives; that does not count for
 * `maxRetries`.
 */
export type AccessToken =
  | string
  | ((() => string | Promise<string>) & { refresh?(refused: string): string | Promise<string> });

/**
 * A function that is called instead of the platform's own `fetch`, with an address and an object. The platform's own `fetch` is called
 * with a `Request`, and with `{ signal }` beside it.
 */
export type Fetch = (url: string, init: RequestInit) => Response | Promise<Response>;

interface SharedOptions {
  /**
   * The access token, or a function that gives one and is called at every attempt. If the function throws, the call rejects with its
   * error. White space around a token is cut off. A token is never printed.
   * @default the environment variable SUPABASE_ACCESS_TOKEN, where the runtime has an environment
   * @throws {InputError} if it is empty or has white space inside. Without a token, calls to the default `baseUrl` fail. Calls to any
   * other `baseUrl` go without the header, so that a proxy can add it.
   */
  accessToken?: AccessToken | undefined;
  /**
   * Where the API is: a URL, which may have a path, or in a page just a path such as `/api/supabase-proxy`. White space around it and a
   * slash at its end make no difference.
   * @default the environment variable SUPABASE_API_URL, else "https://api.supabase.com"
   * @throws {InputError} if it has credentials, a query or a fragment, if it ends in `/v1`, with which every path begins, or if it is
   * `http` on another machine: see `allowInsecure`
   */
  baseUrl?: string | URL | undefined;
  /**
   * Whether `baseUrl` may be `http` on another machine than this one. The token then travels unencrypted.
   * @default false
   */
  allowInsecure?: boolean | undefined;
  /**
   * Is called instead of the global `fetch`, as `(url, init)`. Without it, the global `fetch` is looked up at every call and is called
   * with a `Request`, and with `{ signal }` beside it.
   * @default globalThis.fetch
   */
  fetch?: Fetch | undefined;
  /**
   * Headers for every request. They replace the client's own headers of the same name. Headers of a call are added to those of the client.
   * @default none
   */
  headers?: Record<string, string | undefined> | Headers | [string, string][] | undefined;
  /**
   * Milliseconds that an attempt may take, from asking for the token to the last byte of the body: 1 to 2147483647.
   * @default 60000
   */
  timeoutMs?: number | undefined;
  /**
   * Milliseconds for all attempts of a call together, including the waits before and between them: 1 to 2147483647. If the server asks
   * for a wait that does not fit, the client does not begin it. The error then comes at once and says how long to wait (`retryAfterMs`).
   * @default no limit; then no wait is begun that is longer than ten minutes
   */
  deadlineMs?: number | undefined;
  /**
   * How often a request may be sent again, 0 to 100.
   *
   * - After a 429, every request is sent again, because the server refused it before doing any work.
   * - After a lost connection, an attempt that takes too long, and 408, 502, 503, 504 and 520 to 526, only these are sent again: GET,
   *   HEAD, PUT, DELETE, a POST that only reads, and a migration with an `idempotencyKey`. Any other POST or PATCH, and the PUT of the
   *   Postgres configuration, are not, because they may have been done.
   *
   * The wait before it is what `Retry-After` says; otherwise, on a 429 and on a 5xx where no request remains, what `X-RateLimit-Reset` says. Up to
   * a tenth is added to both. Without either, the wait is random: up to 0.5 s, then 1 s, 2 s, 4 s and 8 s.
   *
   * A request that was refused with a 401 and is sent again with a refreshed token does not count. That happens even if this is 0.
   * @default 2
   */
  maxRetries?: number | undefined;
  /**
   * What happens to a call when the rate limit of its endpoint and its project or organization is used up, as far as the answers so far
   * show. With "wait", it waits until the window ends, in the order of the calls. With "error", it rejects with a {@link RateLimitError},
   * and nothing is sent.
   * @default "wait"
   */
  rateLimit?: "wait" | "error" | undefined;
  /**
   * Whether GET and HEAD requests that are under way at the same time share one request, if their address and options are the same.
   * Each call gets a copy of the answer. The shared request is aborted when all of its calls are.
   * @default false
   */
  dedupe?: boolean | undefined;
  /**
   * How exact an answer must be. With "lenient", it must be JSON of the right outermost kind: a list or an object. With "strict", required
   * fields must also be there, known fields must have their type, and nothing may get lost when the answer is read. Otherwise the call
   * rejects with a {@link DecodeError}.
   * @default "lenient"
   */
  validation?: "lenient" | "strict" | undefined;
  /**
   * What becomes of whole numbers beyond 2^53 in rows of a query, in answers to `client.request`, and wherever else the description
   * allows any JSON. With "number", they are rounded to the nearest number; `onDeviation` is told of that, and `validation: "strict"` refuses it. With
   * "string", they come as a string of their digits, for `BigInt`; smaller numbers stay numbers. A number with a fraction or an exponent is
   * always the nearest number.
   * @default "number"
   */
  bigint?: "number" | "string" | undefined;
  /**
   * Is told of everything in an answer that the description does not allow. It is also told of what gets lost when the answer is read:
   * digits of whole numbers beyond 2^53, and all but the last of several columns with the same name. What it throws is ignored.
   * @default none
   */
  onDeviation?: ((deviation: Deviation) => void) | undefined;
  /** Is told of every request right before it is sent. What hooks throw is ignored. @default none */
  onRequest?: ((event: RequestEvent) => void) | undefined;
  /** Is told of every attempt that has ended, with an answer or without. @default none */
  onResponse?: ((event: ResponseEvent) => void) | undefined;
  /** Is told before the wait for another attempt. @default none */
  onRetry?: ((event: RetryEvent) => void) | undefined;
}

/** Options of a client. A key that is not among them is an {@link InputError} that names the nearest one. */
export interface ClientOptions extends SharedOptions {
  /**
   * How many requests of this client may be under way at once, 1 to 10000. Further requests wait for their turn.
   * @default 50
   */
  maxConcurrent?: number | undefined;
}

/** Options of a call, over those of the client. */
export interface CallOptions extends SharedOptions {
  /**
   * Aborts the call, which then rejects with the reason of the signal. The reason of `AbortSignal.timeout` is an error of the platform, so
   * no guard of this package accepts it. {@link Call.outcomeUnknown} says whether a write may have been done.
   * @default none
   */
  signal?: AbortSignal | undefined;
}

/** Options of a call that may be repeated: the API does the work of a key once. */
export interface IdempotentCallOptions extends CallOptions {
  /** Is sent as the header `Idempotency-Key`: visible ASCII characters. Use another key for every piece of work. @default none */
  idempotencyKey?: string | undefined;
}

type QueryValue = string | number | boolean | readonly (string | number | boolean)[] | undefined;

/** Options of {@link SupabaseManagement.request}. */
export interface RequestOptions extends CallOptions {
  /** Query parameters. An array repeats its name. Names of a nested object stand in brackets: `page[size]`. */
  query?: Record<string, QueryValue | Record<string, QueryValue>> | undefined;
  /**
   * Text, bytes, a `Blob`, `FormData`, `URLSearchParams` or a `ReadableStream` goes to `fetch` as it is. Anything else is sent as JSON. GET
   * and HEAD take no body. A stream can be read only once, so a request with a stream is never sent again.
   */
  body?: unknown;
}

/** Options of a wait: its own, and those of the calls that poll. They win over the options of the client. */
export interface WaitOptions extends CallOptions {
  /**
   * Milliseconds between an answer and the next poll, always the same: 1 to 2147483647.
   * @default 3000 at first, then half as much more each time, 15000 at most
   */
  pollMs?: number | undefined;
  /**
   * Milliseconds for the whole wait: 1 to 2147483647. Each poll has what is left of them.
   * @default 1800000
   */
  deadlineMs?: number | undefined;
}

/** Options of `projects.waitUntilHealthy`. */
export interface HealthWaitOptions extends WaitOptions {
  /**
   * Services that must be `ACTIVE_HEALTHY` as well. Name only those that you need, because a service that is switched off never becomes healthy.
   * @default none
   */
  services?: readonly ServiceName[] | undefined;
}

/** What a poll has found. */
export interface Progress<T> {
  /** The answer. */
  state: T;
  /** Its status in words: `COMING_UP`, or `migrate RUNNING, seed CREATED` where there are several; `UNKNOWN` for none. */
  status: string;
  /** Milliseconds since the wait began. */
  elapsedMs: number;
  /** How many polls there have been, including those that failed for a reason that passes. */
  polls: number;
}

/**
 * A wait in progress: a promise of the last answer, and what each poll finds, to be looped over. It begins at once.
 *
 * ```js
 * for await (const { status, elapsedMs } of client.projects.waitUntilHealthy(ref)) console.log(status, elapsedMs);
 * ```
 *
 * A loop gives the latest find first, then all that follow, and throws what the promise rejects with. If you leave the last loop and
 * nobody awaits the promise, the wait ends. Awaiting it later then rejects with an `AbortError`.
 *
 * Up to five polls in a row may fail for a reason that passes: no connection, a time-out, 408, 429, 502 to 504, 520 to 526. Any other error ends
 * the wait.
 *
 * For a wrong argument or option, or an argument too many, the promise rejects with an {@link InputError}, and nothing is
 * sent.
 */
export interface Wait<T> extends Promise<T>, AsyncIterable<Progress<T>> {}

/** An answer, and what came with it. */
export interface WithResponse<T> {
  data: T;
  /** 200 to 299. */
  status: number;
  /** In a page, only those that CORS exposes can be read. */
  headers: Headers;
  rateLimit: RateLimit | undefined;
  /** How often the request was sent. */
  attempts: number;
}

/** Whether a call may have done its work although nobody knows. */
export interface Outcome {
  /**
   * Whether the call was a write that may have been done although it rejected. If so, look before you repeat it. It is `undefined` until
   * the call has ended. It holds for every kind of error, also for those that are not of this package: the reason of a signal, or what a
   * source of tokens threw.
   *
   * ```js
   * const call = client.projects.create(body, { signal });
   * try {
   *   await call;
   * } catch (reason) {
   *   if (call.outcomeUnknown) console.log((await client.projects.list()).some(({ name }) => name === body.name));
   * }
   * ```
   */
  readonly outcomeUnknown: boolean | undefined;
}

/** A call in progress: a promise of what the API answers. */
export interface Call<T> extends Promise<T>, Outcome {
  /** Gives status, headers and rate limit as well. */
  withResponse(): Promise<WithResponse<T>> & Outcome;
}

/**
 * A call whose answer is a page of a list. Awaited, it gives that page; `for await` goes through the items of all pages,
 * each asked for when the one before has been read, with the arguments and options of the call.
 *
 * ```js
 * for await (const project of client.organizations.listProjects("acme")) console.log(project.name);
 * ```
 *
 * The first page is asked for once, however often it is read; `break` ends the requests. Besides the errors of the
 * call, a page that does not lead on though it is not the last one is a {@link DecodeError}.
 */
export interface PagedCall<Page, Item> extends Call<Page>, AsyncIterable<Item> {
  /** All pages, in the API's own shape, from the one that the query asks for. An empty one comes only as the first. */
  pages(): AsyncIterable<Page>;
}

/** A file of a form. */
export interface FormFile {
  /**
   * Its path: relative, with forward slashes, without `..`, and different from that of every other file: `functions/hello/index.ts`.
   */
  path: string;
  /** What is in it: text, or bytes. */
  content: string | Uint8Array | ArrayBuffer | Blob;
}

/**
 * Metadata and files. The name of a `File` is its path. Files are sent one by one: the API unpacks no archive. What the
 * metadata names must be among them.
 */
export interface Multipart<M> {
  metadata: M;
  file?: readonly (File | FormFile)[] | undefined;
}

/**
 * A type that must be given between angle brackets; otherwise it is the default. It is not inferred from what the answer is assigned to,
 * because that would be a cast which nobody sees.
 */
export type NotInferred<T> = [T][T extends unknown ? 0 : never];

declare const digest: unique symbol;

/**
 * A digest or a mask that the API answers in the place of a secret. It is a string that you can compare. A request that takes the secret
 * does not accept it.
 */
export type Digest = string & { readonly [digest]: true };

/** A secret that a request takes: any string but a {@link Digest} out of an answer. */
export type Plaintext = string & { readonly [digest]?: never };

declare const newer: unique symbol;

/**
 * Any value that the API has and this version of the package does not know, in types such as `ProjectStatus` and `Region`. At run time it is
 * a string. You cannot write such a value down in your code: what you compare an answer with, or send, must be a known value, so that a
 * typing mistake does not compile. To compare with a newer value, write `status === ("HIBERNATING" as string)`. A value from an answer can
 * go into a request; there, the client refuses a newer one with an {@link InputError}.
 */
export type NewerValue = `${string} (newer than this package)` & { readonly [newer]: true };

/**
 * Bytes of an answer, in their own memory, so that `new Response(bytes)` and `new Blob([bytes])` accept them. In TypeScript 5.7 and later the
 * type is `Uint8Array<ArrayBuffer>`, before that `Uint8Array`.
 */
export type Bytes = ReturnType<Uint8ArrayConstructor["of"]>;

/** An eszip bundle, as `deno` and the Supabase CLI make it. All settings then travel in the query. */
export type Eszip = Uint8Array | ArrayBuffer | Blob;

/**
 * A client of the Supabase Management API.
 *
 * ```js
 * const client = new SupabaseManagement({ accessToken });
 * const projects = await client.projects.list();
 * ```
 */
export declare class SupabaseManagement {
  /** @throws {InputError} for an option that does not exist or has a wrong value */
  constructor(options?: ClientOptions);
  /**
   * Calls what the client has no method for: same token, checks of the path, and errors.
   * Resolves to parsed JSON, to the text where it is no JSON, to bytes where the content type is no text, or to
   * `undefined` for an empty answer.
   *
   * The answer is `unknown`. `request<Thing>(…)` says what it is, as a cast does: nothing checks it.
   * @param method GET, POST, PUT, PATCH, DELETE or HEAD
   * @param path begins with `/v1/` or `/v2/`, percent-encoded
   */
  request<T = unknown>(method: string, path: string, options?: RequestOptions): Call<NotInferred<T>>;
  /** What is known of the rate limits: the endpoints and projects that were called lately. */
  rateLimits(): RateLimitState[];
}
export interface SupabaseManagement extends Resources {
  /** OAuth 2.0, for apps that are registered in an organization. */
  readonly oauth: Resources["oauth"] & OauthRandom;
}

/** A secret of PKCE, and what is made of it. */
export interface Pkce {
  /** For `oauth.token`, or `exchange` of a {@link TokenSource}. Keep it where the user comes back to: 43 characters. */
  codeVerifier: string;
  /** For `code_challenge` of `oauth.authorizeUrl`. */
  codeChallenge: string;
  /** For `code_challenge_method` of `oauth.authorizeUrl`. */
  codeChallengeMethod: "S256";
}

/** What `client.oauth` makes of random numbers. Nothing is sent. */
export interface OauthRandom {
  /**
   * Makes a secret for PKCE (RFC 7636), and its challenge.
   * @throws {InputError} without Web Crypto: in Node 18, and in a page that came through http
   */
  createPkce(): Promise<Pkce>;
  /**
   * Makes a `state` for `oauth.authorizeUrl`: 43 random characters. Keep it, and compare it with the one that comes back.
   * @throws {InputError} without Web Crypto: in Node 18
   */
  createState(): string;
}

/** Tokens of a user for an app, as `oauth.token` answers them, and when they end. Store them as they are. */
export interface StoredTokens {
  access_token: string;
  /** Works once: every refresh gives another one. */
  refresh_token: string;
  /** Seconds that the access token lived from the moment when it was given. */
  expires_in?: number | undefined;
  token_type?: string | undefined;
  /**
   * When the access token ends, in milliseconds since 1970.
   * @default `expires_in` seconds from now. Without that either, a refresh comes only when a server answers 401.
   */
  expiresAt?: number | null | undefined;
}

/** Options of {@link createTokenSource}. */
export interface TokenSourceOptions {
  /**
   * Options of the client that asks for tokens (`baseUrl`, `fetch`, …), or one that there is. That must not be the one
   * whose `accessToken` this source is.
   * @default a client without options
   */
  client?: SupabaseManagement | ClientOptions | undefined;
  /** Client ID of the app, a UUID. */
  clientId: string;
  /** Client secret of the app. {@link TokenSource.revoke} needs it. */
  clientSecret?: string | undefined;
  /**
   * Where ID and secret go: into the form, or into the header `Authorization` (HTTP Basic).
   * @default "form"
   */
  clientAuthentication?: "form" | "header" | undefined;
  /** What is known of the user already. Without it, {@link TokenSource.exchange} comes first. */
  tokens?: StoredTokens | undefined;
  /**
   * Stores new tokens. It is awaited before anybody gets them. Where it throws, the calls reject with its error, and the
   * next one asks it again: there is no second refresh. It must not use a client that waits for these tokens.
   */
  onTokens?: ((tokens: StoredTokens) => void | Promise<void>) | undefined;
  /**
   * Seconds before the end of the access token from which on it is renewed, but never in the first half of its life.
   * @default 60
   */
  refreshBeforeSeconds?: number | undefined;
  /** The clock, in milliseconds. Where it throws, or gives no finite number, `Date.now` counts. @default Date.now */
  now?: (() => number) | undefined;
}

/**
 * A function for `accessToken`, which renews the token before it ends, and once when a server refuses it with 401.
 *
 * However many calls wait, there is one refresh at a time, and it is never repeated blindly, as a refresh token works once:
 * - refused (4xx but 408 and 429): for good. All calls reject with this {@link ApiError}, whose `signInRequired` is `true`.
 * - not sent, 3xx, 408, 429 or 5xx: the next call tries again.
 * - anything else, such as a connection that broke: it is unknown whether the refresh token was used up. All calls reject
 *   with this error until you call `refresh()`, or `exchange(…)` after the user signed in again.
 */
export interface TokenSource {
  (): Promise<string>;
  /**
   * Gives another token than the refused one, by a refresh unless there was one since. Without an argument it refreshes
   * whatever is known, also after a failure of unknown outcome.
   */
  refresh(refused?: string): Promise<string>;
  /** The newest tokens, also where `onTokens` has failed to store them; `undefined` for none. */
  tokens(): StoredTokens | undefined;
  /** Exchanges the code that came back after consent, stores the tokens with `onTokens`, and gives them. */
  exchange(grant: {
    code: string;
    /** As `createPkce` made it. */
    codeVerifier?: string | undefined;
    /** Exactly the `redirect_uri` of the consent page. */
    redirectUri?: string | undefined;
    /** The resource that the token is for, a URI. MCP clients send it. */
    resource?: string | undefined;
  }): Promise<StoredTokens>;
  /**
   * Revokes what the user has granted, together with the tokens. From then on calls reject, until another `exchange`.
   * @throws {InputError} without tokens, as nothing can be revoked then
   */
  revoke(): Promise<void>;
}

/**
 * Makes a source of OAuth tokens that renew themselves.
 *
 * ```js
 * const accessToken = createTokenSource({ clientId, clientSecret, tokens: await load(), onTokens: save });
 * const client = new SupabaseManagement({ accessToken });
 * ```
 * @throws {InputError} for an option that does not exist or has a wrong value
 */
export declare function createTokenSource(options: TokenSourceOptions): TokenSource;

/**
 * Polls until `done` says so. In the slim entry it needs the wasm, as a client does: call `init` or `initSync` before.
 *
 * ```js
 * const secrets = await waitUntil((options) => client.secrets.list(ref, options), (found) => found.length > 0);
 * ```
 *
 * @param read gives a state. It gets the options for its calls: a `signal` that is aborted when the wait ends, `deadlineMs`
 * with what is left of it, and whatever else was given.
 * @param done whether that is what was waited for; what it throws ends the wait
 * @throws {TimeoutError} if it is not done within `deadlineMs`, half an hour by default, and what `read` and `done` throw
 */
export declare function waitUntil<T>(
  read: (options: CallOptions & { signal: AbortSignal; deadlineMs: number }) => T | PromiseLike<T>,
  done: (state: Awaited<T>) => boolean | PromiseLike<boolean>,
  options?: WaitOptions,
): Wait<Awaited<T>>;

/** A body that was made of an answer, and what it does not have of it. */
export interface Writable<Body> {
  body: Body;
  /** What is left out: look here before you trust a copy. */
  omitted: Omitted[];
}

/**
 * Makes a body of an answer: what a read gave, as the write of the same thing takes it, to write it back or to another
 * project. Nothing is sent, and nothing is left out in silence: what answers alone have, secrets, of which the API tells
 * digests, and values that the request does not take are in `omitted`.
 *
 * ```js
 * const { body, omitted } = writable("auth.updateConfig", await client.auth.getConfig(from));
 * await client.auth.updateConfig(to, body);
 * console.log(omitted.filter(({ reason }) => reason === "secret"));
 * ```
 * @param endpoint the method that is to take the body
 * @param answer what a method gave for the same thing; of a list, an item, unless the body is a list
 * @throws {InputError} if there is no such method, or the answer is none
 */
export declare function writable<Endpoint extends keyof Writables>(
  endpoint: Endpoint,
  answer: Writables[Endpoint]["answer"],
): Writable<Writables[Endpoint]["body"]>;

/** What all errors of this package are. */
export declare class SupabaseManagementError extends Error {
  /** The endpoint: `projects.get`. */
  readonly endpoint: string;
  /** Method and path, with placeholders: `GET /v1/projects/{ref}`. Empty where it is about no single call. */
  readonly route: string;
  /** How often the request was sent; 0 for none. Of a wait: how often it polled. */
  readonly attempts: number;
  /**
   * All that may be printed of it, as a plain object: name, words, own fields, and causes. `JSON.stringify` calls it; a worker
   * may send it, as the error itself would arrive as a bare `Error`. What is never printed (`text`, `body`, `headers`, `state`)
   * is not in it: add `text: error.text`, `headers: [...error.headers]` or `state` where it is to travel.
   */
  toJSON(): ErrorJson;
  /**
   * The error that `toJSON` has made plain, with its class, fields and causes, so that all guards know it. What is no error of
   * this package becomes an `Error` with its name, words, `code` and causes.
   *
   * ```js
   * worker.on("message", ({ failure }) => {
   *   const error = SupabaseManagementError.fromJSON(failure);
   *   if (isApiError(error) && error.status === 404) …
   * });
   * ```
   */
  static fromJSON(json: unknown): Error;
}

/** An error as a plain object. */
export interface ErrorJson {
  name: string;
  message: string;
  endpoint: string;
  route: string;
  attempts: number;
  [field: string]: unknown;
}

/** An argument or option is wrong; nothing was sent. */
export declare class InputError extends SupabaseManagementError {
  readonly name: "InputError";
  /** Where: `name`, `[0].value`, `query.slug`, `options.timeoutMs`, or the name of a path value. */
  readonly path: string;
  /** What should be there. */
  readonly expected: string;
  /** What is there: a kind or a length, never a value. */
  readonly received: string;
}

/** The server answered 2xx, so the operation itself succeeded, but the answer is not what it should be. */
export declare class DecodeError extends SupabaseManagementError {
  readonly name: "DecodeError";
  /** Where: `[3].status`. Empty for the answer itself. */
  readonly path: string;
  /** What should be there. */
  readonly expected: string;
  /** What is there: a kind, never a value. */
  readonly received: string;
  readonly status: number;
  /** The answer as text. */
  readonly text: string;
}

/** The server answered with another status than 2xx, or with 200 and an `error` where logs and usage have their `result`. */
export declare class ApiError extends SupabaseManagementError {
  readonly name: "ApiError";
  readonly status: number;
  /**
   * The code of the error, for programs to go by: `not_found.endpoint`. The second version of the API always has one; of the
   * first only some answers do, and those of OAuth.
   */
  readonly code: string | undefined;
  /** The body: parsed where it is JSON, else the text. */
  readonly body: unknown;
  /** The body as text. */
  readonly text: string;
  readonly headers: Headers;
  /** Permissions that a fine-grained token lacks, where the server lists them. */
  readonly missingPermissions: string[];
  /** For a 403: the OAuth scope that the endpoint needs. */
  readonly requiredScope: string | undefined;
  /** For a 403: the permissions that a fine-grained token needs for the endpoint. All names of one of the lists are enough. */
  readonly requiredPermissions: string[][];
  /**
   * For a 400 or 422: what the server found wrong, if it lists that or its message can be read that way. `path` is empty if the server does
   * not name a field.
   */
  readonly validationErrors: { path: string; reason: string }[];
  /** For a 404: `true` if the server does not know the address at all, `false` if something with that name or id is missing. */
  readonly unknownRoute: boolean;
  /** Milliseconds that the server asked to wait. A `Retry-After` that is neither whole digits nor a date of HTTP is ignored. */
  readonly retryAfterMs: number | undefined;
  /**
   * Whether it was a write that may have been done nevertheless, by this attempt (408, 502 to 504, 520 to 526) or by an earlier one. It is
   * `false` if an attempt was answered with 2xx, because then the write was done.
   */
  readonly outcomeUnknown: boolean;
  /** `true` where a {@link TokenSource} cannot renew its tokens any more: the user must sign in again. */
  readonly signInRequired?: true;
  readonly rateLimit: RateLimit | undefined;
}

/** There was no answer, or it broke off. `cause` has the reason as far as `fetch` tells it. */
export declare class ConnectionError extends SupabaseManagementError {
  readonly name: "ConnectionError" | "OutcomeUnknownError";
  readonly cause: unknown;
}

/**
 * The connection of a write was lost, and the server may have done it, at this attempt or at one before: look before you
 * repeat it. The message says where, as far as there is an endpoint that tells.
 */
export declare class OutcomeUnknownError extends ConnectionError {
  readonly name: "OutcomeUnknownError";
  readonly outcomeUnknown: true;
}

/**
 * The rate limit is used up, as far as the answers so far show, and either `rateLimit` is "error" or there is no time to wait. This attempt was not
 * sent.
 */
export declare class RateLimitError extends SupabaseManagementError {
  readonly name: "RateLimitError";
  /** Milliseconds until calls go on. It is up to a second more than the header said, because the header is rounded. */
  readonly retryAfterMs: number;
  /** Whether an attempt before was a write that the server may have done all the same. */
  readonly outcomeUnknown: boolean;
}

/** There was no complete answer within `timeoutMs` or `deadlineMs`, or what a wait was for was not done within its `deadlineMs`. */
export declare class TimeoutError extends SupabaseManagementError {
  readonly name: "TimeoutError";
  /** Whether it was a write that the server may have done all the same, at any attempt; not where a status of 2xx had come. */
  readonly outcomeUnknown: boolean;
  /** Of a wait: the status that was seen last; `undefined` where no poll was answered. */
  readonly status?: string | undefined;
  /** Of a wait: why the last poll failed, where it did. */
  readonly cause?: unknown;
  /** Of a wait: the answer that was seen last. It may hold secrets, and is not printed. */
  readonly state: unknown;
}

/** The work that was waited for has failed, so waiting longer makes no sense. */
export declare class WaitError extends SupabaseManagementError {
  readonly name: "WaitError";
  /** The status that shows it: `INIT_FAILED`. */
  readonly status: string;
  /** The answer that shows it. It may hold secrets, and is not printed. */
  readonly state: unknown;
}

/**
 * These guards recognize the errors of this package by a registered symbol. `instanceof` would fail across two copies of the package, and
 * names prove nothing: the platform has a `TimeoutError` of its own. For a clone or a plain object, call
 * {@link SupabaseManagementError.fromJSON} first.
 */
export declare function isSupabaseManagementError(error: unknown): error is SupabaseManagementError;
export declare function isInputError(error: unknown): error is InputError;
export declare function isDecodeError(error: unknown): error is DecodeError;
export declare function isApiError(error: unknown): error is ApiError;
export declare function isConnectionError(error: unknown): error is ConnectionError;
export declare function isOutcomeUnknownError(error: unknown): error is OutcomeUnknownError;
export declare function isRateLimitError(error: unknown): error is RateLimitError;
export declare function isTimeoutError(error: unknown): error is TimeoutError;
export declare function isWaitError(error: unknown): error is WaitError;
