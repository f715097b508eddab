// `npm run tree`: the crates that an app has only because it uses the client, by two answers of `cargo tree`: of the app as it is, and
// of one that lacks nothing but this dependency. `npm run tree -- frontend` is the app with Yew.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../pkg/build/install.mjs";
import { isProgram } from "../pkg/build/run.mjs";
import { runIn } from "./apps.mjs";

const client = /^supabase-management-wasm = .*\n/m;

/** Resolves to the names and versions of the crates that tests/`app` has gained. */
export async function gained(app) {
  const manifest = readFileSync(join(root, "tests", app, "Cargo.toml"), "utf8");
  if (!client.test(manifest)) throw new Error(`tests/${app}/Cargo.toml does not name the client in a line of its own`);
  // Elsewhere, as cargo would take a folder of the repository for a member of its workspace. An app without the client may have fewer
  // features of other crates as well, which `cargo tree --prune` would not notice.
  const folder = join(root, "target", "tests-tree", app);
  mkdirSync(join(folder, "src"), { recursive: true });
  writeFileSync(join(folder, "src", "lib.rs"), "");
  writeFileSync(join(folder, "Cargo.toml"), `${manifest.replace(client, "")}\n[workspace]\n`);
  // The same versions: cargo strikes out what is not needed.
  copyFileSync(join(root, "tests", "Cargo.lock"), join(folder, "Cargo.lock"));
  const before = new Set(await crates(app, ["--manifest-path", join(folder, "Cargo.toml")]));
  return (await crates(app, [])).filter((line) => !before.has(line));
}

async function crates(app, more) {
  const name = `supabase-management-${app}`;
  const flags = ["--target", "wasm32-unknown-unknown", "--edges", "no-dev", "--prefix", "none", "--format", "{p}"];
  const lines = (await runIn(app, "cargo", ["tree", ...flags, ...more])).split("\n");
  // A crate of this repository is followed by its folder, and one that was printed before by an asterisk.
  const named = lines.map((line) => line.split(" ").slice(0, 2).join(" ")).filter(Boolean);
  return [...new Set(named)].filter((line) => !line.startsWith(`${name} `)).sort();
}

if (isProgram(import.meta.url)) {
  const app = process.argv[2] ?? "frontend-leptos";
  const list = await gained(app);
  console.log(`${list.length} crates are in tests/${app} only because it uses the client:\n${list.join("\n")}`);
}
