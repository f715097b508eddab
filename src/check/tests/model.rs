//! Types of the table as trees, to and from their bytes.

use crate::schema::{Fields, Packed, Shape, Type, pack};

/// A type, as a tree.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Model {
    Any,
    Boolean,
    True,
    Number,
    Range(i64, i64),
    Integer,
    Bounded(i64, i64),
    String,
    Text(u32, u32),
    Enum(Vec<&'static str>),
    Object(Vec<Member>),
    /// An object that may have more fields than it names.
    Open(Vec<Member>),
    Array(u32, u32, Box<Model>),
    Map(Box<Model>),
    Tagged(&'static str, Vec<(&'static str, Model)>),
    Union(Vec<Model>),
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Member {
    pub(super) name: &'static str,
    pub(super) required: bool,
    pub(super) nullable: bool,
    pub(super) model: Model,
}

impl Member {
    pub(super) fn new(name: &'static str, required: bool, model: Model) -> Self {
        Member { name, required, nullable: false, model }
    }

    pub(super) fn or_null(self) -> Self {
        Member { nullable: true, ..self }
    }

    fn flags(&self) -> u8 {
        [(self.required, pack::REQUIRED), (self.nullable, pack::NULLABLE)].iter().filter(|(set, _)| *set).map(|(_, flag)| flag).sum()
    }
}

impl Model {
    pub(super) fn list(item: Model) -> Self {
        Model::Array(0, u32::MAX, Box::new(item))
    }

    pub(super) fn map(value: Model) -> Self {
        Model::Map(Box::new(value))
    }

    fn tag(&self) -> u8 {
        match self {
            Model::Any => pack::ANY,
            Model::Boolean => pack::BOOLEAN,
            Model::True => pack::TRUE,
            Model::Number => pack::NUMBER,
            Model::Range(..) => pack::RANGE,
            Model::Integer => pack::INTEGER,
            Model::Bounded(..) => pack::BOUNDED,
            Model::String => pack::STRING,
            Model::Text(..) => pack::TEXT,
            Model::Enum(_) => pack::ENUM,
            Model::Object(_) => pack::OBJECT,
            Model::Open(_) => pack::OPEN,
            Model::Array(..) => pack::ARRAY,
            Model::Map(_) => pack::MAP,
            Model::Tagged(..) => pack::TAGGED,
            Model::Union(_) => pack::UNION,
        }
    }

    /// As the checker reads it.
    pub(super) fn ty(&self) -> Type {
        Type(self.bytes().leak())
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![self.tag()];
        match self {
            Model::Range(min, max) | Model::Bounded(min, max) => [min, max].iter().for_each(|bound| bytes.extend(bound.to_le_bytes())),
            Model::Text(min, max) => {
                [min, max].iter().for_each(|bound| bytes.extend(bound.to_le_bytes()));
                bytes.push(0);
            }
            Model::Enum(values) => values.iter().for_each(|value| push_name(&mut bytes, value)),
            Model::Object(members) | Model::Open(members) => {
                bytes.push(members.iter().filter(|member| member.required).count() as u8);
                for member in members {
                    bytes.push(member.flags());
                    push_name(&mut bytes, member.name);
                    push_long(&mut bytes, &member.model.bytes());
                }
            }
            Model::Array(min, max, item) => {
                [min, max].iter().for_each(|bound| bytes.extend(bound.to_le_bytes()));
                bytes.extend(item.bytes());
            }
            Model::Map(value) => bytes.extend(value.bytes()),
            Model::Tagged(tag, members) => {
                push_name(&mut bytes, tag);
                for (value, object) in members {
                    push_name(&mut bytes, value);
                    push_long(&mut bytes, &object.bytes());
                }
            }
            Model::Union(members) => members.iter().for_each(|member| push_long(&mut bytes, &member.bytes())),
            _ => {}
        }
        bytes
    }

    /// As it lies in the program: what the macros write.
    pub(super) fn packed(&self) -> Packed {
        let (mut names, mut shape) = (Vec::new(), vec![self.tag()]);
        self.pack_into(&mut names, &mut shape);
        Packed { names: names.leak(), shape: shape.leak() }
    }

