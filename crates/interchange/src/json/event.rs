//! An event as JSON.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use tongue::say;
use trace::event::{self, Flight, Key, Layer, Message, Octets, Provenance, Source, Stamp, Times};
use wire::{Opcode, Sender};

use crate::run::LATEST;

/// One event. Times are microseconds since the lane's zero; what nobody could see is `null` or absent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// 0 for a simulation; live runs count from 1.
    run: u32,
    /// Index of the lane.
    lane: u8,
    /// Connections of the lane, counted from 0.
    connection: u16,
    /// Who sent it, or spoke.
    sender: Side,
    /// Counted from 0 in this direction of the connection.
    unit: u32,
    layer: LayerName,
    source: SourceName,
    kind: Kind,
    /// First and last octet sent, first and last octet received: the time and where it comes from.
    times: [Option<(u64, Whence)>; 4],
    /// Payload, framing, TLS, TCP and IP.
    octets: [u64; 4],
    /// The octets themselves, in Base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    raw: Option<String>,
    /// Which octets of `raw` are unknown: from and to, the latter exclusive.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    unknown: Vec<(usize, usize)>,
    /// The application messages that it carries: number and text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    carries: Vec<(u32, String)>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Syn,
    SynAck,
    Established,
    Ack(u32),
    Fin,
    Reset,
    Lost { octets: u64, at: u64 },
    Retransmission,
    Tls(FlightName),
    Accepted,
    EndOfStream,
    Request { method: String, target: String },
    Response { status: u16 },
    Chunk,
    Frame { opcode: u8, code: Option<u16> },
    Said,
    Delivered,
    Failed(String),
}

/// A twin of an enumeration of `trace`, with names for JSON: what is written there must not change when
/// a variant is renamed here.
macro_rules! twin {
    ($vis:vis $name:ident = $of:ty { $($variant:ident),+ $(,)? }) => {
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        $vis enum $name { $($variant),+ }

        impl From<$of> for $name {
            fn from(of: $of) -> Self {
                match of { $(<$of>::$variant => Self::$variant),+ }
            }
        }

        impl From<$name> for $of {
            fn from(name: $name) -> Self {
                match name { $($name::$variant => Self::$variant),+ }
            }
        }
    };
}

twin!(Side = Sender { Client, Server });
twin!(LayerName = Layer { Tcp, Tls, Http, WebSocket, Application });
twin!(SourceName = Source { Simulated, Browser, Wire });
twin!(pub(crate) Whence = Provenance { Simulated, Measured, Witnessed, Reconstructed, Imported });
twin!(FlightName = Flight { ClientHello, ServerHello, ServerHelloResumed, ClientFinished, ServerFinished });

impl From<&event::Event> for Event {
    fn from(event: &event::Event) -> Self {
        let event::Event { key, layer, source, kind, times, octets, raw, unknown, carries } = event;
        let stamp = |stamp: Option<Stamp>| stamp.map(|it| (it.at, it.from.into()));
        Self {
            run: key.run,
            lane: key.lane,
            connection: key.connection,
            sender: key.sender.into(),
            unit: key.unit,
            layer: (*layer).into(),
            source: (*source).into(),
            kind: kind.into(),
            times: [times.sent_first, times.sent_last, times.received_first, times.received_last].map(stamp),
            octets: [octets.payload, octets.framing, octets.tls, octets.tcp_ip],
            raw: raw.as_ref().map(|raw| STANDARD.encode(raw)),
            unknown: unknown.iter().map(|it| (it.start, it.end)).collect(),
            carries: carries.iter().map(|message| (message.id, message.text.to_string())).collect(),
        }
    }
}

