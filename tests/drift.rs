//! The tool for drift names every change of a description, at its place, and writes Rust that parses; and it is quiet where nothing differs.
#![cfg(not(target_arch = "wasm32"))]

#[path = "conformance/compare.rs"]
mod compare;
#[path = "conformance/description.rs"]
mod description;
#[path = "conformance/dialect.rs"]
mod dialect;
#[path = "conformance/drift.rs"]
mod drift;
#[expect(dead_code, reason = "what cannot be tried is of no interest here")]
#[path = "conformance/exceptions.rs"]
mod exceptions;
#[path = "conformance/lines.rs"]
mod lines;
#[path = "conformance/source.rs"]
mod source;
#[path = "conformance/words.rs"]
mod words;

use compare::compare;
use description::{Description, Operation};
use drift::Drift;
use serde_json::{Value, json};
use source::{Form, Source};
use std::collections::HashSet;
use std::io::Write;
use std::path::PathBuf;
use supabase_management_wasm::api::endpoints;

/// The description as it lies on disk, or a word in capital letters that it is not there.
fn document(test: &str) -> Option<Value> {
    let place = description::places().into_iter().next().unwrap_or_default();
    let Ok(text) = std::fs::read_to_string(&place) else {
        let _ = writeln!(std::io::stderr(), "DRIFT {test}: SKIPPED, NO API DESCRIPTION AT {}", place.display());
        return None;
    };
    Some(serde_json::from_str(&text).expect("the description is JSON"))
}

/// What the tool says of a document.
fn report(document: &Value, source: &Source) -> String {
    let description = Description::of(document).expect("a description");
    Drift::between(&description, source).to_string()
}

fn source() -> Source {
    Source::read().expect("src/api can be read")
}

/// A part of a schema of the components: `V1CreateProjectBody/properties/name`.
fn schema<'d>(document: &'d mut Value, way: &str) -> &'d mut Value {
    document.pointer_mut(&format!("/components/schemas/{way}")).unwrap_or_else(|| panic!("no {way}"))
}

fn operation<'d>(document: &'d mut Value, method: &str, path: &str) -> &'d mut Value {
    document["paths"].get_mut(path).and_then(|item| item.get_mut(method)).unwrap_or_else(|| panic!("no {method} {path}"))
}

/// A parameter of an operation.
fn parameter<'d>(document: &'d mut Value, method: &str, path: &str, name: &str) -> &'d mut Value {
    let all = operation(document, method, path)["parameters"].as_array_mut().expect("parameters");
    all.iter_mut().find(|parameter| parameter["name"] == name).unwrap_or_else(|| panic!("no {name}"))
}

fn remove(value: &mut Value, key: &str) {
    value.as_object_mut().and_then(|fields| fields.shift_remove(key)).unwrap_or_else(|| panic!("no {key}"));
}

fn push(value: &mut Value, item: Value) {
    value.as_array_mut().expect("an array").push(item);
}

/// Takes a value out of a list.
fn take(value: &mut Value, item: &str) {
    value.as_array_mut().expect("an array").retain(|known| known != item);
}

const HEALTH: &str = "/v1/projects/{ref}/health";
const PAUSE: &str = "/v1/projects/{ref}/pause";
const TOKEN: &str = "/v1/oauth/token";

/// A change of a description, and all that must be said of it: method and path, then place and words.
type Change = (fn(&mut Value), &'static [&'static str]);

const OPERATIONS: &[Change] = &[
    (|it| remove(&mut it["paths"], "/v1/profile"), &["- GET /v1/profile (profile.get): no longer described"]),
    (
        |it| operation(it, "post", PAUSE)["responses"]["200"]["content"] = json!({ "application/json": { "schema": { "type": "string" } } }),
        &["(POST /v1/projects/{ref}/pause): answer: has content now: application/json"],
    ),
    (
        |it| operation(it, "get", "/v1/projects/{ref}")["responses"] = json!({ "204": { "description": "" } }),
        &["(GET /v1/projects/{ref}): answer: has no content any more, was application/json"],
    ),
    (
        |it| {
            operation(it, "get", "/v1/profile")["responses"]["202"] =
                json!({ "content": { "application/json": { "schema": { "type": "string" } } } });
        },
        &["(GET /v1/profile): answer: 202 has another model than the other statuses, which no row can say"],
    ),
    (
        |it| {
            let content = &mut operation(it, "post", "/v1/oauth/revoke")["requestBody"]["content"];
            *content = json!({ "application/x-www-form-urlencoded": content["application/json"].take() });
        },
        &[
            "(POST /v1/oauth/revoke): body: takes application/x-www-form-urlencoded now",
            "(POST /v1/oauth/revoke): body: takes application/json no longer",
        ],
    ),
    (|it| remove(operation(it, "post", TOKEN), "requestBody"), &["(POST /v1/oauth/token): body: takes no body any more"]),
    (
        |it| operation(it, "post", PAUSE)["requestBody"] = json!({ "content": { "application/json": { "schema": { "type": "object" } } } }),
        &["(POST /v1/projects/{ref}/pause): body: takes a body now: application/json"],
    ),
    (
        |it| operation(it, "post", TOKEN)["requestBody"]["required"] = json!(false),
        &["(POST /v1/oauth/token): body: may be left out now, which no row can say"],
    ),
    (
        |it| push(&mut operation(it, "post", PAUSE)["parameters"], json!({ "name": "Idempotency-Key", "in": "header" })),
        &["(POST /v1/projects/{ref}/pause): header.Idempotency-Key: takes this header now: add the word `idempotency_key` to the route"],
    ),
];

