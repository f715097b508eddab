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
import { deadLinks, repository } from "./documents/site.mjs";

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

describe("these tests see", () => {
  const block = (code) => ({ file: "example.md", line: 10, language: "js", meta: "", code });

  it("a block that does not compile, with its place", async () => {
    const wrong = 'import { plan } from "supabase-management-wasm";\nawait client.projects.gett(ref);\n';
    const faults = await compileBlocks("wrong", [
      block("await client.projects.get(ref);\n"),
      { ...block(wrong), line: 20 },
    ]);
    assert.equal(faults.length, 2, faults.join("\n"));
    assert.match(faults[0], /^example\.md\(21,10\): error .*plan/);
    assert.match(faults[1], /^example\.md\(22,23\): error .*gett/);
  });

  it("a block that fails when it runs, and what it prints where it does not", async () => {
    const good = block("console.log((await client.projects.get(ref)).name);\n");
    const bad = { ...block('await client.projects.get("..");\n'), line: 20 };
    const away = { ...block('await fetch("https://example.com");\n'), line: 30 };
    const results = await runBlocks("failing", [good, bad, away]);
    assert.equal(results.get(good).printed, "storefront\n");
    assert.match(results.get(bad).failed, /InputError/);
    assert.match(results.get(away).failed, /asks example\.com/);
  });

  it("commands and options that there are not", () => {
    const unknown = (code) => unknownCommands(code).join();
    assert.equal(unknown("npm start\nnpm run build # all of it\nA=1 npx supabase-management-wasm deploy --plan"), "");
    assert.equal(unknown("npm run nothing"), "there is no script nothing");
    assert.equal(unknown("npx supabase-management-wasm deploy --no-such"), "deploy has no option --no-such");
    assert.equal(unknown("npx supabase-management-wasm other"), "the package has no command other");
    assert.equal(unknown("npm install supabase-managment-wasm"), "nobody knows the package supabase-managment-wasm");
    assert.equal(unknown("sudo rm"), "what is sudo?");
  });

  it("links that lead nowhere", () => {
    const page = (...links) => ({ links, anchors: new Set(["here"]) });
    const site = new Map([
      ["index.html", page("/docs/guide/one", "./guide/one.html#here", "guide/one#gone", "/docs/none", "/elsewhere")],
      [
        "guide/one.html",
        page("../index.html", "#here", "javascript:alert(1)", `${repository}/blob/main/src/nothing.rs`),
      ],
    ]);
    assert.deepEqual(deadLinks(site, "/nowhere"), [
      "index.html: guide/one#gone: no such place on the page",
      "index.html: /docs/none: no such page",
      "index.html: /elsewhere: outside of the site",
      "guide/one.html: javascript:alert(1): neither https nor a place of the site",
      `guide/one.html: ${repository}/blob/main/src/nothing.rs: no such file in the repository`,
    ]);
  });
});
