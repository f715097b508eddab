//! What a reader of free JSON loses without a word: digits of whole numbers that a language does not hold, and all but the last of several values of one
//! name, as two columns of a query may have.

use super::scan::{Cursor, Kind, unescape};
use crate::fault::Fault;
use crate::text::push_member;

/// Which whole numbers a language reads as they are written. Numbers with a fraction or an exponent are approximate everywhere, and not looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Integers {
    /// The digits of the largest one.
    pub(crate) most: &'static str,
    /// The digits of the smallest one, which is negative.
    pub(crate) least: &'static str,
}

impl Integers {
    /// What `serde_json` reads: `u64` and `i64`.
    pub(crate) const RUST: Integers = Integers { most: "18446744073709551615", least: "9223372036854775808" };

    /// Whether a number, as it is written, is held as it is.
    pub(super) fn hold(self, written: &[u8]) -> bool {
        let (digits, bound) = written.strip_prefix(b"-").map_or((written, self.most), |digits| (digits, self.least));
        digits.len() < bound.len() || !digits.iter().all(u8::is_ascii_digit) || digits.len() == bound.len() && digits <= bound.as_bytes()
    }

    /// The fault of one that is not.
    pub(super) fn fault(self, path: String, foreign: Vec<(usize, usize)>, written: &[u8]) -> Fault {
        let expected = format!("a whole number that can be held exactly, -{} to {}", self.least, self.most);
        let digits = written.len() - usize::from(written.starts_with(b"-"));
        Fault::new(path, expected, format!("one of {digits} digits")).with_foreign(foreign)
    }
}

/// What a check of an answer minds besides its model.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Exactness {
    pub(crate) integers: Integers,
    /// Whether whole numbers of free JSON that are not held come as text: then nothing of them is lost.
    pub(crate) as_text: bool,
}

/// Something that a reader loses.
pub(super) enum Loss<'t> {
    /// Digits of a number: where it stands, and how it is written.
    Digits { from: usize, to: usize, written: &'t [u8] },
    /// What stood before under the name that leads here.
    Value,
}

/// An array or an object around a place of free JSON.
pub(super) struct Level<'t> {
    is_object: bool,
    count: u32,
    key: &'t [u8],
    /// In order, so that one is found among many.
    names: Vec<String>,
}

impl Level<'_> {
    fn close(&self) -> u8 {
        if self.is_object { b'}' } else { b']' }
    }
}

/// Finds what a reader would lose of the value at a place, until `each` gives false: what it is, and what is around it. It goes without recursion, as
/// free JSON may be deeper than a stack. What is broken is for others to tell.
pub(super) fn losses<'t>(mut cursor: Cursor<'t>, integers: Integers, each: &mut dyn FnMut(Loss<'t>, &[Level<'t>]) -> bool) {
    let mut open: Vec<Level<'t>> = Vec::new();
    loop {
        match cursor.kind() {
            kind @ (Kind::Array | Kind::Object) => {
                cursor.step();
                open.push(Level { is_object: kind == Kind::Object, count: 0, key: b"", names: Vec::new() });
            }
            Kind::Number => {
                let from = cursor.position();
                cursor.skip();
                let (to, written) = (cursor.position(), cursor.since(from));
                if !integers.hold(written) && !each(Loss::Digits { from, to, written }, &open) {
                    return;
                }
            }
            _ if cursor.skip() => {}
            _ => return,
        }
        while let Some(level) = open.last_mut() {
            match cursor.more(level.close(), level.count == 0) {
                None => return,
                Some(false) => {
                    open.pop();
                    continue;
                }
                Some(true) => level.count += 1,
            }
            if level.is_object {
                let Some(key) = cursor.key() else { return };
                level.key = key;
                let name = unescape(key);
                match level.names.binary_search(&name) {
                    Err(at) => level.names.insert(at, name),
                    Ok(_) if !each(Loss::Value, &open) => return,
                    Ok(_) => {}
                }
            }
            break;
        }
        if open.is_empty() {
            return;
        }
    }
}

/// A path, and on to the place inside of these levels; and which bytes of it are names that others gave.
pub(super) fn place((mut text, mut foreign): (String, Vec<(usize, usize)>), open: &[Level<'_>]) -> (String, Vec<(usize, usize)>) {
    for level in open {
        let from = text.len();
        if level.is_object {
            push_member(&mut text, &unescape(level.key));
            foreign.push((from, text.len()));
        } else {
            text.push_str(&format!("[{}]", level.count - 1));
        }
    }
    (text, foreign)
}

/// Whether a text is JSON as a whole, as far as its structure tells: an answer of an endpoint that nobody described may be anything.
pub(crate) fn is_json(text: &[u8]) -> bool {
    let mut cursor = Cursor::new(text);
    !matches!(cursor.kind(), Kind::End | Kind::Junk) && cursor.skip() && cursor.kind() == Kind::End
}
