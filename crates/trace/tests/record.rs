//! A live run by hand: the simulator's octets cut into socket reads and writes, and what a page would
//! have seen of them. Put together they are the run that they were taken from.
#![cfg(not(target_arch = "wasm32"))]

#[path = "common/recording.rs"]
mod recording;

use std::collections::BTreeMap;

use proptest::prelude::*;
use recording::*;
use trace::event::{Event, Key, Kind, Layer, Provenance, Source, Stamp};
use trace::ledger::Account;
use trace::live::{Chunk, Speaker, Tap};
use trace::record::{Alignment, Exchange, Failure, align, recorded};
use trace::scenario::{Scenario, Transport, Workload};
use trace::sim::simulate;
use trace::trace::Trace;
use wire::{Frame, Opcode, Sender};

/// The four ways of the first screen; `record_ways.rs` has them all.
fn scenario(workload: Workload) -> Scenario {
    let lanes = vec![Transport::Persistent, Transport::Close, Transport::Polling, Transport::WebSocket];
    Scenario { lanes, workload, ..Scenario::default() }
}

/// Cuts every chunk after each of `lengths` in turn; a piece is a microsecond later than the one before.
fn cut(tap: &mut Tap, lengths: &[usize]) {
    let mut lengths = lengths.iter().copied().cycle();
    for connection in tap.lanes.iter_mut().flat_map(|lane| &mut lane.connections) {
        let mut pieces = Vec::new();
        for chunk in std::mem::take(&mut connection.chunks) {
            let mut octets = chunk.octets.as_slice();
            let mut at = chunk.at;
            while !octets.is_empty() {
                let (piece, rest) = octets.split_at(lengths.next().expect("endless").clamp(1, octets.len()));
                pieces.push(Chunk { from: chunk.from, at, octets: piece.to_vec() });
                (octets, at) = (rest, at + 1);
            }
        }
        connection.chunks = pieces;
    }
}

/// When each octet of one direction passed, counted from the lane's zero.
fn passed(tap: &Tap, lane: u8, connection: u16, sender: Sender) -> Vec<u64> {
    let connection = &tap.lanes[usize::from(lane)].connections[usize::from(connection)];
    let own = connection.chunks.iter().filter(|chunk| chunk.from.sender() == sender);
    own.flat_map(|chunk| {
        let page = chunk.at.checked_add_signed(-OFFSET).expect("in range");
        std::iter::repeat_n(page - zero(lane), chunk.octets.len())
    })
    .collect()
}

/// Every unit of the simulation is in the recording, and nothing else that has octets.
fn check_units(simulated: &Trace, recorded: &Trace, tap: &Tap) {
    for lane in 0..simulated.lanes().len() as u8 {
        let mut found: BTreeMap<Key, &Event> =
            units(recorded, lane).map(|event| (event.key, event)).collect();
        let mut offsets: BTreeMap<(u16, Sender), usize> = BTreeMap::new();
        for expect in units(simulated, lane) {
            let actual =
                found.remove(&Key { run: 7, ..expect.key }).unwrap_or_else(|| panic!("no {expect:?}"));
            assert_eq!((&actual.kind, actual.layer), (&expect.kind, expect.layer));
            assert_eq!(actual.raw, expect.raw);
            // TCP and IP are modelled on both sides: here with what acknowledges a unit, see the totals.
            let on_connection = |event: &Event| (event.octets.payload, event.octets.framing);
            assert_eq!(on_connection(actual), on_connection(expect), "{actual:?}");
            assert_eq!(actual.carries, expect.carries, "{actual:?}");
            assert_eq!(actual.source, Source::Wire);
            assert!(actual.unknown.is_empty());
            let offset = offsets.entry((expect.key.connection, expect.key.sender)).or_default();
            let passed = passed(tap, lane, expect.key.connection, expect.key.sender);
            let stamp = |at, from| Some(Stamp { at, from });
            let first = stamp(passed[*offset], Provenance::Witnessed);
            *offset += raw(expect).len();
            let last = stamp(passed[*offset - 1], Provenance::Witnessed);
            let measured = |at: Option<Stamp>| at.map(|it| Stamp { from: Provenance::Measured, ..it });
            let (ours, theirs) = (actual.times, expect.times);
            match expect.key.sender {
                Sender::Client => {
                    assert_eq!([ours.received_first, ours.received_last], [first, last]);
                    // The upgrade leaves when the browser likes: the page knows when it asked for a socket.
                    if expect.layer == Layer::WebSocket
                        || simulated.lanes()[usize::from(lane)].transport.is_http()
                    {
                        assert_eq!(ours.sent_first, measured(theirs.sent_first));
                    }
                }
                Sender::Server => {
                    assert_eq!([ours.sent_first, ours.sent_last], [first, last]);
                    assert_eq!(ours.received_last, measured(theirs.received_last));
                }
            }
        }
        assert!(found.is_empty(), "nobody sent {found:?}");
    }
}

