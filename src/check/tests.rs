//! The checker by examples, and against a plain one on random models and texts.

use super::{Checker, Mode, Path};
use crate::api::ENDPOINTS;
use crate::endpoint::{Answer, Body};
use crate::schema::{Shape, Type, pack};
use std::fmt::Write;

/// A model, as a tree.
#[derive(Debug, Clone)]
enum Model {
    Any,
    Boolean,
    Number,
    Integer,
    Bounded(i64, i64),
    String,
    Text(u32, u32),
    Enum(Vec<&'static str>),
    Object(Vec<Member>),
    Array(u32, u32, Box<Model>),
    Map(Box<Model>),
    Tagged(&'static str, Vec<(&'static str, Model)>),
}

#[derive(Debug, Clone)]
struct Member {
    name: &'static str,
    required: bool,
    nullable: bool,
    model: Model,
}

/// A JSON value that keeps doubles among its keys.
#[derive(Debug, Clone)]
enum Json {
    Null,
    Boolean(bool),
    Integer(i64),
    Float(f64),
    String(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

fn packed(model: &Model) -> Vec<u8> {
    fn name(bytes: &mut Vec<u8>, name: &str) {
        bytes.push(name.len() as u8);
        bytes.extend(name.bytes());
    }
    fn long(bytes: &mut Vec<u8>, inner: &[u8]) {
        bytes.extend(u16::try_from(inner.len()).expect("a small model").to_le_bytes());
        bytes.extend(inner);
    }
    let mut bytes = Vec::new();
    match model {
        Model::Any => bytes.push(pack::ANY),
        Model::Boolean => bytes.push(pack::BOOLEAN),
        Model::Number => bytes.push(pack::NUMBER),
        Model::Integer => bytes.push(pack::INTEGER),
        Model::Bounded(min, max) => {
            bytes.push(pack::BOUNDED);
            bytes.extend(min.to_le_bytes());
            bytes.extend(max.to_le_bytes());
        }
        Model::String => bytes.push(pack::STRING),
        Model::Text(min, max) => {
            bytes.push(pack::TEXT);
            bytes.extend(min.to_le_bytes());
            bytes.extend(max.to_le_bytes());
            bytes.push(0);
        }
        Model::Enum(values) => {
            bytes.push(pack::ENUM);
            values.iter().for_each(|value| name(&mut bytes, value));
        }
        Model::Object(members) => {
            bytes.extend([pack::OBJECT, members.iter().filter(|member| member.required).count() as u8]);
            for member in members {
                bytes.extend(pack::flags(member.required, member.nullable, false));
                name(&mut bytes, member.name);
                long(&mut bytes, &packed(&member.model));
            }
        }
        Model::Array(min, max, item) => {
            bytes.push(pack::ARRAY);
            bytes.extend(min.to_le_bytes());
            bytes.extend(max.to_le_bytes());
            bytes.extend(packed(item));
        }
        Model::Map(value) => {
            bytes.push(pack::MAP);
            bytes.extend(packed(value));
        }
        Model::Tagged(tag, members) => {
            bytes.push(pack::TAGGED);
            name(&mut bytes, tag);
            for (value, object) in members {
                name(&mut bytes, value);
                long(&mut bytes, &packed(object));
            }
        }
    }
    bytes
}

fn ty(model: &Model) -> Type {
    Type(packed(model).leak())
}

/// What does not fit, in order, and whether it counts.
fn plain(json: &Json, model: &Model, mode: Mode, path: &str, found: &mut Vec<(String, bool)>) {
    let request = mode == Mode::Request;
    match (model, json) {
        (Model::Any, _)
        | (Model::Boolean, Json::Boolean(_))
        | (Model::Number, Json::Integer(_) | Json::Float(_))
        | (Model::Integer, Json::Integer(_))
        | (Model::String, Json::String(_)) => {}
        (Model::Bounded(min, max), Json::Integer(value)) => {
            if request && !(min..=max).contains(&value) {
                found.push((path.into(), true));
            }
        }
        (Model::Text(min, max), Json::String(text)) => {
            if request && !(*min..=*max).contains(&(text.chars().count() as u32)) {
                found.push((path.into(), true));
            }
        }
        (Model::Enum(values), Json::String(text)) => {
            if !values.contains(&text.as_str()) {
                found.push((path.into(), request));
            }
        }
        (Model::Object(members), Json::Object(fields)) => {
            for (key, value) in fields {
                let path = joined(path, key);
                match (members.iter().find(|member| member.name == key), value) {
                    (None, _) => found.push((path, request)),
                    (Some(member), Json::Null) if !matches!(member.model, Model::Any) => {
                        if !member.nullable {
                            found.push((path, request || member.required));
                        }
                    }
                    (Some(member), value) => plain(value, &member.model, mode, &path, found),
                }
            }
            let missing = members.iter().filter(|member| member.required && !fields.iter().any(|(key, _)| key == member.name));
            found.extend(missing.map(|member| (joined(path, member.name), true)));
        }
        (Model::Array(min, max, item), Json::Array(items)) => {
            for (index, value) in items.iter().enumerate() {
                plain(value, item, mode, &format!("{path}[{index}]"), found);
            }
            if request && !(*min..=*max).contains(&(items.len() as u32)) {
                found.push((path.into(), true));
            }
        }
        (Model::Map(model), Json::Object(fields)) => fields.iter().for_each(|(key, value)| plain(value, model, mode, &joined(path, key), found)),
        (Model::Tagged(tag, members), Json::Object(fields)) => {
            let value = fields.iter().find(|(key, _)| key == tag).map(|(_, value)| value);
            match members.iter().find(|(name, _)| matches!(value, Some(Json::String(text)) if text == name)) {
                Some((_, object)) => plain(json, object, mode, path, found),
                None => found.push((path.to_string(), request)),
            }
        }
        _ => found.push((path.into(), true)),
    }
}

fn joined(path: &str, key: &str) -> String {
    match (key.contains(' '), path.is_empty()) {
        (true, _) => format!("{path}[\"{key}\"]"),
        (false, true) => key.into(),
        (false, false) => format!("{path}.{key}"),
    }
}

/// Random numbers that are the same on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 20) as usize % count
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    fn model(&mut self, depth: usize) -> Model {
        match self.below(if depth == 0 { 8 } else { 16 }) {
            0 => Model::Any,
            1 => Model::Boolean,
            2 => Model::Number,
            3 => Model::Integer,
            4 => Model::Bounded(-3, 40),
            5 => Model::String,
            6 => Model::Text(1, 3),
            7 => Model::Enum(vec!["a", "bc", "é"]),
            8 => Model::Array(self.below(2) as u32, if self.one_in(2) { 2 } else { u32::MAX }, Box::new(self.model(depth - 1))),
            9 => Model::Map(Box::new(self.model(depth - 1))),
            10 => {
                let mut member = |value: &'static str| {
                    let Model::Object(mut members) = self.object(depth - 1) else { unreachable!("an object") };
                    members.retain(|member| member.name != "type");
                    members.insert(0, Member { name: "type", required: true, nullable: false, model: Model::Enum(vec![value]) });
                    (value, Model::Object(members))
                };
                Model::Tagged("type", vec![member("one"), member("two")])
            }
            _ => self.object(depth - 1),
        }
    }

