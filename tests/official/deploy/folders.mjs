// Folders that are deployed twice: by the official CLI, and by `plan` and `apply`.

const serve = (text = "hello") => `Deno.serve(() => new Response("${text}"));\n`;

export const folders = [
  { title: "one function", files: { "supabase/functions/hello/index.ts": serve() } },
  {
    title: "imports across folders, and out of the folder supabase",
    files: {
      "supabase/functions/hello/index.ts": `import { cors } from "../_shared/cors.ts";\nimport type { A } from './types.ts'\nimport { b } from "../../../lib/b.ts";\nexport * from "./more.ts";\nawait import("./late.ts");\nimport data from "./data.json" with { type: "json" };\nimport z from "npm:zod@3";\nimport missing from "./missing.ts";\nimport bare from "./bare";\n${serve()}`,
      "supabase/functions/_shared/cors.ts": `import "./deep.ts";\nexport const cors = {};\n`,
      "supabase/functions/_shared/deep.ts": "export {};\n",
      "supabase/functions/_shared/unused.ts": "export {};\n",
      "supabase/functions/hello/types.ts": "export type A = 1;\n",
      "supabase/functions/hello/more.ts": "export const more = 1;\n",
      "supabase/functions/hello/late.ts": "export {};\n",
      "supabase/functions/hello/data.json": "{}",
      "supabase/functions/hello/bare.ts": "export {};\n",
      "lib/b.ts": "export const b = 1;\n",
    },
  },
  {
    title: "an import map with comments, names of directories and scopes",
    files: {
      "supabase/functions/hello/index.ts": `import { x } from "lib/x.ts";\nimport only from "only";\nimport s from "scoped/s.ts";\nimport "./inner/in.ts";\n${serve()}`,
      "supabase/functions/hello/inner/in.ts": `import "scoped/s.ts";\n`,
      "supabase/functions/hello/inner/scope/s.ts": "export default 2;\n",
      "supabase/functions/hello/deno.json": `{
  // names
  "imports": { "lib/": "../_lib/", "only": "../_lib/only.ts", "zod": "npm:zod", "scoped/": "../_scoped/", "long/": "./none/" },
  "scopes": { "./inner/": { "scoped/": "./inner/scope/" } }, /* the end */
}\n`,
      "supabase/functions/_lib/x.ts": `export const x = 1;\n`,
      "supabase/functions/_lib/only.ts": `import "./of-only.ts";\n`,
      "supabase/functions/_lib/of-only.ts": "export {};\n",
      "supabase/functions/_lib/unused.txt": "not imported",
      "supabase/functions/_scoped/s.ts": "export default 1;\n",
      "supabase/functions/hello/none/a.ts": "export {};\n",
    },
  },
  {
    title: "a deno.jsonc that refers to an import map elsewhere",
    files: {
      "supabase/functions/hello/index.ts": `import "x/a.ts";\n${serve()}`,
      "supabase/functions/hello/deno.jsonc": `{ "importMap": "../maps/import_map.json", "tasks": {} }\n`,
      "supabase/functions/maps/import_map.json": `{ "imports": { "x/": "./x/" } }\n`,
      "supabase/functions/maps/x/a.ts": "export {};\n",
    },
  },
  {
    title: "the import map of all functions",
    files: {
      "supabase/functions/import_map.json": `{ "imports": { "shared/": "./_shared/" } }\n`,
      "supabase/functions/_shared/a.ts": "export {};\n",
      "supabase/functions/hello/index.ts": `import "shared/a.ts";\n${serve()}`,
      "supabase/functions/own/index.ts": serve("own"),
      "supabase/functions/own/import_map.json": `{ "imports": {} }\n`,
    },
  },
  {
    title: "nested deno.json: the one beside the entry point counts",
    files: {
      "supabase/functions/deno.json": `{ "imports": { "a": "./_a.ts" } }\n`,
      "supabase/functions/_a.ts": "export {};\n",
      "supabase/functions/hello/index.ts": `import "a";\n${serve()}`,
      "supabase/functions/hello/src/main.ts": `import "b";\n${serve()}`,
      "supabase/functions/hello/src/deno.json": `{ "imports": { "b": "../b.ts" } }\n`,
      "supabase/functions/hello/b.ts": "export {};\n",
      "supabase/config.toml": `[functions.other]\nentrypoint = "./functions/hello/src/main.ts"\n`,
    },
  },
  {
    title: "static files by patterns",
    files: {
      "supabase/config.toml": `[functions.hello]\nstatic_files = ["./functions/hello/*.html", "./functions/hello/assets/**/*.txt", "./functions/hello/[ab].md", "./functions/hello/one.bin", "./nothing/*.x"]\n`,
      "supabase/functions/hello/index.ts": serve(),
      "supabase/functions/hello/a.html": "<p>a",
      "supabase/functions/hello/sub/b.html": "<p>b",
      "supabase/functions/hello/assets/top.txt": "top",
      "supabase/functions/hello/assets/x/deep.txt": "deep",
      "supabase/functions/hello/assets/x/y/deeper.txt": "deeper",
      "supabase/functions/hello/a.md": "a",
      "supabase/functions/hello/c.md": "c",
      "supabase/functions/hello/one.bin": Buffer.from([0, 1, 2, 255, 254, 13, 10]),
    },
  },
  {
    title: "unicode in names and contents",
    files: {
      "supabase/functions/hello/index.ts": `import { ä } from "./größe/ä ö.ts";\n${serve("数据 🚀")}`,
      "supabase/functions/hello/größe/ä ö.ts": "export const ä = '🚀';\n",
    },
  },
  {
    title: "functions that only config.toml names, that are turned off, and with a JWT or without",
    files: {
      "supabase/config.toml": `[functions.elsewhere]\nentrypoint = "../apps/api/main.ts"\nimport_map = "../apps/api/deno.json"\nverify_jwt = false\n[functions.off]\nenabled = false\n[functions.hello]\nverify_jwt = true\n`,
      "apps/api/main.ts": `import "util";\n${serve("api")}`,
      "apps/api/deno.json": `{ "imports": { "util": "./util.ts" } }\n`,
      "apps/api/util.ts": "export {};\n",
      "supabase/functions/off/index.ts": serve("off"),
      "supabase/functions/hello/index.ts": serve(),
      "supabase/functions/plain/index.ts": serve("plain"),
      "supabase/functions/1bad/index.ts": serve("no slug"),
      "supabase/functions/empty/readme.md": "no function",
    },
  },
  {
    title: "a folder deep in a repository",
    git: true,
    files: { "supabase/functions/hello/index.ts": `import "../../../up.ts";\n${serve()}`, "up.ts": "export {};\n" },
  },
  {
    title: "a link within the project",
    files: {
      "supabase/functions/hello/index.ts": `import "./link.ts";\n${serve()}`,
      "lib/real.ts": "export const real = 1;\n",
    },
    links: { "supabase/functions/hello/link.ts": "../../../lib/real.ts" },
  },
  {
    title: "what looks like an import in comments, texts and templates",
    files: {
      "supabase/functions/hello/index.ts": `// import "./in-comment.ts"\nconst a = "import './in-text.ts'";\nconst b = \`import "./in-template.ts"\`;\nimport\n  {\n    c\n  } from\n  "./lines.ts";\nexport { d } from"./tight.ts";\nimport "./query.ts?x=1";\n${serve()}`,
      "supabase/functions/hello/in-comment.ts": "",
      "supabase/functions/hello/in-text.ts": "",
      "supabase/functions/hello/in-template.ts": "",
      "supabase/functions/hello/lines.ts": "export const c = 1;\n",
      "supabase/functions/hello/tight.ts": "export const d = 1;\n",
      "supabase/functions/hello/query.ts": "export {};\n",
    },
  },
];
