//! The figures of "In production".

use std::collections::BTreeMap;

use trace::scenario::{Scenario, Speaker};

use super::figures::{number, octets, plural, seconds};
use super::{form, pushed};

pub(crate) fn figures(place: usize, learned: bool, s: &Scenario) -> Vec<String> {
    match (place, learned) {
        (0, false) => {
            let last = &pushed::pushed(s, None, pushed::frame)[0];
            let silent = leaves(s, last.text.len() as u64 + 2) + s.network.idle.expect("a proxy");
            let at = last.left + silent + leaves(s, 0) + s.network.round_trip / 2;
            vec![seconds(silent), seconds(at)]
        }
        (1, false) => {
            let beats = s.added.iter().filter(|it| it.text == "beat").count() as u64;
            let frame = octets(2 + "beat".len() as u64);
            vec![plural(beats, "heartbeat"), frame, seconds(visitor_leaves(s))]
        }
        (2, false) => {
            let mut tenths = BTreeMap::new();
            (0..1_000).for_each(|seed| *tenths.entry(wait(seed) / 100).or_insert(0) += 1);
            vec![number(1_000), seconds(1_000_000), number(*tenths.values().max().expect("some"))]
        }
        (3, learned) => {
            // Each of the two says as much, by turns.
            let n = u64::from(s.messages) / 2;
            let (size, period) = (form::size(s), 1_000_000 / u64::from(s.rate.expect("a rate")));
            let (mut free, mut unsent, last) = (0, 0, 400_000 + (n - 1) * period);
            for it in 0..n {
                let left = free.max(400_000 + it * period);
                free = left + form::passage(s, 4 + 4 + size) - s.network.round_trip / 2;
                unsent += u64::from(left > last);
            }
            match learned {
                true => vec![plural(unsent, "message"), seconds(last)],
                false => vec![plural(n, "time"), octets(n * size), seconds(last), number(unsent)],
            }
        }
        (4, false) => {
            let told: u64 = s.added.iter().map(|it| it.text.len() as u64).sum();
            let asks = form::polled(s).questions.len() as u64;
            vec![seconds(open(s)), octets(told), plural(asks, "request")]
        }
        (5, false) => vec![octets(form::UPGRADE + "Cookie: \r\n".len() as u64 + u64::from(s.cookie))],
        (5, true) => vec![octets(s.cookie.into())],
        (6, false) => vec![format!("“{}”", s.added[0].text)],
        other => panic!("no row for {other:?}"),
    }
}

/// A first wait in milliseconds, from none to a second: the first number of SplitMix64 after this seed and one.
fn wait(seed: u64) -> u64 {
    let mixed = (seed + 1).wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    let upper = (mixed ^ (mixed >> 31)) >> 32;
    (upper * 1_001) >> 32
}

fn leaves(s: &Scenario, size: u64) -> u64 {
    form::leaves(s, size + 40)
}

/// A round trip and an interval after the last word.
fn visitor_leaves(s: &Scenario) -> u64 {
    assert!(s.added.iter().all(|it| it.from == Speaker::Server));
    s.added.iter().map(|it| it.at).max().expect("a word") + s.poll + s.network.round_trip
}

/// From TCP's third segment until the client's FIN is there: Close, Close, the server's FIN and the client's.
fn open(s: &Scenario) -> u64 {
    let back = s.network.round_trip / 2;
    let answered = visitor_leaves(s) + form::passage(s, 8);
    let server = answered + leaves(s, 4) + leaves(s, 0) + back;
    server + leaves(s, 0) + back - form::round_trip(s)
}
