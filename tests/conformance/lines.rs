//! Rust lines of what the description has and `src/api` has not: to paste, and to finish by hand.

use super::compare::{
    ESZIP, FORM, JSON, KEY_HEADER, MULTIPART, SECRET, Side, TEXT, bounds, choices, is_map, is_open, map_value, number, tagged, with_tag,
};
use super::description::{NAME, Operation};
use super::source::{Field, Form, Model, Source, alike, inside, same_set};
use super::words::{pascal, raw, singular, snake, words};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

/// Where names come from that are used in lines and are no models.
const IMPORTS: &[(&str, &str)] = &[
    ("Bytes", "crate::client::Bytes"),
    ("Count", "crate::client::Count"),
    ("Data", "crate::api::v2::Data"),
    ("JsonOrEszip", "crate::endpoint::JsonOrEszip"),
    ("Map", "crate::schema::Map"),
    ("Multipart", "crate::endpoint::Multipart"),
    ("Nullable", "crate::schema::Nullable"),
    ("Value", "serde_json::Value"),
];

/// Placeholders whose limits src/endpoint.rs knows by their names.
const KNOWN_PLACEHOLDERS: &[&str] = &["ref", "slug", "function_slug", "branch_id_or_ref"];

/// Names that every module has, or that would mislead in TypeScript.
const RESERVED: &[&str] = &["Array", "Call", "Client", "Error", "Object", "Option", "Result", "Self", "String", "Vec"];

/// How names end whose values nobody should see.
const SECRETS: &[&str] = &["secret", "password", "_pass", "_token", "_key"];

/// Widest line of a doc comment.
const WIDTH: usize = 140;

/// What the schemas of the components are called here, in answers (`true`) and in requests.
pub type Names = HashMap<(bool, String), String>;

/// What has to be written for something new, while it is put together.
pub struct Lines<'s> {
    source: &'s Source,
    names: &'s Names,
    /// Where the lines will go.
    file: &'s str,
    side: Side,
    /// New models.
    models: Vec<Model>,
}

/// How a field is written.
pub struct FieldForm {
    /// Whether it was not there before.
    pub new: bool,
    /// Whether it stands in a struct: a variant has no `pub`.
    pub public: bool,
}

impl<'s> Lines<'s> {
    pub fn new(source: &'s Source, names: &'s Names, file: &'s str, side: Side) -> Self {
        Lines { source, names, file, side, models: Vec::new() }
    }

    /// A field of a model, and the models that it needs. One that is there has its docs.
    pub fn of_field(mut self, name: &str, schema: &Value, required: bool, owner: &str, form: FieldForm) -> String {
        let mut field = self.field(name, schema, required, owner);
        field.deprecated &= form.new;
        let depth = if form.public { 1 } else { 2 };
        let text = render_field(&field, &mut BTreeSet::new(), depth, form.public);
        let docs = doc(&field.prose, depth).len();
        self.with_models(if form.new { &text } else { &text[docs..] })
    }

    /// A member of a union, and the models that it needs.
    pub fn of_member(mut self, tag: Option<(&str, &str)>, schema: &Value, owner: &str) -> String {
        let text = match tag {
            Some((tag, value)) => render_member(value, &self.fields(schema, Some(tag), &format!("{owner}{}", pascal(value)))),
            None => {
                let ty = self.ty(schema, &format!("{owner}Details"));
                format!("{}    {}({ty}),\n", doc(&prose_of(schema), 1), variant_of(&ty, owner))
            }
        };
        self.with_models(&text)
    }

    /// A type, and the models that it needs.
    pub fn of_type(mut self, schema: &Value, hint: &str) -> String {
        let ty = self.ty(schema, hint);
        self.with_models(&format!("{ty}\n"))
    }

