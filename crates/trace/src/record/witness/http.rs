//! The rows of a lane on which requests and responses carry the messages.

use tongue::say;
use wire::Sender;

use super::{Row, Wire, head, listed, named};
use crate::answer::EVENTS;
use crate::caption::{octets, plural};
use crate::event::{Key, Kind};
use crate::record::LaneLog;

pub(super) fn rows(log: &LaneLog, wire: &Wire) -> Vec<Row> {
    let mut rows = vec![asked(log, wire), lines_of_request(wire), lines_of_response(log, wire)];
    rows.extend(stream(log, wire));
    rows.extend(given_up(log, wire));
    rows.push(reuse(log, wire));
    rows
}

fn asked(log: &LaneLog, wire: &Wire) -> Row {
    let streams = log.requests.iter().filter(|request| request.target == EVENTS).count() as u64;
    let calls = plural(log.requests.len() as u64 - streams, "call");
    let script = match streams {
        0 => say!("{} of fetch", calls),
        _ => say!("{} of fetch, {} of an EventSource", calls, plural(streams, "opening")),
    };
    let carried = plural(wire.requests(), "request");
    let sent: u64 = wire.sent(Sender::Client).map(|(event, _)| event.octets.on_connection()).sum();
    Row { thing: say!("Requests"), script, wire: say!("{}, {}", carried, octets(sent)) }
}

fn lines_of_request(wire: &Wire) -> Row {
    Row {
        thing: say!("Field lines of a request"),
        script: say!("None: the browser writes them, and shows them to nobody.").to_owned(),
        wire: named(head(wire, Sender::Client, &|_| true).as_ref()),
    }
}

/// Of the first answer whose head the script was shown anything of.
fn lines_of_response(log: &LaneLog, wire: &Wire) -> Row {
    let readable = log.requests.iter().find(|request| !request.fields.is_empty());
    let script = readable.map_or_else(
        || say!("None: an EventSource hands over events alone.").to_owned(),
        |request| say!("{}: {}", request.fields.len(), listed(request.fields.iter().map(String::as_str))),
    );
    let asked = |kind: &Kind| match (kind, readable) {
        (Kind::Request { target, .. }, Some(request)) => *target == request.target,
        _ => readable.is_none(),
    };
    let asked = wire.sent(Sender::Client).find(|(event, _)| asked(&event.kind)).map(|(event, _)| event.key);
    let answers = |key: Key| asked.is_none_or(|it| (it.connection, it.unit) == (key.connection, key.unit));
    let carried = named(head(wire, Sender::Server, &answers).as_ref());
    Row { thing: say!("Field lines of an answer"), script, wire: carried }
}

fn stream(log: &LaneLog, wire: &Wire) -> Option<Row> {
    let own = || log.requests.iter().filter(|request| request.target == EVENTS);
    own().next()?;
    let heard: usize = own().map(|request| request.events.len()).sum();
    let chunks = wire.count(|kind| *kind == Kind::Chunk);
    let sent: u64 =
        wire.events.iter().filter(|it| it.kind == Kind::Chunk).map(|it| it.octets.on_connection()).sum();
    Some(Row {
        thing: say!("The stream"),
        script: say!("{}, each with its data and its ID", plural(heard as u64, "event")),
        wire: say!(
            "{}, {}, in {} and no last one",
            plural(own().count() as u64, "response"),
            octets(sent),
            plural(chunks, "chunk")
        ),
    })
}

/// What the page did not wait for any longer.
fn given_up(log: &LaneLog, wire: &Wire) -> Option<Row> {
    let open = log.requests.iter().filter(|it| it.in_hand.is_none() && it.target != EVENTS).count() as u64;
    let answers = wire.count(|kind| matches!(kind, Kind::Response { .. }));
    let unanswered = plural(wire.requests().saturating_sub(answers), "request");
    (open > 0).then(|| Row {
        thing: say!("Questions given up"),
        script: say!("{}, by abort()", open),
        wire: say!("{} without an answer: HTTP has no word for it, the connection just ends", unanswered),
    })
}

fn reuse(log: &LaneLog, wire: &Wire) -> Row {
    let told: Vec<bool> = log.requests.iter().filter_map(|request| request.reused).collect();
    let again = told.iter().filter(|&&reused| reused).count();
    let script = match told.len() {
        0 => say!("Nothing").to_owned(),
        all => say!("{} of {} answers came on a connection that was there before", again, all),
    };
    Row { thing: say!("Connections"), script, wire: plural(wire.connections(), "connection") }
}
