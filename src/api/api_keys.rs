//! API keys: what the apps and servers of a project call its own APIs with.

use crate::call::Call;
use crate::schema::{Map, Nullable};
use serde_json::Value;
use supabase_management_wasm_macros::{endpoints, model};

/// The API keys of a project.
#[endpoints]
impl ApiKeys {
    /// Lists all API keys of a project, including the legacy keys. The answer is the whole list: there are no pages. Secret keys are masked unless `reveal` is true.
    ///
    /// A token that may list keys may still be refused with 403 when `reveal` is true.
    #[get("/v1/projects/{ref}/api-keys", scope = "secrets:read", permission = "api_gateway_keys_read")]
    pub fn list(&self, project_ref: &str, query: &RevealQuery) -> Call<Vec<ApiKey>>;

    /// Creates a publishable or a secret key. The answer masks a secret key unless `reveal` is true.
    #[post("/v1/projects/{ref}/api-keys", scope = "secrets:write", permission = "api_gateway_keys_write", from(ApiKey = "apiKeys.get"))]
    pub fn create(&self, project_ref: &str, body: &CreateApiKey, query: &RevealQuery) -> Call<ApiKey>;

    /// Gets one key by its UUID. A secret key is masked unless `reveal` is true. Legacy keys have no UUID: only [`ApiKeys::list`] shows them.
    #[get("/v1/projects/{ref}/api-keys/{id}", scope = "secrets:read", permission = "api_gateway_keys_read")]
    pub fn get(
        &self,
        project_ref: &str,
        /// Identifier of the key: `id` in [`ApiKeys::list`].
        #[schema(format = "uuid")]
        id: &str,
        query: &RevealQuery,
    ) -> Call<ApiKey>;

    /// Changes the name, the description or the claims of a key: what is left out stays. The key itself and its type cannot change.
    #[patch("/v1/projects/{ref}/api-keys/{id}", scope = "secrets:write", permission = "api_gateway_keys_write", from(ApiKey = "apiKeys.get"))]
    pub fn update(
        &self,
        project_ref: &str,
        /// Identifier of the key: `id` in [`ApiKeys::list`].
        #[schema(format = "uuid")]
        id: &str,
        body: &UpdateApiKey,
        query: &RevealQuery,
    ) -> Call<ApiKey>;

    /// Deletes a key for good. What still uses it stops working. Legacy keys cannot be deleted: [`ApiKeys::update_legacy`] switches them off.
    #[delete("/v1/projects/{ref}/api-keys/{id}", scope = "secrets:write", permission = "api_gateway_keys_write")]
    pub fn delete(
        &self,
        project_ref: &str,
        /// Identifier of the key: `id` in [`ApiKeys::list`].
        #[schema(format = "uuid")]
        id: &str,
        query: &DeleteApiKeyQuery,
    ) -> Call<ApiKey>;

    /// Tells whether the legacy keys `anon` and `service_role` work.
    #[get("/v1/projects/{ref}/api-keys/legacy", scope = "secrets:read", permission = "api_gateway_keys_read")]
    pub fn get_legacy(&self, project_ref: &str) -> Call<LegacyApiKeys>;

    /// Switches the legacy keys `anon` and `service_role` on or off, both together.
    ///
    /// Switch them off once everything uses publishable and secret keys, and before the legacy JWT secret is revoked. This can be undone.
    #[put("/v1/projects/{ref}/api-keys/legacy", scope = "secrets:write", permission = "api_gateway_keys_write", query_required)]
    pub fn update_legacy(&self, project_ref: &str, query: &LegacyApiKeysQuery) -> Call<LegacyApiKeys>;
}

/// Whether an answer shows keys in full.
#[model(input)]
#[derive(Default)]
pub struct RevealQuery {
    /// Whether secret keys come in full. Default: false, they are masked.
    pub reveal: Option<bool>,
}

