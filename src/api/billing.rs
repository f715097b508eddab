//! Add-ons of a project and what they cost.

use crate::call::Call;
use serde_json::Value;
use supabase_management_wasm_macros::{endpoints, model};

/// Add-ons of a project: compute size, point-in-time recovery and others. They cost money.
#[endpoints]
impl Billing {
    /// Lists the add-ons that a project has, and all that it can have, with their prices.
    #[get("/v1/projects/{ref}/billing/addons", permission = "infra_add_ons_read")]
    pub fn list_addons(&self, project_ref: &str) -> Call<ProjectAddons>;

    /// Applies an add-on to a project, or changes its variant, as the compute size. It costs money from then on, and needs a paid plan.
    ///
    /// A change of the compute size restarts the project: poll [`Projects::get`] until the status is `ACTIVE_HEALTHY`. Point-in-time recovery needs at
    /// least the compute size Small. What can be applied (`AddonChoice`) is less than what [`Billing::list_addons`] may show (`AddonVariantId`):
    /// multi-factor authentication and log drains are not among it.
    #[patch(
        "/v1/projects/{ref}/billing/addons",
        permission = "infra_add_ons_write",
        from(SelectedAddon = "billing.listAddons", "type>addon_type", "variant.id>addon_variant")
    )]
    pub fn apply_addon(&self, project_ref: &str, body: &ApplyAddon) -> Call<()>;

    /// Removes an add-on from a project. A compute size goes back to the one before, for which the project restarts: poll [`Projects::get`].
    #[delete("/v1/projects/{ref}/billing/addons/{addon_variant}", permission = "infra_add_ons_write")]
    pub fn remove_addon(&self, project_ref: &str, addon_variant: &AddonChoice) -> Call<()>;
}

/// Add-ons of a project.
#[model]
pub struct ProjectAddons {
    /// What the project has.
    pub selected_addons: Vec<SelectedAddon>,
    /// What the project can have.
    pub available_addons: Vec<AvailableAddon>,
}

/// An add-on that a project has.
#[model]
pub struct SelectedAddon {
    /// Which add-on it is.
    pub r#type: AddonType,
    /// Which variant of it.
    pub variant: AddonVariant,
}

/// An add-on.
#[model(input)]
pub enum AddonType {
    /// A custom hostname.
    #[serde(rename = "custom_domain")]
    CustomDomain,
    /// The compute size.
    #[serde(rename = "compute_instance")]
    ComputeInstance,
    /// Point-in-time recovery.
    #[serde(rename = "pitr")]
    Pitr,
    /// An IPv4 address for the database.
    #[serde(rename = "ipv4")]
    Ipv4,
    /// Multi-factor authentication by phone.
    #[serde(rename = "auth_mfa_phone")]
    AuthMfaPhone,
    /// Multi-factor authentication by WebAuthn.
    #[serde(rename = "auth_mfa_web_authn")]
    AuthMfaWebAuthn,
    /// Log drains.
    #[serde(rename = "log_drain")]
    LogDrain,
    /// Pipelines that copy changes of the database elsewhere.
    #[serde(rename = "etl_pipeline")]
    EtlPipeline,
    /// A value that is newer than this crate.
    Other(String),
}

/// A variant of an add-on.
#[model]
pub struct AddonVariant {
    /// Which variant it is.
    pub id: AddonVariantId,
    /// Name that people see, as `2XL`.
    pub name: String,
    /// What it costs.
    pub price: AddonPrice,
    /// More about it, free JSON: as `cpu_cores` and `memory_gb` of a compute size, or `backup_duration_days` of point-in-time recovery.
    pub meta: Option<Value>,
}

