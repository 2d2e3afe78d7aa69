//! The longest that anything has had to wait, at any time of a run.

use crate::order;

/// What waits since when, after each time at which that changes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Waits {
    at: Vec<u64>,
    /// The longest wait that is over, and since when the one has been waiting that waits longest.
    then: Vec<(u64, Option<u64>)>,
}

impl Waits {
    /// From when each wait began and, if it did, ended; in the order in which they began.
    pub(super) fn of(waits: &[(u64, Option<u64>)]) -> Self {
        let mut changes: Vec<u64> = waits.iter().flat_map(|&(from, to)| [Some(from), to]).flatten().collect();
        changes = order::ascending(&changes);
        changes.dedup();
        let by_end = order::by(waits.iter().map(|wait| wait.1.unwrap_or(u64::MAX)));
        let by_begin = order::by(waits.iter().map(|wait| wait.0));
        let (mut ended, mut oldest) = (by_end.into_iter().peekable(), 0);
        let mut longest = 0;
        let then = changes.iter().map(|&now| {
            while let Some(&place) = ended.peek() {
                let (from, Some(to)) = waits[place] else { break };
                if to > now {
                    break;
                }
                longest = to.saturating_sub(from).max(longest);
                ended.next();
            }
            // What waits longest ends first in most runs, so this goes over each once.
            while by_begin.get(oldest).is_some_and(|&place| waits[place].1.is_some_and(|to| to <= now)) {
                oldest += 1;
            }
            let waiting = by_begin.get(oldest).map(|&place| waits[place].0).filter(|&from| from <= now);
            (longest, waiting)
        });
        Self { then: then.collect(), at: changes }
    }

    /// The longest wait by `now`; what has not ended counts as if it ended at `until`.
    pub(super) fn longest(&self, now: u64, until: u64) -> u64 {
        let changes = self.at.partition_point(|&at| at <= now);
        let Some(&(longest, waiting)) = changes.checked_sub(1).and_then(|last| self.then.get(last)) else {
            return 0;
        };
        longest.max(waiting.map_or(0, |from| until.saturating_sub(from)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Beside going over all of them.
    fn check(waits: &[(u64, Option<u64>)]) {
        let found = Waits::of(waits);
        for now in 0..120 {
            let until = now.min(90);
            let over = |to: Option<u64>| to.filter(|&to| to <= now).unwrap_or(until);
            let begun = waits.iter().filter(|wait| wait.0 <= now);
            let longest = begun.map(|&(from, to)| over(to).saturating_sub(from)).max().unwrap_or(0);
            assert_eq!(found.longest(now, until), longest, "{waits:?} at {now}");
        }
    }

    #[test]
    fn at_any_time_as_if_counted_anew() {
        check(&[]);
        check(&[(5, None)]);
        check(&[(0, Some(10)), (3, Some(4)), (5, None)]);
        check(&[(10, Some(2)), (3, Some(40)), (4, Some(20)), (5, Some(30)), (80, None), (85, Some(86))]);
        check(&(0..40).map(|n| (n * 2, Some(n * 2 + n * 37 % 41))).collect::<Vec<_>>());
    }
}
