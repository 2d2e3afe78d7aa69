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
    /// Seen on the wire and in the script, with Chromium 156.
    Measured,
    /// The script's part was seen with Chromium 156; the wire's follows from the standards.
    ScriptMeasured,
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
            (Self::DataAfterClose, ..) => (DISCARDED, CLOSED),
            (Self::AfterLastMessage, ..) => (
                word!(
                    "The server does not read it: it closes the connection after the answer to the request before."
                ),
                word!(
                    "`fetch` rejects with a TypeError, unless the browser asks again on another connection."
                ),
            ),
            (Self::Truncated | Self::FrameTruncated, ..) => (word!("There is nobody left to answer."), GONE),
            (Self::TooLarge, ..) => (
                word!("The server answers 413; where frames are spoken it sends Close 1009."),
                word!(
                    "`fetch` resolves with status 413; a WebSocket gets `close` with code 1009 and wasClean true."
                ),
            ),
            (.., Some(1007)) => (
                word!("The server fails the connection: Close 1007, then it closes TCP."),
                word!("`close` with code 1007 and wasClean true; no `error`."),
            ),
            (.., Some(_)) => (
                word!("The server fails the connection: Close 1002, then it closes TCP."),
                word!("`close` with code 1002 and wasClean true; no `error`."),
            ),
            (_, Some(405), _) => (word!("The server answers 405 with an Allow field, and no 101."), FAILED),
            (_, Some(426), _) => {
                (word!("The server answers 426 and names what it speaks, and no 101."), FAILED)
            }
            (_, Some(400), _) if handshake => (word!("The server answers 400, and no 101."), FAILED),
            (_, Some(431), _) => (
                word!("The server answers 431 and closes the connection."),
                word!("`fetch` resolves with status 431."),
            ),
            (_, Some(501), _) => (
                word!("The server answers 501 and closes the connection."),
                word!("`fetch` resolves with status 501."),
            ),
            (_, Some(505), _) => (
                word!("The server answers 505 and closes the connection."),
                word!("`fetch` resolves with status 505."),
            ),
            _ => (
                word!(
                    "The server answers 400 and closes the connection: where the next request begins is not known."
                ),
                word!("`fetch` resolves with status 400 and ok false."),
            ),
        };
        Reaction { wire: say(wire), script: say(script), known: Known::Standards }
    }

    /// What a browser does.
    fn by_server(&self) -> Reaction {
        let (wire, script, known) = match self {
            // HTTP
            Self::ObsFold => (
                word!("A user agent reads the folded line as one, with a space between."),
                word!("`fetch` resolves; the field's value holds the space."),
                Known::Standards,
            ),
            Self::BareCr | Self::LeadingWhitespace | Self::SpaceBeforeColon | Self::ColonMissing => (
                word!("The RFC lets a client refuse the response or pass over what is wrong in it."),
                word!("`fetch` rejects with a TypeError, or resolves without the line."),
                Known::Standards,
            ),
            Self::HeadTooLarge => (
                word!("A client that has such a limit closes the connection; the limit is its own."),
                REJECTED,
                Known::Standards,
            ),
            Self::TransferCodingUnsupported => (
                word!("The client cannot undo the coding, and closes the connection."),
                REJECTED,
                Known::Standards,
            ),
            Self::ChunkSize | Self::ChunkEnd => (
                word!("The client closes the connection: where the next response begins is not known."),
                word!("`fetch` has resolved with the head; reading the content rejects with a TypeError."),
                Known::Standards,
            ),
            Self::RequestLine
            | Self::Method
            | Self::Target
            | Self::StatusLine
            | Self::VersionMalformed
            | Self::VersionUnsupported
            | Self::FieldName
            | Self::FieldValue
            | Self::HostMissing
            | Self::HostRepeated
            | Self::ContentLengthInvalid
            | Self::ContentLengthsDiffer
            | Self::ContentLengthWithTransferEncoding
            | Self::TransferCodingInOldVersion
            | Self::SwitchUnasked => (
                word!("The client closes the connection and discards the response."),
                REJECTED,
                Known::Standards,
            ),
            Self::AfterLastMessage => (
                word!("The client discards it: the connection is at its end."),
                word!("Nothing: no request waits for it."),
                Known::Standards,
            ),
            Self::Truncated | Self::FrameTruncated => {
                (word!("Nothing: the connection is gone."), GONE, Known::Standards)
            }
            // The opening handshake
            Self::StatusNot101 | Self::AcceptWrong | Self::SubprotocolNotOffered => {
                (DROPPED, FAILED, Known::ScriptMeasured)
            }
            Self::HandshakeMethod
            | Self::HandshakeHttpVersion
            | Self::UpgradeMissing
            | Self::ConnectionMissing
            | Self::KeyMissing
            | Self::KeyInvalid
            | Self::VersionNot13
            | Self::AcceptMissing
            | Self::ExtensionNotOffered
            | Self::ExtensionParameter
            | Self::ExtensionRepeated => (DROPPED, FAILED, Known::Standards),
            // Frames
            Self::MaskForbidden => {
                (word!("Chromium sends Close 1002, “Masked frame from server”."), BROKEN, Known::Measured)
            }
            Self::RsvSet => {
                (word!("Chromium sends Close 1002, “Invalid reserved bit”."), BROKEN, Known::Measured)
            }
            Self::TextNotUtf8 => (
                word!(
                    "Chromium sends Close 1002, “Invalid UTF-8 in text frame”, though RFC 6455 asks for 1007."
                ),
                BROKEN,
                Known::Measured,
            ),
            Self::InflateFailed => (
                word!(
                    "The browser fails the connection with a Close of 1002 or 1007: RFC 7692 names no code."
                ),
                BROKEN,
                Known::Standards,
            ),
            Self::CloseReasonNotUtf8 => {
                (word!("The browser fails the connection: Close 1007."), BROKEN, Known::Standards)
            }
            Self::CloseBodyShort => {
                (word!("The browser fails the connection: Close 1002."), BROKEN, Known::ScriptMeasured)
            }
            Self::CloseCodeForbidden => (
                word!(
                    "The browser fails the connection over 1005 and 1006: Close 1002. It takes 5000 as it is."
                ),
                word!(
                    "`error`, then `close` with code 1006 and wasClean false; for 5000 `close` with that code, and clean."
                ),
                Known::ScriptMeasured,
            ),
            Self::DataAfterClose => (DISCARDED, CLOSED, Known::Standards),
            Self::TooLarge => (
                word!(
                    "The limit is the receiver's own. One that has it discards the response, or sends Close 1009."
                ),
                word!(
                    "`fetch` or the reading of its content rejects with a TypeError; a WebSocket gets `error`, then `close` with code 1006."
                ),
                Known::Standards,
            ),
            Self::OpcodeReserved
            | Self::MaskMissing
            | Self::LengthNotMinimal
            | Self::LengthTopBit
            | Self::ControlFragmented
            | Self::ControlTooLong
            | Self::ContinuationUnexpected
            | Self::ContinuationExpected => {
                (word!("The browser fails the connection: Close 1002."), BROKEN, Known::Standards)
            }
        };
        Reaction { wire: say(wire), script: say(script), known }
    }
}

const REJECTED: &str = word!("`fetch` rejects with a TypeError that does not say why.");
const FAILED: &str = word!(
    "`error`, then `close` with code 1006 and wasClean false: the same for every cause, so that no script can probe a network."
);
const BROKEN: &str =
    word!("`error`, then `close` with code 1006 and wasClean false: the code that was sent stays hidden.");
const GONE: &str = word!(
    "`fetch` or the reading of its content rejects with a TypeError; a WebSocket gets `close` with code 1006 and wasClean false."
);
const CLOSED: &str = word!("`close` with the code of the Close frame; what came after it is not seen.");
const DROPPED: &str = word!("The browser closes the connection without a frame: nothing was opened yet.");
const DISCARDED: &str = word!("Nothing: whatever follows a Close frame is discarded (RFC 6455 section 1.4).");
