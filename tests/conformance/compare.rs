//! What the description says beside what the table says: rows, and schemas with their types, in both directions.

use super::description::Operation;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use supabase_management_wasm::endpoint::{Answer, Body, Endpoint};
use supabase_management_wasm::schema::{Fields, Members, Shape, Type, Types};

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// All that is stated counts.
    Request,
    /// Names, presence, kinds and values count: nothing else of an answer is ever checked.
    Answer,
}

/// One thing in which the description is other than the table.
pub struct Difference {
    /// Where: `body.name`, `answer[].status`, `query.limit`.
    pub place: String,
    /// What the description says now.
    pub words: String,
    /// What Rust lines are to be made of.
    pub news: News,
}

/// What the description has and the table has not.
pub enum News {
    /// The words say it all.
    Words,
    /// A field, which is new or has changed.
    Field { name: String, schema: Value, required: bool, new: bool },
    /// A field that is gone, or all of a place.
    Gone,
    /// A value or a member that is gone from its enum.
    GoneMember,
    /// A value of an enum.
    Choice(String),
    /// A member of a union, and the value of the field that tells it apart.
    Member { tag: Option<String>, schema: Value },
    /// A whole type.
    Type(Value),
}

/// Collects differences between schemas and types.
pub struct Judge<'f> {
    pub side: Side,
    pub found: &'f mut Vec<Difference>,
}

/// What is understood of a schema. Anything else is a difference, as nobody has looked at it; but `x-` and prose say nothing of values.
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
    "exclusiveMaximum",
    "items",
    "minItems",
    "maxItems",
    "additionalProperties",
    "oneOf",
    "discriminator",
    "deprecated",
    "default",
    "description",
    "title",
    "example",
    "examples",
    "hideDefinitions",
];

/// A keyword of our own: the value must not be printed.
pub const SECRET: &str = "x-secret";

pub const JSON: &str = "application/json";
pub const TEXT: &str = "text/plain";
pub const ESZIP: &str = "application/vnd.denoland.eszip";
pub const FORM: &str = "application/x-www-form-urlencoded";
pub const MULTIPART: &str = "multipart/form-data";

/// The one header that a row can say of a request.
pub const KEY_HEADER: &str = "Idempotency-Key";

/// Compares one row with its operation.
pub fn compare(row: &Endpoint, operation: &Operation) -> Vec<Difference> {
    let mut found = Vec::new();
    compare_path(row, operation, &mut found);
    compare_query(row, operation, &mut found);
    compare_headers(row, operation, &mut found);
    compare_body(row, operation, &mut found);
    compare_answer(row, operation, &mut found);
    found
}

fn say(found: &mut Vec<Difference>, place: &str, words: impl Into<String>, news: News) {
    found.push(Difference { place: place.into(), words: words.into(), news });
}

fn compare_path(row: &Endpoint, operation: &Operation, found: &mut Vec<Difference>) {
    let described = operation.placeholders();
    for (name, schema) in &described {
        let place = format!("path.{name}");
        match row.placeholders.iter().find(|placeholder| placeholder.name == *name) {
            Some(placeholder) => Judge { side: Side::Request, found }.ty(schema, placeholder.ty, &place),
            None => say(found, &place, "new path parameter", News::Words),
        }
    }
    for placeholder in row.placeholders {
        if !described.iter().any(|(name, _)| *name == placeholder.name) {
            say(found, &format!("path.{}", placeholder.name), "no longer described", News::Gone);
        }
    }
}

fn compare_query(row: &Endpoint, operation: &Operation, found: &mut Vec<Difference>) {
    let query = operation.query();
    match row.query {
        Some(ty) => Judge { side: Side::Request, found }.ty(&query, ty, "query"),
        None if query["properties"].as_object().is_none_or(Map::is_empty) => {}
        None => say(found, "query", format!("takes a query now: {}", names_of(&query)), News::Type(query)),
    }
}

fn names_of(object: &Value) -> String {
    object["properties"].as_object().into_iter().flat_map(Map::keys).cloned().collect::<Vec<_>>().join(", ")
}

