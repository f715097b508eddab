//! A project, and how the API changes it: enough of it to apply a body and to read again.

use super::super::compare::keyed_hash;
use super::super::remote::ALL;
use super::super::table::Table;
use serde_json::{Map, Value, json};

/// The project that all of these tests have.
pub(super) const REF: &str = "abcdefghijklmnopqrst";

/// What a project has: by the endpoint that reads a section, the answer of version 1.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Project(pub(super) Map<String, Value>);

impl Project {
    /// All answers: the one that has everything, or one for each section.
    pub(super) fn answers(&self, together: bool) -> Vec<(String, Value)> {
        if together { vec![(ALL.into(), self.together())] } else { self.0.clone().into_iter().collect() }
    }

    fn together(&self) -> Value {
        let of = |id: &str| &self.0[id];
        let networks = |name: &str, kind: &str| -> Vec<Value> {
            let config = &of("networkRestrictions.get")["config"];
            config[name].as_array().into_iter().flatten().map(|address| json!({ "address": address, "type": kind })).collect()
        };
        let allowed = [networks("dbAllowedCidrs", "v4"), networks("dbAllowedCidrsV6", "v6")].concat();
        let database = json!({
            "postgres_settings": of("database.getPostgresConfig"),
            "ssl_enforced": of("sslEnforcement.get")["currentConfig"]["database"],
            "network_restrictions": { "allowed_cidrs": allowed },
        });
        let mut storage = of("storage.getConfig").to_string();
        for (name, new) in [("fileSizeLimit", "file_size_limit"), ("imageTransformation", "image_transformation"), ("s3Protocol", "s3_protocol")]
            .into_iter()
            .chain([("icebergCatalog", "iceberg_catalog"), ("vectorBuckets", "vector_buckets"), ("maxNamespaces", "max_namespaces")])
            .chain([("maxTables", "max_tables"), ("maxCatalogs", "max_catalogs"), ("maxBuckets", "max_buckets"), ("maxIndexes", "max_indexes")])
        {
            storage = storage.replace(name, new);
        }
        let storage: Value = serde_json::from_str(&storage).expect("only names were replaced");
        let attributes = json!({ "api": of("postgrest.getConfig"), "auth": of("auth.getConfig"), "database": database, "storage": storage });
        json!({ "data": { "id": REF, "type": "project_config", "attributes": attributes } })
    }

    /// Does a write.
    pub(super) fn apply(&mut self, endpoint: &str, body: &Value) {
        let mut answer = |id: &str| self.0.get_mut(id).expect("all sections are there").as_object_mut().expect("an object").clone();
        let (id, new) = match endpoint {
            "postgrest.updateConfig" => ("postgrest.getConfig", merged(answer("postgrest.getConfig").into(), body)),
            "storage.updateConfig" => ("storage.getConfig", merged(answer("storage.getConfig").into(), body)),
            "database.updatePostgresConfig" => ("database.getPostgresConfig", body.clone()),
            "sslEnforcement.update" => ("sslEnforcement.get", json!({ "currentConfig": body["requestedConfig"] })),
            "networkRestrictions.apply" => {
                let list = |name: &str| body.get(name).cloned().unwrap_or_else(|| json!([]));
                let config = json!({ "dbAllowedCidrs": list("dbAllowedCidrs"), "dbAllowedCidrsV6": list("dbAllowedCidrsV6") });
                ("networkRestrictions.get", json!({ "config": config }))
            }
            "auth.updateConfig" => ("auth.getConfig", with_auth(answer("auth.getConfig"), body).into()),
            other => panic!("{other} is no write of a section"),
        };
        self.0.insert(id.into(), new);
    }
}

fn merged(mut value: Value, change: &Value) -> Value {
    if let (Value::Object(fields), Value::Object(changes)) = (&mut value, change) {
        for (name, change) in changes {
            let old = fields.get(name).cloned().unwrap_or_default();
            fields.insert(name.clone(), merged(old, change));
        }
        return value;
    }
    change.clone()
}

/// Without a mail server nothing of it stays, and secrets become hashes.
///
/// How often emails may be sent is no setting of the server, in spite of its name.
fn of_server(name: &str) -> bool {
    name.starts_with("smtp_") && name != "smtp_max_frequency"
}

fn with_auth(mut settings: Map<String, Value>, body: &Value) -> Map<String, Value> {
    let body = body.as_object().expect("an object");
    let forgets_smtp = body.get("smtp_host").is_some_and(|host| host == "");
    if forgets_smtp {
        settings.iter_mut().filter(|(name, _)| of_server(name)).for_each(|(_, value)| *value = Value::Null);
    }
    let table = Table::read();
    for (name, value) in body.iter().filter(|(name, _)| !forgets_smtp || !of_server(name)) {
        let hashed = table.rows.iter().any(|row| row.key == *name && row.kind == b'$');
        let value = value.as_str().filter(|_| hashed).map_or_else(|| value.clone(), |text| keyed_hash(REF, text).into());
        settings.insert(name.clone(), value);
    }
    settings
}
