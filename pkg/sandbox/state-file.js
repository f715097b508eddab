// A file that holds the state of a sandbox, for one server at a time.
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, resolve } from "node:path";

/** How long after a change it is saved, in milliseconds. */
const delay = 500;

/** Opens the file, which need not exist, and locks it. Throws an error whose message is for the user. */
export function openStateFile(given) {
  const file = existsSync(given) ? realpathSync(given) : resolve(given);
  const folder = dirname(file);
  if (!existsSync(folder)) throw new Error(`the folder of the state file does not exist: ${folder}`);
  if (existsSync(file) && !statSync(file).isFile()) throw new Error(`the state file is no file: ${file}`);
  const unlock = lock(
    file,
    (pid) => `another server uses ${file} (process ${pid}): give this one a state file of its own`,
  );
  try {
    const text = existsSync(file) ? readFileSync(file, "utf8") : undefined;
    return { file, text, unlock, unlockAtExit: () => process.once("exit", unlock), ...saver(file) };
  } catch (error) {
    unlock();
    throw error;
  }
}

function saver(file) {
  let saved;
  let timer;

  /** Saves the text if it is another one than before. */
  function save(text) {
    clearTimeout(timer);
    timer = undefined;
    if (text === saved) return;
    replace(file, text);
    saved = text;
  }

  /** Saves in a moment. `text` gives what is to be saved then. */
  function saveSoon(text) {
    timer ??= setTimeout(() => {
      timer = undefined;
      try {
        save(text());
      } catch (error) {
        // The next change tries again, and so does the end.
        console.error(`the state could not be saved: ${error.message}`);
      }
    }, delay);
  }
  return { save, saveSoon };
}

/**
 * Whoever reads the file finds the old text or the new one, and never a part, even if the machine stops meanwhile. It is for the
 * user's eyes only, as it holds secrets.
 */
function replace(file, text) {
  const aside = `${file}.new`;
  const opened = openSync(aside, "w", 0o600);
  try {
    writeFileSync(opened, text);
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
  renameSync(aside, file);
  if (process.platform === "win32") return;
  const folder = openSync(dirname(file), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/**
 * Lets no other process have the file, until the function that it gives is called. A lock of a process that is gone counts no more.
 * @param refusal the words for the user, where another process has it
 */
export function lock(file, refusal) {
  const path = `${file}.lock`;
  const own = `${path}.${process.pid}`;
  const mine = JSON.stringify({ pid: process.pid, began: beginOf(process.pid) });
  writeFileSync(own, mine, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 10; attempt++) {
      try {
        // In one step, content included.
        linkSync(own, path);
        return () => {
          if (textOf(path) === mine) rmSync(path, { force: true });
        };
      } catch (error) {
        if (error.code !== "EEXIST") throw error;
      }
      const text = textOf(path);
      if (text === undefined) continue;
      const { pid, began } = holderOf(text);
      if (isRunning(pid, began)) {
        throw new Error(refusal(pid));
      }
      // Aside, so that of several that find it only one takes it away, and none takes away what another one has put there since.
      const stale = `${own}.stale`;
      try {
        renameSync(path, stale);
        if (textOf(stale) !== text) linkSync(stale, path);
      } catch (error) {
        if (!/ENOENT|EEXIST/.test(error.code)) throw error;
      } finally {
        rmSync(stale, { force: true });
      }
    }
    throw new Error(`${file} cannot be locked: others keep taking it`);
  } finally {
    rmSync(own, { force: true });
  }
}

function textOf(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function holderOf(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** When a process began, where the system tells: another one may have its number by now. */
function beginOf(pid) {
  const stat = textOf(`/proc/${pid}/stat`);
  const boot = textOf("/proc/sys/kernel/random/boot_id");
  return stat && boot ? `${boot.trim()} ${stat.slice(stat.lastIndexOf(")")).split(" ")[20]}` : null;
}

function isRunning(pid, began) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== "EPERM") return false;
  }
  return beginOf(pid) === began;
}
