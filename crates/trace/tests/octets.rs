//! The octets that the simulator sends are what independent readers take for HTTP and WebSocket, and
//! the ledger counts just these. The heads are those of the capture, but for the lines that are set.
#![cfg(not(target_arch = "wasm32"))]

use std::io::Cursor;

use trace::event::{Event, Kind};
use trace::heads::{Caller, Preset};
use trace::ledger::Account;
use trace::scenario::{Network, Scenario, Transport, Workload};
use trace::sim::simulate;
use tungstenite::protocol::frame::{FrameHeader, coding::OpCode};
use wire::deflate::Inflater;
use wire::{Opcode, Sender};

/// What an independent reader finds in one unit: its content, unmasked.
fn read(event: &Event, inflater: &mut Inflater) -> Vec<u8> {
    let raw = event.raw.as_deref().expect("the simulator knows every octet");
    let mut lines = [httparse::EMPTY_HEADER; 32];
    match &event.kind {
        Kind::Request { method, target } => {
            let mut head = httparse::Request::new(&mut lines);
            let length = head.parse(raw).expect("a request").unwrap();
            assert_eq!((head.method, head.path, head.version), (Some(&**method), Some(&**target), Some(1)));
            content(head.headers, raw, length)
        }
        Kind::Response { status } => {
            let mut head = httparse::Response::new(&mut lines);
            let length = head.parse(raw).expect("a response").unwrap();
            assert_eq!((head.code, head.version), (Some(*status), Some(1)));
            content(head.headers, raw, length)
        }
        Kind::Frame { opcode, code } => {
            let mut octets = Cursor::new(raw);
            let (header, length) = FrameHeader::parse(&mut octets).expect("a frame").expect("a whole header");
            let payload = &raw[octets.position() as usize..];
            assert_eq!(payload.len() as u64, length);
            assert!(header.is_final && !header.rsv2 && !header.rsv3);
            assert_eq!(u8::from(header.opcode), u8::from(*opcode));
            assert_eq!(header.mask.is_some(), event.key.sender == Sender::Client, "only clients mask");
            let payload = unmasked(payload, header.mask.unwrap_or_default());
            let carried = code.map(|code| code.to_be_bytes().to_vec());
            assert!(*opcode != Opcode::Close || carried.as_ref() == Some(&payload));
            if header.opcode == OpCode::Control(tungstenite::protocol::frame::coding::Control::Close) {
                return Vec::new();
            }
            if header.rsv1 { inflater.inflate(&payload).expect("DEFLATE") } else { payload }
        }
        Kind::Chunk => {
            let (size, length) = httparse::parse_chunk_size(raw).expect("a chunk").unwrap();
            let data = raw[size..].strip_suffix(b"\r\n").expect("the end of a chunk");
            assert_eq!(data.len() as u64, length);
            let event = data.strip_suffix(b"\n\n").expect("the end of an event");
            let id = event.iter().position(|&octet| octet == b'\n').expect("two lines");
            assert!(event.starts_with(b"id: ") && event[4..id].iter().all(u8::is_ascii_digit));
            event[id + 1..].strip_prefix(b"data: ").expect("data").to_vec()
        }
        other => panic!("{other:?} has octets"),
    }
}

