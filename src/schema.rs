//! What a model looks like, as data: the one table that requests and answers are checked against.
//!
//! The table is packed: a type is a run of bytes that `#[model]` and `#[endpoints]` write at compile time, types inside one another, without
//! pointers. That is a third of what structures would take, and read front to back, as JSON is.

use serde::{Deserialize, Serialize};
use supabase_management_wasm_macros::pattern;

/// A model of the API, described for the checker. Made by `#[model]`.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a model of this API; put `#[model]` on it")]
pub trait Schema {
    /// The shape of a value.
    const TYPE: Type;
}

/// The packed shape of a JSON value.
#[derive(Debug, Clone, Copy)]
pub struct Type(pub(crate) &'static [u8]);

/// The shape of a JSON value, unpacked one level deep.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Shape {
    /// Any JSON.
    Any,
    /// `true` or `false`.
    Boolean,
    /// A number.
    Number,
    /// A number without fraction.
    Integer,
    /// A number without fraction, with bounds, both included.
    Bounded {
        /// Smallest value.
        min: i64,
        /// Largest value.
        max: i64,
    },
    /// A string.
    String,
    /// A string with bounds. Lengths count characters (Unicode code points).
    Text {
        /// Shortest length.
        min: u32,
        /// Longest length.
        max: u32,
        /// What it must match.
        pattern: Option<Pattern>,
    },
    /// One of some strings.
    Enum(Names),
    /// An object with known fields.
    Object(Fields),
    /// A list.
    Array {
        /// Fewest items.
        min: u32,
        /// Most items.
        max: u32,
        /// Type of each item.
        item: Type,
    },
    /// An object with free keys.
    Map(Type),
    /// Objects told apart by one field.
    Tagged {
        /// Name of the field.
        tag: &'static str,
        /// Value of the field, and the object that goes with it.
        members: Members,
    },
}

/// A regular expression, compiled into a transition table by `#[model]`.
#[derive(Debug, Clone, Copy)]
pub struct Pattern {
    /// The expression as the API states it, or the name of a format.
    pub source: &'static str,
    pub(crate) dfa: &'static [u8],
}

/// A field of an object.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Name in JSON.
    pub name: &'static str,
    /// Type of the value.
    pub ty: Type,
    flags: u8,
}

impl Field {
    /// Whether it must be there.
    pub fn required(&self) -> bool {
        self.flags & pack::REQUIRED != 0
    }

    /// Whether it may be `null`.
    pub fn nullable(&self) -> bool {
        self.flags & pack::NULLABLE != 0
    }

    /// Whether its value must never be printed.
    pub fn secret(&self) -> bool {
        self.flags & pack::SECRET != 0
    }
}

/// Strings, one behind the other, each behind its length.
#[derive(Debug, Clone, Copy)]
pub struct Names(&'static [u8]);

/// The fields of an object.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    rest: &'static [u8],
}

/// The members of a tagged union.
#[derive(Debug, Clone, Copy)]
pub struct Members(&'static [u8]);

impl Fields {
    /// How many bytes are left: tells a place in the fields.
    pub(crate) fn left(&self) -> usize {
        self.rest.len()
    }
}

impl Iterator for Names {
    type Item = &'static str;

    fn next(&mut self) -> Option<&'static str> {
        (!self.0.is_empty()).then(|| take_name(&mut self.0))
    }
}

impl Iterator for Fields {
    type Item = Field;

    fn next(&mut self) -> Option<Field> {
        let flags = take(&mut self.rest, 1).first().copied()?;
        let name = take_name(&mut self.rest);
        let length = take_u16(&mut self.rest);
        Some(Field { name, ty: Type(take(&mut self.rest, length)), flags })
    }
}

