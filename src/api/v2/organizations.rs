//! Organizations in version 2: projects, members, roles, invitations and connections to GitHub, in pages that a cursor leads through.

use super::data::{Data, PageLinks};
use crate::api::organizations::{ComputeSize, DatabaseStatus, DatabaseType, DiskType};
use crate::api::projects::ProjectStatus;
use crate::api::v2::errors::ApiErrorObject;
use crate::call::Call;
use crate::schema::Nullable;
use supabase_management_wasm_macros::{endpoints, model};

/// Your organizations, by version 2 of the API: what [`Organizations::list`] of version 1 gives the slugs of.
#[endpoints(v2)]
impl Organizations {
    /// Lists the projects of an organization, a page at a time, with a search.
    ///
    /// A fine-grained token (`sbp_fc…`) sees only the projects that it was made for, which cannot be changed later. Where there are
    /// none of these, the list is empty, and that is no error. A classic token (`sbp_…`) sees all that its user may see.
    #[get(
        "/v2/organizations/{slug}/projects",
        scope = "projects:read",
        permission = "organization_projects_read",
        pages(data: V2OrganizationProject, links)
    )]
    pub fn list_projects(&self, slug: &str, query: &V2ListProjectsQuery) -> Call<V2OrganizationProjectList>;

    /// Lists the members of an organization with their roles, a page at a time, all or those of a name or an email address.
    #[get("/v2/organizations/{slug}/members", scope = "organizations:read", permission = "members_read", pages(data: V2OrganizationMember, links))]
    pub fn list_members(&self, slug: &str, query: &ListMembersQuery) -> Call<V2OrganizationMemberList>;

    /// Lists the roles that a member of an organization can have.
    #[get("/v2/organizations/{slug}/roles", scope = "organizations:read", permission = "members_read")]
    pub fn list_roles(&self, slug: &str) -> Call<Data<Vec<OrganizationRole>>>;

    /// Gives a member a role, in the whole organization or for some of its projects. On another plan the API answers 402.
    #[patch("/v2/organizations/{slug}/members/{user_id}/roles", permission = "organization_admin_write", plan = "Enterprise")]
    pub fn assign_member_role(
        &self,
        slug: &str,
        /// Identifier of the member: `id` in [`v2::Organizations::list_members`].
        #[schema(format = "uuid")]
        user_id: &str,
        body: &Data<AssignMemberRole>,
    ) -> Call<Data<OrganizationMemberRole>>;

    /// Invites people to an organization by email. On another plan the API answers 402.
    ///
    /// Some invitations may fail while the call succeeds, with the status 201: look at `error` of the answer. Its `issues` tell each invitation that
    /// failed, with the email address in `meta.email`; those in `data` were sent.
    #[post("/v2/organizations/{slug}/members/invitations", scope = "organizations:write", permission = "members_write", plan = "Enterprise")]
    pub fn create_invitations(&self, slug: &str, body: &Data<Vec<CreateInvitation>>) -> Call<CreatedInvitations>;

    /// Takes back invitations that were not accepted yet. On another plan the API answers 402.
    #[delete("/v2/organizations/{slug}/members/invitations", scope = "organizations:write", permission = "members_write", plan = "Enterprise")]
    pub fn delete_invitations(&self, slug: &str, body: &Data<Vec<DeleteInvitation>>) -> Call<Data<Vec<Invitation>>>;

    /// Lists the connections between projects of an organization and repositories on GitHub, a page at a time.
    ///
    /// A page may be short or empty although others follow: go on while `links.next` of the answer is not `null`.
    #[get(
        "/v2/organizations/{slug}/integrations/github/connections",
        scope = "projects:read",
        permission = "organization_projects_read",
        pages(data: GithubConnection, links)
    )]
    pub fn list_github_connections(&self, slug: &str, query: &ListGithubConnectionsQuery) -> Call<GithubConnectionList>;
}

/// Which projects of an organization to list.
#[model(input)]
#[derive(Default)]
pub struct V2ListProjectsQuery {
    /// Which page.
    pub page: Option<ProjectsPageQuery>,
    /// Order. The API documents no default.
    pub sort: Option<V2ProjectSort>,
    /// Text to search the projects for.
    #[schema(min = 1)]
    pub search: Option<String>,
}

