// Which fields of answers are secret, as src/api says. Written by `UPDATE=1 cargo test --test proxy`, which without UPDATE fails
// where this file is not what the table says.

/** Endpoints, and the fields of their answers that are secret, in lines of two texts. */
// biome-ignore format: a line for each group
export const secretFields = [
  ["oauth.token", "access_token refresh_token"],
  ["apiKeys.list apiKeys.create apiKeys.get apiKeys.update apiKeys.delete", "api_key"],
  ["v2.logDrains.list v2.logDrains.create v2.logDrains.update", "api_key api_token cipher_key client_key config dsn headers password secret_access_key"],
  ["database.getPoolerConfig", "connectionString connection_string"],
  ["database.getPgbouncerConfig", "connection_string"],
  ["v2.organizationWebhooks.listEndpoints v2.organizationWebhooks.createEndpoint v2.organizationWebhooks.deleteAllEndpoints v2.organizationWebhooks.getEndpoint v2.organizationWebhooks.updateEndpoint v2.projectWebhooks.listEndpoints v2.projectWebhooks.createEndpoint v2.projectWebhooks.deleteAllEndpoints v2.projectWebhooks.getEndpoint v2.projectWebhooks.updateEndpoint", "custom_headers"],
  ["branches.getConfig", "db_pass jwt_secret"],
  ["auth.getConfig auth.updateConfig", "external_apple_secret external_azure_secret external_bitbucket_secret external_discord_secret external_facebook_secret external_figma_secret external_github_secret external_gitlab_secret external_google_secret external_kakao_secret external_keycloak_secret external_linkedin_oidc_secret external_notion_secret external_slack_oidc_secret external_slack_secret external_spotify_secret external_twitch_secret external_twitter_secret external_workos_secret external_x_secret external_zoom_secret hook_after_user_created_secrets hook_before_user_created_secrets hook_custom_access_token_secrets hook_mfa_verification_attempt_secrets hook_password_verification_attempt_secrets hook_send_email_secrets hook_send_sms_secrets nimbus_oauth_client_secret security_captcha_secret sms_messagebird_access_key sms_test_otp sms_textlocal_api_key sms_twilio_auth_token sms_twilio_verify_auth_token sms_vonage_api_key sms_vonage_api_secret smtp_pass"],
  ["postgrest.getConfig", "jwt_secret"],
  ["database.createLoginRole", "password"],
  ["pgsodium.getConfig pgsodium.updateConfig", "root_key"],
  ["projects.createClaimToken", "token"],
  ["v2.compute.createUpload", "url"],
  ["secrets.list", "value"],
];
