//! A link that loses segments: what is sent again and when, and what it costs on average.

mod common;

use trace::event::{Event, Kind};
use trace::scenario::{Network, Scenario, Speaker, Transport, Utterance, Workload};
use trace::sim::simulate;
use trace::trace::Trace;
use wire::Sender;

fn lossy(transport: Transport, workload: Workload, loss: u32, seed: u64) -> Scenario {
    let network = Network { loss, ..Network::default() };
    Scenario { lanes: vec![transport], network, workload, seed, ..Scenario::default() }
}

#[test]
fn fixed_seeds_fall_as_they_fell() {
    let check = |name: &str, scenario: &Scenario| common::golden(name, &common::table(&simulate(scenario)));
    check("loss-chat-websocket.txt", &lossy(Transport::WebSocket, Workload::Chat, 1_000, 21));
    check("loss-chat-persistent.txt", &lossy(Transport::Persistent, Workload::Chat, 500, 21));
    let large = |transport, seed| Scenario {
        messages: 1,
        size: Some(65_536),
        ..lossy(transport, Workload::Echo, 300, seed)
    };
    check("loss-large-persistent.txt", &large(Transport::Persistent, 1));
    check("loss-large-websocket.txt", &large(Transport::WebSocket, 3));
}

fn is_lost(event: &Event) -> bool {
    matches!(event.kind, Kind::Lost { .. })
}

/// One frame of one segment on an open connection, and what its lane lost before it.
fn one_frame(loss: u32, seed: u64) -> Option<(u64, u64)> {
    let text = "Hi".to_owned();
    let scenario = Scenario {
        messages: 0,
        // Nothing else is sent for a minute.
        poll: 60_000_000,
        added: vec![Utterance { at: 1_000_000, from: Speaker::You, text }],
        ..lossy(Transport::WebSocket, Workload::Chat, loss, seed)
    };
    let trace = simulate(&scenario);
    let sound = trace.lane(0).filter(|event| event.start() < 1_000_000).all(|event| !is_lost(event));
    let passage = trace.passages(0).first().cloned()?;
    let lost = trace.lane(0).filter(|event| event.key.sender == Sender::Client && is_lost(event));
    let until = passage.delivered?;
    let lost = lost.filter(|event| event.start() < until).count() as u64;
    sound.then(|| (until - passage.said, lost))
}

/// With a round trip of 100 ms the time-out is a second, the least that RFC 6298 allows, and doubles: a
/// segment that is lost k times with probability p^k (1 - p) takes 2^k - 1 seconds longer and leaves k
/// times more. The sum over k is p / (1 - 2 p) and p / (1 - p), its square's p (1 + 2 p) / ((1 - 2 p)(1 - 4 p)).
#[test]
fn a_single_segment_waits_as_long_as_expected() {
    // 2 + 4 + 2 octets of frame and 40 of headers at 10 Mbit/s.
    let (leaves, one_way) = (39.0, 50_000.0);
    for (loss, seeds) in [(100, 2_000), (500, 2_000), (1_000, 3_000)] {
        let p = f64::from(loss) / 10_000.0;
        let mean = p / (1.0 - 2.0 * p) * 1_000_000.0 + p / (1.0 - p) * leaves + leaves + one_way;
        let square = p * (1.0 + 2.0 * p) / ((1.0 - 2.0 * p) * (1.0 - 4.0 * p));
        let deviation = (square - (p / (1.0 - 2.0 * p)).powi(2)).sqrt() * 1_000_000.0;
        let found: Vec<(u64, u64)> = (0..seeds).filter_map(|seed| one_frame(loss, seed)).collect();
        assert!(found.len() > 1_000, "{loss}");
        for &(took, lost) in &found {
            let expect = 50_039 + ((1 << lost) - 1) * 1_000_000 + 39 * lost;
            assert_eq!(took, expect, "lost {lost} times");
        }
        let actual = found.iter().map(|&(took, _)| took as f64).sum::<f64>() / found.len() as f64;
        let error = deviation / (found.len() as f64).sqrt();
        assert!((actual - mean).abs() <= 4.0 * error, "{loss}: {actual}, not {mean} ± {error}");
    }
}

