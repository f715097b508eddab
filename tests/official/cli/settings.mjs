// Network, domains, SSL, SSO, Postgres, backups and encryption, by the official CLI.
import assert from "node:assert/strict";
import { ref } from "../harness.mjs";

const at = `--project-ref ${ref}`;
/** The CLI calls these commands experimental. */
const trial = `${at} --experimental`;
const provider = ({ kept }) => kept.provider;

export default [
  { command: `backups list ${at}`, prove: ({ json }) => assert.ok("backups" in json) },
  {
    before: ({ client }) => client.billing.applyAddon(ref, { addon_type: "pitr", addon_variant: "pitr_7" }),
    command: () => `backups restore ${at} --timestamp ${Math.floor(Date.now() / 1000) - 60}`,
    quiet: true,
    state: async ({ client }) => void (await client.backups.list(ref)),
  },
  {
    command: `network-bans get ${trial}`,
    prove: ({ json }) => assert.deepEqual(json, ["203.0.113.99"]),
  },
  {
    command: `network-bans remove ${trial} --db-unban-ip 203.0.113.99`,
    quiet: true,
    state: async ({ client }) => assert.deepEqual((await client.networkBans.list(ref)).banned_ipv4_addresses, []),
  },
  { command: `network-restrictions get ${trial}`, prove: ({ text }) => assert.match(text, /0\.0\.0\.0\/0/) },
  {
    command: `network-restrictions update ${trial} --db-allow-cidr 198.51.100.0/24`,
    quiet: true,
    async state({ client }) {
      assert.deepEqual((await client.networkRestrictions.get(ref)).config.dbAllowedCidrs, ["198.51.100.0/24"]);
    },
  },
  {
    command: `network-restrictions update ${trial} --db-allow-cidr 203.0.113.0/24 --append`,
    quiet: true,
    async state({ client }) {
      const { dbAllowedCidrs } = (await client.networkRestrictions.get(ref)).config;
      assert.deepEqual(dbAllowedCidrs, ["198.51.100.0/24", "203.0.113.0/24"]);
    },
  },
  { command: `ssl-enforcement get ${trial}`, prove: ({ json }) => assert.equal(json.currentConfig.database, false) },
  {
    command: `ssl-enforcement update ${trial} --enable-db-ssl-enforcement`,
    quiet: true,
    state: async ({ client }) => assert.equal((await client.sslEnforcement.get(ref)).currentConfig.database, true),
  },
  { command: `postgres-config get ${trial}`, prove: ({ json }) => assert.ok(Object(json) === json) },
  {
    command: `postgres-config update ${trial} --config max_connections=90 --config shared_buffers=256MB`,
    quiet: true,
    async state({ client }) {
      const { max_connections, shared_buffers } = await client.database.getPostgresConfig(ref);
      assert.deepEqual([max_connections, shared_buffers], [90, "256MB"]);
    },
  },
  {
    command: `postgres-config delete ${trial} --config max_connections`,
    quiet: true,
    async state({ client }) {
      assert.equal((await client.database.getPostgresConfig(ref)).max_connections, undefined);
    },
  },
  { command: `encryption get-root-key ${at}`, prove: ({ text }) => assert.match(text, /[0-9a-f]{64}/) },
  {
    command: `encryption update-root-key ${at}`,
    input: `${"ab".repeat(32)}\n`,
    quiet: true,
    state: async ({ client }) => assert.equal((await client.pgsodium.getConfig(ref)).root_key, "ab".repeat(32)),
  },
  { command: `vanity-subdomains get ${trial}`, prove: ({ json }) => assert.equal(json.status, "not-used") },
  {
    command: `vanity-subdomains check-availability ${trial} --desired-subdomain tidewater`,
    prove: ({ json }) => assert.equal(json.available, true),
  },
  {
    command: `vanity-subdomains activate ${trial} --desired-subdomain tidewater`,
    async state({ client }) {
      assert.equal((await client.vanitySubdomain.get(ref)).custom_domain, "tidewater.supabase.co");
    },
  },
  {
    command: `vanity-subdomains delete ${trial}`,
    quiet: true,
    state: async ({ client }) => assert.equal((await client.vanitySubdomain.get(ref)).status, "not-used"),
  },
  // `domains create` asks a DNS server on the internet first, so another client does that part.
  {
    async before({ client }) {
      await client.billing.applyAddon(ref, { addon_type: "custom_domain", addon_variant: "cd_default" });
      await client.customHostname.initialize(ref, { custom_hostname: "shop.tidewater.example" });
    },
    command: `domains get ${at}`,
    prove: ({ text }) => assert.match(text, /shop\.tidewater\.example/),
  },
  {
    command: `domains reverify ${at}`,
    quiet: true,
    state: async ({ client }) => void (await client.customHostname.get(ref)),
  },
  {
    command: `domains activate ${at}`,
    quiet: true,
    state: async ({ client }) => assert.equal((await client.customHostname.get(ref)).status, "5_services_reconfigured"),
  },
  {
    command: `domains delete ${at}`,
    quiet: true,
    async state({ client }) {
      await assert.rejects(client.customHostname.get(ref), { status: 400 });
    },
  },
  {
    async before({ client, write }) {
      await client.auth.updateConfig(ref, { saml_enabled: true });
      write("saml.xml", '<EntityDescriptor entityID="https://idp.tidewater.example"></EntityDescriptor>');
    },
    command: `sso add ${at} --type saml --metadata-file saml.xml --domains tidewater.example`,
    prove: ({ json, kept }) => assert.match((kept.provider = json.id), /^[0-9a-f-]{36}$/),
    async state({ client, kept }) {
      assert.equal((await client.ssoProviders.get(ref, kept.provider)).domains[0].domain, "tidewater.example");
    },
  },
  { command: `sso list ${at}`, prove: ({ text, kept }) => assert.ok(text.includes(kept.provider)) },
  {
    command: (all) => `sso show ${provider(all)} ${at}`,
    prove: ({ json, kept }) => assert.equal(json.id, kept.provider),
  },
  {
    command: (all) => `sso update ${provider(all)} ${at} --add-domains second.example`,
    async state({ client, kept }) {
      const { domains } = await client.ssoProviders.get(ref, kept.provider);
      assert.deepEqual(domains.map(({ domain }) => domain).sort(), ["second.example", "tidewater.example"]);
    },
  },
  { command: `sso info ${at}`, prove: ({ text }) => assert.match(text, new RegExp(ref)) },
  {
    command: (all) => `sso remove ${provider(all)} ${at}`,
    async state({ client }) {
      assert.deepEqual((await client.ssoProviders.list(ref)).items, []);
    },
  },
];
