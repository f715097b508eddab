// `npm run fleet`: a fleet of 1,000 projects in workerd, which is killed in between. What it prints is what the paper of
// tests/fleet-worker/README.md says of it. `-- --projects 200 --organizations 2 --kills 3` is a smaller one.
import { parseArgs } from "node:util";
import { build } from "../pkg/build.mjs";
import { drive, judge } from "./fleet/drive.mjs";

/** How many calls the operation makes for a project that nothing happens to. */
const callsOfEach = 4;

const options = {
  projects: { type: "string", default: "1000" },
  organizations: { type: "string", default: "2" },
  kills: { type: "string", default: "6" },
  faults: { type: "string", default: "20" },
};
const given = parseArgs({ options }).values;
const [projects, organizations, kills, faults] = Object.keys(options).map((name) => Number(given[name]));

await build({ quiet: true });
const say = (text) => console.error(text);
const figures = await drive({ projects, organizations, kills, faults, rateLimit: 120, timeoutMs: 1_800_000, say });
judge(figures, kills);
const { seconds, counts } = figures;
for (const [label, value] of [
  ["projects", projects],
  ["organizations, whose limit their projects share", organizations],
  ["kills of the whole runtime (SIGKILL)", kills],
  ["answers lost after the work was done", counts.lost],
  ["seconds, kills and restarts included", seconds.toFixed(0)],
  ["requests that reached the API", counts.requests],
  ["of these, repeated after a kill or a lost answer", counts.requests - callsOfEach * projects],
  ["requests that create a key", counts.creations],
  ["projects with exactly one key", figures.keys.filter((count) => count === 1).length],
  ["answers 429", counts.refusals],
]) {
  console.log(`${label.padEnd(50)}${value.toLocaleString("en").padStart(8)}`);
}