/// Of all segments that cross, about so many are lost as the scenario says.
#[test]
fn as_many_are_lost_as_were_asked_for() {
    for loss in [1, 100, 500, 2_000] {
        let (mut sent, mut lost) = (0u64, 0u64);
        for seed in 0..20 {
            let size = Some(65_536);
            let trace =
                simulate(&Scenario { size, ..lossy(Transport::WebSocket, Workload::Echo, loss, seed) });
            let of = |event: &Event| match event.kind {
                Kind::Retransmission => 1,
                // Its third segment is an acknowledgement.
                Kind::Ack(_) | Kind::Established => 0,
                _ => event.octets.tcp_ip / 40,
            };
            sent += trace.lane(0).map(|event| of(event)).sum::<u64>();
            lost += trace.lane(0).filter(|event| is_lost(event)).count() as u64;
        }
        let p = f64::from(loss) / 10_000.0;
        let (mean, deviation) = (p * sent as f64, (p * (1.0 - p) * sent as f64).sqrt());
        assert!((lost as f64 - mean).abs() <= 4.0 * deviation, "{loss}: {lost} of {sent}");
    }
}

/// What was sent before the loss and what arrives after it: the first lost segment, its repetition.
fn first_loss(trace: &Trace) -> Option<(Event, Event)> {
    let lost = trace.lane(0).find(|event| is_lost(event))?;
    let again = trace.lane(0).find(|event| {
        event.kind == Kind::Retransmission
            && event.start() > lost.start()
            && event.key.sender == lost.key.sender
    })?;
    Some(((**lost).clone(), (**again).clone()))
}

/// In the middle of a flight three later arrivals tell of a loss, a round trip and some segments later;
/// at its end nothing does, and a second passes.
#[test]
fn a_loss_is_noticed_by_what_follows() {
    let (mut fast, mut slow) = (0, 0);
    for seed in 0..200 {
        let scenario = Scenario {
            messages: 1,
            size: Some(65_536),
            ..lossy(Transport::Persistent, Workload::Echo, 30, seed)
        };
        let trace = simulate(&scenario);
        let Some((lost, again)) = first_loss(&trace) else { continue };
        let waited = again.start() - lost.times.sent();
        // Three segments of 1.2 ms, and what is already waiting for the link.
        match waited {
            100_000..=200_000 => fast += 1,
            1_000_000.. => slow += 1,
            other => panic!("seed {seed}: {other}"),
        }
    }
    assert!(fast > 3 * slow && slow > 0, "{fast} at once, {slow} after a time-out");
}

/// What comes behind a lost segment has arrived, but waits: heads of line block (RFC 9293 section 3.4).
#[test]
fn what_follows_a_loss_waits_for_it() {
    let said: Vec<Utterance> = (0..6)
        .map(|n| Utterance { at: 1_000_000 + n * 10_000, from: Speaker::You, text: format!("line {n}") })
        .collect();
    let blocked = (0..100).filter(|&seed| {
        let scenario = Scenario {
            messages: 0,
            added: said.clone(),
            ..lossy(Transport::WebSocket, Workload::Chat, 300, seed)
        };
        let trace = simulate(&scenario);
        let delivered: Vec<u64> = trace.passages(0).iter().filter_map(|it| it.delivered).collect();
        assert!(delivered.len() == 6 && delivered.is_sorted(), "seed {seed}");
        let frames: Vec<&Event> = trace
            .lane(0)
            .map(|event| &**event)
            .filter(|event| matches!(event.kind, Kind::Frame { .. }) && !event.carries.is_empty())
            .collect();
        let waits = |(frame, heard): (&&Event, &u64)| frame.end() < *heard;
        frames.iter().zip(&delivered).any(waits)
    });
    assert!(blocked.count() > 5);
}
