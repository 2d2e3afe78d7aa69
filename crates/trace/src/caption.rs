//! The picture in words: labels, titles, and the sentence that says what is happening.

mod list;
mod moment;
mod plural;
mod rest;
mod role;

use tongue::say;
use wire::{Opcode, Sender};

use crate::decimal::thousandths;
use crate::event::{Event, Flight, Kind, Layer, Stamp};

pub use list::{clauses, list, sentences};
pub use moment::{Caption, matters, moment};
pub use plural::plural;
pub use rest::{notes, summary};
pub use role::role;

/// The name of whoever sits at an end of the connection.
pub fn who(sender: Sender) -> &'static str {
    match sender {
        Sender::Client => say!("You"),
        Sender::Server => say!("Ben"),
    }
}

/// `0.95 s`: a duration or a time of day of the run, to the hundredth of a second.
pub fn seconds(micros: u64) -> String {
    let hundredths = micros.saturating_add(5_000) / 10_000;
    say!("{} s", format!("{}.{:02}", hundredths / 100, hundredths % 100))
}

/// `1 s`, `100 ms`, `2.5 s`: a setting.
pub fn plain_seconds(micros: u64) -> String {
    match micros {
        0..1_000_000 => say!("{} ms", thousandths(micros)),
        _ => say!("{} s", thousandths(micros / 1_000)),
    }
}

/// `≈ 58 s`, `≈ 2.7 s`: a time that is passed over.
pub fn about(micros: u64) -> String {
    let tenths = micros.saturating_add(50_000) / 100_000;
    let whole = tenths.saturating_add(5) / 10;
    say!("≈ {} s", if whole >= 10 { count(whole) } else { thousandths(tenths * 100) })
}

/// `3.350 s`: a time in a table, to the millisecond.
pub fn precise(micros: u64) -> String {
    let millis = micros.saturating_add(500) / 1_000;
    say!("{} s", format!("{}.{:03}", millis / 1_000, millis % 1_000))
}

/// `3,905`: a count with thousands set apart.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1,374.2`: a number of thousandths with thousands set apart and without idle zeros.
pub fn parted(number: u64) -> String {
    let part = thousandths(number % 1_000);
    [&count(number / 1_000), part.trim_start_matches('0')].concat()
}

/// `1 octet`, `12 octets`.
pub fn octets(number: u64) -> String {
    plural(number, "octet")
}

/// How large an event is; `?? octets` where nobody could see its head.
fn size(event: &Event) -> String {
    event.size().map_or_else(|| say!("{} octets", "??"), octets)
}

/// What stands on the picture beside an event, where there is room for all of it.
pub fn label(event: &Event) -> String {
    match event.layer {
        Layer::Tls | Layer::Http | Layer::WebSocket => format!("{} · {}", short_label(event), size(event)),
        Layer::Tcp | Layer::Application => short_label(event),
    }
}

/// What stands on the picture beside an event, where there is little room.
pub fn short_label(event: &Event) -> String {
    match &event.kind {
        Kind::Syn => "TCP: SYN".to_owned(),
        Kind::SynAck => "SYN, ACK".to_owned(),
        Kind::Established | Kind::Ack(_) => String::new(),
        Kind::Fin => "FIN".to_owned(),
        Kind::Reset => "RST".to_owned(),
        Kind::Lost { .. } => say!("lost").to_owned(),
        Kind::Retransmission => say!("sent again").to_owned(),
        Kind::Tls(Flight::ClientHello) => "TLS: ClientHello".to_owned(),
        Kind::Tls(Flight::ServerHello | Flight::ServerHelloResumed) => "ServerHello".to_owned(),
        Kind::Tls(Flight::ClientFinished | Flight::ServerFinished) => "Finished".to_owned(),
        Kind::Accepted => say!("accepted").to_owned(),
        Kind::EndOfStream => say!("end of stream").to_owned(),
        Kind::Request { method, target } => {
            let path = target.split('?').next().unwrap_or(target);
            spaced(format!("{method} {path}"), &quoted(event))
        }
        Kind::Response { status: 101 } => "101 Switching".to_owned(),
        Kind::Response { status } => spaced(status.to_string(), &quoted(event)),
        Kind::Frame { opcode, code } if event.carries.is_empty() => match code {
            Some(code) => format!("{} {code}", opcode_name(*opcode)),
            None => opcode_name(*opcode).to_owned(),
        },
        Kind::Frame { .. } | Kind::Chunk | Kind::Said | Kind::Delivered => quoted(event),
        Kind::Failed(why) => say(why).to_owned(),
    }
}