impl Event {
    /// The event, of a run with so many lanes.
    ///
    /// # Errors
    /// If it belongs to none of them, or its octets or their places cannot be; a sentence.
    pub(super) fn read(self, lanes: usize) -> Result<event::Event, String> {
        let Self {
            run,
            lane,
            connection,
            sender,
            unit,
            layer,
            source,
            kind,
            times,
            octets,
            raw,
            unknown,
            carries,
        } = self;
        if usize::from(lane) >= lanes {
            return Err(say!("there is no lane {}", lane));
        }
        let raw = match raw.map(|raw| STANDARD.decode(raw)).transpose() {
            Ok(raw) => raw,
            Err(_) => return Err(say!("its octets are not Base64").to_owned()),
        };
        let length = raw.as_ref().map_or(0, Vec::len);
        if unknown.iter().any(|&(from, to)| from > to || to > length) {
            return Err(say!("it has unknown octets where it has none").to_owned());
        }
        let far = times.iter().flatten().any(|stamp| stamp.0 > LATEST) || octets.iter().any(|&it| it > MOST);
        if far {
            return Err(say!("a time or a size is beyond what can be shown").to_owned());
        }
        let [sent_first, sent_last, received_first, received_last] =
            times.map(|stamp| stamp.map(|(at, from)| Stamp { at, from: from.into() }));
        let [payload, framing, tls, tcp_ip] = octets;
        Ok(event::Event {
            key: Key { run, lane, connection, sender: sender.into(), unit },
            layer: layer.into(),
            source: source.into(),
            kind: kind.into(),
            times: Times { sent_first, sent_last, received_first, received_last },
            octets: Octets { payload, framing, tls, tcp_ip },
            raw: raw.map(Into::into),
            unknown: unknown.into_iter().map(|(from, to)| from..to).collect(),
            carries: carries.into_iter().map(|(id, text)| Message { id, text: text.into() }).collect(),
        })
    }
}

impl From<&event::Kind> for Kind {
    fn from(kind: &event::Kind) -> Self {
        use event::Kind as Of;
        match kind.clone() {
            Of::Syn => Self::Syn,
            Of::SynAck => Self::SynAck,
            Of::Established => Self::Established,
            Of::Ack(count) => Self::Ack(count),
            Of::Fin => Self::Fin,
            Of::Reset => Self::Reset,
            Of::Lost { octets, at } => Self::Lost { octets, at },
            Of::Retransmission => Self::Retransmission,
            Of::Tls(flight) => Self::Tls(flight.into()),
            Of::Accepted => Self::Accepted,
            Of::EndOfStream => Self::EndOfStream,
            Of::Request { method, target } => Self::Request { method, target },
            Of::Response { status } => Self::Response { status },
            Of::Chunk => Self::Chunk,
            Of::Frame { opcode, code } => Self::Frame { opcode: opcode.into(), code },
            Of::Said => Self::Said,
            Of::Delivered => Self::Delivered,
            Of::Failed(why) => Self::Failed(why),
        }
    }
}

impl From<Kind> for event::Kind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Syn => Self::Syn,
            Kind::SynAck => Self::SynAck,
            Kind::Established => Self::Established,
            Kind::Ack(count) => Self::Ack(count),
            Kind::Fin => Self::Fin,
            Kind::Reset => Self::Reset,
            Kind::Lost { octets, at } => Self::Lost { octets, at },
            Kind::Retransmission => Self::Retransmission,
            Kind::Tls(flight) => Self::Tls(flight.into()),
            Kind::Accepted => Self::Accepted,
            Kind::EndOfStream => Self::EndOfStream,
            Kind::Request { method, target } => Self::Request { method, target },
            Kind::Response { status } => Self::Response { status },
            Kind::Chunk => Self::Chunk,
            Kind::Frame { opcode, code } => Self::Frame { opcode: Opcode::from(opcode), code },
            Kind::Said => Self::Said,
            Kind::Delivered => Self::Delivered,
            Kind::Failed(why) => Self::Failed(why),
        }
    }
}

/// Octets of an event at most: a terabyte, so that no sum overflows.
const MOST: u64 = 1 << 40;
