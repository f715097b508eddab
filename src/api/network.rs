//! Who can reach the database: SSL, banned addresses, allowed networks.

use crate::call::Call;
use supabase_management_wasm_macros::{endpoints, model};

/// Whether the database refuses connections without SSL. The HTTP APIs always need it.
#[endpoints]
impl SslEnforcement {
    /// Gets whether connections to the database must use SSL. After a change, poll this until [`applied_successfully`](SslEnforcementState::applied_successfully) is true.
    #[get("/v1/projects/{ref}/ssl-enforcement", scope = "database:read", permission = "database_ssl_config_read")]
    pub fn get(&self, project_ref: &str) -> Call<SslEnforcementState>;

    /// Sets whether connections to the database must use SSL. The database restarts for it.
    ///
    /// If [`applied_successfully`](SslEnforcementState::applied_successfully) is false, poll [`SslEnforcement::get`].
    #[put(
        "/v1/projects/{ref}/ssl-enforcement",
        scope = "database:write",
        permission = "database_ssl_config_write",
        from(SslEnforcementState = "sslEnforcement.get", "currentConfig>requestedConfig")
    )]
    pub fn update(&self, project_ref: &str, body: &UpdateSslEnforcement) -> Call<SslEnforcementState>;
}

/// Addresses that the database refuses for some time, because they failed to log in too often.
#[endpoints]
impl NetworkBans {
    /// Lists the addresses that are banned. It only reads, so it is safe to repeat, although it is a POST.
    #[post("/v1/projects/{ref}/network-bans/retrieve", scope = "projects:read", permission = "database_network_bans_read", safe)]
    pub fn list(&self, project_ref: &str) -> Call<BannedAddresses>;

    /// Lists the addresses that are banned, and which database bans them. It only reads, so it is safe to repeat, although it is a POST.
    #[post("/v1/projects/{ref}/network-bans/retrieve/enriched", scope = "projects:read", permission = "database_network_bans_read", safe)]
    pub fn list_enriched(&self, project_ref: &str) -> Call<EnrichedBans>;

    /// Lifts bans before their time.
    ///
    /// `ipv4_addresses` is needed even if it is empty; `requester_ip` lifts the ban of the address that calls.
    #[delete("/v1/projects/{ref}/network-bans", scope = "projects:write", permission = "database_network_bans_write")]
    pub fn delete(&self, project_ref: &str, body: &DeleteNetworkBans) -> Call<()>;
}

/// Which networks can connect to the database and its poolers. The HTTP APIs are not restricted by it.
#[endpoints]
impl NetworkRestrictions {
    /// Gets which networks can connect to the database. After a change, poll this until `status` is `applied`.
    #[get("/v1/projects/{ref}/network-restrictions", scope = "projects:read", permission = "database_network_restrictions_read")]
    pub fn get(&self, project_ref: &str) -> Call<NetworkRestrictionsState>;

    /// REPLACES the networks that can connect to the database: those that are not sent lose access.
    ///
    /// Send both lists, with all networks. Poll [`NetworkRestrictions::get`] until `status` is `applied`. To add or remove some networks, use
    /// [`NetworkRestrictions::update`].
    #[post(
        "/v1/projects/{ref}/network-restrictions/apply",
        scope = "projects:write",
        permission = "database_network_restrictions_write",
        from(NetworkRestrictionsState = "networkRestrictions.get", "config.>")
    )]
    pub fn apply(&self, project_ref: &str, body: &ApplyNetworkRestrictions) -> Call<NetworkRestrictionsState>;

    /// Adds networks to those that can connect to the database, and removes others: all that is not named stays.
    ///
    /// A new project allows `0.0.0.0/0`, every address: remove that, or the others have no effect. Poll [`NetworkRestrictions::get`] until `status` is
    /// `applied`. This answer lists networks as objects, unlike the one of [`NetworkRestrictions::apply`].
    #[patch("/v1/projects/{ref}/network-restrictions", scope = "projects:write", permission = "database_network_restrictions_write")]
    pub fn update(&self, project_ref: &str, body: &UpdateNetworkRestrictions) -> Call<UpdatedNetworkRestrictions>;
}

/// Whether SSL is enforced.
#[model]
pub struct SslEnforcementState {
    /// What holds now.
    #[serde(rename = "currentConfig")]
    pub current_config: SslEnforcementConfig,
    /// Whether the last change is in effect.
    #[serde(rename = "appliedSuccessfully")]
    pub applied_successfully: bool,
}

/// Where SSL is enforced.
#[model]
pub struct SslEnforcementConfig {
    /// Whether the database refuses connections without SSL.
    pub database: bool,
}

/// Whether SSL shall be enforced.
#[model(input)]
#[derive(Default)]
pub struct UpdateSslEnforcement {
    /// What shall hold.
    #[serde(rename = "requestedConfig")]
    pub requested_config: RequestedSslEnforcement,
}

/// Where SSL shall be enforced.
#[model(input)]
#[derive(Default)]
pub struct RequestedSslEnforcement {
    /// Whether the database shall refuse connections without SSL.
    pub database: bool,
}

/// Addresses that are banned.
#[model]
pub struct BannedAddresses {
    /// The IPv4 addresses.
    pub banned_ipv4_addresses: Vec<String>,
}

