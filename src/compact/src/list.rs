//! Lists of what an iterator gives.

/// The items as a list. A place that collects by itself has a loop of its own in the wasm, with the growing of the list: here there is one for each
/// type.
pub fn gather<T>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut items = items.into_iter();
    gather_all(&mut || items.next())
}

#[inline(never)]
fn gather_all<T>(next: &mut dyn FnMut() -> Option<T>) -> Vec<T> {
    let mut items = Vec::new();
    while let Some(item) = next() {
        items.push(item);
    }
    items
}
