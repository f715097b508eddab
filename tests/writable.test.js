// What a read gave, as the write of the same thing takes it: all pairs of the table, and what is left out, by name.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import * as slim from "../pkg/slim.js";
import { InputError, isInputError, SupabaseManagement, writable } from "../pkg/index.js";
import { deployed, json, project, ref, rejection, spy, thrown, token } from "./support.js";

const types = readFileSync(new URL("../pkg/dist/types.d.ts", import.meta.url), "utf8");
/** The lines of an interface, those of its declarations together. */
const linesOf = (name) =>
  Array.from(types.matchAll(new RegExp(`^export interface ${name} \\{\\n(.*?)^\\}`, "gms")), ([, body]) => body)
    .join("")
    .split("\n");
const time = "2026-09-23T00:00:00.000Z";
const id = "b9bc9e13-fd1b-4ba2-9ad6-b1c5a1a8c8d0";

// An answer of the Auth settings: each secret as its digest, each other setting with a value that its type allows.
const digest = "0f".repeat(32);
const settings = linesOf("AuthConfig").flatMap((line) => {
  const [, name, type] = /^ {4}(\w+)\??: (.*?)(?: \| undefined)?;$/.exec(line) ?? [];
  return name ? [[name, type]] : [];
});
const secrets = settings.filter(([, type]) => type.startsWith("Digest")).map(([name]) => name);
const readOf = (type) =>
  type.startsWith("Digest") ? digest : type.includes("null") ? null : { number: 7, boolean: true }[type];
const config = {
  ...Object.fromEntries(settings.map(([name, type]) => [name, readOf(type)])),
  site_url: "https://a.b",
  jwt_exp: 3600,
};
const answersAlone = ["custom_oauth_max_providers", "nimbus_oauth_email_optional", "saml_allow_encrypted_assertions"];
const without = (object, names) => Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));

const branch = {
  id,
  name: "a/b",
  project_ref: ref,
  parent_project_ref: ref,
  is_default: false,
  git_branch: "main",
  persistent: true,
  status: "FUNCTIONS_FAILED",
  created_at: time,
  updated_at: time,
  with_data: true,
  notify_url: null,
};
const provider = {
  id,
  saml: {
    id,
    entity_id: "https://idp.example.com",
    metadata_url: "https://idp.example.com/metadata",
    metadata_xml: "<xml/>",
    attribute_mapping: { keys: { mail: { name: "email", default: "a@b.c", array: false, since: 1 } } },
    name_id_format: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
  },
  domains: [{ id, domain: "a.example.com", created_at: time }, { domain: "b.example.com" }],
  created_at: time,
};
const sso = {
  metadata_url: provider.saml.metadata_url,
  attribute_mapping: { keys: { mail: { name: "email", default: "a@b.c", array: false } } },
  domains: ["a.example.com", "b.example.com"],
  name_id_format: provider.saml.name_id_format,
};
const ssoLeft = {
  id: "read-only",
  "saml.id": "read-only",
  "saml.entity_id": "read-only",
  "saml.metadata_xml": "alternative",
  "saml.attribute_mapping.keys.mail.since": "read-only",
  "domains[0].id": "read-only",
  "domains[0].created_at": "read-only",
  created_at: "read-only",
};
const apiKey = {
  id,
  type: "secret",
  api_key: "sb_secret_abcde···",
  name: "default",
  description: null,
  hash: "a",
  inserted_at: time,
};
const keyLeft = { id: "read-only", api_key: "read-only", hash: "read-only", inserted_at: "read-only" };

