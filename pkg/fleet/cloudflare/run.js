// The object of a run: which projects it has, what came of each, and who is to be sent next.
import { bindingOf } from "./bindings.js";

/** How many projects share a message, which is also how many workflows can be made by one call. */
const perMessage = 100;

/** How many messages a queue takes at once. */
const perBatch = 100;

const tables = `
  CREATE TABLE IF NOT EXISTS projects (
    ref TEXT PRIMARY KEY, status TEXT NOT NULL DEFAULT 'waiting', sent_at INTEGER NOT NULL DEFAULT 0,
    sends INTEGER NOT NULL DEFAULT 0, ended_at INTEGER, outcome TEXT
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS by_status ON projects (status, sent_at);
  CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
`;

const statuses = ["waiting", "sent", "done", "failed", "unknown"];

export const runObject = (Base, { bindings }) =>
  class extends Base {
    #sql;
    /** How many projects have each status: counting a million rows at every alarm would be slow and dear. */
    #counts;

    constructor(ctx, env) {
      super(ctx, env);
      this.#sql = (...query) => ctx.storage.sql.exec(...query);
      this.#sql(tables);
      this.#count();
    }

    /** Adds projects, and begins. Those that are there already stay as they are. */
    async add(refs, facts) {
      this.ctx.storage.transactionSync(() => {
        const run = JSON.stringify({ began: Date.now(), ...this.#facts(), ...facts });
        this.#sql("INSERT OR REPLACE INTO facts VALUES ('run', ?)", run);
        this.#sql("DELETE FROM facts WHERE name = 'stopped'");
      });
      const list = JSON.stringify(refs);
      const added = this.#sql(
        "INSERT OR IGNORE INTO projects (ref) SELECT value FROM json_each(?) RETURNING ref",
        list,
      );
      this.#counts.waiting += [...added].length;
      await this.ctx.storage.setAlarm(Date.now());
    }

    /** What came of a project. The first word counts: one that is told twice is the same one. */
    async finish(ref, outcome) {
      const [row] = this.#sql("SELECT status FROM projects WHERE ref = ? AND ended_at IS NULL", ref);
      if (!row) return;
      this.#sql(
        "UPDATE projects SET status = ?, ended_at = ?, outcome = ? WHERE ref = ?",
        ...[outcome.status, Date.now(), JSON.stringify(outcome), ref],
      );
      this.#counts[row.status] -= 1;
      this.#counts[outcome.status] += 1;
      const { stopAfter } = this.#facts();
      if (this.#counts.failed + this.#counts.unknown >= (stopAfter ?? Number.POSITIVE_INFINITY)) await this.stop();
    }

    /** Sends no more. Workflows that exist go on to their end. */
    async stop() {
      this.#sql("INSERT OR REPLACE INTO facts VALUES ('stopped', 'true')");
    }

    async report() {
      const { began, stopAfter } = this.#facts();
      const projects = statuses.reduce((sum, status) => sum + this.#counts[status], 0);
      const open = this.#counts.waiting + this.#counts.sent;
      // An alarm that was lost, as a local runtime may do, is set again by whoever asks.
      if (open > 0 && !this.#stopped() && (await this.ctx.storage.getAlarm()) === null) {
        await this.ctx.storage.setAlarm(Date.now());
      }
      return { projects, ...this.#counts, ended: open === 0, stopped: this.#stopped(), began, stopAfter };
    }

    /** Projects in the order of their refs, a page at a time. */
    async projects({ status, after = "", limit = 100 } = {}) {
      const rows = this.#sql(
        "SELECT ref, status, sends, ended_at, outcome FROM projects WHERE ref > ?1 AND (?2 IS NULL OR status = ?2) ORDER BY ref LIMIT ?3",
        ...[after, status ?? null, limit],
      );
      return [...rows].map(({ ref, status, sends, ended_at: endedAt, outcome }) => ({
        ref,
        status,
        sends,
        ...(endedAt !== null && { endedAt }),
        ...JSON.parse(outcome ?? "{}"),
      }));
    }

    async alarm() {
      if (this.#stopped()) return;
      const facts = this.#facts();
      const { maxInFlight, perSecond, resendAfterSeconds } = facts;
      const now = Date.now();
      const stale = now - resendAfterSeconds * 1000;
      await this.#send("status = 'sent' AND sent_at <= ?", [stale], perSecond, { facts, now, again: true });
      const room = Math.min(perSecond, maxInFlight - this.#counts.sent);
      if (room > 0) await this.#send("status = 'waiting'", [], room, { facts, now });
      if (this.#counts.waiting + this.#counts.sent === 0) return;
      const [oldest] = this.#sql("SELECT sent_at FROM projects WHERE status = 'sent' ORDER BY sent_at LIMIT 1");
      const resendAt = (oldest?.sent_at ?? now) + resendAfterSeconds * 1000;
      await this.ctx.storage.setAlarm(this.#counts.waiting > 0 ? now + 1000 : Math.max(now + 1000, resendAt));
    }

    /** Sends projects to the queue. A kill in between sends them once more, which is harmless; the other order would lose them. */
    async #send(where, values, most, { facts: { run, payload }, now, again }) {
      const rows = this.#sql(`SELECT ref FROM projects WHERE ${where} ORDER BY sent_at LIMIT ?`, ...values, most);
      const refs = [...rows].map(({ ref }) => ref);
      const messages = [];
      for (let at = 0; at < refs.length; at += perMessage) {
        messages.push({ body: { run, payload, refs: refs.slice(at, at + perMessage), ...(again && { again }) } });
      }
      const queue = bindingOf(this.env, bindings, "queue");
      for (let at = 0; at < messages.length; at += perBatch) await queue.sendBatch(messages.slice(at, at + perBatch));
      // Some may have ended while the queue took them.
      const open = "ended_at IS NULL AND ref IN (SELECT value FROM json_each(?))";
      const list = JSON.stringify(refs);
      const [{ many }] = this.#sql(`SELECT count(*) AS many FROM projects WHERE status = 'waiting' AND ${open}`, list);
      this.#sql(`UPDATE projects SET status = 'sent', sent_at = ?, sends = sends + 1 WHERE ${open}`, now, list);
      this.#counts.waiting -= many;
      this.#counts.sent += many;
    }

    #count() {
      this.#counts = Object.fromEntries(statuses.map((status) => [status, 0]));
      for (const { status, many } of this.#sql("SELECT status, count(*) AS many FROM projects GROUP BY status")) {
        this.#counts[status] = many;
      }
    }

    #facts() {
      const [row] = this.#sql("SELECT value FROM facts WHERE name = 'run'");
      return row ? JSON.parse(row.value) : {};
    }

    #stopped() {
      return [...this.#sql("SELECT 1 FROM facts WHERE name = 'stopped'")].length > 0;
    }
  };
