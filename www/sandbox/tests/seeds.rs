//! What a sandbox begins with: seeds that people write, and states that it has saved. Where one is wrong, the error says so.

use serde_json::{Value, json};
use supabase_management_sandbox::{InputError, Options, Request, Sandbox};

/// 23 September 2026.
const NOW: i64 = 1_790_150_400_000;
const REF: &str = "abcdefghijklmnopqrst";

fn sown(seed: Value) -> Result<Sandbox, InputError> {
    Sandbox::new(&Options { seed: Some(seed), ..Options::default() }, NOW)
}

fn loaded(state: &str) -> Result<Sandbox, InputError> {
    Sandbox::new(&Options { state: Some(state.into()), ..Options::default() }, NOW)
}

fn get(sandbox: &mut Sandbox, path: &str) -> Value {
    get_at(sandbox, path, NOW)
}

fn get_at(sandbox: &mut Sandbox, path: &str, now: i64) -> Value {
    let target = path.replace("{ref}", REF);
    let response = sandbox.handle(&Request { method: "GET", target: &target, authorization: Some("Bearer sbp_any"), ..Request::default() }, now);
    assert_eq!(response.status, 200, "{target}: {}", String::from_utf8_lossy(&response.body));
    serde_json::from_slice(&response.body).unwrap()
}

#[test]
fn a_seed_may_be_as_small_as_a_name() {
    let mut sandbox = sown(json!({ "projects": [{ "name": "blog" }] })).unwrap();
    let project = &get(&mut sandbox, "/v1/projects")[0];
    assert_eq!((&project["name"], &project["status"], &project["organization_slug"]), (&json!("blog"), &json!("ACTIVE_HEALTHY"), &json!("sandbox")));
    assert_eq!(project["created_at"], "2026-09-23T08:00:00.000Z");
    assert_eq!(get(&mut sandbox, "/v1/organizations"), json!([{ "id": "sandbox", "slug": "sandbox", "name": "Sandbox" }]));
    let mut empty = sown(json!({})).unwrap();
    assert_eq!((get(&mut empty, "/v1/projects"), get(&mut empty, "/v1/organizations")), (json!([]), json!([])));
}

#[test]
fn what_is_left_out_is_made_of_the_random_seed() {
    let seed = json!({ "organizations": [{ "name": "Acme" }], "projects": [{ "name": "blog", "snippets": [{ "name": "One", "sql": "select 1" }] }] });
    let saved = |random_seed| Sandbox::new(&Options { seed: Some(seed.clone()), random_seed, ..Options::default() }, NOW).unwrap().save();
    assert_eq!(saved(7), saved(7));
    assert_ne!(saved(7), saved(8));
    assert!(loaded(&saved(7)).is_ok());
}

