//! What a broken rule leads to: every rule says it, only what was measured is called so, and what the RFC asks is
//! told as strongly as it asks it.

use wire::{
    Rule,
    Sender::{self, Client, Server},
    Violation,
    violation::Known,
};

#[track_caller]
fn check(rule: Rule, sender: Sender, wire: &str, script: &str, known: Known) {
    let reaction = Violation { rule, sender, offset: 0 }.reaction();
    assert!(reaction.wire.contains(wire), "{}", reaction.wire);
    assert!(reaction.script.contains(script), "{}", reaction.script);
    assert_eq!(reaction.known, known);
}

/// What Chromium 156 did with each frame from a server that sends what it is told to.
#[test]
fn of_a_browser_to_frames() {
    for (rule, wire) in [
        (Rule::MaskForbidden, "1002, “Masked frame from server”"),
        (Rule::RsvSet, "1002, “Invalid reserved bit”"),
        (Rule::TextNotUtf8, "1002, “Invalid UTF-8 in text frame”"),
        (Rule::OpcodeReserved, "1002, “Unknown opcode”"),
        (Rule::ControlTooLong, "1002, “WebSocket Protocol Error”"),
        (Rule::ControlFragmented, "1002, “WebSocket Protocol Error”"),
        (Rule::LengthNotMinimal, "1002, “WebSocket Protocol Error”"),
        (Rule::LengthTopBit, "1002, “WebSocket Protocol Error”"),
        (Rule::InflateFailed, "1002, “WebSocket Protocol Error”"),
        (Rule::ContinuationUnexpected, "1002, “Unexpected continuation”"),
        (Rule::ContinuationExpected, "1002, “Previous data frame unfinished”"),
        (Rule::CloseReasonNotUtf8, "1002, “Invalid UTF-8 in Close frame”"),
        (Rule::CloseBodyShort, "1002 without a reason"),
        (Rule::CloseCodeForbidden, "1002 over 1005, 1006 and 1015"),
        (Rule::DataAfterClose, "answers the Close frame"),
    ] {
        check(rule, Server, wire, "`error`, then `close` with code 1006", Known::Measured);
    }
    check(Rule::FrameTruncated, Server, "gone", "without an `error`", Known::Measured);
    check(Rule::TooLarge, Server, "limit", "1006", Known::Standards);
}

/// What Chromium 156 did with each response.
#[test]
fn of_a_browser_to_responses() {
    for (rule, wire, script) in [
        (Rule::ObsFold, "as one, with a blank", "resolves"),
        (Rule::BareCr, "end of a line", "a field of its own"),
        (Rule::LeadingWhitespace, "passes over the line", "without that field"),
        (Rule::ColonMissing, "passes over the line", "without that field"),
        (Rule::FieldName, "passes over the line", "without that field"),
        (Rule::SpaceBeforeColon, "white space", "the field is there"),
        (Rule::FieldValue, "over a NUL", "rejects with a TypeError over a NUL"),
        (Rule::StatusLine, "guesses", "resolves"),
        (Rule::VersionMalformed, "reads on", "resolves"),
        (Rule::VersionUnsupported, "reads on", "resolves"),
        (Rule::HeadTooLarge, "closes the connection over one of 300 KiB", "rejects"),
        (Rule::ContentLengthInvalid, "until the connection ends", "resolves"),
        (Rule::ContentLengthsDiffer, "discards the response", "rejects with a TypeError"),
        (Rule::ContentLengthWithTransferEncoding, "goes by the chunks", "resolves"),
        (Rule::TransferCodingUnsupported, "leaves the rest coded", "still coded"),
        (Rule::TransferCodingInOldVersion, "passes over Transfer-Encoding", "sizes of the chunks"),
        (Rule::ChunkSize, "closes", "reading the content rejects"),
        (Rule::ChunkEnd, "closes", "reading the content rejects"),
        (Rule::SwitchUnasked, "discards the response", "rejects"),
        (Rule::AfterLastMessage, "discards it", "no request waits"),
        (Rule::Truncated, "gone", "as much of the head as came"),
    ] {
        check(rule, Server, wire, script, Known::Measured);
    }
    for rule in [
        Rule::StatusNot101,
        Rule::AcceptMissing,
        Rule::AcceptWrong,
        Rule::UpgradeMissing,
        Rule::ConnectionMissing,
        Rule::ExtensionNotOffered,
        Rule::ExtensionParameter,
        Rule::ExtensionRepeated,
        Rule::SubprotocolNotOffered,
    ] {
        check(rule, Server, "without a frame", "1006", Known::Measured);
    }
}

