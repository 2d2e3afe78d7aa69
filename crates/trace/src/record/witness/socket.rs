//! The rows of a WebSocket lane.

use tongue::{fill, say, word};
use wire::{CloseBody, FrameHeader, Opcode, Sender, mask};

use super::{Head, Row, Wire, head, named};
use crate::caption::{list, octets, opcode_name, plural, sentences};
use crate::record::SocketLog;

pub(super) fn rows(log: &SocketLog, wire: &Wire) -> Vec<Row> {
    let frames = Frames { up: frames(wire, Sender::Client), down: frames(wire, Sender::Server) };
    let mut rows = handshake(log, wire);
    rows.extend([
        keys(&frames),
        sent(log, &frames),
        received(log, &frames),
        pings(&frames),
        close(log, &frames),
    ]);
    rows
}

fn handshake(log: &SocketLog, wire: &Wire) -> Vec<Row> {
    let [asked, told] = [Sender::Client, Sender::Server].map(|sender| head(wire, sender, &|_| true));
    let value = |head: &Option<Head>, name: &str| {
        let value = head.as_ref().and_then(|head| head.fields.get(name));
        value.map_or_else(|| say!("none").to_owned(), |value| ["“", value, "”"].concat())
    };
    let opened = match log.opened {
        Some(_) => say!("open fired. No status, no field line."),
        None => say!("open did not fire. Why, browsers hide from pages."),
    };
    let status = told.as_ref().map(|head| head.status.to_string()).unwrap_or_default();
    let extensions = match log.extensions.as_str() {
        "" => say!("extensions is empty").to_owned(),
        agreed => say!("extensions: “{}”", agreed),
    };
    let row = |thing, script: &str, wire| Row { thing, script: script.to_owned(), wire };
    let (key, accept) = (value(&asked, "Sec-WebSocket-Key"), value(&told, "Sec-WebSocket-Accept"));
    let [offered, agreed] = [&asked, &told].map(|head| value(head, "Sec-WebSocket-Extensions"));
    vec![
        row(
            say!("Opening handshake"),
            say!("new WebSocket was called. No field line."),
            named(asked.as_ref()),
        ),
        row(say!("Its answer"), opened, say!("{}: {}", status, named(told.as_ref()))),
        row(
            say!("Key and Accept"),
            say!("Nothing: the browser made the one and checked the other."),
            say!("{} and {}", key, accept),
        ),
        row(say!("Extensions"), &extensions, say!("{} offered, {} agreed on", offered, agreed)),
    ]
}

/// The frames of both directions.
struct Frames {
    up: Vec<Seen>,
    down: Vec<Seen>,
}

/// One frame: its header, its size, and its payload unmasked where it is a control frame's.
struct Seen {
    header: FrameHeader,
    size: u64,
    payload: Vec<u8>,
}

fn frames(wire: &Wire, sender: Sender) -> Vec<Seen> {
    let framed = wire.sent(sender).filter(|(event, _)| event.layer == crate::event::Layer::WebSocket);
    framed
        .filter_map(|(_, raw)| {
            let (header, length) = FrameHeader::parse(raw).ok().flatten()?;
            let mut payload = raw.get(length..)?.to_vec();
            if let Some(key) = header.mask {
                mask::apply(key, 0, &mut payload);
            }
            Some(Seen { header, size: raw.len() as u64, payload })
        })
        .collect()
}

fn keys(frames: &Frames) -> Row {
    let keys: Vec<[u8; 4]> = frames.up.iter().filter_map(|frame| frame.header.mask).collect();
    let text = |key: &[u8; 4]| key.iter().map(|octet| format!("{octet:02x}")).collect::<Vec<_>>().join(" ");
    let shown = keys.iter().take(MOST_KEYS).map(text);
    let more = (keys.len() > MOST_KEYS).then(|| "…".to_owned());
    let script = say!("Nothing: a key that the script knew would protect nobody.").to_owned();
    let wire = match keys.len() {
        0 => say!("None").to_owned(),
        all => say!("{}, one for each frame: {}", all, list(shown.chain(more))),
    };
    Row { thing: say!("Masking keys"), script, wire }
}

