//! What hostile clients do, one connection at a time.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{interval, timeout};

use crate::crowd::HANDSHAKE;

/// Sends a head slowly. Answers what it is told in the end.
pub async fn drip(address: SocketAddr) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let (mut reader, mut writer) = stream.split();
    let mut head = b"GET / HTTP/1.1\r\nX: ".iter().copied().chain(std::iter::repeat(b'x'));
    let mut often = interval(Duration::from_millis(250));
    let dripping = async {
        loop {
            often.tick().await;
            if writer.write_all(&[head.next().unwrap()]).await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    };
    let mut told = [0; 32];
    tokio::select! {
        read = reader.read_exact(&mut told) => {
            read.unwrap();
            String::from_utf8_lossy(&told).into_owned()
        }
        () = dripping => unreachable!("it never ends"),
    }
}

/// Xorshift (Marsaglia): the same seed, the same attack.
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn below(&mut self, most: usize) -> usize {
        (self.next() % most as u64) as usize
    }

    pub fn octets(&mut self, most: usize) -> Vec<u8> {
        (0..self.below(most)).map(|_| self.next() as u8).collect()
    }
}

/// Beginnings that lead deeper into the companion than noise would.
const SENSE: [&[u8]; 6] = [
    b"",
    HANDSHAKE,
    b"POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n",
    b"POST /runs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60\r\n\r\n{\"lanes\":[\"persistent\"],",
    b"GET /runs/1/tap HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"POST /faults HTTP/1.1\r\nHost: localhost\r\nContent-Length: 40\r\n\r\n{\"fault\":{\"kind\":\"close\",\"code\":",
];

/// One connection: sense with a few octets wrong, then noise, in pieces.
pub async fn nonsense(address: SocketAddr, chance: &mut Chance) {
    let Ok(mut stream) = TcpStream::connect(address).await else { return };
    let mut octets = SENSE[chance.below(SENSE.len())].to_vec();
    for _ in 0..chance.below(4) {
        if !octets.is_empty() {
            let at = chance.below(octets.len());
            octets[at] = chance.next() as u8;
        }
    }
    octets.extend(chance.octets(2000));
    while !octets.is_empty() {
        let piece: Vec<u8> = octets.drain(..octets.len().min(1 + chance.below(600))).collect();
        if stream.write_all(&piece).await.is_err() {
            return;
        }
    }
    if chance.below(2) == 0 {
        let _ = stream.shutdown().await;
    }
    let mut answer = [0; 4096];
    for _ in 0..chance.below(3) {
        let _ = timeout(Duration::from_millis(5), stream.read(&mut answer)).await;
    }
}
