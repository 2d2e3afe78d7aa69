//! What holds for every unit, whoever made it.

use wire::{Body, CloseBody, Frame, FrameHeader, Opcode, Request, Response, Sender, Unit};

/// Spans tile: no octet without one, none in two, and each says something.
pub fn tiles(unit: &Unit) {
    let (mut octet, mut bit) = (0, 0);
    for span in unit.spans() {
        assert_eq!(span.octets.start, octet, "{span:?}");
        assert!(span.octets.end > octet && span.octets.end <= unit.octets.len(), "{span:?}");
        assert!(!span.name.is_empty() && !span.meaning.is_empty() && !span.rfc.is_empty(), "{span:?}");
        match &span.bits {
            Some(bits) => {
                assert!(bits.start == bit && bits.end > bit && span.octets.len() == 1, "{span:?}");
                (octet, bit) = if bits.end == 8 { (octet + 1, 0) } else { (octet, bits.end) };
            }
            None => {
                assert_eq!(bit, 0, "{span:?}");
                octet = span.octets.end;
            }
        }
    }
    assert_eq!((octet, bit), (unit.octets.len(), 0), "the spans end before the unit");
}

/// What was accepted keeps the rules, and encodes to the octets that it came in.
pub(crate) fn is_sound(unit: &Unit) {
    tiles(unit);
    assert!(unit.head <= unit.octets.len());
    match &unit.body {
        Body::Frame(header) => frame(unit, header),
        Body::Request(request) => {
            let octets = request.encode().expect("what was read can be written");
            message(unit, octets, "an equal request", |octets| {
                wire::parse_request(octets)
                    .is_ok_and(|again| again.is_some_and(|(again, _)| again == *request))
            });
        }
        Body::Response(response) => {
            if let Ok(octets) = response.encode() {
                message(unit, octets, "an equal response", |octets| {
                    let again = wire::parse_response(octets);
                    again.is_ok_and(|again| again.is_some_and(|(again, _)| again == *response))
                });
            } else {
                assert!(response.status < 100, "what was read can be written");
            }
        }
    }
}

fn frame(unit: &Unit, header: &FrameHeader) {
    assert!(!matches!(header.opcode, Opcode::Reserved(_)));
    assert_eq!(header.mask.is_some(), unit.sender == Sender::Client);
    assert_eq!(unit.head, header.octets());
    assert!(!header.opcode.is_control() || (header.fin && header.length <= 125 && header.rsv == [false; 3]));
    assert_eq!(header.length, unit.content.len() as u64 + unit.dropped);
    if unit.dropped == 0 {
        // A length has one form only, so every frame is canonical.
        let again = Frame { header: *header, payload: unit.content.clone() };
        assert_eq!(again.encode(), unit.octets);
        assert!(header.opcode != Opcode::Close || CloseBody::parse(&unit.content).is_ok());
    }
}

fn message(unit: &Unit, octets: Vec<u8>, what: &str, reads_as: impl Fn(&[u8]) -> bool) {
    let head = &unit.octets[..unit.head];
    assert!(reads_as(&octets), "the head encodes to {what}");
    if is_canonical(head, matches!(unit.body, Body::Response(_))) {
        assert_eq!(octets, head);
    }
    if unit.dropped > 0 {
        return;
    }
    let rest = &unit.octets[unit.head..];
    if chunked(&unit.body) && !rest.is_empty() {
        let spans = unit.spans();
        let data = spans.iter().filter(|span| span.name == "Chunk data" && span.octets.start >= unit.head);
        let data: Vec<u8> = data.flat_map(|span| &unit.octets[span.octets.clone()]).copied().collect();
        assert_eq!(data, unit.content, "the chunks carry the content");
    } else {
        assert_eq!(rest, unit.content);
    }
}

fn chunked(body: &Body) -> bool {
    let fields = match body {
        Body::Request(Request { fields, .. }) | Body::Response(Response { fields, .. }) => fields,
        Body::Frame(_) => return false,
    };
    fields.get("Transfer-Encoding").is_some()
}

/// Whether a head that was read has the form in which heads are written: CRLF, one space after each colon, no white
/// space after values, and in a status line a space after the code.
fn is_canonical(head: &[u8], response: bool) -> bool {
    let Some(lines) = head.strip_suffix(b"\r\n\r\n") else { return false };
    let mut lines = lines.split(|&octet| octet == b'\n').enumerate();
    let last = head.iter().filter(|&&octet| octet == b'\n').count().saturating_sub(2);
    lines.all(|(index, line)| {
        let (line, ends) = match line.strip_suffix(b"\r") {
            Some(line) => (line, true),
            None => (line, index == last),
        };
        let good = match (index, line.iter().position(|&octet| octet == b':')) {
            (0, _) => {
                !line.is_empty() && (!response || line.iter().filter(|&&octet| octet == b' ').count() >= 2)
            }
            (_, Some(colon)) => match &line[colon + 1..] {
                [b' '] => true,
                [b' ', value @ ..] => {
                    let blank = |octet: Option<&u8>| octet.is_some_and(|octet| matches!(octet, b' ' | b'\t'));
                    !blank(value.first()) && !blank(value.last())
                }
                _ => false,
            },
            (_, None) => false,
        };
        ends && good
    })
}
