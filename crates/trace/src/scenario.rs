//! What is played: lanes, network, and who says what when.

mod network;

use serde::{Deserialize, Serialize};

use crate::order;

pub use network::{Network, Tls};

/// How a lane carries the conversation.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Transport {
    /// HTTP/1.1 on one connection that stays open (RFC 9112 section 9.3).
    Persistent,
    /// HTTP/1.1 whose answers say `Connection: close` (RFC 9112 section 9.6).
    Close,
    /// HTTP/1.1, persistent, where even the answer to a message is fetched by asking for it.
    Polling,
    /// One opening handshake, then frames (RFC 6455).
    WebSocket,
}

impl Transport {
    /// Every transport, in the order in which the page offers them.
    pub const ALL: [Self; 4] = [Self::Persistent, Self::Close, Self::Polling, Self::WebSocket];

    /// The name that the page shows and that tests look for.
    pub fn name(self) -> &'static str {
        match self {
            Self::Persistent => "HTTP/1.1, persistent",
            Self::Close => "HTTP/1.1, Connection: close",
            Self::Polling => "HTTP/1.1, short polling",
            Self::WebSocket => "WebSocket",
        }
    }

    /// The name in a URL fragment and in the companion's answers.
    pub fn id(self) -> &'static str {
        match self {
            Self::Persistent => "persistent",
            Self::Close => "close",
            Self::Polling => "polling",
            Self::WebSocket => "websocket",
        }
    }

    /// The transport with this [`id`](Self::id).
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|transport| transport.id() == id)
    }

    /// Whether requests and responses carry the messages.
    pub fn is_http(self) -> bool {
        self != Self::WebSocket
    }

    /// Whether the server ends the connection after each answer.
    pub fn closes(self) -> bool {
        self == Self::Close
    }
}

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

/// Which kind of conversation.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Workload {
    /// Open loop: either side speaks when it has something to say.
    Chat,
    /// Closed loop: the next message waits for the echo of the last.
    Echo,
}

impl Workload {
    /// The name in a URL fragment.
    pub fn id(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Echo => "echo",
        }
    }
}

/// Everything that a run depends on. Equal scenarios give equal traces, octet for octet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scenario {
    /// One transport for each lane, left to right.
    pub lanes: Vec<Transport>,
    /// The link.
    pub network: Network,
    /// Chat or echo.
    pub workload: Workload,
    /// How often an HTTP lane asks for news, in microseconds. 50,000 to 60,000,000.
    pub poll: u64,
    /// How many messages: utterances of the chat, or echoes. 0 to 200.
    pub messages: u32,
    /// Octets in each message; `None` leaves the chat's own words (and 16 for an echo). 1 to 65,536.
    pub size: Option<u32>,
    /// What the visitor added with "Send" and "Server speaks now".
    pub added: Vec<Utterance>,
    /// Where masking keys and handshake nonces come from.
    pub seed: u64,
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
        }
    }
}

impl Scenario {
    /// Who says what when. A chat longer than the five lines of the first screen starts them over;
    /// an echo's messages all stand at 0 and are sent in turn, and nobody can speak up in between:
    /// what the visitor added waits for the chat.
    pub fn script(&self) -> Vec<Utterance> {
        let mut script: Vec<Utterance> = match self.workload {
            Workload::Chat => (0..self.messages as usize).map(|n| self.line(n)).collect(),
            Workload::Echo => return (0..self.messages).map(|n| self.echo(n)).collect(),
        };
        script.extend(self.added.iter().cloned());
        order::sorted(script, |utterance| utterance.at)
    }

    /// The earliest time at which the visitor leaves, in microseconds: when everybody has had the
    /// chance to ask once more after the last word. A lane that is still delivering stays longer.
    pub fn leaves_at(&self) -> u64 {
        let last = self.script().last().map_or(0, |utterance| utterance.at);
        match self.workload {
            Workload::Chat => last + self.poll + self.network.round_trip,
            Workload::Echo => last,
        }
    }

    fn line(&self, n: usize) -> Utterance {
        let (at, from, text) = CHAT[n % CHAT.len()];
        let at = at + CHAT_PERIOD * (n / CHAT.len()) as u64;
        Utterance { at, from, text: self.sized(text) }
    }

    fn echo(&self, n: u32) -> Utterance {
        let text = format!("echo {} of {}", n + 1, self.messages);
        let size = self.size.unwrap_or(ECHO_SIZE);
        Utterance { at: 0, from: Speaker::You, text: sized(&text, size) }
    }

    fn sized(&self, text: &str) -> String {
        self.size.map_or_else(|| text.to_owned(), |size| sized(text, size))
    }
}

/// `text` cut or filled up with dots to exactly `size` octets.
fn sized(text: &str, size: u32) -> String {
    let size = size as usize;
    let mut out: String = text.chars().filter(char::is_ascii).take(size).collect();
    out.extend(std::iter::repeat_n('.', size - out.len()));
    out
}

/// The conversation of the first screen: you write twice, Ben three times and unasked. None of Ben's
/// lines falls between the arrival of a warm question and that of one on a new connection, a round
/// trip later: there hanging up would look faster by mere luck.
const CHAT: [(u64, Speaker, &str); 5] = [
    (400_000, Speaker::You, "Hi Ben"),
    (700_000, Speaker::Server, "Hello!"),
    (1_200_000, Speaker::Server, "Lunch?"),
    (1_600_000, Speaker::You, "Sure"),
    (2_200_000, Speaker::Server, "Great."),
];

/// How much later each repetition of the chat begins, in microseconds.
const CHAT_PERIOD: u64 = 2_500_000;

/// Octets of an echo message where the scenario does not say.
const ECHO_SIZE: u32 = 16;
