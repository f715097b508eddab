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
    if !source.starts_with('^') || !source.ends_with('$') {
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
