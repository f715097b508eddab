// The journal in a file: what a kill leaves of it, who else may have it, and a run that is killed again and again.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { journalFile } from "../pkg/fleet/journal-file.js";
import { later, rejection, serve, thrown } from "./support.js";

const folder = mkdtempSync(join(tmpdir(), "fleet-journal-"));
after(() => rmSync(folder, { recursive: true }));

let files = 0;
const fresh = () => join(folder, `${++files}.jsonl`);
const entry = (ref, type = "begun") => ({ type, ref, attempt: 1, time: "2026-11-30T00:00:00.000Z" });

async function refsIn(journal) {
  const refs = [];
  for await (const { ref } of journal.read()) refs.push(ref);
  return refs;
}

describe("a journal in a file", () => {
  it("gives what was added, whatever is in it, and is for its owner only", async () => {
    const file = fresh();
    const odd = "Zoë 🚀 \u2028 \n \r";
    const journal = journalFile(file);
    await Promise.all(Array.from({ length: 200 }, (_, at) => journal.append(entry(`${odd}${at}`))));
    await journal.close();
    const again = journalFile(file);
    assert.deepEqual(
      await refsIn(again),
      Array.from({ length: 200 }, (_, at) => `${odd}${at}`),
    );
    await again.append(entry("last"));
    assert.equal((await refsIn(again)).length, 201);
    await again.close();
    if (process.platform !== "win32") assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.ok(!existsSync(`${file}.lock`));
  });

  it("takes whatever a kill has left of a last line, and adds whole ones behind it", async () => {
    const file = fresh();
    const journal = journalFile(file);
    await journal.append(entry("first"));
    await journal.append(entry("second"));
    await journal.close();
    const whole = readFileSync(file);
    const end = whole.indexOf(10) + 1;
    for (let length = whole.length - 1; length >= end; length--) {
      writeFileSync(file, whole);
      truncateSync(file, length);
      const torn = journalFile(file);
      assert.deepEqual(await refsIn(torn), ["first"], `${length} bytes`);
      await torn.append(entry("third"));
      assert.deepEqual(await refsIn(torn), ["first", "third"]);
      await torn.close();
    }
    // A line that is longer than what is read at once.
    writeFileSync(file, `${JSON.stringify(entry("first"))}\n{"type":"done","value":"${"x".repeat(200_000)}`);
    const long = journalFile(file);
    assert.deepEqual(await refsIn(long), ["first"]);
    await long.close();
  });

  it("leaves a file alone that is none", async () => {
    for (const text of ["{}", "precious", `${JSON.stringify(entry("a"))}\nprecious`]) {
      const file = fresh();
      writeFileSync(file, text);
      assert.match((await rejection(refsIn(journalFile(file)))).message, /is no journal/);
      assert.equal(readFileSync(file, "utf8"), text);
    }
    const file = fresh();
    writeFileSync(file, `${JSON.stringify(entry("a"))}\nnonsense\n`);
    const journal = journalFile(file);
    assert.match((await rejection(refsIn(journal))).message, /jsonl:2: this is no entry of a journal/);
    await journal.close();
  });

  it("is for one at a time", async () => {
    const file = fresh();
    const first = journalFile(file);
    await first.append(entry("a"));
    assert.match(
      (await rejection(journalFile(file).append(entry("b")))).message,
      /another process writes .*one run at a time/,
    );
    await first.close();
    const second = journalFile(file);
    await second.append(entry("b"));
    assert.deepEqual(await refsIn(second), ["a", "b"]);
    await second.close();
    assert.equal(thrown(() => journalFile("")).path, "path");
  });

  it("brings a run that is killed again and again to its end, with each effect once", {
    timeout: 60_000,
  }, async (t) => {
    const file = fresh();
    const made = new Map();
    const api = await serve(t, async (request, response) => {
      const ref = request.url.slice(1);
      if (request.method === "POST") made.set(ref, (made.get(ref) ?? 0) + 1);
      await later(2);
      response.end(JSON.stringify(made.has(ref)));
    });
    const script = join(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "fleet", "killed.mjs");
    const run = (killAfter) =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, [script, file, api.url], { stdio: ["ignore", "pipe", "inherit"] });
        let said = "";
        child.stdout.on("data", (data) => {
          said += data;
          if (said.split("\n").length > killAfter) child.kill("SIGKILL");
        });
        child.on("close", (code) => resolve({ code, said }));
      });
    let kills = 0;
    for (; kills < 6; kills++) {
      const { code } = await run(12);
      if (code === 0) break;
    }
    assert.ok(kills >= 4, `it was over after ${kills} kills`);
    appendFileSync(file, '{"type":"do');
    const { code, said } = await run(Number.POSITIVE_INFINITY);
    assert.equal(code, 0, said);
    assert.equal(made.size, 120);
    assert.deepEqual(
      [...made.values()].filter((count) => count !== 1),
      [],
    );
    t.diagnostic(`${kills} kills, ${api.requests.length} requests for 120 projects`);
  });
});
