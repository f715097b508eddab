#!/usr/bin/env node
// The command line: `npx supabase-management-wasm sandbox` and `npx supabase-management-wasm deploy`.
import { readFileSync } from "node:fs";

/** Each command: how its options are read, and how it runs. Only the one that is asked for is loaded. */
const commands = {
  sandbox: {
    arguments: () => import("./sandbox/arguments.js"),
    run: async (options) => (await import("./sandbox/server.js")).serve(options),
  },
  deploy: {
    arguments: () => import("./deploy/arguments.js"),
    run: async (options) => (await import("./deploy/command.js")).deploy(options),
  },
};

const usage = `Usage: supabase-management-wasm <command> [options]

Commands:
  sandbox    serve the Supabase Management API from an account on this machine
  deploy     bring a Supabase project to what a folder says

supabase-management-wasm <command> --help tells the options of a command.
`;

function version() {
  return JSON.parse(readFileSync(new URL("./package.json", import.meta.url), "utf8")).version;
}

/** Resolves to the code to end with; undefined while a server goes on. */
async function main(args) {
  const at = args.findIndex((word) => !word.startsWith("-"));
  const name = args[at];
  const command = Object.hasOwn(commands, name ?? "") ? commands[name] : undefined;
  if (at !== 0 && args.some((word) => /^(-h|--help)$/.test(word))) return print(usage);
  if (at !== 0 && args.includes("--version")) return print(`${version()}\n`);
  if (!command) return wrong(name === undefined ? "a command is missing" : `there is no command "${name}"`, usage);
  const { parse, usage: own } = await command.arguments();
  const { command: asked, options, fault } = parse([...args.slice(0, at), ...args.slice(at + 1)]);
  if (fault) return wrong(fault, own);
  if (asked) return print(asked === "help" ? own : `${version()}\n`);
  return command.run(options);
}

function print(text) {
  process.stdout.write(text);
  return 0;
}

function wrong(fault, usage) {
  console.error(`${fault}\n\n${usage}`);
  return 2;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
