//! What the octets of an event say, read by the codec.

use trace::event::Event;
use wire::{Body, Fields, Reader, Sender};

use super::super::spec::Pair;

/// A message of HTTP: its field lines and its content, as far as anybody saw them.
#[derive(Default)]
pub(super) struct Message {
    pub(super) fields: Fields,
    pub(super) reason: String,
    /// Octets of the head, or -1 where nobody saw it.
    pub(super) head: i64,
    /// Without the framing of chunks.
    pub(super) content: Option<Vec<u8>>,
    /// Octets of the content on the wire.
    pub(super) size: i64,
}

impl Message {
    /// Reads a request, or the answer to one of this method with all the chunks that follow it.
    pub(super) fn of(event: &Event, chunks: &[&Event], asked: Option<&str>) -> Self {
        let payload = event.octets.payload + chunks.iter().map(|chunk| chunk.octets.payload).sum::<u64>();
        let unseen = Self {
            head: -1,
            content: told(event).filter(|_| chunks.is_empty()),
            size: i64::try_from(payload).unwrap_or(-1),
            ..Self::default()
        };
        let Some(raw) = &event.raw else { return unseen };
        let octets: Vec<u8> = raw
            .iter()
            .chain(chunks.iter().filter_map(|chunk| chunk.raw.as_ref()).flat_map(|raw| raw.iter()))
            .copied()
            .collect();
        let mut reader = Reader::new(if asked.is_some() { Sender::Server } else { Sender::Client });
        reader = reader.with_limit(octets.len());
        if let Some(method) = asked {
            reader.expect_response_to(method);
        }
        reader.feed(&octets);
        let whole = reader.poll().and_then(Result::ok);
        let is_whole = whole.is_some();
        // Cut off: a stream that went on, or a content of which only the length is known.
        if whole.is_none() {
            reader.end();
        }
        let ended = if is_whole { None } else { reader.poll().and_then(Result::ok) };
        let Some(unit) = whole.as_ref().or(ended.as_ref()).or(reader.partial()) else { return unseen };
        let seen = chunks.iter().all(|chunk| chunk.raw.is_some());
        let known = (is_whole || ended.is_some() || !chunks.is_empty()) && seen;
        let (fields, reason) = match &unit.body {
            Body::Request(request) => (request.fields.clone(), String::new()),
            Body::Response(response) => (response.fields.clone(), response.reason.clone()),
            Body::Frame(_) => return unseen,
        };
        let size = if known { (unit.octets.len() - unit.head) as u64 } else { payload };
        let content = if known { Some(unit.content.clone()) } else { unseen.content };
        Self { fields, reason, head: unit.head as i64, content, size: i64::try_from(size).unwrap_or(-1) }
    }

    pub(super) fn headers(&self) -> Vec<Pair> {
        let pair = |line: &wire::FieldLine| Pair { name: line.name.clone(), value: text(&line.value) };
        self.fields.iter().map(pair).collect()
    }

    pub(super) fn mime_type(&self) -> String {
        self.fields.get("Content-Type").map(text).unwrap_or_default()
    }
}

/// What an event carries is known even where its octets are not.
fn told(event: &Event) -> Option<Vec<u8>> {
    let texts: Vec<&str> = event.carries.iter().map(|message| &*message.text).collect();
    (!texts.is_empty()).then(|| texts.concat().into_bytes())
}

/// `wire` has an octet of a value as the character of the same number; most of those are UTF-8.
fn text(value: &str) -> String {
    let octets: Option<Vec<u8>> = value.chars().map(|letter| u8::try_from(letter).ok()).collect();
    octets.and_then(|octets| String::from_utf8(octets).ok()).unwrap_or_else(|| value.to_owned())
}
