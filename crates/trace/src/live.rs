//! What the page and the companion say to each other about a live run: JSON, both ways.
//!
//! 1. `POST /runs` with a [`Plan`] opens a fresh listener for each lane and answers a [`Ticket`].
//! 2. The page runs the lanes one after another, each against its own port.
//! 3. `POST /runs/{run}/end` closes the lanes; `GET /runs/{run}/tap` answers the [`Tap`].
//!
//! While a run is open, `POST /runs/{run}/say` has the server say a line on every lane, `GET
//! /runs/{run}/heard` tells what it hears, `POST /runs/{run}/cut/{lane}` drops a lane's connections, and `GET
//! /runs/{run}/ticket` answers the ticket again.
//!
//! `POST /faults` with a [`FaultPlan`] opens a port on which something goes wrong.
//!
//! `GET /clock` answers a [`ClockReading`], to align the page's clock with the companion's.

mod fault;

use serde::{Deserialize, Serialize};
use tongue::{say, word};

use crate::caption::octets;
use crate::heads::Preset;
use crate::scenario::{Network, Scenario, Tls, Transport, Utterance, Workload};

/// What the page asks for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Plan {
    /// One lane each, in the order in which the page will run them.
    pub lanes: Vec<Transport>,
    /// The link to emulate on the lane ports; half of the round trip is waited out each way.
    pub network: Network,
    /// What is said.
    pub workload: Workload,
    /// Who says what when. The companion speaks the server's lines, counted from the moment at
    /// which it accepts the lane's first connection. What it is asked for it answers from here, too.
    pub script: Vec<Utterance>,
    /// How it is said.
    #[serde(default)]
    pub manner: Manner,
}

/// How the companion says what it says, on every lane of a run that has a use for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Manner {
    /// Whether it speaks in binary: frames of opcode 2, contents without a charset, events in Base64.
    pub binary: bool,
    /// How long it holds a question of long polling, in microseconds. 100,000 to 120,000,000.
    pub hold: u64,
    /// The most octets that it puts into one frame of a message; `None`: all of them. At least 1.
    pub fragment: Option<u32>,
    /// How often it sends a Ping, in microseconds; `None`: never. At least 10,000.
    pub ping: Option<u64>,
    /// When the servers of a webhook lane may part, in microseconds since the lane's zero: where a page
    /// takes part, it knows by itself. An hour at most.
    pub leaves_at: u64,
}

impl Default for Manner {
    fn default() -> Self {
        Self { binary: false, hold: 25_000_000, fragment: None, ping: None, leaves_at: 0 }
    }
}

/// What of a network no companion can emulate, and what to do about it; `None` if it can.
pub fn not_emulated(network: &Network) -> Option<&'static str> {
    if network.loss > 0 || network.jitter > 0 {
        return Some(say!(
            "Loss and jitter are simulated only: the companion delays a stream of octets, which has no segments that could get lost or be late. Set both to 0 to run live."
        ));
    }
    if network.tls != Tls::Off {
        return Some(say!("TLS is simulated only: the companion speaks none. Turn it off to run live."));
    }
    let cuts = word!(
        "A proxy is simulated only: nothing between page and companion cuts what is silent. Take it out to run live."
    );
    network.idle.map(|_| say(cuts))
}

/// The network without what no companion can emulate.
pub fn emulated(network: &Network) -> Network {
    Network { loss: 0, jitter: 0, tls: Tls::Off, idle: None, ..*network }
}

/// What of a scenario's requests no live run sends, in a sentence; `None` if it sends all. The heads are the
/// browser's own: no script sets a cookie of a given size, and a field line of its own would cost a preflight.
pub fn not_sent(scenario: &Scenario) -> Option<String> {
    let Scenario { cookie, extra, preset, .. } = scenario;
    let cookie = if *cookie > 0 { "Cookie: \r\n".len() as u64 + u64::from(*cookie) } else { 0 };
    let lines = extra.iter().map(|(name, value)| (name.len() + ": \r\n".len() + value.len()) as u64);
    let missing = cookie + lines.sum::<u64>();
    let said = word!(
        "Cookie size, Heads and added field lines are simulated only: live, each request has the browser’s own head"
    );
    match missing {
        0 if *preset == Preset::default() => None,
        0 => Some(say!("{}.", say(said))),
        _ => Some(say!("{}, {} shorter than here.", say(said), octets(missing))),
    }
}

