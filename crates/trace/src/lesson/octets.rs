//! What the lessons put on the workbench, and read off it.

use wire::{Frame, Opcode, Sender};

use crate::workbench::draft::Draft;
use crate::workbench::{Bench, Desk};

/// A frame from the client, masked with the key of the RFC's examples.
pub(super) fn client(opcode: u8, payload: &str) -> Bench {
    let draft = Draft { opcode, payload: payload.to_owned(), ..Draft::default() };
    Bench { draft, ..Bench::default() }
}

/// A frame from the server.
pub(super) fn server(opcode: u8, payload: &str) -> Bench {
    let mut bench = client(opcode, payload);
    (bench.draft.sender, bench.draft.masked) = (Sender::Server, false);
    bench
}

/// Whether nothing but the payload differs from `own`.
pub(super) fn only_payload(desk: &Desk, own: fn() -> Bench) -> bool {
    let mut own = own();
    own.draft.payload.clone_from(&desk.bench.draft.payload);
    own.is_alike(&desk.bench)
}

/// The most octets of payload whose number a frame's second octet can hold.
pub(super) fn room() -> u64 {
    let header = |payload: u64| {
        let mut header = Frame::new(Opcode::Text, []).header;
        header.length = payload;
        header.octets()
    };
    (0..).find(|&payload| header(payload + 1) > header(0)).unwrap_or(0)
}

/// Octets of all units.
pub(super) fn all(desk: &Desk) -> u64 {
    desk.dissection.exhibits.iter().map(|exhibit| exhibit.unit.wire_octets()).sum()
}

/// Units.
pub(super) fn units(desk: &Desk) -> u64 {
    desk.dissection.exhibits.len() as u64
}

/// Octets of the shown unit before its payload.
pub(super) fn header(desk: &Desk) -> u64 {
    desk.exhibit().map_or(0, |exhibit| exhibit.unit.head as u64)
}

/// Octets of payload in the shown unit.
pub(super) fn payload(desk: &Desk) -> u64 {
    desk.exhibit().map_or(0, |exhibit| exhibit.unit.content.len() as u64)
}

/// What a field of the shown unit says.
pub(super) fn value(desk: &Desk, name: &str) -> String {
    of(desk, desk.shown(), name).map_or_else(String::new, |(value, _)| value)
}

/// What a field of another unit says.
pub(super) fn value_in(desk: &Desk, unit: usize, name: &str) -> String {
    of(desk, unit, name).map_or_else(String::new, |(value, _)| value)
}

/// The octets of a field of the shown unit, in hexadecimal.
pub(super) fn hex(desk: &Desk, name: &str) -> String {
    let octets = of(desk, desk.shown(), name).map(|(_, octets)| octets).unwrap_or_default();
    octets.iter().map(|octet| format!("{octet:02x}")).collect::<Vec<_>>().join(" ")
}

/// How many octets a field of the shown unit has.
pub(super) fn length(desk: &Desk, name: &str) -> u64 {
    of(desk, desk.shown(), name).map_or(0, |(_, octets)| octets.len() as u64)
}

/// The close code that answers the rule which is broken; nothing where none is.
pub(super) fn verdict(desk: &Desk) -> String {
    let broken = desk.dissection.trouble.as_ref();
    let code = broken.and_then(|trouble| trouble.violation.rule.close_code());
    code.map_or_else(String::new, |code| code.to_string())
}

fn of<'a>(desk: &'a Desk, unit: usize, name: &str) -> Option<(String, &'a [u8])> {
    let exhibit = desk.dissection.exhibits.get(unit)?;
    let field = exhibit.fields.get(exhibit.place_of(name)?)?;
    Some((exhibit.value(field), exhibit.unit.octets.get(field.octets.clone())?))
}
