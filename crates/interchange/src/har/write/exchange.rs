//! A request with its answer as an entry.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use trace::event::{Event, Kind, Layer, Provenance, Source, Stamp, Times};
use wire::Sender;

use super::super::moment;
use super::super::spec::{self, Content, Entry, Pair, PostData, StreamMessage, Timings, UNKNOWN, Whence};
use super::message::Message;
use super::socket;

/// A request, what answered it, and whether that switched the connection.
pub(super) struct Exchange<'a> {
    request: &'a Event,
    response: Option<&'a Event>,
    /// What followed the response's head as events of their own.
    chunks: Vec<&'a Event>,
    /// Whether it is the first on its connection, which had to be opened for it.
    opens: bool,
    /// Whether it is the one that switched its connection.
    switches: bool,
    is_tls: bool,
}

/// The exchanges of a connection: answers come in the order of their questions.
pub(super) fn exchanges<'a>(events: &[&'a Event]) -> Vec<Exchange<'a>> {
    let mut units: Vec<&Event> = events.iter().copied().filter(|event| event.layer == Layer::Http).collect();
    units.sort_by_key(|event| event.key.unit);
    let is_tls = events.iter().any(|event| event.layer == Layer::Tls);
    let mut switched = false;
    let asked = units.iter().filter(|event| matches!(event.kind, Kind::Request { .. }));
    let mut all: Vec<Exchange<'_>> = asked
        .enumerate()
        .map(|(place, request)| Exchange {
            request,
            response: None,
            chunks: Vec::new(),
            opens: place == 0,
            switches: false,
            is_tls,
        })
        .collect();
    let mut next = 0;
    for event in units {
        match event.kind {
            Kind::Response { status } if status >= 200 || status == 101 => {
                if let Some(exchange) = all.get_mut(next) {
                    exchange.response = Some(event);
                    exchange.switches = status == 101 && !std::mem::replace(&mut switched, true);
                }
                next += 1;
            }
            Kind::Chunk => {
                let last = next.checked_sub(1).and_then(|last| all.get_mut(last));
                last.into_iter().for_each(|exchange| exchange.chunks.push(event));
            }
            _ => {}
        }
    }
    all
}

