//! Closing: codes, reasons and the body of a Close frame (RFC 6455 sections 5.5.1 and 7.4).

use std::fmt;

use tongue::{say, word};

use crate::{Rule, Sender, utf8::Utf8, violation::Fault};

/// A close code (RFC 6455 section 7.4). Any number is kept; [`CloseCode::may_send`] says whether it may stand in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CloseCode(pub u16);

impl CloseCode {
    /// 1000: the purpose of the connection is fulfilled.
    pub const NORMAL: Self = Self(1000);
    /// 1001: the server goes down or the page is left.
    pub const GOING_AWAY: Self = Self(1001);
    /// 1002: the other end broke the protocol.
    pub const PROTOCOL_ERROR: Self = Self(1002);
    /// 1003: a kind of data that cannot be accepted.
    pub const UNSUPPORTED_DATA: Self = Self(1003);
    /// 1005: shown locally when a Close frame had no code; never sent.
    pub const NO_STATUS: Self = Self(1005);
    /// 1006: shown locally when the connection ended without a Close frame; never sent.
    pub const ABNORMAL: Self = Self(1006);
    /// 1007: data that does not fit the message's type, such as text that is not UTF-8.
    pub const INVALID_PAYLOAD: Self = Self(1007);
    /// 1008: a message that breaks the receiver's policy.
    pub const POLICY_VIOLATION: Self = Self(1008);
    /// 1009: a message too big to process.
    pub const TOO_BIG: Self = Self(1009);
    /// 1010: the client needed an extension that the server did not negotiate.
    pub const MANDATORY_EXTENSION: Self = Self(1010);
    /// 1011: an unexpected condition at the server.
    pub const INTERNAL_ERROR: Self = Self(1011);
    /// 1015: shown locally when the TLS handshake failed; never sent.
    pub const TLS_HANDSHAKE: Self = Self(1015);

    /// Whether `sender` may put this code into a Close frame: 1000 to 1003, 1007 to 1014 and 3000 to 4999, with
    /// 1010 left to the client (RFC 6455 sections 7.4.1 and 7.4.2; 1012 to 1014 from the IANA registry).
    pub fn may_send(self, sender: Sender) -> bool {
        match self.0 {
            1010 => sender == Sender::Client,
            1000..=1003 | 1007..=1014 | 3000..=4999 => true,
            _ => false,
        }
    }

    /// Whether a page's script may pass this code to `close()`: 1000 and 3000 to 4999 (WHATWG WebSockets).
    pub fn script_may_send(self) -> bool {
        matches!(self.0, 1000 | 3000..=4999)
    }

    /// One plain sentence.
    pub fn meaning(self) -> &'static str {
        say(match self.0 {
            0..=999 => word!("Codes below 1000 are not used."),
            1000 => word!("Normal closure: the purpose of the connection is fulfilled."),
            1001 => word!("Going away: the server goes down or the page is left."),
            1002 => word!("Protocol error: the other end broke a rule of the protocol."),
            1003 => word!("Unsupported data: a kind of data arrived that cannot be accepted."),
            1004 => word!("Reserved; it has no meaning yet and must not be sent."),
            1005 => {
                word!("No status received: the Close frame had no code. It is shown locally and never sent.")
            }
            1006 => {
                word!(
                    "Abnormal closure: the connection ended without a Close frame. It is shown locally and never sent."
                )
            }
            1007 => {
                word!(
                    "Invalid payload: the data does not fit the message's type, such as text that is not UTF-8."
                )
            }
            1008 => word!("Policy violation: a message broke the receiver's policy."),
            1009 => word!("Message too big: it is larger than the receiver can process."),
            1010 => word!(
                "Mandatory extension: the client needed an extension that the server did not negotiate."
            ),
            1011 => {
                word!("Internal error: something unexpected kept the server from fulfilling the request.")
            }
            1012 => word!("Service restart: the server restarts, the client may connect again."),
            1013 => word!("Try again later: the server is overloaded."),
            1014 => word!("Bad gateway: a gateway got an invalid answer from the server behind it."),
            1015 => word!("TLS handshake failure: it is shown locally and never sent."),
            1016..=2999 => {
                word!("Reserved for the protocol and its extensions; it must not be sent without them.")
            }
            3000..=3999 => word!("A code for libraries, frameworks and applications, registered with IANA."),
            4000..=4999 => word!("A private code, agreed between the two applications."),
            5000.. => word!("Codes from 5000 on are not defined."),
        })
    }
}

impl From<u16> for CloseCode {
    fn from(code: u16) -> Self {
        Self(code)
    }
}

impl fmt::Display for CloseCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// What a Close frame's payload says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CloseBody {
    /// `None` when the payload is empty; the API then reports 1005.
    pub code: Option<CloseCode>,
    /// At most 123 octets of UTF-8; empty when there is none.
    pub reason: String,
}

impl CloseBody {
    /// Reads an unmasked payload (RFC 6455 section 5.5.1).
    ///
    /// # Errors
    /// [`Rule::CloseBodyShort`], [`Rule::CloseCodeForbidden`] or [`Rule::CloseReasonNotUtf8`]: answer with the
    /// rule's close code and drop the connection.
    pub fn parse(payload: &[u8]) -> Result<Self, Rule> {
        Self::read(payload).map_err(|fault| fault.rule)
    }

    pub(crate) fn read(payload: &[u8]) -> Result<Self, Fault> {
        let (code, reason) = match payload {
            [] => return Ok(Self::default()),
            [_] => return Err(Fault::new(Rule::CloseBodyShort, 0)),
            [high, low, reason @ ..] => (CloseCode(u16::from_be_bytes([*high, *low])), reason),
        };
        // The client may send every code that a server may, and 1010.
        if !code.may_send(Sender::Client) {
            return Err(Fault::new(Rule::CloseCodeForbidden, 0));
        }
        let mut check = Utf8::default();
        let bad = |at: usize| Fault::new(Rule::CloseReasonNotUtf8, 2 + at);
        check.feed(reason).map_err(bad)?;
        let reason = std::str::from_utf8(reason).map_err(|_| bad(reason.len()))?;
        Ok(Self { code: Some(code), reason: reason.to_owned() })
    }
}

/// The most octets a close reason may have: 125 less the two of the code.
pub const REASON_LIMIT: usize = 123;
