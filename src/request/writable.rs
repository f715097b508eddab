//! What a read gave, as the write of the same thing takes it.
//!
//! The table says which fields a body has, and of which type; the row of the write says which answers it can be made from, and what stands in another
//! place there (`from` of `#[endpoints]`). Those words are, one behind the other:
//! - `their_name>name`: a field that has another name. With dots it stands further inside: `variant.id>addon_variant`.
//! - `config.>`: the fields of an object stand at the top of the body.
//! - `domains[].domain>domains`: a list of objects is a list of one of their fields.
//! - `status>`: a field that means something else, and is not taken.
//! - `metadata_url|metadata_xml`: a body takes one of these. The first one that there is stays.

use crate::check::{Checker, Cursor, Kind, Mode, Path, expectation, unescape};
use crate::fault::Fault;
use crate::schema::endpoint::Endpoint;
use crate::schema::{Field, Fields, Members, Shape, Type};
use crate::text::quoted;
use std::fmt;

/// A body, or an item of one, that can be made of this answer by [`writable`](crate::writable).
#[diagnostic::on_unimplemented(message = "no request takes a `{Self}` that is made of a `{Answer}`")]
pub trait WritableFrom<Answer> {
    /// The row of the write.
    #[doc(hidden)]
    fn endpoint() -> &'static Endpoint;
}

/// Something that a body made of an answer does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Omitted {
    /// Where it is in the answer, or where it would be in the body if the answer has it not: `smtp_pass`, `[0].updated_at`.
    pub path: String,
    /// Why it is left out.
    pub reason: Reason,
    /// What the body takes there.
    pub expected: String,
}

/// Why something of an answer is left out of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// Only answers have it: the request has no such field.
    ReadOnly,
    /// It is a digest or a mask of a secret. Set the secret itself, or the new place is without it.
    Secret,
    /// It is `null`, which the request does not take there.
    Null,
    /// The request does not take this value: it is newer than this crate, or outside of the limits.
    Invalid,
    /// The request takes one of several fields, and another one is there.
    Alternative,
    /// The answer does not have it, and the request must: add it before you send the body.
    Missing,
}

