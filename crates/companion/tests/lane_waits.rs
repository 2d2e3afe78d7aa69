//! What is held, what goes on, and what the server sends on demand: each comes when it is due, and ends
//! cleanly with the run.
#![allow(clippy::unwrap_used)]

#[path = "support/client.rs"]
mod client;

use std::time::{Duration, Instant};

use client::{Client, Run, companion, plan, status, text};
use trace::live::{Manner, Plan};
use trace::scenario::{Network, Transport, Workload};
use wire::deflate::Parameters;
use wire::{Frame, Opcode, Unit, sse};

fn with(manner: Manner, plan: Plan) -> Plan {
    Plan { manner, ..plan }
}

#[tokio::test]
async fn a_question_is_held_until_there_is_news_or_its_time_has_passed() {
    let running = companion(|_| {}).await;
    let manner = Manner { hold: 150_000, ..Manner::default() };
    let plan = with(manner, plan(&[Transport::Long], Workload::Echo, &[]));
    let run = Run::open(running.address(), &plan).await;
    let (mut asking, mut saying) = (Client::connect(run.lanes[0]).await, Client::connect(run.lanes[0]).await);
    let start = Instant::now();
    assert_eq!(status(&asking.ask("GET", "/news?after=0", &[], b"").await), 204);
    assert!(start.elapsed() >= Duration::from_millis(150));

    // Message 1 overtakes message 0 on a connection of its own, and still is news after it.
    for (n, message) in [(1, "b"), (0, "a")] {
        let answer = saying.ask("POST", &format!("/say?n={n}"), &[], message.as_bytes()).await;
        assert_eq!(status(&answer), 204);
    }
    let answer = asking.ask("GET", "/news?after=0", &[], b"").await;
    assert_eq!((status(&answer), text(&answer).as_str()), (200, "a\nb"));
    running.stop().await;
}

