//! What stands between the two ends: a link that is not the same both ways, jitter, a server that
//! thinks, a proxy that cuts what is silent.

use trace::event::{Event, Kind};
use trace::ledger::{Account, Missing};
use trace::scenario::{Network, Scenario, Speaker, Tls, Transport, Utterance, Workload};
use trace::sim::simulate;
use trace::trace::Trace;
use wire::Sender;

fn echo(transport: Transport, network: Network) -> Scenario {
    Scenario { lanes: vec![transport], network, workload: Workload::Echo, ..Scenario::default() }
}

fn heard(trace: &Trace) -> Vec<u64> {
    let heard =
        trace.lane(0).filter(|event| event.kind == Kind::Delivered && event.key.sender == Sender::Server);
    heard.map(|event| event.start()).collect()
}

fn of<'a>(trace: &'a Trace, wanted: impl Fn(&Event) -> bool + 'a) -> Vec<&'a Event> {
    trace.lane(0).map(|event| &**event).filter(move |event| wanted(event)).collect()
}

/// How long an event's octets take to leave.
fn leaving(event: &Event) -> u64 {
    event.times.sent() - event.start()
}

#[test]
fn each_way_has_its_rate() {
    let network = Network { kilobits: 1_000, down_kilobits: Some(8_000), ..Network::default() };
    let trace = simulate(&echo(Transport::WebSocket, network));
    for event in of(&trace, |event| event.octets.on_connection() > 0) {
        let rate = if event.key.sender == Sender::Client { 1 } else { 8 };
        assert_eq!(leaving(event), (event.octets.total() * 8).div_ceil(rate), "{event:?}");
    }
    let same = Network { down_kilobits: Some(10_000), ..Network::default() };
    let (same, usual) = (echo(Transport::Close, same), echo(Transport::Close, Network::default()));
    assert!(simulate(&same) == simulate(&usual));
}

/// Each way may take so much longer, no more, and nothing overtakes.
#[test]
fn jitter_is_bounded() {
    let mut all = Vec::new();
    for seed in 0..50 {
        let network = Network { jitter: 20_000, ..Network::default() };
        let trace = simulate(&Scenario { seed, ..echo(Transport::WebSocket, network) });
        for sender in [Sender::Client, Sender::Server] {
            let travels = |event: &Event| event.key.sender == sender && event.octets.on_connection() > 0;
            let arrivals = of(&trace, travels).into_iter().map(|event| event.end());
            assert!(arrivals.is_sorted());
        }
        let late = of(&trace, |event| event.octets.on_connection() > 0);
        all.extend(late.iter().map(|event| event.end() - event.times.sent() - 50_000));
    }
    let mean = all.iter().sum::<u64>() / all.len() as u64;
    assert!(all.iter().all(|&late| late <= 20_000) && (9_000..11_000).contains(&mean), "{mean}");
}

/// An echo is so much later, on every transport; so is the 101.
#[test]
fn a_server_thinks_before_it_answers() {
    for (transport, waits) in [
        (Transport::Persistent, [1, 2]),
        (Transport::Close, [1, 2]),
        (Transport::Six, [1, 2]),
        // A question that is held waits for news, not for a thought.
        (Transport::Long, [1, 2]),
        // The stream opens while the first message is on its way.
        (Transport::Sse, [1, 2]),
        (Transport::WebSocket, [2, 3]),
        (Transport::Deflate, [2, 3]),
        // The echo is a request of its own; nobody thinks before taking an answer.
        (Transport::Webhook, [1, 2]),
    ] {
        let think = |think| {
            let network = Network { think, ..Network::default() };
            heard(&simulate(&Scenario { messages: 2, ..echo(transport, network) }))
        };
        let late = think(70_000).into_iter().zip(think(0)).map(|(late, usual)| late - usual);
        // To the millisecond: who thinks about an answer does not send it in front of something else.
        let late: Vec<u64> = late.map(|late| (late + 500) / 1_000).collect();
        assert_eq!(late, waits.map(|times| times * 70), "{transport:?}");
    }
}

/// News that comes while the server thinks about the opening handshake follows the 101.
#[test]
fn nothing_overtakes_a_thought() {
    let network = Network { think: 3_000_000, ..Network::default() };
    let lanes = vec![Transport::WebSocket];
    let trace = simulate(&Scenario { lanes, network, ..Scenario::default() });
    let switched = of(&trace, |event| event.kind == Kind::Response { status: 101 })[0];
    let frames =
        of(&trace, |event| matches!(event.kind, Kind::Frame { .. }) && event.key.sender == Sender::Server);
    assert!(switched.start() > 3_000_000 && frames[0].start() >= switched.times.sent());
    assert_eq!(trace.passages(0).iter().filter(|passage| passage.delivered.is_some()).count(), 5);
}

