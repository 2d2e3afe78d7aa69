//! Secrets stay in the companion; their length does not.
#![allow(clippy::unwrap_used)]

#[path = "support/client.rs"]
mod client;

use client::{Client, Run, companion, octets, plan, text};
use trace::live::Speaker;
use trace::scenario::{Transport, Workload};
use wire::Frame;

#[tokio::test]
async fn cookies_and_credentials_become_asterisks_wherever_reads_divide_them() {
    let running = companion(|_| {}).await;
    let run = Run::open(running.address(), &plan(&[Transport::Persistent], Workload::Echo, &[])).await;
    let mut client = Client::connect(run.lanes[0]).await;
    let request = "POST /echo HTTP/1.1\r\nHost: localhost\r\ncookie: session=secret1; id=secret2\r\n\
                   Authorization: Basic secret3\r\nContent-Length: 14\r\n\r\ncookie: public";
    for piece in request.as_bytes().chunks(7) {
        client.send(piece).await;
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    assert_eq!(text(&client.unit().await), "cookie: public");
    let tap = run.tap().await;
    let seen = String::from_utf8(octets(&tap, 0, 0, Speaker::You)).unwrap();
    let expected = request
        .replace("session=secret1; id=secret2", "***************************")
        .replace("Basic secret3", "*************");
    assert_eq!(seen, expected);
    assert!(tap.lanes[0].connections[0].chunks.len() > 5, "the request came in many reads");
    running.stop().await;
}

#[tokio::test]
async fn a_handshake_is_redacted_and_its_frames_are_not() {
    let running = companion(|_| {}).await;
    let run = Run::open(running.address(), &plan(&[Transport::WebSocket], Workload::Echo, &[])).await;
    let address = run.lanes[0];
    let mut client = Client::connect(address).await;
    let key = wire::handshake::key_from([7; 16]);
    let request = wire::handshake::open(&address.to_string(), "/ws", &key).with("Cookie", "secret");
    client.send(&request.encode().unwrap()).await;
    client.unit().await;
    client.reader.upgrade();
    client.frame(Frame::text("\r\ncookie: public\r\n\r\n").masked([0; 4])).await;
    client.unit().await;
    let tap = run.tap().await;
    let seen = octets(&tap, 0, 0, Speaker::You);
    let sent = String::from_utf8_lossy(&client.sent).replace("Cookie: secret", "Cookie: ******");
    assert_eq!(String::from_utf8_lossy(&seen), sent);
    assert_eq!(octets(&tap, 0, 0, Speaker::Server), client.received);
    running.stop().await;
}
