//! How long messages were foretold to take, beside how long they took.

use super::fit::First;
use crate::order;
use crate::trace::Trace;

/// One message after the first exchange.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Timing {
    /// Which message of the script.
    pub message: u32,
    /// How long it took, in microseconds: there and back in an echo, from mouth to ear otherwise.
    pub measured: u64,
    /// How long it was foretold to take.
    pub predicted: u64,
}

impl Timing {
    /// Measured less predicted, in microseconds.
    pub fn residual(&self) -> i64 {
        self.measured as i64 - self.predicted as i64
    }
}

/// Every message of a lane that both runs delivered and that the first exchange did not carry.
pub fn times(predicted: &Trace, recorded: &Trace, lane: usize) -> Vec<Timing> {
    let fitted: Vec<u32> = First::of(recorded.lane(lane).map(|event| &**event))
        .map(|first| first.request.carries.iter().chain(&first.answer.carries).map(|it| it.id).collect())
        .unwrap_or_default();
    let expected = took(predicted, lane);
    let both = took(recorded, lane).into_iter().filter(|(id, _)| !fitted.contains(id));
    both.filter_map(|(message, measured)| {
        let place = expected.binary_search_by_key(&message, |known| known.0).ok()?;
        Some(Timing { message, measured, predicted: expected[place].1 })
    })
    .collect()
}

/// The residual in the middle and the largest either way, in microseconds; `None` of nothing.
pub fn residuals(timings: &[Timing]) -> Option<(i64, i64)> {
    // Shifted, so that one sort of whole numbers serves negative ones, too.
    let shifted: Vec<u64> = timings.iter().map(|it| it.residual().wrapping_sub(i64::MIN) as u64).collect();
    let ascending = order::ascending(&shifted);
    let back = |value: u64| (value as i64).wrapping_add(i64::MIN);
    let (low, high) = (back(*ascending.first()?), back(*ascending.last()?));
    let middle = back(*ascending.get((ascending.len() - 1) / 2)?);
    Some((middle, if low.unsigned_abs() > high.unsigned_abs() { low } else { high }))
}

/// For each message how long it took, by its number.
fn took(trace: &Trace, lane: usize) -> Vec<(u32, u64)> {
    let took: Vec<(u32, u64)> = match trace.is_echo() {
        true => {
            let heard =
                |n: usize, said: u64, heard: Option<u64>| Some((n as u32, heard?.saturating_sub(said)));
            trace
                .round_trips(lane)
                .into_iter()
                .enumerate()
                .filter_map(|(n, it)| heard(n, it.0, it.1))
                .collect()
        }
        false => {
            let heard = trace.passages(lane).iter().filter_map(|it| Some((it, it.delivered?)));
            heard.map(|(passage, at)| (passage.message.id, passage.age(at))).collect()
        }
    };
    order::sorted(took, |it| u64::from(it.0))
}
