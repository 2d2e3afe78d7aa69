use std::rc::Rc;

use tongue::say;
use wire::{Opcode, Sender, Unit};

use crate::exhibit::{Dissection, Exhibit, Piece, Start};
use crate::live::{ConnectionTap, LaneTap};

/// Something that crossed a fault's port.
#[derive(Clone, PartialEq, Debug)]
pub struct Carried {
    /// When, in microseconds since the port's first connection was accepted.
    pub at: u64,
    /// One line for it, in English, so that it can be compared: the connection, counted from 1; the
    /// direction; what it is. [`Carried::told`] is for people.
    pub line: String,
    /// Whether it belongs to the fault. When a browser ends its side of a connection is its pool's affair, and
    /// so are its Pings.
    pub counts: bool,
    /// Its octets, taken apart: a conversation, and which of its units.
    pub unit: Option<(Rc<Dissection>, usize)>,
    number: u32,
    what: What,
}

/// What it is.
#[derive(Clone, Copy, PartialEq, Debug)]
enum What {
    /// Octets, all that belong together.
    Whole,
    /// Octets that break a rule.
    Broken,
    /// Octets whose end is missing.
    Cut,
    /// A direction ends.
    End(Sender),
    /// TCP is cut off.
    Reset,
    /// A connection, and nothing on it.
    Nothing,
}

impl Carried {
    fn new(at: u64, number: u32, what: What, unit: Option<(Rc<Dissection>, usize)>) -> Self {
        let shown = unit.as_ref().and_then(|(dissection, place)| dissection.exhibits.get(*place));
        let counts = !shown.is_some_and(|it| is_heartbeat(&it.unit)) && what != What::End(Sender::Client);
        let carried = Self { at, line: String::new(), counts, unit, number, what };
        Self { line: tongue::in_english(|| carried.told()), ..carried }
    }

    /// The same line in the language that is spoken.
    pub fn told(&self) -> String {
        let shown = self.unit.as_ref().and_then(|(dissection, place)| dissection.exhibits.get(*place));
        let title = shown.map(|exhibit| title(exhibit)).unwrap_or_default();
        let sender = match self.what {
            What::End(sender) => sender,
            _ => shown.map_or(Sender::Server, |exhibit| exhibit.unit.sender),
        };
        let what = match self.what {
            What::Whole => title,
            What::Broken => say!("{}, which breaks a rule", title),
            What::Cut => say!("{}, without its end", title),
            What::End(_) => say!("end").to_owned(),
            What::Reset => say!("reset").to_owned(),
            What::Nothing => return say!("{} accepted, and nothing said", self.number),
        };
        let arrow = if sender == Sender::Client { "→" } else { "←" };
        format!("{} {arrow} {what}", self.number)
    }
}

/// What crossed a fault's port, connection by connection, in order.
pub fn carried(lane: &LaneTap) -> Vec<Carried> {
    let zero = lane.connections.first().map_or(0, |first| first.accepted);
    lane.connections.iter().flat_map(|connection| of(connection, zero)).collect()
}

fn of(connection: &ConnectionTap, zero: u64) -> Vec<Carried> {
    let number = u32::from(connection.connection) + 1;
    let since = |at: u64| at.saturating_sub(zero);
    let mut all = Vec::new();
    for (dissection, base) in dissections(connection) {
        let culprit = dissection.trouble.as_ref().and_then(|trouble| trouble.exhibit);
        for (place, exhibit) in dissection.exhibits.iter().enumerate() {
            let unit = &exhibit.unit;
            let last = base[side(unit.sender)] + unit.offset + unit.wire_octets().max(1) - 1;
            let whole = dissection
                .unfinished
                .is_none_or(|(_, sender)| sender != unit.sender || place + 1 < dissection.exhibits.len());
            let what = if culprit == Some(place) && (unit.frame().is_some() || is_101(unit)) {
                What::Broken
            } else if whole {
                What::Whole
            } else {
                What::Cut
            };
            let at = since(passed(connection, unit.sender, last));
            all.push(Carried::new(at, number, what, Some((Rc::clone(&dissection), place))));
        }
    }
    let server = if connection.reset { What::Reset } else { What::End(Sender::Server) };
    let ends = [(connection.client_ended, What::End(Sender::Client)), (connection.server_ended, server)];
    for (at, what) in ends {
        all.extend(at.map(|at| Carried::new(since(at), number, what, None)));
    }
    if all.is_empty() {
        all.push(Carried::new(since(connection.accepted), number, What::Nothing, None));
    }
    crate::order::sorted(all, |it| it.at)
}

/// The connection, taken apart; after a broken rule the other direction goes on by itself. With each part
/// how many octets of each direction came before it.
fn dissections(connection: &ConnectionTap) -> Vec<(Rc<Dissection>, [u64; 2])> {
    let chunks = connection.chunks.iter();
    let pieces: Vec<Piece> =
        chunks.map(|it| Piece { sender: it.from.sender(), octets: it.octets.clone() }).collect();
    let first = Rc::new(Dissection::of(&pieces, Start::Http));
    let mut all = vec![(Rc::clone(&first), [0, 0])];
    if let Some(trouble) = &first.trouble {
        let other = trouble.violation.sender.other();
        let own = |it: &&Rc<Exhibit>| it.unit.sender == other;
        let read: u64 = first.exhibits.iter().filter(own).map(|it| it.unit.wire_octets()).sum();
        let sent = pieces.iter().filter(|it| it.sender == other).flat_map(|it| it.octets.iter().copied());
        let rest: Vec<u8> = sent.skip(usize::try_from(read).unwrap_or(usize::MAX)).collect();
        let switched = first.exhibits.iter().any(|it| is_101(&it.unit));
        let start = if switched { Start::Frames } else { Start::Http };
        if !rest.is_empty() {
            let mut base = [0, 0];
            base[side(other)] = read;
            let rest = Dissection::of(&[Piece { sender: other, octets: rest }], start);
            all.push((Rc::new(rest), base));
        }
    }
    all
}

fn title(exhibit: &Exhibit) -> String {
    let title = exhibit.title();
    match reason(&exhibit.unit) {
        Some(reason) => say!("{} “{}”", title, reason),
        None => title,
    }
}

fn is_101(unit: &Unit) -> bool {
    unit.response().is_some_and(|response| response.status == 101)
}

/// A Ping of the browser's own, or the answer to it.
fn is_heartbeat(unit: &Unit) -> bool {
    let opcode = unit.frame().map(|header| header.opcode);
    matches!(
        (unit.sender, opcode),
        (Sender::Client, Some(Opcode::Ping)) | (Sender::Server, Some(Opcode::Pong))
    )
}

/// The reason in a Close frame.
fn reason(unit: &Unit) -> Option<&str> {
    unit.frame().filter(|header| header.opcode == Opcode::Close)?;
    std::str::from_utf8(unit.content.get(2..)?).ok().filter(|reason| !reason.is_empty())
}

/// When the octet at this place of a direction passed the companion's socket.
fn passed(connection: &ConnectionTap, sender: Sender, octet: u64) -> u64 {
    let mut end = 0;
    let own = connection.chunks.iter().filter(|chunk| chunk.from.sender() == sender);
    let mut last = connection.accepted;
    for chunk in own {
        end += chunk.octets.len() as u64;
        last = chunk.at;
        if octet < end {
            break;
        }
    }
    last
}

fn side(sender: Sender) -> usize {
    usize::from(sender == Sender::Server)
}