    fn object(&mut self, depth: usize) -> Model {
        let mut names = vec!["a", "b", "c", "d", "type", "a_longer_name", "odd key"];
        let members = (0..self.below(6)).map(|_| Member {
            name: names.remove(self.below(names.len())),
            required: self.one_in(2),
            nullable: self.one_in(3),
            model: self.model(depth),
        });
        Model::Object(members.collect())
    }

    /// A value that fits, most of the time.
    fn json(&mut self, model: &Model, depth: usize) -> Json {
        if self.one_in(25) {
            let other = self.model(1.min(depth));
            return if self.one_in(3) { Json::Null } else { self.json(&other, depth.saturating_sub(1)) };
        }
        let text = ["a", "bc", "é", "", "🚀数据", "a \"b\"\\\n", "too long"];
        match model {
            Model::Any if depth > 0 => {
                let model = self.model(depth - 1);
                self.json(&model, depth - 1)
            }
            Model::Any => Json::Null,
            Model::Boolean => Json::Boolean(self.one_in(2)),
            Model::Number => Json::Float(self.pick(&[0.5, -1e300, 1.25e-7])),
            Model::Integer | Model::Bounded(..) => Json::Integer(self.pick(&[0, 7, -3, -4, 40, 41, i64::MAX, i64::MIN])),
            Model::String | Model::Text(..) => Json::String(self.pick(&text).into()),
            Model::Enum(values) => Json::String(if self.one_in(12) { "zzz" } else { self.pick(values) }.into()),
            Model::Array(_, _, item) => Json::Array((0..self.below(4)).map(|_| self.json(item, depth)).collect()),
            Model::Map(value) => {
                Json::Object((0..self.below(4)).map(|_| (self.pick(&["a", "b", "odd key"]).into(), self.json(value, depth))).collect())
            }
            Model::Tagged(tag, members) => {
                let (value, object) = &members[self.below(members.len())];
                let mut json = self.json(object, depth);
                if let Json::Object(fields) = &mut json
                    && !self.one_in(10)
                {
                    fields.retain(|(key, _)| key != tag);
                    fields.insert(self.below(fields.len() + 1), ((*tag).into(), Json::String((*value).into())));
                }
                json
            }
            Model::Object(members) => {
                let mut fields: Vec<(String, Json)> = Vec::new();
                for member in members {
                    let left_out = if member.required { 20 } else { 3 };
                    if !self.one_in(left_out) {
                        let value = if self.one_in(6) { Json::Null } else { self.json(&member.model, depth) };
                        fields.push((member.name.into(), value));
                    }
                }
                if self.one_in(4) && !fields.is_empty() {
                    let (from, to) = (self.below(fields.len()), self.below(fields.len()));
                    fields.swap(from, to);
                }
                if self.one_in(5) {
                    let name = self.pick(&["a", "b", "c", "d", "type", "unheard of"]);
                    let value = self.pick(&[Json::Null, Json::Integer(1), Json::Boolean(true)].each_ref()).clone();
                    fields.insert(self.below(fields.len() + 1), (name.into(), value));
                }
                Json::Object(fields)
            }
        }
    }

