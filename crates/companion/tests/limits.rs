//! Each limit: how it is reached, what the client is told, and that `/health` counts it.
#![allow(clippy::unwrap_used)]

#[path = "support/client.rs"]
mod client;

use std::time::Duration;

use client::{Client, Run, ask, companion, health, plan, status, text};
use companion::{LIMITS, Limits, usage};
use trace::scenario::{Transport, Workload};
use wire::{CloseBody, Frame, Opcode};

/// What a client does.
enum Act {
    /// Sends this as HTTP.
    Http(String),
    /// Sends these frames on a WebSocket.
    Frames(Vec<Frame>),
    /// Comes while this many connections are open already.
    Join(usize),
}

/// What it is told before the connection ends, or goes on.
#[derive(Debug, PartialEq)]
enum Told {
    /// An answer with this status; the connection ends.
    Last(u16),
    /// An answer with this status; the connection goes on or ends, as hyper likes.
    Status(u16),
    /// A Close frame.
    Close(u16, &'static str),
    /// The end, and no word.
    Nothing,
}

struct Row {
    name: &'static str,
    set: fn(&mut Limits),
    act: Act,
    told: Told,
    /// Its name at `/health`.
    counted: Option<&'static str>,
}

fn row(
    name: &'static str,
    set: fn(&mut Limits),
    act: Act,
    told: Told,
    counted: impl Into<Option<&'static str>>,
) -> Row {
    Row { name, set, act, told, counted: counted.into() }
}

async fn check(row: Row) {
    let name = row.name;
    let running = companion(|config| (row.set)(&mut config.limits)).await;
    let mut others = Vec::new();
    let mut client = match &row.act {
        Act::Frames(_) => Client::socket(running.address(), "/ws").await,
        Act::Http(_) => Client::connect(running.address()).await,
        Act::Join(before) => {
            for _ in 0..*before {
                others.push(Client::socket(running.address(), "/ws").await);
            }
            Client::connect(running.address()).await
        }
    };
    match row.act {
        Act::Http(request) => client.send(request.as_bytes()).await,
        Act::Frames(frames) => {
            for frame in frames {
                client.frame(frame).await;
            }
        }
        Act::Join(_) => {}
    }
    let answer = client.maybe_unit().await;
    match (&row.told, &answer) {
        (Told::Nothing, None) => {}
        (Told::Last(code) | Told::Status(code), Some(answer)) => {
            assert_eq!(status(answer), *code, "{name}");
            let said = text(answer);
            let silent = matches!(*code, 200 | 400 | 431);
            assert!(silent || said.ends_with(".\n"), "{name}: {said:?}");
            if *code == 503 {
                assert_eq!(answer.response().unwrap().fields.get("retry-after"), Some("1"), "{name}");
            }
        }
        (Told::Close(code, reason), Some(answer)) => {
            let body = CloseBody::parse(&answer.content).unwrap();
            assert_eq!((body.code.unwrap().0, body.reason.as_str()), (*code, *reason), "{name}");
        }
        told => panic!("{name}: {told:?}"),
    }
    if !matches!(row.told, Told::Status(_)) {
        assert!(client.maybe_unit().await.is_none(), "{name}: the connection ends");
    }
    drop((client, others));
    if let Some(counted) = row.counted {
        let health = health(running.address()).await;
        assert!(health["refused"][counted].as_u64().unwrap() >= 1, "{name}: {health}");
    }
    running.stop().await;
}

fn head(fields: &str) -> String {
    format!("POST /echo HTTP/1.1\r\nHost: localhost\r\n{fields}\r\n")
}

fn fragments(sizes: &[usize]) -> Vec<Frame> {
    let last = sizes.len() - 1;
    let opcode = |n| if n == 0 { Opcode::Binary } else { Opcode::Continuation };
    let frame = |(n, size): (usize, &usize)| {
        let mut frame = Frame::new(opcode(n), vec![0; *size]);
        frame.header.fin = n == last;
        frame
    };
    sizes.iter().enumerate().map(frame).collect()
}

const SOON: Duration = Duration::from_millis(100);
const TOO_LARGE: &str = "this is larger than the reader's limit";

#[tokio::test]
async fn what_happens_at_each_limit() {
    let long = "x".repeat(2000);
    let heads: fn(&mut Limits) = |limits| limits.head_size = 1000;
    let http = |text: &str| Act::Http(text.to_owned());
    let rows = [
        row("a long field", heads, Act::Http(head(&format!("X: {long}\r\n"))), Told::Last(431), "head"),
        row(
            "a long target",
            heads,
            Act::Http(format!("GET /{long} HTTP/1.1\r\nHost: localhost\r\n\r\n")),
            Told::Last(431),
            "head",
        ),
        row(
            "a head without end",
            |limits| limits.head_size = 8192,
            Act::Http(format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(10_000))),
            Told::Last(431),
            "head",
        ),
        row(
            "many field lines",
            |limits| limits.field_lines = 5,
            Act::Http(head(&"X: y\r\n".repeat(6))),
            Told::Last(431),
            "head",
        ),
        row(
            "as many as allowed",
            |limits| limits.field_lines = 5,
            Act::Http(head("X: y\r\n")),
            Told::Status(200),
            None,
        ),
        row("no HTTP at all", |_| {}, http("nonsense\r\n\r\n"), Told::Last(400), None),
        row(
            "content that says how long it is",
            |limits| limits.content_size = 4,
            Act::Http(head("Content-Length: 5\r\n")),
            Told::Status(413),
            "content",
        ),
        row(
            "content in chunks",
            |limits| limits.content_size = 4,
            Act::Http(head("Transfer-Encoding: chunked\r\n") + "5\r\nhello\r\n0\r\n\r\n"),
            Told::Status(413),
            "content",
        ),
        row("silence", |limits| limits.head = SOON, http(""), Told::Nothing, None),
        row(
            "half a head",
            |limits| limits.head = SOON,
            http("GET / HTTP/1.1\r\nHo"),
            Told::Last(408),
            "head_time",
        ),
        row(
            "half a content",
            |limits| limits.content = SOON,
            Act::Http(head("Content-Length: 5\r\n") + "he"),
            Told::Status(408),
            "content_time",
        ),
        row(
            "a large frame",
            |limits| limits.frame_size = 100,
            Act::Frames(fragments(&[101])),
            Told::Close(1009, TOO_LARGE),
            "message",
        ),
        row(
            "a large message of small frames",
            |limits| (limits.frame_size, limits.message_size) = (100, 150),
            Act::Frames(fragments(&[100, 51])),
            Told::Close(1009, TOO_LARGE),
            "message",
        ),
        row(
            "a silent WebSocket",
            |limits| limits.idle = SOON,
            Act::Frames(vec![]),
            Told::Close(1001, "idle for too long"),
            "idle_time",
        ),
        row("one too many", |limits| limits.connections = 2, Act::Join(2), Told::Last(503), "connections"),
        row(
            "one too many from here",
            |limits| limits.address_connections = 2,
            Act::Join(2),
            Told::Last(503),
            "address_connections",
        ),
    ];
    for row in rows {
        check(row).await;
    }
}

