//! What holds in every run, whatever the scenario: causes before effects, everything delivered once
//! and in order, equal scenarios equal traces, and an end to it.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use trace::event::{Event, Kind, Layer};
use trace::heads::Preset;
use trace::scenario::{Network, Scenario, Speaker, Tls, Transport, Utterance, Workload};
use trace::sim::simulate;
use trace::trace::Trace;
use wire::Sender;

fn speaker() -> impl Strategy<Value = Speaker> {
    prop_oneof![Just(Speaker::You), Just(Speaker::Server)]
}

fn transport() -> impl Strategy<Value = Transport> {
    proptest::sample::select(Transport::ALL.to_vec())
}

fn utterance(latest: u64) -> impl Strategy<Value = Utterance> {
    (0..latest, speaker(), "[ -~é“]{1,60}").prop_map(|(at, from, text)| Utterance { at, from, text })
}

/// A link with anything that can stand on it or go wrong, but for a proxy: what it cuts is not delivered.
fn network() -> impl Strategy<Value = Network> {
    let round_trip = prop_oneof![Just(0), Just(1), Just(100), Just(2_000), 0..=2_000u64];
    let kilobits = || prop_oneof![Just(16), Just(56), Just(10_000), Just(10_000_000), 16..=10_000_000u32];
    let chance = (prop_oneof![2 => Just(0), 1 => 0..=1_000u64], prop_oneof![1 => Just(0), 2 => 0..=2_000u32]);
    let tls = proptest::sample::select(Tls::ALL.to_vec());
    let tcp = (prop_oneof![Just(1_460), 536..=8_960u32], prop_oneof![Just(10), 1..=20u32]);
    let think = prop_oneof![2 => Just(0), 1 => 0..=3_000u64];
    let all = (round_trip, kilobits(), proptest::option::of(kilobits()), chance, tls, tcp, think);
    let full =
        all.prop_map(|(round_trip, kilobits, down_kilobits, (jitter, loss), tls, (mss, window), think)| {
            let (round_trip, jitter, think) = (round_trip * 1_000, jitter * 1_000, think * 1_000);
            Network { round_trip, kilobits, down_kilobits, jitter, loss, tls, mss, window, think, idle: None }
        });
    let plain =
        |any: Network| Network { round_trip: any.round_trip, kilobits: any.kilobits, ..Network::default() };
    (full, any::<bool>()).prop_map(move |(any, bare)| if bare { plain(any) } else { any })
}

/// What a link can express, with the extremes as likely as anything in between.
fn scenario(most: u32, latest: u64) -> impl Strategy<Value = Scenario> {
    let poll = prop_oneof![Just(50), Just(1_000), Just(60_000), 50..=60_000u64];
    let size = prop_oneof![
        3 => Just(None),
        3 => (1..=200u32).prop_map(Some),
        1 => (1..=65_536u32).prop_map(Some),
        1 => Just(Some(65_536))
    ];
    let workload = prop_oneof![
        2 => Just(Workload::Chat),
        1 => Just(Workload::Echo),
        3 => proptest::sample::select(Workload::ALL.to_vec())
    ];
    let manner = (
        any::<bool>(),
        proptest::sample::select(Preset::ALL.to_vec()),
        prop_oneof![Just(0), Just(1), Just(4_096), 0..=4_096u32],
        prop_oneof![Just(100), Just(25_000), 100..=120_000u64],
        proptest::option::of(1..=50u32),
        prop_oneof![Just(20), Just(60_000), 20..=60_000u64],
    );
    (vec(transport(), 1..=4), network(), poll, 0..=most, size, workload, vec(utterance(latest), 0..4), manner)
        .prop_map(|(lanes, network, poll, messages, size, workload, added, manner)| {
            let (binary, preset, cookie, hold, rate, gap) = manner;
            Scenario {
                lanes,
                network,
                workload,
                poll: poll * 1_000,
                messages,
                size,
                added,
                seed: 1,
                binary,
                preset,
                cookie,
                hold: hold * 1_000,
                rate,
                gap: gap * 1_000,
                extra: vec![("X-Class".to_owned(), "one, two".to_owned())],
            }
        })
}

