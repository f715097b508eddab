// `node tests/sandbox-bench.mjs`: what the sandbox costs, in one run, each figure with its limit. Ends with 1 where one is missed.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { SupabaseManagement } from "../pkg/index.js";

const file = (path) => fileURLToPath(new URL(path, import.meta.url));
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const headers = { authorization: "Bearer sbp_any" };
const rows = [];

function row(name, value, limit, unit) {
  rows.push(value <= limit);
  const text = (number) => `${number.toFixed(2)} ${unit}`;
  console.log(`${name}: ${text(value)}, limit ${text(limit)}${value <= limit ? "" : "  MISSED"}`);
}

/** A start in a process of its own, in milliseconds: the first one of a process, as that is what a test waits for. */
async function started() {
  const script = `
    import { createSandbox } from ${JSON.stringify(new URL("../pkg/sandbox.js", import.meta.url).href)};
    const begun = performance.now();
    createSandbox();
    console.log(performance.now() - begun);
  `;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (text) => (output += text));
  await once(child, "close");
  return Number(output);
}

/** Milliseconds of each of two things, which take turns so that nothing else that happens meanwhile falls on one of them. */
async function compared(one, other, rounds, times) {
  const spent = [[], []];
  for (let round = 0; round < rounds; round++) {
    for (const [at, work] of [one, other].entries()) {
      const begun = performance.now();
      for (let time = 0; time < times; time++) await work();
      if (round > 2) spent[at].push((performance.now() - begun) / times);
    }
  }
  return spent.map(median);
}

// ---- the start

const starts = [];
for (let time = 0; time < 11; time++) starts.push(await started());
row("start of createSandbox()", median(starts), 15, "ms");

// ---- in the same process

const { createSandbox } = await import("../pkg/sandbox.js");
const sandbox = createSandbox();
const text = await (await sandbox.fetch("/v1/projects", { headers })).text();
const answerHeaders = { "content-type": "application/json; charset=utf-8" };
const stub = async () => new Response(text, { status: 200, headers: answerHeaders });
const list = (fetch) => {
  const client = new SupabaseManagement({ fetch, accessToken: "sbp_any" });
  return () => client.projects.list();
};
const [inside, stubbed] = await compared(list(sandbox.fetch), list(stub), 33, 100);
row(
  `projects.list in-process, ${(inside * 1000).toFixed(0)} µs, as many times the call on a stub of fetch`,
  inside / stubbed,
  3,
  "×",
);

// ---- the server

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
function get(address) {
  return new Promise((resolve, reject) => {
    request(address, { agent, headers }, (response) => response.resume().on("end", resolve))
      .on("error", reject)
      .end();
  });
}
/** Several at once, so that the client is not what is measured. */
const burst = (address) => () => Promise.all(Array.from({ length: 16 }, () => get(address)));

const server = spawn(process.execPath, [file("../pkg/cli.js"), "sandbox", "--port", "0", "--rate-limit", "0"], {
  stdio: ["ignore", "pipe", "inherit"],
});
const [said] = await once(server.stdout, "data");
const bareScript = `
  import { createServer } from "node:http";
  const text = ${JSON.stringify(text)};
  createServer((_, answer) => answer.writeHead(200, ${JSON.stringify(answerHeaders)}).end(text))
    .listen(0, "127.0.0.1", function () { console.log(this.address().port); });
`;
const bare = spawn(process.execPath, ["--input-type=module", "--eval", bareScript], {
  stdio: ["ignore", "pipe", "inherit"],
});
const [port] = await once(bare.stdout, "data");
const addresses = [`${/http:\S+/.exec(said)[0]}/v1/projects`, `http://127.0.0.1:${Number(port)}/v1/projects`];
const [served, plain] = await compared(burst(addresses[0]), burst(addresses[1]), 33, 10);
row("the server, as many times a bare node:http that answers the same text", served / plain, 2, "×");
server.kill();
bare.kill();
agent.destroy();

// ---- the size

const size = brotliCompressSync(readFileSync(file("../pkg/dist/sandbox-bytes.js"))).length / 1024;
row("sandbox-bytes.js, brotli", size, 150, "KiB");

process.exitCode = rows.every(Boolean) ? 0 : 1;
