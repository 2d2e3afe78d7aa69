//! Each fault as a row: what a raw client does, and exactly what the wire shows it. The tap must have
//! seen the same.
#![allow(clippy::unwrap_used)]

#[path = "support/client.rs"]
mod client;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::time::Duration;

use Step::{Connect, End, Ended, Receive, Refused, Reset, Send};
use client::{Client, Run, ask, companion, octets, status, text};
use companion::Running;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use trace::live::{Fault, Speaker};

/// What happens next on the wire.
enum Step {
    /// Another connection than before.
    Connect,
    /// Nobody listens.
    Refused,
    /// The client sends this.
    Send(Vec<u8>),
    /// Exactly this comes.
    Receive(Vec<u8>),
    /// The client ends its direction.
    End,
    /// The server ends its direction, and nothing comes before that.
    Ended,
    /// The connection is reset, and nothing comes before that.
    Reset,
}

/// What crossed one connection.
#[derive(Default, Debug, PartialEq)]
struct Seen {
    sent: Vec<u8>,
    received: Vec<u8>,
    reset: bool,
}

async fn open(front: SocketAddr, fault: &Fault) -> Run {
    let plan = json!({ "fault": fault }).to_string();
    let answer = ask(front, "POST", "/faults", plan.as_bytes()).await;
    assert_eq!(status(&answer), 200, "{}", text(&answer));
    let ticket: trace::live::Ticket = serde_json::from_slice(&answer.content).unwrap();
    let lanes = ticket.lanes.iter().map(|lane| SocketAddr::new(front.ip(), lane.port)).collect();
    Run { front, number: ticket.run, lanes }
}

/// Plays `steps` on the fault's port and compares with the tap.
async fn check(running: &Running, fault: Fault, steps: Vec<Step>) {
    let run = open(running.address(), &fault).await;
    let mut seen: Vec<Seen> = Vec::new();
    let mut streams: Vec<TcpStream> = Vec::new();
    for step in steps {
        if matches!(step, Connect) {
            streams.push(TcpStream::connect(run.lanes[0]).await.unwrap());
            seen.push(Seen::default());
            continue;
        }
        if matches!(step, Refused) {
            let error = TcpStream::connect(run.lanes[0]).await.unwrap_err();
            assert_eq!(error.kind(), std::io::ErrorKind::ConnectionRefused, "{fault:?}");
            continue;
        }
        let (stream, seen) = (streams.last_mut().unwrap(), seen.last_mut().unwrap());
        match step {
            Send(octets) => {
                stream.write_all(&octets).await.unwrap();
                seen.sent.extend(octets);
            }
            Receive(expected) => {
                let mut octets = vec![0; expected.len()];
                timeout(PATIENCE, stream.read_exact(&mut octets)).await.expect("in time").unwrap();
                assert_eq!(show(&octets), show(&expected), "{fault:?}");
                seen.received.extend(octets);
            }
            End => stream.shutdown().await.unwrap(),
            Ended => {
                let read = timeout(PATIENCE, stream.read(&mut [0; 64])).await.expect("in time");
                assert_eq!(read.unwrap(), 0, "{fault:?}");
                let _ = stream.shutdown().await;
            }
            Reset => {
                let read = timeout(PATIENCE, stream.read(&mut [0; 64])).await.expect("in time");
                assert_eq!(read.unwrap_err().kind(), std::io::ErrorKind::ConnectionReset, "{fault:?}");
                seen.reset = true;
            }
            Connect | Refused => {}
        }
    }
    run.end().await;
    let tap = run.tap().await;
    let tapped: Vec<Seen> = (0..tap.lanes[0].connections.len())
        .map(|n| Seen {
            sent: octets(&tap, 0, n, Speaker::You),
            received: octets(&tap, 0, n, Speaker::Server),
            reset: tap.lanes[0].connections[n].reset,
        })
        .collect();
    assert_eq!(tapped, seen, "{fault:?}");
}

/// Octets as text, so that a failure can be read.
fn show(octets: &[u8]) -> String {
    octets.escape_ascii().to_string()
}

