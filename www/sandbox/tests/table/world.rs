//! A sandbox with something of everything in it, made by its own operations.

use serde_json::{Value, json};
use supabase_management_sandbox::{Options, Outcome, Request, Response, Sandbox, Step};
use supabase_management_wasm::endpoint::Endpoint;

/// 23 September 2026.
pub const NOW: i64 = 1_790_150_400_000;
/// When everything that was begun has ended.
pub const LATER: i64 = NOW + 3_600_000;
pub const TOKEN: Option<&str> = Some("Bearer sbp_0123456789abcdef0123456789abcdef01234567");
pub const STOREFRONT: &str = "hqvkzumdtlrwaxbeogcy";
pub const PAUSED: &str = "udqsbyhamzptvcfwelkr";
pub const CLIENT: &str = "11111111-2222-4333-8444-555555555555";
pub const REDIRECT: &str = "https://app.example/callback";
/// Who all tokens belong to.
pub const USER: &str = "7d2e2c1a-94b6-4f0e-8a35-c6f1b90d3e27";

pub struct World {
    pub sandbox: Sandbox,
    /// Statements that were run.
    pub statements: Vec<String>,
    pub branch: String,
    pub branch_id: String,
    pub run: String,
    pub key: String,
    pub provider: String,
    pub issuer: String,
    pub signing_key: String,
    pub migration: String,
    pub claim: String,
    pub replica: String,
    pub backup: i64,
    pub code: String,
    pub refresh_token: String,
    /// An invitation to temporary access, and its token.
    pub invitation: [String; 2],
    pub drain: String,
    pub notebook: String,
    pub upload: String,
    /// Endpoint and delivery of an organization, and of a project.
    pub webhooks: [[String; 2]; 2],
}

/// Where the invitations of the first organization are, and who has one.
pub const INVITATIONS: &str = "/v2/organizations/tidewater-labs/members/invitations";
pub const INVITED: &str = "invited@example.com";
/// Another member of that organization.
pub const COLLEAGUE: &str = "b3a1f0de-58c4-4c7e-9d26-7e4f1c0a9b85";
pub const AWS: &str = "123456789012";

/// Attributes of a log drain, of a webhook endpoint, and what a compute instance is like.
pub fn drain(name: &str) -> Value {
    json!({ "name": name, "backend_type": "webhook", "config": { "url": "https://logs.example" } })
}

pub fn webhook(url: &str) -> Value {
    json!({ "url": url, "event_types": [{ "type": "*" }], "signing_secret": "correct horse" })
}

pub fn spec(instances: u32) -> Value {
    json!({ "size": "small", "instances": instances, "exposure": "public" })
}

