// Every code block of README.md and of the guides: JavaScript is compiled and run on a sandbox, shell commands are commands that
// there are, data is parsed, and Rust is among the doc tests of the crate.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { parse } from "smol-toml";
import { root } from "../pkg/build/install.mjs";
import { blocks, documents, placeOf } from "./documents/blocks.mjs";
import { compileBlocks } from "./documents/compile.mjs";
import { notChecked, notCheckedFor, notRun, notRunFor } from "./documents/not-run.mjs";
import { runBlocks } from "./documents/run.mjs";
import { unknownCommands } from "./documents/shell.mjs";

const all = blocks();
const of = (...languages) => all.filter(({ language }) => languages.includes(language));
const isChecked = ({ meta }) => !meta.split(" ").includes("no-check");
const javaScript = of("js", "ts").filter(isChecked);

describe("the code blocks of the documents", () => {
  it("are in languages that this test knows", () => {
    const known = ["js", "ts", "sh", "rust", "toml", "json", "md"];
    const others = all.filter(({ language }) => !known.includes(language));
    assert.deepEqual(
      others.map((block) => `${placeOf(block)}: ${block.language}`),
      [],
    );
    assert.ok(javaScript.length > 40, `${javaScript.length} blocks of JavaScript`);
  });

  it("are compiled: JavaScript and TypeScript", { timeout: 120_000 }, async () => {
    const faults = await compileBlocks("compiled", javaScript);
    assert.equal(faults.join("\n"), "");
  });

  it("are left out, where they say `no-check`, only for a reason that is known", () => {
    const left = of("js", "ts").filter((block) => !isChecked(block));
    assert.deepEqual(left.filter((block) => !notCheckedFor(block)).map(placeOf), []);
    assert.deepEqual(
      notChecked.filter(({ file }) => !left.some((block) => block.file === file)),
      [],
    );
  });

  it("run on a sandbox: JavaScript and TypeScript", { timeout: 300_000 }, async (t) => {
    const chosen = javaScript.filter((block) => !notRunFor(block));
    const results = await runBlocks("run", chosen);
    const failed = chosen.filter((block) => results.get(block).failed);
    assert.equal(failed.map((block) => `${placeOf(block)}: ${results.get(block).failed}`).join("\n\n"), "");
    t.diagnostic(`${chosen.length} blocks ran, ${javaScript.length - chosen.length} cannot`);
  });

  it("that cannot run are still there, each with its reason", () => {
    const stale = notRun.filter((entry) => !javaScript.some((block) => notRunFor(block) === entry));
    assert.deepEqual(stale, []);
  });

  it("hold commands that there are", () => {
    const unknown = of("sh").flatMap((block) => unknownCommands(block.code).map((why) => `${placeOf(block)}: ${why}`));
    assert.deepEqual(unknown, []);
  });

  it("are data that can be read", () => {
    for (const block of of("toml")) assert.doesNotThrow(() => parse(block.code), placeOf(block));
    for (const block of of("json")) assert.doesNotThrow(() => JSON.parse(block.code), placeOf(block));
  });

  it("are compiled with the crate: Rust", () => {
    const source = readFileSync(join(root, "src", "lib.rs"), "utf8");
    const compiled = new Set(Array.from(source.matchAll(/include_str!\("\.\.\/(.*?)"\)/g), ([, file]) => file));
    const missing = documents().filter(
      (file) => of("rust").some((block) => block.file === file) && !compiled.has(file),
    );
    assert.deepEqual(missing, []);
  });
});
