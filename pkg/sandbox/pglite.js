// PGlite, where it is installed: it is no dependency, and is looked for when the first statement comes.

/** Extensions that projects use and PGlite has: the name of the file, which is that of the export. */
const contrib = [
  "btree_gin",
  "btree_gist",
  "citext",
  "cube",
  "earthdistance",
  "fuzzystrmatch",
  "hstore",
  "intarray",
  "ltree",
  "pg_trgm",
  "pgcrypto",
  "tablefunc",
  "unaccent",
  "uuid_ossp",
];

// The name is a parameter, so that no bundler follows it to a package that need not be there.
const load = (name) => import(/* webpackIgnore: true */ /* @vite-ignore */ name);

/** A package that is not there is undefined; what is wrong with one that is there is not hidden. */
async function optional(name) {
  try {
    return await load(name);
  } catch (error) {
    // Browsers and workers have no code for it.
    if (error?.code === undefined || /MODULE_NOT_FOUND|PACKAGE_PATH_NOT_EXPORTED/.test(error.code)) return undefined;
    throw error;
  }
}

/** Resolves to a function that makes a database of PGlite's options, or to undefined where there is no PGlite. */
export async function findPglite() {
  const found = await optional("@electric-sql/pglite");
  if (!found) return undefined;
  const extensions = {};
  const add = async (name, path) => {
    const module = await optional(path);
    if (module?.[name]) extensions[name] = module[name];
  };
  await Promise.all([
    ...contrib.map((name) => add(name, `@electric-sql/pglite/contrib/${name}`)),
    add("vector", "@electric-sql/pglite-pgvector"),
  ]);
  return (options) => found.PGlite.create({ extensions, ...options });
}
