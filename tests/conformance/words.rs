//! Names of Rust made of names of the API.

/// Words that cannot be names; all but the last four can with `r#`.
const KEYWORDS: &[&str] = &[
    "as", "async", "await", "break", "const", "continue", "dyn", "else", "enum", "extern", "false", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "match", "mod", "move", "mut", "pub", "ref", "return", "static", "struct", "trait", "true", "type", "unsafe", "use", "where", "while",
    "abstract", "become", "box", "do", "final", "macro", "override", "priv", "try", "typeof", "unsized", "virtual", "yield", "crate", "self",
    "super", "Self",
];

/// The words of a name: `smartGroup`, `smart-group` and `SMART_GROUP` have the same.
pub fn words(name: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let letters: Vec<char> = name.chars().collect();
    for (at, letter) in letters.iter().enumerate() {
        if !letter.is_ascii_alphanumeric() {
            all.push(String::new());
            continue;
        }
        let before = at.checked_sub(1).and_then(|before| letters.get(before)).copied().unwrap_or('_');
        let after = letters.get(at + 1).copied().unwrap_or('_');
        let begins = letter.is_ascii_uppercase() && (!before.is_ascii_uppercase() || after.is_ascii_lowercase());
        if begins || all.is_empty() {
            all.push(String::new());
        }
        if let Some(word) = all.last_mut() {
            word.push(letter.to_ascii_lowercase());
        }
    }
    all.retain(|word| !word.is_empty());
    all
}

/// The name of a type or of a variant.
pub fn pascal(name: &str) -> String {
    let text: String = words(name).iter().map(|word| capital(word)).collect();
    match text.chars().next() {
        None => "Empty".into(),
        Some(first) if first.is_ascii_digit() => format!("N{text}"),
        _ => text,
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The name of a field, an argument or a method.
pub fn snake(name: &str) -> String {
    let text = words(name).join("_");
    match text.chars().next() {
        None => "empty".into(),
        Some(first) if first.is_ascii_digit() => format!("n{text}"),
        _ => text,
    }
}

/// The name with `r#` where it needs it.
pub fn raw(name: &str) -> String {
    match KEYWORDS.iter().rposition(|word| *word == name) {
        None => name.into(),
        Some(at) if at + 4 >= KEYWORDS.len() => format!("{name}_"),
        Some(_) => format!("r#{name}"),
    }
}

/// `list_members` as JavaScript writes it: `listMembers`.
pub fn camel(name: &str) -> String {
    let mut parts = name.split('_');
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |text, part| text + &capital(part))
}

/// The property of a group: `SsoProviders` is `ssoProviders`.
pub fn property_of(group: &str) -> String {
    let mut letters = group.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// One of several: `domains` are made of `domain`.
pub fn singular(name: &str) -> String {
    if let Some(stem) = name.strip_suffix("ies") {
        return format!("{stem}y");
    }
    let stem = name.strip_suffix('s').filter(|stem| !stem.ends_with(['s', 'u', 'i']) && !stem.ends_with("tic"));
    stem.unwrap_or(name).into()
}
