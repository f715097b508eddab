//! Regular expressions become transition tables at compile time: linear, no backtracking, no regex engine in the wasm.

use proc_macro2::{Literal, Span, TokenStream};
use quote::quote;
use regex_automata::Anchored;
use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::nfa::thompson;
use regex_automata::util::{start, syntax};
use std::collections::HashMap;

/// What `format` stands for, as patterns: one mechanism instead of a parser for each.
const FORMATS: &[(&str, &str)] = &[
    ("uuid", "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"),
    ("date-time", r"^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:?\d\d)$"),
    ("uri", r"^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$"),
    ("email", r"^[^@\s]+@[^@\s]+$"),
];

/// State 0 is the dead one, state 1 the start.
struct Table {
    next: Vec<[u8; 256]>,
    accept: Vec<bool>,
}

/// Emits the `Pattern` of a regular expression.
pub fn from_pattern(source: &str, span: Span) -> syn::Result<TokenStream> {
    emit(source, &compile(source).map_err(|reason| syn::Error::new(span, reason))?, span)
}

/// Emits the `Pattern` of a `format` keyword.
pub fn from_format(name: &str, span: Span) -> syn::Result<TokenStream> {
    let Some((_, source)) = FORMATS.iter().find(|(known, _)| *known == name) else {
        let known: Vec<_> = FORMATS.iter().map(|(known, _)| *known).collect();
        return Err(syn::Error::new(span, format!("unknown format `{name}`, expected one of: {}", known.join(", "))));
    };
    emit(name, &compile(source).map_err(|reason| syn::Error::new(span, reason))?, span)
}

fn compile(source: &str) -> Result<Table, String> {
    if let Some(literal) = source.strip_prefix("^(?!").and_then(|rest| rest.strip_suffix(").*")) {
        return without_prefix(literal);
    }
    // A bar outside of a group would end the anchored part, and `\$` is no anchor.
    if !source.starts_with('^') || !source.ends_with('$') || source.ends_with("\\$") || has_outer_bar(source) {
        return Err(format!("pattern `{source}` must be anchored as ^…$ (or be ^(?!LITERAL).*)"));
    }
    let dfa = dense::Builder::new()
        .configure(dense::Config::new().start_kind(StartKind::Anchored))
        // Bytes, as JavaScript's own \d \w mean ASCII; the text itself is known to be UTF-8.
        .syntax(syntax::Config::new().unicode(false).utf8(false))
        .thompson(thompson::Config::new().utf8(false))
        .build(source)
        .map_err(|error| format!("pattern `{source}` is not supported: {error}"))?;
    let first =
        dfa.start_state(&start::Config::new().anchored(Anchored::Yes)).map_err(|error| format!("pattern `{source}` has no start: {error}"))?;
    let mut numbers = HashMap::from([(first, 1usize)]);
    let mut order = vec![first];
    let mut next: Vec<[usize; 256]> = vec![[0; 256]];
    let mut accept = vec![false];
    let mut at = 0;
    while at < order.len() {
        let state = order[at];
        let mut row = [0; 256];
        for byte in 0..=255u8 {
            let to = dfa.next_state(state, byte);
            if dfa.is_dead_state(to) {
                continue;
            }
            row[byte as usize] = *numbers.entry(to).or_insert_with(|| {
                order.push(to);
                order.len()
            });
        }
        next.push(row);
        accept.push(dfa.is_match_state(dfa.next_eoi_state(state)));
        at += 1;
    }
    minimise(source, &next, &accept)
}

fn has_outer_bar(source: &str) -> bool {
    let (mut depth, mut class, mut escaped) = (0, false, false);
    source.chars().any(|letter| {
        match letter {
            _ if escaped => {
                escaped = false;
                return false;
            }
            '\\' => escaped = true,
            ']' => class = false,
            '[' => class = true,
            _ if class => {}
            '(' => depth += 1,
            ')' => depth -= 1,
            '|' => return depth == 0,
            _ => {}
        }
        false
    })
}

/// Everything but what begins with the literal. A look-ahead is beyond a DFA builder, and this is the only form the API has.
fn without_prefix(literal: &str) -> Result<Table, String> {
    if literal.is_empty() || literal.len() > 200 || !literal.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return Err(format!("a look-ahead must hold a plain literal, found `{literal}`"));
    }
    let free = literal.len() + 1;
    let mut next = vec![[0; 256]];
    for (index, byte) in literal.bytes().enumerate() {
        let mut row = [free as u8; 256];
        row[byte as usize] = if index + 1 == literal.len() { 0 } else { index as u8 + 2 };
        next.push(row);
    }
    next.push([free as u8; 256]);
    let mut accept = vec![true; next.len()];
    accept[0] = false;
    Ok(Table { next, accept })
}