/// Something of everything that a seed may hold.
fn full() -> Value {
    json!({
        "organizations": [{ "slug": "acme", "name": "Acme", "members": [{ "username": "ada", "primary_email": "ada@acme.example", "role": "read-only" }] }, { "name": "Other" }],
        "projects": [
            {
                "ref": REF,
                "name": "blog",
                "organization_slug": "acme",
                "region": "eu-west-3",
                "desired_instance_size": "large",
                "created_at": NOW - 1_000,
                "postgres_version": "15.8.1.085",
                "functions": [
                    { "slug": "hello", "name": "Hello", "body": "Deno.serve()", "verify_jwt": false, "version": 4, "status": "THROTTLED", "created_at": 5, "updated_at": 6 },
                    { "slug": "plain", "name": "plain", "body": "1" },
                ],
                "secrets": [{ "name": "TOKEN", "value": "hidden" }],
                "apiKeys": [{ "type": "secret", "name": "server" }],
                "migrations": [{ "name": "one", "query": "select 1" }, { "version": "20260101000000", "query": "select 2", "rollback": "select 0" }],
                "auth": { "site_url": "https://blog.example", "saml_enabled": true },
                "ssoProviders": [{ "type": "saml", "metadata_url": "https://id.example/saml" }],
                "thirdPartyAuth": [{ "oidc_issuer_url": "https://id.example" }],
                "signingKeys": [{ "algorithm": "ES256", "status": "in_use" }],
                "postgrest": { "max_rows": 77 },
                "storage": { "fileSizeLimit": 1_000_000 },
                "realtime": { "private_only": true },
                "postgres": { "statement_timeout": "8s" },
                "pooler": { "default_pool_size": 20 },
                "sslEnforcement": { "requestedConfig": { "database": true } },
                "networkRestrictions": { "dbAllowedCidrs": ["10.0.0.0/8"] },
                "addons": [{ "addon_variant": "cd_default", "addon_type": "custom_domain" }],
                "customHostname": { "custom_hostname": "www.example.com" },
                "vanitySubdomain": { "vanity_subdomain": "my-blog" },
                "branches": [{ "branch_name": "preview", "git_branch": "feature" }],
                "buckets": [{ "name": "images", "public": true }],
                "networkBans": ["203.0.113.7"],
                "githubConnections": [{ "repository": "acme/blog" }],
                "snippets": [{ "id": "5b0c7a3e-19d2-4f86-8e47-d1a96f20c3b8", "name": "One", "sql": "select 1", "created_at": 0 }],
            },
            { "name": "paused", "status": "INACTIVE" },
            { "name": "young", "status": "COMING_UP" },
        ],
    })
}

