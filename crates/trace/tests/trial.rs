//! The fault lab: its rows, what it makes of a tap, and what of a script's sights.
#![cfg(not(target_arch = "wasm32"))]

use trace::doctor::Symptom;
use trace::live::{Chunk, ConnectionTap, Fault, LaneTap, Speaker};
use trace::trial::{Engine, Sight, carried, rows, symptom};

/// What each side writes, in order; times are the places.
fn tap(chunks: &[(Speaker, &[u8])], ended: [Option<u64>; 2], reset: bool) -> LaneTap {
    let chunk = |(at, (from, octets)): (u64, &(Speaker, &[u8]))| Chunk {
        from: *from,
        at: 100 + at,
        octets: octets.to_vec(),
    };
    let connection = ConnectionTap {
        connection: 0,
        opened_by: Speaker::You,
        accepted: 90,
        client_ended: ended[0],
        server_ended: ended[1],
        reset,
        held: 0,
        chunks: (0..).zip(chunks).map(chunk).collect(),
        far: Vec::new(),
        dropped: 0,
    };
    LaneTap { lane: 0, zero: None, connections: vec![connection] }
}

/// All lines; those that do not count in brackets.
fn check(tap: &LaneTap, expected: &[&str]) {
    let found = carried(tap);
    let line = |counts: bool, line: &str| if counts { line.to_owned() } else { format!("[{line}]") };
    let lines: Vec<String> = found.iter().map(|it| line(it.counts, &it.line)).collect();
    assert_eq!(lines, expected);
    for it in &found {
        let Some((dissection, place)) = &it.unit else { continue };
        let title = dissection.exhibits[*place].title();
        assert!(it.line.contains(&title), "{} shows {title}", it.line);
    }
}

const GET: &[u8] = b"GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
const SWITCH: &[u8] = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
/// Close 1002 with a reason, and a Ping; masked with zeros.
const COMPLAINT: &[u8] = b"\x88\x84\0\0\0\0\x03\xeaNo";
const PING: &[u8] = b"\x89\x80\0\0\0\0";

#[test]
fn the_other_direction_goes_on_after_a_broken_rule() {
    use Speaker::{Server, You};
    check(
        &tap(
            &[
                (You, GET),
                (Server, SWITCH),
                (You, PING),
                (Server, b"\x8a\x00"),
                (Server, b"\xc1\x05Hello"),
                (You, COMPLAINT),
            ],
            [Some(108), Some(107)],
            false,
        ),
        &[
            "1 → Request GET /ws",
            "1 ← Response 101 Switching Protocols",
            "[1 → Ping frame]",
            "[1 ← Pong frame]",
            "1 ← Text frame, which breaks a rule",
            "1 → Close frame, 1002 “No”",
            "1 ← end",
            "[1 → end]",
        ],
    );
    // In one write with the 101, and the complaint in two reads.
    let at_once = [SWITCH, b"\x81\x85\0\0\0\0Hello"].concat();
    check(
        &tap(
            &[(You, GET), (Server, &at_once), (You, &COMPLAINT[..3]), (You, &COMPLAINT[3..])],
            [None, None],
            false,
        ),
        &[
            "1 → Request GET /ws",
            "1 ← Response 101 Switching Protocols",
            "1 ← Text frame, “Hello”, which breaks a rule",
            "1 → Close frame, 1002 “No”",
        ],
    );
}

#[test]
fn what_else_may_cross_a_port() {
    use Speaker::{Server, You};
    check(&tap(&[], [None, Some(100)], true), &["1 ← reset"]);
    check(&tap(&[], [None, None], false), &["1 accepted, and nothing said"]);
    check(
        &tap(&[(Server, b"220 mail\r\n"), (You, GET)], [None, Some(110)], false),
        &["1 ← Response head that breaks a rule", "1 → Request GET /ws", "1 ← end"],
    );
    let wrong = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
    check(
        &tap(&[(You, GET), (Server, wrong), (You, COMPLAINT)], [None, None], false),
        &[
            "1 → Request GET /ws",
            "1 ← Response 101 Switching Protocols, which breaks a rule",
            "1 → Close frame, 1002 “No”",
        ],
    );
    let short = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nfour";
    check(
        &tap(&[(You, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"), (Server, short)], [None, Some(110)], false),
        &["1 → Request GET /", "1 ← Response 200 OK, without its end", "1 ← end"],
    );
    assert_eq!(carried(&LaneTap { lane: 0, zero: None, connections: Vec::new() }), []);
}

#[test]
fn how_it_looks_to_a_doctor() {
    use Sight::{Answered, Asked, BrokeOff, Error, Heard, HungUp, Late, Opened, Rejected, Said, Thrown};
    let close = |code| Sight::Closed { code, reason: String::new(), clean: code != 1006 };
    let said = || Said("Hello".to_owned());
    let heard = || Heard("Hello".to_owned());
    let asked = || Asked("first".to_owned());
    for (sights, expected) in [
        (vec![Thrown("SecurityError".to_owned())], Symptom::Thrown),
        (vec![Error, close(1006)], Symptom::NotOpened),
        (vec![HungUp, Error, close(1006)], Symptom::Late),
        (vec![HungUp, Late], Symptom::Late),
        (vec![Opened, said(), Error, close(1006)], Symptom::Closed(1006)),
        (vec![Opened, said(), close(4000)], Symptom::Closed(4000)),
        (vec![Opened, said(), heard(), close(1006)], Symptom::Closed(1006)),
        (vec![Opened, said(), HungUp, Late], Symptom::Unanswered),
        (vec![Opened, HungUp, close(1006)], Symptom::Unanswered),
        (vec![Opened, said(), heard(), HungUp, close(1000)], Symptom::Sound),
        (vec![asked(), Answered { status: 200, content: String::new() }], Symptom::Answered(200)),
        (vec![asked(), BrokeOff(200)], Symptom::BrokeOff(200)),
        (vec![asked(), Rejected], Symptom::Rejected),
        (vec![asked(), Late], Symptom::Late),
    ] {
        let timed: Vec<(u64, Sight)> = (0..).zip(sights).collect();
        assert_eq!(symptom(&timed), expected, "{timed:?}");
    }
}

#[test]
fn every_fault_has_one_row() {
    let rows = rows();
    assert!(rows.len() >= 14);
    let all = Fault::all();
    for fault in &all {
        assert_eq!(rows.iter().filter(|row| row.fault == *fault).count(), 1, "{fault:?}");
    }
    for row in &rows {
        assert!(all.contains(&row.fault), "{}", row.name);
        assert_eq!(rows.iter().filter(|it| it.name == row.name).count(), 1, "{}", row.name);
        assert!(row.why.ends_with('.') && row.source.url.starts_with("https://"), "{}", row.name);
        for engine in [Engine::Chromium, Engine::Firefox] {
            assert!(!row.script.by(engine).is_empty(), "{}", row.name);
        }
    }
}