impl Reason {
    /// The word for it: `read-only`.
    pub fn as_str(self) -> &'static str {
        match self {
            Reason::ReadOnly => "read-only",
            Reason::Secret => "secret",
            Reason::Null => "null",
            Reason::Invalid => "invalid",
            Reason::Alternative => "alternative",
            Reason::Missing => "missing",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// JSON of a body, and what it lacks. `item` makes an item of a body that is a list.
///
/// # Errors
/// The answer is not of the kind that the body is.
pub(crate) fn writable(endpoint: &Endpoint, item: bool, answer: &[u8]) -> Result<(Vec<u8>, Vec<Omitted>), Fault> {
    let whole = endpoint.body_type().unwrap_or(Type::ANY);
    let ty = if item { whole.or_item() } else { whole };
    let mut copy = Copy::new(endpoint);
    let (mut cursor, path) = (Cursor::new(answer), Path::root(""));
    let kind = cursor.kind();
    let body = match ty.shape() {
        Shape::Object(fields) if kind == Kind::Object => copy.whole(fields, cursor, &path),
        Shape::Array { item, .. } if kind == Kind::Array => {
            let mut list = Json::new(b'[');
            for (at, mut one) in cursor.items().into_iter().enumerate() {
                let path = path.index(at as u32);
                match (item.shape(), one.kind()) {
                    (Shape::Object(fields), Kind::Object) => list.add("", &copy.whole(fields, one, &path)),
                    (_, other) => return Err(path.fault("object", other.name())),
                }
            }
            list.end(b']')
        }
        _ => return Err(Fault::new("", expectation(ty), kind.name())),
    };
    Ok((body, copy.omitted))
}

/// An object or a list of JSON in the making.
struct Json(Vec<u8>);

impl Json {
    fn new(open: u8) -> Self {
        Json(vec![open])
    }

    /// Adds a value; of an object, with its key as JSON has it.
    fn add(&mut self, key: &str, value: &[u8]) {
        if self.0.len() > 1 {
            self.0.push(b',');
        }
        if !key.is_empty() {
            self.0.extend_from_slice(key.as_bytes());
            self.0.push(b':');
        }
        self.0.extend_from_slice(value);
    }

    fn end(mut self, close: u8) -> Vec<u8> {
        self.0.push(close);
        self.0
    }
}

/// The making of a body.
struct Copy {
    /// The models of the answers.
    answers: &'static [Type],
    /// What stands where in an answer, and where it goes.
    moves: Vec<(&'static str, &'static str)>,
    /// Names of which a body has one.
    groups: Vec<&'static str>,
    omitted: Vec<Omitted>,
}

/// A field of the body: its name, its JSON, and where it was in the answer.
struct Part {
    name: &'static str,
    json: Vec<u8>,
    path: String,
}

/// Where a field of the answer goes.
enum Goes {
    /// To the field of this name; of a list, this field of its items.
    To(&'static str, &'static str),
    /// Its own fields go somewhere.
    Inside,
    /// To the field of the same name.
    Same,
    /// Nowhere.
    Nowhere,
}

impl Copy {
    fn new(endpoint: &Endpoint) -> Self {
        let mut copy = Copy { answers: endpoint.answers, moves: Vec::new(), groups: Vec::new(), omitted: Vec::new() };
        for words in endpoint.moves() {
            match words.split_once('>') {
                Some(ways) => copy.moves.push(ways),
                None => copy.groups.push(words),
            }
        }
        copy
    }

    fn omit(&mut self, path: String, reason: Reason, expected: String) {
        self.omitted.push(Omitted { path, reason, expected });
    }

    fn omit_read_only(&mut self, path: &Path<'_>) {
        self.omit(path.text(), Reason::ReadOnly, "nothing".into());
    }

    /// An object that is the body, or an item of it: what it lacks is named, and it is there all the same.
    fn whole(&mut self, fields: Fields, answer: Cursor<'_>, path: &Path<'_>) -> Vec<u8> {
        let mut parts = Vec::new();
        self.members(fields, answer, "", path, &mut parts);
        self.leave_one_of_each_group(&mut parts);
        for field in missing_in(fields, &mut parts) {
            let path = path.name(field.name).text();
            // One that is left out for another reason is named already.
            if self.omitted.iter().all(|one| one.path != path) {
                self.omit(path, Reason::Missing, expectation(field.ty));
            }
        }
        object_of(&parts)
    }

    fn leave_one_of_each_group(&mut self, parts: &mut Vec<Part>) {
        for at in 0..self.groups.len() {
            let mut first = "";
            for name in self.groups[at].split('|') {
                let Some(found) = parts.iter().position(|part| part.name == name) else { continue };
                if first.is_empty() {
                    first = name;
                } else {
                    self.omit(parts.remove(found).path, Reason::Alternative, format!("nothing beside {first}"));
                }
            }
        }
    }

    /// Takes what goes into the body from the fields of an object of the answer. `inside` is the way to it, with a dot at its end.
    fn members(&mut self, fields: Fields, answer: Cursor<'_>, inside: &str, path: &Path<'_>, parts: &mut Vec<Part>) {
        for (raw, mut value) in answer.members() {
            let key = unescape(raw);
            let from = [inside, &key].concat();
            let path = path.key(raw);
            match self.goes(&from, inside) {
                Goes::Same => self.part(fields, &key, value, &path, parts),
                Goes::To(name, "") => self.part(fields, name, value, &path, parts),
                Goes::To(name, member) => self.picked(fields, name, member, value, &path, parts),
                Goes::Inside => match value.kind() {
                    Kind::Object => self.members(fields, value, &[&from, "."].concat(), &path, parts),
                    other => self.omit(path.text(), reason_for(other), "object".into()),
                },
                Goes::Nowhere => self.omit_read_only(&path),
            }
        }
    }

    /// Where a field goes. `from` is its whole way, `inside` that to the object it is in.
    fn goes(&self, from: &str, inside: &str) -> Goes {
        let name = &from[inside.len()..];
        let (mut at_the_top, mut taken) = (inside.is_empty(), false);
        for (there, here) in &self.moves {
            // A field whose place is taken by another one means something else.
            taken |= *here == name;
            at_the_top |= *there == inside && here.is_empty();
            let Some(rest) = there.strip_prefix(from) else { continue };
            match rest.strip_prefix("[].") {
                Some(member) => return Goes::To(here, member),
                None if rest.is_empty() => return if here.is_empty() { Goes::Nowhere } else { Goes::To(here, "") },
                None if rest.starts_with('.') => return Goes::Inside,
                None => {}
            }
        }
        if at_the_top && !taken { Goes::Same } else { Goes::Nowhere }
    }

    /// Adds a field of the body, or names it.
    fn part(&mut self, fields: Fields, name: &str, mut value: Cursor<'_>, path: &Path<'_>, parts: &mut Vec<Part>) {
        let Some((field, _)) = fields.position(name.as_bytes()) else { return self.omit_read_only(path) };
        let null = value.kind() == Kind::Null;
        // What is empty is no digest: there is no secret.
        let told = null || value.raw_value() == Some(b"\"\"");
        let digest = self.answers.iter().any(|answer| answer.field(name).is_some_and(|field| field.ty.is_digest()));
        if digest && !told {
            return self.omit(path.text(), Reason::Secret, "the secret itself".into());
        }
        if null && !field.nullable() {
            return self.omit(path.text(), Reason::Null, expectation(field.ty));
        }
        let json = if null { Some(b"null".to_vec()) } else { self.value(field.ty, value, path) };
        if let Some(json) = json {
            parts.push(Part { name: field.name, json, path: path.text() });
        }
    }

    /// Adds a list of what the items of another one have under a name.
    fn picked(&mut self, fields: Fields, name: &str, member: &str, mut value: Cursor<'_>, path: &Path<'_>, parts: &mut Vec<Part>) {
        let Some((field, _)) = fields.position(name.as_bytes()) else { return };
        let kind = value.kind();
        if kind != Kind::Array {
            return self.omit(path.text(), reason_for(kind), expectation(field.ty));
        }
        let mut list = Json::new(b'[');
        for (at, item) in value.items().into_iter().enumerate() {
            let path = path.index(at as u32);
            for (raw, value) in item.members() {
                let path = path.key(raw);
                if unescape(raw) != member {
                    self.omit_read_only(&path);
                } else if let Some(json) = self.value(field.ty.or_item(), value, &path) {
                    list.add("", &json);
                }
            }
        }
        parts.push(Part { name: field.name, json: list.end(b']'), path: path.text() });
    }

    /// A value as the body takes it; nothing where it does not, which is named then.
    fn value(&mut self, ty: Type, mut value: Cursor<'_>, path: &Path<'_>) -> Option<Vec<u8>> {
        let kind = value.kind();
        match ty.shape() {
            Shape::Object(fields) if kind == Kind::Object => return self.object(fields, value, path),
            Shape::Tagged { tag, members } if kind == Kind::Object => {
                if let Some(Shape::Object(fields)) = member_of(tag, members, value).map(Type::shape) {
                    return self.object(fields, value, path);
                }
            }
            Shape::Array { item, .. } if kind == Kind::Array => {
                let mut list = Json::new(b'[');
                for (at, one) in value.items().into_iter().enumerate() {
                    if let Some(json) = self.value(item, one, &path.index(at as u32)) {
                        list.add("", &json);
                    }
                }
                return self.checked(ty, list.end(b']'), path);
            }
            Shape::Map(item) if kind == Kind::Object => {
                let mut map = Json::new(b'{');
                for (raw, value) in value.members() {
                    if let Some(json) = self.value(item, value, &path.key(raw)) {
                        map.add(&quoted(&unescape(raw)), &json);
                    }
                }
                return Some(map.end(b'}'));
            }
            _ => {}
        }
        self.checked(ty, value.raw_value().unwrap_or_default().to_vec(), path)
    }

    /// An object inside of the body. Where it lacks what it must have, it is left out as a whole.
    fn object(&mut self, fields: Fields, value: Cursor<'_>, path: &Path<'_>) -> Option<Vec<u8>> {
        let before = self.omitted.len();
        let mut parts = Vec::new();
        for (raw, value) in value.members() {
            self.part(fields, &unescape(raw), value, &path.key(raw), &mut parts);
        }
        let Some(field) = missing_in(fields, &mut parts).pop() else { return Some(object_of(&parts)) };
        self.omitted.truncate(before);
        self.omit(path.text(), Reason::Invalid, format!("object with {}", field.name));
        None
    }

    /// A value that the body takes as it is.
    fn checked(&mut self, ty: Type, json: Vec<u8>, path: &Path<'_>) -> Option<Vec<u8>> {
        let checked = Checker::new(&json, Mode::Request, false).passes(ty, &Path::root(""));
        match checked {
            Ok(()) => Some(json),
            Err(fault) => {
                self.omit(path.text(), reason_for(Cursor::new(&json).kind()), fault.expected);
                None
            }
        }
    }
}

/// Why a value of a kind is left out that does not fit.
fn reason_for(kind: Kind) -> Reason {
    if kind == Kind::Null { Reason::Null } else { Reason::Invalid }
}

/// What an object must have and does not. A field that has a single value is added.
fn missing_in(fields: Fields, parts: &mut Vec<Part>) -> Vec<Field> {
    let mut missing = Vec::new();
    for field in fields {
        if !field.required() || parts.iter().any(|part| part.name == field.name) {
            continue;
        }
        match only_value(field.ty) {
            Some(value) => parts.push(Part { name: field.name, json: quoted(value).into_bytes(), path: String::new() }),
            None => missing.push(field),
        }
    }
    missing
}

/// The value of an enum that has no other one.
fn only_value(ty: Type) -> Option<&'static str> {
    let Shape::Enum(mut names) = ty.shape() else { return None };
    let value = names.next()?;
    if names.next().is_none() { Some(value) } else { None }
}

/// The member of a union that the value of a field names.
fn member_of(tag: &str, members: Members, value: Cursor<'_>) -> Option<Type> {
    let name = value.find(tag.as_bytes())?.string()?;
    for (known, object) in members {
        if known == name {
            return Some(object);
        }
    }
    None
}

fn object_of(parts: &[Part]) -> Vec<u8> {
    let mut object = Json::new(b'{');
    for Part { name, json, .. } in parts {
        object.add(&quoted(name), json);
    }
    object.end(b'}')
}
