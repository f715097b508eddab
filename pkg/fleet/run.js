// One run over many projects: reads refs, begins operations as there is room, notes what comes of them.
import { wrong } from "./checks.js";
import { readJournal } from "./journal.js";
import { Lanes } from "./lanes.js";
import { isUnknown, plainError, refusedFor } from "./outcome.js";

/** How many projects are read ahead, so that others are at hand while the rate limit of some is spent. */
const readAhead = 1_000;

/** How often in a row a rate limit may refuse one project. A server that never lets it pass must not keep the run for ever. */
const mostRefusals = 100;

/** How long operations may take to end after the run was aborted, in milliseconds. */
const graceMs = 10_000;

export class Run {
  #refs;
  #operation;
  #options;
  #lanes;
  #began = Date.now();
  /** What the journal tells, by ref. */
  #known = new Map();
  #seen = new Set();
  #rows = [];
  #totals = { done: 0, failed: 0, skipped: 0, unknown: 0 };
  #running = new Map();
  #readAll = false;
  /** Why nothing more is begun. */
  #stopped;
  /** The report is out: what comes now comes too late. */
  #closed = false;
  #controller = new AbortController();
  #wake = () => {};

  constructor(refs, operation, options) {
    this.#refs = refs;
    this.#operation = operation;
    this.#options = { concurrency: 8, ...options };
    this.#lanes = new Lanes(options.client);
  }

  async report() {
    const { signal, journal } = this.#options;
    const abort = () => {
      this.#stop({ reason: "aborted", error: signal.reason });
      this.#controller.abort(signal.reason);
    };
    signal?.addEventListener("abort", abort, { once: true });
    if (signal?.aborted) abort();
    try {
      if (journal) this.#known = await readJournal(journal);
      // Who reads pages may wait for long, and must not keep an aborted run.
      this.#readRefs().catch((error) => this.#stop({ reason: "refs", error }));
      while (!this.#ended()) await this.#step();
      await this.#lastOnes();
    } finally {
      signal?.removeEventListener("abort", abort);
    }
    return this.#summary();
  }

  async #readRefs() {
    for await (const item of this.#refs) {
      while (!this.#stopped && this.#lanes.size >= readAhead) await this.#changed();
      if (this.#stopped) return;
      this.#take(item);
      this.#wake();
    }
    this.#readAll = true;
    this.#wake();
  }

  /** A project comes in, as a ref or as an object that has one. */
  #take(item) {
    const ref = typeof item === "string" ? item : item?.ref;
    if (typeof ref !== "string" || ref === "") {
      throw wrong("fleet", `refs[${this.#seen.size}]`, "a ref, or an object with a ref", "something else");
    }
    // Pages shift while they are read, so a project may come twice.
    if (this.#seen.has(ref)) return;
    this.#seen.add(ref);
    const { attempts = 0, done, value, milliseconds } = this.#known.get(ref) ?? {};
    if (done) return this.#note({ ref, status: "skipped", reason: "done before", attempts, milliseconds, value });
    this.#lanes.add({ ref, item, attempts, refusals: 0, buckets: this.#bucketsOf(item, ref) });
  }

  #bucketsOf(item, ref) {
    const { buckets } = this.#options;
    const named = buckets ? buckets(item) : item.organization_slug;
    const list = [named ?? []].flat();
    if (list.some((name) => typeof name !== "string")) {
      throw wrong("fleet", "options.buckets", "a function that gives a string or strings", "something else");
    }
    return [ref, ...list];
  }

  #ended() {
    if (this.#stopped) return true;
    return this.#readAll && this.#lanes.size === 0 && this.#running.size === 0;
  }

  /** Begins as many as may begin, and waits until something has changed. */
  async #step() {
    let wakeAt = Number.POSITIVE_INFINITY;
    while (this.#running.size < this.#options.concurrency && this.#lanes.size > 0 && !this.#stopped) {
      const next = this.#lanes.next(Date.now());
      if (!next.task) {
        wakeAt = next.wakeAt;
        break;
      }
      const { task } = next;
      this.#running.set(task, this.#perform(task));
    }
    if (!this.#ended()) await this.#changed(wakeAt - Date.now());
  }

  /** Waits for a change, and no longer than some milliseconds. */
  #changed(milliseconds = Number.POSITIVE_INFINITY) {
    return new Promise((resolve) => {
      const before = this.#wake;
      const timer = Number.isFinite(milliseconds)
        ? setTimeout(() => this.#wake(), Math.max(0, milliseconds))
        : undefined;
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = () => {};
        before();
        resolve();
      };
    });
  }