    /// The lines of a new operation.
    pub fn of_operation(mut self, method: &str, path: &str, operation: &Operation, property: &str) -> String {
        let name = method_name(self.source, property, method, path, operation);
        let mut arguments = vec!["&self".to_string()];
        for (placeholder, schema) in operation.placeholders() {
            arguments.push(self.placeholder(placeholder, schema));
        }
        let base = pascal(&format!("{name}_{}", singular(property)));
        arguments.extend(self.body(operation, &base));
        let query = operation.query();
        if query["properties"].as_object().is_some_and(|fields| !fields.is_empty()) {
            arguments.push(format!("query: &{}", self.ty(&query, &format!("{base}Query"))));
        }
        let answer = self.answer(method, operation, &base);
        let mut text = doc(&prose(operation.says("description"), operation.says("summary"), ": what it does, units, defaults, limits."), 1);
        text.push_str(&format!("    #[{method}({})]\n", route(method, path, operation)));
        for (header, _) in operation.parameters("header").filter(|(name, _)| !name.eq_ignore_ascii_case(KEY_HEADER)) {
            text.push_str(&format!("    // TODO: it takes the header `{header}`, which no row can say\n"));
        }
        if operation.says("deprecated") == true {
            text.push_str("    #[deprecated = \"TODO: what to use instead\"]\n");
        }
        text.push_str(&format!("    pub fn {}({}) -> Call<{answer}>;\n", raw(&name), arguments.join(", ")));
        self.with_models(&text)
    }

    fn placeholder(&mut self, name: &str, schema: &Value) -> String {
        let argument = match name {
            "ref" => "project_ref".into(),
            "body" | "form" | "multipart" | "query" => format!("{name}_value"),
            _ => raw(&snake(name)),
        };
        self.side = Side::Request;
        if choices(schema).is_some() {
            return format!("{argument}: &{}", self.ty(schema, &pascal(name)));
        }
        let limits = if KNOWN_PLACEHOLDERS.contains(&name) { Vec::new() } else { limits(schema, "String").0 };
        let attribute = if limits.is_empty() { String::new() } else { format!("#[schema({})] ", limits_text(&limits)) };
        format!("{attribute}{argument}: &str")
    }

    fn body(&mut self, operation: &Operation, base: &str) -> Option<String> {
        let media = operation.request_media();
        let (name, schema) = [JSON, FORM, MULTIPART].into_iter().find_map(|name| Some((name, *media.get(name)?))).or_else(|| {
            let (name, schema) = media.iter().next()?;
            Some((*name, *schema))
        })?;
        self.side = Side::Request;
        Some(match name {
            MULTIPART => {
                let metadata = self.ty(&schema["properties"]["metadata"], &format!("{base}Metadata"));
                format!("multipart: &Multipart<{metadata}>")
            }
            FORM => format!("form: &{}", self.ty(schema, base)),
            JSON if media.contains_key(ESZIP) => format!("body: &JsonOrEszip<{}>", self.ty(schema, base)),
            JSON => match self.ty(schema, base) {
                list if list.starts_with("Vec<") => format!("body: &[{}]", inside(&list, "Vec").unwrap_or_default()),
                ty => format!("body: &{ty}"),
            },
            other => format!("body: &Todo /* TODO: {other} */"),
        })
    }

    fn answer(&mut self, method: &str, operation: &Operation, base: &str) -> String {
        let media = operation.answer_media();
        self.side = Side::Answer;
        match media.get(JSON) {
            Some(schema) => self.ty(schema, &format!("{base}Answer")),
            None if media.contains_key(TEXT) => "String".into(),
            None if !media.is_empty() => "Bytes".into(),
            None if method == "head" => "Count".into(),
            None => "()".into(),
        }
    }

    /// The Rust type of a value that is not null. `hint` is what a model of it is called, unless the description has a name for it.
    fn ty(&mut self, schema: &Value, hint: &str) -> String {
        let at = self.models.len();
        let stated = schema[NAME].as_str().and_then(|name| self.names.get(&(self.side == Side::Answer, name.into())));
        if let Some(name) = stated {
            return name.clone();
        }
        if let Some(values) = choices(schema) {
            let values = values.into_iter().map(String::from).collect();
            return self.model(at, schema, hint, false, Form::Choices { values, other: self.side == Side::Answer });
        }
        if schema["oneOf"].is_array() {
            return self.union(schema, hint);
        }
        match schema["type"].as_str() {
            Some("boolean") => "bool".into(),
            Some("integer") => "i64".into(),
            Some("number") => "f64".into(),
            Some("string") => "String".into(),
            Some("array") => format!("Vec<{}>", self.ty(&schema["items"], &singular(hint))),
            Some("object") if is_map(schema) => format!("Map<{}>", self.ty(&map_value(schema), &singular(hint))),
            Some("object") => {
                let name = name_of(schema, hint);
                let fields = self.fields(schema, None, &name);
                let default = self.side == Side::Request && fields.iter().all(|field| self.has_default(&field.ty));
                self.model(at, schema, hint, default, Form::Struct { open: is_open(schema), fields })
            }
            _ => "Value".into(),
        }
    }

