//! The regions that projects can be created in.

use supabase_management_wasm_macros::model;

/// For whom to look for regions.
#[model(input)]
#[derive(Default)]
pub struct AvailableRegionsQuery {
    /// The organization that the project will belong to.
    pub organization_slug: String,
    /// Where the recommended regions should be. The API documents no default.
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

/// A compute size.
#[model]
pub enum InstanceSize {
    /// Shared cores, free plan.
    #[serde(rename = "nano")]
    Nano,
    /// 2 shared cores, 1 GB of memory.
    #[serde(rename = "micro")]
    Micro,
    /// 2 shared cores, 2 GB of memory.
    #[serde(rename = "small")]
    Small,
    /// 2 shared cores, 4 GB of memory.
    #[serde(rename = "medium")]
    Medium,
    /// 2 cores, 8 GB of memory.
    #[serde(rename = "large")]
    Large,
    /// 4 cores, 16 GB of memory.
    #[serde(rename = "xlarge")]
    XLarge,
    /// 8 cores, 32 GB of memory.
    #[serde(rename = "2xlarge")]
    X2Large,
    /// 16 cores, 64 GB of memory.
    #[serde(rename = "4xlarge")]
    X4Large,
    /// 32 cores, 128 GB of memory.
    #[serde(rename = "8xlarge")]
    X8Large,
    /// 48 cores, 192 GB of memory.
    #[serde(rename = "12xlarge")]
    X12Large,
    /// 64 cores, 256 GB of memory.
    #[serde(rename = "16xlarge")]
    X16Large,
    /// 96 cores, 384 GB of memory.
    #[serde(rename = "24xlarge")]
    X24Large,
    /// 96 cores, 768 GB of memory.
    #[serde(rename = "24xlarge_optimized_memory")]
    X24LargeOptimizedMemory,
    /// 96 cores, 192 GB of memory.
    #[serde(rename = "24xlarge_optimized_cpu")]
    X24LargeOptimizedCpu,
    /// 96 cores, 1536 GB of memory.
    #[serde(rename = "24xlarge_high_memory")]
    X24LargeHighMemory,
    /// 192 cores, 768 GB of memory.
    #[serde(rename = "48xlarge")]
    X48Large,
    /// 192 cores, 1536 GB of memory.
    #[serde(rename = "48xlarge_optimized_memory")]
    X48LargeOptimizedMemory,
    /// 192 cores, 384 GB of memory.
    #[serde(rename = "48xlarge_optimized_cpu")]
    X48LargeOptimizedCpu,
    /// 96 cores, 3072 GB of memory.
    #[serde(rename = "48xlarge_high_memory")]
    X48LargeHighMemory,
}

/// A region.
#[model(input)]
pub enum Region {
    /// North Virginia.
    #[serde(rename = "us-east-1")]
    UsEast1,
    /// Ohio.
    #[serde(rename = "us-east-2")]
    UsEast2,
    /// North California.
    #[serde(rename = "us-west-1")]
    UsWest1,
    /// Oregon.
    #[serde(rename = "us-west-2")]
    UsWest2,
    /// Hong Kong.
    #[serde(rename = "ap-east-1")]
    ApEast1,
    /// Singapore.
    #[serde(rename = "ap-southeast-1")]
    ApSoutheast1,
    /// Tokyo.
    #[serde(rename = "ap-northeast-1")]
    ApNortheast1,
    /// Seoul.
    #[serde(rename = "ap-northeast-2")]
    ApNortheast2,
    /// Sydney.
    #[serde(rename = "ap-southeast-2")]
    ApSoutheast2,
    /// Ireland.
    #[serde(rename = "eu-west-1")]
    EuWest1,
    /// London.
    #[serde(rename = "eu-west-2")]
    EuWest2,
    /// Paris.
    #[serde(rename = "eu-west-3")]
    EuWest3,
    /// Stockholm.
    #[serde(rename = "eu-north-1")]
    EuNorth1,
    /// Frankfurt.
    #[serde(rename = "eu-central-1")]
    EuCentral1,
    /// Zurich.
    #[serde(rename = "eu-central-2")]
    EuCentral2,
    /// Central Canada.
    #[serde(rename = "ca-central-1")]
    CaCentral1,
    /// Mumbai.
    #[serde(rename = "ap-south-1")]
    ApSouth1,
    /// São Paulo.
    #[serde(rename = "sa-east-1")]
    SaEast1,
    /// A region that is newer than this crate.
    Other(String),
}

/// A part of the world.
#[model(input)]
pub enum RegionGroup {
    /// North and South America.
    #[serde(rename = "americas")]
    Americas,
    /// Europe, the Middle East, Africa.
    #[serde(rename = "emea")]
    Emea,
    /// Asia and the Pacific.
    #[serde(rename = "apac")]
    Apac,
    /// A part that is newer than this crate.
    Other(String),
}
