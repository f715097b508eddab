//! SQL, as far as a migration must be understood: where its statements end, and whether they can run in a transaction.

use supabase_management_compact::list::gather;
use supabase_management_compact::search::{find, part};

/// The statements of a text, without the semicolons that end them. Texts in quotes, comments and bodies of functions are not looked into.
pub(crate) fn statements(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let (mut start, mut at) = (0, 0);
    // How deep it is in `begin atomic … end`, the body of a function of standard SQL.
    let mut depth = 0;
    let mut previous = "";
    while at < bytes.len() {
        let end = match bytes[at] {
            b'\'' => quoted(bytes, at, b'\'', escapes(bytes, at)),
            b'"' => quoted(bytes, at, b'"', false),
            b'-' if bytes.get(at + 1) == Some(&b'-') => line_end(bytes, at),
            b'/' if bytes.get(at + 1) == Some(&b'*') => comment_end(bytes, at),
            b'$' => dollar_quoted(text, at),
            b';' if depth == 0 => {
                add(&mut found, part(text, start, at));
                start = at + 1;
                at + 1
            }
            first if is_word(first) => {
                let end = at + bytes[at..].iter().take_while(|byte| is_word(**byte)).count();
                let word = part(text, at, end);
                let begins = word.eq_ignore_ascii_case("atomic") && previous.eq_ignore_ascii_case("begin");
                if begins || depth > 0 && word.eq_ignore_ascii_case("case") {
                    depth += 1;
                } else if depth > 0 && word.eq_ignore_ascii_case("end") {
                    depth -= 1;
                }
                previous = word;
                end
            }
            _ => at + 1,
        };
        at = end;
    }
    add(&mut found, part(text, start, text.len()));
    found
}

/// Adds a statement, unless it is empty but for comments.
fn add<'t>(found: &mut Vec<&'t str>, statement: &'t str) {
    if !words(statement).is_empty() {
        found.push(statement.trim());
    }
}

/// How a statement gets on with a transaction around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It can be part of one.
    Plain,
    /// It begins or ends one.
    Control,
    /// Postgres refuses it in one.
    Alone,
}

/// What kind of statement it is.
pub(crate) fn kind_of(statement: &str) -> Kind {
    let words = words(statement);
    let words = gather(words.iter().map(String::as_str));
    match words.as_slice() {
        ["begin" | "start" | "commit" | "end" | "rollback" | "abort", ..] | ["prepare", "transaction", ..] => Kind::Control,
        ["vacuum", ..] | ["alter", "system", ..] | ["create" | "drop", "database" | "tablespace", ..] => Kind::Alone,
        ["create" | "drop" | "reindex" | "refresh", rest @ ..] if rest.contains(&"concurrently") => Kind::Alone,
        _ => Kind::Plain,
    }
}

/// The first words of a statement, in small letters: enough to know it by.
fn words(statement: &str) -> Vec<String> {
    let bytes = statement.as_bytes();
    let (mut words, mut at) = (Vec::new(), 0);
    while at < bytes.len() && words.len() < 6 {
        at = match bytes[at] {
            b'-' if bytes.get(at + 1) == Some(&b'-') => line_end(bytes, at),
            b'/' if bytes.get(at + 1) == Some(&b'*') => comment_end(bytes, at),
            first if is_word(first) => {
                let end = at + bytes[at..].iter().take_while(|byte| is_word(**byte)).count();
                words.push(part(statement, at, end).to_ascii_lowercase());
                end
            }
            b' ' | b'\n' | b'\r' | b'\t' => at + 1,
            // A name in quotes is no word of the language, whatever it says.
            b'"' => {
                words.push(String::new());
                quoted(bytes, at, b'"', false)
            }
            // What is no word counts as something, and is never one of those that are looked for.
            _ => {
                words.push(String::new());
                at + 1
            }
        };
    }
    words
}

/// Whether a text is one with escapes: `E'…'`.
fn escapes(bytes: &[u8], at: usize) -> bool {
    at > 0 && bytes[at - 1].eq_ignore_ascii_case(&b'e') && (at < 2 || !is_word(bytes[at - 2]))
}

fn quoted(bytes: &[u8], start: usize, quote: u8, escapes: bool) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if escapes => at += 1,
            byte if byte == quote => return at + 1,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

fn line_end(bytes: &[u8], start: usize) -> usize {
    bytes[start..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |length| start + length)
}

/// Where a comment ends, which may hold others.
fn comment_end(bytes: &[u8], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0);
    while at + 1 < bytes.len() {
        match &bytes[at..at + 2] {
            b"/*" => depth += 1,
            b"*/" => depth -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            return at;
        }
    }
    bytes.len()
}

/// Where a text such as `$body$ … $body$` ends. A dollar that begins none is one letter.
fn dollar_quoted(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    if start > 0 && is_word(bytes[start - 1]) {
        return start + 1;
    }
    let length = bytes[start + 1..].iter().take_while(|byte| is_word(**byte) && **byte != b'$').count();
    let tag_end = start + 1 + length;
    if bytes.get(tag_end) != Some(&b'$') || bytes[start + 1].is_ascii_digit() {
        return start + 1;
    }
    let body = tag_end + 1;
    let tag = &bytes[start..body];
    find(&bytes[body..], tag).map_or(text.len(), |length| body + length + tag.len())
}

/// Letters of names. Those outside of ASCII all are.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// A text as a literal of SQL that stays on one line, so that lines of errors are those of the file.
pub(crate) fn literal(text: &str) -> String {
    let mut literal = String::from("E'");
    for letter in text.chars() {
        match letter {
            '\'' => literal.push_str("''"),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            other => literal.push(other),
        }
    }
    literal.push('\'');
    literal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_end_at_semicolons_that_are_no_part_of_something() {
        let text = "create table a (t text default ';'); -- one; two\n/* x; /* y; */ z; */ select $$;$$, $b$ ; $$ ; $b$, \"a;b\", E'\\';';\n\
            create function f() returns int language sql begin atomic select case when true then 1 end; select 2; end; ;select $1;";
        let found = statements(text);
        assert_eq!(found.len(), 4, "{found:#?}");
        assert!(found[2].ends_with("select 2; end"), "{}", found[2]);
        assert_eq!(found[3], "select $1");
    }

    #[test]
    fn what_cannot_be_in_a_transaction_is_known() {
        for (statement, kind) in [
            ("select 1", Kind::Plain),
            ("-- begin\ncreate table begin_x ()", Kind::Plain),
            ("BEGIN", Kind::Control),
            ("/* now */ commit", Kind::Control),
            ("start transaction", Kind::Control),
            ("create unique index concurrently i on t (a)", Kind::Alone),
            ("create index concurrently_not on t (a)", Kind::Plain),
            ("refresh materialized view concurrently v", Kind::Alone),
            ("vacuum full t", Kind::Alone),
            ("create table \"concurrently\" ()", Kind::Plain),
        ] {
            assert_eq!(kind_of(statement), kind, "{statement}");
        }
    }

    #[test]
    fn a_literal_stays_on_one_line() {
        assert_eq!(literal("it's\na \\"), "E'it''s\\na \\\\'");
    }
}