const PARAMETERS: &[Change] = &[
    (
        |it| push(&mut operation(it, "get", "/v1/snippets")["parameters"], json!({ "name": "color", "in": "query", "schema": { "type": "string" } })),
        &["(GET /v1/snippets): query.color: new field; add to `"],
    ),
    (
        |it| push(&mut operation(it, "post", PAUSE)["parameters"], json!({ "name": "now", "in": "query", "schema": { "type": "boolean" } })),
        &["(POST /v1/projects/{ref}/pause): query: takes a query now: now"],
    ),
    (
        |it| parameter(it, "get", "/v1/snippets", "cursor")["name"] = json!("from"),
        &["(GET /v1/snippets): query.from: new field", "(GET /v1/snippets): query.cursor: no longer described"],
    ),
    (
        |it| parameter(it, "get", HEALTH, "timeout_ms")["schema"]["maximum"] = json!(20_000),
        &["(GET /v1/projects/{ref}/health): query.timeout_ms: the largest value is 20000 now, was 10000"],
    ),
    (|it| parameter(it, "get", HEALTH, "services")["required"] = json!(false), &["(GET /v1/projects/{ref}/health): query.services: is optional now"]),
    (
        |it| push(&mut parameter(it, "get", HEALTH, "services")["schema"]["items"]["enum"], json!("cache")),
        &["(GET /v1/projects/{ref}/health): query.services[]: new value \"cache\"; add to the enum `"],
    ),
    (
        |it| remove(&mut parameter(it, "delete", "/v1/projects/{ref}/database/jit/{user_id}", "user_id")["schema"], "format"),
        &["(DELETE /v1/projects/{ref}/database/jit/{user_id}): path.user_id: has no pattern any more, was uuid"],
    ),
    (
        |it| {
            let item = it["paths"][PAUSE].take();
            remove(&mut it["paths"], PAUSE);
            it["paths"]["/v1/projects/{id}/pause"] = item;
            parameter(it, "post", "/v1/projects/{id}/pause", "ref")["name"] = json!("id");
        },
        &[
            "(POST /v1/projects/{ref}/pause): the path is /v1/projects/{id}/pause now",
            "(POST /v1/projects/{ref}/pause): path.id: new path parameter",
            "(POST /v1/projects/{ref}/pause): path.ref: no longer described",
        ],
    ),
];

