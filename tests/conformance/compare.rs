//! A schema of the description beside a type of the table, in both directions.

use serde_json::{Map, Value};
use std::collections::BTreeSet;
use supabase_management_wasm::schema::{Fields, Members, Shape, Type};

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// All that is stated counts.
    Request,
    /// Names, presence, kinds and values count: nothing else of an answer is ever checked.
    Answer,
}

/// Collects differences: place and words.
pub struct Judge<'f> {
    pub side: Side,
    pub found: &'f mut Vec<(String, String)>,
}

/// What this test understands. Anything else in a schema is a difference, as nobody has looked at it.
const KEYWORDS: &[&str] = &[
    "type",
    "properties",
    "required",
    "nullable",
    "enum",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "items",
    "minItems",
    "maxItems",
    "additionalProperties",
    "oneOf",
    "discriminator",
    "deprecated",
    "default",
    "x-hideDefinitions",
    "description",
];

impl Judge<'_> {
    fn say(&mut self, place: &str, words: impl Into<String>) {
        self.found.push((place.into(), words.into()));
    }

    fn same<T: PartialEq + std::fmt::Debug>(&mut self, place: &str, what: &str, row: T, description: T) {
        if row != description {
            self.say(place, format!("{what}: {row:?} in the row, {description:?} in the description"));
        }
    }

    /// A value that cannot be null: the table has that word for fields only.
    pub fn ty(&mut self, schema: &Value, ty: Type, place: &str) {
        if schema["nullable"] == true && schema.get("type").is_some() {
            self.say(place, "may be null, which the table says of fields only");
        }
        self.value(schema, ty, place);
    }

    fn value(&mut self, schema: &Value, ty: Type, place: &str) {
        let stranger = schema.as_object().into_iter().flat_map(Map::keys).find(|key| !KEYWORDS.contains(&key.as_str()));
        if let Some(key) = stranger {
            self.say(place, format!("this test does not know the keyword `{key}`"));
        }
        let request = self.side == Side::Request;
        match (schema["type"].as_str(), ty.shape()) {
            (None, Shape::Tagged { tag, members }) => self.tagged(schema, tag, members, place),
            (None, Shape::Any) if schema.get("oneOf").is_none() => {}
            (Some("boolean"), Shape::Boolean) => {}
            (Some("number"), Shape::Number) => {
                if request && ["minimum", "maximum", "exclusiveMinimum"].iter().any(|key| schema.get(key).is_some()) {
                    self.say(place, "has bounds, which the row has not");
                }
            }
            (Some("integer"), Shape::Integer) => self.bounds(schema, i64::MIN, i64::MAX, place),
            (Some("integer"), Shape::Bounded { min, max }) => self.bounds(schema, min, max, place),
            (Some("string"), Shape::Enum(names)) => {
                let known: Vec<_> = names.collect();
                let stated: Vec<_> = schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
                self.same(place, "number of values", known.len(), stated.len());
                self.same(place, "values", BTreeSet::from_iter(known), BTreeSet::from_iter(stated));
            }
            (Some("string"), _) if schema.get("enum").is_some() => self.say(place, "is one of some values, which the row does not know"),
            (Some("string"), Shape::String) => self.text(schema, 0, u32::MAX, "", place),
            (Some("string"), Shape::Text { min, max, pattern }) => {
                self.text(schema, min, max, pattern.map_or("", |pattern| pattern.source), place);
            }
            (Some("array"), Shape::Array { min, max, item }) => {
                if request {
                    self.same(place, "fewest items", i64::from(min), schema["minItems"].as_i64().unwrap_or(0));
                    self.same(place, "most items", i64::from(max), schema["maxItems"].as_i64().unwrap_or(u32::MAX.into()));
                }
                self.ty(&schema["items"], item, &format!("{place}[]"));
            }
            (Some("object"), Shape::Map(value)) if schema.get("properties").is_none() => {
                self.ty(&schema["additionalProperties"], value, &format!("{place}.*"));
            }
            (Some("object"), Shape::Object(fields)) => self.object(schema, fields, place),
            (stated, shape) => self.say(place, format!("{shape:?} in the row, {} in the description", stated.unwrap_or("no type"))),
        }
    }

    fn bounds(&mut self, schema: &Value, min: i64, max: i64, place: &str) {
        if self.side == Side::Request {
            let above = schema["exclusiveMinimum"].as_bool() == Some(true);
            let stated = schema["minimum"].as_i64().map_or(i64::MIN, |least| least + i64::from(above));
            self.same(place, "smallest value", min, stated);
            self.same(place, "largest value", max, schema["maximum"].as_i64().unwrap_or(i64::MAX));
        }
    }

    fn text(&mut self, schema: &Value, min: u32, max: u32, pattern: &str, place: &str) {
        if self.side == Side::Request {
            self.same(place, "shortest length", i64::from(min), schema["minLength"].as_i64().unwrap_or(0));
            self.same(place, "longest length", i64::from(max), schema["maxLength"].as_i64().unwrap_or(u32::MAX.into()));
            let stated = [&schema["pattern"], &schema["format"]].into_iter().filter_map(Value::as_str);
            self.same(place, "pattern", pattern, &stated.collect::<Vec<_>>().join(" and "));
        }
    }

    fn object(&mut self, schema: &Value, fields: Fields, place: &str) {
        // An answer may always have more; a request with more is refused, which is what zod does where the description says nothing.
        if self.side == Side::Request && !matches!(&schema["additionalProperties"], Value::Null | Value::Bool(false)) {
            self.say(place, "takes other fields as well, which the row cannot say");
        }
        let stated: BTreeSet<_> = schema["properties"].as_object().into_iter().flat_map(Map::keys).map(String::as_str).collect();
        let known: Vec<_> = fields.map(|field| field.name).collect();
        self.same(place, "number of fields", known.len(), stated.len());
        for name in stated.iter().filter(|name| !known.contains(name)) {
            self.say(&format!("{place}.{name}"), "is not in the row");
        }
        let required: Vec<_> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for field in fields {
            let place = format!("{place}.{}", field.name);
            let Some(property) = schema["properties"].get(field.name) else {
                self.say(&place, "is not in the description");
                continue;
            };
            self.same(&place, "required", field.required(), required.contains(&field.name));
            // Any JSON includes null.
            if !matches!(field.ty.shape(), Shape::Any) {
                self.same(&place, "nullable", field.nullable(), property["nullable"] == true);
            }
            self.value(property, field.ty, &place);
        }
    }

    fn tagged(&mut self, schema: &Value, tag: &str, members: Members, place: &str) {
        self.same(place, "field that tells the members apart", tag, schema["discriminator"]["propertyName"].as_str().unwrap_or("none"));
        let stated: Vec<_> = schema["oneOf"].as_array().into_iter().flatten().collect();
        let name = |member: &Value| member["properties"][tag]["enum"][0].as_str().unwrap_or_default().to_string();
        self.same(place, "members", members.map(|(name, _)| name.to_string()).collect(), BTreeSet::from_iter(stated.iter().map(|one| name(one))));
        for (value, ty) in members {
            if let Some(member) = stated.iter().find(|member| name(member) == value) {
                self.ty(member, ty, &format!("{place}<{value}>"));
            }
        }
    }
}
