//! Auth: the settings of a project's Auth server, SSO providers, trusted issuers of JWTs, keys that sign JWTs.

use crate::api::auth_config::{AuthConfig, UpdateAuthConfig};
use crate::call::Call;
use crate::schema::{Map, Nullable};
use serde_json::Value;
use supabase_management_wasm_macros::{endpoints, model};

/// The settings of the Auth server of a project.
#[endpoints]
impl Auth {
    /// Gets the settings of the Auth server of a project: sign-in methods, emails, text messages, hooks, sessions, limits.
    #[get("/v1/projects/{ref}/config/auth", scope = "auth:read", permission = "auth_config_read")]
    pub fn get_config(&self, project_ref: &str) -> Call<AuthConfig>;

    /// Changes settings of the Auth server of a project, and answers all of them. What is left out stays; `null` clears a setting.
    #[patch(
        "/v1/projects/{ref}/config/auth",
        scope = "auth:write",
        permission = "auth_config_write+project_admin_write",
        from(AuthConfig = "auth.getConfig")
    )]
    pub fn update_config(&self, project_ref: &str, body: &UpdateAuthConfig) -> Call<AuthConfig>;
}

/// The SSO providers of a project: SAML 2.0 identity providers that the users of a company sign in with.
///
/// SAML must be on, by `saml_enabled` of [`Auth::update_config`]. Every call answers 404 where it is not, and for an unknown provider as well.
#[endpoints]
impl SsoProviders {
    /// Lists all SSO providers of a project. The answer is the whole list: there are no pages. The XML of their metadata is left out.
    #[get("/v1/projects/{ref}/config/auth/sso/providers", scope = "auth:read", permission = "auth_config_read")]
    pub fn list(&self, project_ref: &str) -> Call<SsoProviderList>;