const FIELDS: &[Change] = &[
    (
        |it| schema(it, "V1ProjectWithDatabaseResponse/properties/database/properties")["port"] = json!({ "type": "integer" }),
        &[
            "(GET /v1/projects): answer[].database.port: new field; add to `ProjectDatabase` in src/api/projects.rs:",
            "(GET /v1/projects/{ref}): answer.database.port: new field; add to `ProjectDatabase` in src/api/projects.rs: the lines of projects.list",
        ],
    ),
    (|it| remove(schema(it, "V1ProfileResponse/properties"), "username"), &["(GET /v1/profile): answer.username: no longer described"]),
    (|it| take(schema(it, "V1ProfileResponse/required"), "username"), &["(GET /v1/profile): answer.username: is optional now; write anew in `"]),
    (|it| push(schema(it, "V1CreateProjectBody/required"), json!("plan")), &["(POST /v1/projects): body.plan: is required now"]),
    (|it| schema(it, "V1ProfileResponse/properties/username")["nullable"] = json!(true), &["(GET /v1/profile): answer.username: may be null now"]),
    (
        |it| remove(schema(it, "UpdateAuthConfigBody/properties/site_url"), "nullable"),
        &["(PATCH /v1/projects/{ref}/config/auth): body.site_url: may not be null any more"],
    ),
    (
        |it| schema(it, "UpdateStorageConfigBody/properties/fileSizeLimit")["type"] = json!("number"),
        &["(PATCH /v1/projects/{ref}/config/storage): body.fileSizeLimit: is number now, was integer"],
    ),
    (
        |it| schema(it, "CreateBranchBody/properties/secrets")["additionalProperties"] = json!({ "type": "integer" }),
        &["(POST /v1/projects/{ref}/branches): body.secrets.*: is integer now, was string"],
    ),
    (
        |it| schema(it, "CreateProviderBody/properties/attribute_mapping/properties/keys/additionalProperties/properties")["why"] = json!({}),
        &["(POST /v1/projects/{ref}/config/auth/sso/providers): body.attribute_mapping.keys.*.why: new field"],
    ),
    (
        |it| remove(schema(it, "GetProjectDbMetadataResponse/properties/databases/items"), "additionalProperties"),
        &["answer.databases[]: may have no other fields any more: write `#[model]`"],
    ),
    (
        |it| schema(it, "GetProjectDbMetadataResponse/properties/databases/items")["nullable"] = json!(true),
        &["answer.databases[]: may be null now, which the table says of fields only"],
    ),
    (
        |it| schema(it, "V1CreateProjectBody/properties/name")["not"] = json!({}),
        &["(POST /v1/projects): body.name: has the keyword `not`, which nobody has looked at"],
    ),
];

const VALUES: &[Change] = &[
    (
        |it| push(schema(it, "V1OrganizationSlugResponse/properties/plan/enum"), json!("cosmic")),
        &["(GET /v1/organizations/{slug}): answer.plan: new value \"cosmic\"; add to the enum `"],
    ),
    (
        |it| take(schema(it, "V1CreateProjectBody/properties/plan/enum"), "pro"),
        &["(POST /v1/projects): body.plan: the value \"pro\" is no longer described"],
    ),
    (
        |it| schema(it, "V1CreateProjectBody/properties/name")["maxLength"] = json!(128),
        &["(POST /v1/projects): body.name: the longest length is 128 now, was 256; write anew in `CreateProject` in src/api/projects.rs:"],
    ),
    (
        |it| schema(it, "V1CreateProjectBody/properties/name")["minLength"] = json!(2),
        &["(POST /v1/projects): body.name: has a shortest length now: 2"],
    ),
    (
        |it| schema(it, "V1CreateProjectBody/properties/organization_slug")["pattern"] = json!("^[a-z]+$"),
        &["(POST /v1/projects): body.organization_slug: the pattern is ^[a-z]+$ now, was ^[\\w-]+$"],
    ),
    (
        |it| remove(schema(it, "V1CreateProjectBody/properties/template_url"), "format"),
        &["(POST /v1/projects): body.template_url: has no pattern any more, was uri"],
    ),
    (
        |it| remove(schema(it, "DiskRequestBody/properties/attributes/oneOf/1/properties/iops"), "exclusiveMinimum"),
        &["(POST /v1/projects/{ref}/config/disk): body.attributes<io2>.iops: the smallest value is 0 now, was 1"],
    ),
    (
        |it| schema(it, "UpdateAuthConfigBody/properties/sessions_timebox")["minimum"] = json!(5),
        &["(PATCH /v1/projects/{ref}/config/auth): body.sessions_timebox: the smallest value is 5 now, was 0"],
    ),
    (
        |it| remove(schema(it, "CreateSigningKeyBody/properties/private_jwk/oneOf/0/properties/key_ops"), "maxItems"),
        &["body.private_jwk<RSA>.key_ops: has no largest number of items any more, was 2"],
    ),
    (
        |it| remove(schema(it, "CreateSigningKeyBody/properties/private_jwk/oneOf/0/properties/ext"), "enum"),
        &["body.private_jwk<RSA>.ext: may be false now"],
    ),
];

