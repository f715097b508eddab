import type { RateLimitState } from "./index.js";

/** What an operation is told beside its project. */
export interface FleetContext {
  /** The ref of the project. */
  ref: string;
  /** Is aborted when the run is. Give it to every call: `client.projects.get(ref, { signal })`. */
  signal: AbortSignal;
  /** Which attempt this is, from 1 on. Attempts of earlier runs with the same journal count as well. */
  attempt: number;
  /**
   * Whether an earlier attempt was begun and did not end well. It may have done all of its work, a part of it, or nothing, so look what is
   * there before you create anything.
   */
  resumed: boolean;
}

/** An entry of a {@link FleetJournal}. It is plain JSON. */
export interface FleetEntry {
  /**
   * `begun` is noted before the operation is called, and `done`, `failed` or `unknown` when it has ended. If the last entry of a project is
   * `begun`, the process ended while the project was being worked on.
   */
  type: "begun" | "done" | "failed" | "unknown";
  /** The project. */
  ref: string;
  /** Which attempt, from 1 on. */
  attempt: number;
  /** When, as `2026-11-30T12:00:00.000Z`. */
  time: string;
  /** How long the operation took. Not of `begun`. */
  milliseconds?: number;
  /** What the option `record` made of the result; only of `done`. */
  value?: unknown;
  /**
   * Why it failed: what `toJSON` gives of an error of this package, which has neither bodies nor secrets in it; of another one its name,
   * message and code.
   */
  error?: { name: string; message: string };
}

/** Where a run notes what it does, so that the next run goes on from there. Use a journal for one run only, and in one process at a time. */
export interface FleetJournal {
  /** All entries, in the order in which they were added. */
  read(): AsyncIterable<FleetEntry>;
  /** Adds an entry. The promise resolves when the entry cannot get lost any more; only then does an operation begin. */
  append(entry: FleetEntry): Promise<void>;
}

/** What became of a project. */
export interface FleetResult<Value> {
  /** The project. */
  ref: string;
  /**
   * - `done`: the operation has ended well, in this run;
   * - `failed`: it has thrown, and what threw says that nothing more is under way;
   * - `skipped`: it was not called in this run, see `reason`;
   * - `unknown`: it was begun, and nobody knows whether its last write was done: the run was aborted meanwhile, or the error has
   *   `outcomeUnknown`. The next run with this journal hands it over with `resumed: true`.
   */
  status: "done" | "failed" | "skipped" | "unknown";
  /** Of `skipped`: `done before` says the journal, or the run was `stopped` before its turn. */
  reason?: "done before" | "stopped";
  /** How often it was begun, in earlier runs too. */
  attempts: number;
  /** How long the last attempt took; of one that was done before, that one. Missing where there was none. */
  milliseconds?: number | undefined;
  /** What the operation gave; of one that was done before, what `record` made of it. */
  value?: Value | undefined;
  /** What it threw, or the reason of the signal. */
  error?: unknown;
}

/** What came of a run. */
export interface FleetReport<Value> {
  /** Whether all refs were read and all projects are done, in this run or before. */
  complete: boolean;
  /** Why the run ended before its time, where it did. */
  stopped?: {
    /**
     * - `aborted`: the signal;
     * - `failures`: as many as `stopAfter` says;
     * - `refs`: what gives the refs has thrown, or given something else;
     * - `journal`: it could not be written, so nothing more was begun.
     */
    reason: "aborted" | "failures" | "refs" | "journal";
    /** What was thrown. */
    error?: unknown;
  };
  /** How many projects there were, and how many of each status. */
  totals: { projects: number; done: number; failed: number; skipped: number; unknown: number };
  /** How long the whole run took. */
  milliseconds: number;
  /** Every project that was read, in the order in which they ended. */
  projects: FleetResult<Value>[];
}

/** What `onProgress` is told: one project, and how far the run is. */
export interface FleetProgress {
  /** The project. */
  ref: string;
  /** `begun`, or what became of it. */
  status: "begun" | "done" | "failed" | "skipped" | "unknown";
  /** How often it was begun. */
  attempts: number;
  /** What it threw. */
  error?: unknown;
  /** How many there are by now of each. `waiting` counts those that were read and have not begun. */
  done: number;
  failed: number;
  skipped: number;
  unknown: number;
  running: number;
  waiting: number;
}

