//! Connections whose octets somebody captured, as lanes of events.

mod cut;

use std::collections::BTreeMap;

use tongue::say;
use trace::event::{Event, Key, Kind, Layer, Octets, Provenance, Source, Stamp, Times};
use trace::scenario::{Scenario, Transport};
use trace::sim::CONNECTION_HEADERS;
use trace::trace::{Lane, Trace};
use wire::Sender;

use crate::problem::{Place, Problem};
use crate::run::{Origin, Run};

/// At which end times were taken: what arrives there was received, what leaves there was sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Point {
    #[default]
    Client,
    Server,
}

/// One connection. Times are microseconds on one clock for all connections.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Connection {
    /// What the far end is called: connections to one far end may share a lane.
    pub(crate) to: String,
    pub(crate) point: Point,
    /// The segments that open and end it, as far as they were seen.
    pub(crate) signs: Vec<(u64, Sender, Kind)>,
    /// What was sent, in the order in which it was seen.
    pub(crate) pieces: Vec<Piece>,
    /// Where it begins in the file.
    pub(crate) place: Option<Place>,
}

/// Octets that were seen at one time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Piece {
    pub(crate) from: Sender,
    pub(crate) at: u64,
    pub(crate) octets: Vec<u8>,
}

impl Connection {
    fn begins(&self) -> u64 {
        let signs = self.signs.iter().map(|sign| sign.0);
        signs.chain(self.pieces.iter().map(|piece| piece.at)).min().unwrap_or(0)
    }
}

/// The lanes of a file: of each connection that switched one, of the others one for each far end; those
/// with the most octets, in the order in which they begin.
pub(crate) fn run(name: &str, connections: Vec<Connection>, problems: &mut Vec<Problem>) -> Option<Run> {
    let mut lanes: Vec<Vec<Read>> = Vec::new();
    let mut by_end: BTreeMap<String, usize> = BTreeMap::new();
    let mut connections = connections;
    connections.sort_by_key(Connection::begins);
    for connection in connections {
        let read = Read::of(&connection, problems);
        if read.units == 0 {
            continue;
        }
        if read.transport.is_http() {
            let lane = *by_end.entry(connection.to.clone()).or_insert_with(|| {
                lanes.push(Vec::new());
                lanes.len() - 1
            });
            lanes[lane].push(read);
        } else {
            lanes.push(vec![read]);
        }
    }
    let left_out = lanes.len().saturating_sub(MOST_LANES);
    if left_out > 0 {
        let why = say!("{} more conversations are in it; the four with the most octets are shown", left_out);
        problems.push(Problem { place: Place::Whole, why });
        let mut weights: Vec<u64> = lanes.iter().map(|lane| weight(lane)).collect();
        weights.sort_unstable();
        let least = weights[left_out];
        lanes.retain(|lane| weight(lane) >= least);
        lanes.truncate(MOST_LANES);
    }
    let zero = lanes.iter().flatten().flat_map(|read| &read.events).map(Event::start).min()?;
    let mut transports = Vec::new();
    let mut events = Vec::new();
    for (lane, reads) in lanes.into_iter().enumerate() {
        transports.push(transport(&reads));
        let mut told = [0; 2];
        for (connection, read) in reads.into_iter().enumerate() {
            for mut event in read.events {
                event.key.lane = lane as u8;
                event.key.connection = u16::try_from(connection).unwrap_or(u16::MAX);
                event.times = since(event.times, zero);
                for message in &mut event.carries {
                    let told = &mut told[usize::from(event.key.sender == Sender::Server)];
                    message.id = *told;
                    *told += 1;
                }
                events.push(event);
            }
        }
    }
    let script = events.iter().flat_map(|event| &event.carries).map(|message| message.id + 1).max();
    let lanes = transports.iter().map(|&transport| Lane { transport }).collect();
    Some(Run {
        scenario: Scenario { lanes: transports, messages: 0, ..Scenario::default() },
        trace: Trace::new(lanes, events, script.unwrap_or(0)),
        origin: Origin::File(name.to_owned()),
    })
}

/// One connection, read.
struct Read {
    transport: Transport,
    events: Vec<Event>,
    units: usize,
}

impl Read {
    fn of(connection: &Connection, problems: &mut Vec<Problem>) -> Self {
        let mut events: Vec<Event> =
            connection.signs.iter().map(|sign| signal(connection.point, sign)).collect();
        let (transport, mut units, why) = cut::units(connection);
        if let Some(why) = why {
            problems.push(Problem { place: connection.place.unwrap_or(Place::Whole), why });
        }
        let count = units.len();
        events.append(&mut units);
        Self { transport, events, units: count }
    }
}

fn weight(lane: &[Read]) -> u64 {
    lane.iter().flat_map(|read| &read.events).map(|event| event.octets.on_connection()).sum()
}

/// How a lane of one far end carried its conversation.
fn transport(reads: &[Read]) -> Transport {
    let special = reads.iter().map(|read| read.transport).find(|&it| it != Transport::Persistent);
    match special {
        Some(Transport::Close) if reads.iter().any(|read| read.transport == Transport::Persistent) => {
            Transport::Six
        }
        Some(transport) => transport,
        None if reads.len() > 1 => Transport::Six,
        None => Transport::Persistent,
    }
}

fn since(times: Times, zero: u64) -> Times {
    let since = |stamp: Option<Stamp>| stamp.map(|it| Stamp { at: it.at.saturating_sub(zero), ..it });
    Times {
        sent_first: since(times.sent_first),
        sent_last: since(times.sent_last),
        received_first: since(times.received_first),
        received_last: since(times.received_last),
    }
}

/// The times of something whose first and last octets passed the point of capture.
fn times(point: Point, from: Sender, first: u64, last: u64) -> Times {
    let stamp = |at| Some(Stamp { at, from: Provenance::Witnessed });
    let leaves = (point == Point::Client) == (from == Sender::Client);
    match leaves {
        true => Times { sent_first: stamp(first), sent_last: stamp(last), ..Times::default() },
        false => Times { received_first: stamp(first), received_last: stamp(last), ..Times::default() },
    }
}

/// A segment that carries nothing of ours.
fn signal(point: Point, (at, sender, kind): &(u64, Sender, Kind)) -> Event {
    let tcp_ip = if *kind == Kind::Syn { CONNECTION_HEADERS } else { 0 };
    Event {
        key: Key { run: 1, lane: 0, connection: 0, sender: *sender, unit: 0 },
        layer: Layer::Tcp,
        source: Source::Wire,
        kind: kind.clone(),
        times: times(point, *sender, *at, *at),
        octets: Octets { tcp_ip, ..Octets::default() },
        raw: None,
        unknown: Vec::new(),
        carries: Vec::new(),
    }
}

/// How many lanes a stage has at most.
const MOST_LANES: usize = 4;
