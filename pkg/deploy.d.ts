import type { ApiKey, CreateProject, SupabaseManagement } from "./index.js";

/**
 * A part of a project. Parts are applied in this order, because functions need their secrets, and the configuration may name what a migration
 * creates.
 */
export type Part = "project" | "secrets" | "migrations" | "config" | "functions";

/** Contents of a file. */
export type FileContent = string | Uint8Array | ArrayBuffer | Blob;

/** A folder that is read piece by piece: what {@link readFolder} of `supabase-management-wasm/deploy/folder` gives, or one of your own. */
export interface Folder {
  /** Paths of all files below a directory. The directory ends with a slash, and every path begins with it. */
  list(directory: string): Promise<string[]>;
  /** Contents of a file; `undefined` where there is none. */
  read(path: string): Promise<FileContent | undefined>;
}

/** The project to create if it does not exist yet: the body of `projects.create`. */
export interface DesiredProject extends Partial<CreateProject> {
  /** Name of the project. Without a reference, the project is found by its name, in the organization `organization_slug` if that is given. */
  name: string;
  /**
   * The services that must be healthy before anything else is done.
   * @default ["auth", "db", "rest", "storage"]
   */
  services?: string[];
}

/** What a project should be like. A key that is not among these is an `InputError`. */
export interface Desired {
  /** The files of the project: contents by path, or a folder. Paths are relative to the root of the project, with forward slashes. */
  files?: Record<string, FileContent> | Folder;
  /**
   * The folder of Supabase among the files.
   * @default "supabase"
   */
  dir?: string;
  /** `config.toml` as an object. By default it is read from the folder. */
  config?: object;
  /** The parts to compare. @default those for which the folder has something */
  only?: Part[];
  /** The parts from which everything is removed that the folder does not have: `secrets`, `functions`. @default none, so that nothing is removed */
  prune?: ("secrets" | "functions")[];
  /** Secrets by name, or the text of a `.env`. They replace those of `[edge_runtime.secrets]`. */
  secrets?: Record<string, string> | string;
  /**
   * Where `env(NAME)` of `config.toml` is looked up: `process.env`, `Deno.env.toObject()`, or the `env` of a Worker, of which only texts
   * count. A name that is not in it stops the plan, except for a secret, which is left as it is.
   * @default none
   */
  env?: object;
  /** The project to create if it does not exist yet. @default none: the project must exist */
  project?: DesiredProject;
  /**
   * Whether migrations that are older than the last one of the project are applied as well.
   * @default false
   */
  includeAll?: boolean;
  /** What an earlier {@link Plan.apply} gave as `remembered`. Functions that have not changed then need not be read back. @default none */
  remembered?: Record<string, Remembered>;
}

/** What is remembered of a function that was deployed. */
export interface Remembered {
  /** Digest of its files and settings. */
  digest: string;
  /** What the API called its bundle: `ezbr_sha256`. */
  bundle: string;
}

/** One difference. It never holds the value of a secret. */
export interface Change {
  part: Part;
  action: "create" | "update" | "delete";
  /** The function, the secret, the migration, or the setting. */
  name: string;
  /** What else there is to know: sizes, digests, old and new values of settings. */
  detail: string;
}

/** How a plan is made. */
export interface PlanOptions {
  /** Stops the reading. `plan` then rejects with the reason of the signal. */
  signal?: AbortSignal;
}

/** How a plan is applied. */
export interface ApplyOptions {
  /** Is told when a call begins and when it is done. */
  onProgress?: (progress: ApplyProgress) => void;
  /** Stops it: no further call begins, the call in progress is aborted, and `apply` rejects with the reason of the signal. */
  signal?: AbortSignal;
  /**
   * How many functions are bundled at once.
   * @default 4
   */
  jobs?: number;
}

export interface ApplyProgress {
  state: "begun" | "done";
  /** What the call does: `bundle hello`. */
  title: string;
  part: Part;
  /** How many calls are done. */
  index: number;
  /** How many calls there are. */
  total: number;
  /** The changes that are made when it is done. Bundling alone makes none. */
  changes: Change[];
}

/** What was done. */
export interface Applied {
  /** Reference of the project, also where it was created. */
  ref: string;
  /** The changes that were made, in order. */
  done: Change[];
  /** To be given to the next plan. It holds no secrets. */
  remembered: Record<string, Remembered>;
  /**
   * The API keys of the project, if the option `project` was given: the answer of `apiKeys.list`, revealed if the token may do that. The
   * property is not enumerable, so that no log shows it by accident.
   */
  readonly keys?: ApiKey[];
}

/** What differs between a folder and a project. */
export interface Plan {
  /** Reference of the project; `undefined` where it is yet to be created. */
  readonly ref: string | undefined;
  /** What differs, in the order in which it will be changed. */
  readonly changes: Change[];
  /** How many things are as they should be. */
  readonly unchanged: number;
  /** What else you should know: what was not compared, and what is left alone. */
  readonly notes: string[];
  /** Whether there is nothing to do. */
  readonly empty: boolean;
  /**
   * Makes the changes. The same folder then gives an empty plan.
   *
   * If it broke off, call it again: it reads what there is and goes on from there.
   * @throws {DeployError} if a call failed. It has what is done, what is left, and the error of the call as `cause`
   */
  apply(options?: ApplyOptions): Promise<Applied>;
  /** A line for each change, and a sum. */
  toString(): string;
  /** The plan without its calls, to be kept: see {@link restorePlan}. */
  toJSON(): SavedPlan;
}

/** What `JSON.stringify` makes of a plan. */
export interface SavedPlan {
  version: 1;
  ref: string | undefined;
  changes: Change[];
  unchanged: number;
  notes: string[];
}

/**
 * Compares a folder with a project, and gives what differs. It only reads.
 *
 * ```js
 * import { SupabaseManagement } from "supabase-management-wasm";
 * import { plan } from "supabase-management-wasm/deploy";
 * import { readFolder } from "supabase-management-wasm/deploy/folder";
 *
 * const work = await plan(new SupabaseManagement(), ref, { ...(await readFolder("supabase")), env: process.env });
 * console.log(`${work}`);
 * await work.apply();
 * ```
 *
 * It makes these calls, as far as they are needed: `secrets.list`, `functions.list`, `functions.getBody`, `database.queryReadOnly` or `migrations.list`,
 * `projects.list`, and those of the configuration.
 *
 * @param client Any client of this package.
 * @param ref Reference of the project, 20 lowercase letters. `undefined` with the option `project`.
 * @throws {InputError} if something in the folder, in `config.toml` or in the options is wrong, with the path of the fault, and if the project
 * has a migration that the folder does not have. Besides, it throws what a call throws.
 */
export declare function plan(
  client: SupabaseManagement,
  ref: string | undefined,
  desired?: Desired,
  options?: PlanOptions,
): Promise<Plan>;

/**
 * Makes a plan again that was stored as JSON, so that it can be applied.
 *
 * @param saved The plan, or its JSON.
 * @throws {InputError} if it would make other changes now, because the project or the folder has changed in the meantime.
 */
export declare function restorePlan(
  client: SupabaseManagement,
  saved: SavedPlan | string,
  desired?: Desired,
  options?: PlanOptions,
): Promise<Plan>;

/** The variables of a `.env`, read as `parseEnv` of `node:util` reads them, in every runtime. */
export declare function parseEnv(text: string): Record<string, string>;

/** A plan that broke off. {@link Plan.apply} can be called again. */
export declare class DeployError extends Error {
  /** The changes that were made. */
  readonly done: Change[];
  /** The changes that were not. */
  readonly left: Change[];
}