  async #perform(task) {
    const { ref, item } = task;
    const attempt = task.attempts + 1;
    const began = Date.now();
    const facts = () => ({ ref, attempts: attempt, milliseconds: Date.now() - began });
    try {
      // Whoever reads the journal must know of it before it can have done anything.
      if (!(await this.#append(() => ({ type: "begun", ref, attempt })))) {
        return this.#note({ ref, status: "skipped", reason: "stopped", attempts: task.attempts });
      }
      this.#progress({ ref, status: "begun", attempts: attempt });
      const { signal } = this.#controller;
      const value = await this.#operation(item, { ref, signal, attempt, resumed: attempt > 1 });
      const row = { ...facts(), status: "done", value };
      const { milliseconds } = row;
      const { record } = this.#options;
      await this.#append(() => ({ type: "done", ref, attempt, milliseconds, value: record?.(value, item) }));
      this.#note(row);
    } catch (error) {
      const wait = this.#stopped?.reason === "aborted" ? undefined : refusedFor(error);
      if (wait !== undefined && task.refusals < mostRefusals) {
        return this.#lanes.refused({ ...task, attempts: attempt, refusals: task.refusals + 1 }, Date.now() + wait);
      }
      const status = isUnknown(error) || this.#controller.signal.aborted ? "unknown" : "failed";
      const row = { ...facts(), status, error };
      const { milliseconds } = row;
      await this.#append(() => ({ type: status, ref, attempt, milliseconds, error: plainError(error) }));
      this.#note(row);
    } finally {
      if (this.#running.delete(task)) this.#lanes.end(task);
      this.#wake();
    }
  }

  /** Notes in the journal, and tells whether that was possible. Without a journal there is nothing that could go on later. */
  async #append(entry) {
    const { journal } = this.#options;
    if (!journal) return true;
    try {
      await journal.append({ ...entry(), time: new Date().toISOString() });
      return true;
    } catch (error) {
      this.#stop({ reason: "journal", error });
      return false;
    }
  }

  #note(row) {
    // One that was given up at the end may come back later, and the report is out.
    if (this.#closed) return;
    this.#rows.push(row);
    this.#totals[row.status] += 1;
    const { failed, unknown } = this.#totals;
    const { stopAfter } = this.#options;
    if (stopAfter !== undefined && failed + unknown >= stopAfter) this.#stop({ reason: "failures" });
    this.#progress(row);
  }

  #progress({ ref, status, attempts, error }) {
    const { onProgress } = this.#options;
    if (!onProgress) return;
    const counts = { ...this.#totals, running: this.#running.size, waiting: this.#lanes.size };
    try {
      onProgress({ ref, status, attempts, ...(error !== undefined && { error }), ...counts });
    } catch {
      // It is told, not asked: what it throws has nothing to do with the project.
    }
  }

  #stop(why) {
    this.#stopped ??= why;
    this.#wake();
  }

  /** Lets those that run come to their end; who was told to stop and does not is given up after a while. */
  async #lastOnes() {
    const aborted = this.#stopped?.reason === "aborted";
    const all = Promise.all(this.#running.values());
    if (!aborted) await all;
    else {
      let timer;
      const late = new Promise((resolve) => {
        timer = setTimeout(resolve, graceMs);
      });
      await Promise.race([all, late]);
      clearTimeout(timer);
    }
    for (const { ref, attempts } of this.#running.keys()) {
      this.#note({ ref, status: "unknown", attempts: attempts + 1, error: this.#stopped.error });
    }
    for (const { ref, attempts, refusals } of this.#lanes.rest()) {
      // One that a rate limit refused may have done a part of its work before.
      const status = refusals > 0 ? "unknown" : "skipped";
      this.#note({ ref, status, ...(refusals === 0 && { reason: "stopped" }), attempts });
    }
    this.#closed = true;
  }

  #summary() {
    const before = this.#rows.filter(({ reason }) => reason === "done before").length;
    const complete = this.#readAll && this.#totals.done + before === this.#rows.length;
    return {
      complete,
      ...(this.#stopped && { stopped: this.#stopped }),
      totals: { projects: this.#rows.length, ...this.#totals },
      milliseconds: Date.now() - this.#began,
      projects: this.#rows,
    };
  }
}
