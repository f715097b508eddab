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
   * @default false
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
  /**
   * The compiled sandbox.wasm of this package (`supabase-management-wasm/sandbox.wasm`), for a runtime that compiles no bytes
   * and whose tools do not take the entry for workerd by themselves.
   * @default compiled from bytes that this entry brings along; in workerd, its module
   */
  module?: WebAssembly.Module | undefined;
  /**
   * Whether SQL runs. With `false`, what needs a database is answered with 501.
   * @default true
   */
  database?: boolean | undefined;
  /**
   * Makes a database, for each project and branch that is asked anything. A database that slept is woken by making one with
   * `loadDataDir`, so the options must be handed on; a function that takes none makes databases that all stay awake, at some
   * hundred megabytes each. It is needed where `import("@electric-sql/pglite")` does not find the package at run time: in
   * workerd, and in bundles for browsers.
   *
   * ```js
   * import { PGlite } from "@electric-sql/pglite";
   * const sandbox = createSandbox({ postgres: (options) => PGlite.create(options) });
   * ```
   * @default PGlite with the extensions that projects use, if the package is installed
   */
  postgres?: ((options: SandboxPostgresOptions) => SandboxPostgres | Promise<SandboxPostgres>) | undefined;
}

/** What a database is to be made with: options of PGlite. */
export interface SandboxPostgresOptions {
  /** A dump of what it must hold. */
  loadDataDir?: Blob;
}

/** What the sandbox needs of a database; an instance of PGlite has it. */
export interface SandboxPostgres {
  execProtocol(message: Uint8Array, options: { throwOnError: boolean }): Promise<{ messages: object[] }>;
  isInTransaction(): boolean;
  dumpDataDir(compression: "gzip" | "none"): Promise<Blob>;
  close(): Promise<void>;
}

/** The Supabase Management API on your own machine, with an account of its own. */
export interface Sandbox {
  /**
   * Answers a request as the API would, in the shape of the global `fetch`, and sends nothing anywhere. Of an address
   * only the path from `/v1/` on and the query count. Every token that begins with `sbp_` is accepted.
   *
   * Every method of the client is answered; a route that the API does not have gets 404. An aborted signal rejects with its own
   * reason.
   *
   * SQL runs on PGlite, which is loaded at the first statement: `npm install @electric-sql/pglite`. Without it, what needs a
   * database gets 501. Each project and branch has a database of its own, with the roles and schemas that a project has; it begins
   * with the migrations of the project. At most three are awake, the others are put to sleep and woken when needed. A query that
   * keeps Postgres busy keeps the whole thread busy.
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /**
   * Everything that exists, as JSON text for the option `state`. It holds the values of secrets and the sources of
   * functions in clear. What was counted for the rate limit is not in it. Of databases it holds the migrations, which a database
   * begins with when the state is loaded; the rows in their tables are not in it.
   */
  save(): string;
  /** Closes the databases, whose content goes with them: a later statement finds a new one. Nothing else needs an end. */
  close(): Promise<void>;
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
