//! Strings and numbers made of a schema: right ones and wrong ones.

use serde_json::{Value, json};

/// Part of wrong strings, to be found nowhere in an error.
pub const MARK: &str = "q7-MARK";

/// Wrong values, and what is wrong with each.
pub type Wrong = Vec<(Value, &'static str)>;

/// Strings that match a pattern of the API: what they begin with, how they go on, and a beginning that does not match.
const PATTERNS: &[(&str, &str, &str, &str)] = &[
    ("^[a-z]+$", "", "qwertz", "A"),
    ("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", "a", "web9", "-a"),
    ("^[\\w-]+$", "", "Az0_-", "a b"),
    ("^[A-Za-z0-9_-]+$", "", "Az0_-", "a.b"),
    ("^[A-Za-z][A-Za-z0-9_-]*$", "Z", "9a_-", "9a"),
    ("^(?!SUPABASE_).*", "", "Zoë 🚀", "SUPABASE_"),
    ("^\\d+$", "", "2026", "x"),
    ("^(-?[0-9]+(?:\\.[0-9]+)?)(us|ms|s|min|h|d)?$", "-1.5", "0", "x"),
    ("^([0-9]{1,15}=[0-9]+,?)*$", "7=1,8=2", "3", "=1"),
    ("^\\s*([a-zA-Z0-9_-]+(\\s*,+\\s*)?)*\\s*$", " a, b", "c", "a;b"),
    ("^[a-z_][a-z0-9_]+$", "_0", "z9_", "9"),
    ("^[^,]+$", "", "é ", "a,"),
    // Not of the API: what this client asks of the path of a file.
    ("^[^/\\\\][^\\\\]*$", "", "a/é.ts", "/"),
];

const FORMATS: &[(&str, &[&str], &[&str])] = &[
    ("uri", &["https://example.com/a?b=c#d", "postgres://user@host:5432/db"], &["example.com", "/a", "https://a b"]),
    ("uuid", &["6f1ed7b4-6a0e-4f7c-8c39-6b6d8b1a2c3d", "6F1ED7B4-6A0E-4F7C-8C39-6B6D8B1A2C3D"], &["6f1ed7b4", "6f1ed7b46a0e4f7c8c396b6d8b1a2c3d"]),
    ("email", &["jane.doe@example.com"], &["jane", "@example.com"]),
    ("date-time", &["2026-09-23T00:00:00Z", "2026-09-23T00:00:00.123+02:00"], &["2026-09-23", "yesterday"]),
];

/// Right strings, the largest last, and wrong ones.
pub fn texts(schema: &Value) -> (Vec<Value>, Wrong) {
    let strings = |all: &[&str]| all.iter().map(|text| json!(text)).collect::<Vec<_>>();
    let reasons = |all: &[&str], what| all.iter().map(|text| (json!(text), what)).collect::<Wrong>();
    if let Some(name) = schema["format"].as_str() {
        let (_, right, wrong) = FORMATS.iter().find(|(known, _, _)| *known == name).unwrap_or_else(|| panic!("no sample of the format {name}"));
        return (strings(right), reasons(wrong, "off the format"));
    }
    // A number as a string, which the description states once.
    if let (Some(min), Some(max)) = (schema["minimum"].as_i64(), schema["maximum"].as_i64()) {
        let outside = [min - 1, max + 1].map(|number| (json!(number.to_string()), "out of range"));
        let wrong = reasons(&["", "x", "1.5", "+1"], "no number").into_iter().chain(outside).collect();
        return (vec![json!(min.to_string()), json!(max.to_string())], wrong);
    }
    patterned(schema)
}

/// Strings with lengths, and with a pattern where there is one.
fn patterned(schema: &Value) -> (Vec<Value>, Wrong) {
    let min = schema["minLength"].as_u64().unwrap_or(0) as usize;
    let max = schema["maxLength"].as_u64().map(|max| max as usize);
    let (head, fill, off) = match schema["pattern"].as_str() {
        None => ("", "Zoë/% 🚀 数据", None),
        Some(source) => {
            let found = PATTERNS.iter().find(|(known, ..)| *known == source).unwrap_or_else(|| panic!("no sample of the pattern {source}"));
            (found.1, found.2, Some(found.3))
        }
    };
    let made = |head: &str, length: usize| json!(head.chars().chain(fill.chars().cycle()).take(length).collect::<String>());
    let least = min.max(if off.is_some() { head.chars().count().max(1) } else { 0 });
    let mut right = vec![made(head, least), made(head, max.unwrap_or(least + 13))];
    right.dedup();
    let mut wrong = Wrong::new();
    wrong.extend(max.map(|max| (made(head, max + 1), "too long")));
    if min > 0 {
        wrong.push((made(head, min - 1), "too short"));
    }
    wrong.extend(off.map(|off| (made(off, min.max(off.chars().count())), "off the pattern")));
    (right, wrong)
}

/// Right numbers, the largest last, and wrong ones.
pub fn numbers(schema: &Value) -> (Vec<Value>, Wrong) {
    let whole = schema["type"] == "integer";
    let above = i64::from(schema["exclusiveMinimum"] == true);
    let min = schema["minimum"].as_i64().map(|min| min + above);
    let max = schema["maximum"].as_i64();
    let low = min.unwrap_or(-1);
    let half = low as f64 + 0.5;
    let mut right = vec![json!(low), json!(max.unwrap_or(low + 1_790_000_000_000))];
    let mut wrong = Wrong::new();
    if whole {
        wrong.push((json!(half), "a fraction"));
        wrong.extend(min.map(|min| (json!(min - 1), "too small")));
        wrong.extend(max.map(|max| (json!(max + 1), "too large")));
    } else {
        // JSON has an exponent for what is next to nothing, and for what is huge.
        right.splice(0..0, [json!(half), json!(low.max(0) as f64 + 1.25e-7)]);
        if max.is_none() {
            right.insert(0, json!(1e300));
        }
        wrong.extend(min.map(|min| (json!(min as f64 - 0.5), "too small")));
        wrong.extend(max.map(|max| (json!(max as f64 + 0.5), "too large")));
    }
    (right, wrong)
}