/// A variant of an add-on: of those that a project can have, `AddonChoice` are those that can be applied.
#[model]
pub enum AddonVariantId {
    /// Compute: 2 shared cores, 1 GB of memory.
    #[serde(rename = "ci_micro")]
    ComputeMicro,
    /// Compute: 2 shared cores, 2 GB of memory.
    #[serde(rename = "ci_small")]
    ComputeSmall,
    /// Compute: 2 shared cores, 4 GB of memory.
    #[serde(rename = "ci_medium")]
    ComputeMedium,
    /// Compute: 2 cores, 8 GB of memory.
    #[serde(rename = "ci_large")]
    ComputeLarge,
    /// Compute: 4 cores, 16 GB of memory.
    #[serde(rename = "ci_xlarge")]
    ComputeXLarge,
    /// Compute: 8 cores, 32 GB of memory.
    #[serde(rename = "ci_2xlarge")]
    ComputeX2Large,
    /// Compute: 16 cores, 64 GB of memory.
    #[serde(rename = "ci_4xlarge")]
    ComputeX4Large,
    /// Compute: 32 cores, 128 GB of memory.
    #[serde(rename = "ci_8xlarge")]
    ComputeX8Large,
    /// Compute: 48 cores, 192 GB of memory.
    #[serde(rename = "ci_12xlarge")]
    ComputeX12Large,
    /// Compute: 64 cores, 256 GB of memory.
    #[serde(rename = "ci_16xlarge")]
    ComputeX16Large,
    /// Compute: 96 cores, 384 GB of memory.
    #[serde(rename = "ci_24xlarge")]
    ComputeX24Large,
    /// Compute: 96 cores, 192 GB of memory.
    #[serde(rename = "ci_24xlarge_optimized_cpu")]
    ComputeX24LargeOptimizedCpu,
    /// Compute: 96 cores, 768 GB of memory.
    #[serde(rename = "ci_24xlarge_optimized_memory")]
    ComputeX24LargeOptimizedMemory,
    /// Compute: 96 cores, 1536 GB of memory.
    #[serde(rename = "ci_24xlarge_high_memory")]
    ComputeX24LargeHighMemory,
    /// Compute: 192 cores, 768 GB of memory.
    #[serde(rename = "ci_48xlarge")]
    ComputeX48Large,
    /// Compute: 192 cores, 384 GB of memory.
    #[serde(rename = "ci_48xlarge_optimized_cpu")]
    ComputeX48LargeOptimizedCpu,
    /// Compute: 192 cores, 1536 GB of memory.
    #[serde(rename = "ci_48xlarge_optimized_memory")]
    ComputeX48LargeOptimizedMemory,
    /// Compute: 96 cores, 3072 GB of memory.
    #[serde(rename = "ci_48xlarge_high_memory")]
    ComputeX48LargeHighMemory,
    /// A custom hostname.
    #[serde(rename = "cd_default")]
    CustomDomain,
    /// Point-in-time recovery, 7 days back.
    #[serde(rename = "pitr_7")]
    Pitr7Days,
    /// Point-in-time recovery, 14 days back.
    #[serde(rename = "pitr_14")]
    Pitr14Days,
    /// Point-in-time recovery, 28 days back.
    #[serde(rename = "pitr_28")]
    Pitr28Days,
    /// An IPv4 address for the database.
    #[serde(rename = "ipv4_default")]
    Ipv4,
    /// Multi-factor authentication by phone.
    #[serde(rename = "auth_mfa_phone_default")]
    AuthMfaPhone,
    /// Multi-factor authentication by WebAuthn.
    #[serde(rename = "auth_mfa_web_authn_default")]
    AuthMfaWebAuthn,
    /// A log drain.
    #[serde(rename = "log_drain_default")]
    LogDrain,
    /// A value that is newer than this crate.
    Other(String),
}

/// What an add-on costs.
#[model]
pub struct AddonPrice {
    /// The price for people, as `$10/month`.
    pub description: String,
    /// What is charged for.
    pub r#type: AddonPriceType,
    /// What time `amount` is for.
    pub interval: AddonPriceInterval,
    /// Price for one interval, in US dollars.
    pub amount: f64,
}

/// What is charged for.
#[model]
pub enum AddonPriceType {
    /// The add-on, at a fixed price.
    #[serde(rename = "fixed")]
    Fixed,
    /// The time that it is used.
    #[serde(rename = "usage")]
    Usage,
    /// A value that is newer than this crate.
    Other(String),
}