    fn space(&mut self, text: &mut String) {
        if self.one_in(8) {
            text.push_str(self.pick(&[" ", "\n  ", "\t", "\r\n"]));
        }
    }

    /// The text of a value, with white space here and there, and keys with escapes.
    fn write(&mut self, json: &Json, text: &mut String) {
        self.space(text);
        match json {
            Json::Null => text.push_str("null"),
            Json::Boolean(value) => text.push_str(if *value { "true" } else { "false" }),
            Json::Integer(value) => write!(text, "{value}").expect("a String"),
            Json::Float(value) => text.push_str(&serde_json::to_string(value).expect("a number")),
            Json::String(value) => text.push_str(&serde_json::to_string(value).expect("a string")),
            Json::Array(items) => {
                text.push('[');
                for (index, item) in items.iter().enumerate() {
                    text.push_str(if index > 0 { "," } else { "" });
                    self.write(item, text);
                }
                self.space(text);
                text.push(']');
            }
            Json::Object(fields) => {
                text.push('{');
                for (index, (key, value)) in fields.iter().enumerate() {
                    text.push_str(if index > 0 { "," } else { "" });
                    self.space(text);
                    // Nobody escapes a letter; the key of a tag is read as it is written.
                    if self.one_in(40) && key.starts_with('a') {
                        write!(text, "\"\\u0061{}\"", &key[1..]).expect("a String");
                    } else {
                        write!(text, "{key:?}").expect("a String");
                    }
                    self.space(text);
                    text.push(':');
                    self.write(value, text);
                }
                self.space(text);
                text.push('}');
            }
        }
        self.space(text);
    }
}

/// What the checker says of a text as a whole: all faults, and the first that counts where it stops there.
fn checked(text: &str, ty: Type, mode: Mode) -> (Vec<(String, bool)>, Option<String>) {
    let mut checker = Checker::new(text.as_bytes(), mode, true);
    let _ = checker.value(ty, &Path::root(""));
    let all = checker.faults.into_iter().map(|(fault, counts)| (fault.path, counts)).collect();
    let first = Checker::new(text.as_bytes(), mode, false).passes(ty, &Path::root(""));
    (all, first.err().map(|fault| fault.path))
}

