// The commands in the shell blocks of the documents, compared with what there is: the scripts of this repository, the commands and
// options of the package, and names of other programs.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../pkg/build/install.mjs";

const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const packages = ["supabase-management-wasm", "@electric-sql/pglite", "@electric-sql/pglite-socket"];

/** Programs that the reader has, or installs by the line before; what they are told is theirs. */
const others = /^(?:cd|cp|curl|deno run|docker|echo|git|mkdir|node|wasm-pack build|npx wrangler|npm init|rustup)\b/;

const usages = new Map();
const usageOf = (command) => {
  if (!usages.has(command)) {
    const args = [join(root, "pkg", "cli.js"), command, "--help"];
    usages.set(command, execFileSync(process.execPath, args, { encoding: "utf8" }));
  }
  return usages.get(command);
};

function ownCommand(words) {
  const [command, ...rest] = words;
  if (!["sandbox", "deploy"].includes(command)) return `the package has no command ${command}`;
  const options = rest.filter((word) => word.startsWith("--")).map((word) => word.split("=")[0]);
  const unknown = options.find((option) => !new RegExp(`^ +(?:-\\w, )?${option}\\b`, "m").test(usageOf(command)));
  return unknown && `${command} has no option ${unknown}`;
}

function installed(names) {
  const unknown = names
    .filter((name) => !name.startsWith("-"))
    .find((name) => !packages.includes(name.replace(/^npm:/, "")));
  return unknown && `nobody knows the package ${unknown}`;
}

function faultOf(line) {
  const words = line.split(/\s+/);
  const [first, second, third] = words;
  if (first === "export" || others.test(line)) return undefined;
  if (first === "npx" && second === "supabase-management-wasm") return ownCommand(words.slice(2));
  if (first === "npm" && ["install", "i"].includes(second)) return installed(words.slice(2));
  if (["cargo", "deno"].includes(first) && second === "add") return installed(words.slice(2));
  if (first === "npm" && (second === "start" || second === "test")) return undefined;
  if (first === "npm" && second === "run") return scripts[third] ? undefined : `there is no script ${third}`;
  return `what is ${first}?`;
}

/** What is wrong with the commands of a block, line by line. */
export function unknownCommands(code) {
  return code
    .replaceAll("\\\n", " ")
    .split("\n")
    .map((line) =>
      line
        .replace(/(?:^|\s)#.*$/, "")
        .replace(/^(?:\w+=\S*\s+)+/, "")
        .trim(),
    )
    .filter(Boolean)
    .flatMap((line) => faultOf(line) ?? []);
}
