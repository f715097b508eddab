// What a read gave, and the write of the same thing: the types refuse it, or it works. Checked by types.test.js; never run.
import {
  type AuthHealth,
  type AvailableRegionsQuery,
  type Bytes,
  type CallOptions,
  type ClaimableProject,
  type CreatedProject,
  type CreateOrganization,
  type CreateSecret,
  type DeployedFunction,
  type DeployQuery,
  type Digest,
  type EdgeFunction,
  type FunctionSettings,
  type ListProjectsQuery,
  type ListSnippetsQuery,
  type LoginRole,
  type OAuthTokens,
  type Omitted,
  type OrganizationProject,
  type Pagination,
  type Project,
  type Resources,
  type RestorePoint,
  type RestorePointQuery,
  type Secret,
  type SnippetList,
  SupabaseManagement,
  type TokenRequest,
  type UpdateAuthConfig,
  type UpdatePassword,
  type UpdateProject,
  type Writables,
  writable,
} from "../../pkg/index.js";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function is<T extends true>(..._: [T?]): void {}

const client = new SupabaseManagement({ accessToken: "sbp_" });
const [a, b] = ["abcdefghijklmnopqrst", "tsrqponmlkjihgfedcba"];

// Of each property of the client: no answer of a method, nor what is one step inside of it, fits into an argument of a method
// that would refuse it, as it has fields that the argument has not.
type Leaf = string | number | boolean | null | undefined | void | Bytes;
type Items<T> = unknown extends T
  ? never
  : T extends readonly (infer Item)[]
    ? Items<Item>
    : T extends Leaf
      ? never
      : T;
type Inside<T> = T extends unknown ? { [K in keyof T]-?: Items<T[K]> }[keyof T] : never;
type Given<T> = Items<T> | Items<Inside<Items<T>>>;
type Answer<M> = M extends (...args: never[]) => Promise<infer T> ? Given<T> : never;
type Taken<T> = T extends readonly unknown[] ? Items<T> : T extends Leaf | CallOptions ? never : T;
type Parameters<M> = M extends (...args: infer P) => unknown ? Taken<Required<P>[number]> : never;
/** What fits, and has a field that must not be there. */
type Misfits<From, To> = From extends unknown ? (string extends keyof From ? never : MisfitsOf<From, To>) : never;
type MisfitsOf<From, To> = To extends unknown
  ? [From] extends [To]
    ? Exclude<keyof From, keyof To> extends never
      ? never
      : [From, To]
    : never
  : never;
type Methods<G extends keyof Resources> = Resources[G][keyof Resources[G]];
type Found = { [G in keyof Resources]: Misfits<Answer<Methods<G>>, Parameters<Methods<G>>> }[keyof Resources];
/** Another thing, which happens to have a field of the same name. */
type OtherThings =
  | [AuthHealth, UpdateProject]
  | [ClaimableProject | OrganizationProject, CreateOrganization]
  | [LoginRole, UpdatePassword]
  | [OAuthTokens, TokenRequest];
/** What is asked for is no write of what was read. */
type Queries =
  | [Project | CreatedProject, AvailableRegionsQuery]
  | [EdgeFunction | DeployedFunction, DeployQuery | FunctionSettings]
  | [Pagination, ListProjectsQuery]
  | [Project | RestorePoint, RestorePointQuery]
  | [SnippetList, ListSnippetsQuery];
is<Equal<Exclude<Found, OtherThings | Queries>, never>>();
// The search finds what it looks for, and looks at something.
type Whole = { id: string; name: string };
is<Equal<Misfits<Whole | { name: string }, { name: string }>, [Whole, { name: string }]>>();
is<Equal<Answer<Methods<"secrets">>, Secret>>();
is<Equal<Parameters<Methods<"secrets">>, CreateSecret>>();
is<Equal<Parameters<Methods<"auth">>, UpdateAuthConfig>>();