fn sent(log: &SocketLog, frames: &Frames) -> Row {
    let said: u64 = log.sent.iter().map(|sent| sent.text.len() as u64).sum();
    let calls = plural(log.sent.len() as u64, "call");
    Row {
        thing: say!("Messages sent"),
        script: say!("{} of send, {}", calls, octets(said)),
        wire: data(&frames.up),
    }
}

fn received(log: &SocketLog, frames: &Frames) -> Row {
    let heard: u64 = log.received.iter().map(|received| received.text.len() as u64).sum();
    let events = plural(log.received.len() as u64, "event");
    Row {
        thing: say!("Messages received"),
        script: say!(
            "{} message, {}. Not in how many frames, and not whether compressed.",
            events,
            octets(heard)
        ),
        wire: data(&frames.down),
    }
}

/// `5 messages in 12 frames, 130 octets, compressed`
fn data(frames: &[Seen]) -> String {
    let own = || frames.iter().filter(|frame| !frame.header.opcode.is_control());
    let size: u64 = own().map(|frame| frame.size).sum();
    let begun = own().filter(|frame| frame.header.opcode.begins_message());
    let (text, binary): (Vec<&Seen>, Vec<&Seen>) = begun.partition(|it| it.header.opcode == Opcode::Text);
    let kinds = match (text.len(), binary.len()) {
        (0, 0) => return say!("None").to_owned(),
        (text, 0) => say!("{} text", text),
        (0, binary) => say!("{} binary", binary),
        (text, binary) => say!("{} text and {} binary", text, binary),
    };
    let (frames, octets) = (plural(own().count() as u64, "frame"), octets(size));
    match own().any(|frame| frame.header.rsv[0]) {
        true => say!("{} in {}, {}, compressed", kinds, frames, octets),
        false => say!("{} in {}, {}", kinds, frames, octets),
    }
}

fn pings(frames: &Frames) -> Row {
    let count =
        |frames: &[Seen], opcode| frames.iter().filter(|it| it.header.opcode == opcode).count() as u64;
    let of = |opcode| count(&frames.up, opcode) + count(&frames.down, opcode);
    Row {
        thing: say!("Ping and Pong"),
        script: say!("Nothing: a page is told of neither, and the browser answers by itself.").to_owned(),
        wire: say!("{}, {}", plural(of(Opcode::Ping), "Ping"), plural(of(Opcode::Pong), "Pong")),
    }
}

fn close(log: &SocketLog, frames: &Frames) -> Row {
    let called = log.close_called.map(|_| say!("close(1000) was called.").to_owned());
    let fired = match log.closed {
        Some((_, code, clean)) => {
            let code = match log.reason.as_str() {
                "" => code.to_string(),
                reason => say!("{}, “{}”", code, reason),
            };
            match clean {
                true => say!("close fired with {}, clean.", code),
                false => say!("close fired with {}, not clean.", code),
            }
        }
        None => say!("close did not fire.").to_owned(),
    };
    let script = sentences(called.into_iter().chain([fired]));
    let told = |frames: &[Seen], from: &'static str| {
        let close = frames.iter().find(|frame| frame.header.opcode == Opcode::Close)?;
        let body = CloseBody::parse(&close.payload).ok();
        let code = body.as_ref().and_then(|body| body.code).map(|code| format!(" {}", code.0));
        let reason = body.map(|body| body.reason).filter(|reason| !reason.is_empty());
        let reason = reason.map(|reason| format!(" “{reason}”"));
        let name = opcode_name(Opcode::Close);
        let close = [name, &code.unwrap_or_default(), &reason.unwrap_or_default()].concat();
        Some(fill(from, &[&close]))
    };
    let both =
        [told(&frames.up, word!("{} from the client")), told(&frames.down, word!("{} from the server"))];
    let wire = list(both.into_iter().flatten());
    let wire = if wire.is_empty() { say!("No Close frame").to_owned() } else { wire };
    Row { thing: say!("The end"), script, wire }
}

/// Masking keys that are shown.
const MOST_KEYS: usize = 3;
