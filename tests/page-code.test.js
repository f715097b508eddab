// The code that the explorer gives for each operation of the table: JavaScript and Rust that compile, and a command of curl.
import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { root } from "../pkg/build/install.mjs";
import { readCatalog } from "../www/catalog/catalog.mjs";
import { curlOf } from "../www/page/copy/curl.js";
import { javascriptOf } from "../www/page/copy/javascript.js";
import { rustOf } from "../www/page/copy/rust.js";
import { argumentsOf, sampleValues } from "../www/page/form/arguments.js";
import { requestOf } from "../www/page/request.js";
import { run } from "./runtimes/harness/run.mjs";

const operations = readCatalog();
const operationOf = (id) => operations.find((one) => one.id === id);
const ref = "hqvkzumdtlrwaxbeogcy";
const known = { ref, branch_id_or_ref: ref, slug: "acme" };
const sampleArguments = (operation) => argumentsOf(operation, sampleValues(operation, known));
/** Forms in which everything stands that may be left out. */
const bundle = [ref, new File(["x"], "bundle.eszip"), { slug: "hello" }];

describe("the code of every operation", () => {
  it("is JavaScript that the types of the package accept", async () => {
    const folder = join(root, "target", "page-code");
    mkdirSync(folder, { recursive: true });
    const calls = operations.map((operation) => javascriptOf(operation, sampleArguments(operation)));
    calls.push(javascriptOf(operationOf("functions.create"), bundle));
    for (const [at, text] of calls.entries()) writeFileSync(join(folder, `call-${at}.mts`), `${text}\n`);
    const compilerOptions = {
      ...{ module: "nodenext", target: "es2022", strict: true, noEmit: true, skipLibCheck: true, types: [] },
      paths: { "supabase-management-wasm": [join(root, "pkg", "index.d.ts")], "node:fs/promises": ["./node.d.ts"] },
    };
    const readFile = "export declare function readFile(path: string): Promise<Uint8Array<ArrayBuffer>>;\n";
    writeFileSync(join(folder, "node.d.ts"), readFile);
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.mts"] }));
    await run(process.execPath, [join(root, "node_modules", "typescript", "bin", "tsc"), "-p", folder]);
  });

  it("is a command of curl without a token in it", async () => {
    for (const operation of operations) {
      const values = sampleValues(operation, known);
      const { request } = await requestOf(operation.id, argumentsOf(operation, values));
      const text = curlOf(operation, request, values.body);
      assert.ok(text.includes(`--request ${operation.verb}`) && text.includes("https://api.supabase.com/v"), text);
      assert.equal(text.includes("$SUPABASE_ACCESS_TOKEN"), operation.sendsToken && operation.answer !== "url", text);
      assert.ok(!/hidden/.test(text), text);
    }
  });

  it("is Rust that compiles", async () => {
    const folder = join(root, "target", "page-rust");
    mkdirSync(join(folder, "src"), { recursive: true });
    const calls = operations.map((operation) => rustOf(operation, sampleArguments(operation)));
    calls.push(rustOf(operationOf("functions.create"), bundle));
    // A text above the limit of the macro, and signs that Rust writes in another way than JSON.
    const long = { site_url: "https://example.com", smtp_sender_name: `"\\\u0001\u{1f680}\n${"x".repeat(2_000)}` };
    calls.push(rustOf(operationOf("auth.updateConfig"), [ref, long]));
    calls.push(
      rustOf(operationOf("auth.updateConfig"), [
        ref,
        { ...long, smtp_sender_name: '"\\\u0001\u{1f680}\n', jwt_exp: 5e9 },
      ]),
    );
    const modules = calls.map((text, at) => `mod call_${at} {\n${text.replace("async fn", "pub async fn")}\n}\n`);
    writeFileSync(
      join(folder, "src", "lib.rs"),
      `#![deny(warnings)]\n#![allow(dead_code, deprecated)]\n${modules.join("\n")}`,
    );
    const client = `supabase-management-wasm = { path = ${JSON.stringify(root.replace(/[\\/]$/, ""))} }`;
    const manifest = [
      "[package]",
      'name = "page-code"',
      'version = "0.0.0"',
      'edition = "2024"',
      "[workspace]",
      "[dependencies]",
    ];
    writeFileSync(join(folder, "Cargo.toml"), [...manifest, client, 'serde_json = "1"', ""].join("\n"));
    // The same versions as everywhere: cargo strikes out what is not needed.
    copyFileSync(join(root, "Cargo.lock"), join(folder, "Cargo.lock"));
    const env = { ...process.env, CARGO_TARGET_DIR: join(root, "target") };
    await run("cargo", ["check", "--quiet", "--manifest-path", join(folder, "Cargo.toml")], { env, timeout: 600_000 });
  });
});
