//! What the companion costs: its echo beside a bare one, its tap, an idle connection, and what an honest
//! client notices of hostile ones. Rows of cells with a tab between, for `cargo xtask bench`.
//!
//! All servers are processes of their own; all clients are this one. Figures are this machine's, ratios
//! are what to compare: both sides of each come from the same run, in alternating order.
#![allow(clippy::unwrap_used)]

#[path = "../tests/support/attack.rs"]
mod attack;
#[path = "../tests/support/client.rs"]
mod client;
#[path = "../tests/support/crowd.rs"]
mod crowd;
#[path = "../tests/support/program.rs"]
mod program;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use attack::{Chance, drip, nonsense};
use client::{Run, plan};
use crowd::{HANDSHAKE, idle_sockets, most_files};
use futures_util::{SinkExt, StreamExt};
use program::Program;
use tokio::task::JoinSet;
use trace::scenario::{Transport, Workload};

#[tokio::main]
async fn main() {
    if std::env::var_os(BARE).is_some() {
        return bare_echo().await;
    }
    echoes_side_by_side().await;
    under_attack().await;
}

/// How many echoes in a sample, and how many samples of each server.
const ECHOES: usize = 2000;
const ROUNDS: usize = 7;

/// The companion's main port, its lane with tap and emulated link, and a bare tokio-tungstenite echo.
async fn echoes_side_by_side() {
    let bare = Bare::start();
    let program = Program::start(&[]).await;
    // A link that is never in the way: what remains is the tap, and the pipes that carry the delay.
    let run = Run::open(program.address, &plan(&[Transport::WebSocket], Workload::Echo, &[])).await;
    let servers = [bare.address, program.address, run.lanes[0]];
    let mut rates = [const { Vec::new() }; 3];
    for round in 0..ROUNDS {
        let mut order = [0, 1, 2];
        if round % 2 == 1 {
            order.reverse();
        }
        for server in order {
            rates[server].push(measured(servers[server]).await.rate());
        }
    }
    let [bare, main, lane] = rates.map(median);
    println!("one echo after the other\techoes/s\tratio\taim");
    println!("bare tokio-tungstenite\t{bare:.0}\t1.00");
    println!("companion, main port\t{main:.0}\t{:.2} of bare\t0.90 at least", main / bare);
    println!("companion, lane with link and tap\t{lane:.0}\t{:.2} of main port\t0.80 at least", lane / main);
    ratio("echoes, companion's main port", main, bare, "bare tokio-tungstenite", "0.90 at least");
    ratio("echoes, lane with link and tap", lane, main, "main port", "0.80 at least");
}

/// A row for the table of ratios.
fn ratio(what: &str, ours: f64, theirs: f64, beside: &str, aim: &str) {
    println!("ratio\t{what}\t{ours:.0}\t{theirs:.0}\t{:.2}\techoes/s\t{beside}\t{aim}", ours / theirs);
}

/// What an honest client's echo takes while others misbehave.
async fn under_attack() {
    let places = ["--max-connections", "20000", "--max-address-connections", "20000"];
    let times = ["--head-time", "5", "--content-time", "5", "--idle-time", "600"];
    let program = Program::start(&[&places[..], &times[..]].concat()).await;
    let address = program.address;
    println!("an honest echo\tp50, us\tp95, us\tp95 over quiet");
    measured(address).await;
    let quiet = measured(address).await;
    row("quiet", &quiet, &quiet);

    let mut slow = JoinSet::new();
    for _ in 0..1000 {
        slow.spawn(async move {
            loop {
                drip(address).await;
            }
        });
    }
    row("1,000 slow heads", &measured(address).await, &quiet);
    slow.shutdown().await;

    let mut noise = JoinSet::new();
    for seed in 1..=16 {
        noise.spawn(async move {
            let mut chance = Chance(seed);
            loop {
                nonsense(address, &mut chance).await;
            }
        });
    }
    row("16 sources of nonsense", &measured(address).await, &quiet);
    noise.shutdown().await;

    let number = most_files().map_or(0, |files| files.saturating_sub(500)).min(10_000);
    let before = program.memory();
    let sockets = idle_sockets(address, number).await;
    row(&format!("{number} idle WebSockets"), &measured(address).await, &quiet);
    if let (Some(before), Some(after)) = (before, program.memory())
        && number > 0
    {
        println!("memory\toctets\tof connections");
        println!("an idle WebSocket\t{}\t{number}", after.saturating_sub(before) / number as u64);
    }
    drop(sockets);
}

fn row(what: &str, times: &Times, quiet: &Times) {
    let (p50, p95) = (times.percentile(50), times.percentile(95));
    let ratio = p95.as_secs_f64() / quiet.percentile(95).as_secs_f64();
    println!("{what}\t{}\t{}\t{ratio:.2}", p50.as_micros(), p95.as_micros());
}

/// How long each echo took, sorted.
struct Times(Vec<Duration>);

impl Times {
    fn percentile(&self, percent: usize) -> Duration {
        self.0[(self.0.len() * percent / 100).min(self.0.len() - 1)]
    }

    /// Echoes in a second.
    fn rate(&self) -> f64 {
        self.0.len() as f64 / self.0.iter().sum::<Duration>().as_secs_f64()
    }
}

async fn measured(address: SocketAddr) -> Times {
    tokio::task::spawn_blocking(move || echoes(address)).await.unwrap()
}

/// Says "Hello" on a WebSocket, again and again, each time after the answer has come.
fn echoes(address: SocketAddr) -> Times {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_nodelay(true).unwrap();
    stream.write_all(HANDSHAKE).unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut octet = [0];
        stream.read_exact(&mut octet).unwrap();
        head.push(octet[0]);
    }
    let mut times: Vec<Duration> = (0..ECHOES)
        .map(|_| {
            let start = Instant::now();
            stream.write_all(b"\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58").unwrap();
            let mut echo = [0; 7];
            stream.read_exact(&mut echo).unwrap();
            assert_eq!(&echo, b"\x81\x05Hello");
            start.elapsed()
        })
        .collect();
    times.sort();
    Times(times)
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// This program once more, as a bare echo.
struct Bare {
    child: Child,
    address: SocketAddr,
}

impl Bare {
    fn start() -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        let mut child = command.env(BARE, "1").stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { child, address: line.trim().parse().unwrap() }
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn bare_echo() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("{}", listener.local_addr().unwrap());
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(async move {
            let _ = stream.set_nodelay(true);
            let Ok(mut socket) = tokio_tungstenite::accept_async(stream).await else { return };
            while let Some(Ok(message)) = socket.next().await {
                if socket.send(message).await.is_err() {
                    return;
                }
            }
        });
    }
}

const BARE: &str = "DUPLEX_BARE_ECHO";