#[test]
fn random_texts_get_the_faults_of_a_plain_checker() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let (mut texts, mut faulty, mut skimmed, mut sound) = (0, 0, 0, 0);
    for _ in 0..1_500 {
        let model = if random.one_in(3) { Model::Array(0, u32::MAX, Box::new(random.object(3))) } else { random.model(3) };
        let ty = ty(&model);
        for _ in 0..12 {
            let json = random.json(&model, 3);
            let mut text = String::new();
            random.write(&json, &mut text);
            for mode in [Mode::Request, Mode::Answer] {
                texts += 1;
                let mut expected = Vec::new();
                plain(&json, &model, mode, "", &mut expected);
                let first = expected.iter().find(|(_, counts)| *counts).map(|(path, _)| path.clone());
                faulty += usize::from(first.is_some());
                let (all, stopped) = checked(&text, ty, mode);
                assert_eq!(all, expected, "{mode:?}\n{text}\n{model:?}");
                assert_eq!(stopped, first, "{mode:?}\n{text}\n{model:?}");
                if mode == Mode::Answer {
                    // The fast path may ask for a closer look, but never lets through what does not fit.
                    let fits = supabase_management_wasm_skim::fits(text.as_bytes(), ty.0);
                    assert!(!fits || first.is_none(), "{text}\n{model:?}");
                    skimmed += usize::from(fits);
                    sound += usize::from(first.is_none());
                }
            }
        }
    }
    println!("{texts} texts, {faulty} with faults; the fast path let {skimmed} of {sound} sound answers through");
    assert!(faulty * 5 > texts && faulty * 5 < texts * 4, "{faulty} of {texts}: the texts are too good or too bad");
    assert!(skimmed * 2 > sound, "{skimmed} of {sound}: the fast path hardly ever decides");
}

/// A type of the table as a tree. Patterns are left out: answers are never checked for them.
fn model_of(ty: Type) -> Model {
    let object = |fields: crate::schema::Fields| {
        let members =
            fields.map(|field| Member { name: field.name, required: field.required(), nullable: field.nullable(), model: model_of(field.ty) });
        Model::Object(members.collect())
    };
    match ty.shape() {
        Shape::Any => Model::Any,
        Shape::Boolean => Model::Boolean,
        Shape::Number => Model::Number,
        Shape::Integer => Model::Integer,
        Shape::Bounded { min, max } => Model::Bounded(min, max),
        Shape::String => Model::String,
        Shape::Text { min, max, .. } => Model::Text(min, max),
        Shape::Enum(names) => Model::Enum(names.collect()),
        Shape::Object(fields) => object(fields),
        Shape::Array { min, max, item } => Model::Array(min, max, Box::new(model_of(item))),
        Shape::Map(value) => Model::Map(Box::new(model_of(value))),
        Shape::Tagged { tag, members } => Model::Tagged(tag, members.map(|(name, ty)| (name, model_of(ty))).collect()),
    }
}

#[test]
fn random_answers_of_every_endpoint_get_the_faults_of_a_plain_checker() {
    let mut random = Random(0xD1B5_4A32_D192_ED03);
    let types = ENDPOINTS.iter().flat_map(|group| group.iter()).flat_map(|row| {
        let answer = if let Answer::Json(ty) = row.answer { Some(ty) } else { None };
        let body = if let Body::Json(ty) | Body::JsonOrEszip(ty) = row.body { Some(ty) } else { None };
        [answer, body, row.query].into_iter().flatten().map(|ty| (row.id, ty))
    });
    for (id, ty) in types {
        let model = model_of(ty);
        for _ in 0..200 {
            let json = random.json(&model, 3);
            let mut text = String::new();
            random.write(&json, &mut text);
            let mut expected = Vec::new();
            plain(&json, &model, Mode::Answer, "", &mut expected);
            let (all, stopped) = checked(&text, ty, Mode::Answer);
            assert_eq!(all, expected, "{id}\n{text}");
            let fits = supabase_management_wasm_skim::fits(text.as_bytes(), ty.0);
            assert!(!fits || stopped.is_none(), "{id}\n{text}");
        }
    }
}

#[test]
fn texts_that_are_cut_or_garbled_neither_trap_nor_hang() {
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    for _ in 0..400 {
        let model = random.model(3);
        let ty = ty(&model);
        let json = random.json(&model, 3);
        let mut text = String::new();
        random.write(&json, &mut text);
        let bytes = text.into_bytes();
        for _ in 0..20 {
            let mut bytes = bytes.clone();
            bytes.truncate(random.below(bytes.len() + 1));
            if !bytes.is_empty() && random.one_in(2) {
                let at = random.below(bytes.len());
                bytes[at] = random.pick(b"\"\\{}[],:0-ntu \xff\x00");
            }
            for mode in [Mode::Request, Mode::Answer] {
                let mut checker = Checker::new(&bytes, mode, true);
                let _ = checker.value(ty, &Path::root(""));
            }
            let _ = supabase_management_wasm_skim::fits(&bytes, ty.0);
        }
    }
}

