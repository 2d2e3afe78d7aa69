//! How units cross: cut into segments, sent as the window allows, lost, sent again, acknowledged, and
//! handed to the other side in order.

use std::rc::Rc;

use wire::Sender;

use super::connection::side;
use super::record::Entry;
use super::{Due, Endpoint, Ends, World};
use crate::event::{Flight, Kind, Layer, Octets, Times};
use crate::scenario::Tls;
use crate::sim::link::{MSS_OPTION, Pipe, SEGMENT_HEADERS, segments};
use crate::sim::parcel::Parcel;
use crate::sim::tcp::{Content, Outgoing};
use crate::sim::tls;

/// What has arrived and is to be acknowledged once everything else of its moment has happened.
pub(super) struct Unacknowledged {
    connection: u16,
    /// Whose octets arrived.
    from: Sender,
    /// Segments that acknowledge them.
    acks: u64,
    /// Units that the other side had sent before.
    before: u32,
}

impl World {
    /// Sends what an endpoint has to say.
    pub(super) fn unit(&mut self, connection: u16, from: Sender, parcel: Parcel) {
        let content = parcel.octets.len() as u64;
        let tls = tls::overhead(self.network.tls, content);
        let octets = Octets { payload: parcel.payload, framing: content - parcel.payload, tls, tcp_ip: 0 };
        let raw = Some(Rc::from(parcel.octets.as_slice()));
        let Parcel { kind, layer, octets: sent, carries, .. } = parcel;
        let entry = Entry { layer, kind, times: Times::default(), octets, raw, carries };
        self.queue(connection, from, entry, Content::Octets(sent));
    }

    /// Sends a segment that opens or ends.
    pub(super) fn control(&mut self, connection: u16, from: Sender, kind: Kind, content: Content) {
        self.queue(connection, from, Entry::tcp(kind, Times::default(), 0), content);
    }

    fn flight(&mut self, connection: u16, from: Sender, flight: Flight) {
        let octets = Octets { tls: tls::size(self.network.tls, flight), ..Octets::default() };
        let (layer, kind) = (Layer::Tls, Kind::Tls(flight));
        let entry = Entry { layer, kind, times: Times::default(), octets, raw: None, carries: Vec::new() };
        self.queue(connection, from, entry, Content::Tls(flight));
    }

    fn queue(&mut self, connection: u16, from: Sender, mut entry: Entry, content: Content) {
        if self.is_cut(connection, from) {
            return;
        }
        let octets = entry.octets.on_connection() + entry.octets.tls;
        let options = if matches!(content, Content::Syn | Content::SynAck) { MSS_OPTION } else { 0 };
        let mss = u64::from(self.network.mss.max(1));
        entry.octets.tcp_ip = SEGMENT_HEADERS * segments(octets, mss) + options;
        let event = self.record(connection, from, entry);
        let known = &mut self.connections[usize::from(connection)];
        known.units[side(from)] += u32::from(octets > 0);
        known.stream(from).push(content, octets, event);
        self.pump(connection, from);
    }

    /// Sends whatever the window allows.
    fn pump(&mut self, connection: u16, from: Sender) {
        while let Some(outgoing) = self.connections[usize::from(connection)].stream(from).next() {
            self.leaves(connection, from, &outgoing);
        }
    }

    fn leaves(&mut self, connection: u16, from: Sender, outgoing: &Outgoing) {
        let &Outgoing { place, event, octets, opens, first, again } = outgoing;
        let octets = octets + SEGMENT_HEADERS + if opens { MSS_OPTION } else { 0 };
        let late = match self.network.jitter {
            0 => 0,
            most => u64::from(self.chance.below(most as u32 + 1)),
        };
        let gone = self.network.loss > 0 && self.chance.below(EVERY) < self.network.loss;
        let after = (!first && !again).then(|| (connection, place - 1));
        let now = self.now;
        let times = self.pipe(from).segment(now, octets, Some((connection, place)), after, late);
        let left = times.sent();
        let known = &mut self.connections[usize::from(connection)];
        if from == known.accepter() {
            known.quiet_since = known.quiet_since.max(left);
        }
        let stream = known.stream(from);
        stream.leaves(place, left, gone);
        let alarm = stream.period().filter(|_| self.network.loss > 0).map(|period| left + period);
        if alarm.is_some() {
            stream.alarm = alarm;
        }
        if let Some(alarm) = alarm {
            self.at(alarm, Due::Alarm(connection, from));
        }
        if !again {
            self.departs(event, first, &times);
        }
        let sent_only = Times { received_first: None, received_last: None, ..times };
        if again {
            let seen = if gone { sent_only } else { times };
            self.record(connection, from, Entry::tcp(Kind::Retransmission, seen, octets));
        }
        if gone {
            let at = left + self.pipe(from).delay() / 2;
            self.record(connection, from, Entry::tcp(Kind::Lost { octets, at }, sent_only, 0));
        } else {
            self.comes(event, first, &times);
            self.at(times.end(), Due::Segment(connection, from, place));
        }
    }

