//! What must never be printed, and how it is kept out of texts that others wrote.

use crate::fault::Fault;
use crate::text::{percent_encode, quoted};
use std::fmt;
use supabase_management_wasm_fast_check::next_special;

/// Stands where a secret was.
const MARK: &str = "[redacted]";

/// Prints `[redacted]`: what `Debug` of a model shows in the place of a secret.
pub(crate) const REDACTED: Hidden = Hidden;

/// Prints `[redacted]`.
pub(crate) struct Hidden;

impl fmt::Debug for Hidden {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(MARK)
    }
}

/// An access token: trimmed, without white space or control characters, never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Reads a token. The kinds of token grew three times, so no shape is required: `None` for an empty one, or one with white space or
    /// control characters or anything beyond ASCII inside.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let fine = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
        fine.then(|| Token(text.to_owned()))
    }

    /// The token itself. Keep it out of logs.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        REDACTED.fmt(formatter)
    }
}

/// From this length on a secret is hidden wherever it stands. A shorter one (`1`, `on`) is hidden only where it stands alone: inside of other words
/// it is a coincidence, and the text would be unreadable.
const LONG: usize = 8;

/// A secret of fewer characters is a coincidence wherever it is no word of its own: `a` is a part of every text. In names it always is one.
const WORD: usize = 4;

/// What a call has sent and must not show, in all the forms in which a server may repeat it.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Vec<String>);

impl Secrets {
    /// Adds a secret as it reads, as JSON writes it, and as JSON writes it that stands in a string of JSON.
    pub(crate) fn add(&mut self, secret: &str) {
        if secret.is_empty() || self.0.iter().any(|known| known == secret) {
            return;
        }
        self.0.push(secret.to_owned());
        let mut last = secret.to_owned();
        for _ in 0..2 {
            let written = quoted(&last);
            let written = &written[1..written.len() - 1];
            if written == last {
                return;
            }
            self.0.push(written.to_owned());
            last = written.to_owned();
        }
    }

    /// Adds a secret that travels in a form or an address: as it reads, and as it is percent-encoded there.
    pub(crate) fn add_encoded(&mut self, secret: &str) {
        let mut encoded = String::new();
        percent_encode(secret, &mut encoded);
        self.add(secret);
        self.add(&encoded);
    }

    /// All forms of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Adds the value of a header that is secret, and what of it others may have without its scheme or name: `Bearer …`, `session=…`.
    pub(crate) fn add_header(&mut self, value: &str) {
        self.add(value);
        value.split([' ', '\t', ';', ',', '=']).filter(|part| part.len() >= LONG).for_each(|part| self.add(part));
    }

    /// Replaces every secret in a text by `[redacted]`. Where one secret begins with another, the longer one wins.
    pub(crate) fn redact(&self, text: &str) -> String {
        self.replace(text, 0)
    }

    /// The same for a name that somebody gave, a key or a path. There a very short secret is a coincidence.
    pub(crate) fn redact_name(&self, name: &str) -> String {
        self.replace(name, WORD)
    }

    /// A fault without the secrets that names of others in its path hold. A secret that our own words hold as well is a coincidence.
    pub(crate) fn redact_fault(&self, fault: &Fault) -> Fault {
        let (mut path, mut copied) = (String::new(), 0);
        for (from, to) in fault.foreign() {
            path.push_str(&fault.path[copied..*from]);
            path.push_str(&self.redact_name(&fault.path[*from..*to]));
            copied = *to;
        }
        path.push_str(&fault.path[copied..]);
        fault.clone().at(path)
    }

    /// The same for those secrets alone that are `least` bytes long or longer.
    fn replace(&self, text: &str, least: usize) -> String {
        let secrets = || self.0.iter().filter(|secret| secret.len() >= least);
        let mut begins = [false; 256];
        secrets().filter_map(|secret| secret.bytes().next()).for_each(|first| begins[usize::from(first)] = true);
        let mut clean = String::with_capacity(text.len());
        let (mut at, mut copied) = (0, 0);
        while at < text.len() {
            let candidate = begins[usize::from(text.as_bytes()[at])] && text.is_char_boundary(at);
            let longest = if candidate { secrets().filter(|secret| stands_at(text, at, secret)).map(String::len).max() } else { None };
            let Some(length) = longest else {
                at += 1;
                continue;
            };
            clean.push_str(&text[copied..at]);
            clean.push_str(MARK);
            at += length;
            copied = at;
        }
        clean.push_str(&text[copied..]);
        clean
    }

    /// The same for a body. JSON has more than one way to write a letter, so its strings are read first. It stays JSON: a short secret (`true`, `400`,
    /// `message`) is often what others have as literals and names as well, and who cut those out would lose what the server says.
    pub(crate) fn redact_body(&self, text: &str) -> String {
        if self.0.is_empty() {
            return text.to_owned();
        }
        let Some(clean) = JsonRedaction::new(self, text).run() else { return self.redact(text) };
        // A secret may be more than a string of the body: JSON itself, for instance.
        let bare = without_escapes(&clean);
        if self.replace(&bare, LONG) == bare { clean } else { self.redact(text) }
    }
}