    /// What belongs to the tag.
    fn pack_into(&self, names: &mut Vec<u8>, shape: &mut Vec<u8>) {
        let inner = |model: &Model, flags: u8, names: &mut Vec<u8>, shape: &mut Vec<u8>| {
            shape.push(flags | model.tag() << pack::HEAD_TAG);
            model.pack_into(names, shape);
        };
        match self {
            Model::Range(min, max) | Model::Bounded(min, max) => {
                // Small numbers of either sign as small ones without.
                [min, max].iter().for_each(|bound| push_number(shape, (*bound << 1 ^ *bound >> 63) as u64));
            }
            Model::Text(min, max) => {
                push_counts(shape, *min, *max);
                shape.extend([0, 0, 0]);
            }
            Model::Enum(values) => push_lines(names, values.iter().copied()),
            Model::Object(members) | Model::Open(members) => {
                push_lines(names, members.iter().map(|member| member.name));
                shape.extend(members.iter().map(|member| member.flags() | member.model.tag() << pack::HEAD_TAG));
                members.iter().for_each(|member| member.model.pack_into(names, shape));
            }
            Model::Array(min, max, item) => {
                push_counts(shape, *min, *max);
                inner(item, 0, names, shape);
            }
            Model::Map(value) => inner(value, 0, names, shape),
            Model::Tagged(tag, members) => {
                push_lines(names, std::iter::once(*tag).chain(members.iter().map(|(value, _)| *value)));
                members.iter().for_each(|(_, object)| object.pack_into(names, shape));
            }
            Model::Union(members) => {
                shape.push(members.len() as u8);
                members.iter().for_each(|member| inner(member, 0, names, shape));
            }
            _ => {}
        }
    }

    /// A type of the table as a tree. Patterns are left out: answers are never checked for them.
    pub(super) fn of(ty: Type) -> Self {
        match ty.shape() {
            Shape::Any => Model::Any,
            Shape::Boolean => Model::Boolean,
            Shape::True => Model::True,
            Shape::Number => Model::Number,
            Shape::Range { min, max } => Model::Range(min, max),
            Shape::Integer => Model::Integer,
            Shape::Bounded { min, max } => Model::Bounded(min, max),
            Shape::String => Model::String,
            Shape::Text { min, max, .. } => Model::Text(min, max),
            Shape::Enum(names) => Model::Enum(names.collect()),
            Shape::Object(fields) if fields.open() => Model::Open(members_of(fields)),
            Shape::Object(fields) => Model::Object(members_of(fields)),
            Shape::Array { min, max, item } => Model::Array(min, max, Box::new(Model::of(item))),
            Shape::Map(value) => Model::map(Model::of(value)),
            Shape::Tagged { tag, members } => Model::Tagged(tag, members.map(|(name, ty)| (name, Model::of(ty))).collect()),
            Shape::Union(types) => Model::Union(types.map(Model::of).collect()),
        }
    }
}

fn members_of(fields: Fields) -> Vec<Member> {
    let member =
        |field: crate::schema::Field| Member { name: field.name, required: field.required(), nullable: field.nullable(), model: Model::of(field.ty) };
    fields.map(member).collect()
}

fn push_name(bytes: &mut Vec<u8>, name: &str) {
    bytes.push(name.len() as u8);
    bytes.extend(name.bytes());
}

fn push_long(bytes: &mut Vec<u8>, inner: &[u8]) {
    bytes.extend(pack::long(inner.len()));
    bytes.extend(inner);
}

fn push_lines<'n>(names: &mut Vec<u8>, all: impl Iterator<Item = &'n str>) {
    all.for_each(|name| names.extend(name.bytes().chain(*b"\n")));
    names.push(0);
}

/// Seven bits to a byte, the lowest first.
fn push_number(shape: &mut Vec<u8>, mut number: u64) {
    while number > 127 {
        shape.push(number as u8 | 128);
        number >>= 7;
    }
    shape.push(number as u8);
}

/// The upper bound one higher, so that "no bound" is zero.
fn push_counts(shape: &mut Vec<u8>, min: u32, max: u32) {
    push_number(shape, min.into());
    push_number(shape, if max == u32::MAX { 0 } else { u64::from(max) + 1 });
}
