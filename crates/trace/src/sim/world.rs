//! The clock, the link and the record: what the two endpoints of one lane act upon.

use std::rc::Rc;

use wire::Sender;

use super::link::{MSS_OPTION, Pipe, SEGMENT_HEADERS, segments};
use super::parcel::Parcel;
use crate::event::{Event, Key, Kind, Layer, Message, Octets, Provenance, Source, Times};
use crate::scenario::{Scenario, Speaker, Utterance};

/// What an endpoint is told.
pub(super) trait Endpoint {
    /// The lane's zero.
    fn start(&mut self, world: &mut World);
    /// One of this side's own utterances is due.
    fn speak(&mut self, world: &mut World, message: Message);
    /// A time asked for by [`World::wake`] has come.
    fn wake(&mut self, _world: &mut World) {}
    /// A connection may be written to.
    fn opened(&mut self, _world: &mut World, _connection: u16) {}
    /// Octets arrived.
    fn received(&mut self, world: &mut World, connection: u16, octets: &[u8]);
    /// The other side ended its direction.
    fn ended(&mut self, world: &mut World, connection: u16);
}

/// One lane's world.
pub(super) struct World {
    now: u64,
    lane: u8,
    up: Pipe,
    down: Pipe,
    /// In no order: there are never many. Time, then the order of asking.
    due: Vec<(u64, u64, Due)>,
    scheduled: u64,
    connections: Vec<Connection>,
    events: Vec<Event>,
    script: Vec<Utterance>,
}

struct Connection {
    opener: Sender,
    units: [u32; 2],
    ended: [bool; 2],
}

enum Due {
    Speak(u32),
    Wake(Sender),
    Syn(u16),
    SynAck(u16),
    Octets(u16, Sender, Vec<u8>),
    Ack(Unacknowledged),
    Fin(u16, Sender),
}

/// What has arrived and is to be acknowledged once everything else of its moment has happened.
struct Unacknowledged {
    connection: u16,
    /// Whose octets arrived.
    from: Sender,
    segments: u64,
    /// Units that the other side had sent before.
    before: u32,
}

impl World {
    pub(super) fn new(lane: u8, scenario: &Scenario) -> Self {
        Self {
            now: 0,
            lane,
            up: Pipe::new(scenario.network),
            down: Pipe::new(scenario.network),
            due: Vec::new(),
            scheduled: 0,
            connections: Vec::new(),
            events: Vec::new(),
            script: scenario.script(),
        }
    }

    /// Plays until nothing is due. Bounded, whatever the scenario: see [`MOST_EVENTS`].
    pub(super) fn play(mut self, client: &mut dyn Endpoint, server: &mut dyn Endpoint) -> Vec<Event> {
        client.start(&mut self);
        server.start(&mut self);
        while let Some((at, due)) = self.next_due() {
            self.now = at;
            match due {
                Due::Speak(id) => self.say(id, client, server),
                Due::Wake(Sender::Client) => client.wake(&mut self),
                Due::Wake(Sender::Server) => server.wake(&mut self),
                Due::Syn(connection) => {
                    let times = self.segment(connection, self.opener(connection).other(), Kind::SynAck);
                    self.at(times.end(), Due::SynAck(connection));
                }
                Due::SynAck(connection) => {
                    let opener = self.opener(connection);
                    self.segment(connection, opener, Kind::Established);
                    match opener {
                        Sender::Client => client.opened(&mut self, connection),
                        Sender::Server => server.opened(&mut self, connection),
                    }
                }
                Due::Octets(connection, Sender::Client, octets) => {
                    self.deliver(server, connection, Sender::Client, &octets);
                }
                Due::Octets(connection, Sender::Server, octets) => {
                    self.deliver(client, connection, Sender::Server, &octets);
                }
                Due::Ack(arrived) => self.acknowledge(&arrived),
                Due::Fin(connection, Sender::Client) => server.ended(&mut self, connection),
                Due::Fin(connection, Sender::Server) => client.ended(&mut self, connection),
            }
            if self.events.len() > MOST_EVENTS {
                break;
            }
        }
        self.events
    }

