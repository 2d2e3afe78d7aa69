//! A lane without a page: two servers call each other, both ends are tapped, and what they say is what the
//! simulator predicts, octet for octet.
#![allow(clippy::unwrap_used)]

#[path = "support/client.rs"]
mod client;
#[path = "support/replay.rs"]
mod replay;

use client::{Run, ask, companion, octets, plan, status};
use replay::play;
use trace::event::{Event, Kind};
use trace::live::Speaker;
use trace::record::{Alignment, LaneLog, recorded};
use trace::scenario::{Network, Scenario, Transport, Utterance, Workload};
use trace::sim::simulate;
use trace::trace::Trace;
use wire::Sender;

/// Octets of both ends with the date and the port of the other server made equal.
fn plain(octets: &[u8]) -> String {
    let line = |line: &str| match line.split_once(": ") {
        Some((name, _)) if name.eq_ignore_ascii_case("date") => "date: *\r\n".to_owned(),
        Some((name, _)) if name.eq_ignore_ascii_case("host") => "host: *\r\n".to_owned(),
        _ => line.to_owned(),
    };
    String::from_utf8_lossy(octets).split_inclusive("\r\n").map(line).collect()
}

fn sent(trace: &Trace, connection: u16, sender: Sender) -> Vec<u8> {
    let own = |event: &&Event| event.key.connection == connection && event.key.sender == sender;
    let events = trace.lane(0).map(|event| &**event);
    events.filter(own).filter_map(|event| event.raw.as_deref()).flatten().copied().collect()
}

async fn check(scenario: &Scenario) {
    let what = format!("{:?} binary {}", scenario.workload, scenario.binary);
    let tap = play(scenario).await;
    let predicted = simulate(scenario);
    let opened = predicted.lane(0).filter(|event| event.kind == Kind::Syn).map(|event| event.key);
    let opened: Vec<_> = opened.collect();
    assert_eq!(tap.lanes[0].connections.len(), opened.len(), "{what}");
    for (connection, key) in tap.lanes[0].connections.iter().zip(opened) {
        assert_eq!(connection.opened_by.sender(), key.sender, "{what}");
        assert!(connection.client_ended.is_some() && connection.server_ended.is_some(), "{what}");
        for speaker in [Speaker::You, Speaker::Server] {
            let own = connection.far.iter().filter(|chunk| chunk.from == speaker);
            let far: Vec<u8> = own.flat_map(|chunk| chunk.octets.clone()).collect();
            let near = octets(&tap, 0, usize::from(key.connection), speaker);
            assert_eq!(near, far, "{what}: both ends saw the same");
            let expected = sent(&predicted, key.connection, speaker.sender());
            assert_eq!(plain(&near), plain(&expected), "{what}");
        }
    }
    // As a trace it is the same conversation, and every unit has all four times.
    let zero = tap.lanes[0].zero.unwrap();
    let log = LaneLog {
        lane: 0,
        transport: Transport::Webhook,
        zero,
        requests: Vec::new(),
        socket: None,
        left: None,
        failed: None,
    };
    let lanes = scenario.lanes.clone();
    let about = trace::record::Plan { run: 1, workload: scenario.workload, script: scenario.script(), lanes };
    let trace = recorded(&about, &[log], Some((&tap, Alignment { offset: 0, error: 0 })));
    let ids = |trace: &Trace| -> Vec<(u32, bool)> {
        let mut ids: Vec<_> =
            trace.passages(0).iter().map(|it| (it.message.id, it.delivered.is_some())).collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!(ids(&trace), ids(&predicted), "{what}");
    for event in trace.lane(0).filter(|event| event.raw.is_some()) {
        let times = event.times;
        let [left, arrived] = [times.sent_first, times.received_last].map(|stamp| stamp.unwrap().at);
        assert!(arrived >= left + scenario.network.round_trip / 2, "{what}: {event:?}");
    }
}

#[tokio::test]
async fn two_servers_say_what_is_predicted() {
    let network = Network { round_trip: 20_000, think: 5_000, ..Network::default() };
    for binary in [false, true] {
        for (workload, messages) in
            [(Workload::Echo, 3), (Workload::Reads, 3), (Workload::Page, 4), (Workload::Download, 2)]
        {
            let (lanes, rate) = (vec![Transport::Webhook], Some(50));
            check(&Scenario { lanes, workload, messages, network, binary, rate, ..Scenario::default() })
                .await;
        }
        let said = |at, from, text: &str| Utterance { at, from, text: text.to_owned() };
        let added = vec![
            said(0, Speaker::You, "Hi Ben"),
            said(200_000, Speaker::Server, "Hello!"),
            said(200_000, Speaker::Server, "Lunch?"),
        ];
        let lanes = vec![Transport::Webhook];
        check(&Scenario { lanes, messages: 0, added, network, binary, ..Scenario::default() }).await;
    }
}

#[tokio::test]
async fn a_lane_is_played_once_and_no_other_lane_is() {
    let running = companion(|_| {}).await;
    let lanes = [Transport::Webhook, Transport::WebSocket];
    let run = Run::open(running.address(), &plan(&lanes, Workload::Chat, &[(0, "Hello!")])).await;
    for (lane, expected) in [("0", 204), ("0", 409), ("1", 409), ("9", 409), ("x", 409)] {
        let played = ask(run.front, "POST", &format!("/runs/{}/play/{lane}", run.number), b"").await;
        assert_eq!(status(&played), expected, "lane {lane}");
    }
    for (method, target, expected) in
        [("GET", "/news", 404), ("GET", "/hook", 405), ("POST", "/hook?n=x", 400), ("POST", "/say", 404)]
    {
        assert_eq!(status(&ask(run.lanes[0], method, target, b"").await), expected, "{method} {target}");
    }
    running.stop().await;
}

/// The run ends while both servers wait for something to say.
#[tokio::test]
async fn a_run_that_ends_ends_its_play() {
    let running = companion(|_| {}).await;
    let script = [(0, "Hello!"), (3_600_000_000, "Good night.")];
    let run = Run::open(running.address(), &plan(&[Transport::Webhook], Workload::Chat, &script)).await;
    let (front, number) = (run.front, run.number);
    let played =
        tokio::spawn(
            async move { status(&ask(front, "POST", &format!("/runs/{number}/play/0"), b"").await) },
        );
    // The first line is said only once the lane is played.
    while run.tap().await.lanes[0].connections.is_empty() {
        tokio::task::yield_now().await;
    }
    run.end().await;
    assert_eq!(played.await.unwrap(), 204);
    running.stop().await;
}
