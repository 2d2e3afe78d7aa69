//! The sentence below the picture while it plays: what is happening now, and what that means.

use wire::{Opcode, Sender};

use super::{opcode_name, quoted, seconds, who};
use crate::event::{Event, Kind};
use crate::trace::{Passage, Trace};

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
    let Some(current) = current(trace, now) else { return Caption::plain("Nothing has been sent yet.") };
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
        caption.emphasis = told_where(trace, current, now);
    }
    caption
}

/// The event to tell of: the latest, but of several at one moment what somebody says of their own
/// accord, for that is why the others happen.
fn current(trace: &Trace, now: u64) -> Option<&Event> {
    let until = trace.events().partition_point(|event| event.start() <= now);
    let past = || trace.events()[..until].iter().rev().filter(|event| matters(event));
    let latest = past().next()?;
    let same = || past().take_while(|event| event.start() == latest.start());
    let answers = |said: &Event| same().any(|it| it.kind == Kind::Delivered && it.key.lane == said.key.lane);
    let said = same().filter(|event| event.kind == Kind::Said && trace.scripted(event) && !answers(event));
    Some(said.last().unwrap_or(latest))
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
            let passage = passages.iter().find(|it| Some(it.message.id) == id);
            let have = if to == "You" { "have" } else { "has" };
            // An echo whose saying nobody saw has no age.
            let Some(passage) = passage else {
                return Caption::plain(format!("{place}: {to} {have} {quote}."));
            };
            let text = format!("{place}: {to} {have} {quote},");
            let age = passage.age(event.start());
            return Caption { text, emphasis: format!("{} after it was said.", seconds(age)) };
        }
        Kind::Syn if event.key.connection > 0 => {
            format!("{place}: another connection, so TCP must connect again. The browser sends SYN.")
        }
        Kind::Syn => format!("{place}: first TCP must connect. The browser sends SYN."),
        Kind::SynAck if event.key.connection > 0 => {
            format!("{place}: the server agrees: SYN and ACK. One more round trip without an octet of ours.")
        }
        Kind::SynAck => format!(
            "{place}: the server agrees: SYN and ACK. That makes one round trip, and not one octet of ours."
        ),
        Kind::Accepted => format!("{place}: the companion accepts a connection."),
        Kind::Fin => format!(
            "{place}: {} ends its direction with FIN.",
            if from == "You" { "the browser" } else { "the server" }
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
        Kind::Response { .. } if told(trace, lane, event) => {
            format!("{place}: the server answers at once, with {quote}.")
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

/// Which lanes pass news on at once, which may not, and why.
fn told_where(trace: &Trace, news: &Event, now: u64) -> String {
    let (mut at_once, mut asked, mut opening) = (Vec::new(), Vec::new(), Vec::new());
    for (lane, known) in trace.lanes().iter().enumerate() {
        let passages = trace.passages(lane);
        let mut unheard = passages.iter().filter(|it| it.speaker == Sender::Server && it.said <= now);
        let gone = |left: Option<u64>| left.is_some_and(|left| left <= now);
        let of = match (unheard.any(|it| !gone(it.left)), known.transport.is_http()) {
            (true, true) => &mut asked,
            (true, false) => &mut opening,
            (false, _) if leaves_at(&passages, news) == Some(news.start()) => &mut at_once,
            (false, _) => continue,
        };
        if !of.contains(&known.transport.name()) {
            of.push(known.transport.name());
        }
    }
    let mut sentences = Vec::new();
    if let ([name], false) = (at_once.as_slice(), asked.is_empty()) {
        sentences.push(format!("{name} sends it at once."));
    }
    match asked.as_slice() {
        [] => {}
        [name] => sentences.push(format!("{name} has to sit silent until it is asked.")),
        _ => sentences.push("Over HTTP the server has to sit silent until it is asked.".to_owned()),
    }
    if let [name] = opening.as_slice() {
        sentences.push(format!("{name} cannot pass it on yet."));
    }
    sentences.join(" ")
}

fn leaves_at(passages: &[Passage], news: &Event) -> Option<u64> {
    let id = news.carries.first()?.id;
    passages.iter().find(|it| it.message.id == id)?.left
}