    fn union(&mut self, schema: &Value, hint: &str) -> String {
        let (at, name, other) = (self.models.len(), name_of(schema, hint), self.side == Side::Answer);
        if let Some((tag, members)) = tagged(schema, None) {
            let fields = |this: &mut Self, value: &str, member: &Value| {
                this.fields(&with_tag(member, tag, value), Some(tag), &format!("{name}{}", pascal(value)))
            };
            let members = members.into_iter().map(|(value, member)| (value.to_string(), fields(self, value, member))).collect();
            return self.model(at, schema, hint, false, Form::Tagged { tag: tag.into(), members, other });
        }
        let several = schema["oneOf"].as_array().into_iter().flatten().filter(|member| member["type"] == "object").count() > 1;
        let mut types: Vec<String> = Vec::new();
        for member in schema["oneOf"].as_array().into_iter().flatten() {
            let number = if several { (types.len() + 1).to_string() } else { String::new() };
            let ty = self.ty(member, &format!("{name}Details{number}"));
            if !types.contains(&ty) {
                types.push(ty);
            }
        }
        match <[String; 1]>::try_from(types) {
            // Members that only limits told apart.
            Ok([only]) => only,
            Err(types) => self.model(at, schema, hint, false, Form::Union { types, other }),
        }
    }

    fn has_default(&self, ty: &str) -> bool {
        let known = |name: &str| self.models.iter().chain(&self.source.models).find(|model| model.name == name).is_none_or(|model| model.default);
        ["Option", "Nullable", "Vec", "Map"].iter().any(|outer| inside(ty, outer).is_some()) || known(ty)
    }

    /// The fields of an object, without the one that tells it apart.
    fn fields(&mut self, schema: &Value, tag: Option<&str>, owner: &str) -> Vec<Field> {
        let required: Vec<_> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let all = schema["properties"].as_object().into_iter().flatten().filter(|(name, _)| Some(name.as_str()) != tag);
        all.map(|(name, property)| self.field(name, property, required.contains(&&**name), owner)).collect()
    }

    fn field(&mut self, name: &str, schema: &Value, required: bool, owner: &str) -> Field {
        let bare = self.ty(schema, &format!("{owner}{}", pascal(name)));
        let (mut limits, mut left) = if self.side == Side::Request { limits(schema, &bare) } else { <_>::default() };
        if ["String", "Vec<String>", "Map<String>"].contains(&&*bare) && (is_secret(name) || schema[SECRET] == true) {
            limits.push(("secret".into(), String::new()));
        }
        if schema["items"]["nullable"] == true || map_value(schema)["nullable"] == true {
            left.push("what is inside may be null, which the table says of fields only".into());
        }
        let inner = words_of_items(schema);
        if self.side == Side::Request && !inner.is_empty() {
            left.push(format!("what is inside is limited by {inner}, which `#[schema]` cannot say"));
        }
        // Any JSON includes null, and in an answer absent and null come to the same.
        let nullable = schema["nullable"] == true && bare != "Value" && (required || self.side == Side::Request);
        let ty = if nullable { format!("Nullable<{bare}>") } else { bare };
        let ty = if required { ty } else { format!("Option<{ty}>") };
        Field { wire: name.into(), ty, limits, prose: prose_of(schema), left, deprecated: schema["deprecated"] == true }
    }

    /// The name of a model of this form: of a known one where it says the same, else of a new one, which goes before those inside of it.
    fn model(&mut self, at: usize, schema: &Value, hint: &str, default: bool, form: Form) -> String {
        let input = self.side == Side::Request;
        let mut model = Model { name: name_of(schema, hint), file: self.file.into(), default, input, form };
        if let Some(known) = self.source.alike(&model) {
            return known.name.clone();
        }
        for known in self.models.iter_mut().filter(|known| known.name == model.name) {
            known.input |= input;
            // What is sent and answered takes the values of tomorrow, as the answer must.
            if let (Form::Choices { values, other }, Form::Choices { values: wanted, other: true }) = (&mut known.form, &model.form) {
                *other |= same_set(values, wanted);
            }
            if alike(&model, known) {
                return known.name.clone();
            }
        }
        for number in 2.. {
            if !self.taken(&model.name) {
                break;
            }
            model.name = format!("{}{number}", name_of(schema, hint));
        }
        let name = model.name.clone();
        self.models.insert(at.min(self.models.len()), model);
        name
    }

