//! Connections whose octets somebody captured, as lanes of events.

mod cut;

use std::net::IpAddr;

use trace::event::{Event, Kind, Layer, Provenance, Source, Stamp, Times};
use wire::Sender;

use crate::lanes::{self, Talk};
use crate::problem::{Place, Problem};
use crate::run::Run;

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
    /// The hosts of who opened it and of the far end, where they are known.
    pub(crate) hosts: Option<[IpAddr; 2]>,
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

/// The lanes of a capture.
pub(crate) fn run(name: &str, connections: Vec<Connection>, problems: &mut Vec<Problem>) -> Option<Run> {
    let talks = connections.into_iter().map(|connection| talk(connection, problems)).collect();
    lanes::run(name, talks, problems)
}

fn talk(connection: Connection, problems: &mut Vec<Problem>) -> Talk {
    let mut events: Vec<Event> = connection.signs.iter().map(|sign| signal(connection.point, sign)).collect();
    let (transport, mut units, why) = cut::units(&connection);
    if let Some(why) = why {
        problems.push(Problem { place: connection.place.unwrap_or(Place::Whole), why });
    }
    events.append(&mut units);
    Talk { to: connection.to, hosts: connection.hosts, transport, events }
}

/// The times of something whose first and last octets passed the point of capture.
fn times(point: Point, from: Sender, first: u64, last: u64) -> Times {
    let stamp = |at| Some(Stamp { at, from: Provenance::Imported });
    let leaves = (point == Point::Client) == (from == Sender::Client);
    match leaves {
        true => Times { sent_first: stamp(first), sent_last: stamp(last), ..Times::default() },
        false => Times { received_first: stamp(first), received_last: stamp(last), ..Times::default() },
    }
}

/// A segment that carries nothing of ours.
fn signal(point: Point, (at, sender, kind): &(u64, Sender, Kind)) -> Event {
    lanes::event(Source::Wire, *sender, Layer::Tcp, kind.clone(), times(point, *sender, *at, *at))
}
