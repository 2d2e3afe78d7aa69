//! Every rule that frames can break, and at which octet.

#[path = "support/octets.rs"]
mod octets;

use octets::hex;
use wire::{Reader, Rule, Sender, deflate::Parameters};

/// Feeds the frames; `Ok` with their number, or the rule and the offset of the octet that breaks it. Whole or octet
/// by octet, the answer is the same.
#[track_caller]
fn check(sender: Sender, frames: &str, expect: Result<usize, (Rule, u64)>) {
    let octets = hex(frames);
    for size in [octets.len().max(1), 1] {
        let mut reader = Reader::frames(sender);
        let mut got = Ok(0);
        for piece in octets.chunks(size) {
            reader.feed(piece);
            while let Some(result) = reader.poll() {
                got = match (result, got) {
                    (Ok(_), Ok(count)) => Ok(count + 1),
                    (Err(violation), _) => Err((violation.rule, violation.offset)),
                    (_, Err(_)) => panic!("something follows a violation"),
                };
            }
        }
        assert_eq!(got, expect, "in pieces of {size}");
    }
}

use Sender::{Client, Server};

#[test]
fn reserved_bits_and_opcodes() {
    check(Server, "c1 00", Err((Rule::RsvSet, 0)));
    check(Server, "a1 00", Err((Rule::RsvSet, 0)));
    check(Server, "91 00", Err((Rule::RsvSet, 0)));
    check(Server, "81 00 c9 00", Err((Rule::RsvSet, 2)));
    for opcode in [3, 4, 5, 6, 7, 11, 12, 13, 14, 15] {
        check(Server, &format!("8{opcode:x} 00"), Err((Rule::OpcodeReserved, 0)));
    }
}

#[test]
fn masks() {
    check(Client, "81 85 37fa213d 7f9f4d5158", Ok(1));
    check(Client, "81 80 00000000", Ok(1));
    check(Client, "81 05 48656c6c6f", Err((Rule::MaskMissing, 1)));
    check(Client, "81 80 00000000 89 00", Err((Rule::MaskMissing, 7)));
    check(Server, "81 85 37fa213d 7f9f4d5158", Err((Rule::MaskForbidden, 1)));
}

#[test]
fn lengths() {
    check(Server, "82 7e 007d", Err((Rule::LengthNotMinimal, 2)));
    check(Server, "82 7e 0000", Err((Rule::LengthNotMinimal, 2)));
    check(Server, "82 7f 000000000000ffff", Err((Rule::LengthNotMinimal, 2)));
    check(Server, "82 7f 0000000000000001", Err((Rule::LengthNotMinimal, 2)));
    check(Server, "82 7f 8000000000000000", Err((Rule::LengthTopBit, 2)));
    check(Server, "82 7f ffffffffffffffff", Err((Rule::LengthTopBit, 2)));
    check(Server, "82 7f 7fffffffffffffff 00", Ok(0));
}

#[test]
fn control_frames() {
    check(Server, "89 00 8a 00 88 00", Ok(3));
    check(Server, "09 00", Err((Rule::ControlFragmented, 0)));
    check(Server, "08 00", Err((Rule::ControlFragmented, 0)));
    check(Server, "89 7e", Err((Rule::ControlTooLong, 1)));
    check(Server, "88 7f", Err((Rule::ControlTooLong, 1)));
}

#[test]
fn fragments() {
    check(Server, "01 03 48656c 80 02 6c6f", Ok(2));
    check(Server, "01 00 00 00 80 00 81 00", Ok(4));
    check(Server, "01 01 48 89 00 80 01 69", Ok(3));
    check(Server, "80 00", Err((Rule::ContinuationUnexpected, 0)));
    check(Server, "81 00 80 00", Err((Rule::ContinuationUnexpected, 2)));
    check(Server, "01 00 81 00", Err((Rule::ContinuationExpected, 2)));
    check(Server, "02 00 02 00", Err((Rule::ContinuationExpected, 2)));
    check(Server, "01 00 80 00 80 00", Err((Rule::ContinuationUnexpected, 4)));
}

