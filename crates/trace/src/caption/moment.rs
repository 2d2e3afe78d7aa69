//! The sentence below the picture while it plays: what is happening now, and what that means.

use tongue::say;
use wire::{Opcode, Sender};

use super::{letter, opcode_name, quoted, seconds, sentences, title};
use crate::answer;
use crate::event::{Event, Flight, Kind};
use crate::scenario::Transport;
use crate::trace::{Passages, Trace};

/// A sentence with the part that matters most set apart.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Caption {
    /// The sentence.
    pub text: String,
    /// What follows it with emphasis; may be empty.
    pub emphasis: String,
    /// Whether that tells of somebody who had to wait.
    pub waited: bool,
}

impl Caption {
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// What is happening at `now` microseconds.
pub fn moment(trace: &Trace, now: u64) -> Caption {
    let Some(current) = current(trace, now) else {
        return Caption::plain(say!("Nothing has been sent yet."));
    };
    if current.kind == Kind::Said {
        let (at, quote) = (seconds(current.start()), quoted(current));
        return match current.key.sender {
            Sender::Client => Caption::plain(say!("{}: you have something to say: {}.", at, quote)),
            Sender::Server => {
                let (emphasis, waited) = told_where(trace, current, now);
                Caption { text: say!("{}: Ben has news: {}.", at, quote), emphasis, waited }
            }
        };
    }
    let all = trace.lanes().len();
    let told: Vec<(usize, Caption)> = (0..all)
        .filter_map(|lane| {
            let event = together(trace, lane, current, now)?;
            // Of a file's conversation nobody here knows the story.
            let told = match trace.is_imported() {
                true => Caption::plain(say!("{}: {}.", seconds(event.start()), title(event))),
                false => sentence(trace, lane, event),
            };
            Some((lane, told))
        })
        .collect();
    let everywhere = all > 1 && told.len() == all && told.windows(2).all(|pair| pair[0].1 == pair[1].1);
    let mut text = Vec::new();
    let (mut emphasis, mut waited) = (String::new(), false);
    for (lane, own) in told.into_iter().take(if everywhere { 1 } else { all }) {
        if !emphasis.is_empty() {
            text.push(emphasis);
        }
        text.push(match (everywhere, all) {
            (false, _) => say!("Lane {}: {}", letter(lane), own.text),
            (true, 2) => say!("Both lanes: {}", own.text),
            (true, _) => say!("All lanes: {}", own.text),
        });
        (emphasis, waited) = (own.emphasis, own.waited);
    }
    Caption { text: sentences(text), emphasis, waited }
}

/// What happens on a lane at the moment of `current`, as closely as anybody can see.
fn together<'a>(trace: &'a Trace, lane: usize, current: &Event, now: u64) -> Option<&'a Event> {
    let since = current.start().saturating_sub(TOGETHER);
    let at_once = |event: &&Event| event.start() >= since;
    let tells = |event: &&Event| matters(event) && event.kind != Kind::Said;
    let past = trace.until(lane, now).rev().map(|event| &**event);
    past.take_while(at_once).find(tells)
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

