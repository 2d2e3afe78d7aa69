//! What lies around a TCP segment: the link, IP, TCP.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A segment of TCP (RFC 9293 section 3.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Segment<'a> {
    pub(super) from: End,
    pub(super) to: End,
    pub(super) sequence: u32,
    pub(super) flags: u8,
    pub(super) octets: &'a [u8],
    /// Whether some of its octets were not captured.
    pub(super) short: bool,
}

/// An end of a connection.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) struct End {
    pub(super) host: IpAddr,
    pub(super) port: u16,
}

pub(super) const FIN: u8 = 1;
pub(super) const SYN: u8 = 2;
pub(super) const RST: u8 = 4;
pub(super) const PSH: u8 = 8;
pub(super) const ACK: u8 = 16;

/// The bare IPv4 or IPv6 of `LINKTYPE_RAW`.
pub(super) const RAW: u16 = 101;

/// Why there is no segment in a packet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Other {
    /// It is something else, and nothing is wrong with it.
    Something,
    /// Its link is none that is known here.
    Link(u16),
    /// It is a part of an IP packet that was cut up.
    Fragment,
    /// Too little of it was captured.
    Cut,
}

/// The segment in a packet of this link, see <https://www.tcpdump.org/linktypes.html>.
pub(super) fn segment(link: u16, packet: &[u8]) -> Result<Segment<'_>, Other> {
    let (kind, rest) = match link {
        0 | 108 => (of_family(packet.get(..4))?, 4),
        1 => ethernet(packet)?,
        12 | 14 | RAW | 228 | 229 => (packet.first().map_or(0, |first| first >> 4), 0),
        113 => (of_type(short(packet, 14)?)?, 16),
        276 => (of_type(short(packet, 0)?)?, 20),
        other => return Err(Other::Link(other)),
    };
    let packet = packet.get(rest..).ok_or(Other::Cut)?;
    match kind {
        4 => four(packet),
        6 => six(packet),
        _ => Err(Other::Something),
    }
}

/// The version of IP by the number of its address family, which is the capturing host's own: BSD, Darwin,
/// Linux and Windows count IPv6 differently, and in their own order of octets.
fn of_family(family: Option<&[u8]>) -> Result<u8, Other> {
    let family: [u8; 4] = family.and_then(|it| it.try_into().ok()).ok_or(Other::Cut)?;
    let family = u32::from_le_bytes(family).min(u32::from_be_bytes(family));
    match family {
        2 => Ok(4),
        10 | 23 | 24 | 28 | 30 => Ok(6),
        _ => Err(Other::Something),
    }
}

fn ethernet(frame: &[u8]) -> Result<(u8, usize), Other> {
    let mut at = 12;
    // Tags of virtual networks (IEEE 802.1Q), one within another.
    while at < 24 && matches!(short(frame, at)?, 0x8100 | 0x88A8) {
        at += 4;
    }
    Ok((of_type(short(frame, at)?)?, at + 2))
}

fn of_type(ether: u16) -> Result<u8, Other> {
    match ether {
        0x0800 => Ok(4),
        0x86DD => Ok(6),
        _ => Err(Other::Something),
    }
}

/// IPv4 (RFC 791 section 3.1).
fn four(packet: &[u8]) -> Result<Segment<'_>, Other> {
    let header = usize::from(packet.first().ok_or(Other::Cut)? & 15) * 4;
    let whole = usize::from(short(packet, 2)?);
    if byte(packet, 9)? != TCP {
        return Err(Other::Something);
    }
    // More fragments, or not the first.
    if short(packet, 6)? & 0x3FFF != 0 {
        return Err(Other::Fragment);
    }
    let host = |at: usize| {
        let four: Option<[u8; 4]> = packet.get(at..at + 4).and_then(|it| it.try_into().ok());
        four.map(|four| IpAddr::from(Ipv4Addr::from(four))).ok_or(Other::Cut)
    };
    tcp(packet, header.max(20), whole, host(12)?, host(16)?)
}

/// IPv6 (RFC 8200 section 3), and behind it any headers that only tell where the next one begins.
fn six(packet: &[u8]) -> Result<Segment<'_>, Other> {
    let whole = 40 + usize::from(short(packet, 4)?);
    let host = |at: usize| {
        let sixteen: Option<[u8; 16]> = packet.get(at..at + 16).and_then(|it| it.try_into().ok());
        sixteen.map(|it| IpAddr::from(Ipv6Addr::from(it))).ok_or(Other::Cut)
    };
    let (mut kind, mut at) = (byte(packet, 6)?, 40);
    loop {
        match kind {
            TCP => return tcp(packet, at, whole, host(8)?, host(24)?),
            // Hop-by-hop, routing, destination options.
            0 | 43 | 60 => {
                kind = byte(packet, at)?;
                at += 8 + 8 * usize::from(byte(packet, at + 1)?);
            }
            44 => return Err(Other::Fragment),
            _ => return Err(Other::Something),
        }
    }
}

/// TCP (RFC 9293 section 3.1). An IP packet that says it has no octets was cut up by the network card.
fn tcp(packet: &[u8], at: usize, whole: usize, from: IpAddr, to: IpAddr) -> Result<Segment<'_>, Other> {
    let segment = packet.get(at..).ok_or(Other::Cut)?;
    let claimed = if whole <= at { segment.len() } else { whole - at };
    let header = usize::from(byte(segment, 12)? >> 4) * 4;
    let octets = segment.get(header.max(20)..segment.len().min(claimed)).unwrap_or_default();
    let sequence =
        segment.get(4..8).and_then(|it| it.try_into().ok()).map(u32::from_be_bytes).ok_or(Other::Cut)?;
    Ok(Segment {
        from: End { host: from, port: short(segment, 0)? },
        to: End { host: to, port: short(segment, 2)? },
        sequence,
        flags: byte(segment, 13)?,
        octets,
        short: claimed > segment.len(),
    })
}

fn byte(octets: &[u8], at: usize) -> Result<u8, Other> {
    octets.get(at).copied().ok_or(Other::Cut)
}

fn short(octets: &[u8], at: usize) -> Result<u16, Other> {
    let two = octets.get(at..at + 2).and_then(|it| it.try_into().ok());
    two.map(u16::from_be_bytes).ok_or(Other::Cut)
}

/// The number of TCP among the protocols over IP.
pub(super) const TCP: u8 = 6;
