// The table of the same situations over several clients.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { forNode } from "../bench/bundle.mjs";
import { generate, generated, install, versions } from "../bench/rivals.mjs";
import { descriptionFiles } from "../descriptions.mjs";
import { token } from "../support.js";
import * as ours from "./clients/ours.mjs";
import { settle, tableOf, words } from "./observe.mjs";
import { scenes } from "./scenes.mjs";
import { play, playAll } from "./stage.mjs";

/** When a call counts as one that hangs. */
const limitMs = 5000;

const [description] = descriptionFiles;

const client = (id, name, more) => ({
  id: `situations-${id}`,
  file: `../../situations/clients/${id}.mjs`,
  name,
  ...more,
});

const rivals = [
  client("supabase-management-js", `supabase-management-js ${versions["supabase-management-js"]}`),
  client("openapi-fetch", `openapi-fetch ${versions["openapi-fetch"]}`),
  client("hey-api", `hey-api ${versions["@hey-api/openapi-ts"]} with zod-mini ${versions.zod}`, {
    alias: { generated: join(generated, "hey-api-zod-mini") },
  }),
];

/** Installs and generates the other clients, as the bench does. False where there is no description to generate from. */
export async function prepare() {
  if (!existsSync(description)) return false;
  await install();
  await generate(description);
  return true;
}

/** The table, and the line below it. */
export async function comparedTable() {
  const modules = [ours];
  for (const one of rivals) modules.push(await import(pathToFileURL(await forNode(one)).href));
  const rows = await playAll(Object.values(scenes), async (scene) => [
    scene.name,
    ...(await Promise.all(modules.map((module) => cell(module, scene)))),
  ]);
  const table = tableOf(["situation", "**this client**", ...rivals.map(({ name }) => name)], rows);
  return `${table}\nNode ${process.versions.node}; each client as it comes, with nothing set but address and token, and 500 ms as the time-out of the
call without an answer, in the one client that has a time-out. A call "hangs" when it is still open after ${limitMs / 1000} seconds.\n`;
}

async function cell({ connect, open }, scene) {
  const seen = await play(scene, (baseUrl) => {
    const api = connect({ baseUrl, accessToken: token, ...scene.options });
    return settle(() => scene.call(api), { open, limitMs });
  });
  return words(seen, scene);
}
