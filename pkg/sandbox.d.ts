/** Options of a sandbox. A key that is not among them is an `InputError`. */
export interface SandboxOptions {
  /**
   * What {@link Sandbox.save} gave.
   * @default an account with two organizations, three projects in different states, and a few functions and secrets
   * @throws {InputError} if it is another text
   */
  state?: string | undefined;
  /**
   * Milliseconds until a new project goes from `COMING_UP` to `ACTIVE_HEALTHY`; 0 or more.
   * @default 6000
   */
  startupMs?: number | undefined;
  /**
   * Calls per minute, for each token, endpoint and project or organization; then the answer is 429. `false` or 0 lets
   * every call pass; the headers are there all the same.
   * @default 120
   */
  rateLimit?: number | false | undefined;
  /**
   * Where references and ids come from: with the same seed, the same calls make the same ones.
   * @default a random one
   */
  seed?: number | undefined;
  /**
   * Gives the time, in milliseconds since 1970. It is asked at every call; there are no timers.
   * @default Date.now
   */
  now?: (() => number) | undefined;
}

/** The Supabase Management API on your own machine, with an account of its own. */
export interface Sandbox {
  /**
   * Answers a request as the API would, in the shape of the global `fetch`, and sends nothing anywhere. Of an address
   * only the path from `/v1/` or `/v2/` on and the query count; what it gives as an address to upload to begins with its
   * origin. Every token that begins with `sbp_` is accepted.
   *
   * Every method of the client is answered. What needs a real Postgres, such as `database.query`, gets 501 as long as there
   * is none; a route that the API does not have gets 404. An aborted signal rejects with its own reason.
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /**
   * Everything that exists, as JSON text for the option `state`. It holds the values of secrets and the sources of
   * functions in clear. What was counted for the rate limit is not in it.
   */
  save(): string;
  /** The endpoints that are answered, named as the client's methods are: `projects.list`. */
  built(): string[];
}

/**
 * Starts a sandbox, at once.
 *
 * ```js
 * const client = new SupabaseManagement({ fetch: createSandbox().fetch, accessToken: "sbp_any" });
 * ```
 *
 * Created things are listed, deleted things are gone, states change as time goes by, wrong input gets the API's errors,
 * and calls are counted. Each sandbox has its own account; it is gone when nobody holds it.
 * @throws {InputError} for an option that does not exist or has a wrong value
 */
export declare function createSandbox(options?: SandboxOptions): Sandbox;
