// Which project comes next. Projects whose calls are counted together stand in one line, and the lines take turns: one whose
// rate limit is spent is passed over until it opens again, so that it holds up nobody else.

/** How long what the client told of its rate limits is used, in milliseconds: it knows thousands of them. */
const viewMs = 100;

/** How long the first of a line goes alone, in milliseconds, where nothing is known of its rate limit: as long as the client waits. */
const patienceMs = 5_000;

/** What is known of a line at first: times in milliseconds since 1970, and how many have ended since the client was asked last. */
const fresh = { running: 0, ended: 0, endedAt: 0, firstAt: 0, firstEnded: Number.POSITIVE_INFINITY, closedUntil: 0 };

/** After this time the rate limits are looked at again, in milliseconds: calls of others may have ended. */
const lookMs = 1_000;

export class Lanes {
  /** How many projects wait here. */
  size = 0;
  #lines = new Map();
  /** Those in which somebody waits; whose turn it is comes first. */
  #order = [];
  #client;
  #view = { at: Number.NEGATIVE_INFINITY, bySubject: new Map() };

  /** @param client whose rate limits count; without it only those that operations have met */
  constructor(client) {
    this.#client = client;
  }

  /** @param task has `ref`, and `buckets`: all subjects that its calls are counted for */
  add(task) {
    const shared = task.buckets.filter((name) => name !== task.ref).sort();
    const key = JSON.stringify(shared);
    const line = this.#lines.get(key) ?? { ...fresh, key, shared, tasks: [] };
    this.#lines.set(key, line);
    task.line = line;
    if (line.tasks.length === 0) this.#order.push(line);
    line.tasks.push(task);
    this.size += 1;
  }

  /** The project that begins now; or the time of the next look, in milliseconds since 1970, if nobody may. */
  next(now) {
    let wakeAt = Number.POSITIVE_INFINITY;
    for (let turns = this.#order.length; turns > 0; turns--) {
      const line = this.#order.shift();
      const opensAt = this.#opensAt(line, now);
      const at = opensAt <= now ? line.tasks.findIndex(({ notBefore = 0 }) => notBefore <= now) : -1;
      const [task] = at < 0 ? [] : line.tasks.splice(at, 1);
      if (line.tasks.length > 0) this.#order.push(line);
      if (task) {
        line.running += 1;
        line.firstAt ||= now;
        this.size -= 1;
        return { task };
      }
      const first = line.tasks.reduce(
        (least, { notBefore = 0 }) => Math.min(least, notBefore),
        Number.POSITIVE_INFINITY,
      );
      wakeAt = Math.min(wakeAt, Math.max(opensAt, first));
    }
    return { wakeAt: Math.min(wakeAt, now + lookMs) };
  }

  /** An operation has ended. */
  end({ line }) {
    line.running -= 1;
    line.firstEnded = Math.min(line.firstEnded, Date.now());
    line.ended = this.#endedSince(line) + 1;
    line.endedAt = this.#view.at;
    // A line knows nothing that counts later, and there may be a million of them.
    if (line.running === 0 && line.tasks.length === 0 && line.closedUntil <= Date.now()) this.#lines.delete(line.key);
  }

  /** A rate limit has refused an operation: it goes to the end of its line, and those that share the limit wait as long. */
  refused(task, until) {
    const { line } = task;
    if (line.shared.length > 0) line.closedUntil = Math.max(line.closedUntil, until);
    this.add({ ...task, notBefore: until });
  }

  /** All that have not begun. */
  *rest() {
    for (const { tasks } of this.#order) yield* tasks;
  }

  #opensAt(line, now) {
    let opensAt = line.closedUntil;
    const limits = this.#limits(now);
    // Calls that count for the user alone are as likely those of this operation as any: where some wait, more would.
    for (const { waiting, resetSeconds } of limits.get("") ?? []) {
      if (waiting > 0 && resetSeconds !== undefined) opensAt = Math.max(opensAt, now + resetSeconds * 1000);
    }
    const soon = now + viewMs;
    const known = line.shared.flatMap((name) => limits.get(name) ?? []);
    if (known.length === 0 && line.shared.length > 0 && this.#isLearning(line, now)) opensAt = Math.max(opensAt, soon);
    for (const { remaining, waiting, running, resetSeconds } of known) {
      if (remaining === undefined || resetSeconds === undefined) {
        // One call looks how many there are now, and others would wait for it.
        if (running + waiting > 0) opensAt = Math.max(opensAt, soon);
        continue;
      }
      const left = remaining - waiting;
      if (left <= 0) opensAt = Math.max(opensAt, now + resetSeconds * 1000);
      // Those that run may have their calls before them, and those that have ended since had them after this was told.
      else if (line.running + this.#endedSince(line) >= left) opensAt = Math.max(opensAt, soon);
    }
    return opensAt;
  }

  /** How many of a line have ended since the client was asked. */
  #endedSince = ({ ended, endedAt }) => (endedAt === this.#view.at ? ended : 0);

  /** Whether the first of a line has yet to show which rate limits its calls meet: most operations meet none that is shared. */
  #isLearning({ firstAt, firstEnded }, now) {
    return this.#client && firstAt > 0 && now - firstAt < patienceMs && this.#view.at <= firstEnded;
  }

  /** What the client knows, by subject. */
  #limits(now) {
    if (this.#client && now - this.#view.at >= viewMs) {
      const bySubject = new Map();
      for (const state of this.#client.rateLimits()) {
        if (!bySubject.has(state.subject)) bySubject.set(state.subject, []);
        bySubject.get(state.subject).push(state);
      }
      this.#view = { at: now, bySubject };
    }
    return this.#view.bySubject;
  }
}
