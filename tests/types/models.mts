// Models by their names: what a body may hold, and what an answer has. Checked by types.test.js; never run.
import type {
  Branch,
  CreatedProject,
  CreateBranch,
  CreateFunction,
  CreateOrganization,
  CreateProject,
  CreateSecret,
  EdgeFunction,
  FunctionSettings,
  FunctionStatus,
  Functions,
  InstanceSize,
  NewerValue,
  Organization,
  OrganizationProject,
  Organizations,
  Plan,
  Project,
  ProjectDatabase,
  Projects,
  ProjectStatus,
  Region,
  RegionGroup,
  RegionSelection,
  Secret,
  Secrets,
  SetupReadReplica,
  UpdatedPoolerConfig,
  UpdateFunction,
  UpdatePoolerConfig,
} from "../../pkg/index.js";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** What may be left out, without what must be. */
type Optional<T> = keyof {
  [K in keyof T as [T[K]] extends [undefined] ? never : Record<never, never> extends Pick<T, K> ? K : never]: 0;
};
function is<T extends true>(..._: [T?]): void {}
type Named = [Functions, Organizations, Projects, Secrets, FunctionSettings, InstanceSize, ProjectDatabase, Region];

// What may be left out, and nothing else.
is<
  Equal<
    Optional<CreateProject>,
    | "organization_id"
    | "plan"
    | "region"
    | "region_selection"
    | "kps_enabled"
    | "desired_instance_size"
    | "template_url"
  >
>();
is<Equal<Optional<CreateFunction>, "verify_jwt">>();
is<Equal<Optional<UpdateFunction>, "name" | "body" | "verify_jwt">>();
is<Equal<Optional<FunctionSettings>, keyof FunctionSettings>>();
is<
  Equal<
    | Optional<CreateSecret>
    | Optional<CreateOrganization>
    | Optional<Project>
    | Optional<CreatedProject>
    | Optional<Organization>,
    never
  >
>();
is<Equal<Optional<Secret>, "updated_at">>();
is<
  Equal<Optional<EdgeFunction>, "verify_jwt" | "import_map" | "entrypoint_path" | "import_map_path" | "ezbr_sha256">
>();

const needed = { name: "a", db_pass: "b", organization_slug: "c" };
// Undefined is absent.
const absent: CreateProject = { ...needed, plan: undefined, region_selection: undefined, template_url: undefined };
const unchanged: UpdateFunction = { name: undefined, body: undefined, verify_jwt: undefined };
const unset: FunctionSettings = { slug: undefined, import_map: undefined };
// What is deprecated is accepted.
const old: CreateProject = { ...needed, organization_id: "c", plan: "pro", region: "us-east-1", kps_enabled: true };

// Enums are closed to what somebody writes, in requests and in answers: a newer value comes out of an answer alone.
const plan: Plan = "free";
const group: RegionGroup = "emea";
// @ts-expect-error there is no such plan
const team: Plan = "team";
// @ts-expect-error there is no such region
const nowhere: CreateProject = { ...needed, region: "mars-1" };
// @ts-expect-error there is no such size
const size: InstanceSize = "tiny";
// @ts-expect-error no such status is known
const newer: ProjectStatus = "HIBERNATING";
const known: ProjectStatus = "ACTIVE_HEALTHY";
const throttled: FunctionStatus = "THROTTLED";
// Were any string one, an editor would complete nothing, and every comparison would compile.
is<Equal<string extends ProjectStatus | FunctionStatus ? true : false, false>>();
is<Equal<Extract<ProjectStatus, "COMING_UP" | "PAUSE_FAILED">, "COMING_UP" | "PAUSE_FAILED">>();
is<Equal<Extract<ProjectStatus, NewerValue>, NewerValue>>();

// Comparisons, of what only answers have as well.
const { status } = {} as Project;
// @ts-expect-error no such status is known
if (status === "HEALTHY") console.log();
// @ts-expect-error nor on the other side
if ("HEALTHY" !== status) console.log();
const texts: string[] = [status, `${status}`, status.toLowerCase(), String.raw({ raw: [status] })];
const compared = [status === "ACTIVE_HEALTHY", status === texts[0], status === ("HEALTHY" as string)];
switch (status) {
  case "ACTIVE_HEALTHY":
    break;
  // @ts-expect-error nor in a switch
  case "RUNNING":
    break;
  default:
    texts.push(status);
}
// What knows all values need not know the newer ones, and can be asked for any.
const colors: Record<FunctionStatus, string> = { ACTIVE: "green", REMOVED: "grey", THROTTLED: "red" };
const color: string | undefined = colors[({} as EdgeFunction).status];
// @ts-expect-error one is missing
const fewer: Record<FunctionStatus, string> = { ACTIVE: "green", REMOVED: "grey" };
// One enum can be compared with another one.
const same = status === ({} as Branch).preview_project_status;
console.log(texts, compared, color, fewer, same);

// What an answer says of a value, a request takes.
const { region, database } = {} as Project;
const moved: CreateProject = { ...needed, region };
const copied: RegionSelection = { type: "specific", code: ({} as CreatedProject).region };
const replica: SetupReadReplica = { read_replica_region: ({} as OrganizationProject).databases[0]!.region };
const channel: CreateBranch = { branch_name: "a", release_channel: database.release_channel, region };
const pooled: UpdatePoolerConfig = { pool_mode: ({} as UpdatedPoolerConfig).pool_mode };
console.log(moved, copied, replica, channel, pooled);

// Unions go by their type.
const specific: RegionSelection = { type: "specific", code: "eu-central-1" };
const smart: RegionSelection = { type: "smartGroup", code: "apac" };
// @ts-expect-error the code of another member
const mixed: RegionSelection = { type: "specific", code: "apac" };
// @ts-expect-error a code has a type
const bare: RegionSelection = { code: "apac" };
// @ts-expect-error there is no such type
const other: RegionSelection = { type: "any", code: "apac" };
function codeOf(selection: RegionSelection): Region | undefined {
  return selection.type === "specific" ? selection.code : undefined;
}

// @ts-expect-error the password is missing
const open: CreateProject = { name: "a", organization_slug: "c" };
// @ts-expect-error no such field
const camel: CreateProject = { ...needed, organizationSlug: "c" };
// @ts-expect-error null is not absent
const nothing: CreateProject = { ...needed, plan: null };
// @ts-expect-error a value is text
const secret: CreateSecret = { name: "A", value: 1 };
// @ts-expect-error settings travel as booleans
const settings: FunctionSettings = { verify_jwt: "true" };
// @ts-expect-error times of functions are numbers
const born: string = ({} as EdgeFunction).created_at;
const version: number = ({} as EdgeFunction).version;

console.log({} as Named, absent, unchanged, unset, old, plan, group, team, nowhere, size, newer, known, throttled);
console.log(specific, smart, mixed, bare, other, codeOf, open, camel, nothing, secret, settings, born, version);
