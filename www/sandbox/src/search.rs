//! A text inside of another one. The standard library's search is made for long ones, and takes 4 KiB of the wasm.

pub(crate) fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
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

pub(crate) fn contains(text: &str, wanted: &str) -> bool {
    wanted.is_empty() || find(text.as_bytes(), wanted.as_bytes()).is_some()
}

/// What stands before and behind it, where it stands first.
pub(crate) fn split_once<'t>(text: &'t str, between: &str) -> Option<(&'t str, &'t str)> {
    let at = find(text.as_bytes(), between.as_bytes())?;
    text.get(..at).zip(text.get(at + between.len()..))
}

/// Puts another text in its place, wherever it stands.
pub(crate) fn replace(text: &str, wanted: &str, by: &str) -> String {
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
    use super::{contains, replace, split_once};

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
    }
}