fn sentence(trace: &Trace, lane: usize, event: &Event) -> Caption {
    let transport = trace.lanes().get(lane).map(|lane| lane.transport);
    let side = match (event.key.sender, transport) {
        (Sender::Client, Some(Transport::Webhook)) => say!("your server"),
        (Sender::Server, Some(Transport::Webhook)) => say!("Ben’s server"),
        (Sender::Client, _) => say!("the browser"),
        (Sender::Server, _) => say!("the server"),
    };
    let quote = quoted(event);
    let passage = || {
        let id = event.carries.first()?.id;
        trace.passages(lane).message(id)
    };
    let text = match &event.kind {
        Kind::Delivered => {
            let yours = event.key.sender == Sender::Server;
            // An echo whose saying nobody saw has no age.
            let Some(passage) = passage() else {
                return Caption::plain(match yours {
                    true => say!("you have {}.", quote),
                    false => say!("Ben has {}.", quote),
                });
            };
            let age = passage.age(event.start());
            return Caption {
                text: match yours {
                    true => say!("you have {},", quote),
                    false => say!("Ben has {},", quote),
                },
                emphasis: say!("{} after it was said.", seconds(age)),
                waited: passage.left.is_some_and(|left| left > passage.said + TOGETHER),
            };
        }
        Kind::Syn if transport == Some(Transport::Webhook) => {
            say!("{} has something to tell. First TCP must connect: it sends SYN.", side)
        }
        Kind::Syn if event.key.connection > 0 => {
            say!("another connection, so TCP must connect again. The browser sends SYN.").to_owned()
        }
        Kind::Syn => say!("first TCP must connect. The browser sends SYN.").to_owned(),
        Kind::SynAck if transport == Some(Transport::Webhook) => {
            say!("{} answers SYN, ACK: it accepts.", side)
        }
        Kind::SynAck if event.key.connection > 0 => {
            say!("the server answers SYN, ACK: it accepts. One more round trip before the request can leave.")
                .to_owned()
        }
        Kind::SynAck => say!(
            "the server answers SYN, ACK: it accepts. \
 Connecting costs one round trip before any message can travel."
        )
        .to_owned(),
        Kind::Accepted => say!("the companion accepts a connection.").to_owned(),
        Kind::Fin => say!("{} sends FIN: it will send no more on this connection.", side),
        Kind::Reset => say!("a proxy has seen nothing for too long: it cuts the connection.").to_owned(),
        Kind::Lost { .. } => say!("a segment is lost on the way; nobody knows yet.").to_owned(),
        Kind::Retransmission => say!("{} sends the lost segment again.", side),
        Kind::Tls(Flight::ClientHello) => {
            say!("before anything else TLS must agree on keys: ClientHello.").to_owned()
        }
        Kind::Tls(Flight::ServerHello) => {
            say!("{} answers ServerHello and shows its certificate.", side)
        }
        Kind::Tls(Flight::ServerHelloResumed) => {
            say!("{} answers ServerHello: the two know each other, no certificate is needed.", side)
        }
        Kind::Tls(Flight::ClientFinished | Flight::ServerFinished) => {
            say!("{} sends Finished: its side of the TLS handshake is done.", side)
        }
        Kind::Request { method, target } if method == "GET" && target.starts_with("/ws") => {
            say!("an HTTP request asks to switch protocols.").to_owned()
        }
        Kind::Request { .. } if !event.carries.is_empty() => {
            say!("{} travels as the content of a request, behind its head.", quote)
        }
        Kind::Request { target, .. } if target.starts_with(answer::EVENTS) => {
            say!("the browser asks for a stream of events.").to_owned()
        }
        Kind::Request { .. } if transport == Some(Transport::Long) => {
            say!("the browser asks: any news? The server may hold the question until there is some.")
                .to_owned()
        }
        Kind::Request { .. } => say!("the browser asks: any news?").to_owned(),
        Kind::Response { status: 101 } => say!(
            "the server agrees: 101 Switching Protocols. \
 It may speak from now on, you as soon as this arrives."
        )
        .to_owned(),
        Kind::Response { status: 204 } if transport == Some(Transport::Webhook) => {
            say!("{} has it and answers 204, No Content.", side)
        }
        Kind::Response { status: 204 } if told(trace, lane, event) => {
            say!("Ben has it; the server answers 204, No Content.").to_owned()
        }
        Kind::Response { status: 204 } if transport == Some(Transport::Long) => {
            say!("the time is up: the server answers 204, No Content. The browser asks again.").to_owned()
        }
        Kind::Response { status: 204 } => say!("the server answers 204, No Content: no news.").to_owned(),
        Kind::Response { status: 200 } if event.carries.is_empty() && transport == Some(Transport::Sse) => {
            say!("the server answers 200 and does not end its answer: it adds an event whenever it has news.")
                .to_owned()
        }
        Kind::Response { status } if event.carries.is_empty() => {
            say!("the server answers {}.", status)
        }
        Kind::Response { .. } if told(trace, lane, event) => {
            say!("the server answers at once, with {}.", quote)
        }
        Kind::Response { .. } if transport == Some(Transport::Long) => {
            say!("the server answers the question with {}.", quote)
        }
        Kind::Response { .. } => say!("asked at last, the server answers with {}.", quote),
        Kind::Frame { opcode: Opcode::Close, .. } if answers(trace, lane, event) => {
            say!("{} answers it with a Close frame.", side)
        }
        Kind::Frame { opcode: Opcode::Close, .. } => {
            say!("{} starts the closing handshake with a Close frame.", side)
        }
        Kind::Frame { opcode, .. } if event.carries.is_empty() => {
            say!("a {} frame.", opcode_name(*opcode))
        }
        Kind::Frame { .. } | Kind::Chunk => {
            let at_once = passage().is_some_and(|it| event.start().saturating_sub(it.said) <= TOGETHER);
            let compressed = transport == Some(Transport::Deflate);
            match (event.kind == Kind::Chunk, compressed, at_once) {
                (true, _, true) => say!("{} goes out as one event of the stream, at once.", quote),
                (true, _, false) => say!("{} goes out as one event of the stream.", quote),
                (_, true, true) => say!("{} goes out compressed, in one WebSocket frame, at once.", quote),
                (_, true, false) => say!("{} goes out compressed, in one WebSocket frame.", quote),
                (_, false, true) => say!("{} goes out in one WebSocket frame, at once.", quote),
                (_, false, false) => say!("{} goes out in one WebSocket frame.", quote),
            }
        }
        Kind::Failed(why) => say(why).to_owned(),
        Kind::Said | Kind::Ack(_) | Kind::Established | Kind::EndOfStream => String::new(),
    };
    Caption::plain(text)
}

