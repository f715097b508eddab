//! JSON text as a value. serde_json's own parser and its writer are 14 KiB of the wasm, and 12 KiB more are their tables for floating point, which every
//! JavaScript engine has. In the tests it is serde_json that says what is right.

use super::number;
use serde_json::{Map, Value};

/// Lists and objects inside of one another. More is no JSON that anybody means, and would need a stack as deep.
const DEEPEST: usize = 127;

/// Where a text is not JSON: both count from 1, and a column is 0 where its line has nothing at all.
#[derive(Debug, PartialEq)]
pub struct Broken {
    /// Which line.
    pub line: usize,
    /// Which byte of it.
    pub column: usize,
}

/// Reads a text as a whole.
/// # Errors
/// The place of the first thing that is no JSON.
pub fn parse(text: &[u8]) -> Result<Value, Broken> {
    let mut reader = Reader { text, at: 0, depth: 0 };
    let value = reader.value();
    reader.skip_space();
    value.filter(|_| reader.peek().is_none()).ok_or_else(|| reader.place())
}

struct Reader<'t> {
    text: &'t [u8],
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn place(&self) -> Broken {
        let read = self.text.get(..=self.at).unwrap_or(self.text);
        let before = read.get(..self.at).unwrap_or(read);
        let line = before.split(|byte| *byte == b'\n').count();
        let begin = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        Broken { line, column: read.len() - begin }
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    /// Whether the next byte is this one, which is then taken.
    fn takes(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn expect(&mut self, word: &[u8]) -> Option<()> {
        word.iter().all(|byte| self.takes(*byte)).then_some(())
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn value(&mut self) -> Option<Value> {
        self.skip_space();
        match self.peek()? {
            b'n' => self.expect(b"null").map(|()| Value::Null),
            b't' => self.expect(b"true").map(|()| Value::Bool(true)),
            b'f' => self.expect(b"false").map(|()| Value::Bool(false)),
            b'"' => self.string().map(Value::String),
            b'[' => {
                let mut items = Vec::new();
                self.items(b']', |reader| {
                    items.push(reader.value()?);
                    Some(())
                })?;
                Some(Value::Array(items))
            }
            b'{' => {
                let mut fields = Map::new();
                self.items(b'}', |reader| {
                    reader.skip_space();
                    let name = reader.string()?;
                    reader.skip_space();
                    reader.expect(b":")?;
                    fields.insert(name, reader.value()?);
                    Some(())
                })?;
                Some(Value::Object(fields))
            }
            _ => self.number(),
        }
    }

    /// What stands between brackets, with commas between.
    fn items(&mut self, end: u8, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        self.at += 1;
        self.skip_space();
        if !self.takes(end) {
            loop {
                item(self)?;
                self.skip_space();
                if self.takes(end) {
                    break;
                }
                self.expect(b",")?;
            }
        }
        self.depth -= 1;
        Some(())
    }

    fn string(&mut self) -> Option<String> {
        self.expect(b"\"")?;
        let mut bytes = Vec::new();
        loop {
            let rest = self.text.get(self.at..)?;
            let Some(length) = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)) else {
                self.at = self.text.len();
                return None;
            };
            bytes.extend_from_slice(rest.get(..length)?);
            self.at += length;
            if self.takes(b'"') {
                return String::from_utf8(bytes).ok();
            }
            self.expect(b"\\")?;
            let character = self.escaped()?;
            bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }

    /// What is meant by what stands behind a backslash.
    fn escaped(&mut self) -> Option<char> {
        let byte = self.peek()?;
        self.at += 1;
        Some(match byte {
            b'"' | b'\\' | b'/' => byte.into(),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.unit()?;
                // Of two halves, the first says that there is a second.
                if first & 0xFC00 == 0xD800 {
                    self.expect(b"\\u")?;
                    let second = self.unit().filter(|second| second & 0xFC00 == 0xDC00)?;
                    char::from_u32(0x1_0000 + ((first & 0x3FF) << 10 | second & 0x3FF))?
                } else {
                    char::from_u32(first)?
                }
            }
            _ => return None,
        })
    }

    fn unit(&mut self) -> Option<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit << 4 | char::from(self.peek()?).to_digit(16)?;
            self.at += 1;
        }
        Some(unit)
    }

    fn number(&mut self) -> Option<Value> {
        let begin = self.at;
        self.takes(b'-');
        if !self.takes(b'0') {
            self.digits()?;
        }
        let end_of_whole = self.at;
        if self.takes(b'.') {
            self.digits()?;
        }
        if self.takes(b'e') || self.takes(b'E') {
            let _is_signed = self.takes(b'+') || self.takes(b'-');
            self.digits()?;
        }
        number::read(self.text.get(begin..self.at)?, self.at == end_of_whole)
    }

    /// One digit at least.
    fn digits(&mut self) -> Option<()> {
        let begin = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > begin).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::json::text;
    use crate::random::Random;
    use serde_json::Value;

    /// Texts with something of everything, some of which are no JSON.
    const TEXTS: &[&str] = &[
        "",
        " ",
        "null",
        "nul",
        "true",
        "falsy",
        "[]",
        "[ ]",
        "[1,]",
        "[1 2]",
        "{}",
        r#"{"a":1,"b":[true,null,"c"]}"#,
        r#"{"a":1,"a":2}"#,
        r#"{"a" 1}"#,
        "{1:2}",
        "0",
        "-0",
        "01",
        "-",
        "1.",
        "1.5",
        "-1.5e3",
        "1e",
        "1e400",
        "-1e-400",
        "1E+2",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551615",
        "18446744073709551616",
        "0.1",
        "1e21",
        "123456789012345678901234567890",
        "1.0",
        r#""text""#,
        r#""a\"b\\c\/\b\f\n\r\t\u00e9\ud83d\ude00""#,
        r#""\ud83d""#,
        r#""\ude00""#,
        r#""\ud83d\u0041""#,
        r#""\x""#,
        "\"a\nb\"",
        "\"ü€😀\u{7f}\u{1}\"",
        r#""open"#,
        "[1]\n x",
        "[\n 1,\n ?]",
        "hidden",
    ];

    fn same(text: &[u8]) {
        let (ours, theirs) = (parse(text), serde_json::from_slice::<Value>(text));
        let shown = String::from_utf8_lossy(text);
        assert_eq!(ours.as_ref().ok(), theirs.as_ref().ok(), "{shown}");
        if let Ok(value) = ours {
            assert_eq!(super::super::text(&value), value.to_string(), "{shown}");
        }
    }

    #[test]
    fn serde_json_says_the_same() {
        TEXTS.iter().for_each(|text| same(text.as_bytes()));
        for depth in [127, 128] {
            same(format!("{}{}", "[".repeat(depth), "]".repeat(depth)).as_bytes());
        }
        // Pieces of them, put together in any way, and bytes that are no text.
        let mut random = Random::new(7);
        let mut below = |most: usize| random.below(most);
        for _ in 0..40_000 {
            let mut text = Vec::new();
            for _ in 0..=below(3) {
                let piece = TEXTS[below(TEXTS.len())].as_bytes();
                let (from, to) = (below(piece.len() + 1), below(piece.len() + 1));
                text.extend_from_slice(&piece[from.min(to)..from.max(to)]);
                text.extend_from_slice([&b""[..], b",", b"[", b"]", b"\"", b"\xff"][below(6)]);
            }
            same(&text);
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        for wrong in ["", "hidden", "[\n 1,\n ?]", "[1]\n x", "{\n\"a\" 1}", "[1,]", "tru"] {
            let (ours, theirs) = (parse(wrong.as_bytes()).unwrap_err(), serde_json::from_str::<Value>(wrong).unwrap_err());
            assert_eq!((ours.line, ours.column), (theirs.line(), theirs.column()), "{wrong}");
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let value = serde_json::json!({ "a": [1, -2, 1.5, true, null, "ü\"\\\n\u{1}"], "b": {} });
        assert_eq!(parse(text(&value).as_bytes()), Ok(value));
    }
}