/// What the companion opened.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Ticket {
    /// The run's number.
    pub run: u32,
    /// The lanes, in the plan's order.
    pub lanes: Vec<LanePort>,
}

/// Where one lane listens.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LanePort {
    /// The lane's index in the plan.
    pub lane: u8,
    /// Its TCP port, on the host on which the companion itself was reached.
    pub port: u16,
}

/// The companion's monotonic clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ClockReading {
    /// Microseconds since the companion started.
    pub now: u64,
}

/// Who the companion is. A host counts as a companion only if it answers this at `/health`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Health {
    /// Always [`COMPANION`].
    pub duplex: String,
    /// Its version.
    pub version: String,
}

/// The word by which a companion is known.
pub const COMPANION: &str = "companion";

/// Every octet that crossed the companion's lane sockets in one run.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Tap {
    /// The run's number.
    pub run: u32,
    /// The lanes, in the plan's order.
    pub lanes: Vec<LaneTap>,
}

/// One lane's connections, in the order in which they were accepted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LaneTap {
    /// The lane's index in the plan.
    pub lane: u8,
    /// When its script began, where nobody had to connect for that: on a webhook lane.
    pub zero: Option<u64>,
    /// Its connections.
    pub connections: Vec<ConnectionTap>,
}

/// One accepted connection. Times are the companion's clock, on its own side of the emulated link:
/// a client's octets are stamped after the delay, the server's before it. Whoever opened the connection is
/// the client here: on a webhook lane that may be the server's side of the lane.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ConnectionTap {
    /// Counted from 0 within the lane.
    pub connection: u16,
    /// Whose side of the lane opened it.
    pub opened_by: Speaker,
    /// When the kernel handed the connection over. SYN and its answer have long passed by then.
    pub accepted: u64,
    /// When the client's end of stream was read, if it was.
    pub client_ended: Option<u64>,
    /// When the companion ended its own direction, if it did.
    pub server_ended: Option<u64>,
    /// Whether it ended both directions at once, with a reset.
    #[serde(default)]
    pub reset: bool,
    /// How long the first read was held to stand for the TCP handshake, in microseconds.
    pub held: u64,
    /// Socket reads and writes, in order. Not packets, not segments: a stream has neither.
    pub chunks: Vec<Chunk>,
    /// The same octets as whoever opened the connection wrote and read them, on the other side of the
    /// emulated link; only where that is the companion, too.
    pub far: Vec<Chunk>,
    /// Octets that did not fit the tap's bounds and are not among the chunks.
    pub dropped: u64,
}

/// One socket read or write.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Chunk {
    /// Whose octets.
    pub from: Speaker,
    /// When it was read or written.
    pub at: u64,
    /// The octets, in hexadecimal. Values of `Cookie`, `Set-Cookie` and `Authorization` are
    /// replaced by as many asterisks before they leave the companion.
    #[serde(with = "hex")]
    pub octets: Vec<u8>,
}

pub use crate::scenario::Speaker;
pub use fault::{Fault, FaultPlan};

/// Octets as a hexadecimal string: twice the size, but readable in a saved file.
mod hex {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(octets: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = String::with_capacity(octets.len() * 2);
        for octet in octets {
            for nibble in [octet >> 4, octet & 15] {
                out.push(char::from(b"0123456789abcdef"[usize::from(nibble)]));
            }
        }
        serializer.serialize_str(&out)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        if !text.bytes().all(|digit| digit.is_ascii_hexdigit()) || text.len() % 2 != 0 {
            return Err(D::Error::custom("octets must be an even number of hexadecimal digits"));
        }
        (0..text.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&text[at..at + 2], 16).map_err(D::Error::custom))
            .collect()
    }
}