/// Of what happens at one moment the saying comes first, then the passage, then the hearing.
fn causes_come_first(trace: &Trace) {
    let turn = |event: &Event| match event.kind {
        Kind::Said => 0,
        Kind::Delivered => 2,
        _ => 1,
    };
    for lane in 0..trace.lanes().len() {
        let events: Vec<&Event> = trace.lane(lane).map(|event| &**event).collect();
        assert!(events.is_sorted_by_key(|event| (event.start(), turn(event))), "lane {lane}");
    }
}

#[test]
fn a_recording_is_the_run_that_was_recorded() {
    for workload in [Workload::Chat, Workload::Echo] {
        let simulated = simulate(&scenario(workload));
        let tap = tap(&simulated);
        let recorded = recorded(&plan(&scenario(workload)), &logs(&simulated), Some((&tap, ALIGNED)));
        check_units(&simulated, &recorded, &tap);
        causes_come_first(&recorded);
        assert_eq!(recorded.lanes(), simulated.lanes());
        for lane in 0..simulated.lanes().len() {
            assert_eq!(recorded.passages(lane), simulated.passages(lane), "{workload:?}, lane {lane}");
            let [ours, theirs] =
                [&recorded, &simulated].map(|trace| Account::at(trace, lane, simulated.end() + 1_000_000));
            let counts = |account: &Account| {
                let Account { connections, requests, frames, delivered, longest_wait, .. } = *account;
                (connections, requests, frames, delivered, longest_wait, account.freshness)
            };
            assert_eq!(counts(&ours), counts(&theirs), "{workload:?}, lane {lane}");
            assert_eq!((ours.payload(), ours.framing()), (theirs.payload(), theirs.framing()));
            // A tap cannot tell whether the question after a 204 was already waiting, and so acknowledged
            // it: it takes all of them to. In the simulation the first was, four waited for their tick.
            let polled =
                workload == Workload::Echo && simulated.lanes()[lane].transport == Transport::Polling;
            let apart = if polled { 4 * 40 } else { 0 };
            assert_eq!(ours.tcp_ip() + apart, theirs.tcp_ip(), "{workload:?}, lane {lane}");
        }
        assert_eq!(recorded.octets_are(0), Provenance::Witnessed);
        assert_eq!(recorded.times_are(), Provenance::Measured);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn reads_and_writes_may_be_cut_anywhere(
        lengths in proptest::collection::vec(1..700usize, 1..40), chat in any::<bool>(),
    ) {
        let scenario = scenario(if chat { Workload::Chat } else { Workload::Echo });
        let simulated = simulate(&scenario);
        let mut tap = tap(&simulated);
        cut(&mut tap, &lengths);
        let recorded = recorded(&plan(&scenario), &logs(&simulated), Some((&tap, ALIGNED)));
        check_units(&simulated, &recorded, &tap);
    }

    /// The connection breaks off at any octet: every unit that was whole by then is kept.
    #[test]
    fn what_was_there_before_it_broke_is_kept(share in 0..=1_000u64, lane in 0..4u8) {
        let scenario = scenario(Workload::Chat);
        let simulated = simulate(&scenario);
        let mut tap = tap(&simulated);
        let octets: usize = tap.lanes[usize::from(lane)]
            .connections.iter().flat_map(|it| &it.chunks).map(|chunk| chunk.octets.len()).sum();
        let mut left = (octets as u64 * share / 1_000) as usize;
        for chunk in tap.lanes[usize::from(lane)].connections.iter_mut().flat_map(|it| &mut it.chunks) {
            chunk.octets.truncate(left);
            left -= chunk.octets.len();
        }
        let failure = Failure { at: zero(lane) + 2_000_000, why: "The server is gone. Start it again.".to_owned() };
        let mut logs = logs(&simulated);
        logs[usize::from(lane)].failed = Some(failure.clone());
        let recorded = recorded(&plan(&scenario), &logs, Some((&tap, ALIGNED)));
        let whole = |event: &&Event| {
            let start: usize = units(&simulated, lane)
                .filter(|it| (it.key.connection, it.key.sender) == (event.key.connection, event.key.sender))
                .take_while(|it| it.key.unit < event.key.unit)
                .map(|it| raw(it).len())
                .sum();
            passed(&tap, lane, event.key.connection, event.key.sender).len() >= start + raw(event).len()
        };
        let expect: Vec<&[u8]> = units(&simulated, lane).filter(whole).map(raw).collect();
        let mut actual: Vec<&[u8]> = units(&recorded, lane).map(raw).collect();
        let mut sorted = expect.clone();
        sorted.sort();
        actual.sort();
        prop_assert_eq!(actual, sorted);
        let told: Vec<_> = recorded.lane(usize::from(lane)).filter(|it| it.kind == Kind::Failed(failure.why.clone())).collect();
        prop_assert_eq!(told.len(), 1);
        prop_assert_eq!(told[0].start(), 2_000_000);
        // The neighbours are none the worse for it.
        for other in (0..4).filter(|&other| other != lane) {
            prop_assert_eq!(units(&recorded, other).count(), units(&simulated, other).count());
        }
    }

    /// No tap can make the page panic: any octets, any times, any order.
    #[test]
    fn a_tap_of_nonsense_is_a_trace(
        chunks in proptest::collection::vec((any::<bool>(), 0..u64::MAX / 4, proptest::collection::vec(any::<u8>(), 0..60)), 0..12),
        offset in -(1i64 << 60)..1 << 60,
    ) {
        let scenario = scenario(Workload::Chat);
        let simulated = simulate(&scenario);
        let mut tap = tap(&simulated);
        let own = &mut tap.lanes[3].connections[0];
        own.chunks.extend(chunks.into_iter().map(|(you, at, octets)| Chunk {
            from: if you { Speaker::You } else { Speaker::Server }, at, octets,
        }));
        let alignment = Alignment { offset, error: 1 };
        let recorded = recorded(&plan(&scenario), &logs(&simulated), Some((&tap, alignment)));
        for lane in 0..4 {
            Account::at(&recorded, lane, recorded.end());
        }
        prop_assert!(units(&recorded, 3).count() >= units(&simulated, 3).count());
    }
}

#[test]
fn a_broken_rule_is_told_and_the_rest_is_kept() {
    let scenario = scenario(Workload::Chat);
    let simulated = simulate(&scenario);
    let mut tap = tap(&simulated);
    let at = companion(3, 3_400_000);
    let octets = Frame::text("not masked").encode();
    tap.lanes[3].connections[0].chunks.insert(4, Chunk { from: Speaker::You, at, octets });
    let recorded = recorded(&plan(&scenario), &logs(&simulated), Some((&tap, ALIGNED)));
    let broken: Vec<_> = recorded
        .lane(3)
        .filter(|event| matches!(&event.kind, Kind::Failed(why) if why.contains("rule")))
        .collect();
    assert_eq!(broken.len(), 1);
    assert_eq!(broken[0].start(), 3_400_000);
    let of = |trace, sender| units(trace, 3).filter(|event| event.key.sender == sender).count();
    assert_eq!(of(&recorded, Sender::Server), of(&simulated, Sender::Server), "the other direction goes on");
    assert!(of(&recorded, Sender::Client) >= 2);
}

/// A script sees no Ping: the wire's count decides which frame is which.
#[test]
fn a_ping_shifts_nothing() {
    let scenario = scenario(Workload::Chat);
    let simulated = simulate(&scenario);
    let mut tap = tap(&simulated);
    let chunks = &mut tap.lanes[3].connections[0].chunks;
    let first_news = chunks.iter().position(|chunk| chunk.octets.ends_with(b"Hello!")).expect("said");
    let at = companion(3, 650_000);
    let ping = Frame::ping(b"?").expect("short").encode();
    chunks.insert(first_news, Chunk { from: Speaker::Server, at, octets: ping });
    let pong = Frame::pong(b"?").expect("short").masked([1, 2, 3, 4]).encode();
    chunks.insert(first_news + 1, Chunk { from: Speaker::You, at, octets: pong });
    let recorded = recorded(&plan(&scenario), &logs(&simulated), Some((&tap, ALIGNED)));
    assert_eq!(units(&recorded, 3).count(), units(&simulated, 3).count() + 2);
    assert_eq!(recorded.passages(3), simulated.passages(3));
    for event in units(&recorded, 3).filter(|event| event.layer == Layer::WebSocket) {
        let seen = event.times.sent_first.is_some() && event.times.received_last.is_some();
        let control = matches!(event.kind, Kind::Frame { opcode: Opcode::Ping | Opcode::Pong, .. });
        assert_eq!(seen, !control, "both witnesses of {event:?}");
    }
}

#[test]
fn both_witnesses_are_kept() {
    let scenario = scenario(Workload::Echo);
    let simulated = simulate(&scenario);
    let recorded = recorded(&plan(&scenario), &logs(&simulated), Some((&tap(&simulated), ALIGNED)));
    for expect in simulated.events().iter().filter(|event| event.raw.is_some()) {
        let key = Key { run: 7, ..expect.key };
        let of = |source: Source| {
            let mut own = recorded.witnesses().iter().filter(|it| it.key == key && it.layer == expect.layer);
            own.find(|it| it.source == source)
                .unwrap_or_else(|| panic!("{source:?} saw no {expect:?}"))
                .clone()
        };
        let (wire, browser) = (of(Source::Wire), of(Source::Browser));
        let stamps = |event: &Event| {
            let times = event.times;
            let all = [times.sent_first, times.sent_last, times.received_first, times.received_last];
            all.into_iter().flatten().map(|stamp| stamp.from).collect::<Vec<_>>()
        };
        assert!(stamps(&wire).iter().all(|from| *from == Provenance::Witnessed));
        assert!(
            stamps(&browser).iter().all(|from| *from == Provenance::Measured) && !stamps(&browser).is_empty()
        );
        assert_eq!((wire.raw, browser.raw), (expect.raw.clone(), None));
    }
    let sources = |source| recorded.witnesses().iter().filter(|event| event.source == source).count();
    let units = simulated.events().iter().filter(|event| event.raw.is_some()).count();
    assert!(sources(Source::Browser) >= units && sources(Source::Wire) >= units);
}

/// Without a tap: what the page knows is rebuilt, what it cannot know is marked.
#[test]
fn without_a_tap_frames_are_reconstructed() {
    for workload in [Workload::Chat, Workload::Echo] {
        for size in [None, Some(125), Some(126), Some(65_535), Some(65_536)] {
            let scenario = Scenario { size, ..scenario(workload) };
            let simulated = simulate(&scenario);
            let recorded = recorded(&plan(&scenario), &logs(&simulated), None);
            assert_eq!(recorded.octets_are(0), Provenance::Reconstructed);
            let frames = |trace: &Trace| -> BTreeMap<Key, Event> {
                let own = trace.lane(3).filter(|event| event.layer == Layer::WebSocket);
                own.map(|event| (Key { run: 0, ..event.key }, (**event).clone())).collect()
            };
            let (ours, theirs) = (frames(&recorded), frames(&simulated));
            assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>());
            for (key, expect) in &theirs {
                let actual = &ours[key];
                assert_eq!((&actual.kind, &actual.carries), (&expect.kind, &expect.carries));
                assert_eq!(actual.octets, expect.octets);
                assert_eq!(raw(actual).len(), raw(expect).len());
                let length = raw(expect).len();
                let header = match length {
                    0..132 => 2,
                    132..65_544 => 4,
                    _ => 10,
                };
                let unknown = if key.sender == Sender::Client { header..length } else { length..length };
                assert_eq!(raw(actual)[..unknown.start], raw(expect)[..unknown.start], "{key:?}");
                let marked: Vec<usize> = actual.unknown.iter().cloned().flatten().collect();
                assert_eq!(marked, unknown.collect::<Vec<usize>>());
            }
            // Heads are the browser's secret.
            assert!(recorded.events().iter().all(|it| it.layer != Layer::Http || it.raw.is_none()));
            let stamped = recorded.events().iter().flat_map(|event| {
                let times = event.times;
                [times.sent_first, times.sent_last, times.received_first, times.received_last]
            });
            assert!(stamped.flatten().all(|stamp| stamp.from != Provenance::Witnessed));
            let heard = |trace: &Trace| Account::at(trace, 3, u64::MAX).delivered;
            let by_you = scenario.script().iter().filter(|it| it.from == Speaker::You).count() as u32;
            assert_eq!(heard(&recorded), heard(&simulated) - by_you, "nobody saw what the server heard");
        }
    }
}

