// Methods, options and answers, as TypeScript sees them. Checked by types.test.js; never run.
import {
  type Call,
  type ClientOptions,
  type Resources,
  SupabaseManagement,
  type V2,
  type WithResponse,
  waitUntil,
} from "../../pkg/index.js";

/** `true` only for `any`, which would make every other line here pass. */
type IsAny<T> = 0 extends 1 & T ? true : false;
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Answer<M> = M extends (...args: never[]) => Call<infer T> ? T : never;
function is<T extends true>(..._: [T?]): void {}

/** Names of what is `any` in a type, three levels deep: nothing. */
type Anys<T, Depth extends 0[] = []> =
  IsAny<T> extends true
    ? "any"
    : Depth["length"] extends 3
      ? never
      : T extends string | number | boolean | null | undefined | void
        ? never
        : T extends Uint8Array | ArrayBuffer | Blob | Headers | AbortSignal | ((...args: never[]) => unknown)
          ? never
          : T extends readonly (infer Item)[]
            ? Anys<Item, [...Depth, 0]>
            : { [K in keyof T]-?: Anys<T[K], [...Depth, 0]> }[keyof T];
/** The properties of a client, and those of its second version beside them. */
type Groups = Omit<Resources, "v2"> & { [G in keyof V2 as `v2.${G}`]: V2[G] };
type Methods = { [G in keyof Groups]: { [M in keyof Groups[G]]: Groups[G][M] } };
type AnysOf<M> = M extends (...args: infer P) => infer R ? Anys<P[number]> | Anys<Awaited<R>> : "not a method";
type AllAnys = {
  [G in keyof Methods]: { [M in keyof Methods[G]]: AnysOf<Methods[G][M]> }[keyof Methods[G]];
}[keyof Methods];
is<Equal<AllAnys, never>>();
// The search itself finds what it looks for.
type Loose = ReturnType<typeof JSON.parse>;
is<Equal<AnysOf<(a: { b: Loose[] }) => Call<void>>, "any">>();
is<Equal<AnysOf<() => Call<{ b?: Loose }[]>>, "any">>();

