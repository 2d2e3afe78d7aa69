//! What holds on every way to carry a conversation where a proxy cuts what is silent: nothing is done
//! twice, what is heard is what was said, and what cannot be made good is told.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use trace::event::{Event, Kind};
use trace::scenario::{Network, Scenario, Speaker, Tls, Transport, Utterance, Workload};
use trace::sim::simulate;
use trace::trace::Trace;
use wire::Sender;

fn network() -> impl Strategy<Value = Network> {
    let link = (0..=500u64, prop_oneof![Just(56), Just(10_000), 16..=10_000_000u32]);
    let chance = (prop_oneof![2 => Just(0), 1 => 0..=300u64], prop_oneof![2 => Just(0), 1 => 0..=1_000u32]);
    let tls = proptest::sample::select(Tls::ALL.to_vec());
    let ends = (prop_oneof![2 => Just(0), 1 => 0..=3_000u64], 1_000..=8_000u64, 1..=20u32);
    (link, chance, tls, ends).prop_map(|((rtt, kilobits), (jitter, loss), tls, (think, idle, window))| {
        Network {
            round_trip: rtt * 1_000,
            kilobits,
            jitter: jitter * 1_000,
            loss,
            tls,
            window,
            think: think * 1_000,
            idle: Some(idle * 1_000),
            ..Network::default()
        }
    })
}

fn scenario() -> impl Strategy<Value = Scenario> {
    let manner = (
        proptest::sample::select(Transport::ALL.to_vec()),
        proptest::sample::select(Workload::ALL.to_vec()),
        prop_oneof![Just(None), (1..=20_000u32).prop_map(Some)],
    );
    let pace = (50..=20_000u64, 100..=30_000u64, 0..=12u32);
    (manner, network(), pace, any::<u64>()).prop_map(
        |((transport, workload, size), network, (poll, hold, messages), seed)| Scenario {
            lanes: vec![transport],
            network,
            workload,
            messages,
            size,
            poll: poll * 1_000,
            hold: hold * 1_000,
            seed,
            ..Scenario::default()
        },
    )
}

fn of<'a>(trace: &'a Trace, wanted: impl Fn(&Event) -> bool + 'a) -> impl Iterator<Item = &'a Event> {
    trace.lane(0).map(|event| &**event).filter(move |event| wanted(event))
}

fn failures(trace: &Trace) -> usize {
    of(trace, |event| matches!(event.kind, Kind::Failed(_))).count()
}

/// What may not be done twice is not, whether or not it was read.
fn no_post_is_repeated(trace: &Trace) {
    let mut sent = BTreeSet::new();
    for event in trace.lane(0) {
        if let Kind::Request { method, target } = &event.kind
            && method == "POST"
        {
            assert!(sent.insert((event.key.sender, target.clone())), "{event:?}");
            let id = event.carries[0].id;
            let carriers = of(trace, |it| it.travels() && it.carries.iter().any(|message| message.id == id));
            assert_eq!(carriers.count(), 1, "{event:?}");
        }
    }
}

/// Each message is heard once at most, and as it was said; if one is not, somebody is told why.
fn what_is_heard_was_said(trace: &Trace) {
    let mut said = BTreeMap::new();
    let mut heard = BTreeSet::new();
    for event in trace.lane(0).filter(|event| matches!(event.kind, Kind::Said | Kind::Delivered)) {
        let (message, speaker) = (&event.carries[0], event.key.sender);
        if event.kind == Kind::Said {
            assert!(said.insert(message.id, (speaker, message.text.clone())).is_none(), "{event:?}");
        } else {
            assert!(heard.insert(message.id), "heard twice: {event:?}");
            assert_eq!(said.get(&message.id), Some(&(speaker, message.text.clone())), "{event:?}");
        }
    }
    let missing = said.len() - heard.len();
    assert!(missing == 0 || failures(trace) > 0, "{missing} of {} not heard, and no word of it", said.len());
}

