//! The message from which one transport is cheaper than another, against every run up to it.

use trace::compare::break_even::{Answer, MOST, STEP, break_even};
use trace::compare::ledger::{Part, Parts};
use trace::scenario::{Scenario, Transport, Workload};

use crate::scenes::{alone, network, octets, scenario};

/// Octets of a run of so many messages, counted event by event.
fn total(scenario: &Scenario, transport: Transport, messages: u32, parts: Parts) -> u64 {
    let trace = alone(&Scenario { messages, added: Vec::new(), ..scenario.clone() }, transport);
    octets(&trace, 0, u64::MAX, parts)
}

fn check(scenario: &Scenario, a: Transport, b: Transport, parts: Parts) -> Answer {
    let found = break_even(scenario, a, b, parts);
    let context = format!("{:?} {a:?} {b:?} {parts:?}: {found:?}", scenario.workload);
    for (transport, cost) in [(a, found.cost_a), (b, found.cost_b)] {
        let [once, twice] = [STEP, 2 * STEP].map(|n| total(scenario, transport, n, parts) as i64);
        assert_eq!(cost.setup + cost.growth, once, "{context}");
        assert_eq!(cost.setup + 2 * cost.growth, twice, "{context}");
    }
    let cheaper = |n: u32| total(scenario, b, n, parts) < total(scenario, a, n, parts);
    // n - 1, n, n + 1 and some way on: the order turns at n, and there only.
    let expect: &dyn Fn(u32) -> bool = match found.answer {
        Answer::Always => &|_| true,
        Answer::Never => &|_| false,
        Answer::Varies => {
            // It turns, and turns back.
            let turns = (1..MOST).filter(|&m| cheaper(m) != cheaper(m + 1));
            assert_eq!(turns.take(2).count(), 2, "{context}");
            return found.answer;
        }
        Answer::From(n) => &move |m| m >= n,
        Answer::UpTo(n) => &move |m| m <= n,
    };
    let turn = match found.answer {
        Answer::From(n) | Answer::UpTo(n) if found.shown => n,
        _ => 1,
    };
    let near = turn.saturating_sub(2).max(1)..=turn + 2;
    for m in near.chain(1..=12).chain([25]) {
        assert_eq!(cheaper(m), expect(m), "with {m} messages; {context}");
    }
    found.answer
}

#[test]
fn the_order_turns_where_it_says() {
    let ends = [Transport::Persistent, Transport::WebSocket];
    let mut found = Vec::new();
    for (a, b) in ends.into_iter().flat_map(|a| Transport::ALL.map(|b| (a, b))).filter(|(a, b)| a != b) {
        for (a, b) in [(a, b), (b, a)] {
            found.push(check(&scenario(Workload::Echo, 5), a, b, Parts::only(&[Part::TcpIp])));
            found.push(check(&scenario(Workload::Echo, 5), a, b, Parts::ALL));
            found.push(check(&scenario(Workload::Chat, 5), a, b, Parts::on_connection()));
        }
    }
    let is = |wanted: fn(&Answer) -> bool| found.iter().any(wanted);
    assert!(is(|it| *it == Answer::Always) && is(|it| *it == Answer::Never));
    assert!(is(|it| matches!(it, Answer::From(2..))) && is(|it| matches!(it, Answer::UpTo(_))));
}

#[test]
fn and_on_other_networks_and_sizes() {
    for size in [1, 2_000] {
        for poll in [200_000, 5_000_000] {
            let scenario = Scenario {
                size: Some(size),
                poll,
                network: network(20, 1_000),
                ..scenario(Workload::Echo, 5)
            };
            check(&scenario, Transport::Persistent, Transport::WebSocket, Parts::ALL);
            check(&scenario, Transport::WebSocket, Transport::Persistent, Parts::ALL);
            check(&scenario, Transport::Close, Transport::Persistent, Parts::ALL);
            check(&scenario, Transport::Polling, Transport::WebSocket, Parts::ALL);
        }
    }
}

/// By hand: a persistent echo of 16 octets costs 579 + 16 up and 314 + 16 down; a WebSocket costs its
/// opening and closing handshakes, and then 22 and 18.
#[test]
fn the_inputs_are_those_of_the_formula() {
    let found = break_even(
        &scenario(Workload::Echo, 3),
        Transport::Persistent,
        Transport::WebSocket,
        Parts::on_connection(),
    );
    let post = 567 - "/j".len() - 1 - "application/json".len()
        + "/echo?n=0".len()
        + 2
        + "text/plain;charset=UTF-8".len();
    let answer = 314;
    let upgrade = 518 - "/basic".len() - "Cookie: sess=abc\r\n".len() + "/ws".len();
    let switching = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
        .len()
        + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\ndate: Thu, 01 Jan 1970 00:00:00 GMT\r\n"
            .len();
    let closing = 8 + 4;
    assert_eq!((found.cost_a.setup, found.cost_a.growth), (0, 5 * (post + answer + 32) as i64));
    assert_eq!(found.cost_b.setup, (upgrade + switching + closing) as i64);
    assert_eq!(found.cost_b.growth, 5 * (16 + 6 + 16 + 2));
    // The set-up is less than what one message saves.
    assert!(found.cost_b.setup < (post + answer + 32 - 40) as i64);
    assert_eq!(found.answer, Answer::Always);
}

#[test]
fn it_is_told_in_words() {
    let told = |a, b, workload, parts| break_even(&scenario(workload, 5), a, b, parts).sentence();
    let say = |a, b, workload| told(a, b, workload, Parts::on_connection());
    let sentences = [
        say(Transport::Persistent, Transport::WebSocket, Workload::Echo),
        say(Transport::WebSocket, Transport::Persistent, Workload::Echo),
        say(Transport::Persistent, Transport::Close, Workload::Echo),
        say(Transport::Close, Transport::Persistent, Workload::Echo),
        say(Transport::Persistent, Transport::WebSocket, Workload::Chat),
        told(Transport::Close, Transport::WebSocket, Workload::Echo, Parts::only(&[Part::TcpIp])),
        told(Transport::WebSocket, Transport::Close, Workload::Echo, Parts::only(&[Part::TcpIp])),
    ];
    crate::common::golden("compare-break-even.txt", &(sentences.join("\n") + "\n"));
}
