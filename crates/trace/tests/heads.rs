//! Whose heads the requests have: captured, or the least that the RFCs ask; cookies and field lines of
//! one's own. Read by httparse.
#![cfg(not(target_arch = "wasm32"))]

use trace::event::{Event, Kind};
use trace::heads::{self, Caller, Preset, Unfit};
use trace::scenario::{Scenario, Transport, Workload};
use trace::sim::simulate;
use wire::Sender;

/// The field lines of a request or response.
fn lines(event: &Event) -> Vec<(String, String)> {
    let raw = event.raw.as_deref().expect("octets");
    let mut lines = [httparse::EMPTY_HEADER; 32];
    match &event.kind {
        Kind::Request { .. } => {
            assert!(httparse::Request::new(&mut lines).parse(raw).expect("head").is_complete())
        }
        _ => assert!(httparse::Response::new(&mut lines).parse(raw).expect("head").is_complete()),
    }
    let used = lines.iter().take_while(|line| !line.name.is_empty());
    used.map(|line| (line.name.to_owned(), String::from_utf8_lossy(line.value).into_owned())).collect()
}

fn heads(scenario: &Scenario, sender: Sender) -> Vec<Vec<(String, String)>> {
    let trace = simulate(scenario);
    let http = |event: &&std::rc::Rc<Event>| {
        event.key.sender == sender && matches!(event.kind, Kind::Request { .. } | Kind::Response { .. })
    };
    trace.events().iter().filter(http).map(|event| lines(event)).collect()
}

