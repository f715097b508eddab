// `node tests/deploy/config-official.mjs`: `supabase config push` against one sandbox, the configuration part of the deploy
// crate against another, folder by folder. Both must leave the same settings, but for what a case names with its reason.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { parse } from "smol-toml";
import { root } from "../../pkg/build/install.mjs";
import { install, officialCli, ref, serve } from "../official/harness.mjs";
import { cases } from "./config-cases.mjs";

const program = ["run", "--quiet", "-p", "supabase-management-deploy", "--example", "config"];

/** What the crate says. */
function ask(input) {
  const { stdout, stderr, status } = spawnSync("cargo", program, {
    cwd: root,
    input: JSON.stringify(input),
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

/** Calls an endpoint by its name. */
const call = (client, id, ...args) =>
  id
    .split(".")
    .reduce(
      (place, name, at, names) => (at === names.length - 1 ? place[name].bind(place) : place[name]),
      client,
    )(...args);

/** Compares, and tells how many requests that took. */
async function compared(client, given) {
  const { reads, fault } = ask(given);
  assert.equal(fault, undefined);
  const answers = {};
  for (const { endpoint } of reads) answers[endpoint] = await call(client, endpoint, ref);
  return { ...ask({ ...given, answers }), requests: reads.length };
}

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

async function tryCase({ name, toml, env = {}, files = {}, before, unlike = {} }) {
  const [theirs, ours] = await Promise.all([serve(), serve()]);
  try {
    const text = typeof toml === "function" ? toml(ref) : toml;
    for (const { client } of [theirs, ours]) await before?.(client, ref);
    const cli = officialCli(theirs);
    cli.write("supabase/config.toml", `project_id = "work"\n${text}`);
    cli.write(
      "supabase/.env",
      Object.entries(env)
        .map(([key, value]) => `${key}="${value}"\n`)
        .join(""),
    );
    for (const [path, content] of Object.entries(files)) cli.write(path, content);
    const pushed = await cli.supabase(["config", "push", "--project-ref", ref, "--yes"]);
    assert.equal(pushed.code, 0, pushed.out + pushed.err);

    const given = { config: parse(text), ref, env, files, now: new Date().toISOString() };
    const began = await compared(ours.client, given);
    for (const { endpoint, body } of began.sections) await call(ours.client, endpoint, ref, body);
    const after = await compared(ours.client, given);
    assert.deepEqual(after.sections, [], "a second run has nothing to do");

    const [left, right] = [await settings(theirs.client), await settings(ours.client)];
    const differ = Object.keys({ ...left, ...right }).filter(
      (key) => JSON.stringify(left[key]) !== JSON.stringify(right[key]),
    );
    const shown = differ.map(
      (key) => `${key}: official ${JSON.stringify(left[key])}, here ${JSON.stringify(right[key])}`,
    );
    if (process.env.SHOW) console.log(pushed.out, pushed.err, JSON.stringify(began, undefined, 1));
    assert.deepEqual(differ.sort(), Object.keys(unlike).sort(), shown.join("\n"));
    return {
      name,
      writes: began.sections.length,
      changes: began.sections.flatMap(({ changes }) => changes).length,
      differ,
    };
  } finally {
    await Promise.all([theirs.end(), ours.end()]);
  }
}

await install();
const asked = process.argv.slice(2);
let failed = 0;
for (const one of cases.filter(({ name }) => asked.length === 0 || asked.some((word) => name.includes(word)))) {
  try {
    const { name, writes, changes, differ } = await tryCase(one);
    console.log(
      `✔ ${name}: ${changes} changes in ${writes} writes${differ.length > 0 ? `, ${differ.length} keys end otherwise` : ""}`,
    );
    for (const key of differ) console.log(`    ${key}: ${one.unlike[key]}`);
  } catch (error) {
    failed++;
    console.log(`✖ ${one.name}\n    ${error.message.split("\n").slice(0, 30).join("\n    ")}`);
  }
}
process.exitCode = failed > 0 ? 1 : 0;