/// How many there are. The secrets themselves are never printed.
impl fmt::Debug for Secrets {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Secrets({})", self.0.len())
    }
}

/// Without what a backslash begins: behind one no secret begins, as the `n` of a line feed is no letter.
fn without_escapes(json: &str) -> String {
    let (mut text, mut letters) = (String::new(), json.chars());
    while let Some(letter) = letters.next() {
        let escape = letter == '\\' && letters.next().is_some();
        text.push(if escape { '\0' } else { letter });
    }
    text
}

/// Whether a character beyond ASCII is a letter, as far as its block tells: quotes, dashes and spaces are none. The tables of Unicode would take more room
/// than all else here.
fn is_foreign_letter(letter: char) -> bool {
    !letter.is_ascii() && !matches!(letter, '\u{80}'..='\u{bf}' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff0f}')
}

fn stands_at(text: &str, at: usize, secret: &str) -> bool {
    let bytes = text.as_bytes();
    if !bytes[at..].starts_with(secret.as_bytes()) {
        return false;
    }
    if secret.len() >= LONG {
        return true;
    }
    // A letter of whichever script, and what joins words in names, is a part of the word.
    let is_short = secret.chars().nth(WORD - 1).is_none();
    let joins = |letter: char| letter.is_ascii_alphanumeric() || is_short && (letter == '_' || is_foreign_letter(letter));
    !text[..at].ends_with(joins) && !text[at + secret.len()..].starts_with(joins)
}

/// Copies a JSON text, and hides the secrets in its strings, numbers and names.
struct JsonRedaction<'r> {
    secrets: &'r Secrets,
    text: &'r str,
    at: usize,
    copied: usize,
    clean: String,
}

/// Arrays and objects in one another. What is deeper is no answer of this API, and is treated as plain text.
const DEEPEST: u32 = 500;

impl<'r> JsonRedaction<'r> {
    fn new(secrets: &'r Secrets, text: &'r str) -> Self {
        JsonRedaction { secrets, text, at: 0, copied: 0, clean: String::with_capacity(text.len()) }
    }

    /// The text without secrets; nothing where it is no JSON.
    fn run(mut self) -> Option<String> {
        self.value(0)?;
        self.peek();
        if self.at < self.text.len() {
            return None;
        }
        self.clean.push_str(&self.text[self.copied..]);
        Some(self.clean)
    }

    /// The next byte that is no white space.
    fn peek(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.text.as_bytes().get(self.at) {
            self.at += 1;
        }
        self.text.as_bytes().get(self.at).copied()
    }

