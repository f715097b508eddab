// Mocked calls where TypeScript wants those of the client. Checked by types.test.js; never run.
import {
  type ApiError,
  type Call,
  type ProjectPage,
  type Project,
  type ActionRun,
  SupabaseManagement,
} from "../../pkg/index.js";
import { mockApiError, mockCall, mockRejection } from "../../pkg/testing.js";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function is<T extends true>(..._: [T?]): void {}

/** As the functions of Vitest and Jest are typed. */
interface Mock<M extends (...args: never[]) => unknown> {
  (...args: Parameters<M>): ReturnType<M>;
  mockReturnValue(value: ReturnType<M>): this;
  mockImplementation(run: M): this;
}
declare function fn<M extends (...args: never[]) => unknown>(): Mock<M>;

const client = new SupabaseManagement({ accessToken: "sbp_" });
declare const project: Project;
declare const page: ProjectPage;

const get = fn<typeof client.projects.get>().mockReturnValue(mockCall(project));
get.mockReturnValue(mockCall(project, { status: 200, headers: { "x-a": "b" }, attempts: 2 }));
get.mockReturnValue(mockRejection(mockApiError("projects.get", 404, "Project not found")));
get.mockImplementation((ref) => mockCall({ ...project, ref }));
// @ts-expect-error it is not a project
get.mockReturnValue(mockCall({ name: "a" }));
// @ts-expect-error a promise alone has no withResponse
get.mockReturnValue(Promise.resolve(project));
fn<typeof client.projects.list>().mockReturnValue(mockCall([project]));
fn<typeof client.projects.delete>().mockReturnValue(mockRejection("left", { outcomeUnknown: true }));
fn<typeof client.secrets.create>().mockReturnValue(mockCall(undefined));

const list = fn<typeof client.organizations.listProjects>().mockReturnValue(mockCall(page, { nextPages: [page] }));
list.mockReturnValue(mockRejection(new Error("no")));
for await (const { name } of list("acme")) console.log(name satisfies string);
fn<typeof client.actionRuns.list>().mockReturnValue(mockCall([] as ActionRun[]));
for await (const one of mockCall({ data: [{ id: 1 }] })) console.log(one.id satisfies number);
// @ts-expect-error another kind of page
mockCall(page, { nextPages: [project] });

const call: Call<Project> = mockCall(project);
is<Equal<typeof call.outcomeUnknown, boolean | undefined>>();
const error: ApiError = mockApiError("projects.get", 429, "no", { retryAfterMs: 5, headers: { "retry-after": "1" } });
// @ts-expect-error no field of an ApiError
mockApiError("projects.get", 429, "no", { reason: "x" });
// As a panel takes its client.
const panel = { projects: { get, list: () => mockCall([project]) } } satisfies {
  projects: Pick<SupabaseManagement["projects"], "get" | "list">;
};
console.log(error, panel);
