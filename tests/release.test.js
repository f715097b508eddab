// The quick half of `npm run release -- --dry-run`: what can be checked without compiling anything and without asking a
// registry. What is wrong here would stop a release, and is found with the commit that brings it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { parse } from "smol-toml";
import { root } from "../pkg/build/install.mjs";
import { manifest, versionIn, withVersion } from "../pkg/build/version.mjs";
import { contentFaults, filesOf, inOrder, packCrates } from "../pkg/release/crates.mjs";
import { readAudit } from "../pkg/release/dependencies.mjs";
import { changelogFault, licenceFaults } from "../pkg/release/documents.mjs";
import { allowedFiles, fileFaults, packedFiles } from "../pkg/release/npm-package.mjs";
import { refusals } from "../pkg/release/publish.mjs";
import { Failed, NotChecked, Report } from "../pkg/release/report.mjs";
import { builtVersionFaults, members, version, versionFaults } from "../pkg/release/versions.mjs";
import { faultsOfWorkflow, stepsOf, workflows } from "./release/workflows.mjs";

const read = (path) => readFileSync(join(root, path), "utf8");

describe("a release", () => {
  let crates;
  before(async () => (crates = inOrder(await members())));

  it("has one version, written down once", async () => {
    assert.deepEqual(await versionFaults(crates), []);
    assert.deepEqual(builtVersionFaults(), []);
  });

  it("has a section in the changelog, and the licence in each crate", () => {
    assert.equal(changelogFault(read("CHANGELOG.md"), version()), undefined);
    assert.deepEqual(licenceFaults(crates), []);
  });

  it("has the files of the list in the npm package, and no other", async () => {
    assert.deepEqual(fileFaults(await packedFiles(), allowedFiles()), []);
  });

  it("asks its users to install nothing else, and runs nothing when they install it", () => {
    const { scripts, dependencies, peerDependencies, peerDependenciesMeta } = JSON.parse(read("pkg/package.json"));
    assert.deepEqual([scripts, dependencies], [undefined, undefined]);
    for (const name of Object.keys(peerDependencies)) assert.equal(peerDependenciesMeta[name].optional, true, name);
  });

  it("packs the crates, each after those that it needs, with their documents and nothing else", async () => {
    const names = crates.map(({ name }) => name.replace("supabase-management-", ""));
    assert.deepEqual([...names].sort(), ["compact", "deploy", "sandbox", "wasm", "wasm-fast-check", "wasm-macros"]);
    const after = (one, other) => assert.ok(names.indexOf(one) > names.indexOf(other), names.join(", "));
    for (const needed of ["wasm-macros", "wasm-fast-check"]) after("wasm", needed);
    for (const one of ["deploy", "sandbox"]) for (const needed of ["wasm", "compact"]) after(one, needed);

    for (const crate of crates) assert.deepEqual(contentFaults(crate, await filesOf(crate)), []);
    const folder = join(root, "target", "release-test");
    assert.equal((await packCrates(crates, { verify: false, folder, allowDirty: true })).length, crates.length);
  });

  it("is documented for WebAssembly on docs.rs, crate by crate", () => {
    for (const { name, metadata, targets } of crates) {
      // Attributes run in the compiler, and only there.
      if (targets.some(({ kind }) => kind.includes("proc-macro"))) continue;
      assert.equal(metadata?.docs?.rs?.["default-target"], "wasm32-unknown-unknown", name);
    }
  });

  it("has no folder of the machine that built it in its wasm", () => {
    for (const name of ["client", "sandbox", "deploy"]) {
      const text = readFileSync(join(root, "pkg", "dist", `${name}.wasm`), "latin1");
      const found = /.{0,60}(\/\.cargo\/|registry[/\\]src|\/\.rustup\/|\/home\/|\/Users\/).{0,60}/.exec(text);
      assert.equal(found?.[0], undefined, `${name}.wasm`);
      assert.ok(!text.includes(root), `${name}.wasm names ${root}`);
    }
  });

  it("checks dependencies by a deny.toml that says yes to no licence of the kind that spreads", () => {
    const { licenses, sources, bans } = parse(read("deny.toml"));
    assert.ok(licenses.allow.includes("MIT"));
    for (const licence of licenses.allow) assert.doesNotMatch(licence, /GPL|AGPL|SSPL|BUSL/);
    assert.deepEqual([sources["unknown-registry"], sources["unknown-git"], bans.wildcards], ["deny", "deny", "deny"]);
  });
});