fn chat(transport: Transport, idle: u64, at: u64, from: Speaker) -> Trace {
    let network = Network { idle: Some(idle), ..Network::default() };
    let added = vec![Utterance { at, from, text: "Still there?".to_owned() }];
    let (lanes, poll) = (vec![transport], 60_000_000);
    simulate(&Scenario { lanes, network, added, poll, messages: 0, ..Scenario::default() })
}

/// A silent WebSocket is cut so long after its last octet: 1006, and what is said later is not heard.
#[test]
fn a_proxy_cuts_a_silent_socket() {
    for from in [Speaker::You, Speaker::Server] {
        let trace = chat(Transport::WebSocket, 5_000_000, 20_000_000, from);
        let switched = of(&trace, |event| event.kind == Kind::Response { status: 101 })[0];
        let reset = of(&trace, |event| event.kind == Kind::Reset)[0];
        assert_eq!(reset.start(), switched.times.sent() + 5_000_000);
        let failed = of(&trace, |event| matches!(&event.kind, Kind::Failed(why) if why.contains("1006")));
        assert_eq!(failed.iter().map(|event| event.start()).collect::<Vec<_>>(), [reset.end()]);
        assert_eq!(trace.passages(0)[0].delivered, None);
        let missing = Missing { delivered: 0, said: 1, awaited: from == Speaker::Server };
        assert_eq!(Account::at(&trace, 0, trace.end()).missing, Some(missing));
        assert_eq!(Account::at(&trace, 0, trace.lane_end(0) - 1).missing, None);
        let after = of(&trace, |event| event.travels() && event.start() > reset.start());
        assert!(after.is_empty(), "{after:?}");
    }
}

/// What speaks often enough is left alone.
#[test]
fn a_proxy_leaves_alone_what_speaks() {
    for transport in Transport::ALL {
        let with = Network { idle: Some(2_000_000), ..Network::default() };
        let lanes = vec![transport];
        let scenario = Scenario { lanes, network: with, ..Scenario::default() };
        let without = Scenario { network: Network::default(), ..scenario.clone() };
        assert!(simulate(&scenario) == simulate(&without), "{transport:?}");
    }
}

/// A persistent connection is cut as well, but nobody waits on it: the next question takes a new one.
#[test]
fn a_new_connection_after_a_cut() {
    let trace = chat(Transport::Persistent, 5_000_000, 20_000_000, Speaker::Server);
    let opened = of(&trace, |event| event.kind == Kind::Syn);
    assert_eq!(opened.iter().map(|event| event.start()).collect::<Vec<_>>(), [0, 60_000_000]);
    // The news, the last question, and after both the silence that the page leaves.
    assert_eq!(of(&trace, |event| event.kind == Kind::Reset).len(), 2);
    assert!(of(&trace, |event| matches!(event.kind, Kind::Failed(_))).is_empty());
    assert!(trace.passages(0)[0].delivered.is_some());
}

/// The answer of a server that thinks for longer than the proxy waits is never heard: a question is asked
/// twice, what may not be done twice is not; and there is an end to it. What it says in a request
/// of its own is heard, and so is what it says of its own accord, without a thought, to a held question.
#[test]
fn a_proxy_less_patient_than_the_server() {
    for transport in [Transport::Persistent, Transport::Close, Transport::Polling, Transport::WebSocket] {
        for workload in [Workload::Chat, Workload::Echo] {
            for tls in Tls::ALL {
                let network = Network { idle: Some(1_000_000), think: 1_500_000, tls, ..Network::default() };
                let lanes = vec![transport];
                let trace = simulate(&Scenario { lanes, network, workload, ..Scenario::default() });
                assert!(trace.events().len() < 150, "{transport:?} {workload:?}: {}", trace.events().len());
                let carried = match transport {
                    Transport::Webhook => true,
                    Transport::Long => workload == Workload::Chat,
                    _ => false,
                };
                assert_eq!(heard(&trace).is_empty(), !carried, "{transport:?} {workload:?}");
                let failed = of(&trace, |event| matches!(event.kind, Kind::Failed(_)));
                assert!(!failed.is_empty(), "{transport:?} {workload:?}");
            }
        }
    }
}