    fn step(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    fn value(&mut self, depth: u32) -> Option<()> {
        match self.peek()? {
            b'"' => self.string(0),
            b'[' if depth < DEEPEST => self.list(b']', |this| this.value(depth + 1)),
            b'{' if depth < DEEPEST => self.list(b'}', |this| {
                // A short secret that is the name of a field is a coincidence.
                this.string(LONG)?;
                this.step(b':')?;
                this.value(depth + 1)
            }),
            _ => self.word(),
        }
    }

    /// What stands between an opening bracket and its closing one.
    fn list(&mut self, close: u8, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.at += 1;
        if self.peek()? == close {
            self.at += 1;
            return Some(());
        }
        loop {
            item(self)?;
            match self.peek()? {
                b',' => self.at += 1,
                byte if byte == close => {
                    self.at += 1;
                    return Some(());
                }
                _ => return None,
            }
        }
    }

    fn string(&mut self, least: usize) -> Option<()> {
        if self.peek()? != b'"' {
            return None;
        }
        let (from, bytes) = (self.at, self.text.as_bytes());
        let mut end = from + 1;
        loop {
            end = next_special(bytes, end);
            match bytes.get(end)? {
                b'"' => break,
                _ => end += 2,
            }
        }
        self.at = end + 1;
        let read = crate::check::unescape(&bytes[from + 1..end]);
        let clean = self.secrets.replace(&read, least);
        if clean != read {
            self.put(from, &quoted(&clean));
        }
        Some(())
    }

    /// A number or a literal.
    fn word(&mut self) -> Option<()> {
        let from = self.at;
        let length = self.text[from..].find(|letter: char| !letter.is_ascii_alphanumeric() && !"+-.".contains(letter));
        self.at = length.map_or(self.text.len(), |length| from + length);
        let word = &self.text[from..self.at];
        if matches!(word, "true" | "false" | "null") {
            return Some(());
        }
        let begins = word.trim_start_matches('-').starts_with(|first: char| first.is_ascii_digit());
        if !begins || !word.bytes().all(|byte| byte.is_ascii_digit() || b"eE+-.".contains(&byte)) {
            return None;
        }
        let clean = self.secrets.redact(word);
        if clean != word {
            self.put(from, &quoted(&clean));
        }
        Some(())
    }

    /// Puts something else in the place of what stands between `from` and here.
    fn put(&mut self, from: usize, instead: &str) {
        self.clean.push_str(&self.text[self.copied..from]);
        self.clean.push_str(instead);
        self.copied = self.at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(secrets: &[&str]) -> Secrets {
        let mut known = Secrets::default();
        secrets.iter().for_each(|secret| known.add(secret));
        known
    }

    fn clean(text: &str, secrets: &[&str]) -> String {
        known(secrets).redact(text)
    }

    #[test]
    fn a_long_secret_goes_wherever_it_stands() {
        assert_eq!(clean("xsbp_1234567890y sbp_1234567890", &["sbp_1234567890"]), "x[redacted]y [redacted]");
    }

    #[test]
    fn a_short_secret_goes_only_where_it_stands_alone() {
        assert_eq!(clean("value 1 of 100, \"1\"", &["1"]), "value [redacted] of 100, \"[redacted]\"");
    }

    #[test]
    fn a_very_short_secret_goes_only_where_it_is_a_word() {
        for (secret, text, expected) in [
            ("a", "zz_not_a_field: a is weak, as is a-b (a)", "zz_not_a_field: [redacted] is weak, as is [redacted]-b ([redacted])"),
            ("a", "éa aé 数a a1 _a a_", "éa aé 数a a1 _a a_"),
            ("a", "“a” «a» a— 、a。", "“[redacted]” «[redacted]» [redacted]— 、[redacted]。"),
            ("on", "on one upon; turn_on ON on", "[redacted] one upon; turn_on ON [redacted]"),
            ("数据", "数据 数据库 _数据", "[redacted] 数据库 _数据"),
            // From four characters on, what joins words does not save it.
            ("abcd", "x_abcd_y abcdé abcde", "x_[redacted]_y [redacted]é abcde"),
        ] {
            assert_eq!(clean(text, &[secret]), expected, "{secret}");
        }
        assert_eq!(known(&["a"]).redact_body(r#"{"a":"a","message":"a_b a"}"#), r#"{"a":"[redacted]","message":"a_b [redacted]"}"#);
        assert_eq!(known(&["a", "abcd", "a-long-secret"]).redact_name(r#"a.abcd["a-long-secret"].xabcd"#), r#"a.[redacted]["[redacted]"].xabcd"#);
    }

    #[test]
    fn the_longer_of_two_secrets_wins() {
        assert_eq!(clean("abcdefghij", &["abcdefgh", "abcdefghij"]), "[redacted]");
    }

    #[test]
    fn a_secret_in_other_escapes_is_found() {
        let secrets = known(&["sbp_1234567890"]);
        assert_eq!(secrets.redact_body(r#"{"a":["\u0073bp_1234567890"],"b":1}"#), r#"{"a":["[redacted]"],"b":1}"#);
        assert_eq!(secrets.redact_body(r#"{"a" : "plain"}"#), r#"{"a" : "plain"}"#);
    }

    #[test]
    fn a_body_stays_json_whatever_the_secrets_are() {
        let secrets = known(&["true", "400", "message", "nsecret-1234"]);
        let text = r#"{"message":"nsecret-1234 is true","code":400,"retry":true,"nsecret-1234":null}"#;
        let clean = r#"{"message":"[redacted] is [redacted]","code":"[redacted]","retry":true,"[redacted]":null}"#;
        assert_eq!(secrets.redact_body(text), clean);
        // A line feed, and no secret behind it.
        let line = r#"{"message":"line\nsecret-1234"}"#;
        assert_eq!(secrets.redact_body(line), line);
        // A secret that is JSON, and comes back as a part of it.
        assert_eq!(known(&[r#"{"a":"b"}"#]).redact_body(r#"{"sent":{"a":"b"}}"#), r#"{"sent":[redacted]}"#);
    }

    #[test]
    fn a_secret_in_json_that_is_quoted_in_json_is_found() {
        let secrets = known(&["session=\"abc\\d\""]);
        assert_eq!(secrets.redact_body(r#"{"message":"{\"cookie\":\"session=\\\"abc\\\\d\\\"\"}"}"#), r#"{"message":"{\"cookie\":\"[redacted]\"}"}"#);
    }

    #[test]
    fn a_token_is_trimmed_and_never_printed() {
        let token = Token::new("  sbp_1\n").expect("a token");
        assert_eq!(token.expose(), "sbp_1");
        assert_eq!(format!("{token:?}"), "[redacted]");
        for bad in ["", "  ", "a b", "a\tb", "a\u{7f}", "é"] {
            assert!(Token::new(bad).is_none(), "{bad:?}");
        }
    }
}