#[test]
fn everything_that_a_seed_holds_is_answered_as_if_it_had_been_created() {
    let mut sandbox = sown(full()).unwrap();
    let mut of = |path: &str| get(&mut sandbox, &format!("/v1/projects/{{ref}}/{path}"));
    let functions = of("functions");
    let hello = &functions[0];
    assert_eq!((&hello["version"], &hello["status"], &hello["verify_jwt"]), (&json!(4), &json!("THROTTLED"), &json!(false)));
    assert_eq!((&hello["created_at"], &hello["updated_at"]), (&json!(5), &json!(6)));
    assert_eq!((&functions[1]["version"], &functions[1]["created_at"]), (&json!(1), &json!(NOW - 1_000)));
    assert_eq!(of("secrets")[0]["name"], "TOKEN");
    let keys = of("api-keys");
    assert_eq!(keys.as_array().unwrap().iter().filter(|key| key["name"] == "server").count(), 1);
    let migrations = of("database/migrations");
    assert_eq!(migrations, json!([{ "version": "00000000000001", "name": "one" }, { "version": "20260101000000" }]));
    assert_eq!(of("config/auth")["site_url"], "https://blog.example");
    assert_eq!(of("config/auth/sso/providers")["items"].as_array().unwrap().len(), 1);
    assert_eq!(of("config/auth/third-party-auth").as_array().unwrap().len(), 1);
    assert_eq!(of("config/auth/signing-keys")["keys"].as_array().unwrap().len(), 1);
    assert_eq!(of("postgrest")["max_rows"], 77);
    assert_eq!(of("config/storage")["fileSizeLimit"], 1_000_000);
    assert_eq!(of("config/realtime")["private_only"], true);
    assert_eq!(of("config/database/postgres")["statement_timeout"], "8s");
    assert_eq!(of("config/database/pooler")[0]["default_pool_size"], 20);
    assert_eq!(of("ssl-enforcement")["currentConfig"]["database"], true);
    assert_eq!(of("network-restrictions")["config"]["dbAllowedCidrs"], json!(["10.0.0.0/8"]));
    assert_eq!(of("custom-hostname")["custom_hostname"], "www.example.com");
    assert_eq!(of("vanity-subdomain")["custom_domain"], "my-blog.supabase.co");
    assert_eq!(of("storage/buckets")[0]["name"], "images");
    let branches = of("branches");
    let preview = branches.as_array().unwrap().iter().find(|branch| branch["name"] == "preview").unwrap();
    assert_eq!((&preview["git_branch"], &preview["preview_project_status"]), (&json!("feature"), &json!("ACTIVE_HEALTHY")));
    assert_eq!(get(&mut sandbox, "/v1/snippets?project_ref={ref}")["data"][0]["id"], "5b0c7a3e-19d2-4f86-8e47-d1a96f20c3b8");
    assert_eq!(get(&mut sandbox, "/v1/organizations/acme/members")[1]["user_name"], "ada");
    let connections = get(&mut sandbox, "/v2/organizations/acme/integrations/github/connections");
    assert_eq!(connections["data"][0]["attributes"]["repository"]["name"], "acme/blog");
    let project = get(&mut sandbox, "/v1/projects/{ref}");
    assert_eq!((&project["region"], &project["database"]["version"]), (&json!("eu-west-3"), &json!("15.8.1.085")));
    assert_eq!(sandbox.initial_sql(REF).len(), 2);
    let statuses = |sandbox: &mut Sandbox, now| {
        let projects = get_at(sandbox, "/v1/projects", now);
        projects.as_array().unwrap().iter().map(|project| project["status"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(statuses(&mut sandbox, NOW), ["ACTIVE_HEALTHY", "INACTIVE", "COMING_UP"]);
    assert_eq!(statuses(&mut sandbox, NOW + 6_000), ["ACTIVE_HEALTHY", "INACTIVE", "ACTIVE_HEALTHY"]);
    // What it is made into can be saved and loaded.
    let state = sandbox.save();
    assert_eq!(loaded(&state).unwrap().save(), state);
}

#[test]
fn every_wrong_seed_is_refused_with_the_path_of_its_fault() {
    let project = |fields: Value| {
        let mut project = json!({ "name": "blog" });
        project.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        json!({ "projects": [{ "name": "other", "ref": REF }, project] })
    };
    let at = |path: &str| format!("seed.projects[1]{path}");
    let p = |fields: Value, path: &str, expected: &str, received: &str| (project(fields), at(path), expected.to_owned(), received.to_owned());
    let s = |seed: Value, path: &str, expected: &str, received: &str| (seed, path.to_owned(), expected.to_owned(), received.to_owned());
    let refs = |text: &str| json!({ "ref": text });
    let cases = [
        s(json!(7), "seed", "object", "number"),
        s(json!([]), "seed", "object", "array"),
        s(Value::Null, "seed", "object", "null"),
        s(json!({ "project": [] }), "seed.project", "a known field (did you mean projects?)", "an unknown field"),
        s(json!({ "zebra": [] }), "seed.zebra", "a known field", "an unknown field"),
        s(json!({ "odd key": [] }), "seed[\"odd key\"]", "a known field", "an unknown field"),
        s(json!({ "projects": {} }), "seed.projects", "array", "object"),
        s(json!({ "projects": [1] }), "seed.projects[0]", "object", "number"),
        s(json!({ "projects": [{}] }), "seed.projects[0].name", "string", "nothing"),
        s(json!({ "organizations": [{}] }), "seed.organizations[0].name", "string", "nothing"),
        s(json!({ "organizations": [{ "name": 1 }] }), "seed.organizations[0].name", "string", "number"),
        s(json!({ "organizations": [{ "name": "A", "slug": "a b" }] }), "seed.organizations[0].slug", "letters, digits, - and _", "another string"),
        s(
            json!({ "organizations": [{ "name": "A", "slug": "a" }, { "name": "B", "slug": "a" }] }),
            "seed.organizations[1].slug",
            "a slug of its own",
            "that of another organization",
        ),
        s(
            json!({ "organizations": [{ "name": "A", "members": [{ "username": "a", "primary_email": "a@a.example", "role": "boss" }] }] }),
            "seed.organizations[0].members[0].role",
            "one of \"owner\", \"administrator\", \"developer\", \"read-only\", \"no-access\"",
            "another string",
        ),
        p(json!({ "organization_slug": "nobody" }), ".organization_slug", "the slug of one of seed.organizations", "another string"),
        p(refs("short"), ".ref", "20 lowercase letters", "another string"),
        p(refs(REF), ".ref", "a reference of its own", "that of another project"),
        p(json!({ "ref": 1 }), ".ref", "string", "number"),
        p(json!({ "created_at": "today" }), ".created_at", "integer", "string"),
        p(json!({ "created_at": 1.5 }), ".created_at", "integer", "number"),
        p(json!({ "statuss": "X" }), ".statuss", "a known field (did you mean status?)", "an unknown field"),
        p(json!({ "function": [] }), ".function", "a known field (did you mean functions?)", "an unknown field"),
        p(json!({ "functions": {} }), ".functions", "array", "object"),
        p(json!({ "functions": ["hello"] }), ".functions[0]", "object", "string"),
        p(json!({ "functions": [{ "slug": "a", "name": "a" }] }), ".functions[0].body", "string", "nothing"),
        p(
            json!({ "functions": [{ "slug": "a", "name": "a", "body": "", "verifyJwt": true }] }),
            ".functions[0].verifyJwt",
            "a known field (did you mean verify_jwt?)",
            "an unknown field",
        ),
        p(
            json!({ "functions": [{ "slug": "a", "name": "a", "body": "", "status": "GONE" }] }),
            ".functions[0].status",
            "one of \"ACTIVE\", \"REMOVED\", \"THROTTLED\"",
            "another string",
        ),
        p(
            json!({ "functions": [{ "slug": "a", "name": "a", "body": "" }, { "slug": "a", "name": "a", "body": "" }] }),
            ".functions[1]",
            "what functions.create takes",
            "what it refuses: Duplicated function slug",
        ),
        p(json!({ "secrets": [{ "name": "A" }] }), ".secrets[0].value", "string", "nothing"),
        p(json!({ "secrets": { "A": "hidden" } }), ".secrets", "array", "object"),
        p(json!({ "postgrest": { "max_rows": "hidden" } }), ".postgrest.max_rows", "integer, 0 to 1000000", "string"),
        p(
            json!({ "migrations": [{ "query": "select 1", "version": "v1" }] }),
            ".migrations[0].version",
            "digits, such as 20260212093000",
            "another string",
        ),
        p(
            json!({ "migrations": [{ "query": "select 1", "version": "1" }, { "query": "select 1", "version": "1" }] }),
            ".migrations[1].version",
            "a version of its own",
            "that of another migration",
        ),
        p(json!({ "snippets": [{ "name": "One" }] }), ".snippets[0].sql", "a value", "nothing"),
        p(json!({ "buckets": [{ "name": "a", "pubic": true }] }), ".buckets[0].pubic", "a known field (did you mean public?)", "an unknown field"),
        p(json!({ "networkBans": [1] }), ".networkBans[0]", "string", "number"),
        p(
            json!({ "ssoProviders": [{ "type": "saml", "metadata_url": "https://id.example" }] }),
            ".ssoProviders[0]",
            "what ssoProviders.create takes",
            "",
        ),
    ];
    let mut problems = Vec::new();
    for (seed, path, expected, received) in cases {
        match sown(seed.clone()) {
            Ok(_) => problems.push(format!("{seed} is taken")),
            Err(error) => {
                let fits = error.path == path && error.expected == expected && (received.is_empty() || error.received == received);
                if !fits || error.to_string().contains("hidden") {
                    problems.push(format!("{error}\n  in place of {path}: expected {expected}, received {received}"));
                }
            }
        }
    }
    let status = sown(project(json!({ "status": "SLEEPING" }))).err().unwrap().to_string();
    assert!(
        status.starts_with("seed.projects[1].status: expected one of \"INACTIVE\", \"ACTIVE_HEALTHY\"")
            && status.ends_with(", received another string"),
        "{status}"
    );
    let region = sown(project(json!({ "region": "moon-1" }))).err().unwrap().to_string();
    assert!(region.starts_with("seed.projects[1].region: expected one of \"us-east-1\""), "{region}");
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn every_wrong_state_is_refused_with_the_path_of_its_fault_and_not_quoted() {
    let saved: Value = serde_json::from_str(&sown(full()).unwrap().save()).unwrap();
    let error = |text: &str| loaded(text).err().unwrap().to_string();
    assert_eq!(error("hidden"), "state: expected JSON, received text that is not JSON (line 1, column 1)");
    assert_eq!(error(""), "state: expected JSON, received text that is not JSON (line 1, column 0)");
    assert_eq!(error("7"), "state: expected object, received number");
    assert_eq!(error("{}"), "state.version: expected 1, received nothing");
    assert_eq!(error(r#"{"version":2}"#), "state.version: expected 1, received 2");
    assert_eq!(error(r#"{"version":1}"#), "state.organizations: expected a value, received nothing");
    assert_eq!(error(r#"{"version":1,"organizations":[],"projects":"hidden"}"#), "state.projects: expected array, received string");
    let with = |place: &str, value: Value| {
        let mut state = saved.clone();
        let (parent, name) = place.rsplit_once('/').unwrap();
        let parent = state.pointer_mut(parent).unwrap_or_else(|| panic!("{place}"));
        match (parent, value) {
            (Value::Object(fields), Value::Null) => drop(fields.remove(name)),
            (Value::Object(fields), value) => drop(fields.insert(name.into(), value)),
            (Value::Array(items), value) => items[name.parse::<usize>().unwrap()] = value,
            _ => panic!("{place}"),
        }
        error(&state.to_string())
    };
    assert!(with("/projects/0/status", json!("hidden")).starts_with("state.projects[0].status: expected one of \"INACTIVE\""));
    assert_eq!(with("/projects/0/status", json!(null)), "state.projects[0].status: expected a value, received nothing");
    assert_eq!(with("/projects/0/secrets/0/value", json!(1)), "state.projects[0].secrets[0].value: expected string, received number");
    assert_eq!(with("/projects/0/secrets/0", json!(["A", "hidden", 1])), "state.projects[0].secrets[0]: expected object, received array");
    assert_eq!(with("/projects/0/created_at", json!("x")), "state.projects[0].created_at: expected integer, received string");
    assert_eq!(
        with("/projects/0/nmae", json!("x")),
        "state.projects[0].nmae: expected a known field (did you mean name?), received an unknown field"
    );
    assert_eq!(with("/projects/0/ref", json!("hidden")), "state.projects[0].ref: expected 20 lowercase letters, received another string");
    assert_eq!(
        with("/projects/0/organization_slug", json!("hidden")),
        "state.projects[0].organization_slug: expected the slug of an organization, received another string"
    );
    assert_eq!(
        with("/branches/0/project_ref", json!("hidden")),
        "state.branches[0].project_ref: expected the reference of a project, received another string"
    );
    assert!(with("/branches/0/status", json!("hidden")).starts_with("state.branches[0].status: expected one of \"CREATING_PROJECT\""));
    assert_eq!(
        with("/projects/0/functions/0/source", json!({})),
        "state.projects[0].functions[0].source: expected an object with one of \"text\", \"eszip\", \"files\", received an object with none or several of them"
    );
    assert_eq!(
        with("/projects/0/functions/0/source", json!({ "eszip": "hidden!" })),
        "state.projects[0].functions[0].source.eszip: expected bytes in base64, received another string"
    );
    assert_eq!(
        with("/projects/0/functions/0/source", json!({ "txt": "hidden" })),
        "state.projects[0].functions[0].source: expected one of \"text\", \"eszip\", \"files\", received another string"
    );
    let twice = json!([saved["projects"][0], saved["projects"][0]]);
    assert_eq!(with("/projects", twice), "state.projects[1].ref: expected a reference of its own, received that of another project");
}

#[test]
fn a_state_and_a_seed_exclude_each_other() {
    let options = Options { state: Some(sown(json!({})).unwrap().save()), seed: Some(json!({})), ..Options::default() };
    assert_eq!(Sandbox::new(&options, NOW).err().unwrap().to_string(), "seed: expected nothing, as there is a state, received a seed");
}
