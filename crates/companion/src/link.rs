//! When an octet that enters a link leaves it: delay, rate and order, and nothing else.
//!
//! Only the stream's own octets take time on the link. Headers of TCP and IP, segments, slow start
//! and loss are not emulated.

use std::time::Duration;

use tokio::time::Instant;
use trace::scenario::Network;
use wire::Sender;

/// One direction of an emulated link.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Direction {
    /// Half of the round trip.
    delay: Duration,
    octets_per_second: u64,
    /// When the last octet so far has entered the link completely.
    free_at: Instant,
}

impl Direction {
    /// The direction of `network` in which `sender` sends. It carries nothing before `open_at`.
    pub(crate) fn new(network: Network, sender: Sender, open_at: Instant) -> Self {
        Self {
            delay: Duration::from_micros(network.round_trip / 2),
            octets_per_second: network.rate(sender) * 125,
            free_at: open_at,
        }
    }

    /// How long an octet that is ready at `now` waits before it may enter the link.
    pub(crate) fn wait(&self, now: Instant) -> Duration {
        self.free_at.saturating_duration_since(now)
    }

    /// Sends `length` octets that are ready at `now`. Answers when the last one comes out.
    pub(crate) fn send(&mut self, now: Instant, length: usize) -> Instant {
        let nanos = (length as u64).saturating_mul(1_000_000_000) / self.octets_per_second;
        self.free_at = self.free_at.max(now) + Duration::from_nanos(nanos);
        self.free_at + self.delay
    }

    /// The most octets that go as one piece, so that a slow link delivers little by little: what it
    /// carries in a millisecond, the finest step of the timer, and at least one ordinary segment.
    pub(crate) fn piece(&self) -> usize {
        usize::try_from(self.octets_per_second / 1000).unwrap_or(usize::MAX).clamp(SEGMENT, LARGEST_PIECE)
    }
}

const SEGMENT: usize = 1460;
const LARGEST_PIECE: usize = 64 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    /// `sends` are (ready at, octets) and `expected` when the last octet is out, in microseconds.
    fn check(round_trip: u64, kilobits: u32, open_at: u64, sends: &[(u64, usize)], expected: &[u64]) {
        let network = Network { round_trip, kilobits, ..Network::default() };
        check_way(network, Sender::Server, open_at, sends, expected);
    }

    fn check_way(network: Network, sender: Sender, open_at: u64, sends: &[(u64, usize)], expected: &[u64]) {
        let zero = Instant::now();
        let at = |micros| zero + Duration::from_micros(micros);
        let mut direction = Direction::new(network, sender, at(open_at));
        let out: Vec<u64> = sends
            .iter()
            .map(|&(ready, length)| direction.send(at(ready), length).duration_since(zero).as_micros() as u64)
            .collect();
        assert_eq!(out, expected);
    }

    #[test]
    fn an_octet_comes_out_after_its_own_time_on_the_link_and_the_delay() {
        check(100_000, 8, 0, &[(0, 1)], &[51_000]);
        check(100_000, 8_000, 0, &[(10, 1000)], &[51_010]);
    }

    #[test]
    fn a_busy_link_makes_the_next_one_wait() {
        check(0, 8, 0, &[(0, 10), (5_000, 10), (90_000, 1)], &[10_000, 20_000, 91_000]);
    }

    #[test]
    fn each_way_has_a_rate_of_its_own() {
        let network = Network { round_trip: 0, kilobits: 8, down_kilobits: Some(80), ..Network::default() };
        check_way(network, Sender::Client, 0, &[(0, 10)], &[10_000]);
        check_way(network, Sender::Server, 0, &[(0, 10)], &[1_000]);
    }

    #[test]
    fn nothing_enters_before_the_link_is_open() {
        check(100_000, 8, 100_000, &[(0, 1), (200_000, 1)], &[151_000, 251_000]);
    }
}