#[test]
fn text_is_utf8_over_its_fragments_and_fails_at_the_first_bad_octet() {
    check(Server, "81 02 c3a9", Ok(1));
    check(Server, "01 01 c3 80 01 a9", Ok(2));
    check(Server, "01 01 c3 89 00 00 00 80 01 a9", Ok(4));
    check(Server, "01 02 f09f 00 01 98 80 01 80", Ok(3));
    check(Server, "81 01 ff", Err((Rule::TextNotUtf8, 2)));
    check(Server, "81 02 c328", Err((Rule::TextNotUtf8, 3)));
    check(Server, "81 01 c3", Err((Rule::TextNotUtf8, 3)));
    check(Server, "01 01 c3 80 00", Err((Rule::TextNotUtf8, 5)));
    check(Server, "01 01 c3 80 01 28", Err((Rule::TextNotUtf8, 5)));
    // A surrogate fails at its second octet, long before the frame ends.
    check(Server, "81 7e 0fff 6162 eda080", Err((Rule::TextNotUtf8, 7)));
    check(Server, "81 7e 0fff f490", Err((Rule::TextNotUtf8, 5)));
    check(Server, "81 02 c080", Err((Rule::TextNotUtf8, 2)));
    check(Server, "82 01 ff", Ok(1));
    check(Client, "81 81 01020304 fe", Err((Rule::TextNotUtf8, 6)));
}

#[test]
fn close_bodies() {
    check(Server, "88 02 03e8", Ok(1));
    check(Server, "88 04 0bb8 c3a9", Ok(1));
    check(Server, "88 01 03", Err((Rule::CloseBodyShort, 2)));
    check(Server, "88 02 03ed", Err((Rule::CloseCodeForbidden, 2)));
    check(Server, "88 02 0000", Err((Rule::CloseCodeForbidden, 2)));
    check(Server, "88 02 1388", Err((Rule::CloseCodeForbidden, 2)));
    check(Server, "88 04 03e8 61ff", Err((Rule::CloseReasonNotUtf8, 5)));
    check(Server, "88 03 03e8 c3", Err((Rule::CloseReasonNotUtf8, 5)));
}

#[test]
fn after_a_close_frame() {
    check(Server, "88 00 89 00 88 00", Ok(3));
    check(Server, "88 00 81 00", Err((Rule::DataAfterClose, 2)));
    check(Server, "01 00 88 00 80 00", Err((Rule::DataAfterClose, 4)));
}

#[test]
fn rsv1_when_deflate_was_negotiated() {
    #[track_caller]
    fn check(frames: &str, expect: Result<usize, (Rule, u64)>) {
        let mut reader = Reader::frames(Server);
        reader.inflate_with(&Parameters::default());
        reader.feed(&hex(frames));
        let mut count = 0;
        let got = loop {
            match reader.poll() {
                Some(Ok(_)) => count += 1,
                Some(Err(violation)) => break Err((violation.rule, violation.offset)),
                None => break Ok(count),
            }
        };
        assert_eq!(got, expect);
    }
    // RFC 7692 section 7.2.3.1: "Hello", whole and in two fragments.
    check("c1 07 f248cdc9c90700", Ok(1));
    check("41 03 f248cd 80 04 c9c90700", Ok(2));
    check("81 01 ff", Err((Rule::TextNotUtf8, 2)));
    check("41 01 f2 c0 00", Err((Rule::RsvSet, 3)));
    check("c9 00", Err((Rule::RsvSet, 0)));
    check("e1 00", Err((Rule::RsvSet, 0)));
}

#[test]
fn every_rule_of_frames_has_a_close_code() {
    for (rule, code) in [
        (Rule::RsvSet, 1002),
        (Rule::MaskMissing, 1002),
        (Rule::DataAfterClose, 1002),
        (Rule::TextNotUtf8, 1007),
        (Rule::CloseReasonNotUtf8, 1007),
        (Rule::TooLarge, 1009),
    ] {
        assert_eq!(rule.close_code(), Some(code));
    }
    assert_eq!(Rule::BareCr.close_code(), None);
    assert_eq!(Rule::BareCr.status(), Some(400));
    assert_eq!(Rule::RsvSet.status(), None);
}
