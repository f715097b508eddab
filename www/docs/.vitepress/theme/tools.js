// What a Run button needs, loaded with the first click: the package as it was built, and the Postgres of the sandbox with the
// first example that runs SQL.

async function postgres(options) {
  // The site has the files of PGlite as they are (www/docs/build.mjs copies them): a bundler would only warn about them.
  const address = `${import.meta.env.BASE_URL}pglite/index.js`;
  const { PGlite } = await (import.meta.env.DEV ? import("@electric-sql/pglite") : import(/* @vite-ignore */ address));
  return PGlite.create(options);
}

let tools;

async function load() {
  const [{ SupabaseManagement }, { createSandbox }] = await Promise.all([
    import("../../../../pkg/index.js"),
    import("../../../../pkg/sandbox.js"),
  ]);
  return { SupabaseManagement, createSandbox, postgres };
}

/** Once for all buttons of the page; after a failure, the next click tries again. */
export function loadTools() {
  tools ??= load().catch((error) => {
    tools = undefined;
    throw error;
  });
  return tools;
}
