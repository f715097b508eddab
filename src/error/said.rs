//! What a server says in an answer that is an error: its words, its code, and what it found wrong, in whichever shape it says them.

use crate::check::{Cursor, Kind, escapes_are_known};
use crate::text::push_member;

/// The members that hold words, those that say most first: of the API itself, of OAuth, of what stands between, and of RFC 9457.
const WORDS: [&str; 9] = ["message", "error_description", "error", "msg", "errors", "detail", "title", "description", "issues"];

/// The members that say where something is wrong.
const PLACES: [&str; 6] = ["path", "pointer", "field", "parameter", "loc", "property"];

/// The members that hold a place one level down.
const AROUND_PLACES: [&str; 2] = ["source", "meta"];

/// The members that list what is wrong one by one.
const LISTS: [&str; 2] = ["issues", "errors"];

/// How deep objects are looked into: no server of this API says anything further down.
const DEPTH: u8 = 6;

fn answer(text: &str) -> Cursor<'_> {
    Cursor::new(text.as_bytes())
}

/// What a server's error says: its words, wherever it keeps them, or the text itself.
pub(super) fn words(text: &str) -> String {
    // A text that only begins with a string or a list is no JSON, nor is one with other escapes, and none of it is left out. Of an object that was
    // cut off, the words count.
    let is_whole = answer(text).raw_value().is_some_and(|raw| raw.len() == text.trim().len() && escapes_are_known(raw));
    let is_object = answer(text).kind() == Kind::Object;
    let lines = if is_object || is_whole { lines_in(answer(text), DEPTH) } else { Vec::new() };
    if !lines.is_empty() {
        return lines.join("; ");
    }
    // A page of HTML, say. The whole of it is in `text`.
    let text = text.trim();
    let mut end = text.len().min(200);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    match &text[..end] {
        "" => "the server gave no reason".into(),
        // An object of numbers says nothing that the status does not, nor does a string that is empty.
        _ if is_object && !text_is_in(answer(text)) || is_whole && answer(text).kind() == Kind::String => "the server gave no reason".into(),
        begin if end < text.len() => format!("{begin}…"),
        whole => whole.into(),
    }
}

/// The lines at a place: a text, those of a list, or those of the first member of an object that has some.
fn lines_in(mut value: Cursor<'_>, depth: u8) -> Vec<String> {
    if depth == 0 {
        return Vec::new();
    }
    match value.kind() {
        Kind::String => value.string().filter(|line| !line.trim().is_empty()).into_iter().collect(),
        Kind::Array => value.items().into_iter().flat_map(|item| lines_in(item, depth - 1)).collect(),
        Kind::Object => {
            let lines = WORDS.iter().filter_map(|name| value.find(name.as_bytes())).map(|found| lines_in(found, depth - 1));
            let lines = lines.into_iter().find(|lines| !lines.is_empty()).unwrap_or_default();
            match place_of(value) {
                Some(place) => lines.iter().map(|line| format!("{place}: {line}")).collect(),
                None => lines,
            }
        }
        _ => Vec::new(),
    }
}

/// Whether an object has a member that is no number and nothing like it.
fn text_is_in(value: Cursor<'_>) -> bool {
    value.members().into_iter().any(|(_, mut member)| matches!(member.kind(), Kind::String | Kind::Array | Kind::Object))
}

/// The object that tells of an error: the answer itself, or its `error`.
fn told(text: &str) -> Cursor<'_> {
    let whole = answer(text);
    whole.find(b"error").filter(|error| { *error }.kind() == Kind::Object).unwrap_or(whole)
}

/// The code of an error, for programs to go by: `not_found.endpoint`. OAuth has it in `error`, beside its words.
pub(super) fn code(text: &str) -> Option<String> {
    let (whole, told) = (answer(text), told(text));
    let found = |value: Cursor<'_>, name: &str| value.find(name.as_bytes()).and_then(Cursor::string).filter(|code| !code.is_empty());
    let oauth = || whole.find(b"error_description").and_then(|_| found(whole, "error"));
    found(told, "code").or_else(|| found(whole, "code")).or_else(|| found(whole, "error_code")).or_else(oauth)
}

/// The permissions that a fine-grained token lacks, where the server listed them.
pub(super) fn missing_permissions(text: &str) -> Vec<String> {
    let told = told(text);
    let found = [Some(answer(text)), Some(told), told.find(b"meta")].into_iter().flatten().find_map(|value| value.find(b"missing_permissions"));
    found.map(|list| list.items().into_iter().filter_map(Cursor::string).collect()).unwrap_or_default()
}

/// Whether the server says that there is no such route.
pub(super) fn is_unknown_route(text: &str) -> bool {
    let lines = lines_in(answer(text), DEPTH);
    let rest = lines.first().and_then(|words| words.strip_prefix("Cannot ")?.split_once(' '));
    rest.is_some_and(|(verb, path)| path.starts_with('/') && !verb.is_empty() && verb.bytes().all(|byte| byte.is_ascii_uppercase()))
}

