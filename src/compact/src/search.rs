//! Texts inside of others. The standard library's search is made for long ones, and takes 4 KiB of the wasm.

/// Where bytes stand within others, where they stand first.
pub fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    // The first byte is looked for alone, as bodies may be long.
    let first = *wanted.first()?;
    let mut from = 0;
    while let Some(at) = text.get(from..)?.iter().position(|byte| *byte == first) {
        if text[from + at..].starts_with(wanted) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

/// Whether a text stands within another one.
pub fn contains(text: &str, wanted: &str) -> bool {
    wanted.is_empty() || find(text.as_bytes(), wanted.as_bytes()).is_some()
}

/// The part between two places. Empty where they are none of this text: an index that panics brings the words for it, with tables of which letters can
/// be shown.
#[inline(never)]
pub fn part(text: &str, from: usize, to: usize) -> &str {
    text.get(from..to).unwrap_or_default()
}

/// What stands before and behind it, where it stands first.
pub fn split_once<'t>(text: &'t str, between: &str) -> Option<(&'t str, &'t str)> {
    let at = find(text.as_bytes(), between.as_bytes())?;
    text.get(..at).zip(text.get(at + between.len()..))
}

/// All texts, with one between each two.
pub fn join(texts: &[impl AsRef<str>], between: &str) -> String {
    let mut joined = String::new();
    for (at, text) in texts.iter().enumerate() {
        if at > 0 {
            joined.push_str(between);
        }
        joined.push_str(text.as_ref());
    }
    joined
}

/// Puts another text in its place, wherever it stands.
pub fn replace(text: &str, wanted: &str, by: &str) -> String {
    let (mut replaced, mut rest) = (String::new(), text);
    while let Some((before, behind)) = split_once(rest, wanted) {
        replaced.push_str(before);
        replaced.push_str(by);
        rest = behind;
    }
    replaced.push_str(rest);
    replaced
}

#[cfg(test)]
mod tests {
    use super::{contains, join, part, replace, split_once};

    #[test]
    fn the_standard_library_says_the_same() {
        let texts = ["", "a", "aa", "aab", "aaab", "baab", "ab=cd=ef", "über=alles", "==", "a b"];
        for text in texts {
            for wanted in ["a", "aab", "b", "=", "==", "über", "longer than any of them"] {
                assert_eq!(contains(text, wanted), text.contains(wanted), "{wanted:?} in {text:?}");
                assert_eq!(split_once(text, wanted), text.split_once(wanted), "{wanted:?} in {text:?}");
                assert_eq!(replace(text, wanted, "[]"), text.replace(wanted, "[]"), "{wanted:?} in {text:?}");
            }
            assert!(contains(text, ""));
        }
        for count in 0..texts.len() {
            assert_eq!(join(&texts[..count], ", "), texts[..count].join(", "));
        }
    }

    #[test]
    fn a_part_is_empty_where_the_text_has_no_such_places() {
        assert_eq!(part("über", 2, 4), "be");
        for (from, to) in [(1, 4), (4, 2), (2, 9), (9, 9)] {
            assert_eq!(part("über", from, to), "");
        }
    }
}
