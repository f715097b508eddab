// The npm package as its users get it: the file that `npm pack` makes.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { npm } from "./runtimes/harness/run.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
// Another folder can be tested instead, for instance one that was unpacked from a published version.
const source = process.env.PACKAGE_FOLDER ?? join(root, "pkg");
const store = join(root, "target", "npm-pack");

let packed;

/** Resolves to the path of the tarball. Test files share it: it is packed again only when a file of pkg/ has changed. */
export function packTarball() {
  packed ??= pack();
  return packed;
}

async function pack() {
  if (!process.env.PACKAGE_FOLDER && !existsSync(join(source, "dist"))) {
    throw new Error("pkg/dist is missing: run `npm run build` first");
  }
  const folder = join(store, fingerprint());
  const name = () => readdirSync(folder).find((file) => file.endsWith(".tgz"));
  if (!existsSync(folder)) {
    mkdirSync(store, { recursive: true });
    // Packed aside and moved in one step: another process may look at the same moment.
    const aside = mkdtempSync(join(store, "packing-"));
    await npm(["pack", "--pack-destination", aside], { cwd: source });
    try {
      renameSync(aside, folder);
    } catch (error) {
      if (!existsSync(folder)) throw error;
      rmSync(aside, { recursive: true });
    }
    forgetOthers(folder);
  }
  return join(folder, name());
}

function fingerprint() {
  const hash = createHash("sha256");
  for (const file of readdirSync(source, { recursive: true }).sort()) {
    const path = join(source, file);
    if (statSync(path).isFile()) hash.update(`${file}\0`).update(readFileSync(path));
  }
  return hash.digest("hex").slice(0, 16);
}

/** Tarballs of an hour ago are of no use to anybody. */
function forgetOthers(kept) {
  for (const name of readdirSync(store)) {
    const path = join(store, name);
    if (path !== kept && Date.now() - statSync(path).mtimeMs > 3_600_000)
      rmSync(path, { recursive: true, force: true });
  }
}
