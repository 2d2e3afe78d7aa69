//! The server's side of an HTTP lane: it keeps the news and may only answer; at once, when it has
//! something to say, or piece by piece.

use wire::{Body, Fields, Reader, Request, Response, Sender, Unit, Version};

use super::course::Part;
use super::parcel;
use super::stream::chunk;
use super::world::{Endpoint, World};
use crate::answer;
use crate::event::Message;
use crate::heads::Preset;
use crate::scenario::{Loop, Scenario, Speaker, Transport};

/// A chat server that speaks HTTP/1.1.
pub(super) struct Server {
    transport: Transport,
    loops: Loop,
    binary: bool,
    minimal: bool,
    hold: u64,
    part: Part,
    readers: Vec<(u16, Reader)>,
    news: Vec<Message>,
    held: Option<Held>,
    /// The connection of the stream, and how much of the news has gone out on it.
    stream: Option<(u16, usize)>,
}

/// A question that waits for news.
struct Held {
    connection: u16,
    origin: String,
    after: usize,
    until: u64,
}

impl Server {
    pub(super) fn new(scenario: &Scenario, transport: Transport) -> Self {
        Self {
            transport,
            loops: scenario.workload.loops(),
            binary: scenario.binary,
            minimal: scenario.preset == Preset::Minimal,
            hold: scenario.hold.max(1),
            part: Part::new(scenario, Speaker::Server),
            readers: Vec::new(),
            news: Vec::new(),
            held: None,
            stream: None,
        }
    }

    fn asked(&mut self, world: &mut World, connection: u16, request: &Request, content: &[u8]) {
        let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
        let number = query.split_once('=').and_then(|(_, value)| value.parse().ok()).unwrap_or(0);
        let origin = request.fields.get("Origin").unwrap_or("*").to_owned();
        let carries = match path {
            answer::EVENTS => {
                let heard = request.fields.get(answer::LAST_EVENT_ID).and_then(|id| id.parse().ok());
                return self.open_stream(world, connection, &origin, heard.unwrap_or(0));
            }
            answer::NEWS => {
                let after = number as usize;
                if self.transport == Transport::Long && self.news.len() <= after {
                    return self.hold(world, Held { connection, origin, after, until: 0 });
                }
                self.after(after)
            }
            answer::SAY | answer::ECHO => {
                let text = String::from_utf8_lossy(content);
                let in_place = self.loops != Loop::Open && self.transport.answers_in_place();
                let answers = self.part.hear_numbered(world, connection, number, &text, !in_place);
                match in_place {
                    true => answers,
                    false => {
                        self.news.extend(answers);
                        Vec::new()
                    }
                }
            }
            _ => Vec::new(),
        };
        self.answer(world, connection, &origin, carries);
        self.tell(world);
    }

    fn answer(&self, world: &mut World, connection: u16, origin: &str, carries: Vec<Message>) {
        let content = carries.iter().map(|message| &*message.text).collect::<Vec<_>>().join("\n");
        let status = if carries.is_empty() { 204 } else { 200 };
        let mut response = self.response(status, origin, connection);
        if status == 200 {
            response.fields.push("content-length", content.len().to_string());
        }
        let parcel = parcel::answer(&self.dated(response), &content, carries);
        world.send(connection, Sender::Server, parcel);
        if self.transport.closes() {
            world.end(connection, Sender::Server);
        }
    }

    fn hold(&mut self, world: &mut World, held: Held) {
        let until = world.now() + self.hold;
        self.held = Some(Held { until, ..held });
        world.wake(until, Sender::Server);
    }

    fn open_stream(&mut self, world: &mut World, connection: u16, origin: &str, after: usize) {
        let mut response = self.response(200, origin, connection);
        if self.minimal {
            response.fields.push("content-type", answer::EVENT_STREAM);
        } else {
            response.fields.set("content-type", answer::EVENT_STREAM);
        }
        response.fields.push("transfer-encoding", "chunked");
        let parcel = parcel::answer(&self.dated(response), "", Vec::new());
        world.send(connection, Sender::Server, parcel);
        self.stream = Some((connection, after));
        self.tell(world);
    }

    /// Passes news on where somebody waits for it.
    fn tell(&mut self, world: &mut World) {
        if let Some(held) = self.held.take_if(|held| self.news.len() > held.after) {
            self.answer(world, held.connection, &held.origin, self.after(held.after));
        }
        if let Some((connection, told)) = self.stream {
            for (id, message) in (told + 1..).zip(self.after(told)) {
                world.send(connection, Sender::Server, chunk(id, message, self.binary));
            }
            self.stream = Some((connection, self.news.len()));
        }
    }

    fn after(&self, heard: usize) -> Vec<Message> {
        self.news.iter().skip(heard).cloned().collect()
    }

    fn response(&self, status: u16, origin: &str, connection: u16) -> Response {
        let reason = if status == 204 { "No Content" } else { "OK" };
        let mut fields = Fields::new();
        if !self.minimal {
            for (name, value) in answer::fields(origin, connection, self.transport.closes(), status == 200) {
                fields.push(name, &value);
            }
            if self.binary && status == 200 {
                fields.set("content-type", answer::OCTETS);
            }
        } else if self.transport.closes() {
            fields.push("connection", "close");
        }
        Response { version: Version::Http11, status, reason: reason.to_owned(), fields }
    }

    fn dated(&self, mut response: Response) -> Response {
        if !self.minimal {
            response.fields.push("date", DATE);
        }
        response
    }
}

impl Endpoint for Server {
    fn start(&mut self, world: &mut World) {
        self.part.start_speaking(world);
    }

    fn speak(&mut self, world: &mut World, message: Message) {
        self.news.push(message);
        self.tell(world);
    }

    fn wake(&mut self, world: &mut World) {
        if let Some(held) = self.held.take_if(|held| held.until <= world.now()) {
            self.answer(world, held.connection, &held.origin, Vec::new());
        }
    }

    fn received(&mut self, world: &mut World, connection: u16, octets: &[u8]) {
        let known = self.readers.iter().position(|(of, _)| *of == connection);
        let place = known.unwrap_or_else(|| {
            self.readers.push((connection, Reader::new(Sender::Client)));
            self.readers.len() - 1
        });
        let reader = &mut self.readers[place].1;
        reader.feed(octets);
        let mut units: Vec<Unit> = Vec::new();
        while let Some(Ok(unit)) = reader.poll() {
            units.push(unit);
        }
        for unit in units {
            if let Body::Request(request) = &unit.body {
                self.asked(world, connection, request, &unit.content);
            }
        }
    }

    fn ended(&mut self, world: &mut World, connection: u16) {
        self.readers.retain(|(of, _)| *of != connection);
        self.held.take_if(|held| held.connection == connection);
        self.stream.take_if(|stream| stream.0 == connection);
        if world.is_cut(connection, Sender::Server) {
            // Whether a message was under way nobody knows.
            self.part.stop_waiting(world);
        }
        world.end(connection, Sender::Server);
    }
}

/// Any date has the same 29 octets (RFC 9110 section 5.6.7); a fixed one keeps runs equal.
pub(super) const DATE: &str = "Thu, 01 Jan 1970 00:00:00 GMT";
