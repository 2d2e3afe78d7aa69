//! The rows of a WebSocket lane.

use wire::{CloseBody, FrameHeader, Opcode, Sender, mask};

use super::{Head, Row, Wire, head, named};
use crate::caption::{octets, opcode_name, plural};
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
        value.map_or_else(|| "none".to_owned(), |value| ["“", value, "”"].concat())
    };
    let opened = match log.opened {
        Some(_) => "open fired. No status, no field line.",
        None => "open did not fire. Why, browsers hide from pages.",
    };
    let status = told.as_ref().map(|head| head.status.to_string()).unwrap_or_default();
    let extensions = match log.extensions.as_str() {
        "" => "extensions is empty".to_owned(),
        agreed => ["extensions: “", agreed, "”"].concat(),
    };
    let row =
        |thing, script: &str, wire: &[&str]| Row { thing, script: script.to_owned(), wire: wire.concat() };
    let (key, accept) = (value(&asked, "Sec-WebSocket-Key"), value(&told, "Sec-WebSocket-Accept"));
    let [offered, agreed] = [&asked, &told].map(|head| value(head, "Sec-WebSocket-Extensions"));
    vec![
        row("Opening handshake", "new WebSocket was called. No field line.", &[&named(asked.as_ref())]),
        row("Its answer", opened, &[&status, ": ", &named(told.as_ref())]),
        row(
            "Key and Accept",
            "Nothing: the browser made the one and checked the other.",
            &[&key, " and ", &accept],
        ),
        row("Extensions", &extensions, &[&offered, " offered, ", &agreed, " agreed on"]),
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
    let shown: Vec<String> = keys.iter().take(MOST_KEYS).map(text).collect();
    let more = if keys.len() > MOST_KEYS { ", …" } else { "" };
    let script = "Nothing: a key that the script knew would protect nobody.".to_owned();
    let wire = match keys.len() {
        0 => "None".to_owned(),
        all => format!("{}, one for each frame: {}{more}", all, shown.join(", ")),
    };
    Row { thing: "Masking keys", script, wire }
}

fn sent(log: &SocketLog, frames: &Frames) -> Row {
    let said: u64 = log.sent.iter().map(|sent| sent.text.len() as u64).sum();
    let calls = plural(log.sent.len() as u64, "call");
    Row {
        thing: "Messages sent",
        script: format!("{calls} of send, {}", octets(said)),
        wire: data(&frames.up),
    }
}

fn received(log: &SocketLog, frames: &Frames) -> Row {
    let heard: u64 = log.received.iter().map(|received| received.text.len() as u64).sum();
    let events = plural(log.received.len() as u64, "event");
    Row {
        thing: "Messages received",
        script: format!(
            "{events} message, {}. Not in how many frames, and not whether compressed.",
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
    let mut kinds = Vec::new();
    for (name, messages) in [("text", &text), ("binary", &binary)] {
        if !messages.is_empty() {
            kinds.push(format!("{} {name}", messages.len()));
        }
    }
    if kinds.is_empty() {
        return "None".to_owned();
    }
    let compressed = if own().any(|frame| frame.header.rsv[0]) { ", compressed" } else { "" };
    let frames = plural(own().count() as u64, "frame");
    format!("{} in {frames}, {}{compressed}", kinds.join(" and "), octets(size))
}

fn pings(frames: &Frames) -> Row {
    let count =
        |frames: &[Seen], opcode| frames.iter().filter(|it| it.header.opcode == opcode).count() as u64;
    let of = |opcode| count(&frames.up, opcode) + count(&frames.down, opcode);
    Row {
        thing: "Ping and Pong",
        script: "Nothing: a page is told of neither, and the browser answers by itself.".to_owned(),
        wire: format!("{}, {}", plural(of(Opcode::Ping), "Ping"), plural(of(Opcode::Pong), "Pong")),
    }
}

fn close(log: &SocketLog, frames: &Frames) -> Row {
    let mut script = match log.close_called {
        Some(_) => "close(1000) was called. ".to_owned(),
        None => String::new(),
    };
    match log.closed {
        Some((_, code, clean)) => {
            let manner = if clean { "clean" } else { "not clean" };
            let reason =
                if log.reason.is_empty() { String::new() } else { format!(", “{}”", log.reason) };
            script.push_str(&format!("close fired with {code}{reason}, {manner}."));
        }
        None => script.push_str("close did not fire."),
    }
    let told = |frames: &[Seen], who: &str| {
        let close = frames.iter().find(|frame| frame.header.opcode == Opcode::Close)?;
        let body = CloseBody::parse(&close.payload).ok();
        let code = body.as_ref().and_then(|body| body.code).map(|code| format!(" {}", code.0));
        let reason = body.map(|body| body.reason).filter(|reason| !reason.is_empty());
        let reason = reason.map(|reason| format!(" “{reason}”"));
        let name = opcode_name(Opcode::Close);
        Some(format!("{name}{}{} from the {who}", code.unwrap_or_default(), reason.unwrap_or_default()))
    };
    let both = [told(&frames.up, "client"), told(&frames.down, "server")];
    let wire: Vec<String> = both.into_iter().flatten().collect();
    let wire = if wire.is_empty() { "No Close frame".to_owned() } else { wire.join(", ") };
    Row { thing: "The end", script, wire }
}

/// Masking keys that are shown.
const MOST_KEYS: usize = 3;