#[tokio::test]
async fn news_meets_the_question_that_waits_for_it_and_so_does_the_end_of_the_run() {
    let running = companion(|_| {}).await;
    let plan = plan(&[Transport::Long], Workload::Echo, &[]);
    let run = Run::open(running.address(), &plan).await;
    let mut asking = Client::connect(run.lanes[0]).await;
    let first = tokio::spawn(async move {
        let answer = asking.ask("GET", "/news?after=0", &[], b"").await;
        (asking, text(&answer))
    });
    let mut saying = Client::connect(run.lanes[0]).await;
    saying.ask("POST", "/say?n=0", &[], b"news").await;
    let (mut asking, news) = first.await.unwrap();
    assert_eq!(news, "news");

    asking.send(b"GET /news?after=1 HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    // An answer on the other connection: by now the question has most likely been read. If it has not,
    // the run ends before it, and the connection just ends.
    saying.ask("POST", "/say?n=0", &[], b"again").await;
    run.end().await;
    if let Some(unit) = asking.maybe_unit().await {
        assert_eq!(status(&unit), 204);
    }
    running.stop().await;
}

/// The events that have come so far on a stream that is under way.
fn events(client: &Client) -> Vec<(String, String)> {
    let mut stream = sse::EventStream::new();
    let partial = client.reader.partial().map(|unit| unit.content.clone());
    stream.feed(&partial.unwrap_or_default());
    std::iter::from_fn(|| stream.poll()).map(|event| (event.id, event.data)).collect()
}

async fn stream(run: &Run, heard: Option<&str>, until: &str) -> Client {
    let mut client = Client::connect(run.lanes[0]).await;
    let host = run.lanes[0].to_string();
    let mut request = wire::Request::new("GET", "/events").with("Host", host);
    if let Some(heard) = heard {
        request = request.with("Last-Event-ID", heard);
    }
    client.send(&request.encode().unwrap()).await;
    while !String::from_utf8_lossy(&client.received).contains(until) {
        let more = client.received.len() + 1;
        client.receive(more).await;
    }
    let received = client.received.clone();
    client.reader.expect_response_to("GET");
    client.reader.feed(&received);
    assert!(client.reader.poll().is_none(), "a stream has no end of its own");
    client
}

#[tokio::test]
async fn a_stream_goes_on_where_the_page_left_off_and_ends_with_the_run() {
    let running = companion(|_| {}).await;
    let script = [(0, "Hello!"), (30_000, "Lunch?"), (30_000, "Great.")];
    let run = Run::open(running.address(), &plan(&[Transport::Sse], Workload::Chat, &script)).await;
    let pairs = |expected: &[(&str, &str)]| -> Vec<(String, String)> {
        expected.iter().map(|(id, data)| ((*id).to_owned(), (*data).to_owned())).collect()
    };
    let mut first = stream(&run, None, "Great.").await;
    assert_eq!(events(&first), pairs(&[("1", "Hello!"), ("2", "Lunch?"), ("3", "Great.")]));
    let second = stream(&run, Some("2"), "Great.").await;
    assert_eq!(events(&second), pairs(&[("3", "Great.")]));
    let nonsense = stream(&run, Some("two"), "Great.").await;
    assert_eq!(events(&nonsense).len(), 3);

    run.end().await;
    let whole = first.unit().await;
    assert!(whole.octets.ends_with(b"\r\n0\r\n\r\n"), "the last chunk ends the response");
    assert!(first.maybe_unit().await.is_none());
    running.stop().await;
}

fn shape(unit: &Unit) -> (Opcode, bool, bool, String) {
    let header = unit.frame().unwrap();
    (header.opcode, header.fin, header.rsv[0], text(unit))
}

#[tokio::test]
async fn fragments_and_pings_come_on_demand() {
    let running = companion(|_| {}).await;
    let manner = Manner { fragment: Some(2), ping: Some(20_000), binary: true, ..Manner::default() };
    let script = [(0, "Hello")];
    let plan = with(manner, plan(&[Transport::WebSocket], Workload::Chat, &script));
    let run = Run::open(running.address(), &plan).await;
    let mut client = Client::socket(run.lanes[0], "/ws").await;
    let mut frames = Vec::new();
    while frames.len() < 5 {
        frames.push(shape(&client.unit().await));
    }
    let frame = |opcode, fin, text: &str| (opcode, fin, false, text.to_owned());
    let expected = [
        frame(Opcode::Binary, false, "He"),
        frame(Opcode::Continuation, false, "ll"),
        frame(Opcode::Continuation, true, "o"),
        frame(Opcode::Ping, true, "1"),
        frame(Opcode::Ping, true, "2"),
    ];
    assert_eq!(frames, expected);
    client.frame(Frame::close(None, "").unwrap()).await;
    client.finish().await;
    running.stop().await;
}

/// Opens `path` with this offer; answers what was agreed on.
async fn negotiate(address: std::net::SocketAddr, path: &str, offer: &str) -> (Client, Option<Parameters>) {
    let mut client = Client::connect(address).await;
    let key = wire::handshake::key_from([7; 16]);
    let mut request = wire::handshake::open(&address.to_string(), path, &key);
    if !offer.is_empty() {
        request = request.with("Sec-WebSocket-Extensions", offer);
    }
    client.send(&request.encode().unwrap()).await;
    let answer = client.unit().await;
    let offers: Vec<&str> = offer.split(", ").collect();
    let agreed =
        wire::handshake::check_response(answer.response().unwrap(), &key, &[""; 0], &offers).unwrap();
    client.reader.upgrade();
    (client, agreed)
}

const OFFER: &str = "permessage-deflate; client_max_window_bits";

#[tokio::test]
async fn messages_are_compressed_where_both_can() {
    let running = companion(|_| {}).await;
    let lanes = [Transport::Deflate, Transport::WebSocket];
    let run = Run::open(running.address(), &plan(&lanes, Workload::Echo, &[])).await;
    let rows = [
        (run.lanes[0], "/ws", OFFER, true),
        (run.lanes[0], "/ws", "", false),
        (run.lanes[1], "/ws", OFFER, false),
        (running.address(), "/ws", OFFER, false),
        (running.address(), "/ws?deflate", OFFER, true),
    ];
    for (address, path, offer, compressed) in rows {
        let (mut client, agreed) = negotiate(address, path, offer).await;
        assert_eq!(agreed.is_some(), compressed, "{path} {offer}");
        if let Some(agreed) = &agreed {
            client.reader.inflate_with(agreed);
        }
        for _ in 0..2 {
            client.frame(Frame::text("Hello, hello, hello")).await;
            let answer = client.unit().await;
            assert_eq!(answer.frame().unwrap().rsv[0], compressed);
            assert_eq!(
                answer.message.map_or(answer.content, |message| message.content),
                b"Hello, hello, hello"
            );
        }
    }
    running.stop().await;
}

#[tokio::test]
async fn a_slow_way_down_and_a_thought_take_their_time() {
    let running = companion(|_| {}).await;
    let slow =
        Network { round_trip: 0, kilobits: 1_000_000, down_kilobits: Some(1_000), ..Network::default() };
    let slow_up = Network { kilobits: 1_000, down_kilobits: Some(1_000_000), ..slow };
    let thinks = Network { round_trip: 0, think: 100_000, ..Network::default() };
    for (network, octets) in [(slow, 12_500), (slow_up, 12_500), (thinks, 1)] {
        for transport in [Transport::Persistent, Transport::WebSocket] {
            let plan = Plan { network, ..plan(&[transport], Workload::Echo, &[]) };
            let run = Run::open(running.address(), &plan).await;
            let message = vec![b'x'; octets];
            let start = if transport.is_http() {
                let mut client = Client::connect(run.lanes[0]).await;
                let start = Instant::now();
                assert_eq!(client.ask("POST", "/echo?n=0", &[], &message).await.content, message);
                start
            } else {
                let mut client = Client::socket(run.lanes[0], "/ws").await;
                let start = Instant::now();
                client.frame(Frame::binary(&message)).await;
                assert_eq!(client.unit().await.content, message);
                start
            };
            assert!(start.elapsed() >= Duration::from_millis(100), "{network:?} {transport:?}");
        }
    }
    running.stop().await;
}
