//! The official description, with its references filled in.

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;

pub struct Description {
    root: Value,
}

/// An operation of the description.
pub struct Operation {
    value: Value,
}

/// Where the description is.
pub fn place() -> PathBuf {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/api/openapi.json");
    std::env::var_os("OPENAPI").map_or_else(|| beside.into(), PathBuf::from)
}

impl Description {
    pub fn find() -> Option<Self> {
        let text = std::fs::read_to_string(place()).ok()?;
        Some(Description { root: serde_json::from_str(&text).expect("the description is JSON") })
    }

    pub fn count(&self) -> usize {
        let paths = self.root["paths"].as_object().into_iter().flat_map(Map::values);
        paths.filter_map(Value::as_object).flat_map(Map::values).filter(|operation| operation.get("operationId").is_some()).count()
    }

    /// The operation, by what identifies it: method and path.
    pub fn operation(&self, method: &str, path: &str) -> Option<Operation> {
        let path = self.root["paths"].get(path)?;
        let mut value = self.filled(path.get(method.to_ascii_lowercase())?, 0);
        // Parameters may also be stated once for all methods of a path.
        if let (Some(shared), Some(own)) = (path["parameters"].as_array(), value["parameters"].as_array_mut()) {
            own.extend(shared.iter().map(|parameter| self.filled(parameter, 0)));
        }
        Some(Operation { value })
    }

    fn filled(&self, value: &Value, depth: usize) -> Value {
        assert!(depth < 100, "a schema of the description contains itself");
        match value {
            Value::Object(fields) => match fields.get("$ref").and_then(Value::as_str) {
                Some(target) => {
                    let target = target.strip_prefix('#').and_then(|pointer| self.root.pointer(pointer));
                    self.filled(target.expect("a reference leads somewhere"), depth + 1)
                }
                None => Value::Object(fields.iter().map(|(name, value)| (name.clone(), self.filled(value, depth + 1))).collect()),
            },
            Value::Array(items) => Value::Array(items.iter().map(|item| self.filled(item, depth + 1)).collect()),
            plain => plain.clone(),
        }
    }

    /// Real exchanges: file name and content.
    pub fn recorded(&self, id: &str) -> Vec<(String, Value)> {
        let Ok(files) = std::fs::read_dir(place().with_file_name("recorded").join(id)) else { return Vec::new() };
        let mut paths: Vec<_> = files.map(|file| file.expect("a readable folder").path()).collect();
        paths.sort();
        let read = |path: PathBuf| {
            let text = std::fs::read_to_string(&path).expect("a readable recording");
            (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), serde_json::from_str(&text).expect("a recording is JSON"))
        };
        paths.into_iter().map(read).collect()
    }
}

impl Operation {
    pub fn id(&self) -> &str {
        self.value["operationId"].as_str().unwrap_or_default()
    }

    fn parameters<'o>(&'o self, place: &'o str) -> impl Iterator<Item = (&'o str, &'o Value)> {
        let all = self.value["parameters"].as_array().into_iter().flatten();
        all.filter(move |parameter| parameter["in"] == place).map(|parameter| (parameter["name"].as_str().unwrap_or_default(), parameter))
    }

    /// The placeholders, in the order of the parameters.
    pub fn placeholders(&self) -> Vec<(&str, &Value)> {
        self.parameters("path").map(|(name, parameter)| (name, &parameter["schema"])).collect()
    }

    /// The query as the schema of an object.
    pub fn query(&self) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for (name, parameter) in self.parameters("query") {
            properties.insert(name.into(), parameter["schema"].clone());
            if parameter["required"] == true {
                required.push(name);
            }
        }
        json!({ "type": "object", "properties": properties, "required": required })
    }

    /// Media types of the body.
    pub fn request_media(&self) -> BTreeMap<&str, &Value> {
        media(&self.value["requestBody"])
    }

    /// Media types of a success.
    pub fn answer_media(&self) -> BTreeMap<&str, &Value> {
        let answers = self.value["responses"].as_object().into_iter().flatten();
        answers.filter(|(status, _)| status.starts_with('2')).flat_map(|(_, answer)| media(answer)).collect()
    }
}

fn media(value: &Value) -> BTreeMap<&str, &Value> {
    let content = value["content"].as_object().into_iter().flatten();
    content.map(|(name, media)| (name.as_str(), &media["schema"])).collect()
}