/// Moore's partition refinement: the builder's states come in more copies than needed.
fn minimise(source: &str, next: &[[usize; 256]], accept: &[bool]) -> Result<Table, String> {
    let mut block: Vec<usize> = accept.iter().map(|&yes| usize::from(yes)).collect();
    loop {
        let mut known: HashMap<(usize, Vec<usize>), usize> = HashMap::new();
        let refined: Vec<usize> = (0..next.len())
            .map(|state| {
                let key = (block[state], next[state].iter().map(|&to| block[to]).collect());
                let number = known.len();
                *known.entry(key).or_insert(number)
            })
            .collect();
        let done = known.len() == block.iter().collect::<std::collections::HashSet<_>>().len();
        block = refined;
        if done {
            break;
        }
    }
    // Numbered by first visit: state 0 (dead) is visited first and state 1 (start) second, unless they are the same.
    let count = block.iter().max().map_or(0, |max| max + 1);
    if block[0] == block[1] {
        return Err(format!("pattern `{source}` matches nothing"));
    }
    if count > 255 {
        return Err(format!("pattern `{source}` needs {count} states, at most 255 are supported"));
    }
    let mut table = Table { next: vec![[0; 256]; count], accept: vec![false; count] };
    for (state, &number) in block.iter().enumerate() {
        for byte in 0..256 {
            table.next[number][byte] = block[next[state][byte]] as u8;
        }
        table.accept[number] = accept[state];
    }
    Ok(table)
}

