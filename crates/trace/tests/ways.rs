//! What a formula says of the ways by which a server may speak, or a client ask many things at once:
//! times of delivery, octets, connections and requests. Without loss, and written out here.

use trace::event::Kind;
use trace::ledger::Account;
use trace::scenario::{Network, Scenario, Speaker, Tls, Transport, Utterance, Workload};
use trace::sim::simulate;
use trace::trace::Trace;
use wire::Sender;

#[path = "common/tls.rs"]
mod tls;

/// Microseconds that so many octets take to leave, headers included.
fn leaves(network: Network, octets: u64) -> u64 {
    (octets * 8_000).div_ceil(u64::from(network.kilobits))
}

/// The same for one unit in segments of its own.
fn unit_leaves(network: Network, octets: u64) -> u64 {
    leaves(network, octets + 40 * octets.div_ceil(1_460).max(1))
}

/// Microseconds that `octets` of one unit take from departure to arrival.
fn passage(network: Network, octets: u64) -> u64 {
    unit_leaves(network, octets + tls::sealing(network.tls, octets)) + network.round_trip / 2
}

/// From SYN to the first request: one round trip, and three segments that take their time; then TLS.
/// The request waits for no answer to the last flight of TLS 1.3.
fn connect(network: Network) -> u64 {
    let tcp = network.round_trip + 2 * leaves(network, 44) + leaves(network, 40);
    let flights = tls::flights(network.tls).iter().enumerate().map(|(n, &octets)| {
        let waits = n < 2 || network.tls == Tls::V12;
        unit_leaves(network, octets) + if waits { network.round_trip / 2 } else { 0 }
    });
    tcp + flights.sum::<u64>()
}

fn networks() -> impl Iterator<Item = Network> {
    let round_trips = [0, 2_000, 40_000, 100_000, 334_000].into_iter();
    let links = round_trips.flat_map(|round_trip| {
        let rates = [56, 1_000, 10_000, 10_000_000].into_iter();
        rates.map(move |kilobits| Network { round_trip, kilobits, ..Network::default() })
    });
    links.flat_map(|link| Tls::ALL.map(|tls| Network { tls, ..link }))
}

fn said(at: u64, from: Speaker, text: &str) -> Utterance {
    Utterance { at, from, text: text.to_owned() }
}

/// A lane on which only what is given is said.
fn lane(transport: Transport, network: Network, added: Vec<Utterance>) -> Scenario {
    Scenario { lanes: vec![transport], network, messages: 0, added, ..Scenario::default() }
}

/// When each of the server's messages reached the visitor.
fn heard(trace: &Trace) -> Vec<u64> {
    let own = trace.passages(0).iter().filter(|it| it.speaker == Sender::Server);
    own.map(|it| it.delivered.expect("delivered")).collect()
}

/// Once the stream is open an event takes half a round trip; what was said before leaves with it.
#[test]
fn an_event_takes_half_a_round_trip() {
    for network in networks() {
        // The request as Chromium sent it, and the answer's head.
        let (ask, head) = (577, 314);
        let open = connect(network) + passage(network, ask);
        for size in [1, 7, 8, 247, 248, 4_000] {
            let times = [0, open, open + 1_000_000, open + 3_000_000];
            let text = "x".repeat(size);
            let script = times.iter().map(|&at| said(at, Speaker::Server, &text)).collect();
            let trace = simulate(&lane(Transport::Sse, network, script));
            // "id: " and a digit, "data: " and the text, three line feeds; before it the size in
            // hexadecimal, CRLF on both sides.
            let data = size as u64 + 14;
            let digits = format!("{data:X}").len() as u64;
            let octets = data + digits + 4;
            let mut free = open + passage(network, head) - network.round_trip / 2;
            let expect: Vec<u64> = times
                .iter()
                .map(|&at| {
                    let arrives = at.max(free) + passage(network, octets);
                    free = arrives - network.round_trip / 2;
                    arrives
                })
                .collect();
            assert_eq!(heard(&trace), expect, "{network:?} {size}");
            let chunks: Vec<_> = trace.lane(0).filter(|it| it.kind == Kind::Chunk).collect();
            assert_eq!(chunks.len(), times.len());
            assert!(chunks.iter().all(|it| it.size() == Some(octets) && it.octets.payload == size as u64));
        }
    }
}

