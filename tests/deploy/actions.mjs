// What GitHub Actions does with the steps of a workflow that have a `run`, as far as the recipes ask for it: expressions, environment,
// shell, summary. What an action does (`uses`) is there already: the files of a repository, and Node.
import assert from "node:assert/strict";
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { packTarball } from "../pack.js";
import { npm, start } from "../runtimes/harness/run.mjs";
import { recipe } from "./recipes.mjs";

/** A repository with the folder of the recipes, the script of the previews, and the packed package among its dependencies. */
export async function workspace(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  copyFileSync(await packTarball(), join(folder, "package.tgz"));
  copyFileSync(recipe("preview-branch.js"), join(folder, "preview-branch.js"));
  cpSync(recipe("supabase"), join(folder, "supabase"), { recursive: true });
  const devDependencies = { "supabase-management-wasm": "file:package.tgz" };
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "blog", private: true, type: "module", devDependencies }),
  );
  await npm(["install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder });
  return folder;
}

/**
 * Runs the jobs of a workflow whose `if` holds, one step after the other, until one fails.
 * @param contexts `github`, `secrets` and `vars`, as expressions see them
 * @param more environment that the runner has
 */
export async function runSteps(file, cwd, contexts, more) {
  const { parse } = createRequire(recipe("package.json"))("yaml");
  const workflow = parse(readFileSync(file, "utf8"));
  assert.ok(Object.hasOwn(workflow.on, contexts.github.event_name), `${file} is not for ${contexts.github.event_name}`);
  const summaryFile = join(cwd, "summary.md");
  rmSync(summaryFile, { force: true });
  const environment = (given = {}) =>
    Object.fromEntries(Object.entries(given).map(([name, text]) => [name, filled(text, contexts)]));
  const result = { jobs: [], code: 0, output: "" };
  for (const [name, job] of Object.entries(workflow.jobs)) {
    if (job.if !== undefined && !holds(job.if, contexts)) continue;
    result.jobs.push(name);
    for (const step of job.steps.filter(({ run }) => run !== undefined)) {
      // What is put into a script by an expression runs as a part of it: texts of strangers must come by the environment.
      assert.doesNotMatch(step.run, /\$\{\{/);
      const env = {
        ...environment(workflow.env),
        ...environment(job.env),
        ...environment(step.env),
        ...more,
        CI: "true",
        GITHUB_STEP_SUMMARY: summaryFile,
      };
      const strict =
        (step.shell ?? workflow.defaults?.run?.shell) === "bash"
          ? ["--noprofile", "--norc", "-eo", "pipefail"]
          : ["-e"];
      const child = start("bash", [...strict, "-c", step.run], { cwd, env });
      const { code } = await child.ended;
      result.output += child.output;
      if (code !== 0) return { ...result, code };
    }
  }
  return { ...result, summary: existsSync(summaryFile) ? readFileSync(summaryFile, "utf8") : "" };
}

/** The value of `github.event.number`. */
function valueIn(expression, contexts) {
  const value = expression.split(".").reduce((holder, name) => holder?.[name], contexts);
  assert.notEqual(value, undefined, `there is no ${expression}`);
  return value;
}

const filled = (text, contexts) =>
  String(text).replace(/\$\{\{\s*([\w.]+)\s*\}\}/g, (_, expression) => String(valueIn(expression, contexts)));

/** Comparisons of a value with a text or another value, joined by `&&`. They end at the first that fails. */
const holds = (condition, contexts) =>
  condition.split("&&").every((part) => {
    const [, left, text, right] =
      /^\s*([\w.]+) == (?:'([^']*)'|([\w.]+))\s*$/.exec(part) ?? assert.fail(`unknown condition: ${part}`);
    return valueIn(left, contexts) === (text ?? valueIn(right, contexts));
  });
