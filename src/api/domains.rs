//! Addresses of a project: custom hostname and vanity subdomain.

use crate::call::Call;
use serde_json::Value;
use supabase_management_wasm_macros::{endpoints, model};

/// A domain of your own for the addresses of a project, as `api.example.com`. Needs the add-on `custom_domain`, on a paid plan.
///
/// Set a CNAME record that points from it to the project, call [`CustomHostname::initialize`], set the TXT records of the answer, call
/// [`CustomHostname::reverify`] until its status is `4_origin_setup_completed`, then [`CustomHostname::activate`].
#[endpoints]
impl CustomHostname {
    /// Gets the custom hostname of a project, and how far it is.
    ///
    /// Answers 400 if there is none, or if the add-on is not on.
    #[get("/v1/projects/{ref}/custom-hostname", scope = "domains:read", permission = "custom_domain_read")]
    pub fn get(&self, project_ref: &str) -> Call<CustomHostnameConfig>;

    /// Begins to set up a custom hostname. Its CNAME record must be there before.
    ///
    /// Set the TXT records in `data.result.ssl.validation_records` of the answer, and the one in `data.result.ownership_verification` if it has a
    /// name; then call [`CustomHostname::reverify`]. Answers 400 without the add-on `custom_domain`, and 544 if the hostname is in use elsewhere.
    #[post(
        "/v1/projects/{ref}/custom-hostname/initialize",
        scope = "domains:write",
        permission = "custom_domain_write",
        rate = "10/60",
        from(CustomHostnameConfig = "customHostname.get")
    )]
    pub fn initialize(&self, project_ref: &str, body: &InitializeCustomHostname) -> Call<CustomHostnameConfig>;

    /// Checks the DNS records again, and answers how far the custom hostname is.
    ///
    /// Call it again until `status` is `4_origin_setup_completed`; DNS records can take hours to spread. Then call [`CustomHostname::activate`]. Answers 400
    /// when everything is verified already.
    #[post("/v1/projects/{ref}/custom-hostname/reverify", scope = "domains:write", permission = "custom_domain_write", rate = "10/60")]
    pub fn reverify(&self, project_ref: &str) -> Call<CustomHostnameConfig>;

    /// Makes the project answer under its custom hostname; the status becomes `5_services_reconfigured`.
    ///
    /// Before that, add the new addresses to your OAuth providers, because Auth uses the custom hostname from then on. Answers 400 if it is active already.
    #[post("/v1/projects/{ref}/custom-hostname/activate", scope = "domains:write", permission = "custom_domain_write")]
    pub fn activate(&self, project_ref: &str) -> Call<CustomHostnameConfig>;

    /// Deletes the custom hostname of a project. The add-on stays, and is still billed, unless `remove_addon` is true.
    ///
    /// Answers 400 if there is none.
    #[delete("/v1/projects/{ref}/custom-hostname", scope = "domains:write", permission = "custom_domain_write", rate = "10/60")]
    pub fn delete(&self, project_ref: &str, query: &DeleteCustomHostnameQuery) -> Call<()>;
}

/// A name of your choice under the domain of Supabase, as `my-app.supabase.co`. On paid plans, and not together with a custom hostname. Experimental.
#[endpoints]
impl VanitySubdomain {
    /// Gets the vanity subdomain of a project.
    #[get("/v1/projects/{ref}/vanity-subdomain", scope = "domains:read", permission = "vanity_subdomain_read", rate = "10/60")]
    pub fn get(&self, project_ref: &str) -> Call<VanitySubdomainConfig>;

    /// Checks whether a vanity subdomain is free.
    ///
    /// It only reads, so it is safe to repeat, although it is a POST.
    #[post(
        "/v1/projects/{ref}/vanity-subdomain/check-availability",
        scope = "domains:write",
        permission = "vanity_subdomain_write",
        safe,
        rate = "10/60"
    )]
    pub fn check_availability(&self, project_ref: &str, body: &SetVanitySubdomain) -> Call<SubdomainAvailability>;

    /// Activates a vanity subdomain: the project answers under it from then on.
    ///
    /// Ask [`VanitySubdomain::check_availability`] first. Add the new addresses to your OAuth providers before, as Auth uses it from then on.
    #[post("/v1/projects/{ref}/vanity-subdomain/activate", scope = "domains:write", permission = "vanity_subdomain_write", rate = "10/60")]
    pub fn activate(&self, project_ref: &str, body: &SetVanitySubdomain) -> Call<ActivatedVanitySubdomain>;

    /// Deletes the vanity subdomain of a project; others can take it then.
    #[delete("/v1/projects/{ref}/vanity-subdomain", scope = "domains:write", permission = "vanity_subdomain_write", rate = "10/60")]
    pub fn deactivate(&self, project_ref: &str) -> Call<()>;
}

