//! The checker against the plain one, on random models and texts.

use super::model::{Member, Model};
use super::plain::{Json, plain};
use super::{Checker, Mode, Path, checked};
use crate::api::endpoints;
use crate::endpoint::{Answer, Body};
use std::fmt::Write;
use supabase_management_wasm_fast_check::fits;

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
        match self.below(if depth == 0 { 10 } else { 20 }) {
            0 => Model::Any,
            1 => Model::Boolean,
            2 => Model::Number,
            3 => Model::Integer,
            4 => Model::Bounded(-3, 40),
            5 => Model::String,
            6 => Model::Text(1, 3),
            7 => Model::Enum(vec!["a", "bc", "é"]),
            8 => Model::True,
            9 => Model::Range(-3, 40),
            10 => Model::Array(self.below(2) as u32, if self.one_in(2) { 2 } else { u32::MAX }, Box::new(self.model(depth - 1))),
            11 => Model::map(self.model(depth - 1)),
            12 => Model::Tagged("type", ["one", "two"].map(|value| (value, self.member(value, depth - 1))).into()),
            13 | 14 => Model::Union((0..2 + self.below(2)).map(|_| self.model(depth - 1)).collect()),
            15 => Model::Open(self.members(depth - 1)),
            _ => Model::Object(self.members(depth - 1)),
        }
    }

    /// A member of a tagged union.
    fn member(&mut self, value: &'static str, depth: usize) -> Model {
        let mut members = self.members(depth);
        members.retain(|member| member.name != "type");
        members.insert(0, Member::new("type", true, Model::Enum(vec![value])));
        Model::Object(members)
    }

    fn members(&mut self, depth: usize) -> Vec<Member> {
        let mut names = vec!["a", "b", "c", "d", "type", "a_longer_name", "odd key"];
        let members = (0..self.below(6)).map(|_| Member {
            name: names.remove(self.below(names.len())),
            required: self.one_in(2),
            nullable: self.one_in(3),
            model: self.model(depth),
        });
        members.collect()
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
            Model::True => Json::Boolean(!self.one_in(8)),
            Model::Number => Json::Float(self.pick(&[0.5, -1e300, 1.25e-7])),
            Model::Range(..) if self.one_in(2) => Json::Float(self.pick(&[0.5, -3.5, -2.75, 39.5, 40.5, -1e300, 1.25e-7])),
            Model::Integer | Model::Bounded(..) | Model::Range(..) => Json::Integer(self.pick(&[0, 7, -3, -4, 40, 41, i64::MAX, i64::MIN])),
            Model::String | Model::Text(..) => Json::String(self.pick(&text).into()),
            Model::Enum(values) => Json::String(if self.one_in(12) { "zzz" } else { self.pick(values) }.into()),
            Model::Array(_, _, item) => Json::Array((0..self.below(4)).map(|_| self.json(item, depth)).collect()),
            Model::Map(value) => {
                Json::Object((0..self.below(4)).map(|_| (self.pick(&["a", "b", "odd key"]).into(), self.json(value, depth))).collect())
            }
            Model::Union(members) => {
                let member = self.below(members.len());
                self.json(&members[member], depth)
            }
            Model::Tagged(tag, members) => self.tagged(tag, members, depth),
            Model::Object(members) | Model::Open(members) => Json::Object(self.fields(members, depth)),
        }
    }

    fn tagged(&mut self, tag: &str, members: &[(&'static str, Model)], depth: usize) -> Json {
        let (value, object) = &members[self.below(members.len())];
        let mut json = self.json(object, depth);
        if let Json::Object(fields) = &mut json
            && !self.one_in(10)
        {
            fields.retain(|(key, _)| key != tag);
            fields.insert(self.below(fields.len() + 1), (tag.into(), Json::String((*value).into())));
        }
        json
    }

    fn fields(&mut self, members: &[Member], depth: usize) -> Vec<(String, Json)> {
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
        fields
    }

    fn space(&mut self, text: &mut String) {
        if self.one_in(8) {
            text.push_str(self.pick(&[" ", "\n  ", "\t", "\r\n"]));
        }
    }

    fn text(&mut self, json: &Json) -> String {
        let mut text = String::new();
        self.write(json, &mut text);
        text
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

#[test]
fn random_texts_get_the_faults_of_a_plain_checker() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let (mut texts, mut faulty, mut passed_fast, mut sound) = (0, 0, 0, 0);
    for _ in 0..1_500 {
        let model = if random.one_in(3) { Model::list(Model::Object(random.members(3))) } else { random.model(3) };
        let ty = model.ty();
        for _ in 0..12 {
            let json = random.json(&model, 3);
            let text = random.text(&json);
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
                    let fits = fits(text.as_bytes(), ty.0);
                    assert!(!fits || first.is_none(), "{text}\n{model:?}");
                    passed_fast += usize::from(fits);
                    sound += usize::from(first.is_none());
                }
            }
        }
    }
    println!("{texts} texts, {faulty} with faults; the fast path let {passed_fast} of {sound} sound answers through");
    assert!(faulty * 5 > texts && faulty * 5 < texts * 4, "{faulty} of {texts}: the texts are too good or too bad");
    assert!(passed_fast * 2 > sound, "{passed_fast} of {sound}: the fast path hardly ever decides");
}

#[test]
fn random_answers_of_every_endpoint_get_the_faults_of_a_plain_checker() {
    let mut random = Random(0xD1B5_4A32_D192_ED03);
    let types = endpoints().iter().flat_map(|row| {
        let answer = if let Answer::Json(ty) = row.answer { Some(ty) } else { None };
        let body = if let Body::Json(ty) | Body::JsonOrEszip(ty) | Body::Form(ty) | Body::Multipart(ty) = row.body { Some(ty) } else { None };
        [answer, body, row.query].into_iter().flatten().map(|ty| (row.id, ty))
    });
    for (id, ty) in types {
        let model = Model::of(ty);
        for _ in 0..50 {
            let json = random.json(&model, 3);
            let text = random.text(&json);
            let mut expected = Vec::new();
            plain(&json, &model, Mode::Answer, "", &mut expected);
            let (all, stopped) = checked(&text, ty, Mode::Answer);
            assert_eq!(all, expected, "{id}\n{text}");
            let fits = fits(text.as_bytes(), ty.0);
            assert!(!fits || stopped.is_none(), "{id}\n{text}");
        }
    }
}

#[test]
fn texts_that_are_cut_or_garbled_neither_trap_nor_hang() {
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    for _ in 0..400 {
        let model = random.model(3);
        let ty = model.ty();
        let json = random.json(&model, 3);
        let bytes = random.text(&json).into_bytes();
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
            let _ = fits(&bytes, ty.0);
        }
    }
}

#[test]
fn random_models_read_as_they_were_packed() {
    let mut random = Random(0x5851_F42D_4C95_7F2D);
    for _ in 0..1_500 {
        let model = random.model(3);
        let unpacked = model.packed().unpack();
        assert_eq!(unpacked.0, model.ty().0, "{model:?}");
        assert_eq!(Model::of(unpacked), model);
    }
}
