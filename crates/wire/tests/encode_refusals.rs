//! What encode refuses, so that no value can break out of its line.
#![allow(clippy::unwrap_used, reason = "a test may")]

use wire::{CloseCode, EncodeError, Frame, Request, Response};

#[track_caller]
fn check<T: std::fmt::Debug + PartialEq>(got: Result<T, EncodeError>, expect: EncodeError) {
    assert_eq!(got, Err(expect));
}

#[test]
fn requests() {
    for method in ["", "G T", "GET\r\n", "G\0T", "G\u{e9}T"] {
        check(Request::new(method, "/").encode(), EncodeError::Method(method.into()));
    }
    for target in ["", "/a b", "/\r\nX: y", "/\0", "/\u{e9}"] {
        check(Request::new("GET", target).encode(), EncodeError::Target(target.into()));
    }
    for name in ["", "X:", "X Y", "X\r\n", "\u{e9}"] {
        check(Request::new("GET", "/").with(name, "y").encode(), EncodeError::FieldName(name.into()));
    }
    for value in ["a\r\nX: y", "a\r", "a\n", "a\0", "\u{7f}", "\u{100}", "\u{1f980}"] {
        check(Request::new("GET", "/").with("X", value).encode(), EncodeError::FieldValue("X".into()));
    }
}

#[test]
fn responses() {
    for status in [0, 99, 1000] {
        check(Response::new(status, "").encode(), EncodeError::Status(status));
    }
    for reason in ["a\r\n", "a\0", "\u{20ac}"] {
        check(Response::new(200, reason).encode(), EncodeError::Reason(reason.into()));
    }
}

#[test]
fn control_frames() {
    assert!(Frame::ping(&[0; 125]).is_ok());
    check(Frame::ping(&[0; 126]), EncodeError::ControlTooLong(126));
    check(Frame::pong(&[0; 200]), EncodeError::ControlTooLong(200));
    assert!(Frame::close(Some(CloseCode::NORMAL), &"a".repeat(123)).is_ok());
    check(Frame::close(Some(CloseCode::NORMAL), &"a".repeat(124)), EncodeError::ControlTooLong(126));
    check(Frame::close(Some(CloseCode::NORMAL), &"\u{e9}".repeat(62)), EncodeError::ControlTooLong(126));
    check(Frame::close(None, "why"), EncodeError::ReasonWithoutCode);
    for code in [0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535] {
        check(Frame::close(Some(CloseCode(code)), ""), EncodeError::CloseCode(CloseCode(code)));
    }
}

#[test]
fn octets_outside_ascii_pass_in_values_and_reasons() {
    let request = Request::new("GET", "/").with("X", "caf\u{e9}\t\u{80}");
    assert_eq!(request.encode().unwrap(), b"GET / HTTP/1.1\r\nX: caf\xe9\t\x80\r\n\r\n");
    assert_eq!(Response::new(200, "\u{e4}").encode().unwrap(), b"HTTP/1.1 200 \xe4\r\n\r\n");
}