    /// Microseconds since the lane's zero.
    pub(super) fn now(&self) -> u64 {
        self.now
    }

    /// Who says what when.
    pub(super) fn script(&self) -> &[Utterance] {
        &self.script
    }

    /// Has all of one speaker's utterances said at their times.
    pub(super) fn schedule(&mut self, speaker: Speaker) {
        let own = (0..).zip(&self.script).filter(|(_, it)| it.from == speaker);
        let own: Vec<(u32, u64)> = own.map(|(id, it)| (id, it.at)).collect();
        own.into_iter().for_each(|(id, at)| self.speak_at(at, id));
    }

    /// The id of what `speaker` says for the `n`th time.
    pub(super) fn id_of(&self, speaker: Speaker, n: u32) -> u32 {
        let own = (0..).zip(&self.script).filter(|(_, it)| it.from == speaker);
        own.map(|(id, _)| id).nth(n as usize).unwrap_or(u32::MAX)
    }

    /// Utterance `id` as a message.
    pub(super) fn message(&self, id: u32) -> Message {
        let text = self.script.get(id as usize).map_or("", |utterance| &utterance.text);
        Message { id, text: Rc::from(text) }
    }

    /// Has utterance `id` said at time `at`, or now if that has passed.
    pub(super) fn speak_at(&mut self, at: u64, id: u32) {
        self.at(at.max(self.now), Due::Speak(id));
    }

    /// Asks for [`Endpoint::wake`] of `side` at time `at`.
    pub(super) fn wake(&mut self, at: u64, side: Sender) {
        self.at(at.max(self.now), Due::Wake(side));
    }

    /// Opens a connection; the client hears of it one round trip later.
    pub(super) fn connect(&mut self) -> u16 {
        self.connect_from(Sender::Client)
    }

    /// Opens a connection from either side: servers may call each other.
    pub(super) fn connect_from(&mut self, opener: Sender) -> u16 {
        let connection = self.connections.len() as u16;
        self.connections.push(Connection { opener, units: [0; 2], ended: [false; 2] });
        let times = self.segment(connection, opener, Kind::Syn);
        self.at(times.end(), Due::Syn(connection));
        connection
    }

    /// Sends one unit.
    pub(super) fn send(&mut self, connection: u16, from: Sender, parcel: Parcel) {
        let content = parcel.octets.len() as u64;
        let tcp_ip = SEGMENT_HEADERS * segments(content);
        let now = self.now;
        let times = self.pipe(from).send(now, content + tcp_ip);
        let octets = Octets { payload: parcel.payload, framing: content - parcel.payload, tcp_ip };
        let raw = Some(Rc::from(parcel.octets.as_slice()));
        self.record(connection, from, parcel.layer, parcel.kind, times, octets, raw, parcel.carries);
        self.at(times.end(), Due::Octets(connection, from, parcel.octets));
    }

    /// Ends one direction. Ending it twice is ending it once.
    pub(super) fn end(&mut self, connection: u16, from: Sender) {
        let Some(known) = self.connections.get_mut(usize::from(connection)) else { return };
        if std::mem::replace(&mut known.ended[side(from)], true) {
            return;
        }
        let times = self.segment(connection, from, Kind::Fin);
        self.at(times.end(), Due::Fin(connection, from));
    }

    /// Records that `speaker` says something that is not in the script: an echo.
    pub(super) fn said(&mut self, speaker: Sender, message: Message) {
        let times = Times::moment(self.now, Provenance::Simulated);
        self.application(0, speaker, Kind::Said, times, message);
    }

    /// Records that the application of the other side than `speaker` got a message.
    pub(super) fn delivered(&mut self, connection: u16, speaker: Sender, message: Message) {
        let times = Times::moment(self.now, Provenance::Simulated);
        self.application(connection, speaker, Kind::Delivered, times, message);
    }

