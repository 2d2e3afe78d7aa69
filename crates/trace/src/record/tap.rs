//! What the wire carried: the tap's octets through the one codec, as events.

use tongue::say;
use wire::Sender;

use super::passage::{Passage, Told, is_answered, passages};
use super::{Alignment, LaneLog, Plan};
use crate::event::{Event, Key, Kind, Layer, Message, Octets, Provenance, Source, Stamp, Times};
use crate::live::{Chunk, ConnectionTap, LaneTap};
use crate::scenario::{Loop, Speaker, Transport};
use crate::sim::{CONNECTION_HEADERS, MSS, SEGMENT_HEADERS};

pub(super) fn events(plan: &Plan, log: &LaneLog, lane: &LaneTap, alignment: Alignment) -> Vec<Event> {
    let mut told = Told::default();
    let mut events = Vec::new();
    // Where no page takes part, the servers themselves say when it is over.
    let alone = log.transport == Transport::Webhook;
    let last = if alone { u64::MAX } else { log.ended() + AFTERGLOW };
    for connection in &lane.connections {
        let mut witness = Witness { plan, log, connection, alignment, alone, events: Vec::new() };
        let opener = connection.opened_by.sender();
        witness.moment(connection.accepted, opener, Kind::Accepted);
        witness.units(&mut told);
        for (at, sender) in [(connection.client_ended, opener), (connection.server_ended, opener.other())] {
            // What a browser's pool or the end of the run closes later is no part of the conversation.
            if let Some(at) = at.filter(|&at| alignment.since(log.zero, at) <= last) {
                witness.moment(at, sender, Kind::EndOfStream);
            }
        }
        events.append(&mut witness.events);
    }
    if let Some(zero) = lane.zero.or_else(|| lane.connections.first().map(|first| first.accepted)) {
        let zero = alignment.since(log.zero, zero);
        events.extend(own_accord(plan, log, Speaker::Server, zero));
        if alone {
            events.extend(own_accord(plan, log, Speaker::You, zero));
        }
    }
    events
}

/// What a side says by the script, counted from the lane's zero on the companion's clock.
fn own_accord(plan: &Plan, log: &LaneLog, speaker: Speaker, zero: u64) -> Vec<Event> {
    let speaks = match (plan.workload.loops(), speaker) {
        (Loop::Open, _) | (Loop::Asked, Speaker::You) => usize::MAX,
        (Loop::Echo, Speaker::You) => 1,
        (Loop::Echo | Loop::Asked, Speaker::Server) => 0,
    };
    let own = plan.script.iter().filter(|it| it.from == speaker).zip(0..).take(speaks);
    let heard = own.filter(|(it, _)| log.transport == Transport::Webhook || it.at <= log.ended());
    heard
        .map(|(utterance, n)| {
            let message = plan.message(speaker, n, &utterance.text);
            let times = Times::moment(zero + utterance.at, Provenance::Witnessed);
            application(plan, log, 0, speaker.sender(), Kind::Said, times, message)
        })
        .collect()
}

struct Witness<'a> {
    plan: &'a Plan,
    log: &'a LaneLog,
    connection: &'a ConnectionTap,
    alignment: Alignment,
    /// No page takes part, so nobody else tells what was said and heard.
    alone: bool,
    events: Vec<Event>,
}

impl Witness<'_> {
    fn units(&mut self, told: &mut Told) {
        let (passages, broken) = passages(self.plan, self.connection, told);
        let mut count = [0; 2];
        for (place, passage) in passages.iter().enumerate() {
            let next = passages.get(place + 1);
            let answered = next.is_some_and(|next| is_answered(self.plan, passage, next));
            let unit = &mut count[usize::from(passage.sender == Sender::Server)];
            self.unit(passage, *unit, answered);
            *unit += 1;
        }
        if let Some((at, violation)) = broken {
            self.moment(at, Sender::Server, Kind::Failed(say!("The octets broke a rule: {}", violation)));
        }
    }

    fn unit(&mut self, passage: &Passage, unit: u32, answered: bool) {
        let times = self.times(passage);
        let Passage { sender, size, payload, .. } = *passage;
        let segments = size.div_ceil(MSS).max(1);
        let tcp_ip = SEGMENT_HEADERS * (segments + segments.div_ceil(2) - u64::from(answered));
        let key = self.key(sender, unit);
        self.events.push(Event {
            key,
            layer: passage.layer,
            source: Source::Wire,
            kind: passage.kind.clone(),
            times,
            octets: Octets { payload, framing: size - payload, tls: 0, tcp_ip },
            raw: Some(passage.octets.as_slice().into()),
            unknown: Vec::new(),
            carries: passage.carries.clone(),
        });
        for message in &passage.carries {
            if let Some(stamp) = times.received_last {
                self.heard(sender, stamp, message);
            }
        }
    }

    /// What arrives at the companion has been heard there, and may bring something about there and then.
    fn heard(&mut self, sender: Sender, stamp: Stamp, message: &Message) {
        if sender == Sender::Client || self.alone {
            self.application(Kind::Delivered, sender, stamp, message.clone());
        }
        let because = match sender {
            Sender::Client => self.plan.brought_about(message),
            Sender::Server if self.alone => self.plan.next(message).into_iter().collect(),
            Sender::Server => Vec::new(),
        };
        for said in because {
            self.application(Kind::Said, sender.other(), stamp, said);
        }
    }

    fn application(&mut self, kind: Kind, sender: Sender, stamp: Stamp, message: Message) {
        let times = Times::moment(stamp.at, stamp.from);
        let connection = self.connection.connection;
        self.events.push(application(self.plan, self.log, connection, sender, kind, times, message));
    }

    /// When its first and last octets passed a socket of the companion's: a read is an arrival, a write a
    /// departure. Where both ends of the connection are the companion's, both are known.
    fn times(&self, passage: &Passage) -> Times {
        let Passage { sender, offset, size, .. } = *passage;
        let by = |chunks| {
            let passed = |octet| self.passed(chunks, sender, octet);
            (passed(offset), passed(offset + size.max(1) - 1))
        };
        let (near, far) = (by(&self.connection.chunks), by(&self.connection.far));
        let (sent, received) =
            if sender == self.connection.opened_by.sender() { (far, near) } else { (near, far) };
        Times { sent_first: sent.0, sent_last: sent.1, received_first: received.0, received_last: received.1 }
    }

    fn passed(&self, chunks: &[Chunk], sender: Sender, offset: u64) -> Option<Stamp> {
        let mut end = 0;
        for chunk in chunks.iter().filter(|chunk| chunk.from.sender() == sender) {
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
