//! The one way to sort: each call of the standard library's would be 5 KiB of wasm of its own.

/// Sorts. What is alike stays in its order. It is made for lists as people have them, of some thousands at most, most of them nearly in order.
pub fn sort<T>(items: &mut [T], is_after: impl Fn(&T, &T) -> bool) {
    let order = order(items.len(), &|one, other| is_after(&items[one], &items[other]));
    put(order, &mut |one, other| items.swap(one, other));
}

/// For each place, which one belongs there.
fn order(count: usize, is_after: &dyn Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut order = Vec::with_capacity(count);
    for one in 0..count {
        let at = order.partition_point(|other| !is_after(*other, one));
        order.insert(at, one);
    }
    order
}

fn put(mut order: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for begin in 0..order.len() {
        // Round a ring of places, each of which gets what the next one has.
        let mut at = begin;
        loop {
            let next = std::mem::replace(&mut order[at], at);
            if next == begin {
                break;
            }
            swap(at, next);
            at = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sort;

    #[test]
    fn what_is_alike_stays_in_its_order() {
        for seed in 0..200_u32 {
            let mut random = crate::random::Random::new(u64::from(seed));
            let mut items: Vec<(u32, usize)> = (0..seed).map(|at| (at, random.below(7))).collect();
            let mut expected = items.clone();
            expected.sort_by_key(|(_, key)| *key);
            sort(&mut items, |(_, one), (_, other)| one > other);
            assert_eq!(items, expected);
        }
    }
}
