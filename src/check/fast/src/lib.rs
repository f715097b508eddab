//! The fast path of the checker: does this answer fit its model, yes or no?
//!
//! It is a crate of its own because it is compiled for speed, while everything around it is compiled for size. Most answers fit, and then
//! nothing needs to be said: only where this gives `false`, the checker proper looks for the path and the words.

pub mod pack;

/// Whether a JSON text surely fits a packed type, as the strict check of answers sees it. `false` means: look closer.
///
/// Structure is stepped over loosely: whether the text is JSON at all is for the parser that reads it afterwards.
pub fn fits(text: &[u8], ty: &[u8]) -> bool {
    let mut check = FastCheck { text, at: 0, exact: false };
    // SAFETY: an engine without SIMD refuses the whole module, so code that runs has it.
    #[allow(unused_unsafe, reason = "elsewhere no feature is asked for")]
    unsafe { check.value(ty, 0) }.is_some()
}

/// The same, and a parser surely loses nothing of it: see [`keeps`].
pub fn fits_exactly(text: &[u8], ty: &[u8]) -> bool {
    let mut check = FastCheck { text, at: 0, exact: true };
    // SAFETY: as above.
    #[allow(unused_unsafe, reason = "elsewhere no feature is asked for")]
    unsafe { check.value(ty, 0) }.is_some()
}

/// Whether a parser of JavaScript surely loses nothing of a JSON text: no whole number is beyond 2^53, and no object has a name twice. `false` means: look
/// closer.
pub fn keeps(text: &[u8]) -> bool {
    let mut check = FastCheck { text, at: 0, exact: true };
    // SAFETY: as above.
    #[allow(unused_unsafe, reason = "elsewhere no feature is asked for")]
    unsafe { check.free() }.is_some()
}

/// Types lie in one another no deeper than this; the table of the API has a tenth of it.
const DEEPEST: u32 = 64;

struct FastCheck<'t> {
    text: &'t [u8],
    at: usize,
    /// Whether what a parser would lose is a reason to look closer.
    exact: bool,
}

/// Digits of the largest whole number that JavaScript holds, in either direction.
const LARGEST: &[u8] = b"9007199254740991";

/// Whether a number, as it is written, comes through a parser as it is.
#[inline(always)]
fn is_held(number: &[u8]) -> bool {
    number.len() < LARGEST.len() || {
        let digits = number.strip_prefix(b"-").unwrap_or(number);
        digits.len() < LARGEST.len() || !digits.iter().all(u8::is_ascii_digit) || digits.len() == LARGEST.len() && digits <= LARGEST
    }
}

/// How many names of an object are compared with one another here. More are rare.
const FEW: usize = 100;

/// Whether no name comes twice, as far as that is told without an order among them.
fn are_distinct(names: &[&[u8]]) -> bool {
    names.len() <= FEW && names.iter().enumerate().all(|(at, name)| names[..at].iter().all(|other| other.len() != name.len() || !same(other, name)))
}

/// `None` is "look closer".
type Step = Option<()>;

fn need(condition: bool) -> Step {
    condition.then_some(())
}