/// What is wrong in a request, as path and reason: listed one by one, or as `roles: Invalid input: expected array, received undefined`.
pub(super) fn validation_errors(text: &str) -> Vec<(String, String)> {
    let mut errors = Vec::new();
    let lists = || LISTS.iter().filter_map(|name| told(text).find(name.as_bytes()));
    lists().flat_map(Cursor::items).for_each(|issue| add_issue(issue, DEPTH, &mut errors));
    if errors.is_empty() {
        let lines = lines_in(answer(text), DEPTH);
        errors.extend(lines.iter().flat_map(|line| line.split('\n')).filter_map(validation_error));
    }
    errors
}

/// One thing that is wrong, or those that it is made of.
fn add_issue(mut issue: Cursor<'_>, depth: u8, errors: &mut Vec<(String, String)>) {
    if depth == 0 {
        return;
    }
    if issue.kind() == Kind::String {
        errors.extend(issue.string().as_deref().and_then(validation_error));
        return;
    }
    let before = errors.len();
    for list in LISTS.iter().filter_map(|name| issue.find(name.as_bytes())) {
        list.items().into_iter().for_each(|inner| add_issue(inner, depth - 1, errors));
    }
    let reason = ["message", "msg", "detail", "title"].iter().find_map(|name| issue.find(name.as_bytes()).and_then(Cursor::string));
    if let Some(reason) = reason.filter(|_| errors.len() == before) {
        errors.push(match place_of(issue) {
            Some(place) => (place, reason),
            None => validation_error(&reason).unwrap_or((String::new(), reason)),
        });
    }
}

/// Where something is wrong, as JavaScript writes it: `data.attributes.roles[0]`.
fn place_of(issue: Cursor<'_>) -> Option<String> {
    let own = |issue: Cursor<'_>| PLACES.iter().find_map(|name| issue.find(name.as_bytes()).and_then(place));
    own(issue).or_else(|| AROUND_PLACES.iter().find_map(|name| own(issue.find(name.as_bytes())?)))
}

/// A place in one text, as a JSON pointer or as it is, or step by step.
fn place(mut value: Cursor<'_>) -> Option<String> {
    let steps: Vec<String> = match value.kind() {
        Kind::String => {
            let text = value.string()?;
            match text.strip_prefix('/') {
                Some(pointer) => pointer.split('/').map(|step| step.replace("~1", "/").replace("~0", "~")).collect(),
                None => return (!text.is_empty()).then_some(text),
            }
        }
        Kind::Array => value.items().into_iter().filter_map(step).collect(),
        _ => return None,
    };
    let mut text = String::new();
    for step in &steps {
        if !step.is_empty() && step.bytes().all(|digit| digit.is_ascii_digit()) {
            text.push_str(&format!("[{step}]"));
        } else {
            push_member(&mut text, step);
        }
    }
    (!text.is_empty()).then_some(text)
}

/// A name, or the number of an item.
fn step(value: Cursor<'_>) -> Option<String> {
    // As it is written: what writes numbers with a point is a tenth of the client, and nothing else needs it.
    let digits = || value.raw_value().filter(|raw| raw.iter().all(u8::is_ascii_digit)).map(|raw| String::from_utf8_lossy(raw).into_owned());
    value.string().or_else(digits)
}