fn at(stamp: Option<trace::event::Stamp>) -> u64 {
    stamp.expect("the simulator knows all four times").at
}

/// A unit is received after it was sent, first octet before last.
fn times_are_in_order(event: &Event) {
    let times = &event.times;
    let (first, last) = (at(times.sent_first), at(times.sent_last));
    if matches!(event.kind, Kind::Lost { at, .. } if at >= last) {
        return assert!(first <= last && times.received_first.or(times.received_last).is_none(), "{event:?}");
    }
    if event.kind == Kind::Retransmission && times.received_first.is_none() {
        return;
    }
    let (received_first, received_last) = (at(times.received_first), at(times.received_last));
    assert!(first <= last && received_first <= received_last, "{event:?}");
    assert!(first <= received_first && last <= received_last, "{event:?}");
}

/// Nothing happens before what brings it about. `lane` is one lane's events in their order.
fn causes_come_first(lane: &[&Event], think: u64) {
    let mut said: BTreeMap<u32, u64> = BTreeMap::new();
    let mut carried: BTreeMap<u32, u64> = BTreeMap::new();
    let mut requested: BTreeMap<u16, Vec<(u64, bool)>> = BTreeMap::new();
    let mut answered: BTreeMap<u16, usize> = BTreeMap::new();
    let mut established: BTreeMap<u16, u64> = BTreeMap::new();
    let mut agreed: BTreeMap<u16, [u64; 2]> = BTreeMap::new();
    let mut lost: BTreeMap<(u16, Sender), Vec<(u64, u64)>> = BTreeMap::new();
    for event in lane {
        times_are_in_order(event);
        let connection = event.key.connection;
        let (start, end) = (event.start(), event.end());
        match &event.kind {
            Kind::Said => {
                assert!(said.insert(event.carries[0].id, start).is_none(), "said twice: {event:?}");
            }
            Kind::Delivered => {
                let arrived = carried.get(&event.carries[0].id);
                assert!(arrived.is_some_and(|&arrived| arrived <= start), "{event:?}");
            }
            Kind::Established => {
                established.insert(connection, at(event.times.sent_last));
            }
            Kind::Request { target, .. } => {
                assert!(established.get(&connection).is_some_and(|&open| open <= start), "{event:?}");
                // A question may be held: what ends the waiting needs no thought.
                let may_wait = target.starts_with("/news");
                requested.entry(connection).or_default().push((end, may_wait));
            }
            Kind::Response { status } => {
                let number = answered.entry(connection).or_default();
                let asked = requested.get(&connection).and_then(|all| all.get(*number));
                let thinks = |may_wait| if may_wait { 0 } else { think };
                let ready = asked.map(|&(asked, may_wait)| asked + thinks(may_wait));
                assert!(ready.is_some_and(|ready| ready <= start), "{event:?}");
                *number += 1;
                if *status == 101 {
                    agreed.insert(connection, [at(event.times.sent_last), end]);
                }
            }
            Kind::Chunk => {
                let number = answered.get(&connection).copied().unwrap_or(0);
                assert!(
                    number == 1 && event.key.sender == Sender::Server,
                    "a chunk after its head: {event:?}"
                );
            }
            Kind::Frame { .. } => {
                let agreed = agreed.get(&connection).expect("a frame after the 101");
                let since = agreed[usize::from(event.key.sender == Sender::Client)];
                assert!(since <= start, "{event:?}");
            }
            Kind::Lost { octets, at } => {
                assert!(*at >= start);
                lost.entry((connection, event.key.sender)).or_default().push((start, *octets));
            }
            // What is sent again has been lost before.
            Kind::Retransmission => {
                let lost = lost.get_mut(&(connection, event.key.sender)).expect("a loss");
                let same = |&(at, octets): &(u64, u64)| at < start && octets == event.octets.tcp_ip;
                let place = lost.iter().position(same).expect("the loss of this segment");
                lost.remove(place);
            }
            Kind::Syn | Kind::SynAck | Kind::Ack(_) | Kind::Fin | Kind::Tls(_) => {}
            Kind::Reset => panic!("no proxy: {event:?}"),
            Kind::Accepted | Kind::EndOfStream | Kind::Failed(_) => panic!("not simulated: {event:?}"),
        }
        if event.travels() {
            for message in &event.carries {
                assert!(said.get(&message.id).is_some_and(|&said| said <= start), "{event:?}");
                assert!(carried.insert(message.id, end).is_none(), "carried twice: {event:?}");
            }
        }
    }
    assert!(lost.values().all(Vec::is_empty), "lost and never sent again: {lost:?}");
}

