/// A rule of RFC 9110, 9112, 6455 or 7692 that octets can break. Its `Display` is one plain sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    // HTTP/1.1: lines and fields
    /// A CR that no LF follows.
    BareCr,
    /// The head is longer than [`HEAD_LIMIT`](crate::http1::HEAD_LIMIT) octets.
    HeadTooLarge,
    /// The request line is not `method SP request-target SP HTTP-version`.
    RequestLine,
    /// The method is empty or not a token.
    Method,
    /// The request-target is empty or holds something else than visible ASCII.
    Target,
    /// The status line is not `HTTP-version SP status-code SP [reason-phrase]`.
    StatusLine,
    /// The version is not `HTTP/` digit `.` digit, in capitals.
    VersionMalformed,
    /// A version other than HTTP/1.0 and HTTP/1.1.
    VersionUnsupported,
    /// White space between the start line and the first field line.
    LeadingWhitespace,
    /// A field line continued on the next line.
    ObsFold,
    /// A field line without a colon.
    ColonMissing,
    /// White space between a field name and its colon.
    SpaceBeforeColon,
    /// A field name that is empty or not a token.
    FieldName,
    /// A control character in a field value.
    FieldValue,
    /// An HTTP/1.1 request without `Host`.
    HostMissing,
    /// A request with more than one `Host`.
    HostRepeated,

    // HTTP/1.1: where a message ends
    /// A `Content-Length` that is not a number that fits 64 bits.
    ContentLengthInvalid,
    /// Several `Content-Length` values that differ.
    ContentLengthsDiffer,
    /// Both `Content-Length` and `Transfer-Encoding`: two readers would find two different ends.
    ContentLengthWithTransferEncoding,
    /// A transfer coding other than `chunked`, once.
    TransferCodingUnsupported,
    /// `Transfer-Encoding` in an HTTP/1.0 message.
    TransferCodingInOldVersion,
    /// A chunk-size line that is not hexadecimal digits, optional extensions and CRLF.
    ChunkSize,
    /// Chunk data that CRLF does not end.
    ChunkEnd,
    /// Content or a payload longer than the reader's limit.
    TooLarge,
    /// A message after one of the same sender with `Connection: close`.
    AfterLastMessage,
    /// The stream ended in the middle of a head or a content.
    Truncated,

    // The opening handshake
    /// The request's method is not GET.
    HandshakeMethod,
    /// The request's version is below HTTP/1.1.
    HandshakeHttpVersion,
    /// `Upgrade` is absent or lacks `websocket`.
    UpgradeMissing,
    /// `Connection` is absent or lacks `Upgrade`.
    ConnectionMissing,
    /// No `Sec-WebSocket-Key`.
    KeyMissing,
    /// `Sec-WebSocket-Key` is not the base64 form of 16 octets, or stands twice.
    KeyInvalid,
    /// `Sec-WebSocket-Version` is absent or not 13.
    VersionNot13,
    /// The answer to the opening handshake is not 101.
    StatusNot101,
    /// 101 that no request asked for, or to a protocol other than WebSocket.
    SwitchUnasked,
    /// No `Sec-WebSocket-Accept`.
    AcceptMissing,
    /// `Sec-WebSocket-Accept` does not follow from the key.
    AcceptWrong,
    /// The server chose an extension that was not offered.
    ExtensionNotOffered,
    /// The server chose parameters of permessage-deflate that are invalid or that no offer allows.
    ExtensionParameter,
    /// The server chose permessage-deflate twice.
    ExtensionRepeated,
    /// The server chose a subprotocol that was not offered, or more than one.
    SubprotocolNotOffered,

    // Frames
    /// RSV1, RSV2 or RSV3 set without an extension that gives it a meaning.
    RsvSet,
    /// Opcode 3 to 7 or 11 to 15.
    OpcodeReserved,
    /// A frame from the client without a mask.
    MaskMissing,
    /// A frame from the server with a mask.
    MaskForbidden,
    /// A length that would have fitted a shorter form.
    LengthNotMinimal,
    /// A 64-bit length with its most significant bit set.
    LengthTopBit,
    /// A control frame without FIN.
    ControlFragmented,
    /// A control frame of more than 125 octets.
    ControlTooLong,
    /// A continuation frame with no message to continue.
    ContinuationUnexpected,
    /// A text or binary frame in the middle of a fragmented message.
    ContinuationExpected,
    /// A text message that is not UTF-8.
    TextNotUtf8,
    /// A compressed message that is not DEFLATE, or that stops inside a block.
    InflateFailed,
    /// A Close frame with a body of one octet.
    CloseBodyShort,
    /// A close code that must not be sent.
    CloseCodeForbidden,
    /// A close reason that is not UTF-8.
    CloseReasonNotUtf8,
    /// A data frame after a Close frame.
    DataAfterClose,
    /// The stream ended in the middle of a frame.
    FrameTruncated,
}

