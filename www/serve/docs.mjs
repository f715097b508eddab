// The documentation under /docs/, for www/serve.mjs: the files that `npm run docs` makes in target/docs.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";

const site = new URL("../../target/docs/", import.meta.url);

const types = {
  ".css": "text/css; charset=utf-8",
  ".data": "application/octet-stream",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/** The only way into the folder: names of letters, digits, points and hyphens, none of which begins with a point. One has an @. */
const inside = /^\/docs\/((?:\w[\w.-]*\/)*(?:[\w@][\w.-]*)?)$/;

function fileOf(pathname) {
  const path = inside.exec(pathname)?.[1];
  if (path === undefined) return undefined;
  if (path === "" || path.endsWith("/")) return `${path}index.html`;
  // A page may be asked for without the ending of its file.
  return extname(path) ? path : `${path}.html`;
}

/**
 * What a page may load: only from here. VitePress writes two scripts into each page, which are allowed by their digests, and
 * the colors of code as attributes.
 */
function policyOf(html) {
  const scripts = Array.from(html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>(.*?)<\/script>/gs), ([, text]) => text);
  const digests = scripts.map((text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);
  return [
    "default-src 'self'",
    `script-src 'self' 'wasm-unsafe-eval' ${digests.join(" ")}`,
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Makes the site in a process of its own, which ends with this one: nobody who stops the server has to wait for it. */
function makeSite() {
  const script = fileURLToPath(new URL("../docs/build.mjs", import.meta.url));
  const child = spawn(process.execPath, [script, "--no-build"], { stdio: ["ignore", "ignore", "inherit"] });
  child.unref();
  process.once("exit", () => child.kill());
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => (code === 0 ? resolve() : reject(new Error("see what `npm run docs` says"))));
  });
}

/**
 * Makes the documentation in the background, and answers with it.
 * @param options `built`: take it as it was made before
 * @returns a function from the path of a request to `{ status, headers, body }`; undefined where the path is not below /docs.
 * While the site is being made, it waits.
 */
export function serveDocs({ built = false } = {}) {
  const ready = built ? Promise.resolve() : makeSite();
  // Whoever asks is told; nobody may ask.
  ready.catch(() => {});
  return async (pathname) => {
    if (pathname === "/docs") return { status: 308, headers: { location: "/docs/" }, body: "" };
    if (!pathname.startsWith("/docs/")) return undefined;
    const plain = (status, body) => ({ status, headers: { "content-type": types[".txt"] }, body });
    try {
      await ready;
    } catch (error) {
      return plain(500, `the documentation was not made: ${error.message}\n`);
    }
    const name = fileOf(pathname);
    const body = name && (await readFile(new URL(name, site)).catch(() => undefined));
    if (!body) return plain(404, "there is no such page; `npm run docs` makes the documentation\n");
    const headers = { "content-type": types[extname(name)] ?? "application/octet-stream" };
    if (name.endsWith(".html")) headers["content-security-policy"] = policyOf(body.toString());
    return { status: 200, headers, body };
  };
}
