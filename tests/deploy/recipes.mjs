// The recipes of tests/recipes, ready to run: what they use is installed, and the package lies beside them as it does beside an
// application.
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { build } from "../../pkg/build.mjs";
import { install, root } from "../../pkg/build/install.mjs";

export const recipes = join(root, "tests", "recipes");
export const recipe = (path) => join(recipes, path);

export async function prepareRecipes() {
  await build({ quiet: true });
  await install(recipes, "tests/recipes: installing what the tests of the recipes use (npm ci, once) …");
  try {
    symlinkSync(join(root, "pkg"), recipe("node_modules/supabase-management-wasm"), "junction");
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
}
