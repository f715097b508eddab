// `wasm-pack build`, typed in a fresh clone without anything else, makes a package in which the client works, and touches no
// file that git knows. `npm run build` has no part in it.
import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { root } from "../pkg/build/install.mjs";
import { npm } from "../pkg/build/run.mjs";
import { prepareTools } from "../pkg/build/tools.mjs";
import * as published from "../pkg/index.js";
import { createSandbox } from "../pkg/sandbox.js";
import { serve } from "./support.js";

// Always in the same place, with the times that the files have: what has not changed is not compiled again.
const home = join(root, "target", "tests-wasm-pack");
const clone = join(home, "clone");
const applications = join(root, "tests", "wasm-pack");
const git = (cwd, ...args) => execFileSync("git", args, { cwd, encoding: "utf8" });

/** Runs a program to its end, while the server of this process goes on. */
function run(command, args, { cwd, env }) {
  return new Promise((resolve) => {
    execFile(command, args, { cwd, env }, (error, stdout, stderr) =>
      resolve({ code: error ? (error.code ?? 1) : 0, stdout, output: `${stdout}${stderr}${error?.message ?? ""}` }),
    );
  });
}

/** What the names of files in pkg/ are, without those below. */
const packed = () => readdirSync(join(clone, "pkg")).sort();

describe("wasm-pack build", () => {
  let env;

  before(async () => {
    rmSync(clone, { recursive: true, force: true });
    for (const file of git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")) {
      // A file that was deleted is in the list until that is committed.
      if (file && existsSync(join(root, file)))
        cpSync(join(root, file), join(clone, file), { preserveTimestamps: true });
    }
    git(clone, "init", "--quiet");
    git(clone, "add", "--all");
    git(clone, "-c", "user.name=test", "-c", "user.email=test@localhost", "commit", "--quiet", "--message", "all");

    // As somebody types it: with the tools on PATH, and with no settings for cargo.
    const { RUSTFLAGS: _, ...tools } = await prepareTools({ quiet: true });
    const settings = /^(CARGO_(TARGET|BUILD|ENCODED)_|RUSTFLAGS$|SUPABASE_)/;
    const given = Object.entries(process.env).filter(([name]) => !settings.test(name));
    env = { ...Object.fromEntries(given), ...tools, CARGO_TARGET_DIR: join(home, "cargo") };
  });

  for (const target of ["web", "bundler", "nodejs"]) {
    it(`--target ${target} gives the client, its types and a README`, { timeout: 1_200_000 }, async (t) => {
      const { code, output } = await run("wasm-pack", ["build", "--target", target], { cwd: clone, env });
      assert.equal(code, 0, output);
      assert.match(output, /ready to publish/);
      assert.equal(git(clone, "status", "--porcelain"), "", "git sees no change");

      // Installed as npm would: nothing but what the package says that it consists of.
      const folder = join(home, target);
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "package.json"), '{ "name": "application", "private": true }\n');
      for (const name of [`${target}.mjs`, "application.mjs", "types.mts"])
        cpSync(join(applications, name), join(folder, name));
      const install = ["install", "--offline", "--no-audit", "--no-fund", "--install-links", join(clone, "pkg")];
      await npm("npm install", install, { cwd: folder, quiet: true });
      const installed = join(folder, "node_modules", "supabase-management-wasm");
      assert.match(readFileSync(join(installed, "README.md"), "utf8"), /^# supabase-management-wasm$/m);

      const sandbox = createSandbox({ startupMs: 0 });
      const { url } = await serve(t, async ({ method, url, headers }, response, body) => {
        const answer = await sandbox.fetch(url, { method, headers, body: body.length > 0 ? body : undefined });
        response.writeHead(answer.status, Object.fromEntries(answer.headers));
        response.end(Buffer.from(await answer.arrayBuffer()));
      });
      const flags = target === "bundler" ? ["--experimental-wasm-modules", "--no-warnings"] : [];
      const ran = await run(process.execPath, [...flags, `${target}.mjs`, url], { cwd: folder, env });
      assert.equal(ran.code, 0, ran.output);
      const { names, ...found } = JSON.parse(ran.stdout);
      const loading = target === "web" ? ["default", "initSync"] : [];
      const expected = Object.keys(published).filter((name) => name !== "init");
      assert.deepEqual(names.sort(), [...expected, ...loading].sort());
      assert.deepEqual(found, {
        created: "blog",
        status: "ACTIVE_HEALTHY",
        secrets: ["API_URL"],
        apiError: 404,
        inputError: "[0].name",
        state: 43,
      });

      const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
      const options = [
        "--noEmit",
        "--strict",
        "--exactOptionalPropertyTypes",
        "--target",
        "es2022",
        "--module",
        "nodenext",
      ];
      const args = [compiler, ...options, "--lib", "es2022,dom", "--types", "", "--pretty", "false", "types.mts"];
      assert.deepEqual(await run(process.execPath, args, { cwd: folder, env }), { code: 0, stdout: "", output: "" });
    });
  }

  it("stops before it writes anything where RUSTFLAGS would make an empty package", {
    timeout: 1_200_000,
  }, async () => {
    git(clone, "clean", "--quiet", "-xd", "--force");
    const files = packed();
    const options = { cwd: clone, env: { ...env, RUSTFLAGS: "-Cdebuginfo=0" } };
    const { code, output } = await run("wasm-pack", ["build", "--target", "web"], options);
    assert.notEqual(code, 0, output);
    assert.match(output, /npm run build/);
    assert.deepEqual(packed(), files);
  });
});
