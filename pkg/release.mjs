// `npm run release -- --dry-run` makes everything that a release is made of, checks it, and publishes nothing. Without the
// flag it publishes in the end, which it does nowhere but in .github/workflows/release.yml. `npm run release --
// --set-version 1.2.3` writes another version into the files that hold it.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import { root } from "./build/install.mjs";
import { build } from "./build.mjs";
import { compareWithLastRelease } from "./release/breaking.mjs";
import { contentFaults, documentCrates, filesOf, inOrder, packCrates } from "./release/crates.mjs";
import { auditNpm, checkAdvisories, checkCrates, writeBillsOfMaterials } from "./release/dependencies.mjs";
import { changelogFault, licenceFaults } from "./release/documents.mjs";
import { allowedFiles, fileFaults, pack, packedFiles, publishTrial, runPacked } from "./release/npm-package.mjs";
import { changes, publishCrates, publishNpm, refusals } from "./release/publish.mjs";
import { Failed, Report } from "./release/report.mjs";
import { builtVersionFaults, members, setVersion, version, versionFaults } from "./release/versions.mjs";

const artifacts = join(root, "target", "release-artifacts");
const work = join(root, "target", "release-work");
const usage = "usage: npm run release -- --dry-run | --set-version 1.2.3";

function fail(faults) {
  const found = faults.filter(Boolean);
  if (found.length > 0) throw new Error(found.join("\n"));
}

async function release({ publishing }) {
  const report = new Report({ publishing });
  const step = (name, action) => report.step(name, action);
  const crates = inOrder(await members());
  const released = version();
  rmSync(artifacts, { recursive: true, force: true });
  mkdirSync(artifacts, { recursive: true });

  const changed = await changes();
  if (publishing) {
    await step("may be published from here", () =>
      fail(refusals({ env: process.env, changes: changed, version: released })),
    );
  }
  await step("the tree", () => (changed ? "has changes that are not committed: a trial run goes on" : "is clean"));
  await step("one version", async () => {
    fail(await versionFaults(crates));
    return released;
  });
  await step("changelog", () => {
    fail([changelogFault(readFileSync(join(root, "CHANGELOG.md"), "utf8"), released, { publishing })]);
  });
  await step("licences", () => fail(licenceFaults(crates)));

  await step("build", () => build({ quiet: true }));
  await step("version of the npm package", () => fail(builtVersionFaults()));
  await step("files of the npm package", async () => {
    const files = await packedFiles();
    fail(fileFaults(files, allowedFiles()));
    return `${files.length}, all of them in the list`;
  });
  const { tarball } = await step("npm pack", async () => {
    const made = await pack(artifacts);
    return { tarball: made, said: basename(made) };
  });
  await step("the npm package runs from an empty folder", () => runPacked(tarball));
  await step("npm would publish it", async () => {
    await publishTrial(tarball);
  });

  await step("files of the crates", async () => {
    const lists = await Promise.all(crates.map(async (crate) => [crate, await filesOf(crate)]));
    fail(lists.flatMap(([crate, files]) => contentFaults(crate, files)));
    return lists.map(([{ name }, files]) => `${name} ${files.length}`).join(", ");
  });
  const packed = await step(
    "cargo package, each crate compiled from what was packed, natively and for WebAssembly",
    async () => {
      const paths = await packCrates(crates, { verify: true, folder: work, allowDirty: !publishing });
      for (const path of paths) copyFileSync(path, join(artifacts, basename(path)));
      return { paths, said: `${paths.length} crates` };
    },
  );
  await step("documentation of the crates, without a warning", () => documentCrates(crates, work));
  await step("breaking changes of the crates", () => compareWithLastRelease(crates, released));
  await step("licences, versions and origin of all dependencies", async () => {
    await checkCrates();
  });
  await step("known faults of the crates (RustSec)", () => checkAdvisories());
  await step("known faults of what the npm package brings along", () => auditNpm());
  await step("bills of materials", async () => {
    const made = await writeBillsOfMaterials(crates, artifacts);
    writeSums([tarball, ...packed.paths, ...made]);
    return `${made.length}, and SHA256SUMS, in target/release-artifacts`;
  });

  if (publishing) {
    await step("publishing the crates", () => publishCrates(crates));
    await step("publishing the npm package", () => publishNpm(tarball, released));
  }
  return report.notChecked;
}

function writeSums(files) {
  const sum = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");
  writeFileSync(join(artifacts, "SHA256SUMS"), files.map((file) => `${sum(file)}  ${basename(file)}\n`).join(""));
}

async function main([flag, value, ...more]) {
  if (flag === "--set-version" && value && more.length === 0) {
    await setVersion(value);
    console.log(`the version is ${version()} now; give it a section in CHANGELOG.md`);
    return 0;
  }
  if ((flag !== undefined && flag !== "--dry-run") || value !== undefined) {
    console.error(usage);
    return 2;
  }
  const publishing = flag === undefined;
  const notChecked = await release({ publishing });
  for (const what of notChecked) console.log(`NOT CHECKED  ${what}`);
  console.log(publishing ? `${version()} is published` : `${version()} could be released; nothing was published`);
  return 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(
    error instanceof Failed ? `\nthe release ended at "${error.message}"; nothing further was done` : error,
  );
  process.exitCode = 1;
}