impl<'t> FastCheck<'t> {
    #[inline(always)]
    fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = *self.text.get(self.at)?;
            if byte > b' ' {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    #[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
    fn value(&mut self, ty: &[u8], depth: u32) -> Step {
        let first = self.peek()?;
        let (&tag, rest) = ty.split_first()?;
        match tag {
            pack::STRING | pack::TEXT | pack::ENUM | pack::DIGEST => {
                need(first == b'"')?;
                self.string()
            }
            pack::INTEGER | pack::BOUNDED => self.number(true),
            pack::NUMBER | pack::RANGE => self.number(false),
            pack::BOOLEAN => {
                need(first == b't' || first == b'f')?;
                self.word();
                Some(())
            }
            pack::OBJECT | pack::OPEN if first == b'{' && depth < DEEPEST => self.object(rest, depth),
            pack::ARRAY if first == b'[' && depth < DEEPEST => self.array(rest.get(8..)?, depth),
            pack::MAP if first == b'{' && depth < DEEPEST => self.map(rest, depth),
            pack::ANY if self.exact => self.free(),
            pack::ANY => self.skip(),
            _ => None,
        }
    }

    /// Steps over a string; the cursor stands on its first quote.
    #[inline]
    #[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
    fn string(&mut self) -> Step {
        let mut at = self.at + 1;
        loop {
            at = search(self.text, at);
            if *self.text.get(at)? == b'"' {
                self.at = at + 1;
                return Some(());
            }
            at += 2;
        }
    }

    fn number(&mut self, whole: bool) -> Step {
        let begin = self.at;
        if self.text.get(self.at) == Some(&b'-') {
            self.at += 1;
        }
        while self.text.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        need(self.at > begin)?;
        if let Some(b'.' | b'e' | b'E') = self.text.get(self.at) {
            need(!whole)?;
            self.word();
        } else if self.exact {
            need(is_held(self.text.get(begin..self.at)?))?;
        }
        Some(())
    }

    /// Steps over a literal or a number.
    fn word(&mut self) {
        while let Some(b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'+' | b'-' | b'.') = self.text.get(self.at) {
            self.at += 1;
        }
    }

    /// Steps over any value, however deep, without recursion.
    #[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
    fn skip(&mut self) -> Step {
        let mut depth = 0u32;
        loop {
            match self.peek()? {
                b'"' => self.string()?,
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                    continue;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                b',' | b':' if depth > 0 => {
                    self.at += 1;
                    continue;
                }
                _ => {
                    let begin = self.at;
                    self.word();
                    need(self.at > begin)?;
                }
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// Steps over free JSON of which a parser surely loses nothing.
    #[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
    fn free(&mut self) -> Step {
        let text: &'t [u8] = self.text;
        // The names of all objects around this place, and how many there were before each of them.
        let (mut names, mut open): (Vec<&'t [u8]>, Vec<usize>) = (Vec::new(), Vec::new());
        loop {
            match self.peek()? {
                b'"' => {
                    let begin = self.at + 1;
                    self.string()?;
                    let end = self.at - 1;
                    if !open.is_empty() && self.peek()? == b':' {
                        names.push(text.get(begin..end)?);
                    }
                }
                b'{' | b'[' => {
                    open.push(names.len());
                    self.at += 1;
                    continue;
                }
                b'}' | b']' => {
                    let before = open.pop()?;
                    need(are_distinct(names.get(before..)?))?;
                    names.truncate(before);
                    self.at += 1;
                }
                b',' | b':' if !open.is_empty() => {
                    self.at += 1;
                    continue;
                }
                _ => {
                    let begin = self.at;
                    self.word();
                    need(self.at > begin && is_held(text.get(begin..self.at)?))?;
                }
            }
            if open.is_empty() {
                return Some(());
            }
        }
    }

    /// Whether another item follows; steps over the comma, or over the closing bracket.
    #[inline(always)]
    fn more(&mut self, close: u8, first: bool) -> Option<bool> {
        let byte = self.peek()?;
        if byte == close {
            self.at += 1;
            return Some(false);
        }
        if !first {
            need(byte == b',')?;
            self.at += 1;
        }
        Some(true)
    }

    #[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
    fn array(&mut self, item: &[u8], depth: u32) -> Step {
        self.at += 1;
        let mut first = true;
        while self.more(b']', first)? {
            first = false;
            self.value(item, depth + 1)?;
        }
        Some(())
    }

    #[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
    fn map(&mut self, value: &[u8], depth: u32) -> Step {
        self.at += 1;
        let mut first = true;
        while self.more(b'}', first)? {
            first = false;
            need(self.peek()? == b'"')?;
            self.string()?;
            self.colon()?;
            // Null counts as absent, as in a field that may be left out.
            if self.peek()? == b'n' && *value.first()? != pack::ANY {
                self.word();
                continue;
            }
            self.value(value, depth + 1)?;
        }
        Some(())
    }

    #[inline(always)]
    fn colon(&mut self) -> Step {
        need(self.peek()? == b':')?;
        self.at += 1;
        Some(())
    }

    #[cfg_attr(target_arch = "wasm32", target_feature(enable = "simd128"))]
    fn object(&mut self, object: &[u8], depth: u32) -> Step {
        let (&required, fields) = object.split_first()?;
        let mut missing = u32::from(required);
        let mut seen = [0u64; 8];
        // Where the next field is expected: behind the last one, as servers keep the order of the description.
        let (mut next, mut number) = (0, 0);
        self.at += 1;
        let mut first = true;
        while self.more(b'}', first)? {
            first = false;
            need(self.peek()? == b'"')?;
            let begin = self.at + 1;
            let (mut at, mut index, mut wrapped) = (next, number, false);
            let found = loop {
                let Some(&[flags, length]) = fields.get(at..at + 2) else {
                    // The end of the table: on from its beginning, once.
                    if wrapped {
                        break None;
                    }
                    (at, index, wrapped) = (0, 0, true);
                    continue;
                };
                let end = at + 2 + usize::from(length);
                let name = fields.get(at + 2..end)?;
                let &[low, high] = fields.get(end..end + 2)? else { return None };
                let after = end + 2 + (usize::from(low) | usize::from(high) << 8);
                let behind = begin + usize::from(length);
                if self.text.get(behind) == Some(&b'"') && same(self.text.get(begin..behind)?, name) {
                    break Some((flags, behind, end + 2, after, index));
                }
                if wrapped && at >= next {
                    break None;
                }
                (at, index) = (after, index + 1);
            };
            let Some((flags, behind, from, after, index)) = found else {
                // An unknown field, or a known one with escapes in its name. The latter is worth a closer look.
                self.string()?;
                need(self.text.get(begin..self.at)?.iter().all(|byte| *byte != b'\\'))?;
                self.colon()?;
                self.peek()?;
                self.skip()?;
                continue;
            };
            self.at = behind + 1;
            (next, number) = (after, index + 1);
            let word = seen.get_mut(index / 64)?;
            if *word & 1 << (index % 64) == 0 {
                *word |= 1 << (index % 64);
                missing -= u32::from(flags & pack::REQUIRED != 0);
            }
            self.colon()?;
            if self.peek()? == b'n' && *fields.get(from)? != pack::ANY {
                need(flags & (pack::REQUIRED | pack::NULLABLE) != pack::REQUIRED)?;
                self.word();
                continue;
            }
            self.value(fields.get(from..after)?, depth + 1)?;
        }
        need(missing == 0)
    }
}

/// Whether two slices of one length are the same: names are short, and a call of `memcmp` takes longer than they do.
#[inline(always)]
fn same(a: &[u8], b: &[u8]) -> bool {
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    a.iter().zip(b).all(|(a, b)| u64::from_le_bytes(*a) == u64::from_le_bytes(*b)) && a_rest.iter().zip(b_rest).all(|(a, b)| a == b)
}

/// The first quote or backslash from here on, or the length of the text.
#[cfg(target_arch = "wasm32")]
pub fn next_special(text: &[u8], from: usize) -> usize {
    // SAFETY: as above.
    #[allow(unused_unsafe, reason = "newer compilers know that")]
    unsafe {
        search(text, from)
    }
}

#[cfg(target_arch = "wasm32")]
#[inline]
#[target_feature(enable = "simd128")]
fn search(text: &[u8], mut at: usize) -> usize {
    use core::arch::wasm32::{i8x16_bitmask, i8x16_eq, i8x16_splat, v128, v128_load, v128_or};
    let (quote, escape) = (i8x16_splat(b'"' as i8), i8x16_splat(b'\\' as i8));
    while at + 16 <= text.len() {
        // SAFETY: the sixteen bytes lie inside the slice; the load needs no alignment.
        let block: v128 = unsafe { v128_load(text.as_ptr().add(at).cast()) };
        let mask = i8x16_bitmask(v128_or(i8x16_eq(block, quote), i8x16_eq(block, escape)));
        if mask != 0 {
            return at + mask.trailing_zeros() as usize;
        }
        at += 16;
    }
    while at < text.len() && text[at] != b'"' && text[at] != b'\\' {
        at += 1;
    }
    at
}

/// The first quote or backslash from here on, or the length of the text.
#[cfg(not(target_arch = "wasm32"))]
pub fn next_special(text: &[u8], from: usize) -> usize {
    search(text, from)
}

#[cfg(not(target_arch = "wasm32"))]
fn search(text: &[u8], from: usize) -> usize {
    text.iter().skip(from).position(|byte| matches!(byte, b'"' | b'\\')).map_or(text.len(), |found| from + found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> Vec<u8> {
        // [{ "id": string, "count"?: integer, "note": string | null, "free"?: any }]
        let mut fields = Vec::new();
        for (flags, name, ty) in [(1, "id", pack::STRING), (0, "count", pack::INTEGER), (3, "note", pack::STRING), (0, "free", pack::ANY)] {
            fields.extend([flags, name.len() as u8]);
            fields.extend(name.bytes());
            fields.extend([1, 0, ty]);
        }
        let mut list = vec![pack::ARRAY, 0, 0, 0, 0, 255, 255, 255, 255, pack::OBJECT, 2];
        list.extend(fields);
        list
    }

    #[test]
    fn what_fits_is_told() {
        for text in [
            "[]",
            r#"[{"id":"a","count":1,"note":"x"}]"#,
            r#" [ { "note" : null , "id" : "a\"b" } , {"id":"","note":"","free":{"a":[1,{"b":"}"}]},"count":-5} ] "#,
            r#"[{"id":"a","note":"x","count":null}]"#,
            r#"[{"id":"a","id":"b","note":"x","unknown":[{}],"also":null}]"#,
            r#"[{"free":null,"note":"x","id":"a"}]"#,
        ] {
            assert!(fits(text.as_bytes(), &list()), "{text}");
        }
    }

    #[test]
    fn what_a_parser_may_lose_is_left_to_a_closer_look() {
        let names = |count: usize| (0..count).map(|at| format!("\"n{at}\":{at}")).collect::<Vec<_>>().join(",");
        let (few, many) = (format!("{{{}}}", names(20)), format!("{{{}}}", names(FEW)));
        for text in [
            "[]",
            "9007199254740991",
            "[-9007199254740991,1e999,12345678901234567890.5,0.12345678901234567890]",
            r#"[{"a":1,"b":{"a":"9007199254740993"}},{"a":2},["a","a"],{"A":1,"a":1,"":1}]"#,
            r#"{"a":"x","b":"a","c":["a"]}"#,
            &few,
            &many,
        ] {
            assert!(keeps(text.as_bytes()), "{text}");
        }
        let (few, many) = (few.replace("\"n19\"", "\"n3\""), format!("{{{}}}", names(FEW + 1)));
        for text in [
            "",
            "9007199254740992",
            "[-9007199254740992]",
            r#"{"a":12345678901234567890}"#,
            r#"[{"a":1,"a":1}]"#,
            r#"[{"a":{"b":1,"c":2,"b":3}}]"#,
            r#"{"a" : 1 , "a" : 2}"#,
            &few,
            &many,
        ] {
            assert!(!keeps(text.as_bytes()), "{text}");
        }
        // Free JSON in a model, and numbers of it.
        for (text, held) in [
            (r#"[{"id":"a","note":"x","count":9007199254740991,"free":{"a":1}}]"#, true),
            (r#"[{"id":"a","note":"x","count":9007199254740993}]"#, false),
            (r#"[{"id":"a","note":"x","free":[9007199254740993]}]"#, false),
            (r#"[{"id":"a","note":"x","free":{"a":1,"a":1}}]"#, false),
        ] {
            assert_eq!((fits(text.as_bytes(), &list()), fits_exactly(text.as_bytes(), &list())), (true, held), "{text}");
        }
    }

    #[test]
    fn what_may_not_fit_is_left_to_a_closer_look() {
        for text in [
            "",
            "{}",
            "[",
            "[{}]",
            r#"[{"id":"a"}]"#,
            r#"[{"id":1,"note":"x"}]"#,
            r#"[{"id":null,"note":"x"}]"#,
            r#"[{"id":"a","note":"x","count":1.5}]"#,
            r#"[{"id":"a","note":"x","count":"1"}]"#,
            r#"[{"id":"a","id":"b"}]"#,
            r#"[{"id":"a","note":"x""#,
            r#"[{"\u0069d":"a","note":"x"}]"#,
        ] {
            assert!(!fits(text.as_bytes(), &list()), "{text}");
        }
    }
}
