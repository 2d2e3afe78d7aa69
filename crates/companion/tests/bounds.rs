//! What is bounded without an answer: the tap, and a client that does not read.
#![allow(clippy::unwrap_used)]

#[path = "support/client.rs"]
mod client;

use std::time::Duration;

use client::{Client, Run, companion, health, octets, plan};
use trace::live::Speaker;
use trace::scenario::{Transport, Workload};
use wire::Frame;

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
    let health = health(running.address()).await;
    assert_eq!(health["connections"]["open"], 1, "{health}");
    running.stop().await;
}