/// What was sent, each way on each connection, is what was received, once, and what was lost. Nothing
/// is sent without need and nothing is under way at the end, so that there are no other terms.
fn octets_are_kept(lane: &[&Event]) {
    let mut balance: BTreeMap<(u16, Sender), [u64; 3]> = BTreeMap::new();
    for event in lane.iter().filter(|event| event.travels()) {
        let [sent, received, lost] = balance.entry((event.key.connection, event.key.sender)).or_default();
        let arrives = event.times.received_last.is_some();
        match event.kind {
            Kind::Lost { octets, .. } => *lost += octets,
            // Each unit arrives in the end, if not with its own segments then with those sent again.
            Kind::Retransmission => *sent += event.octets.total(),
            _ => {
                assert!(arrives, "{event:?}");
                *sent += event.octets.total();
                *received += event.octets.total();
            }
        }
    }
    for (of, [sent, received, lost]) in balance {
        assert_eq!(sent, received + lost, "{of:?}");
    }
}

/// Each speaker's messages reach the other side once, whole, and in the order in which they were said.
/// Questions that are answered in place on several connections may overtake each other, and so may the
/// answers.
fn everything_arrives(scenario: &Scenario, transport: Transport, lane: &[&Event]) {
    let overtakes = transport == Transport::Six && !scenario.workload.is_open();
    for speaker in [Sender::Client, Sender::Server] {
        let texts = |kind: &Kind| -> Vec<&str> {
            let own = lane.iter().filter(|event| event.kind == *kind && event.key.sender == speaker);
            let mut own: Vec<(u32, &str)> =
                own.map(|event| (event.carries[0].id, &*event.carries[0].text)).collect();
            if overtakes {
                own.sort_unstable();
            }
            own.into_iter().map(|(_, text)| text).collect()
        };
        let script = scenario.script();
        let expect: Vec<&str> = match scenario.workload {
            Workload::Echo => script.iter().map(|it| &*it.text).collect(),
            _ => script.iter().filter(|it| it.from.sender() == speaker).map(|it| &*it.text).collect(),
        };
        assert_eq!(texts(&Kind::Said), expect, "said by {speaker}");
        assert_eq!(texts(&Kind::Delivered), expect, "said by {speaker} and delivered");
    }
}

fn lane(trace: &Trace, lane: usize) -> Vec<&Event> {
    trace.lane(lane).map(|event| &**event).collect()
}

fn check(scenario: &Scenario) -> Trace {
    let trace = simulate(scenario);
    assert!(trace.events().is_sorted_by_key(|event| event.start()));
    for number in 0..scenario.lanes.len() {
        let lane = lane(&trace, number);
        causes_come_first(&lane, scenario.network.think);
        octets_are_kept(&lane);
        everything_arrives(scenario, scenario.lanes[number], &lane);
    }
    trace
}

