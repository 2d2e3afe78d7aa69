//! When to try again: exponential backoff with full jitter.
//!
//! Whoever was cut off with many others must not come back with all of them at once, again and again: so each
//! waits for a time of its own, anywhere up to a bound that doubles.

use crate::sim::chance::Chance;

/// In microseconds: how long the first wait may be.
pub const BASE: u64 = 1_000_000;

/// In microseconds: how long any wait may be.
pub const CAP: u64 = 30_000_000;

/// The longest wait before `attempt`, in microseconds. Attempts count from 1.
pub fn longest(attempt: u32) -> u64 {
    let doubled = attempt.saturating_sub(1).min(32);
    (BASE << doubled).min(CAP)
}

/// The wait before `attempt`, in microseconds: whole milliseconds from 0 to [`longest`], all as likely. Equal
/// seeds give equal waits.
pub fn wait(attempt: u32, seed: u64) -> u64 {
    let choices = longest(attempt) / 1_000 + 1;
    let mut chance = Chance::new(seed.wrapping_add(u64::from(attempt)));
    u64::from(chance.below(choices as u32)) * 1_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_doubles_up_to_the_cap() {
        for (attempt, seconds) in
            [(0, 1), (1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 30), (7, 30), (64, 30), (u32::MAX, 30)]
        {
            assert_eq!(longest(attempt), seconds * 1_000_000, "{attempt}");
        }
    }

    /// Worked out with SplitMix64 apart from this program, in whole milliseconds.
    #[test]
    fn waits_of_a_seed() {
        for (seed, expected) in WAITS {
            let waits: Vec<u64> = (1..=expected.len() as u32).map(|it| wait(it, seed) / 1_000).collect();
            assert_eq!(waits, expected, "{seed}");
        }
    }

    #[test]
    fn waits_are_spread_over_all_there_is() {
        for attempt in 1..=8 {
            let waits: Vec<u64> = (0..4_000).map(|seed| wait(attempt, seed << 20)).collect();
            let (longest, mean) = (longest(attempt), waits.iter().sum::<u64>() / 4_000);
            assert!(waits.iter().all(|&it| it <= longest), "{attempt}");
            // The standard error of the mean is 0.0046 of the whole: this is six of them.
            assert!(mean.abs_diff(longest / 2) < longest * 28 / 1_000, "{attempt}: {mean}");
            let fifth = |n: u64| waits.iter().filter(|&&it| it * 5 / (longest + 1) == n).count();
            assert!((0..5).all(|n| fifth(n).abs_diff(800) < 160), "{attempt}");
        }
    }

    const WAITS: [(u64, [u64; 7]); 3] = [
        (0, [567, 1182, 453, 3452, 6188, 22195, 11695]),
        (7, [619, 1365, 133, 2530, 9266, 23062, 12500]),
        (u64::MAX, [884, 1133, 2365, 907, 6903, 11603, 22195]),
    ];
}