    /// Creates an SSO provider from the metadata of an identity provider: give `metadata_url` or `metadata_xml`, not both.
    ///
    /// An identity provider, and each email domain, can belong to one SSO provider of the project only. Answers 404 while SAML is off.
    #[post(
        "/v1/projects/{ref}/config/auth/sso/providers",
        scope = "auth:write",
        permission = "auth_config_write",
        from(SsoProvider = "ssoProviders.get", "saml.>", "domains[].domain>domains", "metadata_url|metadata_xml")
    )]
    pub fn create(&self, project_ref: &str, body: &CreateSsoProvider) -> Call<SsoProvider>;

    /// Gets one SSO provider. Answers 404 for an unknown one, and while SAML is off.
    #[get("/v1/projects/{ref}/config/auth/sso/providers/{provider_id}", scope = "auth:read", permission = "auth_config_read")]
    pub fn get(&self, project_ref: &str, #[schema(format = "uuid")] provider_id: &str) -> Call<SsoProvider>;

    /// Changes an SSO provider. Metadata, domains and attribute mapping stay where they are left out, and are replaced as a whole where not.
    ///
    /// Send `name_id_format` again with every update: without it the Auth server may go back to its default. New metadata must have the
    /// same entity ID. Answers 404 for an unknown provider, and while SAML is off.
    #[put(
        "/v1/projects/{ref}/config/auth/sso/providers/{provider_id}",
        scope = "auth:write",
        permission = "auth_config_write",
        from(SsoProvider = "ssoProviders.get", "saml.>", "domains[].domain>domains", "metadata_url|metadata_xml")
    )]
    pub fn update(&self, project_ref: &str, #[schema(format = "uuid")] provider_id: &str, body: &UpdateSsoProvider) -> Call<SsoProvider>;

    /// Deletes an SSO provider, and answers what it was: its users cannot sign in through it any more. Answers 404 for an unknown one.
    #[delete("/v1/projects/{ref}/config/auth/sso/providers/{provider_id}", scope = "auth:write", permission = "auth_config_write")]
    pub fn delete(&self, project_ref: &str, #[schema(format = "uuid")] provider_id: &str) -> Call<SsoProvider>;
}

/// Third-party issuers of JWTs that the APIs of a project trust besides its own Auth server.
#[endpoints]
impl ThirdPartyAuth {
    /// Lists all trusted issuers of a project. The answer is the whole list: there are no pages.
    #[get("/v1/projects/{ref}/config/auth/third-party-auth", scope = "auth:read", permission = "auth_config_read")]
    pub fn list(&self, project_ref: &str) -> Call<Vec<ThirdPartyAuthIntegration>>;

    /// Makes a project trust the JWTs of an issuer. Name it by one of `oidc_issuer_url`, `jwks_url` and `custom_jwks`.
    ///
    /// Its JWTs must be signed with an asymmetric key and have the header `kid`. Users who come in this way are billed as third-party users.
    #[post(
        "/v1/projects/{ref}/config/auth/third-party-auth",
        scope = "auth:write",
        permission = "auth_config_write",
        from(ThirdPartyAuthIntegration = "thirdPartyAuth.get", "oidc_issuer_url|jwks_url|custom_jwks")
    )]
    pub fn create(&self, project_ref: &str, body: &CreateThirdPartyAuth) -> Call<ThirdPartyAuthIntegration>;

    /// Gets one trusted issuer.
    #[get("/v1/projects/{ref}/config/auth/third-party-auth/{tpa_id}", scope = "auth:read", permission = "auth_config_read")]
    pub fn get(&self, project_ref: &str, #[schema(format = "uuid")] tpa_id: &str) -> Call<ThirdPartyAuthIntegration>;

    /// Deletes a trusted issuer, and answers what it was: the project stops accepting its JWTs.
    #[delete("/v1/projects/{ref}/config/auth/third-party-auth/{tpa_id}", scope = "auth:write", permission = "auth_config_write")]
    pub fn delete(&self, project_ref: &str, #[schema(format = "uuid")] tpa_id: &str) -> Call<ThirdPartyAuthIntegration>;
}

/// The keys that the Auth server of a project signs JWTs with.
///
/// A key begins on standby, is in use after a rotation, then previously used, and revoked in the end. Most changes of state are throttled for about
/// 5 minutes. Private keys cannot be read back.
#[endpoints]
impl SigningKeys {
    /// Lists all signing keys of a project, whatever their state. Their private parts are not in it.
    #[get("/v1/projects/{ref}/config/auth/signing-keys", scope = "secrets:read", permission = "auth_signing_keys_read")]
    pub fn list(&self, project_ref: &str) -> Call<SigningKeyList>;

    /// Creates a signing key, or imports yours from `private_jwk`. It signs nothing until it is `in_use`.
    ///
    /// Apps that verify JWTs on their own must know the new key before it is used: its public part is published while it stands by, and caches
    /// may need 20 minutes.
    #[post("/v1/projects/{ref}/config/auth/signing-keys", scope = "secrets:write", permission = "auth_signing_keys_write")]
    pub fn create(&self, project_ref: &str, body: &CreateSigningKey) -> Call<SigningKey>;

    /// Gets one signing key. Its private part is not in it.
    #[get("/v1/projects/{ref}/config/auth/signing-keys/{id}", permission = "auth_signing_keys_read")]
    pub fn get(
        &self,
        project_ref: &str,
        /// Identifier of the key: `id` in [`SigningKeys::list`].
        #[schema(format = "uuid")]
        id: &str,
    ) -> Call<SigningKey>;

    /// Moves a signing key to another state. `in_use` rotates: the key that was in use becomes `previously_used`, and its JWTs stay valid.
    ///
    /// Wait until the JWTs of the old key have expired before you revoke it, because `revoked` makes all of them invalid immediately. The legacy key can be revoked only
    /// when [`ApiKeys::update_legacy`] has switched the legacy API keys off. A revoked key can be moved back to `standby`.
    #[patch(
        "/v1/projects/{ref}/config/auth/signing-keys/{id}",
        scope = "secrets:write",
        permission = "auth_signing_keys_write",
        from(SigningKey = "signingKeys.get")
    )]
    pub fn update(
        &self,
        project_ref: &str,
        /// Identifier of the key: `id` in [`SigningKeys::list`].
        #[schema(format = "uuid")]
        id: &str,
        body: &UpdateSigningKey,
    ) -> Call<SigningKey>;

    /// Deletes a signing key for good, and gives the deleted key. It must have been `revoked` for a while; the legacy key cannot be deleted.
    #[delete("/v1/projects/{ref}/config/auth/signing-keys/{id}", scope = "secrets:write", permission = "auth_signing_keys_write")]
    pub fn delete(
        &self,
        project_ref: &str,
        /// Identifier of the key: `id` in [`SigningKeys::list`].
        #[schema(format = "uuid")]
        id: &str,
    ) -> Call<SigningKey>;

    /// Gets the signing key that the legacy JWT secret was imported as. The API will remove this one day, and answer 404 then.
    #[get("/v1/projects/{ref}/config/auth/signing-keys/legacy", scope = "secrets:read", permission = "auth_signing_keys_read")]
    pub fn get_legacy(&self, project_ref: &str) -> Call<SigningKey>;

    /// Imports the legacy JWT secret of a project as a signing key: the first step away from it.
    ///
    /// It is `in_use` then: JWTs that it has signed stay valid. The secret cannot be changed in the old way afterwards. The API will remove this
    /// one day, and answer 404 then.
    #[post("/v1/projects/{ref}/config/auth/signing-keys/legacy", scope = "secrets:write", permission = "auth_signing_keys_write")]
    pub fn create_legacy(&self, project_ref: &str) -> Call<SigningKey>;
}