/// Which page of projects to answer.
#[model(input)]
#[derive(Default)]
pub struct ProjectsPageQuery {
    /// How many projects to answer at most. The API documents no default.
    #[schema(minimum = 1, maximum = 100)]
    pub size: Option<i64>,
    /// Where the page begins: behind the project of this cursor, from `links.next` of a page.
    #[schema(min = 1)]
    pub after: Option<String>,
    /// Where the page ends: in front of the project of this cursor, from `links.prev` of a page.
    #[schema(min = 1)]
    pub before: Option<String>,
}

/// Order of projects.
#[model]
pub enum V2ProjectSort {
    /// By age, oldest first.
    #[serde(rename = "inserted_at")]
    InsertedAt,
    /// By age, newest first.
    #[serde(rename = "-inserted_at")]
    InsertedAtDesc,
}

/// A page of the projects of an organization.
#[model]
pub struct V2OrganizationProjectList {
    /// The projects of this page.
    pub data: Vec<V2OrganizationProject>,
    /// Paths of other pages.
    pub links: PageLinks,
}

/// A project in the list of its organization.
#[model]
pub struct V2OrganizationProject {
    /// Ref of the project: 20 lowercase letters.
    pub id: String,
    /// Kind of the resource.
    #[schema(value = "project")]
    pub r#type: String,
    /// What is known of it.
    pub attributes: V2OrganizationProjectAttributes,
}

/// What the list of its organization tells of a project.
#[model]
pub struct V2OrganizationProjectAttributes {
    /// Name that people see.
    pub name: String,
    /// Where it runs, as `us-east-1`.
    pub region: String,
    /// What state it is in.
    pub status: ProjectStatus,
    /// Cloud that it runs in, as `AWS`.
    pub cloud_provider: String,
    /// When it was created, ISO 8601.
    pub inserted_at: String,
    /// Its primary database and its read replicas.
    pub databases: Vec<V2OrganizationProjectDatabase>,
}

/// A database of a project: the primary or a read replica.
#[model]
pub struct V2OrganizationProjectDatabase {
    /// Identifier of the database: the project ref for the primary, one of its own for a read replica.
    pub identifier: String,
    /// Whether it is the primary or a read replica.
    pub r#type: DatabaseType,
    /// What state it is in.
    pub status: DatabaseStatus,
    /// Where it runs, as `us-east-1`. `null` where that is not known.
    pub region: Nullable<String>,
    /// Cloud that it runs in, as `AWS`.
    pub cloud_provider: String,
    /// Compute size.
    pub infra_compute_size: Option<ComputeSize>,
    /// Type of the disk.
    pub disk_type: Option<DiskType>,
    /// Size of the disk, in GB.
    pub disk_volume_size_gb: Option<f64>,
    /// Throughput of the disk, in MB per second.
    pub disk_throughput_mbps: Option<f64>,
    /// When the disk was last changed, ISO 8601.
    pub disk_last_modified_at: Option<String>,
}

/// Which members of an organization to list.
#[model(input)]
#[derive(Default)]
pub struct ListMembersQuery {
    /// Which page.
    pub page: Option<MembersPageQuery>,
    /// Whom to list. Default: all.
    pub filter: Option<MembersFilter>,
}

/// Which page of members to answer.
#[model(input)]
#[derive(Default)]
pub struct MembersPageQuery {
    /// How many members to answer at most. The API documents no default.
    #[schema(minimum = 1, maximum = 100)]
    pub size: Option<i64>,
    /// Where the page begins: behind the member of this identifier.
    #[schema(format = "uuid")]
    pub after: Option<String>,
    /// Where the page ends: in front of the member of this identifier.
    #[schema(format = "uuid")]
    pub before: Option<String>,
}

/// Which members to list.
#[model(input)]
#[derive(Default)]
pub struct MembersFilter {
    /// Those with this user name.
    pub username: Option<String>,
    /// Those with this email address.
    #[schema(format = "email")]
    pub primary_email: Option<String>,
}

/// A page of the members of an organization.
#[model]
pub struct V2OrganizationMemberList {
    /// The members of this page.
    pub data: Vec<V2OrganizationMember>,
    /// Paths of other pages.
    pub links: PageLinks,
}

/// A member of an organization.
#[model]
pub struct V2OrganizationMember {
    /// Identifier of the user, a UUID. It is the `user_id` of [`v2::Organizations::assign_member_role`].
    pub id: String,
    /// Kind of the resource.
    #[schema(value = "organization_member")]
    pub r#type: String,
    /// What is known of the member.
    pub attributes: V2OrganizationMemberAttributes,
}

