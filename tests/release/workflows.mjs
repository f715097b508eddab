// What must hold for a workflow of GitHub Actions, so that anyone can read it and nobody has to trust it.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { install, root } from "../../pkg/build/install.mjs";
import { recipe, recipes } from "../deploy/recipes.mjs";

const folder = join(root, ".github", "workflows");

/** Names and texts of all workflows. */
export const workflows = () => readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), "utf8")]);

/** The steps of all jobs. The recipes have workflows, too, and a parser for them. */
export async function stepsOf(text) {
  await install(recipes, "tests/recipes: installing what the tests of the recipes use (npm ci, once) …");
  const { parse } = createRequire(recipe("package.json"))("yaml");
  return Object.values(parse(text).jobs).flatMap(({ steps }) => steps);
}

/** @param scripts those of package.json, by name */
export async function faultsOfWorkflow(text, scripts) {
  const faults = [];
  for (const { uses, run } of await stepsOf(text)) {
    if (uses && !/@v\d+(\.\d+)*$/.test(uses)) faults.push(`${uses} is no version of an action`);
    if (uses && !text.includes(`uses: ${uses} # `)) faults.push(`${uses} has no comment that says what it does`);
    for (const [, script] of run?.matchAll(/\bnpm (?:run )?([\w:-]+)/g) ?? []) {
      if (!Object.hasOwn(scripts, script)) faults.push(`there is no script "${script}"`);
    }
    // What is put into a script by an expression runs as a part of it, and texts of strangers would run with it.
    if (run?.includes("${{")) faults.push(`an expression is put into a script: ${run}`);
  }
  if (/\bsecrets\./.test(text)) faults.push("it uses a secret: registries trust the workflow itself");
  if (!/^permissions:\n {2}contents: read$/m.test(text)) faults.push("it does not say that it only reads");
  return faults;
}
