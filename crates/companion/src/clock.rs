//! The companion's monotonic clock.

use tokio::time::Instant;

/// Counts microseconds from the moment at which the companion started.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    zero: Instant,
}

impl Clock {
    pub(crate) fn start() -> Self {
        Self { zero: Instant::now() }
    }

    /// Microseconds since the start, now.
    pub(crate) fn now(self) -> u64 {
        self.micros(Instant::now())
    }

    /// Microseconds since the start at `instant`; 0 for anything earlier.
    pub(crate) fn micros(self, instant: Instant) -> u64 {
        u64::try_from(instant.saturating_duration_since(self.zero).as_micros()).unwrap_or(u64::MAX)
    }
}
