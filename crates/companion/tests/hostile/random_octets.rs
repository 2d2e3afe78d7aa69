//! Octets that make no sense, and octets that almost do.

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};

use crate::Target;
use crate::client::{Run, ask, plan, status};
use crate::crowd::HANDSHAKE;
use trace::live::{Fault, Ticket};
use trace::scenario::{Transport, Workload};

/// Xorshift (Marsaglia): the same seed, the same attack.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, most: usize) -> usize {
        (self.next() % most as u64) as usize
    }

    fn octets(&mut self, most: usize) -> Vec<u8> {
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
async fn attack(address: SocketAddr, chance: &mut Chance) {
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

#[tokio::test]
async fn random_octets_for_some_seconds() {
    // More, and the same attack again, when asked.
    let asked = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let seconds = asked("DUPLEX_HOSTILE_SECONDS").unwrap_or(5);
    let seed = asked("DUPLEX_HOSTILE_SEED").unwrap_or_else(|| u64::from(std::process::id()) + 1);
    println!("DUPLEX_HOSTILE_SECONDS={seconds} DUPLEX_HOSTILE_SEED={seed}");
    let (kept, tap) = (KEPT_RUNS.to_string(), RUN_TAP.to_string());
    let seconds_each = ["--head-time", "1", "--content-time", "1", "--idle-time", "1"];
    let taps = ["--kept-runs", &kept, "--max-runs", &kept, "--max-run-tap", &tap];
    let mut target = Target::start(&[&seconds_each[..], &taps[..]].concat()).await;
    let front = target.program.address;
    let run =
        Run::open(front, &plan(&[Transport::Persistent, Transport::WebSocket], Workload::Echo, &[])).await;
    let mut addresses = vec![front, run.lanes[0], run.lanes[1]];
    for fault in [Fault::Greet, Fault::Silent, Fault::DropReused] {
        let answer = ask(front, "POST", "/faults", json!({ "fault": fault }).to_string().as_bytes()).await;
        assert_eq!(status(&answer), 200);
        let ticket: Ticket = serde_json::from_slice(&answer.content).unwrap();
        addresses.push(SocketAddr::new(front.ip(), ticket.lanes[0].port));
    }
    let until = Instant::now() + Duration::from_secs(seconds);
    let mut attackers = JoinSet::new();
    for n in 0..ATTACKERS {
        let addresses = addresses.clone();
        let mut chance = Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (n + 1));
        attackers.spawn(async move {
            let mut attacks = 0_u64;
            while Instant::now() < until {
                let address = addresses[chance.below(addresses.len())];
                attack(address, &mut chance).await;
                attacks += 1;
            }
            attacks
        });
    }
    let mut attacks = 0;
    while let Some(done) = attackers.join_next().await {
        attacks += done.unwrap();
    }
    println!("{attacks} connections of nonsense");
    target.check(GROWTH).await;
    run.end().await;
    target.alone().await;
    target.check(GROWTH).await;
    target.stop().await;
}

const ATTACKERS: u64 = 16;
/// What the taps of all runs may hold, those that the noise may open included, and as much again for
/// everything else.
const GROWTH: u64 = 2 * KEPT_RUNS * RUN_TAP;
const KEPT_RUNS: u64 = 8;
const RUN_TAP: u64 = 4 * 1024 * 1024;
