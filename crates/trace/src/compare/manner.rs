//! How the server gets its news across on a lane: found in the run, not in the transport's name.

use wire::Sender;

use crate::event::{Event, Kind};
use crate::trace::Trace;

/// What lets the server speak. In the order of what it asks of everything between the two ends.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Manner {
    /// The next question: plain request and response.
    Asked,
    /// A question that came before the news and was left unanswered until then.
    Held,
    /// An answer that goes on.
    Streamed,
    /// A request of the server's own, on a connection that it opened: the other side must be a server, too.
    Called,
    /// A frame, on a connection that no longer speaks HTTP.
    Framed,
}

/// One message from the server, and how it got across.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct News {
    /// When it was said, in microseconds.
    pub said: u64,
    /// How long it waited to leave, in microseconds.
    pub wait: u64,
    /// What carried it: its place in the trace.
    pub carrier: usize,
    /// What let it leave.
    pub manner: Manner,
}

/// The server's messages on a lane that have left.
pub fn news(trace: &Trace, lane: usize) -> Vec<News> {
    let passages = trace.passages(lane).iter().filter(|it| it.speaker == Sender::Server);
    let found = passages.filter_map(|passage| {
        let carries = |event: &Event| event.carries.iter().any(|message| message.id == passage.message.id);
        let carrier =
            place(trace, lane, |it| it.travels() && it.key.sender == Sender::Server && carries(it))?;
        let wait = passage.left?.saturating_sub(passage.said);
        let manner = manner_of(trace, &trace.events()[carrier], carrier, passage.said);
        Some(News { said: passage.said, wait, carrier, manner })
    });
    found.collect()
}

/// The manner of a lane: that of most of its news, the more demanding of two.
pub fn manner(trace: &Trace, lane: usize) -> Manner {
    let news = news(trace, lane);
    let all = [Manner::Asked, Manner::Held, Manner::Streamed, Manner::Called, Manner::Framed];
    let most = all.into_iter().max_by_key(|manner| news.iter().filter(|it| it.manner == *manner).count());
    let switched = place(trace, lane, |it| it.kind == Kind::Response { status: 101 }).is_some();
    match most {
        Some(most) if !news.is_empty() => most,
        _ if switched => Manner::Framed,
        _ => Manner::Asked,
    }
}

/// The place in the trace of a lane's first event that `is` so.
pub(super) fn place(trace: &Trace, lane: usize, is: impl Fn(&Event) -> bool) -> Option<usize> {
    trace.events().iter().position(|event| usize::from(event.key.lane) == lane && is(event))
}

/// What let a `carrier` at `place` leave with what was `said` at this time.
fn manner_of(trace: &Trace, carrier: &Event, place: usize, said: u64) -> Manner {
    match carrier.kind {
        Kind::Frame { .. } => return Manner::Framed,
        Kind::Request { .. } => return Manner::Called,
        Kind::Response { .. } => {}
        _ => return Manner::Streamed,
    }
    let same =
        |event: &&Event| (event.key.lane, event.key.connection) == (carrier.key.lane, carrier.key.connection);
    let before = trace.events()[..place].iter().rev().map(|event| &**event).filter(same);
    // What a message is answered with at once was not held.
    let question = before.into_iter().find(|event| matches!(event.kind, Kind::Request { .. }));
    match question {
        Some(question) if question.carries.is_empty() && question.end() < said => Manner::Held,
        _ => Manner::Asked,
    }
}
