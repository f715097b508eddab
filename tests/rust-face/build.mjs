// Compiles the Rust face for Node, under target/, unless nothing has changed since it was.
import { createRequire } from "node:module";
import { join } from "node:path";
import { writeFileSync } from "node:fs";
import { filesIn, fingerprint, unlessDone } from "../../pkg/build/inputs.mjs";
import { root } from "../../pkg/build/install.mjs";
import { exclusively } from "../../pkg/build/lock.mjs";
import { run } from "../../pkg/build/run.mjs";
import { prepareTools } from "../../pkg/build/tools.mjs";

const folder = join(root, "tests", "rust-face");
const target = join(root, "target", "tests-rust-face");
const wasmTarget = "wasm32-unknown-unknown";
const name = "supabase_management_rust_face";
const glue = join(target, "node");
const sources = [
  ...["Cargo.toml", "Cargo.lock", "rust-toolchain.toml", "src"].map((path) => join(root, path)),
  ...["Cargo.toml", "Cargo.lock", "src", "build.mjs"].map((path) => join(folder, path)),
  join(root, "pkg", "build", "tools.mjs"),
];

/** Resolves to the exports of src/lib.rs. Where it cannot be built, that is an error: nothing is skipped. */
export async function buildRustFace() {
  // Test files run side by side, and each of them asks for it.
  await exclusively(join(target, ".building"), "waiting for another build of the Rust face to end …", () =>
    unlessDone(join(target, "node.json"), fingerprint(filesIn(sources), process.env.RUSTFLAGS), compile),
  );
  return createRequire(import.meta.url)(join(glue, `${name}.js`));
}

/** Resolves to the paths of the files that it wrote. */
async function compile() {
  console.error("compiling the Rust face …");
  const env = await prepareTools({ quiet: true });
  // Said here besides .cargo/config.toml, as what the caller has set for a build of its own would hold otherwise.
  await run("compiling the Rust face", "cargo", ["build", "--target", wasmTarget, "--target-dir", target], {
    cwd: folder,
    env,
    quiet: true,
  });
  const wasm = join(target, wasmTarget, "debug", `${name}.wasm`);
  const args = ["--target", "nodejs", "--no-typescript", "--out-dir", glue, wasm];
  await run("making the Rust face ready for Node", "wasm-bindgen", args, { cwd: folder, env, quiet: true });
  // The package.json of the repository says that a .js file is a module, which this one is not.
  const kind = join(glue, "package.json");
  writeFileSync(kind, '{ "type": "commonjs" }\n');
  return [kind, join(glue, `${name}.js`), join(glue, `${name}_bg.wasm`)];
}
