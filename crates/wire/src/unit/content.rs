use tongue::{say, word};

use super::{head, tiles::Tiles, words::preview};
use crate::{
    Body, Unit,
    decoder::SizeLine,
    http1::{Fields, Lines},
    sse,
};

/// The spans after the head: the content, or the chunks that carry it.
pub(super) fn spans(unit: &Unit, tiles: &mut Tiles) {
    let start = tiles.next();
    let fields = match &unit.body {
        Body::Request(request) => &request.fields,
        Body::Response(response) => &response.fields,
        Body::Frame(_) => return,
    };
    if fields.get("Transfer-Encoding").is_some() {
        chunks(unit, tiles);
    } else if streams(unit) {
        sse::tile(&unit.octets[start.min(unit.octets.len())..], tiles);
    }
    let meaning = if tiles.next() > start { CUT } else { described(fields) };
    let rest = &unit.octets[tiles.next().min(unit.octets.len())..];
    tiles.up_to(unit.octets.len(), word!("Content"), preview(rest), (say(meaning), "RFC 9110 section 6.4"));
}

/// Whether the content is an event stream. One that comes in chunks is left to them: their data may end anywhere.
fn streams(unit: &Unit) -> bool {
    let kind = unit.response().and_then(|response| response.fields.get("Content-Type"));
    let kind = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default();
    kind.trim_end_matches([' ', '\t']).eq_ignore_ascii_case("text/event-stream")
}

fn described(fields: &Fields) -> &'static str {
    match fields.get("Content-Length") {
        Some(_) => word!("The content, as many octets as Content-Length says."),
        None => word!("The content: all octets until the server closes the connection."),
    }
}

fn chunks(unit: &Unit, tiles: &mut Tiles) {
    loop {
        let start = tiles.next();
        let rest = &unit.octets[start.min(unit.octets.len())..];
        let Ok(Some((size, line))) = SizeLine::default().advance(rest) else { return };
        let (name, meaning) = match size {
            0 => (word!("Last chunk"), say!("A chunk of size 0: the content is complete.")),
            _ => (word!("Chunk size"), say!("How many octets of data follow, in hexadecimal digits.")),
        };
        tiles.up_to(start + line, name, size.to_string(), (meaning, RFC));
        if size == 0 {
            return trailers(unit, tiles);
        }
        let end =
            usize::try_from(size).unwrap_or(usize::MAX).saturating_add(start + line).min(unit.octets.len());
        let data = &unit.octets[start + line..end];
        tiles.up_to(end, word!("Chunk data"), preview(data), (say!("The next piece of the content."), RFC));
        tiles.up_to(end + 2, word!("Chunk end"), "", (say!("CRLF after the chunk's data."), RFC));
    }
}

fn trailers(unit: &Unit, tiles: &mut Tiles) {
    let start = tiles.next();
    let rest = &unit.octets[start.min(unit.octets.len())..];
    let mut lines = Lines::default();
    while let Ok(Some(line)) = lines.next(rest) {
        let text = &rest[line.text];
        if text.is_empty() {
            tiles.up_to(start + line.end, word!("Empty line"), "", (say!("The message ends here."), RFC));
            return;
        }
        head::field(tiles, text, start + line.end);
    }
}

const RFC: &str = "RFC 9112 section 7.1";
const CUT: &str = word!("Content of which the rest was not kept.");