/// The opening handshake with the key of RFC 6455 section 1.3.
fn handshake() -> Step {
    Send(format!(
        "GET /ws HTTP/1.1\r\nHost: localhost\r\nOrigin: {ORIGIN}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    .into_bytes())
}

/// The answer to it, with other last lines than it should have.
fn switched_with(lines: &str) -> Step {
    let start = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";
    Receive(format!("{start}{lines}\r\n").into_bytes())
}

fn switched() -> Step {
    switched_with(&format!("{ACCEPT}\r\n"))
}

fn post(content: &str) -> Step {
    let length = content.len();
    let head =
        format!("POST /echo HTTP/1.1\r\nHost: localhost\r\nOrigin: {ORIGIN}\r\nContent-Length: {length}");
    Send(format!("{head}\r\n\r\n{content}").into_bytes())
}

fn answer(connection: u16, status: &str, fields: &str, length: usize, content: &str) -> Step {
    Receive(
        format!(
            "HTTP/1.1 {status}\r\ncontent-type: text/plain; charset=utf-8\r\ncache-control: no-store\r\n\
             access-control-allow-origin: {ORIGIN}\r\ntiming-allow-origin: {ORIGIN}\r\n\
             access-control-expose-headers: x-duplex-connection\r\nx-duplex-connection: {connection}\r\n\
             {fields}content-length: {length}\r\n\r\n{content}"
        )
        .into_bytes(),
    )
}

fn says(status: &str, fields: &str) -> Step {
    let sentence = format!("This port answers {status}, as it was told to.\n");
    answer(0, status, fields, sentence.len(), &sentence)
}

/// A text "Hello" and a Close 1002, as a browser masks them (RFC 6455 section 5.7).
fn hello() -> Step {
    Send(b"\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58".to_vec())
}

fn hello_back() -> Step {
    Receive(b"\x81\x05Hello".to_vec())
}

fn close() -> Step {
    Send(b"\x88\x82\x00\x00\x00\x00\x03\xea".to_vec())
}

const ORIGIN: &str = client::ORIGIN;
const ACCEPT: &str = "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
const PATIENCE: Duration = Duration::from_secs(20);

/// The first message is answered with these octets; the client complains with a Close, and the server ends TCP.
fn after_open(octets: &[u8]) -> Vec<Step> {
    vec![Connect, handshake(), switched(), hello(), Receive(octets.to_vec()), close(), Ended]
}

fn rows() -> Vec<(Fault, Vec<Step>)> {
    let broken = |case: &str| Fault::Broken { case: case.to_owned() };
    let closes = |code, reason: &str| Fault::Close { code, reason: reason.to_owned() };
    // The SHA-1 of another key and the GUID, in base64, by OpenSSL.
    let other = "Sec-WebSocket-Accept: QuKalNxC5po1oaTIF93YRXOaFMY=\r\n";
    let asked = || vec![Connect, handshake()];
    let opened = || vec![Connect, handshake(), switched()];
    let and = |mut steps: Vec<Step>, more: Vec<Step>| {
        steps.extend(more);
        steps
    };
    vec![
        (Fault::Refuse, vec![Refused, Refused]),
        (Fault::Stall, and(asked(), vec![End, Ended])),
        (Fault::Reset, vec![Connect, Reset]),
        (
            Fault::NotHttp,
            vec![Connect, Receive(b"220 mail.example ESMTP\r\n".to_vec()), handshake(), End, Ended],
        ),
        (Fault::Answer { status: 404 }, and(asked(), vec![says("404 Not Found", ""), End, Ended])),
        (Fault::Answer { status: 503 }, and(asked(), vec![says("503 Service Unavailable", ""), End, Ended])),
        (
            Fault::Answer { status: 302 },
            and(asked(), vec![says("302 Found", "location: /elsewhere\r\n"), End, Ended]),
        ),
        (Fault::WrongAccept, and(asked(), vec![switched_with(other), close(), Ended])),
        (Fault::NoAccept, and(asked(), vec![switched_with(""), close(), Ended])),
        (
            Fault::Subprotocol,
            and(
                asked(),
                vec![
                    switched_with(&format!("{ACCEPT}\r\nSec-WebSocket-Protocol: graphql-ws\r\n")),
                    close(),
                    Ended,
                ],
            ),
        ),
        (
            Fault::Extension,
            and(
                asked(),
                vec![
                    switched_with(&format!("{ACCEPT}\r\nSec-WebSocket-Extensions: x-shout\r\n")),
                    close(),
                    Ended,
                ],
            ),
        ),
        (broken("masked-server"), after_open(b"\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58")),
        (broken("utf8-unfinished"), after_open(b"\x81\x04caf\xc3")),
        (broken("rsv1"), after_open(b"\xc1\x05Hello")),
        (broken("rsv3"), after_open(b"\x91\x05Hello")),
        (broken("reserved-opcode"), after_open(b"\x83\x05Hello")),
        (broken("close-1005"), after_open(b"\x88\x02\x03\xed")),
        (broken("close-1006"), after_open(b"\x88\x02\x03\xee")),
        (broken("close-short"), after_open(b"\x88\x01\x03")),
        (closes(Some(1000), "Goodbye"), after_open(b"\x88\x09\x03\xe8Goodbye")),
        (closes(Some(1011), "Something unexpected"), after_open(b"\x88\x16\x03\xf3Something unexpected")),
        (closes(Some(4000), "Our own code"), after_open(b"\x88\x0e\x0f\xa0Our own code")),
        (closes(Some(1015), ""), after_open(b"\x88\x02\x03\xf7")),
        (closes(Some(0), ""), after_open(b"\x88\x02\x00\x00")),
        (closes(None, ""), after_open(b"\x88\x00")),
        (Fault::Drop, and(opened(), vec![hello(), Ended])),
        (Fault::ResetAfterOpen, and(opened(), vec![hello(), Reset])),
        // A message, a Ping and a Close, and not one octet comes back.
        (
            Fault::Silent,
            and(opened(), vec![hello(), Send(b"\x89\x80\0\0\0\0".to_vec()), close(), End, Ended]),
        ),
        (Fault::CutIdle { after: 200_000 }, and(opened(), vec![Ended])),
        (Fault::CutAfter { after: 200_000 }, and(opened(), vec![Ended])),
        (
            Fault::CutAfter { after: 60_000_000 },
            and(opened(), vec![hello(), hello_back(), close(), Receive(b"\x88\x02\x03\xea".to_vec()), Ended]),
        ),
        (
            Fault::CutIdle { after: 60_000_000 },
            and(opened(), vec![hello(), hello_back(), close(), Receive(b"\x88\x02\x03\xea".to_vec()), Ended]),
        ),
        (
            Fault::Greet,
            and(
                opened(),
                vec![
                    Receive(b"\x81\x18Request served by duplex".to_vec()),
                    hello(),
                    hello_back(),
                    End,
                    Ended,
                ],
            ),
        ),
        (
            Fault::DropReused,
            vec![
                Connect,
                post("one"),
                answer(0, "200 OK", "", 3, "one"),
                post("two"),
                Ended,
                // As both browsers do without telling.
                Connect,
                post("two"),
                answer(1, "200 OK", "", 3, "two"),
                End,
                Ended,
            ],
        ),
        (
            Fault::CutShort { announced: 9, sent: 4 },
            vec![Connect, post("?"), answer(0, "200 OK", "", 9, "xxxx"), Ended],
        ),
    ]
}

#[tokio::test]
async fn what_the_wire_shows() {
    let running = companion(|_| {}).await;
    for (fault, steps) in rows() {
        check(&running, fault, steps).await;
    }
    running.stop().await;
}

#[test]
fn every_fault_has_a_row() {
    let kind = |fault: &Fault| match fault {
        Fault::Broken { case } => case.clone(),
        fault => serde_json::to_value(fault).unwrap()["kind"].to_string(),
    };
    let tested: BTreeSet<String> = rows().iter().map(|(fault, _)| kind(fault)).collect();
    let offered: BTreeSet<String> = Fault::all().iter().map(kind).collect();
    assert_eq!(offered.difference(&tested).collect::<Vec<_>>(), Vec::<&String>::new());
    assert!(rows().len() >= 16);
}

#[tokio::test]
async fn a_page_elsewhere_gets_no_fault_either() {
    let running = companion(|_| {}).await;
    for fault in [Fault::Greet, Fault::DropReused, Fault::Answer { status: 404 }, Fault::Silent] {
        let run = open(running.address(), &fault).await;
        for fields in [
            "Host: evil.example",
            "Host: localhost\r\nOrigin: https://evil.example",
            "Host: localhost\r\nOrigin: null",
        ] {
            let mut client = Client::connect(run.lanes[0]).await;
            client.send(format!("GET /ws HTTP/1.1\r\n{fields}\r\n\r\n").as_bytes()).await;
            let answer = client.unit().await;
            assert_eq!(status(&answer), 403, "{fault:?} to {fields}");
            assert_eq!(answer.response().unwrap().fields.get("access-control-allow-origin"), None);
        }
    }
    running.stop().await;
}

#[tokio::test]
async fn what_cannot_be_asked() {
    let running = companion(|_| {}).await;
    for (plan, part) in [
        (r#"{"fault":{"kind":"meteor"}}"#, "unknown variant"),
        (r#"{"fault":{"kind":"answer","status":101}}"#, "200 to 599"),
        (r#"{"fault":{"kind":"broken","case":"unmasked-client"}}"#, "no broken rule"),
        ("", "cannot be read"),
    ] {
        let answer = ask(running.address(), "POST", "/faults", plan.as_bytes()).await;
        assert_eq!(status(&answer), 400, "{plan}");
        assert!(text(&answer).contains(part) && text(&answer).ends_with(".\n"), "{}", text(&answer));
    }
    assert_eq!(status(&ask(running.address(), "GET", "/faults", b"").await), 405);
    running.stop().await;
}

#[tokio::test]
async fn faults_end_with_their_run() {
    let running = companion(|_| {}).await;
    let stalled = open(running.address(), &Fault::Stall).await;
    let greeting = open(running.address(), &Fault::Greet).await;
    let refusing = open(running.address(), &Fault::Refuse).await;
    let mut waiting = Client::connect(stalled.lanes[0]).await;
    let mut greeted = Client::socket(greeting.lanes[0], "/ws").await;
    assert_eq!(text(&greeted.unit().await), "Request served by duplex");
    let stopping = tokio::spawn(running.stop());
    assert!(waiting.maybe_unit().await.is_none());
    let goodbye = greeted.unit().await;
    assert_eq!(wire::CloseBody::parse(&goodbye.content).unwrap().code.unwrap().0, 1001);
    drop((waiting, greeted));
    timeout(PATIENCE, stopping).await.unwrap().unwrap();
    // The port that was held closed is free again.
    tokio::net::TcpListener::bind(refusing.lanes[0]).await.unwrap();
}
