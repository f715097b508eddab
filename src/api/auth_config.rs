//! Settings of the Auth server: sign-in methods, emails, text messages, hooks, sessions, limits.

use crate::schema::Nullable;
use supabase_management_wasm_macros::model;

/// Settings of the Auth server of a project.
///
/// Secrets come back as digests, not as values: to copy settings to another project, use [`writable`](crate::writable). `null` means that a setting is not set.
#[model]
pub struct AuthConfig {
    /// How long a request to the Auth server may take, in seconds. Default 10; the dashboard offers 5 to 30. Changing it needs the Pro plan.
    pub api_max_request_duration: Nullable<i64>,
    /// How many database connections the Auth server may open, in the unit of `db_max_pool_size_unit`.
    pub db_max_pool_size: Nullable<i64>,
    /// Unit of `db_max_pool_size`: a number of connections, or a percentage of all.
    pub db_max_pool_size_unit: Nullable<PoolSizeUnit>,
    /// Whether new users are refused. Those who exist can still sign in.
    pub disable_signup: Nullable<bool>,
    /// Whether visitors can sign in anonymously, without credentials.
    pub external_anonymous_users_enabled: Nullable<bool>,
    /// More client IDs whose ID tokens from Apple are accepted, separated by commas, as the bundle IDs of native apps.
    pub external_apple_additional_client_ids: Nullable<String>,
    /// Client ID at Apple: the services ID of your app.
    pub external_apple_client_id: Nullable<String>,
    /// Whether users of Apple can sign in when it passes on no email address.
    pub external_apple_email_optional: Nullable<bool>,
    /// Whether users can sign in with Apple.
    pub external_apple_enabled: Nullable<bool>,
    /// Client secret for Apple: a JWT that you sign with your key. Apple accepts it for six months at most.
    #[schema(secret, hashed)]
    pub external_apple_secret: Nullable<String>,
    /// Application (client) ID of your app at Microsoft (Azure).
    pub external_azure_client_id: Nullable<String>,
    /// Whether users of Microsoft (Azure) can sign in when it passes on no email address.
    pub external_azure_email_optional: Nullable<bool>,
    /// Whether users can sign in with Microsoft (Azure).
    pub external_azure_enabled: Nullable<bool>,
    /// Client secret of your app at Microsoft (Azure).
    #[schema(secret, hashed)]
    pub external_azure_secret: Nullable<String>,
    /// Address of the tenant at Microsoft, for sign-in from one tenant only. `null` means the common address of all tenants.
    pub external_azure_url: Nullable<String>,
    /// Client ID of your app at Bitbucket.
    pub external_bitbucket_client_id: Nullable<String>,
    /// Whether users of Bitbucket can sign in when it passes on no email address.
    pub external_bitbucket_email_optional: Nullable<bool>,
    /// Whether users can sign in with Bitbucket.
    pub external_bitbucket_enabled: Nullable<bool>,
    /// Client secret of your app at Bitbucket.
    #[schema(secret, hashed)]
    pub external_bitbucket_secret: Nullable<String>,
    /// Client ID of your app at Discord.
    pub external_discord_client_id: Nullable<String>,
    /// Whether users of Discord can sign in when it passes on no email address.
    pub external_discord_email_optional: Nullable<bool>,
    /// Whether users can sign in with Discord.
    pub external_discord_enabled: Nullable<bool>,
    /// Client secret of your app at Discord.
    #[schema(secret, hashed)]
    pub external_discord_secret: Nullable<String>,
    /// Whether users can sign up and sign in with an email address.
    pub external_email_enabled: Nullable<bool>,
    /// Client ID of your app at Facebook.
    pub external_facebook_client_id: Nullable<String>,
    /// Whether users of Facebook can sign in when it passes on no email address.
    pub external_facebook_email_optional: Nullable<bool>,
    /// Whether users can sign in with Facebook.
    pub external_facebook_enabled: Nullable<bool>,
    /// Client secret of your app at Facebook.
    #[schema(secret, hashed)]
    pub external_facebook_secret: Nullable<String>,
    /// Client ID of your app at Figma.
    pub external_figma_client_id: Nullable<String>,
    /// Whether users of Figma can sign in when it passes on no email address.
    pub external_figma_email_optional: Nullable<bool>,
    /// Whether users can sign in with Figma.
    pub external_figma_enabled: Nullable<bool>,
    /// Client secret of your app at Figma.
    #[schema(secret, hashed)]
    pub external_figma_secret: Nullable<String>,
    /// Client ID of your app at GitHub.
    pub external_github_client_id: Nullable<String>,
    /// Whether users of GitHub can sign in when it passes on no email address.
    pub external_github_email_optional: Nullable<bool>,
    /// Whether users can sign in with GitHub.
    pub external_github_enabled: Nullable<bool>,
    /// Client secret of your app at GitHub.
    #[schema(secret, hashed)]
    pub external_github_secret: Nullable<String>,
    /// Client ID of your app at GitLab.
    pub external_gitlab_client_id: Nullable<String>,
    /// Whether users of GitLab can sign in when it passes on no email address.
    pub external_gitlab_email_optional: Nullable<bool>,
    /// Whether users can sign in with GitLab.
    pub external_gitlab_enabled: Nullable<bool>,
    /// Client secret of your app at GitLab.
    #[schema(secret, hashed)]
    pub external_gitlab_secret: Nullable<String>,
    /// Address of your own GitLab. `null` means gitlab.com.
    pub external_gitlab_url: Nullable<String>,
    /// More client IDs whose ID tokens from Google are accepted, separated by commas, as those of Android and iOS apps.
    pub external_google_additional_client_ids: Nullable<String>,
    /// Client ID of your app at Google.
    pub external_google_client_id: Nullable<String>,
    /// Whether users of Google can sign in when it passes on no email address.
    pub external_google_email_optional: Nullable<bool>,
    /// Whether users can sign in with Google.
    pub external_google_enabled: Nullable<bool>,
    /// Client secret of your app at Google.
    #[schema(secret, hashed)]
    pub external_google_secret: Nullable<String>,
    /// Whether ID tokens from Google are accepted without a check of the nonce. Less safe; for native apps that cannot set a nonce.
    pub external_google_skip_nonce_check: Nullable<bool>,
    /// Client ID at Kakao: the REST API key of your app.
    pub external_kakao_client_id: Nullable<String>,
    /// Whether users of Kakao can sign in when it passes on no email address.
    pub external_kakao_email_optional: Nullable<bool>,
    /// Whether users can sign in with Kakao.
    pub external_kakao_enabled: Nullable<bool>,
    /// Client secret of your app at Kakao.
    #[schema(secret, hashed)]
    pub external_kakao_secret: Nullable<String>,
    /// ID of the client in your Keycloak realm.
    pub external_keycloak_client_id: Nullable<String>,
    /// Whether users of Keycloak can sign in when it passes on no email address.
    pub external_keycloak_email_optional: Nullable<bool>,
    /// Whether users can sign in with Keycloak.
    pub external_keycloak_enabled: Nullable<bool>,
    /// Secret of the client in your Keycloak realm.
    #[schema(secret, hashed)]
    pub external_keycloak_secret: Nullable<String>,
    /// Address of your Keycloak realm.
    pub external_keycloak_url: Nullable<String>,
    /// Client ID of your app at LinkedIn (OpenID Connect).
    pub external_linkedin_oidc_client_id: Nullable<String>,
    /// Whether users of LinkedIn (OpenID Connect) can sign in when it passes on no email address.
    pub external_linkedin_oidc_email_optional: Nullable<bool>,
    /// Whether users can sign in with LinkedIn (OpenID Connect).
    pub external_linkedin_oidc_enabled: Nullable<bool>,
    /// Client secret of your app at LinkedIn (OpenID Connect).
    #[schema(secret, hashed)]
    pub external_linkedin_oidc_secret: Nullable<String>,
    /// Client ID of your app at Slack (OpenID Connect).
    pub external_slack_oidc_client_id: Nullable<String>,
    /// Whether users of Slack (OpenID Connect) can sign in when it passes on no email address.
    pub external_slack_oidc_email_optional: Nullable<bool>,
    /// Whether users can sign in with Slack (OpenID Connect).
    pub external_slack_oidc_enabled: Nullable<bool>,
    /// Client secret of your app at Slack (OpenID Connect).
    #[schema(secret, hashed)]
    pub external_slack_oidc_secret: Nullable<String>,
    /// Client ID of your app at Notion.
    pub external_notion_client_id: Nullable<String>,
    /// Whether users of Notion can sign in when it passes on no email address.
    pub external_notion_email_optional: Nullable<bool>,
    /// Whether users can sign in with Notion.
    pub external_notion_enabled: Nullable<bool>,
    /// Client secret of your app at Notion.
    #[schema(secret, hashed)]
    pub external_notion_secret: Nullable<String>,
    /// Whether users can sign up and sign in with a phone number. Needs an SMS provider or the SMS hook.
    pub external_phone_enabled: Nullable<bool>,
    /// Client ID of your app at Slack (old OAuth).
    pub external_slack_client_id: Nullable<String>,
    /// Whether users of Slack (old OAuth) can sign in when it passes on no email address.
    pub external_slack_email_optional: Nullable<bool>,
    /// Whether users can sign in with Slack (old OAuth). New apps use `external_slack_oidc_enabled`.
    pub external_slack_enabled: Nullable<bool>,
    /// Client secret of your app at Slack (old OAuth).
    #[schema(secret, hashed)]
    pub external_slack_secret: Nullable<String>,
    /// Client ID of your app at Spotify.
    pub external_spotify_client_id: Nullable<String>,
    /// Whether users of Spotify can sign in when it passes on no email address.
    pub external_spotify_email_optional: Nullable<bool>,
    /// Whether users can sign in with Spotify.
    pub external_spotify_enabled: Nullable<bool>,
    /// Client secret of your app at Spotify.
    #[schema(secret, hashed)]
    pub external_spotify_secret: Nullable<String>,
    /// Client ID of your app at Twitch.
    pub external_twitch_client_id: Nullable<String>,
    /// Whether users of Twitch can sign in when it passes on no email address.
    pub external_twitch_email_optional: Nullable<bool>,
    /// Whether users can sign in with Twitch.
    pub external_twitch_enabled: Nullable<bool>,
    /// Client secret of your app at Twitch.
    #[schema(secret, hashed)]
    pub external_twitch_secret: Nullable<String>,
    /// API key (consumer key) of your app at Twitter (OAuth 1.0a).
    pub external_twitter_client_id: Nullable<String>,
    /// Whether users of Twitter (OAuth 1.0a) can sign in when it passes on no email address.
    pub external_twitter_email_optional: Nullable<bool>,
    /// Whether users can sign in with Twitter (OAuth 1.0a). New apps use `external_x_enabled`.
    pub external_twitter_enabled: Nullable<bool>,
    /// API secret (consumer secret) of your app at Twitter (OAuth 1.0a).
    #[schema(secret, hashed)]
    pub external_twitter_secret: Nullable<String>,
    /// Client ID of your app at X (OAuth 2.0).
    pub external_x_client_id: Nullable<String>,
    /// Whether users of X (OAuth 2.0) can sign in when it passes on no email address.
    pub external_x_email_optional: Nullable<bool>,
    /// Whether users can sign in with X (OAuth 2.0).
    pub external_x_enabled: Nullable<bool>,
    /// Client secret of your app at X (OAuth 2.0).
    #[schema(secret, hashed)]
    pub external_x_secret: Nullable<String>,
    /// Client ID of your app at WorkOS.
    pub external_workos_client_id: Nullable<String>,
    /// Whether users can sign in with WorkOS.
    pub external_workos_enabled: Nullable<bool>,
    /// Client secret of your app at WorkOS.
    #[schema(secret, hashed)]
    pub external_workos_secret: Nullable<String>,
    /// Address of the WorkOS API. `null` means the usual one.
    pub external_workos_url: Nullable<String>,
    /// Whether users can sign in with a Solana wallet.
    pub external_web3_solana_enabled: Nullable<bool>,
    /// Whether users can sign in with an Ethereum wallet.
    pub external_web3_ethereum_enabled: Nullable<bool>,
    /// Client ID of your app at Zoom.
    pub external_zoom_client_id: Nullable<String>,
    /// Whether users of Zoom can sign in when it passes on no email address.
    pub external_zoom_email_optional: Nullable<bool>,
    /// Whether users can sign in with Zoom.
    pub external_zoom_enabled: Nullable<bool>,
    /// Client secret of your app at Zoom.
    #[schema(secret, hashed)]
    pub external_zoom_secret: Nullable<String>,
    /// Whether the custom access token hook is on, which runs before an access token is issued and may change its claims.
    pub hook_custom_access_token_enabled: Nullable<bool>,
    /// Address of the custom access token hook: `https://…`, or a Postgres function as `pg-functions://postgres/<schema>/<function>`.
    pub hook_custom_access_token_uri: Nullable<String>,
    /// Secrets that sign the requests to the custom access token hook, as `v1,whsec_<base64>`, separated by `|`. Only for HTTPS.
    #[schema(secret, hashed)]
    pub hook_custom_access_token_secrets: Nullable<String>,
    /// Whether the MFA verification hook is on, which runs on each attempt to verify an MFA factor and may reject it. Team and Enterprise plans.
    pub hook_mfa_verification_attempt_enabled: Nullable<bool>,
    /// Address of the MFA verification hook: `https://…`, or a Postgres function as `pg-functions://postgres/<schema>/<function>`.
    pub hook_mfa_verification_attempt_uri: Nullable<String>,
    /// Secrets that sign the requests to the MFA verification hook, as `v1,whsec_<base64>`, separated by `|`. Only for HTTPS.
    #[schema(secret, hashed)]
    pub hook_mfa_verification_attempt_secrets: Nullable<String>,
    /// Whether the password verification hook is on, which runs on each sign-in with a password and may reject it. Team and Enterprise plans.
    pub hook_password_verification_attempt_enabled: Nullable<bool>,
    /// Address of the password verification hook: `https://…`, or a Postgres function as `pg-functions://postgres/<schema>/<function>`.
    pub hook_password_verification_attempt_uri: Nullable<String>,
    /// Secrets that sign the requests to the password verification hook, as `v1,whsec_<base64>`, separated by `|`. Only for HTTPS.
    #[schema(secret, hashed)]
    pub hook_password_verification_attempt_secrets: Nullable<String>,
    /// Whether the SMS hook is on, which sends text messages in place of an SMS provider.
    pub hook_send_sms_enabled: Nullable<bool>,
    /// Address of the SMS hook: `https://…`, or a Postgres function as `pg-functions://postgres/<schema>/<function>`.
    pub hook_send_sms_uri: Nullable<String>,
    /// Secrets that sign the requests to the SMS hook, as `v1,whsec_<base64>`, separated by `|`. Only for HTTPS.
    #[schema(secret, hashed)]
    pub hook_send_sms_secrets: Nullable<String>,
    /// Whether the email hook is on, which sends emails in place of the mail server.
    pub hook_send_email_enabled: Nullable<bool>,
    /// Address of the email hook: `https://…`, or a Postgres function as `pg-functions://postgres/<schema>/<function>`.
    pub hook_send_email_uri: Nullable<String>,
    /// Secrets that sign the requests to the email hook, as `v1,whsec_<base64>`, separated by `|`. Only for HTTPS.
    #[schema(secret, hashed)]
    pub hook_send_email_secrets: Nullable<String>,
    /// Whether the before-user-created hook is on, which runs before a user is created and may refuse it.
    pub hook_before_user_created_enabled: Nullable<bool>,
    /// Address of the before-user-created hook: `https://…`, or a Postgres function as `pg-functions://postgres/<schema>/<function>`.
    pub hook_before_user_created_uri: Nullable<String>,
    /// Secrets that sign the requests to the before-user-created hook, as `v1,whsec_<base64>`, separated by `|`. Only for HTTPS.
    #[schema(secret, hashed)]
    pub hook_before_user_created_secrets: Nullable<String>,
    /// Whether the after-user-created hook is on, which runs after a user was created.
    pub hook_after_user_created_enabled: Nullable<bool>,
    /// Address of the after-user-created hook: `https://…`, or a Postgres function as `pg-functions://postgres/<schema>/<function>`.
    pub hook_after_user_created_uri: Nullable<String>,
    /// Secrets that sign the requests to the after-user-created hook, as `v1,whsec_<base64>`, separated by `|`. Only for HTTPS.
    #[schema(secret, hashed)]
    pub hook_after_user_created_secrets: Nullable<String>,
    /// How long an access token is valid, in seconds. Default 3600 (1 hour), at most 604800 (1 week).
    pub jwt_exp: Nullable<i64>,
    /// Whether users can sign in before their email address is confirmed. Not together with `mailer_autoconfirm`.
    pub mailer_allow_unverified_email_sign_ins: Nullable<bool>,
    /// Whether email addresses count as confirmed at sign-up, without an email.
    pub mailer_autoconfirm: Nullable<bool>,
    /// How long links and one-time codes in emails are valid, in seconds.
    pub mailer_otp_exp: i64,
    /// Digits of a one-time code in emails, 6 to 10. Default 6.
    pub mailer_otp_length: Nullable<i64>,
    /// Whether a change of the email address must be confirmed at both the old and the new address.
    pub mailer_secure_email_change_enabled: Nullable<bool>,
    /// Subject of the email that asks a new user to confirm the email address.
    pub mailer_subjects_confirmation: Nullable<String>,
    /// Subject of the email that asks to confirm a change of the email address.
    pub mailer_subjects_email_change: Nullable<String>,
    /// Subject of the email that invites a user.
    pub mailer_subjects_invite: Nullable<String>,
    /// Subject of the email that brings a magic link or a one-time code.
    pub mailer_subjects_magic_link: Nullable<String>,
    /// Subject of the email that brings the code for a reauthentication.
    pub mailer_subjects_reauthentication: Nullable<String>,
    /// Subject of the email that lets a user reset the password.
    pub mailer_subjects_recovery: Nullable<String>,
    /// Subject of the email that tells a user that the password was changed.
    pub mailer_subjects_password_changed_notification: Nullable<String>,
    /// Subject of the email that tells a user that the email address was changed.
    pub mailer_subjects_email_changed_notification: Nullable<String>,
    /// Subject of the email that tells a user that the phone number was changed.
    pub mailer_subjects_phone_changed_notification: Nullable<String>,
    /// Subject of the email that tells a user that an MFA factor was added.
    pub mailer_subjects_mfa_factor_enrolled_notification: Nullable<String>,
    /// Subject of the email that tells a user that an MFA factor was removed.
    pub mailer_subjects_mfa_factor_unenrolled_notification: Nullable<String>,
    /// Subject of the email that tells a user that an identity was linked to the account.
    pub mailer_subjects_identity_linked_notification: Nullable<String>,
    /// Subject of the email that tells a user that an identity was unlinked from the account.
    pub mailer_subjects_identity_unlinked_notification: Nullable<String>,
    /// HTML of the email that asks a new user to confirm the email address. It may use `{{ .ConfirmationURL }}`, `{{ .Token }}`.
    pub mailer_templates_confirmation_content: Nullable<String>,
    /// HTML of the email that asks to confirm a change of the email address. It may use `{{ .ConfirmationURL }}`, `{{ .Email }}`, `{{ .NewEmail }}`.
    pub mailer_templates_email_change_content: Nullable<String>,
    /// HTML of the email that invites a user. It may use `{{ .ConfirmationURL }}`, `{{ .SiteURL }}`.
    pub mailer_templates_invite_content: Nullable<String>,
    /// HTML of the email that brings a magic link or a one-time code. It may use `{{ .ConfirmationURL }}`, `{{ .Token }}`.
    pub mailer_templates_magic_link_content: Nullable<String>,
    /// HTML of the email that brings the code for a reauthentication. It may use `{{ .Token }}`.
    pub mailer_templates_reauthentication_content: Nullable<String>,
    /// HTML of the email that lets a user reset the password. It may use `{{ .ConfirmationURL }}`, `{{ .Token }}`.
    pub mailer_templates_recovery_content: Nullable<String>,
    /// HTML of the email that tells a user that the password was changed. It may use `{{ .Email }}`.
    pub mailer_templates_password_changed_notification_content: Nullable<String>,
    /// HTML of the email that tells a user that the email address was changed. It may use `{{ .OldEmail }}`, `{{ .Email }}`.
    pub mailer_templates_email_changed_notification_content: Nullable<String>,
    /// HTML of the email that tells a user that the phone number was changed. It may use `{{ .OldPhone }}`, `{{ .Phone }}`, `{{ .Email }}`.
    pub mailer_templates_phone_changed_notification_content: Nullable<String>,
    /// HTML of the email that tells a user that an MFA factor was added. It may use `{{ .FactorType }}`, `{{ .Email }}`.
    pub mailer_templates_mfa_factor_enrolled_notification_content: Nullable<String>,
    /// HTML of the email that tells a user that an MFA factor was removed. It may use `{{ .FactorType }}`, `{{ .Email }}`.
    pub mailer_templates_mfa_factor_unenrolled_notification_content: Nullable<String>,
    /// HTML of the email that tells a user that an identity was linked to the account. It may use `{{ .Provider }}`, `{{ .Email }}`.
    pub mailer_templates_identity_linked_notification_content: Nullable<String>,
    /// HTML of the email that tells a user that an identity was unlinked from the account. It may use `{{ .Provider }}`, `{{ .Email }}`.
    pub mailer_templates_identity_unlinked_notification_content: Nullable<String>,
    /// Whether users are told by email that the password was changed.
    pub mailer_notifications_password_changed_enabled: Nullable<bool>,
    /// Whether users are told by email that the email address was changed.
    pub mailer_notifications_email_changed_enabled: Nullable<bool>,
    /// Whether users are told by email that the phone number was changed.
    pub mailer_notifications_phone_changed_enabled: Nullable<bool>,
    /// Whether users are told by email that an MFA factor was added.
    pub mailer_notifications_mfa_factor_enrolled_enabled: Nullable<bool>,
    /// Whether users are told by email that an MFA factor was removed.
    pub mailer_notifications_mfa_factor_unenrolled_enabled: Nullable<bool>,
    /// Whether users are told by email that an identity was linked to the account.
    pub mailer_notifications_identity_linked_enabled: Nullable<bool>,
    /// Whether users are told by email that an identity was unlinked from the account.
    pub mailer_notifications_identity_unlinked_enabled: Nullable<bool>,
    /// How many MFA factors a user may have. Default 10.
    pub mfa_max_enrolled_factors: Nullable<i64>,
    /// Whether users can add an authenticator app (TOTP) as an MFA factor.
    pub mfa_totp_enroll_enabled: Nullable<bool>,
    /// Whether users can verify with an authenticator app (TOTP).
    pub mfa_totp_verify_enabled: Nullable<bool>,
    /// Whether users can add a phone as an MFA factor. Needs the add-on `auth_mfa_phone`.
    pub mfa_phone_enroll_enabled: Nullable<bool>,
    /// Whether users can verify with a code sent to their phone. Needs the add-on `auth_mfa_phone`.
    pub mfa_phone_verify_enabled: Nullable<bool>,
    /// Whether users can add a WebAuthn key as an MFA factor. Needs the add-on `auth_mfa_web_authn`.
    pub mfa_web_authn_enroll_enabled: Nullable<bool>,
    /// Whether users can verify with a WebAuthn key. Needs the add-on `auth_mfa_web_authn`.
    pub mfa_web_authn_verify_enabled: Nullable<bool>,
    /// Whether users can sign in with passkeys. Needs the three `webauthn_rp_…` settings.
    pub passkey_enabled: bool,
    /// Name of your app that people see when they use a passkey or WebAuthn key.
    pub webauthn_rp_display_name: Nullable<String>,
    /// Domain that passkeys and WebAuthn keys are bound to, as `example.com`: no scheme, port or path.
    pub webauthn_rp_id: Nullable<String>,
    /// Origins that may use passkeys and WebAuthn keys, separated by commas, as `https://example.com`.
    pub webauthn_rp_origins: Nullable<String>,
    /// Digits of the MFA code in text messages, 6 to 10. Default 6.
    pub mfa_phone_otp_length: i64,
    /// Text message that brings the MFA code. `{{ .Code }}` stands for the code.
    pub mfa_phone_template: Nullable<String>,
    /// Shortest time between two MFA text messages to a user, in seconds.
    pub mfa_phone_max_frequency: Nullable<i64>,
    /// Client ID of the OAuth provider `nimbus`.
    pub nimbus_oauth_client_id: Nullable<String>,
    // Real answers leave it out although the description requires it.
    /// Whether users of the OAuth provider `nimbus` can sign in when it passes on no email address.
    pub nimbus_oauth_email_optional: Option<Nullable<bool>>,
    /// Client secret of the OAuth provider `nimbus`.
    #[schema(secret, hashed)]
    pub nimbus_oauth_client_secret: Nullable<String>,
    /// Whether passwords known from leaks (HaveIBeenPwned) are refused. Needs the Pro plan.
    pub password_hibp_enabled: Nullable<bool>,
    /// Fewest characters of a password. Never below 6.
    pub password_min_length: Nullable<i64>,
    /// Which kinds of characters a password must have.
    pub password_required_characters: Nullable<RequiredCharacters>,
    /// Anonymous sign-ins per hour and IP address. Default 30.
    pub rate_limit_anonymous_users: Nullable<i64>,
    /// Emails per hour, of the whole project. It can be changed only with your own mail server (`smtp_host`).
    pub rate_limit_email_sent: Nullable<i64>,
    /// Text messages per hour, of the whole project. Default 30.
    pub rate_limit_sms_sent: Nullable<i64>,
    /// Refreshed sessions per 5 minutes and IP address. Default 150.
    pub rate_limit_token_refresh: Nullable<i64>,
    /// Verifications of one-time codes and magic links per 5 minutes and IP address. Default 30.
    pub rate_limit_verify: Nullable<i64>,
    /// Sign-ups and sign-ins per 5 minutes and IP address, without anonymous ones. Default 30.
    pub rate_limit_otp: Nullable<i64>,
    /// Sign-ins with a wallet per 5 minutes and IP address. Default 30.
    pub rate_limit_web3: Nullable<i64>,
    /// Whether reuse of a refresh token, outside `security_refresh_token_reuse_interval`, ends the session.
    pub refresh_token_rotation_enabled: Nullable<bool>,
    /// Whether single sign-on with SAML 2.0 is on. Needs the Pro plan.
    pub saml_enabled: Nullable<bool>,
    /// Address that SAML uses for this project, where it is not that of the Auth API.
    pub saml_external_url: Nullable<String>,
    /// Whether encrypted SAML assertions are accepted.
    pub saml_allow_encrypted_assertions: Nullable<bool>,
    /// Whether the header `Sb-Forwarded-For` gives the IP address for rate limits, in requests with a secret API key.
    pub security_sb_forwarded_for_enabled: Nullable<bool>,
    /// Whether sign-up, sign-in and password reset need a CAPTCHA.
    pub security_captcha_enabled: Nullable<bool>,
    /// Which service checks the CAPTCHA.
    pub security_captcha_provider: Nullable<CaptchaProvider>,
    /// Secret key from the CAPTCHA service.
    #[schema(secret, hashed)]
    pub security_captcha_secret: Nullable<String>,
    /// Whether users can link further identities to their account themselves.
    pub security_manual_linking_enabled: Nullable<bool>,
    /// How long a refresh token can be used again after its first use, in seconds. Default 10.
    pub security_refresh_token_reuse_interval: Nullable<i64>,
    /// Whether a change of the password needs a recent sign-in or a reauthentication.
    pub security_update_password_require_reauthentication: Nullable<bool>,
    /// Ends sessions that were not refreshed for so long, in hours. 0 means never. Needs the Pro plan.
    pub sessions_inactivity_timeout: Nullable<f64>,
    /// Whether only the newest session of a user stays alive. Needs the Pro plan.
    pub sessions_single_per_user: Nullable<bool>,
    /// Tags of kinds of sessions, separated by commas. With `sessions_single_per_user`, one session per tag stays alive.
    pub sessions_tags: Nullable<String>,
    /// Ends sessions that are so old, in hours. 0 means never. Needs the Pro plan.
    pub sessions_timebox: Nullable<f64>,
    /// Address of your app: where users return to by default, and the base of links in emails.
    pub site_url: Nullable<String>,
    /// Whether phone numbers count as confirmed at sign-up, without a text message.
    pub sms_autoconfirm: Nullable<bool>,
    /// Shortest time between two text messages to a user, in seconds.
    pub sms_max_frequency: Nullable<i64>,
    /// Access key at MessageBird.
    #[schema(secret, hashed)]
    pub sms_messagebird_access_key: Nullable<String>,
    /// Sender that MessageBird shows: a name or a number.
    pub sms_messagebird_originator: Nullable<String>,
    /// How long one-time codes in text messages are valid, in seconds. Default 60.
    pub sms_otp_exp: Nullable<i64>,
    /// Digits of a one-time code in text messages, 6 to 10. Default 6.
    pub sms_otp_length: i64,
    /// Which service sends text messages.
    pub sms_provider: Nullable<SmsProvider>,
    /// Text message that brings the one-time code. `{{ .Code }}` stands for the code.
    pub sms_template: Nullable<String>,
    /// Fixed one-time codes for tests, as `15551234567=123456`, separated by commas: phone numbers without `+`. Nothing is sent to them.
    #[schema(secret)]
    pub sms_test_otp: Nullable<String>,
    /// Until when the codes of `sms_test_otp` work, ISO 8601.
    pub sms_test_otp_valid_until: Nullable<String>,
    /// API key at Textlocal.
    #[schema(secret, hashed)]
    pub sms_textlocal_api_key: Nullable<String>,
    /// Sender that Textlocal shows.
    pub sms_textlocal_sender: Nullable<String>,
    /// Account SID at Twilio.
    pub sms_twilio_account_sid: Nullable<String>,
    /// Auth token at Twilio.
    #[schema(secret, hashed)]
    pub sms_twilio_auth_token: Nullable<String>,
    /// SID of the content template at Twilio, for WhatsApp messages.
    pub sms_twilio_content_sid: Nullable<String>,
    /// SID of the messaging service at Twilio, or the number to send from.
    pub sms_twilio_message_service_sid: Nullable<String>,
    /// Account SID at Twilio, for Twilio Verify.
    pub sms_twilio_verify_account_sid: Nullable<String>,
    /// Auth token at Twilio, for Twilio Verify.
    #[schema(secret, hashed)]
    pub sms_twilio_verify_auth_token: Nullable<String>,
    /// SID of the Verify service at Twilio.
    pub sms_twilio_verify_message_service_sid: Nullable<String>,
    /// API key at Vonage.
    #[schema(secret, hashed)]
    pub sms_vonage_api_key: Nullable<String>,
    /// API secret at Vonage.
    #[schema(secret, hashed)]
    pub sms_vonage_api_secret: Nullable<String>,
    /// Sender that Vonage shows: a name or a number.
    pub sms_vonage_from: Nullable<String>,
    /// Email address that emails come from.
    pub smtp_admin_email: Nullable<String>,
    /// Host name of your mail server. `null` means the mail service of Supabase, which is for tests only.
    pub smtp_host: Nullable<String>,
    /// Shortest time between two emails of the same kind to a user, in seconds.
    pub smtp_max_frequency: Nullable<i64>,
    /// Password at your mail server.
    #[schema(secret, hashed)]
    pub smtp_pass: Nullable<String>,
    /// Port of your mail server, as text.
    pub smtp_port: Nullable<String>,
    /// Name that emails come from.
    pub smtp_sender_name: Nullable<String>,
    /// User name at your mail server.
    pub smtp_user: Nullable<String>,
    /// More addresses that users may be sent back to, separated by commas. `*` and `**` are wildcards.
    pub uri_allow_list: Nullable<String>,
    /// Whether the project is an OAuth 2.1 server itself, so that other apps can sign in its users.
    pub oauth_server_enabled: bool,
    /// Whether apps can register themselves with the OAuth server of the project.
    pub oauth_server_allow_dynamic_registration: bool,
    /// Path of your consent page below `site_url`, as `/oauth/consent`.
    pub oauth_server_authorization_path: Nullable<String>,
    /// Whether users can sign in with custom OAuth and OpenID Connect providers.
    pub custom_oauth_enabled: bool,
    /// How many custom OAuth and OpenID Connect providers the project may have. It cannot be changed here.
    pub custom_oauth_max_providers: i64,
}

