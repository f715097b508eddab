#!/usr/bin/env node
// `npx supabase-management-wasm sandbox`: the sandbox as a server, for every client there is.
import { readFileSync } from "node:fs";
import { parseArguments, usage } from "./sandbox/arguments.js";
import { serve } from "./sandbox/server.js";

function version() {
  return JSON.parse(readFileSync(new URL("./package.json", import.meta.url), "utf8")).version;
}

const { command, options, fault } = parseArguments(process.argv.slice(2));
if (fault) {
  console.error(`${fault}\n\n${usage}`);
  process.exitCode = 2;
} else if (command === "help") {
  process.stdout.write(usage);
} else if (command === "version") {
  console.log(version());
} else {
  await serve(options).catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
}
