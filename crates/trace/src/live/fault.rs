//! Faults that the companion shows on command: `POST /faults` with a [`FaultPlan`] opens one port that
//! does nothing else, and answers a [`Ticket`](super::Ticket). The run behind it has a tap and an end
//! like any other. No link is emulated on it.

use serde::{Deserialize, Serialize};
use wire::close::REASON_LIMIT;
use wire::{Frame, Opcode, Sender};

use crate::exhibit::Start;
use crate::workbench::broken::Case;

/// What the page asks for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FaultPlan {
    /// What its port does.
    pub fault: Fault,
}

/// What goes wrong. Times are in microseconds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Fault {
    /// Nobody listens at the port.
    Refuse,
    /// The connection is accepted, and nothing is ever said.
    Stall,
    /// The connection is accepted and reset.
    Reset,
    /// The connection is reset when the first frame comes.
    ResetAfterOpen,
    /// Every request gets this status, 200 to 599.
    Answer {
        /// The status.
        status: u16,
    },
    /// A mail server's greeting instead of HTTP.
    NotHttp,
    /// 101 with the `Sec-WebSocket-Accept` for another key.
    WrongAccept,
    /// 101 without `Sec-WebSocket-Accept`.
    NoAccept,
    /// 101 with a subprotocol that nobody offered.
    Subprotocol,
    /// 101 with an extension that nobody offered.
    Extension,
    /// The first frame is answered with the octets of one of the Workbench's broken rules.
    Broken {
        /// Its [`Case::id`]; one whose octets a server sends on a plain WebSocket.
        case: String,
    },
    /// TCP ends when the first frame comes, without a Close frame.
    Drop,
    /// After the open nothing is answered, no message, no Ping and no Close.
    Silent,
    /// HTTP: a connection's first request is answered; at the second, TCP ends without an answer.
    DropReused,
    /// The first frame is answered with a Close frame, with any code or none.
    Close {
        /// 0 to 65,535, also those that must not be sent; `None` for an empty body.
        code: Option<u16>,
        /// At most 123 octets; not without a code.
        reason: String,
    },
    /// An echo; TCP ends when nothing has been said for so long, as proxies do.
    CutIdle {
        /// At most a minute.
        after: u64,
    },
    /// An echo; TCP ends after so long, whatever is under way.
    CutAfter {
        /// At most a minute.
        after: u64,
    },
    /// An echo that speaks first.
    Greet,
    /// HTTP: an answer ends short of its Content-Length.
    CutShort {
        /// Octets that the head announces, at most 1 MiB.
        announced: u64,
        /// Octets that come, fewer.
        sent: u64,
    },
}

impl Fault {
    /// Every kind of fault once, and the broken rules and close codes that teach most.
    pub fn all() -> Vec<Self> {
        let broken = |case: &str| Self::Broken { case: case.to_owned() };
        let close = |code, reason: &str| Self::Close { code, reason: reason.to_owned() };
        vec![
            Self::Refuse,
            Self::Stall,
            Self::Reset,
            Self::NotHttp,
            Self::Answer { status: 404 },
            Self::Answer { status: 503 },
            Self::Answer { status: 302 },
            Self::WrongAccept,
            Self::NoAccept,
            Self::Subprotocol,
            Self::Extension,
            broken("masked-server"),
            broken("utf8-unfinished"),
            broken("rsv1"),
            broken("close-1005"),
            broken("close-1006"),
            broken("close-short"),
            close(Some(1000), "Goodbye"),
            close(Some(1011), "Something unexpected"),
            close(Some(4000), "Our own code"),
            close(None, ""),
            Self::Drop,
            Self::ResetAfterOpen,
            Self::Silent,
            Self::CutIdle { after: 2_000_000 },
            Self::CutAfter { after: 10_000_000 },
            Self::Greet,
            Self::DropReused,
            Self::CutShort { announced: 1000, sent: 500 },
        ]
    }

    /// Whether it shows on a fetch rather than on a WebSocket.
    pub fn wants_fetch(&self) -> bool {
        matches!(self, Self::DropReused | Self::CutShort { .. })
    }

    /// Why a companion does not take it, in a sentence; `None` if it does.
    pub fn misfit(&self) -> Option<&'static str> {
        let fits = match self {
            Self::Answer { status } => (200..600).contains(status),
            Self::CutIdle { after } | Self::CutAfter { after } => *after <= LONGEST,
            Self::CutShort { announced, sent } => sent < announced && *announced <= LARGEST,
            Self::Close { code, reason } => {
                reason.len() <= REASON_LIMIT && (code.is_some() || reason.is_empty())
            }
            Self::Broken { case } => broken(case).is_some(),
            _ => true,
        };
        (!fits).then_some(match self {
            Self::Answer { .. } => "A fault's status is a number from 200 to 599.",
            Self::CutIdle { .. } | Self::CutAfter { .. } => "A fault comes within a minute.",
            Self::CutShort { .. } => {
                "A cut answer announces at most 1 MiB, and sends fewer octets than that."
            }
            Self::Close { .. } => "A close reason has at most 123 octets, and needs a code.",
            _ => "The Workbench has no broken rule of that name for a server's frames.",
        })
    }

    /// What the server answers the first frame with: frames that no well-behaved server would send, or none.
    pub fn frames(&self) -> Vec<u8> {
        match self {
            Self::Broken { case } => broken(case).unwrap_or_default(),
            Self::Close { code, reason } => {
                let code = code.map(u16::to_be_bytes);
                let body = [code.as_ref().map_or(&[][..], |code| code), reason.as_bytes()].concat();
                Frame::new(Opcode::Close, body).encode()
            }
            _ => Vec::new(),
        }
    }
}

/// The octets of one of the Workbench's broken rules, if a server sends them on a plain WebSocket.
fn broken(case: &str) -> Option<Vec<u8>> {
    let case = Case::named(case).filter(|case| case.start == Start::Frames)?;
    let pieces = case.pieces();
    let octets = pieces.iter().flat_map(|piece| piece.octets.iter().copied()).collect();
    pieces.iter().all(|piece| piece.sender == Sender::Server).then_some(octets)
}

/// Microseconds.
const LONGEST: u64 = 60_000_000;
/// Octets.
const LARGEST: u64 = 1024 * 1024;
