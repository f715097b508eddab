//! The imports of a source file, found as the official tool finds them: by their look, without a parser. Comments and texts that look like imports
//! count, too, which does no harm: a file too many is sent, where a file too few would break the function.

use supabase_management_compact::list::gather;

/// The specifiers of all imports and re-exports of a text, in the order in which they stand.
pub(crate) fn specifiers(text: &str) -> Vec<String> {
    let text = gather(text.chars());
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        match statement(&text, at).or_else(|| dynamic(&text, at)) {
            Some((specifier, end)) => {
                found.push(specifier.trim().to_owned());
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// `import … from "x"`, `export … from "x"`, `import "x"`, with `type` or without: the specifier, and where the statement ends.
fn statement(text: &[char], at: usize) -> Option<(String, usize)> {
    let after = word(text, at, "import").or_else(|| word(text, at, "export"))?;
    let mut from = some_space(text, after)?;
    if let Some(after) = word(text, from, "type").and_then(|after| some_space(text, after)) {
        from = after;
    }
    braces(text, from).and_then(|after| source(text, after)).or_else(|| {
        // Whatever is imported, on one line.
        let line_end = text[from..].iter().position(|letter| ends_line(*letter)).map_or(text.len(), |length| from + length);
        (from..=line_end).find_map(|after| source(text, after))
    })
}

/// `import("x")`.
fn dynamic(text: &[char], at: usize) -> Option<(String, usize)> {
    let open = word(text, at, "import").filter(|open| text.get(*open) == Some(&'('))?;
    let start = quote(text, space(text, open + 1))?;
    let line = text[start..].iter().take_while(|letter| !ends_line(**letter)).count();
    let end = (start..start + line).find(|end| is_quote(text[*end]) && text.get(end + 1) == Some(&')'))?;
    Some((joined(&text[start..end]), end + 2))
}

/// `from "x"`, or only `"x"`.
fn source(text: &[char], at: usize) -> Option<(String, usize)> {
    let at = space(text, at);
    let at = word(text, at, "from").map_or(at, |after| space(text, after));
    let start = quote(text, at)?;
    let length = text[start..].iter().position(|letter| is_quote(*letter) || ends_line(*letter))?;
    let end = start + length;
    is_quote(text[end]).then(|| (joined(&text[start..end]), end + 1))
}

fn joined(letters: &[char]) -> String {
    let mut text = String::new();
    for letter in letters {
        text.push(*letter);
    }
    text
}

/// A list in braces with something in it: where it ends.
fn braces(text: &[char], at: usize) -> Option<usize> {
    if text.get(at) != Some(&'{') {
        return None;
    }
    let length = text[at + 1..].iter().position(|letter| matches!(letter, '{' | '}'))?;
    (length > 0 && text[at + 1 + length] == '}').then_some(at + length + 2)
}

/// Where a word ends that begins here, in letters of either case.
fn word(text: &[char], at: usize, word: &str) -> Option<usize> {
    let mut end = at;
    for letter in word.chars() {
        if !text.get(end)?.eq_ignore_ascii_case(&letter) {
            return None;
        }
        end += 1;
    }
    Some(end)
}

fn space(text: &[char], at: usize) -> usize {
    let at = at.min(text.len());
    at + text[at..].iter().take_while(|letter| letter.is_whitespace() || **letter == '\u{feff}').count()
}

fn some_space(text: &[char], at: usize) -> Option<usize> {
    let end = space(text, at);
    (end > at).then_some(end)
}

fn quote(text: &[char], at: usize) -> Option<usize> {
    text.get(at).filter(|letter| is_quote(**letter)).map(|_| at + 1)
}

fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '\'')
}

fn ends_line(letter: char) -> bool {
    matches!(letter, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::specifiers;

    #[test]
    fn every_form_of_an_import_is_found() {
        let text = r#"
            import "./side-effect.ts";
            import one from './one.ts'
            import { two,
                     three } from "./two.ts";
            import type { Four } from "./four.ts";
            import * as five from "npm:five@5";
            export { six } from "./six.ts"; export * from './seven.ts';
            const eight = await import("./eight.ts");
            const nine = await import( './nine.ts');
            IMPORT ten FROM "./ten.ts";
        "#;
        let expected =
            ["./side-effect.ts", "./one.ts", "./two.ts", "./four.ts", "npm:five@5", "./six.ts", "./seven.ts", "./eight.ts", "./nine.ts", "./ten.ts"];
        assert_eq!(specifiers(text), expected);
    }

    #[test]
    fn what_is_no_import_is_left_alone() {
        for text in ["const a = `import x`;", "import(name)", "import { } from", "important", "import x from\n  y", ""] {
            assert!(specifiers(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_comment_that_looks_like_an_import_counts_as_with_the_official_tool() {
        assert_eq!(specifiers("// import { a } from './a.ts'"), ["./a.ts"]);
    }
}
