//! A client that is no browser: raw sockets, read by `wire`.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

use std::net::SocketAddr;
use std::time::Duration;

use companion::{Config, LanePorts, Running, start};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use trace::live::{Manner, Plan, Speaker, Tap, Ticket};
use trace::scenario::{Network, Transport, Utterance, Workload};
use wire::{Frame, Reader, Sender, Unit};

/// The origin from which the tests ask.
pub const ORIGIN: &str = "http://127.0.0.1:9080";

/// A companion on any free port, changed by `change`.
pub async fn companion(change: impl FnOnce(&mut Config)) -> Running {
    let mut config = Config { port: 0, lane_ports: LanePorts::Any, ..Config::default() };
    change(&mut config);
    start(config).await.unwrap()
}

/// One connection, with everything that crossed it.
pub struct Client {
    pub stream: TcpStream,
    pub reader: Reader,
    pub sent: Vec<u8>,
    pub received: Vec<u8>,
}

impl Client {
    pub async fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream, reader: Reader::new(Sender::Server), sent: Vec::new(), received: Vec::new() }
    }

    /// A connection that has been upgraded at `path`.
    pub async fn socket(address: SocketAddr, path: &str) -> Self {
        let mut client = Self::connect(address).await;
        let key = wire::handshake::key_from([7; 16]);
        let request = wire::handshake::open(&address.to_string(), path, &key).with("Origin", ORIGIN);
        client.send(&request.encode().unwrap()).await;
        let answer = client.unit().await;
        wire::handshake::check_response(answer.response().unwrap(), &key, &[""; 0], &[""; 0]).unwrap();
        client.reader.upgrade();
        client
    }

    pub async fn send(&mut self, octets: &[u8]) {
        self.sent.extend_from_slice(octets);
        self.stream.write_all(octets).await.unwrap();
    }

    pub async fn frame(&mut self, frame: Frame) {
        self.send(&frame.masked([1, 2, 3, 4]).encode()).await;
    }

    /// Sends a request with `fields` beside Host and Origin, and reads the answer.
    pub async fn ask(&mut self, method: &str, target: &str, fields: &[(&str, &str)], content: &[u8]) -> Unit {
        let host = self.stream.peer_addr().unwrap().to_string();
        let mut request = wire::Request::new(method, target).with("Host", host).with("Origin", ORIGIN);
        for (name, value) in fields {
            request = request.with(*name, *value);
        }
        if !content.is_empty() {
            request = request.with("Content-Length", content.len().to_string());
        }
        self.reader.expect_response_to(method);
        let octets = [request.encode().unwrap(), content.to_vec()].concat();
        self.send(&octets).await;
        self.unit().await
    }

    /// The next whole answer or frame.
    pub async fn unit(&mut self) -> Unit {
        self.maybe_unit().await.expect("the connection ended instead")
    }

    /// The next whole answer or frame, or nothing at the end of the stream.
    pub async fn maybe_unit(&mut self) -> Option<Unit> {
        loop {
            if let Some(unit) = self.reader.poll() {
                return Some(unit.unwrap());
            }
            let mut octets = vec![0; 65_536];
            let read = timeout(PATIENCE, self.stream.read(&mut octets)).await.expect("no answer in time");
            let Ok(read) = read else { return None };
            if read == 0 {
                return None;
            }
            self.received.extend_from_slice(&octets[..read]);
            self.reader.feed(&octets[..read]);
        }
    }

    /// Waits until so many octets have come in all; does not read them as units.
    pub async fn receive(&mut self, octets: usize) {
        while self.received.len() < octets {
            let mut piece = vec![0; 65_536];
            let read = timeout(PATIENCE, self.stream.read(&mut piece)).await.expect("no octets in time");
            let read = read.unwrap();
            assert!(read > 0, "the connection ended after {}", String::from_utf8_lossy(&self.received));
            self.received.extend_from_slice(&piece[..read]);
        }
    }

    /// Waits for the end of the server's direction, and ends the client's.
    pub async fn finish(&mut self) {
        while self.maybe_unit().await.is_some() {}
        let _ = self.stream.shutdown().await;
    }
}

/// One request on its own connection.
pub async fn ask(address: SocketAddr, method: &str, target: &str, content: &[u8]) -> Unit {
    Client::connect(address).await.ask(method, target, &[], content).await
}

/// What `/health` answers, as soon as there is a place for whoever asks.
pub async fn health(address: SocketAddr) -> serde_json::Value {
    loop {
        let answer = ask(address, "GET", "/health", b"").await;
        if status(&answer) == 200 {
            return serde_json::from_slice(&answer.content).unwrap();
        }
        assert_eq!(status(&answer), 503);
    }
}

/// The content as text.
pub fn text(unit: &Unit) -> String {
    String::from_utf8(unit.content.clone()).unwrap()
}

/// The status.
pub fn status(unit: &Unit) -> u16 {
    unit.response().unwrap().status
}

/// A plan without delay at 10 Gbit/s.
pub fn plan(lanes: &[Transport], workload: Workload, script: &[(u64, &str)]) -> Plan {
    let said = |&(at, text): &(u64, &str)| Utterance { at, from: Speaker::Server, text: text.to_owned() };
    Plan {
        lanes: lanes.to_vec(),
        network: Network { round_trip: 0, kilobits: 10_000_000, ..Network::default() },
        workload,
        script: script.iter().map(said).collect(),
        manner: Manner::default(),
    }
}

/// A run, and where its lanes are.
pub struct Run {
    pub front: SocketAddr,
    pub number: u32,
    pub lanes: Vec<SocketAddr>,
}

impl Run {
    pub async fn open(front: SocketAddr, plan: &Plan) -> Self {
        let answer = ask(front, "POST", "/runs", &serde_json::to_vec(plan).unwrap()).await;
        assert_eq!(status(&answer), 200, "{}", text(&answer));
        let ticket: Ticket = serde_json::from_slice(&answer.content).unwrap();
        let lanes = ticket.lanes.iter().map(|lane| SocketAddr::new(front.ip(), lane.port)).collect();
        Self { front, number: ticket.run, lanes }
    }

    pub async fn end(&self) {
        let answer = ask(self.front, "POST", &format!("/runs/{}/end", self.number), b"").await;
        assert_eq!(status(&answer), 204);
    }

    pub async fn tap(&self) -> Tap {
        let answer = ask(self.front, "GET", &format!("/runs/{}/tap", self.number), b"").await;
        assert_eq!(status(&answer), 200);
        serde_json::from_slice(&answer.content).unwrap()
    }
}

/// All octets of one direction of one connection.
pub fn octets(tap: &Tap, lane: usize, connection: usize, from: Speaker) -> Vec<u8> {
    let chunks = &tap.lanes[lane].connections[connection].chunks;
    chunks.iter().filter(|chunk| chunk.from == from).flat_map(|chunk| chunk.octets.clone()).collect()
}

const PATIENCE: Duration = Duration::from_secs(20);
