//! One entry: a request, its answer, and what followed on a connection that switched.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tongue::say;
use trace::event::{Event, Kind, Layer, Provenance, Source, Stamp, Times};
use trace::scenario::Transport;
use wire::{Fields, Sender};

use super::address::Address;
use super::course::Course;
use super::spec::{Content, Entry, PostData};
use super::{head, socket, stream};
use crate::lanes::{self, message};

/// An entry, read. Times are microseconds since 1970.
pub(super) struct Exchange {
    /// The far end.
    pub(super) to: String,
    /// What the file says of its connection, if that tells connections apart.
    pub(super) connection: Option<String>,
    /// When its connection is taken, and when it is free again.
    pub(super) span: (u64, u64),
    pub(super) transport: Transport,
    /// In the order in which they came about.
    pub(super) events: Vec<Event>,
    /// Whether anything answered.
    pub(super) answered: bool,
    /// Whether it is told as HTTP/1.1 but was not.
    pub(super) translated: bool,
}

/// Why an entry is no exchange.
pub(super) enum Other {
    /// No network carried it.
    NoNetwork,
    /// It is damaged: why.
    Damaged(String),
}

impl Exchange {
    /// Reads an entry; what of it cannot be read is told to `tell`.
    pub(super) fn of(entry: &Entry, tell: &mut dyn FnMut(String)) -> Result<Self, Other> {
        let to = Address::of(&entry.request.url);
        let to = match (to, entry.request.url.as_str()) {
            (_, "") => return Err(Other::Damaged(say!("it has no request").to_owned())),
            (Some(to), _) if entry.from_cache.is_none() => to,
            _ => return Err(Other::NoNetwork),
        };
        let course = Course::of(entry).map_err(Other::Damaged)?;
        let mut events = course.opening();
        let asked = entry.request.post_data.as_ref().map(posted).filter(|content| !content.is_empty());
        let (request, rebuilt) =
            head::request(&entry.request, &to, asked.as_deref()).map_err(Other::Damaged)?;
        let mut left_out = rebuilt.left_out;
        let kind = Kind::Request { method: request.method.clone(), target: request.target };
        let mut event = Event {
            octets: rebuilt.octets,
            raw: Some(rebuilt.raw.into()),
            ..http(Sender::Client, kind, course.asked())
        };
        event.carries = asked.iter().map(|content| message(content)).collect();
        events.push(event);
        let mut transport = Transport::Persistent;
        let mut fields = None;
        match entry.response.status {
            ..=0 => tell(unanswered(entry.response.error.as_deref())),
            _ => {
                let content = received(&entry.response.content, tell);
                let (response, rebuilt) =
                    head::response(&entry.response, &request.method, content.as_deref())
                        .map_err(Other::Damaged)?;
                left_out += rebuilt.left_out;
                if response.fields.has_token("Connection", "close") {
                    transport = Transport::Close;
                }
                let answer = Event {
                    octets: rebuilt.octets,
                    raw: Some(rebuilt.raw.into()),
                    ..http(Sender::Server, Kind::Response { status: response.status }, course.answered())
                };
                match stream::is(&response) {
                    true => {
                        transport = Transport::Sse;
                        stream::events(answer, &response, content.as_deref(), &entry.events, &mut events);
                    }
                    false => {
                        let said = content.iter().filter(|content| !content.is_empty());
                        events.push(Event { carries: said.map(|it| message(it)).collect(), ..answer });
                    }
                }
                fields = Some(response.fields);
            }
        }
        if left_out > 0 {
            tell(say!("field lines that cannot be are left out: {}", left_out));
        }
        if to.is_socket || entry.response.status == 101 || entry.messages.is_some() {
            let deflated = fields.is_some_and(|fields| deflates(&fields));
            transport = if deflated { Transport::Deflate } else { Transport::WebSocket };
            let frames = socket::events(entry, course.started, deflated, tell);
            agreed_before(&frames, &mut events);
            events.extend(frames);
        }
        let ends = events.iter().map(Event::end).max().unwrap_or(course.started);
        let version = entry.request.http_version.to_ascii_lowercase();
        Ok(Self {
            answered: entry.response.status > 0,
            connection: identity(entry, &to),
            to: to.origin,
            span: (course.started, ends),
            transport,
            events,
            translated: ["h2", "h3", "http/2", "http/3"].iter().any(|other| version.starts_with(other)),
        })
    }
}

/// Chromium tells as the wait for the answer how long the connection stayed open: the answer came before the first
/// message at the latest, and when, nobody says.
fn agreed_before(frames: &[Event], events: &mut [Event]) {
    let Some(first) = frames.iter().map(Event::start).min() else { return };
    let answers = |event: &&mut Event| matches!(event.kind, Kind::Response { .. }) && event.end() > first;
    for event in events.iter_mut().filter(answers) {
        let stamp = Some(Stamp { at: first, from: Provenance::Reconstructed });
        event.times = Times { received_last: stamp, ..Times::default() };
    }
}

/// What an event of HTTP has, before its octets are known.
fn http(sender: Sender, kind: Kind, times: Times) -> Event {
    lanes::event(Source::Browser, sender, Layer::Http, kind, times)
}

/// A time that the browser took.
pub(super) fn measured(at: u64) -> Option<Stamp> {
    Some(Stamp { at, from: Provenance::Imported })
}

/// Which connection it was: Chrome says so in a field of its own, and writes the server's port where HAR wants
/// the connection.
fn identity(entry: &Entry, to: &Address) -> Option<String> {
    let said = entry.connection.as_ref().filter(|said| **said != to.port.to_string());
    entry.connection_id.as_ref().or(said).filter(|said| !said.is_empty() && *said != "0").cloned()
}

fn unanswered(why: Option<&str>) -> String {
    match why {
        Some(why) => say!("it has no answer: {}", why),
        None => say!("it has no answer").to_owned(),
    }
}

/// What a request brought.
fn posted(data: &PostData) -> Vec<u8> {
    if !data.text.is_empty() {
        return data.text.clone().into_bytes();
    }
    let pairs = data.params.iter().map(|pair| (&pair.name, &pair.value));
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish().into_bytes()
}

/// What an answer brought; `None` where the file has not kept it.
fn received(content: &Content, tell: &mut dyn FnMut(String)) -> Option<Vec<u8>> {
    let text = content.text.as_deref()?;
    if !content.encoding.as_deref().is_some_and(|encoding| encoding.eq_ignore_ascii_case("base64")) {
        return Some(text.as_bytes().to_vec());
    }
    let octets = STANDARD.decode(text.trim());
    if octets.is_err() {
        tell(say!("its content is not Base64").to_owned());
    }
    octets.ok()
}

/// Whether both ends agreed on compressing messages.
fn deflates(fields: &Fields) -> bool {
    let mut all = fields.list("Sec-WebSocket-Extensions");
    all.any(|it| it.split(';').next().is_some_and(|name| name.trim() == "permessage-deflate"))
}
