use tongue::{say, word};

use crate::{Rule, Sender};

/// What a broken rule leads to, beyond what the RFC asks: at the other end, on the wire, and in a page's script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reaction {
    /// What whoever receives it sends or does, in plain sentences. From the server it is a browser that receives it;
    /// from the client it is a server that keeps to the RFC, for a browser does not break these rules.
    pub wire: &'static str,
    /// What the script of a page learns that was one end of it.
    pub script: &'static str,
    /// How this is known.
    pub known: Known,
}

/// Where a [`Reaction`] is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Known {
    /// Seen on the wire and in the script, with Chromium 156 and a server that sends the octets as they are.
    Measured,
    /// It follows from the RFCs and the WHATWG's standards; a browser may be more lenient.
    Standards,
}

impl Rule {
    /// What follows when `sender` breaks it. A rule that only one end can break has one reaction, whoever is named.
    pub fn reaction(&self, sender: Sender) -> Reaction {
        match self {
            // What only a client can break
            Self::RequestLine
            | Self::Method
            | Self::Target
            | Self::HostMissing
            | Self::HostRepeated
            | Self::HandshakeMethod
            | Self::HandshakeHttpVersion
            | Self::KeyMissing
            | Self::KeyInvalid
            | Self::VersionNot13
            | Self::MaskMissing => self.by_client(),
            // What only a server can break
            Self::StatusLine
            | Self::StatusNot101
            | Self::SwitchUnasked
            | Self::AcceptMissing
            | Self::AcceptWrong
            | Self::ExtensionNotOffered
            | Self::ExtensionParameter
            | Self::ExtensionRepeated
            | Self::SubprotocolNotOffered
            | Self::MaskForbidden => self.by_server(),
            _ => match sender {
                Sender::Client => self.by_client(),
                Sender::Server => self.by_server(),
            },
        }
    }

    /// What a server does that keeps to the RFC.
    fn by_client(&self) -> Reaction {
        let handshake = matches!(
            self,
            Self::HandshakeMethod
                | Self::HandshakeHttpVersion
                | Self::UpgradeMissing
                | Self::ConnectionMissing
                | Self::KeyMissing
                | Self::KeyInvalid
                | Self::VersionNot13
        );
        let (wire, script) = match (self, self.status(), self.close_code()) {
            (Self::DataAfterClose, ..) => (
                word!("Nothing: whatever follows a Close frame is discarded (RFC 6455 section 1.4)."),
                UNSENT,
            ),
            (Self::AfterLastMessage, ..) => (
                word!(
                    "The server does not read it: it closes the connection after the answer to the request before."
                ),
                UNSENT,
            ),
            (Self::Truncated | Self::FrameTruncated, ..) => (word!("There is nobody left to answer."), GONE),
            (Self::TooLarge, ..) => (
                word!("The server answers 413; where frames are spoken it sends Close 1009."),
                word!(
                    "`fetch` resolves with status 413; a WebSocket gets `close` with code 1009 and wasClean true."
                ),
            ),
            (Self::InflateFailed, ..) => {
                (word!("The server fails the connection: Close 1002 or 1007, then it closes TCP."), UNSENT)
            }
            (.., Some(1007)) => {
                (word!("The server fails the connection: Close 1007, then it closes TCP."), UNSENT)
            }
            (.., Some(_)) => {
                (word!("The server fails the connection: Close 1002, then it closes TCP."), UNSENT)
            }
            (_, Some(405), _) => (word!("The server answers 405 with an Allow field, and no 101."), UNSENT),
            (_, Some(426), _) => {
                (word!("The server answers 426 and names what it speaks, and no 101."), UNSENT)
            }
            (_, Some(400), _) if handshake => (word!("The server answers 400, and no 101."), UNSENT),
            (_, Some(431), _) => (
                word!("The server answers 431 and closes the connection."),
                word!("`fetch` resolves with status 431."),
            ),
            (_, Some(501), _) => (word!("The server answers 501 and closes the connection."), UNSENT),
            (_, Some(505), _) => (word!("The server answers 505 and closes the connection."), UNSENT),
            (Self::HostMissing | Self::HostRepeated | Self::SpaceBeforeColon, ..) => (
                word!(
                    "The server answers 400. Where the request ends is known, so the connection may stay open."
                ),
                UNSENT,
            ),
            (Self::BareCr | Self::ObsFold | Self::FieldValue, ..) => {
                (word!("The server answers 400, or reads a blank instead and goes on."), UNSENT)
            }
            (Self::LeadingWhitespace, ..) => {
                (word!("The server answers 400, or passes over the line and goes on."), UNSENT)
            }
            (Self::ContentLengthWithTransferEncoding, ..) => (
                word!(
                    "The server answers 400, or goes by the chunks. Either way it closes the connection after its answer."
                ),
                UNSENT,
            ),
            (
                Self::ContentLengthInvalid
                | Self::ContentLengthsDiffer
                | Self::TransferCodingInOldVersion
                | Self::ChunkSize
                | Self::ChunkEnd,
                ..,
            ) => (
                word!(
                    "The server answers 400 and closes the connection: where the next request begins is not known."
                ),
                UNSENT,
            ),
            _ => (word!("The server answers 400 and closes the connection."), UNSENT),
        };
        Reaction { wire: say(wire), script: say(script), known: Known::Standards }
    }
}

const UNSENT: &str =
    word!("Nothing: no script of a page can send it, for the browser writes these octets itself.");
const GONE: &str = word!(
    "`fetch` or the reading of its content rejects with a TypeError; a WebSocket gets `close` with code 1006 and wasClean false."
);