/// What a database says: the sandbox does not care whether there is one behind it.
pub fn outcome(sql: &str) -> Outcome {
    let rows = if sql.contains("as relations") {
        json!([catalog()])
    } else if sql.contains("current_database()") {
        json!([{ "name": "postgres", "schemas": [{ "name": "auth" }, { "name": "public" }] }])
    } else if sql.contains("rls_disabled_in_public") {
        json!([
            { "lint": "rls_disabled_in_public", "schema": "public", "name": "items", "type": "table", "more": null, "columns": null },
            { "lint": "unindexed_foreign_keys", "schema": "public", "name": "items", "type": "table", "more": "items_order_id_fkey", "columns": [1] },
        ])
    } else if sql.contains("from supabase_migrations.schema_migrations order by") {
        return Outcome::NoDatabase;
    } else {
        return Outcome::Rows(r#"[{"one":1,"big":9007199254740993}]"#.into());
    };
    Outcome::Rows(rows.to_string())
}

/// As the statement of the sandbox gives it.
pub fn catalog() -> Value {
    let column = |name: &str, ty: &str, nullable: bool, default: bool| json!({ "name": name, "type": ty, "type_schema": "pg_catalog", "format": ty, "nullable": nullable, "default": default, "always": name == "id" });
    json!({
        "relations": [
            {
                "schema": "public", "name": "orders", "kind": "r", "insertable": true, "updatable": true,
                "columns": [
                    column("id", "int8", false, true),
                    column("notes", "_text", true, false),
                    { "name": "state", "type": "state", "type_schema": "public", "format": "state", "nullable": false, "default": false, "always": false },
                    column("total", "numeric", false, true),
                ],
            },
            {
                "schema": "public", "name": "open orders", "kind": "v", "insertable": false, "updatable": false,
                "columns": [column("id", "int8", true, false)],
            },
        ],
        "enums": [{ "schema": "public", "name": "state", "values": ["open", "paid"] }],
        "functions": [{
            "schema": "public", "name": "total_of", "defaults": 1, "set": false,
            "returns": { "type": "numeric", "type_schema": "pg_catalog" },
            "arguments": [
                { "name": "customer", "type": "text", "type_schema": "pg_catalog", "mode": "i" },
                { "name": "since", "type": "date", "type_schema": "pg_catalog", "mode": "i" },
            ],
        }],
        "relationships": [{
            "name": "orders_parent_fkey", "schema": "public", "relation": "orders", "columns": ["notes"], "unique": false,
            "referenced": "orders", "referenced_columns": ["id"],
        }],
    })
}

/// The body as JSON.
pub fn value(response: &Response) -> Value {
    serde_json::from_slice(&response.body).unwrap_or_else(|error| panic!("{error} in {response:?}"))
}

impl World {
    pub fn new() -> Self {
        World::with(Sandbox::new(&Options { rate_limit: None, ..Options::default() }, NOW).unwrap())
    }

    fn with(sandbox: Sandbox) -> Self {
        let empty = String::new;
        World {
            sandbox,
            statements: Vec::new(),
            branch: empty(),
            branch_id: empty(),
            run: empty(),
            key: empty(),
            provider: empty(),
            issuer: empty(),
            signing_key: empty(),
            migration: empty(),
            claim: empty(),
            replica: empty(),
            backup: 0,
            code: empty(),
            refresh_token: empty(),
            invitation: Default::default(),
            drain: empty(),
            notebook: empty(),
            upload: empty(),
            webhooks: Default::default(),
        }
    }

    /// With something of everything.
    pub fn full() -> Self {
        let mut world = World::new();
        let text = |value: &Value, name: &str| value[name].as_str().unwrap_or_else(|| panic!("{name} in {value}")).to_owned();
        for (variant, kind) in [("cd_default", "custom_domain"), ("pitr_7", "pitr")] {
            world.ok("PATCH", "billing/addons", json!({ "addon_variant": variant, "addon_type": kind }));
        }
        let branch = world.ok("POST", "branches", json!({ "branch_name": "preview", "secrets": { "A": "1" } }));
        (world.branch, world.branch_id) = (text(&branch, "project_ref"), text(&branch, "id"));
        world.run = text(&world.ok("GET", "actions", Value::Null)[0], "id");
        world.key = text(&world.ok("POST", "api-keys?reveal=true", json!({ "type": "secret", "name": "server" })), "id");
        world.ok("PATCH", "config/auth", json!({ "saml_enabled": true }));
        let provider = world.ok("POST", "config/auth/sso/providers", json!({ "type": "saml", "metadata_url": "https://id.example/saml" }));
        world.provider = text(&provider, "id");
        world.issuer = text(&world.ok("POST", "config/auth/third-party-auth", json!({ "oidc_issuer_url": "https://id.example" })), "id");
        world.ok("POST", "config/auth/signing-keys/legacy", json!({}));
        world.signing_key = text(&world.ok("POST", "config/auth/signing-keys", json!({ "algorithm": "ES256" })), "id");
        world.ok("POST", "database/migrations", json!({ "query": "select 1", "name": "one", "rollback": "select 0" }));
        world.migration = "20260301141500".into();
        world.claim = text(&world.ok("POST", "claim-token", Value::Null), "token");
        world.ok("POST", "read-replicas/setup", json!({ "read_replica_region": "eu-west-1" }));
        let projects = value(&world.send("GET", "/v1/organizations/tidewater-labs/projects", None, LATER));
        let databases = projects["projects"].as_array().unwrap().iter().flat_map(|project| project["databases"].as_array().unwrap());
        world.replica = text(databases.clone().find(|one| one["type"] == "READ_REPLICA").unwrap(), "identifier");
        world.backup = world.ok("GET", "database/backups", Value::Null)["backups"][0]["id"].as_i64().unwrap();
        let point = json!({ "name": "before" }).to_string();
        world.send("POST", &format!("/v1/projects/{STOREFRONT}/database/backups/restore-point"), Some(point.as_bytes()), NOW);
        world.ok("PUT", "database/jit", json!({ "user_id": USER, "roles": [{ "role": "postgres" }] }));
        world.ok("POST", "custom-hostname/initialize", json!({ "custom_hostname": "www.example.com" }));
        world.code = world.new_code("state");
        let tokens = world.tokens(&format!("grant_type=authorization_code&code={}&redirect_uri={REDIRECT}", world.code.clone()));
        world.refresh_token = text(&value(&tokens), "refresh_token");
        world.code = world.new_code("other");
        world.fill_v2();
        world
    }

    /// What only version 2 has, and what came with it.
    fn fill_v2(&mut self) {
        let text = |value: &Value, name: &str| value[name].as_str().unwrap_or_else(|| panic!("{name} in {value}")).to_owned();
        let invitation = self.ok("POST", "database/jit/invite", json!({ "email": "guest@example.com", "roles": [{ "role": "postgres" }] }));
        self.invitation = ["id", "token"].map(|name| text(&invitation, name));
        self.drain = text(&self.v2("POST", "analytics/log-drains", "log_drain", drain("hook")), "id");
        self.notebook = text(&self.v2("POST", "notebooks", "notebook", json!({ "name": "notes", "content": { "cells": [] } })), "id");
        self.v2("POST", "private-link/associations", "private_link_association", json!({ "aws_account_id": AWS }));
        self.upload = self.uploaded("preview", &[0x1f, 0x8b, 8]);
        self.v2("POST", "compute/preview/deploy", "project_compute_instance", json!({ "spec": spec(1), "context_upload_id": self.upload }));
        for (at, owner) in ["organizations/tidewater-labs", "projects/hqvkzumdtlrwaxbeogcy"].into_iter().enumerate() {
            let endpoint = self.v2_of(owner, "POST", "webhooks/endpoints", "endpoint", webhook("https://hooks.example"));
            let id = text(&endpoint, "id");
            let delivery = self.v2_of(owner, "POST", &format!("webhooks/endpoints/{id}/test"), "", Value::Null);
            self.webhooks[at] = [id, text(&delivery, "id")];
        }
        let invitations = json!({ "data": [{ "type": "organization_invitation", "attributes": { "email": INVITED, "role": "developer" } }] });
        let response = self.send("POST", INVITATIONS, Some(invitations.to_string().as_bytes()), LATER);
        assert_eq!(response.status, 201, "{response:?}");
    }

    /// An archive for a compute instance, at the address that the sandbox gives for it.
    pub fn uploaded(&mut self, name: &str, archive: &[u8]) -> String {
        let made = self.v2("POST", &format!("compute/{name}/uploads"), "", Value::Null);
        let request = Request { method: "PUT", target: made["attributes"]["url"].as_str().unwrap(), body: archive, ..Request::default() };
        let response = self.run(&request, LATER);
        assert_eq!((response.status, &*response.body), (200, &b""[..]));
        made["id"].as_str().unwrap().into()
    }

    /// The data that a call of version 2 about the first project gives, which must go well. Without a kind it has no body.
    pub fn v2(&mut self, method: &str, path: &str, kind: &str, attributes: Value) -> Value {
        self.v2_of(&format!("projects/{STOREFRONT}"), method, path, kind, attributes)
    }

    pub fn v2_of(&mut self, owner: &str, method: &str, path: &str, kind: &str, attributes: Value) -> Value {
        self.v2_at(LATER, owner, method, path, kind, attributes)
    }

    pub fn v2_at(&mut self, now: i64, owner: &str, method: &str, path: &str, kind: &str, attributes: Value) -> Value {
        let body = if kind.is_empty() { None } else { Some(json!({ "data": { "type": kind, "attributes": attributes } }).to_string()) };
        let response = self.send(method, &format!("/v2/{owner}/{path}"), body.as_deref().map(str::as_bytes), now);
        assert!(response.status / 100 == 2, "{method} {path}: {} {}", response.status, String::from_utf8_lossy(&response.body));
        serde_json::from_slice::<Value>(&response.body).unwrap_or_default()["data"].take()
    }

    /// A call of version 2 about the first project that is refused: status, code and message.
    pub fn v2_refused(&mut self, method: &str, path: &str, kind: &str, attributes: Value) -> (u16, String, String) {
        let body = if kind.is_empty() { None } else { Some(json!({ "data": { "type": kind, "attributes": attributes } }).to_string()) };
        let response = self.send(method, &format!("/v2/projects/{STOREFRONT}/{path}"), body.as_deref().map(str::as_bytes), LATER);
        let text = |name: &str| value(&response)["error"][name].as_str().unwrap_or_else(|| panic!("{method} {path}: {response:?}")).to_owned();
        (response.status, text("code"), text("message"))
    }

    /// A code for an app, as a browser gets it.
    pub fn new_code(&mut self, state: &str) -> String {
        let target = format!("/v1/oauth/authorize?client_id={CLIENT}&response_type=code&redirect_uri={REDIRECT}&state={state}");
        let response = self.sandbox.handle(&Request { method: "GET", target: &target, ..Request::default() }, LATER);
        let location = &response.headers.iter().find(|(name, _)| *name == "location").expect("a redirect").1;
        location.split("code=").nth(1).unwrap().split('&').next().unwrap().into()
    }

    pub fn tokens(&mut self, form: &str) -> Response {
        let body = format!("{form}&client_id={CLIENT}&client_secret=secret");
        let request = Request {
            method: "POST",
            target: "/v1/oauth/token",
            content_type: Some("application/x-www-form-urlencoded"),
            body: body.as_bytes(),
            ..Request::default()
        };
        self.sandbox.handle(&request, LATER)
    }

    /// What a call of the first project gives, which must go well.
    pub fn ok(&mut self, method: &str, path: &str, body: Value) -> Value {
        self.ok_of(STOREFRONT, method, path, body)
    }

    pub fn ok_of(&mut self, reference: &str, method: &str, path: &str, body: Value) -> Value {
        let response = self.call(reference, method, path, body);
        assert!(response.status / 100 == 2, "{method} {path}: {} {}", response.status, String::from_utf8_lossy(&response.body));
        serde_json::from_slice(&response.body).unwrap_or_default()
    }

    /// A call of the first project that is refused: status and message.
    pub fn refused(&mut self, method: &str, path: &str, body: Value) -> (u16, String) {
        let response = self.call(STOREFRONT, method, path, body);
        (response.status, value(&response)["message"].as_str().unwrap_or_else(|| panic!("{method} {path}: {response:?}")).into())
    }

    pub fn call(&mut self, reference: &str, method: &str, path: &str, body: Value) -> Response {
        let body = if body.is_null() { None } else { Some(body.to_string()) };
        self.send(method, &format!("/v1/projects/{reference}/{path}"), body.as_deref().map(str::as_bytes), LATER)
    }

    pub fn send(&mut self, method: &str, target: &str, body: Option<&[u8]>, now: i64) -> Response {
        let target = target.trim_end_matches('/');
        let request = Request {
            method,
            target,
            authorization: TOKEN,
            content_type: body.map(|_| "application/json"),
            body: body.unwrap_or_default(),
            ..Request::default()
        };
        self.run(&request, now)
    }

    /// Plays the host.
    pub fn run(&mut self, request: &Request<'_>, now: i64) -> Response {
        let mut step = self.sandbox.begin(request, now);
        loop {
            match step {
                Step::Done(response) => return response,
                Step::Sql(pending) => {
                    let sql = pending.statement().sql.clone();
                    let outcome = outcome(&sql);
                    self.statements.push(sql);
                    step = self.sandbox.resume(pending, outcome, now);
                }
            }
        }
    }

    /// The value of each placeholder of a row.
    pub fn path_values(&self, row: &Endpoint) -> Vec<String> {
        let of = |name: &str| match (name, row.group()) {
            ("ref", _) => STOREFRONT.to_owned(),
            ("slug", _) => "tidewater-labs".into(),
            ("function_slug", _) => "send-receipt".into(),
            ("branch_id_or_ref", _) => self.branch.clone(),
            ("name", _) => "preview".into(),
            ("run_id", _) => self.run.clone(),
            ("invite_id", _) => self.invitation[0].clone(),
            ("id", "v2.logDrains") => self.drain.clone(),
            ("id", "v2.notebooks") => self.notebook.clone(),
            ("id", "v2.organizationWebhooks") => self.webhooks[0][usize::from(row.route.contains("/deliveries/{id}"))].clone(),
            ("id", "v2.projectWebhooks") => self.webhooks[1][usize::from(row.route.contains("/deliveries/{id}"))].clone(),
            ("user_id", "v2.organizations") => COLLEAGUE.into(),
            ("aws_account_id", _) => AWS.into(),
            ("database_identifier", _) => STOREFRONT.into(),
            ("id", "apiKeys") => self.key.clone(),
            ("id", "signingKeys") => self.signing_key.clone(),
            ("id", _) => "5b0c7a3e-19d2-4f86-8e47-d1a96f20c3b8".into(),
            ("provider_id", _) => self.provider.clone(),
            ("tpa_id", _) => self.issuer.clone(),
            ("user_id", _) => USER.into(),
            ("version", _) => self.migration.clone(),
            ("addon_variant", _) => "cd_default".into(),
            ("token", _) => self.claim.clone(),
            other => panic!("{other:?}"),
        };
        row.placeholders.iter().map(|placeholder| of(placeholder.name)).collect()
    }
}

/// The property of the client that a row belongs to.
pub trait Group {
    fn group(&self) -> &'static str;
}

impl Group for Endpoint {
    fn group(&self) -> &'static str {
        self.id.rsplit_once('.').map_or("", |(group, _)| group)
    }
}
