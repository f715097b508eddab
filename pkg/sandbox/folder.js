// Databases in a folder, one in each folder below it: what is in them outlives the server.
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createTemplate } from "./storage.js";

/** Written when a database has all that it begins with: one without it was not finished, and is made anew. */
const finished = "sandbox-has-begun";

/** @param create makes a database of PGlite's options */
export function inFolder(folder, create) {
  const template = createTemplate(create);
  const place = (name) => join(folder, name);
  return {
    async open(name, begin) {
      const dataDir = place(name);
      const mark = join(dataDir, finished);
      if (existsSync(mark)) return create({ dataDir });
      rmSync(dataDir, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const db = await template({ dataDir });
      await begin(db);
      writeFileSync(mark, "");
      return db;
    },
    sleep: (_, db) => db.close(),
    async drop(name) {
      rmSync(place(name), { recursive: true, force: true });
    },
    async close() {},
  };
}
