//! What a companion is told when it starts.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::time::Duration;

use crate::inside::Inside;
use crate::limits::Limits;

/// Everything that can be set. The defaults are those of the command line.
#[derive(Clone, Debug)]
pub struct Config {
    /// The folder with the built page; without one, the page inside is served.
    pub page: Option<PathBuf>,
    /// The page inside the program; if there is none either, only the services answer.
    pub inside: Inside,
    /// The address to listen on, for the page and the lanes alike.
    pub bind: IpAddr,
    /// The main port; 0 for any free one.
    pub port: u16,
    /// Where lanes listen.
    pub lane_ports: LanePorts,
    /// Origins beyond loopback and the companion's own that may use it, as in `https://example.org`.
    pub allow_origins: Vec<String>,
    /// How to imitate public servers.
    pub behave: Behave,
    /// Whether to say under which addresses others on the network reach the page.
    pub announce: bool,
    /// How to write down what happens.
    pub log: Log,
    /// Time-outs, sizes and numbers.
    pub limits: Limits,
}

/// The form of the log on stderr.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Log {
    /// None.
    #[default]
    Off,
    /// A line for people for each event.
    Text,
    /// A JSON object for each event, one a line.
    Json,
}

/// The ports from which each lane of a run gets its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LanePorts {
    /// Whatever the system has free.
    Any,
    /// From the first to the last, both included.
    Range(u16, u16),
}

/// Habits of public echo servers, for `/echo` and `/ws` on the main port.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Behave {
    /// The first WebSocket message names the server.
    pub greet: bool,
    /// The HTTP echo comes wrapped in JSON.
    pub wrap: bool,
    /// A WebSocket connection is dropped after so long, without a Close frame.
    pub cut: Option<Duration>,
    /// No Timing-Allow-Origin.
    pub no_timing: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            page: None,
            inside: Inside::default(),
            bind: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 9080,
            lane_ports: LanePorts::Range(9081, 9096),
            allow_origins: Vec::new(),
            behave: Behave::default(),
            announce: false,
            log: Log::default(),
            limits: Limits::default(),
        }
    }
}
