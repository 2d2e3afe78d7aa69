//! The link between the two ends, and what stands on it.

use serde::{Deserialize, Serialize};
use tongue::say;

/// The link between the two ends. What it does with these numbers is said in [`crate::sim`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Network {
    /// Round trip in microseconds, half of it each way. 0 to 2,000,000.
    pub round_trip: u64,
    /// Kilobits per second, each way, or from the client to the server only. 16 to 10,000,000.
    pub kilobits: u32,
    /// Kilobits per second from the server to the client, if that differs.
    pub down_kilobits: Option<u32>,
    /// The most that a segment is late, each way, in microseconds. 0 to 1,000,000.
    pub jitter: u64,
    /// How many of 10,000 segments are lost. 0 to 2,000.
    pub loss: u32,
    /// Which TLS handshake opens a connection, if any.
    pub tls: Tls,
    /// Octets of content that one segment carries at most (RFC 9293 section 3.7.1). 536 to 8,960.
    pub mss: u32,
    /// Segments that may be sent before the first acknowledgement (RFC 6928). 1 to 1,000.
    pub window: u32,
    /// How long the server thinks before it answers, in microseconds. 0 to 10,000,000.
    pub think: u64,
    /// After how many microseconds of silence a proxy cuts a connection. `None`: there is no proxy.
    pub idle: Option<u64>,
}

impl Default for Network {
    fn default() -> Self {
        Self {
            round_trip: 100_000,
            kilobits: 10_000,
            down_kilobits: None,
            jitter: 0,
            loss: 0,
            tls: Tls::Off,
            mss: 1_460,
            window: 10,
            think: 0,
            idle: None,
        }
    }
}

impl Network {
    /// Kilobits per second that `sender` can send.
    pub fn rate(&self, sender: wire::Sender) -> u64 {
        let kilobits = match sender {
            wire::Sender::Client => self.kilobits,
            wire::Sender::Server => self.down_kilobits.unwrap_or(self.kilobits),
        };
        u64::from(kilobits.max(1))
    }
}

/// Which TLS handshake opens a connection.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tls {
    /// None: `http:` and `ws:`.
    #[default]
    Off,
    /// TLS 1.2, two round trips (RFC 5246 section 7.3).
    V12,
    /// TLS 1.3, one round trip (RFC 8446 section 2).
    V13,
    /// TLS 1.3 with a pre-shared key from before and no early data: one round trip, no certificate
    /// (RFC 8446 section 2.2).
    Resumed,
}

impl Tls {
    /// Every one, in the order in which the page offers them.
    pub const ALL: [Self; 4] = [Self::Off, Self::V12, Self::V13, Self::Resumed];

    /// The name in a URL fragment.
    pub fn id(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::V12 => "1.2",
            Self::V13 => "1.3",
            Self::Resumed => "resumed",
        }
    }

    /// The name that the page shows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => say!("no TLS"),
            Self::V12 => "TLS 1.2",
            Self::V13 => "TLS 1.3",
            Self::Resumed => say!("TLS 1.3, resumed"),
        }
    }
}