#[test]
fn without_any_answer_the_question_is_kept() {
    let scenario = scenario(Workload::Echo);
    let mut log = log(&simulate(&scenario), 0);
    log.requests.truncate(1);
    let request = &mut log.requests[0];
    (request.status, request.in_hand, request.response_end, request.response_start) = (0, None, None, None);
    log.failed = Some(Failure { at: zero(0) + 9, why: "No answer.".to_owned() });
    let recorded = recorded(&plan(&scenario), &[log], None);
    let layers: Vec<Layer> = recorded.events().iter().map(|event| event.layer).collect();
    assert_eq!(layers.iter().filter(|&&layer| layer == Layer::Http).count(), 1);
    assert_eq!(recorded.passages(0).len(), 1);
    assert_eq!(recorded.passages(0)[0].delivered, None);
}

/// Echoes are matched by what they say they answer, never by their order.
#[test]
fn echoes_out_of_order_find_their_messages() {
    let scenario = scenario(Workload::Echo);
    let mut log = log(&simulate(&scenario), 3);
    let socket = log.socket.as_mut().expect("a socket");
    socket.received.swap(0, 1);
    (socket.received[0].answers, socket.received[1].answers) = (Some(1), Some(0));
    let recorded = recorded(&plan(&scenario), &[log], None);
    let ids: Vec<u32> = recorded
        .witnesses()
        .iter()
        .filter(|event| event.kind == Kind::Delivered)
        .map(|event| event.carries[0].id)
        .collect();
    assert_eq!(ids, [6, 5, 7, 8, 9]);
    for event in recorded.events().iter().filter(|event| event.kind == Kind::Delivered) {
        let expect = &scenario.script()[event.carries[0].id as usize - 5].text;
        assert_eq!(&*event.carries[0].text, expect);
    }
}