/// What is known of a member.
#[model]
pub struct V2OrganizationMemberAttributes {
    /// Name of the user. `null` without one.
    pub username: Nullable<String>,
    /// Email address of the user. `null` without one.
    pub primary_email: Nullable<String>,
    /// Address of the user's picture. `null` without one.
    pub avatar_url: Nullable<String>,
    /// Whether the user signs in by single sign-on (SSO).
    pub is_sso_user: bool,
    /// Whether the user signs in with a second factor.
    pub mfa_enabled: bool,
    /// The roles of the member.
    pub roles: Vec<MemberRole>,
}

/// A role that a member has.
#[model]
pub struct MemberRole {
    /// Name of the role, as `Owner`.
    pub name: String,
    /// The projects that it holds for. Empty where it holds for the whole organization.
    pub projects: Vec<MemberRoleProject>,
    /// Whether it holds for the whole organization or for some projects.
    pub scope: MemberRoleScope,
}

/// A project that a role holds for.
#[model]
pub struct MemberRoleProject {
    /// Name of the project.
    pub name: String,
    /// Ref of the project: 20 lowercase letters.
    pub r#ref: String,
}

/// How far a role reaches.
#[model]
pub enum MemberRoleScope {
    /// The whole organization.
    #[serde(rename = "organization")]
    Organization,
    /// Some of its projects.
    #[serde(rename = "project")]
    Project,
    /// A value that is newer than this crate.
    Other(String),
}

/// A role of an organization.
#[model]
pub struct OrganizationRole {
    /// Kind of the resource.
    #[schema(value = "organization_role")]
    pub r#type: String,
    /// What is known of the role.
    pub attributes: OrganizationRoleAttributes,
}

/// What is known of a role.
#[model]
pub struct OrganizationRoleAttributes {
    /// Name of the role, as `Owner`.
    pub name: String,
}

/// A role to give to a member.
#[model(input)]
pub struct AssignMemberRole {
    /// Kind of the resource.
    #[schema(value = "organization_member_role")]
    pub r#type: String,
    /// What to give.
    pub attributes: AssignMemberRoleAttributes,
}

/// What role a member shall have.
#[model(input)]
pub struct AssignMemberRoleAttributes {
    /// The role.
    pub role: OrganizationRoleName,
    /// The projects that it shall hold for. Default: the whole organization.
    pub projects: Option<Vec<RoleProject>>,
}

/// A role in an organization.
#[model]
pub enum OrganizationRoleName {
    /// May do everything.
    #[serde(rename = "owner")]
    Owner,
    /// May do everything but what owners alone may.
    #[serde(rename = "administrator")]
    Administrator,
    /// May work with the content of projects, and not change their settings.
    #[serde(rename = "developer")]
    Developer,
    /// May look.
    #[serde(rename = "read-only")]
    ReadOnly,
    /// May do nothing.
    #[serde(rename = "no-access")]
    NoAccess,
}

/// A project that a role shall hold for.
#[model(input)]
#[derive(Default)]
pub struct RoleProject {
    /// Ref of the project: 20 lowercase letters.
    pub r#ref: String,
}

/// The role that a member was given.
#[model]
pub struct OrganizationMemberRole {
    /// Kind of the resource.
    #[schema(value = "organization_member_role")]
    pub r#type: String,
    /// The role.
    pub attributes: MemberRole,
}

/// A new invitation.
#[model(input)]
pub struct CreateInvitation {
    /// Kind of the resource.
    #[schema(value = "organization_invitation")]
    pub r#type: String,
    /// Whom to invite, as what.
    pub attributes: CreateInvitationAttributes,
}

/// Whom to invite, as what.
#[model(input)]
pub struct CreateInvitationAttributes {
    /// Email address of the person.
    #[schema(format = "email")]
    pub email: String,
    /// Role that the person will have.
    pub role: OrganizationRoleName,
    /// Whether the person must sign in by single sign-on (SSO). The API documents no default.
    pub require_sso: Option<bool>,
    /// The projects that the role will hold for. Default: the whole organization.
    pub projects: Option<Vec<RoleProject>>,
}

/// The invitations that were sent, and what became of the others.
#[model]
pub struct CreatedInvitations {
    /// The invitations that were sent.
    pub data: Vec<Invitation>,
    /// What went wrong, although the status is 201: its `issues` tell each invitation that failed, with the email address in `meta.email`. Absent where
    /// all were sent.
    pub error: Option<ApiErrorObject>,
}

