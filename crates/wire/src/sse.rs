//! Server-Sent Events: what a response of `text/event-stream` carries (HTML Standard section 9.2).

use std::collections::VecDeque;

use tongue::{say, word};

use crate::{
    Span,
    unit::{Tiles, preview},
};

/// Reads the content of an event stream as it arrives. [`feed`](Self::feed) it octets in pieces of any size, then
/// [`poll`](Self::poll). Nothing is invalid: what means nothing is passed over. It keeps the line and the data under
/// way, however long; the reader before it bounds the content.
#[derive(Clone, Debug, Default)]
pub struct EventStream {
    line: Vec<u8>,
    /// The last octet was a CR: a LF now belongs to the same line end.
    cr: bool,
    /// The first line is done, which alone may begin with a byte order mark.
    begun: bool,
    event: String,
    data: String,
    id: String,
    retry: Option<u64>,
    ready: VecDeque<Event>,
}

/// One event, as a page's script gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its type: "message" unless `event` says otherwise.
    pub event: String,
    /// The values of its `data` lines, with line feeds between them.
    pub data: String,
    /// The last event ID by then, which may come from an earlier event; empty if there was none.
    pub id: String,
    /// The reconnection time by then, in milliseconds.
    pub retry: Option<u64>,
}

impl EventStream {
    /// A stream from its first octet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next octets of the content.
    pub fn feed(&mut self, octets: &[u8]) {
        for &octet in octets {
            let after_cr = std::mem::replace(&mut self.cr, octet == b'\r');
            match octet {
                b'\n' if after_cr => {}
                b'\r' | b'\n' => self.end_of_line(),
                _ => self.line.push(octet),
            }
        }
    }

    /// The next event; `None` until more is fed. What stands after the last empty line when the stream ends is never
    /// dispatched.
    pub fn poll(&mut self) -> Option<Event> {
        self.ready.pop_front()
    }

    /// What a reconnecting browser sends as `Last-Event-ID`; empty if it sends none.
    pub fn last_event_id(&self) -> &str {
        &self.id
    }

    /// How long a browser waits before it reconnects, in milliseconds; `None`: as long as it likes.
    pub fn retry(&self) -> Option<u64> {
        self.retry
    }

    fn end_of_line(&mut self) {
        let octets = std::mem::take(&mut self.line);
        let line = match std::mem::replace(&mut self.begun, true) {
            false => octets.strip_prefix(BOM).unwrap_or(&octets),
            true => &octets,
        };
        match Line::read(line) {
            Line::Empty => self.dispatch(),
            Line::Comment(_) => {}
            Line::Field("event", value) => self.event = text(value),
            Line::Field("data", value) => {
                self.data.push_str(&text(value));
                self.data.push('\n');
            }
            Line::Field("id", value) if !value.contains(&0) => self.id = text(value),
            Line::Field("retry", value) => self.retry = milliseconds(value).or(self.retry),
            Line::Field(..) => {}
        }
    }

    fn dispatch(&mut self) {
        let mut event = std::mem::take(&mut self.event);
        let mut data = std::mem::take(&mut self.data);
        if data.pop().is_none() {
            return;
        }
        if event.is_empty() {
            event.push_str("message");
        }
        self.ready.push_back(Event { event, data, id: self.id.clone(), retry: self.retry });
    }
}

/// One event as a server writes it: its ID, its data, and the empty line that dispatches it. Each line of `data` stands
/// on a line of its own, so that a CR comes back as a line feed.
///
/// ```
/// assert_eq!(wire::sse::event(7, "one\ntwo"), "id: 7\ndata: one\ndata: two\n\n");
/// ```
pub fn event(id: u64, data: &str) -> String {
    let mut event = format!("id: {id}\n");
    for line in data.replace("\r\n", "\n").split(['\r', '\n']) {
        event.push_str("data: ");
        event.push_str(line);
        event.push('\n');
    }
    event.push('\n');
    event
}

/// What the octets of a stream's content mean, line by line, each with its line end. The spans tile the content.
pub fn spans(content: &[u8]) -> Vec<Span> {
    let mut tiles = Tiles::new(content.len());
    tile(content, &mut tiles);
    tiles.into_spans()
}

