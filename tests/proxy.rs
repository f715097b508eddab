//! The fields that the proxy of the npm package takes out of answers (pkg/proxy/secrets.js) are those that the table calls secret, all of them and
//! no other.
//!
//! `UPDATE=1 cargo test --test proxy` writes the file after the table has changed.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::{BTreeMap, BTreeSet};
use supabase_management_wasm::api::endpoints;
use supabase_management_wasm::endpoint::Answer;
use supabase_management_wasm::schema::{Shape, Type};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/pkg/proxy/secrets.js");

/// Adds the names of all secret fields, however deep they are.
fn add_secrets(ty: Type, names: &mut BTreeSet<&'static str>) {
    match ty.shape() {
        Shape::Object(fields) => {
            for field in fields {
                if field.secret() {
                    names.insert(field.name);
                }
                add_secrets(field.ty, names);
            }
        }
        Shape::Array { item, .. } => add_secrets(item, names),
        Shape::Map(item) => add_secrets(item, names),
        Shape::Tagged { members, .. } => members.for_each(|(_, member)| add_secrets(member, names)),
        Shape::Union(types) => types.for_each(|one| add_secrets(one, names)),
        _ => {}
    }
}

fn written() -> String {
    let mut groups: BTreeMap<Vec<&str>, Vec<&str>> = BTreeMap::new();
    for endpoint in endpoints() {
        let mut names = BTreeSet::new();
        if let Answer::Json(ty) = endpoint.answer {
            add_secrets(ty, &mut names);
        }
        if !names.is_empty() {
            groups.entry(names.into_iter().collect()).or_default().push(endpoint.id);
        }
    }
    let mut text = String::from(
        "// Which fields of answers are secret, as src/api says. Written by `UPDATE=1 cargo test --test proxy`, which without UPDATE fails\n\
         // where this file is not what the table says.\n\n\
         /** Endpoints, and the fields of their answers that are secret, in lines of two texts. */\n\
         // biome-ignore format: a line for each group\nexport const secretFields = [\n",
    );
    for (names, ids) in groups {
        text += &format!("  [\"{}\", \"{}\"],\n", ids.join(" "), names.join(" "));
    }
    text + "];\n"
}

#[test]
fn the_proxy_takes_out_what_the_table_calls_secret() {
    let written = written();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(FILE, &written).expect("it can be written");
    }
    let found = std::fs::read_to_string(FILE).expect("it is there");
    assert_eq!(found, written, "run UPDATE=1 cargo test --test proxy");
    // A walk that finds nothing would let everything pass.
    for (id, name) in [("apiKeys.list", "api_key"), ("branches.getConfig", "db_pass"), ("pgsodium.getConfig", "root_key")] {
        let has = |words: &str, wanted: &str| words.split(' ').any(|word| word == wanted);
        let line = written.lines().find(|line| has(line.split('"').nth(1).unwrap_or_default(), id)).expect(id);
        assert!(has(line.split('"').nth(3).unwrap_or_default(), name), "{id}: {line}");
    }
}