/// No more requests than ticks of the clock and messages; no more events than a handful for each.
fn is_bounded(scenario: &Scenario, trace: &Trace) {
    let messages = scenario.script().len() as u64;
    for number in 0..scenario.lanes.len() {
        let lane = lane(trace, number);
        let count = |layer: Layer| lane.iter().filter(|event| event.layer == layer).count() as u64;
        let ticks = trace.end() / scenario.poll.min(scenario.hold) + 1;
        let lost = lane.iter().filter(|event| matches!(event.kind, Kind::Lost { .. })).count() as u64;
        // What does not fit into the window takes rounds, each of which is acknowledged.
        let octets: u64 = lane.iter().map(|event| event.octets.on_connection() + event.octets.tls).sum();
        let tls = count(Layer::Tls);
        let rounds = octets / u64::from(scenario.network.mss);
        // Long polling asks once more for each message, and once more still.
        assert!(count(Layer::Http) <= 2 * (ticks + 2 * messages + 1), "{scenario:?}");
        assert!(count(Layer::WebSocket) <= 2 * messages + 2, "{scenario:?}");
        assert!(count(Layer::Application) <= 4 * messages, "{scenario:?}");
        assert!(
            count(Layer::Tcp)
                <= 4 * count(Layer::Http) + 2 * count(Layer::WebSocket) + 6 + rounds + 4 * lost + tls,
            "{scenario:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_scenario_of_a_link_plays_to_its_end(scenario in scenario(20, 20_000_000)) {
        let trace = check(&scenario);
        is_bounded(&scenario, &trace);
    }

    #[test]
    fn equal_scenarios_give_equal_traces(scenario in scenario(8, 5_000_000)) {
        prop_assert!(simulate(&scenario) == simulate(&scenario.clone()));
    }

    #[test]
    fn a_lane_does_not_depend_on_its_neighbours(scenario in scenario(8, 5_000_000)) {
        let together = simulate(&scenario);
        for (number, &transport) in scenario.lanes.iter().enumerate() {
            let alone = simulate(&Scenario { lanes: vec![transport], ..scenario.clone() });
            let mut expect: Vec<Event> = together.lane(number).map(|event| (**event).clone()).collect();
            expect.iter_mut().for_each(|event| event.key.lane = 0);
            let alone: Vec<Event> = alone.lane(0).map(|event| (**event).clone()).collect();
            prop_assert_eq!(alone, expect);
        }
    }

    /// For echo on any transport but polling, and for the chat on a WebSocket. (Polling may be luckier
    /// on a slower link: a question that arrives later may find news.)
    #[test]
    fn more_round_trip_never_delivers_earlier(
        scenario in scenario(12, 5_000_000), more in 1..=500u64, transport in transport(),
    ) {
        let transport = match (scenario.workload, transport) {
            (Workload::Echo, Transport::Polling) => Transport::WebSocket,
            (Workload::Echo, any) => any,
            (_, Transport::Deflate) => Transport::Deflate,
            _ => Transport::WebSocket,
        };
        let near = Scenario { lanes: vec![transport], ..scenario };
        let network = Network { loss: 0, jitter: 0, ..near.network };
        let near = Scenario { network, ..near };
        let mut far = near.clone();
        far.network.round_trip += more * 1_000;
        let (near, far) = (simulate(&near), simulate(&far));
        let far = far.passages(0);
        for near in near.passages(0).iter() {
            let far = far.iter().find(|far| far.message == near.message).expect("said on both");
            prop_assert!(near.delivered <= far.delivered, "{:?} {:?}", near, far);
        }
    }

    /// "Send" forks the timeline: what has happened stays as it was.
    #[test]
    fn speaking_up_changes_nothing_before(
        scenario in scenario(10, 5_000_000), from in speaker(), text in "[a-z]{1,20}", share in 0..=100u64,
    ) {
        let scenario = Scenario { workload: Workload::Chat, ..scenario };
        let now = scenario.leaves_at() * share / 100;
        let mut forked = scenario.clone();
        forked.added.push(Utterance { at: now, from, text: text.clone() });
        let (before, after) = (simulate(&scenario), check(&forked));
        for number in 0..scenario.lanes.len() {
            // Of what is still under way, that it has begun.
            let past = |trace: &Trace| -> Vec<(u64, Option<Event>)> {
                let past = trace.lane(number).filter(|event| event.start() < now);
                past.map(|event| (event.start(), Some((**event).clone()).filter(|it| it.end() < now))).collect()
            };
            prop_assert_eq!(past(&before), past(&after));
            prop_assert!(after.passages(number).iter().any(|it| it.said == now && *it.message.text == *text));
        }
    }
}

/// Every workload on every transport, as the page offers them: said once, heard once, in order.
#[test]
fn every_workload_is_carried_by_every_transport() {
    for workload in Workload::ALL {
        for binary in [false, true] {
            let lanes = Transport::ALL.to_vec();
            let scenario = Scenario { lanes, binary, ..Scenario::default() }.turned_to(workload);
            assert_eq!(scenario.messages, workload.usual_messages());
            check(&scenario);
        }
    }
}

/// An echo has no room for words of one's own: what was added waits for the chat. So has what is asked.
#[test]
fn an_echo_leaves_out_what_was_added() {
    for (transport, workload) in Transport::ALL.into_iter().flat_map(|transport| {
        let closed = Workload::ALL.into_iter().filter(|it| !it.is_open());
        closed.map(move |workload| (transport, workload))
    }) {
        let plain = Scenario { lanes: vec![transport], workload, messages: 2, ..Scenario::default() };
        let added =
            [Speaker::Server, Speaker::You].map(|from| Utterance { at: 1, from, text: "Oh".to_owned() });
        let with = Scenario { added: added.to_vec(), ..plain.clone() };
        assert!(check(&with) == check(&plain), "{transport:?}");
    }
}

/// The corners of what a link can express, at full count and at full size.
fn check_corner(transport: Transport, workload: Workload, messages: u32, size: Option<u32>, late: u64) {
    for round_trip in [0, 2_000_000] {
        for kilobits in [16, 10_000_000] {
            for poll in [50_000, 60_000_000] {
                let text = "late".to_owned();
                let scenario = Scenario {
                    lanes: vec![transport],
                    network: Network { round_trip, kilobits, ..Network::default() },
                    workload,
                    poll,
                    messages,
                    size,
                    added: vec![Utterance { at: late, from: Speaker::Server, text }],
                    seed: 1,
                    ..Scenario::default()
                };
                let trace = check(&scenario);
                is_bounded(&scenario, &trace);
            }
        }
    }
}

#[test]
fn the_longest_scripts_play_to_their_end() {
    for transport in Transport::ALL {
        check_corner(transport, Workload::Chat, 200, None, 0);
        check_corner(transport, Workload::Echo, 200, None, 0);
    }
}

#[test]
fn the_largest_messages_play_to_their_end() {
    for transport in Transport::ALL {
        check_corner(transport, Workload::Chat, 5, Some(65_536), 0);
        check_corner(transport, Workload::Echo, 2, Some(65_536), 0);
    }
    let most = Scenario {
        lanes: vec![Transport::Persistent],
        network: Network { round_trip: 0, kilobits: 16, ..Network::default() },
        messages: 200,
        size: Some(65_536),
        ..Scenario::default()
    };
    is_bounded(&most, &check(&most));
}

#[test]
fn ten_minutes_of_silence_play_to_their_end() {
    check_corner(Transport::Close, Workload::Chat, 0, None, 600_000_000);
}

/// No message at all: an HTTP lane has nothing to ask an echo for, a WebSocket opens and closes.
#[test]
fn nothing_to_say() {
    for (transport, requests) in [
        (Transport::Persistent, 0),
        (Transport::Close, 0),
        (Transport::Polling, 1),
        (Transport::WebSocket, 1),
        (Transport::Six, 0),
        (Transport::Long, 1),
        (Transport::Sse, 1),
        (Transport::Deflate, 1),
        (Transport::Webhook, 0),
    ] {
        let scenario =
            Scenario { lanes: vec![transport], workload: Workload::Echo, messages: 0, ..Scenario::default() };
        let trace = check(&scenario);
        let asks = trace.lane(0).filter(|event| matches!(event.kind, Kind::Request { .. })).count();
        assert_eq!(asks, requests, "{transport:?}");
    }
}
