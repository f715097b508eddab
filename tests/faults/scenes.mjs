// Calls that send or get secrets, and everything that may happen to them: what a redaction test runs, in its own process
// and in that of a program that prints all it has.
import { project, ref } from "../support.js";

// Put together here, as scanners of code take such texts for what they look like.
const hex = (text, length) => text.repeat(length).slice(0, length);
const jwt = (role) =>
  [{ alg: "HS256", typ: "JWT" }, { iss: "supabase", ref, role }, { signature: role }]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");

export const secrets = {
  token: `sbp_${hex("0123456789abcdef", 40)}`,
  renewed: `sbp_oauth_${hex("fedcba9876543210", 40)}`,
  refresh: ["v1", hex("kQ7-xW2_", 40)].join("."),
  client: `sba_${hex("13579bdf", 40)}`,
  password: 'p"ä\\ss/wörd 🚀 <&>',
  value: "postgres://app:very-secret@db.example:5432/app?sslmode=require",
  second: "line one\nline two\tand a tab",
  claim: "claim/token+with=signs and-more",
  rootKey: hex("a1b2c3d4", 64),
  smtp: "smtp-password-of-nobody",
  verifier: hex("verifier.of-nobody~", 64),
  proxy: "proxy-key-0123456789",
  idempotency: "idempotency-key-0123456789",
};
/** What answers hold. */
export const given = {
  anon: jwt("anon"),
  service: jwt("service_role"),
  secretKey: ["sb", "secret", hex("N7UND0UgjKTVK-Uodkm0Hg_", 31)].join("_"),
  access: `sbp_oauth_${hex("00ff11ee", 40)}`,
  refresh: ["v2", hex("zY9_wV3-", 40)].join("."),
  claim: hex("claimed-", 48),
};
/** What only hooks must not be told. */
export const contents = {
  ref,
  slug: "acme-of-nobody",
  sql: "select name from people_of_nobody",
  file: "Deno.serve(nobody)",
  query: "something-about-nobody",
};

const id = "11111111-2222-4333-8444-555555555555";
const app = { client_id: id, client_secret: secrets.client };
const s = secrets;
const keys = [
  { name: "anon", api_key: given.anon, id: "anon", type: "legacy", hash: given.service, prefix: "FAKE0" },
  { name: "default", api_key: given.secretKey, id, type: "secret", secret_jwt_template: { role: given.service } },
];
const tokens = { access_token: given.access, refresh_token: given.refresh, expires_in: 86_400, token_type: "Bearer" };

/**
 * Each with what it sends in secret beside the token (`inPath`: in the address), what the right answer holds, and what
 * hooks may be told of it all the same.
 */
