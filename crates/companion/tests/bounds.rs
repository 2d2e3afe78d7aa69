//! Nobody can take more than their share: silence, size and number all have an end.
#![allow(clippy::unwrap_used)]

#[path = "support/client.rs"]
mod client;

use std::time::{Duration, Instant};

use client::{Client, Run, ask, companion, octets, plan, status};
use trace::live::Speaker;
use trace::scenario::{Transport, Workload};
use wire::{CloseBody, Frame};

#[tokio::test]
async fn a_silent_client_is_let_go() {
    let running = companion(|config| config.limits.head = Duration::from_millis(100)).await;
    for begun in ["", "GET / HTTP/1.1\r\nHo"] {
        let start = Instant::now();
        let mut client = Client::connect(running.address()).await;
        client.send(begun.as_bytes()).await;
        client.finish().await;
        assert!(start.elapsed() >= Duration::from_millis(100), "{begun:?}");
    }
    running.stop().await;
}

#[tokio::test]
async fn content_that_does_not_come_is_not_waited_for() {
    let running = companion(|config| config.limits.content = Duration::from_millis(100)).await;
    let mut client = Client::connect(running.address()).await;
    client.send(b"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhe").await;
    assert_eq!(status(&client.unit().await), 408);
    running.stop().await;
}

#[tokio::test]
async fn a_silent_web_socket_is_closed() {
    let running = companion(|config| config.limits.idle = Duration::from_millis(100)).await;
    let mut client = Client::socket(running.address(), "/ws").await;
    let answer = client.unit().await;
    assert_eq!(CloseBody::parse(&answer.content).unwrap().code.unwrap().0, 1001);
    running.stop().await;
}

#[tokio::test]
async fn heads_and_contents_have_a_largest_size() {
    let running = companion(|_| {}).await;
    let long = "x".repeat(100_000);
    let rows = [
        (format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {long}\r\n\r\n"), 431),
        (format!("GET /{long} HTTP/1.1\r\nHost: localhost\r\n\r\n"), 431),
        (format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X: y\r\n".repeat(200)), 431),
        ("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n".to_owned(), 413),
        ("nonsense\r\n\r\n".to_owned(), 400),
    ];
    for (request, expected) in rows {
        let mut client = Client::connect(running.address()).await;
        client.send(request.as_bytes()).await;
        let beginning: String = request.chars().take(40).collect();
        assert_eq!(status(&client.unit().await), expected, "{beginning}");
    }
    running.stop().await;
}

#[tokio::test]
async fn a_tap_that_is_full_counts_what_it_drops() {
    let running = companion(|config| config.limits.tap_connection = 2000).await;
    let run = Run::open(running.address(), &plan(&[Transport::Persistent], Workload::Echo, &[])).await;
    let mut client = Client::connect(run.lanes[0]).await;
    for n in 0..4 {
        client.ask("POST", &format!("/echo?n={n}"), &[], &[b'x'; 500]).await;
    }
    let tap = run.tap().await;
    let connection = &tap.lanes[0].connections[0];
    let (from_client, from_server) = (octets(&tap, 0, 0, Speaker::You), octets(&tap, 0, 0, Speaker::Server));
    assert!(client.sent.starts_with(&from_client));
    assert!(client.received.starts_with(&from_server));
    let all = client.sent.len() + client.received.len();
    assert_eq!(connection.dropped as usize, all - from_client.len() - from_server.len());
    assert!(connection.dropped > 0 && !from_client.is_empty());
    running.stop().await;
}

#[tokio::test]
async fn connections_beyond_the_limit_wait_for_their_turn() {
    let running = companion(|config| config.limits.connections = 2).await;
    let first = Client::socket(running.address(), "/ws").await;
    let _second = Client::socket(running.address(), "/ws").await;
    let mut third = Client::connect(running.address()).await;
    let waiting = tokio::spawn(async move { status(&third.ask("GET", "/health", &[], b"").await) });
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(!waiting.is_finished());
    drop(first);
    assert_eq!(waiting.await.unwrap(), 200);
    running.stop().await;
}

#[tokio::test]
async fn a_lane_turns_connections_away_once_it_had_enough() {
    let running = companion(|config| config.limits.lane_connections = 1).await;
    let run = Run::open(running.address(), &plan(&[Transport::Close], Workload::Echo, &[])).await;
    assert_eq!(status(&ask(run.lanes[0], "POST", "/echo", b"x").await), 200);
    let mut client = Client::connect(run.lanes[0]).await;
    assert!(client.maybe_unit().await.is_none());
    assert_eq!(run.tap().await.lanes[0].connections.len(), 1);
    running.stop().await;
}

#[tokio::test]
async fn a_client_that_does_not_read_does_not_hold_the_server() {
    let running = companion(|config| {
        config.limits.idle = Duration::from_millis(200);
        config.limits.content = Duration::from_millis(200);
        config.limits.connections = 1;
    })
    .await;
    let mut client = Client::socket(running.address(), "/ws").await;
    let frame = Frame::binary(&[0; 1_000_000]).masked([1, 2, 3, 4]).encode();
    // Sooner or later the echo of all this fits nowhere any more, and the server lets go.
    for _ in 0..50 {
        if tokio::io::AsyncWriteExt::write_all(&mut client.stream, &frame).await.is_err() {
            break;
        }
    }
    assert_eq!(status(&ask(running.address(), "GET", "/health", b"").await), 200);
    running.stop().await;
}