/// The SSO providers of a project.
#[model]
pub struct SsoProviderList {
    /// The providers.
    pub items: Vec<SsoProvider>,
}

/// An SSO provider.
#[model]
pub struct SsoProvider {
    /// Identifier, a UUID.
    pub id: String,
    /// Its SAML settings.
    pub saml: Option<SamlConfig>,
    /// Email domains whose users sign in through it.
    pub domains: Option<Vec<SsoDomain>>,
    /// When it was created, ISO 8601.
    pub created_at: Option<String>,
    /// When it was last changed, ISO 8601.
    pub updated_at: Option<String>,
}

/// SAML settings of an SSO provider.
#[model]
pub struct SamlConfig {
    /// Identifier of these settings.
    // Real answers leave it out although the description requires it.
    pub id: Option<String>,
    /// Entity ID of the identity provider, as its metadata says. It cannot change.
    pub entity_id: String,
    /// Where the metadata of the identity provider is. Absent if it was given as XML.
    pub metadata_url: Option<String>,
    /// Metadata of the identity provider, XML. [`SsoProviders::list`] leaves it out.
    pub metadata_xml: Option<String>,
    /// Which attributes of SAML become which properties of a user.
    pub attribute_mapping: Option<AttributeMapping>,
    /// What the identity provider is asked to name users by.
    pub name_id_format: Option<NameIdFormat>,
}

/// Which attributes of SAML become which properties of a user.
#[model]
pub struct AttributeMapping {
    /// Where each property comes from, by its name, as `email`.
    // Real answers leave it out although the description requires it.
    pub keys: Option<Map<AttributeSource>>,
}

/// Where a property of a user comes from.
#[model]
pub struct AttributeSource {
    /// Name of the SAML attribute.
    pub name: Option<String>,
    /// Names of SAML attributes, tried in this order, after `name`.
    pub names: Option<Vec<String>>,
    /// Value where the identity provider sends none of the attributes.
    pub default: Option<AttributeDefault>,
    /// Whether the property is a list of all values of the attribute, not the first value alone.
    pub array: Option<bool>,
}

/// Value of a property of a user where the identity provider sends none.
#[model(untagged)]
pub enum AttributeDefault {
    /// An object.
    Object(Map<Value>),
    /// A number.
    Number(f64),
    /// A string.
    Text(String),
    /// `true` or `false`.
    Flag(bool),
    /// Something that is newer than this crate.
    Other(Value),
}

/// What an identity provider names users by.
#[model(input)]
pub enum NameIdFormat {
    /// What the identity provider chooses.
    #[serde(rename = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified")]
    Unspecified,
    /// An identifier for one session only.
    #[serde(rename = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient")]
    Transient,
    /// The email address.
    #[serde(rename = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress")]
    EmailAddress,
    /// An identifier without meaning that stays the same.
    #[serde(rename = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent")]
    Persistent,
    /// A value that is newer than this crate.
    Other(String),
}

/// An email domain of an SSO provider.
#[model]
pub struct SsoDomain {
    /// Identifier of this entry.
    // Real answers leave it out although the description requires it.
    pub id: Option<String>,
    /// The domain, as `example.com`.
    pub domain: Option<String>,
    /// When it was added, ISO 8601.
    pub created_at: Option<String>,
    /// When it was last changed, ISO 8601.
    pub updated_at: Option<String>,
}

