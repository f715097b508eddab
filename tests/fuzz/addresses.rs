//! Addresses: whatever the values are, they come back from the address as they are, and lead nowhere else.

use super::documents::Tape;
use super::runner::hold;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Number, Value};
use supabase_management_wasm::api::endpoints;
use supabase_management_wasm::endpoint::Endpoint;
use supabase_management_wasm::probe::target;
use supabase_management_wasm::schema::Shape;

/// Texts that a reader of addresses could take for something else.
pub fn tricky() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => select(vec![".", "..", "%2e", "%2E", "/", "\\", "?", "#", "%", "&", "=", "+", ";", ":", "@", "//", "\t", "\n", "\0", "\u{7f}", " ", "{ref}", "%00", "*", "'", "é", "🚀", "\u{feff}"]).prop_map(String::from),
        2 => "[a-zA-Z0-9_.~-]{1,6}",
        1 => any::<char>().prop_map(String::from),
    ];
    vec(part, 0..8).prop_map(|parts| parts.concat())
}

/// A text as it stands in an address. The same words are in tests/fuzz/addresses.mjs: so both languages give one address.
fn spelled(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// A number as JavaScript writes it: with all digits up to 10^21, then with an exponent, and never with a fraction of nothing.
fn number(number: &Number) -> String {
    let Some(float) = number.as_f64().filter(|_| number.is_f64()) else { return number.to_string() };
    let written = format!("{:e}", float.abs());
    let (digits, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    let digits = digits.replace('.', "");
    // The place of the point among the digits.
    let point = exponent.parse::<i32>().unwrap_or_default() + 1;
    let count = digits.len() as i32;
    let text = match point {
        _ if float == 0.0 => "0".into(),
        1..=21 if point >= count => format!("{digits}{}", "0".repeat((point - count) as usize)),
        1..=21 => format!("{}.{}", &digits[..point as usize], &digits[point as usize..]),
        -5..=0 => format!("0.{}{digits}", "0".repeat(-point as usize)),
        _ => {
            let fraction = if count > 1 { format!(".{}", &digits[1..]) } else { String::new() };
            format!("{}{fraction}e{:+}", &digits[..1], point - 1)
        }
    };
    if float < 0.0 { format!("-{text}") } else { text }
}

#[test]
fn numbers_are_written_as_javascript_writes_them() {
    let samples = [
        (5.0, "5"),
        (0.0, "0"),
        (-0.0, "0"),
        (-3.25, "-3.25"),
        (0.000_001, "0.000001"),
        (1.25e-7, "1.25e-7"),
        (123_456_789.5, "123456789.5"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (-1.5e300, "-1.5e+300"),
        (5e-324, "5e-324"),
    ];
    for (float, text) in samples {
        assert_eq!(number(&Number::from_f64(float).expect("a number")), text);
    }
}

/// What a value of a query looks like; a list repeats its name.
fn pairs(query: &Value) -> Vec<String> {
    let read = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Number(value) => number(value),
        value => value.to_string(),
    };
    let all = query.as_object().into_iter().flatten();
    // The members of an object have its name, and their own in brackets.
    let named = all.flat_map(|(name, value)| match value {
        Value::Object(members) => members.iter().map(|(inner, value)| (format!("{name}[{inner}]"), value)).collect(),
        value => vec![(name.clone(), value)],
    });
    named
        .flat_map(|(name, value)| match value {
            Value::Array(items) => items.iter().map(|item| format!("{}={}", spelled(&name), spelled(&read(item)))).collect(),
            value => vec![format!("{}={}", spelled(&name), spelled(&read(value)))],
        })
        .collect()
}

fn is_free_text(row: &Endpoint, at: usize) -> bool {
    matches!(row.placeholders[at].ty.shape(), Shape::String)
}

#[test]
fn addresses_of_endpoints_hold_their_values() {
    let cases = (any::<Index>(), vec(tricky(), 6), vec(any::<u32>(), 0..60));
    hold("addresses_of_endpoints_hold_their_values", &cases, |(index, texts, words)| {
        let row = index.get(endpoints());
        let mut tape = Tape::new(&words);
        let mut texts = texts.into_iter();
        let values: Vec<String> = (0..row.placeholders.len())
            .map(|at| match texts.next() {
                // What has a pattern gets what fits, most of the time.
                Some(text) if is_free_text(row, at) || tape.below(8) == 7 => text,
                _ => tape.fitting(row.placeholders[at].ty, 1).as_str().unwrap_or_default().into(),
            })
            .collect();
        let mut query = row.query.map_or(Value::Null, |ty| tape.fitting(ty, 2));
        // Rust has numbers that are whole, and no integers: an offset of 5.0, say.
        for value in query.as_object_mut().into_iter().flat_map(|members| members.values_mut()) {
            if let Some(whole) = value.as_i64().filter(|_| tape.below(2) == 1) {
                *value = (whole as f64).into();
            }
        }
        let query_text = if row.query.is_some() { query.to_string() } else { String::new() };
        let paths: Vec<&str> = values.iter().map(String::as_str).collect();
        let elsewhere = |value: &&&str| matches!(**value, "" | "." | "..");
        let checked = row.validate(&paths, query_text.as_bytes(), None);
        let address = match target(Some(row), &paths, &query_text) {
            Ok(address) => address,
            Err(fault) => {
                // The check says the same, and it is the check that refuses.
                prop_assert_eq!(checked, Err(fault.clone()), "{:?}", fault);
                return Ok(());
            }
        };
        prop_assert_eq!(checked, Ok(()));
        prop_assert!(paths.iter().find(elsewhere).is_none(), "{address}");
        let mut expected = format!("{} ", row.verb.as_str());
        for (at, part) in row.route.split(['{', '}']).enumerate() {
            expected.push_str(&if at % 2 == 0 { part.to_string() } else { spelled(&values[at / 2]) });
        }
        let pairs = pairs(&query);
        if !pairs.is_empty() {
            expected.push_str(&format!("?{}", pairs.join("&")));
        }
        prop_assert_eq!(&address, &expected);
        let path = address.split('?').next().unwrap_or_default();
        prop_assert_eq!(path.split('/').count(), row.route.split('/').count());
        prop_assert!(address.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ') && address.matches(' ').count() == 1, "{}", address);
        Ok(())
    });
}

/// A path as a reader of addresses takes it: dots are steps, in whichever way they are written.
fn resolved(path: &str) -> Vec<String> {
    let mut all = Vec::new();
    for part in path.split('/').skip(1) {
        match part.to_ascii_lowercase().replace("%2e", ".").as_str() {
            "." => {}
            ".." => {
                all.pop();
            }
            _ => all.push(part.to_string()),
        }
    }
    all
}

/// Whether nobody could take a path for another one: letters of RFC 3986, whole escapes, and no steps of dots anywhere.
fn is_plain(path: &str) -> bool {
    let mut escapes = path.split('%').skip(1);
    let whole = escapes.all(|rest| rest.len() > 1 && rest.as_bytes()[..2].iter().all(u8::is_ascii_hexdigit));
    let letters = path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?%".contains(&byte));
    let dots = |part: &str| matches!(part.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..");
    path.starts_with('/') && !path.starts_with("//") && whole && letters && !path.split(['/', '?']).any(dots)
}

#[test]
fn addresses_of_free_requests_lead_where_they_say() {
    let method =
        prop_oneof![select(vec!["GET", "get", "Post", "PUT", "patch", "DELETE", "HEAD", "TRACE", "GET ", ""]).prop_map(String::from), tricky()];
    let anything = (select(vec!["/v1/", "/", "", "//", "/v1/x?a=", "/\\"]), tricky(), tricky());
    // What is allowed letter by letter, and leads elsewhere or nearly so.
    let step = select(vec![".", "..", "...", "%2e", "%2E", ".%2e", "%2E.", "%2e%2E", "%2f", "%5c", "a", "a.", "v1", "", "%252e"]);
    let steps = vec(step, 0..5).prop_map(|steps| format!("/v1/{}", steps.join("/")));
    let path = prop_oneof![anything.prop_map(|(first, middle, last)| format!("{first}{middle}/{last}")), steps];
    hold("addresses_of_free_requests_lead_where_they_say", &(method, path, vec((tricky(), tricky()), 0..3)), |(method, path, query)| {
        let object: serde_json::Map<String, Value> = query.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
        let query = Value::Object(object);
        let known = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"].contains(&&*method.to_uppercase());
        let Ok(address) = target(None, &[&method, &path], &query.to_string()) else {
            prop_assert!(!known || !is_plain(&path), "nothing is wrong with {method} {path}, and it is refused");
            return Ok(());
        };
        let (verb, rest) = address.split_once(' ').unwrap_or_default();
        prop_assert!(verb.eq_ignore_ascii_case(&method) && verb != "TRACE", "{address}");
        // A reader drops what it does not see and takes `\` for `/`.
        prop_assert!(rest.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\' && byte != b'#'), "{}", address);
        prop_assert!(rest.starts_with('/') && !rest.starts_with("//"), "{address}");
        let way = rest.split('?').next().unwrap_or_default();
        prop_assert_eq!(resolved(way).join("/"), way[1..].to_string(), "{}", address);
        let more = pairs(&query).join("&");
        let joint = if path.contains('?') { '&' } else { '?' };
        prop_assert_eq!(rest, if more.is_empty() { path.clone() } else { format!("{path}{joint}{more}") });
        Ok(())
    });
}
