//! The player: however one gets to a time, it is the same time, and the same is to be seen.
#![cfg(not(target_arch = "wasm32"))]

use proptest::prelude::*;
use trace::caption;
use trace::event::{Kind, Octets};
use trace::layout::{TimeMap, Viewport};
use trace::ledger::{Account, Spread, percentile};
use trace::playhead::Speed;
use trace::scenario::{Network, Scenario, Transport, Workload};
use trace::sim::simulate;
use trace::trace::Trace;
use wire::Sender;

fn scenario() -> impl Strategy<Value = Scenario> {
    let knobs =
        (0..=500u64, 16..=10_000_000u32, 50..=3_000u64, 1..=15u32, proptest::option::of(1..=2_000u32));
    let lanes = proptest::collection::vec(proptest::sample::select(Transport::ALL.to_vec()), 1..=2);
    (lanes, knobs, any::<bool>()).prop_map(|(lanes, (rtt, kilobits, poll, messages, size), chat)| Scenario {
        lanes,
        network: Network { round_trip: rtt * 1_000, kilobits, ..Network::default() },
        workload: if chat { Workload::Chat } else { Workload::Echo },
        poll: poll * 1_000,
        messages,
        size,
        ..Scenario::default()
    })
}

fn map(trace: &Trace) -> TimeMap {
    TimeMap::of(trace, Viewport::WIDE.height)
}

/// A ledger that is kept while playing: what happens is booked when it happens, never recounted.
#[derive(Default)]
struct Book {
    octets: [Octets; 2],
    counts: [u32; 4],
    said: Vec<(u32, u64, Sender)>,
    freshness: Vec<u64>,
    longest: u64,
    /// Of an echo: since when a message is out, and how long the others took.
    out: Vec<u64>,
    round_trips: Vec<u64>,
}

impl Book {
    /// Books everything of `lane` in (`from`, `to`], or from the very start.
    fn play(&mut self, trace: &Trace, lane: usize, echo: bool, from: Option<u64>, to: u64) {
        let new = |at: u64| from.is_none_or(|from| at > from) && at <= to;
        for event in trace.lane(lane) {
            let sent = event.times.sent_last.expect("simulated").at;
            if !new(sent) {
                continue;
            }
            let side = &mut self.octets[usize::from(event.key.sender == Sender::Server)];
            side.payload += event.octets.payload;
            side.framing += event.octets.framing;
            side.tcp_ip += event.octets.tcp_ip;
            match &event.kind {
                Kind::Syn => self.counts[0] += 1,
                Kind::Request { .. } => self.counts[1] += 1,
                Kind::Frame { opcode: wire::Opcode::Text, .. } => self.counts[2] += 1,
                Kind::Said => {
                    self.said.push((event.carries[0].id, sent, event.key.sender));
                    if echo && event.key.sender == Sender::Client {
                        self.out.push(sent);
                    }
                }
                Kind::Delivered => {
                    self.counts[3] += 1;
                    let id = event.carries[0].id;
                    if echo && event.key.sender == Sender::Server {
                        // A closed loop: what comes back is what went out last.
                        let said = self.out.pop().expect("said before");
                        self.round_trips.push(sent - said);
                    }
                    let said = self.said.iter().position(|said| said.0 == id).expect("said before");
                    let (_, at, speaker) = self.said.remove(said);
                    self.freshness.push(sent - at);
                    if speaker == Sender::Server {
                        self.longest = self.longest.max(sent - at);
                    }
                }
                _ => {}
            }
        }
    }