/// A new SSO provider.
#[model(input)]
#[derive(Default)]
pub struct CreateSsoProvider {
    /// Its protocol.
    pub r#type: SsoProviderType,
    /// Metadata of the identity provider, XML in UTF-8. Not together with `metadata_url`.
    pub metadata_xml: Option<String>,
    /// Where the metadata of the identity provider is, an HTTPS address. Not together with `metadata_xml`.
    pub metadata_url: Option<String>,
    /// Email domains whose users sign in through it, as `example.com`. Without any, an app names the provider by its UUID.
    pub domains: Option<Vec<String>>,
    /// Which attributes of SAML become which properties of a user.
    pub attribute_mapping: Option<SetAttributeMapping>,
    /// What the identity provider is asked to name users by.
    pub name_id_format: Option<NameIdFormat>,
}

/// Protocol of an SSO provider.
#[model]
#[derive(Default)]
pub enum SsoProviderType {
    /// SAML 2.0.
    #[serde(rename = "saml")]
    #[default]
    Saml,
}

/// Which attributes of SAML shall become which properties of a user.
#[model(input)]
#[derive(Default)]
pub struct SetAttributeMapping {
    /// Where each property comes from, by its name, as `email`.
    pub keys: Map<SetAttributeSource>,
}

/// Where a property of a user shall come from.
#[model(input)]
#[derive(Default)]
pub struct SetAttributeSource {
    /// Name of the SAML attribute.
    pub name: Option<String>,
    /// Names of SAML attributes, tried in this order, after `name`.
    pub names: Option<Vec<String>>,
    /// Value where the identity provider sends none of the attributes.
    pub default: Option<SetAttributeDefault>,
    /// Whether the property is a list of all values of the attribute, not the first value alone. Default: false.
    pub array: Option<bool>,
}

/// Value that a property of a user shall have where the identity provider sends none.
#[model(untagged, input)]
pub enum SetAttributeDefault {
    /// An object.
    Object(Map<Value>),
    /// A number.
    Number(f64),
    /// A string.
    Text(String),
    /// `true` or `false`.
    Flag(bool),
}

/// Changes of an SSO provider.
#[model(input)]
#[derive(Default)]
pub struct UpdateSsoProvider {
    /// New metadata of the same identity provider, XML in UTF-8. Not together with `metadata_url`.
    pub metadata_xml: Option<String>,
    /// Where new metadata of the same identity provider is, an HTTPS address. Not together with `metadata_xml`.
    pub metadata_url: Option<String>,
    /// All email domains from now on: those left out of the list are removed. Without the list nothing changes.
    pub domains: Option<Vec<String>>,
    /// The whole attribute mapping from now on. Without it nothing changes.
    pub attribute_mapping: Option<SetAttributeMapping>,
    /// What the identity provider is asked to name users by. Without it the Auth server may go back to its default.
    pub name_id_format: Option<NameIdFormat>,
}

/// An issuer of JWTs that a project trusts.
#[model]
pub struct ThirdPartyAuthIntegration {
    /// Identifier, a UUID.
    pub id: String,
    /// Kind of the issuer.
    pub r#type: String,
    /// Issuer in the words of OpenID Connect: its keys are found through `/.well-known/openid-configuration` below this address.
    pub oidc_issuer_url: Option<Nullable<String>>,
    /// Where its public keys are, a JSON Web Key Set.
    pub jwks_url: Option<Nullable<String>>,
    /// Its public keys as they were given, a JSON Web Key Set.
    pub custom_jwks: Option<Value>,
    /// Its public keys as they were last looked up, a JSON Web Key Set. New keys may take 30 minutes to get here.
    pub resolved_jwks: Option<Value>,
    /// When it was created, ISO 8601.
    pub inserted_at: String,
    /// When it was last changed, ISO 8601.
    pub updated_at: String,
    /// When its public keys were last looked up, ISO 8601. `null` if not yet.
    pub resolved_at: Option<Nullable<String>>,
}

/// An issuer of JWTs to be trusted. Give one of the three.
#[model(input)]
#[derive(Default)]
pub struct CreateThirdPartyAuth {
    /// Issuer in the words of OpenID Connect, an HTTPS address: its keys are found through `/.well-known/openid-configuration` below it.
    pub oidc_issuer_url: Option<String>,
    /// Where its public keys are: the address of a JSON Web Key Set.
    pub jwks_url: Option<String>,
    /// Its public keys: a JSON Web Key Set, an object with the list `keys`.
    pub custom_jwks: Option<Value>,
}

