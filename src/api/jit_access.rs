//! Temporary access to the database ("just in time"): people sign in to Postgres with their own access token instead of a password.

use crate::call::Call;
use crate::schema::Map;
use serde_json::Value;
use supabase_management_wasm_macros::{endpoints, model};

/// Who may use which role of Postgres, from where and until when.
///
/// It must be switched on first: see [`JitAccess::update_config`]. The passwords of the roles keep working.
#[endpoints]
impl JitAccess {
    /// Gets the roles of Postgres that the user whom the token belongs to may use.
    #[get("/v1/projects/{ref}/database/jit", scope = "database:read", permission = "database_jit_read")]
    pub fn get(&self, project_ref: &str) -> Call<UserJitAccess>;

    /// Lists all users who may use a role of Postgres, with their roles. The answer is the whole list: there are no pages.
    #[get("/v1/projects/{ref}/database/jit/list", permission = "database_jit_read")]
    pub fn list(&self, project_ref: &str) -> Call<JitAccessList>;

    /// Checks whether the user whom the token belongs to may use a role of Postgres from an address. Grants nothing.
    ///
    /// The answer is the role; where the user may not use it, there is an [`ErrorKind::Api`] instead.
    #[post("/v1/projects/{ref}/database/jit", scope = "database:read", permission = "database_jit_read")]
    pub fn authorize(&self, project_ref: &str, body: &AuthorizeJitAccess) -> Call<AuthorizedJitAccess>;

    /// Sets the roles of Postgres that a user may use. The list replaces the one before: get that from [`JitAccess::list`] to add to it.
    #[put("/v1/projects/{ref}/database/jit", permission = "database_jit_write", from(UserJitAccess = "jitAccess.get", "user_roles>roles"))]
    pub fn update(&self, project_ref: &str, body: &UpdateJitAccess) -> Call<UserJitAccess>;

