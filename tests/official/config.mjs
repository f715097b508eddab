// `supabase config push` against one sandbox, `plan` and `apply` against another, folder by folder. Both must leave the same
// settings, but for what a case names with its reason.
import assert from "node:assert/strict";
import { plan } from "../../pkg/deploy.js";
import { cases } from "./deploy/config-cases.mjs";
import { officialCli, ref, serve } from "./harness.mjs";

/** All settings that a config.toml can reach, by one name each. */
async function settings(client) {
  const parts = {
    api: await client.postgrest.getConfig(ref),
    postgres: await client.database.getPostgresConfig(ref),
    networks: (await client.networkRestrictions.get(ref)).config,
    ssl: (await client.sslEnforcement.get(ref)).currentConfig,
    auth: await client.auth.getConfig(ref),
    storage: await client.storage.getConfig(ref),
  };
  const flat = {};
  for (const [part, values] of Object.entries(parts)) {
    for (const [name, value] of Object.entries(values)) flat[`${part}.${name}`] = value;
  }
  // Ten years from the moment of the write.
  delete flat["auth.sms_test_otp_valid_until"];
  return flat;
}

async function tryCase({ toml, env = {}, files = {}, before, unlike = {} }) {
  const [theirs, ours] = await Promise.all([serve(), serve()]);
  try {
    const text = `project_id = "work"\n${typeof toml === "function" ? toml(ref) : toml}`;
    for (const { client } of [theirs, ours]) await before?.(client, ref);
    const cli = officialCli(theirs, { env });
    cli.write("supabase/config.toml", text);
    for (const [path, content] of Object.entries(files)) cli.write(path, content);
    const pushed = await cli.supabase(["config", "push", "--project-ref", ref, "--yes"]);
    assert.equal(pushed.code, 0, pushed.out + pushed.err);

    const desired = { files: { ...files, "supabase/config.toml": text }, env, only: ["config"] };
    await (await plan(ours.client, ref, desired)).apply();
    const again = await plan(ours.client, ref, desired);
    assert.equal(again.empty, true, `a second plan has something to do:\n${again}`);

    const [left, right] = [await settings(theirs.client), await settings(ours.client)];
    const differ = Object.keys({ ...left, ...right }).filter(
      (key) => JSON.stringify(left[key]) !== JSON.stringify(right[key]),
    );
    const shown = differ.map(
      (key) => `${key}: official ${JSON.stringify(left[key])}, here ${JSON.stringify(right[key])}`,
    );
    assert.deepEqual(differ.sort(), Object.keys(unlike).sort(), shown.join("\n"));
  } finally {
    await Promise.all([theirs.end(), ours.end()]);
  }
}

/** Compares all folders. `tell` hears of each. */
export async function tryConfig(tell) {
  for (const one of cases) {
    let error;
    try {
      await tryCase(one);
    } catch (cause) {
      error = cause;
    }
    const apart = Object.keys(one.unlike ?? {}).length;
    tell({ title: apart > 0 ? `${one.name} (${apart} settings end otherwise, with reasons)` : one.name, error });
  }
}