    fn taken(&self, name: &str) -> bool {
        let new = self.models.iter().any(|model| model.name == name);
        new || self.source.names(name) || RESERVED.contains(&name) || IMPORTS.iter().any(|(known, _)| *known == name)
    }

    /// The lines, behind what they import and before the models that they need.
    fn with_models(self, lines: &str) -> String {
        let body = lines.to_string() + &self.models.iter().map(|model| format!("\n{}", render_model(model))).collect::<String>();
        let mut uses = BTreeSet::new();
        for name in types_in(&body).into_iter().filter(|name| !self.source.sees(self.file, name)) {
            if let Some((_, path)) = IMPORTS.iter().find(|(known, _)| *known == name) {
                uses.insert((*path).to_string());
            } else if let Some(model) = self.source.model(name) {
                let module = model.file.trim_start_matches("src/api/").trim_end_matches(".rs").replace('/', "::");
                uses.insert(format!("crate::api::{module}::{name}"));
            }
        }
        let uses: String = uses.into_iter().map(|path| format!("use {path};\n")).collect();
        if uses.is_empty() { body } else { format!("{uses}\n{body}") }
    }
}

/// Names that stand where types do: not in comments and attributes, nor alone as a value of an enum does.
fn types_in(lines: &str) -> BTreeSet<&str> {
    let code = lines.lines().enumerate().filter(|(at, line)| {
        let line = line.trim_start();
        !line.starts_with("//") && !line.starts_with("#[") && (*at == 0 || line.contains([':', '(']))
    });
    code.flat_map(|(_, line)| line.split(|letter: char| !letter.is_alphanumeric() && letter != '_')).collect()
}

/// What `#[schema(…)]` has to say of a value, and what it cannot say.
fn limits(schema: &Value, ty: &str) -> (Vec<(String, String)>, Vec<String>) {
    let (mut all, mut left) = (Vec::new(), Vec::new());
    let mut say = |key: &str, value: Option<String>| {
        let Some(value) = value else { return };
        let whole = ["pattern", "format"].contains(&key) || value.parse::<i64>().is_ok();
        if whole { all.push((key.to_string(), value)) } else { left.push(format!("`{key}` is {value}, which `#[schema]` cannot say")) }
    };
    let text = |key: &str| schema[key].as_str().filter(|text| *text != "binary").map(String::from);
    match ty {
        "String" => {
            say("min", number(schema, "minLength"));
            say("max", number(schema, "maxLength"));
            say("pattern", text("pattern"));
            say("format", text("format"));
        }
        "i64" | "f64" => {
            let [least, most] = bounds(schema);
            say("minimum", least);
            say("maximum", most);
        }
        "bool" if schema["enum"].is_array() => all.push(("only_true".into(), String::new())),
        _ => {
            say("min_items", number(schema, "minItems"));
            say("max_items", number(schema, "maxItems"));
        }
    }
    if schema["pattern"].is_string() && text("format").is_some() {
        left.push("pattern and format exclude each other in `#[schema]`".into());
    }
    (all, left)
}

/// What limits the items of a list, or the values of a map.
fn words_of_items(schema: &Value) -> String {
    let items = if schema["items"].is_object() { schema["items"].clone() } else { map_value(schema) };
    let ty = match items["type"].as_str() {
        Some("string") if choices(&items).is_none() => "String",
        Some("integer") => "i64",
        Some("number") => "f64",
        _ => return String::new(),
    };
    limits_text(&limits(&items, ty).0)
}

