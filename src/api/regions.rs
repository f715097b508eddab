//! The regions that projects can be created in.

use crate::api::projects::{InstanceSize, Region, RegionGroup};
use supabase_management_wasm_macros::model;

/// For whom to look for regions.
#[model]
#[derive(Default)]
pub struct AvailableRegionsQuery {
    /// The organization that the project will belong to.
    pub organization_slug: String,
    /// Where the recommended regions should be. The API does not say what holds without it.
    pub continent: Option<Continent>,
    /// Compute size that the project will have: not every region has every size.
    pub desired_instance_size: Option<InstanceSize>,
}

/// A continent.
#[model]
pub enum Continent {
    /// North America.
    #[serde(rename = "NA")]
    NorthAmerica,
    /// South America.
    #[serde(rename = "SA")]
    SouthAmerica,
    /// Europe.
    #[serde(rename = "EU")]
    Europe,
    /// Africa.
    #[serde(rename = "AF")]
    Africa,
    /// Asia.
    #[serde(rename = "AS")]
    Asia,
    /// Oceania.
    #[serde(rename = "OC")]
    Oceania,
    /// Antarctica.
    #[serde(rename = "AN")]
    Antarctica,
}

/// The regions that a project can be created in.
#[model]
pub struct AvailableRegions {
    /// Those that suit best.
    pub recommendations: RegionRecommendations,
    /// All of them.
    pub all: AllRegions,
}

/// The regions that suit best.
#[model]
pub struct RegionRecommendations {
    /// The part of the world.
    #[serde(rename = "smartGroup")]
    pub smart_group: AvailableRegionGroup,
    /// The regions.
    pub specific: Vec<AvailableRegion>,
}

/// A part of the world that a project can be created in: the platform picks a region with room.
#[model]
pub struct AvailableRegionGroup {
    /// Name that people see.
    pub name: String,
    /// What `code` of `region_selection` takes.
    pub code: RegionGroup,
    /// What `type` of `region_selection` takes.
    pub r#type: RegionGroupType,
}

/// Says that it is a part of the world.
#[model]
pub enum RegionGroupType {
    /// The only one so far.
    #[serde(rename = "smartGroup")]
    SmartGroup,
    /// A value that is newer than this crate.
    Other(String),
}

/// A region that a project can be created in.
#[model]
pub struct AvailableRegion {
    /// Name that people see.
    pub name: String,
    /// What `code` of `region_selection` takes.
    pub code: Region,
    /// What `type` of `region_selection` takes.
    pub r#type: RegionType,
    /// Who runs it.
    pub provider: CloudProvider,
    /// What is wrong with the region; absent if nothing is.
    pub status: Option<RegionStatus>,
}

/// Says that it is one region.
#[model]
pub enum RegionType {
    /// The only one so far.
    #[serde(rename = "specific")]
    Specific,
    /// A value that is newer than this crate.
    Other(String),
}

/// What a region runs on.
#[model]
pub enum CloudProvider {
    /// Amazon Web Services.
    #[serde(rename = "AWS")]
    Aws,
    /// Fly.io.
    #[serde(rename = "FLY")]
    Fly,
    /// Kubernetes on Amazon Web Services.
    #[serde(rename = "AWS_K8S")]
    AwsK8s,
    /// Nimbus on Amazon Web Services.
    #[serde(rename = "AWS_NIMBUS")]
    AwsNimbus,
    /// A provider that is newer than this crate.
    Other(String),
}

/// What is wrong with a region.
#[model]
pub enum RegionStatus {
    /// It has no room at the moment.
    #[serde(rename = "capacity")]
    Capacity,
    /// Something else.
    #[serde(rename = "other")]
    Unspecified,
    /// A value that is newer than this crate.
    Other(String),
}

/// All regions.
#[model]
pub struct AllRegions {
    /// The parts of the world.
    #[serde(rename = "smartGroup")]
    pub smart_group: Vec<AvailableRegionGroup>,
    /// The regions.
    pub specific: Vec<AvailableRegion>,
}
