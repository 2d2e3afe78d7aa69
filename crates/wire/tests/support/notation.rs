//! One line for whatever a stream gives.
//!
//! A frame: `server Text+ rsv1 "Hel"`; `+` says that more frames follow, eight digits are a masking key, and what
//! follows `=` is the message that the frame completes, joined and decompressed.
//! A message of HTTP: `client GET / HTTP/1.1 [Host: a] "content"`, and how a request to switch is judged.
//! A broken rule: its name, its offset, where it stands, and the close code or status that answers it.

use wire::{Body, CloseBody, Fields, FrameHeader, Request, Sender, Unit, Violation, handshake};

pub(crate) fn unit(unit: &Unit) -> String {
    let (sender, content) = (unit.sender, quoted(&unit.content));
    match &unit.body {
        Body::Frame(header) => frame(unit, header),
        Body::Request(request) => {
            let Request { method, target, version, fields } = request;
            format!("{sender} {method} {target} {version}{} {content}{}", lines(fields), judged(request))
        }
        Body::Response(response) => {
            let (status, version, reason) = (response.status, response.version, &response.reason);
            format!("{sender} {status} {reason:?} {version}{} {content}", lines(&response.fields))
        }
    }
}

pub(crate) fn violation(violation: &Violation) -> String {
    let Violation { rule, sender, offset } = violation;
    let answer = match (rule.status(), rule.close_code()) {
        (Some(status), _) if *sender == Sender::Client => format!(", status {status}"),
        (None, Some(code)) => format!(", close {code}"),
        _ => String::new(),
    };
    format!("{sender} breaks {rule:?} at {offset}: {}{answer}", rule.rfc())
}

fn frame(unit: &Unit, header: &FrameHeader) -> String {
    let more = if header.fin { "" } else { "+" };
    let mut words = vec![unit.sender.to_string(), format!("{}{more}", header.opcode)];
    let set = header.rsv.iter().zip(["rsv1", "rsv2", "rsv3"]).filter(|(set, _)| **set);
    words.extend(set.map(|(_, name)| name.to_owned()));
    words.extend(header.mask.map(|key| key.map(|octet| format!("{octet:02x}")).concat()));
    match CloseBody::parse(&unit.content) {
        Ok(CloseBody { code: Some(code), reason }) if header.opcode == wire::Opcode::Close => {
            words.extend([code.to_string(), quoted(reason.as_bytes())]);
        }
        _ => words.push(quoted(&unit.content)),
    }
    words.extend(unit.message.as_ref().map(|message| format!("= {}", quoted(&message.content))));
    words.join(" ")
}

fn lines(fields: &Fields) -> String {
    fields.iter().map(|line| format!(" [{}: {}]", line.name, line.value)).collect()
}

fn judged(request: &Request) -> String {
    let concerns = |name: &str| name == "upgrade" || name.starts_with("sec-websocket");
    if !request.fields.iter().any(|line| concerns(&line.name.to_ascii_lowercase())) {
        return String::new();
    }
    match handshake::check_request(request) {
        Ok(_) => ", opens".to_owned(),
        Err(refusal) => {
            let (rule, status) = (refusal.rule, refusal.response().status);
            assert_eq!(rule.status(), Some(status));
            format!(", refused {rule:?}: {}, status {status}", rule.rfc())
        }
    }
}

/// Octets as text, or their number if they are many.
fn quoted(octets: &[u8]) -> String {
    if octets.len() > SHOWN {
        format!("{} octets", octets.len())
    } else {
        format!("\"{}\"", octets.escape_ascii())
    }
}

/// How many octets of content a line shows.
const SHOWN: usize = 40;
