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

/** Starts the wasm ahead of the first client, without blocking. Never required, save in Chrome before 114. */
export declare function init(): Promise<void>;

/**
 * The access token, or a function that gives one; it is asked at every attempt. It may have a method `refresh`, which is
 * asked for another token when the server answers 401: with that one the request is sent once more, which does not count
 * for `maxRetries`.
 */
export type AccessToken =
  | string
  | ((() => string | Promise<string>) & { refresh?(refused: string): string | Promise<string> });

/**
 * A function in the place of the platform's own `fetch`. It is called with an address and an object; the platform's own is
 * called with a `Request`, and with `{ signal }` beside it.
 */
export type Fetch = (url: string, init: RequestInit) => Response | Promise<Response>;

interface SharedOptions {
  /**
   * The access token, or a function that gives one, asked at every attempt; an error in it is the error of the call.
   * White space around a token is cut off. A token inside is never printed.
   * @default the environment variable SUPABASE_ACCESS_TOKEN, where the runtime has an environment
   * @throws {InputError} if it is empty or has white space inside. Without one, calls to the default `baseUrl` fail;
   * to any other they go without the header, for a proxy to add it.
   */
  accessToken?: AccessToken | undefined;
  /**
   * Where the API is: a URL, with a path if need be, or in a page a path such as `/api/supabase-proxy`. White space at its
   * ends and a slash at its end do not count.
   * @default the environment variable SUPABASE_API_URL, else "https://api.supabase.com"
   * @throws {InputError} if it has credentials, a query or a fragment, ends in `/v1`, with which every path begins, or is
   * `http` and another machine: see `allowInsecure`
   */
  baseUrl?: string | URL | undefined;
  /**
   * Whether `baseUrl` may be `http` and another machine than this one, so that the token travels in the clear.
   * @default false
   */
  allowInsecure?: boolean | undefined;
  /**
   * Called in place of the global `fetch`, as `(url, init)`. The global one is looked up at every call, and is called with
   * a `Request`, and with `{ signal }` beside it.
   * @default globalThis.fetch
   */
  fetch?: Fetch | undefined;
  /** Headers for every request; they win over the client's own. Those of a call are added to those of the client. */
  headers?: Record<string, string | undefined> | Headers | [string, string][] | undefined;
  /**
   * Milliseconds that an attempt may take, from asking for the token to the last byte of the body: 1 to 2147483647.
   * @default 60000
   */
  timeoutMs?: number | undefined;
  /**
   * Milliseconds for all attempts of a call, and the waits before and between them: 1 to 2147483647. A wait that a server
   * asks for and that does not fit is not begun: the error comes at once, and tells how long it is (`retryAfterMs`).
   * @default no limit; then no wait is begun that is longer than ten minutes
   */
  deadlineMs?: number | undefined;
  /**
   * How often a request is sent again, 0 to 100. After 429: whatever it is. After a lost connection, an attempt that takes
   * too long, 408, 502, 503, 504 and 520 to 526: GET, HEAD, PUT, DELETE, a POST that only reads, a migration with an
   * `idempotencyKey`; never any other POST or PATCH, nor the PUT of the Postgres configuration, as they may have been done.
   * The wait is what `Retry-After` says, else on a 429, and a 5xx where nothing remains, `X-RateLimit-Reset`, both plus up
   * to a tenth; else at random up to 0.5 s, then 1 s, 2 s, 4 s, 8 s.
   *
   * A 401 that is answered by a refresh of the token source is not counted: that request was refused before any work was
   * done. It is sent once more with the new token, also where this is 0.
   * @default 2
   */
  maxRetries?: number | undefined;
  /**
   * What happens to a call whose rate limit is spent, as far as the answers so far tell, for its endpoint and project or
   * organization. "wait": it waits until the window ends; first come, first served. "error": it rejects with a
   * {@link RateLimitError}, and nothing is sent.
   * @default "wait"
   */
  rateLimit?: "wait" | "error" | undefined;
  /**
   * Whether GETs and HEADs that are under way at the same time share one request, where address and options are the same. Each call
   * gets a copy of the answer; the request is aborted when the last of them is.
   * @default false
   */
  dedupe?: boolean | undefined;
  /**
   * How exact an answer must be. "lenient": JSON of the right outermost kind. "strict": required fields are there, all
   * known ones have their type, and nothing is lost when the answer is read, else the call rejects with a
   * {@link DecodeError}.
   * @default "lenient"
   */
  validation?: "lenient" | "strict" | undefined;
  /**
   * How whole numbers beyond 2^53 come in rows of a query, in answers to `client.request`, and wherever else the
   * description allows any JSON. "number": as the nearest number, of which `onDeviation` is told and which "strict"
   * refuses. "string": as their digits, for `BigInt`; smaller ones stay numbers. A number with a fraction or an exponent
   * is always the nearest one.
   * @default "number"
   */
  bigint?: "number" | "string" | undefined;
  /**
   * Told of everything in an answer that the description does not allow, and of what is lost when it is read: digits of
   * whole numbers beyond 2^53, and all but the last of several columns of one name. What it throws is ignored.
   */
  onDeviation?: ((deviation: Deviation) => void) | undefined;
  /** Told of every request right before it is sent. What hooks throw is ignored. */
  onRequest?: ((event: RequestEvent) => void) | undefined;
  /** Told of every attempt that has ended, with an answer or without. */
  onResponse?: ((event: ResponseEvent) => void) | undefined;
  /** Told before the wait for another attempt. */
  onRetry?: ((event: RetryEvent) => void) | undefined;
}

