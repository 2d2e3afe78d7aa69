//! Which close codes may be sent, and by whom.

use wire::{CloseBody, CloseCode, Rule, Sender};

#[track_caller]
fn check(codes: impl IntoIterator<Item = u16>, client: bool, server: bool, script: bool) {
    for code in codes {
        let code = CloseCode(code);
        assert_eq!(code.may_send(Sender::Client), client, "{code} from a client");
        assert_eq!(code.may_send(Sender::Server), server, "{code} from a server");
        assert_eq!(code.script_may_send(), script, "{code} from a script");
        assert!(!code.meaning().is_empty());
    }
}

#[test]
fn ranges_of_rfc_6455_section_7_4() {
    check(0..1000, false, false, false);
    check([1000], true, true, true);
    check([1001, 1002, 1003, 1007, 1008, 1009, 1011, 1012, 1013, 1014], true, true, false);
    check([1010], true, false, false);
    check([1004, 1005, 1006, 1015], false, false, false);
    check(1016..3000, false, false, false);
    check(3000..5000, true, true, true);
    check([5000, 9999, u16::MAX], false, false, false);
}

#[test]
fn bodies() {
    let none = CloseBody { code: None, reason: String::new() };
    assert_eq!(CloseBody::parse(b""), Ok(none));
    assert_eq!(CloseBody::parse(b"\x03"), Err(Rule::CloseBodyShort));
    let bye = CloseBody { code: Some(CloseCode::GOING_AWAY), reason: "bye".into() };
    assert_eq!(CloseBody::parse(b"\x03\xe9bye"), Ok(bye));
    assert_eq!(CloseBody::parse(b"\x03\xed"), Err(Rule::CloseCodeForbidden));
    assert_eq!(CloseBody::parse(b"\x03\xe8\xff"), Err(Rule::CloseReasonNotUtf8));
}