// Settings of one project for another one.
const config = await client.auth.getConfig(a);
// @ts-expect-error answers have fields that requests have not
client.auth.updateConfig(b, config);
// @ts-expect-error nor does a change make a request of it
client.auth.updateConfig(b, { ...config, site_url: "https://example.com" });
const { nimbus_oauth_email_optional, saml_allow_encrypted_assertions, custom_oauth_max_providers, ...rest } = config;
// @ts-expect-error digests are no secrets
client.auth.updateConfig(b, rest);
const copy = writable("auth.updateConfig", config);
is<Equal<typeof copy.body, UpdateAuthConfig>>();
await client.auth.updateConfig(b, copy.body);
await client.auth.updateConfig(b, { ...copy.body, smtp_pass: "secret" });
for (const { path, reason, expected } of copy.omitted satisfies Omitted[]) {
  if (reason === "secret") console.log(path, expected);
  // @ts-expect-error there is no such reason
  if (reason === "hashed") console.log(path);
}

// Functions, bundled one by one and activated together.
const metadata = { entrypoint_path: "index.ts" };
const deployed = await client.functions.deploy(a, { metadata }, { slug: "a", bundleOnly: true });
// @ts-expect-error it has the time of the deployment
client.functions.bulkUpdate(a, [deployed]);
await client.functions.bulkUpdate(a, writable("functions.bulkUpdate", [deployed]).body);
await client.functions.bulkUpdate(b, writable("functions.bulkUpdate", await client.functions.list(a)).body);
// @ts-expect-error a list is made of a list
writable("functions.bulkUpdate", deployed);

// What answers have in another place.
await client.sslEnforcement.update(b, writable("sslEnforcement.update", await client.sslEnforcement.get(a)).body);
const [domain] = (await client.ssoProviders.list(a)).items;
if (domain) await client.ssoProviders.create(b, writable("ssoProviders.create", domain).body);
await client.branches.update(b, writable("branches.update", await client.branches.get(a, "main")).body);
// @ts-expect-error a branch has another name for its name
client.branches.update(b, await client.branches.get(a, "main"));
// @ts-expect-error the answer of another method
writable("auth.updateConfig", await client.postgrest.getConfig(a));
// @ts-expect-error a call that nobody has waited for
writable("auth.updateConfig", client.auth.getConfig(a));
// @ts-expect-error no method of which a body is made
writable("auth.getConfig", config);

// Secrets of functions cannot be read.
const secrets = await client.secrets.list(a);
// @ts-expect-error digests, and when they were set
client.secrets.create(b, secrets);
const values = secrets.map(({ name, value }) => ({ name, value }));
// @ts-expect-error digests
client.secrets.create(b, values);
const byName = Object.fromEntries(secrets.map(({ name, value }) => [name, value] as const));
// @ts-expect-error nor as secrets of a branch
client.branches.create(b, { branch_name: "a", secrets: byName });
const digest: string | undefined = secrets[0]?.value;
const equal = secrets[0]?.value === `${digest}`;
const created: CreateSecret[] = [{ name: "A", value: `${Math.random()}` }];
const marked: Digest | null = config.smtp_pass;

// All pairs, by the method that writes.
type Pairs =
  | `apiKeys.${"create" | "update"}`
  | "auth.updateConfig"
  | `backups.${"createRestorePoint" | "restore" | "updateSchedule"}`
  | "billing.applyAddon"
  | `branches.${"create" | "update"}`
  | "customHostname.initialize"
  | `database.${"updatePoolerConfig" | "updatePostgresConfig"}`
  | "disk.update"
  | `functions.${"bulkUpdate" | "update"}`
  | `jitAccess.${"update" | "updateConfig"}`
  | "migrations.update"
  | "networkRestrictions.apply"
  | "organizations.create"
  | "pgsodium.updateConfig"
  | "postgrest.updateConfig"
  | "projects.update"
  | "realtime.updateConfig"
  | "signingKeys.update"
  | "sslEnforcement.update"
  | `ssoProviders.${"create" | "update"}`
  | "storage.updateConfig"
  | "thirdPartyAuth.create";
is<Equal<keyof Writables, Pairs>>();
/** Whether the method of a name takes such a body. */
type Takes<Id, Body> = Id extends `${infer G}.${infer M}`
  ? G extends keyof Resources
    ? M extends keyof Resources[G]
      ? Resources[G][M] extends (...args: infer P) => unknown
        ? Extract<Body extends P[number] ? true : false, true>
        : never
      : never
    : never
  : never;
is<Equal<{ [Id in keyof Writables]: Takes<Id, Writables[Id]["body"]> }[keyof Writables], true>>();

console.log(nimbus_oauth_email_optional, saml_allow_encrypted_assertions, custom_oauth_max_providers);
console.log(equal, created, marked);