    fn say(&mut self, id: u32, client: &mut dyn Endpoint, server: &mut dyn Endpoint) {
        let Some(utterance) = self.script.get(id as usize) else { return };
        let from = utterance.from;
        let message = self.message(id);
        self.said(from.sender(), message.clone());
        match from {
            Speaker::You => client.speak(self, message),
            Speaker::Server => server.speak(self, message),
        }
    }

    fn deliver(&mut self, to: &mut dyn Endpoint, connection: u16, from: Sender, octets: &[u8]) {
        let before = self.units(connection, from.other());
        to.received(self, connection, octets);
        let segments = segments(octets.len() as u64);
        self.at(self.now, Due::Ack(Unacknowledged { connection, from, segments, before }));
    }

    /// One acknowledgement rides on the back of an answer, if one has left at this moment.
    fn acknowledge(&mut self, arrived: &Unacknowledged) {
        let Unacknowledged { connection, from, segments, before } = *arrived;
        let answered = self.units(connection, from.other()) > before;
        let acks = segments.div_ceil(2) - u64::from(answered);
        if acks > 0 {
            let octets = Octets { tcp_ip: SEGMENT_HEADERS * acks, ..Octets::default() };
            // A copy of the pipe: acknowledgements wait their turn but take no time on the link.
            let times = self.pipe(from.other()).clone().send(self.now, 0);
            let kind = Kind::Ack(acks as u32);
            self.record(connection, from.other(), Layer::Tcp, kind, times, octets, None, Vec::new());
        }
    }

    fn opener(&self, connection: u16) -> Sender {
        self.connections.get(usize::from(connection)).map_or(Sender::Client, |known| known.opener)
    }

    fn units(&self, connection: u16, from: Sender) -> u32 {
        self.connections.get(usize::from(connection)).map_or(0, |known| known.units[side(from)])
    }

    fn segment(&mut self, connection: u16, from: Sender, kind: Kind) -> Times {
        let tcp_ip = SEGMENT_HEADERS + if matches!(kind, Kind::Syn | Kind::SynAck) { MSS_OPTION } else { 0 };
        let now = self.now;
        let times = self.pipe(from).send(now, tcp_ip);
        let octets = Octets { tcp_ip, ..Octets::default() };
        self.record(connection, from, Layer::Tcp, kind, times, octets, None, Vec::new());
        times
    }

    fn application(&mut self, connection: u16, from: Sender, kind: Kind, times: Times, message: Message) {
        let octets = Octets::default();
        self.record(connection, from, Layer::Application, kind, times, octets, None, vec![message]);
    }

    #[expect(clippy::too_many_arguments, reason = "the one place where an event is put together")]
    fn record(
        &mut self,
        connection: u16,
        sender: Sender,
        layer: Layer,
        kind: Kind,
        times: Times,
        octets: Octets,
        raw: Option<Rc<[u8]>>,
        carries: Vec<Message>,
    ) {
        let unit = match self.connections.get_mut(usize::from(connection)) {
            Some(known) if raw.is_some() => {
                known.units[side(sender)] += 1;
                known.units[side(sender)] - 1
            }
            _ => 0,
        };
        self.events.push(Event {
            key: Key { run: 0, lane: self.lane, connection, sender, unit },
            layer,
            source: Source::Simulated,
            kind,
            times,
            octets,
            raw,
            unknown: Vec::new(),
            carries,
        });
    }

    fn next_due(&mut self) -> Option<(u64, Due)> {
        let next = (0..self.due.len()).min_by_key(|&place| (self.due[place].0, self.due[place].1))?;
        let (at, _, due) = self.due.swap_remove(next);
        Some((at, due))
    }

    fn at(&mut self, time: u64, due: Due) {
        self.scheduled += 1;
        self.due.push((time, self.scheduled, due));
    }

    fn pipe(&mut self, from: Sender) -> &mut Pipe {
        match from {
            Sender::Client => &mut self.up,
            Sender::Server => &mut self.down,
        }
    }
}

fn side(sender: Sender) -> usize {
    match sender {
        Sender::Client => 0,
        Sender::Server => 1,
    }
}

/// Where a run is cut off, so that no scenario can fill the memory.
const MOST_EVENTS: usize = 200_000;