fn compare_headers(row: &Endpoint, operation: &Operation, found: &mut Vec<Difference>) {
    let mut keyed = false;
    for (name, _) in operation.parameters("header") {
        if name.eq_ignore_ascii_case(KEY_HEADER) {
            keyed = true;
        } else {
            say(found, &format!("header.{name}"), "takes this header now, which no row can say", News::Words);
        }
    }
    match (row.keyed, keyed) {
        (false, true) => {
            say(found, &format!("header.{KEY_HEADER}"), "takes this header now: add the word `idempotency_key` to the route", News::Words);
        }
        (true, false) => {
            say(found, &format!("header.{KEY_HEADER}"), "no longer described: remove the word `idempotency_key` from the route", News::Words);
        }
        _ => {}
    }
}

fn compare_body(row: &Endpoint, operation: &Operation, found: &mut Vec<Difference>) {
    let media = operation.request_media();
    let (known, ty): (&[&str], _) = match row.body {
        Body::Json(ty) => (&[JSON], Some(ty)),
        Body::JsonOrEszip(ty) => (&[JSON, ESZIP], Some(ty)),
        Body::Form(ty) => (&[FORM], Some(ty)),
        Body::Multipart(ty) => (&[MULTIPART], Some(ty)),
        _ => (&[], None),
    };
    // The model is that of the first media type; where that is gone, another one has taken it over.
    let schema = known.first().and_then(|name| media.get(name)).or_else(|| media.values().next());
    let Some(ty) = ty else {
        if let Some(schema) = schema {
            say(found, "body", format!("takes a body now: {}", list(media.keys())), News::Type((*schema).clone()));
        }
        return;
    };
    let Some(schema) = schema else {
        return say(found, "body", "takes no body any more", News::Gone);
    };
    for name in media.keys().filter(|name| !known.contains(name)) {
        say(found, "body", format!("takes {name} now"), News::Words);
    }
    for name in known.iter().filter(|name| !media.contains_key(*name)) {
        say(found, "body", format!("takes {name} no longer"), News::Words);
    }
    // What may be anything may also be nothing.
    if operation.says("requestBody")["required"] != true && !matches!(ty.shape(), Shape::Any) {
        say(found, "body", "may be left out now, which no row can say", News::Words);
    }
    Judge { side: Side::Request, found }.ty(schema, ty, "body");
}

fn list<T: ToString>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join(", ")
}

fn compare_answer(row: &Endpoint, operation: &Operation, found: &mut Vec<Difference>) {
    let media = operation.answer_media();
    for (status, name, schema) in operation.answers() {
        if media.get(name) != Some(&schema) {
            say(found, "answer", format!("{status} has another model than the other statuses, which no row can say"), News::Words);
        }
    }
    let known = match row.answer {
        Answer::Json(_) => Some(JSON),
        Answer::Text => Some(TEXT),
        Answer::Nothing | Answer::Count => None,
        Answer::Rows => Some(JSON),
        Answer::Bytes => Some("application/octet-stream"),
        // Nobody calls it.
        _ => return,
    };
    match (known, media.keys().next()) {
        (None, Some(_)) => {
            let model = media.get(JSON).map_or(News::Words, |schema| News::Type((*schema).clone()));
            return say(found, "answer", format!("has content now: {}", list(media.keys())), model);
        }
        (Some(known), None) => return say(found, "answer", format!("has no content any more, was {known}"), News::Words),
        _ => {}
    }
    for name in media.keys().filter(|name| Some(**name) != known) {
        let model = if *name == JSON { News::Type(media[name].clone()) } else { News::Words };
        say(found, "answer", format!("is {name} now"), model);
    }
    if let Some(name) = known.filter(|name| !media.contains_key(name)) {
        say(found, "answer", format!("is {name} no longer"), News::Words);
    }
    if let (Answer::Json(ty), Some(schema)) = (row.answer, media.get(JSON)) {
        Judge { side: Side::Answer, found }.ty(schema, ty, "answer");
    }
}

