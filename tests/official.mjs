// `npm run official`: the sandbox against the official CLI, the official MCP server and two other clients, with a line for
// each thing that was tried. `-- cli`, `-- mcp`, `-- sdks`, `-- deploy` or `-- config` try only that; `-- --write` writes the table of the guide.
import { build } from "../pkg/build.mjs";
import { writeTable } from "./document-tables.mjs";
import { tryCli } from "./official/cli.mjs";
import { tryConfig } from "./official/config.mjs";
import { tryDeploy } from "./official/deploy.mjs";
import { install } from "./official/harness.mjs";
import { tryMcp } from "./official/mcp.mjs";
import { trySdks } from "./official/sdks.mjs";

const parts = { cli: tryCli, mcp: tryMcp, sdks: trySdks, deploy: tryDeploy, config: tryConfig };
const names = {
  cli: "supabase ",
  mcp: "MCP tool ",
  sdks: "",
  deploy: "deploy as the CLI does: ",
  config: "config as the CLI does: ",
};
const asked = process.argv.slice(2);

/** The last lines of what was printed. */
const tail = (text, count) => text.trim().split("\n").slice(-count).join("\n    ");

await build({ quiet: true });
await install();
/** Titles of what passed, by part. */
const shown = { cli: [], mcp: [], sdks: [], deploy: [], config: [] };
let [passed, failed] = [0, 0];
for (const [part, run] of Object.entries(parts)) {
  if (asked.some((word) => word in parts) && !asked.includes(part)) continue;
  await run(({ title, error, printed = "" }) => {
    console.log(`${error ? "✖" : "✔"} ${names[part]}${title}`);
    if (error) failed++;
    else passed++;
    if (!error) shown[part].push(title);
    if (error) console.log(`    ${error.message.split("\n").slice(0, 8).join("\n    ")}\n    ${tail(printed, 8)}`);
  });
}

if (failed === 0 && asked.includes("--write")) writeTable("official", tableOf());

/** What was tried, as the guide has it: the commands by the word that they begin with. */
function tableOf() {
  const groups = new Map();
  for (const title of shown.cli) {
    const [word] = title.split(" ");
    groups.set(word, [...(groups.get(word) ?? []), `\`${title}\``]);
  }
  const rows = [...groups].map(([word, titles]) => [`supabase ${word}`, [...new Set(titles)].join(", ")]);
  rows.push([
    "MCP server",
    [...new Set(shown.mcp.filter((title) => !title.includes(" ")))].map((name) => `\`${name}\``).join(", "),
  ]);
  for (const name of ["supabase-management-js", "openapi-fetch"]) {
    const steps = shown.sdks.filter((title) => title.startsWith(name)).map((title) => title.slice(name.length + 2));
    rows.push([name, steps.map((step) => `\`${step}\``).join(", ")]);
  }
  const table = [["tool", "what it did"], ["---", "---"], ...rows];
  return table.map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
