// `npm test`: everything, one step after the other, as a machine has two cores these days. Each step installs what it
// needs. The last line counts what ran; what could not run here is named right before it. Properties begin at the same
// `SEED` each time, so that a change is judged by itself; `npm run fuzz` and `npm run proof` begin where nobody has been.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root } from "../pkg/build/install.mjs";
import { prepareTools } from "../pkg/build/tools.mjs";
import { buildPage } from "../www/build.mjs";
import { findBrowser } from "./browser.js";

const windows = process.platform === "win32";
const total = { passed: 0, failed: 0, skipped: 0 };
const notes = [];
/** What the runners said of the tests that failed: printed again at the end, as a log is often kept by its last lines. */
const failures = [];
/** The same of those that passed when they ran again by themselves. */
const flaky = [];
const begun = Date.now();

/** What the runners say of themselves. */
const closings = [
  {
    pattern: /^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored/gm,
    order: ["passed", "failed", "skipped"],
  },
  { pattern: /^ℹ pass (\d+)$/gm, order: ["passed"] },
  { pattern: /^ℹ (?:fail|cancelled) (\d+)$/gm, order: ["failed"] },
  { pattern: /^ℹ skipped (\d+)$/gm, order: ["skipped"] },
  { pattern: /^(\d+) passed, (\d+) failed$/gm, order: ["passed", "failed"] },
];

function spent(since) {
  return `${((Date.now() - since) / 1000).toFixed(0)} s`;
}

/** Runs a command, shows what it prints, and resolves to that and to its exit code. */
async function run(command, args, env) {
  const options = {
    cwd: root,
    env: { SEED: "1", ...process.env, FORCE_COLOR: "0", ...env },
    shell: windows,
    stdio: ["ignore", "pipe", "pipe"],
  };
  const child = spawn(command, args, options);
  let output = "";
  for (const stream of ["stdout", "stderr"]) {
    child[stream].setEncoding("utf8").on("data", (text) => {
      output += text;
      process[stream].write(text);
    });
  }
  const code = await new Promise((resolve) => {
    child.on("error", () => resolve(1));
    child.on("close", resolve);
  });
  return { code, output: stripVTControlCharacters(output) };
}

