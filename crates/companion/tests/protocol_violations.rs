//! Each broken rule gets the close code that RFC 6455 has for it.
#![allow(clippy::unwrap_used)]

#[path = "support/client.rs"]
mod client;

use std::net::SocketAddr;

use client::{Client, companion};
use wire::{CloseBody, Frame, Opcode};

async fn check(address: SocketAddr, what: &str, octets: &[u8], expected: u16) {
    let mut client = Client::socket(address, "/ws").await;
    client.send(octets).await;
    let answer = client.unit().await;
    assert_eq!(answer.frame().unwrap().opcode, Opcode::Close, "{what}");
    let code = CloseBody::parse(&answer.content).unwrap().code.unwrap();
    assert_eq!(code.0, expected, "{what}");
    assert!(client.maybe_unit().await.is_none(), "{what}: the connection ends");
}

#[tokio::test]
async fn broken_rules() {
    let running = companion(|config| config.limits.message_size = 1000).await;
    let masked = |frame: Frame| frame.masked([1, 2, 3, 4]).encode();
    let mut fragment = Frame::binary(&[0; 600]);
    fragment.header.fin = false;
    let mut rest = Frame::new(Opcode::Continuation, [0; 600]);
    rest.header.fin = true;
    let rows: [(&str, Vec<u8>, u16); 10] = [
        ("no mask", Frame::text("a").encode(), 1002),
        ("RSV1", vec![0xC1, 0x80, 0, 0, 0, 0], 1002),
        ("reserved opcode", vec![0x83, 0x80, 0, 0, 0, 0], 1002),
        ("continuation of nothing", masked(Frame::new(Opcode::Continuation, [])), 1002),
        ("fragmented ping", vec![0x09, 0x80, 0, 0, 0, 0], 1002),
        ("length not minimal", vec![0x82, 0xFE, 0, 1, 0, 0, 0, 0, 0], 1002),
        ("close code 1005", masked(Frame::new(Opcode::Close, [0x03, 0xED])), 1002),
        ("text not UTF-8", masked(Frame::new(Opcode::Text, [0xFF])), 1007),
        ("frame too big", masked(Frame::binary(&[0; 1001])), 1009),
        ("message too big", [masked(fragment), masked(rest)].concat(), 1009),
    ];
    for (what, octets, expected) in rows {
        check(running.address(), what, &octets, expected).await;
    }
    running.stop().await;
}
