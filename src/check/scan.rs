//! Moving over JSON text.

use supabase_management_wasm_skim::next_special;

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
    crate::words::text_of(bytes)
}