/// "Hello" and back, 64 and 43 octets: the smallest echo that HTTP/1.1 allows.
#[test]
fn the_least_is_least() {
    let caller = Caller { host: "127.0.0.1".to_owned(), preset: Preset::Minimal, ..Caller::default() };
    let request = caller.post("/echo", 5).encode().expect("encodes");
    assert_eq!(request, b"POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\n\r\n");
    assert_eq!(request.len() + 5, 64);
    let scenario = Scenario {
        lanes: vec![Transport::Persistent],
        workload: Workload::Echo,
        messages: 1,
        size: Some(5),
        preset: Preset::Minimal,
        ..Scenario::default()
    };
    let trace = simulate(&scenario);
    let answer = trace.events().iter().find(|it| matches!(it.kind, Kind::Response { .. })).expect("answer");
    assert_eq!(answer.raw.as_deref(), Some(&b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\necho "[..]));
    assert_eq!(answer.size(), Some(43));
}

/// As the browsers sent them, to these very targets; off this computer both say less.
#[test]
fn heads_have_the_sizes_that_were_captured() {
    let size = |preset, head: fn(&Caller) -> wire::Request| {
        let caller = Caller::of(&Scenario { preset, ..Scenario::default() });
        head(&caller).encode().expect("encodes").len()
    };
    let browsers = [Preset::Loopback, Preset::Lan, Preset::Firefox, Preset::FirefoxLan];
    let check = |head: fn(&Caller) -> wire::Request, sizes: [usize; 4]| {
        assert_eq!(browsers.map(|preset| size(preset, head)), sizes);
    };
    check(|caller| caller.get("/a"), [515, 330, 388, 306]);
    check(|caller| caller.post("/p?n=0", 7), [579, 394, 452, 370]);
    check(|caller| caller.post_octets("/b?n=0", 7), [539, 354, 412, 330]);
    check(|caller| caller.events("/events"), [577, 392, 450, 368]);
    check(|caller| caller.upgrade("/ws", "7l7wc6dX0VhxR+oXkKyKEg=="), [497, 487, 524, 437]);
    for preset in [Preset::Lan, Preset::FirefoxLan] {
        let lan = Caller::of(&Scenario { preset, ..Scenario::default() });
        for head in [lan.get("/a"), lan.post("/b", 1), lan.events("/c")] {
            assert_eq!(head.fields.get("Host"), Some("192.0.2.2:9081"));
            assert_eq!(head.fields.get("Origin"), Some("http://192.0.2.2:9080"));
            assert_eq!(head.fields.get("Referer"), Some("http://192.0.2.2:9080/"));
            assert_eq!(head.fields.get("Accept-Encoding"), Some("gzip, deflate"));
            assert!(head.fields.iter().all(|line| !line.name.to_lowercase().starts_with("sec-")));
        }
    }
}

/// Octet by octet what Firefox sent, the addresses and the key set back to those of the capture.
#[test]
fn firefox_speaks_as_captured() {
    for (preset, capture, host) in [
        (Preset::Firefox, include_str!("../src/heads/firefox153.txt"), "127.0.0.1"),
        (Preset::FirefoxLan, include_str!("../src/heads/firefox153-lan.txt"), "192.0.2.2"),
    ] {
        let caller = Caller {
            host: format!("{host}:9481"),
            origin: format!("http://{host}:9480"),
            ..Caller::of(&Scenario { preset, ..Scenario::default() })
        };
        let key = capture.split_once("Sec-WebSocket-Key: ").expect("a key").1.lines().next().expect("a line");
        let heads = [
            caller.get("/a"),
            caller.post("/p?n=0", 7),
            caller.post_octets("/b?n=0", 7),
            caller.events("/events"),
            caller.upgrade("/ws", key),
        ];
        let captured = capture.split("### ").skip(1).map(|part| part.split_once('\n').expect("a head").1);
        let captured: Vec<String> = captured.map(|head| head.trim_end().replace('\n', "\r\n")).collect();
        assert_eq!(captured.len(), heads.len());
        for (head, captured) in heads.iter().zip(captured) {
            let octets = head.encode().expect("encodes");
            assert_eq!(String::from_utf8_lossy(&octets), format!("{captured}\r\n\r\n"), "{preset:?}");
        }
    }
}

/// Firefox does not offer `client_max_window_bits`, so no answer may set it (RFC 7692 section 7.1.2.2).
#[test]
fn extensions_are_agreed_on_as_offered() {
    let check = |preset: Preset, offer: &str| {
        let scenario = Scenario { lanes: vec![Transport::Deflate], preset, ..Scenario::default() };
        let extensions = |sender| -> Vec<String> {
            let lines = heads(&scenario, sender).into_iter().flatten();
            let own = lines.filter(|line| line.0.eq_ignore_ascii_case("Sec-WebSocket-Extensions"));
            own.map(|line| line.1).collect()
        };
        assert_eq!(extensions(Sender::Client), [offer], "{preset:?}");
        assert_eq!(extensions(Sender::Server), ["permessage-deflate"], "{preset:?}");
        let trace = simulate(&scenario);
        let heard = trace.events().iter().filter(|event| event.kind == Kind::Delivered).count();
        assert_eq!(heard, 5, "{preset:?}");
    };
    check(Preset::Loopback, "permessage-deflate; client_max_window_bits");
    check(Preset::Minimal, "permessage-deflate; client_max_window_bits");
    check(Preset::Firefox, "permessage-deflate");
    check(Preset::FirefoxLan, "permessage-deflate");
}

/// A cookie of so many octets in each request of a browser, the opening handshake among them.
#[test]
fn cookies_have_their_size() {
    for cookie in [0, 1, 7, 8, 9, 100, 4_096] {
        for preset in Preset::ALL {
            let lanes = Transport::ALL.to_vec();
            let requests = heads(&Scenario { lanes, cookie, preset, ..Scenario::default() }, Sender::Client);
            let sizes: Vec<usize> = requests
                .iter()
                .filter(|lines| !lines.iter().any(|line| line.0 == "Content-Type" && line.1.contains("; ")))
                .filter(|lines| lines.iter().any(|line| line.0 == "Host"))
                .map(|lines| lines.iter().filter(|line| line.0 == "Cookie").map(|line| line.1.len()).sum())
                .collect();
            assert!(sizes.len() > 20 && sizes.iter().all(|&size| size == cookie as usize), "{sizes:?}");
        }
    }
}

/// A field line of one's own is in every request, and nothing else changes.
#[test]
fn added_lines_are_in_every_request() {
    let own = ("X-Class".to_owned(), "one, two".to_owned());
    let bad = ("Content-Length".to_owned(), "3".to_owned());
    for preset in Preset::ALL {
        let plain = Scenario { lanes: Transport::ALL.to_vec(), preset, ..Scenario::default() };
        let with = Scenario { extra: vec![own.clone(), bad.clone()], ..plain.clone() };
        for (plain, mut with) in heads(&plain, Sender::Client).into_iter().zip(heads(&with, Sender::Client)) {
            let at = with.iter().position(|line| *line == own);
            if let Some(at) = at {
                with.remove(at);
            }
            assert_eq!(with.len(), plain.len());
            assert_eq!(at.is_some(), plain.iter().any(|line| line.0 == "Host"), "{plain:?}");
        }
    }
}

#[test]
fn a_line_that_would_break_the_head_is_refused() {
    let check = |name: &str, value: &str| heads::check(name, value).err();
    assert_eq!(check("X-Class", "one, two"), None);
    assert_eq!(check("Authorization", "Bearer x"), None);
    assert!(matches!(check("Two Words", "x"), Some(Unfit::Broken(_))));
    assert!(matches!(check("", "x"), Some(Unfit::Broken(_))));
    assert!(matches!(check("X", "one\r\nHost: two"), Some(Unfit::Broken(_))));
    assert!(matches!(check("X", "tschüß €"), Some(Unfit::Broken(_))));
    for name in ["host", "Content-Length", "TRANSFER-ENCODING", "Sec-WebSocket-Key", "Cookie", "Proxy-X"] {
        assert_eq!(check(name, "x"), Some(Unfit::Taken(name.to_owned())));
    }
    let long = "x".repeat(heads::LONGEST);
    let refused = check("X", &long).expect("too long");
    assert_eq!(refused.to_string(), "a field line may have 1000 octets here; this has 1001");
}
