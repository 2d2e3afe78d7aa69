//! The words on the finished picture: one sentence that sums it up, and the numbered notes.

use wire::Sender;

use super::{Caption, count, octets, seconds, who};
use crate::event::Kind;
use crate::ledger::Account;
use crate::trace::{Passage, Trace};

/// What the finished picture shows: the news that differed most between the lanes.
pub fn summary(trace: &Trace) -> Caption {
    let Some((slow, fast, late)) = most_different(trace) else { return tally(trace) };
    let name = |lane: usize| trace.lanes().get(lane).map_or("", |lane| lane.transport.name());
    let (Some(slowly), Some(quickly)) =
        (find(trace, slow, late.message.id), find(trace, fast, late.message.id))
    else {
        return tally(trace);
    };
    let waited = slowly.left.unwrap_or(slowly.said).saturating_sub(slowly.said);
    Caption {
        text: format!(
            "{} had news at {}. {} delivered it in {};",
            who(late.speaker),
            seconds(late.said),
            name(fast),
            seconds(quickly.age(trace.end())),
        ),
        emphasis: format!("{} had to wait to be asked: {}.", name(slow), seconds(waited)),
    }
}

/// The numbered notes, with the figures of this run. A note without its picture is left out.
pub fn notes(trace: &Trace) -> Vec<(u8, String)> {
    let mut notes = Vec::new();
    let lanes = || 0..trace.lanes().len();
    let http = |lane: &usize| trace.lanes().get(*lane).is_some_and(|it| it.transport.is_http());
    let waited = |passage: &Passage| passage.left.unwrap_or(passage.said).saturating_sub(passage.said);
    let longest = lanes()
        .filter(http)
        .flat_map(|lane| trace.passages(lane))
        .filter(|it| it.speaker == Sender::Server)
        .map(|it| waited(&it))
        .max()
        .filter(|&wait| wait > 0);
    if let Some(wait) = longest {
        notes.push((
            1,
            format!("Ben has news, but over HTTP the server must wait to be asked: up to {}.", seconds(wait)),
        ));
    }
    let opened = trace.events().iter().any(|event| event.kind == Kind::Response { status: 101 });
    if opened {
        notes.push((2, "One handshake, itself an HTTP request. Then either side may speak.".to_owned()));
    }
    if let Some(text) = repeated(trace) {
        notes.push((3, text));
    }
    notes
}

/// What each message adds, on the lanes that there are.
fn repeated(trace: &Trace) -> Option<String> {
    let heads = trace.events().iter().filter(|it| matches!(it.kind, Kind::Request { .. }));
    let head = heads.filter(|it| http_lane(trace, it.key.lane)).map(|it| it.octets.framing).min()?;
    let frames =
        trace.events().iter().filter(|it| matches!(it.kind, Kind::Frame { .. }) && !it.carries.is_empty());
    let sizes: Vec<u64> = frames.map(|it| it.octets.framing).collect();
    let (least, most) = (sizes.iter().min(), sizes.iter().max());
    Some(match (least, most) {
        (Some(least), Some(most)) if least != most => format!(
            "Every question repeats its head of {} octets or more. A WebSocket message here adds {least} to {most}.",
            count(head)
        ),
        (Some(least), _) => format!(
            "Every question repeats its head of {} octets or more. A WebSocket message here adds {least}.",
            count(head)
        ),
        _ => format!("Every question repeats its head: {} or more.", octets(head)),
    })
}

fn http_lane(trace: &Trace, lane: u8) -> bool {
    trace.lanes().get(usize::from(lane)).is_some_and(|it| it.transport.is_http())
}

fn tally(trace: &Trace) -> Caption {
    let end = trace.end();
    let parts: Vec<String> = (0..trace.lanes().len())
        .map(|lane| {
            let account = Account::at(trace, lane, end);
            let name = trace.lanes().get(lane).map_or("", |lane| lane.transport.name());
            format!(
                "{name}: {} for {} of message",
                octets(account.on_connections()),
                octets(account.payload())
            )
        })
        .collect();
    Caption::plain(format!("{}.", parts.join("; ")))
}

/// The lanes between which one piece of news differed most in age, and that piece.
fn most_different(trace: &Trace) -> Option<(usize, usize, Passage)> {
    let mut best: Option<(u64, usize, usize, Passage)> = None;
    let end = trace.end();
    let all: Vec<Vec<Passage>> = (0..trace.lanes().len()).map(|lane| trace.passages(lane)).collect();
    let may_not_speak =
        |&(lane, _): &(usize, _)| trace.lanes().get(lane).is_some_and(|it| it.transport.is_http());
    for (slow, passages) in all.iter().enumerate().filter(may_not_speak) {
        for passage in passages
            .iter()
            .filter(|it| it.speaker == Sender::Server && trace.is_scripted(&it.message))
            .filter(|it| it.left.is_some_and(|left| left > it.said))
        {
            for (fast, others) in all.iter().enumerate() {
                let Some(other) = others.iter().find(|it| it.message.id == passage.message.id) else {
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

fn find(trace: &Trace, lane: usize, id: u32) -> Option<Passage> {
    trace.passages(lane).into_iter().find(|it| it.message.id == id)
}

/// Differences below ten milliseconds are nobody's news.
const WORTH_SAYING: u64 = 10_000;
