//! Nothing that is a secret leaves with a file, unless it is asked for; and no length changes.
#![cfg(not(target_arch = "wasm32"))]

use interchange::json::Document;
use interchange::{Origin, Run, Secrets, pcap};
use trace::event::{Event, Key, Kind, Layer, Octets, Provenance, Source, Times};
use trace::scenario::{Scenario, Transport};
use trace::sim::simulate;
use trace::trace::{Lane, Trace};
use wire::Sender;

/// A run of one event with these octets.
fn run(kind: Kind, raw: &str) -> Run {
    let sender = if matches!(kind, Kind::Request { .. }) { Sender::Client } else { Sender::Server };
    let event = Event {
        key: Key { run: 1, lane: 0, connection: 0, sender, unit: 0 },
        layer: Layer::Http,
        source: Source::Wire,
        kind,
        times: Times::moment(5, Provenance::Witnessed),
        octets: Octets { framing: raw.len() as u64, ..Octets::default() },
        raw: Some(raw.as_bytes().into()),
        unknown: Vec::new(),
        carries: Vec::new(),
    };
    let lanes = vec![Lane::from(Transport::Persistent)];
    let trace = Trace::witnessed(lanes, vec![event.clone()], vec![event], 0);
    let scenario = Scenario { lanes: vec![Transport::Persistent], ..Scenario::default() };
    Run { scenario, trace, origin: Origin::Live("a server".to_owned()) }
}

/// What of a run is written, with JSON as the witness, which holds all there is.
fn written(run: &Run, secrets: Secrets) -> Run {
    Document::of(run, secrets).try_into().expect("a document is a run")
}

#[test]
fn each_secret_is_replaced_by_as_many_asterisks() {
    let check = |head: &str, expect: &str| {
        let kind = match head.split(' ').collect::<Vec<_>>().as_slice() {
            [method, target, ..] if !head.starts_with("HTTP") => {
                Kind::Request { method: (*method).to_owned(), target: (*target).to_owned() }
            }
            _ => Kind::Response { status: 200 },
        };
        let whole = run(kind, head);
        let stripped = written(&whole, Secrets::Stripped);
        let witnesses = stripped.trace.witnesses().iter();
        for event in stripped.trace.events().iter().map(|event| &**event).chain(witnesses) {
            let raw = event.raw.as_deref().expect("octets");
            assert_eq!(String::from_utf8_lossy(raw), expect);
            assert_eq!(raw.len(), head.len());
            if let Kind::Request { target, .. } = &event.kind {
                assert_eq!(expect.split(' ').nth(1), Some(target.as_str()));
            }
        }
        assert_eq!(written(&whole, Secrets::Kept), whole);
        assert_eq!(
            Document::of(&whole, Secrets::Stripped).secrets,
            Secrets::Stripped,
            "the file says what was done"
        );
    };
    check(
        "GET / HTTP/1.1\r\nHost: a\r\nCookie: a=b; c=d\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nCookie: ********\r\n\r\n",
    );
    check(
        "GET / HTTP/1.1\r\ncookie:\ta=b \r\nAUTHORIZATION:Basic eDp5\r\n\r\n",
        "GET / HTTP/1.1\r\ncookie:\t*** \r\nAUTHORIZATION:**********\r\n\r\n",
    );
    check(
        "HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nSet-Cookie: c=d; Secure\r\nX: y\r\n\r\nCookie: no head",
        "HTTP/1.1 200 OK\r\nSet-Cookie: ***\r\nSet-Cookie: ***********\r\nX: y\r\n\r\nCookie: no head",
    );
    check(
        "GET /a?after=2&access_token=abc&n=1 HTTP/1.1\r\nProxy-Authorization: x\r\n\r\n",
        "GET /a?after=2&access_token=***&n=1 HTTP/1.1\r\nProxy-Authorization: *\r\n\r\n",
    );
    check(
        "GET /a?ApiKey=a%20b&X-Amz-Signature=0f&%74oken=t;sessionId=1 HTTP/1.1\r\n\r\n",
        "GET /a?ApiKey=*****&X-Amz-Signature=**&%74oken=*;sessionId=* HTTP/1.1\r\n\r\n",
    );
    check(
        "HTTP/1.1 302 Found\r\nLocation: https://a/cb#auth=xyz&n=2\r\nLink: <b?password=p>; rel=next\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: https://a/cb#auth=***&n=2\r\nLink: <b?password=*>; rel=next\r\n\r\n",
    );
    check(
        "GET /?secret HTTP/1.1\r\nReferer: http://a/?secret=1\r\n\r\n",
        "GET /?secret HTTP/1.1\r\nReferer: http://a/?secret=*\r\n\r\n",
    );
    // Cut off, without any end of a line, or nothing at all: nothing to be read, and nothing goes wrong.
    check("GET /?token=a", "GET /?token=*");
    check("HTTP/1.1 200 OK\nCookie: a\n", "HTTP/1.1 200 OK\nCookie: *\n");
    check("HTTP/1.1", "HTTP/1.1");
}

#[test]
fn what_the_visitor_added_is_replaced_too() {
    let extra = vec![("Authorization".to_owned(), "Bearer abc".to_owned()), ("X".to_owned(), "y".to_owned())];
    let scenario = Scenario { extra, cookie: 40, ..Scenario::default() };
    let run = Run { trace: simulate(&scenario), scenario, origin: Origin::Simulated };
    let text = serde_json::to_string(&Document::of(&run, Secrets::Stripped)).expect("JSON");
    assert!(!text.contains("Bearer"), "{text:.400}");
    let stripped = written(&run, Secrets::Stripped);
    assert_eq!(stripped.scenario.extra[1], run.scenario.extra[1]);
    let octets = |run: &Run| run.trace.events().iter().map(|event| event.octets).collect::<Vec<_>>();
    assert_eq!(octets(&stripped), octets(&run), "no length changes");
}

#[test]
fn a_capture_says_what_was_done() {
    let whole = run(
        Kind::Request { method: "GET".to_owned(), target: "/?token=abc".to_owned() },
        "GET /?token=abc HTTP/1.1\r\nHost: a\r\nCookie: secret=1\r\n\r\n",
    );
    let check = |secrets: Secrets, expect: &str, holds: bool| {
        let file = pcap::write(&whole, secrets).file;
        let holds_it = |text: &str| file.windows(text.len()).any(|octets| octets == text.as_bytes());
        assert!(holds_it(expect));
        assert_eq!((holds_it("secret=1"), holds_it("token=abc")), (holds, holds));
    };
    check(Secrets::Stripped, "replaced by asterisks", false);
    check(Secrets::Kept, "as they were sent", true);
}
