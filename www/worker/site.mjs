// The files that the Worker serves: the page, the Postgres of its sandbox, and the docs where they were built.
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const dist = join(root, "www", "dist");

/** Where they lie, as wrangler.jsonc says. */
export const site = join(dist, "site");

/** Tells the page that it is served by this Worker: www/page/session.js looks for it. */
const mark = '<meta name="login" content="/login">';

/** For every file. The document has a policy of its own in addition, which also rules the page that `npm start` serves. */
const headers = `/*
  Content-Security-Policy: frame-ancestors 'none'
  X-Content-Type-Options: nosniff
  Referrer-Policy: no-referrer
  Strict-Transport-Security: max-age=31536000
`;

export function makeSite() {
  rmSync(site, { recursive: true, force: true });
  mkdirSync(join(site, "pglite"), { recursive: true });
  cpSync(join(dist, "page"), join(site, "page"), { recursive: true });
  const html = readFileSync(join(dist, "index.html"), "utf8");
  writeFileSync(join(site, "index.html"), html.replace("</title>", `</title>\n    ${mark}`));
  writeFileSync(join(site, "_headers"), headers);
  const postgres = join(root, "node_modules", "@electric-sql", "pglite", "dist");
  for (const name of readdirSync(postgres))
    if (/^(?:index\.js|chunk-\w+\.js|\w+\.(?:wasm|data))$/.test(name))
      copyFileSync(join(postgres, name), join(site, "pglite", name));
  const docs = join(root, "target", "docs");
  if (existsSync(docs)) cpSync(docs, join(site, "docs"), { recursive: true });
}
