//! An OpenAPI description, with its references filled in.

use super::dialect::plain;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The keyword that says which schema of the components a reference led to.
pub const NAME: &str = "x-name";

const METHODS: [&str; 8] = ["get", "post", "put", "patch", "delete", "head", "options", "trace"];

pub struct Description {
    root: Value,
}

/// An operation of the description.
pub struct Operation {
    path: String,
    value: Value,
}

/// Where the official descriptions are, one document for each version of the API: beside the repository, or where `$OPENAPI` says, a list such as `$PATH`
/// is one.
pub fn places() -> Vec<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/api");
    let named = std::env::var_os("OPENAPI").map(|list| std::env::split_paths(&list).collect());
    named.unwrap_or_else(|| vec![beside.join("openapi.json"), beside.join("v2/openapi.json")])
}

impl Description {
    /// Reads a description, of which each document has a part.
    ///
    /// # Errors
    /// Why it cannot be read, or is none.
    pub fn read(places: &[PathBuf]) -> Result<Self, String> {
        let mut root = Map::new();
        for place in places {
            let said = |words: &str| format!("{}: {words}", place.display());
            let text = std::fs::read_to_string(place).map_err(|error| said(&error.to_string()))?;
            let document = serde_json::from_str(&text).map_err(|error| said(&error.to_string()))?;
            if let Value::Object(paths) = Self::of(&document).map_err(|error| said(&error))?.root {
                root.extend(paths);
            }
        }
        Ok(Description { root: Value::Object(root) })
    }

    /// Takes a description that is already read.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn of(document: &Value) -> Result<Self, String> {
        let paths = document["paths"].as_object().ok_or("an OpenAPI document has `paths`")?;
        let mut root = Map::new();
        for (path, item) in paths {
            let mut item = filled(document, item, &mut Vec::new())?;
            plain_schemas(&mut item);
            root.insert(path.clone(), item);
        }
        Ok(Description { root: Value::Object(root) })
    }

    /// All operations.
    pub fn operations(&self) -> Vec<(&'static str, &str)> {
        let paths = self.root.as_object().into_iter().flatten();
        paths.flat_map(|(path, item)| METHODS.into_iter().filter(|method| item.get(method).is_some()).map(move |method| (method, &**path))).collect()
    }

    /// Whether it is about the version of the API that a path is of: of another one it says nothing.
    pub fn tells_of(&self, path: &str) -> bool {
        let version = |path: &str| path.split('/').nth(1).unwrap_or_default().to_owned();
        self.root.as_object().is_some_and(|paths| paths.keys().any(|known| version(known) == version(path)))
    }

    /// The operation, by what identifies it: method and path.
    pub fn operation(&self, method: &str, path: &str) -> Option<Operation> {
        let item = self.root.get(path)?;
        let mut value = item.get(method.to_ascii_lowercase())?.clone();
        // Parameters may also be stated once for all methods of a path; what the method says wins.
        let own = value["parameters"].as_array().cloned().unwrap_or_default();
        let same = |one: &Value, other: &Value| one["name"] == other["name"] && one["in"] == other["in"];
        let shared = item["parameters"].as_array().into_iter().flatten().filter(|one| !own.iter().any(|other| same(one, other)));
        value["parameters"] = own.iter().chain(shared).cloned().collect();
        Some(Operation { path: path.into(), value })
    }
}

/// The value with its references filled in. `within` are those on the way to it.
fn filled<'d>(document: &'d Value, value: &'d Value, within: &mut Vec<&'d str>) -> Result<Value, String> {
    filled_at_most(document, value, within, 1)
}

