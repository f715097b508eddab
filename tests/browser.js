// Finds a browser on this machine, or installs one, and starts it for tests.
import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { bin, install, tool } from "./runtimes/harness/install.mjs";
import { run } from "./runtimes/harness/run.mjs";

// Quiet, and without a word to anybody outside.
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const commands = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"];

const places = {
  linux: ["/usr/bin/chromium", "/snap/bin/chromium", "/opt/google/chrome/chrome"],
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ],
  win32: ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"]
    .filter((name) => process.env[name])
    .flatMap((name) => [
      join(process.env[name], "Google\\Chrome\\Application\\chrome.exe"),
      join(process.env[name], "Microsoft\\Edge\\Application\\msedge.exe"),
    ]),
};

function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A Chromium that is on this machine already: `CHROME_PATH`, the PATH, the usual places. */
function installed() {
  const named = process.env.CHROME_PATH;
  if (named) {
    if (!executable(named)) throw new Error(`CHROME_PATH is ${named}, which is no program`);
    return named;
  }
  return onPath(commands) ?? (places[process.platform] ?? []).find(executable);
}

/** The first of these programs that is on the PATH. */
export function onPath(names) {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(executable);
}

function isDebian() {
  return existsSync("/etc/os-release") && /^ID(_LIKE)?=.*debian/m.test(readFileSync("/etc/os-release", "utf8"));
}

/**
 * Installs packages of Debian: its browsers come with everything they link to. Does nothing where that is no way to go.
 * @param what they are, for a person who waits
 */
export async function installFromDebian(what, packages) {
  if (!isDebian() || process.getuid?.() !== 0) return;
  console.error(`tests: no browser here; installing ${what} (apt-get, about a minute) …`);
  const options = { timeout: 600_000, env: { DEBIAN_FRONTEND: "noninteractive" } };
  try {
    // The lists of packages may be missing, or too old to know where the files are.
    await run("apt-get", ["update"], options);
    await run("apt-get", ["install", "-y", ...packages], options);
  } catch (error) {
    console.error(`tests: that failed: ${error.message}`);
  }
}

async function fromDebian() {
  await installFromDebian("Debian's chromium", ["chromium", "chromium-driver"]);
  return installed();
}

/** The browser that playwright downloads into the user's cache, where it stays for the next time. */
async function fromPlaywright() {
  const { chromium } = await playwright();
  const path = chromium.executablePath();
  if (existsSync(path)) return path;
  console.error("tests: no browser here; downloading Chromium (playwright install, about 150 MB) …");
  await run(process.execPath, [bin("playwright-core"), "install", "chromium"], { timeout: 600_000 });
  return path;
}

async function playwright() {
  await install();
  return (await tool("playwright-core")).default;
}

let found;

/** Resolves to `{ path, version }` of a browser, or to `{ reason }` why there is none. Asked once per process. */
export function findBrowser() {
  found ??= find().catch((error) => ({ reason: `there is no browser: ${error.message.split("\n", 2).join(": ")}` }));
  return found;
}

async function find() {
  const path = installed() ?? (await fromDebian()) ?? (await fromPlaywright());
  return { path, version: version(path) };
}

function version(path) {
  // Chrome on Windows opens a window when it is asked for its version.
  if (process.platform === "win32") return undefined;
  return execFileSync(path, ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
}

/** Starts the browser without a window; playwright's `Browser`. Whoever starts it closes it. */
export async function launch() {
  const { path, reason } = await findBrowser();
  if (!path) throw new Error(reason);
  const { chromium } = await playwright();
  return chromium.launch({ executablePath: path, headless: true, args: flags });
}