/** Options of a client. A key that is not among them is an {@link InputError} that names the nearest one. */
export interface ClientOptions extends SharedOptions {
  /**
   * How many requests of this client are under way at once, 1 to 10000. Others wait for their turn.
   * @default 50
   */
  maxConcurrent?: number | undefined;
}

/** Options of a call, over those of the client. */
export interface CallOptions extends SharedOptions {
  /**
   * Aborts the call, which then rejects with the signal's own reason; that of `AbortSignal.timeout` is an error of the platform,
   * which no guard of this package takes for its own. Whether a write may have been done, {@link Call.outcomeUnknown} tells.
   */
  signal?: AbortSignal | undefined;
}

/** Options of a call that may be repeated: the API does the work of a key once. */
export interface IdempotentCallOptions extends CallOptions {
  /** Sent as the header `Idempotency-Key`: visible ASCII characters. Use another one for every piece of work. */
  idempotencyKey?: string | undefined;
}

type QueryValue = string | number | boolean | readonly (string | number | boolean)[] | undefined;

/** Options of {@link SupabaseManagement.request}. */
export interface RequestOptions extends CallOptions {
  /** Query parameters; an array repeats its name, and of an object each name is in brackets: `page[size]`. */
  query?: Record<string, QueryValue | Record<string, QueryValue>> | undefined;
  /**
   * Text, bytes, a `Blob`, `FormData`, `URLSearchParams` or `ReadableStream` goes to `fetch` as it is; anything else is sent
   * as JSON. GET and HEAD take none. A stream can be read once, so that a request with one is never sent again.
   */
  body?: unknown;
}

/** Options of a wait, over those of the client: of its own, and of the calls that poll. */
export interface WaitOptions extends CallOptions {
  /**
   * Milliseconds between an answer and the next poll, always the same: 1 to 2147483647.
   * @default 3000 at first, then half as much more each time, 15000 at most
   */
  pollMs?: number | undefined;
  /**
   * Milliseconds for all of the wait: 1 to 2147483647. Each poll is told what is left.
   * @default 1800000
   */
  deadlineMs?: number | undefined;
}

/** Options of `projects.waitUntilHealthy`. */
export interface HealthWaitOptions extends WaitOptions {
  /** Services that must be `ACTIVE_HEALTHY` as well. One that is switched off never will be: name only those that you need. */
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
  /** How many polls there have been, with those that failed for a reason that may pass. */
  polls: number;
}

