//! The checker: it never panics and never hangs, it says what a plain one says, and its fast path agrees with it.

use super::documents::{Tape, unit_escapes};
use super::oracle::{Faults, judge};
use super::runner::{Case, Judgement, hold, hold_in_rounds, hold_where_judged};
use super::types::{Known, all_in, is_plain, types};
use super::{asked, description, mutations, samples};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::collections::HashSet;
use std::sync::OnceLock;
use supabase_management_wasm::api::endpoints;
use supabase_management_wasm::endpoint::{Answer, Body};
use supabase_management_wasm::probe::{ANSWER, REQUEST, check, fits, strict};
use supabase_management_wasm::schema::{Shape, Type};

fn tape(most: usize) -> impl Strategy<Value = Vec<u32>> {
    vec(any::<u32>(), 0..most)
}

/// One of the types of the table.
fn known() -> impl Strategy<Value = Known> {
    any::<Index>().prop_map(|index| *index.get(types()))
}

/// JSON whose objects have no key twice, as no value of serde_json could tell.
struct Distinct;

impl<'de> Deserialize<'de> for Distinct {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Distinct)
    }
}

impl<'de> Visitor<'de> for Distinct {
    type Value = Distinct;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("an object without a key that comes twice")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Distinct, A::Error> {
        let mut keys = HashSet::new();
        while let Some((key, _)) = map.next_entry::<String, Distinct>()? {
            if !keys.insert(key) {
                return Err(serde::de::Error::custom("twice"));
            }
        }
        Ok(Distinct)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Distinct, A::Error> {
        while items.next_element::<Distinct>()?.is_some() {}
        Ok(Distinct)
    }

    fn visit_unit<E>(self) -> Result<Distinct, E> {
        Ok(Distinct)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Distinct, E> {
        Ok(Distinct)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Distinct, E> {
        Ok(Distinct)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Distinct, E> {
        Ok(Distinct)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Distinct, E> {
        Ok(Distinct)
    }

    fn visit_str<E>(self, _: &str) -> Result<Distinct, E> {
        Ok(Distinct)
    }
}

/// What both checkers say of a text in a mode is what the plain one says of its value.
fn agree(text: &[u8], value: &Value, ty: Type, request: bool) -> Judgement {
    let mode = if request { REQUEST } else { ANSWER };
    let (all, first) = check(text, ty, mode);
    let Some(expected) = judge(value, ty, request) else { return Ok(Case::Unjudged) };
    let all: Faults = all.into_iter().map(|(fault, counts)| (fault.path, counts)).collect();
    prop_assert_eq!(&all, &expected, "{:?}: {}", mode, String::from_utf8_lossy(text));
    let counting = expected.iter().find(|(_, counts)| *counts).map(|(path, _)| path.clone());
    prop_assert_eq!(first.map(|fault| fault.path), counting.clone(), "{:?}: {}", mode, String::from_utf8_lossy(text));
    if !request {
        prop_assert_eq!(strict(text, ty).is_err(), counting.is_some(), "{}", String::from_utf8_lossy(text));
        let fast = fits(text, ty);
        prop_assert!(!fast || counting.is_none(), "the fast path lets it through: {}", String::from_utf8_lossy(text));
        // What is left to a closer look: unions, and keys that are written with escapes.
        if counting.is_none() && is_plain(ty) && !text.contains(&b'\\') {
            prop_assert!(fast, "the fast path does not take it: {}", String::from_utf8_lossy(text));
        }
    }
    Ok(Case::Judged)
}

/// The same of a request and of an answer: judged where both are.
fn agree_in_both_modes(text: &[u8], value: &Value, ty: Type) -> Judgement {
    let (request, answer) = (agree(text, value, ty, true)?, agree(text, value, ty, false)?);
    Ok(if request == Case::Judged { answer } else { request })
}

/// Whatever the bytes are, everything that reads them comes to an end; where they are JSON, with the right words.
fn survive(text: &[u8], ty: Type) -> Result<(), TestCaseError> {
    let unread = |text: &[u8]| serde_json::from_slice::<Distinct>(text).is_err() || text.windows(2).any(|pair| pair == b"\\u");
    match serde_json::from_slice::<Value>(text) {
        Ok(value) if !unread(text) => agree_in_both_modes(text, &value, ty).map(|_| ()),
        _ => {
            for mode in [REQUEST, ANSWER] {
                let (all, first) = check(text, ty, mode);
                prop_assert!(first.is_none() || !all.is_empty());
            }
            let _ = (strict(text, ty), fits(text, ty));
            Ok(())
        }
    }
}

/// A byte at a place, or some of them, become others.
#[derive(Debug, Clone)]
enum Damage {
    Put(Index, u8),
    Insert(Index, u8),
    Cut(Index, Index),
    Repeat(Index, Index),
    End(Index),
}

fn damages() -> impl Strategy<Value = Vec<Damage>> {
    let byte = || prop_oneof![3 => select(b"\"\\{}[],:0-.eEntfu 1\xff\xc3\x00\t".to_vec()), 1 => any::<u8>()];
    let one = prop_oneof![
        (any::<Index>(), byte()).prop_map(|(at, byte)| Damage::Put(at, byte)),
        (any::<Index>(), byte()).prop_map(|(at, byte)| Damage::Insert(at, byte)),
        (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Damage::Cut(from, to)),
        (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Damage::Repeat(from, to)),
        any::<Index>().prop_map(Damage::End),
    ];
    vec(one, 1..4)
}

fn damaged(mut text: Vec<u8>, all: &[Damage]) -> Vec<u8> {
    for damage in all {
        let length = text.len() + 1;
        let between = |from: &Index, to: &Index| (from.index(length).min(to.index(length)), from.index(length).max(to.index(length)));
        match damage {
            Damage::Put(at, byte) => {
                if let Some(old) = text.get_mut(at.index(length)) {
                    *old = *byte;
                }
            }
            Damage::Insert(at, byte) => text.insert(at.index(length), *byte),
            Damage::Cut(from, to) => {
                let (from, to) = between(from, to);
                text.drain(from..to.min(from + 40));
            }
            Damage::Repeat(from, to) => {
                let (from, to) = between(from, to);
                let part = text[from..to.min(from + 40)].to_vec();
                text.splice(from..from, part);
            }
            Damage::End(at) => text.truncate(at.index(length)),
        }
    }
    text
}

#[test]
fn any_bytes_are_survived() {
    let bytes = prop_oneof![vec(any::<u8>(), 0..200), vec(select(b"\"\\{}[],:0-.eEntfu 1a\xef\xbb\xbf\xff".to_vec()), 0..60)];
    hold("any_bytes_are_survived", &(known(), bytes), |(known, text)| survive(&text, known.ty));
}

#[test]
fn documents_get_the_faults_of_a_plain_checker() {
    hold_where_judged("documents_get_the_faults_of_a_plain_checker", &(known(), tape(300)), |(known, words)| {
        let mut tape = Tape::new(&words);
        let value = tape.fitting(known.ty, 3);
        let text = tape.write(&value);
        agree_in_both_modes(text.as_bytes(), &value, known.ty)
    });
}

#[test]
fn faults_are_where_something_was_changed() {
    hold_where_judged("faults_are_where_something_was_changed", &(known(), tape(120), tape(12)), |(known, words, change)| {
        let mut value = Tape::new(&words).fitting(known.ty, 3);
        if judge(&value, known.ty, true) != Some(Vec::new()) {
            return Ok(Case::Unjudged);
        }
        let place = Tape::new(&change).change(&mut value, "");
        let text = value.to_string();
        let case = agree_in_both_modes(text.as_bytes(), &value, known.ty)?;
        // Below it, or above it, as the path of a union without a match is the union's.
        let related = |path: &str| path.starts_with(&place) || place.starts_with(path);
        let (all, _) = check(text.as_bytes(), known.ty, REQUEST);
        // Another tag asks for another object.
        let other_member = all_in(known.ty).iter().any(|ty| matches!(ty.shape(), Shape::Tagged { .. } | Shape::Union(_)));
        for (fault, _) in all {
            prop_assert!(other_member || related(&fault.path), "{place} was changed, and {fault:?} is found in {text}");
        }
        Ok(case)
    });
}

#[test]
fn garbled_documents_are_survived() {
    hold("garbled_documents_are_survived", &(known(), tape(120), damages()), |(known, words, damages)| {
        let mut tape = Tape::new(&words);
        let value = tape.fitting(known.ty, 3);
        let text = damaged(tape.write(&value).into_bytes(), &damages);
        survive(&text, known.ty)
    });
}

/// A type of the table, and texts that the samples of the conformance test give for it.
type Sampled = (Type, Vec<String>);

/// Right and wrong values of the description; none where it is not there.
fn sampled() -> &'static [Sampled] {
    static SAMPLED: OnceLock<Vec<Sampled>> = OnceLock::new();
    SAMPLED.get_or_init(|| {
        let places = description::places();
        if !places.iter().all(|place| place.exists()) {
            return Vec::new();
        }
        let description = description::Description::read(&places).expect("the description can be read");
        let mut all = Vec::new();
        for row in endpoints() {
            let Some(asked) = asked::asked(&description, row) else { continue };
            let body = if let Body::Json(ty) | Body::JsonOrEszip(ty) | Body::Form(ty) | Body::Multipart(ty) = row.body { Some(ty) } else { None };
            let answer = if let Answer::Json(ty) = row.answer { Some(ty) } else { None };
            let pairs = [(row.query, Some(asked.query)), (body, asked.body), (answer, asked.answer)];
            for (ty, schema) in pairs.into_iter().filter_map(|(ty, schema)| Some((ty?, schema?))) {
                let wrong = mutations::wrong(&schema).into_iter().map(|sample| sample.value);
                let values = samples::correct(&schema).into_iter().chain(wrong);
                all.push((ty, values.take(300).map(|value| value.to_string()).collect()));
            }
        }
        all
    })
}

#[test]
fn samples_of_the_description_are_survived_when_they_are_garbled() {
    let name = "samples_of_the_description_are_survived_when_they_are_garbled";
    if sampled().is_empty() {
        eprintln!("FUZZ {name}: SKIPPED, NO API DESCRIPTION AT {:?}", description::places());
        return;
    }
    hold(name, &(any::<Index>(), any::<Index>(), damages()), |(one, other, damages)| {
        let (ty, texts) = one.get(sampled());
        let text = other.get(texts);
        // Whole first: a key with an escape is in the others' samples.
        if text.len() < 20_000 {
            survive(text.as_bytes(), *ty)?;
        }
        survive(&damaged(text.clone().into_bytes(), &damages), *ty)
    });
}

#[test]
fn depth_and_length_are_survived() {
    let openings = select(vec!["[", "{\"a\":", "[{\"id\":[", "[[],", "{\"a\":{},\"b\":["]);
    let hold_of = (known(), openings, 1usize..100_000, any::<bool>(), tape(20), select(vec![0usize, 15, 16, 17, 4096, 1 << 20]));
    hold_in_rounds(4, "depth_and_length_are_survived", &hold_of, |(known, opening, depth, closed, words, long)| {
        // Not so many in each round that others have no time: most are deep, some are long.
        let depth = if depth % 8 == 0 { 100_000 } else { depth };
        let mut deep = opening.repeat(depth);
        if closed {
            deep.push_str("null");
            let closing: String = opening
                .chars()
                .rev()
                .filter_map(|letter| match letter {
                    '[' => Some(']'),
                    '{' => Some('}'),
                    _ => None,
                })
                .collect();
            // Of each opening only what it leaves open.
            let closing = match opening {
                "[[]," => "]".into(),
                "{\"a\":{},\"b\":[" => "]}".into(),
                _ => closing,
            };
            deep.push_str(&closing.repeat(depth));
        }
        let mut tape = Tape::new(&words);
        let value = tape.fitting(known.ty, 2);
        let whole = tape.write(&value);
        // In the place of the first value that is there, and as the whole.
        let within = whole.replacen("null", &deep, 1).replacen("\":\"", &format!("\":\"{}", "\\n🚀".repeat(long / 8)), 1);
        for text in [deep, within] {
            for mode in [REQUEST, ANSWER] {
                let _ = check(text.as_bytes(), known.ty, mode);
            }
            let _ = (strict(text.as_bytes(), known.ty), fits(text.as_bytes(), known.ty));
        }
        Ok(Case::Judged)
    });
}

/// The types of numbers in the table.
fn numeric() -> &'static [Type] {
    static NUMERIC: OnceLock<Vec<Type>> = OnceLock::new();
    NUMERIC.get_or_init(|| {
        let is = |ty: &Type| matches!(ty.shape(), Shape::Number | Shape::Integer | Shape::Range { .. } | Shape::Bounded { .. });
        types().iter().flat_map(|known| all_in(known.ty)).filter(is).collect()
    })
}

/// The digits of a whole number, around the edges of types, of bounds and of doubles.
fn digits() -> impl Strategy<Value = i128> {
    let edges = vec![0i128, 1, 100, 4, 7, 9_007_199_254_740_992, i64::MAX.into(), i64::MIN.into(), u64::MAX.into(), 10i128.pow(30), 2_147_483_647];
    let bounds = any::<Index>().prop_map(|index| match index.get(numeric()).shape() {
        Shape::Range { min, max } | Shape::Bounded { min, max } => i128::from(if index.index(2) == 0 { min } else { max }),
        _ => 0,
    });
    (prop_oneof![select(edges), bounds, any::<i64>().prop_map(i128::from)], -2i128..=2).prop_map(|(edge, near)| edge + near)
}

#[test]
fn numbers_are_whole_and_within_bounds_as_they_are_written() {
    let cases = (any::<Index>(), digits(), any::<bool>(), proptest::option::of("[0-9]{1,20}"), any::<f64>());
    hold("numbers_are_whole_and_within_bounds_as_they_are_written", &cases, |(index, digits, negative_zero, fraction, float)| {
        let ty = *index.get(numeric());
        let (must_be_whole, min, max) = match ty.shape() {
            Shape::Integer => (true, i64::MIN, i64::MAX),
            Shape::Bounded { min, max } => (true, min, max),
            Shape::Range { min, max } => (false, min, max),
            _ => (false, i64::MIN, i64::MAX),
        };
        let sign = if negative_zero && digits == 0 { "-" } else { "" };
        let text = match &fraction {
            None => format!("{sign}{digits}"),
            Some(fraction) => format!("{sign}{digits}.{fraction}"),
        };
        // A fraction leads away from zero.
        let beyond = i128::from(fraction.is_some_and(|fraction| fraction.contains(|digit| digit != '0')));
        let (low, high) = if text.starts_with('-') { (digits - beyond, digits) } else { (digits, digits + beyond) };
        let inside = (min == i64::MIN || low >= min.into()) && (max == i64::MAX || high <= max.into());
        let wrong = must_be_whole && text.contains('.');
        prop_assert_eq!(check(text.as_bytes(), ty, REQUEST).1.is_none(), inside && !wrong, "{} for {:?}", text, ty.shape());
        prop_assert_eq!(check(text.as_bytes(), ty, ANSWER).1.is_none(), !wrong, "{} for {:?}", text, ty.shape());
        prop_assert_eq!(fits(text.as_bytes(), ty), !wrong, "{} for {:?}", text, ty.shape());
        // As Rust writes doubles, with an exponent where they are large or small.
        if float.is_finite() && !must_be_whole {
            let text = serde_json::to_string(&float).unwrap_or_default();
            let inside = (min == i64::MIN || float >= min as f64) && (max == i64::MAX || float <= max as f64);
            prop_assert_eq!(check(text.as_bytes(), ty, REQUEST).1.is_none(), inside, "{} for {:?}", text, ty.shape());
        }
        Ok(())
    });
}

/// Strings with bounds of length and no pattern.
fn bounded() -> &'static [Type] {
    static BOUNDED: OnceLock<Vec<Type>> = OnceLock::new();
    BOUNDED.get_or_init(|| {
        let is = |ty: &Type| matches!(ty.shape(), Shape::Text { min, max, pattern: None } if min > 0 || max < u32::MAX);
        types().iter().flat_map(|known| all_in(known.ty)).filter(is).collect()
    })
}

#[test]
fn a_letter_is_one_letter_however_it_is_written() {
    let short = select(vec![r#"\""#, r"\\", r"\/", r"\b", r"\f", r"\n", r"\r", r"\t"]).prop_map(String::from);
    // Half a letter alone stands for one letter, as whoever reads it makes one of it.
    let half = (0xd800u32..0xe000).prop_map(|unit| format!("\\u{unit:04x}x"));
    let escaped = (any::<char>(), any::<bool>()).prop_map(|(letter, upper)| unit_escapes(letter, upper));
    let plain = any::<char>().prop_filter("JSON would escape it", |letter| *letter >= ' ' && !matches!(letter, '"' | '\\')).prop_map(String::from);
    let letters = vec(
        prop_oneof![
            short.prop_map(|text| (text, 1u32)),
            half.prop_map(|text| (text, 2)),
            escaped.prop_map(|text| (text, 1)),
            plain.prop_map(|text| (text, 1))
        ],
        0..30,
    );
    hold("a_letter_is_one_letter_however_it_is_written", &(any::<Index>(), letters, 0usize..4), |(index, letters, more)| {
        let ty = *index.get(bounded());
        let Shape::Text { min, max, .. } = ty.shape() else { panic!("{ty:?} has no bounds") };
        // Long enough to be near one of the bounds.
        let count: u32 = letters.iter().map(|(_, count)| count).sum();
        let filling = [0, min.saturating_sub(count), max.saturating_sub(count).min(5000), max.saturating_sub(count).min(5000) + 1][more];
        let text: String = letters.iter().map(|(text, _)| text.as_str()).collect();
        let text = format!("\"{text}{}\"", "é".repeat(filling as usize));
        let length = count + filling;
        prop_assert_eq!(
            check(text.as_bytes(), ty, REQUEST).1.is_none(),
            (min..=max).contains(&length),
            "{} letters of {} to {}: {}",
            length,
            min,
            max,
            text
        );
        prop_assert!(check(text.as_bytes(), ty, ANSWER).1.is_none() && fits(text.as_bytes(), ty), "{}", text);
        Ok(())
    });
}
