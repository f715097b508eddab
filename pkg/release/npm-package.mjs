// The npm package: what it holds, whether it runs from an empty folder, whether npm would take it.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../build/install.mjs";
import { npm, run } from "../build/run.mjs";

export const name = "supabase-management-wasm";
const pkg = join(root, "pkg");
const quietly = ["--ignore-scripts", "--no-audit", "--no-fund"];

/** Every file that the package may hold, one a line. A file that is not in this list is not published by accident. */
export const list = join("pkg", "release", "npm-files.txt");

export function allowedFiles() {
  const lines = readFileSync(join(root, list), "utf8").split("\n");
  return lines.filter((line) => line && !line.startsWith("#"));
}

/** What `npm pack` would put into the package. */
export async function packedFiles() {
  const text = await npm("npm pack", ["pack", "--dry-run", "--json"], { cwd: pkg, quiet: true });
  return JSON.parse(text)[0].files.map(({ path }) => path);
}

/** What the package lacks, or holds beside the list. */
export function fileFaults(files, allowed) {
  const missing = allowed.filter((file) => !files.includes(file));
  const unknown = files.filter((file) => !allowed.includes(file));
  return [
    ...missing.map((file) => `${file} is in ${list}, and not in the package`),
    ...unknown.map((file) => `${file} is in the package, and not in ${list}: add it if users are to have it`),
  ];
}

/** Packs the package into a folder, and resolves to the path of the file. */
export async function pack(folder) {
  const args = ["pack", "--json", "--pack-destination", folder];
  const [{ filename }] = JSON.parse(await npm("npm pack", args, { cwd: pkg, quiet: true }));
  return join(folder, filename);
}

/** Runs `action` in an empty folder that holds nothing but this package.json. */
export async function inEmptyFolder(manifest, action) {
  const place = mkdtempSync(join(tmpdir(), "release-"));
  // Some commands of npm call a package after its folder.
  const folder = join(place, manifest.name);
  try {
    mkdirSync(folder);
    writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
    return await action(folder);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

const program = `
const client = new SupabaseManagement({ accessToken: "sbp_try", fetch: createSandbox().fetch });
client.projects.list().then((projects) => console.log(projects.length, "projects"));`;
const programs = {
  "import.mjs": `import { SupabaseManagement } from "${name}";\nimport { createSandbox } from "${name}/sandbox";${program}`,
  "require.cjs": `const { SupabaseManagement } = require("${name}");\nconst { createSandbox } = require("${name}/sandbox");${program}`,
};

/** Installs the packed file without a network and lets it call its own sandbox, imported and required. */
export const runPacked = (tarball) =>
  inEmptyFolder({ name: "application", private: true }, async (cwd) => {
    await npm("npm install", ["install", tarball, "--offline", ...quietly], { cwd, quiet: true });
    for (const [file, text] of Object.entries(programs)) {
      writeFileSync(join(cwd, file), text);
      const said = await run(file, process.execPath, [file], { cwd, quiet: true });
      if (!/^[1-9]\d* projects\n$/.test(said))
        throw new Error(`${file} printed "${said}" and not how many projects there are`);
    }
    const cli = join(cwd, "node_modules", name, "cli.js");
    return (await run("its command", process.execPath, [cli, "--version"], { cwd, quiet: true })).trim();
  });

/** All that npm does to publish, save for sending it. */
export const publishTrial = (tarball) =>
  npm("npm publish --dry-run", ["publish", tarball, "--dry-run", "--access", "public"], { cwd: root, quiet: true });