// All methods, and no others.
type Names = { [G in keyof Groups]: `${G}.${Extract<keyof Groups[G], string>}` }[keyof Groups];
is<
  Equal<
    Names,
    | `organizations.${"list" | "create" | "get" | "listMembers" | "listProjects" | "getEntitlements"}`
    | `organizations.${"getProjectClaim" | "claimProject"}`
    | `profile.get`
    | `projects.${"list" | "create" | "get" | "update" | "delete" | "pause" | "restore" | "cancelRestore"}`
    | `projects.${"listAvailableRestoreVersions" | "getAvailableRegions" | "getHealth" | "upgrade"}`
    | `projects.${"getUpgradeEligibility" | "getUpgradeStatus" | "getClaimToken" | "createClaimToken"}`
    | `projects.deleteClaimToken`
    | `projects.restart`
    | `projects.waitUntil${"Healthy" | "Restored" | "Restarted" | "Paused" | "Deleted" | "Upgraded"}`
    | `backups.waitUntil${"Restored" | "Completed" | "RestorePointAvailable"}`
    | `branches.waitUntilHealthy`
    | `actionRuns.waitUntilFinished`
    | `customHostname.waitUntil${"Verified" | "Active"}`
    | `${"networkRestrictions" | "sslEnforcement" | "jitAccess"}.waitUntilApplied`
    | `functions.${"list" | "get" | "getBody" | "create" | "deploy" | "update" | "bulkUpdate" | "delete"}`
    | `secrets.${"list" | "create" | "delete"}`
    | `apiKeys.${"list" | "create" | "get" | "update" | "delete" | "getLegacy" | "updateLegacy"}`
    | `branches.${"list" | "create" | "get" | "getConfig" | "update" | "delete" | "push" | "merge" | "reset"}`
    | `branches.${"restore" | "diff" | "disable"}`
    | `actionRuns.${"list" | "count" | "get" | "getLogs" | "updateStatus"}`
    | `database.${"query" | "queryReadOnly" | "getMetadata" | "getOpenApi" | "generateTypes" | "updatePassword"}`
    | `database.${"enableWebhooks" | "getReadonlyModeStatus" | "disableReadonlyModeTemporarily"}`
    | `database.${"getPostgresConfig" | "updatePostgresConfig" | "getPoolerConfig" | "updatePoolerConfig"}`
    | `database.${"getPgbouncerConfig" | "createLoginRole" | "deleteLoginRoles"}`
    | `pgsodium.${"getConfig" | "updateConfig"}`
    | `migrations.${"list" | "apply" | "upsert" | "rollback" | "get" | "update"}`
    | `readReplicas.${"setup" | "remove"}`
    | `sslEnforcement.${"get" | "update"}`
    | `networkBans.${"list" | "listEnriched" | "delete"}`
    | `networkRestrictions.${"get" | "apply" | "update"}`
    | `backups.${"list" | "restore" | "restorePitr" | "getSchedule" | "updateSchedule" | "getRestorePoint"}`
    | `backups.${"createRestorePoint" | "undo"}`
    | `jitAccess.${"get" | "list" | "authorize" | "update" | "delete" | "getConfig" | "updateConfig"}`
    | `jitAccess.${"invite" | "acceptInvite" | "deleteInvite"}`
    | `disk.${"get" | "update" | "getUtilization" | "getAutoscaleConfig"}`
    | `snippets.${"list" | "get"}`
    | `advisors.${"getPerformance" | "getSecurity"}`
    | `analytics.${"getLogs" | "getLogsAll" | "getUsageApiCounts" | "getUsageApiRequestsCount"}`
    | `analytics.${"getFunctionsCombinedStats" | "getMetrics"}`
    | `auth.${"getConfig" | "updateConfig"}`
    | `ssoProviders.${"list" | "create" | "get" | "update" | "delete"}`
    | `thirdPartyAuth.${"list" | "create" | "get" | "delete"}`
    | `signingKeys.${"list" | "create" | "get" | "update" | "delete" | "getLegacy" | "createLegacy"}`
    | `customHostname.${"get" | "initialize" | "reverify" | "activate" | "delete"}`
    | `vanitySubdomain.${"get" | "checkAvailability" | "activate" | "deactivate"}`
    | `storage.${"listBuckets" | "getConfig" | "updateConfig"}`
    | `realtime.${"getConfig" | "updateConfig" | "shutdown"}`
    | `postgrest.${"getConfig" | "updateConfig"}`
    | `billing.${"listAddons" | "applyAddon" | "removeAddon"}`
    | `oauth.${"authorizeUrl" | "token" | "revoke" | "authorizeProjectClaimUrl"}`
    | `v2.organizations.${"listProjects" | "listMembers" | "listRoles" | "assignMemberRole" | "createInvitations" | "deleteInvitations" | "listGithubConnections"}`
    | `v2.organizationWebhooks.${"listEndpoints" | "createEndpoint" | "deleteAllEndpoints" | "getEndpoint" | "updateEndpoint" | "deleteEndpoint" | "listDeliveries" | "testEndpoint" | "getDelivery" | "retryDelivery"}`
    | `v2.projects.${"getConfig" | "transfer" | "previewTransfer"}`
    | `v2.projectWebhooks.${"listEndpoints" | "createEndpoint" | "deleteAllEndpoints" | "getEndpoint" | "updateEndpoint" | "deleteEndpoint" | "listDeliveries" | "testEndpoint" | "getDelivery" | "retryDelivery"}`
    | `v2.branches.create`
    | `v2.logDrains.${"list" | "create" | "update" | "delete"}`
    | `v2.advisors.run`
    | `v2.privateLink.${"list" | "create" | "delete" | "deleteForDatabase"}`
    | `v2.notebooks.${"list" | "create" | "get" | "update" | "delete"}`
    | `v2.compute.${"list" | "get" | "delete" | "deploy" | "createUpload" | "upload" | "waitUntilBuilt"}`
  >
>();

const client = new SupabaseManagement({ accessToken: "sbp_" });
const ref = "abcdefghijklmnopqrst";
is<Equal<Answer<typeof client.functions.delete>, void>>();
is<Equal<Answer<typeof client.secrets.create>, void>>();
is<IsAny<Awaited<ReturnType<typeof client.request>>> extends true ? false : true>();

