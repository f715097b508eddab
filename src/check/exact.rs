//! What a reader of free JSON loses without a word: digits of whole numbers that a language does not hold, and all but the last of several values of one
//! name, as two columns of a query may have.

use super::scan::unescape;
use super::{Checker, Cursor, Kind, Path, Stop};
use crate::fault::Fault;
use crate::schema::Type;
use crate::text::push_member;
use supabase_management_wasm_fast_check::keeps;

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
    fn hold(self, written: &[u8]) -> bool {
        let (digits, bound) = written.strip_prefix(b"-").map_or((written, self.most), |digits| (digits, self.least));
        digits.len() < bound.len() || !digits.iter().all(u8::is_ascii_digit) || digits.len() == bound.len() && digits <= bound.as_bytes()
    }

    /// The fault of one that is not.
    fn fault(self, path: String, foreign: Vec<(usize, usize)>, written: &[u8]) -> Fault {
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

/// An array or an object around a place of free JSON.
struct Level<'t> {
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

impl<'t> Checker<'t> {
    /// Lets the check of an answer mind what would be lost.
    pub(super) fn with_exactness(mut self, exactness: Option<Exactness>) -> Self {
        self.exactness = exactness;
        self
    }

    /// Steps over free JSON, and tells of what would be lost of it.
    pub(super) fn free(&mut self, path: &Path<'_>) -> Result<(), Stop> {
        let begin = self.cursor;
        self.skip(path)?;
        match self.exactness {
            Some(exactness) if !keeps(self.cursor.since(begin.position())) => self.look_closer(begin, exactness, path),
            _ => Ok(()),
        }
    }

    /// Whether a number of a model is held; the cursor stands behind it.
    pub(super) fn held(&mut self, from: usize, path: &Path<'_>) -> Result<(), Stop> {
        let Some(Exactness { integers, .. }) = self.exactness else { return Ok(()) };
        let written = self.cursor.since(from);
        if integers.hold(written) {
            return Ok(());
        }
        let (path, foreign) = path.written();
        self.note(integers.fault(path, foreign, written), true)
    }

    /// Goes through free JSON without recursion, as it may be deeper than a stack. What is broken is for others to tell.
    fn look_closer(&mut self, mut cursor: Cursor<'t>, Exactness { integers, as_text }: Exactness, path: &Path<'_>) -> Result<(), Stop> {
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
                    let written = cursor.since(from);
                    if !integers.hold(written) {
                        if as_text {
                            self.large.push((from, cursor.position()));
                        } else {
                            let (path, foreign) = place(path, &open);
                            self.note(integers.fault(path, foreign, written), true)?;
                        }
                    }
                }
                _ if cursor.skip() => {}
                _ => return Ok(()),
            }
            while let Some(level) = open.last_mut() {
                match cursor.more(level.close(), level.count == 0) {
                    None => return Ok(()),
                    Some(false) => {
                        open.pop();
                        continue;
                    }
                    Some(true) => level.count += 1,
                }
                if level.is_object {
                    let Some(key) = cursor.key() else { return Ok(()) };
                    level.key = key;
                    let name = unescape(key);
                    match level.names.binary_search(&name) {
                        Err(at) => level.names.insert(at, name),
                        Ok(_) => {
                            let (path, foreign) = place(path, &open);
                            self.note(Fault::new(path, "a name that comes once", "the same name again").with_foreign(foreign), true)?;
                        }
                    }
                }
                break;
            }
            if open.is_empty() {
                return Ok(());
            }
        }
    }
}

/// A path, and on to the place inside of these levels.
fn place(path: &Path<'_>, open: &[Level<'_>]) -> (String, Vec<(usize, usize)>) {
    let (mut text, mut foreign) = path.written();
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

/// An answer in which whole numbers of free JSON that a language does not hold are strings of their digits; nothing where there are none.
pub(crate) fn with_text_for_large(text: &[u8], ty: Type, integers: Integers) -> Option<Vec<u8>> {
    if keeps(text) {
        return None;
    }
    let mut checker = Checker::new(text, super::Mode::Answer, true).with_exactness(Some(Exactness { integers, as_text: true }));
    let _ = checker.value(ty, &Path::root(""));
    if checker.large.is_empty() {
        return None;
    }
    let mut written = Vec::with_capacity(text.len() + 2 * checker.large.len());
    // A byte order mark is no part of the text.
    let mut copied = Cursor::new(text).position();
    for (from, to) in checker.large {
        written.extend_from_slice(&text[copied..from]);
        written.push(b'"');
        written.extend_from_slice(&text[from..to]);
        written.push(b'"');
        copied = to;
    }
    written.extend_from_slice(&text[copied..]);
    Some(written)
}

/// Whether a text is JSON as a whole, as far as its structure tells: an answer of an endpoint that nobody described may be anything.
pub(crate) fn is_json(text: &[u8]) -> bool {
    let mut cursor = Cursor::new(text);
    !matches!(cursor.kind(), Kind::End | Kind::Junk) && cursor.skip() && cursor.kind() == Kind::End
}
