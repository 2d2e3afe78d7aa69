//! Segments put together into connections: what came twice once, what came early in its turn.

use std::collections::BTreeMap;
use std::collections::HashMap;

use tongue::say;
use trace::event::Kind;
use wire::Sender;

use super::link::{ACK, End, FIN, RST, SYN, Segment};
use crate::conversation::{Connection, Piece, Point};
use crate::problem::{Place, Problem};

/// The connections of a capture.
#[derive(Default)]
pub(super) struct Assembly<'a> {
    flows: Vec<Flow<'a>>,
    /// The last flow between two ends, in either direction.
    by_ends: HashMap<(End, End), usize>,
}

struct Flow<'a> {
    client: End,
    server: End,
    number: u64,
    streams: [Stream<'a>; 2],
    signs: Vec<(u64, Sender, Kind)>,
    pieces: Vec<Piece>,
    opened: [Option<u64>; 3],
    reset: bool,
}

/// One direction.
#[derive(Default)]
struct Stream<'a> {
    /// The sequence number of the first octet, once known.
    base: Option<u32>,
    /// How many octets have come in order.
    next: u64,
    /// What came early: where it begins, its octets, when.
    early: BTreeMap<u64, (&'a [u8], u64)>,
    /// When the last octets came in order.
    last: u64,
    /// Where its FIN stands, which takes a sequence number of its own (RFC 9293 section 3.4).
    end: Option<u64>,
}

impl Stream<'_> {
    /// How many octets are missing before the first of what came early, if anything did: where nothing but
    /// acknowledgements follow a FIN, nothing is.
    fn missing(&self) -> Option<u64> {
        let after_end = |start: u64| self.end.is_some_and(|end| start == end + 1);
        let mut early =
            self.early.iter().filter(|(start, (octets, _))| !octets.is_empty() || !after_end(**start));
        early.next().map(|(start, _)| start - self.next)
    }
}

impl<'a> Assembly<'a> {
    /// Takes a segment that was seen at `at`, in microseconds, in the packet of this number.
    pub(super) fn take(&mut self, at: u64, number: u64, segment: &Segment<'a>) {
        let opens = segment.flags & (SYN | ACK) == SYN;
        let known = self.by_ends.get(&(segment.from, segment.to)).copied();
        let flow = match known {
            Some(flow) if !(opens && self.flows[flow].is_another(segment)) => flow,
            _ => self.begin(number, segment),
        };
        self.flows[flow].take(at, segment);
    }

    fn begin(&mut self, number: u64, segment: &Segment<'a>) -> usize {
        // Without a SYN the end with the smaller port is taken for the server.
        let server_speaks = match segment.flags & (SYN | ACK) {
            SYN => false,
            both if both == SYN | ACK => true,
            _ => segment.from.port < segment.to.port,
        };
        let (client, server) =
            if server_speaks { (segment.to, segment.from) } else { (segment.from, segment.to) };
        self.flows.push(Flow {
            client,
            server,
            number,
            streams: [Stream::default(), Stream::default()],
            signs: Vec::new(),
            pieces: Vec::new(),
            opened: [None; 3],
            reset: false,
        });
        let place = self.flows.len() - 1;
        self.by_ends.insert((client, server), place);
        self.by_ends.insert((server, client), place);
        place
    }

    /// Every connection on which octets were sent; what is missing of them is a problem.
    pub(super) fn connections(self, problems: &mut Vec<Problem>) -> Vec<Connection> {
        let mut connections = Vec::new();
        for flow in self.flows.into_iter().filter(|flow| !flow.pieces.is_empty()) {
            let place = Place::Packet(flow.number);
            for (stream, end) in flow.streams.iter().zip([flow.client, flow.server]) {
                if let Some(missing) = stream.missing() {
                    let why = say!(
                        "{} octets from {}:{} were not captured; what follows them is not read",
                        missing,
                        end.host,
                        end.port
                    );
                    problems.push(Problem { place, why });
                }
            }
            connections.push(Connection {
                to: format!("{}:{}", flow.server.host, flow.server.port),
                hosts: Some([flow.client.host, flow.server.host]),
                point: flow.point(),
                signs: flow.signs,
                pieces: flow.pieces,
                place: Some(place),
            });
        }
        connections
    }
}

impl<'a> Flow<'a> {
    /// Whether a SYN opens another connection between the same two ends.
    fn is_another(&self, segment: &Segment<'_>) -> bool {
        let base = self.streams[0].base;
        base.is_none_or(|base| base != segment.sequence.wrapping_add(1)) && !self.pieces.is_empty()
    }

    fn take(&mut self, at: u64, segment: &Segment<'a>) {
        let from = if segment.from == self.client { Sender::Client } else { Sender::Server };
        let stream = &mut self.streams[usize::from(from == Sender::Server)];
        let mut sequence = segment.sequence;
        if segment.flags & SYN != 0 {
            if stream.base.is_none() {
                stream.base = Some(sequence.wrapping_add(1));
                let (place, kind) = if from == Sender::Client { (0, Kind::Syn) } else { (1, Kind::SynAck) };
                self.opened[place] = Some(at);
                self.signs.push((at, from, kind));
            }
            sequence = sequence.wrapping_add(1);
        } else if from == Sender::Client && self.opened[1].is_some() && self.opened[2].is_none() {
            self.opened[2] = Some(at);
            self.signs.push((at, from, Kind::Established));
        }
        if segment.flags & RST != 0 {
            if !std::mem::replace(&mut self.reset, true) {
                self.signs.push((at, from, Kind::Reset));
            }
            return;
        }
        let base = *stream.base.get_or_insert(sequence);
        // Where it begins in the stream: sequence numbers wrap around (RFC 9293 section 3.4).
        let ahead = sequence.wrapping_sub(base.wrapping_add(stream.next as u32)) as i32;
        let Some(start) = stream.next.checked_add_signed(i64::from(ahead)) else { return };
        let end = start + segment.octets.len() as u64;
        if end > stream.next
            && stream.early.get(&start).is_none_or(|early| early.0.len() < segment.octets.len())
        {
            stream.early.insert(start, (segment.octets, at));
        }
        while let Some(early) = stream.early.first_entry().filter(|early| *early.key() <= stream.next) {
            let (start, (octets, seen)) = early.remove_entry();
            let known = usize::try_from(stream.next - start).unwrap_or(usize::MAX);
            if let Some(new) = octets.get(known..).filter(|new| !new.is_empty()) {
                stream.next += new.len() as u64;
                stream.last = stream.last.max(seen);
                self.pieces.push(Piece { from, at: stream.last, octets: new.to_vec() });
            }
        }
        if segment.flags & FIN != 0 && stream.end.replace(end).is_none() {
            self.signs.push((at, from, Kind::Fin));
        }
    }

    /// At which end it was captured: where the answer to a SYN came at once, that is the server.
    fn point(&self) -> Point {
        let [Some(asked), Some(agreed), Some(opened)] = self.opened else { return Point::Client };
        let (there, back) = (agreed.saturating_sub(asked), opened.saturating_sub(agreed));
        if there.saturating_mul(4) < back { Point::Server } else { Point::Client }
    }
}
