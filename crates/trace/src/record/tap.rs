//! What the wire carried: the tap's octets through the one codec, as events.

use wire::{Body, Dissector, Opcode, Sender, Unit};

use super::{Alignment, LaneLog, Plan};
use crate::event::{Event, Key, Kind, Layer, Message, Octets, Provenance, Source, Stamp, Times};
use crate::live::{ConnectionTap, LaneTap};
use crate::scenario::{Speaker, Transport, Workload};
use crate::sim::{CONNECTION_HEADERS, MSS, SEGMENT_HEADERS};

pub(super) fn events(plan: &Plan, log: &LaneLog, lane: &LaneTap, alignment: Alignment) -> Vec<Event> {
    let mut told = Told::default();
    let mut events = Vec::new();
    for connection in &lane.connections {
        let mut witness =
            Witness { plan, log, connection, alignment, events: Vec::new(), targets: Vec::new() };
        witness.moment(connection.accepted, Sender::Client, Kind::Accepted);
        witness.units(&mut told);
        for (at, sender) in
            [(connection.client_ended, Sender::Client), (connection.server_ended, Sender::Server)]
        {
            // What a browser's pool or the end of the run closes later is no part of the conversation.
            if let Some(at) = at.filter(|&at| alignment.since(log.zero, at) <= log.ended() + AFTERGLOW) {
                witness.moment(at, sender, Kind::EndOfStream);
            }
        }
        events.append(&mut witness.events);
    }
    if let (true, Some(first)) = (plan.workload.is_open(), lane.connections.first()) {
        events.extend(news(plan, log, alignment.since(log.zero, first.accepted)));
    }
    events
}

/// The server's side speaks by the script, counted from the first connection.
fn news(plan: &Plan, log: &LaneLog, zero: u64) -> Vec<Event> {
    let own = plan.script.iter().filter(|it| it.from == Speaker::Server && it.at <= log.ended());
    own.zip(0..)
        .map(|(utterance, n)| {
            let message = plan.message(Speaker::Server, n, &utterance.text);
            let times = Times::moment(zero + utterance.at, Provenance::Witnessed);
            application(plan, log, 0, Sender::Server, Kind::Said, times, message)
        })
        .collect()
}

/// How many messages each side has put into frames.
#[derive(Default)]
struct Told {
    frames: [u32; 2],
}

struct Witness<'a> {
    plan: &'a Plan,
    log: &'a LaneLog,
    connection: &'a ConnectionTap,
    alignment: Alignment,
    events: Vec<Event>,
    targets: Vec<String>,
}

