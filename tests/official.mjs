// `npm run official`: the sandbox against the official CLI, the official MCP server and other clients, with a line for each.
import { install } from "./official/harness.mjs";
import { tryCli } from "./official/cli.mjs";

await install();
let failed = 0;
await tryCli(({ title, ms, error, printed }) => {
  console.log(`${error ? "✖" : "✔"} supabase ${title} (${(ms ?? 0).toFixed(0)} ms)`);
  if (!error) return;
  failed++;
  console.log(
    `  ${error.message.split("\n").slice(0, 6).join("\n  ")}\n  ${(printed ?? "").trim().split("\n").slice(-6).join("\n  ")}`,
  );
});
process.exitCode = failed > 0 ? 1 : 0;