fn limits_text(limits: &[(String, String)]) -> String {
    let one = |(key, value): &(String, String)| match (key.as_str(), value.contains(['\\', '"'])) {
        ("pattern" | "format", false) => format!("{key} = \"{value}\""),
        ("pattern" | "format", true) if value.contains("\"#") => format!("{key} = {value:?}"),
        ("pattern" | "format", true) if value.contains('"') => format!("{key} = r#\"{value}\"#"),
        ("pattern" | "format", true) => format!("{key} = r\"{value}\""),
        _ if value.is_empty() => key.clone(),
        _ => format!("{key} = {value}"),
    };
    limits.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn is_secret(name: &str) -> bool {
    let name = snake(name);
    SECRETS.iter().any(|end| name.ends_with(end) || name == end.trim_start_matches('_'))
}

/// What a model is called: as the description names it, without what says that it is a schema of version 1.
fn name_of(schema: &Value, hint: &str) -> String {
    let Some(stated) = schema[NAME].as_str() else { return pascal(hint) };
    let mut words = words(stated);
    words.retain(|word| word != "v1");
    if words.len() > 1 && words.last().is_some_and(|last| ["body", "response", "dto"].contains(&&**last)) {
        words.pop();
    }
    pascal(&words.join("_"))
}

/// What a type is called among the members of a union. Its name often begins with that of the union.
fn variant_of(ty: &str, union: &str) -> String {
    match ty {
        "String" => "Text".into(),
        "bool" => "Flag".into(),
        "f64" | "i64" => "Number".into(),
        "Value" => "Json".into(),
        _ if ty.starts_with("Vec<") => "List".into(),
        _ if ty.starts_with("Map<") => "Object".into(),
        name => name.strip_prefix(union).filter(|rest| rest.starts_with(char::is_alphabetic)).unwrap_or(name).into(),
    }
}

/// A name that is not taken yet.
fn unique(name: String, taken: &mut BTreeSet<String>) -> String {
    let mut free = name.clone();
    for number in 2.. {
        if taken.insert(free.clone()) {
            break;
        }
        free = format!("{name}{number}");
    }
    free
}

/// The words of the description behind a `TODO`.
fn prose(first: &Value, second: &Value, otherwise: &str) -> String {
    let text = [first, second].into_iter().filter_map(Value::as_str).find(|text| !text.trim().is_empty());
    text.map_or_else(|| otherwise.into(), |text| format!(": {}", text.split_whitespace().collect::<Vec<_>>().join(" ")))
}

fn prose_of(schema: &Value) -> String {
    prose(&schema["description"], &schema["title"], "")
}

/// A doc comment: `TODO`, and what is known.
fn doc(prose: &str, depth: usize) -> String {
    let indent = "    ".repeat(depth);
    let mut text = String::new();
    let mut line = String::new();
    for word in format!("TODO{prose}").split(' ') {
        if !line.is_empty() && indent.len() + line.len() + word.len() > WIDTH {
            text.push_str(&format!("{indent}/// {line}\n"));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    text + &format!("{indent}/// {line}\n")
}

fn render_field(field: &Field, taken: &mut BTreeSet<String>, depth: usize, public: bool) -> String {
    let indent = "    ".repeat(depth);
    let mut text = doc(&field.prose, depth);
    for words in &field.left {
        text.push_str(&format!("{indent}// TODO: {words}\n"));
    }
    if field.deprecated {
        text.push_str(&format!("{indent}#[deprecated = \"TODO: what to use instead\"]\n"));
    }
    if !field.limits.is_empty() {
        text.push_str(&format!("{indent}#[schema({})]\n", limits_text(&field.limits)));
    }
    let name = unique(snake(&field.wire), taken);
    let ident = raw(&name);
    if ident.trim_start_matches("r#") != field.wire {
        text.push_str(&format!("{indent}#[serde(rename = {:?})]\n", field.wire));
    }
    text + &format!("{indent}{}{ident}: {},\n", if public { "pub " } else { "" }, field.ty)
}

fn render_fields(fields: &[Field], depth: usize, public: bool) -> String {
    let mut taken = BTreeSet::new();
    fields.iter().map(|field| render_field(field, &mut taken, depth, public)).collect()
}

/// A value of an enum.
pub fn render_choice(value: &str, taken: &mut BTreeSet<String>) -> String {
    format!("    /// TODO\n    #[serde(rename = {value:?})]\n    {},\n", unique(variant_name(value), taken))
}

/// `Other` is what takes the values that nobody knows.
fn variant_name(value: &str) -> String {
    match pascal(value) {
        name if name == "Other" || name == "Self" => format!("{name}Value"),
        name => name,
    }
}

fn render_member(value: &str, fields: &[Field]) -> String {
    let fields = render_fields(fields, 2, false);
    let body = if fields.is_empty() { " {}".into() } else { format!(" {{\n{fields}    }}") };
    format!("    /// TODO\n    #[serde(rename = {value:?})]\n    {}{body},\n", variant_name(value))
}

/// The attribute of a model.
fn head(input: bool, form: &str) -> String {
    let words: Vec<_> = [form, if input { "input" } else { "" }].into_iter().filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "#[model]".into() } else { format!("#[model({})]", words.join(", ")) }
}

fn render_model(model: &Model) -> String {
    let name = &model.name;
    let mut taken = BTreeSet::new();
    let (head, body, other) = match &model.form {
        Form::Struct { open, fields } => {
            let derive = if model.default { "#[derive(Default)]\n" } else { "" };
            let fields = render_fields(fields, 1, true);
            let head = head(model.input, if *open { "open" } else { "" });
            return format!("/// TODO\n{head}\n{derive}pub struct {name} {{\n{fields}}}\n");
        }
        Form::Choices { values, other } => {
            let values: String = values.iter().map(|value| render_choice(value, &mut taken)).collect();
            // What takes only the known values is of requests alone anyway.
            (head(model.input && *other, ""), values, other.then_some("    /// A value that is newer than this crate.\n    Other(String),\n"))
        }
        Form::Tagged { tag, members, other } => {
            let members: String = members.iter().map(|(value, fields)| render_member(value, fields)).collect();
            (
                head(model.input, &format!("tag = {tag:?}")),
                members,
                other.then_some("    /// A kind that is newer than this crate.\n    Other(Value),\n"),
            )
        }
        Form::Union { types, other } => {
            let member = |ty: &String| format!("    /// TODO\n    {}({ty}),\n", variant_of(ty, name));
            let other = other.then_some("    /// Something that is newer than this crate.\n    Other(Value),\n");
            (head(model.input, "untagged"), types.iter().map(member).collect::<String>(), other)
        }
    };
    format!("/// TODO\n{head}\npub enum {name} {{\n{body}{}}}\n", other.unwrap_or_default())
}

/// What stands in the attribute of the verb.
fn route(method: &str, path: &str, operation: &Operation) -> String {
    let mut parts = vec![format!("{path:?}")];
    let scope = operation.says("x-oauth-scope").as_str();
    parts.extend(scope.map(|scope| format!("scope = {scope:?}")));
    let entries = operation.says("security").as_array();
    for names in entries.into_iter().flatten().filter_map(|entry| entry["fga_permissions"].as_array()) {
        let names: Vec<_> = names.iter().filter_map(Value::as_str).collect();
        parts.push(format!("permission = {:?}", names.join("+")));
    }
    let mut word = |says: bool, word: &str| parts.extend(says.then(|| word.to_string()));
    // Its scope is all that tells whether a POST only reads.
    word(method == "post" && scope.is_some_and(|scope| scope.ends_with(":read")), "safe");
    word(operation.parameters("header").any(|(name, _)| name.eq_ignore_ascii_case(KEY_HEADER)), "idempotency_key");
    word(entries.is_some_and(|entries| !entries.iter().any(takes_token)), "anonymous");
    word(operation.says("x-internal") == true, "experimental");
    word(operation.query()["required"].as_array().is_some_and(|names| !names.is_empty()), "query_required");
    parts.join(", ")
}

fn takes_token(entry: &Value) -> bool {
    entry.get("bearer").is_some() || entry.get("fga_permissions").is_some()
}

/// What the API's own name of the operation leaves when the property is said.
fn method_name(source: &Source, property: &str, method: &str, path: &str, operation: &Operation) -> String {
    let own: Vec<String> = words(property).iter().map(|word| singular(word)).collect();
    let full: Vec<String> =
        words(operation.id()).into_iter().filter(|word| !["v1", "a", "an", "all", "the", "controller"].contains(&&**word)).collect();
    let short: Vec<_> = full.iter().filter(|word| !own.contains(&singular(word)) && !word.starts_with("project")).cloned().collect();
    let last = path.split('/').rev().find(|part| !part.starts_with('{')).unwrap_or_default();
    let free = |name: &String| !name.is_empty() && source.method(&format!("{property}.{}", super::words::camel(name))).is_none();
    [short.join("_"), full.join("_"), format!("{method}_{}", snake(last))].into_iter().find(free).unwrap_or_else(|| format!("{method}_todo"))
}

/// Names of an enum's variants, to name one more.
pub fn variants_of(model: &Model) -> BTreeSet<String> {
    let Form::Choices { values, .. } = &model.form else { return BTreeSet::new() };
    values.iter().map(|value| variant_name(value)).collect()
}
