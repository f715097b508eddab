//! OAuth: how an app gets access to the organizations and projects of its users.

use crate::call::Call;
use crate::error::Result;
use supabase_management_wasm_macros::{endpoints, model};

/// OAuth 2.0, for apps that are registered in an organization: send the browser to an address, exchange the code, renew the tokens.
#[endpoints]
impl Oauth {
    /// Builds the address of the consent page, for the browser to go to. Nothing is sent.
    ///
    /// After consent the browser comes back to `redirect_uri` with `code` and `state` in the query: check that `state` is yours, then exchange
    /// the code with [`Oauth::token`]. Use PKCE: `code_challenge` with the method `S256`. `redirect_uri` and `state` together may have 4 kB.
    #[get("/v1/oauth/authorize", query_required)]
    pub fn authorize_url(&self, query: &AuthorizeQuery) -> Result<String>;

    /// Exchanges a code for tokens, or a refresh token for new tokens.
    ///
    /// Client ID and secret go into the form, or into the header `authorization` of this call: `Basic` and the base64 of `id:secret`. A refresh
    /// token works once, and a refresh replaces both tokens: the old access token is refused at once. So never repeat a refresh blindly, never
    /// run two at a time, and store the new refresh token before anything else. After the user has removed the app, refreshing fails.
    #[post("/v1/oauth/token", anonymous)]
    pub fn token(&self, form: &TokenRequest) -> Call<OAuthTokens>;

    /// Revokes what a user has granted to the app, together with its tokens. Client ID and secret go into the body.
    #[post("/v1/oauth/revoke", anonymous)]
    pub fn revoke(&self, body: &RevokeToken) -> Call<()>;

    /// Builds the address where a user takes over a project and grants the app access to it, for the browser to go to. Nothing is sent.
    ///
    /// The project moves from the app's organization to one of the user's. Only selected partners have this. It goes on as after
    /// [`Oauth::authorize_url`].
    #[get("/v1/oauth/authorize/project-claim", permission = "organization_admin_write+project_admin_write", query_required)]
    pub fn authorize_project_claim_url(&self, query: &AuthorizeProjectClaimQuery) -> Result<String>;
}

/// What the consent page is asked for.
#[model(input)]
#[derive(Default)]
pub struct AuthorizeQuery {
    /// Client ID of the app, a UUID.
    #[schema(format = "uuid")]
    pub client_id: String,
    /// What comes back. Use `code`.
    pub response_type: AuthorizeResponseType,
    /// Where the browser goes after consent: one of the addresses that the app is registered with.
    pub redirect_uri: String,
    /// Deprecated, leave it out: the scopes are fixed when the app is registered.
    pub scope: Option<String>,
    /// A random value that comes back with the code, so that you know the answer is to your question.
    pub state: Option<String>,
    /// How the result travels to `redirect_uri`, in the words of OAuth, as `query`.
    pub response_mode: Option<String>,
    /// Challenge of PKCE: for `S256` the SHA-256 of the code verifier, in base64url without padding.
    pub code_challenge: Option<String>,
    /// How the challenge is made of the code verifier. Use `S256`.
    pub code_challenge_method: Option<CodeChallengeMethod>,
    /// The organization that the consent page has selected at first.
    #[schema(pattern = r"^[\w-]+$")]
    pub organization_slug: Option<String>,
    /// The resource that the token is for, a URI. MCP clients send it.
    #[schema(format = "uri")]
    pub resource: Option<String>,
}

/// What comes back after consent.
#[model]
#[derive(Default)]
pub enum AuthorizeResponseType {
    /// A code, for [`Oauth::token`].
    #[serde(rename = "code")]
    #[default]
    Code,
    /// An access token, without a code.
    #[serde(rename = "token")]
    Token,
    /// An ID token and an access token, without a code.
    #[serde(rename = "id_token token")]
    IdTokenToken,
}

/// How the challenge of PKCE is made of the code verifier.
#[model]
pub enum CodeChallengeMethod {
    /// It is the verifier itself, which protects little.
    #[serde(rename = "plain")]
    Plain,
    /// SHA-256, under a name that is not OAuth's. Use `S256`.
    #[serde(rename = "sha256")]
    Sha256,
    /// SHA-256, in base64url without padding.
    #[serde(rename = "S256")]
    S256,
}

