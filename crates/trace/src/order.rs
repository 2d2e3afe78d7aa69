//! Sorting, once. Every `sort_by_key` brings some 4 KB of its own into the page; this one serves all.

/// The places of `keys` in ascending order of the keys; equal keys keep their order.
pub fn by(keys: impl Iterator<Item = u64>) -> Vec<usize> {
    let mut keyed: Vec<(u64, usize)> = keys.zip(0..).collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, place)| place).collect()
}

/// `numbers`, ascending.
pub fn ascending(numbers: &[u64]) -> Vec<u64> {
    by(numbers.iter().copied()).into_iter().map(|place| numbers[place]).collect()
}

/// `items` in ascending order of their keys; equal keys keep their order.
pub fn sorted<T>(items: Vec<T>, key: impl Fn(&T) -> u64) -> Vec<T> {
    let places = by(items.iter().map(key));
    let mut slots: Vec<Option<T>> = items.into_iter().map(Some).collect();
    places.into_iter().filter_map(|place| slots[place].take()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_keep_their_order() {
        let check = |items: &[(u64, char)], expect: &str| {
            let sorted = sorted(items.to_vec(), |item| item.0);
            assert_eq!(sorted.into_iter().map(|item| item.1).collect::<String>(), expect);
        };
        check(&[], "");
        check(&[(3, 'a'), (1, 'b'), (3, 'c'), (1, 'd'), (2, 'e')], "bdeac");
        assert_eq!(ascending(&[5, 1, u64::MAX, 0, 1]), [0, 1, 1, 5, u64::MAX]);
        assert_eq!(by([2, 0, 1].into_iter()), [1, 2, 0]);
    }
}
