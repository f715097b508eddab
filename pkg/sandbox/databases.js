// The databases of a sandbox: one for each project and branch that was asked anything. They work one at a time, as each of them keeps
// the thread busy while it works; at most three are awake, the others lie in their storage.
import { run, runAll } from "./session.js";

/** How many databases are awake at once: each takes some hundred megabytes. */
const mostAwake = 3;

/** What a statement is answered with whose database broke down. */
const broken = (cause) =>
  JSON.stringify({
    code: "57P02",
    message: "the database broke down, and goes on from what was kept of it",
    detail: String(cause?.message ?? cause),
  });

/** What a statement is answered with that another's transaction kept waiting for too long. */
const busy = JSON.stringify({ code: "55P03", message: "another client's transaction did not end in time" });
/** How long that is, in milliseconds. */
const patience = 10_000;

/** There is one session for all: who shares a database waits until nobody is inside a transaction. */
async function isFree(db) {
  const deadline = Date.now() + patience;
  while (db.isInTransaction()) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return true;
}

/**
 * @param findStorage resolves to the storage, or to undefined where there is no Postgres. A storage has `open(name, begin)`,
 * which resolves to a database and calls `begin` with one that is new, `sleep(name, db)` and `drop(name)`
 * @param initialSql gives the texts that a database of that name begins with
 * @param existing gives the names of the databases that there are
 */
export function createDatabases(findStorage, initialSql, existing) {
  /** By name, the one that was used last at the end. */
  const awake = new Map();
  /** Names of those that others are connected to: they stay awake. */
  const shared = new Set();
  const known = new Set();
  let storage;
  let last = Promise.resolve();

  /** One thing after the other, whatever became of the one before. */
  function inTurn(task) {
    const result = last.then(task);
    last = result.catch(() => {});
    return result;
  }

  async function wake(name) {
    let db = awake.get(name);
    if (!db) {
      for (const other of awake.keys()) {
        if (awake.size < mostAwake) break;
        if (!shared.has(other)) await sleep(other);
      }
      known.add(name);
      db = await storage.open(name, (fresh) => runAll(fresh, initialSql(name)));
    }
    awake.delete(name);
    awake.set(name, db);
    return db;
  }

  async function sleep(name) {
    const db = awake.get(name);
    awake.delete(name);
    await storage.sleep(name, db);
  }

  async function drop(name) {
    const db = awake.get(name);
    awake.delete(name);
    known.delete(name);
    await db?.close();
    await storage.drop(name);
  }

  return {
    /** Has them kept elsewhere, before the first one is asked for. `find` is as `findStorage`. */
    keepIn(find) {
      findStorage = find;
    },

    /** Runs a statement of the sandbox. Resolves to what `resume` takes: the rows, or an error, or neither without a Postgres. */
    run: (name, statement) =>
      inTurn(async () => {
        storage ??= await findStorage();
        if (!storage) return {};
        const db = await wake(name);
        if (shared.has(name) && !(await isFree(db))) return { error: busy };
        try {
          const isShared = shared.has(name);
          const work = () => run(db, statement, isShared);
          return await (isShared ? db.runExclusive(work) : work());
        } catch (cause) {
          // What Postgres refuses is answered: this is PGlite's own end, and nothing more can be had of it.
          awake.delete(name);
          await db.close().catch(() => {});
          return { error: broken(cause) };
        }
      }),

    /** Whether any database was ever asked for. */
    any: () => known.size > 0,

    /** Closes the databases of what was deleted, and forgets what was in them. */
    async sweep() {
      const kept = new Set(existing());
      for (const name of known) if (!kept.has(name)) await inTurn(() => drop(name));
    },

    /** Forgets what is in all that were used: each begins anew at its next statement. */
    forget: () =>
      inTurn(async () => {
        for (const name of known) await drop(name);
      }),

    /** Gives a database to others, who may use it at any time; undefined without a Postgres. It stays awake from now on. */
    share: (name) =>
      inTurn(async () => {
        storage ??= await findStorage();
        if (!storage) return undefined;
        shared.add(name);
        return wake(name);
      }),

    /** Ends them all. What is in them stays where the storage keeps it anyway. */
    close: () =>
      inTurn(async () => {
        shared.clear();
        for (const db of awake.values()) await db.close();
        awake.clear();
        known.clear();
        await storage?.close();
        storage = undefined;
      }),
  };
}
