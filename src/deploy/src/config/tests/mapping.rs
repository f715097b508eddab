//! Every name of the table beside the models of the client, so that a wrong one is found.

use super::super::remote::ALL;
use super::super::table::{Row, Table};
use super::{body, endpoint, pushed};
use std::collections::HashSet;
use supabase_management_wasm::endpoint::Answer;
use supabase_management_wasm::schema::{Field, Shape, Type};

/// A field at a key with dots.
fn field(ty: Type, key: &str) -> Option<Field> {
    let (name, rest) = key.split_once('.').map_or((key, None), |(name, rest)| (name, Some(rest)));
    let Shape::Object(mut fields) = ty.shape() else { return None };
    let found = fields.find(|field| field.name == name)?;
    rest.map_or(Some(found), |rest| field(found.ty, rest))
}

/// Whether the API takes what a kind of line gives.
fn fits(row: &Row, shape: &Shape) -> bool {
    match row.kind {
        b'b' | b'!' => matches!(shape, Shape::Boolean),
        b'n' | b'E' | b's' | b'z' => matches!(shape, Shape::Integer | Shape::Bounded { .. }),
        b'h' => matches!(shape, Shape::Number | Shape::Range { .. }),
        b'a' => matches!(shape, Shape::Array { .. }),
        b'c' | b'S' | b'w' => matches!(shape, Shape::Enum(_)),
        _ => !matches!(shape, Shape::Boolean | Shape::Integer | Shape::Number | Shape::Object(_) | Shape::Enum(_)),
    }
}

#[test]
fn every_field_is_one_of_the_body_and_of_its_kind() {
    let table = Table::read();
    for row in pushed(&table) {
        let place = &table.places[row.place];
        let found = field(body(place.write), &row.key).unwrap_or_else(|| panic!("{}: {} takes no {}", row.path, place.write, row.key));
        assert!(fits(row, &found.ty.shape()), "{}: {:?}", row.path, found.ty.shape());
    }
}

#[test]
fn what_the_client_keeps_secret_is_secret_here() {
    let table = Table::read();
    for row in pushed(&table) {
        let found = field(body(table.places[row.place].write), &row.key).expect("the test above has it");
        assert_eq!(row.secret(), found.secret(), "{}", row.path);
    }
}

#[test]
fn every_field_can_be_read_back() {
    let table = Table::read();
    for row in pushed(&table) {
        let place = &table.places[row.place];
        let Answer::Json(answer) = endpoint(place.read).answer else { panic!("{} answers no JSON", place.read) };
        let key = match place.name {
            "db.ssl_enforcement" => row.key.replace("requestedConfig", "currentConfig"),
            "db.network_restrictions" => ["config.", &row.key].concat(),
            _ => row.key.clone(),
        };
        // The answer of version 2 has them, and this one what it likes.
        let told = field(answer, &key).is_some() || ["checkpoint_timeout", "hot_standby_feedback"].contains(&key.as_str());
        assert!(told, "{}: {} has no {key}", row.path, place.read);
    }
    assert_eq!(endpoint(ALL).route, "/v2/projects/{ref}/config");
}

#[test]
fn all_that_auth_takes_for_a_family_is_there() {
    let table = Table::read();
    let known: HashSet<_> = table.rows.iter().map(|row| row.key.as_str()).collect();
    let Shape::Object(fields) = body("auth.updateConfig").shape() else { panic!("an object") };
    // What the file has no name for, in the official tool.
    let without = ["external_slack_", "_additional_client_ids", "hook_after_user_created_"];
    let family = |name: &str| {
        ["external_", "hook_", "mailer_subjects_", "mailer_templates_", "mailer_notifications_", "smtp_", "rate_limit_"]
            .iter()
            .any(|start| name.starts_with(start))
    };
    let left: Vec<_> = fields
        .map(|field| field.name)
        .filter(|name| family(name) && !known.contains(name) && !without.iter().any(|part| name.starts_with(part) || name.ends_with(part)))
        .collect();
    assert_eq!(left, Vec::<&str>::new());
}

#[test]
fn endpoints_need_the_project_alone() {
    for place in Table::read().places.iter().filter(|place| place.read != "-") {
        for id in [place.read, place.write] {
            assert_eq!(endpoint(id).placeholders.len(), 1, "{id}");
        }
    }
}
