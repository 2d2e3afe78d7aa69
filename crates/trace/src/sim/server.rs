//! The server's side of an HTTP lane: it keeps the news and may only answer.

use wire::{Body, Fields, Reader, Request, Response, Sender, Unit, Version};

use super::client::heard_id;
use super::parcel::Parcel;
use super::world::{Endpoint, World};
use crate::answer;
use crate::event::{Kind, Layer, Message};
use crate::scenario::{Scenario, Speaker, Transport, Workload};

/// A chat server that speaks HTTP/1.1.
pub(super) struct Server {
    transport: Transport,
    workload: Workload,
    readers: Vec<(u16, Reader)>,
    news: Vec<Message>,
}

impl Server {
    pub(super) fn new(scenario: &Scenario, transport: Transport) -> Self {
        Self { transport, workload: scenario.workload, readers: Vec::new(), news: Vec::new() }
    }

    fn answer(&mut self, world: &mut World, connection: u16, request: &Request, content: &[u8]) {
        let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
        let number = query.split_once('=').and_then(|(_, value)| value.parse().ok()).unwrap_or(0);
        let carries = match path {
            answer::NEWS => self.news.iter().skip(number as usize).cloned().collect(),
            answer::SAY | answer::ECHO => self.take(world, connection, number, content),
            _ => Vec::new(),
        };
        let parcel = self.response(request, connection, carries);
        world.send(connection, Sender::Server, parcel);
        if self.transport.closes() {
            world.end(connection, Sender::Server);
        }
    }

    /// Takes what the client says; answers with what goes back at once.
    fn take(&mut self, world: &mut World, connection: u16, n: u32, content: &[u8]) -> Vec<Message> {
        let text = String::from_utf8_lossy(content);
        let id = world.id_of(Speaker::You, n);
        world.delivered(connection, Sender::Client, Message { id, text: text.as_ref().into() });
        if self.workload == Workload::Chat {
            return Vec::new();
        }
        let echo = Message { id: heard_id(world, Workload::Echo, n), text: text.as_ref().into() };
        world.said(Sender::Server, echo.clone());
        if self.transport == Transport::Polling {
            self.news.push(echo);
            return Vec::new();
        }
        vec![echo]
    }

    fn response(&self, request: &Request, connection: u16, carries: Vec<Message>) -> Parcel {
        let content = carries.iter().map(|message| &*message.text).collect::<Vec<_>>().join("\n");
        let status = if carries.is_empty() { 204 } else { 200 };
        let reason = if carries.is_empty() { "No Content" } else { "OK" };
        let origin = request.fields.get("Origin").unwrap_or("*");
        let mut fields = Fields::new();
        for (name, value) in answer::fields(origin, connection, self.transport.closes(), status == 200) {
            fields.push(name, &value);
        }
        if status == 200 {
            fields.push("content-length", content.len().to_string());
        }
        fields.push("date", DATE);
        let response = Response { version: Version::Http11, status, reason: reason.to_owned(), fields };
        // The names are ours and the origin has been read from a head: it always encodes.
        let mut octets = response.encode().unwrap_or_default();
        octets.extend_from_slice(content.as_bytes());
        let payload = carries.iter().map(|message| message.text.len() as u64).sum();
        Parcel { kind: Kind::Response { status }, layer: Layer::Http, octets, payload, carries }
    }
}

impl Endpoint for Server {
    fn start(&mut self, world: &mut World) {
        if self.workload == Workload::Chat {
            world.schedule(Speaker::Server);
        }
    }

    fn speak(&mut self, _world: &mut World, message: Message) {
        self.news.push(message);
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
                self.answer(world, connection, request, &unit.content);
            }
        }
    }

    fn ended(&mut self, world: &mut World, connection: u16) {
        self.readers.retain(|(of, _)| *of != connection);
        world.end(connection, Sender::Server);
    }
}

/// Any date has the same 29 octets (RFC 9110 section 5.6.7); a fixed one keeps runs equal.
pub(super) const DATE: &str = "Thu, 01 Jan 1970 00:00:00 GMT";
