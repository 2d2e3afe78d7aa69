//! Very many WebSockets that say nothing.

use tokio::io::AsyncReadExt;
use tokio::task::JoinSet;

use crate::Target;
use crate::client::health;
use crate::crowd::{idle_sockets, most_files};

#[tokio::test]
async fn ten_thousand_idle_web_sockets() {
    match most_files() {
        Some(files) if files >= NUMBER + 500 => {}
        Some(files) => {
            println!(
                "skipped: this needs {} open files, and only {files} are allowed (ulimit -n)",
                NUMBER + 500
            );
            return;
        }
        None => {
            println!("skipped: this system does not say how many files may be open");
            return;
        }
    }
    let places = (NUMBER + 100).to_string();
    let options = ["--max-connections", &places, "--max-address-connections", &places, "--grace-time", "30"];
    let mut target = Target::start(&options).await;
    let sockets = idle_sockets(target.program.address, NUMBER).await;
    let seen = health(target.program.address).await;
    assert_eq!(seen["connections"]["open"], NUMBER + 1, "{seen}");
    if let Some(growth) = target.growth() {
        println!("{} octets for each idle WebSocket", growth / NUMBER as u64);
    }
    target.check(NUMBER as u64 * PER_SOCKET).await;
    // Each is told why, when the companion stops.
    let mut told = JoinSet::new();
    for mut socket in sockets {
        told.spawn(async move {
            let mut goodbye = [0; 4];
            socket.read_exact(&mut goodbye).await.unwrap();
            goodbye
        });
    }
    let all_told = async {
        while let Some(goodbye) = told.join_next().await {
            assert_eq!(goodbye.unwrap(), [0x88, 0x02, 0x03, 0xE9]);
        }
    };
    tokio::join!(target.stop(), all_told);
}

const NUMBER: usize = 10_000;

/// What docs/companion.md promises for a WebSocket that is idle.
const PER_SOCKET: u64 = 16 * 1024;
