//! `httparse` reads the same heads and chunk sizes, field by field, and refuses the same ones, but for the
//! [`DIFFERENCES`] that are meant.
#![cfg(not(target_arch = "wasm32"))]

#[path = "support/difference.rs"]
mod difference;
#[path = "support/given.rs"]
mod given;

use difference::{Difference, survey};
use httparse::Status;
use proptest::prelude::*;
use wire::{Decoded, Decoder, Fields, Rule, Sender, Version, parse_request, parse_response};

type Compared = Result<Option<&'static str>, TestCaseError>;

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

fn requests(octets: &[u8]) -> Compared {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut theirs = httparse::Request::new(&mut headers);
    let outcome = theirs.parse(octets);
    match (parse_request(octets), outcome) {
        (Ok(Some((request, consumed))), Ok(Status::Complete(length))) => {
            prop_assert_eq!(consumed, length);
            prop_assert_eq!(Some(request.method.as_str()), theirs.method);
            prop_assert_eq!(Some(request.target.as_str()), theirs.path);
            prop_assert_eq!(Some(request.version), version(theirs.version));
            prop_assert_eq!(request.fields, fields(theirs.headers));
            Ok(None)
        }
        (Ok(None), Ok(Status::Partial)) | (Err(_), Err(_)) => Ok(None),
        (Ok(None), Err(_)) => Ok(Some(HOPELESS)),
        (Err(violation), Ok(_)) if is_beyond(violation.rule) => Ok(Some(FRAMING)),
        (Err(violation), Ok(_)) if violation.rule == Rule::Target && !octets.is_ascii() => Ok(Some(TARGET)),
        (ours, theirs) => Err(TestCaseError::fail(format!("wire: {ours:?}\nhttparse: {theirs:?}"))),
    }
}

fn responses(octets: &[u8]) -> Compared {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut theirs = httparse::Response::new(&mut headers);
    let outcome = theirs.parse(octets);
    match (parse_response(octets), outcome) {
        (Ok(Some((response, consumed))), Ok(Status::Complete(length))) => {
            prop_assert_eq!(consumed, length);
            prop_assert_eq!(Some(response.status), theirs.code);
            prop_assert_eq!(Some(response.version), version(theirs.version));
            prop_assert_eq!(response.fields, fields(theirs.headers));
            if response.reason.is_ascii() {
                prop_assert_eq!(Some(response.reason.as_str()), theirs.reason);
                return Ok(None);
            }
            prop_assert_eq!(theirs.reason, Some(""));
            Ok(Some(REASON))
        }
        (Ok(None), Ok(Status::Partial)) | (Err(_), Err(_)) => Ok(None),
        (Ok(None), Err(_)) => Ok(Some(HOPELESS)),
        (Err(violation), Ok(_)) if is_beyond(violation.rule) => Ok(Some(FRAMING)),
        (Err(_), Ok(_)) if octets.starts_with(b"\n") || octets.starts_with(b"\r\n") => Ok(Some(EMPTY_LINE)),
        (ours, theirs) => Err(TestCaseError::fail(format!("wire: {ours:?}\nhttparse: {theirs:?}"))),
    }
}

/// The first chunk-size line of a content.
fn sizes(line: &[u8]) -> Compared {
    let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let mut decoder = Decoder::new(Sender::Server);
    decoder.feed(&[head, line].concat());
    let digits = line.iter().take_while(|octet| octet.is_ascii_hexdigit()).count();
    let events: Vec<Decoded> = std::iter::from_fn(|| decoder.poll()).skip(1).take(1).collect();
    match (events.as_slice(), httparse::parse_chunk_size(line)) {
        ([Decoded::Chunk { octets }], Ok(Status::Complete((length, size)))) => {
            prop_assert_eq!(octets.len(), length);
            // The size is told by what may follow.
            let empty =
                matches!(decoder.poll(), None | Some(Decoded::Trailers { .. } | Decoded::Violation(_)));
            prop_assert!(size > 0 || empty);
            Ok(None)
        }
        ([], Ok(Status::Partial)) | ([Decoded::Violation(_)], Err(_)) => Ok(None),
        ([_], Err(_)) if line.starts_with(b"0") && digits > 16 => Ok(Some(ZEROS)),
        ([], Err(_)) if digits > 16 => Ok(Some(ZEROS)),
        ([Decoded::Violation(_)], Ok(Status::Partial)) if line == b"\r" => Ok(Some(NO_SIZE)),
        ([Decoded::Violation(violation)], Ok(_)) if violation.rule == Rule::ChunkSize => {
            let at = (violation.offset - head.len() as u64) as usize;
            match line.get(at) {
                _ if digits == 0 => Ok(Some(NO_SIZE)),
                Some(0..=0x1F | 0x7F) => Ok(Some(EXTENSION)),
                other => Err(TestCaseError::fail(format!("wire refuses {other:?}"))),
            }
        }
        (ours, theirs) => Err(TestCaseError::fail(format!("wire: {ours:?}\nhttparse: {theirs:?}"))),
    }
}

