// Lists that come in pages, as TypeScript sees them. Checked by types.test.js; never run.
import {
  type ActionRun,
  type Call,
  type OrganizationProject,
  type PagedCall,
  type ProjectPage,
  type SnippetList,
  type SnippetSummary,
  SupabaseManagement,
} from "../../pkg/index.js";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function is<T extends true>(..._: [T?]): void {}

const client = new SupabaseManagement({ accessToken: "sbp_" });
const ref = "abcdefghijklmnopqrst";
is<Equal<ReturnType<typeof client.organizations.listProjects>, PagedCall<ProjectPage, OrganizationProject>>>();
is<Equal<ReturnType<typeof client.actionRuns.list>, PagedCall<ActionRun[], ActionRun>>>();
is<Equal<ReturnType<typeof client.snippets.list>, PagedCall<SnippetList, SnippetSummary>>>();
// The items are those of the pages.
is<Equal<ProjectPage["projects"][number], OrganizationProject>>();
is<Equal<SnippetList["data"][number], SnippetSummary>>();

for await (const project of client.organizations.listProjects("acme", { limit: 50 })) {
  const name: string = project.name;
  // @ts-expect-error a project is no page
  project.projects;
  console.log(name);
}
for await (const page of client.snippets.list({ limit: "50" }, { timeoutMs: 5 }).pages()) {
  const cursor: string | undefined = page.cursor;
  // @ts-expect-error a page is no snippet
  page.name;
  console.log(cursor, page.data.length);
}

// Awaited, it is the page, as of any other call.
const call = client.actionRuns.list(ref);
const plain: Call<ActionRun[]> = call;
const runs: ActionRun[] = await call;
const { data, attempts } = await call.withResponse();
const first: ActionRun | undefined = data[0];
const items: AsyncIterable<ActionRun> = call;
const pages: AsyncIterable<ActionRun[]> = call.pages();

// @ts-expect-error only these calls come in pages
client.projects.list().pages();
// @ts-expect-error a promise of a list is not the list
for (const run of call) console.log(run);
// @ts-expect-error what was awaited is the first page alone
for await (const project of await client.organizations.listProjects("acme")) console.log(project);
// @ts-expect-error no options for the pages
call.pages({ limit: 5 });

console.log(plain, runs, attempts, first, items, pages);
