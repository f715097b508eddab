#!/usr/bin/env node
// `npx supabase-management-wasm sandbox`: the sandbox as a server, for every client there is.
import { once } from "node:events";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { isInputError } from "./errors.js";
import { isControl, objection } from "./sandbox/guard.js";
import { send } from "./sandbox/outgoing.js";
import { createSandbox } from "./sandbox.js";

const usage = `Usage: supabase-management-wasm sandbox [options]

Serves the Supabase Management API from an account of its own on this machine. Every token
that begins with sbp_ is accepted.

Options:
  --port N         port to listen on, 0 for any that is free (default: 8787)
  --host ADDRESS   address to listen on (default: 127.0.0.1, which only this machine reaches)
  --state FILE     load the account from this file if it exists, and save it there at the end;
                   it holds the values of secrets in clear
  --seed FILE      begin with what this JSON file tells, unless the account is loaded from a state
  --startup-ms N   milliseconds until a new project is healthy (default: 6000)
  --rate-limit N   calls per minute for each token, endpoint and project; 0 for no limit
                   (default: 120)
  --help           print this
`;

const flags = {
  port: "8787",
  host: "127.0.0.1",
  state: undefined,
  seed: undefined,
  "startup-ms": "6000",
  "rate-limit": "120",
};

/** Larger bodies are refused by the sandbox (50 MiB): one byte more is all it needs to see of them. */
const enough = 50 * 1024 * 1024 + 1;

// What the API exposes to pages of other origins.
const exposed = [
  "x-connection-encrypted, x-forwarded-for, user-agent, CF-Connecting-IP, Retry-After",
  "X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset",
].join(", ");

function refuse(message) {
  console.error(`${message}\n\n${usage}`);
  process.exit(2);
}

function parse(args) {
  const strings = Object.keys(flags).map((name) => [name, { type: "string" }]);
  const options = { ...Object.fromEntries(strings), help: { type: "boolean" } };
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    return refuse(error.message);
  }
}

function wholeNumber(name, text, most) {
  if (!/^\d{1,10}$/.test(text) || Number(text) > most) refuse(`--${name} takes a whole number up to ${most}`);
  return Number(text);
}

/** Headers for pages of other origins. `Vary` is always there, as an answer depends on who asks. */
function crossOrigin({ origin }) {
  const headers = { vary: "Origin" };
  if (!origin) return headers;
  return { ...headers, "access-control-allow-origin": origin, "access-control-expose-headers": exposed };
}

function preflight(headers) {
  return {
    ...crossOrigin(headers),
    "access-control-allow-methods": "GET,HEAD,PUT,PATCH,POST,DELETE",
    "access-control-allow-headers": headers["access-control-request-headers"] ?? "authorization,content-type",
    "access-control-max-age": "600",
  };
}

async function bodyOf(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    // Read to its end even so: who is still sending does not listen.
    if (size < enough) chunks.push(chunk.subarray(0, enough - size));
    size += chunk.length;
  }
  return Buffer.concat(chunks);
}

async function answer(sandbox, incoming, outgoing) {
  const { method, url, headers } = incoming;
  const why = isControl(url) && objection(incoming);
  if (why) return outgoing.writeHead(403, { "content-type": "application/json" }).end(JSON.stringify({ message: why }));
  if (method === "OPTIONS") return outgoing.writeHead(204, preflight(headers)).end();
  const body = await bodyOf(incoming);
  const { authorization = "", "content-type": type = "" } = headers;
  // The name that the client has for this server: addresses in answers begin with it.
  const host = URL.canParse(`http://${headers.host}`) ? headers.host : "localhost";
  const response = sandbox.fetch(`http://${host}/${url.replace(/^\/+/, "")}`, {
    method,
    headers: { authorization, "content-type": type },
    body: method === "GET" || method === "HEAD" ? undefined : body,
  });
  await send(response, outgoing, crossOrigin(headers));
}

function open({ state: file, seed: seedFile }, options) {
  const state = file !== undefined && existsSync(file) ? readFileSync(file, "utf8") : undefined;
  const seed = state === undefined && seedFile !== undefined ? readSeed(seedFile) : undefined;
  try {
    return createSandbox({ ...options, state, seed });
  } catch (error) {
    if (!isInputError(error)) throw error;
    const { path, expected, received } = error;
    const place = path.replace(/^options\./, "");
    throw new Error(`${state === undefined ? seedFile : file}: ${place}: expected ${expected}, received ${received}`);
  }
}

function readSeed(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`${file}: ${error.code === undefined ? "the seed is not JSON" : error.message}`);
  }
}

/** In one step, so that no half of a state is left; for the user's eyes only, as it holds secrets. */
function save(sandbox, file) {
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, sandbox.save(), { mode: 0o600 });
  renameSync(aside, file);
}

async function serve(values) {
  const { host, state: file } = values;
  const port = wholeNumber("port", values.port, 65_535);
  const startupMs = wholeNumber("startup-ms", values["startup-ms"], 2 ** 31 - 1);
  const rateLimit = wholeNumber("rate-limit", values["rate-limit"], 2 ** 31 - 1);
  const sandbox = open(values, { startupMs, rateLimit });
  const server = createServer((incoming, outgoing) => {
    answer(sandbox, incoming, outgoing).catch((error) => {
      if (outgoing.destroyed) return;
      console.error(error);
      outgoing.writeHead(500, { "content-type": "application/json", ...crossOrigin(incoming.headers) });
      outgoing.end(JSON.stringify({ message: "Internal server error" }));
    });
  });
  await once(server.listen(port, host), "listening");

  const stop = () => {
    server.close();
    server.closeAllConnections();
    try {
      if (file !== undefined) save(sandbox, file);
    } catch (error) {
      console.error(`the state could not be saved: ${error.message}`);
      process.exitCode = 1;
    }
  };
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, stop);

  const { address, family, port: actual } = server.address();
  const origin = `http://${family === "IPv6" ? `[${address}]` : address}:${actual}`;
  console.log(`The sandbox of the Supabase Management API is at ${origin}`);
  console.log(`Try: curl -H "Authorization: Bearer sbp_sandbox" ${origin}/v1/projects`);
}

const { values, positionals } = parse(process.argv.slice(2));
if (values.help) {
  process.stdout.write(usage);
} else if (positionals.length !== 1 || positionals[0] !== "sandbox") {
  refuse(positionals.length > 0 ? `there is no command "${positionals.join(" ")}"` : "a command is missing");
} else {
  await serve({ ...flags, ...values }).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
