//! A run as pcapng (draft-ietf-opsawg-pcapng), for Wireshark and its like.

use std::collections::BTreeMap;

use tongue::say;
use trace::caption::sentences;
use trace::event::{Event, Kind, Layer, Stamp};
use trace::trace::Trace;
use wire::Sender;

use super::link::{ACK, FIN, PSH, RAW, RST, SYN, TCP};
use crate::problem::{Place, Problem};
use crate::run::{Run, Written};
use crate::secrets::Secrets;

/// Writes the octets of a run as packets, as they passed the server's end: a client's when they arrived,
/// the server's when they left. A lane of which octets are not known is left out, and told.
pub fn write(run: &Run, secrets: Secrets) -> Written {
    let run = secrets.of(run);
    let trace = &run.trace;
    let mut problems = Vec::new();
    let mut packets = Vec::new();
    for lane in 0..trace.lanes().len() {
        if !is_whole(trace, lane) {
            let letter = char::from(b'A' + lane as u8);
            let why = say!(
                "lane {} is left out: nobody saw all of its octets. Run it against the companion, which does",
                letter
            );
            problems.push(Problem { place: Place::Whole, why });
            continue;
        }
        let mut connections: BTreeMap<u16, Vec<&Event>> = BTreeMap::new();
        for event in trace.lane(lane).filter(|event| event.travels() || event.kind == Kind::EndOfStream) {
            connections.entry(event.key.connection).or_default().push(event);
        }
        for (connection, events) in connections {
            packets.append(&mut Talk::of(lane as u8, connection, &events).packets);
        }
    }
    packets.sort_by_key(|packet| packet.at);
    Written { file: blocks(&packets, secrets), problems }
}

fn is_whole(trace: &Trace, lane: usize) -> bool {
    let mut carried = trace.lane(lane).filter(|event| matches!(event.layer, Layer::Http | Layer::WebSocket));
    carried.all(|event| event.travels() && event.raw.is_some() && event.unknown.is_empty())
}

struct Packet {
    /// Microseconds since the run's zero.
    at: u64,
    octets: Vec<u8>,
}

/// One connection as packets.
struct Talk {
    lane: u8,
    connection: u16,
    /// Whose side of the lane opened it.
    opener: Sender,
    /// The sequence number of the next octet: of the lane's client, of its server.
    next: [u32; 2],
    ended: [bool; 2],
    packets: Vec<Packet>,
}

impl Talk {
    fn of(lane: u8, connection: u16, events: &[&Event]) -> Self {
        let asks = |event: &&&Event| matches!(event.kind, Kind::Syn | Kind::Request { .. });
        let opener = events.iter().find(asks).map_or(Sender::Client, |event| event.key.sender);
        let next = [FIRST_CLIENT, FIRST_SERVER];
        let mut talk = Self { lane, connection, opener, next, ended: [false; 2], packets: Vec::new() };
        let begins = events.iter().map(|event| talk.span(event).0).min().unwrap_or(0);
        talk.open(events, begins);
        let mut units: Vec<&&Event> = events.iter().filter(|event| event.layer != Layer::Tls).collect();
        units.sort_by_key(|event| talk.span(event).1);
        for event in units {
            talk.event(event);
        }
        talk
    }

    /// When first and last octets passed the server's end.
    fn span(&self, event: &Event) -> (u64, u64) {
        let times = &event.times;
        let at = |stamps: [Option<Stamp>; 4]| stamps.into_iter().flatten().next().map_or(0, |stamp| stamp.at);
        let (sent, received) =
            ([times.sent_first, times.sent_last], [times.received_first, times.received_last]);
        match event.key.sender {
            Sender::Client => (
                at([received[0], received[1], sent[0], sent[1]]),
                at([received[1], received[0], sent[1], sent[0]]),
            ),
            Sender::Server => (
                at([sent[0], sent[1], received[0], received[1]]),
                at([sent[1], sent[0], received[1], received[0]]),
            ),
        }
    }

