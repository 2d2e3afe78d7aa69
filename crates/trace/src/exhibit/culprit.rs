use wire::Rule;

use super::Exhibit;

/// The field that breaks a rule: the one that the rule is about, or the one at the octet where reading
/// stopped.
pub(super) fn field(exhibit: &Exhibit, rule: Rule, octet: usize) -> Option<usize> {
    let named = |name: &str| exhibit.fields.iter().position(|span| span.name.eq_ignore_ascii_case(name));
    let set = |name: &&str| named(name).is_some_and(|at| exhibit.fields[at].value == "1");
    let place = match rule {
        Rule::RsvSet => ["RSV1", "RSV2", "RSV3"].iter().find(|name| set(name)).and_then(|name| named(name)),
        Rule::MaskMissing | Rule::MaskForbidden => named("MASK"),
        Rule::OpcodeReserved
        | Rule::ContinuationUnexpected
        | Rule::ContinuationExpected
        | Rule::DataAfterClose => named("Opcode"),
        Rule::ControlFragmented => named("FIN"),
        Rule::ControlTooLong | Rule::TooLarge => named("Payload length"),
        Rule::LengthNotMinimal | Rule::LengthTopBit => named("Extended payload length"),
        Rule::InflateFailed | Rule::TextNotUtf8 => named("Payload data"),
        Rule::AcceptWrong => named("Sec-WebSocket-Accept"),
        Rule::ExtensionNotOffered | Rule::ExtensionParameter => named("Sec-WebSocket-Extensions"),
        Rule::SubprotocolNotOffered => named("Sec-WebSocket-Protocol"),
        Rule::UpgradeMissing => named("Upgrade").or_else(|| named(END)),
        Rule::ConnectionMissing => named("Connection").or_else(|| named(END)),
        // What is missing is missing where the head ends.
        Rule::AcceptMissing | Rule::HostMissing | Rule::KeyMissing => named(END),
        Rule::KeyInvalid => named("Sec-WebSocket-Key"),
        Rule::VersionNot13 => named("Sec-WebSocket-Version"),
        Rule::StatusNot101 | Rule::SwitchUnasked => named("Status code"),
        Rule::HandshakeMethod => named("Method"),
        Rule::HostRepeated => exhibit.fields.iter().rposition(|span| span.name.eq_ignore_ascii_case("Host")),
        Rule::ContentLengthWithTransferEncoding | Rule::ContentLengthInvalid => named("Content-Length"),
        Rule::ContentLengthsDiffer => {
            exhibit.fields.iter().rposition(|span| span.name.eq_ignore_ascii_case("Content-Length"))
        }
        Rule::TransferCodingUnsupported | Rule::TransferCodingInOldVersion => named("Transfer-Encoding"),
        _ => None,
    };
    place.or_else(|| exhibit.field_at(octet)).or_else(|| exhibit.fields.len().checked_sub(1))
}

const END: &str = "Empty line";