/// An invitation.
#[model]
pub struct Invitation {
    /// Kind of the resource.
    #[schema(value = "organization_invitation")]
    pub r#type: String,
    /// Whom it is for.
    pub attributes: InvitationAttributes,
}

/// Whom an invitation is for.
#[model]
pub struct InvitationAttributes {
    /// Email address of the person.
    pub email: String,
}

/// An invitation to take back.
#[model(input)]
pub struct DeleteInvitation {
    /// Kind of the resource.
    #[schema(value = "organization_invitation")]
    pub r#type: String,
    /// Whose it is.
    pub attributes: DeleteInvitationAttributes,
}

/// Whose invitation to take back.
#[model(input)]
#[derive(Default)]
pub struct DeleteInvitationAttributes {
    /// Email address that it was sent to.
    #[schema(format = "email")]
    pub email: String,
}

/// Which connections to GitHub to list.
#[model(input)]
#[derive(Default)]
pub struct ListGithubConnectionsQuery {
    /// Which page.
    pub page: Option<GithubConnectionsPageQuery>,
    /// Which connections. Default: all.
    pub filter: Option<GithubConnectionsFilter>,
}

/// Which page of connections to answer.
#[model(input)]
#[derive(Default)]
pub struct GithubConnectionsPageQuery {
    /// How many connections to answer at most. The API documents no default.
    #[schema(minimum = 1, maximum = 100)]
    pub size: Option<i64>,
    /// Where the page begins: behind the connections of the project with this ref.
    #[schema(min = 20, max = 20, pattern = "^[a-z]+$")]
    pub after: Option<String>,
    /// Where the page ends: in front of the connections of the project with this ref.
    #[schema(min = 20, max = 20, pattern = "^[a-z]+$")]
    pub before: Option<String>,
}

/// Which connections to list.
#[model(input)]
#[derive(Default)]
pub struct GithubConnectionsFilter {
    /// Those of the project with this ref.
    #[schema(min = 20, max = 20, pattern = "^[a-z]+$")]
    pub project_ref: Option<String>,
}

/// A page of connections to GitHub. It may be short or empty although others follow.
#[model]
pub struct GithubConnectionList {
    /// The connections of this page.
    pub data: Vec<GithubConnection>,
    /// Paths of other pages.
    pub links: PageLinks,
}

/// A connection between a project and a repository on GitHub.
#[model]
pub struct GithubConnection {
    /// Identifier of the connection.
    pub id: String,
    /// Kind of the resource.
    #[schema(value = "github_connection")]
    pub r#type: String,
    /// What is known of it.
    pub attributes: GithubConnectionAttributes,
}

/// What is known of a connection to GitHub.
#[model]
pub struct GithubConnectionAttributes {
    /// How many preview branches there can be at the same time.
    pub branch_limit: f64,
    /// When it was created, ISO 8601.
    pub inserted_at: String,
    /// When it was last changed, ISO 8601.
    pub updated_at: String,
    /// Number of the installation of the GitHub app.
    pub installation_id: f64,
    /// Whether each pull request gets a preview branch.
    pub new_branch_per_pr: bool,
    /// Whether only pull requests that change the Supabase directory get one.
    pub supabase_changes_only: bool,
    /// Directory of the repository that holds the Supabase directory.
    pub workdir: String,
    /// Project that is connected.
    pub project: GithubConnectionProject,
    /// Repository that it is connected to.
    pub repository: GithubConnectionRepository,
    /// User who connected them. `null` where the user is gone.
    pub user: Nullable<GithubConnectionUser>,
}

/// The project of a connection.
#[model]
pub struct GithubConnectionProject {
    /// Number of the project. Paths take `ref` instead.
    pub id: f64,
    /// Name of the project.
    pub name: String,
    /// Ref of the project: 20 lowercase letters.
    pub r#ref: String,
}

/// The repository of a connection.
#[model]
pub struct GithubConnectionRepository {
    /// Number of the repository on GitHub.
    pub id: f64,
    /// Name of the repository, as `acme/blog`.
    pub name: String,
}

/// The user of a connection.
#[model]
pub struct GithubConnectionUser {
    /// Number of the user.
    pub id: f64,
    /// Name of the user.
    pub username: String,
    /// Email address of the user. `null` without one.
    pub primary_email: Nullable<String>,
}