/// Layout: runs, first byte of each run, its class; classes, states; accept flag of each state; next[state][class].
fn emit(source: &str, table: &Table, span: Span) -> syn::Result<TokenStream> {
    let mut columns: Vec<Vec<u8>> = Vec::new();
    let mut runs: Vec<(u8, u8)> = Vec::new();
    for byte in 0..256 {
        let column: Vec<u8> = table.next.iter().map(|row| row[byte]).collect();
        let class = columns.iter().position(|known| *known == column).unwrap_or_else(|| {
            columns.push(column);
            columns.len() - 1
        }) as u8;
        if runs.last().is_none_or(|&(_, last)| last != class) {
            runs.push((byte as u8, class));
        }
    }
    if runs.len() > 255 {
        return Err(syn::Error::new(span, format!("pattern `{source}` has too many character runs")));
    }
    let mut bytes = vec![runs.len() as u8];
    bytes.extend(runs.iter().map(|run| run.0));
    bytes.extend(runs.iter().map(|run| run.1));
    bytes.extend([columns.len() as u8, table.next.len() as u8]);
    bytes.extend(table.accept.iter().map(|&yes| u8::from(yes)));
    for state in 0..table.next.len() {
        bytes.extend(columns.iter().map(|column| column[state]));
    }
    let dfa = Literal::byte_string(&bytes);
    Ok(quote!(crate::schema::Pattern { source: #source, dfa: #dfa }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex::bytes::{Regex, RegexBuilder};

    /// All patterns of the API, and how a value that matches begins and goes on.
    const PATTERNS: &[(&str, &str)] = &[
        ("^[a-z]+$", "qwertz"),
        (r"^[\w-]+$", "Az0_-"),
        ("^[A-Za-z0-9_-]+$", "Az0_-"),
        ("^[A-Za-z][A-Za-z0-9_-]*$", "Z9a_-"),
        ("^(?!SUPABASE_).*", "SUPABASE_URL"),
        (r"^\d+$", "2026"),
        (r"^(-?[0-9]+(?:\.[0-9]+)?)(us|ms|s|min|h|d)?$", "-10.25min"),
        ("^([0-9]{1,15}=[0-9]+,?)*$", "123456789012345=1,7=22,8=3"),
        (r"^\s*([a-zA-Z0-9_-]+(\s*,+\s*)?)*\s*$", " public, auth ,storage "),
        ("^[a-z_][a-z0-9_]+$", "_ab0"),
        ("^[^,]+$", "é 数 b"),
    ];

    /// What `Run` in src/schema.rs does with the bytes.
    fn matches(dfa: &[u8], text: &[u8]) -> bool {
        let runs = dfa[0] as usize;
        let (classes, states) = (dfa[2 * runs + 1] as usize, dfa[2 * runs + 2] as usize);
        let mut state = 1;
        for byte in text {
            let run = (1..=runs).rev().find(|run| dfa[*run] <= *byte).expect("the first run begins at 0");
            let class = dfa[runs + run] as usize;
            state = dfa[2 * runs + 3 + states + state * classes + class] as usize;
        }
        dfa[2 * runs + 3 + state] == 1
    }

    fn compiled(source: &str) -> Vec<u8> {
        let tokens = from_pattern(source, Span::call_site()).unwrap_or_else(|error| panic!("{source}: {error}"));
        let pattern: syn::ExprStruct = syn::parse2(tokens).expect("an expression of a struct");
        let bytes = pattern.fields.iter().find_map(|field| match &field.expr {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::ByteStr(bytes), .. }) => Some(bytes.value()),
            _ => None,
        });
        bytes.expect("a byte string")
    }

    /// The regex engine that users of Rust trust; it has no look-ahead.
    enum Reference {
        Regex(Regex),
        Without(&'static str),
    }

    impl Reference {
        fn of(source: &'static str) -> Self {
            match source.strip_prefix("^(?!").and_then(|rest| rest.strip_suffix(").*")) {
                Some(literal) => Reference::Without(literal),
                None => Reference::Regex(RegexBuilder::new(source).unicode(false).build().expect("a regular expression")),
            }
        }

        fn matches(&self, text: &[u8]) -> bool {
            match self {
                Reference::Regex(regex) => regex.is_match(text),
                Reference::Without(literal) => !text.starts_with(literal.as_bytes()),
            }
        }
    }

    #[test]
    fn random_strings_match_as_the_regex_crate_says() {
        let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
        let mut below = move |count: usize| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            (seed >> 20) as usize % count
        };
        let letters: Vec<char> = "aZ09_-.,=: @\t\n+éßK数🚀smhd\u{7f}\u{a0}\0/".chars().collect();
        let formats =
            ["6f1ed7b4-6a0e-4f7c-8c39-6b6d8b1a2c3d", "2026-09-23T00:00:00.123+02:00", "https://example.com/a?b=c#d", "jane.doe@example.com"];
        let formats = FORMATS.iter().zip(formats).map(|((_, source), sample)| (*source, sample));
        for (source, sample) in PATTERNS.iter().copied().chain(formats) {
            let (reference, dfa) = (Reference::of(source), compiled(source));
            assert!(dfa.len() < 4_000, "{source} takes {} bytes", dfa.len());
            let mut seen = [0, 0];
            for round in 0..6_000 {
                let mut text: Vec<char> = sample.chars().collect();
                // Small changes stay near the border between what matches and what does not.
                for _ in 0..below(4) {
                    let (at, letter) = (below(text.len() + 1), letters[below(letters.len())]);
                    match below(4) {
                        0 => text.insert(at, letter),
                        1 if at < text.len() => text[at] = letter,
                        2 if at < text.len() => drop(text.remove(at)),
                        _ => text.truncate(at),
                    }
                }
                if round % 10 == 0 {
                    text = (0..below(6)).map(|_| letters[below(letters.len())]).collect();
                }
                let text: String = text.into_iter().collect();
                let expected = reference.matches(text.as_bytes());
                seen[usize::from(expected)] += 1;
                assert_eq!(matches(&dfa, text.as_bytes()), expected, "{source} on {text:?}");
            }
            assert!(seen[0] > 50 && seen[1] > 50, "{source}: {seen:?} is one-sided");
        }
    }

    #[test]
    fn a_match_takes_one_step_per_byte() {
        // Backtracking engines take seconds for this one.
        let dfa = compiled(r"^\s*([a-zA-Z0-9_-]+(\s*,+\s*)?)*\s*$");
        assert!(!matches(&dfa, format!("{}!", "a".repeat(100_000)).as_bytes()));
    }

    #[test]
    fn what_is_no_table_is_refused() {
        for (source, reason) in [
            ("[a-z]+", "must be anchored"),
            ("^[a-z]+", "must be anchored"),
            ("^(?!a.b).*", "a plain literal"),
            ("^(?=a).*$", "is not supported"),
            (r"^(a)\1$", "is not supported"),
            ("^[$", "is not supported"),
            (r"^a\bb$", ""),
            ("^[^\\x00-\\xff]$", "matches nothing"),
            ("^[a-z]{300}$", "at most 255 are supported"),
        ] {
            match compile(source) {
                Ok(_) => panic!("{source} is taken"),
                Err(words) => assert!(words.contains(reason), "{source}: {words}"),
            }
        }
        for name in ["url", "UUID", ""] {
            assert!(from_format(name, Span::call_site()).is_err(), "{name}");
        }
    }
}