/// Whether an object takes fields that it does not name.
pub fn is_open(schema: &Value) -> bool {
    !matches!(&schema["additionalProperties"], Value::Null | Value::Bool(false))
}

/// Whether an object is one with free keys: it names none, and does not say that there are none.
pub fn is_map(schema: &Value) -> bool {
    match schema["properties"].as_object() {
        None => true,
        Some(fields) => fields.is_empty() && schema["additionalProperties"] != false,
    }
}

/// What the values of an object with free keys are.
pub fn map_value(schema: &Value) -> Value {
    if schema["additionalProperties"].is_object() { schema["additionalProperties"].clone() } else { json!({}) }
}

/// The values of an enum of strings, or of a union of such enums.
pub fn choices(schema: &Value) -> Option<Vec<&str>> {
    if let Some(members) = schema["oneOf"].as_array() {
        return members.iter().map(choices).collect::<Option<Vec<_>>>().map(|all| all.concat());
    }
    schema["enum"].as_array().filter(|_| schema["type"] == "string")?.iter().map(Value::as_str).collect()
}

/// The members of a union that one field tells apart: its name, and each of its values with the member that goes with it. Where the table has
/// such a union, an object with an enum is one whose members have the same fields.
pub fn tagged<'s>(schema: &'s Value, tag: Option<&'s str>) -> Option<(&'s str, Vec<(&'s str, &'s Value)>)> {
    let members = match &schema["oneOf"] {
        Value::Array(members) => &members[..],
        _ if tag.is_some() => std::slice::from_ref(schema),
        _ => return None,
    };
    let stated = schema["discriminator"]["propertyName"].as_str();
    let mut names = tag.or(stated).into_iter().chain(members.first()?["properties"].as_object().into_iter().flat_map(Map::keys).map(String::as_str));
    names.find_map(|name| {
        let mut all = Vec::new();
        for member in members {
            // Without a discriminator, several values could as well be a plain field that members share.
            let certain = stated.is_some() || tag == Some(name);
            let values = choices(&member["properties"][name]).filter(|values| certain || values.len() == 1)?;
            all.extend(values.into_iter().map(|value| (value, member)));
        }
        let apart = all.iter().map(|(value, _)| value).collect::<BTreeSet<_>>().len() == all.len();
        apart.then_some((name, all))
    })
}

/// A member as it is where its tag has this value.
pub fn with_tag(member: &Value, tag: &str, value: &str) -> Value {
    let mut member = member.clone();
    member["properties"][tag]["enum"] = json!([value]);
    member
}

/// A number of a schema, as Rust writes it.
pub fn number(schema: &Value, name: &str) -> Option<String> {
    let value = schema.get(name)?;
    let whole = value.as_f64().filter(|number| number.fract() == 0.0).map(|number| number as i64);
    Some(value.as_i64().or(whole).map_or_else(|| value.to_string(), |whole| whole.to_string()))
}

/// The bounds of a number, smallest and largest; the excluded ones made included where numbers are whole.
pub fn bounds(schema: &Value) -> [Option<String>; 2] {
    [("minimum", "exclusiveMinimum", 1), ("maximum", "exclusiveMaximum", -1)].map(|(name, exclusive, step)| {
        let bound = number(schema, name)?;
        match bound.parse::<i64>() {
            _ if schema[exclusive] != true => Some(bound),
            Ok(whole) if schema["type"] == "integer" => Some(whole.saturating_add(step).to_string()),
            _ => Some(format!("{bound}, excluded")),
        }
    })
}

/// What a string must match, by either keyword.
fn pattern(schema: &Value) -> Option<String> {
    let stated: Vec<_> = ["pattern", "format"].into_iter().filter_map(|key| schema[key].as_str()).collect();
    (!stated.is_empty()).then(|| stated.join(" and "))
}

