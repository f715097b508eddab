// One process at a time: the others wait. A lock names the process that holds it, so one left behind is recognized.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Runs `action` while holding the lock.
 * @param lock path of the file that is the lock
 * @param waiting what to say, once, when another process holds it
 */
export async function exclusively(lock, waiting, action) {
  mkdirSync(dirname(lock), { recursive: true });
  let last;
  for (let rounds = 0; !take(lock); rounds++) {
    const pid = holder(lock);
    // Seen twice, since a lock may be looked at before its owner has written the number.
    if (pid === last && !alive(pid)) rmSync(lock, { force: true });
    else if (rounds === 2) console.error(waiting);
    last = pid;
    await sleep(200);
  }
  const release = () => rmSync(lock, { force: true });
  process.once("exit", release);
  try {
    return await action();
  } finally {
    release();
    process.off("exit", release);
  }
}

function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return false;
  }
}

function holder(lock) {
  try {
    return Number(readFileSync(lock, "utf8"));
  } catch {
    return 0;
  }
}

function alive(pid) {
  if (!pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}