/// A clock that is off by more than a flight: what is heard before it is said is still heard.
#[test]
fn clocks_that_disagree_lose_no_message() {
    for workload in [Workload::Chat, Workload::Echo] {
        let scenario = scenario(workload);
        let simulated = simulate(&scenario);
        for error in [-60_000, -51_000, -1, 1, 51_000, 60_000] {
            let alignment = Alignment { offset: OFFSET + error, error: 60_000 };
            let recorded = recorded(&plan(&scenario), &logs(&simulated), Some((&tap(&simulated), alignment)));
            for lane in 0..4 {
                let passages = recorded.passages(lane);
                assert_eq!(passages.len(), simulated.passages(lane).len());
                assert!(passages.iter().all(|it| it.left.is_some() && it.delivered.is_some()), "{error}");
            }
        }
    }
}

#[test]
fn clocks_are_aligned_by_the_shortest_exchange() {
    let check = |exchanges: &[(u64, u64, u64)], expect: Option<(i64, u64)>| {
        let exchanges: Vec<_> =
            exchanges.iter().map(|&(asked, read, answered)| Exchange { asked, read, answered }).collect();
        assert_eq!(align(&exchanges).map(|it| (it.offset, it.error)), expect, "{exchanges:?}");
    };
    check(&[], None);
    check(&[(100, 150, 200)], Some((0, 50)));
    check(&[(100, 1_150, 200)], Some((1_000, 50)));
    check(&[(5_000, 150, 5_100)], Some((-4_900, 50)));
    check(&[(0, 10, 100), (200, 900, 210), (300, 400, 500)], Some((695, 5)));
    // An odd microsecond belongs to the error.
    check(&[(0, 7, 7)], Some((4, 4)));
    check(&[(10, 10, 10)], Some((0, 0)));
    // Of two equally short ones the first.
    check(&[(0, 100, 10), (50, 170, 60)], Some((95, 5)));
}

