//! Packets out of a capture: pcap with microseconds or nanoseconds, in either byte order, and pcapng
//! (draft-ietf-opsawg-pcapng).

use tongue::say;

use crate::problem::{Place, Problem, Refusal};

/// One captured packet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Packet<'a> {
    /// Nanoseconds since 1970.
    pub(super) at: u64,
    /// The type of its link: see [`super::link`].
    pub(super) link: u16,
    /// What was kept of it.
    pub(super) octets: &'a [u8],
    /// Counted from 1.
    pub(super) number: u64,
}

/// Whether a file begins as a capture does.
pub fn is(file: &[u8]) -> bool {
    Kind::of(file).is_some()
}

/// How packets are kept.
enum Kind {
    /// In blocks: pcapng.
    Blocks,
    /// One after the other: pcap, with its magic number.
    Records(Order, u32),
}

impl Kind {
    fn of(file: &[u8]) -> Option<Self> {
        let &four = file.first_chunk::<4>()?;
        if four == [0x0A, 0x0D, 0x0D, 0x0A] {
            return Some(Self::Blocks);
        }
        let orders = [(u32::from_be_bytes(four), true), (u32::from_le_bytes(four), false)];
        let (magic, big) = orders.into_iter().find(|(magic, _)| [MICRO, NANO].contains(magic))?;
        Some(Self::Records(Order { big }, magic))
    }
}

/// Every packet, up to the first place that cannot be read.
pub(super) fn packets<'a>(file: &'a [u8], problems: &mut Vec<Problem>) -> Result<Vec<Packet<'a>>, Refusal> {
    match Kind::of(file).ok_or(Refusal::Unknown)? {
        Kind::Blocks => Ok(blocks(file, problems)),
        Kind::Records(order, magic) => records(order, if magic == NANO { 1 } else { 1_000 }, file, problems),
    }
}

/// In which order numbers stand.
#[derive(Clone, Copy)]
struct Order {
    big: bool,
}

impl Order {
    fn short(self, octets: &[u8], at: usize) -> Option<u16> {
        let two = octets.get(at..at + 2)?.try_into().ok()?;
        Some(if self.big { u16::from_be_bytes(two) } else { u16::from_le_bytes(two) })
    }

    fn long(self, octets: &[u8], at: usize) -> Option<u32> {
        let four = octets.get(at..at + 4)?.try_into().ok()?;
        Some(if self.big { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) })
    }
}

/// The records of a pcap file.
fn records<'a>(
    order: Order,
    nanos: u64,
    file: &'a [u8],
    problems: &mut Vec<Problem>,
) -> Result<Vec<Packet<'a>>, Refusal> {
    let link =
        order.long(file, 20).ok_or_else(|| Refusal::Damaged(say!("Its header is cut off.").to_owned()))?;
    // The upper bits say how frames are checked, and not which they are.
    let link = (link & 0xFFFF) as u16;
    let mut packets = Vec::new();
    let mut at = 24;
    while at < file.len() {
        let number = packets.len() as u64 + 1;
        let header = (order.long(file, at), order.long(file, at + 4), order.long(file, at + 8));
        let (Some(seconds), Some(fraction), Some(length)) = header else {
            problems.push(cut_off(at));
            break;
        };
        let start = at + 16;
        let Some(octets) = file.get(start..start.saturating_add(length as usize)) else {
            problems.push(cut_off(at));
            break;
        };
        let at_nanos = u64::from(seconds) * 1_000_000_000 + u64::from(fraction) * nanos;
        packets.push(Packet { at: at_nanos, link, octets, number });
        at = start + octets.len();
    }
    Ok(packets)
}

fn cut_off(at: usize) -> Problem {
    Problem { place: Place::Octet(at as u64), why: say!("the file ends within a packet").to_owned() }
}

/// An interface of a section: its link, and how many nanoseconds a unit of its stamps has.
struct Interface {
    link: u16,
    ticks: Ticks,
}

/// How a stamp is counted: units of 10 to the minus n or of 2 to the minus n seconds.
enum Ticks {
    Ten(u32),
    Two(u32),
}