#[tokio::test]
async fn a_message_of_several_frames_may_be_larger_than_a_frame() {
    let running =
        companion(|config| (config.limits.frame_size, config.limits.message_size) = (100, 250)).await;
    let mut client = Client::socket(running.address(), "/ws").await;
    for frame in fragments(&[100, 100, 50]) {
        client.frame(frame).await;
    }
    assert_eq!(client.unit().await.content.len(), 250);
    running.stop().await;
}

#[tokio::test]
async fn a_lane_turns_connections_away_once_it_had_enough() {
    let running = companion(|config| config.limits.lane_connections = 1).await;
    let run = Run::open(running.address(), &plan(&[Transport::Close], Workload::Echo, &[])).await;
    assert_eq!(status(&ask(run.lanes[0], "POST", "/echo", b"x").await), 200);
    let answer = Client::connect(run.lanes[0]).await.unit().await;
    assert_eq!((status(&answer), answer.response().unwrap().fields.get("retry-after")), (503, None));
    assert_eq!(run.tap().await.lanes[0].connections.len(), 1);
    running.stop().await;
}

#[tokio::test]
async fn lanes_and_main_port_share_their_places() {
    let running = companion(|config| config.limits.connections = 2).await;
    let run = Run::open(running.address(), &plan(&[Transport::WebSocket], Workload::Echo, &[])).await;
    let _first = Client::socket(running.address(), "/ws").await;
    let _second = Client::socket(run.lanes[0], "/ws").await;
    for address in [running.address(), run.lanes[0]] {
        assert_eq!(status(&Client::connect(address).await.unit().await), 503, "{address}");
    }
    running.stop().await;
}

#[test]
fn help_and_manual_name_every_limit() {
    let manual = include_str!("../../../docs/companion.md");
    for row in &LIMITS {
        let line = format!("| `{}` | {} | {} | {} |", row.flag, row.bounds, row.default_value(), row.answer);
        assert!(manual.contains(&line), "docs/companion.md lacks\n{line}");
        assert!(usage().contains(row.flag) && usage().contains(row.answer), "{}", row.flag);
    }
    assert_eq!(manual.matches("\n| `--").count(), LIMITS.len());
}
