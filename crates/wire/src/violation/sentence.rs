use std::fmt;

use tongue::{say, word};

use crate::Rule;

impl Rule {
    fn sentence(&self) -> &'static str {
        match self {
            Self::BareCr => word!("a carriage return stands without its line feed"),
            Self::HeadTooLarge => word!("the head does not end within the limit"),
            Self::RequestLine => {
                word!("the request line is not a method, a target and a version with one space between")
            }
            Self::Method => word!("the method is not a token"),
            Self::Target => word!("the request-target may hold visible ASCII characters only"),
            Self::StatusLine => word!("the status line is not a version, three digits and a reason phrase"),
            Self::VersionMalformed => word!("the HTTP version is malformed"),
            Self::VersionUnsupported => word!("only HTTP/1.0 and HTTP/1.1 are spoken here"),
            Self::LeadingWhitespace => word!("white space stands before the first field line"),
            Self::ObsFold => word!("a field value must not be folded over two lines"),
            Self::ColonMissing => word!("a field line has no colon"),
            Self::SpaceBeforeColon => word!("white space stands between a field name and its colon"),
            Self::FieldName => word!("a field name is not a token"),
            Self::FieldValue => word!("a field value holds a control character"),
            Self::HostMissing => word!("an HTTP/1.1 request must have a Host field"),
            Self::HostRepeated => word!("a request must not have two Host fields"),
            Self::ContentLengthInvalid => word!("the Content-Length is not a number"),
            Self::ContentLengthsDiffer => word!("two Content-Length values differ"),
            Self::ContentLengthWithTransferEncoding => {
                word!("Content-Length and Transfer-Encoding must not stand together")
            }
            Self::TransferCodingUnsupported => {
                word!("of the transfer codings only chunked is understood here")
            }
            Self::TransferCodingInOldVersion => {
                word!("an HTTP/1.0 message must not have a Transfer-Encoding")
            }
            Self::ChunkSize => word!("a chunk does not begin with its size in hexadecimal digits"),
            Self::ChunkEnd => word!("a chunk's data is not followed by CRLF"),
            Self::TooLarge => word!("this is larger than the reader's limit"),
            Self::AfterLastMessage => word!("a message follows the one that was to be the last"),
            Self::Truncated => word!("the stream ended in the middle of a message"),
            Self::HandshakeMethod => word!("the opening handshake must be a GET request"),
            Self::HandshakeHttpVersion => word!("the opening handshake needs HTTP/1.1"),
            Self::UpgradeMissing => word!("the Upgrade field does not name websocket"),
            Self::ConnectionMissing => word!("the Connection field does not name Upgrade"),
            Self::KeyMissing => word!("the Sec-WebSocket-Key is missing"),
            Self::KeyInvalid => word!("the Sec-WebSocket-Key is not 16 octets in base64"),
            Self::VersionNot13 => word!("the Sec-WebSocket-Version is not 13"),
            Self::StatusNot101 => word!("the server did not answer 101 Switching Protocols"),
            Self::SwitchUnasked => word!("the server switched to a protocol that was not asked for"),
            Self::AcceptMissing => word!("the Sec-WebSocket-Accept is missing"),
            Self::AcceptWrong => word!("the Sec-WebSocket-Accept does not follow from the key"),
            Self::ExtensionNotOffered => word!("the server chose an extension that was not offered"),
            Self::ExtensionParameter => {
                word!("the parameters of the chosen extension do not answer what was offered")
            }
            Self::ExtensionRepeated => word!("the server chose the same extension twice"),
            Self::SubprotocolNotOffered => word!("the server chose a subprotocol that was not offered"),
            Self::RsvSet => word!("a reserved bit is set though no extension was negotiated that uses it"),
            Self::OpcodeReserved => word!("the opcode is reserved"),
            Self::MaskMissing => word!("a frame from the client must be masked"),
            Self::MaskForbidden => word!("a frame from the server must not be masked"),
            Self::LengthNotMinimal => word!("the payload length is not written in its shortest form"),
            Self::LengthTopBit => word!("the most significant bit of a 64-bit payload length must be 0"),
            Self::ControlFragmented => word!("a control frame must not be fragmented"),
            Self::ControlTooLong => word!("a control frame carries at most 125 octets"),
            Self::ContinuationUnexpected => word!("there is no message that this frame could continue"),
            Self::ContinuationExpected => word!("a new message begins before the last one has ended"),
            Self::TextNotUtf8 => word!("a text message must be UTF-8"),
            Self::InflateFailed => word!("a compressed message cannot be decompressed"),
            Self::CloseBodyShort => {
                word!("a Close frame's body is empty or begins with a code of two octets")
            }
            Self::CloseCodeForbidden => word!("this close code must not be sent"),
            Self::CloseReasonNotUtf8 => word!("a close reason must be UTF-8"),
            Self::DataAfterClose => word!("no data frame may follow a Close frame"),
            Self::FrameTruncated => word!("the stream ended in the middle of a frame"),
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(say(self.sentence()))
    }
}

impl std::error::Error for Rule {}
