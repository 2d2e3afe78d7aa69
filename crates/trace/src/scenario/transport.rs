use serde::{Deserialize, Serialize};
use tongue::say;

/// How a lane carries the conversation.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Transport {
    /// HTTP/1.1 on one connection that stays open (RFC 9112 section 9.3).
    Persistent,
    /// HTTP/1.1 whose answers say `Connection: close` (RFC 9112 section 9.6).
    Close,
    /// HTTP/1.1 on up to six connections that stay open: requests need not wait for each other.
    Six,
    /// HTTP/1.1, persistent, where even the answer to a message is fetched by asking for it.
    Polling,
    /// HTTP/1.1 where the server holds each question until it has news or a time has passed (RFC 6202 section 2).
    Long,
    /// One response that goes on and on, an event at a time (HTML Standard section 9.2).
    Sse,
    /// One opening handshake, then frames (RFC 6455).
    WebSocket,
    /// The same, and messages are compressed (RFC 7692).
    Deflate,
    /// No browser: two servers, each of which sends its news to the other by `POST`.
    Webhook,
}

impl Transport {
    /// Every transport, in the order in which the page offers them.
    pub const ALL: [Self; 9] = [
        Self::Persistent,
        Self::Close,
        Self::Six,
        Self::Polling,
        Self::Long,
        Self::Sse,
        Self::WebSocket,
        Self::Deflate,
        Self::Webhook,
    ];

    /// The name that the page shows and that tests look for.
    pub fn name(self) -> &'static str {
        match self {
            Self::Persistent => say!("HTTP/1.1, persistent"),
            Self::Close => say!("HTTP/1.1, Connection: close"),
            Self::Six => say!("HTTP/1.1, up to 6 connections"),
            Self::Polling => say!("HTTP/1.1, short polling"),
            Self::Long => say!("HTTP/1.1, long polling"),
            Self::Sse => say!("Server-Sent Events"),
            Self::WebSocket => "WebSocket",
            Self::Deflate => say!("WebSocket, compressed"),
            Self::Webhook => say!("Webhook, server to server"),
        }
    }

    /// The name in a URL fragment and in the companion's answers.
    pub fn id(self) -> &'static str {
        match self {
            Self::Persistent => "persistent",
            Self::Close => "close",
            Self::Six => "six",
            Self::Polling => "polling",
            Self::Long => "long",
            Self::Sse => "sse",
            Self::WebSocket => "websocket",
            Self::Deflate => "deflate",
            Self::Webhook => "webhook",
        }
    }

    /// The transport with this [`id`](Self::id).
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|transport| transport.id() == id)
    }

    /// Whether requests and responses carry the messages.
    pub fn is_http(self) -> bool {
        !matches!(self, Self::WebSocket | Self::Deflate)
    }

    /// Whether the server may speak without having been asked each time.
    pub fn may_push(self) -> bool {
        matches!(self, Self::Sse | Self::WebSocket | Self::Deflate | Self::Webhook)
    }

    /// Whether the answer to a message comes with the response to the request that brought it.
    pub fn answers_in_place(self) -> bool {
        matches!(self, Self::Persistent | Self::Close | Self::Six)
    }

    /// Whether the server ends the connection after each answer.
    pub fn closes(self) -> bool {
        self == Self::Close
    }

    /// How many connections the client may have at a time (browsers: six for a host).
    pub fn most_connections(self) -> usize {
        if matches!(self, Self::Six | Self::Long | Self::Sse) { 6 } else { 1 }
    }
}
