//! The words on the finished picture: one sentence that sums it up, and the numbered notes.

use std::rc::Rc;

use tongue::say;
use wire::Sender;

use super::{Caption, clauses, letter, octets, seconds, sentences, who};
use crate::event::{Event, Kind, Layer};
use crate::ledger::Account;
use crate::trace::{Passage, Passages, Trace};

/// What the finished picture shows: what was lost, or the news that differed most between the lanes.
pub fn summary(trace: &Trace) -> Caption {
    if let Some(lost) = lost(trace) {
        return Caption { emphasis: lost, waited: true, ..tally(trace) };
    }
    let Some((slow, fast, late)) = most_different(trace) else { return tally(trace) };
    let (Some(slowly), Some(quickly)) =
        (trace.passages(slow).message(late.message.id), trace.passages(fast).message(late.message.id))
    else {
        return tally(trace);
    };
    let took = |passage: &Passage| seconds(passage.age(trace.end()));
    // In steps of what is told, so that both parts come to the whole.
    let round = |micros: u64| micros.saturating_add(5_000) / 10_000 * 10_000;
    let waited = round(slowly.left.unwrap_or(slowly.said).saturating_sub(slowly.said));
    let way = round(slowly.age(trace.end())).saturating_sub(waited);
    Caption {
        text: say!(
            "{} had news at {}. {} delivered it in {};",
            who(late.speaker),
            seconds(late.said),
            name(trace, fast),
            took(quickly),
        ),
        emphasis: say!(
            "{} took {}: {} waiting to be asked, {} on the way.",
            name(trace, slow),
            took(slowly),
            seconds(waited),
            seconds(way)
        ),
        waited: true,
    }
}

/// The name of a lane: its transport, and whose it is if there are several of a kind.
fn name(trace: &Trace, lane: usize) -> String {
    let Some(known) = trace.lanes().get(lane) else { return String::new() };
    let name = known.name();
    match trace.lanes().iter().filter(|it| it.name() == name).count() {
        1 => name,
        _ => say!("Lane {}’s {}", letter(lane), name),
    }
}

/// The numbered notes, with the figures of this run. A note without its picture is left out.
pub fn notes(trace: &Trace) -> Vec<(u8, String)> {
    let mut notes = Vec::new();
    let mut longest = None;
    for lane in (0..trace.lanes().len()).filter(|&lane| must_be_asked(trace, lane)) {
        let open = opened(trace, lane);
        for passage in trace.passages(lane).iter().filter(|it| it.speaker == Sender::Server) {
            if passage.left.is_some_and(|left| left > passage.said) {
                longest = longest.max(Some(waited(passage, open)));
            }
        }
    }
    if let Some(wait) = longest {
        let text = match wait {
            0 => say!("Ben has news, but over HTTP the server must wait to be asked.").to_owned(),
            _ => {
                say!("Ben has news, but over HTTP the server must wait to be asked: up to {}.", seconds(wait))
            }
        };
        notes.push((1, text));
    }
    if trace.events().iter().any(|event| event.kind == Kind::Response { status: 101 }) {
        notes
            .push((2, say!("One handshake, itself an HTTP request. Then either side may speak.").to_owned()));
    }
    if let Some(text) = repeated(trace) {
        notes.push((3, text));
    }
    notes
}

/// When a lane's first question is answered: until then it waits for its connection, whatever the
/// protocol.
fn opened(trace: &Trace, lane: usize) -> u64 {
    let mut answers = trace.lane(lane).filter(|event| matches!(event.kind, Kind::Response { .. }));
    answers.next().map_or(0, |event| event.start())
}

/// How long a message waited to be asked for on a lane that was open at `open`.
fn waited(passage: &Passage, open: u64) -> u64 {
    passage.left.map_or(0, |left| left.saturating_sub(passage.said.max(open)))
}

