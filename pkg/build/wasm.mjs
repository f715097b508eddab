// One crate, compiled by wasm-pack into a folder of its own under target/. Each crate gets its own call of cargo: in one
// call they would share their features.
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { filesIn, fingerprint, unlessDone } from "./inputs.mjs";
import { root } from "./install.mjs";
import { run } from "./run.mjs";
import { prepareTools } from "./tools.mjs";

const staging = join(root, "target", "wasm-pack");
const scripts = ["tools.mjs", "wasm.mjs"].map((name) => join("pkg", "build", name));
/** The crate below src/ that no other one uses. */
const deploy = "src/deploy";
const shared = ["Cargo.toml", "Cargo.lock", "rust-toolchain.toml", ".cargo", "src", "package-lock.json", ...scripts];

export const crates = [
  { name: "client", folder: ".", flags: ["--features", "js"], sources: shared },
  { name: "sandbox", folder: "www/sandbox", flags: ["--features", "js"], sources: [...shared, "www/sandbox"] },
  {
    name: "deploy",
    folder: deploy,
    flags: ["--no-default-features", "--features", "js"],
    sources: [...shared, deploy],
  },
];

/** What an engine must know: all of them have it since 2023. `--all-features` would make modules that Node 20 refuses. */
const features = [
  "simd",
  "bulk-memory",
  "nontrapping-float-to-int",
  "sign-ext",
  "mutable-globals",
  "reference-types",
  "multivalue",
].map((name) => `--enable-${name}`);

/** A function that is called once only stays one when it is large: brotli finds more that repeats. */
const smaller = [
  "--one-caller-inline-max-function-size=30",
  "--converge",
  // Would cut the table into pieces wherever it has some zeros.
  "--skip-pass=memory-packing",
];

/** Makes a wasm smaller, in its place. `more`: more flags of wasm-opt. */
export function optimise(name, wasm, more, { env, quiet }) {
  const flags = ["-Oz", ...smaller, ...features, ...more];
  return run(`optimising ${name}.wasm`, "wasm-opt", [...flags, wasm, "-o", wasm], { cwd: root, env, quiet });
}

/**
 * Lets rustc write short names in the place of folders of this machine, which would stand in the wasm with the places where
 * code can panic: they tell who built it, and differ from one machine to the next. Cargo reads the encoded form of the
 * flags before RUSTFLAGS, and there a folder may have a space in its name.
 */
function withoutPaths(env) {
  const cargo = process.env.CARGO_HOME ?? join(homedir(), ".cargo");
  const registries = join(cargo, "registry", "src");
  // Of several that fit, rustc takes the last. A folder of sources is called after the address of its registry.
  const names = [
    [root.replace(/[\\/]$/, ""), "/build"],
    [cargo, "/cargo"],
    ...(existsSync(registries) ? readdirSync(registries) : []).map((name) => [join(registries, name), "/crates"]),
  ];
  const remapped = names.map(([folder, name]) => `--remap-path-prefix=${folder}=${name}`);
  const flags = [...env.RUSTFLAGS.split(/\s+/).filter(Boolean), ...remapped];
  return { ...env, CARGO_ENCODED_RUSTFLAGS: flags.join("\x1f") };
}

/** Compiles a crate if its sources have changed. */
export async function compile({ name, folder, flags, sources }, { quiet }) {
  const files = filesIn(sources.map((path) => join(root, path)));
  const used = files.filter((file) => folder === deploy || !file.startsWith(join(root, deploy, "/")));
  const inputs = fingerprint(used, process.env.RUSTFLAGS);
  await unlessDone(join(staging, `${name}.json`), inputs, async () => {
    // A library that is compiled with other features elsewhere would leave its file where cargo takes it for this one's.
    const env = withoutPaths({ ...(await prepareTools({ quiet })), CARGO_TARGET_DIR: join(staging, `${name}-cargo`) });
    console.error(`compiling ${name}.wasm …`);
    // Aside: nothing of an earlier run may pass for a result of this one, nor is it lost when this one fails.
    const aside = join(staging, `${name}-aside`);
    rmSync(aside, { recursive: true, force: true });
    const args = ["build", join(root, folder), "--release", "--target", "bundler", "--mode", "no-install"];
    args.push("--no-pack", "--no-gitignore", "--out-dir", aside, "--out-name", name, "--", ...flags);
    await run(`compiling ${name}.wasm`, "wasm-pack", args, { cwd: root, env, quiet });
    const wasm = join(aside, `${name}_bg.wasm`);
    // By ourselves, since wasm-pack would do it before, and goes on without it when it finds none.
    await optimise(name, wasm, [], { env, quiet });
    rmSync(join(staging, name), { recursive: true, force: true });
    renameSync(aside, join(staging, name));
    return Object.values(outputs(name));
  });
}

/** Paths of what wasm-pack makes of a crate. */
function outputs(name) {
  const files = { wasm: `${name}_bg.wasm`, glue: `${name}_bg.js`, entry: `${name}.js`, types: `${name}.d.ts` };
  return Object.fromEntries(Object.entries(files).map(([key, file]) => [key, join(staging, name, file)]));
}

/** Whether a crate was ever compiled, be it from other sources than today's. */
export const hasResult = ({ name }) => Object.values(outputs(name)).every((file) => existsSync(file));

/** What wasm-pack made of a crate. */
export function result({ name }) {
  const { wasm, glue, entry, types } = outputs(name);
  const text = (file) => readFileSync(file, "utf8");
  return { name, wasm: readFileSync(wasm), glue: text(glue), types: text(types), api: api(text(entry)) };
}

/** The crate's own functions, as wasm-pack's entry lists them. */
function api(entry) {
  const list = /^export \{\s*([\w$,\s]*?)\s*\} from "\.\/\w+_bg\.js";?$/m.exec(entry);
  if (!list) throw new Error(`wasm-pack's entry has no list of exports:\n${entry}`);
  return list[1].split(/\s*,\s*/).filter(Boolean);
}
