//! Hostile clients, each kind bounded and on loopback, against a companion in a process of its own:
//! it does not panic, its memory stays within what docs/companion.md says, and an honest client is
//! served all the while.
#![allow(clippy::unwrap_used)]

#[path = "../support/attack.rs"]
mod attack;
#[path = "../support/client.rs"]
mod client;
#[path = "../support/crowd.rs"]
mod crowd;
#[path = "../support/program.rs"]
mod program;

mod half_open;
mod idle_sockets;
mod oversized;
mod random_octets;
mod slow_heads;

use std::time::Duration;

use client::{Client, health, text};
use program::Program;
use wire::Frame;

/// A companion under attack.
struct Target {
    program: Program,
    memory: Option<u64>,
}

impl Target {
    async fn start(options: &[&str]) -> Self {
        let program = Program::start(options).await;
        // Once everything has been used, what memory it takes is no growth.
        honest(&program).await;
        let memory = program.memory();
        Self { program, memory }
    }

    /// Octets of memory beyond those at the start.
    fn growth(&self) -> Option<u64> {
        Some(self.program.memory()?.saturating_sub(self.memory?))
    }

    /// It lives, serves, and has not grown by more than `most` octets.
    async fn check(&mut self, most: u64) {
        assert!(self.program.is_alive());
        honest(&self.program).await;
        if let Some(growth) = self.growth() {
            println!("memory grew by {} KiB of {} KiB", growth / 1024, most / 1024);
            assert!(growth <= most, "{growth} octets of {most}");
        }
    }

    /// Waits until nobody but whoever asks is connected.
    async fn alone(&self) {
        let left = async {
            while health(self.program.address).await["connections"]["open"] != 1 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(PATIENCE, left).await.expect("all connections end");
    }

    /// It ends well when told to, and has never said a word of a panic.
    async fn stop(self) {
        assert_eq!(self.program.stop().await, (Some(0), String::new()));
    }
}

/// What an honest client does: a question, a message, and a goodbye.
async fn honest(program: &Program) {
    assert_eq!(health(program.address).await["duplex"], "companion");
    let mut client = Client::socket(program.address, "/ws").await;
    client.frame(Frame::text("hello")).await;
    assert_eq!(text(&client.unit().await), "hello");
    client.frame(Frame::close(None, "").unwrap()).await;
    client.finish().await;
}

/// What docs/companion.md promises for an open connection that sends nothing large.
const PER_CONNECTION: u64 = 64 * 1024;
const PATIENCE: Duration = Duration::from_secs(60);
