//! Many clients at once.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// Opens `number` WebSockets that then say nothing.
pub async fn idle_sockets(address: SocketAddr, number: usize) -> Vec<TcpStream> {
    let mut sockets = Vec::with_capacity(number);
    let mut opening = JoinSet::new();
    for _ in 0..number {
        if opening.len() >= AT_ONCE {
            sockets.push(opening.join_next().await.unwrap().unwrap());
        }
        opening.spawn(socket(address));
    }
    while let Some(socket) = opening.join_next().await {
        sockets.push(socket.unwrap());
    }
    sockets
}

/// A WebSocket at the main port.
pub async fn socket(address: SocketAddr) -> TcpStream {
    try_socket(address).await.expect("a place")
}

/// The same, or nothing if there is no place for it.
pub async fn try_socket(address: SocketAddr) -> Option<TcpStream> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(HANDSHAKE).await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    let switched = head.starts_with(b"HTTP/1.1 101 ");
    assert!(switched || head.starts_with(b"HTTP/1.1 503 "), "{}", head.escape_ascii());
    switched.then_some(stream)
}

/// How many files this process may open, and a companion that it starts; `None` where the system does
/// not tell.
pub fn most_files() -> Option<usize> {
    let limits = std::fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The opening handshake with the key of RFC 6455 section 1.3.
pub const HANDSHAKE: &[u8] =
    b"GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
      Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
const AT_ONCE: usize = 64;
