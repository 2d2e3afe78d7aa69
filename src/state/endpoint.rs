//! Who answers a live run.

use tongue::{say, word};

/// Whom a live run talks to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Endpoint {
    /// A companion at this origin.
    Companion(String),
    /// One of [`PRESETS`].
    Preset(usize),
    /// A pair of URLs: HTTP and WebSocket.
    Custom(String, String),
    /// Nobody yet.
    #[default]
    Nobody,
}

/// A public echo server, or a pair of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Preset {
    name: &'static str,
    /// Where HTTP is echoed.
    pub http: &'static str,
    /// Where WebSocket is echoed.
    pub socket: &'static str,
    word: &'static str,
}

impl Preset {
    /// The name in the select "Server".
    pub fn name(&self) -> &'static str {
        say(self.name)
    }

    /// What its documents say that matters here.
    pub fn word(&self) -> &'static str {
        say(self.word)
    }
}

/// Public echo servers, the best first. Their state is as their documents said in November 2026.
pub const PRESETS: [Preset; 3] = [
    Preset {
        name: "httpbingo.org",
        http: "https://httpbingo.org/anything",
        socket: "wss://httpbingo.org/websocket/echo",
        word: word!("One host for both. It ends a WebSocket after ten seconds."),
    },
    Preset {
        name: word!("httpbingo.org and echo.websocket.org"),
        http: "https://httpbingo.org/anything",
        socket: "wss://echo.websocket.org",
        word: word!("Two hosts: their times must not be compared. The second greets before it echoes."),
    },
    Preset {
        name: word!("httpbun.com and ws.postman-echo.com"),
        http: "https://httpbun.com/anything",
        socket: "wss://ws.postman-echo.com/raw",
        word: word!("Two hosts: their times must not be compared."),
    },
];