/**
 * A wait in progress: a promise of the last answer, and what each poll finds, to be looped over. It begins at once.
 *
 * ```js
 * for await (const { status, elapsedMs } of client.projects.waitUntilHealthy(ref)) console.log(status, elapsedMs);
 * ```
 *
 * A loop gives the latest find first, then all that follow, and throws what the promise rejects with. Where the last loop is
 * left and nobody awaits the promise, the wait ends; who awaits it later gets an `AbortError`.
 *
 * A poll that fails for a reason that may pass (no connection, too late, 408, 429, 502 to 504, 520 to 526) is made up for by
 * the next one, up to five in a row; any other error ends the wait.
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

/** Whether a call may have done its work though nobody knows it. */
export interface Outcome {
  /**
   * Whether it was a write that may have been done all the same: look before you repeat it. It is `undefined` until the call
   * has ended, and then holds for whatever it ended with, so also for what is no error of this package: the reason of a
   * signal, which stays as it is, or what a source of tokens threw.
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
   * Its path, relative, with forward slashes, without `..`, and not that of another file: `functions/hello/index.ts`.
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
 * A type that is given between angle brackets, or is the default. What the answer is assigned to does not choose it:
 * that would be a cast which nobody sees.
 */
export type NotInferred<T> = [T][T extends unknown ? 0 : never];

declare const digest: unique symbol;

/**
 * A digest or a mask of a secret, which the API never tells. It is a string, to be compared with one; a request that
 * takes the secret refuses it.
 */
export type Digest = string & { readonly [digest]: true };

/** A secret that a request takes: any string but a {@link Digest} out of an answer. */
export type Plaintext = string & { readonly [digest]?: never };

declare const newer: unique symbol;

/**
 * A value that the API has and this version of the package does not know. It stands for all of them in types such as
 * `ProjectStatus` and `Region`. It is a string, of which nobody can write down one: what you compare an answer with, or
 * send, must be a known value, so that a slip of the pen does not compile. `status === ("HIBERNATING" as string)` compares
 * with what is newer than this package. What comes out of an answer can go into a request, where the client refuses a
 * newer value with an {@link InputError}.
 */
export type NewerValue = `${string} (newer than this package)` & { readonly [newer]: true };

/**
 * Bytes of an answer, in memory of their own: `new Response(bytes)` and `new Blob([bytes])` take them. In the words of
 * TypeScript 5.7 and later it is `Uint8Array<ArrayBuffer>`, before that `Uint8Array`.
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
  /** Of a 403: the OAuth scope that the endpoint needs. */
  readonly requiredScope: string | undefined;
  /** Of a 403: the permissions that a fine-grained token needs for the endpoint, all names of any of the lists. */
  readonly requiredPermissions: string[][];
  /** Of a 400 or 422: what the server found wrong, where it lists that or its words can be read so. `path` is empty where it does not say. */
  readonly validationErrors: { path: string; reason: string }[];
  /** Of a 404: whether the server does not know the address at all, where else an object is missing. */
  readonly unknownRoute: boolean;
  /** Milliseconds that the server asked to wait. A `Retry-After` that is neither whole digits nor a date of HTTP is ignored. */
  readonly retryAfterMs: number | undefined;
  /**
   * Whether it was a write that may have been done all the same: by this attempt (408, 502 to 504, 520 to 526) or by one
   * before. It is `false` once an attempt was answered with 2xx, as the write was done then.
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

/** The rate limit is spent, as far as the answers so far tell, and there is no time to wait, or no wish to. This attempt was not sent. */
export declare class RateLimitError extends SupabaseManagementError {
  readonly name: "RateLimitError";
  /** Milliseconds until calls go on: up to a second more than the header said, which is rounded. */
  readonly retryAfterMs: number;
  /** Whether an attempt before was a write that the server may have done all the same. */
  readonly outcomeUnknown: boolean;
}

/** There was no complete answer within `timeoutMs`, or what was waited for was not done within `deadlineMs`. */
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

/** What was waited for has failed, and will not come any more. */
export declare class WaitError extends SupabaseManagementError {
  readonly name: "WaitError";
  /** The status that shows it: `INIT_FAILED`. */
  readonly status: string;
  /** The answer that shows it. It may hold secrets, and is not printed. */
  readonly state: unknown;
}

/**
 * These guards know the errors of this package by a registered symbol, since `instanceof` fails across two copies of a package,
 * and names are no proof: the platform has a `TimeoutError` of its own. Of a clone or a plain object, use
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