/// Unit of a limit of database connections.
#[model(input)]
pub enum PoolSizeUnit {
    /// A number of connections.
    #[serde(rename = "connections")]
    Connections,
    /// Percent of all connections of the database, so that it grows with the compute size.
    #[serde(rename = "percent")]
    Percent,
    /// A value that is newer than this crate.
    Other(String),
}

/// Which kinds of characters a password must have. The value lists sets, separated by `:`, and a password needs one character of each.
#[model(input)]
pub enum RequiredCharacters {
    /// A letter and a digit.
    #[serde(rename = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ:0123456789")]
    LettersAndDigits,
    /// A lower-case letter, an upper-case letter and a digit.
    #[serde(rename = "abcdefghijklmnopqrstuvwxyz:ABCDEFGHIJKLMNOPQRSTUVWXYZ:0123456789")]
    LowerUpperAndDigits,
    /// A lower-case letter, an upper-case letter, a digit and a symbol.
    #[serde(rename = "abcdefghijklmnopqrstuvwxyz:ABCDEFGHIJKLMNOPQRSTUVWXYZ:0123456789:!@#$%^&*()_+-=[]{};'\\\\:\"|<>?,./`~")]
    LowerUpperDigitsAndSymbols,
    /// No requirement.
    #[serde(rename = "")]
    NoRequirement,
    /// A value that is newer than this crate.
    Other(String),
}

