//! A unit larger than the initial window takes rounds: computed by hand, and drawn as one band.

use trace::event::{Event, Kind};
use trace::ledger::Account;
use trace::scenario::{Network, Scenario, Transport, Workload};
use trace::sim::simulate;
use trace::trace::Trace;

/// An echo of one message whose request fills `segments` of 1,460 octets exactly.
fn echo(network: Network, segments: u64) -> Trace {
    let scenario = |size| Scenario {
        lanes: vec![Transport::Persistent],
        network,
        workload: Workload::Echo,
        messages: 1,
        size: Some(size),
        ..Scenario::default()
    };
    let whole = (segments * 1_460) as u32;
    // The head names the size, so that it grows with it: the second try fits, or the third.
    let head = |size| request(&simulate(&scenario(size))).octets.framing as u32;
    let size = (0..3).fold(whole - head(0), |size, _| whole - head(size));
    let trace = simulate(&scenario(size));
    assert_eq!(request(&trace).octets.on_connection(), u64::from(whole));
    trace
}

fn request(trace: &Trace) -> Event {
    let found = trace.lane(0).find(|event| matches!(event.kind, Kind::Request { .. }));
    (**found.expect("a request")).clone()
}

fn passage(event: &Event) -> u64 {
    let [left, arrived] = [event.times.sent_first, event.times.received_last].map(|it| it.expect("seen").at);
    arrived - left
}

/// 10 Mbit/s and 100 ms: a segment of 1,500 octets takes 1.2 ms to leave. The first acknowledgement of
/// a window of two or more comes 100 ms after its second segment has left, each frees two segments and
/// opens the window by two, and two segments take as long to leave as two acknowledgements are apart.
#[test]
fn rounds_by_hand() {
    for (window, segments, expect) in [
        // All at once: n * 1.2 + 50.
        (10, 1, 51_200),
        (10, 2, 52_400),
        (10, 10, 62_000),
        // A second round from 102.4 on: + 50, + 1.2 for each segment beyond the tenth.
        (10, 11, 153_600),
        (10, 12, 154_800),
        (10, 30, 176_400),
        // A third: its first acknowledgement is for the twelfth segment, which left by 104.8.
        (10, 31, 256_000),
        (10, 32, 257_200),
        (10, 70, 302_800),
        // Two, four, eight.
        (2, 2, 52_400),
        (2, 3, 153_600),
        (2, 6, 157_200),
        (2, 7, 256_000),
        (2, 14, 264_400),
        // One: it leaves by 1.2 and is acknowledged at 101.2, since nothing follows it. Two until 103.6,
        // acknowledged one by one: 2 from 202.4 on, 2 from 204.8 on.
        (1, 1, 51_200),
        (1, 2, 152_400),
        (1, 3, 153_600),
        (1, 4, 253_600),
        (1, 7, 257_200),
        // Wide enough.
        (64, 60, 122_000),
    ] {
        let trace = echo(Network { window, ..Network::default() }, segments);
        assert_eq!(passage(&request(&trace)), expect, "window {window}, {segments} segments");
    }
}

/// On a fast link the rounds are all that counts: windows of 10, 20, 40 segments.
#[test]
fn rounds_on_a_fast_link() {
    for (window, segments, rounds) in [
        (10, 10, 1),
        (10, 11, 2),
        (10, 30, 2),
        (10, 31, 3),
        (10, 70, 3),
        (10, 71, 4),
        (10, 150, 4),
        (10, 151, 5),
        (3, 3, 1),
        (3, 9, 2),
        (3, 10, 3),
        (20, 20, 1),
        (20, 60, 2),
        (20, 61, 3),
    ] {
        let network = Network { kilobits: 10_000_000, window, ..Network::default() };
        let half_trips = passage(&request(&echo(network, segments))) / 50_000;
        assert_eq!(half_trips, 2 * rounds - 1, "window {window}, {segments} segments");
    }
}

/// The window is so many segments, whatever their size.
#[test]
fn a_large_segment_size_needs_fewer() {
    let passages = [536, 1_460, 8_960].map(|mss| {
        let network = Network { kilobits: 10_000_000, mss, window: 4, ..Network::default() };
        let trace = echo(network, 40);
        let tcp_ip = request(&trace).octets.tcp_ip;
        (passage(&request(&trace)) / 50_000, tcp_ip)
    });
    // 58,400 octets: 109 segments in 4, 8, 16, 32, 64; 40 in 4, 8, 16, 32; 7 in 4, 8.
    assert_eq!(passages, [(9, 40 * 109), (7, 40 * 40), (3, 40 * 7)]);
}

/// The window is that of a connection and a direction: it stays open for the next unit, but not for the
/// next connection.
#[test]
fn a_warm_connection_is_faster() {
    let rounds = |transport| {
        let network = Network { kilobits: 10_000_000, ..Network::default() };
        let scenario = Scenario {
            lanes: vec![transport],
            network,
            workload: Workload::Echo,
            messages: 3,
            size: Some(40_000),
            ..Scenario::default()
        };
        let trace = simulate(&scenario);
        let requests = trace.lane(0).filter(|event| matches!(event.kind, Kind::Request { .. }));
        requests.map(|event| passage(event) / 100_000 + 1).collect::<Vec<_>>()
    };
    assert_eq!(rounds(Transport::Persistent), [2, 1, 1]);
    assert_eq!(rounds(Transport::Close), [2, 2, 2]);
}

/// Each round is acknowledged when it is over, and every second segment is: no more, no fewer.
#[test]
fn rounds_are_acknowledged() {
    let trace = echo(Network::default(), 46);
    let acks = trace.lane(0).filter_map(|event| match event.kind {
        Kind::Ack(number) if event.key.sender == wire::Sender::Server => Some((event.start(), number)),
        _ => None,
    });
    let acks: Vec<_> = acks.collect();
    let open = request(&trace).start();
    let at = |micros: u64| open + micros;
    // 10, 20 and 16 segments; one acknowledgement rides on the answer.
    assert_eq!(acks, [(at(62_000), 5), (at(176_400), 10), (acks[2].0, 7)]);
    let account = Account::at(&trace, 0, trace.end());
    let server: u64 = trace
        .lane(0)
        .filter(|event| event.key.sender == wire::Sender::Server)
        .map(|event| event.octets.tcp_ip)
        .sum();
    assert_eq!(account.down.tcp_ip, server);
}