fn kind_of_schema(schema: &Value) -> String {
    match schema["oneOf"].as_array() {
        Some(members) => members.iter().map(kind_of_schema).collect::<Vec<_>>().join(" or "),
        None if choices(schema).is_some() => "one of some strings".into(),
        None if schema["type"] == "object" && is_map(schema) => "an object with free keys".into(),
        None => schema["type"].as_str().unwrap_or("free JSON").into(),
    }
}

fn kind_of_shape(shape: &Shape) -> &'static str {
    match shape {
        Shape::Boolean | Shape::True => "boolean",
        Shape::Number | Shape::Range { .. } => "number",
        Shape::Integer | Shape::Bounded { .. } => "integer",
        Shape::String | Shape::Text { .. } => "string",
        Shape::Enum(_) => "one of some strings",
        Shape::Object(_) => "object",
        Shape::Array { .. } => "array",
        Shape::Map(_) => "an object with free keys",
        Shape::Tagged { .. } | Shape::Union(_) => "a union",
        _ => "free JSON",
    }
}

impl Judge<'_> {
    fn say(&mut self, place: &str, words: impl Into<String>, news: News) {
        say(self.found, place, words, news);
    }

    /// Says a limit that is another one now.
    fn limit(&mut self, place: &str, what: &str, row: Option<String>, description: Option<String>) {
        let words = match (row, description) {
            (row, description) if row == description => return,
            (None, Some(now)) => format!("has a {what} now: {now}"),
            (Some(before), None) => format!("has no {what} any more, was {before}"),
            (Some(before), Some(now)) => format!("the {what} is {now} now, was {before}"),
            (None, None) => return,
        };
        self.say(place, words, News::Words);
    }

    /// A value that cannot be null: the table has that word for fields only.
    pub fn ty(&mut self, schema: &Value, ty: Type, place: &str) {
        if schema["nullable"] == true && !matches!(ty.shape(), Shape::Any) {
            self.say(place, "may be null now, which the table says of fields only", News::Words);
        }
        self.value(schema, ty, place);
    }

    fn value(&mut self, schema: &Value, ty: Type, place: &str) {
        // The bytes of a file: the table has something in their place of which the description says nothing.
        if schema["format"] == "binary" {
            return;
        }
        let strangers = schema.as_object().into_iter().flat_map(Map::keys).filter(|key| !KEYWORDS.contains(&key.as_str()) && !key.starts_with("x-"));
        for key in strangers {
            self.say(place, format!("has the keyword `{key}`, which nobody has looked at"), News::Words);
        }
        let union = schema["oneOf"].is_array();
        match (schema["type"].as_str(), ty.shape()) {
            (_, Shape::Enum(names)) if choices(schema).is_some() => self.choices(schema, names.collect(), place),
            (_, Shape::Tagged { tag, members }) if tagged(schema, Some(tag)).is_some_and(|(name, _)| name == tag) => {
                self.tagged(schema, tag, members, place);
            }
            (_, Shape::Union(types)) if union => self.union(schema, types, place),
            (None, Shape::Any) if !union => {}
            (Some("boolean"), Shape::Boolean) => self.only_true(schema, false, place),
            (Some("boolean"), Shape::True) => self.only_true(schema, true, place),
            (Some("number"), Shape::Number) | (Some("integer"), Shape::Integer) => self.bounds(schema, i64::MIN, i64::MAX, place),
            (Some("number"), Shape::Range { min, max }) | (Some("integer"), Shape::Bounded { min, max }) => self.bounds(schema, min, max, place),
            (Some("string"), Shape::String) if schema.get("enum").is_none() => self.text(schema, 0, u32::MAX, "", place),
            (Some("string"), Shape::Text { min, max, pattern }) if schema.get("enum").is_none() => {
                self.text(schema, min, max, pattern.map_or("", |pattern| pattern.source), place);
            }
            (Some("array"), Shape::Array { min, max, item }) => {
                if self.side == Side::Request {
                    self.limit(place, "smallest number of items", unless(min, 0), number(schema, "minItems"));
                    self.limit(place, "largest number of items", unless(max, u32::MAX), number(schema, "maxItems"));
                }
                self.ty(&schema["items"], item, &format!("{place}[]"));
            }
            (Some("object"), Shape::Map(value)) if is_map(schema) => self.ty(&map_value(schema), value, &format!("{place}.*")),
            (Some("object"), Shape::Object(fields)) if !is_map(schema) => self.object(schema, fields, place),
            (_, shape) => {
                let (now, before) = (kind_of_schema(schema), kind_of_shape(&shape));
                let before = if now == before { "another one" } else { before };
                self.say(place, format!("is {now} now, was {before}"), News::Type(schema.clone()));
                // Where it was one of several, that one may have changed as well.
                let members: Vec<_> = schema["oneOf"].as_array().into_iter().flatten().collect();
                if let Some((.., differences)) = self.closest(&members, &[(place.into(), ty)]) {
                    self.found.extend(differences);
                }
            }
        }
    }

    fn only_true(&mut self, schema: &Value, row: bool, place: &str) {
        match (row, schema.get("enum") == Some(&json!([true]))) {
            (false, true) => self.say(place, "must be true now", News::Words),
            (true, false) => self.say(place, "may be false now", News::Words),
            _ => {}
        }
    }

    fn bounds(&mut self, schema: &Value, min: i64, max: i64, place: &str) {
        if self.side == Side::Request {
            let [least, most] = bounds(schema);
            self.limit(place, "smallest value", unless(min, i64::MIN), least);
            self.limit(place, "largest value", unless(max, i64::MAX), most);
        }
    }

    fn text(&mut self, schema: &Value, min: u32, max: u32, source: &str, place: &str) {
        if self.side == Side::Answer {
            return;
        }
        self.limit(place, "shortest length", unless(min, 0), number(schema, "minLength"));
        self.limit(place, "longest length", unless(max, u32::MAX), number(schema, "maxLength"));
        self.limit(place, "pattern", unless(source, ""), pattern(schema));
    }

    fn choices(&mut self, schema: &Value, known: Vec<&str>, place: &str) {
        let stated = choices(schema).unwrap_or_default();
        for value in stated.iter().filter(|value| !known.contains(value)) {
            self.say(place, format!("new value {value:?}"), News::Choice((*value).into()));
        }
        for value in known.iter().filter(|value| !stated.contains(value)) {
            self.say(place, format!("the value {value:?} is no longer described"), News::GoneMember);
        }
    }

    fn object(&mut self, schema: &Value, fields: Fields, place: &str) {
        match (fields.open(), is_open(schema)) {
            (false, true) => self.say(place, "may have other fields now: write `#[model(open)]`", News::Words),
            (true, false) => self.say(place, "may have no other fields any more: write `#[model]`", News::Words),
            _ => {}
        }
        let required: Vec<_> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let required = required.contains(&&**name);
            let place = format!("{place}.{name}");
            match fields.into_iter().find(|field| field.name == name) {
                Some(field) => {
                    let before = self.found.len();
                    self.presence(property, required, field.required(), field.nullable(), field.ty, &place);
                    self.value(property, field.ty, &place);
                    // Where the field itself has changed, it is to be written again.
                    for one in self.found.iter_mut().skip(before).filter(|one| one.place == place && matches!(one.news, News::Words | News::Type(_)))
                    {
                        let mut schema = property.clone();
                        if field.secret() {
                            // The table knows what the description does not say, and it is not to be lost.
                            schema[SECRET] = json!(true);
                        }
                        one.news = News::Field { name: name.clone(), schema, required, new: false };
                    }
                }
                None => {
                    let words = if required { "new field, required" } else { "new field" };
                    self.say(&place, words, News::Field { name: name.clone(), schema: property.clone(), required, new: true });
                }
            }
        }
        let mut seen = BTreeSet::new();
        for field in fields {
            let place = format!("{place}.{}", field.name);
            if schema["properties"].get(field.name).is_none() {
                self.say(&place, "no longer described", News::Gone);
            }
            if !seen.insert(field.name) {
                self.say(&place, "is in the table twice", News::Words);
            }
        }
    }

    /// Whether a field must be there, and may be null.
    fn presence(&mut self, property: &Value, required: bool, row_required: bool, row_nullable: bool, ty: Type, place: &str) {
        match (row_required, required) {
            (false, true) => self.say(place, "is required now", News::Words),
            (true, false) => self.say(place, "is optional now", News::Words),
            _ => {}
        }
        // Any JSON includes null, and in an answer absent and null come to the same.
        if matches!(ty.shape(), Shape::Any) || (self.side == Side::Answer && !required && !row_required) {
            return;
        }
        match (row_nullable, property["nullable"] == true) {
            (false, true) => self.say(place, "may be null now", News::Words),
            (true, false) => self.say(place, "may not be null any more", News::Words),
            _ => {}
        }
    }

    fn tagged(&mut self, schema: &Value, tag: &str, known: Members, place: &str) {
        let (_, stated) = tagged(schema, Some(tag)).unwrap_or_default();
        for (value, member) in &stated {
            let member = with_tag(member, tag, value);
            match known.into_iter().find(|(known, _)| known == value) {
                Some((_, ty)) => self.ty(&member, ty, &format!("{place}<{value}>")),
                None => self.say(place, format!("new member {value:?}"), News::Member { tag: Some((*value).into()), schema: member }),
            }
        }
        for (value, _) in known {
            if !stated.iter().any(|(stated, _)| *stated == value) {
                self.say(place, format!("the member {value:?} is no longer described"), News::GoneMember);
            }
        }
    }

    /// Nothing tells the members apart: those are compared that differ least.
    fn union(&mut self, schema: &Value, types: Types, place: &str) {
        let mut stated: Vec<_> = schema["oneOf"].as_array().into_iter().flatten().collect();
        let mut known = labelled(types, place);
        while let Some((at, other, differences)) = self.closest(&stated, &known) {
            stated.remove(at);
            known.remove(other);
            self.found.extend(differences);
        }
        for member in stated {
            self.say(place, format!("new member: {}", kind_of_schema(member)), News::Member { tag: None, schema: member.clone() });
        }
        for (member, _) in known {
            self.say(place, format!("the member {} is no longer described", &member[place.len()..]), News::GoneMember);
        }
    }

    /// The pair of members with the fewest differences, where there is one of the same kind. Of the known ones the place comes with the type.
    fn closest(&self, stated: &[&Value], known: &[(String, Type)]) -> Option<(usize, usize, Vec<Difference>)> {
        let mut best: Option<(usize, usize, Vec<Difference>)> = None;
        for (at, member) in stated.iter().enumerate() {
            for (other, (place, ty)) in known.iter().enumerate() {
                let mut found = Vec::new();
                Judge { side: self.side, found: &mut found }.ty(member, *ty, place);
                let alike = !found.iter().any(|one| one.place == *place && matches!(one.news, News::Type(_)));
                if alike && best.as_ref().is_none_or(|(.., least)| found.len() < least.len()) {
                    best = Some((at, other, found));
                }
            }
        }
        best
    }
}

/// The members of a union, each with a place: its kind, and a number where several are of one kind.
fn labelled(types: Types, place: &str) -> Vec<(String, Type)> {
    let mut kinds: Vec<&str> = Vec::new();
    let label = |ty: Type| {
        let kind = match ty.shape() {
            Shape::Enum(_) => "string",
            Shape::Map(_) => "object",
            shape => kind_of_shape(&shape),
        };
        kinds.push(kind);
        let number = match kinds.iter().filter(|known| **known == kind).count() {
            1 => String::new(),
            number => format!(" {number}"),
        };
        (format!("{place}<{kind}{number}>"), ty)
    };
    types.map(label).collect()
}

/// A limit of a row, or nothing where it is none.
fn unless<T: PartialEq + ToString>(value: T, none: T) -> Option<String> {
    (value != none).then(|| value.to_string())
}