const UNIONS: &[Change] = &[
    (
        |it| {
            let member = json!({ "type": "object", "properties": { "type": { "type": "string", "enum": ["io3"] } }, "required": ["type"] });
            push(schema(it, "DiskRequestBody/properties/attributes/oneOf"), member);
        },
        &["(POST /v1/projects/{ref}/config/disk): body.attributes: new member \"io3\"; add to the enum `"],
    ),
    (
        |it| {
            schema(it, "DiskRequestBody/properties/attributes/oneOf").as_array_mut().expect("members").pop();
        },
        &["(POST /v1/projects/{ref}/config/disk): body.attributes: the member \"io2\" is no longer described"],
    ),
    (
        |it| schema(it, "DiskResponse/properties/attributes/oneOf/0/properties")["speed"] = json!({ "type": "number" }),
        &["(GET /v1/projects/{ref}/config/disk): answer.attributes<gp3>.speed: new field; add to the member \"gp3\" of `"],
    ),
    (
        |it| push(schema(it, "V1ServiceHealthResponse/properties/info/oneOf"), json!({ "type": "boolean" })),
        &["(GET /v1/projects/{ref}/health): answer[].info: new member: boolean; add to the enum `"],
    ),
    (
        |it| {
            schema(it, "V1ServiceHealthResponse/properties/info/oneOf").as_array_mut().expect("members").remove(0);
        },
        &["(GET /v1/projects/{ref}/health): answer[].info: the member <object> is no longer described"],
    ),
    (
        |it| schema(it, "V1ServiceHealthResponse/properties/info/oneOf/1/properties")["lag"] = json!({ "type": "number" }),
        &["(GET /v1/projects/{ref}/health): answer[].info<object 2>.lag: new field; add to `"],
    ),
];

/// Of these nothing is to be said.
const QUIET: &[fn(&mut Value)] = &[
    |it| operation(it, "get", "/v1/profile")["deprecated"] = json!(true),
    |it| operation(it, "get", "/v1/profile")["operationId"] = json!("v2-something-else"),
    |it| operation(it, "get", "/v1/profile")["x-oauth-scope"] = json!("moon:read"),
    |it| schema(it, "V1ProfileResponse/properties/username")["maxLength"] = json!(3),
    |it| schema(it, "V1ProfileResponse/properties/username")["description"] = json!("prose"),
    |it| schema(it, "V1ProfileResponse/properties/username")["example"] = json!("jane"),
    |it| schema(it, "V1CreateProjectBody/properties/name")["x-anything"] = json!({}),
    // The same in other words.
    |it| schema(it, "V1ProfileResponse/properties")["username"] = json!({ "allOf": [{ "type": "string" }] }),
    |it| schema(it, "UpdateAuthConfigBody/properties")["site_url"]["type"] = json!(["string", "null"]),
    |it| schema(it, "DiskRequestBody/properties/attributes/oneOf/1/properties")["iops"] = json!({ "type": "integer", "exclusiveMinimum": 0 }),
    |it| schema(it, "DiskRequestBody/properties/attributes/oneOf/1/properties")["type"] = json!({ "const": "io2" }),
    |it| {
        let members = schema(it, "DiskRequestBody/properties/attributes/oneOf").take();
        *schema(it, "DiskRequestBody/properties/attributes") = json!({ "anyOf": members, "discriminator": { "propertyName": "type" } });
    },
    |it| {
        // A parameter that is stated once for all methods of its path.
        let parameter = operation(it, "post", PAUSE)["parameters"][0].take();
        operation(it, "post", PAUSE)["parameters"] = json!([]);
        it["components"]["parameters"] = json!({ "Ref": parameter });
        it["paths"][PAUSE]["parameters"] = json!([{ "$ref": "#/components/parameters/Ref" }]);
    },
];

#[test]
fn nothing_is_said_of_the_description_itself() {
    let Some(document) = document("QUIET") else { return };
    let source = source();
    let said = report(&document, &source);
    assert!(said.starts_with("drift: ") && said.contains(": 0 added, 0 removed, 0 changed"), "{said}");
    for (at, edit) in QUIET.iter().enumerate() {
        let mut document = document.clone();
        edit(&mut document);
        assert_eq!(report(&document, &source), said, "change {at}");
    }
}

