//! Both sides of a WebSocket lane: one opening handshake, then either side speaks when it likes.

use tongue::word;
use wire::deflate::{Deflater, Parameters};
use wire::{Body, CloseCode, Frame, Opcode, Reader, Sender, Unit, handshake};

use super::course::Part;
use super::nonce::Nonces;
use super::parcel::{self, frame};
use super::server::DATE;
use super::world::{Endpoint, World};
use crate::answer;
use crate::event::Message;
use crate::heads::{Caller, Preset};
use crate::scenario::{Scenario, Speaker, Transport};

/// The page's side.
pub(super) struct Client {
    caller: Caller,
    deflates: bool,
    part: Part,
    voice: Voice,
    nonces: Nonces,
    key: String,
    reader: Reader,
    open: Option<u16>,
    waiting: Vec<Message>,
    closing: bool,
}

impl Client {
    pub(super) fn new(scenario: &Scenario, transport: Transport, caller: Caller) -> Self {
        let mut nonces = Nonces::new(scenario.seed);
        Self {
            caller,
            deflates: transport == Transport::Deflate,
            part: Part::new(scenario, Speaker::You),
            voice: Voice { binary: scenario.binary, deflater: None },
            key: handshake::key_from(nonces.handshake()),
            nonces,
            reader: Reader::new(Sender::Server),
            open: None,
            waiting: Vec::new(),
            closing: false,
        }
    }

    fn send(&mut self, world: &mut World, unmasked: Frame, carries: Vec<Message>) {
        let Some(connection) = self.open else { return };
        let masked = unmasked.masked(self.nonces.masking_key());
        world.send(connection, Sender::Client, frame(&masked, carries));
    }

    fn say(&mut self, world: &mut World, message: Message) {
        let frame = self.voice.frame(&message);
        self.send(world, frame, vec![message]);
    }

    fn opening(&self) -> wire::Request {
        let mut request = self.caller.upgrade(answer::SOCKET, &self.key);
        if self.deflates && request.fields.get(EXTENSIONS).is_none() {
            request.fields.push(EXTENSIONS, OFFER);
        }
        request
    }

    fn leave_if_done(&mut self, world: &mut World) {
        let heard_all = self.part.is_over(world) && self.waiting.is_empty();
        if self.closing || self.open.is_none() || !heard_all {
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
        world.connect(Sender::Client);
        self.part.start_speaking(world);
        self.part.start_leaving(world);
    }

    fn speak(&mut self, world: &mut World, message: Message) {
        if self.open.is_some() {
            self.say(world, message);
        } else {
            self.waiting.push(message);
        }
    }

    fn wake(&mut self, world: &mut World) {
        self.leave_if_done(world);
    }

    fn opened(&mut self, world: &mut World, connection: u16) {
        world.send(connection, Sender::Client, parcel::head(self.opening(), &[], Vec::new()));
    }

    fn received(&mut self, world: &mut World, connection: u16, octets: &[u8]) {
        self.reader.feed(octets);
        while let Some(Ok(unit)) = self.reader.poll() {
            match &unit.body {
                Body::Response(response) => {
                    let request = self.opening();
                    let offered = request.fields.get(EXTENSIONS).filter(|_| self.deflates);
                    let offered = offered.as_slice();
                    let Ok(agreed) = handshake::check_response(response, &self.key, NONE, offered) else {
                        return world.end(connection, Sender::Client);
                    };
                    self.reader.upgrade();
                    if let Some(agreed) = agreed {
                        self.reader.inflate_with(&agreed);
                        self.voice.deflater = agreed.deflater(Sender::Client);
                    }
                    self.open = Some(connection);
                    for message in std::mem::take(&mut self.waiting) {
                        self.say(world, message);
                    }
                }
                Body::Frame(header) if !header.opcode.is_control() => {
                    self.part.hear(world, connection, &text(&unit));
                }
                _ => {}
            }
        }
        self.leave_if_done(world);
    }

    fn ended(&mut self, world: &mut World, connection: u16) {
        self.open = None;
        if world.is_cut(connection, Sender::Client) {
            world.failed(connection, Sender::Client, CUT);
        }
        world.end(connection, Sender::Client);
    }
}

/// The other side.
pub(super) struct Server {
    deflates: bool,
    minimal: bool,
    part: Part,
    voice: Voice,
    reader: Reader,
    open: Option<u16>,
    waiting: Vec<Message>,
}

impl Server {
    pub(super) fn new(scenario: &Scenario, transport: Transport) -> Self {
        Self {
            deflates: transport == Transport::Deflate,
            minimal: scenario.preset == Preset::Minimal,
            part: Part::new(scenario, Speaker::Server),
            voice: Voice { binary: scenario.binary, deflater: None },
            reader: Reader::new(Sender::Client),
            open: None,
            waiting: Vec::new(),
        }
    }