/// The signing keys of a project.
#[model]
pub struct SigningKeyList {
    /// The keys.
    pub keys: Vec<SigningKey>,
}

/// A signing key, without its private part.
#[model]
pub struct SigningKey {
    /// Identifier, a UUID.
    pub id: String,
    /// Algorithm that it signs with.
    pub algorithm: SigningKeyAlgorithm,
    /// State.
    pub status: SigningKeyStatus,
    /// Its public part, a JSON Web Key. A shared secret (HS256) has none.
    pub public_jwk: Option<Value>,
    /// When it was created, ISO 8601.
    pub created_at: String,
    /// When it was last changed, ISO 8601.
    pub updated_at: String,
}

/// Algorithm of a signing key.
#[model(input)]
pub enum SigningKeyAlgorithm {
    /// Ed25519. Not every JWT library knows it.
    #[serde(rename = "EdDSA")]
    EdDsa,
    /// Elliptic curve P-256: short signatures, and known to nearly every library.
    #[serde(rename = "ES256")]
    Es256,
    /// RSA of 2048 bits: slower than P-256, with long signatures.
    #[serde(rename = "RS256")]
    Rs256,
    /// HMAC with a shared secret: whoever verifies JWTs can also make them. Not for production.
    #[serde(rename = "HS256")]
    Hs256,
    /// A value that is newer than this crate.
    Other(String),
}

/// State of a signing key.
#[model(input)]
pub enum SigningKeyStatus {
    /// It signs new JWTs.
    #[serde(rename = "in_use")]
    InUse,
    /// It signs no new JWTs. Those that it has signed are accepted.
    #[serde(rename = "previously_used")]
    PreviouslyUsed,
    /// JWTs that it has signed are refused.
    #[serde(rename = "revoked")]
    Revoked,
    /// It can be rotated to. Its public part is published.
    #[serde(rename = "standby")]
    Standby,
    /// A value that is newer than this crate.
    Other(String),
}

/// A new signing key.
#[model(input)]
pub struct CreateSigningKey {
    /// Algorithm that it signs with.
    pub algorithm: SigningKeyAlgorithm,
    /// State to begin in. Default: `standby`.
    pub status: Option<InitialSigningKeyStatus>,
    /// Your own key, which must suit `algorithm`. Default: the server makes one, whose private part can never be read.
    #[schema(secret)]
    pub private_jwk: Option<PrivateJwk>,
}

/// State that a new signing key begins in.
#[model]
pub enum InitialSigningKeyStatus {
    /// It signs new JWTs at once.
    #[serde(rename = "in_use")]
    InUse,
    /// It waits for a rotation.
    #[serde(rename = "standby")]
    Standby,
}