fn member(name: &'static str, required: bool, model: Model) -> Member {
    Member { name, required, nullable: false, model }
}

/// The first fault of a request, in words.
fn refused(text: &str, model: &Model) -> String {
    let first = Checker::new(text.as_bytes(), Mode::Request, false).passes(ty(model), &Path::root(""));
    first.map_or_else(|fault| format!("{}: {} / {}", fault.path, fault.expected, fault.received), |()| "fine".into())
}

#[test]
fn paths_read_as_javascript_writes_them() {
    let numbers = Model::Map(Box::new(Model::Map(Box::new(Model::Array(0, u32::MAX, Box::new(Model::Integer))))));
    for (text, path) in [
        (r#"{"a":{"b":["x"]}}"#, "a.b[0]"),
        (r#"{"a b":{"$c_1":[1,2,null]}}"#, r#"["a b"].$c_1[2]"#),
        (r#"{"":{"1a":[true]}}"#, r#"[""]["1a"][0]"#),
        (r#"{"é":{"a-b":[[]]}}"#, r#"["é"]["a-b"][0]"#),
        (r#"{"q\"\\":{"\u0061\n":[{}]}}"#, "[\"q\\\"\\\\\"][\"a\n\"][0]"),
        ("7", ""),
    ] {
        assert_eq!(checked(text, ty(&numbers), Mode::Request).1.as_deref(), Some(path), "{text}");
    }
    let mut below = Checker::new(br#"{"a":1}"#, Mode::Request, false);
    let fault = below.passes(ty(&Model::Object(vec![])), &Path::root("query")).expect_err("an unknown field");
    assert_eq!(fault.path, "query.a");
}

#[test]
fn words_name_kinds_and_lengths_and_never_values() {
    let text = |min, max| Model::Object(vec![member("a", true, Model::Text(min, max))]);
    assert_eq!(refused(r#"{"a":"hunter2"}"#, &text(0, 3)), "a: at most 3 characters / a string of 7 characters");
    assert_eq!(refused(r#"{"a":"🚀é"}"#, &text(3, u32::MAX)), "a: at least 3 characters / a string of 2 characters");
    assert_eq!(refused(r#"{"a":"🚀é"}"#, &text(3, 3)), "a: exactly 3 characters / a string of 2 characters");
    assert_eq!(refused(r#"{"a":"\ud83d\ude80"}"#, &text(2, 3)), "a: 2 to 3 characters / a string of 1 characters");
    assert_eq!(refused("{}", &text(0, 3)), "a: string / nothing");
    assert_eq!(refused("41", &Model::Bounded(-3, 40)), ": integer, -3 to 40 / a number outside of it");
    assert_eq!(refused("99999999999999999999", &Model::Bounded(0, i64::MAX)), ": integer, at least 0 / a number outside of it");
    assert_eq!(refused("1.5", &Model::Integer), ": integer / number");
    assert_eq!(refused("\"hunter2\"", &Model::Enum(vec!["a", "b"])), ": one of \"a\", \"b\" / another string");
    assert_eq!(refused("[1,2,3]", &Model::Array(0, 2, Box::new(Model::Integer))), ": at most 2 items / 3 items");
    assert_eq!(refused("[1", &Model::Array(0, 2, Box::new(Model::Integer))), ": JSON / the end of the text");
    assert_eq!(refused("[1 2]", &Model::Array(0, 2, Box::new(Model::Integer))), ": JSON / text that is not JSON");
}

// For JavaScript, `pkg/errors.js` finds the name.
#[cfg(not(feature = "js"))]
#[test]
fn an_unknown_field_names_the_one_that_was_meant() {
    let names = ["organization_slug", "name", "timeoutMs", "maxRetries", "baseUrl"];
    let model = Model::Object(names.map(|name| member(name, false, Model::String)).into());
    for (key, meant) in [
        ("organizationSlug", "organization_slug"),
        ("organization_id_slug", "organization_slug"),
        ("organisation_slug", "organization_slug"),
        ("ORGANIZATION_SLUG", "organization_slug"),
        ("timeout", "timeoutMs"),
        ("retries", "maxRetries"),
        ("base_url", "baseUrl"),
    ] {
        let words = format!("{key}: a known field (did you mean {meant}?) / an unknown field");
        assert_eq!(refused(&format!("{{\"{key}\":1}}"), &model), words);
    }
    for key in ["zone", "x"] {
        assert_eq!(refused(&format!("{{\"{key}\":1}}"), &model), format!("{key}: a known field / an unknown field"));
    }
}

#[test]
fn lists_may_change_the_order_of_their_fields() {
    let item = Model::Object(vec![
        member("a", true, Model::Integer),
        member("b", true, Model::Array(0, u32::MAX, Box::new(Model::Object(vec![member("a", true, Model::String)])))),
        member("c", false, Model::Boolean),
    ]);
    let list = Model::Array(0, u32::MAX, Box::new(item));
    let orders =
        [r#"{"a":1,"b":[{"a":"x"}],"c":true}"#, r#"{"c":true,"b":[],"a":1}"#, r#"{"b":[{"a":"x"},{"a":"y"}],"a":1}"#, r#"{"a":1,"c":false,"b":[]}"#];
    let text = format!("[{}]", orders.map(|one| [one; 3].join(",")).join(","));
    assert_eq!(refused(&text, &list), "fine");
    assert_eq!(refused(&text.replace("\"c\":false", "\"c\":0"), &list), "[9].c: boolean / number");
}

#[test]
fn a_field_that_comes_twice_is_there_once() {
    let model = Model::Object(vec![member("a", true, Model::Integer), member("b", true, Model::Integer)]);
    assert_eq!(refused(r#"{"a":1,"a":2}"#, &model), "b: integer / nothing");
    assert_eq!(refused(r#"{"a":1,"b":2,"a":"x"}"#, &model), "a: integer / string");
    let answer = checked(r#"{"a":1,"a":2}"#, ty(&model), Mode::Answer);
    assert_eq!(answer.1.as_deref(), Some("b"));
}

#[test]
fn a_union_without_a_match_is_where_the_path_ends() {
    let with = |value: &'static str, name: &'static str| {
        (value, Model::Object(vec![member("type", true, Model::Enum(vec![value])), member(name, true, Model::Integer)]))
    };
    let model = Model::Object(vec![member("u", true, Model::Tagged("type", vec![with("one", "a"), with("two", "b")]))]);
    assert_eq!(refused(r#"{"u":{"b":1,"type":"two"}}"#, &model), "fine");
    assert_eq!(refused(r#"{"u":{"type":"two","a":1}}"#, &model), "u.a: a known field / an unknown field");
    assert_eq!(refused(r#"{"u":{"type":"two"}}"#, &model), "u.b: integer / nothing");
    assert_eq!(refused(r#"{"u":{"type":"three"}}"#, &model), "u: object whose type is one of \"one\", \"two\" / another one");
    assert_eq!(refused(r#"{"u":{"type":1}}"#, &model), "u: object whose type is one of \"one\", \"two\" / number");
    assert_eq!(refused(r#"{"u":{}}"#, &model), "u: object whose type is one of \"one\", \"two\" / an object without it");
    assert_eq!(refused(r#"{"u":[]}"#, &model), "u: object / array");
    // New members of a union are no error of an answer.
    assert_eq!(checked(r#"{"u":{"type":"three"}}"#, ty(&model), Mode::Answer), (vec![("u".into(), false)], None));
}

#[test]
fn what_no_model_describes_may_be_as_deep_as_it_likes() {
    let text = format!("{{\"a\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(refused(&text, &Model::Object(vec![member("a", true, Model::Any)])), "fine");
    assert!(supabase_management_wasm_skim::fits(text.as_bytes(), ty(&Model::Object(vec![member("a", true, Model::Any)])).0));
}

/// Found by the random texts: what one object taught about the order of fields was taken for another's, in the middle of a field.
#[test]
fn the_order_of_one_object_does_not_mislead_another() {
    let inner = Model::Object(vec![member("c", true, Model::Integer), member("d", false, Model::Enum(vec!["a", "bc", "é"]))]);
    let model = Model::Object(vec![
        member("a", true, Model::Object(vec![member("a_longer_name", true, Model::Boolean)])),
        Member { name: "a_longer_name", required: true, nullable: true, model: inner },
        member("d", false, Model::Boolean),
    ]);
    assert_eq!(refused(r#"{"a":{"a_longer_name":false},"a_longer_name":{"c":-4,"d":"bc"},"d":false}"#, &model), "fine");
}