/// Lays the spans of `content` from where the last one ended.
pub(crate) fn tile(content: &[u8], tiles: &mut Tiles) {
    let base = tiles.next();
    let mut at = 0;
    if content.starts_with(BOM) {
        at = BOM.len();
        tiles.up_to(
            base + at,
            word!("Byte order mark"),
            "",
            (say!("It may begin the stream, and says nothing."), PARSING),
        );
    }
    let mut data = false;
    while let Some(rest) = content.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(length) = rest.iter().position(|octet| matches!(octet, b'\r' | b'\n')) else {
            tiles.up_to(
                base + content.len(),
                word!("Unfinished line"),
                preview(rest),
                (say(UNFINISHED), PARSING),
            );
            return;
        };
        let crlf = rest[length..].starts_with(b"\r\n");
        at += length + if crlf { 2 } else { 1 };
        let end = base + at;
        match Line::read(&rest[..length]) {
            Line::Empty => {
                let meaning = match std::mem::take(&mut data) {
                    true => say!("The event is complete: the browser dispatches it."),
                    false => say!("Nothing to dispatch: no data since the last empty line."),
                };
                tiles.up_to(end, word!("Empty line"), "", (meaning, INTERPRETING));
            }
            Line::Comment(text) => {
                let meaning =
                    say!("A comment: it is passed over, and keeps the connection from looking idle.");
                tiles.up_to(end, word!("Comment"), preview(text), (meaning, PARSING));
            }
            Line::Field(name, value) => {
                data |= name == "data";
                let known = ["event", "data", "id", "retry"].into_iter().find(|known| *known == name);
                let shown = if known.is_some() { value } else { &rest[..length] };
                let explained = (meaning(name, value), INTERPRETING);
                tiles.up_to(end, known.unwrap_or(word!("Unknown field")), preview(shown), explained);
            }
        }
    }
}

/// A line without its end.
enum Line<'a> {
    Empty,
    Comment(&'a [u8]),
    /// A name, empty if it is no UTF-8, which no field's name is; and a value without the one space before it.
    Field(&'a str, &'a [u8]),
}

impl<'a> Line<'a> {
    fn read(line: &'a [u8]) -> Self {
        let (name, value) = match line.iter().position(|&octet| octet == b':') {
            None if line.is_empty() => return Self::Empty,
            None => (line, &line[line.len()..]),
            Some(0) => return Self::Comment(&line[1..]),
            Some(colon) => (&line[..colon], &line[colon + 1..]),
        };
        let value = value.strip_prefix(b" ").unwrap_or(value);
        Self::Field(std::str::from_utf8(name).unwrap_or_default(), value)
    }
}

fn meaning(name: &str, value: &[u8]) -> &'static str {
    say(match name {
        "event" => word!("The type of the event, and so which listener gets it."),
        "data" => word!("What the event says; several such lines are joined by line feeds."),
        "id" if value.contains(&0) => word!("An ID with a NUL in it: it is passed over."),
        "id" => word!("Where the stream is: a browser that reconnects sends it as Last-Event-ID."),
        "retry" if milliseconds(value).is_some() => {
            word!("How many milliseconds a browser waits before it reconnects.")
        }
        "retry" => word!("Not a number in digits: it is passed over."),
        _ => word!("Not a field of an event stream: it is passed over."),
    })
}

/// A number of ASCII digits; the greatest there is for one that is greater.
fn milliseconds(value: &[u8]) -> Option<u64> {
    let digits = !value.is_empty() && value.iter().all(u8::is_ascii_digit);
    digits.then(|| {
        value.iter().fold(0, |sum: u64, octet| sum.saturating_mul(10).saturating_add(u64::from(octet - b'0')))
    })
}

/// As the standard decodes it: what is no UTF-8 becomes U+FFFD.
fn text(octets: &[u8]) -> String {
    String::from_utf8_lossy(octets).into_owned()
}

const BOM: &[u8] = b"\xEF\xBB\xBF";
const PARSING: &str = "HTML Standard section 9.2.5";
const INTERPRETING: &str = "HTML Standard section 9.2.6";
const UNFINISHED: &str =
    word!("The line has not ended yet. If the stream ends here, its event is discarded.");
