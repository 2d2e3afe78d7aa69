//! Bounds on what a client may take, each with its flag, its default and its answer.

mod table;

use std::time::Duration;

pub(crate) use table::set;
pub use table::{Row, TABLE};

/// The bounds. [`TABLE`] says of each how it is set and what happens there.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Connections at once, on the main port and all lanes together.
    pub connections: usize,
    /// Connections at once from one address.
    pub address_connections: usize,
    /// Connections that one lane accepts in all.
    pub lane_connections: usize,
    /// Octets in a request's head.
    pub head_size: usize,
    /// Field lines in a request's head.
    pub field_lines: usize,
    /// Octets in a request's content.
    pub content_size: usize,
    /// Octets in a plan.
    pub plan_size: usize,
    /// Octets in the payload of one frame.
    pub frame_size: usize,
    /// Octets in a WebSocket message.
    pub message_size: usize,
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
    /// Runs at once; the oldest ends for the next.
    pub live_runs: usize,
    /// Runs, live and ended, whose tap is kept.
    pub kept_runs: usize,
    /// Octets in the tap of one connection.
    pub tap_connection: usize,
    /// Octets in the tap of one run.
    pub tap_run: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 512,
            address_connections: 256,
            lane_connections: 4096,
            head_size: 32 * 1024,
            field_lines: 100,
            content_size: 1024 * 1024,
            plan_size: 16 * 1024 * 1024,
            frame_size: 1024 * 1024,
            message_size: 1024 * 1024,
            head: Duration::from_secs(30),
            content: Duration::from_secs(60),
            idle: Duration::from_secs(300),
            run_idle: Duration::from_secs(120),
            grace: Duration::from_secs(1),
            live_runs: 8,
            kept_runs: 16,
            tap_connection: 4 * 1024 * 1024,
            tap_run: 16 * 1024 * 1024,
        }
    }
}

/// A bound at which a client is turned away or let go, as `/health` counts them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Limit {
    Connections,
    AddressConnections,
    LaneConnections,
    Head,
    Content,
    Message,
    HeadTime,
    ContentTime,
    IdleTime,
}

impl Limit {
    pub(crate) const ALL: [Self; 9] = [
        Self::Connections,
        Self::AddressConnections,
        Self::LaneConnections,
        Self::Head,
        Self::Content,
        Self::Message,
        Self::HeadTime,
        Self::ContentTime,
        Self::IdleTime,
    ];

    /// Its name at `/health` and in the log.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Connections => "connections",
            Self::AddressConnections => "address_connections",
            Self::LaneConnections => "lane_connections",
            Self::Head => "head",
            Self::Content => "content",
            Self::Message => "message",
            Self::HeadTime => "head_time",
            Self::ContentTime => "content_time",
            Self::IdleTime => "idle_time",
        }
    }
}
