//! JSON text: read by [`parse`], written by [`text`].

mod number;
mod parse;

pub use parse::{Broken, parse};
use serde_json::Value;

/// A value as JSON text.
pub fn text(value: &Value) -> String {
    let mut text = String::new();
    write_into(value, &mut text);
    text
}

fn write_into(value: &Value, text: &mut String) {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(flag) => text.push_str(if *flag { "true" } else { "false" }),
        Value::Number(number) => text.push_str(&number::text(number)),
        Value::String(plain) => quote_into(plain, text),
        Value::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                write_into(item, text);
            }
            text.push(']');
        }
        Value::Object(fields) => {
            text.push('{');
            for (at, (name, field)) in fields.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                quote_into(name, text);
                text.push(':');
                write_into(field, text);
            }
            text.push('}');
        }
    }
}

fn quote_into(plain: &str, text: &mut String) {
    text.push('"');
    for character in plain.chars() {
        let escaped = match character {
            '"' => '"',
            '\\' => '\\',
            '\u{8}' => 'b',
            '\u{c}' => 'f',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '\0'..' ' => {
                text.push_str(&format!("\\u{:04x}", character as u32));
                continue;
            }
            _ => {
                text.push(character);
                continue;
            }
        };
        text.push('\\');
        text.push(escaped);
    }
    text.push('"');
}

/// What a value is, in a word: values themselves are never told in errors, as they may be secrets.
pub fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
