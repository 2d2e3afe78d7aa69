//! Octets that make no sense, and octets that almost do.

use std::net::SocketAddr;
use std::time::Duration;

use serde_json::json;
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::Target;
use crate::attack::{Chance, nonsense};
use crate::client::{Run, ask, plan, status};
use trace::live::{Fault, Ticket};
use trace::scenario::{Transport, Workload};

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
                nonsense(address, &mut chance).await;
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
