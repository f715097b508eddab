//! What a model looks like, as data: the one table that requests and answers are checked against.
//!
//! A type is a run of bytes that `#[model]` and `#[endpoints]` write at compile time, types inside one another, without pointers. That is a
//! third of what structures would take. It is packed for the wire, and unpacked when the table is first used ([`pack`] tells the forms).

#![deny(missing_debug_implementations)]

pub mod endpoint;

use serde::{Deserialize, Serialize};
use supabase_management_wasm_macros::pattern;

/// A model of the API, described for the checker. Made by `#[model]`.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a model of this API; put `#[model]` on it")]
pub trait Schema {
    /// The shape of a value.
    const TYPE: Packed;
}

/// The shape of a JSON value, as the program holds it: see [`pack`].
#[derive(Debug, Clone, Copy)]
pub struct Packed {
    pub(crate) names: &'static [u8],
    pub(crate) shape: &'static [u8],
}

/// The shape of a JSON value, as it is read.
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
    /// `true` alone.
    True,
    /// A number.
    Number,
    /// A number with bounds, both included.
    Range {
        /// Smallest value.
        min: i64,
        /// Largest value.
        max: i64,
    },
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
    /// One of some types that nothing tells apart.
    Union(Types),
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
    open: bool,
}

/// The members of a tagged union.
#[derive(Debug, Clone, Copy)]
pub struct Members(&'static [u8]);

/// Some types.
#[derive(Debug, Clone, Copy)]
pub struct Types(&'static [u8]);

impl Fields {
    /// Whether there may be others.
    pub fn open(&self) -> bool {
        self.open
    }

    /// How many bytes are left: tells a place in the fields.
    pub(crate) fn left(&self) -> usize {
        self.rest.len()
    }

    /// A field by the bytes of its name, and what is left of the table behind it. Names of other fields are only compared, which is faster than
    /// to make strings of them.
    pub(crate) fn position(mut self, name: &[u8]) -> Option<(Field, usize)> {
        loop {
            let at = self;
            take(&mut self.rest, 1).first()?;
            let length = take(&mut self.rest, 1).first().copied().unwrap_or(0);
            let known = take(&mut self.rest, length.into());
            let length = take_u16(&mut self.rest);
            take(&mut self.rest, length);
            if known == name {
                let mut found = at;
                return found.next().map(|field| (field, self.left()));
            }
        }
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

impl Iterator for Types {
    type Item = Type;

    fn next(&mut self) -> Option<Type> {
        if self.0.is_empty() {
            return None;
        }
        let length = take_u16(&mut self.0);
        Some(Type(take(&mut self.0, length)))
    }
}

/// The first bytes, which are taken away. The table is ours: where it ends early it is a bug, and gives nothing rather than a trap.
fn take<'t>(bytes: &mut &'t [u8], count: usize) -> &'t [u8] {
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
    // The macros write the bytes of a `str`, whole: this never fails.
    std::str::from_utf8(name).unwrap_or_default()
}

impl Packed {
    /// Flags and tag in one byte.
    pub(crate) const fn head(self, flags: u8) -> [u8; 1] {
        [flags | self.shape[0] << pack::HEAD_TAG]
    }

    /// What belongs to the tag.
    pub(crate) const fn body(self) -> &'static [u8] {
        self.shape.split_at(1).1
    }

    /// Whether an object has a field that must be there.
    pub(crate) const fn requires(self) -> bool {
        let (mut at, mut fields) = (0, 0);
        while self.names[at] != 0 {
            fields += (self.names[at] == b'\n') as usize;
            at += 1;
        }
        while fields > 0 {
            if self.shape[fields] & pack::REQUIRED != 0 {
                return true;
            }
            fields -= 1;
        }
        false
    }

    /// Makes it readable. What it takes is never given back: the table is made once.
    pub fn unpack(mut self) -> Type {
        let tag = self.byte();
        self.unpack_type(tag)
    }

    /// Unpacks a type that begins with its head, and takes it away.
    pub(crate) fn inner(&mut self) -> Type {
        let tag = self.byte() >> pack::HEAD_TAG;
        self.unpack_type(tag)
    }

    fn unpack_type(&mut self, tag: u8) -> Type {
        // Room for most types at once.
        let mut bytes = Vec::with_capacity(1024);
        self.unpack_into(tag, &mut bytes);
        bytes.shrink_to_fit();
        Type(bytes.leak())
    }

    pub(crate) fn byte(&mut self) -> u8 {
        take(&mut self.shape, 1).first().copied().unwrap_or(0)
    }

    fn number(&mut self) -> u64 {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            number |= u64::from(byte & 127) << shift;
            shift += 7;
            if byte < 128 || shift > 63 {
                return number;
            }
        }
    }

    fn inner_into(&mut self, into: &mut Vec<u8>) {
        let tag = self.byte() >> pack::HEAD_TAG;
        self.unpack_into(tag, into);
    }

    fn copy(&mut self, count: usize, into: &mut Vec<u8>) {
        into.extend_from_slice(take(&mut self.shape, count));
    }

    /// Smallest and largest count.
    fn counts(&mut self, into: &mut Vec<u8>) {
        for less in [0, 1] {
            let count = self.number() as u32;
            into.extend_from_slice(&count.wrapping_sub(less).to_le_bytes());
        }
    }

    fn unpack_into(&mut self, tag: u8, into: &mut Vec<u8>) {
        into.push(tag);
        match tag {
            pack::BOUNDED | pack::RANGE => {
                for _ in 0..2 {
                    let number = self.number();
                    into.extend_from_slice(&(number >> 1 ^ (number & 1).wrapping_neg()).to_le_bytes());
                }
            }
            pack::TEXT => {
                self.counts(into);
                let length = self.byte();
                into.push(length);
                self.copy(length.into(), into);
                let length = take_u16(&mut self.shape);
                self.copy(length, into);
            }
            pack::ENUM => {
                while let Some(name) = take_line(&mut self.names) {
                    push_name(name, into);
                }
            }
            pack::OBJECT | pack::OPEN => self.unpack_object(into),
            pack::ARRAY => {
                self.counts(into);
                self.inner_into(into);
            }
            pack::MAP => self.inner_into(into),
            pack::TAGGED => {
                let mut names = self.names;
                while take_line(&mut self.names).is_some() {}
                push_name(take_line(&mut names).unwrap_or_default(), into);
                while let Some(name) = take_line(&mut names) {
                    push_name(name, into);
                    let at = leave_length(into);
                    self.unpack_into(pack::OBJECT, into);
                    fill_length(at, into);
                }
            }
            pack::UNION => {
                for _ in 0..self.byte() {
                    let at = leave_length(into);
                    self.inner_into(into);
                    fill_length(at, into);
                }
            }
            _ => {}
        }
    }

    fn unpack_object(&mut self, into: &mut Vec<u8>) {
        let mut names = self.names;
        let mut count = 0;
        while take_line(&mut self.names).is_some() {
            count += 1;
        }
        let heads = take(&mut self.shape, count);
        let required = into.len();
        into.push(0);
        for head in heads {
            let flags = head & ((1 << pack::HEAD_TAG) - 1);
            into[required] += flags & pack::REQUIRED;
            into.push(flags);
            push_name(take_line(&mut names).unwrap_or_default(), into);
            let at = leave_length(into);
            self.unpack_into(head >> pack::HEAD_TAG, into);
            fill_length(at, into);
        }
    }
}

