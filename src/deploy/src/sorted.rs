//! Order, for the one type of list that needs it here. The sort of the standard library is a dozen functions for each type and each use.

/// Sorts texts by their letters.
pub(crate) fn sort(list: &mut [&str]) {
    for end in 1..list.len() {
        let mut at = end;
        while at > 0 && list[at - 1] > list[at] {
            list.swap(at - 1, at);
            at -= 1;
        }
    }
}
