//! How long a sender waits for an acknowledgement before it sends again (RFC 6298), in microseconds.

/// The retransmission time-out of one direction.
#[derive(Clone, Debug)]
pub(super) struct Timeout {
    /// Smoothed round trip and its variation, once there is a measurement.
    round_trip: Option<(u64, u64)>,
    initial: u64,
    backoff: u32,
}

impl Timeout {
    pub(super) fn new() -> Self {
        Self { round_trip: None, initial: INITIAL, backoff: 0 }
    }

    /// Takes a measurement of a segment that was sent once (section 2, and Karn's rule of section 3).
    pub(super) fn measured(&mut self, now: u64) {
        self.backoff = 0;
        self.round_trip = Some(match self.round_trip {
            None => (now, now / 2),
            Some((smoothed, variation)) => {
                ((7 * smoothed + now) / 8, (3 * variation + smoothed.abs_diff(now)) / 4)
            }
        });
    }

    /// It has expired: the next one is twice as long (rule 5.5).
    pub(super) fn expired(&mut self) {
        self.backoff += 1;
    }

    /// A SYN had to be sent again: data start with a longer one (rule 5.7).
    pub(super) fn opened_late(&mut self) {
        self.initial = AFTER_LOST_SYN;
        self.backoff = 0;
    }

    /// How long to wait (rules 2.1 to 2.5; the clock's granularity is a microsecond).
    pub(super) fn period(&self) -> u64 {
        let period = match self.round_trip {
            None => self.initial,
            Some((smoothed, variation)) => (smoothed + (4 * variation).max(1)).max(LEAST),
        };
        (period << self.backoff.min(MOST_DOUBLINGS)).min(MOST)
    }
}

/// Before the first measurement (rule 2.1).
const INITIAL: u64 = 1_000_000;

/// For data after a SYN that was lost (rule 5.7).
const AFTER_LOST_SYN: u64 = 3_000_000;

/// Anything below is rounded up (rule 2.4). Systems of today go below it: Linux to 200 ms.
const LEAST: u64 = 1_000_000;

/// Anything above is cut (rule 2.5).
const MOST: u64 = 60_000_000;

/// Sixty seconds are six doublings away.
const MOST_DOUBLINGS: u32 = 6;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_of_the_rfc() {
        let check = |measured: &[u64], expired: u32, expect: u64| {
            let mut timeout = Timeout::new();
            measured.iter().for_each(|&round_trip| timeout.measured(round_trip));
            (0..expired).for_each(|_| timeout.expired());
            assert_eq!(timeout.period(), expect, "{measured:?} {expired}");
        };
        check(&[], 0, 1_000_000);
        check(&[], 3, 8_000_000);
        check(&[], 40, 60_000_000);
        check(&[100_000], 0, 1_000_000);
        // SRTT R, RTTVAR R/2: R + 4 R/2.
        check(&[400_000], 0, 1_200_000);
        // SRTT 7/8 400 + 1/8 800 = 450, RTTVAR 3/4 200 + 1/4 400 = 250: 450 + 1000.
        check(&[400_000, 800_000], 0, 1_450_000);
        check(&[400_000, 800_000], 1, 2_900_000);
        check(&[2_000_000], 0, 6_000_000);
        check(&[2_000_000], 4, 60_000_000);
    }

    #[test]
    fn a_measurement_ends_the_doubling() {
        let mut timeout = Timeout::new();
        timeout.expired();
        timeout.measured(100_000);
        assert_eq!(timeout.period(), 1_000_000);
        let mut timeout = Timeout::new();
        timeout.expired();
        timeout.opened_late();
        assert_eq!(timeout.period(), 3_000_000);
    }
}