/// A private key or a shared secret, as a JSON Web Key. Numbers and bytes are in base64url without padding.
#[model(tag = "kty", input)]
pub enum PrivateJwk {
    /// RSA, for RS256.
    #[serde(rename = "RSA")]
    Rsa {
        /// Identifier, a UUID: the `kid` of the JWTs that the key signs.
        #[schema(format = "uuid")]
        kid: Option<String>,
        /// What the key is for.
        r#use: Option<JwkUse>,
        /// What may be done with the key: both signing and verifying.
        #[schema(min_items = 2, max_items = 2)]
        key_ops: Option<Vec<JwkOperation>>,
        /// `true`: the key may be exported, in the words of Web Crypto. Otherwise leave it out.
        #[schema(only_true)]
        ext: Option<bool>,
        /// Algorithm that the key is for.
        alg: Option<RsaAlgorithm>,
        /// Modulus.
        n: String,
        /// Public exponent.
        e: RsaExponent,
        /// Private exponent.
        #[schema(secret)]
        d: String,
        /// First prime factor.
        #[schema(secret)]
        p: String,
        /// Second prime factor.
        #[schema(secret)]
        q: String,
        /// Exponent of the first prime factor.
        #[schema(secret)]
        dp: String,
        /// Exponent of the second prime factor.
        #[schema(secret)]
        dq: String,
        /// Coefficient: the inverse of the second prime factor modulo the first.
        #[schema(secret)]
        qi: String,
    },
    /// An elliptic curve, for ES256.
    #[serde(rename = "EC")]
    Ec {
        /// Identifier, a UUID: the `kid` of the JWTs that the key signs.
        #[schema(format = "uuid")]
        kid: Option<String>,
        /// What the key is for.
        r#use: Option<JwkUse>,
        /// What may be done with the key: both signing and verifying.
        #[schema(min_items = 2, max_items = 2)]
        key_ops: Option<Vec<JwkOperation>>,
        /// `true`: the key may be exported, in the words of Web Crypto. Otherwise leave it out.
        #[schema(only_true)]
        ext: Option<bool>,
        /// Algorithm that the key is for.
        alg: Option<EcAlgorithm>,
        /// The curve.
        crv: EcCurve,
        /// First coordinate of the public point.
        x: String,
        /// Second coordinate of the public point.
        y: String,
        /// Private key.
        #[schema(secret)]
        d: String,
    },
    /// An Edwards curve, for EdDSA.
    #[serde(rename = "OKP")]
    Okp {
        /// Identifier, a UUID: the `kid` of the JWTs that the key signs.
        #[schema(format = "uuid")]
        kid: Option<String>,
        /// What the key is for.
        r#use: Option<JwkUse>,
        /// What may be done with the key: both signing and verifying.
        #[schema(min_items = 2, max_items = 2)]
        key_ops: Option<Vec<JwkOperation>>,
        /// `true`: the key may be exported, in the words of Web Crypto. Otherwise leave it out.
        #[schema(only_true)]
        ext: Option<bool>,
        /// Algorithm that the key is for.
        alg: Option<OkpAlgorithm>,
        /// The curve.
        crv: OkpCurve,
        /// Public key.
        x: String,
        /// Private key.
        #[schema(secret)]
        d: String,
    },
    /// A shared secret, for HS256.
    #[serde(rename = "oct")]
    Oct {
        /// Identifier, a UUID: the `kid` of the JWTs that the key signs.
        #[schema(format = "uuid")]
        kid: Option<String>,
        /// What the key is for.
        r#use: Option<JwkUse>,
        /// What may be done with the key: both signing and verifying.
        #[schema(min_items = 2, max_items = 2)]
        key_ops: Option<Vec<JwkOperation>>,
        /// `true`: the key may be exported, in the words of Web Crypto. Otherwise leave it out.
        #[schema(only_true)]
        ext: Option<bool>,
        /// Algorithm that the key is for.
        alg: Option<OctAlgorithm>,
        /// The secret.
        #[schema(min = 16, secret)]
        k: String,
    },
}

/// What a JSON Web Key is for.
#[model]
pub enum JwkUse {
    /// Signatures.
    #[serde(rename = "sig")]
    Sig,
}

/// What may be done with a JSON Web Key.
#[model]
pub enum JwkOperation {
    /// Making signatures.
    #[serde(rename = "sign")]
    Sign,
    /// Verifying signatures.
    #[serde(rename = "verify")]
    Verify,
}

/// Algorithm of an RSA key.
#[model]
pub enum RsaAlgorithm {
    /// RSA with SHA-256.
    #[serde(rename = "RS256")]
    Rs256,
}

/// Public exponent of an RSA key.
#[model]
pub enum RsaExponent {
    /// 65537, in base64url: no other is taken.
    #[serde(rename = "AQAB")]
    Aqab,
}

/// Algorithm of a key on an elliptic curve.
#[model]
pub enum EcAlgorithm {
    /// ECDSA with SHA-256.
    #[serde(rename = "ES256")]
    Es256,
}

/// Elliptic curve of a key.
#[model]
pub enum EcCurve {
    /// NIST P-256.
    #[serde(rename = "P-256")]
    P256,
}

/// Algorithm of a key on an Edwards curve.
#[model]
pub enum OkpAlgorithm {
    /// EdDSA.
    #[serde(rename = "EdDSA")]
    EdDsa,
}

/// Edwards curve of a key.
#[model]
pub enum OkpCurve {
    /// Ed25519.
    #[serde(rename = "Ed25519")]
    Ed25519,
}

/// Algorithm of a shared secret.
#[model]
pub enum OctAlgorithm {
    /// HMAC with SHA-256.
    #[serde(rename = "HS256")]
    Hs256,
}

/// Change of a signing key.
#[model(input)]
pub struct UpdateSigningKey {
    /// State to move to.
    pub status: SigningKeyStatus,
}
