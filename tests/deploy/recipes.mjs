// The recipes of tests/recipes, ready to run: what they use is installed, and the package lies beside them as it does beside an
// application.
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { build } from "../../pkg/build.mjs";
import { install, root } from "../../pkg/build/install.mjs";

export const recipes = join(root, "tests", "recipes");
export const recipe = (path) => join(recipes, path);

export const prepareRecipes = () =>
  prepare(recipes, "tests/recipes: installing what the tests of the recipes use (npm ci, once) …");

/** Builds the package, installs what the files of a folder use besides, and puts the package there. */
export async function prepare(folder, announcement) {
  await build({ quiet: true });
  await install(folder, announcement);
  try {
    symlinkSync(join(root, "pkg"), join(folder, "node_modules/supabase-management-wasm"), "junction");
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
}
