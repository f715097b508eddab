// Folders with a config.toml, for the comparison with the official tool: all sections, each in several states.

/** A file, its variables and templates, and what the project has before. `unlike`: keys that end otherwise, with the reason. */
export const cases = [
  {
    name: "Data API: schemas, path, rows",
    toml: `[api]\nenabled = true\nport = 54321\nschemas = ["public", "storage"]\nextra_search_path = ["extensions"]\nmax_rows = 50\n`,
  },
  { name: "Data API: switched off", toml: "[api]\nenabled = false\nmax_rows = 7\n" },
  {
    name: "Postgres: one setting beside others",
    toml: '[db.settings]\nmax_connections = 90\nwork_mem = "8MB"\ntrack_commit_timestamp = true\n',
    before: (client, ref) =>
      client.database.updatePostgresConfig(ref, { shared_buffers: "256MB", max_connections: 60 }),
    unlike: {
      "postgres.shared_buffers":
        "the official tool sends what changes alone, and a PUT forgets all else: here it is sent along",
    },
  },
  {
    name: "networks and SSL",
    toml: '[db.network_restrictions]\nenabled = true\nallowed_cidrs = ["10.0.0.0/8"]\n\n[db.ssl_enforcement]\nenabled = true\n',
    before: (client, ref) =>
      client.networkRestrictions.apply(ref, { dbAllowedCidrs: ["0.0.0.0/0"], dbAllowedCidrsV6: ["2001:db8::/32"] }),
  },
  {
    name: "networks: not managed",
    toml: '[db.network_restrictions]\nenabled = false\nallowed_cidrs = ["10.0.0.0/8"]\n',
  },
  {
    name: "Storage",
    toml: `[storage]\nfile_size_limit = "5MB"\n[storage.image_transformation]\nenabled = false\n[storage.s3_protocol]\nenabled = false
[storage.analytics]\nenabled = true\nmax_namespaces = 3\n[storage.vector]\nenabled = true\nmax_buckets = 4\nmax_indexes = 2\n`,
  },
  {
    name: "Auth: what every project has",
    toml: `[auth]\nsite_url = "https://app.example"\nadditional_redirect_urls = ["https://app.example/a", "https://app.example/b"]
jwt_expiry = 1800\nenable_refresh_token_rotation = false\nrefresh_token_reuse_interval = 5\nenable_signup = false
enable_anonymous_sign_ins = true\nenable_manual_linking = true\nminimum_password_length = 10
password_requirements = "lower_upper_letters_digits_symbols"
[auth.rate_limit]\nanonymous_users = 31\ntoken_refresh = 151\nsign_in_sign_ups = 32\ntoken_verifications = 33\nsms_sent = 34\nweb3 = 35
[auth.sessions]\ntimebox = "24h"\ninactivity_timeout = "90m"
[auth.mfa]\nmax_enrolled_factors = 4\n[auth.mfa.totp]\nenroll_enabled = false\nverify_enabled = true
[auth.web3.solana]\nenabled = true\n`,
  },
  {
    name: "Auth: mail server, templates, notifications",
    toml: `[auth.email]\nenable_signup = true\ndouble_confirm_changes = false\nenable_confirmations = true\nsecure_password_change = true
max_frequency = "1m30s"\notp_length = 8\notp_expiry = 600
[auth.rate_limit]\nemail_sent = 77
[auth.email.smtp]\nenabled = true\nhost = "smtp.example"\nport = 587\nuser = "robot"\npass = "env(SMTP_PASS)"
admin_email = "admin@app.example"\nsender_name = "App"
[auth.email.template.invite]\nsubject = "Come in"\ncontent_path = "./supabase/templates/invite.html"
[auth.email.notification.password_changed]\nenabled = true\nsubject = "Changed"\ncontent_path = "./supabase/templates/changed.html"\n`,
    env: { SMTP_PASS: "smtp-pass-1" },
    files: {
      "supabase/templates/invite.html": "<p>Come in</p>\n",
      "supabase/templates/changed.html": "<p>Changed</p>\n",
    },
  },
  {
    name: "Auth: mail server switched off",
    toml: '[auth.email.smtp]\nenabled = false\nhost = "smtp.example"\npass = "env(NOT_SET)"\n',
    before: (client, ref) =>
      client.auth.updateConfig(ref, { smtp_host: "old.example", smtp_port: "25", smtp_user: "u", smtp_pass: "p" }),
  },
  {
    name: "Auth: providers, with and without secrets",
    toml: `[auth.external.github]\nenabled = true\nclient_id = "gh"\nsecret = "env(GH_SECRET)"\nredirect_uri = ""
[auth.external.google]\nenabled = true\nclient_id = "go"\nsecret = "env(GO_SECRET)"\nskip_nonce_check = true
[auth.external.azure]\nenabled = true\nclient_id = "az"\nsecret = "env(AZ_SECRET)"\nurl = "https://login.example"\nemail_optional = true
[auth.external.apple]\nenabled = false\nclient_id = ""\nsecret = "env(NOT_SET)"\n`,
    env: { GH_SECRET: "gh-secret", GO_SECRET: "go-secret", AZ_SECRET: "az-secret" },
    before: (client, ref) =>
      client.auth.updateConfig(ref, {
        external_github_enabled: true,
        external_github_client_id: "old",
        external_github_secret: "gh-secret",
        external_apple_enabled: true,
        external_apple_client_id: "apple",
      }),
  },
  {
    name: "Auth: hooks and captcha",
    toml: `[auth.captcha]\nenabled = true\nprovider = "turnstile"\nsecret = "env(CAPTCHA)"
[auth.hook.custom_access_token]\nenabled = true\nuri = "pg-functions://postgres/auth/token"
[auth.hook.send_sms]\nenabled = true\nuri = "https://hooks.example/sms"\nsecrets = "env(HOOK)"
[auth.hook.mfa_verification_attempt]\nenabled = false\nuri = "pg-functions://postgres/auth/mfa"\n`,
    env: { CAPTCHA: "captcha-secret", HOOK: "v1,whsec_dGhpcyBpcyBhIHNlY3JldCBvZiBhIGhvb2s=" },
  },
  {
    name: "Auth: text messages",
    toml: `[auth.sms]\nenable_signup = true\nenable_confirmations = true\ntemplate = "Code {{ .Code }}"\nmax_frequency = "10s"
[auth.sms.test_otp]\n4152127777 = "123456"
[auth.sms.twilio]\nenabled = false\naccount_sid = "no"
[auth.sms.vonage]\nenabled = true\nfrom = "App"\napi_key = "key"\napi_secret = "env(VONAGE)"\n`,
    env: { VONAGE: "vonage-secret" },
    before: (client, ref) => client.auth.updateConfig(ref, { sms_provider: "twilio", sms_twilio_account_sid: "sid" }),
  },
  {
    name: "Auth: OAuth server, passkeys",
    toml: `[auth.oauth_server]\nenabled = true\nallow_dynamic_registration = true\nauthorization_url_path = "/oauth/consent"
[auth.passkey]\nenabled = true\n[auth.webauthn]\nrp_display_name = "App"\nrp_id = "app.example"\nrp_origins = ["https://app.example"]\n`,
    unlike: {
      "auth.passkey_enabled": "the API has the field, and the official tool leaves it out",
      "auth.webauthn_rp_display_name": "as above",
      "auth.webauthn_rp_id": "as above",
      "auth.webauthn_rp_origins": "as above",
    },
  },
  {
    name: "a part for this project, and a section that is off",
    toml: (
      ref,
    ) => `[api]\nmax_rows = 5\n[auth]\nenabled = false\nsite_url = "https://never.example"\n[storage]\nfile_size_limit = "1MB"
[remotes.prod]\nproject_id = "${ref}"\n[remotes.prod.api]\nmax_rows = 6\n`,
    unlike: {
      "auth.site_url":
        "the official tool takes `auth.enabled = false` for the local stack alone: here it leaves the section alone, and a note says so",
    },
  },
];
