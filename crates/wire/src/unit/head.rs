use tongue::{say, word};

use super::{
    content, fields,
    tiles::Tiles,
    words::{method, status},
};
use crate::{
    Body, FieldLine, Span, Unit,
    http1::{Lines, latin1},
};

/// The spans of an HTTP message: start line, field lines, empty line, content.
pub(super) fn spans(unit: &Unit) -> Vec<Span> {
    let head = &unit.octets[..unit.head.min(unit.octets.len())];
    let mut tiles = Tiles::new(unit.octets.len());
    let mut lines = Lines::default();
    let mut started = false;
    while let Ok(Some(line)) = lines.next(head) {
        let (start, end) = (line.text.start, line.end);
        let text = &head[line.text];
        if text.is_empty() {
            let meaning = if started {
                say!("The head ends here.")
            } else {
                say!("An empty line before a request is skipped.")
            };
            let rfc = if started { "RFC 9112 section 2.1" } else { "RFC 9112 section 2.2" };
            tiles.up_to(end, word!("Empty line"), "", (meaning, rfc));
        } else if started {
            field(&mut tiles, text, end);
        } else {
            started = true;
            match &unit.body {
                Body::Response(_) => status_line(&mut tiles, text, start, end),
                _ => request_line(&mut tiles, text, start, end),
            }
        }
    }
    // What is left of a head that does not read as one.
    tiles.up_to(
        head.len(),
        word!("Head"),
        "",
        (say!("Octets of the head that are no line."), "RFC 9112 section 2.1"),
    );
    content::spans(unit, &mut tiles);
    tiles.into_spans()
}

/// A field line with its line end.
pub(super) fn field(tiles: &mut Tiles, text: &[u8], end: usize) {
    match FieldLine::parse(text) {
        Ok(line) => {
            let explained = fields::explain(&line);
            tiles.up_to(end, line.name, line.value, explained);
        }
        Err(fault) => {
            tiles.up_to(end, word!("Field line"), latin1(text), (fault.rule.to_string(), fault.rule.rfc()));
        }
    }
}

fn request_line(tiles: &mut Tiles, text: &[u8], start: usize, end: usize) {
    let mut parts = text.splitn(3, |&octet| octet == b' ').map(latin1);
    let (name, target) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let version = parts.next().unwrap_or_default();
    let explained = method(&name);
    let target_end = start + name.len() + 1;
    let version_start = target_end + count(&target) + 1;
    tiles.up_to(target_end, word!("Method"), name, explained);
    tiles.up_to(
        version_start.min(end),
        word!("Request target"),
        target,
        (say(TARGET), "RFC 9112 section 3.2"),
    );
    tiles.up_to(end, word!("HTTP version"), version, (say(VERSION), "RFC 9112 section 2.3"));
}

fn status_line(tiles: &mut Tiles, text: &[u8], start: usize, end: usize) {
    let mut parts = text.splitn(3, |&octet| octet == b' ').map(latin1);
    let (version, code) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let reason = parts.next();
    let version_end = start + count(&version) + 1;
    // Without the space, all that follows the code is the line end.
    let code_end = version_end + count(&code) + usize::from(reason.is_some());
    let explained = status(code.parse().unwrap_or(0));
    tiles.up_to(version_end, word!("HTTP version"), version, (say(VERSION), "RFC 9112 section 2.3"));
    tiles.up_to(code_end.min(end), word!("Status code"), code, explained);
    tiles.up_to(end, word!("Reason phrase"), reason.unwrap_or_default(), (say(REASON), "RFC 9112 section 4"));
}

/// Latin-1 characters, which is to say octets.
fn count(text: &str) -> usize {
    text.chars().count()
}

const TARGET: &str = word!("What the request is about, on the server that Host names.");
const VERSION: &str = word!("The version of HTTP that the sender speaks.");
const REASON: &str = word!("Words for people; programs go by the code.");
