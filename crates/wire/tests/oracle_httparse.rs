//! `httparse` reads the same heads, and refuses the same ones. Where the two differ on purpose:
//!
//! | Input | httparse | wire | Why |
//! |---|---|---|---|
//! | empty lines before a response | skips them | refuses | RFC 9112 section 2.2 grants that to requests only |
//! | octets outside ASCII in a request-target | takes UTF-8 | refuses | RFC 9112 section 3.2, RFC 3986 section 2 |
//! | `Host` missing or doubled, lengths that contradict | does not look | refuses | RFC 9112 sections 3.2 and 6.3 |
//! | a reason phrase outside ASCII | gives an empty one | gives Latin-1 | RFC 9112 section 4: obs-text |
//! | control characters in a request-target | refuses at once | refuses once the line is complete | the same in the end |
#![cfg(not(target_arch = "wasm32"))]

#[path = "support/given.rs"]
mod given;

use proptest::prelude::*;
use wire::{Fields, Rule, Version, parse_request, parse_response};

fn version(minor: Option<u8>) -> Option<Version> {
    match minor {
        Some(0) => Some(Version::Http10),
        Some(1) => Some(Version::Http11),
        _ => None,
    }
}

fn fields(headers: &[httparse::Header<'_>]) -> Fields {
    let latin1 = |octets: &[u8]| octets.iter().copied().map(char::from).collect::<String>();
    headers.iter().map(|line| wire::FieldLine { name: line.name.into(), value: latin1(line.value) }).collect()
}

/// Rules that httparse leaves to its caller.
fn is_beyond(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::HostMissing
            | Rule::HostRepeated
            | Rule::ContentLengthInvalid
            | Rule::ContentLengthsDiffer
            | Rule::ContentLengthWithTransferEncoding
            | Rule::TransferCodingInOldVersion
            | Rule::TransferCodingUnsupported
    )
}

fn compare_requests(octets: &[u8]) -> Result<(), TestCaseError> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut theirs = httparse::Request::new(&mut headers);
    let outcome = theirs.parse(octets);
    match (parse_request(octets), outcome) {
        (Ok(Some((request, consumed))), Ok(httparse::Status::Complete(length))) => {
            prop_assert_eq!(consumed, length);
            prop_assert_eq!(Some(request.method.as_str()), theirs.method);
            prop_assert_eq!(Some(request.target.as_str()), theirs.path);
            prop_assert_eq!(Some(request.version), version(theirs.version));
            prop_assert_eq!(request.fields, fields(theirs.headers));
        }
        // A line that is not complete yet may be hopeless already.
        (Ok(None), Ok(httparse::Status::Partial) | Err(_)) => {}
        (Err(_), Err(_)) => {}
        (Err(violation), Ok(_)) if is_beyond(violation.rule) => {}
        (Err(violation), Ok(_)) if violation.rule == Rule::Target && !octets.is_ascii() => {}
        (ours, theirs) => prop_assert!(false, "wire: {:?}\nhttparse: {:?}", ours, theirs),
    }
    Ok(())
}

fn compare_responses(octets: &[u8]) -> Result<(), TestCaseError> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut theirs = httparse::Response::new(&mut headers);
    let outcome = theirs.parse(octets);
    match (parse_response(octets), outcome) {
        (Ok(Some((response, consumed))), Ok(httparse::Status::Complete(length))) => {
            prop_assert_eq!(consumed, length);
            prop_assert_eq!(Some(response.status), theirs.code);
            prop_assert_eq!(Some(response.version), version(theirs.version));
            if response.reason.is_ascii() {
                prop_assert_eq!(Some(response.reason.as_str()), theirs.reason);
            }
            prop_assert_eq!(response.fields, fields(theirs.headers));
        }
        (Ok(None), Ok(httparse::Status::Partial) | Err(_)) => {}
        (Err(_), Err(_)) => {}
        (Err(violation), Ok(_)) if is_beyond(violation.rule) => {}
        (Err(_), Ok(_)) if octets.starts_with(b"\n") || octets.starts_with(b"\r\n") => {}
        (ours, theirs) => prop_assert!(false, "wire: {:?}\nhttparse: {:?}", ours, theirs),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn requests(request in given::request()) {
        let octets = request.encode().expect("valid");
        compare_requests(&octets)?;
        prop_assert!(parse_request(&octets).is_ok());
    }

    #[test]
    fn responses(response in given::response()) {
        let octets = response.encode().expect("valid");
        compare_responses(&octets)?;
        prop_assert!(parse_response(&octets).is_ok());
    }

    #[test]
    fn mutated_requests(octets in given::mutated(given::request_octets())) {
        compare_requests(&octets)?;
    }

    #[test]
    fn mutated_responses(octets in given::mutated(given::response_octets())) {
        compare_responses(&octets)?;
    }

    #[test]
    fn lines_of_odd_octets(start in "(GET|P|) ?/? ?(HTTP/1[.][01]|HTTP/2.0)?\r?\n?", lines in "([a:]|[ \t\r\n]|\r\n){0,12}", end in "(\r\n\r\n|\n\n|\n\r\n)") {
        compare_requests(format!("{start}{lines}{end}").as_bytes())?;
        compare_responses(format!("HTTP/1.1 200{lines}{end}").as_bytes())?;
        compare_requests(format!("GET / HTTP/1.1\r\nHost: a\r\n{lines}{end}").as_bytes())?;
        compare_responses(format!("HTTP/1.1 200 OK\r\n{lines}{end}").as_bytes())?;
    }
}
