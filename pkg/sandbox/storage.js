// Where databases are while they sleep: in memory, as dumps.
import { projectSql } from "./project-sql.js";
import { runAll } from "./session.js";

/**
 * @param create makes a database of PGlite's options. `loadDataDir`, a dump, is what it must then hold; one that takes no options
 * makes databases that cannot be put to sleep
 */
export function inMemory(create) {
  const canWake = create.length > 0;
  const dumps = new Map();
  /** Those that cannot sleep, by name. */
  const sleepless = new Map();
  const template = createTemplate(create, canWake);

  return {
    async open(name, begin) {
      const dump = dumps.get(name);
      if (dump) return create({ loadDataDir: dump });
      if (sleepless.has(name)) return sleepless.get(name);
      const db = await template({});
      await begin(db);
      return db;
    },
    async sleep(name, db) {
      if (!canWake) return void sleepless.set(name, db);
      dumps.set(name, await db.dumpDataDir("gzip"));
      await db.close();
    },
    async drop(name) {
      dumps.delete(name);
      await sleepless.get(name)?.close();
      sleepless.delete(name);
    },
    async close() {
      dumps.clear();
      for (const db of sleepless.values()) await db.close();
      sleepless.clear();
    },
  };
}

/**
 * Makes databases that have what every project has. To make the first one takes seconds; all others are copies of what it was
 * then, which takes a fraction.
 */
export function createTemplate(create, canCopy = true) {
  let copy;
  return async (options) => {
    if (copy) return create({ ...options, loadDataDir: copy });
    const db = await create(options);
    await runAll(db, [projectSql]);
    if (canCopy) copy = await db.dumpDataDir("none");
    return db;
  };
}