/// Long polling: news that meets a held question leaves at once; what comes while no question is
/// there waits for the next. So it takes half a round trip, or up to one and a half.
#[test]
fn a_held_question_is_answered_at_once() {
    for network in networks() {
        let ask = |heard: usize| 515 + format!("/news?after={heard}").len() as u64 - "/a".len() as u64;
        for gap in [1_000, 49_000, 150_000, 700_000, 2_000_000] {
            let times: Vec<u64> = (0..8).map(|n| 1_000_000 + n * gap).collect();
            let script = times.iter().map(|&at| said(at, Speaker::Server, "news")).collect();
            let trace = simulate(&Scenario { hold: 120_000_000, ..lane(Transport::Long, network, script) });
            let mut held = connect(network) + passage(network, ask(0));
            let mut expect = Vec::new();
            while expect.len() < times.len() {
                let leaves = held.max(times[expect.len()]);
                let news =
                    times[expect.len()..].iter().filter(|&&at| at < leaves || at == times[expect.len()]);
                let news = news.count();
                let content = 5 * news as u64 - 1;
                let head = 312 + content.to_string().len() as u64;
                let arrives = leaves + passage(network, head + content);
                expect.extend(std::iter::repeat_n(arrives, news));
                held = arrives + passage(network, ask(expect.len()));
            }
            assert_eq!(heard(&trace), expect, "{network:?} {gap}");
            let serial = 4 * passage(Network { round_trip: 0, ..network }, 700);
            for (at, heard) in times.iter().zip(expect).filter(|(at, _)| **at >= connect(network) * 2) {
                assert!(heard - at <= network.round_trip * 3 / 2 + serial, "{network:?} {gap}");
            }
        }
    }
}

/// Without news a question is answered when the time is up, and asked again.
#[test]
fn a_held_question_is_given_up() {
    let network = Network { round_trip: 100_000, kilobits: 10_000, ..Network::default() };
    let quiet = lane(Transport::Long, network, vec![said(9_000_000, Speaker::Server, "at last")]);
    let trace = simulate(&Scenario { hold: 2_000_000, ..quiet });
    let answers: Vec<(u16, u64)> = trace
        .lane(0)
        .filter_map(|it| match it.kind {
            Kind::Response { status } => Some((status, it.start())),
            _ => None,
        })
        .collect();
    let ask = |heard: &str| passage(network, 515 + 12 + heard.len() as u64 - 2);
    let mut held = connect(network) + ask("0");
    for &(status, at) in &answers[..4] {
        assert_eq!((status, at), (204, held + 2_000_000));
        held = at + passage(network, 261) + ask("0");
    }
    assert_eq!(answers[4], (200, 9_000_000));
}

/// Six connections answer `count` questions in ceil(count / 6) rounds, one connection in `count`.
#[test]
fn six_connections_take_a_sixth_of_the_rounds() {
    let network = Network { round_trip: 100_000, kilobits: 10_000_000, ..Network::default() };
    for count in [1u32, 5, 6, 7, 12, 13, 36, 60] {
        for (transport, rounds, connections) in [
            (Transport::Six, count.div_ceil(6), count.min(6)),
            (Transport::Persistent, count, 1),
            (Transport::Close, 2 * count - 1, count),
        ] {
            let asks = Scenario { size: Some(10), messages: count, ..lane(transport, network, Vec::new()) };
            let trace = simulate(&Scenario { workload: Workload::Page, ..asks });
            let last = heard(&trace).into_iter().max().expect("heard");
            // One round trip to connect before the first.
            let actual = (last - 400_000 + 50_000) / 100_000;
            assert_eq!(actual, u64::from(1 + rounds), "{transport:?} {count}");
            let account = Account::at(&trace, 0, trace.end());
            assert_eq!((account.connections, account.requests), (connections, count), "{transport:?}");
        }
    }
}

