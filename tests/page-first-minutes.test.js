// Somebody who has never seen any of this deploys a function: from the page within two minutes, and from the first page of the
// documents within five. The steps are those that are written there.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { packTarball } from "./pack.js";
import { stepsToPress, stepsToType } from "./page/guide.js";
import { openPage, refs, skip } from "./page/harness.js";
import { printed, run, start, stop } from "./runtimes/harness/run.mjs";

const minute = 60_000;

it("from the page within two minutes", { skip }, async (t) => {
  const steps = stepsToPress("guide/first-function.md");
  assert.equal(steps.length, 4);
  const begun = performance.now();
  const { link, button, said, calls } = await openPage(t);
  for (const { press, said: words } of steps) {
    await link(press).or(button(press)).first().click();
    if (words) await said(words);
  }
  const spent = performance.now() - begun;
  t.diagnostic(`${steps.length} steps, ${(spent / 1_000).toFixed(1)} s of a machine`);
  assert.ok(spent < 2 * minute);
  const deployed = (await calls()).find(({ code }) => code.startsWith("await client.functions.deploy("));
  assert.equal(deployed?.outcome, "201");
});

const noShell = process.platform === "win32" ? "the steps are for a shell of Unix" : undefined;

it("from the first page of the documents within five minutes", {
  skip: skip ?? noShell,
  timeout: 5 * minute,
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "first-minutes-"));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const [tarball, port] = [await packTarball(), await freePort()];
  // What is written is for a package that is published, and for a port that is free.
  const here = (text) =>
    text.replaceAll("8787", port).replace("install supabase-management-wasm", `install ${tarball}`);
  const begun = performance.now();
  const terminal = { cwd: folder, lines: [] };
  let sandbox;
  t.after(() => sandbox && stop(sandbox, "SIGKILL"));
  const steps = stepsToType("index.md", "In five minutes");
  assert.ok(steps.length >= 6);
  for (const step of steps) {
    if (step.write) {
      writeFileSync(join(folder, "hello-supabase", step.write), step.text);
      continue;
    }
    // A terminal remembers where it is and what was exported; each of these shells is told.
    const lines = here(step.run);
    const script = ["set -e", ...terminal.lines, lines].join("\n");
    if (/ sandbox /.test(lines)) {
      sandbox = start("sh", ["-c", script], { cwd: folder });
      await printed(sandbox, /http:\/\/127\.0\.0\.1:\d+/);
      continue;
    }
    const output = await run("sh", ["-c", script], { cwd: folder, timeout: 2 * minute });
    if (step.printed) assert.ok(output.includes(step.printed), `${step.printed} is not in\n${output}`);
    terminal.lines.push(...lines.split("\n").filter((line) => /^(?:cd|export) /.test(line)));
  }
  const spent = performance.now() - begun;
  t.diagnostic(`${steps.length} steps, ${(spent / 1_000).toFixed(1)} s of a machine`);
  assert.ok(spent < 5 * minute);

  // The function is there: the page sees it, too, through the sandbox of the terminal.
  const { button, field, confirm, go, row } = await openPage(t);
  await button("Connection …").click();
  await field("Address of the proxy").fill(`http://127.0.0.1:${port}`);
  await field("Access token").fill("sbp_try");
  await confirm("Connect");
  await row(refs.storefront).waitFor();
  await go(`/projects/${refs.storefront}/functions`);
  await row("hello").waitFor();
});

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}
