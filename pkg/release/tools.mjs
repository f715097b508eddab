// The programs that check a release, each in one version, installed under target/ when a step asks for them.
import { ensureTool, prepareTools } from "../build/tools.mjs";
import { plain } from "./crates.mjs";

const tools = {
  "cargo-deny": { version: "0.20.2", args: ["--version"], duration: "five minutes" },
  "cargo-cyclonedx": { version: "0.5.9", args: ["cyclonedx", "--version"], duration: "two minutes" },
  "cargo-semver-checks": { version: "0.51.0", args: ["--version"], duration: "fifteen minutes" },
};

/** Resolves to the environment in which cargo finds the tool. */
export async function prepare(name) {
  const env = { ...(await prepareTools({ quiet: true })), ...plain };
  const { version, args, duration } = tools[name];
  const tool = { command: name, args, crate: name, version, flags: ["--locked"], duration };
  await ensureTool(tool, { env, quiet: true });
  return env;
}
