//! A live run as a trace: what the page's script saw and what the companion's tap saw, as events.
//!
//! The page hands in a [`LaneLog`] for each lane, the companion a [`Tap`](crate::live::Tap). Each
//! becomes events of its own source; [`recorded`] joins those with one key for the picture and keeps
//! both. Pure: the clocks are read elsewhere and aligned here, see [`align`].

mod align;
mod browser;
mod join;
mod messages;
mod passage;
pub mod stream;
mod tap;
pub mod witness;

use crate::event::Event;
use crate::live::Tap;
use crate::scenario::{Transport, Utterance, Workload};
use crate::trace::{Lane, Trace};

pub use align::{Alignment, Exchange, align};
pub use browser::{Rebuilt, rebuild};

/// What the page's script saw of one lane. Times are microseconds of the page's clock.
#[derive(Clone, PartialEq, Debug)]
pub struct LaneLog {
    /// Index of the lane.
    pub lane: u8,
    /// How it carried the conversation.
    pub transport: Transport,
    /// The lane's zero.
    pub zero: u64,
    /// Its requests, in the order in which they were made.
    pub requests: Vec<RequestLog>,
    /// Its WebSocket, if it has one.
    pub socket: Option<SocketLog>,
    /// When the page hung up on what was still under way: a stream, a question that was held.
    pub left: Option<u64>,
    /// Why it broke off, if it did: what happened and what to do.
    pub failed: Option<Failure>,
}

impl LaneLog {
    /// How long the first exchange took, in microseconds: from the script's first call to the answer,
    /// connecting included. `None` if there was none, or no answer.
    pub fn first_exchange(&self) -> Option<u64> {
        let socket = self.socket.as_ref().map(|socket| Some((socket.called, socket.opened?)));
        let request = || self.requests.first().map(|it| Some((it.called, it.in_hand?)));
        let (called, answered) = socket.or_else(request)??;
        Some(answered.saturating_sub(called))
    }

    /// The last time at which the script saw anything, in microseconds since the lane's zero.
    pub fn ended(&self) -> u64 {
        let requests = self.requests.iter().flat_map(|request| {
            let events = request.events.iter().map(|event| event.at);
            events.chain([request.in_hand.unwrap_or(request.called)])
        });
        let socket = self.socket.iter().flat_map(|socket| {
            let heard = socket.received.iter().map(|received| received.at);
            heard
                .chain(socket.closed.map(|closed| closed.0))
                .chain(socket.close_called)
                .chain([socket.called])
        });
        let failed = self.failed.iter().map(|failure| failure.at);
        requests
            .chain(socket)
            .chain(failed)
            .chain(self.left)
            .max()
            .unwrap_or(self.zero)
            .saturating_sub(self.zero)
    }
}

/// Why and when a lane broke off.
#[derive(Clone, PartialEq, Debug)]
pub struct Failure {
    /// When.
    pub at: u64,
    /// One or two sentences for the visitor.
    pub why: String,
}

/// One `fetch`.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct RequestLog {
    /// Its method.
    pub method: String,
    /// Its target: path and query.
    pub target: String,
    /// Its content.
    pub content: Vec<u8>,
    /// When the visitor said what it carries, which may be before its turn came.
    pub said: Option<u64>,
    /// When `fetch` was called.
    pub called: u64,
    /// `requestStart` of Resource Timing, where the server lets the page read it.
    pub request_start: Option<u64>,
    /// `responseStart`, likewise.
    pub response_start: Option<u64>,
    /// `responseEnd`: known even without the server's leave.
    pub response_end: Option<u64>,
    /// When the script had the whole answer in hand.
    pub in_hand: Option<u64>,
    /// Whether a service worker stood between page and server.
    pub worker: bool,
    /// Whether it ran on a connection that was there before, where the page can tell.
    pub reused: Option<bool>,
    /// The lane's connection, counted from 0, where the server says so.
    pub connection: Option<u16>,
    /// Status code; 0 if there was no answer.
    pub status: u16,
    /// The names of the answer's field lines that a script may read.
    pub fields: Vec<String>,
    /// The message content of the answer: unwrapped, if the server wrapped it.
    pub answer: Vec<u8>,
    /// What came on it piece by piece: the events of an `EventSource`, whose `open` is `in_hand`.
    pub events: Vec<ReceivedLog>,
}

/// One `WebSocket`.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SocketLog {
    /// Its target: path and query.
    pub target: String,
    /// Whether its messages go as binary.
    pub binary: bool,
    /// When `new WebSocket` was called.
    pub called: u64,
    /// When `open` fired.
    pub opened: Option<u64>,
    /// `extensions`: what was agreed on of them, as the script is told.
    pub extensions: String,
    /// What was sent: when it was said, when `send` was called, and the text.
    pub sent: Vec<SentLog>,
    /// What arrived, in order, greetings and the like left out.
    pub received: Vec<ReceivedLog>,
    /// When `close` was called.
    pub close_called: Option<u64>,
    /// When `close` fired, its code, and whether it was clean.
    pub closed: Option<(u64, u16, bool)>,
    /// Its reason.
    pub reason: String,
}

/// One `send`.
#[derive(Clone, PartialEq, Debug)]
pub struct SentLog {
    /// When it was said, which may be before the socket was open.
    pub said: u64,
    /// When `send` was called.
    pub at: u64,
    /// What it said.
    pub text: String,
}

/// One `message`.
#[derive(Clone, PartialEq, Debug)]
pub struct ReceivedLog {
    /// `timeStamp` of the event.
    pub at: u64,
    /// What it said.
    pub text: String,
    /// Which message of the script it answers, where it says so itself (a nonce): the order may differ.
    pub answers: Option<u32>,
}

/// What a live run was about.
#[derive(Clone, PartialEq, Debug)]
pub struct Plan {
    /// The run's number, counted from 1.
    pub run: u32,
    /// Chat or echo.
    pub workload: Workload,
    /// Who said what when.
    pub script: Vec<Utterance>,
    /// The transports, left to right.
    pub lanes: Vec<Transport>,
}

/// Puts a live run together. Without a tap the octets are reconstructed as far as that goes.
pub fn recorded(plan: &Plan, logs: &[LaneLog], witness: Option<(&Tap, Alignment)>) -> Trace {
    let mut events: Vec<Event> = Vec::new();
    for log in logs {
        let tapped = witness.and_then(|(tap, alignment)| {
            let lane = tap.lanes.iter().find(|lane| lane.lane == log.lane)?;
            Some(tap::events(plan, log, lane, alignment))
        });
        events.extend(browser::events(plan, log, tapped.as_deref()));
        events.extend(tapped.into_iter().flatten());
    }
    let lanes = plan.lanes.iter().copied().map(Lane::from).collect();
    let joined = join::join(&events);
    Trace::witnessed(lanes, joined, events, plan.script.len() as u32)
}
