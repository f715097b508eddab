// The kinds of call that differ in what may become of them: may it be repeated, does it change something, and what does
// its answer have to be.
import { newProject, organization, project, ref } from "../support.js";

const json = "application/json; charset=utf-8";
const ok = (value, status = 200) => ({ status, type: json, text: JSON.stringify(value), total: 7 });
const nothing = (status = 200) => ({ status, type: undefined, text: "", total: 7 });

const rootKey = "0123456789abcdef".repeat(4);
const migration = { query: "create table a ()" };
const tokens = { access_token: "sbp_oauth_new", refresh_token: "r2", expires_in: 86_400, token_type: "Bearer" };
const grant = { grant_type: "refresh_token", refresh_token: "correct-horse-refresh" };
const deployed = {
  id: "6f1ed7b4-6a0e-4f7c-8c39-6b6d8b1a2c3d",
  slug: "hello",
  name: "hello",
  status: "ACTIVE",
  version: 1,
};
const form = () => ({
  metadata: { entrypoint_path: "index.ts", name: "hello" },
  file: [{ path: "index.ts", content: "Deno.serve(() => new Response('hi'))" }],
});
const key = "key-of-this-very-migration";

/**
 * - `repeat`: the contract allows to send it again after any passing failure; else only after a 429
 * - `write`: whether it may have changed something that was sent and not answered
 * - `sends`: headers that every request has; `sendsBody`: whether it has a body; `anonymous`: whether it goes without token
 * - `secrets`: what besides the token must not be told
 * - `answer`: the right answer
 * - `wants`: the answer that it needs: "array", "object", "rows", "count", "nothing", "free"
 * - `typed`: whether the answer becomes a value of a type, with room for nothing else: see rust-face/language.mjs
 */
export const kinds = [
  {
    name: "GET of a list",
    verb: "GET",
    repeat: true,
    wants: "array",
    answer: ok([project]),
    run: (client, options) => client.projects.list(options),
  },
  {
    name: "GET of an object",
    verb: "GET",
    repeat: true,
    wants: "object",
    answer: ok(project),
    run: (client, options) => client.projects.get(ref, options),
  },
  {
    name: "HEAD",
    verb: "HEAD",
    repeat: true,
    wants: "count",
    answer: nothing(),
    run: (client, options) => client.actionRuns.count(ref, options),
  },
  {
    name: "POST that reads rows",
    verb: "POST",
    repeat: true,
    wants: "rows",
    answer: ok([{ a: 1 }], 201),
    run: (client, options) => client.database.queryReadOnly(ref, { query: "select 1 as a" }, options),
  },
  {
    name: "POST that reads an object",
    verb: "POST",
    sendsBody: false,
    repeat: true,
    wants: "object",
    answer: ok({ banned_ipv4_addresses: [] }, 201),
    run: (client, options) => client.networkBans.list(ref, options),
  },
  {
    name: "PUT",
    verb: "PUT",
    repeat: true,
    write: true,
    wants: "object",
    answer: ok({ root_key: rootKey }),
    run: (client, options) => client.pgsodium.updateConfig(ref, { root_key: rootKey }, options),
  },
  {
    name: "DELETE",
    verb: "DELETE",
    repeat: true,
    write: true,
    wants: "nothing",
    answer: nothing(),
    run: (client, options) => client.functions.delete(ref, "hello", options),
  },
  {
    name: "DELETE with a body",
    verb: "DELETE",
    sendsBody: true,
    repeat: true,
    write: true,
    wants: "nothing",
    answer: nothing(),
    run: (client, options) => client.secrets.delete(ref, ["A", "B"], options),
  },
  {
    name: "POST",
    verb: "POST",
    write: true,
    wants: "object",
    answer: ok({ ...project, database: undefined }, 201),
    run: (client, options) => client.projects.create(newProject, options),
  },
  {
    name: "POST without an answer",
    verb: "POST",
    write: true,
    wants: "nothing",
    answer: nothing(201),
    run: (client, options) => client.secrets.create(ref, [{ name: "A", value: "correct-horse-value" }], options),
  },
  {
    name: "POST of SQL",
    verb: "POST",
    write: true,
    wants: "rows",
    answer: ok([{ a: 1 }], 201),
    run: (client, options) => client.database.query(ref, { query: "insert into a default values" }, options),
  },
  {
    name: "PATCH",
    verb: "PATCH",
    write: true,
    wants: "object",
    answer: ok({ id: 1, ref, name: "new" }),
    run: (client, options) => client.projects.update(ref, { name: "new" }, options),
  },
  {
    name: "migration",
    verb: "POST",
    write: true,
    wants: "nothing",
    answer: nothing(),
    run: (client, options) => client.migrations.apply(ref, migration, options),
  },
  {
    name: "migration with a key",
    verb: "POST",
    repeat: true,
    write: true,
    wants: "nothing",
    answer: nothing(),
    sends: { "idempotency-key": key },
    run: (client, options) => client.migrations.apply(ref, migration, { ...options, idempotencyKey: key }),
  },
  {
    name: "upsert of a migration with a key",
    verb: "PUT",
    repeat: true,
    write: true,
    wants: "nothing",
    answer: nothing(),
    sends: { "idempotency-key": key },
    run: (client, options) => client.migrations.upsert(ref, migration, { ...options, idempotencyKey: key }),
  },
  {
    name: "PUT of the settings of Postgres",
    verb: "PUT",
    write: true,
    wants: "object",
    answer: ok({ max_connections: 100 }),
    run: (client, options) => client.database.updatePostgresConfig(ref, { max_connections: 100 }, options),
  },
  {
    name: "refresh of a token",
    verb: "POST",
    write: true,
    wants: "object",
    anonymous: true,
    secrets: [grant.refresh_token],
    answer: ok(tokens, 201),
    run: (client, options) => client.oauth.token(grant, options),
  },
  {
    name: "deployment of files",
    verb: "POST",
    write: true,
    wants: "object",
    answer: ok(deployed, 201),
    run: (client, options) => client.functions.deploy(ref, form(), { slug: "hello" }, options),
  },
  {
    name: "free GET",
    verb: "GET",
    repeat: true,
    wants: "free",
    answer: ok([organization]),
    run: (client, options) => client.request("GET", "/v1/organizations", options),
  },
  {
    name: "free PUT",
    verb: "PUT",
    repeat: true,
    write: true,
    wants: "free",
    answer: ok({ a: 1 }),
    run: (client, options) => client.request("PUT", `/v1/projects/${ref}/new`, { ...options, body: { a: 1 } }),
  },
  {
    name: "free POST",
    verb: "POST",
    write: true,
    wants: "free",
    answer: ok({ a: 1 }, 201),
    run: (client, options) => client.request("POST", `/v1/projects/${ref}/new`, { ...options, body: { a: 1 } }),
  },
  {
    name: "free PATCH",
    verb: "PATCH",
    write: true,
    wants: "free",
    answer: ok({ a: 1 }),
    run: (client, options) => client.request("PATCH", `/v1/projects/${ref}/new`, { ...options, body: { a: 1 } }),
  },
].map((kind) => {
  const sendsBody = /^P/.test(kind.verb);
  return { repeat: false, write: false, anonymous: false, typed: false, sendsBody, sends: {}, secrets: [], ...kind };
});
