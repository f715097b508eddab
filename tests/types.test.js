// The types of the package, by TypeScript itself. What must fail stands in tests/types behind `@ts-expect-error`.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** What the compiler says: nothing, if all is well. */
function compile(...options) {
  const compiler = at("../node_modules/typescript/bin/tsc");
  const args = [compiler, "--project", at("types/tsconfig.json"), "--pretty", "false", ...options];
  return new Promise((resolve) => {
    execFile(process.execPath, args, (error, stdout, stderr) =>
      resolve(`${stdout}${stderr}` || (error?.message ?? "")),
    );
  });
}

describe("the types", () => {
  it("accept what is right and refuse what is wrong", { timeout: 120_000 }, async () => {
    assert.equal(await compile(), "");
  });

  it("do so where a bundler resolves modules, without exact optional properties", { timeout: 120_000 }, async () => {
    const bundler = ["--module", "esnext", "--moduleResolution", "bundler", "--exactOptionalPropertyTypes", "false"];
    assert.equal(await compile(...bundler), "");
  });
});
