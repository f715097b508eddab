//! Secrets: however a text repeats them, they are gone; and where there is none, nothing is touched.

use super::documents::unit_escapes;
use super::runner::{Case, hold, hold_where_judged};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use supabase_management_wasm::probe::{redact, redact_body};

const MARK: &str = "[redacted]";

/// Long enough to be hidden wherever it stands. What is part of the mark itself nobody could hide.
fn long_secrets() -> impl Strategy<Value = String> {
    let letters = prop_oneof!["[a-zA-Z0-9_]{8,40}", "[ -~]{8,40}", "[a\"\\\\/\n\té🚀數\u{2028}.+*?(){}^$|-]{8,30}", "[ab]{8,12}"];
    letters.prop_filter("a part of the mark", |secret| !secret.contains(['[', ']']) && !MARK.contains(secret.as_str()))
}

/// The ways in which a text is repeated inside of JSON.
fn written(secret: &str, way: usize) -> String {
    let quoted = json!(secret).to_string();
    let inner = quoted[1..quoted.len() - 1].to_string();
    match way {
        0 => inner,
        1 => secret.chars().map(|letter| unit_escapes(letter, false)).collect(),
        2 => inner.replace('/', "\\/"),
        // Every other letter, with the digits of another house.
        _ => secret
            .chars()
            .enumerate()
            .map(
                |(at, letter)| {
                    if at % 2 == 0 || letter < ' ' || letter == '"' || letter == '\\' { unit_escapes(letter, true) } else { letter.to_string() }
                },
            )
            .collect(),
    }
}

/// All strings of a value, keys too.
fn strings(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        Value::Object(members) => members.iter().for_each(|(key, item)| {
            found.push(key.clone());
            strings(item, found);
        }),
        _ => {}
    }
}

#[test]
fn a_text_does_not_keep_a_secret() {
    let cases = (vec(long_secrets(), 1..4), vec((".{0,10}", any::<proptest::sample::Index>(), any::<bool>()), 1..8));
    hold("a_text_does_not_keep_a_secret", &cases, |(secrets, pieces)| {
        let piece = |(text, index, as_json): &(String, proptest::sample::Index, bool)| {
            let secret = index.get(&secrets);
            format!("{text}{}", if *as_json { written(secret, 0) } else { secret.clone() })
        };
        let text: String = pieces.iter().map(piece).collect();
        let clean = redact(&text, &secrets);
        for secret in &secrets {
            prop_assert!(!clean.contains(secret.as_str()) && !clean.contains(&written(secret, 0)), "{:?} is in {:?}", secret, clean);
        }
        prop_assert!(clean.contains(MARK));
        // Once more finds nothing more.
        prop_assert_eq!(redact(&clean, &secrets), clean);
        Ok(())
    });
}

#[test]
fn a_body_does_not_keep_a_secret() {
    let cases = (long_secrets(), 0usize..4, ".{0,10}", select(vec!["message", "deep", "key"]), any::<bool>());
    hold("a_body_does_not_keep_a_secret", &cases, |(secret, way, around, place, twice)| {
        let (secret_text, around) = (written(&secret, way), json!(around).to_string());
        let around = &around[1..around.len() - 1];
        let text = match place {
            "message" => format!("{{\"message\":\"{around}{secret_text}{around}\",\"code\":7}}"),
            "deep" => format!("{{\"a\":[1,{{\"b\":[\"{secret_text}\",null]}}]}}"),
            _ => format!("{{\"a\":{{\"{secret_text}\":true}}}}"),
        };
        let secrets = if twice { vec![secret.clone(), format!("{secret}{secret}")] } else { vec![secret.clone()] };
        let clean = redact_body(&text, &secrets);
        prop_assert!(!clean.contains(&secret) && !clean.contains(&written(&secret, 0)), "{:?} is in {}", secret, clean);
        let value = serde_json::from_str(&clean);
        prop_assert!(value.is_ok(), "it is no JSON any more: {}", clean);
        let mut found = Vec::new();
        strings(&value.unwrap_or_default(), &mut found);
        prop_assert!(found.iter().all(|string| !string.contains(&secret)), "{:?} is in {}", secret, clean);
        Ok(())
    });
}

#[test]
fn a_short_secret_goes_where_it_stands_alone_and_leaves_json_as_it_is() {
    let short = prop_oneof![select(vec!["1", "on", "true", "null", "400", "message", "error", "a"]).prop_map(String::from), "[a-zA-Z0-9]{1,7}"];
    let short = short.prop_filter("a part of the mark", |secret| !MARK.contains(secret.as_str()));
    let other = prop_oneof![short.clone(), "[a-z]{8,12}"];
    hold(
        "a_short_secret_goes_where_it_stands_alone_and_leaves_json_as_it_is",
        &(vec(short, 1..3), other, "[a-z0-9 ]{0,12}"),
        |(secrets, other, around)| {
            let words = format!("{around} {} {other}{}", secrets[0], secrets.concat());
            let clean = redact(&words, &secrets);
            for secret in &secrets {
                let alone = clean.split(|letter: char| !letter.is_ascii_alphanumeric()).any(|word| word == secret);
                prop_assert!(!alone, "{:?} stands alone in {:?}", secret, clean);
            }
            // A body stays what it is: numbers and names that happen to be the same say nothing.
            let body = json!({ "message": words, "statusCode": 400, "retry": true, "on": 1, "error": null });
            let cleaned = redact_body(&body.to_string(), &secrets);
            let value: Value = serde_json::from_str(&cleaned).unwrap_or_default();
            prop_assert!(value.is_object(), "it is no JSON any more: {}", cleaned);
            prop_assert!(
                value.as_object().is_some_and(|members| members.values().any(|item| item.as_str() == Some(&clean))),
                "{:?} is not in {}",
                clean,
                cleaned
            );
            Ok(())
        },
    );
}

#[test]
fn what_holds_no_secret_is_not_touched() {
    let text = prop_oneof![".{0,80}", "[ -~\n]{0,80}"];
    hold_where_judged("what_holds_no_secret_is_not_touched", &(vec(long_secrets(), 0..4), text), |(secrets, text)| {
        if secrets.iter().any(|secret| text.contains(secret.as_str()) || text.contains(&written(secret, 0))) {
            return Ok(Case::Unjudged);
        }
        prop_assert_eq!(redact(&text, &secrets), text.clone());
        let body = json!({ "message": text, "list": [text, 1.5, null] }).to_string().replace(',', " , ");
        prop_assert_eq!(redact_body(&body, &secrets), body);
        Ok(Case::Judged)
    });
}
