//! How old messages were when they were heard, in three figures, at any time of a run.

use super::percentile;
use crate::order;

/// Ages in microseconds, by nearest rank.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spread {
    /// Half of them are no older.
    pub p50: u64,
    /// 95 of 100 are no older.
    pub p95: u64,
    /// The oldest.
    pub max: u64,
}

impl Spread {
    /// Of ages in ascending order; `None` of nothing.
    pub fn of(ascending: &[u64]) -> Option<Self> {
        let [p50, p95, max] = [50, 95, 100].map(|percent| percentile(ascending, percent));
        Some(Self { p50: p50?, p95: p95?, max: max? })
    }
}

/// The spread of the ages of all that had been heard, after each hearing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Ages {
    /// When something was heard, ascending.
    at: Vec<u64>,
    spread: Vec<Spread>,
}

impl Ages {
    /// From each thing's saying and hearing.
    pub(super) fn of(heard: &[(u64, u64)]) -> Self {
        let heard = order::sorted(heard.to_vec(), |&(_, heard)| heard);
        let ages: Vec<u64> = heard.iter().map(|(said, heard)| heard.saturating_sub(*said)).collect();
        let by_age = order::by(ages.iter().copied());
        let mut rank = vec![0; ages.len()];
        by_age.iter().enumerate().for_each(|(own, &place)| rank[place] = own);
        let mut heap = Ranks::of(ages.len());
        let mut oldest = 0;
        let spread = ages.iter().zip(&rank).zip(1..).map(|((&age, &rank), count)| {
            heap.add(rank);
            oldest = age.max(oldest);
            let nearest = |percent: usize| ages[by_age[heap.find((count * percent).div_ceil(100).max(1))]];
            Spread { p50: nearest(50), p95: nearest(95), max: oldest }
        });
        Self { spread: spread.collect(), at: heard.iter().map(|(_, heard)| *heard).collect() }
    }

    pub(super) fn by(&self, now: u64) -> Option<Spread> {
        let heard = self.at.partition_point(|&at| at <= now);
        heard.checked_sub(1).and_then(|last| self.spread.get(last)).copied()
    }
}

/// Which ranks are taken; finds the n-th of those in steps of halves (a binary indexed tree).
struct Ranks {
    counts: Vec<usize>,
}

impl Ranks {
    fn of(ranks: usize) -> Self {
        Self { counts: vec![0; ranks.next_power_of_two() + 1] }
    }

    fn add(&mut self, rank: usize) {
        let mut at = rank + 1;
        while let Some(count) = self.counts.get_mut(at) {
            *count += 1;
            at += at & at.wrapping_neg();
        }
    }

    /// The rank of the `nth` that is taken, counted from 1.
    fn find(&self, nth: usize) -> usize {
        let (mut at, mut left) = (0, nth);
        let mut half = self.counts.len() / 2;
        // The whole is a power of two, and one count below it.
        half = if half == 0 { 1 } else { half };
        while half > 0 {
            if let Some(&count) = self.counts.get(at + half).filter(|&&count| count < left) {
                (at, left) = (at + half, left - count);
            }
            half /= 2;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Beside sorting anew after each hearing.
    fn check(heard: &[(u64, u64)]) {
        let ages = Ages::of(heard);
        for now in 0..200 {
            let by: Vec<u64> =
                heard.iter().filter(|it| it.1 <= now).map(|it| it.1.saturating_sub(it.0)).collect();
            assert_eq!(ages.by(now), Spread::of(&order::ascending(&by)), "{heard:?} at {now}");
        }
    }

    #[test]
    fn at_any_time_as_if_sorted_anew() {
        check(&[]);
        check(&[(0, 5)]);
        check(&[(0, 5), (0, 5), (0, 5)]);
        check(&[(9, 5), (1, 2)]);
        for count in [2_u64, 3, 4, 5, 7, 8, 9, 31, 32, 33, 100] {
            check(&(0..count).map(|n| (n * 7 % 50, n + n * n * 31 % 97)).collect::<Vec<_>>());
        }
    }
}