// Answers.
const projects = await client.projects.list();
const host: string = projects[0]!.database.host;
const created = await client.projects.create({ name: "a", db_pass: "b", organization_slug: "c" });
const state: string = created.status;
// @ts-expect-error the answer of create has no database
created.database;
// @ts-expect-error there may be no first one
projects[0].name;
// @ts-expect-error a digest may lack its time
const time: string = (await client.secrets.list(ref))[0]!.updated_at;
const full: WithResponse<unknown> = await client.projects.list().withResponse();
const [status, headers, attempts]: [number, Headers, number] = [full.status, full.headers, full.attempts];
const remaining: number | undefined = full.rateLimit?.remaining;
// @ts-expect-error the rate limit may be unknown
full.rateLimit.remaining;
const row = await client.request<{ id: number }>("GET", "/v1/x", { query: { a: ["b", 1, true], c: undefined } });
const id: number = row.id;
// @ts-expect-error without a type it is unknown
(await client.request("GET", "/v1/x")).id;
const unknowns: unknown[] = [await client.request("GET", "/v1/x")];
// @ts-expect-error nor does it become what it is assigned to
const assigned: string = await client.request("GET", "/v1/x");
// @ts-expect-error nor what a function returns
const returned = async (): Promise<{ id: number }> => client.request("GET", "/v1/x");
// @ts-expect-error nor what comes with the response
const whole: WithResponse<string> = await client.request("GET", "/v1/x").withResponse();
// @ts-expect-error nor what is waited for
const waited: string = await waitUntil(
  (options) => client.request("GET", "/v1/x", options),
  () => true,
);
// @ts-expect-error an argument takes no unknown
String.raw(await client.request("GET", "/v1/x"));
const cast = (await client.request("GET", "/v1/x")) as string;
is<Equal<Answer<typeof client.request<{ id: 1 } | string>>, { id: 1 } | string>>();
// Rows are objects of unknown values until the call says more of them.
const rows: Record<string, unknown>[] = await client.database.query(ref, { query: "select 1" });
const typed: { id: number }[] = await client.database.query<{ id: number }>(ref, { query: "select 1 as id" });
// @ts-expect-error what they are assigned to says nothing of them
const bare: { id: number }[] = await client.database.query(ref, { query: "select 1 as id" });
// @ts-expect-error nor here
const readOnly: { id: number }[] = await client.database.queryReadOnly(ref, { query: "select 1 as id" });
console.log(unknowns, assigned, returned, whole, waited, cast, rows, typed, bare, readOnly);
const { list } = client.projects;
await list();
const promise: Promise<unknown> = client.projects.list().finally(() => {});

// Bytes go wherever the platform takes bytes, and back into a call.
const bytes = await client.functions.getBody(ref, "a");
const copies = [new Response(bytes), new Blob([bytes]), new File([bytes], "a"), new Request("/", { body: bytes })];
new WebSocket("wss://a.b").send(bytes);
const buffer: ArrayBuffer = bytes.buffer;
const plain: Uint8Array = bytes;
await client.functions.create(ref, bytes, { slug: "a" });
await client.functions.update(ref, "a", bytes);
const file = { path: "a.ts", content: bytes };
await client.functions.deploy(ref, { metadata: { entrypoint_path: "a.ts" }, file: [file] }, { slug: "a" });
await client.request("POST", "/v1/x", { body: bytes });
await WebAssembly.compile(bytes);
console.log(copies, buffer, plain);