fn push_name(name: &[u8], into: &mut Vec<u8>) {
    into.push(name.len() as u8);
    into.extend_from_slice(name);
}

/// Leaves room for the length of what follows.
fn leave_length(into: &mut Vec<u8>) -> usize {
    into.extend_from_slice(&[0, 0]);
    into.len()
}

fn fill_length(at: usize, into: &mut [u8]) {
    let length = into.len() - at;
    into[at - 2] = length as u8;
    into[at - 1] = (length >> 8) as u8;
}

/// What stands before the next line feed; at a zero, which it takes away, nothing.
fn take_line(rest: &mut &'static [u8]) -> Option<&'static [u8]> {
    if rest.first().is_none_or(|byte| *byte == 0) {
        take(rest, 1);
        return None;
    }
    Some(take_until(b'\n', rest))
}

/// What stands before the next such byte, which is taken away as well.
pub(crate) fn take_until<'t>(end: u8, rest: &mut &'t [u8]) -> &'t [u8] {
    let mut length = 0;
    while rest.get(length).is_some_and(|byte| *byte != end) {
        length += 1;
    }
    let taken = take(rest, length);
    take(rest, 1);
    taken
}

impl Type {
    /// Any JSON.
    pub const ANY: Type = Type(&[pack::ANY]);
    /// Rows of a query: a list of any JSON.
    pub(crate) const ROWS: Type = Type(&[pack::ARRAY, 0, 0, 0, 0, 255, 255, 255, 255, pack::ANY]);
    /// Any string.
    pub const STRING: Type = Type(&[pack::STRING]);

    /// Whether it is a string in the place of a secret, which the API never tells: its digest, say.
    pub fn is_digest(self) -> bool {
        self.0 == [pack::DIGEST]
    }

    /// The type of an item where it is a list, else the type itself.
    pub(crate) fn or_item(self) -> Type {
        if let Shape::Array { item, .. } = self.shape() { item } else { self }
    }

    /// The type of a field, where it is an object that has it.
    pub(crate) fn field(self, name: &str) -> Option<Field> {
        let Shape::Object(fields) = self.shape() else { return None };
        fields.position(name.as_bytes()).map(|(field, _)| field)
    }

