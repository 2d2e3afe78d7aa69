//! One thing that happened: immutable, with up to four times, each of which says where it comes from.

mod flight;

use std::rc::Rc;

use tongue::say;
use wire::{Opcode, Sender};

pub use flight::Flight;

/// What identifies an event across its witnesses: the browser's event and the wire's event of one
/// unit are two events with one key.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Key {
    /// 0 for a simulation; live runs count from 1.
    pub run: u32,
    /// Index of the lane.
    pub lane: u8,
    /// Connections of the lane, counted from 0.
    pub connection: u16,
    /// Who sent it (for an application event: who spoke).
    pub sender: Sender,
    /// Counted from 0 in this direction of the connection.
    pub unit: u32,
}

/// The protocol layer that an event belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Layer {
    /// Segments that carry no octets of ours: SYN, ACK, FIN.
    Tcp,
    /// The handshake that encrypts a connection.
    Tls,
    /// HTTP/1.1 requests and responses.
    Http,
    /// WebSocket frames.
    WebSocket,
    /// What the people said and got.
    Application,
}

/// Who reports the event.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Source {
    /// The simulator computed it.
    Simulated,
    /// The page's own script saw it.
    Browser,
    /// The companion's tap saw its octets.
    Wire,
}

/// Where a number comes from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Provenance {
    /// Computed by the simulator.
    Simulated,
    /// Taken by the page's script in the browser.
    Measured,
    /// Taken from octets that crossed the companion's socket.
    Witnessed,
    /// Rebuilt from what the browser's API reveals.
    Reconstructed,
    /// Taken from a file: who took it there, and how, nobody here knows.
    Imported,
}

impl Provenance {
    /// The word that the page shows.
    pub fn word(self) -> &'static str {
        match self {
            Self::Simulated => say!("simulated"),
            Self::Measured => say!("measured"),
            Self::Witnessed => say!("witnessed"),
            Self::Reconstructed => say!("reconstructed"),
            Self::Imported => say!("from the file"),
        }
    }
}

/// A time with its provenance.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stamp {
    /// Microseconds since the lane's zero.
    pub at: u64,
    /// Where it comes from.
    pub from: Provenance,
}

/// When a unit left and arrived. `None`: nobody could see it.
///
/// A unit that does not fit into the congestion window leaves in several rounds: it reaches from the
/// first octet's departure in the first round to the last one's arrival in the last. Of an octet that
/// was lost, the first departure counts, and the arrival of whichever transmission came through; an
/// octet has arrived when the receiving TCP has it, though it may have to wait there for others.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Times {
    /// Its first octet was sent.
    pub sent_first: Option<Stamp>,
    /// Its last octet was sent.
    pub sent_last: Option<Stamp>,
    /// Its first octet was received.
    pub received_first: Option<Stamp>,
    /// Its last octet was received.
    pub received_last: Option<Stamp>,
}

impl Times {
    /// A moment rather than a passage: sent and received at once.
    pub fn moment(at: u64, from: Provenance) -> Self {
        let stamp = Some(Stamp { at, from });
        Self { sent_first: stamp, sent_last: stamp, received_first: stamp, received_last: stamp }
    }

    /// The earliest time known.
    pub fn start(&self) -> u64 {
        self.all().into_iter().flatten().map(|stamp| stamp.at).min().unwrap_or(0)
    }

    /// The latest time known.
    pub fn end(&self) -> u64 {
        self.all().into_iter().flatten().map(|stamp| stamp.at).max().unwrap_or(0)
    }

    /// When it was on its way: the last octet's departure, or the earliest time known.
    pub fn sent(&self) -> u64 {
        self.sent_last.or(self.sent_first).map_or_else(|| self.start(), |stamp| stamp.at)
    }

    fn all(&self) -> [Option<Stamp>; 4] {
        [self.sent_first, self.sent_last, self.received_first, self.received_last]
    }
}