export const calls = {
  "projects.list": { run: (client) => client.projects.list(), answer: [project] },
  "projects.create": {
    sends: [s.password],
    run: (client) => client.projects.create({ name: "a", db_pass: s.password, organization_slug: contents.slug }),
    answer: project,
  },
  "secrets.create": {
    sends: [s.value, s.second],
    run: (client) =>
      client.secrets.create(ref, [
        { name: "A", value: s.value },
        { name: "B", value: s.second },
      ]),
  },
  "branches.create": {
    sends: [s.value],
    run: (client) => client.branches.create(ref, { branch_name: "b", secrets: { A: s.value } }),
    answer: { id },
  },
  "oauth.token, refresh": {
    anonymous: true,
    sends: [s.refresh, s.client],
    run: (client) => client.oauth.token({ grant_type: "refresh_token", refresh_token: s.refresh, ...app }),
    answer: tokens,
    gives: [given.access, given.refresh],
  },
  "oauth.token, code": {
    anonymous: true,
    sends: [s.verifier, s.client],
    run: (client) =>
      client.oauth.token({
        grant_type: "authorization_code",
        code: id,
        redirect_uri: "https://app.example/back",
        code_verifier: s.verifier,
        ...app,
      }),
    answer: tokens,
    gives: [given.access, given.refresh],
  },
  "oauth.revoke": {
    anonymous: true,
    sends: [s.client, s.refresh],
    run: (client) => client.oauth.revoke({ ...app, refresh_token: s.refresh }),
  },
  "apiKeys.list": {
    run: (client) => client.apiKeys.list(ref, { reveal: true }),
    answer: keys,
    gives: [given.anon, given.secretKey, given.service],
  },
  "apiKeys.create": {
    run: (client) => client.apiKeys.create(ref, { type: "secret", name: "server_key" }, { reveal: true }),
    answer: keys[1],
    gives: [given.secretKey, given.service],
  },
  "database.updatePassword": {
    sends: [s.password],
    run: (client) => client.database.updatePassword(ref, { password: s.password }),
    answer: { message: "done" },
  },
  "projects.createClaimToken": {
    run: (client) => client.projects.createClaimToken(ref),
    answer: {
      token: given.claim,
      token_alias: "a",
      expires_at: "2026-10-08T00:00:00Z",
      created_at: "",
      created_by: id,
    },
    gives: [given.claim],
  },
  "organizations.getProjectClaim": {
    sends: [s.claim],
    inPath: [s.claim],
    run: (client) => client.organizations.getProjectClaim(contents.slug, s.claim),
    answer: { project: {}, preview: {}, expires_at: "", created_at: "", created_by: id },
  },
  "organizations.claimProject": {
    sends: [s.claim],
    inPath: [s.claim],
    run: (client) => client.organizations.claimProject(contents.slug, s.claim),
  },
  "auth.updateConfig": {
    sends: [s.smtp, s.client],
    run: (client) => client.auth.updateConfig(ref, { smtp_pass: s.smtp, external_github_secret: s.client }),
    answer: { smtp_pass: given.claim, external_github_secret: given.access },
    gives: [given.claim, given.access],
  },
  "pgsodium.updateConfig": {
    sends: [s.rootKey],
    run: (client) => client.pgsodium.updateConfig(ref, { root_key: s.rootKey }),
    answer: { root_key: s.rootKey },
  },
  "migrations.apply": {
    sends: [s.idempotency],
    run: (client) => client.migrations.apply(ref, { query: contents.sql }, { idempotencyKey: s.idempotency }),
  },
  "database.query": {
    run: (client) => client.database.query(ref, { query: contents.sql }),
    answer: [{ a: given.anon }],
    gives: [given.anon],
  },
  "functions.deploy": {
    run: (client) =>
      client.functions.deploy(
        ref,
        { metadata: { entrypoint_path: "index.ts" }, file: [{ path: "index.ts", content: contents.file }] },
        { slug: "hello" },
      ),
    answer: { id, slug: "hello", name: "hello", status: "ACTIVE", version: 1 },
  },
  "with headers for a proxy": {
    sends: [s.proxy],
    run: (client) => client.projects.get(ref, { headers: { "x-proxy-key": s.proxy } }),
    answer: project,
  },
  // The path that the user wrote is the only name that it has.
  request: {
    inRoute: [contents.ref],
    run: (client) => client.request("GET", `/v1/projects/${ref}/unknown`, { query: { about: contents.query } }),
    answer: { a: 1 },
  },
};

/** Everything that a request holds, in one text. */
const all = (url, init) =>
  [url, decodeURIComponent(url), ...Object.values(init.headers), typeof init.body === "string" ? init.body : ""].join(
    " | ",
  );
const refuse = (status) => (call, url, init) => {
  const text = all(url, init);
  const body = { message: `refused ${text}`, deep: [{ [text]: text }], echo: init.body, gives: call.gives };
  // The answer's own secrets are nothing that the client has sent: only bodies have them, which nobody prints.
  const headers = { "x-echo": init.headers.authorization ?? "none", "retry-after": "0" };
  return Response.json({ ...body, gives: undefined }, { status, headers });
};
const broken = async (call) => {
  throw new Error(`broke off in ${JSON.stringify(call.answer)}`);
};

