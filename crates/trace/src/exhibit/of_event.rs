use std::rc::Rc;

use wire::{Reader, Sender, Unit};

use super::{Dissection, Exhibit, Piece, Start};
use crate::event::{Event, Layer};
use crate::trace::Trace;

/// The connection of an event, taken apart, and which of its units the event is. `None`: the event has
/// no octets, or nobody saw them.
pub fn of_event(trace: &Trace, event: &Event) -> Option<(Dissection, usize)> {
    let raw = event.raw.as_ref()?;
    let known = event.unknown.is_empty();
    if known && let Some(found) = in_context(trace, event, raw) {
        return Some(found);
    }
    // Without what came before it, or with octets that nobody knows: on its own.
    let unit = alone(event, raw)?;
    let exhibit = Exhibit { unknown: event.unknown.clone(), ..Exhibit::new(unit) };
    Some((Dissection { exhibits: vec![Rc::new(exhibit)], ..Dissection::default() }, 0))
}

fn in_context(trace: &Trace, event: &Event, raw: &Rc<[u8]>) -> Option<(Dissection, usize)> {
    let same = |it: &&Rc<Event>| it.key.connection == event.key.connection && it.layer != Layer::Application;
    let mut pieces = Vec::new();
    for it in trace.lane(usize::from(event.key.lane)).filter(same) {
        if let Some(raw) = &it.raw {
            if !it.unknown.is_empty() {
                return None;
            }
            pieces.push(Piece { sender: it.key.sender, octets: raw.to_vec() });
        }
    }
    let dissection = Dissection::of(&pieces, Start::Http);
    let own = |it: &Rc<Exhibit>| {
        (it.unit.sender, it.unit.index) == (event.key.sender, event.key.unit) && it.unit.octets == **raw
    };
    let place = dissection.exhibits.iter().position(own)?;
    Some((dissection, place))
}

fn alone(event: &Event, raw: &[u8]) -> Option<Unit> {
    let sender = event.key.sender;
    if event.layer == Layer::WebSocket {
        return Unit::lenient_frame(sender, raw);
    }
    let mut reader = Reader::new(sender);
    if sender == Sender::Server {
        reader.expect_response_to("GET");
    }
    reader.feed(raw);
    reader.end();
    match reader.poll() {
        Some(Ok(unit)) => Some(unit),
        _ => Some(Unit::lenient_head(sender, raw)),
    }
}
