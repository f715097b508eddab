//! The known name that a wrong one was probably meant to be.

use supabase_management_compact::list::gather;

/// How many letters have to be put in, taken out or replaced.
fn distance(left: &str, right: &str) -> usize {
    let right = gather(right.chars());
    let mut row = gather(0..=right.len());
    for (index, letter) in left.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (at, other) in right.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = row[at + 1];
            row[at + 1] = replaced.min(row[at] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}

/// The nearest name, if it is near: at most a third of the letters differ, or two, as where two are swapped.
pub(super) fn nearest<'n>(word: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let mut nearest = None;
    let mut most = (word.len() / 3).max(2) + 1;
    for name in names {
        let far = distance(word, name);
        if far < most {
            (nearest, most) = (Some(name), far);
        }
    }
    nearest
}