/// The time that a price is for.
#[model]
pub enum AddonPriceInterval {
    /// A month.
    #[serde(rename = "monthly")]
    Monthly,
    /// An hour.
    #[serde(rename = "hourly")]
    Hourly,
    /// A value that is newer than this crate.
    Other(String),
}

/// An add-on that a project can have.
#[model]
pub struct AvailableAddon {
    /// Which add-on it is.
    pub r#type: AddonType,
    /// Name that people see.
    pub name: String,
    /// Its variants.
    pub variants: Vec<AddonVariant>,
}

/// An add-on to be applied.
#[model(input)]
pub struct ApplyAddon {
    /// Which variant of it.
    pub addon_variant: AddonChoice,
    /// Which add-on it is. It must fit the variant.
    pub addon_type: AddonType,
}

/// A variant of an add-on that can be applied and removed by the API. All of them are in `AddonVariantId` too.
#[model]
pub enum AddonChoice {
    /// Compute: 2 shared cores, 1 GB of memory.
    #[serde(rename = "ci_micro")]
    ComputeMicro,
    /// Compute: 2 shared cores, 2 GB of memory.
    #[serde(rename = "ci_small")]
    ComputeSmall,
    /// Compute: 2 shared cores, 4 GB of memory.
    #[serde(rename = "ci_medium")]
    ComputeMedium,
    /// Compute: 2 cores, 8 GB of memory.
    #[serde(rename = "ci_large")]
    ComputeLarge,
    /// Compute: 4 cores, 16 GB of memory.
    #[serde(rename = "ci_xlarge")]
    ComputeXLarge,
    /// Compute: 8 cores, 32 GB of memory.
    #[serde(rename = "ci_2xlarge")]
    ComputeX2Large,
    /// Compute: 16 cores, 64 GB of memory.
    #[serde(rename = "ci_4xlarge")]
    ComputeX4Large,
    /// Compute: 32 cores, 128 GB of memory.
    #[serde(rename = "ci_8xlarge")]
    ComputeX8Large,
    /// Compute: 48 cores, 192 GB of memory.
    #[serde(rename = "ci_12xlarge")]
    ComputeX12Large,
    /// Compute: 64 cores, 256 GB of memory.
    #[serde(rename = "ci_16xlarge")]
    ComputeX16Large,
    /// Compute: 96 cores, 384 GB of memory.
    #[serde(rename = "ci_24xlarge")]
    ComputeX24Large,
    /// Compute: 96 cores, 192 GB of memory.
    #[serde(rename = "ci_24xlarge_optimized_cpu")]
    ComputeX24LargeOptimizedCpu,
    /// Compute: 96 cores, 768 GB of memory.
    #[serde(rename = "ci_24xlarge_optimized_memory")]
    ComputeX24LargeOptimizedMemory,
    /// Compute: 96 cores, 1536 GB of memory.
    #[serde(rename = "ci_24xlarge_high_memory")]
    ComputeX24LargeHighMemory,
    /// Compute: 192 cores, 768 GB of memory.
    #[serde(rename = "ci_48xlarge")]
    ComputeX48Large,
    /// Compute: 192 cores, 384 GB of memory.
    #[serde(rename = "ci_48xlarge_optimized_cpu")]
    ComputeX48LargeOptimizedCpu,
    /// Compute: 192 cores, 1536 GB of memory.
    #[serde(rename = "ci_48xlarge_optimized_memory")]
    ComputeX48LargeOptimizedMemory,
    /// Compute: 96 cores, 3072 GB of memory.
    #[serde(rename = "ci_48xlarge_high_memory")]
    ComputeX48LargeHighMemory,
    /// A custom hostname.
    #[serde(rename = "cd_default")]
    CustomDomain,
    /// Point-in-time recovery, 7 days back.
    #[serde(rename = "pitr_7")]
    Pitr7Days,
    /// Point-in-time recovery, 14 days back.
    #[serde(rename = "pitr_14")]
    Pitr14Days,
    /// Point-in-time recovery, 28 days back.
    #[serde(rename = "pitr_28")]
    Pitr28Days,
    /// An IPv4 address for the database.
    #[serde(rename = "ipv4_default")]
    Ipv4,
}
