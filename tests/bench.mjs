// `npm run bench`: us and our rivals at the same work, in one run. Prints the table of the README and which of our marks
// we reach; `npm run bench -- --write` also puts the table there.
import { existsSync, readFileSync } from "node:fs";
import { build } from "../pkg/build.mjs";
import { forNode } from "./bench/bundle.mjs";
import { clients as known } from "./bench/clients.mjs";
import { measured } from "./bench/measured.mjs";
import { compare, race } from "./bench/race.mjs";
import { checkMark, marks, table } from "./bench/report.mjs";
import { generate, install as installRivals } from "./bench/rivals.mjs";
import { measureSizes } from "./bench/sizes.mjs";
import { descriptionFiles } from "./descriptions.mjs";
import { writeTable } from "./document-tables.mjs";
import { install } from "./runtimes/harness/install.mjs";

const [description] = descriptionFiles;

await build({ quiet: true });
await install();
await installRivals();
const described = existsSync(description);
if (described) await generate(description);
else console.log("hey-api AND orval WERE SKIPPED: THERE IS NO ../shared/api/openapi.json AND $OPENAPI NAMES NONE");
const clients = known.filter(({ generated }) => described || !generated);

console.error("sizes …");
const counts = await counted();
const sizes = await measureSizes(clients);

const files = {};
for (const client of clients) files[client.id] = await forNode(client);
const paths = Object.entries(files).flat();

// Each process has its own luck with the engine's decisions.
const runs = { small: [], large: [], noEval: [], check: [] };
for (let count = 1; count <= 5; count++) {
  console.error(`calls, ${count} of 5 …`);
  runs.small.push(await measured([], "speed.mjs", "small", ...paths));
  runs.large.push(await measured([], "speed.mjs", "large", ...paths));
  runs.noEval.push(await measured(["--disallow-code-generation-from-strings"], "speed.mjs", "large", ...paths));
  runs.check.push(await measured([], "check.mjs"));
}

console.error("imports and first calls …");
const starts = [];
const tasks = Object.entries(files).map(([id, file]) => [id, () => measured([], "start.mjs", file)]);
for (let count = 1; count <= 15; count++) starts.push(await race(Object.fromEntries(tasks), { rounds: 1, warmUp: 0 }));

const results = {
  sizes,
  small: compare(runs.small, "bare"),
  large: compare(runs.large, "JSON.parse"),
  noEval: compare(runs.noEval, "JSON.parse"),
  check: compare(runs.check, "JSON.parse"),
  start: compare(starts, "bare"),
};
const parsed = results.large["JSON.parse"].ms.toFixed(2);
const caption = `Node ${process.versions.node}; \`JSON.parse\` of the 200 KB takes ${parsed} ms${counts}.`;
const text = `${table(clients, results)}\n${caption}\n`;
console.log(text);
for (const line of marks(results)) console.log(line);
if (process.argv.includes("--write")) writeTable("bench", text);
if (results.check.check.times > checkMark) process.exitCode = 1;

/** What sizes are to be seen with. */
async function counted() {
  if (!described) return "";
  const { SupabaseManagement } = await import("../pkg/index.js");
  const methods = Object.values(new SupabaseManagement({ accessToken: "sbp_bench" })).flatMap(Object.keys);
  const operations = Object.values(JSON.parse(readFileSync(description, "utf8")).paths).flatMap(Object.keys);
  return `; ${operations.length} operations are described, this client has ${methods.length} methods`;
}