/// The octets that RFC 7692 section 7.2.3 prints, the second with the window of the first.
#[test]
fn compressed_messages_are_those_of_the_rfc() {
    let network = Scenario::default().network;
    let twice = [1_000_000, 2_000_000].map(|at| said(at, Speaker::Server, "Hello"));
    for (binary, first) in [(false, 0xc1), (true, 0xc2)] {
        let scenario = Scenario { binary, ..lane(Transport::Deflate, network, twice.to_vec()) };
        let trace = simulate(&scenario);
        let own = trace.lane(0).filter(|it| !it.carries.is_empty() && it.raw.is_some());
        let frames: Vec<_> = own.map(|it| it.raw.as_deref().expect("octets").to_vec()).collect();
        assert_eq!(frames[0], [first, 0x07, 0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00]);
        assert_eq!(frames[1], [first, 0x05, 0xf2, 0x00, 0x11, 0x00, 0x00]);
        // The third says nothing new to the window; each takes half a round trip.
        assert_eq!(heard(&trace), [1_000_000 + passage(network, 9), 2_000_000 + passage(network, 7)]);
    }
}

/// Each server opens one connection and keeps it; no field line of a browser, and nobody polls.
#[test]
fn a_webhook_has_no_browser() {
    let scenario = Scenario { lanes: vec![Transport::Webhook], cookie: 100, ..Scenario::default() };
    let trace = simulate(&scenario);
    let account = Account::at(&trace, 0, trace.end());
    assert_eq!((account.connections, account.requests, account.delivered), (2, 5, 5));
    for event in trace.lane(0).filter(|it| matches!(it.kind, Kind::Request { .. })) {
        let head = String::from_utf8_lossy(event.raw.as_deref().expect("octets")).to_lowercase();
        for name in ["origin", "user-agent", "sec-", "cookie", "referer", "accept"] {
            assert!(!head.contains(&format!("\r\n{name}")), "{head}");
        }
    }
    // The second message of each side finds its connection open: half a round trip, and one unit.
    let network = scenario.network;
    let passages = trace.passages(0);
    for text in ["Lunch?", "Sure", "Great."] {
        let own = passages.iter().find(|it| &*it.message.text == text).expect("said");
        let head = format!(
            "POST /hook?n=0 HTTP/1.1\r\nHost: 127.0.0.1:9081\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\n\r\n",
            text.len()
        );
        let octets = (head.len() + text.len()) as u64;
        assert_eq!(own.delivered, Some(own.said + passage(network, octets)), "{text}");
    }
}

/// Whichever server opens the connection: the handshakes of TCP and TLS first, then the message.
#[test]
fn either_server_opens_a_connection_alike() {
    for network in networks() {
        let script = [Speaker::You, Speaker::Server].map(|from| {
            let at = if from == Speaker::You { 1_000_000 } else { 9_000_000 };
            said(at, from, "Paid")
        });
        let trace = simulate(&lane(Transport::Webhook, network, script.to_vec()));
        let head = "POST /hook?n=0 HTTP/1.1\r\nHost: 127.0.0.1:9081\r\n\
                    Content-Type: text/plain; charset=utf-8\r\nContent-Length: 4\r\n\r\n";
        let octets = (head.len() + "Paid".len()) as u64;
        for passage_of in trace.passages(0).iter() {
            let took = passage_of.delivered.expect("delivered") - passage_of.said;
            assert_eq!(took, connect(network) + passage(network, octets), "{network:?}");
        }
        let of = |sender: Sender| -> Vec<u64> {
            let own = trace.lane(0).filter(|it| it.key.sender == sender);
            own.map(|it| it.octets.total()).collect()
        };
        let (mut yours, mut bens) = (of(Sender::Client), of(Sender::Server));
        yours.sort_unstable();
        bens.sort_unstable();
        assert_eq!(yours, bens, "{network:?}");
    }
}

/// How many connections and requests a chat of five messages takes.
#[test]
fn the_ledger_counts_each_way() {
    for (transport, connections, requests, frames) in [
        // Questions at 0, 1, 2 and 3 s, and two messages.
        (Transport::Six, 1, 6, 0),
        // One question more than there is news, and two messages, on a connection of their own.
        (Transport::Long, 2, 6, 0),
        (Transport::Sse, 2, 3, 0),
        (Transport::Deflate, 1, 1, 5),
        (Transport::Webhook, 2, 5, 0),
    ] {
        let trace = simulate(&Scenario { lanes: vec![transport], ..Scenario::default() });
        let account = Account::at(&trace, 0, trace.end());
        let actual = (account.connections, account.requests, account.frames, account.delivered);
        assert_eq!(actual, (connections, requests, frames, 5), "{transport:?}");
    }
}