    fn agree(&mut self, world: &mut World, connection: u16, offer: &handshake::Offer) {
        let mut response = handshake::accept(offer);
        let agreed = if self.deflates { offer.deflate(&Parameters::default()) } else { None };
        if let Some(agreed) = agreed {
            response.fields.push(EXTENSIONS, agreed.to_string());
        }
        if !self.minimal {
            response.fields.push("date", DATE);
        }
        world.send(connection, Sender::Server, parcel::answer(&response, "", Vec::new()));
        self.reader.upgrade();
        if let Some(agreed) = agreed {
            self.reader.inflate_with(&agreed);
            self.voice.deflater = agreed.deflater(Sender::Server);
        }
        self.open = Some(connection);
        for message in std::mem::take(&mut self.waiting) {
            self.speak(world, message);
        }
    }
}

impl Endpoint for Server {
    fn start(&mut self, world: &mut World) {
        self.part.start_speaking(world);
    }

    fn speak(&mut self, world: &mut World, message: Message) {
        match self.open {
            Some(connection) => {
                let unmasked = self.voice.frame(&message);
                world.send(connection, Sender::Server, frame(&unmasked, vec![message]));
            }
            None => self.waiting.push(message),
        }
    }

    fn received(&mut self, world: &mut World, connection: u16, octets: &[u8]) {
        self.reader.feed(octets);
        while let Some(Ok(unit)) = self.reader.poll() {
            match &unit.body {
                Body::Request(request) => {
                    let Ok(offer) = handshake::check_request(request) else {
                        return world.end(connection, Sender::Server);
                    };
                    self.agree(world, connection, &offer);
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
                    for answer in self.part.hear(world, connection, &text(&unit)) {
                        self.speak(world, answer);
                    }
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

/// How one side puts messages into frames.
struct Voice {
    binary: bool,
    /// Once permessage-deflate is agreed on: its window goes from one message to the next.
    deflater: Option<Deflater>,
}

impl Voice {
    fn frame(&mut self, message: &Message) -> Frame {
        let opcode = if self.binary { Opcode::Binary } else { Opcode::Text };
        let Some(deflater) = &mut self.deflater else { return Frame::new(opcode, message.text.as_bytes()) };
        let mut frame = Frame::new(opcode, deflater.deflate(message.text.as_bytes()));
        // RSV1: compressed (RFC 7692 section 6).
        frame.header.rsv[0] = true;
        frame
    }
}

/// What a data frame says, inflated if need be.
fn text(unit: &Unit) -> String {
    let content = unit.message.as_ref().map_or(&unit.content, |message| &message.content);
    String::from_utf8_lossy(content).into_owned()
}

/// This page asks for no subprotocol, and where it is not to compress the server declines what the
/// browser offers of extensions.
const NONE: &[&str] = &[];

/// What is offered where no capture says it: as Chromium does.
const OFFER: &str = "permessage-deflate; client_max_window_bits";
const EXTENSIONS: &str = "Sec-WebSocket-Extensions";

/// What a page is told when its connection is gone: it does not connect again by itself.
const CUT: &str = word!(
    "The connection was cut without a Close frame: close code 1006 (RFC 6455 section 7.1.5). A Ping now and then \
     would have kept the proxy from it."
);