    /// Takes all roles of Postgres from a user. Whoever knows the password of a role can still use it.
    #[delete("/v1/projects/{ref}/database/jit/{user_id}", permission = "database_jit_write")]
    pub fn delete(&self, project_ref: &str, #[schema(format = "uuid")] user_id: &str) -> Call<()>;

    /// Invites somebody who is no member of the organization to roles of Postgres. The API does not say more of the body than that it holds an email
    /// address and roles as those of [`JitAccess::update`], nor what it answers.
    #[post("/v1/projects/{ref}/database/jit/invite")]
    pub fn invite(&self, project_ref: &str, body: &Map<Value>) -> Call<Value>;

    /// Accepts an invitation of [`JitAccess::invite`]. The API does not say what it answers.
    #[post("/v1/projects/{ref}/database/jit/invite/accept")]
    pub fn accept_invite(&self, project_ref: &str, body: &AcceptJitInvite) -> Call<Value>;

    /// Takes an invitation of [`JitAccess::invite`] back.
    #[delete("/v1/projects/{ref}/database/jit/invite/{invite_id}")]
    pub fn delete_invite(
        &self,
        project_ref: &str,
        /// Identifier of the invitation.
        invite_id: &str,
    ) -> Call<()>;

    /// Tells whether temporary access is on. If it cannot be switched on, the answer has the reason.
    #[get("/v1/projects/{ref}/jit-access", scope = "database:read", permission = "project_admin_read")]
    pub fn get_config(&self, project_ref: &str) -> Call<JitState>;

    /// Switches temporary access on or off. It is off by default, and needs Postgres 17.6.1.081 or newer.
    ///
    /// Poll [`JitAccess::get_config`] until [`applied_successfully`](JitState) is true; false means that it failed.
    #[put("/v1/projects/{ref}/jit-access", scope = "database:write", permission = "project_admin_write", from(JitState = "jitAccess.getConfig"))]
    pub fn update_config(&self, project_ref: &str, body: &UpdateJitConfig) -> Call<JitState>;
}

/// The roles that a user may use.
#[model]
pub struct UserJitAccess {
    /// Identifier of the user, a UUID.
    pub user_id: String,
    /// The roles.
    pub user_roles: Vec<JitRole>,
}

/// A role that a user may use.
#[model]
pub struct JitRole {
    /// Name of the role in Postgres, as `postgres`.
    pub role: String,
    /// Until when, in seconds since 1970. Absent: without end.
    pub expires_at: Option<f64>,
    /// From where. Absent: from everywhere.
    pub allowed_networks: Option<JitNetworks>,
    /// Whether it holds on branches only, and not on the project itself.
    pub branches_only: Option<bool>,
}

/// Networks from which a role may be used.
#[model]
pub struct JitNetworks {
    /// Ranges of IPv4 addresses.
    pub allowed_cidrs: Option<Vec<JitCidr>>,
    /// Ranges of IPv6 addresses.
    pub allowed_cidrs_v6: Option<Vec<JitCidr>>,
}

/// A range of addresses.
#[model]
pub struct JitCidr {
    /// The range in CIDR notation, as `203.0.113.0/24`.
    pub cidr: String,
}

/// All users who may use a role.
#[model]
pub struct JitAccessList {
    /// One entry per user.
    pub items: Vec<UserJitAccess>,
}

/// An invitation to be accepted. The API may take more than this crate knows.
#[model(open, input)]
#[derive(Default)]
pub struct AcceptJitInvite {
    /// Email address that the invitation was sent to.
    pub email: String,
    /// The token of the invitation.
    #[schema(secret)]
    pub token: String,
}

/// What to check.
#[model(input)]
#[derive(Default)]
pub struct AuthorizeJitAccess {
    /// Name of the role in Postgres, as `postgres`.
    #[schema(min = 1)]
    pub role: String,
    /// Address of the host that the user connects from, as `203.0.113.7`.
    #[schema(min = 1)]
    pub rhost: String,
}

/// The role that a user may use from there.
#[model]
pub struct AuthorizedJitAccess {
    /// Identifier of the user, a UUID.
    pub user_id: String,
    /// The role.
    pub user_role: JitRole,
}

/// The roles that a user shall be able to use.
#[model(input)]
#[derive(Default)]
pub struct UpdateJitAccess {
    /// Identifier of the user: `user_id` of [`Organizations::list_members`].
    #[schema(min = 1, format = "uuid")]
    pub user_id: String,
    /// All roles. Those that are not in it are taken away.
    pub roles: Vec<UpdateJitRole>,
}

/// A role that a user shall be able to use.
#[model(input)]
#[derive(Default)]
pub struct UpdateJitRole {
    /// Name of a role that Postgres has, as `postgres`.
    #[schema(min = 1)]
    pub role: String,
    /// Until when, in seconds since 1970. Absent: without end.
    pub expires_at: Option<f64>,
    /// From where. Absent: from everywhere.
    pub allowed_networks: Option<UpdateJitNetworks>,
    /// Whether it holds on branches only, and not on the project itself.
    pub branches_only: Option<bool>,
}

/// Networks from which a role shall be usable.
#[model(input)]
#[derive(Default)]
pub struct UpdateJitNetworks {
    /// Ranges of IPv4 addresses.
    pub allowed_cidrs: Option<Vec<UpdateJitCidr>>,
    /// Ranges of IPv6 addresses.
    pub allowed_cidrs_v6: Option<Vec<UpdateJitCidr>>,
}

/// A range of addresses to allow.
#[model(input)]
#[derive(Default)]
pub struct UpdateJitCidr {
    /// The range in CIDR notation, as `203.0.113.0/24`.
    pub cidr: String,
}

/// Whether temporary access is on.
#[model(tag = "state")]
pub enum JitState {
    /// It is on.
    #[serde(rename = "enabled")]
    Enabled {
        /// Whether the database has taken it over. `false`: it failed.
        #[serde(rename = "appliedSuccessfully")]
        applied_successfully: Option<bool>,
    },
    /// It is off.
    #[serde(rename = "disabled")]
    Disabled {
        /// Whether the database has taken it over. `false`: it failed.
        #[serde(rename = "appliedSuccessfully")]
        applied_successfully: Option<bool>,
    },
    /// It cannot be switched on.
    #[serde(rename = "unavailable")]
    Unavailable {
        /// Why not.
        #[serde(rename = "unavailableReason")]
        unavailable_reason: JitUnavailableReason,
    },
    /// A state that is newer than this crate.
    Other(Value),
}

/// Why temporary access cannot be switched on.
#[model]
pub enum JitUnavailableReason {
    /// The project must be migrated by hand first.
    #[serde(rename = "manual_migration_required")]
    ManualMigrationRequired,
    /// Postgres is too old: see [`Projects::upgrade`].
    #[serde(rename = "postgres_upgrade_required")]
    PostgresUpgradeRequired,
    /// Not now: try again later.
    #[serde(rename = "temporarily_unavailable")]
    TemporarilyUnavailable,
    /// A reason that is newer than this crate.
    Other(String),
}

/// Whether temporary access shall be on.
#[model(input)]
pub struct UpdateJitConfig {
    /// On or off.
    pub state: JitConfigState,
}

/// On or off.
#[model]
pub enum JitConfigState {
    /// On.
    #[serde(rename = "enabled")]
    Enabled,
    /// Off.
    #[serde(rename = "disabled")]
    Disabled,
}