/// An API key of a project.
#[model]
pub struct ApiKey {
    /// The key itself: a JWT if it is a legacy key, else text that begins with `sb_publishable_` or `sb_secret_`. A secret key that is not
    /// revealed has middle dots (`·`) behind its first characters.
    #[schema(secret)]
    pub api_key: Option<Nullable<String>>,
    /// Identifier, a UUID. Legacy keys have `anon` or `service_role`.
    pub id: Option<Nullable<String>>,
    /// Kind of the key.
    pub r#type: Option<Nullable<ApiKeyType>>,
    /// Five characters that help to tell keys apart.
    pub prefix: Option<Nullable<String>>,
    /// Name. Keys of different types may share it.
    pub name: String,
    /// Note for people.
    pub description: Option<Nullable<String>>,
    /// Digest of the key, in base64url.
    pub hash: Option<Nullable<String>>,
    /// Claims of the JWT that stands for a secret key behind the API gateway, as `{"role": "service_role"}`. `null` for a publishable key.
    pub secret_jwt_template: Option<Nullable<Map<Value>>>,
    /// When it was created, ISO 8601. Legacy keys have none.
    pub inserted_at: Option<Nullable<String>>,
    /// When it was last changed, ISO 8601. Legacy keys have none.
    pub updated_at: Option<Nullable<String>>,
}

/// Kind of an API key.
#[model]
pub enum ApiKeyType {
    /// A JWT signed with the legacy JWT secret: `anon` or `service_role`.
    #[serde(rename = "legacy")]
    Legacy,
    /// May be public: Row Level Security limits what it reaches. Takes the place of `anon`.
    #[serde(rename = "publishable")]
    Publishable,
    /// For servers only: it passes Row Level Security by. Takes the place of `service_role`.
    #[serde(rename = "secret")]
    Secret,
    /// A value that is newer than this crate.
    Other(String),
}

/// A new API key.
#[model(input)]
pub struct CreateApiKey {
    /// Kind of the key. It cannot change later.
    pub r#type: CreateApiKeyType,
    /// Name: lowercase letters, digits and `_`, not beginning with a digit.
    #[schema(min = 4, max = 64, pattern = "^[a-z_][a-z0-9_]+$")]
    pub name: String,
    /// Note for people.
    pub description: Option<Nullable<String>>,
    /// Claims of the JWT that stands for a secret key behind the API gateway, as `{"role": "service_role"}`.
    pub secret_jwt_template: Option<Nullable<Map<Value>>>,
}

/// Kind of a new API key.
#[model]
pub enum CreateApiKeyType {
    /// May be public: Row Level Security limits what it reaches.
    #[serde(rename = "publishable")]
    Publishable,
    /// For servers only: it passes Row Level Security by.
    #[serde(rename = "secret")]
    Secret,
}

/// Changes of an API key. What is left out stays.
#[model(input)]
#[derive(Default)]
pub struct UpdateApiKey {
    /// Name: lowercase letters, digits and `_`, not beginning with a digit.
    #[schema(min = 4, max = 64, pattern = "^[a-z_][a-z0-9_]+$")]
    pub name: Option<String>,
    /// Note for people. `null` clears it.
    pub description: Option<Nullable<String>>,
    /// Claims of the JWT that stands for a secret key behind the API gateway. `null` clears them.
    pub secret_jwt_template: Option<Nullable<Map<Value>>>,
}

/// What is said about a key when it is deleted.
#[model(input)]
#[derive(Default)]
pub struct DeleteApiKeyQuery {
    /// Whether the answer shows the deleted key in full. Default: false, a secret key is masked.
    pub reveal: Option<bool>,
    /// Whether the key has leaked.
    pub was_compromised: Option<bool>,
    /// Why the key is deleted, in your words.
    pub reason: Option<String>,
}

/// State of the legacy keys.
#[model]
pub struct LegacyApiKeys {
    /// Whether `anon` and `service_role` work.
    pub enabled: bool,
}

/// What the state of the legacy keys shall be.
// No `Default`: it would switch the keys off.
#[model(input)]
#[derive(Default)]
pub struct LegacyApiKeysQuery {
    /// Whether `anon` and `service_role` shall work.
    pub enabled: bool,
}
