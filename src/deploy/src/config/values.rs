//! Values of the file in the form of the API, and back to what can be compared and shown.

use super::table::Row;
use crate::fault::Fault;
use crate::json::{items, texts};
use serde_json::{Number, Value};
use supabase_management_compact::json::text as text_of;
use supabase_management_compact::list::gather;
use supabase_management_compact::order::sort;
use supabase_management_compact::search::{join, part};

/// What a password has to contain: the names in the file, and the characters that the API has in their place.
const PASSWORDS: [(&str, &str); 4] = [
    ("", ""),
    ("letters_digits", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ:0123456789"),
    ("lower_upper_letters_digits", "abcdefghijklmnopqrstuvwxyz:ABCDEFGHIJKLMNOPQRSTUVWXYZ:0123456789"),
    ("lower_upper_letters_digits_symbols", r#"abcdefghijklmnopqrstuvwxyz:ABCDEFGHIJKLMNOPQRSTUVWXYZ:0123456789:!@#$%^&*()_+-=[]{};'\\:"|<>?,./`~"#),
];

/// The kind of a value, for a fault: never the value.
pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "list",
        Value::Object(_) => "table",
    }
}

/// The value of the API for one of the file. `from_env`: it is the text of an environment variable, which stands for any kind.
pub(super) fn to_api(row: &Row, value: &Value, from_env: bool) -> Result<Value, Box<Fault>> {
    let text = value.as_str();
    let of_env = text.filter(|_| from_env);
    let (expected, found) = match row.kind {
        b'b' | b'D' | b'M' | b'S' => ("true or false", flag(value, from_env).map(Value::Bool)),
        b'!' => ("true or false", flag(value, from_env).map(|on| Value::Bool(!on))),
        b'n' | b'E' => ("a whole number", integer(value, of_env).map(Value::from)),
        b'p' => ("a whole number", integer(value, of_env).map(|port| port.to_string().into())),
        b'l' | b'u' => ("a list of strings", list(value, of_env).map(|items| join(&items, ",").into())),
        b'a' => ("a list of strings", list(value, of_env).map(|items| texts(&items))),
        b's' => ("a duration such as 1m30s", text.and_then(|text| duration(text, 1e9)).map(|seconds| number(seconds.floor()))),
        b'h' => ("a duration such as 24h", text.and_then(|text| duration(text, 3.6e12)).map(number)),
        b'z' => ("a size such as 50MiB", text.map_or_else(|| value.as_u64().map(Value::from), |text| size(text).map(number))),
        b'w' => ("the name of a rule for passwords", text.and_then(characters)),
        b'c' => (row.choices, text.filter(|word| row.choices.split('/').any(|choice| choice == *word)).map(Value::from)),
        b'O' => ("a table of phone numbers and codes", codes(value)),
        _ => ("a string", text.map(Value::from)),
    };
    found.ok_or_else(|| {
        let received = if of_env.is_some() { "an environment variable with something else" } else { kind_of(value) };
        // A string of the wrong form is more than "string".
        let received =
            if text.is_some() && !from_env && !matches!(row.kind, b'b' | b'!' | b'n' | b'l' | b'u' | b'a') { "another string" } else { received };
        Fault::of(&row.path, expected, received)
    })
}

/// A boolean, or the text of one.
pub(super) fn flag(value: &Value, from_env: bool) -> Option<bool> {
    match value.as_str().filter(|_| from_env) {
        Some("true" | "1") => Some(true),
        Some("false" | "0") => Some(false),
        _ => value.as_bool(),
    }
}

fn integer(value: &Value, of_env: Option<&str>) -> Option<i64> {
    of_env.map_or_else(|| value.as_i64(), |text| text.trim().parse().ok())
}

fn list(value: &Value, of_env: Option<&str>) -> Option<Vec<String>> {
    match of_env {
        Some(text) => Some(parts(text)),
        None => {
            let mut list = Vec::new();
            for item in value.as_array()? {
                list.push(item.as_str()?.to_owned());
            }
            Some(list)
        }
    }
}

