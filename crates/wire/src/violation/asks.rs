use tongue::{say, word};

use crate::{Rule, Sender};

impl Rule {
    /// What the RFC asks of whoever receives what `sender` broke, as strongly as it asks it (MUST, SHOULD, MAY),
    /// with a status or a close code only where it names one. Where no section is given, it is [`Rule::rfc`].
    pub fn asks(&self, sender: Sender) -> &'static str {
        let client = sender == Sender::Client;
        say(match self {
            // HTTP: lines and fields
            Self::BareCr => word!(
                "One of two: the receiver MUST take what the CR stands in for invalid, or read the CR as a blank."
            ),
            Self::LeadingWhitespace => word!(
                "One of two: the receiver MUST reject the message, or pass over each line that begins with white space."
            ),
            Self::ObsFold if client => {
                word!("One of two: a server MUST answer 400, or read the fold as blanks.")
            }
            Self::ObsFold => word!("A user agent MUST read the fold as blanks."),
            Self::FieldValue => word!(
                "One of two: the receiver MUST reject a message with CR, LF or NUL in a value, or read each as a blank. It MAY keep other control characters."
            ),
            Self::SpaceBeforeColon if client => MUST_400,
            Self::SpaceBeforeColon => {
                word!("A proxy MUST take the white space away. Of a user agent nothing is asked.")
            }
            Self::HostMissing | Self::HostRepeated => MUST_400,
            Self::RequestLine | Self::Target => word!(
                "A server SHOULD answer 400, or 301 to the target as it should have been written (RFC 9112 section 3.2)."
            ),
            Self::Method | Self::VersionMalformed | Self::ColonMissing | Self::FieldName if client => {
                SHOULD_400
            }
            Self::VersionUnsupported if client => {
                word!(
                    "A server can answer 505 where it does not speak the major version (RFC 9110 section 2.5)."
                )
            }
            Self::HeadTooLarge if client => word!(
                "A server MUST answer a fitting status of 400 to 499 (RFC 9110 section 5.4); 431 was made for it."
            ),
            Self::HeadTooLarge => word!(
                "A client MAY leave out field lines that are too large for it, if it can do without them (RFC 9110 section 5.4)."
            ),
            // HTTP: where a message ends
            Self::ContentLengthInvalid | Self::ContentLengthsDiffer if client => {
                word!("A server MUST answer 400 and close the connection.")
            }
            Self::ContentLengthInvalid | Self::ContentLengthsDiffer => {
                word!("A user agent MUST close the connection and discard the response.")
            }
            Self::ContentLengthWithTransferEncoding if client => word!(
                "One of two: a server MAY reject the request, or go by Transfer-Encoding alone. Either way it MUST close the connection after its answer (RFC 9112 section 6.1)."
            ),
            Self::ContentLengthWithTransferEncoding => word!(
                "Transfer-Encoding overrides Content-Length; the message ought to be handled as an error (RFC 9112 section 6.3)."
            ),
            Self::TransferCodingUnsupported if client => word!(
                "A server SHOULD answer 501. Where chunked is not the last coding it MUST answer 400 and close the connection (RFC 9112 section 6.3)."
            ),
            Self::TransferCodingUnsupported => word!(
                "Where chunked is not the last coding, the content ends with the connection (RFC 9112 section 6.3)."
            ),
            Self::TransferCodingInOldVersion => word!(
                "The receiver MUST treat the message as if its framing were faulty, and close the connection after it."
            ),
            Self::ChunkSize | Self::ChunkEnd if client => SHOULD_400,
            Self::Truncated if client => word!("A server MAY answer with an error before it closes."),
            Self::ChunkSize | Self::ChunkEnd | Self::Truncated => {
                word!("A client MUST record the message as incomplete (RFC 9112 section 8).")
            }
            Self::TooLarge => word!(
                "A receiver MUST protect itself by a limit of its own. How it says so is left to it: 1009 and, in HTTP, 413 were made for it."
            ),
            Self::AfterLastMessage if client => word!("A server MUST NOT process it."),
            Self::AfterLastMessage => {
                word!("A client MUST NOT take it for a valid response (RFC 9112 section 6.3).")
            }
            // The opening handshake
            Self::VersionNot13 => word!(
                "A server MUST give up the handshake and answer a fitting status, such as 426, with the versions that it speaks in Sec-WebSocket-Version (RFC 6455 section 4.2.2)."
            ),
            Self::HandshakeMethod | Self::HandshakeHttpVersion | Self::KeyMissing | Self::KeyInvalid => {
                MUST_REFUSE
            }
            Self::UpgradeMissing | Self::ConnectionMissing if client => MUST_REFUSE,
            Self::StatusNot101 => {
                word!("It is no error by itself: the client handles the answer as one of HTTP.")
            }
            Self::UpgradeMissing
            | Self::ConnectionMissing
            | Self::AcceptMissing
            | Self::AcceptWrong
            | Self::ExtensionNotOffered
            | Self::ExtensionParameter
            | Self::ExtensionRepeated
            | Self::SubprotocolNotOffered => word!("The client MUST fail the connection."),
            // Frames
            Self::MaskMissing => {
                word!("The server MUST close the connection. It MAY send a Close frame with code 1002.")
            }
            Self::MaskForbidden => {
                word!("The client MUST close the connection. It MAY use close code 1002.")
            }
            Self::RsvSet | Self::OpcodeReserved => word!(
                "The receiver MUST fail the connection. No close code is named; 1002, protocol error, fits (RFC 6455 section 7.4.1)."
            ),
            Self::TextNotUtf8 => word!(
                "The receiver MUST fail the connection. Close code 1007 is meant for it (RFC 6455 section 7.4.1)."
            ),
            Self::CloseReasonNotUtf8 => {
                word!("The receiver MUST fail the connection (RFC 6455 section 8.1). No close code is named.")
            }
            Self::InflateFailed => {
                word!("RFC 7692 says neither what the receiver does nor which close code fits.")
            }
            Self::DataAfterClose => word!(
                "The sender MUST NOT send it; the receiver discards it (RFC 6455 section 1.4). No close code answers it: each side sends one Close frame."
            ),
            Self::LengthNotMinimal
            | Self::LengthTopBit
            | Self::ControlFragmented
            | Self::ControlTooLong
            | Self::ContinuationUnexpected
            | Self::ContinuationExpected
            | Self::CloseBodyShort
            | Self::CloseCodeForbidden => word!(
                "It MUST NOT be sent; what the receiver does is not said. Close code 1002, protocol error, fits (RFC 6455 section 7.4.1)."
            ),
            Self::FrameTruncated => word!(
                "Nothing can be answered. The receiver’s program is told code 1006 (RFC 6455 section 7.1.5)."
            ),
            Self::Method
            | Self::VersionMalformed
            | Self::VersionUnsupported
            | Self::ColonMissing
            | Self::FieldName
            | Self::StatusLine
            | Self::SwitchUnasked => {
                word!("The server MUST NOT send it; what a client does with it is not said.")
            }
        })
    }
}

const MUST_400: &str = word!("A server MUST answer 400.");
const SHOULD_400: &str = word!("A server SHOULD answer 400 and close the connection (RFC 9112 section 2.2).");
const MUST_REFUSE: &str =
    word!("A server MUST stop and answer a fitting status, such as 400 (RFC 6455 section 4.2.1).");
