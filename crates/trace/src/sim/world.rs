//! The clock, the link and the record: what the two endpoints of one lane act upon.

mod connection;
mod proxy;
mod record;
mod transmit;

use std::rc::Rc;

use wire::Sender;

use super::chance::Chance;
use super::link::Pipe;
use super::parcel::Parcel;
use super::tcp::Content;
use crate::event::{Event, Kind, Message};
use crate::scenario::{Network, Scenario, Speaker, Utterance};
use connection::{Connection, side};
use record::Entry;
use transmit::Unacknowledged;

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
    network: Network,
    up: Pipe,
    down: Pipe,
    chance: Chance,
    /// In no order: there are never many. Time, then the order of asking.
    due: Vec<(u64, u64, Due)>,
    scheduled: u64,
    connections: Vec<Connection>,
    events: Vec<Event>,
    script: Vec<Utterance>,
    /// A side is being told something on a connection that it accepted: what it answers takes its time.
    thinking: bool,
}

enum Due {
    Speak(u32),
    Wake(Sender),
    /// The segment at this place of a side's stream arrives.
    Segment(u16, Sender, usize),
    /// That side learns what the other has: everything before a place, and the segment at another.
    Learns(u16, Sender, usize, usize),
    Alarm(u16, Sender),
    Ack(Unacknowledged),
    /// Who accepted the connection has thought: it sends this, or ends its direction.
    Thought(u16, Option<Parcel>),
    /// The proxy looks whether a connection is silent, and who opened it hears that it is cut.
    Silence(u16),
    Cut(u16),
}

/// Both ends of the lane.
struct Ends<'a> {
    client: &'a mut dyn Endpoint,
    server: &'a mut dyn Endpoint,
}

impl World {
    pub(super) fn new(lane: u8, scenario: &Scenario) -> Self {
        let network = scenario.network;
        Self {
            now: 0,
            lane,
            network,
            up: Pipe::new(&network, Sender::Client),
            down: Pipe::new(&network, Sender::Server),
            chance: Chance::new(scenario.seed ^ LINK),
            due: Vec::new(),
            scheduled: 0,
            connections: Vec::new(),
            events: Vec::new(),
            script: scenario.script(),
            thinking: false,
        }
    }

    /// Plays until nothing is due. Bounded, whatever the scenario: see [`MOST_EVENTS`].
    pub(super) fn play(mut self, client: &mut dyn Endpoint, server: &mut dyn Endpoint) -> Vec<Event> {
        client.start(&mut self);
        server.start(&mut self);
        let mut ends = Ends { client, server };
        while let Some((at, due)) = self.next_due() {
            self.now = at;
            match due {
                Due::Speak(id) => self.say(id, &mut ends),
                Due::Wake(Sender::Client) => ends.client.wake(&mut self),
                Due::Wake(Sender::Server) => ends.server.wake(&mut self),
                Due::Segment(connection, from, place) => self.arrives(connection, from, place, &mut ends),
                Due::Learns(connection, from, all, place) => self.learns(connection, from, all, place),
                Due::Alarm(connection, from) => self.expires(connection, from),
                Due::Ack(arrived) => self.acknowledge(&arrived),
                Due::Thought(connection, parcel) => self.thought(connection, parcel),
                Due::Silence(connection) => self.silence(connection, &mut ends),
                Due::Cut(connection) => self.cut(connection, &mut ends),
            }
            if self.events.len() > MOST_EVENTS {
                break;
            }
        }
        // What a cut connection never sent has no times.
        self.events.retain(|event| event.times.sent_first.is_some());
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

    /// Opens a connection from either side, for servers may call each other. Who opens it hears of it one
    /// round trip later, or more with TLS.
    pub(super) fn connect(&mut self, opener: Sender) -> u16 {
        let connection = self.connections.len() as u16;
        self.connections.push(Connection::new(&self.network, opener, self.now));
        self.control(connection, opener, Kind::Syn, Content::Syn);
        self.watch(connection);
        connection
    }

    /// When what a side does because of what it is being told may leave: once it has thought.
    pub(super) fn thought_of(&self) -> u64 {
        self.now + if self.thinking { self.network.think } else { 0 }
    }

    /// Sends one unit. What a side answers, on the connection that it accepted, to something that it is
    /// just being told leaves once it has thought; nothing overtakes it there.
    pub(super) fn send(&mut self, connection: u16, from: Sender, parcel: Parcel) {
        let answers = matches!(parcel.kind, Kind::Response { .. }) || !parcel.carries.is_empty();
        let at = if answers { self.thought_of() } else { self.now };
        let now = self.now;
        let Some(known) = self.connections.get_mut(usize::from(connection)) else { return };
        if from == known.accepter() && (at > now || known.pending > 0) {
            let at = known.thinks_until(at);
            self.at(at, Due::Thought(connection, Some(parcel)));
        } else {
            self.unit(connection, from, parcel);
        }
    }

    /// Ends one direction. Ending it twice is ending it once.
    pub(super) fn end(&mut self, connection: u16, from: Sender) {
        let Some(known) = self.connections.get_mut(usize::from(connection)) else { return };
        if known.cut[side(from)] {
            return;
        }
        if std::mem::replace(&mut known.ended[side(from)], true) {
            return;
        }
        if from == known.accepter() && known.pending > 0 {
            let at = known.thinks_until(self.now);
            return self.at(at, Due::Thought(connection, None));
        }
        self.control(connection, from, Kind::Fin, Content::Fin);
    }

    /// Whether the proxy has cut a connection as far as `side` knows.
    pub(super) fn is_cut(&self, connection: u16, of: Sender) -> bool {
        self.connections.get(usize::from(connection)).is_some_and(|known| known.cut[side(of)])
    }

    /// Records that one side's lane broke off, and why.
    pub(super) fn failed(&mut self, connection: u16, of: Sender, why: &str) {
        let entry = Entry::application(Kind::Failed(why.to_owned()), self.now, Vec::new());
        self.record(connection, of, entry);
    }

    /// Records that `speaker` says something that is not in the script: an echo.
    pub(super) fn said(&mut self, speaker: Sender, message: Message) {
        self.record(0, speaker, Entry::application(Kind::Said, self.now, vec![message]));
    }

    /// Records that the application of the other side than `speaker` got a message.
    pub(super) fn delivered(&mut self, connection: u16, speaker: Sender, message: Message) {
        self.record(connection, speaker, Entry::application(Kind::Delivered, self.now, vec![message]));
    }

    fn say(&mut self, id: u32, ends: &mut Ends<'_>) {
        let Some(utterance) = self.script.get(id as usize) else { return };
        let from = utterance.from;
        let message = self.message(id);
        self.said(from.sender(), message.clone());
        match from {
            Speaker::You => ends.client.speak(self, message),
            Speaker::Server => ends.server.speak(self, message),
        }
    }

    /// Who accepted the connection has thought.
    fn thought(&mut self, connection: u16, parcel: Option<Parcel>) {
        let known = &mut self.connections[usize::from(connection)];
        known.pending -= 1;
        let from = known.accepter();
        match parcel {
            Some(parcel) => self.unit(connection, from, parcel),
            None => self.control(connection, from, Kind::Fin, Content::Fin),
        }
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
}

/// Keeps the link's chance apart from the endpoints'.
const LINK: u64 = 0x6c69_6e6b;

/// Where a run is cut off, so that no scenario can fill the memory.
const MOST_EVENTS: usize = 200_000;
