// `npm run official`: the sandbox against the official CLI, the official MCP server and two other clients, with a line for
// each thing that was tried. `-- cli`, `-- mcp` or `-- sdks` try only that.
import { tryCli } from "./official/cli.mjs";
import { install } from "./official/harness.mjs";
import { tryMcp } from "./official/mcp.mjs";
import { trySdks } from "./official/sdks.mjs";

const parts = { cli: tryCli, mcp: tryMcp, sdks: trySdks };
const names = { cli: "supabase ", mcp: "MCP tool ", sdks: "" };
const asked = process.argv.slice(2);

/** The last lines of what was printed. */
const tail = (text, count) => text.trim().split("\n").slice(-count).join("\n    ");

await install();
let [passed, failed] = [0, 0];
for (const [part, run] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(part)) continue;
  await run(({ title, error, printed = "" }) => {
    console.log(`${error ? "✖" : "✔"} ${names[part]}${title}`);
    if (error) failed++;
    else passed++;
    if (error) console.log(`    ${error.message.split("\n").slice(0, 8).join("\n    ")}\n    ${tail(printed, 8)}`);
  });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