    /// What it is.
    pub fn shape(self) -> Shape {
        let mut rest = self.0;
        match take(&mut rest, 1) {
            [pack::BOOLEAN] => Shape::Boolean,
            [pack::TRUE] => Shape::True,
            [pack::NUMBER] => Shape::Number,
            [pack::RANGE] => Shape::Range { min: take_i64(&mut rest), max: take_i64(&mut rest) },
            [pack::INTEGER] => Shape::Integer,
            [pack::BOUNDED] => Shape::Bounded { min: take_i64(&mut rest), max: take_i64(&mut rest) },
            [pack::STRING | pack::DIGEST] => Shape::String,
            [pack::TEXT] => {
                let (min, max) = (take_u32(&mut rest), take_u32(&mut rest));
                let source = take_name(&mut rest);
                Shape::Text { min, max, pattern: (!source.is_empty()).then_some(Pattern { source, dfa: rest }) }
            }
            [pack::ENUM] => Shape::Enum(Names(rest)),
            [tag @ (pack::OBJECT | pack::OPEN)] => {
                // How many fields are required, which only the fast path needs (src/check/fast).
                take(&mut rest, 1);
                Shape::Object(Fields { rest, open: *tag == pack::OPEN })
            }
            [pack::ARRAY] => {
                let (min, max) = (take_u32(&mut rest), take_u32(&mut rest));
                Shape::Array { min, max, item: Type(rest) }
            }
            [pack::MAP] => Shape::Map(Type(rest)),
            [pack::TAGGED] => Shape::Tagged { tag: take_name(&mut rest), members: Members(rest) },
            [pack::UNION] => Shape::Union(Types(rest)),
            _ => Shape::Any,
        }
    }
}

/// How types are written down as bytes.
#[doc(hidden)]
pub use supabase_management_wasm_fast_check::pack;

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
            const TYPE: Packed = Packed { names: &[], shape: &[pack::$tag] };
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
/// A field that may be both is an `Option<Nullable<T>>`. It can be used as the `Option` that it holds.
///
/// ```
/// use supabase_management_wasm::api::auth_config::UpdateAuthConfig;
/// use supabase_management_wasm::Nullable;
///
/// // Sets one, clears one, and leaves all others as they are.
/// let change = UpdateAuthConfig::new().site_url("https://example.com").smtp_host(Nullable::NULL);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Nullable<T>(pub Option<T>);

impl<T> Nullable<T> {
    /// `null`.
    pub const NULL: Self = Nullable(None);
}

impl<T> Default for Nullable<T> {
    fn default() -> Self {
        Self::NULL
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Nullable(Some(value))
    }
}

impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        Nullable(value)
    }
}

impl From<&str> for Nullable<String> {
    fn from(value: &str) -> Self {
        Nullable(Some(value.into()))
    }
}

impl<T> std::ops::Deref for Nullable<T> {
    type Target = Option<T>;

    fn deref(&self) -> &Option<T> {
        &self.0
    }
}

/// A text that is none of the values of an enum that requests hold.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownValue {
    /// The text.
    pub value: String,
    /// The values that this crate knows.
    pub expected: &'static [&'static str],
}

impl UnknownValue {
    pub(crate) fn new(value: &str, expected: &'static [&'static str]) -> Self {
        UnknownValue { value: value.into(), expected }
    }
}

impl std::fmt::Display for UnknownValue {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "unknown value {:?}, expected one of: {}", self.value, self.expected.join(", "))
    }
}

impl std::error::Error for UnknownValue {}

/// An object with free keys.
pub type Map<T> = std::collections::BTreeMap<String, T>;

/// Reads a map of an answer. A value that is null is left out: no key of a map must be there, and the rest of the answer is as good as before.
#[allow(dead_code, reason = "all maps of the answers of today may be left out; the macro uses it for one that must be there")]
pub(crate) fn map_without_nulls<'de, D: serde::Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Map<T>, D::Error> {
    let all = Map::<Option<T>>::deserialize(deserializer)?;
    Ok(all.into_iter().filter_map(|(key, value)| Some((key, value?))).collect())
}

/// The same of a map that may be left out.
pub(crate) fn optional_map_without_nulls<'de, D: serde::Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<Map<T>>, D::Error> {
    let all = Option::<Map<Option<T>>>::deserialize(deserializer)?;
    Ok(all.map(|all| all.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()))
}

/// The same of a map that may be null.
pub(crate) fn nullable_map_without_nulls<'de, D: serde::Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Nullable<Map<T>>, D::Error> {
    let all = Option::<Map<Option<T>>>::deserialize(deserializer)?;
    Ok(Nullable(all.map(|all| all.into_iter().filter_map(|(key, value)| Some((key, value?))).collect())))
}

/// The same of a map that may be null, or left out.
pub(crate) fn optional_nullable_map_without_nulls<'de, D: serde::Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Nullable<Map<T>>>, D::Error> {
    nullable_map_without_nulls(deserializer).map(Some)
}

/// Reads a field that is there: `null` is then a value of its own, while a plain `Option` would take it for absent.
pub(crate) fn present<'de, D: serde::Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
