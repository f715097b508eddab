//! Moving over JSON text.

use supabase_management_wasm_fast_check::next_special;

/// What the next value is, told by its first byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
    /// Nothing follows.
    End,
    /// No value begins like this.
    Junk,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Null => "null",
            Kind::Boolean => "boolean",
            Kind::Number => "number",
            Kind::String => "string",
            Kind::Array => "array",
            Kind::Object => "object",
            Kind::End => "nothing",
            Kind::Junk => "text that is not JSON",
        }
    }
}

/// A place in a JSON text.
///
/// It steps over structure loosely: whether commas and literals are right is for the JSON parser that reads the text afterwards. It never
/// runs past the end and never loops.
#[derive(Clone, Copy)]
pub(crate) struct Cursor<'t> {
    text: &'t [u8],
    at: usize,
}

impl<'t> Cursor<'t> {
    pub(crate) fn new(text: &'t [u8]) -> Self {
        // A byte order mark is no part of the text, as for `JSON.parse` behind `TextDecoder`.
        Cursor { text, at: if text.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 } }
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    pub(crate) fn position(&self) -> usize {
        self.at
    }

    /// The text from a place before this one to here.
    pub(crate) fn since(&self, from: usize) -> &'t [u8] {
        self.text.get(from..self.at).unwrap_or_default()
    }

    pub(crate) fn at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    /// The kind of the next value; white space before it is stepped over.
    pub(crate) fn kind(&mut self) -> Kind {
        self.space();
        match self.peek() {
            None => Kind::End,
            Some(b'n') => Kind::Null,
            Some(b't' | b'f') => Kind::Boolean,
            Some(b'-' | b'0'..=b'9') => Kind::Number,
            Some(b'"') => Kind::String,
            Some(b'[') => Kind::Array,
            Some(b'{') => Kind::Object,
            Some(_) => Kind::Junk,
        }
    }

    /// Steps over an opening bracket.
    pub(crate) fn step(&mut self) {
        self.at += 1;
    }

    /// Steps over the next value, however deep. `false` where it has no end.
    pub(crate) fn skip(&mut self) -> bool {
        let mut depth = 0usize;
        loop {
            match self.kind() {
                Kind::End => return false,
                Kind::String => {
                    if self.raw_string().is_none() {
                        return false;
                    }
                }
                Kind::Array | Kind::Object => {
                    depth += 1;
                    self.at += 1;
                    continue;
                }
                Kind::Junk => {
                    let byte = self.peek();
                    self.at += 1;
                    match byte {
                        Some(b']' | b'}') if depth > 0 => depth -= 1,
                        Some(b',' | b':') if depth > 0 => continue,
                        _ => return false,
                    }
                }
                Kind::Null | Kind::Boolean | Kind::Number => self.word(),
            }
            if depth == 0 {
                return true;
            }
        }
    }

    /// Steps over a literal or a number.
    fn word(&mut self) {
        while let Some(b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'+' | b'-' | b'.') = self.peek() {
            self.at += 1;
        }
    }

    /// Whether another item follows; steps over the comma, or over the closing bracket. `None` where neither is there.
    pub(crate) fn more(&mut self, close: u8, first: bool) -> Option<bool> {
        self.space();
        let byte = self.peek()?;
        if byte == close {
            self.at += 1;
            return Some(false);
        }
        if !first {
            if byte != b',' {
                return None;
            }
            self.at += 1;
        }
        Some(true)
    }

    fn colon(&mut self) -> Option<()> {
        self.space();
        (self.peek()? == b':').then(|| self.at += 1)
    }

    /// A key as it is written; steps over its colon.
    pub(crate) fn key(&mut self) -> Option<&'t [u8]> {
        if self.kind() != Kind::String {
            return None;
        }
        let key = self.raw_string()?;
        self.colon()?;
        Some(key)
    }

    /// A string as it is written, without its quotes.
    pub(crate) fn raw_string(&mut self) -> Option<&'t [u8]> {
        let from = self.at + 1;
        let mut at = from;
        loop {
            at = next_special(self.text, at);
            match self.text.get(at)? {
                b'"' => break,
                _ => at += 2,
            }
        }
        self.at = at + 1;
        self.text.get(from..at)
    }

    /// Steps over a string, hands out its bytes without escapes, and counts its characters.
    pub(crate) fn text(&mut self, each: &mut dyn FnMut(u8)) -> Option<u32> {
        let raw = self.raw_string()?;
        let mut length = 0;
        decode(raw, &mut |byte| {
            // A continuation byte belongs to the character before it.
            length += u32::from(byte & 0xC0 != 0x80);
            each(byte);
        });
        Some(length)
    }

    /// Steps over a number: whether it is written as a whole one, and whether it lies within whole bounds, both included.
    pub(crate) fn number(&mut self, min: i64, max: i64) -> (bool, bool) {
        let negative = self.peek() == Some(b'-');
        self.at += usize::from(negative);
        let (mut value, mut fraction, mut whole) = (0i64, false, true);
        while let Some(byte) = self.peek() {
            match byte {
                b'0'..=b'9' if !whole => fraction |= byte != b'0',
                b'0'..=b'9' => value = value.saturating_mul(10).saturating_add(i64::from(byte & 15)),
                b'.' => whole = false,
                b'e' | b'E' => {
                    whole = false;
                    // Writers of JSON use an exponent for what is next to nothing, or too large for any bound.
                    let tiny = self.text.get(self.at + 1) == Some(&b'-');
                    (value, fraction) = if tiny { (0, true) } else { (i64::MAX, false) };
                    // To the end of the number.
                    self.word();
                    break;
                }
                _ => break,
            }
            self.at += 1;
        }
        // A fraction lies between the whole number and the next one away from zero.
        let above = value.saturating_add(i64::from(fraction));
        let (low, high) = if negative { (-above, -value) } else { (value, above) };
        (whole, low >= min && high <= max)
    }

    /// Whether the literal at hand is `true`.
    pub(crate) fn is_true(&self) -> bool {
        self.peek() == Some(b't')
    }

    /// The text of the string at hand; nothing for a value of another kind.
    pub(crate) fn string(mut self) -> Option<String> {
        if self.kind() == Kind::String { self.raw_string().map(unescape) } else { None }
    }

    /// The whole number at hand; nothing for a value of another kind, or with a fraction. `5.0` is one: models with floating point have it.
    pub(crate) fn whole_number(self) -> Option<f64> {
        let text = std::str::from_utf8(self.raw_value()?).ok()?;
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        if fraction.bytes().any(|digit| digit != b'0') {
            return None;
        }
        // Numbers of the API are far below the point where a floating point number skips some.
        whole.parse::<i64>().ok().map(|number| number as f64)
    }

    /// The text of the value at hand, as it is written.
    pub(crate) fn raw_value(mut self) -> Option<&'t [u8]> {
        self.kind();
        let from = self.at;
        if self.skip() { self.text.get(from..self.at) } else { None }
    }

    /// The items of the array at hand, as places in the text. None for a value of another kind; it ends where the text is broken.
    pub(crate) fn items(mut self) -> Vec<Cursor<'t>> {
        let mut items = Vec::new();
        if self.kind() == Kind::Array {
            self.step();
            while self.more(b']', items.is_empty()) == Some(true) {
                self.kind();
                items.push(self);
                if !self.skip() {
                    break;
                }
            }
        }
        items
    }

    /// The members of the object at hand: names as they are written, and places of values. None for a value of another kind.
    pub(crate) fn members(mut self) -> Vec<(&'t [u8], Cursor<'t>)> {
        let mut members = Vec::new();
        if self.kind() == Kind::Object {
            self.step();
            while self.more(b'}', members.is_empty()) == Some(true) {
                let Some(key) = self.key() else { break };
                self.kind();
                members.push((key, self));
                if !self.skip() {
                    break;
                }
            }
        }
        members
    }

    /// Where the value of a key of this object begins.
    pub(crate) fn find(mut self, key: &[u8]) -> Option<Cursor<'t>> {
        if self.kind() != Kind::Object {
            return None;
        }
        self.step();
        let mut first = true;
        while self.more(b'}', first)? {
            first = false;
            let found = self.key()? == key;
            self.kind();
            if found {
                return Some(self);
            }
            if !self.skip() {
                return None;
            }
        }
        None
    }
}

