//! HTTP lanes: exact heads, connections as the transport says, and a tap that saw what the client saw.
#![allow(clippy::unwrap_used)]

#[path = "support/client.rs"]
mod client;

use client::{Client, Run, companion, octets, plan, status, text};
use trace::live::Speaker;
use trace::scenario::{Transport, Workload};

/// The head with its date taken out.
fn head(unit: &wire::Unit) -> String {
    let head = String::from_utf8(unit.octets[..unit.head].to_vec()).unwrap();
    let (before, date) = head.split_once("\r\ndate: ").expect("a date");
    let (date, after) = date.split_once("\r\n").unwrap();
    assert_eq!(date.len(), 29, "{date}");
    format!("{before}\r\ndate: *\r\n{after}")
}

#[tokio::test]
async fn heads_are_those_that_the_simulator_predicts() {
    let running = companion(|_| {}).await;
    let lanes = [Transport::Persistent, Transport::Close];
    let run = Run::open(running.address(), &plan(&lanes, Workload::Chat, &[])).await;

    let mut persistent = Client::connect(run.lanes[0]).await;
    let answer = persistent.ask("POST", "/echo?n=1", &[], b"hello").await;
    let expected = "HTTP/1.1 200 OK\r\ncontent-type: text/plain; charset=utf-8\r\ncache-control: no-store\r\n\
                    access-control-allow-origin: http://127.0.0.1:9080\r\ntiming-allow-origin: http://127.0.0.1:9080\r\n\
                    access-control-expose-headers: x-duplex-connection\r\nx-duplex-connection: 0\r\n\
                    content-length: 5\r\ndate: *\r\n\r\n";
    assert_eq!(head(&answer), expected);
    assert_eq!(answer.content, b"hello");
    let answer = persistent.ask("POST", "/say?n=1", &[], b"hello").await;
    let expected = "HTTP/1.1 204 No Content\r\ncache-control: no-store\r\n\
                    access-control-allow-origin: http://127.0.0.1:9080\r\ntiming-allow-origin: http://127.0.0.1:9080\r\n\
                    access-control-expose-headers: x-duplex-connection\r\nx-duplex-connection: 0\r\n\
                    date: *\r\n\r\n";
    assert_eq!(head(&answer), expected);

    let answer = Client::connect(run.lanes[1]).await.ask("POST", "/echo?n=1", &[], b"hello").await;
    let expected = "HTTP/1.1 200 OK\r\ncontent-type: text/plain; charset=utf-8\r\ncache-control: no-store\r\n\
                    access-control-allow-origin: http://127.0.0.1:9080\r\ntiming-allow-origin: http://127.0.0.1:9080\r\n\
                    access-control-expose-headers: x-duplex-connection\r\nx-duplex-connection: 0\r\n\
                    connection: close\r\ncontent-length: 5\r\ndate: *\r\n\r\n";
    assert_eq!(head(&answer), expected);
    let answer = Client::connect(run.lanes[1]).await.ask("GET", "/news?after=0", &[], b"").await;
    let expected = "HTTP/1.1 204 No Content\r\ncache-control: no-store\r\n\
                    access-control-allow-origin: http://127.0.0.1:9080\r\ntiming-allow-origin: http://127.0.0.1:9080\r\n\
                    access-control-expose-headers: x-duplex-connection\r\nx-duplex-connection: 1\r\n\
                    connection: close\r\ndate: *\r\n\r\n";
    assert_eq!(head(&answer), expected);
    running.stop().await;
}

