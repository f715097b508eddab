// The public types of the npm package against the report of them that is in git: see api-report.mjs.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { root } from "../pkg/build/install.mjs";
import { apiReport, complaint, reportFile } from "./api-report.mjs";

describe("the report of the public types", () => {
  const report = readFileSync(join(root, reportFile), "utf8");

  it("says what the package has", async () => {
    const said = complaint(report, await apiReport());
    assert.equal(said, undefined, said);
  });

  it("has all entries, their models and their methods", () => {
    for (const line of [
      "// entry: supabase-management-wasm/deploy/folder (bun, import, module-sync, require, default)",
      "export declare function createSandbox",
      "export declare function createProxy",
      "export interface UpdateAuthConfig {",
      "    list(options?: CallOptions): Call<Project[]>;",
    ])
      assert.ok(report.includes(line), line);
    assert.doesNotMatch(report, /\/\*/);
  });

  it("calls a line that is gone a breaking change, and names its place", () => {
    const without = report.replace("    maxConcurrent?: number | undefined;\n", "");
    assert.notEqual(without, report);
    const said = complaint(report, without);
    assert.match(said, / {2}- supabase-management-wasm: export interface ClientOptions.*: maxConcurrent\?/);
    assert.match(said, /breaking change/);
    assert.match(said, /npm run api-report/);
  });

  it("sees that a line of one type has moved to another", () => {
    const moved = report
      .replace("    maxConcurrent?: number | undefined;\n", "")
      .replace(/(export interface CallOptions .*\n)/, "$1    maxConcurrent?: number | undefined;\n");
    assert.match(complaint(report, moved), /- .*ClientOptions.*\n.*\+ .*CallOptions/);
  });

  it("calls what is only added no breaking change, and does not care for the order", () => {
    const more = `${report}export interface Another {\n    one: string;\n}\n`;
    assert.match(complaint(report, more), /Nothing is gone, so this breaks nobody/);
    assert.equal(complaint(`${report}type A = 1;\ntype B = 2;\n`, `${report}type B = 2;\ntype A = 1;\n`), undefined);
  });
});
