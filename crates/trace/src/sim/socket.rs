//! Both sides of a WebSocket lane: one opening handshake, then either side speaks when it likes.

use wire::{Body, CloseCode, Frame, Opcode, Reader, Sender, handshake};

use super::client::heard_id;
use super::nonce::Nonces;
use super::parcel::{Parcel, frame};
use super::server::DATE;
use super::world::{Endpoint, World};
use crate::answer;
use crate::event::{Kind, Layer, Message};
use crate::heads::Caller;
use crate::scenario::{Scenario, Speaker, Workload};

/// The page's side.
pub(super) struct Client {
    workload: Workload,
    leaves_at: u64,
    nonces: Nonces,
    key: String,
    reader: Reader,
    open: Option<u16>,
    waiting: Vec<Message>,
    heard: u32,
    closing: bool,
}

impl Client {
    pub(super) fn new(scenario: &Scenario) -> Self {
        let mut nonces = Nonces::new(scenario.seed);
        Self {
            workload: scenario.workload,
            leaves_at: scenario.leaves_at(),
            key: handshake::key_from(nonces.handshake()),
            nonces,
            reader: Reader::new(Sender::Server),
            open: None,
            waiting: Vec::new(),
            heard: 0,
            closing: false,
        }
    }

    fn send(&mut self, world: &mut World, unmasked: Frame, carries: Vec<Message>) {
        let Some(connection) = self.open else { return };
        let masked = unmasked.masked(self.nonces.masking_key());
        world.send(connection, Sender::Client, frame(&masked, carries));
    }

    fn heard(&mut self, world: &mut World, connection: u16, payload: &[u8]) {
        let id = heard_id(world, self.workload, self.heard);
        self.heard += 1;
        let text = String::from_utf8_lossy(payload).as_ref().into();
        world.delivered(connection, Sender::Server, Message { id, text });
        if self.workload == Workload::Echo && (self.heard as usize) < world.script().len() {
            world.speak_at(world.now(), self.heard);
        }
    }

    fn leave_if_done(&mut self, world: &mut World) {
        let expected = match self.workload {
            Workload::Echo => world.script().len(),
            Workload::Chat => world.script().iter().filter(|it| it.from == Speaker::Server).count(),
        };
        let heard_all = self.heard as usize >= expected && self.waiting.is_empty();
        if self.closing || self.open.is_none() || world.now() < self.leaves_at || !heard_all {
            return;
        }
        self.closing = true;
        if let Ok(close) = Frame::close(Some(CloseCode::NORMAL), "") {
            self.send(world, close, Vec::new());
        }
    }
}

impl Endpoint for Client {
    fn start(&mut self, world: &mut World) {
        world.connect();
        match self.workload {
            Workload::Echo if !world.script().is_empty() => world.speak_at(0, 0),
            Workload::Echo => {}
            Workload::Chat => world.schedule(Speaker::You),
        }
        world.wake(self.leaves_at, Sender::Client);
    }

    fn speak(&mut self, world: &mut World, message: Message) {
        if self.open.is_some() {
            self.send(world, Frame::text(&message.text), vec![message]);
        } else {
            self.waiting.push(message);
        }
    }

    fn wake(&mut self, world: &mut World) {
        self.leave_if_done(world);
    }

    fn opened(&mut self, world: &mut World, connection: u16) {
        let request = Caller::default().upgrade(answer::SOCKET, &self.key);
        // The head comes from a capture: it always encodes.
        let octets = request.encode().unwrap_or_default();
        let kind = Kind::Request { method: request.method, target: request.target };
        let parcel = Parcel { kind, layer: Layer::Http, octets, payload: 0, carries: Vec::new() };
        world.send(connection, Sender::Client, parcel);
    }

    fn received(&mut self, world: &mut World, connection: u16, octets: &[u8]) {
        self.reader.feed(octets);
        while let Some(Ok(unit)) = self.reader.poll() {
            match unit.body {
                Body::Response(response) => {
                    if handshake::check_response(&response, &self.key, NONE, NONE).is_err() {
                        return world.end(connection, Sender::Client);
                    }
                    self.reader.upgrade();
                    self.open = Some(connection);
                    for message in std::mem::take(&mut self.waiting) {
                        self.send(world, Frame::text(&message.text), vec![message]);
                    }
                }
                Body::Frame(header) if !header.opcode.is_control() => {
                    self.heard(world, connection, &unit.content);
                }
                _ => {}
            }
        }
        self.leave_if_done(world);
    }

