//! A run as it crosses between the page and its worker: small to read and write, and quick.
//!
//! It is a row of records, each with a mark in front, that can be cut between any two: the page takes a large
//! run piece by piece. Both ends are of one build, so there is no version; for files there is [`crate::json`].

mod numbered;
mod octets;

use trace::event::{Event, Flight, Key, Kind, Message, Octets, Provenance, Stamp, Times};
use trace::fragment::{Link, Page};
use trace::scenario::Transport;
use trace::trace::{Lane, Trace};
use wire::Opcode;

use numbered::{FLIGHTS, LAYERS, PROVENANCES, SENDERS, SOURCES, number_of};
use octets::{Reader, number, optional, text};

use crate::run::{Origin, Run};

/// Packs a run: hands on pieces of `size` octets, or a little more, each with how much of the run is packed with
/// it, from 0 to 1.
pub fn pack(run: &Run, size: usize, mut piece: impl FnMut(f32, Vec<u8>)) {
    let (events, witnesses) = (run.trace.events(), run.trace.witnesses());
    let all = (events.len() + witnesses.len()).max(1);
    let mut out = Vec::new();
    head(run, &mut out);
    let marked = events.iter().map(|event| (EVENT, &**event)).chain(witnesses.iter().map(|it| (WITNESS, it)));
    for (place, (mark, known)) in marked.enumerate() {
        out.push(mark);
        event(known, &mut out);
        if out.len() >= size {
            piece((place + 1) as f32 / all as f32, std::mem::take(&mut out));
        }
    }
    piece(1.0, out);
}

/// What has been unpacked so far.
#[derive(Debug, Default)]
pub struct Unpacker {
    head: Option<Head>,
    events: Vec<Event>,
    witnesses: Vec<Event>,
}

#[derive(Debug)]
struct Head {
    origin: Origin,
    scenario: trace::scenario::Scenario,
    lanes: Vec<Lane>,
    script: u32,
}

impl Unpacker {
    /// Takes the next piece. `None` if it is none.
    pub fn take(&mut self, piece: &[u8]) -> Option<()> {
        let mut reader = Reader(piece);
        while let Some(mark) = reader.octet() {
            match mark {
                HEAD => self.head = Some(read_head(&mut reader)?),
                EVENT => self.events.push(read_event(&mut reader)?),
                WITNESS => self.witnesses.push(read_event(&mut reader)?),
                _ => return None,
            }
        }
        Some(())
    }

    /// The run, once all pieces have been taken. `None` if they are no run.
    pub fn run(self) -> Option<Run> {
        let Head { origin, scenario, lanes, script } = self.head?;
        let trace = Trace::witnessed(lanes, self.events, self.witnesses, script);
        Some(Run { scenario, trace, origin })
    }
}

fn head(run: &Run, out: &mut Vec<u8>) {
    let Run { scenario, trace, origin } = run;
    out.push(HEAD);
    let (kind, name) = match origin {
        Origin::Simulated => (0, ""),
        Origin::Live(name) => (1, name.as_str()),
        Origin::File(name) => (2, name.as_str()),
    };
    out.push(kind);
    text(name, out);
    text(&Link { scenario: scenario.clone(), page: Page::Lab, ..Link::default() }.write(), out);
    number(scenario.seed, out);
    number(trace.script().into(), out);
    number(trace.lanes().len() as u64, out);
    for Lane { transport, to } in trace.lanes() {
        out.push(number_of(&Transport::ALL, *transport));
        optional(to.as_deref(), out, text);
    }
}

fn read_head(from: &mut Reader) -> Option<Head> {
    let (kind, name) = (from.octet()?, from.text()?.to_owned());
    let origin = match kind {
        0 => Origin::Simulated,
        1 => Origin::Live(name),
        _ => Origin::File(name),
    };
    let mut scenario = Link::read(from.text()?).0.scenario;
    scenario.seed = from.number()?;
    let script = from.whole()?;
    let lanes = from.list(|from| {
        let transport = from.one_of(&Transport::ALL)?;
        Some(Lane { transport, to: from.optional(Reader::text)?.map(Into::into) })
    })?;
    scenario.lanes = lanes.iter().map(|lane| lane.transport).collect();
    Some(Head { origin, scenario, lanes, script })
}

