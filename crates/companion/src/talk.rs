//! A WebSocket after its opening handshake: what the server has to say, and how.

mod speaker;

use std::collections::VecDeque;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout};
use wire::Opcode;
use wire::deflate::Parameters;

use crate::board::Ears;
use crate::limits::{Limit, Limits};
use crate::script::Script;
use crate::stop::Stop;
use speaker::Speaker;

/// What the server has to say on one WebSocket.
#[derive(Debug)]
pub(crate) struct Talk {
    /// What the messages of the client bring about; without one, each comes back.
    pub(crate) script: Option<Script>,
    /// Who is told of the messages of the client.
    pub(crate) ears: Option<Ears>,
    /// What it says of its own accord, as it comes.
    pub(crate) news: Option<News>,
    /// Messages that are to be said at a time, in that order.
    pub(crate) lines: VecDeque<Line>,
    /// How long it thinks before it answers.
    pub(crate) think: Duration,
    /// The most octets of a message in one frame.
    pub(crate) fragment: usize,
    /// How often it sends a Ping.
    pub(crate) ping: Option<Duration>,
    /// Whether it compresses if the client can.
    pub(crate) deflates: bool,
    /// What both agreed on.
    pub(crate) agreed: Option<Parameters>,
    /// Dropped after so long, without a Close frame.
    pub(crate) cut: Option<Duration>,
    /// Closed after so long without an octet from either side.
    pub(crate) idle: Duration,
    /// How long a client may take to answer a Close frame.
    pub(crate) grace: Duration,
    /// The most octets in the payload of one frame.
    pub(crate) frame_limit: usize,
    /// The most octets in a message.
    pub(crate) limit: usize,
}

/// A message of the server's, and when it is due.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) due: Instant,
    pub(crate) opcode: Opcode,
    pub(crate) octets: Vec<u8>,
}

/// What the server says of its own accord, and in which kind of frames.
#[derive(Debug)]
pub(crate) struct News {
    pub(crate) opcode: Opcode,
    pub(crate) lines: mpsc::Receiver<String>,
}

impl Line {
    pub(crate) fn text(due: Instant, text: &str) -> Self {
        Self { due, opcode: Opcode::Text, octets: text.as_bytes().to_vec() }
    }
}

impl Talk {
    /// Whatever comes goes back, whole and at once; closed after `idle`.
    pub(crate) fn echo(idle: Duration, limits: &Limits) -> Self {
        Self {
            script: None,
            ears: None,
            news: None,
            lines: VecDeque::new(),
            think: Duration::ZERO,
            fragment: usize::MAX,
            ping: None,
            deflates: false,
            agreed: None,
            cut: None,
            idle,
            grace: limits.grace,
            frame_limit: limits.frame_size,
            limit: limits.message_size,
        }
    }

    /// Speaks until the closing handshake is done, or cannot be. The caller then ends TCP first, at
    /// once, as RFC 6455 section 7.1.1 asks of a server.
    /// Answers the limit at which the server ended it, if it was one.
    pub(crate) async fn run<IO: AsyncRead + AsyncWrite + Unpin>(
        self,
        io: &mut IO,
        stop: &mut Stop,
    ) -> Option<Limit> {
        let cut = self.cut;
        let mut speaker = Speaker::new(self, io);
        match cut {
            Some(cut) => {
                let _ = timeout(cut, speaker.speak(stop)).await;
            }
            None => speaker.speak(stop).await,
        }
        speaker.limit
    }
}
