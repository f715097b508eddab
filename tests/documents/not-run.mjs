// Examples that are compiled and cannot run by themselves, each with the reason. `has` is a part of the block.

export const notRun = [
  {
    file: "www/docs/guide/deploying.md",
    has: 'await readFolder("supabase")',
    reason: "It reads a folder that the reader has. tests/deploy.test.js runs the same lines with one.",
  },
  {
    file: "www/docs/guide/first-call.md",
    has: "Deno.serve(",
    reason: "It is the source of an Edge Function, which runs in Deno.",
  },
  {
    file: "www/docs/guide/runtimes.md",
    has: "supabase-management-wasm/slim",
    reason: "Where the file of the wasm is, only a bundler knows. tests/runtimes.test.js runs it in four of them.",
  },
  {
    file: "www/docs/guide/typescript.md",
    has: "/v1/regions",
    reason: "It calls an operation that the API does not have, to show how one that is new is called.",
  },
];

/** The entry of a block, if it is one of these. */
export const notRunFor = ({ file, code }) => notRun.find((entry) => entry.file === file && code.includes(entry.has));

/** Files whose blocks with `no-check` are not compiled, each with the reason. */
export const notChecked = [
  {
    file: "www/docs/guide/migrate-from-openapi-fetch.md",
    reason: "They show the code before: that of another client, with types that its user generates.",
  },
  {
    file: "www/docs/guide/migrate-from-supabase-management-js.md",
    reason: "They show the code before: that of another client.",
  },
  {
    file: "www/docs/guide/wasm-pack.md",
    reason:
      "It imports what wasm-pack writes into pkg, which npm run build removes. tests/wasm-pack.test.js runs the same lines.",
  },
];

export const notCheckedFor = ({ file }) => notChecked.find((entry) => entry.file === file);
