// What turns Rust into a package: the wasm target of rustc, wasm-pack, wasm-bindgen, wasm-opt. One that is on PATH in the
// right version is used; what is missing is installed under target/, beside nothing of the user's.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { root } from "./install.mjs";
import { printed, run } from "./run.mjs";

const wasmPack = "0.15.1";
const target = "wasm32-unknown-unknown";
const home = join(root, "target", "tools");

/**
 * Resolves to the environment in which wasm-pack finds all it needs. In it crates are compiled as their users compile them:
 * RUSTFLAGS, be it empty, takes the place of the flags in .cargo/config.toml.
 */
export async function prepareTools({ quiet }) {
  const path = [join(home, "bin"), join(root, "node_modules", ".bin"), process.env.PATH].join(delimiter);
  // Windows calls it Path, and a second spelling would not replace the first.
  const env = { [Object.keys(process.env).find((name) => /^path$/i.test(name)) ?? "PATH"]: path };
  env.RUSTFLAGS = process.env.RUSTFLAGS ?? "";
  await ensureTarget();
  const tool = (command, crate, version, flags, duration) =>
    ensureTool({ command, crate, version, flags, duration }, { env, quiet });
  await tool("wasm-pack", "wasm-pack", wasmPack, ["--locked"], "two minutes");
  // Its own lock file holds another wasm-bindgen: the tool and the crate must be of one version, so no --locked.
  await tool("wasm-bindgen", "wasm-bindgen-cli", await bindgenVersion(), [], "four minutes");
  return env;
}

/** Installs a program from crates.io under target/, unless it is there in this version. `args`: what makes it tell that. */
export async function ensureTool({ command, args = ["--version"], crate, version, flags, duration }, { env, quiet }) {
  const found = await printed(command, args, { env });
  if (found?.split(" ").at(-1) === version) return;
  console.error(`installing ${crate} ${version} from crates.io, about ${duration}, once …`);
  const install = ["install", crate, "--version", version, "--root", home, "--force", ...flags];
  await run(`installing ${crate}`, "cargo", install, { cwd: root, quiet });
}

/** With rustup the target comes by itself, from rust-toolchain.toml; unless that is switched off there. */
async function ensureTarget() {
  const folder = () => printed("rustc", ["--print", "target-libdir", "--target", target], { cwd: root });
  const libraries = await folder();
  if (libraries === undefined) throw new Error("Rust is missing, or does not run: install it with rustup");
  if (existsSync(libraries)) return;
  console.error(`adding ${target} to the Rust toolchain …`);
  await run(`adding ${target}`, "rustup", ["target", "add", target], { cwd: root });
}

/** The version in Cargo.lock, which cargo brings up to date first. */
async function bindgenVersion() {
  const text = await run("cargo metadata", "cargo", ["metadata", "--format-version", "1"], { cwd: root, quiet: true });
  return JSON.parse(text).packages.find(({ name }) => name === "wasm-bindgen").version;
}