describe("the workflows", () => {
  const { scripts } = JSON.parse(read("package.json"));

  for (const [file, text] of workflows()) {
    it(`of ${file} run scripts that exist, by actions of one version, without a secret`, async () => {
      assert.deepEqual(await faultsOfWorkflow(text, scripts), []);
    });
  }

  it("publish by `npm run release`, after a trial run, with provenance", async () => {
    const text = read(".github/workflows/release.yml");
    const commands = (await stepsOf(text)).map(({ run }) => run).filter((run) => run?.startsWith("npm"));
    assert.deepEqual(commands, ["npm test", "npm run release -- --dry-run", "npm run release"]);
    assert.match(text, /id-token: write/);
    assert.match(read("pkg/release/publish.mjs"), /"--provenance"/);
  });

  it("are refused where a script is missing, an action floats, or a secret is used", async () => {
    const text = `jobs:
  a:
    steps:
      - uses: a/b@main
      - run: npm run missing
      - run: echo \${{ github.event.issue.title }}
        env: { A: "\${{ secrets.A }}" }
`;
    const faults = (await faultsOfWorkflow(text, scripts)).join("\n");
    for (const words of [
      /a\/b@main is no version/,
      /has no comment/,
      /"missing"/,
      /put into a script/,
      /a secret/,
      /only reads/,
    ])
      assert.match(faults, words);
  });
});

describe("the checks of a release", () => {
  it("find a version that stands elsewhere, and write one into all places", () => {
    const cargo = read("Cargo.toml");
    const next = withVersion(cargo, "9.8.7");
    assert.equal(versionIn(next), "9.8.7");
    assert.ok(!next.includes(`"${version()}"`));
    const places = Object.values(parse(next).workspace.dependencies).filter(({ path }) => path);
    assert.ok(places.length >= 4);
    for (const place of places) assert.equal(place.version, "9.8.7");
    assert.match(
      manifest('{ "name": "a", "type": "module" }', "1.2.3"),
      /^\{\n {2}"name": "a",\n {2}"version": "1.2.3",/,
    );
    assert.throws(() => manifest('{ "name": "a", "version": "1.0.0" }', "1.2.3"), /Cargo.toml alone/);
  });

  it("find what is missing in a package, and what is too much", () => {
    assert.match(fileFaults(["a.js", ".env"], ["a.js", "b.js"]).join("\n"), /b\.js is in .*\n\.env is in the package/);
    const faults = contentFaults({ name: "some-crate" }, [
      "Cargo.toml",
      "Cargo.lock",
      "LICENSE",
      "src/lib.rs",
      "src/key.pem",
    ]);
    assert.match(faults.join("\n"), /lacks README\.md\n.*src\/key\.pem/);
  });

  it("know when a changelog is ready", () => {
    const of = (title, body = "- A thing.\n") =>
      `# Changelog\n\n## ${title}\n\n${body}\n## 0.1.0 – 2026-01-01\n\n- Old.\n`;
    for (const title of ["0.2.0 – unreleased", "0.2.0", "Unreleased"]) {
      assert.equal(changelogFault(of(title), "0.2.0"), undefined);
      assert.match(changelogFault(of(title), "0.2.0", { publishing: true }), /YYYY-MM-DD/);
    }
    assert.equal(changelogFault(of("0.2.0 – 2026-12-01"), "0.2.0", { publishing: true }), undefined);
    assert.match(changelogFault(of("0.2.0"), "0.3.0"), /must be of 0\.3\.0/);
    assert.match(changelogFault(of("0.2.0", ""), "0.2.0"), /is empty/);
    assert.match(changelogFault("# Changelog\n", "0.2.0"), /has no section/);
  });

  it("tell faults that npm audit knows from a registry that does not answer", () => {
    const answer = (vulnerabilities) => JSON.stringify({ vulnerabilities, metadata: { vulnerabilities: {} } });
    assert.equal(readAudit(answer({})), "no known faults");
    assert.throws(() => readAudit(answer({ "smol-toml": { severity: "high" } })), /faults of smol-toml/);
    for (const text of ['{ "message": "405 Method Not Allowed" }', ""]) {
      assert.throws(() => readAudit(text), NotChecked);
    }
  });

  it("publish only from the workflow, a clean tree and the tag of the version", () => {
    const env = {
      GITHUB_ACTIONS: "true",
      GITHUB_REF: "refs/tags/v0.2.0",
      GITHUB_WORKFLOW_REF: "a/b/.github/workflows/release.yml@refs/tags/v0.2.0",
    };
    assert.deepEqual(refusals({ env, changes: "", version: "0.2.0" }), []);
    assert.match(refusals({ env: {}, changes: "", version: "0.2.0" }).join("\n"), /not the workflow[\s\S]*no tag/);
    assert.match(refusals({ env, changes: "", version: "0.3.0" }).join(), /must be v0\.3\.0/);
    assert.match(refusals({ env, changes: " M a.js", version: "0.2.0" }).join(), /not clean/);
  });

  it("say what could not be checked, and publish nothing without it", async () => {
    const said = [];
    const say = (line) => said.push(line);
    const blind = () => {
      throw new NotChecked("no network");
    };
    const trial = new Report({ publishing: false, say });
    assert.equal(await trial.step("one", () => "fine"), "fine");
    await trial.step("two", blind);
    assert.deepEqual(said, ["ok           one: fine", "NOT CHECKED  two: no network"]);
    assert.deepEqual(trial.notChecked, ["two: no network"]);
    await assert.rejects(new Report({ publishing: true, say }).step("two", blind), Failed);
    await assert.rejects(
      trial.step("three", () => Promise.reject(new Error("broken"))),
      Failed,
    );
    assert.equal(said.at(-1), "FAILED       three: broken");
  });
});
