//! What permessage-deflate may be offered and answered with (RFC 7692 section 7.1).
#![allow(clippy::unwrap_used, reason = "a test may")]

use wire::{
    Rule,
    Sender::{self, Client, Server},
    deflate::{ParameterError as E, Parameters},
};

const NONE: Parameters = Parameters {
    server_no_context_takeover: false,
    client_no_context_takeover: false,
    server_max_window_bits: None,
    client_max_window_bits: None,
};

#[track_caller]
fn reads(element: &str, sender: Sender, expect: Parameters) {
    assert_eq!(Parameters::parse(element, sender), Ok(expect));
    let again = if sender == Client { expect.offer() } else { expect.to_string() };
    assert_eq!(Parameters::parse(&again, sender), Ok(expect), "{again}");
}

#[test]
fn parameters() {
    reads("permessage-deflate", Client, NONE);
    reads(
        "permessage-deflate; client_max_window_bits",
        Client,
        Parameters { client_max_window_bits: Some(15), ..NONE },
    );
    let all = Parameters {
        server_no_context_takeover: true,
        client_no_context_takeover: true,
        server_max_window_bits: Some(8),
        client_max_window_bits: Some(12),
    };
    let text = "permessage-deflate; server_no_context_takeover; client_no_context_takeover; \
                server_max_window_bits=8; client_max_window_bits=12";
    assert_eq!(all.to_string(), text);
    reads(text, Server, all);
    reads(text, Client, all);
    reads(
        "permessage-deflate ;\tserver_max_window_bits = \"1\\0\"",
        Server,
        Parameters { server_max_window_bits: Some(10), ..NONE },
    );
    let offer = Parameters { client_max_window_bits: Some(15), ..NONE }.offer();
    assert_eq!(offer, "permessage-deflate; client_max_window_bits");
}

#[test]
fn what_is_wrong_with_them() {
    #[track_caller]
    fn check(rest: &str, expect: E) {
        let element = format!("permessage-deflate; {rest}");
        assert_eq!(Parameters::parse(&element, Server), Err(expect));
    }
    const SERVER: &str = "server_max_window_bits";
    const CLIENT: &str = "client_max_window_bits";
    check("x=1", E::Unknown("x".into()));
    check("", E::Unknown(String::new()));
    check("Server_max_window_bits=9", E::Unknown("Server_max_window_bits".into()));
    check("server_max_window_bits=9; server_max_window_bits=9", E::Repeated(SERVER.into()));
    check(
        "client_no_context_takeover; client_no_context_takeover",
        E::Repeated("client_no_context_takeover".into()),
    );
    check(CLIENT, E::ValueMissing(CLIENT));
    check("server_no_context_takeover=1", E::ValueUnexpected("server_no_context_takeover"));
    for value in ["", "7", "16", "08", "+9", "9.0", "x", "\"9", "115"] {
        check(&format!("{SERVER}={value}"), E::ValueInvalid(SERVER));
    }
    let missing = Parameters::parse("permessage-deflate; server_max_window_bits", Client);
    assert_eq!(missing, Err(E::ValueMissing(SERVER)));
    assert_eq!(Parameters::parse("x-webkit-deflate-frame", Client), Err(E::Extension));
}

#[test]
fn the_server_chooses() {
    #[track_caller]
    fn check(offers: &[&str], wish: Parameters, expect: Option<&str>) {
        let answer = Parameters::choose(offers, &wish);
        assert_eq!(answer.map(|answer| answer.to_string()).as_deref(), expect);
        if let Some(answer) = expect {
            assert!(Parameters::agreed(&[answer], offers).unwrap().is_some());
        }
    }
    let small = Parameters { server_max_window_bits: Some(10), client_max_window_bits: Some(9), ..NONE };
    check(&[], NONE, None);
    check(&["x"], NONE, None);
    let chromium = "permessage-deflate; client_max_window_bits";
    check(&[chromium], NONE, Some("permessage-deflate"));
    check(
        &[chromium],
        small,
        Some("permessage-deflate; server_max_window_bits=10; client_max_window_bits=9"),
    );
    check(&["permessage-deflate"], small, Some("permessage-deflate; server_max_window_bits=10"));
    check(
        &["permessage-deflate; server_max_window_bits=9; server_no_context_takeover"],
        small,
        Some("permessage-deflate; server_no_context_takeover; server_max_window_bits=9"),
    );
    // An offer that cannot be taken is passed over, and the next one is looked at.
    check(
        &["permessage-deflate; server_max_window_bits=8", "permessage-deflate"],
        NONE,
        Some("permessage-deflate"),
    );
    check(&["permessage-deflate; mystery", "permessage-deflate"], NONE, Some("permessage-deflate"));
    check(&["permessage-deflate; server_max_window_bits=20"], NONE, None);
}

#[test]
fn the_client_checks() {
    #[track_caller]
    fn check(offer: &str, answer: &[&str], expect: Result<bool, Rule>) {
        assert_eq!(Parameters::agreed(answer, &[offer]).map(|it| it.is_some()), expect);
    }
    const PLAIN: &str = "permessage-deflate";
    let bits = "permessage-deflate; client_max_window_bits=10";
    check(PLAIN, &[], Ok(false));
    check(PLAIN, &["x"], Ok(false));
    check(PLAIN, &[PLAIN], Ok(true));
    check(PLAIN, &["permessage-deflate; server_max_window_bits=8; client_no_context_takeover"], Ok(true));
    check(PLAIN, &[bits], Err(Rule::ExtensionParameter));
    check(PLAIN, &[PLAIN, PLAIN], Err(Rule::ExtensionRepeated));
    check(PLAIN, &["permessage-deflate; client_max_window_bits"], Err(Rule::ExtensionParameter));
    check(bits, &["permessage-deflate; client_max_window_bits=11"], Err(Rule::ExtensionParameter));
    check(bits, &["permessage-deflate; client_max_window_bits=8"], Ok(true));
    let narrow = "permessage-deflate; server_max_window_bits=10; server_no_context_takeover";
    check(narrow, &[narrow], Ok(true));
    check(narrow, &[PLAIN], Err(Rule::ExtensionParameter));
    check(narrow, &["permessage-deflate; server_max_window_bits=10"], Err(Rule::ExtensionParameter));
    check(
        narrow,
        &["permessage-deflate; server_no_context_takeover; server_max_window_bits=11"],
        Err(Rule::ExtensionParameter),
    );
    check("permessage-deflate; mystery", &[PLAIN], Err(Rule::ExtensionNotOffered));
}
