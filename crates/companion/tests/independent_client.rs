//! A WebSocket client that others wrote gets on with the companion.
#![allow(clippy::unwrap_used)]

#[path = "support/client.rs"]
mod client;

use std::net::SocketAddr;

use client::{Run, companion, plan};
use trace::scenario::{Transport, Workload};
use tungstenite::protocol::frame::coding::CloseCode;
use tungstenite::protocol::{CloseFrame, Message};

fn check(address: SocketAddr) {
    let (mut socket, answer) = tungstenite::connect(format!("ws://{address}/ws")).unwrap();
    assert_eq!(answer.status(), 101);
    for message in [Message::text("hello"), Message::binary(vec![1; 70_000]), Message::text("")] {
        socket.send(message.clone()).unwrap();
        assert_eq!(socket.read().unwrap(), message);
    }
    socket.send(Message::Ping(vec![1, 2].into())).unwrap();
    assert_eq!(socket.read().unwrap(), Message::Pong(vec![1, 2].into()));
    let close = CloseFrame { code: CloseCode::Normal, reason: "done".into() };
    socket.close(Some(close)).unwrap();
    let Message::Close(Some(answer)) = socket.read().unwrap() else { panic!("no Close frame") };
    assert_eq!(answer.code, CloseCode::Normal);
    assert!(matches!(socket.read().unwrap_err(), tungstenite::Error::ConnectionClosed));
}

#[tokio::test]
async fn tungstenite_speaks_with_the_main_port_and_with_a_lane() {
    let running = companion(|_| {}).await;
    let run = Run::open(running.address(), &plan(&[Transport::WebSocket], Workload::Echo, &[])).await;
    for address in [running.address(), run.lanes[0]] {
        tokio::task::spawn_blocking(move || check(address)).await.unwrap();
    }
    running.stop().await;
}