fn event(event: &Event, out: &mut Vec<u8>) {
    let Event { key, layer, source, kind: what, times, octets, raw, unknown, carries } = event;
    for part in [key.run, key.lane.into(), key.connection.into(), key.unit] {
        number(part.into(), out);
    }
    out.extend([number_of(&SENDERS, key.sender), number_of(&LAYERS, *layer), number_of(&SOURCES, *source)]);
    kind(what, out);
    for stamp in [times.sent_first, times.sent_last, times.received_first, times.received_last] {
        optional(stamp, out, |stamp, out| {
            number(stamp.at, out);
            out.push(number_of(&PROVENANCES, stamp.from));
        });
    }
    for count in [octets.payload, octets.framing, octets.tls, octets.tcp_ip] {
        number(count, out);
    }
    optional(raw.as_deref(), out, octets::octets);
    number(unknown.len() as u64, out);
    for range in unknown {
        number(range.start as u64, out);
        number(range.end as u64, out);
    }
    number(carries.len() as u64, out);
    for message in carries {
        number(message.id.into(), out);
        text(&message.text, out);
    }
}

fn read_event(from: &mut Reader) -> Option<Event> {
    let key = Key {
        run: from.whole()?,
        lane: from.whole()?,
        connection: from.whole()?,
        unit: from.whole()?,
        sender: from.one_of(&SENDERS)?,
    };
    let (layer, source, kind) = (from.one_of(&LAYERS)?, from.one_of(&SOURCES)?, read_kind(from)?);
    let mut stamp = || {
        from.optional(|from| {
            Some(Stamp { at: from.number()?, from: from.one_of::<Provenance>(&PROVENANCES)? })
        })
    };
    let times = Times {
        sent_first: stamp()?,
        sent_last: stamp()?,
        received_first: stamp()?,
        received_last: stamp()?,
    };
    let octets = Octets {
        payload: from.number()?,
        framing: from.number()?,
        tls: from.number()?,
        tcp_ip: from.number()?,
    };
    Some(Event {
        key,
        layer,
        source,
        kind,
        times,
        octets,
        raw: from.optional(Reader::octets)?.map(Into::into),
        unknown: from.list(|from| Some(from.whole()?..from.whole()?))?,
        carries: from.list(|from| Some(Message { id: from.whole()?, text: from.text()?.into() }))?,
    })
}

fn kind(kind: &Kind, out: &mut Vec<u8>) {
    match kind {
        Kind::Syn => out.push(0),
        Kind::SynAck => out.push(1),
        Kind::Established => out.push(2),
        Kind::Fin => out.push(3),
        Kind::Reset => out.push(4),
        Kind::Retransmission => out.push(5),
        Kind::Accepted => out.push(6),
        Kind::EndOfStream => out.push(7),
        Kind::Chunk => out.push(8),
        Kind::Said => out.push(9),
        Kind::Delivered => out.push(10),
        Kind::Tls(flight) => out.extend([11, number_of(&FLIGHTS, *flight)]),
        Kind::Ack(count) => {
            out.push(12);
            number((*count).into(), out);
        }
        Kind::Lost { octets, at } => {
            out.push(13);
            number(*octets, out);
            number(*at, out);
        }
        Kind::Request { method, target } => {
            out.push(14);
            text(method, out);
            text(target, out);
        }
        Kind::Response { status } => {
            out.push(15);
            number((*status).into(), out);
        }
        Kind::Frame { opcode, code } => {
            out.extend([16, (*opcode).into()]);
            optional(*code, out, |code, out| number(code.into(), out));
        }
        Kind::Failed(why) => {
            out.push(17);
            text(why, out);
        }
    }
}

fn read_kind(from: &mut Reader) -> Option<Kind> {
    Some(match from.octet()? {
        0 => Kind::Syn,
        1 => Kind::SynAck,
        2 => Kind::Established,
        3 => Kind::Fin,
        4 => Kind::Reset,
        5 => Kind::Retransmission,
        6 => Kind::Accepted,
        7 => Kind::EndOfStream,
        8 => Kind::Chunk,
        9 => Kind::Said,
        10 => Kind::Delivered,
        11 => Kind::Tls(from.one_of::<Flight>(&FLIGHTS)?),
        12 => Kind::Ack(from.whole()?),
        13 => Kind::Lost { octets: from.number()?, at: from.number()? },
        14 => Kind::Request { method: from.text()?.to_owned(), target: from.text()?.to_owned() },
        15 => Kind::Response { status: from.whole()? },
        16 => Kind::Frame { opcode: Opcode::from(from.octet()?), code: from.optional(Reader::whole)? },
        17 => Kind::Failed(from.text()?.to_owned()),
        _ => return None,
    })
}

const HEAD: u8 = 0;
const EVENT: u8 = 1;
const WITNESS: u8 = 2;