/** Of each pair: what was read, the body, why what is left out, and path values behind the reference. */
const pairs = {
  "apiKeys.create": [apiKey, { type: "secret", name: "default", description: null }, keyLeft],
  "apiKeys.update": [apiKey, { name: "default", description: null }, { ...keyLeft, type: "read-only" }, [id]],
  "auth.updateConfig": [
    config,
    without(config, [...secrets, ...answersAlone]),
    Object.fromEntries(
      settings.flatMap(([name]) =>
        secrets.includes(name) ? [[name, "secret"]] : answersAlone.includes(name) ? [[name, "read-only"]] : [],
      ),
    ),
  ],
  "backups.createRestorePoint": [
    { name: "before", status: "AVAILABLE", completed_on: null },
    { name: "before" },
    { status: "read-only", completed_on: "read-only" },
  ],
  "backups.restore": [
    { id: 7, is_physical_backup: true, status: "COMPLETED", inserted_at: time },
    { id: 7 },
    { is_physical_backup: "read-only", status: "read-only", inserted_at: "read-only" },
  ],
  "backups.updateSchedule": [
    { schedule_for: "03:30:00", updated_at: time },
    { schedule_for: "03:30:00" },
    { updated_at: "read-only" },
  ],
  "billing.applyAddon": [
    { type: "pitr", variant: { id: "pitr_7", name: "7 days", price: { amount: 100 } } },
    { addon_type: "pitr", addon_variant: "pitr_7" },
    { "variant.name": "read-only", "variant.price": "read-only" },
  ],
  "branches.create": [
    branch,
    { branch_name: "a/b", is_default: false, git_branch: "main", persistent: true, with_data: true },
    {
      ...Object.fromEntries(
        ["id", "project_ref", "parent_project_ref", "status", "created_at", "updated_at"].map((name) => [
          name,
          "read-only",
        ]),
      ),
      notify_url: "null",
    },
  ],
  "branches.update": [
    branch,
    { branch_name: "a/b", git_branch: "main", persistent: true },
    {
      ...Object.fromEntries(
        [
          "id",
          "project_ref",
          "parent_project_ref",
          "is_default",
          "status",
          "created_at",
          "updated_at",
          "with_data",
        ].map((name) => [name, "read-only"]),
      ),
      notify_url: "null",
    },
  ],
  "customHostname.initialize": [
    { status: "1_not_started", custom_hostname: "a.example.com", data: { success: true } },
    { custom_hostname: "a.example.com" },
    { status: "read-only", data: "read-only" },
  ],
  "database.updatePoolerConfig": [
    {
      identifier: ref,
      database_type: "PRIMARY",
      default_pool_size: null,
      max_client_conn: 200,
      pool_mode: "transaction",
    },
    { default_pool_size: null, pool_mode: "transaction" },
    { identifier: "read-only", database_type: "read-only", max_client_conn: "read-only" },
  ],
  "database.updatePostgresConfig": [
    { max_connections: 100, statement_timeout: "2min" },
    { max_connections: 100, statement_timeout: "2min" },
    {},
  ],
  "disk.update": [
    { attributes: { type: "gp3", iops: 3000, size_gb: 8, throughput_mibps: 125, zone: "a" }, last_modified_at: time },
    { attributes: { type: "gp3", iops: 3000, size_gb: 8, throughput_mibps: 125 } },
    { "attributes.zone": "read-only", last_modified_at: "read-only" },
  ],
  "functions.bulkUpdate": [[deployed], [without(deployed, ["updated_at"])], { "[0].updated_at": "read-only" }],
  "functions.update": [
    { ...deployed, verify_jwt: false },
    { name: deployed.name, verify_jwt: false },
    Object.fromEntries(Object.keys(without(deployed, ["name"])).map((name) => [name, "read-only"])),
    ["hello"],
  ],
  "jitAccess.update": [
    {
      user_id: id,
      user_roles: [
        {
          role: "postgres",
          expires_at: 1_800_000_000,
          allowed_networks: { allowed_cidrs: [{ cidr: "203.0.113.0/24" }] },
        },
      ],
    },
    {
      user_id: id,
      roles: [
        {
          role: "postgres",
          expires_at: 1_800_000_000,
          allowed_networks: { allowed_cidrs: [{ cidr: "203.0.113.0/24" }] },
        },
      ],
    },
    {},
  ],
  "jitAccess.updateConfig": [
    { state: "enabled", appliedSuccessfully: true },
    { state: "enabled" },
    { appliedSuccessfully: "read-only" },
  ],
  "migrations.update": [
    { version: "20260923", name: "first", statements: ["select 1"], rollback: ["select 2"] },
    { name: "first" },
    { version: "read-only", statements: "read-only", rollback: "invalid" },
    ["20260923"],
  ],
  "networkRestrictions.apply": [
    {
      entitlement: "allowed",
      config: { dbAllowedCidrs: ["203.0.113.0/24"], dbAllowedCidrsV6: [] },
      old_config: {},
      status: "applied",
    },
    { dbAllowedCidrs: ["203.0.113.0/24"], dbAllowedCidrsV6: [] },
    { entitlement: "read-only", old_config: "read-only", status: "read-only" },
  ],
  "organizations.create": [
    { id: "acme", slug: "acme", name: "Acme" },
    { name: "Acme" },
    { id: "read-only", slug: "read-only" },
  ],
  "pgsodium.updateConfig": [{ root_key: "0f".repeat(32) }, { root_key: "0f".repeat(32) }, {}],
  "postgrest.updateConfig": [
    { db_schema: "public", max_rows: 1000, db_extra_search_path: "public", db_pool: null, jwt_secret: "a" },
    { db_schema: "public", max_rows: 1000, db_extra_search_path: "public" },
    { db_pool: "null", jwt_secret: "read-only" },
  ],
  "projects.update": [
    project,
    { name: project.name },
    Object.fromEntries(Object.keys(without(project, ["name"])).map((name) => [name, "read-only"])),
  ],
  "realtime.updateConfig": [
    {
      private_only: null,
      connection_pool: 2,
      max_concurrent_users: 200,
      max_events_per_second: 0,
      suspend: false,
      presence_enabled: true,
    },
    { connection_pool: 2, max_concurrent_users: 200, suspend: false, presence_enabled: true },
    { private_only: "null", max_events_per_second: "invalid" },
  ],
  "signingKeys.update": [
    { id, algorithm: "ES256", status: "standby", created_at: time, updated_at: time },
    { status: "standby" },
    { id: "read-only", algorithm: "read-only", created_at: "read-only", updated_at: "read-only" },
    [id],
  ],
  "sslEnforcement.update": [
    { currentConfig: { database: true }, appliedSuccessfully: true },
    { requestedConfig: { database: true } },
    { appliedSuccessfully: "read-only" },
  ],
  "ssoProviders.create": [provider, { type: "saml", ...sso }, ssoLeft],
  "ssoProviders.update": [provider, sso, ssoLeft, [id]],
  "storage.updateConfig": [
    {
      fileSizeLimit: 52_428_800,
      features: {
        imageTransformation: { enabled: true },
        icebergCatalog: { enabled: true, maxNamespaces: 1, maxTables: 1 },
        purge: { enabled: true },
      },
      capabilities: { list_v2: true },
      external: { upstreamTarget: "tomorrow" },
      migrationVersion: "a",
      databasePoolMode: "recycled",
    },
    { fileSizeLimit: 52_428_800, features: { imageTransformation: { enabled: true } } },
    {
      "features.icebergCatalog": "invalid",
      "features.purge": "read-only",
      capabilities: "read-only",
      external: "invalid",
      migrationVersion: "read-only",
      databasePoolMode: "read-only",
    },
  ],
  "thirdPartyAuth.create": [
    {
      id,
      type: "oidc",
      oidc_issuer_url: "https://a.example.com",
      jwks_url: null,
      custom_jwks: null,
      resolved_jwks: { keys: [] },
      inserted_at: time,
    },
    { oidc_issuer_url: "https://a.example.com" },
    {
      id: "read-only",
      type: "read-only",
      jwks_url: "null",
      custom_jwks: "null",
      resolved_jwks: "read-only",
      inserted_at: "read-only",
    },
  ],
};

