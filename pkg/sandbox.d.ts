import type {
  ApplyAddon,
  ApplyNetworkRestrictions,
  CreateApiKey,
  CreateBranch,
  CreateFunction,
  CreateMigration,
  CreateProject,
  CreateSecret,
  CreateSigningKey,
  CreateSsoProvider,
  CreateThirdPartyAuth,
  FunctionStatus,
  InitializeCustomHostname,
  ProjectStatus,
  SetVanitySubdomain,
  UpdateAuthConfig,
  UpdatePoolerConfig,
  UpdatePostgresConfig,
  UpdatePostgrestConfig,
  UpdateRealtimeConfig,
  UpdateSslEnforcement,
  UpdateStorageConfig,
} from "./index.js";

/** Options of a sandbox. A key that is not among them is an `InputError`. */
export interface SandboxOptions {
  /**
   * What {@link Sandbox.save} gave. With it there can be no `seed`.
   * @throws {InputError} if it is another text: `options.state.projects[0].status: expected one of …, received another string`
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
   * What it begins with, as people write it.
   *
   * ```js
   * createSandbox({ seed: { projects: [{ name: "blog", secrets: [{ name: "API_URL", value: "https://example.com" }] }] } });
   * ```
   * @default two organizations, three projects in different states, and a few functions, secrets and migrations
   * @throws {InputError} if something in it is wrong: `options.seed.projects[1].status: expected one of …, received another string`
   */
  seed?: SandboxSeed | undefined;
  /**
   * Where references and ids come from that a seed leaves out, and those of what is created: the same number makes the same ones.
   * @default a random one
   */
  randomSeed?: number | undefined;
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

/** What a sandbox begins with. */
export interface SandboxSeed {
  /** A `slug` that is left out is made. @default one, where there are projects */
  organizations?: readonly {
    slug?: string;
    name: string;
    /** Members beside the one whose the tokens are. @default none */
    members?: readonly {
      id?: string;
      username: string;
      primary_email?: string;
      /** @default false */
      mfa_enabled?: boolean;
      /** @default "developer" */
      role?: "owner" | "administrator" | "developer" | "read-only" | "no-access";
    }[];
    /**
     * The tokens (`sbp_…`) that see it and what is in it: to all others it does not exist, and what they create is their own.
     * @default all tokens see it
     */
    tokens?: readonly string[];
  }[];
  /** Projects, with what is in them. @default none */
  projects?: readonly SandboxProject[];
}

/** A project of a seed: what `projects.create` takes, and what it holds, each as the call that would create it takes it. */
export interface SandboxProject extends Partial<Omit<CreateProject, "name">> {
  /** Name that people see. */
  name: string;
  /** 20 lowercase letters. @default made of `randomSeed` */
  ref?: string;
  /** One that passes by itself, such as `COMING_UP`, passes after `startupMs`. @default "ACTIVE_HEALTHY" */
  status?: ProjectStatus;
  /** In milliseconds since 1970. What is in it is as old. @default now */
  created_at?: number;
  /** As `17.6.1.084`. @default the newest */
  postgres_version?: string;
  /** For `functions.create`; times are milliseconds since 1970. */
  functions?: readonly (CreateFunction & {
    version?: number;
    status?: FunctionStatus;
    created_at?: number;
    updated_at?: number;
  })[];
  /** For `secrets.create`. */
  secrets?: readonly CreateSecret[];
  /** For `apiKeys.create`. */
  apiKeys?: readonly CreateApiKey[];
  /** For `migrations.upsert`, with the version (digits), if you like. They run when the database is used for the first time. */
  migrations?: readonly (CreateMigration & { version?: string })[];
  /** For `branches.create`. */
  branches?: readonly CreateBranch[];
  /** For `auth.updateConfig`. */
  auth?: UpdateAuthConfig;
  /** For `ssoProviders.create`. */
  ssoProviders?: readonly CreateSsoProvider[];
  /** For `thirdPartyAuth.create`. */
  thirdPartyAuth?: readonly CreateThirdPartyAuth[];
  /** For `signingKeys.create`. */
  signingKeys?: readonly CreateSigningKey[];
  /** For `postgrest.updateConfig`. */
  postgrest?: UpdatePostgrestConfig;
  /** For `storage.updateConfig`. */
  storage?: UpdateStorageConfig;
  /** For `realtime.updateConfig`. */
  realtime?: UpdateRealtimeConfig;
  /** For `database.updatePostgresConfig`. */
  postgres?: UpdatePostgresConfig;
  /** For `database.updatePoolerConfig`. */
  pooler?: UpdatePoolerConfig;
  /** For `sslEnforcement.update`. */
  sslEnforcement?: UpdateSslEnforcement;
  /** For `networkRestrictions.apply`. */
  networkRestrictions?: ApplyNetworkRestrictions;
  /** For `billing.applyAddon`. */
  addons?: readonly ApplyAddon[];
  /** For `customHostname.initialize`. */
  customHostname?: InitializeCustomHostname;
  /** For `vanitySubdomain.activate`. */
  vanitySubdomain?: SetVanitySubdomain;
  /** Buckets of Storage; not public by default. */
  buckets?: readonly { name: string; public?: boolean }[];
  /** Connections to repositories on GitHub, `owner/name`. */
  githubConnections?: readonly { repository: string }[];
  /** Addresses that Postgres does not let in. */
  networkBans?: readonly string[];
  /** Snippets of SQL; the time is in milliseconds since 1970. */
  snippets?: readonly { id?: string; name: string; sql: string; created_at?: number }[];
}

/**
 * What the next answers are. At least one of `status`, `html`, `lost`, `truncated` and `delayMs` says what goes wrong; `truncated` and
 * `delayMs` alone work on the answer that the call has anyway.
 */
export interface SandboxFault {
  /** How many answers; `Infinity` is all of them. @default 1 */
  times?: number;
  /** A status, 200 to 599. A 429 comes with `Retry-After` and `X-RateLimit-*` of one second. @default 502 with `html` */
  status?: number;
  /** Headers besides, or in place of those that come with the status. */
  headers?: Record<string, string>;
  /** The body that goes with the status: JSON, or a string for another text. @default an error in the shape of the API */
  body?: unknown;
  /** The page of a gateway in place of JSON, with the text of `body`, if there is one. @default false */
  html?: boolean;
  /** No answer: `fetch` rejects with a `TypeError`, and the server closes the connection. @default false */
  lost?: boolean;
  /** The body ends after half of it, with an error of its stream; the server closes the connection. @default false */
  truncated?: boolean;
  /** Milliseconds by which the answer comes later. The signal of the call is listened to meanwhile. @default 0 */
  delayMs?: number;
  /**
   * With `status`, `html` or `lost` a call does nothing, unless this is `true`: then it is carried out, and only its answer is
   * replaced or lost.
   * @default false
   */
  carriedOut?: boolean;
}

/** A fault that has not come yet: what `fail` was given, with how many answers are left of it. */
export interface SandboxWaitingFault extends SandboxFault {
  /** As `fail` was given it: `projects.list`, `functions.*`, `*`. */
  endpoint: string;
  /** How many answers are left; `Infinity` is all of them. */
  times: number;
}

/** A call that was made. It holds neither the access token nor any other secret. */
export interface SandboxCall {
  /** When it came, in milliseconds since 1970, by the clock of the sandbox. */
  time: number;
  /** As in a request line: `GET`. */
  method: string;
  /** From `/v1/` on, without the query; 1 KiB of it at most. */
  path: string;
  /** The endpoint as the client's methods are named, `projects.get`; `null` where the API has none. */
  endpoint: string | null;
  /** The query, its values as their types are. `null` without one, or if it does not fit. */
  query: Record<string, unknown> | null;
  /**
   * The body where it is JSON, a form, or the metadata of files, with `"[redacted]"` in the place of secrets. `null` without one, for
   * one that does not fit, as nobody knows what is secret in it, and for more than 8 KiB.
   */
  body: unknown;
  /** What was answered; `null` as long as there is no answer, and where the connection was lost. */
  status: number | null;
}

/** The Supabase Management API on your own machine, with an account of its own. */
export interface Sandbox {
  /**
   * Answers a request as the API would, in the shape of the global `fetch`, and sends nothing anywhere. Of an address
   * only the path from `/v1/` or `/v2/` on and the query count; what it gives as an address to upload to begins with its
   * origin. Every token that begins with `sbp_` is accepted.
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
  /**
   * Lets the next answers of an endpoint be something else: of one (`projects.list`), of a group (`functions.*`), or of all (`*`). Faults
   * come in the order in which they were asked for.
   *
   * ```js
   * sandbox.fail("projects.list", { status: 503, times: 2 });
   * sandbox.fail("organizations.create", { lost: true, carriedOut: true }); // the client tells an OutcomeUnknownError
   * ```
   * @throws {InputError} for an endpoint that does not exist, or what cannot go wrong, with the path of what is wrong
   */
  fail(endpoint: string, fault: SandboxFault): void;
  /** The faults that have not come yet, in the order in which they come, as they are now. */
  readonly faults: SandboxWaitingFault[];
  /** Forgets the faults that have not come yet. All else stays as it is, which {@link Sandbox.reset} would undo. */
  clearFaults(): void;
  /**
   * Moves the clock ahead, in milliseconds, by a century in all at most: projects come up, windows of rate limits end, tokens expire.
   * @throws {InputError} for anything but a number from 0 on
   */
  advance(milliseconds: number): void;
  /** The last 1,000 calls, oldest first, as they are now. */
  readonly calls: SandboxCall[];
  /**
   * Begins anew, with the account that it began with: no faults, no calls, no counts of rate limits, and the clock of `now`. It is done
   * at once; the promise is for the databases.
   */
  reset(): Promise<void>;
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
