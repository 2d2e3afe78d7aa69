//! What a broken rule leads to: every rule says it, and only what was measured is called so.

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

#[test]
fn of_a_browser_to_frames() {
    check(Rule::MaskForbidden, Server, "1002, “Masked frame from server”", "1006", Known::Measured);
    check(Rule::RsvSet, Server, "1002, “Invalid reserved bit”", "1006", Known::Measured);
    check(Rule::TextNotUtf8, Server, "1002, “Invalid UTF-8 in text frame”", "1006", Known::Measured);
    check(Rule::OpcodeReserved, Server, "1002", "1006", Known::Standards);
    check(Rule::CloseBodyShort, Server, "1002", "`error`", Known::ScriptMeasured);
}

#[test]
fn of_a_server_to_frames() {
    check(Rule::MaskMissing, Client, "Close 1002", "1002 and wasClean true", Known::Standards);
    check(Rule::MaskMissing, Server, "Close 1002", "1002 and wasClean true", Known::Standards);
    check(Rule::TextNotUtf8, Client, "Close 1007", "1007", Known::Standards);
    check(Rule::InflateFailed, Client, "Close 1007", "1007", Known::Standards);
    check(Rule::TooLarge, Client, "413", "1009", Known::Standards);
}

#[test]
fn to_http_and_handshakes() {
    check(Rule::AcceptWrong, Server, "without a frame", "1006", Known::ScriptMeasured);
    check(Rule::AcceptMissing, Server, "without a frame", "1006", Known::Standards);
    check(Rule::VersionNot13, Client, "426", "1006", Known::Standards);
    check(Rule::KeyMissing, Client, "400, and no 101", "1006", Known::Standards);
    check(Rule::HostMissing, Client, "400", "status 400", Known::Standards);
    check(Rule::VersionUnsupported, Client, "505", "status 505", Known::Standards);
    check(Rule::ContentLengthInvalid, Server, "discards", "TypeError", Known::Standards);
    check(Rule::ChunkSize, Server, "closes", "reading the content", Known::Standards);
    check(Rule::StatusLine, Client, "discards", "TypeError", Known::Standards);
}
