//! The network's part of a link.

use tongue::word;

use super::number;
use crate::scenario::{Network, Tls};

/// Hands every pair that differs from the default to `put`.
pub(super) fn write(own: &Network, put: &mut dyn FnMut(&str, String)) {
    let (values, usual) = (numbers(own), numbers(&Network::default()));
    for ((name, value), (_, default)) in values.into_iter().zip(usual) {
        if let Some(value) = value.filter(|_| value != default) {
            put(name, value.to_string());
        }
    }
    if own.tls != Tls::default() {
        put("tls", own.tls.id().to_owned());
    }
}

/// Takes one pair; `Ok(false)` if its name is not the network's.
pub(super) fn take(own: &mut Network, name: &str, value: &str) -> Result<bool, &'static str> {
    match name {
        "rtt" => own.round_trip = number(value, ROUND_TRIP, word!("0 to 2000 ms"))? * 1_000,
        "kbit" => own.kilobits = number(value, KILOBITS, word!("16 to 10000000 kbit/s"))? as u32,
        "down" => own.down_kilobits = Some(number(value, KILOBITS, word!("16 to 10000000 kbit/s"))? as u32),
        "jitter" => own.jitter = number(value, JITTER, word!("0 to 1000 ms"))? * 1_000,
        "loss" => own.loss = number(value, LOSS, word!("0 to 2000 of 10000 segments"))? as u32,
        "mss" => own.mss = number(value, LARGEST_SEGMENT, word!("536 to 8960 octets"))? as u32,
        "iw" => own.window = number(value, WINDOW, word!("1 to 1000 segments"))? as u32,
        "think" => own.think = number(value, THINK, word!("0 to 10000 ms"))? * 1_000,
        "idle" => own.idle = Some(number(value, IDLE, word!("1000 to 600000 ms"))? * 1_000),
        "tls" => {
            let found = Tls::ALL.into_iter().find(|tls| tls.id() == value);
            own.tls = found.ok_or(word!("off, 1.2, 1.3 or resumed"))?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn numbers(network: &Network) -> [(&'static str, Option<u64>); 9] {
    [
        ("rtt", Some(network.round_trip / 1_000)),
        ("kbit", Some(u64::from(network.kilobits))),
        ("down", network.down_kilobits.map(u64::from)),
        ("jitter", Some(network.jitter / 1_000)),
        ("loss", Some(u64::from(network.loss))),
        ("mss", Some(u64::from(network.mss))),
        ("iw", Some(u64::from(network.window))),
        ("think", Some(network.think / 1_000)),
        ("idle", network.idle.map(|idle| idle / 1_000)),
    ]
}

/// Bounds of the round trip, in milliseconds.
pub const ROUND_TRIP: (u64, u64) = (0, 2_000);
/// Bounds of the bandwidth, in kilobits per second.
pub const KILOBITS: (u64, u64) = (16, 10_000_000);
/// Bounds of the jitter, in milliseconds.
pub const JITTER: (u64, u64) = (0, 1_000);
/// Bounds of the loss, in segments of 10,000.
pub const LOSS: (u64, u64) = (0, 2_000);
/// Bounds of the maximum segment size, in octets: IPv4's least (RFC 9293 section 3.7.1) to that of a
/// jumbo frame.
pub const LARGEST_SEGMENT: (u64, u64) = (536, 8_960);
/// Bounds of the initial window, in segments.
pub const WINDOW: (u64, u64) = (1, 1_000);
/// Bounds of the server's think time, in milliseconds.
pub const THINK: (u64, u64) = (0, 10_000);
/// Bounds of the proxy's patience, in milliseconds.
pub const IDLE: (u64, u64) = (1_000, 600_000);
