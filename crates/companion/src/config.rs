//! What a companion is told when it starts.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::time::Duration;

/// Everything that can be set. The defaults are those of the command line.
#[derive(Clone, Debug)]
pub struct Config {
    /// The folder with the built page; without one, only the services answer.
    pub page: Option<PathBuf>,
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
    /// Time-outs and sizes.
    pub limits: Limits,
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

/// Bounds on what a client may take.
#[derive(Clone, Debug)]
pub struct Limits {
    /// For a request's head on the main port, and for the pause before the next request.
    pub head: Duration,
    /// For a request's content to come in, and for an answer that does not move.
    pub content: Duration,
    /// For a WebSocket on the main port, without any octet.
    pub idle: Duration,
    /// For a run, without any octet on any of its lanes.
    pub run_idle: Duration,
    /// For an open connection once the companion stops or its run ends, beyond the link's own time.
    pub grace: Duration,
    /// Octets in a request's head.
    pub head_size: usize,
    /// Octets in a request's content or in a WebSocket message.
    pub content_size: usize,
    /// Octets in a plan.
    pub plan_size: usize,
    /// Connections at once, on the main port and on each lane.
    pub connections: usize,
    /// Connections that one lane accepts in all.
    pub lane_connections: usize,
    /// Runs at once; the oldest ends for the next.
    pub live_runs: usize,
    /// Runs, live and ended, whose tap is kept.
    pub kept_runs: usize,
    /// Octets in the tap of one connection.
    pub tap_connection: usize,
    /// Octets in the tap of one run.
    pub tap_run: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            page: None,
            bind: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 9080,
            lane_ports: LanePorts::Range(9081, 9096),
            allow_origins: Vec::new(),
            behave: Behave::default(),
            limits: Limits::default(),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(30),
            content: Duration::from_secs(60),
            idle: Duration::from_secs(300),
            run_idle: Duration::from_secs(120),
            grace: Duration::from_secs(1),
            head_size: 32 * 1024,
            content_size: 1024 * 1024,
            plan_size: 16 * 1024 * 1024,
            connections: 256,
            lane_connections: 4096,
            live_runs: 8,
            kept_runs: 16,
            tap_connection: 4 * 1024 * 1024,
            tap_run: 16 * 1024 * 1024,
        }
    }
}
