//! What a model looks like, as data: the one table that requests and answers are checked against.

use serde::{Deserialize, Serialize};
use supabase_management_wasm_macros::pattern;

/// A type of the API, described for the checker.
///
/// Derived by `#[model]`; implemented here for what models are made of.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a model of this API; put `#[model]` on it")]
pub trait Schema {
    /// The shape of a value.
    const TYPE: Type;
    /// Whether the field may be left out.
    const OPTIONAL: bool = false;
    /// Whether the value may be `null`.
    const NULLABLE: bool = false;
}

/// The shape of a JSON value.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Type {
    /// Any JSON.
    Any,
    /// `true` or `false`.
    Boolean,
    /// A number without fraction.
    Integer(&'static Limits),
    /// A number.
    Number,
    /// A string.
    String(&'static Text),
    /// One of some strings.
    Enum(&'static [&'static str]),
    /// An object with known fields.
    Object(&'static Model),
    /// A list.
    Array(&'static List),
    /// An object with free keys.
    Map(&'static Type),
    /// Objects told apart by one field.
    Tagged(&'static Tagged),
}

/// Bounds of an integer, both included.
#[derive(Debug)]
pub struct Limits {
    /// Smallest value.
    pub min: i64,
    /// Largest value.
    pub max: i64,
}

/// Bounds of a string. Lengths count characters (Unicode code points).
#[derive(Debug)]
pub struct Text {
    /// Shortest length.
    pub min: u32,
    /// Longest length.
    pub max: u32,
    /// What it must match.
    pub pattern: Option<&'static Pattern>,
}

/// A regular expression, compiled into a transition table by `#[model]`.
#[derive(Debug)]
pub struct Pattern {
    /// The expression as the API states it, or the name of a format.
    pub source: &'static str,
    pub(crate) dfa: &'static [u8],
}

/// A list.
#[derive(Debug)]
pub struct List {
    /// Type of each item.
    pub item: Type,
    /// Fewest items.
    pub min: u32,
    /// Most items.
    pub max: u32,
}

/// An object.
#[derive(Debug)]
pub struct Model {
    /// Name in Rust and TypeScript.
    pub name: &'static str,
    /// Its fields.
    pub fields: &'static [Field],
}

/// A field of an object.
#[derive(Debug)]
pub struct Field {
    /// Name in JSON.
    pub name: &'static str,
    /// Type of the value.
    pub ty: Type,
    /// Whether it must be there.
    pub required: bool,
    /// Whether it may be `null`.
    pub nullable: bool,
    /// Whether its value must never be printed.
    pub secret: bool,
}

/// Objects told apart by one field.
#[derive(Debug)]
pub struct Tagged {
    /// Name of the field.
    pub tag: &'static str,
    /// Value of the field, and the object that goes with it.
    pub members: &'static [(&'static str, &'static Model)],
}

pub(crate) static ANY_TEXT: Text = Text { min: 0, max: u32::MAX, pattern: None };
pub(crate) static LETTERS: Pattern = pattern!("^[a-z]+$");
pub(crate) static WORD: Pattern = pattern!("^[A-Za-z0-9_-]+$");
static ANY_INTEGER: Limits = Limits { min: i64::MIN, max: i64::MAX };

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
    ($($ty:ty => $schema:expr;)*) => {
        $(impl Schema for $ty {
            const TYPE: Type = $schema;
        })*
    };
}

schema! {
    bool => Type::Boolean;
    i64 => Type::Integer(&ANY_INTEGER);
    u64 => Type::Integer(&Limits { min: 0, max: i64::MAX });
    f64 => Type::Number;
    String => Type::String(&ANY_TEXT);
    serde_json::Value => Type::Any;
}

impl<T: Schema> Schema for Option<T> {
    const TYPE: Type = T::TYPE;
    const OPTIONAL: bool = true;
    const NULLABLE: bool = T::NULLABLE;
}

impl<T: Schema> Schema for [T] {
    const TYPE: Type = Type::Array(&List { item: T::TYPE, min: 0, max: u32::MAX });
}

impl<T: Schema> Schema for Vec<T> {
    const TYPE: Type = <[T] as Schema>::TYPE;
}

/// A value that may be `null`, which is not the same as absent: in an update, `null` clears and absent keeps.
///
/// A field that may be both is an `Option<Nullable<T>>`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Nullable<T>(pub Option<T>);

impl<T: Schema> Schema for Nullable<T> {
    const TYPE: Type = T::TYPE;
    const NULLABLE: bool = true;
}