    fn ended(&mut self, world: &mut World, connection: u16) {
        self.open = None;
        if world.is_cut(connection, Sender::Client) {
            world.failed(connection, CUT);
        }
        world.end(connection, Sender::Client);
    }
}

/// The other side.
pub(super) struct Server {
    workload: Workload,
    reader: Reader,
    open: Option<u16>,
    waiting: Vec<Message>,
    echoed: u32,
    told: u32,
}

impl Server {
    pub(super) fn new(scenario: &Scenario) -> Self {
        Self {
            workload: scenario.workload,
            reader: Reader::new(Sender::Client),
            open: None,
            waiting: Vec::new(),
            echoed: 0,
            told: 0,
        }
    }

    fn told(&mut self, world: &mut World, connection: u16, payload: &[u8]) {
        let text = String::from_utf8_lossy(payload);
        let id = world.id_of(Speaker::You, self.told);
        self.told += 1;
        world.delivered(connection, Sender::Client, Message { id, text: text.as_ref().into() });
        if self.workload == Workload::Echo {
            let id = heard_id(world, Workload::Echo, self.echoed);
            self.echoed += 1;
            let echo = Message { id, text: text.as_ref().into() };
            world.said(Sender::Server, echo.clone());
            world.send(connection, Sender::Server, frame(&Frame::text(&echo.text), vec![echo]));
        }
    }
}

impl Endpoint for Server {
    fn start(&mut self, world: &mut World) {
        if self.workload == Workload::Chat {
            world.schedule(Speaker::Server);
        }
    }

    fn speak(&mut self, world: &mut World, message: Message) {
        match self.open {
            Some(connection) => {
                world.send(connection, Sender::Server, frame(&Frame::text(&message.text), vec![message]));
            }
            None => self.waiting.push(message),
        }
    }

    fn received(&mut self, world: &mut World, connection: u16, octets: &[u8]) {
        self.reader.feed(octets);
        while let Some(Ok(unit)) = self.reader.poll() {
            match unit.body {
                Body::Request(request) => {
                    let Ok(offer) = handshake::check_request(&request) else {
                        return world.end(connection, Sender::Server);
                    };
                    let mut response = handshake::accept(&offer);
                    response.fields.push("date", DATE);
                    let status = response.status;
                    // The field lines are the codec's own: they always encode.
                    let octets = response.encode().unwrap_or_default();
                    let kind = Kind::Response { status };
                    let layer = Layer::Http;
                    let parcel = Parcel { kind, layer, octets, payload: 0, carries: Vec::new() };
                    world.send(connection, Sender::Server, parcel);
                    self.reader.upgrade();
                    self.open = Some(connection);
                    for message in std::mem::take(&mut self.waiting) {
                        self.speak(world, message);
                    }
                }
                Body::Frame(header) if header.opcode == Opcode::Close => {
                    if let Ok(close) = Frame::close(Some(CloseCode::NORMAL), "") {
                        world.send(connection, Sender::Server, frame(&close, Vec::new()));
                    }
                    // The server ends TCP first (RFC 6455 section 7.1.1).
                    world.end(connection, Sender::Server);
                    self.open = None;
                }
                Body::Frame(header) if !header.opcode.is_control() => {
                    self.told(world, connection, &unit.content);
                }
                _ => {}
            }
        }
    }

    fn ended(&mut self, world: &mut World, connection: u16) {
        self.open = None;
        world.end(connection, Sender::Server);
    }
}

/// This page asks for no subprotocol, and what the browser offers of extensions is declined.
const NONE: &[&str] = &[];

/// What a page is told when its connection is gone: it does not connect again by itself.
const CUT: &str = "The connection was cut without a Close frame: close code 1006 (RFC 6455 section 7.1.5). \
A Ping now and then would have kept the proxy from it.";