/** Writes that belong to no project. */
const alone = ["organizations.create"];

describe("what a read gave", () => {
  it("is tried for every pair of the table", () => {
    const all = linesOf("Writables").flatMap((line) => /^ +"([\w.]+)": /.exec(line)?.[1] ?? []);
    assert.deepEqual(Object.keys(pairs), all.sort());
    assert.equal(all.length, 30);
  });

  for (const [endpoint, [answer, body, left, more = []]] of Object.entries(pairs)) {
    it(`is what ${endpoint} takes, but for what is named`, async () => {
      const before = structuredClone(answer);
      const made = writable(endpoint, answer);
      assert.deepEqual(made.body, body);
      assert.deepEqual(Object.fromEntries(made.omitted.map(({ path, reason }) => [path, reason])), left);
      assert.ok(made.omitted.every(({ expected }) => expected.length > 0));
      assert.deepEqual(answer, before);

      const fetch = spy(() => json({}));
      const client = new SupabaseManagement({ accessToken: token, fetch });
      const [group, name] = endpoint.split(".");
      const write = (body) => client[group][name](...(alone.includes(endpoint) ? [] : [ref]), ...more, body);
      const refusal = async (body) =>
        await write(body).then(
          () => undefined,
          (error) => (isInputError(error) ? error : undefined),
        );
      assert.equal(await refusal(made.body), undefined);
      assert.deepEqual(JSON.parse(fetch.calls[0].init.body), body);

      // As it is, it is refused where anything had to be left out, and nobody is told that a field was meant which is there.
      const error = await refusal(answer);
      if (Object.values(left).some((reason) => reason !== "secret")) assert.ok(error instanceof InputError);
      const [, hint] = /did you mean (\w+)\?/.exec(error?.message) ?? [];
      assert.ok(hint === undefined || !(hint in [answer].flat()[0]), error?.message);
    });
  }

  it("tells what only answers have in the place of a wrong hint", async () => {
    const client = new SupabaseManagement({ accessToken: token, fetch: async () => json({}) });
    const error = await rejection(client.functions.bulkUpdate(ref, [deployed]));
    assert.equal(error.path, "[0].updated_at");
    assert.equal(error.expected, "a known field (answers alone have it: writable makes a body of an answer)");
    const unknown = await rejection(
      client.functions.bulkUpdate(ref, [{ ...writable("functions.bulkUpdate", [deployed]).body[0], create_at: 1 }]),
    );
    assert.equal(unknown.expected, "a known field");
    const meant = await rejection(client.functions.update(ref, "a", { verify_jw: true }));
    assert.equal(meant.expected, "a known field (did you mean verify_jwt?)");
  });

  it("has its secrets named, all of them, and none of them in the body", () => {
    assert.equal(secrets.length, 37);
    for (const name of [
      "smtp_pass",
      "external_google_secret",
      "sms_twilio_auth_token",
      "hook_send_email_secrets",
      "security_captcha_secret",
    ]) {
      assert.ok(secrets.includes(name), name);
    }
    const { body, omitted } = writable("auth.updateConfig", config);
    assert.ok(!JSON.stringify(body).includes(digest));
    assert.ok(!JSON.stringify(omitted).includes(digest));
    // Where there is no secret, there is nothing to be named.
    assert.equal(writable("auth.updateConfig", { smtp_pass: null }).body.smtp_pass, null);
    assert.equal(writable("auth.updateConfig", { smtp_pass: "" }).body.smtp_pass, "");
  });

  it("keeps text as it is, and the body says what it must have and has not", () => {
    const odd = 'a"\\\n\u0000é 数 🚀';
    assert.deepEqual(writable("organizations.create", { name: odd, 'x"y': 1 }), {
      body: { name: odd },
      omitted: [{ path: '["x\\"y"]', reason: "read-only", expected: "nothing" }],
    });
    const { body, omitted } = writable("branches.create", { git_branch: "main" });
    assert.deepEqual(body, { git_branch: "main" });
    assert.deepEqual(omitted, [{ path: "branch_name", reason: "missing", expected: "string" }]);
    const legacy = writable("apiKeys.create", { name: "anon", type: "legacy" });
    assert.deepEqual(
      [legacy.body, legacy.omitted.map(({ path, reason }) => [path, reason])],
      [{ name: "anon" }, [["type", "invalid"]]],
    );
  });

  it("is refused where it is none, with the path", () => {
    const loop = {};
    loop.self = loop;
    for (const [endpoint, answer, path, message] of [
      ["auth.updateConfig", undefined, "answer", "expected an answer, received nothing"],
      ["auth.updateConfig", null, "answer", "expected object, received null"],
      ["auth.updateConfig", [config], "answer", "expected object, received array"],
      ["auth.updateConfig", Promise.resolve(config), "answer", "expected JSON, received Promise"],
      ["auth.updateConfig", loop, "answer.self", "expected JSON, received what has no JSON"],
      ["functions.bulkUpdate", deployed, "answer", "expected array, received object"],
      ["functions.bulkUpdate", [deployed, null], "answer[1]", "expected object, received null"],
      [
        "auth.getConfig",
        config,
        "endpoint",
        "expected a method whose body an answer can become (did you mean auth.updateConfig?), received another one",
      ],
      ["moon.land", config, "endpoint", "expected a method whose body an answer can become, received another one"],
      [7, config, "endpoint", "expected the name of a method, received number"],
    ]) {
      const error = thrown(() => writable(endpoint, answer));
      assert.ok(error instanceof InputError, `${endpoint}: ${error}`);
      assert.equal(error.path, path);
      assert.ok(error.message.endsWith(message), error.message);
      assert.match(error.stack, /writable\.test\.js/);
      assert.doesNotMatch(error.stack.split("\n")[1], /pkg/);
    }
  });

  it("goes the same way in the slim entry, once it has its wasm", () => {
    assert.throws(() => slim.writable("organizations.create", { name: "a" }), /no WebAssembly yet/);
    slim.initSync(readFileSync(new URL("../pkg/dist/client.wasm", import.meta.url)));
    assert.deepEqual(slim.writable("organizations.create", { name: "a" }), { body: { name: "a" }, omitted: [] });
  });
});