/// The same, where a reference may have been met less often than `most` on the way.
fn filled_at_most<'d>(document: &'d Value, value: &'d Value, within: &mut Vec<&'d str>, most: usize) -> Result<Value, String> {
    match value {
        Value::Object(fields) => match fields.get("$ref").and_then(Value::as_str) {
            // No type of the table contains itself: such a value is any JSON. A list of its like is described one level further down.
            Some(target) if within.iter().filter(|known| **known == target).count() >= most => Ok(json!({})),
            Some(target) => {
                let found = target.strip_prefix('#').and_then(|pointer| document.pointer(pointer));
                within.push(target);
                let mut whole = filled(document, found.ok_or_else(|| format!("the reference {target} leads nowhere"))?, within)?;
                within.pop();
                if let (Some(name), Some(whole)) = (target.strip_prefix("#/components/schemas/"), whole.as_object_mut()) {
                    whole.insert(NAME.into(), name.into());
                    // What stands beside a reference counts as well, since 3.1.
                    whole.extend(fields.iter().filter(|(key, _)| *key != "$ref").map(|(key, value)| (key.clone(), value.clone())));
                }
                Ok(whole)
            }
            None => {
                let most = |name: &str| if name == "items" { 2 } else { 1 };
                let filled = fields.iter().map(|(name, value)| Ok((name.clone(), filled_at_most(document, value, within, most(name))?)));
                filled.collect::<Result<_, String>>().map(Value::Object)
            }
        },
        Value::Array(items) => items.iter().map(|item| filled(document, item, within)).collect(),
        other => Ok(other.clone()),
    }
}

/// Brings the schemas of parameters, bodies and answers into the one form.
fn plain_schemas(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                if key == "schema" { *value = plain(value) } else { plain_schemas(value) }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(plain_schemas),
        _ => {}
    }
}

impl Operation {
    pub fn id(&self) -> &str {
        self.value["operationId"].as_str().unwrap_or_default()
    }

    /// What else the operation says of itself: `deprecated`, `x-oauth-scope`.
    pub fn says(&self, key: &str) -> &Value {
        &self.value[key]
    }

    /// The parameters that stand at a place.
    pub fn parameters<'o>(&'o self, place: &'o str) -> impl Iterator<Item = (&'o str, &'o Value)> {
        let all = self.value["parameters"].as_array().into_iter().flatten();
        all.filter(move |parameter| parameter["in"] == place).map(|parameter| (parameter["name"].as_str().unwrap_or_default(), parameter))
    }

    /// The placeholders, in the order of the path.
    pub fn placeholders(&self) -> Vec<(&str, &Value)> {
        let mut all: Vec<_> = self.parameters("path").map(|(name, parameter)| (name, &parameter["schema"])).collect();
        all.sort_by_key(|(name, _)| self.path.find(&format!("{{{name}}}")));
        all
    }

    /// The query as the schema of an object.
    pub fn query(&self) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for (name, parameter) in self.parameters("query") {
            let mut schema = parameter["schema"].clone();
            // A parameter has its prose beside its schema.
            for key in ["description", "deprecated"] {
                if let Some(words) = parameter.get(key) {
                    schema[key] = words.clone();
                }
            }
            if let Some((outer, inner)) = name.strip_suffix(']').and_then(|name| name.split_once('[')) {
                // Some say the members of an object one by one: `page[offset]`. They travel in the same way.
                let object = properties.entry(outer).or_insert_with(|| json!({ "type": "object", "properties": {} }));
                object["properties"][inner] = whole(schema);
                continue;
            }
            properties.insert(name.into(), schema);
            if parameter["required"] == true {
                required.push(name);
            }
        }
        json!({ "type": "object", "properties": properties, "required": required })
    }

    /// Media types of the body.
    pub fn request_media(&self) -> BTreeMap<&str, &Value> {
        media(&self.value["requestBody"]).collect()
    }

    /// Media types of a success. Where several have one, the first counts.
    pub fn answer_media(&self) -> BTreeMap<&str, &Value> {
        let mut all = BTreeMap::new();
        for (_, name, schema) in self.answers() {
            all.entry(name).or_insert(schema);
        }
        all
    }

    /// What a success may hold: status, media type, schema. Where no status of success is stated, `default` is one.
    pub fn answers(&self) -> Vec<(&str, &str, &Value)> {
        let all = self.value["responses"].as_object();
        let stated = all.is_some_and(|all| all.keys().any(|status| status.starts_with('2')));
        let answers = all.into_iter().flatten().filter(move |(status, _)| if stated { status.starts_with('2') } else { *status == "default" });
        answers.flat_map(|(status, answer)| media(answer).map(move |(name, schema)| (&**status, name, schema))).collect()
    }
}

/// A text of digits alone is a whole number in an address.
fn whole(schema: Value) -> Value {
    if schema["pattern"] == "^\\d+$" { json!({ "type": "integer", "minimum": 0 }) } else { schema }
}

fn media(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let content = value["content"].as_object().into_iter().flatten();
    // Without what follows the name, such as a charset.
    content.map(|(name, media)| (name.split(';').next().unwrap_or_default().trim_end(), &media["schema"]))
}