fn validation_error(line: &str) -> Option<(String, String)> {
    let (path, reason) = line.trim_start().split_once(": ")?;
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"_$.[]-".contains(&byte);
    // `ERROR: …` of a database is no path, nor is `Failed: …`.
    let begins = path.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase() || b"_$[".contains(&byte));
    (begins && path.bytes().all(fits)).then(|| (path.into(), reason.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_server_come_first() {
        for (text, expected) in [
            (r#"{"message":"Project not found"}"#, "Project not found"),
            (r#"{"error":"invalid_grant","error_description":"code expired"}"#, "code expired"),
            (r#"{"message":["a: no","b: no",1],"error":"x"}"#, "a: no; b: no"),
            (r#"{"message":{},"error":"x"}"#, "x"),
            (r#"{"x":{"message":"inner"},"message":"outer \u00e9"}"#, "outer é"),
            (r#"{"error":{"code":"not_found","message":"No such branch","issues":[]}}"#, "No such branch"),
            (r#"{"error":{"code":"bad_request","message":" ","issues":[{"code":"x","message":"too long"}]}}"#, "too long"),
            (r#"{"errors":["a","b"]}"#, "a; b"),
            (r#"{"errors":[{"message":"must be text","path":["data",0,"name"]},{"message":"no"}]}"#, "data[0].name: must be text; no"),
            (r#"{"detail":"Not here"}"#, "Not here"),
            (r#"{"type":"about:blank","title":"Forbidden","status":403}"#, "Forbidden"),
            (r#"{"title":"Forbidden","detail":"You may not","status":403}"#, "You may not"),
            (r#"{"detail":[{"loc":["body","name"],"msg":"field required","type":"missing"}]}"#, "body.name: field required"),
            (r#""Unauthorized""#, "Unauthorized"),
            (r#"["a","b"]"#, "a; b"),
            (r#"{"statusCode":502}"#, "the server gave no reason"),
            (r#"{"statusCode":502,"error":"Bad Gateway"}"#, "Bad Gateway"),
            (r"{}", "the server gave no reason"),
            (r#"{"odd":"shape"}"#, r#"{"odd":"shape"}"#),
            ("<html>502", "<html>502"),
            (r#"["\u00e9"message""#, r#"["\u00e9"message""#),
            (r#""a" and more"#, r#""a" and more"#),
            (r#""C:\temp\x""#, r#""C:\temp\x""#),
            ("\"a\\\0\"", "\"a\\\0\""),
            (r#"["a","\u00e"]"#, r#"["a","\u00e"]"#),
            (r#""C:\\temp \u00E9\"""#, r#"C:\temp é""#),
            (" ", "the server gave no reason"),
            (r#""""#, "the server gave no reason"),
            (
                r#"" 
""#,
                "the server gave no reason",
            ),
            ("null", "null"),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
        assert_eq!(words(&"é".repeat(300)), "é".repeat(100) + "…");
    }

    #[test]
    fn half_a_letter_is_shown_as_what_stands_for_it() {
        assert_eq!(words(r#""\ud83d""#), "\u{fffd}");
    }

    #[test]
    fn words_that_are_deep_end_the_search() {
        let text = format!("{}{}", r#"{"error":"#.repeat(5_000), "}".repeat(5_000));
        assert_eq!(words(&text).chars().count(), 201);
        assert!(validation_errors(&r#"{"issues":["#.repeat(5_000)).is_empty());
    }

    #[test]
    fn codes_are_told_wherever_they_are() {
        for (text, expected) in [
            (r#"{"error":{"code":"not_found.endpoint","message":"Cannot GET /v2/x"}}"#, Some("not_found.endpoint")),
            (r#"{"code":"PGRST301","message":"no"}"#, Some("PGRST301")),
            (r#"{"error_code":"weak_password","code":422,"msg":"no"}"#, Some("weak_password")),
            (r#"{"error":"invalid_grant","error_description":"expired"}"#, Some("invalid_grant")),
            (r#"{"error":"Not Found","message":"no","statusCode":404}"#, None),
            (r#"{"message":"no"}"#, None),
            ("<html>", None),
        ] {
            assert_eq!(code(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_read_from_issues_and_from_lines() {
        let pair = |path: &str, reason: &str| (path.to_owned(), reason.to_owned());
        for (text, expected) in [
            (
                r#"{"error":{"code":"bad_request","message":"Invalid","issues":[{"code":"a","message":"too long","meta":{"path":["data","attributes","roles",0]}},
                {"code":"b","message":"no","source":{"pointer":"/data/attributes/a~1b"}},{"code":"c","message":"outer","issues":[{"code":"d","message":"inner","path":"data.type"}]},
                {"code":"e","message":"name: is taken"},{"code":"f","message":"Try later"}]}}"#,
                vec![
                    pair("data.attributes.roles[0]", "too long"),
                    pair(r#"data.attributes["a/b"]"#, "no"),
                    pair("data.type", "inner"),
                    pair("name", "is taken"),
                    pair("", "Try later"),
                ],
            ),
            (r#"{"message":"roles: Invalid input: expected array"}"#, vec![pair("roles", "Invalid input: expected array")]),
            (r#"{"message":["a: no","b[0].c: no"]}"#, vec![pair("a", "no"), pair("b[0].c", "no")]),
            (r#"{"errors":["a: no"]}"#, vec![pair("a", "no")]),
            (r#"{"error":{"code":"x","message":"name: must be there"}}"#, vec![pair("name", "must be there")]),
            (r#"{"message":"ERROR: syntax error"}"#, vec![]),
        ] {
            assert_eq!(validation_errors(text), expected, "{text}");
        }
    }

    #[test]
    fn a_route_that_is_unknown_is_told_in_both_versions() {
        for (text, unknown) in [
            (r#"{"message":"Cannot GET /v1/nothing"}"#, true),
            (r#"{"error":{"code":"not_found.endpoint","message":"Cannot POST /v2/nothing"}}"#, true),
            (r#"{"message":"Cannot GET it"}"#, false),
            (r#"{"error":{"code":"not_found","message":"Not found"}}"#, false),
        ] {
            assert_eq!(is_unknown_route(text), unknown, "{text}");
        }
    }

    #[test]
    fn permissions_that_lack_are_read_in_both_versions() {
        for text in [
            r#"{"message":"no","missing_permissions":["a","b"]}"#,
            r#"{"error":{"code":"forbidden","message":"no","missing_permissions":["a","b"]}}"#,
            r#"{"error":{"code":"forbidden","message":"no","meta":{"missing_permissions":["a","b"]}}}"#,
        ] {
            assert_eq!(missing_permissions(text), ["a", "b"]);
        }
    }
}