/// A custom hostname, and how far it is.
#[model]
pub struct CustomHostnameConfig {
    /// How far it is.
    pub status: CustomHostnameStatus,
    /// The hostname, as `api.example.com`.
    pub custom_hostname: String,
    /// What the provider of the certificate says, with the DNS records to set.
    pub data: CustomHostnameData,
}

/// How far a custom hostname is. The values begin with the number of the step.
#[model]
pub enum CustomHostnameStatus {
    /// Nothing has been done.
    #[serde(rename = "1_not_started")]
    NotStarted,
    /// Begun: set the DNS records, then call [`CustomHostname::reverify`].
    #[serde(rename = "2_initiated")]
    Initiated,
    /// The DNS records are right. Call [`CustomHostname::reverify`] again.
    #[serde(rename = "3_challenge_verified")]
    ChallengeVerified,
    /// Ready for [`CustomHostname::activate`].
    #[serde(rename = "4_origin_setup_completed")]
    OriginSetupCompleted,
    /// Active.
    #[serde(rename = "5_services_reconfigured")]
    ServicesReconfigured,
    /// A value that is newer than this crate.
    Other(String),
}

/// What the provider of the certificate says.
#[model]
pub struct CustomHostnameData {
    /// Whether the provider accepted the last request.
    pub success: bool,
    /// Errors of the provider, free JSON.
    pub errors: Vec<Value>,
    /// Messages of the provider, free JSON.
    pub messages: Vec<Value>,
    /// The hostname, as the provider has it.
    pub result: CustomHostnameResult,
}

/// A hostname, as the provider of the certificate has it.
#[model]
pub struct CustomHostnameResult {
    /// Identifier at the provider.
    pub id: String,
    /// The hostname.
    pub hostname: String,
    /// Its certificate.
    pub ssl: CustomHostnameSsl,
    /// The DNS record that proves that the hostname is yours. Its fields are empty when it is not needed any more.
    pub ownership_verification: OwnershipVerification,
    /// Host name of the project, which the CNAME record points to.
    pub custom_origin_server: String,
    /// Why the hostname could not be verified.
    pub verification_errors: Option<Vec<String>>,
    /// State of the hostname, as `pending` or `active`.
    pub status: String,
}

/// The certificate of a hostname.
#[model]
pub struct CustomHostnameSsl {
    /// State of the certificate, as `pending_validation` or `active`.
    pub status: String,
    /// TXT records to set. Empty when the certificate is there.
    pub validation_records: Vec<ValidationRecord>,
    /// Why the certificate could not be issued.
    pub validation_errors: Option<Vec<HostnameValidationError>>,
}

/// Why a certificate could not be issued.
#[model]
pub struct HostnameValidationError {
    /// The reason, for people.
    pub message: String,
}

/// A TXT record to set.
#[model]
pub struct ValidationRecord {
    /// Name of the record, as `_acme-challenge.api.example.com`.
    pub txt_name: String,
    /// Value of the record.
    pub txt_value: String,
}

/// A DNS record that proves whose a hostname is.
#[model]
pub struct OwnershipVerification {
    /// Type of the record, as `txt`. Empty if there is nothing to prove.
    pub r#type: String,
    /// Name of the record.
    pub name: String,
    /// Value of the record.
    pub value: String,
}

/// A new custom hostname.
#[model(input)]
#[derive(Default)]
pub struct InitializeCustomHostname {
    /// The hostname, as `api.example.com`.
    #[schema(min = 1, max = 253)]
    pub custom_hostname: String,
}

/// What is deleted together with a custom hostname.
#[model(input)]
#[derive(Default)]
pub struct DeleteCustomHostnameQuery {
    /// Whether the add-on `custom_domain` is removed too. Default: false.
    pub remove_addon: Option<bool>,
}

/// The vanity subdomain of a project.
#[model]
pub struct VanitySubdomainConfig {
    /// What the project uses.
    pub status: VanitySubdomainStatus,
    /// The host name, as `my-app.supabase.co`. Absent if there is none.
    pub custom_domain: Option<String>,
}

/// What a project uses beside its own address.
#[model]
pub enum VanitySubdomainStatus {
    /// No vanity subdomain.
    #[serde(rename = "not-used")]
    NotUsed,
    /// A custom hostname, so that it can have no vanity subdomain.
    #[serde(rename = "custom-domain-used")]
    CustomDomainUsed,
    /// A vanity subdomain.
    #[serde(rename = "active")]
    Active,
    /// A value that is newer than this crate.
    Other(String),
}

/// A vanity subdomain.
#[model(input)]
#[derive(Default)]
pub struct SetVanitySubdomain {
    /// The name alone, as `my-app`.
    #[schema(max = 63)]
    pub vanity_subdomain: String,
}

/// Whether a vanity subdomain is free.
#[model]
pub struct SubdomainAvailability {
    /// Whether it is.
    pub available: bool,
}

/// A vanity subdomain that is active.
#[model]
pub struct ActivatedVanitySubdomain {
    /// The host name, as `my-app.supabase.co`.
    pub custom_domain: String,
}
