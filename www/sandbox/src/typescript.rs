//! The catalog of a database as types of TypeScript, in the form that the official tools give them.

use crate::json::{self, gather, joined, json};
use crate::order::sort;
use serde_json::Value;

const HEAD: &str = "export type Json =
  | string
  | number
  | boolean
  | null
  | { [key: string]: Json | undefined }
  | Json[]

";

/// What people write in the place of long paths.
const TAIL: &str = include_str!("catalog/types.txt");

/// The text for some schemas, separated by commas.
pub(crate) fn write(catalog: &Value, schemas: &str) -> String {
    let mut names: Vec<&str> = gather(schemas.split(',').map(str::trim));
    sort(&mut names, |one, other| one > other);
    names.dedup();
    let mut text = format!("{HEAD}export type Database = {{\n");
    for name in &names {
        text.push_str(&format!("  {}: {{\n", key(name)));
        text.push_str(&section("Tables", relations(catalog, name, &["r", "p", "f"]).map(|relation| table(catalog, relation, true))));
        text.push_str(&section("Views", relations(catalog, name, &["v", "m"]).map(|relation| table(catalog, relation, false))));
        text.push_str(&section("Functions", functions(catalog, name).into_iter()));
        let of_enum = |one: &Value| format!("      {}: {}\n", key(text_of(one, "name")), labels(one).join(" | "));
        text.push_str(&section("Enums", of(catalog, "enums", name).map(of_enum)));
        let composite = |one: &Value| format!("      {}: {{\n{}      }}\n", key(text_of(one, "name")), columns(catalog, one, 8, Use::Row));
        text.push_str(&section("CompositeTypes", relations(catalog, name, &["c"]).map(composite)));
        text.push_str("  }\n");
    }
    text.push_str("}\n\n");
    text.push_str(TAIL);
    text.push_str("\nexport const Constants = {\n");
    for name in &names {
        text.push_str(&format!("  {}: {{\n    Enums: {{", key(name)));
        let enums: Vec<_> = gather(of(catalog, "enums", name));
        for one in &enums {
            text.push_str(&format!("\n      {}: [{}],", key(text_of(one, "name")), labels(one).join(", ")));
        }
        text.push_str(if enums.is_empty() { "},\n  },\n" } else { "\n    },\n  },\n" });
    }
    text.push_str("} as const\n");
    text
}

fn text_of<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

fn list<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> + use<'v> {
    value[name].as_array().into_iter().flatten()
}

/// The objects of a kind that are in a schema.
fn of<'v>(catalog: &'v Value, kind: &str, schema: &'v str) -> impl Iterator<Item = &'v Value> + use<'v> {
    list(catalog, kind).filter(move |one| one["schema"] == schema)
}

fn relations<'v>(catalog: &'v Value, schema: &'v str, kinds: &'static [&'static str]) -> impl Iterator<Item = &'v Value> + use<'v> {
    of(catalog, "relations", schema).filter(move |one| kinds.iter().any(|kind| one["kind"] == *kind))
}

/// A name as the key of an object type.
fn key(name: &str) -> String {
    let is_plain = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_' || first == '$')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$');
    if is_plain { name.into() } else { json::text(&json!(name)) }
}

fn labels(one: &Value) -> Vec<String> {
    gather(list(one, "values").map(json::text))
}

fn section(name: &str, items: impl Iterator<Item = String>) -> String {
    let items = joined(items);
    let items = if items.is_empty() { "      [_ in never]: never\n" } else { &items };
    format!("    {name}: {{\n{items}    }}\n")
}

/// What columns are written for.
#[derive(Clone, Copy, PartialEq)]
enum Use {
    Row,
    Insert,
    Update,
}

fn columns(catalog: &Value, relation: &Value, indent: usize, purpose: Use) -> String {
    let is_view = relation["kind"] == "v" || relation["kind"] == "m" || relation["kind"] == "c";
    let column = |column: &Value| {
        let is_nullable = column["nullable"] == true || is_view;
        let optional = match purpose {
            Use::Row => "",
            Use::Insert if !is_nullable && column["default"] == false => "",
            Use::Insert | Use::Update => "?",
        };
        let mut ty = type_of(catalog, column);
        if is_nullable {
            ty.push_str(" | null");
        }
        // Nobody can write it.
        if purpose != Use::Row && column["always"] == true {
            ty = "never".into();
        }
        format!("{}{}{optional}: {ty}\n", " ".repeat(indent), key(text_of(column, "name")))
    };
    joined(list(relation, "columns").map(column))
}

