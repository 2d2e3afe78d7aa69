//! The sentence below the picture while it plays: what is happening now, and what that means.

use wire::{Opcode, Sender};

use super::{opcode_name, quoted, seconds, who};
use crate::event::{Event, Kind};
use crate::trace::Trace;

/// A sentence with the part that matters most set apart.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Caption {
    /// The sentence.
    pub text: String,
    /// What follows it with emphasis; may be empty.
    pub emphasis: String,
}

impl Caption {
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), emphasis: String::new() }
    }
}

/// What is happening at `now` microseconds.
pub fn moment(trace: &Trace, now: u64) -> Caption {
    let Some(current) = trace.events().iter().rev().find(|event| event.start() <= now && matters(event))
    else {
        return Caption::plain("Nothing has been sent yet.");
    };
    let lanes: Vec<usize> = (0..trace.lanes().len())
        .filter(|&lane| {
            trace.lane(lane).any(|event| event.start() == current.start() && event.kind == current.kind)
        })
        .collect();
    let everywhere = lanes.len() == trace.lanes().len() && lanes.len() > 1;
    let lane = usize::from(current.key.lane);
    let place = if everywhere {
        if lanes.len() == 2 { "Both lanes" } else { "All lanes" }.to_owned()
    } else {
        format!("Lane {}", char::from(b'A' + (lane % 26) as u8))
    };
    let mut caption = say(trace, lane, current, &place);
    if current.kind == Kind::Said && current.key.sender == Sender::Server {
        caption.emphasis = silent(trace, now);
    }
    caption
}

/// Whether an event is worth a sentence of its own.
pub fn matters(event: &Event) -> bool {
    !matches!(event.kind, Kind::Ack(_) | Kind::Established | Kind::EndOfStream)
}

fn say(trace: &Trace, lane: usize, event: &Event, place: &str) -> Caption {
    let at = seconds(event.start());
    let (from, to) = (who(event.key.sender), who(event.key.sender.other()));
    let quote = quoted(event);
    let text = match &event.kind {
        Kind::Said if event.key.sender == Sender::Client => {
            format!("{at}: you have something to say: {quote}.")
        }
        Kind::Said => format!("{at}: {from} has news: {quote}."),
        Kind::Delivered => {
            let passages = trace.passages(lane);
            let id = event.carries.first().map(|message| message.id);
            let age =
                passages.iter().find(|it| Some(it.message.id) == id).map_or(0, |it| it.age(event.start()));
            let have = if to == "You" { "have" } else { "has" };
            let text = format!("{place}: {to} {have} {quote}, ");
            return Caption { text, emphasis: format!("{} after it was said.", seconds(age)) };
        }
        Kind::Syn => format!("{place}: first TCP must connect. The browser sends SYN."),
        Kind::SynAck => format!(
            "{place}: the server agrees: SYN and ACK. So far one round trip, and not one octet of ours."
        ),
        Kind::Accepted => format!("{place}: the companion's socket is accepted."),
        Kind::Fin => format!(
            "{place}: {} this direction: FIN.",
            if from == "You" { "you end" } else { "the server ends" }
        ),
        Kind::Request { method, target } if method == "GET" && target.starts_with("/ws") => {
            format!("{place}: an HTTP request asks to switch protocols.")
        }
        Kind::Request { .. } if !event.carries.is_empty() => {
            format!("{place}: {quote} travels as the content of a request, behind its head.")
        }
        Kind::Request { .. } => format!("{place}: the browser asks: any news?"),
        Kind::Response { status: 101 } => {
            format!("{place}: 101 Switching Protocols. From here on either side may speak.")
        }
        Kind::Response { status: 204 } if told(trace, lane, event) => {
            format!("{place}: the server has it and answers 204, No Content.")
        }
        Kind::Response { status: 204 } => format!("{place}: the server answers 204: nothing to tell."),
        Kind::Response { status } if event.carries.is_empty() => {
            format!("{place}: the server answers {status}.")
        }
        Kind::Response { .. } => format!("{place}: asked at last, the server answers with {quote}."),
        Kind::Frame { opcode: Opcode::Close, .. } => {
            format!(
                "{place}: {} says goodbye with a Close frame.",
                if from == "You" { "the browser" } else { "the server" }
            )
        }
        Kind::Frame { opcode, .. } if event.carries.is_empty() => {
            format!("{place}: a {} frame.", opcode_name(*opcode))
        }
        Kind::Frame { .. } => format!("{place}: {quote} leaves at once, in one frame."),
        Kind::Failed(why) => format!("{place}: {why}"),
        Kind::Ack(_) | Kind::Established | Kind::EndOfStream => String::new(),
    };
    Caption::plain(text)
}

/// Whether the request before an answer brought a message.
fn told(trace: &Trace, lane: usize, answer: &Event) -> bool {
    let earlier = trace.lane(lane).take_while(|event| event.start() < answer.start());
    let request = earlier.filter(|event| matches!(event.kind, Kind::Request { .. })).last();
    request.is_some_and(|request| !request.carries.is_empty())
}

/// Which lanes have news and may not tell it.
fn silent(trace: &Trace, now: u64) -> String {
    let waiting = (0..trace.lanes().len()).filter(|&lane| {
        let passages = trace.passages(lane);
        passages
            .iter()
            .any(|it| it.speaker == Sender::Server && it.said <= now && it.left.is_none_or(|left| left > now))
    });
    let names: Vec<&str> =
        waiting.filter_map(|lane| trace.lanes().get(lane)).map(|lane| lane.transport.name()).collect();
    if names.is_empty() {
        String::new()
    } else {
        format!("{} has to sit silent until it is asked.", names.join(", "))
    }
}