impl Rule {
    /// Where the rule stands, such as "RFC 6455 section 5.2".
    pub fn rfc(&self) -> &'static str {
        match self {
            Self::BareCr | Self::LeadingWhitespace => "RFC 9112 section 2.2",
            Self::HeadTooLarge => "RFC 6585 section 5",
            Self::RequestLine => "RFC 9112 section 3",
            Self::Method => "RFC 9112 section 3.1",
            Self::Target | Self::HostMissing | Self::HostRepeated => "RFC 9112 section 3.2",
            Self::StatusLine => "RFC 9112 section 4",
            Self::VersionMalformed => "RFC 9112 section 2.3",
            Self::VersionUnsupported => "RFC 9110 section 15.6.6",
            Self::ObsFold => "RFC 9112 section 5.2",
            Self::ColonMissing => "RFC 9112 section 5",
            Self::SpaceBeforeColon => "RFC 9112 section 5.1",
            Self::FieldName => "RFC 9110 section 5.1",
            Self::FieldValue => "RFC 9110 section 5.5",
            Self::ContentLengthInvalid | Self::ContentLengthsDiffer => "RFC 9112 section 6.3",
            Self::ContentLengthWithTransferEncoding => "RFC 9112 section 6.2",
            Self::TransferCodingUnsupported | Self::TransferCodingInOldVersion => "RFC 9112 section 6.1",
            Self::ChunkSize | Self::ChunkEnd => "RFC 9112 section 7.1",
            Self::TooLarge => "RFC 6455 section 10.4",
            Self::AfterLastMessage => "RFC 9112 section 9.6",
            Self::Truncated => "RFC 9112 section 8",
            Self::HandshakeMethod
            | Self::HandshakeHttpVersion
            | Self::KeyMissing
            | Self::KeyInvalid
            | Self::VersionNot13 => "RFC 6455 section 4.2.1",
            Self::UpgradeMissing | Self::ConnectionMissing => "RFC 6455 section 4.1",
            Self::StatusNot101
            | Self::AcceptMissing
            | Self::AcceptWrong
            | Self::ExtensionNotOffered
            | Self::SubprotocolNotOffered => "RFC 6455 section 4.1",
            Self::ExtensionParameter => "RFC 7692 section 7.1",
            Self::ExtensionRepeated => "RFC 7692 section 5",
            Self::SwitchUnasked => "RFC 9110 section 7.8",
            Self::RsvSet | Self::OpcodeReserved | Self::LengthNotMinimal | Self::LengthTopBit => {
                "RFC 6455 section 5.2"
            }
            Self::MaskMissing | Self::MaskForbidden => "RFC 6455 section 5.1",
            Self::ControlFragmented | Self::ControlTooLong => "RFC 6455 section 5.5",
            Self::ContinuationUnexpected | Self::ContinuationExpected => "RFC 6455 section 5.4",
            Self::TextNotUtf8 => "RFC 6455 section 8.1",
            Self::InflateFailed => "RFC 7692 section 7.2.2",
            Self::CloseBodyShort | Self::CloseReasonNotUtf8 | Self::DataAfterClose => {
                "RFC 6455 section 5.5.1"
            }
            Self::CloseCodeForbidden => "RFC 6455 section 7.4",
            Self::FrameTruncated => "RFC 6455 section 7.2",
        }
    }

    /// The close code with which an endpoint of ours answers; `None` where no frames are spoken yet, or any more.
    /// What the RFC asks of any endpoint is [`Rule::asks`].
    ///
    /// RFC 7692 names none for [`Rule::InflateFailed`]. 1007 it is, for the frames are well formed and what they carry
    /// is not (RFC 6455 section 7.4.1); so answer ws for Node.js and Autobahn, while others send 1002.
    pub fn close_code(&self) -> Option<u16> {
        match self {
            Self::TextNotUtf8 | Self::InflateFailed | Self::CloseReasonNotUtf8 => Some(1007),
            Self::TooLarge => Some(1009),
            Self::RsvSet
            | Self::OpcodeReserved
            | Self::MaskMissing
            | Self::MaskForbidden
            | Self::LengthNotMinimal
            | Self::LengthTopBit
            | Self::ControlFragmented
            | Self::ControlTooLong
            | Self::ContinuationUnexpected
            | Self::ContinuationExpected
            | Self::CloseBodyShort
            | Self::CloseCodeForbidden => Some(1002),
            _ => None,
        }
    }

    /// The status with which a server of ours answers such a request; `None` where only a response or a frame can
    /// break it. What the RFC asks of any server is [`Rule::asks`].
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::BareCr
            | Self::RequestLine
            | Self::Method
            | Self::Target
            | Self::VersionMalformed
            | Self::LeadingWhitespace
            | Self::ObsFold
            | Self::ColonMissing
            | Self::SpaceBeforeColon
            | Self::FieldName
            | Self::FieldValue
            | Self::HostMissing
            | Self::HostRepeated
            | Self::ContentLengthInvalid
            | Self::ContentLengthsDiffer
            | Self::ContentLengthWithTransferEncoding
            | Self::TransferCodingInOldVersion
            | Self::ChunkSize
            | Self::ChunkEnd
            | Self::Truncated
            | Self::HandshakeHttpVersion
            | Self::ConnectionMissing
            | Self::KeyMissing
            | Self::KeyInvalid => Some(400),
            Self::HandshakeMethod => Some(405),
            Self::TooLarge => Some(413),
            Self::UpgradeMissing | Self::VersionNot13 => Some(426),
            Self::HeadTooLarge => Some(431),
            Self::TransferCodingUnsupported => Some(501),
            Self::VersionUnsupported => Some(505),
            _ => None,
        }
    }
}