/// What each message adds, on the lanes that there are.
fn repeated(trace: &Trace) -> Option<String> {
    let asks = |it: &&Rc<Event>| {
        matches!(it.kind, Kind::Request { .. }) && http_lane(trace, usize::from(it.key.lane))
    };
    let mut heads = trace.events().iter().filter(asks).peekable();
    heads.peek()?;
    let head = heads.filter(|it| !headless(it)).map(|it| it.octets.framing).min();
    let head = match head {
        Some(head) => say!("Every request carries a head: here {} or more.", octets(head)),
        None => say!("Every request carries a head.").to_owned(),
    };
    let frames =
        trace.events().iter().filter(|it| matches!(it.kind, Kind::Frame { .. }) && !it.carries.is_empty());
    let sizes: Vec<u64> = frames.map(|it| it.octets.framing).collect();
    let adds = match (sizes.iter().min(), sizes.iter().max()) {
        (Some(least), Some(most)) if least != most => {
            say!("A WebSocket message adds only {} to {}.", least, most)
        }
        (Some(least), _) => say!("A WebSocket message adds only {}.", least),
        _ => return Some(head),
    };
    Some(sentences([head, adds]))
}

fn http_lane(trace: &Trace, lane: usize) -> bool {
    trace.lanes().get(lane).is_some_and(|it| it.transport.is_http())
}

fn must_be_asked(trace: &Trace, lane: usize) -> bool {
    trace.lanes().get(lane).is_some_and(|it| !it.transport.may_push())
}

/// Whether an event has a head that nobody saw: no octets are known of it.
fn headless(event: &Event) -> bool {
    event.layer == Layer::Http && event.raw.is_none()
}

/// On which lanes messages never reached the other side.
fn lost(trace: &Trace) -> Option<String> {
    let parts = (0..trace.lanes().len()).filter_map(|lane| {
        let missing = Account::at(trace, lane, trace.end()).missing?;
        Some(say!("{}: {} of {} messages delivered", name(trace, lane), missing.delivered, missing.said))
    });
    let parts: Vec<String> = parts.collect();
    (!parts.is_empty()).then(|| say!("{}.", clauses(parts)))
}

fn tally(trace: &Trace) -> Caption {
    let end = trace.end();
    let parts = (0..trace.lanes().len()).map(|lane| {
        let account = Account::at(trace, lane, end);
        let (name, carried) = (name(trace, lane), octets(account.payload()));
        match trace.lane(lane).any(|event| headless(event)) {
            true => say!("{}: heads unseen, {} of message", name, carried),
            false => say!("{}: {} for {} of message", name, octets(account.on_connections()), carried),
        }
    });
    Caption::plain(say!("{}.", clauses(parts)))
}

/// The lanes between which one piece of news differed most in age, and that piece.
fn most_different(trace: &Trace) -> Option<(usize, usize, Passage)> {
    let mut best: Option<(u64, usize, usize, Passage)> = None;
    let end = trace.end();
    let all: Vec<&Passages> = (0..trace.lanes().len()).map(|lane| trace.passages(lane)).collect();
    let may_not_speak = |&(lane, _): &(usize, _)| must_be_asked(trace, lane);
    for (slow, passages) in all.iter().enumerate().filter(may_not_speak) {
        let open = opened(trace, slow);
        for passage in passages
            .iter()
            .filter(|it| it.speaker == Sender::Server && trace.is_scripted(&it.message))
            .filter(|it| it.delivered.is_some() && waited(it, open) >= WORTH_SAYING)
        {
            for (fast, others) in all.iter().enumerate() {
                let Some(other) = others.message(passage.message.id) else {
                    continue;
                };
                let gain = passage.age(end).saturating_sub(other.age(end));
                if gain >= WORTH_SAYING && best.as_ref().is_none_or(|known| gain > known.0) {
                    best = Some((gain, slow, fast, passage.clone()));
                }
            }
        }
    }
    best.map(|(_, slow, fast, passage)| (slow, fast, passage))
}

/// Differences below ten milliseconds are nobody's news.
const WORTH_SAYING: u64 = 10_000;