/** Options of {@link fleet}. A name that is not among them is an `InputError`. */
export interface FleetOptions<Item, Value> {
  /** How many operations run at once: a whole number from 1 to 10,000. @default 8 */
  concurrency?: number | undefined;
  /**
   * What calls for a project count for, besides the project itself: slugs of organizations. Projects with the same slugs wait in one line. The
   * lines take turns, and a line whose rate limit is used up does not hold up the others.
   * @default `organization_slug` of the item, where it has one
   */
  buckets?: ((item: Item) => string | readonly string[] | undefined) | undefined;
  /**
   * The client that the operations use. Its `rateLimits()` show when an operation would only wait, so that another one can begin in its place.
   * Without it, the fleet learns this from operations that a rate limit has refused.
   * @default none
   */
  client?: { rateLimits(): RateLimitState[] } | undefined;
  /** Where to note what is done, and what was done before. @default nothing is noted */
  journal?: FleetJournal | undefined;
  /**
   * Which part of a result goes into the journal, as JSON. Results may hold keys and passwords, so nothing is stored by default.
   * @default nothing
   */
  record?: ((value: Value, item: Item) => unknown) | undefined;
  /** Is told when a project has begun or ended. What it throws is ignored. @default none */
  onProgress?: ((progress: FleetProgress) => void) | undefined;
  /**
   * Ends the run. Nothing more begins, and the signals of the operations are aborted. Operations that have not ended ten seconds later are
   * reported as `unknown`. The promise resolves to a report as usual.
   * @default none
   */
  signal?: AbortSignal | undefined;
  /** After so many projects that failed or are unknown, nothing more begins. Those that are under way come to their end. @default no limit */
  stopAfter?: number | undefined;
}

/**
 * Does something with many projects, a few at a time, and tells what became of each.
 *
 * ```js
 * const client = new SupabaseManagement();
 * const projects = client.organizations.listProjects("acme");
 * const journal = journalFile("rollout.jsonl"); // from supabase-management-wasm/fleet/journal-file
 * const report = await fleet(
 *   projects,
 *   ({ ref }, { signal }) => client.secrets.create(ref, [{ name: "REGION", value: "eu" }], { signal }),
 *   { client, journal },
 * );
 * console.log(report.totals);
 * ```
 *
 * A failure does not stop the others. An operation that a rate limit refuses (`RateLimitError`, or a 429 that has outlasted the client's
 * own retries) begins anew once the limit allows it, with the next `attempt`; it counts as a failure only after a hundred times in a row.
 * While an operation waits inside of the client for its turn, it keeps its place among those that run: with a client whose `rateLimit`
 * is `"error"` it gives it back.
 *
 * **Exactly once** is what you get from two halves. The journal sees to it that a project which is noted as done is never begun again.
 * Between the last write of an operation and that note the process can be killed, and nobody can do both in one step: such a project
 * is begun again with `resumed: true`. So an operation must be one that may be done twice: it looks first, or it sets what may be set
 * twice, or it uses an `idempotencyKey`.
 *
 * @param refs refs of projects, or objects that have a `ref`, in an array or any iterable, such as the pages of a list; read as they are
 * needed, a thousand ahead. One that comes a second time is left out
 * @param operation is called with the item as it came. Its promise is the end of the work
 * @returns the report; it never rejects because of a project, nor of the journal or the refs once the run has begun: see `stopped`
 * @throws {InputError} for arguments that are wrong, and whatever reading the journal throws; then nothing has begun
 */
export declare function fleet<Value>(
  refs: Iterable<string> | AsyncIterable<string>,
  operation: (ref: string, context: FleetContext) => Value | Promise<Value>,
  options?: FleetOptions<string, NoInfer<Value>>,
): Promise<FleetReport<Value>>;
/** The same for objects that have a `ref`, such as the projects of a list. The operation is called with the object. */
export declare function fleet<Value, Item extends { ref: string }>(
  refs: Iterable<Item> | AsyncIterable<Item>,
  operation: (item: Item, context: FleetContext) => Value | Promise<Value>,
  options?: FleetOptions<Item, NoInfer<Value>>,
): Promise<FleetReport<Value>>;

/**
 * A journal that is gone with the process: for tests, and for a run that is stopped and goes on.
 * @param entries what it begins with, for instance those of a journal that was kept elsewhere
 */
export declare function memoryJournal(entries?: Iterable<FleetEntry>): FleetJournal;