    pub(super) fn arrives(&mut self, connection: u16, from: Sender, place: usize, ends: &mut Ends<'_>) {
        if self.is_cut(connection, from.other()) {
            return;
        }
        let known = &mut self.connections[usize::from(connection)];
        if from == known.opener {
            known.quiet_since = known.quiet_since.max(self.now);
        }
        let stream = known.stream(from);
        let acknowledges = stream.arrives(place);
        let all = stream.arrived();
        if acknowledges {
            // It waits for nothing: else more delay, and with it less of a queue the other way, could speed
            // a connection up.
            let at = self.now + self.pipe(from.other()).delay();
            self.at(at, Due::Learns(connection, from, all, place));
        }
        let mut whole = false;
        while let Some(content) = self.connections[usize::from(connection)].stream(from).whole() {
            whole = true;
            self.hand_over(connection, from, content, ends);
        }
        let stream = self.connections[usize::from(connection)].stream(from);
        if !whole && stream.is_last(place) {
            let acks = stream.take_owed();
            let now = self.now;
            let times = self.pipe(from.other()).passes(now);
            self.acks(connection, from.other(), acks, times);
        }
    }

    /// A unit is whole, and everything before it has been handed over.
    fn hand_over(&mut self, connection: u16, from: Sender, content: Content, ends: &mut Ends<'_>) {
        let other = from.other();
        let known = &self.connections[usize::from(connection)];
        let (before, opener) = (known.units[side(other)], known.opener);
        match content {
            Content::Syn => self.control(connection, other, Kind::SynAck, Content::SynAck),
            Content::SynAck => return self.established(connection, ends),
            Content::Fin => ends.of(other).ended(self, connection),
            Content::Octets(octets) => {
                self.thinking = other != opener;
                ends.of(other).received(self, connection, &octets);
                self.thinking = false;
            }
            Content::Tls(flight) => {
                let tls = self.network.tls;
                if let Some(answer) = tls::answer(tls, flight) {
                    self.flight(connection, other, answer);
                }
                if tls::opens(tls, flight) {
                    ends.of(opener).opened(self, connection);
                }
            }
        }
        let acks = self.connections[usize::from(connection)].stream(from).take_owed();
        if acks > 0 {
            self.at(self.now, Due::Ack(Unacknowledged { connection, from, acks, before }));
        }
    }

    /// The third segment of the handshake is an acknowledgement: what follows it makes up for its loss.
    fn established(&mut self, connection: u16, ends: &mut Ends<'_>) {
        let (opener, now) = (self.connections[usize::from(connection)].opener, self.now);
        let times = self.pipe(opener).send(now, SEGMENT_HEADERS);
        self.record(connection, opener, Entry::tcp(Kind::Established, times, SEGMENT_HEADERS));
        self.connections[usize::from(connection)].streams.iter_mut().for_each(|stream| stream.opened());
        match self.network.tls {
            Tls::Off => ends.of(opener).opened(self, connection),
            _ => self.flight(connection, opener, Flight::ClientHello),
        }
    }

    /// One acknowledgement rides on the back of an answer, if one has left at this moment.
    pub(super) fn acknowledge(&mut self, arrived: &Unacknowledged) {
        let &Unacknowledged { connection, from, acks, before } = arrived;
        let answered = self.connections[usize::from(connection)].units[side(from.other())] > before;
        let acks = acks.saturating_sub(u64::from(answered));
        // A copy of the pipe: they are drawn behind what is on its way but take no time on the link.
        let now = self.now;
        let times = self.pipe(from.other()).clone().send(now, 0);
        self.acks(connection, from.other(), acks, times);
    }

    fn acks(&mut self, connection: u16, by: Sender, acks: u64, times: Times) {
        if acks > 0 {
            let entry = Entry::tcp(Kind::Ack(acks as u32), times, SEGMENT_HEADERS * acks);
            self.record(connection, by, entry);
        }
    }

    pub(super) fn learns(&mut self, connection: u16, from: Sender, all: usize, place: usize) {
        if self.is_cut(connection, from) {
            return;
        }
        let now = self.now;
        self.connections[usize::from(connection)].stream(from).learns(all, place, now);
        self.go_on(connection, from);
    }

    pub(super) fn expires(&mut self, connection: u16, from: Sender) {
        let (cut, now) = (self.is_cut(connection, from), self.now);
        let stream = self.connections[usize::from(connection)].stream(from);
        if cut || stream.alarm != Some(now) {
            return;
        }
        stream.expires(now);
        self.go_on(connection, from);
    }

    /// The retransmission timer has been set anew, and the window may have moved.
    fn go_on(&mut self, connection: u16, from: Sender) {
        let alarm = self.connections[usize::from(connection)].stream(from).alarm;
        if let Some(at) = alarm.filter(|_| self.network.loss > 0) {
            self.at(at, Due::Alarm(connection, from));
        }
        self.pump(connection, from);
    }

    pub(super) fn pipe(&mut self, from: Sender) -> &mut Pipe {
        match from {
            Sender::Client => &mut self.up,
            Sender::Server => &mut self.down,
        }
    }
}

impl Ends<'_> {
    pub(super) fn of(&mut self, sender: Sender) -> &mut dyn Endpoint {
        match sender {
            Sender::Client => self.client,
            Sender::Server => self.server,
        }
    }
}

/// Losses are counted in segments of so many.
const EVERY: u32 = 10_000;