/// Whether the other side has sent its Close frame before.
fn answers(trace: &Trace, lane: usize, close: &Event) -> bool {
    trace.until(lane, close.start()).rev().filter(|event| event.start() < close.start()).any(|event| {
        matches!(event.kind, Kind::Frame { opcode: Opcode::Close, .. })
            && (event.key.connection, event.key.sender) == (close.key.connection, close.key.sender.other())
    })
}

/// Whether the request before an answer brought a message.
fn told(trace: &Trace, lane: usize, answer: &Event) -> bool {
    let same = |event: &&std::rc::Rc<Event>| event.key.connection == answer.key.connection;
    let earlier = trace.until(lane, answer.start()).rev().filter(|event| event.start() < answer.start());
    let request = earlier.filter(same).find(|event| matches!(event.kind, Kind::Request { .. }));
    request.is_some_and(|request| !request.carries.is_empty())
}

/// Which lanes pass news on at once, which may not, and why; and whether any may not.
fn told_where(trace: &Trace, news: &Event, now: u64) -> (String, bool) {
    let (mut at_once, mut asked, mut opening) = (Vec::new(), Vec::new(), Vec::new());
    for (lane, known) in trace.lanes().iter().enumerate() {
        let passages = trace.passages(lane);
        let of = match (passages.news_waits(now), known.transport.may_push()) {
            (true, false) => &mut asked,
            (true, true) => &mut opening,
            (false, _) if leaves_at(passages, news) == Some(news.start()) => &mut at_once,
            (false, _) => continue,
        };
        if !of.contains(&known.transport.name()) {
            of.push(known.transport.name());
        }
    }
    let mut told = Vec::new();
    if let ([name], false) = (at_once.as_slice(), asked.is_empty()) {
        told.push(say!("{} sends it at once.", name));
    }
    match asked.as_slice() {
        [] => {}
        [name] => told.push(say!("Over {}, the server has to sit silent until it is asked.", name)),
        _ => told.push(say!("Over HTTP the server has to sit silent until it is asked.").to_owned()),
    }
    if let [name] = opening.as_slice() {
        told.push(say!("{} cannot pass it on yet.", name));
    }
    (sentences(told), !(asked.is_empty() && opening.is_empty()))
}

fn leaves_at(passages: &Passages, news: &Event) -> Option<u64> {
    passages.message(news.carries.first()?.id)?.left
}

/// What is said to be at once, in microseconds.
const TOGETHER: u64 = 1_000;