/// What follows a head, which must be as long as its `Content-Length` says.
fn content(lines: &[httparse::Header<'_>], raw: &[u8], head: usize) -> Vec<u8> {
    let length = lines.iter().find(|line| line.name.eq_ignore_ascii_case("content-length"));
    let length = length.map_or(0, |line| String::from_utf8_lossy(line.value).parse().expect("a number"));
    assert_eq!(raw.len() - head, length);
    raw[head..].to_vec()
}

fn unmasked(payload: &[u8], key: [u8; 4]) -> Vec<u8> {
    payload.iter().zip(key.iter().cycle()).map(|(octet, key)| octet ^ key).collect()
}

fn check(scenario: &Scenario) {
    let trace = simulate(scenario);
    for lane in 0..scenario.lanes.len() {
        let mut counted = [(0, 0); 2];
        let mut inflaters = [Inflater::new(false), Inflater::new(false)];
        let deflates = scenario.lanes[lane] == Transport::Deflate;
        for event in trace.lane(lane) {
            let Some(raw) = event.raw.as_deref() else {
                assert_eq!(event.octets.on_connection(), 0, "{event:?}");
                continue;
            };
            let place = usize::from(event.key.sender == Sender::Server);
            let content = read(event, &mut inflaters[place]);
            let texts: Vec<&str> = event.carries.iter().map(|message| &*message.text).collect();
            let plain = texts.join("\n");
            let encoded = event.kind == Kind::Chunk && scenario.binary;
            let expect = if encoded { wire::handshake::base64(plain.as_bytes()) } else { plain };
            assert_eq!(String::from_utf8(content).expect("UTF-8"), expect);
            let mut payload: usize = texts.iter().map(|text| text.len()).sum();
            if deflates && payload > 0 {
                // What crosses the connection for a message is what is left of it.
                let header = 2 + if place == 0 { 4 } else { 0 };
                payload = event.octets.payload as usize;
                assert!(raw.len() >= payload + header && raw.len() <= payload + header + 8);
            }
            assert_eq!(event.octets.payload, payload as u64);
            assert_eq!(event.octets.on_connection(), raw.len() as u64);
            let segments = (raw.len() as u64).div_ceil(1_460);
            assert_eq!(event.octets.tcp_ip, 40 * segments);
            assert!(event.unknown.is_empty());
            let side = &mut counted[place];
            *side = (side.0 + payload as u64, side.1 + raw.len() as u64);
        }
        let account = Account::at(&trace, lane, trace.end());
        let [up, down] = [account.up, account.down].map(|side| (side.payload, side.on_connection()));
        assert_eq!([up, down], counted);
        assert_eq!(account.on_connections(), counted[0].1 + counted[1].1);
    }
}

#[test]
fn every_unit_is_read_by_others() {
    for workload in [Workload::Chat, Workload::Echo, Workload::Page] {
        for size in [None, Some(1), Some(125), Some(126), Some(1_460), Some(65_535), Some(65_536)] {
            for (poll, messages, binary) in [(1_000_000, 5, false), (60_000_000, 20, true)] {
                let network = Network { round_trip: 40_000, kilobits: 10_000, ..Network::default() };
                let lanes = Transport::ALL.to_vec();
                let preset = if binary { Preset::Lan } else { Preset::Loopback };
                check(&Scenario {
                    lanes,
                    network,
                    workload,
                    size,
                    poll,
                    messages,
                    binary,
                    preset,
                    ..Scenario::default()
                });
            }
        }
    }
}

/// The opening handshake: the server's answer is what tungstenite derives from the client's nonce.
#[test]
fn the_handshake_is_accepted() {
    for seed in [0, 1, 2, u64::MAX] {
        let scenario = Scenario { lanes: vec![Transport::WebSocket], seed, ..Scenario::default() };
        let trace = simulate(&scenario);
        let field = |wanted: fn(&Kind) -> bool, name: &str| {
            let event = trace.lane(0).find(|event| wanted(&event.kind)).expect("handshake");
            let head = String::from_utf8(event.raw.as_deref().expect("octets").to_vec()).expect("ASCII");
            let line = head.lines().find(|line| line.to_lowercase().starts_with(name)).expect("field line");
            line.split_once(": ").expect("a value").1.to_owned()
        };
        let key = field(|kind| matches!(kind, Kind::Request { .. }), "sec-websocket-key");
        let accept = field(|kind| matches!(kind, Kind::Response { .. }), "sec-websocket-accept");
        assert_eq!(accept, tungstenite::handshake::derive_accept_key(key.as_bytes()));
    }
}

/// Every frame has a masking key of its own (RFC 6455 section 5.3), and another seed gives others.
#[test]
fn masking_keys_do_not_repeat() {
    let keys = |seed| -> Vec<Vec<u8>> {
        let lanes = vec![Transport::WebSocket];
        let trace = simulate(&Scenario { lanes, seed, messages: 100, ..Scenario::default() });
        let own = trace.lane(0).filter(|event| event.key.sender == Sender::Client);
        let frames = own.filter(|event| matches!(event.kind, Kind::Frame { .. }));
        frames.map(|event| event.raw.as_deref().expect("octets")[2..6].to_vec()).collect()
    };
    let mut all = [keys(1), keys(2)].concat();
    let count = all.len();
    all.sort();
    all.dedup();
    assert_eq!((all.len(), count), (82, 82));
}

/// One head of the capture as lines, next to the same head as [`Caller`] gives it.
fn check_head(title: &str, ours: &wire::Request, differ: &[&str]) {
    let captured: Vec<&str> = CAPTURE
        .lines()
        .skip_while(|line| !line.starts_with(&format!("### {title}")))
        .skip(1)
        .take_while(|line| !line.is_empty())
        .collect();
    let octets = ours.encode().expect("encodes");
    let head = String::from_utf8(octets).expect("ASCII");
    let mut lines = [httparse::EMPTY_HEADER; 32];
    let mut parsed = httparse::Request::new(&mut lines);
    assert!(parsed.parse(head.as_bytes()).expect("a request").is_complete());
    let ours: Vec<&str> = head.trim_end().split("\r\n").collect();
    let name = |line: &&str| line.split(':').next().unwrap_or_default().to_owned();
    let kept = |line: &&&str| !differ.contains(&&*name(line));
    let (ours, captured) = (&ours[1..], &captured[1..]);
    let [ours_kept, captured_kept] =
        [ours, captured].map(|head| head.iter().filter(kept).collect::<Vec<_>>());
    assert_eq!(ours_kept, captured_kept, "{title}");
    // What differs stands where it stood, unless it is gone altogether.
    let [ours, captured] = [ours, captured].map(|head| head.iter().map(name).collect::<Vec<_>>());
    let still: Vec<_> = captured.into_iter().filter(|name| ours.contains(name)).collect();
    assert_eq!(ours, still, "{title}");
}

#[test]
fn heads_are_the_captured_ones() {
    let caller =
        Caller { host: "chat.test:1".to_owned(), origin: "http://page.test".to_owned(), ..Caller::default() };
    check_head("fetch GET cross-origin", &caller.get("/news?after=0"), &["Host", "Origin", "Referer"]);
    check_head(
        "fetch POST json",
        &caller.post("/say?n=0", 12),
        &["Host", "Origin", "Referer", "Content-Length", "content-type"],
    );
    check_head(
        "WebSocket handshake (",
        &caller.upgrade("/ws", "AAAAAAAAAAAAAAAAAAAAAA=="),
        &["Host", "Origin", "Cookie", "Sec-WebSocket-Key"],
    );
}

/// The lines that are set say what was asked for.
#[test]
fn heads_say_whom_they_ask() {
    let caller =
        Caller { host: "chat.test:1".to_owned(), origin: "http://page.test".to_owned(), ..Caller::default() };
    let check = |head: wire::Request, expect: &[(&str, Option<&str>)]| {
        for (name, value) in expect {
            assert_eq!(head.fields.get(name), *value, "{name} of {}", head.target);
        }
    };
    let who = [
        ("Host", Some("chat.test:1")),
        ("Origin", Some("http://page.test")),
        ("Referer", Some("http://page.test/")),
    ];
    check(caller.get("/a"), &who);
    check(caller.post("/b", 12), &who);
    check(
        caller.post("/b", 12),
        &[("Content-Length", Some("12")), ("Content-Type", Some("text/plain;charset=UTF-8"))],
    );
    check(caller.upgrade("/c", "nonce"), &[who[0], who[1], ("Referer", None), ("Cookie", None)]);
    check(
        caller.upgrade("/c", "nonce"),
        &[("Sec-WebSocket-Key", Some("nonce")), ("Upgrade", Some("websocket"))],
    );
}

/// As it was captured; kept beside the codec's own tests.
const CAPTURE: &str = include_str!("../../wire/tests/fixtures/chromium156-raw.txt");
