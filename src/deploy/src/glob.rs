//! Patterns of paths, with the meaning that the official tool gives them: `*` and `?` stay within a directory, `**` does not, `[a-z]` and `[!a-z]`
//! are one letter. A crate for patterns would read `**/` and braces in another way, and other files would be sent.

use supabase_management_compact::list::gather;
use supabase_management_compact::search::part;

/// Whether a text is a pattern at all.
pub(crate) fn is_pattern(text: &str) -> bool {
    text.contains(['*', '?', '['])
}

/// The directory that holds everything a pattern can match.
pub(crate) fn base(pattern: &str) -> &str {
    let first = pattern.find(['*', '?', '[']).unwrap_or(pattern.len());
    part(pattern, 0, first).rsplit_once('/').map_or("", |(directory, _)| directory)
}

/// Whether a path matches a pattern.
pub(crate) fn matches(pattern: &str, path: &str) -> bool {
    matches_from(&gather(pattern.chars()), &gather(path.chars()))
}

fn matches_from(pattern: &[char], path: &[char]) -> bool {
    match pattern {
        [] => path.is_empty(),
        ['*', '*', rest @ ..] => (0..=path.len()).any(|skipped| matches_from(rest, &path[skipped..])),
        ['*', rest @ ..] => {
            let most = path.iter().position(|letter| *letter == '/').unwrap_or(path.len());
            (0..=most).any(|skipped| matches_from(rest, &path[skipped..]))
        }
        ['?', rest @ ..] => path.first().is_some_and(|letter| *letter != '/') && matches_from(rest, &path[1..]),
        ['[', rest @ ..] => match rest.iter().position(|letter| *letter == ']').filter(|end| *end > 0) {
            Some(end) => path.first().is_some_and(|letter| in_set(&rest[..end], *letter)) && matches_from(&rest[end + 1..], &path[1..]),
            None => path.first() == Some(&'[') && matches_from(rest, &path[1..]),
        },
        [letter, rest @ ..] => path.first() == Some(letter) && matches_from(rest, &path[1..]),
    }
}

/// Whether a letter is in a set such as `a-z_`, or not in it where the set begins with `!` or `^`.
fn in_set(set: &[char], letter: char) -> bool {
    let (without, mut set) = match set {
        ['!' | '^', rest @ ..] => (true, rest),
        _ => (false, set),
    };
    let mut found = false;
    while let Some(first) = set.first() {
        if let [first, '-', last, rest @ ..] = set {
            found |= (*first..=*last).contains(&letter);
            set = rest;
        } else {
            found |= *first == letter;
            set = &set[1..];
        }
    }
    found != without
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_those_of_the_official_tool() {
        let cases = [
            ("assets/*.html", "assets/a.html", true),
            ("assets/*.html", "assets/b/a.html", false),
            ("assets/**", "assets/b/a.html", true),
            ("assets/**/a.html", "assets/b/c/a.html", true),
            ("assets/**/a.html", "assets/a.html", false),
            ("a?.txt", "ab.txt", true),
            ("a?.txt", "a/.txt", false),
            ("[a-c]1", "b1", true),
            ("[!a-c]1", "b1", false),
            ("a[", "a[", true),
            ("bücher/*.md", "bücher/ä.md", true),
        ];
        for (pattern, path, expected) in cases {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
        assert_eq!(base("a/b/*.html"), "a/b");
        assert_eq!(base("*.html"), "");
    }
}
