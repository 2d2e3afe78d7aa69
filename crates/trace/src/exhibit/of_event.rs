use std::rc::Rc;

use wire::{Reader, Sender, Unit};

use super::{Dissection, Exhibit, Piece, Start};
use crate::apart;
use crate::event::{Event, Kind, Layer};
use crate::trace::Trace;

/// See [`taken_apart`]: `None` also until the part of the page has come that does it.
pub fn of_event(trace: &Trace, event: &Event) -> Option<(Dissection, usize)> {
    apart::of_event(trace, event)
}

/// The connection of an event, taken apart, and which of its units the event is. `None`: the event has
/// no octets, or nobody saw them.
pub(crate) fn taken_apart(trace: &Trace, event: &Event) -> Option<(Dissection, usize)> {
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
    let connection: Vec<&Rc<Event>> = trace.lane(usize::from(event.key.lane)).filter(same).collect();
    // Where one server calls the other back, what the server's side sends are the requests.
    let opens = |it: &Event| matches!(it.kind, Kind::Syn | Kind::Accepted);
    let turned = connection.iter().any(|it| opens(it) && it.key.sender == Sender::Server);
    let end = |sender: Sender| if turned { sender.other() } else { sender };
    let mut pieces = Vec::new();
    for it in &connection {
        if let Some(raw) = &it.raw {
            if !it.unknown.is_empty() {
                return None;
            }
            pieces.push(Piece { sender: end(it.key.sender), octets: raw.to_vec() });
        }
    }
    let dissection = Dissection::of(&pieces, Start::Http);
    let sender = end(event.key.sender);
    let own = |it: &Rc<Exhibit>| {
        (it.unit.sender, it.unit.index) == (sender, event.key.unit) && it.unit.octets == **raw
    };
    if !connection.iter().any(|it| it.kind == Kind::Chunk) {
        let place = dissection.exhibits.iter().position(own)?;
        return Some((dissection, place));
    }
    // Head and chunks are several events and one response: of that, what this event brought.
    let sent = connection.iter().filter(|it| it.key.sender == event.key.sender);
    let before = sent.filter_map(|it| it.raw.as_ref()).take_while(|it| !Rc::ptr_eq(it, raw));
    let offset: u64 = before.map(|it| it.len() as u64).sum();
    let place = dissection.exhibits.iter().position(|it| {
        let unit = &it.unit;
        unit.sender == sender && (unit.offset..unit.offset + unit.wire_octets()).contains(&offset)
    })?;
    let start = usize::try_from(offset - dissection.exhibits[place].unit.offset).ok()?;
    match dissection.exhibits[place].part(start..start.checked_add(raw.len())?) {
        Some(part) => Some((Dissection { exhibits: vec![Rc::new(part)], ..Dissection::default() }, 0)),
        None => Some((dissection, place)),
    }
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