/** Runs a command and counts what its runner counted; a command without a runner is a check of its own. */
async function step(name, command, args, { env, counts = true } = {}) {
  console.log(`\n=== ${name}: ${[command, ...args].join(" ")}`);
  const start = Date.now();
  let { code, output } = await run(command, args, env);
  const seen = count(output, counts);
  if (code !== 0 && seen.failed === 0) seen.failed = 1;
  if (code !== 0 && (await holdsAlone(name, output))) {
    seen.passed += seen.failed;
    seen.failed = 0;
    code = 0;
  }
  if (code === 0 && !counts) seen.passed = 1;
  // A runner that found nothing to run has not shown anything.
  if (code === 0 && counts && seen.passed + seen.skipped === 0) seen.failed = 1;
  for (const key in total) total[key] += seen[key];
  if (seen.failed > 0) failures.push(`${name}:\n${failuresIn(stripVTControlCharacters(output))}`);
  for (const [, skipped, reason] of output.matchAll(/^\s*﹣ (.*?) \([\d.]+ms\) # (.*)$/gm))
    notes.push(`${skipped}: ${reason}`);
  for (const [line] of output.matchAll(/^.*\bSKIPPED\b.*$/gm)) notes.push(line.trim());
  console.log(
    `=== ${name}: ${code === 0 ? "ok" : "FAILED"}, ${seen.passed} passed, ${seen.failed} failed, ${spent(start)}`,
  );
}

/** More files than this that fail at once are no matter of chance. */
const MOST_RUN_AGAIN = 3;

/**
 * Whether the test files that failed beside others pass by themselves. A browser or a clock that had to wait for its turn on a busy machine does
 * not fail a change; that it happened is told at the end, with what failed.
 */
async function holdsAlone(name, output) {
  const failed = failuresIn(output);
  const files = [...new Set(Array.from(failed.matchAll(/^test at (\S+\.test\.js):\d+/gm), ([, file]) => file))];
  if (files.length === 0 || files.length > MOST_RUN_AGAIN) return false;
  const args = ["--test", "--test-reporter=spec", "--test-concurrency=1", ...files];
  console.log(`\n=== ${name}, once more by itself: ${[process.execPath, ...args].join(" ")}`);
  const { code } = await run(process.execPath, args);
  if (code !== 0) return false;
  notes.push(`FLAKY: ${files.join(", ")} failed beside others and passed by itself`);
  flaky.push(`${name}:\n${failed}`);
  return true;
}

function count(output, counts) {
  const seen = { passed: 0, failed: 0, skipped: 0 };
  if (!counts) return seen;
  for (const { pattern, order } of closings) {
    for (const [, ...numbers] of output.matchAll(pattern))
      for (const [at, key] of order.entries()) seen[key] += Number(numbers[at]);
  }
  return seen;
}

/** What failed, in the words of the runner: its own list at the end where it has one, else its last lines. */
function failuresIn(output) {
  const lines = output.split("\n");
  const list = lines.findIndex((line) => /^✖ failing tests:|^failures:$/.test(line));
  if (list >= 0) return lines.slice(list + 1, list + 81).join("\n");
  const marked = lines.filter((line) => /^\s*✖|^error|\bFAILED\b/.test(line));
  return (marked.length > 0 ? marked.slice(0, 40) : lines.slice(-40)).join("\n");
}

const tests = readdirSync(join(root, "tests"))
  .filter((name) => name.endsWith(".test.js"))
  .sort();
// The longest by themselves: they start runtimes and bundlers, two at a time, or compile for minutes.
const documentation = ["docs.test.js", "docs-reference.test.js", "docs-site.test.js", "docs-start.test.js"];
const alone = [...documentation, "runtimes.test.js", "wasm-pack.test.js", "proxy-recipes.test.js"];
// Those of the page start a browser each.
const ofPage = tests.filter((name) => /^page(-.*)?\.test\.js$/.test(name));
const path = (name) => join("tests", name);
// Where nobody looks, Node 20 would report in another form than later versions.
const node = (names, ...flags) => [process.execPath, ["--test", "--test-reporter=spec", ...flags, ...names.map(path)]];

try {
  console.log("=== build");
  await buildPage();
  total.passed++;
  const tools = await prepareTools({ quiet: true });
  const wasm = { ...tools, CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: "wasm-bindgen-test-runner" };
  const onWasm = ["test", "--target", "wasm32-unknown-unknown"];
  await step("Rust", "cargo", ["test", "--workspace", "--no-fail-fast", "--features", "supabase-management-wasm/time"]);
  await step("Rust in Node", "cargo", [...onWasm, "--test", "web"], { env: wasm });
  const browser = await findBrowser();
  const driver = browser.path ? await findDriver() : undefined;
  if (driver)
    await step("Rust in Chromium", "cargo", [...onWasm, "--test", "web_browser"], {
      // Seconds for all tests of the page: by default it has twenty.
      env: { ...wasm, CHROMEDRIVER: driver, WASM_BINDGEN_TEST_TIMEOUT: "180" },
    });
  else notes.push(`Rust in Chromium: ${browser.reason ?? "there is no chromedriver on PATH"}`);
  await step("JavaScript", ...node(tests.filter((name) => ![...alone, ...ofPage].includes(name))));
  await step("wasm-pack", ...node(["wasm-pack.test.js"]));
  await step("page", ...node(ofPage, "--test-concurrency=2"));
  await step("documentation", ...node(documentation));
  await step("recipes of the proxy", ...node(["proxy-recipes.test.js"]));
  await step("packed package", ...node(["runtimes.test.js"]));
  await step("official tools", process.execPath, ["tests/official.mjs"]);
  await step("size", process.execPath, ["tests/size.mjs"], { counts: false });
  await step("lint", "npm", ["run", "--silent", "lint"], { counts: false });
} catch (error) {
  console.error(error);
  total.failed++;
}

async function findDriver() {
  const found = await new Promise((resolve) => {
    const child = spawn(windows ? "where" : "which", ["chromedriver"], { stdio: ["ignore", "pipe", "ignore"] });
    let output = "";
    child.stdout.on("data", (text) => (output += text));
    child.on("error", () => resolve(""));
    child.on("close", () => resolve(output));
  });
  return found.split("\n")[0].trim() || undefined;
}

for (const failure of flaky) console.log(`\n=== what failed, and passed by itself, in ${failure}`);
for (const failure of failures) console.log(`\n=== what failed in ${failure}`);
console.log(`\nnpm test took ${spent(begun)}`);
for (const note of new Set(notes)) console.log(note.startsWith("FLAKY") ? note : `did not run here: ${note}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
