//! How messages travel, as `name=value` pairs: the part of a link that transports, heads and
//! workloads own.

use tongue::word;

use super::number;
use crate::heads::{self, Preset};
use crate::scenario::{Scenario, Transport, Workload};

/// Puts what differs from the usual.
pub(super) fn pairs(own: &Scenario, put: &mut dyn FnMut(&str, String)) {
    let usual = Scenario::default();
    if let Some(rate) = own.rate {
        put("rate", rate.to_string());
    }
    if own.gap != usual.gap {
        put("gap", (own.gap / 1_000).to_string());
    }
    if own.binary {
        put("binary", "1".to_owned());
    }
    if own.hold != usual.hold {
        put("hold", (own.hold / 1_000).to_string());
    }
    if own.preset != usual.preset {
        put("heads", own.preset.id().to_owned());
    }
    if own.cookie != usual.cookie {
        put("cookie", own.cookie.to_string());
    }
    for (name, value) in &own.extra {
        put("add", [name, ":", value].concat());
    }
}

/// Takes one pair; `Ok(false)` if it is none of these.
pub(super) fn take(own: &mut Scenario, name: &str, value: &str) -> Result<bool, &'static str> {
    match name {
        "lanes" => {
            let lanes: Option<Vec<_>> = value.split('.').map(Transport::from_id).collect();
            let lanes = lanes.filter(|lanes| (1..=4).contains(&lanes.len()));
            own.lanes = lanes.ok_or(word!("one to four of persistent, close, six, polling, long, sse, websocket, deflate, webhook, with dots between"))?;
        }
        "scenario" => {
            own.workload = Workload::from_id(value).ok_or(word!("chat, echo, game, ticker, dashboard, download, idle, page, reads, call, orders, editing, stocks, news or talk"))?;
        }
        "rate" => own.rate = Some(number(value, RATE, word!("1 to 50 a second"))? as u32),
        "gap" => own.gap = number(value, GAP, word!("20 to 60000 ms"))? * 1_000,
        "binary" => own.binary = number(value, (0, 1), word!("0 or 1"))? == 1,
        "hold" => own.hold = number(value, HOLD, word!("100 to 120000 ms"))? * 1_000,
        "heads" => {
            own.preset =
                Preset::from_id(value).ok_or(word!("loopback, lan, firefox, firefox-lan or minimal"))?
        }
        "cookie" => own.cookie = number(value, COOKIE, word!("0 to 4096 octets"))? as u32,
        "add" => {
            let expected = word!("a field line that a page may add, name and value with a colon between");
            let (name, value) = value.split_once(':').ok_or(expected)?;
            if heads::check(name, value).is_err() || own.extra.len() >= MOST_EXTRA {
                return Err(expected);
            }
            own.extra.push((name.to_owned(), value.to_owned()));
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// Bounds of the rate, in messages a second.
pub const RATE: (u64, u64) = (1, 50);
/// Bounds of the time from one message to the next, in milliseconds.
pub const GAP: (u64, u64) = (20, 60_000);
/// Bounds of long polling's time-out, in milliseconds.
pub const HOLD: (u64, u64) = (100, 120_000);
/// Bounds of the cookie, in octets.
pub const COOKIE: (u64, u64) = (0, 4_096);
/// How many field lines may be added.
pub const MOST_EXTRA: usize = 8;