/** What may happen to a request: `(call, url, init)` gives an answer. */
export const events = {
  "a good answer": (call) => (call.answer ? Response.json(call.answer) : new Response("")),
  "an answer that deviates": (call) => {
    const value = [call.answer ?? {}].flat();
    const odd = value.map((item) => ({
      ...item,
      unknown: given.secretKey,
      more: [given.claim],
      id: { id: given.anon },
      name: 7,
    }));
    return Response.json(Array.isArray(call.answer) ? odd : odd[0]);
  },
  "an answer that is no JSON": (call, url, init) => new Response(`<p>${JSON.stringify(call.answer)} ${all(url, init)}`),
  "an answer of another kind": (call, url, init) => Response.json(`${JSON.stringify(call.answer)} ${all(url, init)}`),
  ...Object.fromEntries(
    [400, 401, 403, 404, 422, 429, 500, 503].map((status) => [`a ${status} that repeats all`, refuse(status)]),
  ),
  "a page that repeats all": (_call, url, init) =>
    new Response(`<h1>502</h1>${all(url, init)}`, { status: 502, headers: { "retry-after": "0" } }),
  "a failure that holds all": (_call, url, init) => {
    throw Object.assign(new TypeError(`fetch failed: ${all(url, init)}`), {
      url,
      init,
      request: { headers: init.headers },
    });
  },
  "a failure that is the request": (_call, url, init) => Promise.reject({ url, ...init }),
  "a refused connection": () =>
    Promise.reject(Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } })),
  "a body that breaks off": (call, url, init) => ({
    status: 200,
    headers: new Headers({ "x-echo": all("", { ...init, body: "" }).replace(/[^ -~]/g, "") }),
    text: () => broken({ answer: all(url, init) }),
    arrayBuffer: () => broken({ answer: all(url, init) }),
    gives: call.gives,
  }),
  "no answer": () => new Promise(() => {}),
  "no more calls in this window": () =>
    Response.json(
      {},
      { status: 429, headers: { "x-ratelimit-limit": "1", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "3600" } },
    ),
};

/** Input that is wrong, and has a secret in it. */
export const mistakes = {
  "a token with a space": (Client) => new Client({ accessToken: `${s.token} ${s.token}` }),
  "a token in an unknown option": (Client) => new Client({ accesToken: s.token }),
  "a token as the address": (Client) => new Client({ accessToken: s.token, baseUrl: s.token }),
  "a token as an option of a call": (_Client, client) => client.projects.list({ token: s.token }),
  "a header with a line break": (_Client, client) => client.projects.list({ headers: { "x-key": `${s.proxy}\n` } }),
  "a password that is an array": (_Client, client) =>
    client.projects.create({ name: "a", db_pass: [s.password], organization_slug: "acme" }),
  "a password in a wrong field": (_Client, client) =>
    client.projects.create({ name: "a", db_password: s.password, organization_slug: "acme" }),
  "a secret with a wrong name": (_Client, client) =>
    client.secrets.create(ref, [{ name: "SUPABASE_A", value: s.value }]),
  "a secret that is an object": (_Client, client) =>
    client.secrets.create(ref, [{ name: "A", value: { value: s.value } }]),
  "a root key that is a number": (_Client, client) =>
    client.pgsodium.updateConfig(ref, { root_key: 42, [s.rootKey]: 1 }),
  "a key of idempotency with a space": (_Client, client) =>
    client.migrations.apply(ref, { query: "select 1" }, { idempotencyKey: `${s.idempotency} ` }),
  "too many arguments": (_Client, client) => client.projects.list({}, s.token, s.password),
  "a wrong grant": (_Client, client) =>
    client.oauth.token({ grant_type: "refresh_tokens", refresh_token: s.refresh, client_secret: s.client }),
};