/// A connection is cut once, by the proxy beside who accepted it; nothing is heard on it once the one who
/// would hear it knows. No failure comes without a cut.
fn what_is_cut_is_silent(trace: &Trace) {
    let resets: Vec<&Event> = of(trace, |event| event.kind == Kind::Reset).collect();
    assert!(!resets.is_empty() || failures(trace) == 0);
    let mut cut = BTreeSet::new();
    for reset in resets {
        let (connection, near) = (reset.key.connection, reset.key.sender);
        assert!(cut.insert(connection), "{reset:?}");
        let same = |event: &Event| event.key.connection == connection;
        let opened = of(trace, |event| same(event) && event.kind == Kind::Syn).next().expect("opened");
        assert_eq!(opened.key.sender, near.other());
        for event in of(trace, |event| same(event) && event.kind == Kind::Delivered) {
            let known = if event.key.sender == near { reset.end() } else { reset.start() };
            assert!(event.start() <= known, "{event:?}");
        }
    }
}

fn check(scenario: &Scenario) -> Trace {
    let trace = simulate(scenario);
    assert!(trace.events().len() < 50_000, "{}", trace.events().len());
    no_post_is_repeated(&trace);
    what_is_heard_was_said(&trace);
    what_is_cut_is_silent(&trace);
    trace
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_cut_does_nothing_twice_and_hides_nothing(scenario in scenario()) {
        check(&scenario);
    }
}

/// Two minutes of silence between two messages from the server, a cut every five seconds.
fn quiet(transport: Transport) -> Scenario {
    let network = Network { idle: Some(5_000_000), ..Network::default() };
    let added = [1_000_000, 121_000_000].map(|at| Utterance {
        at,
        from: Speaker::Server,
        text: "Still there?".to_owned(),
    });
    let lanes = vec![transport];
    Scenario { lanes, network, added: added.to_vec(), messages: 0, hold: 120_000_000, ..Scenario::default() }
}

/// A stream and a held question are asked for anew each time: all is heard, at once, and nothing fails.
#[test]
fn what_waits_for_news_is_asked_for_anew() {
    let ways = [(Transport::Sse, "\r\nLast-Event-ID: 1\r\n"), (Transport::Long, "GET /news?after=1 ")];
    for (transport, words) in ways {
        let trace = check(&quiet(transport));
        let heard: Vec<u64> = trace.passages(0).iter().filter_map(|it| it.delivered).collect();
        assert_eq!((heard.len(), failures(&trace)), (2, 0), "{transport:?}");
        assert!(heard[1] < 121_100_000, "{transport:?}: {heard:?}");
        let again = |event: &Event| {
            let raw = event.raw.as_deref().map(String::from_utf8_lossy);
            raw.is_some_and(|raw| event.key.sender == Sender::Client && raw.contains(words))
        };
        let cuts = of(&trace, |event| event.kind == Kind::Reset).count();
        // After each cut one round trip to connect, half of one to ask, and another five seconds.
        assert!((22..=24).contains(&cuts) && of(&trace, again).count() >= 22, "{transport:?}: {cuts}");
    }
}

/// Servers connect again when they have something to say; until then nobody minds the cut.
#[test]
fn a_webhook_connects_again() {
    let trace = check(&quiet(Transport::Webhook));
    let opened: Vec<(Sender, u64)> =
        of(&trace, |event| event.kind == Kind::Syn).map(|event| (event.key.sender, event.start())).collect();
    assert_eq!(opened, [(Sender::Server, 1_000_000), (Sender::Server, 121_000_000)]);
    assert_eq!(trace.passages(0).iter().filter(|it| it.delivered.is_some()).count(), 2);
    let resets: Vec<Sender> =
        of(&trace, |event| event.kind == Kind::Reset).map(|event| event.key.sender).collect();
    assert_eq!((resets, failures(&trace)), (vec![Sender::Client], 0));
}

/// A connection that cannot be opened in time is opened once more, on either side, and then given up.
#[test]
fn what_never_opens_is_given_up() {
    for transport in Transport::ALL {
        let network =
            Network { idle: Some(1_000_000), round_trip: 2_000_000, tls: Tls::V12, ..Network::default() };
        let lanes = vec![transport];
        let trace = check(&Scenario { lanes, network, ..Scenario::default() });
        let opened = of(&trace, |event| event.kind == Kind::Syn).count();
        assert!(failures(&trace) > 0, "{transport:?}");
        assert!(opened <= 12 && trace.events().len() < 120, "{transport:?}: {opened}");
        assert!(trace.passages(0).iter().all(|it| it.delivered.is_none()), "{transport:?}");
    }
}