#[tokio::test]
async fn a_persistent_lane_keeps_one_connection_and_the_tap_has_every_octet() {
    let running = companion(|_| {}).await;
    let run = Run::open(running.address(), &plan(&[Transport::Persistent], Workload::Echo, &[])).await;
    let mut client = Client::connect(run.lanes[0]).await;
    for n in 0..5 {
        let message = "x".repeat(n * 20_000 + 1);
        let answer = client.ask("POST", &format!("/echo?n={n}"), &[], message.as_bytes()).await;
        assert_eq!((status(&answer), text(&answer)), (200, message));
    }
    run.end().await;
    client.finish().await;
    let tap = run.tap().await;
    assert_eq!(tap.lanes[0].connections.len(), 1);
    assert_eq!(octets(&tap, 0, 0, Speaker::You), client.sent);
    assert_eq!(octets(&tap, 0, 0, Speaker::Server), client.received);
    assert!(tap.lanes[0].connections[0].server_ended.is_some());
    assert_eq!(tap.lanes[0].connections[0].dropped, 0);
    let times: Vec<u64> = tap.lanes[0].connections[0].chunks.iter().map(|chunk| chunk.at).collect();
    assert!(times.is_sorted(), "{times:?}");
    running.stop().await;
}

#[tokio::test]
async fn a_close_lane_ends_each_connection_after_its_answer() {
    let running = companion(|_| {}).await;
    let run = Run::open(running.address(), &plan(&[Transport::Close], Workload::Echo, &[])).await;
    let mut clients = Vec::new();
    for n in 0..5 {
        let mut client = Client::connect(run.lanes[0]).await;
        client.ask("POST", &format!("/echo?n={n}"), &[], b"hello").await;
        client.finish().await;
        clients.push(client);
    }
    run.end().await;
    let tap = run.tap().await;
    assert_eq!(tap.lanes[0].connections.len(), 5);
    for (n, client) in clients.iter().enumerate() {
        assert_eq!(octets(&tap, 0, n, Speaker::You), client.sent);
        assert_eq!(octets(&tap, 0, n, Speaker::Server), client.received);
        let connection = &tap.lanes[0].connections[n];
        assert!(
            connection.server_ended.unwrap() <= connection.client_ended.unwrap(),
            "the server ends first"
        );
    }
    running.stop().await;
}

#[tokio::test]
async fn a_polling_lane_fetches_echoes_as_news_and_counts_a_repeated_message_once() {
    let running = companion(|_| {}).await;
    let run = Run::open(running.address(), &plan(&[Transport::Polling], Workload::Echo, &[])).await;
    let mut client = Client::connect(run.lanes[0]).await;
    for (n, message) in [(0, "a"), (0, "a"), (1, "b")] {
        let answer = client.ask("POST", &format!("/say?n={n}"), &[], message.as_bytes()).await;
        assert_eq!(status(&answer), 204);
    }
    for (after, expected) in [(0, (200, "a\nb")), (1, (200, "b")), (2, (204, ""))] {
        let answer = client.ask("GET", &format!("/news?after={after}"), &[], b"").await;
        assert_eq!((status(&answer), text(&answer).as_str()), expected, "after {after}");
    }
    let answer = client.ask("POST", "/say?n=2", &[], b"two\nlines").await;
    assert_eq!(status(&answer), 400);
    running.stop().await;
}

#[tokio::test]
async fn what_a_lane_does_not_answer() {
    let running = companion(|_| {}).await;
    let lanes = [Transport::Persistent, Transport::WebSocket];
    let run = Run::open(running.address(), &plan(&lanes, Workload::Chat, &[])).await;
    let rows = [
        (0, "GET", "/ws", 404),
        (0, "GET", "/health", 404),
        (0, "POST", "/news", 405),
        (0, "GET", "/echo", 405),
        (0, "POST", "/echo?n=x", 400),
        (0, "GET", "/news?after=-1", 400),
        (1, "POST", "/echo", 404),
        (1, "GET", "/ws", 426),
    ];
    for (lane, method, target, expected) in rows {
        let answer = client::ask(run.lanes[lane], method, target, b"").await;
        assert_eq!(status(&answer), expected, "{method} {target} on lane {lane}");
        assert!(text(&answer).ends_with(".\n"), "{}", text(&answer));
    }
    running.stop().await;
}
