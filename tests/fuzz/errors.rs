//! Errors: whatever a server says, it becomes an error that can be read, with the server's own words.

use super::documents::Tape;
use super::runner::hold;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};
use supabase_management_wasm::Error;
use supabase_management_wasm::probe::{answered, error};

const NAMES: [&str; 4] = ["message", "error_description", "error", "msg"];

fn api_error(status: u16, text: &str) -> Error {
    error(answered(status, text), true, true)
}

/// Texts that are nearly what servers send.
fn bodies() -> impl Strategy<Value = String> {
    let piece = select(vec![
        "{",
        "}",
        "[",
        "]",
        "\"message\"",
        "\"error\"",
        ":",
        ",",
        "\"",
        "\\",
        "\\u00e9",
        "\\ud83d",
        "null",
        "7",
        " ",
        "<html>",
        "missing_permissions",
        "é",
        "🚀",
        "\u{feff}",
        "\0",
    ]);
    prop_oneof![
        vec(piece, 0..40).prop_map(|pieces| pieces.concat()),
        ".{0,300}",
        "(|\\{\"message\":\")Cannot [A-Z]{0,4} ?/?[a-z1/]{0,6}(|\"\\})",
        vec(any::<char>(), 0..400).prop_map(|letters| letters.into_iter().collect())
    ]
}

#[test]
fn any_answer_becomes_an_error_with_words() {
    hold("any_answer_becomes_an_error_with_words", &(prop_oneof![100u16..=999, Just(404)], bodies()), |(status, body)| {
        let error = api_error(status, &body);
        let words = error.message().unwrap_or_default();
        prop_assert_eq!((error.status(), error.text()), (Some(status), Some(body.as_str())));
        // Behind the server's words, there may be what can be done about it.
        let said = serde_json::from_str::<Value>(&body).ok().and_then(|body| body["message"].as_str().map(str::to_owned)).unwrap_or_default();
        let verb_and_path = said.strip_prefix("Cannot ").unwrap_or_default();
        let lost = verb_and_path
            .split_once(' ')
            .is_some_and(|(verb, path)| path.starts_with('/') && !verb.is_empty() && verb.chars().all(|letter| letter.is_ascii_uppercase()));
        prop_assert_eq!(error.unknown_route(), status == 404 && lost);
        let moved = if (300..400).contains(&status) { " (redirects are not followed)" } else { "" };
        let hint = if error.unknown_route() { " (the server has no such route: is base_url right?)" } else { "" };
        prop_assert_eq!(error.to_string(), format!("request (GET /v1): {status} {words}{moved}{hint}"));
        prop_assert!(!words.trim_ascii().is_empty(), "{:?}", words);
        // Own words of a server come whole; of anything else, the beginning.
        if !body.contains('{') {
            prop_assert!(words.len() <= 200 + "…".len(), "{} bytes", words.len());
            // A body that is one string of JSON is what that string says.
            let said = serde_json::from_str::<String>(&body).unwrap_or_else(|_| body.clone());
            // Half a letter, as `\ud83d` by itself, is none to serde_json; the client shows what stands for one that cannot be shown.
            let half_a_letter = words.contains('\u{fffd}') && body.contains("\\u");
            prop_assert!(words == "the server gave no reason" || half_a_letter || said.contains(words.trim_end_matches('…')), "{:?}", words);
        }
        prop_assert!(error.missing_permissions().iter().all(|name| body.contains('"') || name.is_empty()));
        Ok(())
    });
}

#[test]
fn the_words_of_the_server_win() {
    let words = prop_oneof![".{0,20}", "\\PC{1,20}", select(vec![" ", "\t\n", "a\"b\\c", "é\u{2028}🚀"]).prop_map(String::from)];
    let fields = vec(
        (
            select(NAMES.to_vec()),
            prop_oneof![3 => words.prop_map(Value::from), 1 => select(vec![json!(null), json!(7), json!([]), json!({}), json!({ "message": "inner" })])],
        ),
        0..5,
    );
    hold("the_words_of_the_server_win", &(fields, vec(any::<u32>(), 0..30), 400u16..600), |(fields, words, status)| {
        let mut tape = Tape::new(&words);
        let mut body: Map<String, Value> = fields.into_iter().map(|(name, value)| (name.to_string(), value)).collect();
        for key in ["request_id", "zone"].into_iter().take(tape.below(3)) {
            body.insert(key.into(), tape.any(2));
        }
        let said = NAMES.iter().filter_map(|name| Some((*name, body.get(*name)?))).find_map(|(_, value)| {
            let inner = if value.is_object() { &value["message"] } else { value };
            inner.as_str().filter(|words| !words.trim().is_empty())
        });
        let text = Value::Object(body.clone()).to_string();
        let message = api_error(status, &text).message().unwrap_or_default();
        match said {
            Some(said) => prop_assert_eq!(&message, said, "{}", text),
            // Where there are no words at all, that is said; of anything else, the text is shown.
            None => prop_assert!(message == "the server gave no reason" || text.starts_with(message.trim_end_matches('…')), "{message} of {text}"),
        }
        Ok(())
    });
}