impl Witness<'_> {
    fn units(&mut self, told: &mut Told) {
        let mut dissector = Dissector::new();
        let mut units: Vec<Unit> = Vec::new();
        let mut broken = None;
        for chunk in &self.connection.chunks {
            dissector.feed(chunk.from.sender(), &chunk.octets);
            while let Some(next) = dissector.poll() {
                match next {
                    Ok(unit) => units.push(unit),
                    Err(violation) => broken = Some((chunk.at, violation.to_string())),
                }
            }
        }
        let mut answers = 0;
        for (place, unit) in units.iter().enumerate() {
            let answered = units.get(place + 1).is_some_and(|next| self.answers(unit, next));
            self.unit(unit, answered, &mut answers, told);
        }
        if let Some((at, violation)) = broken {
            self.moment(at, Sender::Server, Kind::Failed(format!("The octets broke a rule: {violation}")));
        }
    }

    /// Whether `next` leaves when `unit` arrives, and so acknowledges it on its back.
    fn answers(&self, unit: &Unit, next: &Unit) -> bool {
        let closes = unit.frame().is_some_and(|header| header.opcode == Opcode::Close);
        let asks = unit.request().is_some() || closes || self.plan.workload == Workload::Echo;
        asks && next.sender != unit.sender
    }

    fn unit(&mut self, unit: &Unit, answered: bool, answers: &mut usize, told: &mut Told) {
        let (layer, kind, carries) = match &unit.body {
            Body::Request(request) => {
                self.targets.push(request.target.clone());
                let kind = Kind::Request { method: request.method.clone(), target: request.target.clone() };
                (Layer::Http, kind, self.plan.asked(&request.target, &unit.content))
            }
            Body::Response(response) => {
                let target = self.targets.get(*answers).cloned().unwrap_or_default();
                *answers += 1;
                let kind = Kind::Response { status: response.status };
                (Layer::Http, kind, self.plan.answered(&target, &unit.content))
            }
            Body::Frame(header) => {
                let carries =
                    if header.opcode.is_control() { Vec::new() } else { vec![self.framed(unit, told)] };
                (Layer::WebSocket, Kind::frame(header.opcode, &unit.content), carries)
            }
        };
        let times = self.times(unit);
        let size = unit.wire_octets();
        let payload: u64 = carries.iter().map(|message| message.text.len() as u64).sum::<u64>().min(size);
        let segments = size.div_ceil(MSS).max(1);
        let tcp_ip = SEGMENT_HEADERS * (segments + segments.div_ceil(2) - u64::from(answered));
        let key = self.key(unit.sender, unit.index);
        self.events.push(Event {
            key,
            layer,
            source: Source::Wire,
            kind,
            times,
            octets: Octets { payload, framing: size - payload, tls: 0, tcp_ip },
            raw: Some(unit.octets.as_slice().into()),
            unknown: Vec::new(),
            carries: carries.clone(),
        });
        self.heard(unit.sender, &carries, times);
    }

    /// What arrives at the companion has been heard there. An echo is said there, too: when it leaves,
    /// or, where it has to be asked for, as soon as there is something to ask for.
    fn heard(&mut self, sender: Sender, carries: &[Message], times: Times) {
        let echoes = self.plan.workload == Workload::Echo;
        let asked_for = self.log.transport == Transport::Polling;
        for message in carries {
            match (sender, times.received_last, times.sent_first) {
                (Sender::Client, Some(stamp), _) => {
                    self.application(Kind::Delivered, sender, stamp, message.clone());
                    if echoes && asked_for {
                        let echo = self.plan.message(Speaker::Server, message.id, &message.text);
                        self.application(Kind::Said, Sender::Server, stamp, echo);
                    }
                }
                (Sender::Server, _, Some(stamp)) if echoes && !asked_for => {
                    self.application(Kind::Said, sender, stamp, message.clone());
                }
                _ => {}
            }
        }
    }

    fn application(&mut self, kind: Kind, sender: Sender, stamp: Stamp, message: Message) {
        let times = Times::moment(stamp.at, stamp.from);
        let connection = self.connection.connection;
        self.events.push(application(self.plan, self.log, connection, sender, kind, times, message));
    }

    fn framed(&self, unit: &Unit, told: &mut Told) -> Message {
        let n = &mut told.frames[usize::from(unit.sender == Sender::Server)];
        *n += 1;
        let speaker = if unit.sender == Sender::Client { Speaker::You } else { Speaker::Server };
        self.plan.message(speaker, *n - 1, &String::from_utf8_lossy(&unit.content))
    }

    /// When the unit's first and last octets passed the companion's socket: a read is an arrival, a
    /// write a departure.
    fn times(&self, unit: &Unit) -> Times {
        let first = self.passed(unit.sender, unit.offset);
        let last = self.passed(unit.sender, unit.offset + unit.wire_octets().max(1) - 1);
        match unit.sender {
            Sender::Client => Times { received_first: first, received_last: last, ..Times::default() },
            Sender::Server => Times { sent_first: first, sent_last: last, ..Times::default() },
        }
    }

    fn passed(&self, sender: Sender, offset: u64) -> Option<Stamp> {
        let mut end = 0;
        let own = self.connection.chunks.iter().filter(|chunk| chunk.from.sender() == sender);
        for chunk in own {
            end += chunk.octets.len() as u64;
            if offset < end {
                return Some(self.stamp(chunk.at));
            }
        }
        None
    }

    fn moment(&mut self, at: u64, sender: Sender, kind: Kind) {
        let stamp = self.stamp(at);
        let key = self.key(sender, 0);
        // Nobody sees the segments that open and end a connection: the simulator's model stands in.
        let tcp_ip = if kind == Kind::Accepted { CONNECTION_HEADERS } else { 0 };
        self.events.push(Event {
            key,
            layer: Layer::Tcp,
            source: Source::Wire,
            kind,
            times: Times::moment(stamp.at, stamp.from),
            octets: Octets { tcp_ip, ..Octets::default() },
            raw: None,
            unknown: Vec::new(),
            carries: Vec::new(),
        });
    }

    fn stamp(&self, at: u64) -> Stamp {
        Stamp { at: self.alignment.since(self.log.zero, at), from: Provenance::Witnessed }
    }

    fn key(&self, sender: Sender, unit: u32) -> Key {
        Key { run: self.plan.run, lane: self.log.lane, connection: self.connection.connection, sender, unit }
    }
}

fn application(
    plan: &Plan,
    log: &LaneLog,
    connection: u16,
    sender: Sender,
    kind: Kind,
    times: Times,
    message: Message,
) -> Event {
    Event {
        key: Key { run: plan.run, lane: log.lane, connection, sender, unit: message.id },
        layer: Layer::Application,
        source: Source::Wire,
        kind,
        times,
        octets: Octets::default(),
        raw: None,
        unknown: Vec::new(),
        carries: vec![message],
    }
}

/// How long after the page's last word an end of stream still belongs to the lane, in microseconds.
const AFTERGLOW: u64 = 500_000;