    /// The three segments that open it, when they passed or, where nobody saw them, at once.
    fn open(&mut self, events: &[&Event], begins: u64) {
        let seen =
            |kind: &Kind| events.iter().find(|event| event.kind == *kind).map(|event| self.span(event).1);
        let syn = seen(&Kind::Syn).unwrap_or(begins);
        let agreed = seen(&Kind::SynAck).unwrap_or(syn).max(syn);
        let opened = seen(&Kind::Established).unwrap_or(begins).clamp(agreed, begins.max(agreed));
        let (opener, other) = (self.opener, self.opener.other());
        self.segment(syn, opener, SYN, &[]);
        self.segment(agreed, other, SYN | ACK, &[]);
        self.segment(opened, opener, ACK, &[]);
    }

    fn event(&mut self, event: &Event) {
        let sender = event.key.sender;
        let (first, last) = self.span(event);
        match (&event.kind, &event.raw) {
            (Kind::Fin | Kind::EndOfStream, _) => self.end(last, sender),
            (Kind::Reset, _) => self.segment(last, sender, RST | ACK, &[]),
            (_, Some(raw)) if matches!(event.layer, Layer::Http | Layer::WebSocket) => {
                let pieces = raw.len().div_ceil(MSS).max(1) as u64;
                for (piece, octets) in (1..=pieces).zip(raw.chunks(MSS)) {
                    // The last octet of each piece, were they all sent evenly.
                    let at = first + (last.saturating_sub(first)) * piece / pieces;
                    let flags = if piece == pieces { PSH | ACK } else { ACK };
                    self.segment(at, sender, flags, octets);
                }
                self.segment(last, sender.other(), ACK, &[]);
            }
            _ => {}
        }
    }

    fn end(&mut self, at: u64, sender: Sender) {
        let ended = &mut self.ended[usize::from(sender == Sender::Server)];
        if !std::mem::replace(ended, true) {
            self.segment(at, sender, FIN | ACK, &[]);
        }
    }

    fn segment(&mut self, at: u64, sender: Sender, flags: u8, octets: &[u8]) {
        let (own, other) = (usize::from(sender == Sender::Server), usize::from(sender == Sender::Client));
        let acknowledged = if flags & ACK == 0 { 0 } else { self.next[other] };
        let tcp = Tcp { ports: self.ports(sender), sequence: self.next[own], acknowledged, flags, octets };
        self.packets.push(Packet { at, octets: tcp.packet(hosts(self.lane, sender)) });
        let counted = octets.len() as u32 + u32::from(flags & (SYN | FIN) != 0);
        self.next[own] = self.next[own].wrapping_add(counted);
    }

    /// Port 80 is whose side was connected to: Wireshark takes it for HTTP.
    fn ports(&self, sender: Sender) -> [u16; 2] {
        let far = 49_152 + self.connection % 16_000;
        if sender == self.opener { [far, 80] } else { [80, far] }
    }
}

/// The addresses of a lane's two sides, of those that are kept for documents (RFC 5737 section 3).
fn hosts(lane: u8, sender: Sender) -> [[u8; 4]; 2] {
    let (client, server) = ([192, 0, 2, 1], [198, 51, 100, lane + 1]);
    if sender == Sender::Client { [client, server] } else { [server, client] }
}

struct Tcp<'a> {
    ports: [u16; 2],
    sequence: u32,
    acknowledged: u32,
    flags: u8,
    octets: &'a [u8],
}