impl Exchange<'_> {
    /// Its entry and when that begins, in microseconds since the run's zero. `events` are all of its connection.
    pub(super) fn entry(&self, events: &[&Event], connection: &str, epoch: u64) -> (u64, Entry) {
        let Kind::Request { method, target } = &self.request.kind else { return Default::default() };
        let request = Message::of(self.request, &[], None);
        let (begins, timings, time) = self.timings(if self.opens { events } else { &[] });
        let scheme = match (self.switches, self.is_tls) {
            (false, false) => "http",
            (false, true) => "https",
            (true, false) => "ws",
            (true, true) => "wss",
        };
        let host = request.fields.get("Host").unwrap_or(NOBODY);
        let url = if target.starts_with('/') { format!("{scheme}://{host}{target}") } else { target.clone() };
        let query = target.split_once('?').map_or("", |(_, query)| query);
        let query = form_urlencoded::parse(query.as_bytes());
        let posted = request.content.as_ref().filter(|content| !content.is_empty());
        let (messages, frames) = match self.switches {
            true => socket::messages(self.request, self.response, events, epoch),
            false => (None, Vec::new()),
        };
        let entry = Entry {
            started_date_time: moment::write(epoch.saturating_add(begins)),
            time,
            request: spec::Request {
                method: method.clone(),
                url,
                http_version: VERSION.to_owned(),
                headers: request.headers(),
                query_string: query
                    .map(|(name, value)| Pair { name: name.into(), value: value.into() })
                    .collect(),
                post_data: posted.map(|content| PostData {
                    mime_type: request.mime_type(),
                    text: String::from_utf8_lossy(content).into_owned(),
                    params: Vec::new(),
                }),
                headers_size: request.head,
                body_size: request.size,
                ..spec::Request::default()
            },
            response: self.answer(method),
            timings,
            connection: Some(connection.to_owned()),
            resource_type: self.switches.then(|| "websocket".to_owned()),
            messages,
            events: self.chunks.iter().flat_map(|chunk| said(chunk, epoch)).collect(),
            frames,
            provenance: Some(self.provenance()),
            ..Entry::default()
        };
        (begins, entry)
    }

    fn answer(&self, method: &str) -> spec::Response {
        let Some((event, Kind::Response { status })) = self.response.map(|event| (event, &event.kind)) else {
            let (headers_size, body_size) = (-1, -1);
            return spec::Response { headers_size, body_size, ..spec::Response::default() };
        };
        let message = Message::of(event, &self.chunks, Some(method));
        let content = message.content.clone().map(text);
        spec::Response {
            status: i64::from(*status),
            status_text: message.reason.clone(),
            http_version: VERSION.to_owned(),
            headers: message.headers(),
            content: Content {
                size: message.content.as_ref().map_or(0, |content| content.len() as u64),
                mime_type: message.mime_type(),
                encoding: content.as_ref().and_then(|text| text.1.map(str::to_owned)),
                text: content.map(|text| text.0),
            },
            redirect_url: message.fields.get("Location").unwrap_or_default().to_owned(),
            headers_size: message.head,
            body_size: message.size,
            ..spec::Response::default()
        }
    }

    /// When it begins, its timings, and how long it took; of a connection that it had to wait for, what that took.
    fn timings(&self, opening: &[&Event]) -> (u64, Timings, f64) {
        let (asks, asked) = side(Sender::Client, &self.request.times);
        let asks = asks.unwrap_or_else(|| self.request.start());
        let opened = opening.iter().filter(|it| it.start() <= asks);
        let syn = opened.clone().find(|it| it.kind == Kind::Syn).map(|it| it.start());
        let end = |event: &&&Event| here(event).1.filter(|&at| at <= asks);
        let connected = opened.clone().filter(|it| matches!(it.kind, Kind::SynAck | Kind::Established));
        let tcp = connected.filter_map(|it| end(&it)).max();
        let tls = opened.filter(|it| it.layer == Layer::Tls).filter_map(|it| end(&it)).max();
        let ready = tls.or(tcp).or(syn);
        let begins = syn.unwrap_or(asks).min(asks);
        let apart = |from: Option<u64>, to: Option<u64>| match (from, to) {
            (Some(from), Some(to)) => millis(to.saturating_sub(from)),
            _ => UNKNOWN,
        };
        let (answers, answered) = match self.response {
            Some(response) => side(Sender::Server, &response.times),
            None => (None, None),
        };
        let last = self.chunks.iter().filter_map(|chunk| here(chunk).1).max();
        let answered = answered.max(last).filter(|_| answered.is_some() || last.is_some());
        let timings = Timings {
            blocked: syn.map_or(UNKNOWN, |_| apart(ready, Some(asks))),
            dns: UNKNOWN,
            connect: syn.map_or(UNKNOWN, |syn| apart(Some(syn), ready)),
            ssl: tls.map_or(UNKNOWN, |tls| apart(tcp.or(syn), Some(tls))),
            // HAR has no answer without knowing when its question was sent.
            send: apart(Some(asks), asked.or(answers.map(|_| asks))),
            wait: apart(asked.or(Some(asks)), answers),
            receive: apart(answers, answered),
        };
        let ends = answered.or(answers).or(asked).unwrap_or(asks);
        (begins, timings, millis(ends.saturating_sub(begins)))
    }

    fn provenance(&self) -> Whence {
        let stamps = [self.request.times, self.response.map_or(Times::default(), |it| it.times)];
        let stamp = stamps.iter().find_map(|times| {
            times.sent_first.or(times.sent_last).or(times.received_first).or(times.received_last)
        });
        let octets = match self.request.source {
            Source::Simulated => Provenance::Simulated,
            Source::Browser => Provenance::Reconstructed,
            Source::Wire => Provenance::Witnessed,
        };
        Whence { times: stamp.map_or(octets, |stamp| stamp.from).into(), octets: octets.into() }
    }
}

/// First and last octet of something at the client's end, or at the other if nobody was there.
pub(super) fn side(sender: Sender, times: &Times) -> (Option<u64>, Option<u64>) {
    let (sent, received) = ((times.sent_first, times.sent_last), (times.received_first, times.received_last));
    let (near, far) = if sender == Sender::Client { (sent, received) } else { (received, sent) };
    let seen = if near == (None, None) { far } else { near };
    let at = |stamp: Option<Stamp>| stamp.map(|stamp| stamp.at);
    (at(seen.0), at(seen.1))
}

fn here(event: &Event) -> (Option<u64>, Option<u64>) {
    side(event.key.sender, &event.times)
}

/// A text, or Base64 and its name.
fn text(content: Vec<u8>) -> (String, Option<&'static str>) {
    String::from_utf8(content)
        .map_or_else(|other| (STANDARD.encode(other.as_bytes()), Some("base64")), |text| (text, None))
}

fn said(chunk: &Event, epoch: u64) -> Vec<StreamMessage> {
    let at = here(chunk).1.unwrap_or_else(|| chunk.start());
    let message = |message: &trace::event::Message| StreamMessage {
        time: seconds(epoch, at),
        event_name: "message".to_owned(),
        event_id: String::new(),
        data: message.text.to_string(),
    };
    chunk.carries.iter().map(message).collect()
}

fn millis(micros: u64) -> f64 {
    micros as f64 / 1e3
}

/// As Chrome writes the times of messages.
pub(super) fn seconds(epoch: u64, at: u64) -> f64 {
    epoch.saturating_add(at) as f64 / 1e6
}

/// What is written for an origin that nobody saw (RFC 2606 section 2).
const NOBODY: &str = "unseen.invalid";
const VERSION: &str = "HTTP/1.1";
