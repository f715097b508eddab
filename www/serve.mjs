// `npm start`: builds the package and the page, and serves the page on this machine.
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { buildPage, dist } from "./build.mjs";
import { serveDocs } from "./serve/docs.mjs";

const usage = `Usage: npm start -- [options]

Builds the package and the page, and serves the page to this machine only.

Options:
  --port N     port to listen on, 0 for any that is free (default: the environment variable PORT,
               else the first free one from 8080 on)
  --no-build   serve what was built before
  --help       print this
`;

/** Where the search for a free port begins, and how far it goes. */
const firstPort = 8080;
const ports = 100;

const types = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".cjs": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".ts": "text/plain; charset=utf-8",
  ".cts": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".data": "application/octet-stream",
};

// Names begin with a letter: nothing is hidden in these folders, and no way leads out of them.
const folders = [
  [/^\/(index\.html)$/, pathToFileURL(`${dist}/../`)],
  [/^\/page\/(\w[\w-]*\.(?:css|js|wasm))$/, pathToFileURL(`${dist}/`)],
  // The Postgres of the sandbox in the page.
  [/^\/pglite\/(\w[\w.-]*)$/, new URL("../node_modules/@electric-sql/pglite/dist/", import.meta.url)],
];

const headers = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

function refuse(message) {
  console.error(`${message}\n\n${usage}`);
  process.exit(2);
}

function parse() {
  const options = { port: { type: "string" }, "no-build": { type: "boolean" }, help: { type: "boolean" } };
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return refuse(error.message);
  }
}

/** The port that was asked for; undefined where none was. */
function portOf(text, name) {
  if (!text) return undefined;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) refuse(`${name} takes a port, 0 to 65535`);
  return Number(text);
}

function fileOf(pathname) {
  const path = pathname === "/" ? "/index.html" : pathname;
  for (const [pattern, folder] of folders) {
    const name = pattern.exec(path)?.[1];
    if (name) return new URL(name, folder);
  }
  return undefined;
}

async function answer({ method, url }, response, docs) {
  const send = (status, type, body, more) =>
    response.writeHead(status, { ...headers, "content-type": type, ...more }).end(method === "HEAD" ? undefined : body);
  if (method !== "GET" && method !== "HEAD") return send(405, types[".ts"], "only GET and HEAD\n");
  const page = await docs(url.split("?", 1)[0]);
  if (page) return send(page.status, types[".ts"], page.body, page.headers);
  const file = fileOf(url.split("?", 1)[0]);
  const body = file && (await readFile(file).catch(() => undefined));
  if (!body) return send(404, types[".ts"], "there is no such file\n");
  return send(200, types[extname(file.pathname)] ?? "application/octet-stream", body);
}

/** Listens on the port that was asked for, else on the first free one. */
async function listen(server, port) {
  const last = port === undefined ? firstPort + ports : port;
  for (let next = port ?? firstPort; ; next++) {
    try {
      await once(server.listen(next, "127.0.0.1"), "listening");
      return server.address().port;
    } catch (error) {
      if (error.code !== "EADDRINUSE" || next >= last) throw error;
    }
  }
}

async function serve({ port: text, "no-build": built }) {
  const port = portOf(text, "--port") ?? portOf(process.env.PORT, "PORT");
  if (!built) await buildPage();
  const docs = serveDocs({ built });
  const server = createServer((request, response) => answer(request, response, docs));
  const actual = await listen(server, port);
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, stop);
  // npm passes a SIGTERM on to its shell alone: with that one gone, nobody could end us any more.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop(), 500).unref();
  console.log(`The page is at http://127.0.0.1:${actual}/ (Ctrl-C ends it)`);
  console.log(`The documentation is at http://127.0.0.1:${actual}/docs/`);
}

const values = parse();
if (values.help) {
  process.stdout.write(usage);
} else {
  await serve(values).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