/// What an event is, in full, for those who hear the picture.
pub fn title(event: &Event) -> String {
    let from = who(event.key.sender);
    let what = match &event.kind {
        Kind::Said => return say!("{} said {}", from, quoted(event)),
        Kind::Delivered => return say!("{} got {}", who(event.key.sender.other()), quoted(event)),
        Kind::Syn => say!("TCP: SYN, a connection is asked for").to_owned(),
        Kind::SynAck => say!("TCP: SYN and ACK, the other side agrees").to_owned(),
        Kind::Established => say!("TCP: ACK, the connection is open").to_owned(),
        Kind::Ack(1) => say!("TCP: 1 segment that only acknowledges").to_owned(),
        Kind::Ack(number) => {
            say!("TCP: {} segments that only acknowledge", count(u64::from(*number)))
        }
        Kind::Fin => say!("TCP: FIN, this direction ends").to_owned(),
        Kind::Reset => say!("TCP: RST, a proxy cuts the silent connection").to_owned(),
        Kind::Lost { octets: lost, .. } => say!("TCP: a segment of {} is lost", octets(*lost)),
        Kind::Retransmission => {
            say!("TCP: a segment of {} is sent again", octets(event.octets.tcp_ip))
        }
        Kind::Tls(flight) => say!("TLS: {}", flight.name()),
        Kind::Accepted => say!("TCP: connection accepted").to_owned(),
        Kind::EndOfStream if event.key.sender == Sender::Server => {
            say!("TCP: the server ended its direction").to_owned()
        }
        Kind::EndOfStream => say!("TCP: end of stream read").to_owned(),
        Kind::Request { method, target } => say!("Request {} {}", method, target),
        Kind::Response { status } => say!("Response {}", status),
        Kind::Chunk => say!("Event of the stream, one chunk").to_owned(),
        Kind::Frame { opcode, code: Some(code) } => {
            say!("{} frame, {}", opcode_name(*opcode), code)
        }
        Kind::Frame { opcode, code: None } => say!("{} frame", opcode_name(*opcode)),
        Kind::Failed(why) => return say(why).to_owned(),
    };
    match (event.layer == Layer::Tcp, event.carries.is_empty()) {
        (true, true) => what,
        (true, false) => say!("{}, carries {}", what, quoted(event)),
        (false, true) => say!("{}, {}", what, size(event)),
        (false, false) => say!("{}, {}, carries {}", what, size(event), quoted(event)),
    }
}

/// A time with its provenance, or a word for one that nobody saw.
pub fn stamp(stamp: Option<Stamp>) -> String {
    stamp.map_or_else(|| say!("not seen").to_owned(), |stamp| precise(stamp.at))
}

/// The messages that an event carries, in quotation marks and cut to a length that can be read: the
/// first few of many.
pub fn quoted(event: &Event) -> String {
    let texts: Vec<String> =
        event.carries.iter().take(MOST_QUOTES).map(|message| quote(&message.text)).collect();
    match event.carries.len().saturating_sub(MOST_QUOTES) {
        0 => list(texts),
        more => say!("{} and {} more", list(texts), count(more as u64)),
    }
}

/// One text in quotation marks. What may run from right to left is isolated from its surroundings.
pub fn quote(text: &str) -> String {
    let text: String = text.chars().filter(|&letter| !steers(letter)).collect();
    let (open, close) = if text.chars().any(|letter| letter > '\u{590}' || letter.is_control()) {
        ("\u{2068}", "\u{2069}")
    } else {
        ("", "")
    };
    if text.chars().count() <= LONGEST_QUOTE {
        return format!("“{open}{text}{close}”");
    }
    let start: String = text.chars().take(LONGEST_QUOTE - 1).collect();
    format!("“{open}{start}…{close}”")
}

/// The characters that turn the direction of what follows them.
fn steers(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The letter of a lane.
fn letter(lane: usize) -> char {
    char::from(b'A' + (lane % 26) as u8)
}

/// The RFC's name of an opcode (RFC 6455 section 11.8).
pub fn opcode_name(opcode: Opcode) -> &'static str {
    match opcode {
        Opcode::Continuation => "Continuation",
        Opcode::Text => "Text",
        Opcode::Binary => "Binary",
        Opcode::Close => "Close",
        Opcode::Ping => "Ping",
        Opcode::Pong => "Pong",
        Opcode::Reserved(_) => say!("Reserved opcode"),
    }
}

fn spaced(first: String, second: &str) -> String {
    if second.is_empty() { first } else { format!("{first} {second}") }
}

/// Messages of one event that are quoted.
const MOST_QUOTES: usize = 3;

/// Characters of a message that the picture shows.
const LONGEST_QUOTE: usize = 22;