impl Tcp<'_> {
    /// The segment (RFC 9293 section 3.1) in a packet of IPv4 (RFC 791 section 3.1).
    fn packet(&self, [from, to]: [[u8; 4]; 2]) -> Vec<u8> {
        let options: &[u8] = if self.flags & SYN == 0 { &[] } else { &[2, 4, (MSS >> 8) as u8, MSS as u8] };
        let header = 20 + options.len();
        let mut tcp = Vec::with_capacity(header + self.octets.len());
        tcp.extend(self.ports.iter().flat_map(|port| port.to_be_bytes()));
        tcp.extend(self.sequence.to_be_bytes());
        tcp.extend(self.acknowledged.to_be_bytes());
        tcp.extend([(header as u8 / 4) << 4, self.flags, 0xFF, 0xFF, 0, 0, 0, 0]);
        tcp.extend(options);
        tcp.extend(self.octets);
        let length = tcp.len() as u16;
        let mut pseudo = [from, to].concat();
        pseudo.extend([0, TCP]);
        pseudo.extend(length.to_be_bytes());
        let sum = checksum(&[&pseudo, &tcp]);
        tcp[16..18].copy_from_slice(&sum.to_be_bytes());
        let mut packet = vec![0x45, 0];
        packet.extend((20 + length).to_be_bytes());
        packet.extend([0, 0, 0x40, 0, 64, TCP, 0, 0]);
        packet.extend(from.iter().chain(&to));
        let sum = checksum(&[&packet]);
        packet[10..12].copy_from_slice(&sum.to_be_bytes());
        packet.extend(tcp);
        packet
    }
}

/// The checksum of IP and TCP (RFC 1071) over parts, of which all but the last have an even length.
fn checksum(parts: &[&[u8]]) -> u16 {
    let pairs = parts.iter().flat_map(|part| part.chunks(2));
    let sum: u64 =
        pairs.map(|pair| u64::from(pair[0]) << 8 | u64::from(pair.get(1).copied().unwrap_or(0))).sum();
    let folded = (sum & 0xFFFF) + (sum >> 16);
    let folded = (folded & 0xFFFF) + (folded >> 16);
    !((folded & 0xFFFF) + (folded >> 16)) as u16
}

/// Section header, one interface, and the packets.
fn blocks(packets: &[Packet], secrets: Secrets) -> Vec<u8> {
    let mut file = Vec::new();
    let mut section = vec![0x4D, 0x3C, 0x2B, 0x1A, 1, 0, 0, 0];
    section.extend([0xFF; 8]);
    let made_up = say!(
        "Saved by Duplex. Octets and times of HTTP and WebSocket are those of its run, as they pass the server; the headers of TCP and IP, addresses and acknowledgements are made up, and TLS is left out."
    );
    option(&mut section, 1, &sentences([made_up.to_owned(), secrets.told().to_owned()]));
    option(&mut section, 4, "Duplex");
    section.extend([0; 4]);
    block(&mut file, 0x0A0D_0D0A, &section);
    let mut interface = RAW.to_le_bytes().to_vec();
    interface.extend([0; 6]);
    option(&mut interface, 2, "duplex");
    interface.extend([0; 4]);
    block(&mut file, 1, &interface);
    for packet in packets {
        let mut body = 0_u32.to_le_bytes().to_vec();
        body.extend(((packet.at >> 32) as u32).to_le_bytes());
        body.extend((packet.at as u32).to_le_bytes());
        let length = packet.octets.len() as u32;
        body.extend(length.to_le_bytes());
        body.extend(length.to_le_bytes());
        body.extend(&packet.octets);
        body.resize(body.len().next_multiple_of(4), 0);
        block(&mut file, 6, &body);
    }
    file
}

fn block(file: &mut Vec<u8>, kind: u32, body: &[u8]) {
    let length = body.len() as u32 + 12;
    file.extend(kind.to_le_bytes());
    file.extend(length.to_le_bytes());
    file.extend(body);
    file.extend(length.to_le_bytes());
}

fn option(body: &mut Vec<u8>, code: u16, text: &str) {
    body.extend(code.to_le_bytes());
    body.extend((text.len() as u16).to_le_bytes());
    body.extend(text.as_bytes());
    body.resize(body.len().next_multiple_of(4), 0);
}

/// The largest segment, in octets.
const MSS: usize = 1_460;
/// The first sequence numbers, so that Wireshark's relative ones are easily told from them.
const FIRST_CLIENT: u32 = 1_000_000;
const FIRST_SERVER: u32 = 2_000_000;
