//! Times of day as HAR writes them.

use time::OffsetDateTime;
use time::format_description::well_known::{Iso8601, Rfc3339};

/// Microseconds since 1970 of an ISO 8601 time; `None` if it is none, or earlier.
pub(super) fn read(text: &str) -> Option<u64> {
    let text = text.trim();
    let at =
        OffsetDateTime::parse(text, &Rfc3339).or_else(|_| OffsetDateTime::parse(text, &Iso8601::DEFAULT));
    u64::try_from(at.ok()?.unix_timestamp_nanos() / 1_000).ok()
}

/// The time that is so many microseconds after 1970, in UTC. One beyond the year 9999 is told as the last that
/// can be.
pub(super) fn write(micros: u64) -> String {
    let nanos = i128::from(micros.min(LAST)) * 1_000;
    let at = OffsetDateTime::from_unix_timestamp_nanos(nanos).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    at.format(&Rfc3339).unwrap_or_default()
}

/// Microseconds since 1970 of a message of a WebSocket, of which nobody says whether it counts seconds or
/// milliseconds: whichever is closer to when its connection was asked for.
pub(super) fn of_message(time: f64, started: u64) -> u64 {
    let seconds = micros(time * 1e6);
    let millis = micros(time * 1e3);
    if seconds.abs_diff(started) <= millis.abs_diff(started) { seconds } else { millis }
}

/// A float as microseconds: what is below zero as zero, what no clock shows as the last time that can be.
pub(super) fn micros(time: f64) -> u64 {
    // `as` saturates.
    (time.round() as u64).min(LAST)
}

/// Milliseconds as microseconds; `None` where HAR says that they are not known.
pub(super) fn millis(time: f64) -> Option<u64> {
    (time >= 0.0).then(|| micros(time * 1e3))
}

/// The end of the year 9999.
const LAST: u64 = 253_402_300_799_999_999;

#[cfg(test)]
mod tests {
    use super::*;

    /// Beside what `date --utc` says.
    #[test]
    fn times_of_day() {
        let check = |text: &str, micros: u64| assert_eq!(read(text), Some(micros), "{text}");
        check("1970-01-01T00:00:00Z", 0);
        check("2026-11-22T01:01:55.558Z", 1_795_309_315_558_000);
        check("2026-11-22T01:03:22.263+00:00", 1_795_309_402_263_000);
        check("2026-11-22T06:31:55.5581239+05:30", 1_795_309_315_558_123);
        check("2024-02-29T23:59:59.999-08:00", 1_709_279_999_999_000);
        check(" 2026-11-22T01:01:55Z ", 1_795_309_315_000_000);
        for none in ["", "yesterday", "2026-13-01T00:00:00Z", "1969-12-31T23:59:59Z", "2026-11-22T01:01:55"] {
            assert_eq!(read(none), None, "{none}");
        }
        for micros in [0, 1_795_309_315_558_123, LAST] {
            assert_eq!(read(&write(micros)), Some(micros));
        }
        assert_eq!(write(u64::MAX), "9999-12-31T23:59:59.999999Z");
    }

    #[test]
    fn seconds_or_milliseconds() {
        let started = 1_795_309_315_558_000;
        for time in [1_795_309_316.25, 1_795_309_316_250.0] {
            assert_eq!(of_message(time, started), 1_795_309_316_250_000);
        }
        for time in [f64::MAX, f64::MIN, 0.0, -1.0, f64::NAN] {
            assert!(of_message(time, started) <= LAST);
        }
    }
}
