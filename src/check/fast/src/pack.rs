//! How types are written down as bytes: packed, as the macros leave them in the program, and unpacked, as the checkers read them.
//!
//! Both are a tag and what belongs to it. Unpacked, an object holds the number of its required fields, then each field: flags, name behind its
//! length, type behind its length in two bytes. Packed, a type is in two streams. One has the names, each before a line feed, and a zero behind
//! those of an object or an enum. The other has all else: of an object a head for each field, which is flags and tag in one byte, then what
//! belongs to each tag; numbers with seven bits to a byte. No lengths are needed, and what models have in common, which is runs of names,
//! compresses to next to nothing: that halves what the table takes on the wire.

/// Flag of a field that must be there.
pub const REQUIRED: u8 = 1;
/// Flag of a field that may be `null`.
pub const NULLABLE: u8 = 2;
/// Flag of a field whose value must never be printed.
pub const SECRET: u8 = 4;

/// Bytes of the largest type.
pub const MOST: usize = 12_000;

/// Any JSON.
pub const ANY: u8 = 0;
/// `true` or `false`.
pub const BOOLEAN: u8 = 1;
/// A number.
pub const NUMBER: u8 = 2;
/// A number without fraction.
pub const INTEGER: u8 = 3;
/// The same, with bounds: two times eight bytes.
pub const BOUNDED: u8 = 4;
/// A string.
pub const STRING: u8 = 5;
/// A string with bounds (two times four bytes), and a pattern: its source behind a length, and its automaton.
pub const TEXT: u8 = 6;
/// Strings, each behind its length.
pub const ENUM: u8 = 7;
/// An object.
pub const OBJECT: u8 = 8;
/// A list: bounds (two times four bytes), and the type of its items.
pub const ARRAY: u8 = 9;
/// An object with free keys: the type of its values.
pub const MAP: u8 = 10;
/// Objects told apart by a field: its name behind a length, then value and type of each, behind their lengths.
pub const TAGGED: u8 = 11;
/// One of some types that nothing tells apart: each behind its length in two bytes.
pub const UNION: u8 = 12;
/// `true` alone.
pub const TRUE: u8 = 13;
/// A number with bounds: two times eight bytes.
pub const RANGE: u8 = 14;
/// An object that may have more fields than it names.
pub const OPEN: u8 = 15;

/// A string that stands for a secret which is never told: a digest, or a mask.
pub const DIGEST: u8 = 16;

/// Bytes of all parts together.
pub const fn length(parts: &[&[u8]]) -> usize {
    let (mut total, mut at) = (0, 0);
    while at < parts.len() {
        total += parts[at].len();
        at += 1;
    }
    total
}

/// The parts, one behind the other.
pub const fn concat<const N: usize>(parts: &[&[u8]]) -> [u8; N] {
    let mut bytes = [0; N];
    let (mut end, mut at) = (0, 0);
    while at < parts.len() {
        let mut byte = 0;
        while byte < parts[at].len() {
            bytes[end] = parts[at][byte];
            end += 1;
            byte += 1;
        }
        at += 1;
    }
    bytes
}

/// How far the tag is shifted in a head, to make room for the flags.
pub const HEAD_TAG: u32 = 3;

/// A length in one byte.
pub const fn short(length: usize) -> [u8; 1] {
    assert!(length < 256, "a name or a count of the table is longer than 255");
    [length as u8]
}

/// A length in two bytes.
pub const fn long(length: usize) -> [u8; 2] {
    assert!(length <= MOST, "a type of the table takes too many bytes");
    (length as u16).to_le_bytes()
}
