import type { ClientOptions, SupabaseManagement } from "../index.js";

/** Which calls a permit is for. The API counts per caller, endpoint and what the call is about, and so do permits. */
export interface FleetPermit {
  /** The endpoint as the client names it: `organizations.get`. */
  endpoint: string;
  /** What the call is counted for: slug of an organization or ref of a project. @default "" for calls that count for the user alone */
  subject?: string | undefined;
  /** How many calls of this endpoint the step makes, 1 to 1,000. @default 1 */
  calls?: number | undefined;
  /** Calls a minute, until an answer has told the real number. @default 120 */
  perMinute?: number | undefined;
}

/** Options of a step. */
export interface FleetStepOptions {
  /**
   * A permit to wait for. Take one where workflows of several projects call the same endpoint of the same organization or user. Calls
   * that count for the project need none, as nobody else makes them. While it waits the workflow sleeps, which costs nothing.
   * @default none
   */
  permit?: FleetPermit | undefined;
  /** How often the step is tried again after an error that may pass: network, time-out, 408, 502 to 504, 520 to 524, errors that are not of the client. @default 5 */
  retries?: number | undefined;
  /** Seconds before the first of these, and twice as many before each further one. @default 10 */
  retryDelaySeconds?: number | undefined;
  /** Seconds that one attempt may take. @default 300 */
  timeoutSeconds?: number | undefined;
}

/** What the work of a step is given. */
export interface FleetStepContext {
  /** The client that `client` of the definition has made, for this attempt. */
  client: SupabaseManagement;
  /** Which attempt this is, from 1 on, where the engine tells. */
  attempt: number;
  /** Whether this step is known to have been begun before. A kill at a bad moment can hide that, so look first in any case. */
  resumed: boolean;
}

/**
 * Does a part of the work in a step of the workflow. Once it has ended, its value is kept, and the step is never done again. Until then
 * it may be done more than once, so it must look before it creates. Names are unique within an operation.
 *
 * A rate limit that refuses it is waited for, and is no failure. An error that may pass is tried again; any other is thrown at once.
 * @returns what `work` gives, which the engine keeps: at most 1 MiB, and no secrets
 */
export type FleetStep = <Value>(
  name: string,
  work: (context: FleetStepContext) => Promise<Value> | Value,
  options?: FleetStepOptions,
) => Promise<Value>;

/** What an operation is given. */
export interface FleetOperationContext<Env, Payload> {
  /** The name of the run. */
  run: string;
  /** The project. */
  ref: string;
  /** What `start` was given for all of them. */
  payload: Payload;
  /** The bindings of the worker. */
  env: Env;
  step: FleetStep;
}

/** A fleet, as {@link defineFleet} takes it. */
export interface FleetDefinition<Env, Payload> {
  /**
   * What is done with a project. Whatever has an effect stands in a `step`; what stands between steps is run again each time the
   * workflow wakes up, and must come to the same steps. What it gives is in the report: at most 1 MiB, and no secrets.
   */
  operation(context: FleetOperationContext<Env, Payload>): Promise<unknown>;
  /**
   * Makes the client of an attempt. Hand the options on: by them a bucket learns what the answers tell of its rate limit.
   *
   * ```js
   * client: (env, options) => new SupabaseManagement({ accessToken: env.SUPABASE_ACCESS_TOKEN, ...options }),
   * ```
   */
  client(env: Env, options: Pick<ClientOptions, "onResponse">): SupabaseManagement;
  /** Names of the bindings, where the configuration of the worker has others. */
  bindings?:
    | {
        /** The workflow. @default "FLEET_WORKFLOW" */
        workflow?: string | undefined;
        /** The queue. @default "FLEET_QUEUE" */
        queue?: string | undefined;
        /** The Durable Objects of runs. @default "FLEET_RUN" */
        run?: string | undefined;
        /** The Durable Objects of rate limits. @default "FLEET_BUCKET" */
        bucket?: string | undefined;
      }
    | undefined;
}

/** How a run is begun. */
export interface FleetStartOptions<Payload> {
  /** Its name: 1 to 60 letters, digits, `-` or `_`, the first of them no `-`. The workflow of a project is called `NAME-REF`. */
  run: string;
  /** Refs of projects, or objects that have a `ref`. */
  refs: Iterable<string | { ref: string }> | AsyncIterable<string | { ref: string }>;
  /** What all operations of the run are given, as JSON. @default none */
  payload?: Payload | undefined;
  /** How many projects are under way at once; each is a workflow, of which an account runs 50,000 (sleeping ones not counted). @default 5000 */
  maxInFlight?: number | undefined;
  /** How many projects begin in a second: Cloudflare makes 100 instances of a workflow a second. @default 100 */
  perSecond?: number | undefined;
  /** Seconds after which a project without an end is sent once more, in case its message or its workflow was lost. @default 900 */
  resendAfterSeconds?: number | undefined;
  /** After that many projects that failed or are unknown no more are sent. @default no limit */
  stopAfter?: number | undefined;
}