proptest! {
    /// However the way is split into there and back, the truth lies within the error.
    #[test]
    fn the_error_holds_the_truth(
        asked in 0..1u64 << 40, there in 0..100_000u64, back in 0..100_000u64, ahead in 0..1u64 << 40,
    ) {
        let read = asked + there + ahead;
        let found = align(&[Exchange { asked, read, answered: asked + there + back }]).expect("one");
        prop_assert!(found.offset.abs_diff(ahead as i64) <= found.error, "{:?}", found);
        prop_assert_eq!(found.error, (there + back).div_ceil(2));
    }
}

#[test]
fn times_are_counted_from_zero() {
    let aligned = Alignment { offset: -1_000, error: 5 };
    assert_eq!(aligned.since(5_000, 4_000), 0);
    assert_eq!(aligned.since(5_000, 4_250), 250);
    assert_eq!(aligned.since(5_000, 3_998), 0);
    assert_eq!(Alignment { offset: 1_000, error: 5 }.since(0, 1_500), 500);
}

/// As the companion sends it and the page reads it.
#[test]
fn a_tap_travels_as_json() {
    let tap = tap(&simulate(&scenario(Workload::Chat)));
    let text = serde_json::to_string(&tap).expect("written");
    assert_eq!(serde_json::from_str::<Tap>(&text).expect("read"), tap);
    let chunk = |octets: &str| {
        serde_json::from_str::<Chunk>(&format!(r#"{{"from":"you","at":1,"octets":"{octets}"}}"#))
    };
    assert_eq!(chunk("00ff7F").expect("read").octets, [0x00, 0xff, 0x7f]);
    assert!(chunk("").expect("read").octets.is_empty());
    for bad in ["0", "0g", "é", "ééé", "+1", "0x", " 1"] {
        assert!(chunk(bad).is_err(), "{bad}");
    }
}

/// A run that is stopped early says nothing of what never happened.
#[test]
fn a_lane_that_ended_early_hears_and_says_no_more() {
    let scenario = scenario(Workload::Chat);
    let mut logs = logs(&simulate(&scenario));
    logs.truncate(1);
    logs[0].requests.truncate(2);
    let recorded = recorded(&plan(&scenario), &logs, None);
    let end = recorded.lane_end(0);
    assert!((400_000..700_000).contains(&end), "the second request is at 0.4 s, the third at 1 s: {end}");
    assert!(
        recorded.passages(0).iter().all(|it| it.said <= end),
        "Ben speaks at 0.7 s, when nobody is there"
    );
    let account = Account::at(&recorded, 0, u64::MAX);
    assert_eq!((account.longest_wait, account.unseen), (0, 4), "two requests, two answers, no head seen");
    assert!(recorded.ran(0) && !recorded.ran(1));
}
