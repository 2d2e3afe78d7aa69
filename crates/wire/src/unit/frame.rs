use tongue::{say, word};

use super::{
    tiles::Tiles,
    words::{count, preview},
};
use crate::{CloseCode, FrameHeader, Opcode, Span, Unit};

/// The spans of a frame: its first two octets bit by bit, then whole octets.
pub(super) fn spans(unit: &Unit, header: &FrameHeader) -> Vec<Span> {
    let mut tiles = Tiles::new(unit.octets.len());
    first_octet(&mut tiles, header);
    length(&mut tiles, unit, header);
    if header.mask.is_some() {
        // From the octets, for a broken frame may end in the middle of its key.
        let key = unit.octets.iter().skip(tiles.next()).take(4);
        let value = key.map(|octet| format!("{octet:02x}")).collect::<Vec<_>>().join(" ");
        tiles.up_to(tiles.next() + 4, word!("Masking key"), value, (say(KEY), "RFC 6455 section 5.3"));
    }
    match header.opcode {
        Opcode::Close => close(&mut tiles, unit, header),
        _ => payload(&mut tiles, unit, header),
    }
    tiles.into_spans()
}

fn first_octet(tiles: &mut Tiles, header: &FrameHeader) {
    let control = header.opcode.is_control();
    let fin = match (header.fin, control) {
        (true, true) => say!("A control frame is always whole."),
        (true, false) => say!("This frame is the last of its message."),
        (false, _) => say!("More frames of this message follow."),
    };
    tiles.bits(0..1, "FIN", bit(header.fin), fin, RFC);
    let rsv1 = if header.rsv[0] {
        say!("Set: the message is compressed, if permessage-deflate was negotiated.")
    } else {
        say(RSV)
    };
    tiles.bits(1..2, "RSV1", bit(header.rsv[0]), rsv1, RFC);
    for (bits, name, set) in [(2..3, "RSV2", header.rsv[1]), (3..4, "RSV3", header.rsv[2])] {
        tiles.bits(
            bits,
            name,
            bit(set),
            if set { say!("Set, though nothing gives it a meaning.") } else { say(RSV) },
            RFC,
        );
    }
    let opcode = format!("{} ({})", u8::from(header.opcode), header.opcode);
    tiles.bits(4..8, word!("Opcode"), opcode, meaning(header.opcode), RFC);
}

fn length(tiles: &mut Tiles, unit: &Unit, header: &FrameHeader) {
    let mask = match header.mask {
        Some(_) => say!("The payload is masked, as every frame from a client must be."),
        None => say!("The payload is not masked, as no frame from a server may be."),
    };
    tiles.bits(0..1, "MASK", bit(header.mask.is_some()), mask, "RFC 6455 section 5.1");
    let short = unit.octets.get(1).map_or(0, |octet| octet & 0x7F);
    let (octets, meaning) = match short {
        126 => (2, say!("126: the length stands in the next two octets.")),
        127 => (8, say!("127: the length stands in the next eight octets.")),
        _ => (0, say!("How many octets of payload follow.")),
    };
    tiles.bits(1..8, word!("Payload length"), short.to_string(), meaning, RFC);
    let end = tiles.next() + octets;
    tiles.up_to(end, word!("Extended payload length"), header.length.to_string(), (say(EXTENDED), RFC));
}

fn payload(tiles: &mut Tiles, unit: &Unit, header: &FrameHeader) {
    let (what, rfc) = match header.opcode {
        Opcode::Ping => (say!("Any octets; the Pong brings the same ones back"), "RFC 6455 section 5.5.2"),
        Opcode::Pong => (say!("The octets of the Ping that it answers"), "RFC 6455 section 5.5.3"),
        Opcode::Text => (say!("The message's text in UTF-8"), "RFC 6455 section 5.6"),
        Opcode::Continuation => (say!("The next part of the message"), "RFC 6455 section 5.4"),
        _ => (say!("The message's octets"), "RFC 6455 section 5.6"),
    };
    let deflated = unit.message.as_ref().filter(|message| message.deflated.is_some());
    let (value, what, rfc) = match (deflated, header.rsv[0]) {
        (Some(message), true) => (preview(&message.content), say!("The message, compressed"), DEFLATE),
        (Some(_), false) => {
            (count(unit.content.len() as u64), say!("The end of a compressed message"), DEFLATE)
        }
        (None, true) => (count(unit.content.len() as u64), say!("The message, compressed"), DEFLATE),
        (None, false) => (preview(&unit.content), what, rfc),
    };
    tiles.up_to(usize::MAX, word!("Payload data"), value, (sentence(what, header), rfc));
}

fn close(tiles: &mut Tiles, unit: &Unit, header: &FrameHeader) {
    let (code, reason) = match unit.content.as_slice() {
        &[high, low, ref reason @ ..] => (CloseCode(u16::from_be_bytes([high, low])), reason),
        short => {
            let meaning = say!("A Close frame's body is empty or begins with a code of two octets.");
            tiles.up_to(usize::MAX, word!("Close code"), preview(short), (meaning, CLOSE));
            return;
        }
    };
    let end = tiles.next() + 2;
    tiles.up_to(end, word!("Close code"), code.to_string(), (code.meaning(), "RFC 6455 section 7.4"));
    let what = sentence(say!("Why, in words for people"), header);
    tiles.up_to(usize::MAX, word!("Close reason"), preview(reason), (what, CLOSE));
}

fn sentence(what: &str, header: &FrameHeader) -> String {
    match header.mask {
        Some(_) => say!("{}; on the wire each octet is XORed with the masking key's.", what),
        None => say!("{}.", what),
    }
}

fn meaning(opcode: Opcode) -> &'static str {
    say(match opcode {
        Opcode::Continuation => word!("Goes on with the message that an earlier frame began."),
        Opcode::Text => word!("Begins a message of text."),
        Opcode::Binary => word!("Begins a message of any octets."),
        Opcode::Close => word!("Begins or answers the closing handshake."),
        Opcode::Ping => word!("Asks for a Pong; a page's script sees neither."),
        Opcode::Pong => word!("Answers a Ping, or says unasked that its sender lives."),
        Opcode::Reserved(_) => word!("An opcode without a meaning: whoever gets it fails the connection."),
    })
}

fn bit(set: bool) -> &'static str {
    if set { "1" } else { "0" }
}

const RFC: &str = "RFC 6455 section 5.2";
const DEFLATE: &str = "RFC 7692 section 7.2";
const CLOSE: &str = "RFC 6455 section 5.5.1";
const RSV: &str = word!("Reserved for extensions; 0 unless one is negotiated.");
const KEY: &str = word!(
    "Four random octets; the payload's octets are XORed with them in turn. It hides nothing: it keeps scripts from choosing the octets on the wire."
);
const EXTENDED: &str = word!("How many octets of payload follow, most significant octet first.");
