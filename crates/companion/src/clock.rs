//! The companion's monotonic clock.

use std::future::pending;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

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

    /// The instant at which so many microseconds have passed since the start.
    pub(crate) fn at(self, micros: u64) -> Instant {
        self.zero + Duration::from_micros(micros)
    }
}

/// Waits until `at`; for ever without it.
pub(crate) async fn due(at: Option<Instant>) {
    match at {
        // The timer's step is a millisecond; what is due already goes before anything that arrives.
        Some(at) if at <= Instant::now() => {}
        Some(at) => sleep_until(at).await,
        None => pending().await,
    }
}