/// Service that checks a CAPTCHA.
#[model(input)]
pub enum CaptchaProvider {
    /// Cloudflare Turnstile.
    #[serde(rename = "turnstile")]
    Turnstile,
    /// hCaptcha.
    #[serde(rename = "hcaptcha")]
    HCaptcha,
    /// A value that is newer than this crate.
    Other(String),
}

/// Service that sends text messages.
#[model(input)]
pub enum SmsProvider {
    /// MessageBird.
    #[serde(rename = "messagebird")]
    MessageBird,
    /// Textlocal.
    #[serde(rename = "textlocal")]
    Textlocal,
    /// Twilio, which sends codes made by the Auth server.
    #[serde(rename = "twilio")]
    Twilio,
    /// Twilio Verify, which makes and checks the codes itself.
    #[serde(rename = "twilio_verify")]
    TwilioVerify,
    /// Vonage.
    #[serde(rename = "vonage")]
    Vonage,
    /// A value that is newer than this crate.
    Other(String),
}

/// Changes of the settings of the Auth server of a project.
///
/// `null` clears a setting, and an absent field keeps it. A few fields take no `null`. Send only what changes. Secrets that were read are
/// digests, and sending them back would overwrite the real ones: [`writable`](crate::writable) makes a body of an answer, without them.
#[model(input)]
#[derive(Default)]
pub struct UpdateAuthConfig {
    /// Address of your app: where users return to by default, and the base of links in emails.
    #[schema(pattern = "^[^,]+$")]
    pub site_url: Option<Nullable<String>>,
    /// Whether new users are refused. Those who exist can still sign in.
    pub disable_signup: Option<Nullable<bool>>,
    /// How long an access token is valid, in seconds. Default 3600 (1 hour).
    #[schema(minimum = 0, maximum = 604800)]
    pub jwt_exp: Option<Nullable<i64>>,
    /// Email address that emails come from.
    #[schema(format = "email")]
    pub smtp_admin_email: Option<Nullable<String>>,
    /// Host name of your mail server. `null` goes back to the mail service of Supabase, which is for tests only.
    pub smtp_host: Option<Nullable<String>>,
    /// Port of your mail server, as text.
    pub smtp_port: Option<Nullable<String>>,
    /// User name at your mail server.
    pub smtp_user: Option<Nullable<String>>,
    /// Password at your mail server.
    #[schema(secret)]
    pub smtp_pass: Option<Nullable<String>>,
    /// Shortest time between two emails of the same kind to a user, in seconds.
    #[schema(minimum = 0, maximum = 32767)]
    pub smtp_max_frequency: Option<Nullable<i64>>,
    /// Name that emails come from.
    pub smtp_sender_name: Option<Nullable<String>>,
    /// Whether users can sign in before their email address is confirmed. Not together with `mailer_autoconfirm`.
    pub mailer_allow_unverified_email_sign_ins: Option<Nullable<bool>>,
    /// Whether email addresses count as confirmed at sign-up, without an email.
    pub mailer_autoconfirm: Option<Nullable<bool>>,
    /// Subject of the email that invites a user.
    pub mailer_subjects_invite: Option<Nullable<String>>,
    /// Subject of the email that asks a new user to confirm the email address.
    pub mailer_subjects_confirmation: Option<Nullable<String>>,
    /// Subject of the email that lets a user reset the password.
    pub mailer_subjects_recovery: Option<Nullable<String>>,
    /// Subject of the email that asks to confirm a change of the email address.
    pub mailer_subjects_email_change: Option<Nullable<String>>,
    /// Subject of the email that brings a magic link or a one-time code.
    pub mailer_subjects_magic_link: Option<Nullable<String>>,
    /// Subject of the email that brings the code for a reauthentication.
    pub mailer_subjects_reauthentication: Option<Nullable<String>>,
    /// Subject of the email that tells a user that the password was changed.
    pub mailer_subjects_password_changed_notification: Option<Nullable<String>>,
    /// Subject of the email that tells a user that the email address was changed.
    pub mailer_subjects_email_changed_notification: Option<Nullable<String>>,
    /// Subject of the email that tells a user that the phone number was changed.
    pub mailer_subjects_phone_changed_notification: Option<Nullable<String>>,
    /// Subject of the email that tells a user that an MFA factor was added.
    pub mailer_subjects_mfa_factor_enrolled_notification: Option<Nullable<String>>,
    /// Subject of the email that tells a user that an MFA factor was removed.
    pub mailer_subjects_mfa_factor_unenrolled_notification: Option<Nullable<String>>,
    /// Subject of the email that tells a user that an identity was linked to the account.
    pub mailer_subjects_identity_linked_notification: Option<Nullable<String>>,
    /// Subject of the email that tells a user that an identity was unlinked from the account.
    pub mailer_subjects_identity_unlinked_notification: Option<Nullable<String>>,
    /// HTML of the email that invites a user. It may use `{{ .ConfirmationURL }}`, `{{ .SiteURL }}`.
    pub mailer_templates_invite_content: Option<Nullable<String>>,
    /// HTML of the email that asks a new user to confirm the email address. It may use `{{ .ConfirmationURL }}`, `{{ .Token }}`.
    pub mailer_templates_confirmation_content: Option<Nullable<String>>,
    /// HTML of the email that lets a user reset the password. It may use `{{ .ConfirmationURL }}`, `{{ .Token }}`.
    pub mailer_templates_recovery_content: Option<Nullable<String>>,
    /// HTML of the email that asks to confirm a change of the email address. It may use `{{ .ConfirmationURL }}`, `{{ .Email }}`, `{{ .NewEmail }}`.
    pub mailer_templates_email_change_content: Option<Nullable<String>>,
    /// HTML of the email that brings a magic link or a one-time code. It may use `{{ .ConfirmationURL }}`, `{{ .Token }}`.
    pub mailer_templates_magic_link_content: Option<Nullable<String>>,
    /// HTML of the email that brings the code for a reauthentication. It may use `{{ .Token }}`.
    pub mailer_templates_reauthentication_content: Option<Nullable<String>>,
    /// HTML of the email that tells a user that the password was changed. It may use `{{ .Email }}`.
    pub mailer_templates_password_changed_notification_content: Option<Nullable<String>>,
    /// HTML of the email that tells a user that the email address was changed. It may use `{{ .OldEmail }}`, `{{ .Email }}`.
    pub mailer_templates_email_changed_notification_content: Option<Nullable<String>>,
    /// HTML of the email that tells a user that the phone number was changed. It may use `{{ .OldPhone }}`, `{{ .Phone }}`, `{{ .Email }}`.
    pub mailer_templates_phone_changed_notification_content: Option<Nullable<String>>,
    /// HTML of the email that tells a user that an MFA factor was added. It may use `{{ .FactorType }}`, `{{ .Email }}`.
    pub mailer_templates_mfa_factor_enrolled_notification_content: Option<Nullable<String>>,
    /// HTML of the email that tells a user that an MFA factor was removed. It may use `{{ .FactorType }}`, `{{ .Email }}`.
    pub mailer_templates_mfa_factor_unenrolled_notification_content: Option<Nullable<String>>,
    /// HTML of the email that tells a user that an identity was linked to the account. It may use `{{ .Provider }}`, `{{ .Email }}`.
    pub mailer_templates_identity_linked_notification_content: Option<Nullable<String>>,
    /// HTML of the email that tells a user that an identity was unlinked from the account. It may use `{{ .Provider }}`, `{{ .Email }}`.
    pub mailer_templates_identity_unlinked_notification_content: Option<Nullable<String>>,
    /// Whether users are told by email that the password was changed.
    pub mailer_notifications_password_changed_enabled: Option<Nullable<bool>>,
    /// Whether users are told by email that the email address was changed.
    pub mailer_notifications_email_changed_enabled: Option<Nullable<bool>>,
    /// Whether users are told by email that the phone number was changed.
    pub mailer_notifications_phone_changed_enabled: Option<Nullable<bool>>,
    /// Whether users are told by email that an MFA factor was added.
    pub mailer_notifications_mfa_factor_enrolled_enabled: Option<Nullable<bool>>,
    /// Whether users are told by email that an MFA factor was removed.
    pub mailer_notifications_mfa_factor_unenrolled_enabled: Option<Nullable<bool>>,
    /// Whether users are told by email that an identity was linked to the account.
    pub mailer_notifications_identity_linked_enabled: Option<Nullable<bool>>,
    /// Whether users are told by email that an identity was unlinked from the account.
    pub mailer_notifications_identity_unlinked_enabled: Option<Nullable<bool>>,
    /// How many MFA factors a user may have. Default 10.
    #[schema(minimum = 0, maximum = 2147483647)]
    pub mfa_max_enrolled_factors: Option<Nullable<i64>>,
    /// More addresses that users may be sent back to, separated by commas. `*` and `**` are wildcards.
    pub uri_allow_list: Option<Nullable<String>>,
    /// Whether visitors can sign in anonymously, without credentials.
    pub external_anonymous_users_enabled: Option<Nullable<bool>>,
    /// Whether users can sign up and sign in with an email address.
    pub external_email_enabled: Option<Nullable<bool>>,
    /// Whether users can sign up and sign in with a phone number. Needs an SMS provider or the SMS hook.
    pub external_phone_enabled: Option<Nullable<bool>>,
    /// Whether single sign-on with SAML 2.0 is on. Needs the Pro plan.
    pub saml_enabled: Option<Nullable<bool>>,
    /// Address that SAML uses for this project, where it is not that of the Auth API.
    #[schema(pattern = "^[^,]+$")]
    pub saml_external_url: Option<Nullable<String>>,
    /// Whether the header `Sb-Forwarded-For` gives the IP address for rate limits, in requests with a secret API key.
    pub security_sb_forwarded_for_enabled: Option<Nullable<bool>>,
    /// Whether sign-up, sign-in and password reset need a CAPTCHA.
    pub security_captcha_enabled: Option<Nullable<bool>>,
    /// Which service checks the CAPTCHA.
    pub security_captcha_provider: Option<Nullable<CaptchaProvider>>,
    /// Secret key from the CAPTCHA service.
    #[schema(secret)]
    pub security_captcha_secret: Option<Nullable<String>>,
    /// Ends sessions that are so old, in hours. 0 means never. Needs the Pro plan.
    #[schema(minimum = 0)]
    pub sessions_timebox: Option<Nullable<f64>>,
    /// Ends sessions that were not refreshed for so long, in hours. 0 means never. Needs the Pro plan.
    #[schema(minimum = 0)]
    pub sessions_inactivity_timeout: Option<Nullable<f64>>,
    /// Whether only the newest session of a user stays alive. Needs the Pro plan.
    pub sessions_single_per_user: Option<Nullable<bool>>,
    /// Tags of kinds of sessions, separated by commas. With `sessions_single_per_user`, one session per tag stays alive.
    #[schema(pattern = r"^\s*([a-zA-Z0-9_-]+(\s*,+\s*)?)*\s*$")]
    pub sessions_tags: Option<Nullable<String>>,
    /// Anonymous sign-ins per hour and IP address. Default 30.
    #[schema(minimum = 1, maximum = 2147483647)]
    pub rate_limit_anonymous_users: Option<Nullable<i64>>,
    /// Emails per hour, of the whole project. It can be changed only with your own mail server (`smtp_host`).
    #[schema(minimum = 1, maximum = 2147483647)]
    pub rate_limit_email_sent: Option<Nullable<i64>>,
    /// Text messages per hour, of the whole project. Default 30.
    #[schema(minimum = 1, maximum = 2147483647)]
    pub rate_limit_sms_sent: Option<Nullable<i64>>,
    /// Verifications of one-time codes and magic links per 5 minutes and IP address. Default 30.
    #[schema(minimum = 1, maximum = 2147483647)]
    pub rate_limit_verify: Option<Nullable<i64>>,
    /// Refreshed sessions per 5 minutes and IP address. Default 150.
    #[schema(minimum = 1, maximum = 2147483647)]
    pub rate_limit_token_refresh: Option<Nullable<i64>>,
    /// Sign-ups and sign-ins per 5 minutes and IP address, without anonymous ones. Default 30.
    #[schema(minimum = 1, maximum = 2147483647)]
    pub rate_limit_otp: Option<Nullable<i64>>,
    /// Sign-ins with a wallet per 5 minutes and IP address. Default 30.
    #[schema(minimum = 1, maximum = 2147483647)]
    pub rate_limit_web3: Option<Nullable<i64>>,
    /// Whether a change of the email address must be confirmed at both the old and the new address.
    pub mailer_secure_email_change_enabled: Option<Nullable<bool>>,
    /// Whether reuse of a refresh token, outside `security_refresh_token_reuse_interval`, ends the session.
    pub refresh_token_rotation_enabled: Option<Nullable<bool>>,
    /// Whether passwords known from leaks (HaveIBeenPwned) are refused. Needs the Pro plan.
    pub password_hibp_enabled: Option<Nullable<bool>>,
    /// Fewest characters of a password.
    #[schema(minimum = 6, maximum = 32767)]
    pub password_min_length: Option<Nullable<i64>>,
    /// Which kinds of characters a password must have.
    pub password_required_characters: Option<Nullable<RequiredCharacters>>,
    /// Whether users can link further identities to their account themselves.
    pub security_manual_linking_enabled: Option<Nullable<bool>>,
    /// Whether a change of the password needs a recent sign-in or a reauthentication.
    pub security_update_password_require_reauthentication: Option<Nullable<bool>>,
    /// How long a refresh token can be used again after its first use, in seconds. Default 10.
    #[schema(minimum = 0, maximum = 2147483647)]
    pub security_refresh_token_reuse_interval: Option<Nullable<i64>>,
    /// How long links and one-time codes in emails are valid, in seconds.
    #[schema(minimum = 0, maximum = 2147483647)]
    pub mailer_otp_exp: Option<i64>,
    /// Digits of a one-time code in emails. Default 6.
    #[schema(minimum = 6, maximum = 10)]
    pub mailer_otp_length: Option<Nullable<i64>>,
    /// Whether phone numbers count as confirmed at sign-up, without a text message.
    pub sms_autoconfirm: Option<Nullable<bool>>,
    /// Shortest time between two text messages to a user, in seconds.
    #[schema(minimum = 0, maximum = 32767)]
    pub sms_max_frequency: Option<Nullable<i64>>,
    /// How long one-time codes in text messages are valid, in seconds. Default 60.
    #[schema(minimum = 0, maximum = 2147483647)]
    pub sms_otp_exp: Option<Nullable<i64>>,
    /// Digits of a one-time code in text messages. The Auth server uses 6 where it is not 6 to 10.
    #[schema(minimum = 0, maximum = 32767)]
    pub sms_otp_length: Option<i64>,
    /// Which service sends text messages.
    pub sms_provider: Option<Nullable<SmsProvider>>,
    /// Access key at MessageBird.
    #[schema(secret)]
    pub sms_messagebird_access_key: Option<Nullable<String>>,
    /// Sender that MessageBird shows: a name or a number.
    pub sms_messagebird_originator: Option<Nullable<String>>,
    /// Fixed one-time codes for tests, as `15551234567=123456`, separated by commas: phone numbers without `+`. Nothing is sent to them.
    #[schema(pattern = "^([0-9]{1,15}=[0-9]+,?)*$", secret)]
    pub sms_test_otp: Option<Nullable<String>>,
    /// Until when the codes of `sms_test_otp` work, ISO 8601.
    #[schema(format = "date-time")]
    pub sms_test_otp_valid_until: Option<Nullable<String>>,
    /// API key at Textlocal.
    #[schema(secret)]
    pub sms_textlocal_api_key: Option<Nullable<String>>,
    /// Sender that Textlocal shows.
    pub sms_textlocal_sender: Option<Nullable<String>>,
    /// Account SID at Twilio.
    pub sms_twilio_account_sid: Option<Nullable<String>>,
    /// Auth token at Twilio.
    #[schema(secret)]
    pub sms_twilio_auth_token: Option<Nullable<String>>,
    /// SID of the content template at Twilio, for WhatsApp messages.
    pub sms_twilio_content_sid: Option<Nullable<String>>,
    /// SID of the messaging service at Twilio, or the number to send from.
    pub sms_twilio_message_service_sid: Option<Nullable<String>>,
    /// Account SID at Twilio, for Twilio Verify.
    pub sms_twilio_verify_account_sid: Option<Nullable<String>>,
    /// Auth token at Twilio, for Twilio Verify.
    #[schema(secret)]
    pub sms_twilio_verify_auth_token: Option<Nullable<String>>,
    /// SID of the Verify service at Twilio.
    pub sms_twilio_verify_message_service_sid: Option<Nullable<String>>,
    /// API key at Vonage.
    #[schema(secret)]
    pub sms_vonage_api_key: Option<Nullable<String>>,
    /// API secret at Vonage.
    #[schema(secret)]
    pub sms_vonage_api_secret: Option<Nullable<String>>,
    /// Sender that Vonage shows: a name or a number.
    pub sms_vonage_from: Option<Nullable<String>>,
    /// Text message that brings the one-time code. `{{ .Code }}` stands for the code.
    pub sms_template: Option<Nullable<String>>,
    /// Whether the MFA verification hook is on, which runs on each attempt to verify an MFA factor and may reject it. Team and Enterprise plans.
    pub hook_mfa_verification_attempt_enabled: Option<Nullable<bool>>,
    /// Address of the MFA verification hook: `https://…`, or a Postgres function as `pg-functions://postgres/<schema>/<function>`.
    pub hook_mfa_verification_attempt_uri: Option<Nullable<String>>,
    /// Secrets that sign the requests to the MFA verification hook, as `v1,whsec_<base64>`, separated by `|`. Only for HTTPS.
    #[schema(secret)]
    pub hook_mfa_verification_attempt_secrets: Option<Nullable<String>>,
    /// Whether the password verification hook is on, which runs on each sign-in with a password and may reject it. Team and Enterprise plans.
    pub hook_password_verification_attempt_enabled: Option<Nullable<bool>>,
    /// Address of the password verification hook: `https://…`, or a Postgres function as `pg-functions://postgres/<schema>/<function>`.
    pub hook_password_verification_attempt_uri: Option<Nullable<String>>,
    /// Secrets that sign the requests to the password verification hook, as `v1,whsec_<base64>`, separated by `|`. Only for HTTPS.
    #[schema(secret)]
    pub hook_password_verification_attempt_secrets: Option<Nullable<String>>,
    /// Whether the custom access token hook is on, which runs before an access token is issued and may change its claims.
    pub hook_custom_access_token_enabled: Option<Nullable<bool>>,
    /// Address of the custom access token hook: `https://…`, or a Postgres function as `pg-functions://postgres/<schema>/<function>`.
    pub hook_custom_access_token_uri: Option<Nullable<String>>,
    /// Secrets that sign the requests to the custom access token hook, as `v1,whsec_<base64>`, separated by `|`. Only for HTTPS.
    #[schema(secret)]
    pub hook_custom_access_token_secrets: Option<Nullable<String>>,
    /// Whether the SMS hook is on, which sends text messages in place of an SMS provider.
    pub hook_send_sms_enabled: Option<Nullable<bool>>,
    /// Address of the SMS hook: `https://…`, or a Postgres function as `pg-functions://postgres/<schema>/<function>`.
    pub hook_send_sms_uri: Option<Nullable<String>>,
    /// Secrets that sign the requests to the SMS hook, as `v1,whsec_<base64>`, separated by `|`. Only for HTTPS.
    #[schema(secret)]
    pub hook_send_sms_secrets: Option<Nullable<String>>,
    /// Whether the email hook is on, which sends emails in place of the mail server.
    pub hook_send_email_enabled: Option<Nullable<bool>>,
    /// Address of the email hook: `https://…`, or a Postgres function as `pg-functions://postgres/<schema>/<function>`.
    pub hook_send_email_uri: Option<Nullable<String>>,
    /// Secrets that sign the requests to the email hook, as `v1,whsec_<base64>`, separated by `|`. Only for HTTPS.
    #[schema(secret)]
    pub hook_send_email_secrets: Option<Nullable<String>>,
    /// Whether the before-user-created hook is on, which runs before a user is created and may refuse it.
    pub hook_before_user_created_enabled: Option<Nullable<bool>>,
    /// Address of the before-user-created hook: `https://…`, or a Postgres function as `pg-functions://postgres/<schema>/<function>`.
    pub hook_before_user_created_uri: Option<Nullable<String>>,
    /// Secrets that sign the requests to the before-user-created hook, as `v1,whsec_<base64>`, separated by `|`. Only for HTTPS.
    #[schema(secret)]
    pub hook_before_user_created_secrets: Option<Nullable<String>>,
    /// Whether the after-user-created hook is on, which runs after a user was created.
    pub hook_after_user_created_enabled: Option<Nullable<bool>>,
    /// Address of the after-user-created hook: `https://…`, or a Postgres function as `pg-functions://postgres/<schema>/<function>`.
    pub hook_after_user_created_uri: Option<Nullable<String>>,
    /// Secrets that sign the requests to the after-user-created hook, as `v1,whsec_<base64>`, separated by `|`. Only for HTTPS.
    #[schema(secret)]
    pub hook_after_user_created_secrets: Option<Nullable<String>>,
    /// Whether users can sign in with Apple.
    pub external_apple_enabled: Option<Nullable<bool>>,
    /// Client ID at Apple: the services ID of your app.
    pub external_apple_client_id: Option<Nullable<String>>,
    /// Whether users of Apple can sign in when it passes on no email address.
    pub external_apple_email_optional: Option<Nullable<bool>>,
    /// Client secret for Apple: a JWT that you sign with your key. Apple accepts it for six months at most.
    #[schema(secret)]
    pub external_apple_secret: Option<Nullable<String>>,
    /// More client IDs whose ID tokens from Apple are accepted, separated by commas, as the bundle IDs of native apps.
    pub external_apple_additional_client_ids: Option<Nullable<String>>,
    /// Whether users can sign in with Microsoft (Azure).
    pub external_azure_enabled: Option<Nullable<bool>>,
    /// Application (client) ID of your app at Microsoft (Azure).
    pub external_azure_client_id: Option<Nullable<String>>,
    /// Whether users of Microsoft (Azure) can sign in when it passes on no email address.
    pub external_azure_email_optional: Option<Nullable<bool>>,
    /// Client secret of your app at Microsoft (Azure).
    #[schema(secret)]
    pub external_azure_secret: Option<Nullable<String>>,
    /// Address of the tenant at Microsoft, for sign-in from one tenant only. `null` means the common address of all tenants.
    pub external_azure_url: Option<Nullable<String>>,
    /// Whether users can sign in with Bitbucket.
    pub external_bitbucket_enabled: Option<Nullable<bool>>,
    /// Client ID of your app at Bitbucket.
    pub external_bitbucket_client_id: Option<Nullable<String>>,
    /// Whether users of Bitbucket can sign in when it passes on no email address.
    pub external_bitbucket_email_optional: Option<Nullable<bool>>,
    /// Client secret of your app at Bitbucket.
    #[schema(secret)]
    pub external_bitbucket_secret: Option<Nullable<String>>,
    /// Whether users can sign in with Discord.
    pub external_discord_enabled: Option<Nullable<bool>>,
    /// Client ID of your app at Discord.
    pub external_discord_client_id: Option<Nullable<String>>,
    /// Whether users of Discord can sign in when it passes on no email address.
    pub external_discord_email_optional: Option<Nullable<bool>>,
    /// Client secret of your app at Discord.
    #[schema(secret)]
    pub external_discord_secret: Option<Nullable<String>>,
    /// Whether users can sign in with Facebook.
    pub external_facebook_enabled: Option<Nullable<bool>>,
    /// Client ID of your app at Facebook.
    pub external_facebook_client_id: Option<Nullable<String>>,
    /// Whether users of Facebook can sign in when it passes on no email address.
    pub external_facebook_email_optional: Option<Nullable<bool>>,
    /// Client secret of your app at Facebook.
    #[schema(secret)]
    pub external_facebook_secret: Option<Nullable<String>>,
    /// Whether users can sign in with Figma.
    pub external_figma_enabled: Option<Nullable<bool>>,
    /// Client ID of your app at Figma.
    pub external_figma_client_id: Option<Nullable<String>>,
    /// Whether users of Figma can sign in when it passes on no email address.
    pub external_figma_email_optional: Option<Nullable<bool>>,
    /// Client secret of your app at Figma.
    #[schema(secret)]
    pub external_figma_secret: Option<Nullable<String>>,
    /// Whether users can sign in with GitHub.
    pub external_github_enabled: Option<Nullable<bool>>,
    /// Client ID of your app at GitHub.
    pub external_github_client_id: Option<Nullable<String>>,
    /// Whether users of GitHub can sign in when it passes on no email address.
    pub external_github_email_optional: Option<Nullable<bool>>,
    /// Client secret of your app at GitHub.
    #[schema(secret)]
    pub external_github_secret: Option<Nullable<String>>,
    /// Whether users can sign in with GitLab.
    pub external_gitlab_enabled: Option<Nullable<bool>>,
    /// Client ID of your app at GitLab.
    pub external_gitlab_client_id: Option<Nullable<String>>,
    /// Whether users of GitLab can sign in when it passes on no email address.
    pub external_gitlab_email_optional: Option<Nullable<bool>>,
    /// Client secret of your app at GitLab.
    #[schema(secret)]
    pub external_gitlab_secret: Option<Nullable<String>>,
    /// Address of your own GitLab. `null` means gitlab.com.
    pub external_gitlab_url: Option<Nullable<String>>,
    /// Whether users can sign in with Google.
    pub external_google_enabled: Option<Nullable<bool>>,
    /// Client ID of your app at Google.
    pub external_google_client_id: Option<Nullable<String>>,
    /// Whether users of Google can sign in when it passes on no email address.
    pub external_google_email_optional: Option<Nullable<bool>>,
    /// Client secret of your app at Google.
    #[schema(secret)]
    pub external_google_secret: Option<Nullable<String>>,
    /// More client IDs whose ID tokens from Google are accepted, separated by commas, as those of Android and iOS apps.
    pub external_google_additional_client_ids: Option<Nullable<String>>,
    /// Whether ID tokens from Google are accepted without a check of the nonce. Less safe; for native apps that cannot set a nonce.
    pub external_google_skip_nonce_check: Option<Nullable<bool>>,
    /// Whether users can sign in with Kakao.
    pub external_kakao_enabled: Option<Nullable<bool>>,
    /// Client ID at Kakao: the REST API key of your app.
    pub external_kakao_client_id: Option<Nullable<String>>,
    /// Whether users of Kakao can sign in when it passes on no email address.
    pub external_kakao_email_optional: Option<Nullable<bool>>,
    /// Client secret of your app at Kakao.
    #[schema(secret)]
    pub external_kakao_secret: Option<Nullable<String>>,
    /// Whether users can sign in with Keycloak.
    pub external_keycloak_enabled: Option<Nullable<bool>>,
    /// ID of the client in your Keycloak realm.
    pub external_keycloak_client_id: Option<Nullable<String>>,
    /// Whether users of Keycloak can sign in when it passes on no email address.
    pub external_keycloak_email_optional: Option<Nullable<bool>>,
    /// Secret of the client in your Keycloak realm.
    #[schema(secret)]
    pub external_keycloak_secret: Option<Nullable<String>>,
    /// Address of your Keycloak realm.
    pub external_keycloak_url: Option<Nullable<String>>,
    /// Whether users can sign in with LinkedIn (OpenID Connect).
    pub external_linkedin_oidc_enabled: Option<Nullable<bool>>,
    /// Client ID of your app at LinkedIn (OpenID Connect).
    pub external_linkedin_oidc_client_id: Option<Nullable<String>>,
    /// Whether users of LinkedIn (OpenID Connect) can sign in when it passes on no email address.
    pub external_linkedin_oidc_email_optional: Option<Nullable<bool>>,
    /// Client secret of your app at LinkedIn (OpenID Connect).
    #[schema(secret)]
    pub external_linkedin_oidc_secret: Option<Nullable<String>>,
    /// Whether users can sign in with Slack (OpenID Connect).
    pub external_slack_oidc_enabled: Option<Nullable<bool>>,
    /// Client ID of your app at Slack (OpenID Connect).
    pub external_slack_oidc_client_id: Option<Nullable<String>>,
    /// Whether users of Slack (OpenID Connect) can sign in when it passes on no email address.
    pub external_slack_oidc_email_optional: Option<Nullable<bool>>,
    /// Client secret of your app at Slack (OpenID Connect).
    #[schema(secret)]
    pub external_slack_oidc_secret: Option<Nullable<String>>,
    /// Whether users can sign in with Notion.
    pub external_notion_enabled: Option<Nullable<bool>>,
    /// Client ID of your app at Notion.
    pub external_notion_client_id: Option<Nullable<String>>,
    /// Whether users of Notion can sign in when it passes on no email address.
    pub external_notion_email_optional: Option<Nullable<bool>>,
    /// Client secret of your app at Notion.
    #[schema(secret)]
    pub external_notion_secret: Option<Nullable<String>>,
    /// Whether users can sign in with Slack (old OAuth). New apps use `external_slack_oidc_enabled`.
    pub external_slack_enabled: Option<Nullable<bool>>,
    /// Client ID of your app at Slack (old OAuth).
    pub external_slack_client_id: Option<Nullable<String>>,
    /// Whether users of Slack (old OAuth) can sign in when it passes on no email address.
    pub external_slack_email_optional: Option<Nullable<bool>>,
    /// Client secret of your app at Slack (old OAuth).
    #[schema(secret)]
    pub external_slack_secret: Option<Nullable<String>>,
    /// Whether users can sign in with Spotify.
    pub external_spotify_enabled: Option<Nullable<bool>>,
    /// Client ID of your app at Spotify.
    pub external_spotify_client_id: Option<Nullable<String>>,
    /// Whether users of Spotify can sign in when it passes on no email address.
    pub external_spotify_email_optional: Option<Nullable<bool>>,
    /// Client secret of your app at Spotify.
    #[schema(secret)]
    pub external_spotify_secret: Option<Nullable<String>>,
    /// Whether users can sign in with Twitch.
    pub external_twitch_enabled: Option<Nullable<bool>>,
    /// Client ID of your app at Twitch.
    pub external_twitch_client_id: Option<Nullable<String>>,
    /// Whether users of Twitch can sign in when it passes on no email address.
    pub external_twitch_email_optional: Option<Nullable<bool>>,
    /// Client secret of your app at Twitch.
    #[schema(secret)]
    pub external_twitch_secret: Option<Nullable<String>>,
    /// Whether users can sign in with Twitter (OAuth 1.0a). New apps use `external_x_enabled`.
    pub external_twitter_enabled: Option<Nullable<bool>>,
    /// API key (consumer key) of your app at Twitter (OAuth 1.0a).
    pub external_twitter_client_id: Option<Nullable<String>>,
    /// Whether users of Twitter (OAuth 1.0a) can sign in when it passes on no email address.
    pub external_twitter_email_optional: Option<Nullable<bool>>,
    /// API secret (consumer secret) of your app at Twitter (OAuth 1.0a).
    #[schema(secret)]
    pub external_twitter_secret: Option<Nullable<String>>,
    /// Whether users can sign in with X (OAuth 2.0).
    pub external_x_enabled: Option<Nullable<bool>>,
    /// Client ID of your app at X (OAuth 2.0).
    pub external_x_client_id: Option<Nullable<String>>,
    /// Whether users of X (OAuth 2.0) can sign in when it passes on no email address.
    pub external_x_email_optional: Option<Nullable<bool>>,
    /// Client secret of your app at X (OAuth 2.0).
    #[schema(secret)]
    pub external_x_secret: Option<Nullable<String>>,
    /// Whether users can sign in with WorkOS.
    pub external_workos_enabled: Option<Nullable<bool>>,
    /// Client ID of your app at WorkOS.
    pub external_workos_client_id: Option<Nullable<String>>,
    /// Client secret of your app at WorkOS.
    #[schema(secret)]
    pub external_workos_secret: Option<Nullable<String>>,
    /// Address of the WorkOS API. `null` means the usual one.
    pub external_workos_url: Option<Nullable<String>>,
    /// Whether users can sign in with a Solana wallet.
    pub external_web3_solana_enabled: Option<Nullable<bool>>,
    /// Whether users can sign in with an Ethereum wallet.
    pub external_web3_ethereum_enabled: Option<Nullable<bool>>,
    /// Whether users can sign in with Zoom.
    pub external_zoom_enabled: Option<Nullable<bool>>,
    /// Client ID of your app at Zoom.
    pub external_zoom_client_id: Option<Nullable<String>>,
    /// Whether users of Zoom can sign in when it passes on no email address.
    pub external_zoom_email_optional: Option<Nullable<bool>>,
    /// Client secret of your app at Zoom.
    #[schema(secret)]
    pub external_zoom_secret: Option<Nullable<String>>,
    /// How many database connections the Auth server may open, in the unit of `db_max_pool_size_unit`.
    pub db_max_pool_size: Option<Nullable<i64>>,
    /// Unit of `db_max_pool_size`: a number of connections, or a percentage of all.
    pub db_max_pool_size_unit: Option<Nullable<PoolSizeUnit>>,
    /// How long a request to the Auth server may take, in seconds. Default 10; the dashboard offers 5 to 30. Changing it needs the Pro plan.
    pub api_max_request_duration: Option<Nullable<i64>>,
    /// Whether users can add an authenticator app (TOTP) as an MFA factor.
    pub mfa_totp_enroll_enabled: Option<Nullable<bool>>,
    /// Whether users can verify with an authenticator app (TOTP).
    pub mfa_totp_verify_enabled: Option<Nullable<bool>>,
    /// Whether users can add a WebAuthn key as an MFA factor. Needs the add-on `auth_mfa_web_authn`.
    pub mfa_web_authn_enroll_enabled: Option<Nullable<bool>>,
    /// Whether users can verify with a WebAuthn key. Needs the add-on `auth_mfa_web_authn`.
    pub mfa_web_authn_verify_enabled: Option<Nullable<bool>>,
    /// Whether users can sign in with passkeys. Needs the three `webauthn_rp_…` settings.
    pub passkey_enabled: Option<bool>,
    /// Name of your app that people see when they use a passkey or WebAuthn key.
    pub webauthn_rp_display_name: Option<Nullable<String>>,
    /// Domain that passkeys and WebAuthn keys are bound to, as `example.com`: no scheme, port or path.
    pub webauthn_rp_id: Option<Nullable<String>>,
    /// Origins that may use passkeys and WebAuthn keys, separated by commas, as `https://example.com`.
    pub webauthn_rp_origins: Option<Nullable<String>>,
    /// Whether users can add a phone as an MFA factor. Needs the add-on `auth_mfa_phone`.
    pub mfa_phone_enroll_enabled: Option<Nullable<bool>>,
    /// Whether users can verify with a code sent to their phone. Needs the add-on `auth_mfa_phone`.
    pub mfa_phone_verify_enabled: Option<Nullable<bool>>,
    /// Shortest time between two MFA text messages to a user, in seconds.
    #[schema(minimum = 0, maximum = 32767)]
    pub mfa_phone_max_frequency: Option<Nullable<i64>>,
    /// Digits of the MFA code in text messages. The Auth server uses 6 where it is not 6 to 10.
    #[schema(minimum = 0, maximum = 32767)]
    pub mfa_phone_otp_length: Option<Nullable<i64>>,
    /// Text message that brings the MFA code. `{{ .Code }}` stands for the code.
    pub mfa_phone_template: Option<Nullable<String>>,
    /// Client ID of the OAuth provider `nimbus`.
    pub nimbus_oauth_client_id: Option<Nullable<String>>,
    /// Client secret of the OAuth provider `nimbus`.
    #[schema(secret)]
    pub nimbus_oauth_client_secret: Option<Nullable<String>>,
    /// Whether the project is an OAuth 2.1 server itself, so that other apps can sign in its users.
    pub oauth_server_enabled: Option<Nullable<bool>>,
    /// Whether apps can register themselves with the OAuth server of the project.
    pub oauth_server_allow_dynamic_registration: Option<Nullable<bool>>,
    /// Path of your consent page below `site_url`, as `/oauth/consent`.
    pub oauth_server_authorization_path: Option<Nullable<String>>,
    /// Whether users can sign in with custom OAuth and OpenID Connect providers.
    pub custom_oauth_enabled: Option<bool>,
}
