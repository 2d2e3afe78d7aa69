//! The script that would do a lane's work in a page, and which of its lines is at work when.

mod scripts;

use tongue::say;
use wire::Sender;

use crate::event::{Event, Kind};
use crate::scenario::{Loop, Scenario, Transport};
use crate::trace::Trace;

/// What makes a line light up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cue {
    /// A connection is being made.
    Connect,
    /// The WebSocket, or the stream, is open.
    Open,
    /// The page sends a message.
    Say,
    /// The page asks for news.
    Ask,
    /// The page has an answer or a message in hand.
    Hear,
    /// The page says goodbye.
    Leave,
}

/// One line of script.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// The text, with its indentation; its comments are said in the language that is spoken.
    pub text: String,
    /// What it does, if anything travels because of it.
    pub cue: Option<Cue>,
}

/// The script of one lane.
pub fn listing(scenario: &Scenario, transport: Transport) -> Vec<Line> {
    let loops = scenario.workload.loops();
    let binary = scenario.binary;
    let every = format!("ask(); setInterval(ask, {});", scenario.poll / 1_000);
    let every: &[(&str, Option<Cue>)] = &[(&every, None)];
    match (transport, loops) {
        (Transport::WebSocket | Transport::Deflate, _) => {
            let script = if loops == Loop::Echo { scripts::SOCKET_ECHO } else { scripts::SOCKET };
            let (first, rest) = script.split_at(1);
            let note = if transport == Transport::Deflate { scripts::SOCKET_DEFLATED } else { &[] };
            let kind = if binary { scripts::SOCKET_BINARY } else { &[] };
            lines(&[note, first, kind, rest])
        }
        (Transport::Persistent | Transport::Close | Transport::Six, Loop::Echo) => lines(&[scripts::ECHO]),
        (Transport::Persistent | Transport::Close, Loop::Asked) => lines(&[scripts::ASKED]),
        (Transport::Six, Loop::Asked) => lines(&[scripts::SIX_ASKED]),
        (Transport::Six, Loop::Open) => lines(&[scripts::SIX, every, scripts::SAY_AT_ONCE]),
        (Transport::Long, _) => lines(&[scripts::LONG, scripts::SAY_AT_ONCE]),
        (Transport::Sse, _) => {
            let hear = if binary { scripts::STREAM_BINARY } else { scripts::STREAM_TEXT };
            lines(&[scripts::STREAM, hear, scripts::STREAM_SAY])
        }
        (Transport::Webhook, _) => lines(&[scripts::HOOK]),
        (Transport::Persistent | Transport::Close | Transport::Polling, _) => {
            lines(&[scripts::IN_TURN, every, scripts::SAY_IN_TURN])
        }
    }
}

/// The line of `listing` at work at `now` microseconds, counted from 0.
pub fn lit(trace: &Trace, lane: usize, listing: &[Line], now: u64) -> Option<usize> {
    let last = trace.until(lane, now).rev().find_map(|event| cue(event))?;
    listing.iter().position(|line| line.cue == Some(last))
}

fn cue(event: &Event) -> Option<Cue> {
    match (&event.kind, event.key.sender) {
        (Kind::Syn, _) => Some(Cue::Connect),
        (Kind::Response { status: 101 }, _) => Some(Cue::Open),
        // A 200 that carries nothing yet: the stream is open.
        (Kind::Response { status: 200 }, _) if event.carries.is_empty() => Some(Cue::Open),
        (Kind::Request { .. } | Kind::Frame { .. }, Sender::Client) if !event.carries.is_empty() => {
            Some(Cue::Say)
        }
        (Kind::Request { target, .. }, _) if target.starts_with(crate::answer::NEWS) => Some(Cue::Ask),
        (Kind::Delivered, Sender::Server) => Some(Cue::Hear),
        (Kind::Frame { opcode: wire::Opcode::Close, .. }, Sender::Client) => Some(Cue::Leave),
        _ => None,
    }
}

fn lines(parts: &[&[(&str, Option<Cue>)]]) -> Vec<Line> {
    parts
        .iter()
        .flat_map(|part| part.iter())
        .map(|&(text, cue)| Line { text: say(text).to_owned(), cue })
        .collect()
}
