//! How long a call takes, for every bench of this crate alike.

use std::hint::black_box;
use std::time::Instant;

/// Microseconds that a call takes, in the middle of `runs`.
pub(crate) fn median<T>(runs: usize, act: impl Fn() -> T) -> f64 {
    let mut times: Vec<f64> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            black_box(act());
            start.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[runs / 2]
}