fn table(catalog: &Value, relation: &Value, is_table: bool) -> String {
    let name = text_of(relation, "name");
    let mut text = format!("      {}: {{\n        Row: {{\n{}        }}\n", key(name), columns(catalog, relation, 10, Use::Row));
    for (title, purpose, flag) in [("Insert", Use::Insert, "insertable"), ("Update", Use::Update, "updatable")] {
        if is_table || relation[flag] == true {
            text.push_str(&format!("        {title}: {{\n{}        }}\n", columns(catalog, relation, 10, purpose)));
        }
    }
    let quoted = |one: &Value, name: &str| gather(list(one, name).map(json::text)).join(", ");
    let own = of(catalog, "relationships", text_of(relation, "schema")).filter(|one| one["relation"] == name);
    let ways = joined(own.map(|one| {
        format!(
            "          {{\n            foreignKeyName: {}\n            columns: [{}]\n            isOneToOne: {}\n            \
                 referencedRelation: {}\n            referencedColumns: [{}]\n          }},\n",
            json::text(&one["name"]),
            quoted(one, "columns"),
            json::text(&one["unique"]),
            json::text(&one["referenced"]),
            quoted(one, "referenced_columns")
        )
    }));
    text.push_str(&if ways.is_empty() { "        Relationships: []\n".into() } else { format!("        Relationships: [\n{ways}        ]\n") });
    text.push_str("      }\n");
    text
}

/// Functions of one name are a union.
fn functions(catalog: &Value, schema: &str) -> Vec<String> {
    let mut named: Vec<(&str, Vec<String>)> = Vec::new();
    for function in of(catalog, "functions", schema) {
        let (name, text) = (text_of(function, "name"), signature(catalog, function));
        match named.last_mut().filter(|(known, _)| *known == name) {
            Some((_, signatures)) => signatures.push(text),
            None => named.push((name, vec![text])),
        }
    }
    let item = |(name, signatures): (&str, Vec<String>)| match &*signatures {
        [one] => format!("      {}: {one}\n", key(name)),
        several => format!("      {}:\n{}", key(name), joined(several.iter().map(|one| format!("        | {one}\n")))),
    };
    gather(named.into_iter().map(item))
}

fn signature(catalog: &Value, function: &Value) -> String {
    let is_in = |argument: &&Value| matches!(text_of(argument, "mode"), "i" | "b" | "v");
    let inputs: Vec<&Value> = gather(list(function, "arguments").filter(is_in));
    let required = inputs.len() - (function["defaults"].as_u64().unwrap_or(0) as usize).min(inputs.len());
    let mut arguments: Vec<String> = Vec::new();
    for (at, argument) in inputs.iter().enumerate().filter(|(_, argument)| !text_of(argument, "name").is_empty()) {
        arguments.push(format!("{}{}: {}", key(text_of(argument, "name")), if at < required { "" } else { "?" }, type_of(catalog, argument)));
    }
    sort(&mut arguments, |one, other| one > other);
    let arguments = if arguments.is_empty() { "never".into() } else { format!("{{ {} }}", arguments.join("; ")) };
    let is_out = |argument: &&Value| matches!(text_of(argument, "mode"), "t" | "o" | "b");
    let output = |argument: &Value| format!("{}: {}", key(text_of(argument, "name")), type_of(catalog, argument));
    let outputs = gather(list(function, "arguments").filter(is_out).map(output));
    let one = if outputs.len() > 1 || (function["set"] == true && !outputs.is_empty()) {
        format!("{{ {} }}", outputs.join("; "))
    } else {
        type_of(catalog, &function["returns"])
    };
    format!("{{ Args: {arguments}; Returns: {one}{} }}", if function["set"] == true { "[]" } else { "" })
}

/// The type of a column, an argument or a result.
fn type_of(catalog: &Value, place: &Value) -> String {
    let (name, schema) = (text_of(place, "type"), text_of(place, "type_schema"));
    if let Some(item) = name.strip_prefix('_') {
        return format!("{}[]", type_of(catalog, &json!({ "type": item, "type_schema": schema })));
    }
    match name {
        "bool" => return "boolean".into(),
        "int2" | "int4" | "int8" | "float4" | "float8" | "numeric" => return "number".into(),
        "bytea" | "bpchar" | "varchar" | "date" | "text" | "citext" | "time" | "timetz" | "timestamp" | "timestamptz" | "uuid" | "vector" => {
            return "string".into();
        }
        "json" | "jsonb" => return "Json".into(),
        "void" => return "undefined".into(),
        "record" => return "Record<string, unknown>".into(),
        _ => {}
    }
    let path = |group: &str| format!("Database[{}][\"{group}\"][{}]", json::text(&json!(schema)), json::text(&json!(name)));
    if of(catalog, "enums", schema).any(|one| one["name"] == name) {
        return path("Enums");
    }
    let relation = of(catalog, "relations", schema).find(|one| one["name"] == name);
    match relation.map(|relation| text_of(relation, "kind")) {
        Some("c") => path("CompositeTypes"),
        Some("v" | "m") => format!("{}[\"Row\"]", path("Views")),
        Some(_) => format!("{}[\"Row\"]", path("Tables")),
        None => "unknown".into(),
    }
}