/// Heads that are good, changed a little, or made of the octets that matter; and chunk sizes.
fn inputs() -> impl Strategy<Value = (Kind, Vec<u8>)> {
    let of = |kind: Kind| move |octets: Vec<u8>| (kind, octets);
    let lines = "([a:]|[ \t\r\n]|\r\n|Host: a\r\n|Content-Length: 1\r\n){0,12}(\r\n\r\n|\n\n|\n\r\n)";
    let start = "(GET|P|) ?/? ?(HTTP/1[.][01]|HTTP/2.0)?\r?\n?";
    let odd = |start: &'static str| {
        (start, lines).prop_map(|(start, lines)| format!("{start}{lines}").into_bytes())
    };
    prop_oneof![
        4 => given::mutated(given::request_octets()).prop_map(of(Kind::Request)),
        4 => given::mutated(given::response_octets()).prop_map(of(Kind::Response)),
        1 => odd(start).prop_map(of(Kind::Request)),
        1 => odd("GET / HTTP/1.1\r\nHost: a\r\n").prop_map(of(Kind::Request)),
        1 => given::mutated(Just("GET /\u{e9} HTTP/1.1\r\nHost: a\r\n\r\n".into())).prop_map(of(Kind::Request)),
        1 => odd("(\r\n|\n)?HTTP/1.1 200( |)(OK|)").prop_map(of(Kind::Response)),
        2 => "0{0,3}[0-9a-fA-F]{0,17}[ \t]{0,2}(;[ -~\t\u{0}\u{7f}]{0,6})?[ 0-9x]?(\r\n|\r|\n|)".prop_map(|line| (Kind::Size, line.into_bytes())),
    ]
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Request,
    Response,
    Size,
}

fn compare((kind, octets): (Kind, Vec<u8>)) -> Compared {
    match kind {
        Kind::Request => requests(&octets),
        Kind::Response => responses(&octets),
        Kind::Size => sizes(&octets),
    }
}

#[test]
fn every_difference_is_listed_and_occurs() {
    survey(&DIFFERENCES, inputs(), compare);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn good_requests(request in given::request()) {
        let octets = request.encode().expect("valid");
        prop_assert_eq!(requests(&octets)?, None);
        prop_assert!(parse_request(&octets).is_ok());
    }

    #[test]
    fn good_responses(response in given::response()) {
        let octets = response.encode().expect("valid");
        prop_assert!(matches!(responses(&octets)?, None | Some(REASON)));
        prop_assert!(parse_response(&octets).is_ok());
    }

    #[test]
    fn random_inputs(input in inputs()) {
        compare(input)?;
    }
}

const EMPTY_LINE: &str = "an empty line before a response";
const TARGET: &str = "octets outside ASCII in a request-target";
const FRAMING: &str = "Host, lengths or transfer codings that contradict";
const REASON: &str = "a reason phrase outside ASCII";
const HOPELESS: &str = "a line at fault that is not complete";
const NO_SIZE: &str = "a chunk without a size";
const ZEROS: &str = "a chunk size of more than 16 digits, the first ones 0";
const EXTENSION: &str = "control characters in a chunk extension";

const DIFFERENCES: [Difference; 8] = [
    Difference { name: EMPTY_LINE, rfc: "RFC 9112 section 2.2", theirs: "skipped", ours: "refused" },
    Difference { name: TARGET, rfc: "RFC 9112 section 3.2", theirs: "taken if UTF-8", ours: "refused" },
    Difference {
        name: FRAMING,
        rfc: "RFC 9112 sections 3.2 and 6.3",
        theirs: "left to the caller",
        ours: "refused",
    },
    Difference { name: REASON, rfc: "RFC 9112 section 4", theirs: "given empty", ours: "given as Latin-1" },
    Difference {
        name: HOPELESS,
        rfc: "RFC 9112 section 2.2",
        theirs: "refused at once",
        ours: "refused once complete",
    },
    Difference { name: NO_SIZE, rfc: "RFC 9112 section 7.1", theirs: "taken for 0", ours: "refused" },
    Difference {
        name: ZEROS,
        rfc: "RFC 9112 section 7.1",
        theirs: "refused",
        ours: "taken, as it fits 64 bits",
    },
    Difference { name: EXTENSION, rfc: "RFC 9112 section 7.1.1", theirs: "passed over", ours: "refused" },
];
