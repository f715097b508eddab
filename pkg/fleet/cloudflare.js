// One operation over more projects than one machine holds: on Cloudflare, one workflow for each project.
import { callable, isObject, kind, readOptions, text, wrong } from "./checks.js";
import { bucketObject } from "./cloudflare/bucket.js";
import { consume } from "./cloudflare/consumer.js";
import { runObject } from "./cloudflare/run.js";
import { projectsOf, reportOf, startRun, stopRun } from "./cloudflare/start.js";
import { projectWorkflow } from "./cloudflare/workflow.js";

/** What the bindings are called in the configuration of the worker, unless a fleet says otherwise. */
const usual = { workflow: "FLEET_WORKFLOW", queue: "FLEET_QUEUE", run: "FLEET_RUN", bucket: "FLEET_BUCKET" };

const rules = {
  operation: callable,
  client: callable,
  bindings: { expected: "object", fits: isObject },
};

export function defineFleet(definition) {
  const { operation, client, bindings: named } = readOptions("defineFleet", definition ?? null, rules, "definition");
  for (const [name, value] of Object.entries({ operation, client })) {
    if (value === undefined) throw wrong("defineFleet", `definition.${name}`, callable.expected, kind(value));
  }
  const names = Object.fromEntries(Object.keys(usual).map((name) => [name, text]));
  const bindings = { ...usual, ...readOptions("defineFleet", named, names, "definition.bindings") };
  const own = { operation, client, bindings };
  return {
    workflow: (Base) => projectWorkflow(Base, own),
    run: (Base) => runObject(Base, own),
    bucket: (Base) => bucketObject(Base),
    queue: (batch, env) => consume(batch, env, own),
    start: (env, options) => startRun(env, options, own),
    stop: (env, run) => stopRun(env, run, own),
    report: (env, run) => reportOf(env, run, own),
    projects: (env, run, options) => projectsOf(env, run, options, own),
  };
}
