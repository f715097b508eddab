// The journal of a fleet as a file, for Node, Deno and Bun: one entry a line, and a line is only ever added.
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { resolve } from "node:path";
import process from "node:process";
import { kind, wrong } from "./checks.js";
import { lock } from "../sandbox/state-file.js";

/** How each line begins. */
const beginning = '{"type":"';

export function journalFile(path) {
  if (typeof path !== "string" || path === "") throw wrong("journalFile", "path", "a path", kind(path));
  const file = resolve(path);
  let opening;
  /** Entries that wait to be written, with those who wait for that. */
  let batch = [];
  let writing;

  const ready = () => (opening ??= openFile(file));

  async function write() {
    const { handle } = await opening;
    while (batch.length > 0) {
      const taken = batch;
      batch = [];
      try {
        // Those that came while the disk was busy share one trip to it.
        await handle.appendFile(taken.map(({ line }) => line).join(""));
        await handle.datasync();
        for (const { done } of taken) done();
      } catch (error) {
        for (const { failed } of taken) failed(error);
      }
    }
    writing = undefined;
  }

  return {
    async *read() {
      await ready();
      await writing;
      let number = 0;
      let rest = "";
      for await (const chunk of createReadStream(file, "utf8")) {
        const lines = (rest + chunk).split("\n");
        rest = lines.pop();
        for (const line of lines) yield parsed(line, `${file}:${++number}`);
      }
    },
    async append({ type, ...rest }) {
      const line = `${JSON.stringify({ type, ...rest })}\n`;
      await ready();
      return new Promise((done, failed) => {
        batch.push({ line, done, failed });
        writing ??= write();
      });
    },
    async close() {
      const opened = await opening?.catch(() => undefined);
      await writing;
      opening = undefined;
      await opened?.handle.close();
      opened?.release();
    },
  };
}

async function openFile(file) {
  const unlock = lock(
    file,
    (pid) => `another process writes ${file} (process ${pid}): a journal is for one run at a time`,
  );
  let handle;
  try {
    // For the user's eyes only: what is recorded may be anything.
    handle = await open(file, "a+", 0o600);
    await cutTornLine(handle, file);
    process.once("exit", unlock);
  } catch (error) {
    await handle?.close();
    unlock();
    throw error;
  }
  const release = () => {
    process.off("exit", unlock);
    unlock();
  };
  return { handle, release };
}

/** What a kill left of the last line was never promised to anybody, and the next entry must not be glued to it. */
async function cutTornLine(handle, file) {
  const { size } = await handle.stat();
  const chunk = Buffer.alloc(65_536);
  let [end, torn] = [size, ""];
  while (end > 0) {
    const start = Math.max(0, end - chunk.length);
    const { bytesRead } = await handle.read(chunk, 0, end - start, start);
    const part = chunk.subarray(0, bytesRead);
    const at = part.lastIndexOf(10);
    torn = part.subarray(at + 1, at + 1 + beginning.length).toString("latin1");
    end = at < 0 ? start : start + at + 1;
    if (at >= 0) break;
  }
  if (end === size) return;
  if (!beginning.startsWith(torn)) throw new Error(`${file} is no journal, and is left as it is`);
  await handle.truncate(end);
}

function parsed(line, place) {
  try {
    const entry = JSON.parse(line);
    if (typeof entry.ref === "string" && typeof entry.type === "string") return entry;
  } catch {
    // Told below.
  }
  throw new Error(`${place}: this is no entry of a journal`);
}