/// What happened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kind {
    /// TCP: the client asks for a connection (RFC 9293 section 3.5).
    Syn,
    /// TCP: the server agrees.
    SynAck,
    /// TCP: the third segment of the handshake.
    Established,
    /// TCP: so many segments that only acknowledge.
    Ack(u32),
    /// TCP: this direction ends (RFC 9293 section 3.6).
    Fin,
    /// TCP: a proxy cuts the connection (RFC 9293 section 3.10.7).
    Reset,
    /// TCP: a segment that never arrives; it is counted with what it was sent for.
    Lost {
        /// Its octets, headers included.
        octets: u64,
        /// When it vanished: half of the way, in microseconds.
        at: u64,
    },
    /// TCP: a lost segment is sent again.
    Retransmission,
    /// A flight of the TLS handshake.
    Tls(Flight),
    /// The companion's kernel handed a connection over.
    Accepted,
    /// The companion read the end of a client's stream.
    EndOfStream,
    /// An HTTP request.
    Request {
        /// Its method.
        method: String,
        /// Its target.
        target: String,
    },
    /// An HTTP response.
    Response {
        /// Its status code.
        status: u16,
    },
    /// A piece of a response that goes on: one chunk (RFC 9112 section 7.1) with one event of its stream.
    Chunk,
    /// A WebSocket frame.
    Frame {
        /// Its opcode.
        opcode: Opcode,
        /// The close code that a Close frame carries.
        code: Option<u16>,
    },
    /// Somebody said something.
    Said,
    /// The other side's application got it.
    Delivered,
    /// The lane broke off; the text says why and what to do.
    Failed(String),
}

impl Kind {
    /// A frame with this opcode and unmasked payload; a Close frame's says its code (RFC 6455 section 5.5.1).
    pub fn frame(opcode: Opcode, payload: &[u8]) -> Self {
        let code = match (opcode, payload) {
            (Opcode::Close, &[high, low, ..]) => Some(u16::from_be_bytes([high, low])),
            _ => None,
        };
        Self::Frame { opcode, code }
    }
}

/// One application message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Message {
    /// Its place in the script, counted from 0.
    pub id: u32,
    /// What it says.
    pub text: Rc<str>,
}

/// Octets of one event by what they are for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Octets {
    /// Application messages.
    pub payload: u64,
    /// HTTP heads, frame headers, whole control frames.
    pub framing: u64,
    /// TLS: its handshake, and what each record adds. Always modelled, never measured.
    pub tls: u64,
    /// TCP and IP: headers, and segments that are sent again. Always modelled, never measured.
    pub tcp_ip: u64,
}

impl Octets {
    /// What the two ends say to each other: payload and framing, without TLS, TCP and IP.
    pub fn on_connection(&self) -> u64 {
        self.payload + self.framing
    }

    /// Everything.
    pub fn total(&self) -> u64 {
        self.on_connection() + self.tls + self.tcp_ip
    }
}

/// One immutable event.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    /// Which unit.
    pub key: Key,
    /// Which layer.
    pub layer: Layer,
    /// Who reports it.
    pub source: Source,
    /// What it is.
    pub kind: Kind,
    /// When it was sent and received.
    pub times: Times,
    /// How large it is.
    pub octets: Octets,
    /// The octets themselves, as they cross the connection. `None` where nobody saw them.
    pub raw: Option<Rc<[u8]>>,
    /// Which octets of `raw` are unknown and shown as `??`: a masking key, a nonce.
    pub unknown: Vec<std::ops::Range<usize>>,
    /// The application messages that it carries.
    pub carries: Vec<Message>,
}

impl Event {
    /// Whether it travels between the two ends (as against happening at one of them).
    pub fn travels(&self) -> bool {
        !matches!(
            self.kind,
            Kind::Said | Kind::Delivered | Kind::Failed(_) | Kind::Accepted | Kind::EndOfStream
        )
    }

    /// Octets that cross the connection, or `None` where nobody could see its head.
    pub fn size(&self) -> Option<u64> {
        if self.layer == Layer::Tls {
            return Some(self.octets.tls);
        }
        let whole = self.raw.is_some() || matches!(self.layer, Layer::Tcp | Layer::Application);
        whole.then(|| self.octets.on_connection())
    }

    /// The earliest time known, in microseconds.
    pub fn start(&self) -> u64 {
        self.times.start()
    }

    /// The latest time known, in microseconds.
    pub fn end(&self) -> u64 {
        self.times.end()
    }
}
