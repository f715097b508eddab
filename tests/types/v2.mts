// The second version of the API, as TypeScript sees it. Checked by types.test.js; never run.
import {
  type Call,
  type Data,
  isApiError,
  type NotebookList,
  type NotebookSummary,
  type PagedCall,
  type Resources,
  SupabaseManagement,
  type V2,
  type V2Branch,
} from "../../pkg/index.js";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function is<T extends true>(..._: [T?]): void {}

const client = new SupabaseManagement({ accessToken: "sbp_" });
const ref = "abcdefghijklmnopqrst";
is<Equal<Resources["v2"], V2>>();
is<Equal<ReturnType<typeof client.v2.branches.create>, Call<Data<V2Branch>>>>();
is<Equal<ReturnType<typeof client.v2.notebooks.list>, PagedCall<NotebookList, NotebookSummary>>>();
is<Equal<V2Branch["type"], "branch">>();

const { data } = await client.v2.branches.create(ref, { data: { type: "branch", attributes: { name: "feature" } } });
const branchRef: string = data.attributes.project_ref;
// @ts-expect-error a branch is no notebook
client.v2.branches.create(ref, { data: { type: "notebook", attributes: { name: "feature" } } });
// @ts-expect-error the envelope is missing
client.v2.branches.create(ref, { name: "feature" });
// @ts-expect-error what the API has is not unwrapped
data.project_ref;

for await (const member of client.v2.organizations.listMembers("acme", {
  page: { size: 50 },
  filter: { username: "x" },
}))
  console.log(member.id satisfies string);
// @ts-expect-error there is no such field
client.v2.organizations.listMembers("acme", { page: { sise: 50 } });
// @ts-expect-error it is an object
client.v2.organizations.listMembers("acme", { page: 50 });

// What nobody knows is unknown, and may be left out.
const answer: unknown = await client.v2.organizationWebhooks.testEndpoint("acme", "id");
client.v2.organizationWebhooks.testEndpoint("acme", "id", { any: [1] }, { timeoutMs: 5 });
// @ts-expect-error one must look first
answer.id;

const id: string = await client.v2.compute.upload(ref, "web", new Uint8Array(), { timeoutMs: 600_000 });
client.v2.compute.upload(ref, "web", new Blob([]));
// @ts-expect-error an archive is bytes
client.v2.compute.upload(ref, "web", "text");
const built: string = (await client.v2.compute.waitUntilBuilt(ref, "web", { pollMs: 5 })).data.attributes.build_state;

client.request("GET", "/v2/organizations/acme/members", {
  query: { page: { size: 50 }, sort: ["a"], none: undefined },
});
// @ts-expect-error that is too deep
client.request("GET", "/v2/organizations/acme/members", { query: { page: { size: { deep: 1 } } } });

try {
  await client.projects.waitUntilRestarted(branchRef, { pollMs: 5 });
} catch (error) {
  if (isApiError(error)) console.log(error.code satisfies string | undefined);
}

console.log(id, built);
