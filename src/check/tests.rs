//! The checker by examples, and against a plain one on random models and texts.

mod model;
mod plain;
mod random;
mod table;

use super::{Checker, Mode, Path};
use crate::schema::Type;
use model::{Member, Model};

/// What the checker says of a text as a whole: all faults, and the first that counts where it stops there.
fn checked(text: &str, ty: Type, mode: Mode) -> (Vec<(String, bool)>, Option<String>) {
    let mut checker = Checker::new(text.as_bytes(), mode, true);
    let _ = checker.value(ty, &Path::root(""));
    let all = checker.faults.into_iter().map(|(fault, counts)| (fault.path, counts)).collect();
    let first = Checker::new(text.as_bytes(), mode, false).passes(ty, &Path::root(""));
    (all, first.err().map(|fault| fault.path))
}

/// The first fault of a request, in words.
fn refused(text: &str, model: &Model) -> String {
    let first = Checker::new(text.as_bytes(), Mode::Request, false).passes(model.ty(), &Path::root(""));
    first.map_or_else(|fault| format!("{}: {} / {}", fault.path, fault.expected, fault.received), |()| "fine".into())
}

#[test]
fn paths_read_as_javascript_writes_them() {
    let numbers = Model::map(Model::map(Model::list(Model::Integer)));
    for (text, path) in [
        (r#"{"a":{"b":["x"]}}"#, "a.b[0]"),
        (r#"{"a b":{"$c_1":[1,2,null]}}"#, r#"["a b"].$c_1[2]"#),
        (r#"{"":{"1a":[true]}}"#, r#"[""]["1a"][0]"#),
        (r#"{"é":{"a-b":[[]]}}"#, r#"["é"]["a-b"][0]"#),
        (r#"{"q\"\\":{"\u0061\n":[{}]}}"#, r#"["q\"\\"]["a\n"][0]"#),
        ("7", ""),
    ] {
        assert_eq!(checked(text, numbers.ty(), Mode::Request).1.as_deref(), Some(path), "{text}");
    }
    let mut below = Checker::new(br#"{"a":1}"#, Mode::Request, false);
    let fault = below.passes(Model::Object(vec![]).ty(), &Path::root("query")).expect_err("an unknown field");
    assert_eq!(fault.path, "query.a");
}

#[test]
fn words_name_kinds_and_lengths_and_never_values() {
    let text = |min, max| Model::Object(vec![Member::new("a", true, Model::Text(min, max))]);
    assert_eq!(refused(r#"{"a":"hunter2"}"#, &text(0, 3)), "a: at most 3 characters / a string of 7 characters");
    assert_eq!(refused(r#"{"a":"🚀é"}"#, &text(3, u32::MAX)), "a: at least 3 characters / a string of 2 characters");
    assert_eq!(refused(r#"{"a":"🚀é"}"#, &text(3, 3)), "a: exactly 3 characters / a string of 2 characters");
    assert_eq!(refused(r#"{"a":"\ud83d\ude80"}"#, &text(2, 3)), "a: 2 to 3 characters / a string of 1 characters");
    assert_eq!(refused("{}", &text(0, 3)), "a: string / nothing");
    assert_eq!(refused("41", &Model::Bounded(-3, 40)), ": integer, -3 to 40 / a number outside of it");
    assert_eq!(refused("-1", &Model::Bounded(0, i64::MAX)), ": integer, at least 0 / a number outside of it");
    assert_eq!(refused("99999999999999999999", &Model::Bounded(0, 40)), ": integer, 0 to 40 / a number outside of it");
    assert_eq!(refused("1.5", &Model::Integer), ": integer / number");
    assert_eq!(refused("\"hunter2\"", &Model::Enum(vec!["a", "b"])), ": one of \"a\", \"b\" / another string");
    assert_eq!(refused("[1,2,3]", &Model::Array(0, 2, Box::new(Model::Integer))), ": at most 2 items / 3 items");
    assert_eq!(refused("[1", &Model::Array(0, 2, Box::new(Model::Integer))), ": JSON / the end of the text");
    assert_eq!(refused("[1 2]", &Model::Array(0, 2, Box::new(Model::Integer))), ": JSON / text that is not JSON");
}

#[test]
fn an_unknown_field_names_the_one_that_was_meant() {
    let names = ["organization_slug", "name", "timeoutMs", "maxRetries", "baseUrl"];
    let model = Model::Object(names.map(|name| Member::new(name, false, Model::String)).into());
    for (key, meant) in [
        ("organizationSlug", "organization_slug"),
        ("organization_id_slug", "organization_slug"),
        ("organisation_slug", "organization_slug"),
        ("ORGANIZATION_SLUG", "organization_slug"),
        ("timeout", "timeoutMs"),
        ("retries", "maxRetries"),
        ("base_url", "baseUrl"),
    ] {
        let words = format!("{key}: a known field (did you mean {meant}?) / an unknown field");
        assert_eq!(refused(&format!("{{\"{key}\":1}}"), &model), words);
    }
    for key in ["zone", "x"] {
        assert_eq!(refused(&format!("{{\"{key}\":1}}"), &model), format!("{key}: a known field / an unknown field"));
    }
    // One that is there as well was not meant, be it before or behind.
    for text in [r#"{"base_url":1,"baseUrl":"a"}"#, r#"{"baseUrl":"a","base_url":1}"#] {
        assert_eq!(refused(text, &model), "base_url: a known field / an unknown field");
    }
}

#[test]
fn lists_may_change_the_order_of_their_fields() {
    let item = Model::Object(vec![
        Member::new("a", true, Model::Integer),
        Member::new("b", true, Model::list(Model::Object(vec![Member::new("a", true, Model::String)]))),
        Member::new("c", false, Model::Boolean),
    ]);
    let list = Model::list(item);
    let orders =
        [r#"{"a":1,"b":[{"a":"x"}],"c":true}"#, r#"{"c":true,"b":[],"a":1}"#, r#"{"b":[{"a":"x"},{"a":"y"}],"a":1}"#, r#"{"a":1,"c":false,"b":[]}"#];
    let text = format!("[{}]", orders.map(|one| [one; 3].join(",")).join(","));
    assert_eq!(refused(&text, &list), "fine");
    assert_eq!(refused(&text.replace("\"c\":false", "\"c\":0"), &list), "[9].c: boolean / number");
}

#[test]
fn a_field_that_comes_twice_is_there_once() {
    let model = Model::Object(vec![Member::new("a", true, Model::Integer), Member::new("b", true, Model::Integer)]);
    assert_eq!(refused(r#"{"a":1,"a":2}"#, &model), "b: integer / nothing");
    assert_eq!(refused(r#"{"a":1,"b":2,"a":"x"}"#, &model), "a: integer / string");
    let answer = checked(r#"{"a":1,"a":2}"#, model.ty(), Mode::Answer);
    assert_eq!(answer.1.as_deref(), Some("b"));
}

#[test]
fn a_union_without_a_match_is_where_the_path_ends() {
    let with = |value: &'static str, name: &'static str| {
        (value, Model::Object(vec![Member::new("type", true, Model::Enum(vec![value])), Member::new(name, true, Model::Integer)]))
    };
    let model = Model::Object(vec![Member::new("u", true, Model::Tagged("type", vec![with("one", "a"), with("two", "b")]))]);
    assert_eq!(refused(r#"{"u":{"b":1,"type":"two"}}"#, &model), "fine");
    assert_eq!(refused(r#"{"u":{"type":"two","a":1}}"#, &model), "u.a: a known field / an unknown field");
    assert_eq!(refused(r#"{"u":{"type":"two"}}"#, &model), "u.b: integer / nothing");
    assert_eq!(refused(r#"{"u":{"type":"three"}}"#, &model), "u: object whose type is one of \"one\", \"two\" / another one");
    assert_eq!(refused(r#"{"u":{"type":1}}"#, &model), "u: object whose type is one of \"one\", \"two\" / number");
    assert_eq!(refused(r#"{"u":{}}"#, &model), "u: object whose type is one of \"one\", \"two\" / an object without it");
    assert_eq!(refused(r#"{"u":[]}"#, &model), "u: object / array");
    // New members of a union are no error of an answer.
    assert_eq!(checked(r#"{"u":{"type":"three"}}"#, model.ty(), Mode::Answer), (vec![("u".into(), false)], None));
}

#[test]
fn what_no_model_describes_may_be_as_deep_as_it_likes() {
    let text = format!("{{\"a\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(refused(&text, &Model::Object(vec![Member::new("a", true, Model::Any)])), "fine");
    assert!(supabase_management_wasm_fast_check::fits(text.as_bytes(), Model::Object(vec![Member::new("a", true, Model::Any)]).ty().0));
}

/// Found by the random texts: what one object taught about the order of fields was taken for another's, in the middle of a field.
#[test]
fn the_order_of_one_object_does_not_mislead_another() {
    let inner = Model::Object(vec![Member::new("c", true, Model::Integer), Member::new("d", false, Model::Enum(vec!["a", "bc", "é"]))]);
    let model = Model::Object(vec![
        Member::new("a", true, Model::Object(vec![Member::new("a_longer_name", true, Model::Boolean)])),
        Member::new("a_longer_name", true, inner).or_null(),
        Member::new("d", false, Model::Boolean),
    ]);
    assert_eq!(refused(r#"{"a":{"a_longer_name":false},"a_longer_name":{"c":-4,"d":"bc"},"d":false}"#, &model), "fine");
}

#[test]
fn of_several_types_the_first_that_fits_is_meant() {
    let details = Model::Object(vec![Member::new("code", true, Model::Integer), Member::new("note", false, Model::String)]);
    let list = Model::list(Model::Integer);
    let model = Model::Object(vec![Member::new("u", true, Model::Union(vec![Model::String, details, list])), Member::new("v", false, Model::Any)]);
    for text in [r#"{"u":"x"}"#, r#"{"u":{"code":1}}"#, r#"{"u":{"note":"n","code":1},"v":null}"#, r#"{"u":[]}"#, r#"{"v":{},"u":[1]}"#] {
        assert_eq!(refused(text, &model), "fine", "{text}");
        assert_eq!(checked(text, model.ty(), Mode::Answer), (vec![], None), "{text}");
    }
    // Without a match the path is the union's, however deep the fault is.
    for (text, received) in [
        (r#"{"u":7}"#, "number"),
        (r#"{"u":{}}"#, "object"),
        (r#"{"u":{"code":"1"}}"#, "object"),
        (r#"{"u":{"code":1,"nope":2}}"#, "object"),
        (r#"{"u":[1,"2"]}"#, "array"),
    ] {
        assert_eq!(refused(text, &model), format!("u: string or object or array / {received}"), "{text}");
    }
    assert_eq!(refused(r#"{"u":null}"#, &model), "u: string or object or array / null");
    // New members of a union are no error of an answer; with a match, what is in it is said where it is.
    assert_eq!(checked(r#"{"u":7}"#, model.ty(), Mode::Answer), (vec![("u".into(), false)], None));
    assert_eq!(checked(r#"{"u":{"code":1,"nope":2}}"#, model.ty(), Mode::Answer), (vec![("u.nope".into(), false)], None));
    assert_eq!(checked(r#"{"u":{"code":1,"note":null}}"#, model.ty(), Mode::Answer), (vec![("u.note".into(), false)], None));
    assert_eq!(checked(r#"{"u":null}"#, model.ty(), Mode::Answer), (vec![("u".into(), true)], Some("u".into())));
}

#[test]
fn a_secret_is_found_in_a_union_as_well() {
    // `{ "code": 1, "key": secret }`, as of a table; a tree has no secrets.
    let object: &[u8] = &[8, 1, 4, 3, b'k', b'e', b'y', 1, 0, 5, 1, 4, b'c', b'o', b'd', b'e', 1, 0, 3];
    let union: Vec<u8> = [&[12, 1, 0, 5, object.len() as u8, 0][..], object].concat();
    let text = r#"{"code":1,"key":"hunter2"}"#;
    let mut checker = Checker::new(text.as_bytes(), Mode::Request, false);
    assert!(checker.passes(Type(union.leak()), &Path::root("")).is_ok());
    assert_eq!(checker.secrets.iter().map(|(from, to)| &text[*from..*to]).collect::<Vec<_>>(), ["\"hunter2\""]);
}

#[test]
fn numbers_lie_within_their_bounds_as_they_are_written() {
    let model = Model::Range(-3, 40);
    for text in ["-3", "-3.0", "40", "40.000", "-2.5", "39.999", "0", "-0.0", "1e-9", "4E-300"] {
        assert_eq!(refused(text, &model), "fine", "{text}");
    }
    for text in ["-4", "-3.0001", "40.5", "41", "-3.5", "1e300", "-1E300", "99999999999999999999", "-99999999999999999999.5"] {
        assert_eq!(refused(text, &model), ": number, -3 to 40 / a number outside of it", "{text}");
        assert_eq!(checked(text, model.ty(), Mode::Answer), (vec![], None), "{text}");
    }
    assert_eq!(refused("-0.5", &Model::Range(0, i64::MAX)), ": number, at least 0 / a number outside of it");
    assert_eq!(refused("\"7\"", &model), ": number, -3 to 40 / string");
    assert_eq!(refused("7.0", &Model::Bounded(-3, 40)), ": integer, -3 to 40 / number");
}

/// Found by the random texts: behind an exponent, one character more was stepped over.
#[test]
fn what_follows_an_exponent_is_read() {
    let model = Model::Object(vec![Member::new("n", true, Model::Number), Member::new("i", false, Model::Integer)]);
    for number in ["1e5", "1.25e-7", "-1E+300"] {
        for range in [Model::Range(i64::MIN, i64::MAX), Model::Number] {
            let list = Model::list(Model::Object(vec![Member::new("n", true, range), Member::new("s", false, Model::String)]));
            assert_eq!(refused(&format!(r#"[{{"n":{number}}},{{"n":{number},"s":"x"}}]"#), &list), "fine", "{number}");
        }
        assert_eq!(refused(&format!(r#"{{"i":{number},"n":{number}}}"#), &model), "i: integer / number", "{number}");
        assert_eq!(checked(&format!(r#"{{"i":{number},"x":1}}"#), model.ty(), Mode::Answer).0.len(), 3, "{number}");
    }
}

#[test]
fn true_alone_is_not_false() {
    let model = Model::Object(vec![Member::new("ext", false, Model::True)]);
    assert_eq!(refused(r#"{"ext":true}"#, &model), "fine");
    assert_eq!(refused("{}", &model), "fine");
    assert_eq!(refused(r#"{"ext":false}"#, &model), "ext: true / false");
    assert_eq!(refused(r#"{"ext":"true"}"#, &model), "ext: true / string");
    // As a new value of an enum, it is no error of an answer.
    assert_eq!(checked(r#"{"ext":false}"#, model.ty(), Mode::Answer), (vec![("ext".into(), false)], None));
}

#[test]
fn an_open_object_may_have_more_fields_than_it_names() {
    let model = Model::Open(vec![Member::new("name", true, Model::String)]);
    for mode in [Mode::Request, Mode::Answer] {
        assert_eq!(checked(r#"{"name":"a","more":[{}],"":null}"#, model.ty(), mode), (vec![], None));
        assert_eq!(checked(r#"{"more":1}"#, model.ty(), mode).1.as_deref(), Some("name"));
        assert_eq!(checked(r#"{"name":1,"more":1}"#, model.ty(), mode).1.as_deref(), Some("name"));
    }
}