// Arguments.
await client.functions.create(ref, new Uint8Array(), { slug: "a", verify_jwt: false }, { timeoutMs: 1 });
await client.functions.create(ref, new ArrayBuffer(0));
await client.functions.update(ref, "a", new Blob([]));
await client.functions.update(ref, "a", {});
await client.secrets.delete(ref, ["A"]);
await client.projects.list({ signal: new AbortController().signal, headers: { a: "b" } });
// @ts-expect-error the reference is missing
client.functions.list();
// @ts-expect-error a reference is a string
client.functions.list(7);
// @ts-expect-error the slug is missing
client.functions.get(ref);
// @ts-expect-error a function has a name
client.functions.create(ref, { slug: "a", body: "" });
// @ts-expect-error options come last, behind the query
client.functions.create(ref, new Uint8Array(), { timeoutMs: 5 });
// @ts-expect-error settings come before the options
client.functions.update(ref, "a", {}, {}, { slug: "a" });
// @ts-expect-error the body keeps its place
client.functions.update(ref, "a");
// @ts-expect-error a list is asked for
client.secrets.create(ref, { name: "A", value: "a" });
// @ts-expect-error names are strings
client.secrets.delete(ref, [1]);
// @ts-expect-error a list takes options alone
client.projects.list({}, {});
// @ts-expect-error an option that does not exist
client.projects.list({ timeout: 5 });
// @ts-expect-error null is no option
client.projects.list(null);
// @ts-expect-error resources cannot be replaced
client.projects = new SupabaseManagement().projects;

// Options.
new SupabaseManagement();
new SupabaseManagement({});
const options: ClientOptions = {
  accessToken: async () => "sbp_",
  baseUrl: "/api",
  fetch: async (url, init) => globalThis.fetch(url, init),
  headers: new Headers(),
  timeoutMs: 5,
  validation: "strict",
  onDeviation: ({ endpoint, path, expected, received }) => [endpoint, path, expected, received] satisfies string[],
};
new SupabaseManagement(options);
new SupabaseManagement({ ...options, fetch: globalThis.fetch, accessToken: () => "sbp_", headers: [["a", "b"]] });
new SupabaseManagement({ accessToken: undefined, baseUrl: undefined, fetch: undefined, headers: undefined });
new SupabaseManagement({ timeoutMs: undefined, validation: undefined, onDeviation: undefined });
new SupabaseManagement({ baseUrl: new URL("https://proxy.example"), bigint: "string" });
client.database.query(ref, { query: "select 1" }, { bigint: "number" });
// @ts-expect-error values are text, as JSON has no bigint
new SupabaseManagement({ bigint: "bigint" });
// @ts-expect-error an option that does not exist
new SupabaseManagement({ token: "sbp_" });
// @ts-expect-error a signal is for a call
new SupabaseManagement({ signal: new AbortController().signal });
// @ts-expect-error one of two words
new SupabaseManagement({ validation: "loose" });
// @ts-expect-error milliseconds are a number
new SupabaseManagement({ timeoutMs: "5" });
// @ts-expect-error a token is text
new SupabaseManagement({ accessToken: 7 });
// @ts-expect-error a source gives text
new SupabaseManagement({ accessToken: async () => 7 });
// @ts-expect-error a fetch gives a Response
new SupabaseManagement({ fetch: async () => "text" });

class Mine extends SupabaseManagement {
  names = (): Promise<string[]> => this.organizations.list().then((all) => all.map(({ name }) => name));
}
const mine: string[] = await new Mine().names();

console.log(host, state, time, status, headers, attempts, remaining, id, promise, mine);

// Options of the transport, and what hooks are told.
const transport = new SupabaseManagement({
  maxRetries: 3,
  deadlineMs: 60_000,
  rateLimit: "error",
  maxConcurrent: 10,
  dedupe: true,
  allowInsecure: false,
  onRequest: ({ endpoint, route, method, attempt }) => console.log(endpoint, route, method, attempt),
  onResponse: ({ durationMs, status, rateLimit, error }) =>
    console.log(durationMs, status, rateLimit?.remaining, error),
  onRetry: ({ delayMs, reason }) => console.log(delayMs, reason),
});
await transport.projects.list({ maxRetries: 0, deadlineMs: 1_000, dedupe: false, rateLimit: "wait" });
for (const { endpoint, subject, remaining } of transport.rateLimits()) console.log(endpoint, subject, remaining);
// @ts-expect-error it is the client's alone
transport.projects.list({ maxConcurrent: 1 });
// @ts-expect-error it waits, or it is an error
transport.projects.list({ rateLimit: "off" });
new SupabaseManagement({
  accessToken: Object.assign(() => "sbp_", { refresh: async (refused: string) => `${refused}2` }),
});