#[test]
fn every_change_is_named_at_its_place() {
    let Some(document) = document("CHANGES") else { return };
    let source = source();
    let mut problems = Vec::new();
    for (edit, expected) in [OPERATIONS, PARAMETERS, FIELDS, VALUES, UNIONS].concat() {
        let mut document = document.clone();
        edit(&mut document);
        let said = report(&document, &source);
        let entries: Vec<_> = said.lines().filter(|line| line.starts_with(['+', '-', '~'])).collect();
        let missing = expected.iter().any(|words| !entries.iter().any(|entry| entry.contains(words)));
        if missing || entries.len() != expected.len() {
            problems.push(format!("expected {expected:#?}\nof {said}\n"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// An operation with nearly everything that an operation can have.
fn rich_operation() -> Value {
    let text = |limits: Value| {
        let mut schema = json!({ "type": "string" });
        schema.as_object_mut().expect("an object").extend(limits.as_object().expect("an object").clone());
        schema
    };
    let body = json!({
        "type": "object",
        "required": ["name", "kind", "tags"],
        "properties": {
            "name": text(json!({ "minLength": 1, "maxLength": 64, "description": "What people see.\nShort." })),
            "kind": text(json!({ "enum": ["fast", "2-slow", "other"] })),
            "tags": { "type": "array", "items": { "type": "string" }, "minItems": 1, "maxItems": 8 },
            "jwtSecret": text(json!({ "nullable": true })),
            "type": text(json!({ "pattern": "^[\\w-]+$" })),
            "size": { "type": "integer", "minimum": 0, "exclusiveMinimum": true },
            "ratio": { "type": "number", "maximum": 1, "nullable": true },
            "labels": { "type": "object", "additionalProperties": { "type": "string" } },
            "where": { "oneOf": [{ "type": "string" }, { "type": "object", "properties": { "host": { "type": "string" } }, "required": ["host"] }] },
            "old": { "type": "boolean", "deprecated": true },
            "anything": {}
        }
    });
    let step = |kind: &str| json!({ "type": "object", "required": ["kind", "at"], "properties": { "kind": { "type": "string", "enum": [kind] }, "at": { "type": "string" } } });
    let answer = json!({
        "type": "object",
        "required": ["function", "steps"],
        "properties": {
            "function": { "$ref": "#/components/schemas/FunctionResponse" },
            "steps": { "type": "array", "items": { "oneOf": [step("build"), step("ship")] } }
        }
    });
    json!({
        "operationId": "v1-ship-a-function",
        "summary": "Ships it",
        "deprecated": true,
        "x-internal": true,
        "x-oauth-scope": "edge_functions:write",
        "security": [{ "bearer": [] }, { "fga_permissions": ["a", "b"] }, { "fga_permissions": ["c"] }],
        "parameters": [
            { "name": "function_slug", "in": "path", "required": true, "schema": { "type": "string" } },
            { "name": "ref", "in": "path", "required": true, "schema": { "type": "string" } },
            { "name": "stage", "in": "path", "required": true, "schema": { "type": "string", "enum": ["test", "live"] } },
            { "name": "Idempotency-Key", "in": "header", "schema": { "type": "string" } },
            { "name": "dryRun", "in": "query", "required": true, "schema": { "type": "boolean" }, "description": "Only look." }
        ],
        "requestBody": { "required": true, "content": { "application/json": { "schema": body } } },
        "responses": { "201": { "content": { "application/json": { "schema": answer } } } }
    })
}

/// The lines of an entry, without their indentation.
fn lines_of(said: &str, head: &str) -> String {
    let rest = said.split_once(head).unwrap_or_else(|| panic!("no {head} in {said}")).1;
    let lines = rest.lines().skip(1).take_while(|line| line.is_empty() || line.starts_with("    "));
    lines.map(|line| line.strip_prefix("    ").unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_lines_of_a_new_operation_can_be_pasted() {
    let Some(mut document) = document("LINES") else { return };
    document["paths"]["/v1/projects/{ref}/functions/{function_slug}/ship/{stage}"] = json!({ "post": rich_operation() });
    // It answers with a model that is there already, even though that has changed as well.
    schema(&mut document, "FunctionResponse/properties")["mood"] = json!({ "type": "string" });
    let said = report(&document, &source());
    let head = "+ POST /v1/projects/{ref}/functions/{function_slug}/ship/{stage} (v1-ship-a-function): new operation; add to `functions` in src/api/functions.rs:";
    let lines = lines_of(&said, head);
    for expected in [
        "use crate::schema::Map;\nuse crate::schema::Nullable;\n",
        "    /// TODO: Ships it\n    #[post(\"/v1/projects/{ref}/functions/{function_slug}/ship/{stage}\", scope = \"edge_functions:write\", permission = \"a+b\", \
         permission = \"c\", idempotency_key, experimental, query_required)]\n    #[deprecated = \"TODO: what to use instead\"]\n    pub fn ship(&self, \
         project_ref: &str, function_slug: &str, stage: &Stage, body: &ShipFunction, query: &ShipFunctionQuery) -> Call<ShipFunctionAnswer>;\n",
        "/// TODO\n#[model(input)]\npub struct ShipFunction {\n    /// TODO: What people see. Short.\n    #[schema(min = 1, max = 64)]\n    pub name: String,\n",
        "    /// TODO\n    pub kind: ShipFunctionKind,\n    /// TODO\n    #[schema(min_items = 1, max_items = 8)]\n    pub tags: Vec<String>,\n",
        "    #[schema(secret)]\n    #[serde(rename = \"jwtSecret\")]\n    pub jwt_secret: Option<Nullable<String>>,\n",
        "    #[schema(pattern = r\"^[\\w-]+$\")]\n    pub r#type: Option<String>,\n",
        "    #[schema(minimum = 1)]\n    pub size: Option<i64>,\n",
        "    #[schema(maximum = 1)]\n    pub ratio: Option<Nullable<f64>>,\n",
        "    pub labels: Option<Map<String>>,\n",
        "    pub r#where: Option<ShipFunctionWhere>,\n",
        "    #[deprecated = \"TODO: what to use instead\"]\n    pub old: Option<bool>,\n    /// TODO\n    pub anything: Option<Value>,\n}\n",
        "pub enum ShipFunctionKind {\n    /// TODO\n    #[serde(rename = \"fast\")]\n    Fast,\n    /// TODO\n    #[serde(rename = \"2-slow\")]\n    N2Slow,\n    \
         /// TODO\n    #[serde(rename = \"other\")]\n    OtherValue,\n}\n",
        "#[model(untagged, input)]\npub enum ShipFunctionWhere {\n    /// TODO\n    Text(String),\n    /// TODO\n    \
         Details(ShipFunctionWhereDetails),\n}\n",
        "#[model(input)]\n#[derive(Default)]\npub struct ShipFunctionWhereDetails {\n",
        "#[model(input)]\n#[derive(Default)]\npub struct ShipFunctionQuery {\n    /// TODO: Only look.\n    #[serde(rename = \"dryRun\")]\n    pub dry_run: bool,\n}\n",
        "#[model]\npub struct ShipFunctionAnswer {\n    /// TODO\n    pub function: EdgeFunction,\n    /// TODO\n    pub steps: Vec<ShipFunctionAnswerStep>,\n}\n",
        "#[model(tag = \"kind\")]\npub enum ShipFunctionAnswerStep {\n    /// TODO\n    #[serde(rename = \"build\")]\n    Build {\n        /// TODO\n        at: \
         String,\n    },\n",
        "    /// A kind that is newer than this crate.\n    Other(Value),\n}\n",
    ] {
        assert!(lines.contains(expected), "no\n{expected}\nin\n{lines}");
    }
    assert!(!lines.contains("pub struct EdgeFunction {"), "a model that is there is used again:\n{lines}");
    let (method, models) = split(&lines);
    syn::parse_file(&models).unwrap_or_else(|error| panic!("{error} in\n{models}"));
    syn::parse_str::<syn::ItemTrait>(&format!("trait Group {{ {} }}", method.replace("pub fn", "fn")))
        .unwrap_or_else(|error| panic!("{error} in\n{method}"));
}

#[test]
fn what_requests_hold_is_marked_and_nothing_else() {
    let source = source();
    let held = source.in_requests();
    assert!(held.len() > 100, "{} models in requests", held.len());
    for model in &source.models {
        // An enum without a value for what is unknown is of requests alone, and gets the same either way.
        if !matches!(model.form, Form::Choices { other: false, .. }) {
            assert_eq!(model.input, held.contains(&*model.name), "{}: `#[model(input)]` is for what requests hold", model.name);
        }
    }
}

/// The method, which goes into the group, and the imports and models, which go beside it.
fn split(lines: &str) -> (String, String) {
    let (method, models): (Vec<_>, Vec<_>) = lines.split("\n\n").partition(|block| block.starts_with("    "));
    (method.join("\n\n"), models.join("\n\n"))
}

#[test]
fn the_lines_of_a_change_can_be_pasted() {
    let Some(mut document) = document("CHANGED LINES") else { return };
    let object = json!({ "type": "object", "properties": { "since": { "type": "string" } }, "nullable": true });
    schema(&mut document, "V1CreateProjectBody/properties")["newThing"] = object;
    push(schema(&mut document, "V1OrganizationSlugResponse/properties/plan/enum"), json!("team-2"));
    // What must not be printed is the table's own knowledge, and stays.
    schema(&mut document, "CreateSecretBody/items/properties/value")["maxLength"] = json!(100);
    let said = report(&document, &source());
    assert_eq!(lines_of(&said, "body[].value: the longest length is 100 now").trim_end(), "    #[schema(max = 100, secret)]\n    pub value: String,");
    let lines = lines_of(&said, "body.newThing: new field; add to `CreateProject` in src/api/projects.rs:");
    let field = "    /// TODO\n    #[serde(rename = \"newThing\")]\n    pub new_thing: Option<Nullable<CreateProjectNewThing>>,\n";
    let model = "/// TODO\n#[model(input)]\n#[derive(Default)]\npub struct CreateProjectNewThing {\n    /// TODO\n    pub since: Option<String>,\n}";
    assert!(lines.contains(&format!("{field}\n{model}\n")), "{lines}");
    assert_eq!(lines_of(&said, "new value \"team-2\"; add to the enum `").trim_end(), "    /// TODO\n    #[serde(rename = \"team-2\")]\n    Team2,");
}

#[test]
fn the_exit_code_is_that_of_diff() {
    let Some(mut document) = document("EXIT CODE") else { return };
    let folder = std::env::temp_dir().join(format!("drift-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).expect("a file");
        path
    };
    let same = file("same.json", &document.to_string());
    remove(&mut document["paths"], "/v1/profile");
    let other = file("other.json", &document.to_string());
    let (broken, empty) = (file("broken.json", "{"), file("empty.json", "{}"));
    document["paths"] = json!({ "/v1/a": { "get": { "$ref": "#/nowhere" } } });
    let dangling = file("dangling.json", &document.to_string());
    for (arguments, code) in [
        (vec![same.clone()], 0),
        (vec![other], 1),
        (vec![broken], 2),
        (vec![empty], 2),
        (vec![dangling], 2),
        (vec![folder.join("absent.json")], 2),
        (vec!["--odd".into()], 2),
        (vec![same.clone(), folder.join("absent.json")], 2),
    ] {
        let (mut out, mut errors) = (Vec::new(), Vec::new());
        let arguments: Vec<_> = arguments.into_iter().map(PathBuf::into_os_string).collect();
        assert_eq!(drift::run(&arguments, &mut out, &mut errors), code, "{arguments:?}");
        assert_eq!((out.is_empty(), errors.is_empty()), (code == 2, code != 2), "{arguments:?}");
    }
    std::fs::remove_dir_all(folder).expect("the folder can go");
}

#[test]
fn a_schema_that_contains_itself_is_any_json_where_it_does() {
    let Some(mut document) = document("RECURSION") else { return };
    document["components"]["schemas"]["Tree"] = json!({ "type": "object", "properties": { "below": { "$ref": "#/components/schemas/Tree" } } });
    let content = json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Tree" } } });
    document["paths"]["/v1/trees"] = json!({ "get": { "operationId": "v1-get-tree", "responses": { "200": { "content": content } } } });
    let said = report(&document, &source());
    let lines = lines_of(&said, "+ GET /v1/trees (v1-get-tree): new operation; add to `trees` in src/api/trees.rs:");
    assert!(lines.contains("pub fn get(&self) -> Call<Tree>;") && lines.contains("pub below: Option<Value>,"), "{lines}");
}

/// Schemas with one thing changed, and what that was.
struct Mutants {
    /// Whether limits count: of an answer nobody checks them.
    limits: bool,
    /// What has been changed before: the same is not tried again.
    seen: HashSet<String>,
}

type Mutant = (String, Value);

impl Mutants {
    fn of(&mut self, schema: &Value) -> Vec<Mutant> {
        let mut all = self.of_value(schema);
        for at in 0..schema["oneOf"].as_array().map_or(0, Vec::len) {
            let inner = self.of(&schema["oneOf"][at]);
            all.extend(inside(schema, &format!("/oneOf/{at}"), inner));
            all.push(mutant(schema, "member gone", |it| drop(it["oneOf"].as_array_mut().map(|members| members.remove(at)))));
        }
        for key in ["items", "additionalProperties"].into_iter().filter(|key| schema[key].is_object()) {
            let inner = self.of(&schema[key]);
            all.extend(inside(schema, &format!("/{key}"), inner));
        }
        if schema["properties"].as_object().is_some_and(|fields| !fields.is_empty()) {
            let open = schema["additionalProperties"] == true;
            all.push(mutant(schema, "new field", |it| it["properties"]["something_new"] = json!({ "type": "string" })));
            all.push(mutant(schema, "other fields", |it| it["additionalProperties"] = json!(!open)));
        }
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            all.extend(self.of_field(schema, name, field));
        }
        all
    }

    fn of_value(&self, schema: &Value) -> Vec<Mutant> {
        let kind = schema["type"].as_str();
        let other = if kind == Some("boolean") { "integer" } else { "boolean" };
        let mut all = vec![mutant(schema, "another type", |it| *it = json!({ "type": other, "nullable": schema["nullable"] == true }))];
        if kind == Some("string") && schema["enum"].is_array() {
            all.push(mutant(schema, "new value", |it| push(&mut it["enum"], json!("something new"))));
            all.push(mutant(schema, "value gone", |it| it["enum"][0] = json!("something else")));
        }
        let limits: &[(&str, Value)] = match kind {
            _ if !self.limits => &[],
            Some("string") if schema["enum"].is_array() || schema["format"] == "binary" => &[],
            Some("string") => &[("pattern", json!("^never$")), ("format", json!("time")), ("maxLength", json!(7)), ("minLength", json!(3))],
            Some("integer" | "number") => &[("minimum", json!(-7)), ("maximum", json!(77))],
            Some("array") => &[("minItems", json!(3)), ("maxItems", json!(7))],
            _ => &[],
        };
        all.extend(limits.iter().map(|(key, value)| mutant(schema, key, |it| it[key] = value.clone())));
        all
    }

    fn of_field(&mut self, schema: &Value, name: &str, field: &Value) -> Vec<Mutant> {
        let required = schema["required"].as_array().is_some_and(|names| names.contains(&json!(name)));
        if !self.seen.insert(format!("{required} {} {field}", self.limits)) {
            return Vec::new();
        }
        let inner = self.of(field);
        let mut all = inside(schema, &format!("/properties/{name}"), inner);
        all.push(mutant(schema, &format!("{name} gone"), |it| remove(&mut it["properties"], name)));
        all.push(mutant(schema, &format!("{name} required or not"), |it| {
            if it["required"].is_null() {
                it["required"] = json!([]);
            }
            if required { take(&mut it["required"], name) } else { push(&mut it["required"], json!(name)) }
        }));
        // Any JSON includes null, and in an answer absent and null come to the same.
        if (field["type"].is_string() || field["oneOf"].is_array()) && (self.limits || required) {
            let null = field["nullable"] == true;
            all.push(mutant(schema, &format!("{name} null or not"), |it| it["properties"][name]["nullable"] = json!(!null)));
        }
        all
    }
}

fn mutant(schema: &Value, what: &str, edit: impl Fn(&mut Value)) -> Mutant {
    let mut mutant = schema.clone();
    edit(&mut mutant);
    (what.into(), mutant)
}

/// The same mutants, each inside of the schema that it is a part of.
fn inside(schema: &Value, way: &str, inner: Vec<Mutant>) -> Vec<Mutant> {
    let whole = |(what, part): Mutant| mutant(schema, &format!("{way} {what}"), |it| *it.pointer_mut(way).expect("a part") = part.clone());
    inner.into_iter().map(whole).collect()
}

/// Where the table says less than the description on purpose, so that some changes cannot be seen.
const BLIND: &[&str] = &["functions.getBody"];

#[test]
fn nothing_that_the_table_says_can_change_unseen() {
    let Some(document) = document("MUTANTS") else { return };
    let description = Description::of(&document).expect("a description");
    let (mut tried, mut unseen, mut seen) = (0, Vec::new(), HashSet::new());
    for row in endpoints().iter().filter(|row| !BLIND.contains(&row.id)) {
        let (method, path) = (row.verb.as_str().to_lowercase(), row.route);
        let Some(operation) = description.operation(&method, path) else { continue };
        let said = |operation: &Operation| compare(row, operation).into_iter().map(|one| (one.place, one.words)).collect::<Vec<_>>();
        let before = said(&operation);
        let keys = ["parameters", "requestBody", "responses"];
        let whole: Value = keys.iter().map(|key| ((*key).to_string(), operation.says(key).clone())).collect();
        for root in ["requestBody", "responses/200", "responses/201"] {
            let way = format!("/{root}/content/application~1json/schema");
            let Some(schema) = whole.pointer(&way) else { continue };
            let mut mutants = Mutants { limits: root == "requestBody", seen };
            for (what, mutant) in mutants.of(schema) {
                let mut changed = whole.clone();
                *changed.pointer_mut(&way).expect("a schema") = mutant;
                let changed = Description::of(&json!({ "paths": { path: { &*method: changed } } })).expect("a description");
                tried += 1;
                if said(&changed.operation(&method, path).expect("an operation")) == before {
                    unseen.push(format!("{} {root}: {what}", row.id));
                }
            }
            seen = mutants.seen;
        }
    }
    let _ = writeln!(std::io::stderr(), "drift: {tried} changes tried");
    assert!(unseen.is_empty(), "{} of {tried}:\n{}", unseen.len(), unseen.join("\n"));
}