/// A code or a refresh token, to be exchanged for tokens.
#[model(input)]
#[derive(Default)]
pub struct TokenRequest {
    /// What is exchanged.
    pub grant_type: Option<GrantType>,
    /// Client ID of the app, a UUID. Leave it out if the header `authorization` has it.
    #[schema(format = "uuid")]
    pub client_id: Option<String>,
    /// Client secret of the app. Leave it out if the header `authorization` has it.
    #[schema(secret)]
    pub client_secret: Option<String>,
    /// The code that came back after consent. Goes with `authorization_code`.
    #[schema(secret)]
    pub code: Option<String>,
    /// The value that `code_challenge` was made of. Goes with `authorization_code`.
    #[schema(secret)]
    pub code_verifier: Option<String>,
    /// Exactly the `redirect_uri` of the consent page. Goes with `authorization_code`.
    pub redirect_uri: Option<String>,
    /// The refresh token, which this uses up. Goes with `refresh_token`.
    #[schema(secret)]
    pub refresh_token: Option<String>,
    /// The signed assertion, as RFC 7523 has it. Goes with `urn:ietf:params:oauth:grant-type:jwt-bearer`.
    #[schema(secret)]
    pub assertion: Option<String>,
    /// The resource that the token is for, a URI. MCP clients send it.
    #[schema(format = "uri")]
    pub resource: Option<String>,
    /// Leave it out: the scopes are fixed when the app is registered.
    pub scope: Option<String>,
}

/// What is exchanged for tokens.
#[model]
pub enum GrantType {
    /// The code that came back after consent.
    #[serde(rename = "authorization_code")]
    AuthorizationCode,
    /// A refresh token.
    #[serde(rename = "refresh_token")]
    RefreshToken,
    /// A signed assertion of another issuer (RFC 7523). Beta, for organizations on the plan Team or Enterprise.
    #[serde(rename = "urn:ietf:params:oauth:grant-type:jwt-bearer")]
    JwtBearer,
}

/// Tokens of a user for the app.
#[model]
pub struct OAuthTokens {
    /// Token for calls: the [`access_token`](crate::Options::access_token) of a client.
    #[schema(secret)]
    pub access_token: String,
    /// Token for the next refresh. It works once.
    #[schema(secret)]
    pub refresh_token: String,
    /// How long the access token works, in seconds.
    pub expires_in: i64,
    /// How the access token is sent.
    pub token_type: TokenType,
}

/// How an access token is sent.
#[model]
pub enum TokenType {
    /// In the header `Authorization`, behind `Bearer`.
    #[serde(rename = "Bearer")]
    Bearer,
    /// A value that is newer than this crate.
    Other(String),
}

/// A grant to be revoked.
#[model(input)]
#[derive(Default)]
pub struct RevokeToken {
    /// Client ID of the app, a UUID.
    #[schema(format = "uuid")]
    pub client_id: String,
    /// Client secret of the app.
    #[schema(secret)]
    pub client_secret: String,
    /// The refresh token of the user.
    #[schema(secret)]
    pub refresh_token: String,
}

/// What the page is asked for where a user takes over a project.
#[model(input)]
#[derive(Default)]
pub struct AuthorizeProjectClaimQuery {
    /// The project to be taken over.
    #[schema(min = 20, max = 20, pattern = "^[a-z]+$")]
    pub project_ref: String,
    /// Client ID of the app, a UUID.
    #[schema(format = "uuid")]
    pub client_id: String,
    /// What comes back. Use `code`.
    pub response_type: AuthorizeResponseType,
    /// Where the browser goes after consent: one of the addresses that the app is registered with.
    pub redirect_uri: String,
    /// A random value that comes back with the code, so that you know the answer is to your question.
    pub state: Option<String>,
    /// How the result travels to `redirect_uri`, in the words of OAuth, as `query`.
    pub response_mode: Option<String>,
    /// Challenge of PKCE: for `S256` the SHA-256 of the code verifier, in base64url without padding.
    pub code_challenge: Option<String>,
    /// How the challenge is made of the code verifier. Use `S256`.
    pub code_challenge_method: Option<CodeChallengeMethod>,
}