/// No browser breaks a rule of heads or frames, so no script sees what a server makes of it.
#[test]
fn of_a_server() {
    for (rule, wire) in [
        (Rule::MaskMissing, "Close 1002"),
        (Rule::TextNotUtf8, "Close 1007"),
        (Rule::InflateFailed, "1002 or 1007"),
        (Rule::DataAfterClose, "discarded"),
        (Rule::VersionNot13, "426"),
        (Rule::KeyMissing, "400, and no 101"),
        (Rule::VersionUnsupported, "505"),
        (Rule::HostMissing, "the connection may stay open"),
        (Rule::HostRepeated, "the connection may stay open"),
        (Rule::SpaceBeforeColon, "the connection may stay open"),
        (Rule::ObsFold, "400, or reads a blank"),
        (Rule::BareCr, "400, or reads a blank"),
        (Rule::LeadingWhitespace, "400, or passes over the line"),
        (Rule::ContentLengthWithTransferEncoding, "400, or goes by the chunks"),
        (Rule::ContentLengthsDiffer, "where the next request begins is not known"),
        (Rule::ChunkSize, "where the next request begins is not known"),
        (Rule::RequestLine, "400 and closes the connection."),
    ] {
        check(rule, Client, wire, "no script of a page can send it", Known::Standards);
    }
    check(Rule::TooLarge, Client, "413", "1009", Known::Standards);
    check(Rule::HeadTooLarge, Client, "431", "status 431", Known::Standards);
    // What only a client can break has one reaction, whoever is named.
    check(Rule::MaskMissing, Server, "Close 1002", "no script", Known::Standards);
    check(Rule::StatusLine, Client, "guesses", "resolves", Known::Measured);
}

#[track_caller]
fn asked(rule: Rule, sender: Sender, words: &str, code: Option<&str>) {
    let asks = rule.asks(sender);
    assert!(asks.contains(words), "{asks}");
    let numbers: Vec<&str> = asks.split(|it: char| !it.is_ascii_digit()).filter(|it| it.len() > 2).collect();
    let codes: Vec<&str> = numbers.into_iter().filter(|it| !RFCS.contains(it)).collect();
    assert_eq!(codes.first().copied(), code, "{asks}");
}

/// Read in RFCs 9110, 9112, 6455 and 7692: whether they say MUST, SHOULD or MAY, and which code they name.
#[test]
fn by_the_rfc() {
    asked(Rule::ContentLengthWithTransferEncoding, Client, "MAY reject the request, or go by", None);
    asked(Rule::ContentLengthWithTransferEncoding, Server, "Transfer-Encoding overrides", None);
    asked(Rule::ObsFold, Client, "MUST answer 400, or read the fold as blanks", Some("400"));
    asked(Rule::ObsFold, Server, "MUST read the fold", None);
    asked(Rule::BareCr, Client, "One of two", None);
    asked(Rule::BareCr, Server, "One of two", None);
    asked(Rule::LeadingWhitespace, Client, "One of two", None);
    asked(Rule::HostMissing, Client, "MUST answer 400.", Some("400"));
    asked(Rule::HostRepeated, Client, "MUST answer 400.", Some("400"));
    asked(Rule::SpaceBeforeColon, Client, "MUST answer 400.", Some("400"));
    asked(Rule::ContentLengthsDiffer, Client, "MUST answer 400 and close", Some("400"));
    asked(Rule::ContentLengthInvalid, Server, "MUST close the connection and discard", None);
    asked(Rule::TransferCodingUnsupported, Client, "SHOULD answer 501", Some("501"));
    asked(Rule::RequestLine, Client, "SHOULD answer 400, or 301", Some("400"));
    asked(Rule::ChunkSize, Client, "SHOULD answer 400 and close", Some("400"));
    asked(Rule::ChunkSize, Server, "MUST record the message as incomplete", None);
    asked(Rule::KeyMissing, Client, "MUST stop and answer a fitting status, such as 400", Some("400"));
    asked(Rule::VersionNot13, Client, "such as 426", Some("426"));
    asked(Rule::AcceptWrong, Server, "MUST fail the connection", None);
    asked(Rule::StatusNot101, Server, "no error by itself", None);
    asked(Rule::MaskMissing, Client, "MAY send a Close frame with code 1002", Some("1002"));
    asked(Rule::MaskForbidden, Server, "MAY use close code 1002", Some("1002"));
    asked(Rule::RsvSet, Server, "MUST fail the connection. No close code is named", Some("1002"));
    asked(Rule::TextNotUtf8, Server, "MUST fail the connection", Some("1007"));
    asked(Rule::CloseReasonNotUtf8, Server, "No close code is named", None);
    asked(Rule::InflateFailed, Server, "neither", None);
    asked(Rule::DataAfterClose, Server, "the receiver discards it", None);
    asked(Rule::ControlTooLong, Server, "what the receiver does is not said", Some("1002"));
}

const RFCS: [&str; 4] = ["9110", "9112", "6455", "7692"];
