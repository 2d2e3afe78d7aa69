//! What is played: lanes, network, and who says what when.

mod network;
mod prose;
mod script;
mod transport;
mod workload;

use serde::{Deserialize, Serialize};

use crate::heads::Preset;

pub use network::{Network, Tls};
pub(crate) use prose::evenly;
pub use transport::Transport;
pub use workload::{Loop, Workload};

/// How many lanes fit a stage.
pub const MOST_LANES: usize = 4;

/// Who speaks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Speaker {
    /// The person at the browser: the client.
    You,
    /// Whoever is behind the server ("Ben").
    Server,
}

impl Speaker {
    /// The end of the connection at which this speaker sits.
    pub fn sender(self) -> wire::Sender {
        match self {
            Self::You => wire::Sender::Client,
            Self::Server => wire::Sender::Server,
        }
    }
}

/// One thing that somebody says, at a time of their own choosing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Utterance {
    /// When, in microseconds since the lane's zero.
    pub at: u64,
    /// Who.
    pub from: Speaker,
    /// What: one line, without CR or LF.
    pub text: String,
}

/// Everything that a run depends on. Equal scenarios give equal traces, octet for octet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scenario {
    /// One transport for each lane, left to right.
    pub lanes: Vec<Transport>,
    /// The link.
    pub network: Network,
    /// What is said.
    pub workload: Workload,
    /// How often an HTTP lane asks for news, in microseconds. 50,000 to 60,000,000.
    pub poll: u64,
    /// How many messages, see [`Workload::usual_messages`]. 0 to 200.
    pub messages: u32,
    /// Octets in each message, of a workload that asks in each answer; `None` leaves the workload's own
    /// words and sizes. 1 to 65,536.
    pub size: Option<u32>,
    /// What the visitor added with "Send" and "Server speaks now".
    pub added: Vec<Utterance>,
    /// Where masking keys and handshake nonces come from.
    pub seed: u64,
    /// Messages a second of each who speaks at a steady pace; `None` leaves the workload's own. 1 to 50.
    pub rate: Option<u32>,
    /// Microseconds from one message to the next, on average, of the workloads that speak at a gap.
    /// 20,000 to 60,000,000 in a link.
    pub gap: u64,
    /// Whether messages go as binary: frames of opcode 2, contents without a charset.
    pub binary: bool,
    /// How long the server holds a question of long polling, in microseconds. 100,000 to 120,000,000.
    pub hold: u64,
    /// Whose heads the requests have.
    pub preset: Preset,
    /// Octets of `Cookie` in each request of a browser, the opening handshake among them. 0 to 4,096.
    pub cookie: u32,
    /// Field lines added to each request. One that [`heads::check`](crate::heads::check) refuses is left out.
    pub extra: Vec<(String, String)>,
}

impl Default for Scenario {
    fn default() -> Self {
        Self {
            lanes: vec![Transport::Persistent, Transport::WebSocket],
            network: Network::default(),
            workload: Workload::Chat,
            poll: 1_000_000,
            messages: 5,
            size: None,
            added: Vec::new(),
            seed: 1,
            rate: None,
            gap: 5_000_000,
            binary: false,
            hold: 25_000_000,
            preset: Preset::default(),
            cookie: 0,
            extra: Vec::new(),
        }
    }
}

impl Scenario {
    /// The same with another workload, and with its usual number of messages unless that was changed.
    #[must_use]
    pub fn turned_to(self, workload: Workload) -> Self {
        let usual = self.messages == self.workload.usual_messages();
        let messages = if usual { workload.usual_messages() } else { self.messages };
        Self { workload, messages, ..self }
    }

    /// The earliest time at which the visitor leaves, in microseconds: when everybody has had the
    /// chance to ask once more after the last word. A lane that is still delivering stays longer.
    pub fn leaves_at(&self) -> u64 {
        let last = self.script().last().map_or(0, |utterance| utterance.at);
        match self.workload.loops() {
            Loop::Echo => last,
            Loop::Open | Loop::Asked => last + self.poll + self.network.round_trip,
        }
    }
}
