// `npm run fuzz -- --seconds 3600`: tries the properties of tests/fuzz.rs and tests/fuzz.test.js for that long, side by
// side, then those of tests/web/sequences.rs for a tenth of it, and prints how many cases each had. `SEED` may be set, as
// for the tests.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { build } from "../pkg/build.mjs";
import { root } from "../pkg/build/install.mjs";
import { prepareTools } from "../pkg/build/tools.mjs";

const { values } = parseArgs({ options: { seconds: { type: "string", default: "600" } } });
if (!/^\d+$/.test(values.seconds)) throw new Error("--seconds is a whole number");

const total = new Map();

/** Runs a part, and shows what it proved and what failed. */
async function part(name, command, args, more) {
  const env = { ...process.env, FUZZ_SECONDS: values.seconds, FORCE_COLOR: "0", ...more };
  const options = { cwd: root, env, shell: process.platform === "win32", stdio: ["ignore", "pipe", "pipe"] };
  const child = spawn(command, args, options);
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      const [, property, count] = /proof: (.*): (\d+) cases/.exec(line) ?? [];
      if (property) total.set(`${name}: ${property}`, Number(count));
      console.log(`${name}  ${line}`);
    });
  }
  const code = await new Promise((resolve) => {
    child.on("error", () => resolve(1));
    child.on("close", resolve);
  });
  if (code !== 0) process.exitCode = 1;
}

await build({ quiet: true });
console.log(`trying properties for ${values.seconds} s …`);
await Promise.all([
  part("native", "cargo", ["test", "--test", "fuzz"]),
  part("node  ", process.execPath, ["--test", "--test-reporter=spec", "tests/fuzz.test.js"]),
]);
await part(
  "rust  ",
  "cargo",
  ["test", "--target", "wasm32-unknown-unknown", "--test", "web", "sequences", "--", "--nocapture"],
  {
    ...(await prepareTools({ quiet: true })),
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: "wasm-bindgen-test-runner",
    FUZZ_SECONDS: `${Math.ceil(values.seconds / 10)}`,
  },
);
let cases = 0;
for (const [property, count] of total) {
  console.log(`proof: ${property}: ${count} cases`);
  cases += count;
}
console.log(`proof: ${total.size} properties: ${cases} cases${process.exitCode ? ", AND SOMETHING FAILED" : ""}`);
