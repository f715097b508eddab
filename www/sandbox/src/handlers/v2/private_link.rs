//! PrivateLink: databases that AWS accounts reach. Nobody accepts a share here, so an association that is ready stays so.

use super::super::lists::{List, document, set};
use super::super::organizations::databases;
use super::super::projects::number;
use super::{all, attributes, data, invalid, resource, text};
use crate::Sandbox;
use crate::call::{Answer, Call, Refusal, Reply};
use crate::json::json;
use crate::state::Document;
use crate::time::iso;
use serde_json::Value;

const ASSOCIATIONS: List = List { name: "private_link", missing: "PrivateLink association not found", inside: "" };

fn answer(association: &Document, now: i64) -> Value {
    let text = |name: &str| association[name].as_str().unwrap_or_default();
    let (id, database) = (text("id"), text("database_identifier"));
    let ready_at = association["ready_at"].as_i64().unwrap_or(0);
    let is_ready = ready_at <= now;
    let mut attributes = json!({
        "aws_account_id": association["aws_account_id"],
        "custom_dns_name": format!("{database}.privatelink.supabase.co"),
        "database_identifier": database,
        "database_type": association["database_type"],
        "shared_at": if is_ready { json!(iso(ready_at)) } else { Value::Null },
        "status": if is_ready { "READY" } else { "CREATING" },
    });
    if let Some(name) = association.get("account_name") {
        attributes["account_name"] = name.clone();
    }
    if is_ready {
        let arn = |service: &str, kind: &str| format!("arn:aws:{service}:{}:000000000000:{kind}/{id}", text("region"));
        attributes["resource_access_manager_resource_config_arn"] = arn("vpc-lattice", "resourceconfiguration").into();
        attributes["resource_access_manager_resource_config_id"] = format!("rcfg-{:017x}", number(id)).into();
        attributes["resource_access_manager_share_arn"] = arn("ram", "resource-share").into();
    }
    resource("private_link_association", &association["id"], attributes)
}

pub(super) fn list(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    all(sandbox, call, &ASSOCIATIONS, |association| answer(association, call.now))
}

pub(super) fn create(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference] = call.path();
    let Sandbox { account, random, startup_ms, .. } = sandbox;
    let project = account.project(reference)?;
    let aws = text(call, "aws_account_id").unwrap_or_default();
    if aws.len() != 12 || !aws.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(invalid("aws_account_id", "12 digits"));
    }
    let identifier = text(call, "database_identifier").unwrap_or(reference);
    let all = databases(project, call.now);
    let database = all.iter().find(|database| database["identifier"] == identifier).ok_or_else(|| Refusal::new(404, "Database not found"))?;
    let associations = project.list(ASSOCIATIONS.name);
    if associations.iter().any(|known| known["aws_account_id"] == aws && known["database_identifier"] == identifier) {
        return Err(Refusal::new(400, "The database is associated with that AWS account already"));
    }
    let mut association = document(json!({
        "id": random.uuid(),
        "aws_account_id": aws,
        "database_identifier": identifier,
        "database_type": database["type"],
        "region": database["region"],
        "ready_at": call.now + *startup_ms,
    }));
    set(&mut association, attributes(call), &["account_name"]);
    let made = answer(&association, call.now);
    associations.push(association);
    data(made)
}

/// Ends those with an AWS account, of all databases or of one.
pub(super) fn delete(sandbox: &mut Sandbox, call: &Call<'_>) -> Answer {
    let [reference, aws, database] = call.path();
    let associations = sandbox.account.project(reference)?.list(ASSOCIATIONS.name);
    let before = associations.len();
    associations.retain(|known| known["aws_account_id"] != aws || (!database.is_empty() && known["database_identifier"] != database));
    if associations.len() == before { Err(Refusal::new(404, ASSOCIATIONS.missing)) } else { Ok(Reply::Empty(204)) }
}
