//! Refusals name what would be accepted. How offers and answers are judged is told by `cases/handshake.txt`.
#![allow(clippy::unwrap_used, reason = "a test may")]

use wire::handshake;

#[test]
fn a_refusal_for_the_version_names_the_right_one() {
    let mut request = handshake::open("a", "/", "dGhlIHNhbXBsZSBub25jZQ==");
    request.fields.set("Sec-WebSocket-Version", "7");
    let response = handshake::check_request(&request).unwrap_err().response();
    assert_eq!(response.fields.get("Sec-WebSocket-Version"), Some("13"));
    assert!(response.encode().is_ok());
}
