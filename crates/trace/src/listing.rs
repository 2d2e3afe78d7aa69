//! The script that would do a lane's work in a page, and which of its lines is at work when.

use wire::Sender;

use crate::event::{Event, Kind};
use crate::scenario::{Scenario, Transport, Workload};
use crate::trace::Trace;

/// What makes a line light up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cue {
    /// A connection is being made.
    Connect,
    /// The WebSocket is open.
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
    /// The text, with its indentation.
    pub text: String,
    /// What it does, if anything travels because of it.
    pub cue: Option<Cue>,
}

/// The script of one lane.
pub fn listing(scenario: &Scenario, transport: Transport) -> Vec<Line> {
    let millis = scenario.poll / 1_000;
    match (transport, scenario.workload) {
        (Transport::WebSocket, Workload::Chat) => lines(&[
            ("const socket = new WebSocket(\"ws://server/ws\");", Some(Cue::Connect)),
            ("socket.onopen = () => enableSendButton();", Some(Cue::Open)),
            ("socket.onmessage = (event) => show(event.data);", Some(Cue::Hear)),
            ("", None),
            ("function say(text) {", None),
            ("  socket.send(text);", Some(Cue::Say)),
            ("}", None),
            ("function leave() {", None),
            ("  socket.close(1000);", Some(Cue::Leave)),
            ("}", None),
        ]),
        (Transport::WebSocket, Workload::Echo) => lines(&[
            ("const socket = new WebSocket(\"ws://server/ws\");", Some(Cue::Connect)),
            ("socket.onopen = () => sendNext();", Some(Cue::Open)),
            ("socket.onmessage = (event) => {", Some(Cue::Hear)),
            ("  show(event.data);", None),
            ("  more() ? sendNext() : socket.close(1000);", Some(Cue::Leave)),
            ("};", None),
            ("function sendNext() {", None),
            ("  socket.send(next());", Some(Cue::Say)),
            ("}", None),
        ]),
        (Transport::Persistent | Transport::Close, Workload::Echo) => lines(&[
            ("for (let n = 0; n < messages.length; n++) {", None),
            ("  const answer = await fetch(`/echo?n=${n}`,", Some(Cue::Connect)),
            ("    { method: \"POST\", body: messages[n] });", Some(Cue::Say)),
            ("  show(await answer.text());", Some(Cue::Hear)),
            ("}", None),
        ]),
        (_, _) => {
            let mut listing = lines(&[
                ("let news = 0, said = 0, turn = Promise.resolve();", Some(Cue::Connect)),
                ("// one request at a time: each waits for the last", None),
                ("const inTurn = (next) => (turn = turn.then(next));", None),
                ("", None),
                ("const ask = () => inTurn(async () => {", None),
                ("  const answer = await fetch(`/news?after=${news}`);", Some(Cue::Ask)),
                ("  if (answer.status === 204) return;  // no news", None),
                ("  const lines = (await answer.text()).split(\"\\n\");", Some(Cue::Hear)),
                ("  news += lines.length; lines.forEach(show);", None),
                ("});", None),
            ]);
            listing.push(Line { text: format!("ask(); setInterval(ask, {millis});"), cue: None });
            listing.extend(lines(&[
                ("", None),
                ("const say = (text) => inTurn(() =>", None),
                ("  fetch(`/say?n=${said++}`, { method: \"POST\", body: text }));", Some(Cue::Say)),
            ]));
            listing
        }
    }
}

/// The line of `listing` at work at `now` microseconds, counted from 0.
pub fn lit(trace: &Trace, lane: usize, listing: &[Line], now: u64) -> Option<usize> {
    let last = trace.lane(lane).filter(|event| event.start() <= now).filter_map(|event| cue(event)).last()?;
    listing.iter().position(|line| line.cue == Some(last))
}

fn cue(event: &Event) -> Option<Cue> {
    match (&event.kind, event.key.sender) {
        (Kind::Syn, _) => Some(Cue::Connect),
        (Kind::Response { status: 101 }, _) => Some(Cue::Open),
        (Kind::Request { .. } | Kind::Frame { .. }, Sender::Client) if !event.carries.is_empty() => {
            Some(Cue::Say)
        }
        (Kind::Request { target, .. }, _) if target.starts_with(crate::answer::NEWS) => Some(Cue::Ask),
        (Kind::Delivered, Sender::Server) => Some(Cue::Hear),
        (Kind::Frame { opcode: wire::Opcode::Close, .. }, Sender::Client) => Some(Cue::Leave),
        _ => None,
    }
}

fn lines(texts: &[(&str, Option<Cue>)]) -> Vec<Line> {
    texts.iter().map(|&(text, cue)| Line { text: text.to_owned(), cue }).collect()
}
