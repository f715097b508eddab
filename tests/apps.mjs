// Compiles the crates of this folder that use the client as a program of somebody else does: tests/frontend*, tests/worker, tests/example.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../pkg/build/install.mjs";
import { prepareTools } from "../pkg/build/tools.mjs";

const target = join(root, "target", "tests-frontend");

/** The environment of a cargo that knows nothing of the caller's own build. */
export function plainEnv(env = process.env) {
  // What the caller set for its own build, a target folder for instance, is not for this one.
  const plain = Object.fromEntries(Object.entries(env).filter(([name]) => !/^CARGO_(TARGET|BUILD)_/.test(name)));
  // Nor are the flags of this repository, which no program elsewhere gets to see: see .cargo/config.toml.
  plain.RUSTFLAGS ??= "";
  return plain;
}

/** Runs a program in a folder of tests/, and resolves to what it printed. Where it fails, that is the error. */
export async function runIn(app, command, args, env = plainEnv()) {
  const options = { cwd: join(root, "tests", app), env, maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = await promisify(execFile)(command, args, options).catch((error) => {
    throw new Error(`${command} ${args.join(" ")} in tests/${app}:\n${error.stdout}\n${error.stderr}`);
  });
  return stdout;
}

let compiled;

/** Compiles all apps for the browser and workerd, once, and resolves to the path of the wasm of this one. */
export async function compile(app) {
  await (compiled ??= runIn(app, "cargo", ["build", "--quiet", "--locked", "--workspace"]));
  const name = `supabase_management_${app.replaceAll("-", "_")}`;
  return join(target, "wasm32-unknown-unknown", "debug", `${name}.wasm`);
}

/** Makes an app ready for `import init from "./app.js"`, and resolves to the folder with `app.js` and `app_bg.wasm`. */
export async function bind(app) {
  const wasm = await compile(app);
  const folder = join(target, "bound", app);
  const env = plainEnv({ ...process.env, ...(await prepareTools({ quiet: true })) });
  await runIn(
    app,
    "wasm-bindgen",
    ["--target", "web", "--no-typescript", "--out-name", "app", "--out-dir", folder, wasm],
    env,
  );
  return folder;
}
