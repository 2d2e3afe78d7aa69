use tongue::{say, word};

use super::{Known, Reaction};
use crate::Rule;

impl Rule {
    /// What a browser does.
    pub(super) fn by_server(&self) -> Reaction {
        let (wire, script) = match self {
            // HTTP
            Self::ObsFold => (
                word!("Chromium reads the folded line as one, with a blank between."),
                word!("`fetch` resolves; the field’s value holds the blank."),
            ),
            Self::BareCr => (
                word!("Chromium takes the carriage return for the end of a line."),
                word!("`fetch` resolves; what follows the carriage return is a field of its own."),
            ),
            Self::LeadingWhitespace | Self::ColonMissing | Self::FieldName => {
                (word!("Chromium passes over the line."), word!("`fetch` resolves, without that field."))
            }
            Self::SpaceBeforeColon => (
                word!("Chromium passes over the white space."),
                word!("`fetch` resolves, and the field is there."),
            ),
            Self::FieldValue => (
                word!("Chromium closes the connection over a NUL; it keeps other control characters."),
                word!("`fetch` rejects with a TypeError over a NUL; else it resolves."),
            ),
            Self::StatusLine => (
                word!(
                    "Chromium guesses: without a number it takes 200, and it takes a number of any length as it stands."
                ),
                word!("`fetch` resolves with the status that was guessed."),
            ),
            Self::VersionMalformed | Self::VersionUnsupported => (
                word!("Chromium reads on as if it were a version that it speaks."),
                word!("`fetch` resolves."),
            ),
            Self::HeadTooLarge => (
                word!(
                    "Chromium reads a head of 100 KiB, and closes the connection over one of 300 KiB: the limit is its own."
                ),
                word!("`fetch` rejects with a TypeError where the head is too large for Chromium."),
            ),
            Self::ContentLengthInvalid => (
                word!(
                    "Chromium passes over the length and reads until the connection ends, though the RFC asks it to discard the response."
                ),
                word!("`fetch` resolves, with the content."),
            ),
            Self::ContentLengthWithTransferEncoding => (
                word!("Chromium goes by the chunks and passes over Content-Length."),
                word!("`fetch` resolves with the status and the content of the chunks."),
            ),
            Self::TransferCodingUnsupported => (
                word!(
                    "Chromium undoes chunked alone and leaves the rest coded; without chunked it reads until the connection ends."
                ),
                word!("`fetch` resolves; the content is still coded."),
            ),
            Self::TransferCodingInOldVersion => (
                word!("Chromium passes over Transfer-Encoding here and reads until the connection ends."),
                word!("`fetch` resolves; the sizes of the chunks stand in the content."),
            ),
            Self::ChunkSize | Self::ChunkEnd => (
                word!("Chromium closes the connection."),
                word!("`fetch` has resolved with the head; reading the content rejects with a TypeError."),
            ),
            Self::RequestLine
            | Self::Method
            | Self::Target
            | Self::HostMissing
            | Self::HostRepeated
            | Self::ContentLengthsDiffer
            | Self::SwitchUnasked => (
                word!("Chromium closes the connection and discards the response."),
                word!("`fetch` rejects with a TypeError that does not say why."),
            ),
            Self::AfterLastMessage => (
                word!("The client discards it: the connection is at its end."),
                word!("Nothing: no request waits for it."),
            ),
            Self::Truncated => (
                word!("Nothing: the connection is gone."),
                word!(
                    "`fetch` resolves with as much of the head as came, if its first line did; reading content that ends early rejects with a TypeError."
                ),
            ),
            // The opening handshake
            Self::StatusNot101
            | Self::AcceptMissing
            | Self::AcceptWrong
            | Self::SubprotocolNotOffered
            | Self::HandshakeMethod
            | Self::HandshakeHttpVersion
            | Self::UpgradeMissing
            | Self::ConnectionMissing
            | Self::KeyMissing
            | Self::KeyInvalid
            | Self::VersionNot13
            | Self::ExtensionNotOffered
            | Self::ExtensionParameter
            | Self::ExtensionRepeated => (
                word!("The browser closes the connection without a frame: nothing was opened yet."),
                word!(
                    "`error`, then `close` with code 1006 and wasClean false: the same for every cause, so that no script can probe a network."
                ),
            ),
            // Frames
            Self::MaskForbidden | Self::MaskMissing => {
                (word!("Chromium sends Close 1002, “Masked frame from server”."), BROKEN)
            }
            Self::RsvSet => (word!("Chromium sends Close 1002, “Invalid reserved bit”."), BROKEN),
            Self::OpcodeReserved => (word!("Chromium sends Close 1002, “Unknown opcode”."), BROKEN),
            Self::LengthNotMinimal
            | Self::LengthTopBit
            | Self::ControlFragmented
            | Self::ControlTooLong
            | Self::InflateFailed => {
                (word!("Chromium sends Close 1002, “WebSocket Protocol Error”."), BROKEN)
            }
            Self::ContinuationUnexpected => {
                (word!("Chromium sends Close 1002, “Unexpected continuation”."), BROKEN)
            }
            Self::ContinuationExpected => {
                (word!("Chromium sends Close 1002, “Previous data frame unfinished”."), BROKEN)
            }
            Self::TextNotUtf8 => (
                word!(
                    "Chromium sends Close 1002, “Invalid UTF-8 in text frame”, though 1007 is meant for it."
                ),
                BROKEN,
            ),
            Self::CloseReasonNotUtf8 => {
                (word!("Chromium sends Close 1002, “Invalid UTF-8 in Close frame”."), BROKEN)
            }
            Self::CloseBodyShort => (word!("Chromium sends Close 1002 without a reason."), BROKEN),
            Self::CloseCodeForbidden => (
                word!(
                    "Chromium sends Close 1002 over 1005, 1006 and 1015. It takes any other code as it is."
                ),
                word!(
                    "`error`, then `close` with code 1006 and wasClean false; for any other code `close` with that code, and clean."
                ),
            ),
            Self::DataAfterClose => (
                word!("Chromium answers the Close frame with its own, and discards what follows."),
                word!(
                    "`error`, then `close` with code 1006 and wasClean false, though a Close frame had come."
                ),
            ),
            Self::FrameTruncated => (
                word!("Nothing: the connection is gone."),
                word!("`close` with code 1006 and wasClean false, without an `error`."),
            ),
            Self::TooLarge => {
                let wire = say(word!(
                    "The limit is the receiver's own. One that has it discards the response, or sends Close 1009."
                ));
                let script = say(word!(
                    "`fetch` or the reading of its content rejects with a TypeError; a WebSocket gets `error`, then `close` with code 1006."
                ));
                return Reaction { wire, script, known: Known::Standards };
            }
        };
        Reaction { wire: say(wire), script: say(script), known: Known::Measured }
    }
}

const BROKEN: &str =
    word!("`error`, then `close` with code 1006 and wasClean false: the code that was sent stays hidden.");
