//! An answer that is a stream of events.

use trace::answer::EVENT_STREAM;
use trace::event::{Event, Kind, Layer, Source};
use wire::{Response, Sender, sse};

use super::course::received;
use super::moment;
use super::spec::StreamMessage;
use crate::lanes::{self, message};

/// Whether a response is one (HTML Standard section 9.2).
pub(super) fn is(response: &Response) -> bool {
    let content = response.fields.get("Content-Type").unwrap_or_default();
    content.split(';').next().is_some_and(|it| it.trim().eq_ignore_ascii_case(EVENT_STREAM))
}

/// Its events. Chrome says when each came; where nobody does, the response carries them all.
pub(super) fn events(
    answer: Event,
    response: &Response,
    content: Option<&[u8]>,
    timed: &[StreamMessage],
    events: &mut Vec<Event>,
) {
    if timed.is_empty() {
        let mut read = sse::EventStream::new();
        read.feed(content.unwrap_or_default());
        let said = std::iter::from_fn(|| read.poll()).map(|event| message(event.data.as_bytes()));
        events.push(Event { carries: said.collect(), ..answer });
        return;
    }
    // The head came when the first octet did; what follows it is told event by event.
    let mut head = answer;
    head.times.received_last = head.times.received_first.or(head.times.received_last);
    let octets = response.encode().unwrap_or_default();
    head.octets = lanes::octets(0, octets.len() as u64);
    head.raw = Some(octets.into());
    events.push(head);
    for event in timed {
        let at = Some(moment::micros(event.time * 1e6));
        let size = event.data.len() as u64;
        let chunk =
            lanes::event(Source::Browser, Sender::Server, Layer::Http, Kind::Chunk, received(None, at));
        events.push(Event {
            octets: lanes::octets(size, size),
            carries: vec![message(event.data.as_bytes())],
            ..chunk
        });
    }
}
