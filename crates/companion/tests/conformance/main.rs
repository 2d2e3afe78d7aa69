//! A conformance suite in the manner of Autobahn: a companion that is really started, and clients that share
//! no code with it. Tungstenite drives it where it behaves, octets built by hand where it would not.
#![allow(clippy::unwrap_used, unreachable_pub, reason = "a test may")]

mod case;
mod client;
mod close;
mod deflate;
mod fragments;
mod framing;
mod opcodes;
mod pings;
mod reserved;
mod utf8;
mod zlib;

use std::net::SocketAddr;

use case::Case;
use companion::{Config, LanePorts, start};

/// Octets in the largest message.
pub const LARGEST: usize = 16 * 1024 * 1024;

type Group = (&'static str, fn() -> Vec<Case>);

const SUITE: [Group; 8] = [
    ("framing and sizes", framing::cases),
    ("pings and pongs", pings::cases),
    ("reserved bits", reserved::cases),
    ("opcodes", opcodes::cases),
    ("fragmentation", fragments::cases),
    ("UTF-8", utf8::cases),
    ("closing", close::cases),
    ("permessage-deflate", deflate::cases),
];

/// Plays one group; answers how many cases it has, and those that failed.
fn play((group, cases): Group, address: SocketAddr) -> (usize, Vec<String>) {
    let cases = cases();
    let told = |case: &Case| case.check(address).err().map(|why| format!("{group}: {}: {why}", case.name));
    (cases.len(), cases.iter().filter_map(told).collect())
}

fn play_all(address: SocketAddr) {
    let (mut failed, mut total) = (Vec::new(), 0);
    std::thread::scope(|scope| {
        let groups = SUITE.map(|group| (group.0, scope.spawn(move || play(group, address))));
        for (group, playing) in groups {
            let (cases, failures) = playing.join().unwrap();
            println!("{cases:4} cases of {group}");
            total += cases;
            failed.extend(failures);
        }
    });
    println!("{total:4} cases in all, {} failed", failed.len());
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(total >= 100, "a suite has at least a hundred cases");
}

#[tokio::test]
async fn every_case() {
    let mut config = Config { port: 0, lane_ports: LanePorts::Any, ..Config::default() };
    (config.limits.frame_size, config.limits.message_size) = (LARGEST, LARGEST);
    let running = start(config).await.unwrap();
    let address = running.address();
    let played = tokio::task::spawn_blocking(move || play_all(address)).await;
    running.stop().await;
    played.unwrap();
}