/// Whether a raw string is text as UTF-8 has it: an escape may name half of a letter, a lone surrogate.
pub(crate) fn is_well_formed(raw: &[u8]) -> bool {
    let mut at = 0;
    while at < raw.len() {
        if raw[at] != b'\\' {
            at += 1;
            continue;
        }
        if raw.get(at + 1) != Some(&b'u') {
            at += 2;
            continue;
        }
        let code = hex(raw, at + 2);
        let paired = (0xD800..0xDC00).contains(&code) && raw.get(at + 6..at + 8) == Some(b"\\u") && (0xDC00..0xE000).contains(&hex(raw, at + 8));
        if (0xD800..0xE000).contains(&code) && !paired {
            return false;
        }
        at += if paired { 12 } else { 6 };
    }
    true
}

/// Whether JSON knows all the escapes of a text. [`decode`] does not ask, and gives what stands behind one that it does not know.
pub(crate) fn escapes_are_known(raw: &[u8]) -> bool {
    let mut bytes = raw.iter();
    while let Some(byte) = bytes.next() {
        if *byte != b'\\' {
            continue;
        }
        let is_known = match bytes.next() {
            Some(b'u') => bytes.by_ref().take(4).filter(|digit| digit.is_ascii_hexdigit()).count() == 4,
            Some(escape) => b"\"\\/bfnrt".contains(escape),
            None => false,
        };
        if !is_known {
            return false;
        }
    }
    true
}

/// Hands out the bytes of a raw string, escapes resolved. A lone surrogate becomes U+FFFD.
pub(crate) fn decode(raw: &[u8], each: &mut dyn FnMut(u8)) {
    let mut at = 0;
    while at < raw.len() {
        let byte = raw[at];
        at += 1;
        if byte != b'\\' {
            each(byte);
            continue;
        }
        let escape = raw.get(at).copied().unwrap_or(b'\\');
        at += 1;
        match escape {
            b'n' => each(b'\n'),
            b't' => each(b'\t'),
            b'r' => each(b'\r'),
            b'b' => each(8),
            b'f' => each(12),
            b'u' => {
                let mut code = hex(raw, at);
                at += 4;
                if (0xD800..0xDC00).contains(&code) && raw.get(at) == Some(&b'\\') && raw.get(at + 1) == Some(&b'u') {
                    let low = hex(raw, at + 2);
                    if (0xDC00..0xE000).contains(&low) {
                        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                        at += 6;
                    }
                }
                let letter = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
                letter.encode_utf8(&mut [0; 4]).bytes().for_each(&mut *each);
            }
            other => each(other),
        }
    }
}

fn hex(raw: &[u8], at: usize) -> u32 {
    (at..at + 4).fold(0, |code, at| {
        let digit = raw.get(at).and_then(|byte| (*byte as char).to_digit(16)).unwrap_or(0);
        code << 4 | digit
    })
}

/// The text of a raw string.
pub(crate) fn unescape(raw: &[u8]) -> String {
    let mut bytes = Vec::new();
    decode(raw, &mut |byte| bytes.push(byte));
    // Escapes become whole letters, and all else was a text before.
    String::from_utf8_lossy(&bytes).into_owned()
}
