// A program that prints everything it gets hold of, and then lets an error go unhandled: run by redaction.test.js, which
// searches what it printed.
import { inspect } from "node:util";
import { SupabaseManagement } from "../../pkg/index.js";
import { calls, events, secrets } from "./scenes.mjs";

const [, , eventName] = process.argv;
process.on("warning", (warning) => console.error(warning));

let count = 0;
let last;
for (const call of Object.values(calls)) {
  const log = (...what) => console.log(...what);
  const client = new SupabaseManagement({
    accessToken: secrets.token,
    fetch: async (url, init) => events[eventName](call, url, init),
    timeoutMs: 100,
    maxRetries: 0,
    onRequest: log,
    onResponse: log,
    onRetry: log,
    onDeviation: log,
  });
  console.log(client, `${client}`, client.projects, client.projects.list);
  console.dir(client, { showHidden: true, depth: 9 });
  console.log(client.rateLimits());
  try {
    await call.run(client);
  } catch (error) {
    count += 1;
    console.log(error);
    console.error("failed:", `${error}`, error.stack);
    console.dir(error, { showHidden: true, depth: 9 });
    console.table([error]);
    console.log("%s %o %O %j", error, error, error, error);
    console.log(inspect({ error }, { depth: 9, showHidden: true, compact: false }), JSON.stringify({ error }));
    console.trace(error);
    process.emitWarning(error instanceof Error ? error : `${error}`);
    last = error;
  }
}
console.log(`printed ${count} errors`);
// What is still on its way when the process dies would be lost.
for (const stream of [process.stdout, process.stderr]) await new Promise((resolve) => stream.write("\n", resolve));
if (last) Promise.reject(last);