impl Ticks {
    fn nanos(&self, stamp: u64) -> u64 {
        let stamp = u128::from(stamp);
        let nanos = match *self {
            Self::Ten(power) if power <= 9 => stamp * 10_u128.pow(9 - power),
            Self::Ten(power) => stamp / 10_u128.pow((power - 9).min(30)),
            Self::Two(power) => (stamp * 1_000_000_000) >> power.min(127),
        };
        u64::try_from(nanos).unwrap_or(u64::MAX)
    }
}

/// The blocks of a pcapng file.
fn blocks<'a>(file: &'a [u8], problems: &mut Vec<Problem>) -> Vec<Packet<'a>> {
    let mut order = Order { big: false };
    let mut interfaces: Vec<Interface> = Vec::new();
    let mut packets: Vec<Packet<'a>> = Vec::new();
    let mut last = 0;
    let mut at = 0;
    while at < file.len() {
        if file.get(at..at + 4) == Some(&[0x0A, 0x0D, 0x0D, 0x0A]) {
            order.big = file.get(at + 8..at + 12) == Some(&[0x1A, 0x2B, 0x3C, 0x4D]);
            interfaces.clear();
        }
        let read = || {
            let (kind, length) = (order.long(file, at)?, order.long(file, at + 4)? as usize);
            let sound = length >= 12 && length.is_multiple_of(4);
            let body = file.get(at + 8..at.checked_add(length)?.checked_sub(4)?).filter(|_| sound)?;
            file.get(..at + length).map(|_| (kind, length, body))
        };
        let Some((kind, length, body)) = read() else {
            let why =
                say!("a block of the capture is damaged or cut off; what follows it is not read").to_owned();
            problems.push(Problem { place: Place::Octet(at as u64), why });
            break;
        };
        let number = packets.len() as u64 + 1;
        match kind {
            INTERFACE => interfaces.extend(interface(order, body)),
            ENHANCED => {
                let packet = || {
                    let of = interfaces.get(order.long(body, 0)? as usize)?;
                    let stamp = u64::from(order.long(body, 4)?) << 32 | u64::from(order.long(body, 8)?);
                    let length = order.long(body, 12)? as usize;
                    let octets = body.get(20..20_usize.checked_add(length)?)?;
                    Some(Packet { at: of.ticks.nanos(stamp), link: of.link, octets, number })
                };
                keep(packet(), at, &mut packets, problems);
            }
            // A simple packet has no time: it came with the one before.
            SIMPLE => {
                let packet = || {
                    let of = interfaces.first()?;
                    let length = (order.long(body, 0)? as usize).min(body.len().checked_sub(4)?);
                    Some(Packet { at: last, link: of.link, octets: body.get(4..4 + length)?, number })
                };
                keep(packet(), at, &mut packets, problems);
            }
            _ => {}
        }
        last = packets.last().map_or(last, |packet| packet.at);
        at += length;
    }
    packets
}

fn keep<'a>(
    packet: Option<Packet<'a>>,
    at: usize,
    packets: &mut Vec<Packet<'a>>,
    problems: &mut Vec<Problem>,
) {
    match packet {
        Some(packet) => packets.push(packet),
        None => {
            let why = say!("a packet does not fit into its block; it is left out").to_owned();
            problems.push(Problem { place: Place::Octet(at as u64), why });
        }
    }
}

fn interface(order: Order, body: &[u8]) -> Option<Interface> {
    let link = order.short(body, 0)?;
    let mut ticks = Ticks::Ten(6);
    let mut at = 8;
    while let (Some(code), Some(length)) = (order.short(body, at), order.short(body, at + 2)) {
        if code == 0 {
            break;
        }
        if code == RESOLUTION
            && let Some(&resolution) = body.get(at + 4)
        {
            let power = u32::from(resolution & 0x7F);
            ticks = if resolution & 0x80 == 0 { Ticks::Ten(power) } else { Ticks::Two(power) };
        }
        at += 4 + usize::from(length).next_multiple_of(4);
    }
    Some(Interface { link, ticks })
}

/// What a pcap file begins with: stamps in microseconds, in nanoseconds.
const MICRO: u32 = 0xA1B2_C3D4;
const NANO: u32 = 0xA1B2_3C4D;
/// Types of blocks.
const INTERFACE: u32 = 1;
const SIMPLE: u32 = 3;
const ENHANCED: u32 = 6;
/// The option `if_tsresol`.
const RESOLUTION: u16 = 9;
