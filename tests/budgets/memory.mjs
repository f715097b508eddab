// A program: the soak of a folder's own tests against the folder's own build, printed as JSON. It has a process of its own,
// as what else lies in the heap must not be counted. Arguments: the folder, how many calls, the seed.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, calls, seed] = process.argv.slice(2);
const { soak } = await import(pathToFileURL(join(folder, "tests", "faults", "soak.mjs")).href);
const { settled, unsettled, unhandled, outcomes, quarters } = await soak({ calls: Number(calls), seed: Number(seed) });
console.log(
  JSON.stringify({ settled, unsettled, unhandled: unhandled.length, foreign: outcomes.foreign ?? 0, quarters }),
);
