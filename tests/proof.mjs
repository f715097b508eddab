// `npm run proof`: everything that proves how calls behave when things go wrong, in one command. Each program prints
// what it has gone through as `proof: NAME: NUMBER UNIT`; here these lines become a table, and no number is our own.
// `npm run proof -- --calls 100000` makes the soak shorter.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs, stripVTControlCharacters } from "node:util";
import { build } from "../pkg/build.mjs";
import { root } from "../pkg/build/install.mjs";

const { calls } = parseArgs({ options: { calls: { type: "string", default: "1000000" } } }).values;
const tests = readdirSync(join(root, "tests"))
  .filter((name) =>
    /^(rust-face|faults|concurrency|redaction|fuzz|secrets|hostile|sandbox-server).*\.test\.js$/.test(name),
  )
  .sort();
const line = /^\W*proof: (?<name>[^:]+): (?<count>\d+) (?<unit>.+)$/gm;
const rows = [];
const failed = [];

/** Runs a program, shows what it prints, and collects the lines that count. */
async function prove(name, args, command = process.execPath) {
  const begun = performance.now();
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, FAULTS: "all", KILLS: "200", CALLS: "100000", FORCE_COLOR: "0" },
  });
  let output = "";
  for (const stream of ["stdout", "stderr"]) {
    child[stream].setEncoding("utf8").on("data", (text) => {
      output += text;
      process.stderr.write(text);
    });
  }
  const code = await new Promise((resolve) => child.on("error", () => resolve(1)).on("close", resolve));
  if (code !== 0) failed.push(name);
  const seconds = Math.round((performance.now() - begun) / 1000);
  const found = [...stripVTControlCharacters(output).matchAll(line)].map(({ groups }) => groups);
  for (const { name, count, unit } of found) rows.push([name, Number(count), unit, `${seconds} s`]);
  return found;
}

await build({ quiet: true });
for (const name of tests) await prove(name, ["--test", "--test-reporter=spec", join("tests", name)]);
await prove("fuzz.rs", ["test", "--test", "fuzz"], "cargo");
await prove("soak", ["tests/soak.mjs", "--calls", calls]);

const cells = rows.map(([name, count, unit, time]) => [name, `${count.toLocaleString("en")} ${unit}`, time]);
const widths = [0, 1].map((at) => Math.max(...cells.map((row) => row[at].length)));
console.log("");
for (const [name, count, time] of cells)
  console.log(`${name.padEnd(widths[0])}  ${count.padStart(widths[1])}  (all of its file: ${time})`);
if (rows.length === 0) failed.push("nothing was counted");
for (const name of failed) console.log(`FAILED: ${name}`);
process.exitCode = failed.length > 0 ? 1 : 0;