    fn account(&self, now: u64) -> Account {
        let waiting = self.said.iter().filter(|said| said.2 == Sender::Server).map(|said| now - said.1);
        let mut freshness = self.freshness.clone();
        freshness.sort_unstable();
        let mut round_trips = self.round_trips.clone();
        round_trips.sort_unstable();
        let out = self.out.iter().map(|said| now - said).max();
        Account {
            longest_round_trip: round_trips.last().copied().max(out).unwrap_or(0),
            round_trips: Spread::of(&round_trips),
            up: self.octets[0],
            down: self.octets[1],
            connections: self.counts[0],
            requests: self.counts[1],
            frames: self.counts[2],
            delivered: self.counts[3],
            freshness: Spread::of(&freshness),
            unseen: 0,
            missing: None,
            longest_wait: waiting.max().unwrap_or(0).max(self.longest),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn playing_books_what_scrubbing_counts(scenario in scenario(), frames in 5..60u64) {
        let trace = simulate(&scenario);
        for lane in 0..scenario.lanes.len() {
            let mut book = Book::default();
            let mut before = None;
            for frame in 0..=frames {
                let now = trace.end() * frame / frames;
                book.play(&trace, lane, scenario.workload == Workload::Echo, before, now);
                prop_assert_eq!(book.account(now), Account::at(&trace, lane, now));
                before = Some(now);
            }
        }
    }

    /// The player tells the store only of steps: between two of them the sentence must not change.
    #[test]
    fn the_sentence_changes_only_at_steps(scenario in scenario(), frames in 5..60u64) {
        let trace = simulate(&scenario);
        let steps = trace.steps();
        prop_assert!(steps.is_sorted_by(|a, b| a < b), "{:?}", steps);
        for frame in 0..=frames {
            let now = trace.end() * frame / frames;
            let last = steps.iter().rev().find(|&&step| step <= now);
            let told = last.map(|&step| caption::moment(&trace, step)).unwrap_or_default();
            if last.is_some() {
                prop_assert_eq!(caption::moment(&trace, now), told, "at {}", now);
            }
        }
    }

    #[test]
    fn many_steps_go_as_far_as_one(
        scenario in scenario(), share in 0..=100u64, step in 1..100_000u64, count in 1..200u64,
    ) {
        let map = map(&simulate(&scenario));
        let start = map.end() * share / 100;
        // A rounding in the most stretched part weighs as many times more in the most collapsed one.
        let stretched = map.stretches().iter().map(|it| it.factor).fold(1.0, f64::max);
        let collapsed = map.silences().iter().map(|it| it.factor).fold(1.0, f64::min);
        let factor = stretched / collapsed;
        for speed in Speed::ALL {
            let walked = (0..count).fold(start, |at, _| speed.advance(at, step, &map));
            let leapt = speed.advance(start, step * count, &map);
            let rounding = ((count + 1) as f64 * factor).ceil() as u64;
            prop_assert!(walked.abs_diff(leapt) <= rounding, "{:?}: {} or {}", speed, walked, leapt);
            prop_assert!(walked >= leapt.saturating_sub(2), "{:?}: rounded up, never left behind", speed);
        }
    }

    #[test]
    fn the_playhead_never_passes_the_end(scenario in scenario(), at in any::<u64>(), elapsed in any::<u64>()) {
        let map = map(&simulate(&scenario));
        for speed in Speed::ALL {
            for at in [at, at % (map.end() + 1), map.end(), 0] {
                let next = speed.advance(at, elapsed, &map);
                prop_assert!(next <= map.end() && next >= at.min(map.end()));
                prop_assert_eq!(speed.advance(at, 0, &map), at.min(map.end()));
            }
        }
    }
}

/// Frames of 16.667 ms until the end.
fn frames(speed: Speed, map: &TimeMap) -> u64 {
    let mut at = 0;
    let mut frames = 0;
    while at < map.end() {
        let next = speed.advance(at, FRAME, map);
        assert!(next > at, "{speed:?} stands still at {at}");
        (at, frames) = (next, frames + 1);
    }
    frames
}

#[test]
fn a_picture_takes_as_long_as_it_says() {
    let map = map(&simulate(&Scenario::default()));
    for (speed, expect) in [(Speed::Slow, map.end() * 20), (Speed::Fit, 15_000_000), (Speed::Real, map.end())]
    {
        assert_eq!(speed.duration(&map), expect, "{speed:?}");
        let took = frames(speed, &map) * FRAME;
        assert!(took.abs_diff(expect) <= expect / 1_000 + FRAME, "{speed:?}: {took} instead of {expect}");
    }
}

/// A run of some microseconds on an endless link: less than a microsecond a frame, and yet it moves.
#[test]
fn the_shortest_picture_plays_to_its_end() {
    for transport in Transport::ALL {
        let network = Network { round_trip: 0, kilobits: 10_000_000, ..Network::default() };
        let lanes = vec![transport];
        let workload = Workload::Echo;
        let scenario =
            Scenario { lanes, network, workload, messages: 1, poll: 50_000, ..Scenario::default() };
        let map = map(&simulate(&scenario));
        for speed in Speed::ALL {
            frames(speed, &map);
        }
    }
}

#[test]
fn speeds_have_names() {
    let ids: Vec<&str> = Speed::ALL.iter().map(|speed| speed.id()).collect();
    assert_eq!(ids, ["slow", "fit", "real"]);
    assert!(Speed::ALL.iter().all(|speed| !speed.name().is_empty()));
    assert_eq!(Speed::default(), Speed::Fit);
}

#[test]
fn percentiles_are_nearest_ranks() {
    let check =
        |values: &[u64], percent, expect| assert_eq!(percentile(values, percent), expect, "{values:?}");
    check(&[], 50, None);
    check(&[7], 0, Some(7));
    check(&[7], 100, Some(7));
    check(&[1, 2, 3, 4], 50, Some(2));
    check(&[1, 2, 3, 4, 5], 50, Some(3));
    check(&[1, 2, 3, 4, 5], 95, Some(5));
    let hundred: Vec<u64> = (1..=100).collect();
    check(&hundred, 95, Some(95));
    check(&hundred, 1, Some(1));
}

const FRAME: u64 = 16_667;