fn characters(name: &str) -> Option<Value> {
    PASSWORDS.iter().find(|(known, _)| *known == name).map(|(_, characters)| (*characters).into())
}

fn codes(value: &Value) -> Option<Value> {
    let mut codes = Vec::new();
    for (phone, code) in value.as_object()? {
        codes.push([phone, "=", code.as_str()?].concat());
    }
    Some(join(&codes, ",").into())
}

/// A number as JSON has it: whole ones without a point.
pub(super) fn number(value: f64) -> Value {
    if value.fract() == 0.0 { (value as i64).into() } else { Number::from_f64(value).map_or(Value::Null, Value::Number) }
}

/// Digits with a fraction at the start of a text, and the rest. The parser of the standard library is larger than all of this module.
fn digits(text: &str) -> Option<(f64, &str)> {
    let (mut value, mut scale, mut point) = (0.0, 1.0, false);
    let mut end = 0;
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => {
                value = value * 10.0 + f64::from(byte - b'0');
                if point {
                    scale *= 10.0;
                }
            }
            b'.' if !point => point = true,
            _ => break,
        }
        end += 1;
    }
    (end > usize::from(point)).then(|| (value / scale, part(text, end, text.len())))
}

/// A duration as Go writes it, in units of so many nanoseconds.
fn duration(text: &str, unit: f64) -> Option<f64> {
    let (mut rest, mut nanoseconds) = (text, 0.0);
    if text == "0" {
        return Some(0.0);
    }
    loop {
        let (value, after) = digits(rest)?;
        let end = after.find(|letter: char| letter == '.' || letter.is_ascii_digit()).unwrap_or(after.len());
        let length = match part(after, 0, end) {
            "h" => 3.6e12,
            "m" => 6e10,
            "s" => 1e9,
            "ms" => 1e6,
            "us" | "µs" => 1e3,
            "ns" => 1.0,
            _ => return None,
        };
        nanoseconds += value * length;
        rest = part(after, end, after.len());
        if rest.is_empty() {
            // What Go can count.
            return (nanoseconds < 9.2e18).then_some(nanoseconds / unit);
        }
    }
}

/// A size in bytes. As in the official tool each unit is 1024 of the one below, also without an `i`.
fn size(text: &str) -> Option<f64> {
    let (value, unit) = digits(text)?;
    let unit = unit.trim_start().to_ascii_lowercase();
    let letter = unit.strip_suffix("ib").or_else(|| unit.strip_suffix('b')).unwrap_or(&unit);
    let power = ["", "k", "m", "g", "t", "p"].iter().position(|known| *known == letter)?;
    // "ib" alone is no unit.
    (unit != "ib").then(|| (0..power).fold(value, |value, _| value * 1024.0).floor()).filter(|bytes| *bytes < 9.0e15)
}

/// The parts of a text that commas separate.
fn parts(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    for part in text.split(',') {
        if !part.trim().is_empty() {
            parts.push(part.trim().to_owned());
        }
    }
    parts
}

/// A value of the API as it is compared and shown: in the terms of the file, and what is not set as what that means.
pub(super) fn plain(kind: u8, value: &Value) -> Value {
    let text = value.as_str().unwrap_or_default();
    let unit = |unit| (text_of(&number(value.as_f64().unwrap_or_default())) + unit).into();
    match kind {
        b'b' => value.as_bool().unwrap_or_default().into(),
        b'!' => (!value.as_bool().unwrap_or_default()).into(),
        b'n' | b'E' | b'z' => number(value.as_f64().unwrap_or_default()),
        b's' => unit("s"),
        b'h' => unit("h"),
        b'l' => texts(&parts(text)),
        b'u' | b'O' => sorted(parts(text)),
        b'a' => sorted(gather(items(value).iter().filter_map(Value::as_str).map(str::to_owned))),
        b'w' => PASSWORDS.iter().find(|(_, characters)| *characters == text).map_or(text, |(name, _)| name).into(),
        _ => text.into(),
    }
}

fn sorted(mut items: Vec<String>) -> Value {
    sort(&mut items, |one, other| one > other);
    items.dedup();
    texts(&items)
}