/// Addresses that are banned, with more about each.
#[model]
pub struct EnrichedBans {
    /// The bans.
    pub banned_ipv4_addresses: Vec<BannedAddress>,
}

/// A ban.
#[model]
pub struct BannedAddress {
    /// The IPv4 address.
    pub banned_address: String,
    /// Identifier of the database that bans it: the primary or a read replica. [`NetworkBans::delete`] takes it.
    pub identifier: String,
    /// What kind of ban it is.
    pub r#type: String,
}

/// Which bans are lifted.
#[model(input)]
#[derive(Default)]
pub struct DeleteNetworkBans {
    /// The IPv4 addresses. Needed even if it is empty.
    pub ipv4_addresses: Vec<String>,
    /// Whether the ban of the address that calls is lifted too. Default: false.
    pub requester_ip: Option<bool>,
    /// Identifier of the database that bans them, from [`NetworkBans::list_enriched`].
    pub identifier: Option<String>,
}

/// Which networks can connect.
#[model]
pub struct NetworkRestrictionsState {
    /// Whether the project can have restrictions at all.
    pub entitlement: RestrictionEntitlement,
    /// What was last asked for. `status` tells whether it is in effect.
    pub config: AllowedCidrs,
    /// What is in effect until `config` is. Absent if there is nothing to wait for.
    pub old_config: Option<AllowedCidrs>,
    // Real answers leave it out although the description requires it.
    /// Whether `config` is in effect.
    pub status: Option<RestrictionStatus>,
    /// When `config` was last changed, ISO 8601.
    pub updated_at: Option<String>,
    /// When `config` came into effect, ISO 8601.
    pub applied_at: Option<String>,
}

/// Whether a project can restrict networks.
#[model]
pub enum RestrictionEntitlement {
    /// It cannot.
    #[serde(rename = "disallowed")]
    Disallowed,
    /// It can.
    #[serde(rename = "allowed")]
    Allowed,
    /// A value that is newer than this crate.
    Other(String),
}

/// Networks that can connect, in CIDR notation.
#[model(input)]
#[derive(Default)]
pub struct AllowedCidrs {
    /// IPv4 networks in CIDR notation, as `203.0.113.0/24`. `0.0.0.0/0` means any address.
    #[serde(rename = "dbAllowedCidrs")]
    pub db_allowed_cidrs: Option<Vec<String>>,
    /// IPv6 networks in CIDR notation, as `2001:db8::/32`. `::/0` means any address.
    #[serde(rename = "dbAllowedCidrsV6")]
    pub db_allowed_cidrs_v6: Option<Vec<String>>,
}

/// Whether restrictions are in effect.
#[model]
pub enum RestrictionStatus {
    /// Saved, not yet in effect.
    #[serde(rename = "stored")]
    Stored,
    /// In effect.
    #[serde(rename = "applied")]
    Applied,
    /// A value that is newer than this crate.
    Other(String),
}

/// All networks that shall be able to connect.
#[model(input)]
#[derive(Default)]
pub struct ApplyNetworkRestrictions {
    /// IPv4 networks in CIDR notation, as `203.0.113.0/24`. `0.0.0.0/0` means any address.
    #[serde(rename = "dbAllowedCidrs")]
    pub db_allowed_cidrs: Option<Vec<String>>,
    /// IPv6 networks in CIDR notation, as `2001:db8::/32`. `::/0` means any address.
    #[serde(rename = "dbAllowedCidrsV6")]
    pub db_allowed_cidrs_v6: Option<Vec<String>>,
}

/// Networks that come and go. All others stay.
#[model(input)]
#[derive(Default)]
pub struct UpdateNetworkRestrictions {
    /// Networks that can connect from now on.
    pub add: Option<AllowedCidrs>,
    /// Networks that can connect no more.
    pub remove: Option<AllowedCidrs>,
}

/// Which networks can connect after a change.
#[model]
pub struct UpdatedNetworkRestrictions {
    /// Whether the project can have restrictions at all.
    pub entitlement: RestrictionEntitlement,
    /// What was last asked for. `status` tells whether it is in effect.
    pub config: AddressList,
    /// What is in effect until `config` is. Absent if there is nothing to wait for.
    pub old_config: Option<AddressList>,
    /// When `config` was last changed, ISO 8601.
    pub updated_at: Option<String>,
    /// When `config` came into effect, ISO 8601.
    pub applied_at: Option<String>,
    /// Whether `config` is in effect.
    pub status: RestrictionStatus,
}

/// Networks that can connect, as objects.
#[model]
pub struct AddressList {
    /// The networks, IPv4 and IPv6.
    #[serde(rename = "dbAllowedCidrs")]
    pub db_allowed_cidrs: Option<Vec<AllowedAddress>>,
}

/// A network that can connect.
#[model]
pub struct AllowedAddress {
    /// The network in CIDR notation, as `203.0.113.0/24`.
    pub address: String,
    /// Whether it is IPv4 or IPv6.
    pub r#type: AddressType,
}

/// Version of the internet protocol.
#[model]
pub enum AddressType {
    /// IPv4.
    #[serde(rename = "v4")]
    V4,
    /// IPv6.
    #[serde(rename = "v6")]
    V6,
    /// A value that is newer than this crate.
    Other(String),
}
