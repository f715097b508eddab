// The worker of tests/fleet-worker in a process of its own, which can be killed: node serve.mjs SCRIPT CONFIG FOLDER ADDRESS
// Its state lies in the folder. It says its address when it is up.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tool } from "../runtimes/harness/install.mjs";

const [, , script, config, folder, api] = process.argv;
const { compatibility_date, workflows, durable_objects, queues } = JSON.parse(readFileSync(config, "utf8"));
const byName = (list, entry) => Object.fromEntries(list.map(entry));

const { Log, LogLevel, Miniflare } = await tool("miniflare");
const miniflare = new Miniflare({
  // It would ask a server of Cloudflare where we are.
  cf: false,
  log: new Log(LogLevel.WARN),
  modules: true,
  modulesRules: [
    { type: "ESModule", include: ["**/*.js", "**/*.mjs"] },
    { type: "CompiledWasm", include: ["**/*.wasm"] },
  ],
  scriptPath: script,
  modulesRoot: dirname(script),
  compatibilityDate: compatibility_date,
  bindings: { SUPABASE_ACCESS_TOKEN: "sbp_fleet", SUPABASE_API_URL: api, FLEET_PASSWORD: "operator" },
  workflows: byName(workflows, ({ binding, name, class_name }) => [binding, { name, className: class_name }]),
  durableObjects: byName(durable_objects.bindings, ({ name, class_name }) => [
    name,
    { className: class_name, useSQLite: true },
  ]),
  queueProducers: byName(queues.producers, ({ binding, queue }) => [binding, queue]),
  queueConsumers: byName(queues.consumers, ({ queue, max_batch_size, max_batch_timeout, max_retries }) => [
    queue,
    { maxBatchSize: max_batch_size, maxBatchTimeout: max_batch_timeout, maxRetries: max_retries },
  ]),
  durableObjectsPersist: join(folder, "objects"),
  workflowsPersist: join(folder, "workflows"),
});
console.log(`at ${await miniflare.ready}`);
