//! One form for what OpenAPI documents say in several: that of 3.0, without `anyOf`, `allOf` and `const`.

use serde_json::{Map, Value, json};

/// The schema, and all schemas in it, in the one form.
pub fn plain(schema: &Value) -> Value {
    let Value::Object(fields) = schema else {
        // `true` as a schema is the empty one.
        return json!({});
    };
    let mut plain: Map<String, Value> = fields.iter().map(|(key, value)| (key.clone(), inner(key, value))).collect();
    merge_all(&mut plain);
    if let Some(members) = plain.shift_remove("anyOf") {
        plain.insert("oneOf".into(), members);
    }
    null_apart(&mut plain);
    if let Some(value) = plain.shift_remove("const") {
        plain.insert("enum".into(), json!([value]));
    }
    bounds(&mut plain);
    // References into the one have been filled in; the names of free keys, which the other limits, nobody checks.
    plain.shift_remove("$defs");
    plain.shift_remove("propertyNames");
    by_sibling(&mut plain);
    signing_secret(&mut plain);
    let texts = plain.get("enum").and_then(Value::as_array).is_some_and(|values| values.iter().all(Value::is_string));
    if texts && !plain.contains_key("type") {
        plain.insert("type".into(), "string".into());
    }
    Value::Object(plain)
}

/// The value of a keyword, where it holds schemas.
fn inner(key: &str, value: &Value) -> Value {
    match (key, value) {
        ("properties", Value::Object(fields)) => Value::Object(fields.iter().map(|(name, schema)| (name.clone(), plain(schema))).collect()),
        ("items", schema) => plain(schema),
        ("additionalProperties", schema @ Value::Object(_)) => plain(schema),
        ("oneOf" | "anyOf" | "allOf", Value::Array(members)) => members.iter().map(plain).collect(),
        _ => value.clone(),
    }
}

/// What signs the deliveries of a webhook has 8 to 64 characters, which the notes of the API say and its description does not.
fn signing_secret(schema: &mut Map<String, Value>) {
    if let Some(Value::Object(secret)) = schema.get_mut("properties").and_then(|fields| fields.get_mut("signing_secret")) {
        secret.insert("minLength".into(), 8.into());
        secret.insert("maxLength".into(), 64.into());
    }
}

/// A union whose members are titled with the values of another field: that field tells them apart. So the object is made a union itself, with one member
/// for each value; where no member has its title, any object will do.
fn by_sibling(schema: &mut Map<String, Value>) {
    let Some(Value::Object(fields)) = schema.get("properties") else { return };
    let titles = |union: &Value| -> Option<Vec<String>> {
        union["oneOf"].as_array()?.iter().map(|member| member["title"].as_str().map(String::from)).collect()
    };
    let apart = fields.iter().find_map(|(name, union)| {
        let titles = titles(union)?;
        let sibling = fields.iter().find(|(_, other)| {
            let values = other["enum"].as_array();
            values.is_some_and(|values| titles.iter().all(|title| values.iter().any(|value| value == title)))
        });
        sibling.map(|(tag, other)| (name.clone(), union["oneOf"].clone(), tag.clone(), other["enum"].clone()))
    });
    let Some((name, members, tag, values)) = apart else { return };
    let member = |value: &Value| {
        let mut whole = schema.clone();
        let titled = members.as_array().into_iter().flatten().find(|member| member["title"] == *value);
        whole["properties"][&name] = titled.cloned().unwrap_or_else(|| json!({ "type": "object" }));
        whole["properties"][&tag]["enum"] = json!([value]);
        Value::Object(whole)
    };
    let members: Vec<Value> = values.as_array().into_iter().flatten().map(member).collect();
    schema.clear();
    schema.insert("oneOf".into(), members.into());
    schema.insert("discriminator".into(), json!({ "propertyName": tag }));
}

/// All members of `allOf` hold at once: their keywords, put together. What stands beside them wins, as it is nearer.
fn merge_all(schema: &mut Map<String, Value>) {
    let Some(Value::Array(members)) = schema.shift_remove("allOf") else { return };
    for member in members {
        let Value::Object(fields) = member else { continue };
        for (key, value) in fields {
            match (schema.get_mut(&key), value) {
                (Some(Value::Object(known)), Value::Object(more)) if key == "properties" => known.extend(more),
                (Some(Value::Array(known)), Value::Array(more)) if key == "required" => known.extend(more),
                (Some(_), _) => {}
                (None, value) => {
                    schema.insert(key, value);
                }
            }
        }
    }
}

/// `null` as a type or as a member of a union is `nullable`; a union of one that is left is that one.
fn null_apart(schema: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = schema.get("type") {
        let others: Vec<Value> = types.iter().filter(|name| *name != "null").cloned().collect();
        if others.len() < types.len() {
            schema.insert("nullable".into(), true.into());
        }
        schema.shift_remove("type");
        match <[Value; 1]>::try_from(others) {
            Ok([only]) => {
                schema.insert("type".into(), only);
            }
            Err(several) => {
                schema.insert("oneOf".into(), several.into_iter().map(|name| json!({ "type": name })).collect());
            }
        }
    }
    let Some(Value::Array(members)) = schema.get_mut("oneOf") else { return };
    let before = members.len();
    members.retain(|member| member["type"] != "null");
    if members.len() == before {
        return;
    }
    let only = if members.len() == 1 { members.pop() } else { None };
    if let Some(Value::Object(only)) = only {
        schema.shift_remove("oneOf");
        schema.extend(only);
    }
    schema.insert("nullable".into(), true.into());
}

/// A bound that is excluded is a flag beside the bound.
fn bounds(schema: &mut Map<String, Value>) {
    for (flag, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if let Some(value) = schema.get(flag).filter(|value| value.is_number()).cloned() {
            schema.insert(bound.into(), value);
            schema.insert(flag.into(), true.into());
        }
    }
}
