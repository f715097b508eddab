// The sandbox as a server: its account in a file, its databases beside it, and an end that loses nothing.
import { once } from "node:events";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { isInputError } from "../errors.js";
import { createSandbox } from "../sandbox.js";
import { insideOf } from "./create.js";
import { serveDatabase } from "./db-port.js";
import { endWithSignals } from "./ending.js";
import { inFolder } from "./folder.js";
import { listener } from "./http.js";
import { findPglite } from "./pglite.js";
import { openStateFile } from "./state-file.js";

/** Serves until a signal ends it. Rejects with an error whose message is for the user. */
export async function serve(options) {
  const { host, port, "rate-limit": rateLimit, "startup-ms": startupMs, seed } = options;
  const kept = options.state === undefined ? undefined : openStateFile(options.state);
  try {
    const sandbox = open(kept, seed, { startupMs, rateLimit });
    const { answer, databases, names } = insideOf(sandbox);
    kept?.save(sandbox.save());
    const changed = kept ? () => kept.saveSoon(sandbox.save) : () => {};
    const server = createServer(listener(answer, changed));
    await listen(server, port, host);
    const database = await serveDatabase(options, databases, names());
    endWithSignals(async () => {
      server.close();
      server.closeAllConnections();
      // First, as others may not wait for the rest.
      kept?.save(sandbox.save());
      kept?.unlockAtExit();
      await database?.stop();
      await sandbox.close();
    });
    announce(server.address(), rateLimit, database);
  } catch (error) {
    kept?.unlock();
    throw error;
  }
}

/** Makes the sandbox of what is kept. Databases of projects that it does not have are not its own. */
function open(kept, seedFile, options) {
  if (!kept) return made(options, seedFile);
  const folder = `${kept.file}.databases`;
  const sandbox = made(options, seedFile, kept);
  const { databases, names } = insideOf(sandbox);
  const own = kept.text === undefined ? [] : names();
  for (const name of foldersIn(folder)) {
    if (!own.includes(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
  databases.keepIn(async () => {
    const create = await findPglite();
    return create && inFolder(folder, create);
  });
  return sandbox;
}

/** From the state that is kept, else from the file of a seed, else from the default account. What is wrong in a file is told with its place. */
function made(options, seedFile, { file, text: state } = {}) {
  const seed = state === undefined && seedFile !== undefined ? readSeed(seedFile) : undefined;
  try {
    return createSandbox({ ...options, state, seed });
  } catch (error) {
    if (!isInputError(error)) throw error;
    const place = error.path.replace(/^options\./, "");
    const name = state === undefined ? seedFile : file;
    throw new Error(`${name}: ${place}: expected ${error.expected}, received ${error.received}`);
  }
}

function readSeed(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`${file}: ${error.code === undefined ? "the seed is not JSON" : error.message}`);
  }
}

function foldersIn(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

async function listen(server, port, host) {
  try {
    await once(server.listen(port, host), "listening");
  } catch (error) {
    const reasons = {
      EADDRINUSE: "another program listens there; --port 0 takes any port that is free",
      EACCES: "this user may not listen there",
      EADDRNOTAVAIL: "this machine does not have that address",
      ENOTFOUND: "there is no such address",
    };
    throw new Error(`cannot listen at ${host}:${port}: ${reasons[error.code] ?? error.code}`);
  }
}

/** In one piece, so that who waits for the first line has all of them. */
function announce({ address, family, port }, rateLimit, database) {
  const origin = `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
  const limit = rateLimit > 0 ? `${rateLimit} calls a minute for each token, endpoint and project` : "none";
  const lines = [
    `The sandbox of the Supabase Management API is at ${origin}`,
    `Try: curl -H "Authorization: Bearer sbp_sandbox" ${origin}/v1/projects`,
    `Rate limit: ${limit}`,
  ];
  if (database) lines.push(`The database of ${database.project} is at ${database.address}`);
  process.stdout.write(`${lines.join("\n")}\n`);
}