impl Iterator for Members {
    type Item = (&'static str, Type);

    fn next(&mut self) -> Option<(&'static str, Type)> {
        if self.0.is_empty() {
            return None;
        }
        let value = take_name(&mut self.0);
        let length = take_u16(&mut self.0);
        Some((value, Type(take(&mut self.0, length))))
    }
}

/// The first bytes, which are taken away. The table is ours: where it ends early it is a bug, and gives nothing rather than a trap.
fn take(bytes: &mut &'static [u8], count: usize) -> &'static [u8] {
    let (first, rest) = bytes.split_at_checked(count).unwrap_or_default();
    *bytes = rest;
    first
}

fn take_u16(bytes: &mut &'static [u8]) -> usize {
    match take(bytes, 2) {
        [low, high] => usize::from(*low) | usize::from(*high) << 8,
        _ => 0,
    }
}

fn take_u32(bytes: &mut &'static [u8]) -> u32 {
    take_u16(bytes) as u32 | (take_u16(bytes) as u32) << 16
}

fn take_i64(bytes: &mut &'static [u8]) -> i64 {
    i64::from(take_u32(bytes)) | i64::from(take_u32(bytes)) << 32
}

fn take_name(bytes: &mut &'static [u8]) -> &'static str {
    let length = take(bytes, 1).first().copied().unwrap_or(0);
    let name = take(bytes, length.into());
    // SAFETY: `pack::name` wrote the bytes of a `str`, whole.
    unsafe { std::str::from_utf8_unchecked(name) }
}

impl Type {
    /// Any JSON.
    pub const ANY: Type = Type(&[pack::ANY]);
    /// Any string.
    pub const STRING: Type = Type(&[pack::STRING]);

    /// What it is.
    pub fn shape(self) -> Shape {
        let mut rest = self.0;
        match take(&mut rest, 1) {
            [pack::BOOLEAN] => Shape::Boolean,
            [pack::NUMBER] => Shape::Number,
            [pack::INTEGER] => Shape::Integer,
            [pack::BOUNDED] => Shape::Bounded { min: take_i64(&mut rest), max: take_i64(&mut rest) },
            [pack::STRING] => Shape::String,
            [pack::TEXT] => {
                let (min, max) = (take_u32(&mut rest), take_u32(&mut rest));
                let source = take_name(&mut rest);
                Shape::Text { min, max, pattern: (!source.is_empty()).then_some(Pattern { source, dfa: rest }) }
            }
            [pack::ENUM] => Shape::Enum(Names(rest)),
            [pack::OBJECT] => {
                // How many fields are required, which only the fast path needs (src/skim).
                take(&mut rest, 1);
                Shape::Object(Fields { rest })
            }
            [pack::ARRAY] => {
                let (min, max) = (take_u32(&mut rest), take_u32(&mut rest));
                Shape::Array { min, max, item: Type(rest) }
            }
            [pack::MAP] => Shape::Map(Type(rest)),
            [pack::TAGGED] => Shape::Tagged { tag: take_name(&mut rest), members: Members(rest) },
            _ => Shape::Any,
        }
    }
}

/// What the macros pack types with.
#[doc(hidden)]
pub use supabase_management_wasm_skim::pack;

/// Bytes made of other bytes, at compile time.
#[doc(hidden)]
#[macro_export]
macro_rules! packed {
    ($($part:expr),* $(,)?) => {{
        const PARTS: &[&[u8]] = &[$($part),*];
        const BYTES: [u8; $crate::schema::pack::length(PARTS)] = $crate::schema::pack::concat(PARTS);
        &BYTES
    }};
}

pub(crate) const LETTERS: Pattern = pattern!("^[a-z]+$");
pub(crate) const WORD: Pattern = pattern!("^[A-Za-z0-9_-]+$");

impl Pattern {
    /// A run over the table; feed it bytes, then ask.
    pub(crate) fn run(&self) -> Run {
        Run { dfa: self.dfa, state: 1 }
    }
}

/// State of a match in progress.
pub(crate) struct Run {
    dfa: &'static [u8],
    state: u8,
}

impl Run {
    fn at(&self, index: usize) -> usize {
        self.dfa.get(index).copied().unwrap_or(0) as usize
    }

    pub(crate) fn feed(&mut self, byte: u8) {
        // Layout: see `emit` in src/macros/src/pattern.rs.
        let runs = self.at(0);
        let mut run = runs;
        while run > 1 && self.at(run) > byte as usize {
            run -= 1;
        }
        let class = self.at(runs + run);
        let classes = self.at(2 * runs + 1);
        let states = self.at(2 * runs + 2);
        self.state = self.at(2 * runs + 3 + states + self.state as usize * classes + class) as u8;
    }

    pub(crate) fn matched(&self) -> bool {
        self.at(2 * self.at(0) + 3 + self.state as usize) == 1
    }
}

macro_rules! schema {
    ($($ty:ty => $tag:ident;)*) => {
        $(impl Schema for $ty {
            const TYPE: Type = Type(&[pack::$tag]);
        })*
    };
}

schema! {
    bool => BOOLEAN;
    i64 => INTEGER;
    f64 => NUMBER;
    String => STRING;
    serde_json::Value => ANY;
}

/// A value that may be `null`, which is not the same as absent: in an update, `null` clears and absent keeps.
///
/// A field that may be both is an `Option<Nullable<T>>`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Nullable<T>(pub Option<T>);
