//! A WebSocket lane: the conversation over frames, the order in which it ends, and the tap of it.
#![allow(clippy::unwrap_used)]

#[path = "support/client.rs"]
mod client;

use client::{Client, Run, companion, octets, plan, text};
use trace::live::Speaker;
use trace::scenario::{Transport, Workload};
use wire::{CloseBody, CloseCode, Frame, Opcode, Unit};

fn opcode(unit: &Unit) -> Opcode {
    unit.frame().unwrap().opcode
}

fn code(unit: &Unit) -> Option<u16> {
    assert_eq!(opcode(unit), Opcode::Close);
    CloseBody::parse(&unit.content).unwrap().code.map(|code| code.0)
}

#[tokio::test]
async fn the_head_of_the_upgrade_is_what_the_simulator_predicts() {
    let running = companion(|_| {}).await;
    let run = Run::open(running.address(), &plan(&[Transport::WebSocket], Workload::Echo, &[])).await;
    let client = Client::socket(run.lanes[0], "/ws").await;
    let head = String::from_utf8(client.received.clone()).unwrap();
    let accept = wire::handshake::accept_value(&wire::handshake::key_from([7; 16]));
    let (before, date) = head.split_once("\r\ndate: ").unwrap();
    let expected = format!(
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: {accept}"
    );
    assert_eq!(before, expected);
    assert_eq!(date.len(), 29 + 4);
    running.stop().await;
}

#[tokio::test]
async fn an_echo_comes_back_and_the_server_ends_tcp_first() {
    let running = companion(|_| {}).await;
    let run = Run::open(running.address(), &plan(&[Transport::WebSocket], Workload::Echo, &[])).await;
    let mut client = Client::socket(run.lanes[0], "/ws").await;
    for size in [0, 1, 125, 126, 65_535, 65_536, 300_000] {
        client.frame(Frame::binary(&vec![7; size])).await;
        let answer = client.unit().await;
        assert_eq!((opcode(&answer), answer.content.len()), (Opcode::Binary, size));
    }
    client.frame(Frame::text("grüß dich")).await;
    assert_eq!(text(&client.unit().await), "grüß dich");

    let [mut first, mut middle, mut last] = ["a", "b", "c"].map(Frame::text);
    (first.header.fin, middle.header.fin) = (false, false);
    (middle.header.opcode, last.header.opcode) = (Opcode::Continuation, Opcode::Continuation);
    for frame in [first, Frame::ping(b"in between").unwrap(), middle, last] {
        client.frame(frame).await;
    }
    let (pong, whole) = (client.unit().await, client.unit().await);
    assert_eq!((opcode(&pong), text(&pong).as_str()), (Opcode::Pong, "in between"));
    assert_eq!(
        (opcode(&whole), text(&whole).as_str(), whole.frame().unwrap().fin),
        (Opcode::Text, "abc", true)
    );

    client.frame(Frame::close(Some(CloseCode(3000)), "bye").unwrap()).await;
    assert_eq!(code(&client.unit().await), Some(3000));
    assert!(client.maybe_unit().await.is_none(), "the server ends its direction while the client's is open");
    client.finish().await;
    run.end().await;
    let tap = run.tap().await;
    assert_eq!(octets(&tap, 0, 0, Speaker::You), client.sent);
    assert_eq!(octets(&tap, 0, 0, Speaker::Server), client.received);
    let connection = &tap.lanes[0].connections[0];
    assert!(connection.server_ended.unwrap() <= connection.client_ended.unwrap());
    running.stop().await;
}

#[tokio::test]
async fn an_empty_close_is_answered_by_an_empty_close() {
    let running = companion(|_| {}).await;
    let mut client = Client::socket(running.address(), "/ws").await;
    client.frame(Frame::close(None, "").unwrap()).await;
    let answer = client.unit().await;
    assert_eq!((code(&answer), answer.octets.as_slice()), (None, &[0x88, 0][..]));
    running.stop().await;
}

#[tokio::test]
async fn in_a_chat_the_server_speaks_unasked_and_does_not_answer() {
    let running = companion(|_| {}).await;
    let script = [(0, "Hello!"), (30_000, "Lunch?")];
    let run = Run::open(running.address(), &plan(&[Transport::WebSocket], Workload::Chat, &script)).await;
    let mut client = Client::socket(run.lanes[0], "/ws").await;
    client.frame(Frame::text("Hi Ben")).await;
    assert_eq!(text(&client.unit().await), "Hello!");
    assert_eq!(text(&client.unit().await), "Lunch?");
    client.frame(Frame::close(Some(CloseCode::NORMAL), "").unwrap()).await;
    assert_eq!(code(&client.unit().await), Some(1000));
    client.finish().await;
    let connection = &run.tap().await.lanes[0].connections[0];
    let said = |text: &str| {
        let mut from_server = connection.chunks.iter().filter(|chunk| chunk.from == Speaker::Server);
        from_server.find(|chunk| chunk.octets.ends_with(text.as_bytes())).unwrap().at
    };
    assert!(said("Lunch?") >= connection.accepted + 30_000);
    assert!(said("Hello!") < said("Lunch?"));
    running.stop().await;
}

#[tokio::test]
async fn frames_that_come_together_with_the_handshake_are_not_lost() {
    let running = companion(|_| {}).await;
    let address = running.address();
    let mut client = Client::connect(address).await;
    let key = wire::handshake::key_from([7; 16]);
    let request = wire::handshake::open(&address.to_string(), "/ws", &key).encode().unwrap();
    client.send(&[request, Frame::text("early").masked([9; 4]).encode()].concat()).await;
    client.unit().await;
    client.reader.upgrade();
    assert_eq!(text(&client.unit().await), "early");
    running.stop().await;
}