/** How far a run is. */
export interface FleetRunReport {
  /** How many projects it has. */
  projects: number;
  /** Not sent yet. */
  waiting: number;
  /** Sent, and without an end. */
  sent: number;
  done: number;
  failed: number;
  /** Whose last write may have been done, or whose workflow was ended from outside. */
  unknown: number;
  /** Whether every project has come to an end. */
  ended: boolean;
  /** Whether no more are sent, because of `stopAfter` or of `stop`. */
  stopped: boolean;
  /** When it was begun, in milliseconds since 1970. */
  began?: number;
  stopAfter?: number;
}

/** What is known of a project of a run. */
export interface FleetRunProject {
  ref: string;
  status: "waiting" | "sent" | "done" | "failed" | "unknown";
  /** How often it was sent to the queue. */
  sends: number;
  /** When it came to its end, in milliseconds since 1970. */
  endedAt?: number;
  /** What the operation gave. */
  value?: unknown;
  /** Why it failed, as `toJSON` of errors of this package gives it. */
  error?: { name: string; message: string };
}

/** What `queue` of a worker is given, as far as a fleet uses it. */
export interface FleetMessageBatch {
  readonly messages: readonly {
    readonly body: unknown;
    readonly attempts: number;
    ack(): void;
    retry(options?: { delaySeconds?: number }): void;
  }[];
}

/** A class from `cloudflare:workers`. */
// biome-ignore lint/suspicious/noExplicitAny: TypeScript wants exactly this of a class that another one extends
export type FleetBase = abstract new (...args: any[]) => object;

/** What a worker exports and calls. */
export interface Fleet<Env, Payload> {
  /** The class of workflows: `class FleetWorkflow extends fleet.workflow(WorkflowEntrypoint) {}`. */
  workflow<Base extends FleetBase>(base: Base): Base;
  /** The class of runs: `class FleetRun extends fleet.run(DurableObject) {}`. It needs storage with SQLite (`new_sqlite_classes`). */
  run<Base extends FleetBase>(base: Base): Base;
  /** The class of rate limits: `class FleetBucket extends fleet.bucket(DurableObject) {}`. */
  bucket<Base extends FleetBase>(base: Base): Base;
  /** The consumer of the queue: `export default { queue: fleet.queue }`. */
  queue(batch: FleetMessageBatch, env: Env): Promise<void>;
  /**
   * Adds projects to a run and lets it go on. A project that the run has stays as it is, so starting twice is harmless, a list may come
   * in parts, and a run that was stopped goes on. The other options are those of the last call.
   * @throws {InputError} for options that are wrong
   */
  start(env: Env, options: FleetStartOptions<Payload>): Promise<FleetRunReport>;
  /** Sends no more projects. Those that were sent come to their end. */
  stop(env: Env, run: string): Promise<void>;
  /** How far a run is. */
  report(env: Env, run: string): Promise<FleetRunReport>;
  /** What became of its projects, by their refs; `after` is the last ref of the page before, `limit` is 1 to 1,000, by default 100. */
  projects(
    env: Env,
    run: string,
    options?: {
      status?: FleetRunProject["status"] | undefined;
      after?: string | undefined;
      limit?: number | undefined;
    },
  ): Promise<FleetRunProject[]>;
}

/**
 * One operation over more projects than one machine holds, on Cloudflare: a Durable Object keeps the list of a run, a queue takes its
 * projects, each project has a workflow, and a Durable Object for each shared rate limit gives permits.
 *
 * ```js
 * import { DurableObject, WorkflowEntrypoint } from "cloudflare:workers";
 * import { SupabaseManagement } from "supabase-management-wasm";
 * import { defineFleet } from "supabase-management-wasm/fleet/cloudflare";
 *
 * const fleet = defineFleet({
 *   client: (env, options) => new SupabaseManagement({ accessToken: env.SUPABASE_ACCESS_TOKEN, ...options }),
 *   operation: ({ ref, payload, step }) => step("secret", ({ client }) => client.secrets.create(ref, [payload])),
 * });
 *
 * export class FleetWorkflow extends fleet.workflow(WorkflowEntrypoint) {}
 * export class FleetRun extends fleet.run(DurableObject) {}
 * export class FleetBucket extends fleet.bucket(DurableObject) {}
 * export default { queue: fleet.queue, fetch: (request, env) => … };
 * ```
 *
 * **Exactly once** is meant of the effect. A project has one workflow, whose name is made of run and ref; a message that comes twice makes
 * no second one; a step that has ended is not done again. Between the last write of a step and the moment when its end is kept, a
 * machine can fail, and then the step is done once more: so a step looks before it creates. Requests may repeat, effects do not.
 * @throws {InputError} for a definition that is wrong
 */
export declare function defineFleet<Env = Record<string, unknown>, Payload = unknown>(
  definition: FleetDefinition<Env, Payload>,
): Fleet<Env, Payload>;
