//! What a lane's script saw beside what its wire carried, thing by thing.
//!
//! The script's side is what the browser's API tells, the wire's side the tapped octets read by the codec.

mod http;
mod socket;

use tongue::{fill, say, word};
use wire::{Fields, Sender, parse_request, parse_response};

use super::LaneLog;
use crate::caption::{self, plural};
use crate::event::{Event, Key, Kind, Layer, Source};
use crate::scenario::Transport;
use crate::trace::Trace;

/// One thing of which there are two witnesses.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// What it is.
    pub thing: &'static str,
    /// What the page's script could tell of it.
    pub script: String,
    /// What crossed the connection.
    pub wire: String,
}

/// The rows of the lane of `log`, in the order in which things happen; none if nobody tapped the wire.
/// `trace` is what was recorded of it.
pub fn rows(trace: &Trace, log: &LaneLog) -> Vec<Row> {
    let own = |event: &&Event| event.key.lane == log.lane && event.source == Source::Wire;
    let wire = Wire { events: trace.witnesses().iter().filter(own).collect() };
    if wire.events.is_empty() {
        return Vec::new();
    }
    let mut rows = match &log.socket {
        _ if log.transport == Transport::Webhook => vec![alone(&wire)],
        Some(socket) => socket::rows(socket, &wire),
        None => http::rows(log, &wire),
    };
    rows.push(end(&wire));
    rows
}

/// What the tap saw of one lane.
struct Wire<'a> {
    events: Vec<&'a Event>,
}

impl<'a> Wire<'a> {
    /// What `sender` sent: each event with its octets.
    fn sent(&self, sender: Sender) -> impl Iterator<Item = (&'a Event, &'a [u8])> {
        let own = self.events.iter().filter(move |event| event.key.sender == sender);
        own.filter_map(|event| Some((*event, event.raw.as_deref()?)))
    }

    fn count(&self, alike: impl Fn(&Kind) -> bool) -> u64 {
        self.events.iter().filter(|event| alike(&event.kind)).count() as u64
    }

    fn connections(&self) -> u64 {
        self.count(|kind| *kind == Kind::Accepted)
    }

    fn requests(&self) -> u64 {
        self.count(|kind| matches!(kind, Kind::Request { .. }))
    }
}

/// No page takes part.
fn alone(wire: &Wire) -> Row {
    let requests = plural(wire.requests(), "request");
    Row {
        thing: say!("The conversation"),
        script: say!("Nothing: no browser is part of it. This page asked for it and waited.").to_owned(),
        wire: say!("{} between two servers, on {}", requests, plural(wire.connections(), "connection")),
    }
}

/// How the connections end: no API tells of it.
fn end(wire: &Wire) -> Row {
    let mut first = [0_u64; 2];
    for accepted in wire.events.iter().filter(|event| event.kind == Kind::Accepted) {
        let own = wire.events.iter().filter(|event| event.key.connection == accepted.key.connection);
        let ended = own.filter(|event| event.kind == Kind::EndOfStream).min_by_key(|event| event.start());
        if let Some(ended) = ended {
            first[usize::from(ended.key.sender == Sender::Server)] += 1;
        }
    }
    let [client, server] = first;
    let open = wire.connections().saturating_sub(client + server);
    let patterns = [
        (client, word!("{} ended first by the client")),
        (server, word!("{} ended first by the server")),
        (open, word!("{} left open")),
    ];
    let how = patterns.into_iter().filter(|(number, _)| *number > 0);
    let how = how.map(|(number, pattern)| fill(pattern, &[&caption::count(number)]));
    Row {
        thing: say!("The end of TCP"),
        script: say!("Nothing: no API tells of it.").to_owned(),
        wire: say!("{}: {}", plural(wire.connections(), "connection"), caption::list(how)),
    }
}

/// The head of an HTTP message, as the wire carried it.
struct Head {
    /// Its status code; 0 of a request.
    status: u16,
    fields: Fields,
    octets: u64,
}

/// The head of the first request or, from the server, response that is `alike`.
#[inline(never)]
fn head(wire: &Wire, sender: Sender, alike: &dyn Fn(Key) -> bool) -> Option<Head> {
    let (_, raw) = wire.sent(sender).find(|(event, _)| event.layer == Layer::Http && alike(event.key))?;
    let (status, fields, octets) = match sender {
        Sender::Client => parse_request(raw).ok()?.map(|(it, head)| (0, it.fields, head))?,
        Sender::Server => parse_response(raw).ok()?.map(|(it, head)| (it.status, it.fields, head))?,
    };
    Some(Head { status, fields, octets: octets as u64 })
}

/// Size and field lines of a head.
#[inline(never)]
fn named(head: Option<&Head>) -> String {
    let Some(head) = head else { return say!("Nothing").to_owned() };
    let lines = plural(head.fields.len() as u64, "field line");
    let names = listed(head.fields.iter().map(|line| line.name.as_str()));
    say!("{}, {}: {}", lines, caption::octets(head.octets), names)
}

/// Names one after another; the first dozen of many.
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    let text = caption::list(names.iter().take(MOST_NAMES).map(|&name| name.to_owned()));
    match names.len().saturating_sub(MOST_NAMES) {
        0 => text,
        more => say!("{} and {} more", text, more),
    }
}

/// As many names as the longest head of a browser has field lines.
const MOST_NAMES: usize = 20;
