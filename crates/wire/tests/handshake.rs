//! The opening handshake, judged by either side.
#![allow(clippy::unwrap_used, reason = "a test may")]

use wire::{Request, Response, Rule, Version, handshake};

const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";

/// What the server finds wrong, and the status with which it answers.
#[track_caller]
fn check(change: impl FnOnce(&mut Request), expect: Option<(Rule, u16)>) {
    let mut request = handshake::open("localhost:9080", "/ws", KEY);
    change(&mut request);
    let got = handshake::check_request(&request).err();
    assert_eq!(got.map(|refusal| (refusal.rule, refusal.response().status)), expect);
    if let Some(refusal) = got {
        assert_eq!(refusal.rule.status(), Some(refusal.response().status));
    }
}

#[test]
fn requests() {
    check(|_| {}, None);
    check(|r| r.fields.set("Upgrade", "h2c, WebSocket"), None);
    check(|r| r.fields.set("Connection", "keep-alive, upgrade"), None);
    check(|r| r.method = "POST".into(), Some((Rule::HandshakeMethod, 405)));
    check(|r| r.version = Version::Http10, Some((Rule::HandshakeHttpVersion, 400)));
    check(|r| r.fields.remove("Host"), Some((Rule::HostMissing, 400)));
    check(|r| r.fields.remove("Upgrade"), Some((Rule::UpgradeMissing, 426)));
    check(|r| r.fields.set("Upgrade", "websockets"), Some((Rule::UpgradeMissing, 426)));
    check(|r| r.fields.remove("Connection"), Some((Rule::ConnectionMissing, 400)));
    check(|r| r.fields.set("Connection", "keep-alive"), Some((Rule::ConnectionMissing, 400)));
    check(|r| r.fields.remove("Sec-WebSocket-Version"), Some((Rule::VersionNot13, 426)));
    check(|r| r.fields.set("Sec-WebSocket-Version", "8"), Some((Rule::VersionNot13, 426)));
    check(|r| r.fields.remove("Sec-WebSocket-Key"), Some((Rule::KeyMissing, 400)));
    check(|r| r.fields.push("Sec-WebSocket-Key", KEY), Some((Rule::KeyInvalid, 400)));
    for key in ["", "abc", "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25jZXM=", "dGhlIHNhbXBsZSBub25j*Q=="] {
        check(|r| r.fields.set("Sec-WebSocket-Key", key), Some((Rule::KeyInvalid, 400)));
    }
}

#[test]
fn a_refusal_for_the_version_names_the_right_one() {
    let mut request = handshake::open("a", "/", KEY);
    request.fields.set("Sec-WebSocket-Version", "7");
    let response = handshake::check_request(&request).unwrap_err().response();
    assert_eq!(response.fields.get("Sec-WebSocket-Version"), Some("13"));
    assert!(response.encode().is_ok());
}

#[test]
fn responses() {
    #[track_caller]
    fn check(change: impl FnOnce(&mut Response), expect: Result<(), Rule>) {
        let request = handshake::open("a", "/", KEY);
        let offer = handshake::check_request(&request).unwrap();
        let mut response = handshake::accept(&offer);
        change(&mut response);
        let offered = ["permessage-deflate; client_max_window_bits"];
        let got = handshake::check_response(&response, KEY, &["chat", "soup"], &offered);
        assert_eq!(got.map(|_| ()), expect);
    }
    check(|_| {}, Ok(()));
    check(|r| r.fields.push("Sec-WebSocket-Protocol", "soup"), Ok(()));
    check(|r| r.fields.push("Sec-WebSocket-Extensions", "permessage-deflate"), Ok(()));
    check(|r| r.fields.set("Upgrade", "WebSocket"), Ok(()));
    check(|r| r.status = 200, Err(Rule::StatusNot101));
    check(|r| r.status = 403, Err(Rule::StatusNot101));
    check(|r| r.fields.remove("Upgrade"), Err(Rule::UpgradeMissing));
    check(|r| r.fields.set("Upgrade", "h2c"), Err(Rule::UpgradeMissing));
    check(|r| r.fields.remove("Connection"), Err(Rule::ConnectionMissing));
    check(|r| r.fields.remove("Sec-WebSocket-Accept"), Err(Rule::AcceptMissing));
    check(|r| r.fields.set("Sec-WebSocket-Accept", KEY), Err(Rule::AcceptWrong));
    check(|r| r.fields.push("Sec-WebSocket-Accept", "x"), Err(Rule::AcceptWrong));
    check(|r| r.fields.push("Sec-WebSocket-Extensions", "x-shout"), Err(Rule::ExtensionNotOffered));
    let chosen = |parameters: &'static str| {
        move |r: &mut Response| {
            let element = format!("permessage-deflate{parameters}");
            r.fields.push("Sec-WebSocket-Extensions", element);
        }
    };
    check(chosen("; server_max_window_bits=10; client_max_window_bits=9"), Ok(()));
    check(chosen("; client_max_window_bits"), Err(Rule::ExtensionParameter));
    check(chosen("; mystery=1"), Err(Rule::ExtensionParameter));
    check(chosen(", permessage-deflate"), Err(Rule::ExtensionRepeated));
    check(|r| r.fields.push("Sec-WebSocket-Protocol", "Chat"), Err(Rule::SubprotocolNotOffered));
    check(|r| r.fields.push("Sec-WebSocket-Protocol", "chat, soup"), Err(Rule::SubprotocolNotOffered));
}

#[test]
fn nothing_offered_means_nothing_may_be_chosen() {
    let none: [&str; 0] = [];
    let offer = handshake::check_request(&handshake::open("a", "/", KEY)).unwrap();
    let response = handshake::accept(&offer);
    assert_eq!(handshake::check_response(&response, KEY, &none, &none), Ok(None));
    let response = response.with("Sec-WebSocket-Protocol", "chat");
    let got = handshake::check_response(&response, KEY, &none, &none);
    assert_eq!(got, Err(Rule::SubprotocolNotOffered));
}
