//! Two people talk over the lanes of a run without a script: what the server's side says, what it hears, and
//! what becomes of a connection that is dropped.
#![allow(clippy::unwrap_used)]

#[path = "support/client.rs"]
mod client;

use client::{Client, Run, ask, companion, plan, status, text};
use companion::Running;
use trace::live::Ticket;
use trace::scenario::{Transport, Workload};
use wire::Frame;

const LANES: [Transport; 4] = [Transport::Persistent, Transport::Long, Transport::Sse, Transport::WebSocket];

async fn open() -> (Running, Run) {
    let running = companion(|_| {}).await;
    let run = Run::open(running.address(), &plan(&LANES, Workload::Chat, &[])).await;
    (running, run)
}

/// Asks a service of the run; answers status and content.
async fn service(run: &Run, method: &str, what: &str, content: &str) -> (u16, String) {
    let target = format!("/runs/{}/{what}", run.number);
    let answer = ask(run.front, method, &target, content.as_bytes()).await;
    (status(&answer), text(&answer))
}

/// A stream of events, asked for by whoever has heard `after` of them.
async fn stream(address: std::net::SocketAddr, target: &str, after: usize) -> Client {
    let mut client = Client::connect(address).await;
    let request = format!("GET {target} HTTP/1.1\r\nHost: {address}\r\nLast-Event-ID: {after}\r\n\r\n");
    client.send(request.as_bytes()).await;
    client
}

/// Reads on until `part` has come.
async fn until(client: &mut Client, part: &str) -> String {
    loop {
        let read = String::from_utf8_lossy(&client.received).into_owned();
        if read.contains(part) {
            return read;
        }
        client.receive(client.received.len() + 1).await;
    }
}

#[tokio::test]
async fn what_the_server_is_given_to_say_goes_out_on_every_lane() {
    let (running, run) = open().await;
    let mut socket = Client::socket(run.lanes[3], "/ws").await;
    let mut events = stream(run.lanes[2], "/events", 0).await;
    let mut held = Client::connect(run.lanes[1]).await;
    let (held, said) = tokio::join!(
        held.ask("GET", "/news?after=0", &[], b""),
        service(&run, "POST", "say", "Are you there?")
    );
    assert_eq!((said.0, text(&held).as_str()), (204, "Are you there?"));
    assert_eq!(text(&socket.unit().await), "Are you there?");
    until(&mut events, "id: 1\ndata: Are you there?\n").await;
    let news = |after: usize| ask_news(&run, after);
    assert_eq!(news(0).await, (200, "Are you there?".to_owned()));
    assert_eq!(news(1).await, (204, String::new()));

    // Whoever comes again hears what they have missed, and only that.
    service(&run, "POST", "say", "Hello?").await;
    let mut again = Client::socket(run.lanes[3], "/ws?after=1").await;
    assert_eq!(text(&again.unit().await), "Hello?");
    let read = until(&mut stream(run.lanes[2], "/events", 1).await, "id: 2").await;
    assert!(!read.contains("Are you there?"), "{read}");
    running.stop().await;
}

async fn ask_news(run: &Run, after: usize) -> (u16, String) {
    let answer = ask(run.lanes[0], "GET", &format!("/news?after={after}"), b"").await;
    (status(&answer), text(&answer))
}

#[tokio::test]
async fn what_the_lanes_hear_is_told_with_the_lane() {
    let (running, run) = open().await;
    let heard = format!("/runs/{}/heard", run.number);
    let mut ear = stream(run.front, &heard, 0).await;
    let answer = ask(run.lanes[0], "POST", "/say?n=0", b"Hi Ben").await;
    assert_eq!(status(&answer), 204);
    until(&mut ear, "id: 1\ndata: 0 Hi Ben\n").await;
    let mut socket = Client::socket(run.lanes[3], "/ws").await;
    socket.frame(Frame::text("Hi Ben")).await;
    until(&mut ear, "id: 2\ndata: 3 Hi Ben\n").await;
    until(&mut stream(run.front, &heard, 1).await, "id: 2\ndata: 3 Hi Ben\n").await;
    run.end().await;
    until(&mut ear, "\r\n0\r\n\r\n").await;
    running.stop().await;
}

#[tokio::test]
async fn a_cut_drops_a_lanes_connections_and_nothing_else() {
    let (running, run) = open().await;
    let mut socket = Client::socket(run.lanes[3], "/ws").await;
    let mut events = stream(run.lanes[2], "/events", 0).await;
    until(&mut events, "200 OK").await;
    assert_eq!(service(&run, "POST", "cut/3", "").await.0, 204);
    assert!(socket.maybe_unit().await.is_none(), "dropped without a Close frame");
    service(&run, "POST", "say", "Still here").await;
    until(&mut events, "Still here").await;
    let mut again = Client::socket(run.lanes[3], "/ws?after=0").await;
    assert_eq!(text(&again.unit().await), "Still here");
    let tap = run.tap().await;
    assert_eq!(tap.lanes[3].connections.len(), 2);
    running.stop().await;
}

#[tokio::test]
async fn a_ticket_is_had_again_for_as_long_as_the_run_is_open() {
    let (running, run) = open().await;
    let (found, content) = service(&run, "GET", "ticket", "").await;
    let ticket: Ticket = serde_json::from_str(&content).unwrap();
    let ports: Vec<u16> = ticket.lanes.iter().map(|lane| lane.port).collect();
    let expected: Vec<u16> = run.lanes.iter().map(|lane| lane.port()).collect();
    assert_eq!((found, ticket.run, ports), (200, run.number, expected));
    run.end().await;
    let unknown = Run { number: run.number ^ 1, lanes: Vec::new(), ..run };
    for (run, say) in [(&run, 409), (&unknown, 404)] {
        for (method, what, expected) in [("GET", "ticket", 204), ("GET", "heard", 204), ("POST", "say", say)]
        {
            assert_eq!(service(run, method, what, "Hi").await.0, expected, "{what}");
        }
    }
    running.stop().await;
}

#[tokio::test]
async fn what_cannot_be_said() {
    let (running, run) = open().await;
    let echo = Run::open(running.address(), &plan(&LANES, Workload::Echo, &[])).await;
    let long = "a".repeat(4097);
    let rows = [
        (&run, "POST", "say", "", 409),
        (&run, "POST", "say", " \r\n", 409),
        (&run, "POST", "say", "two\nlines", 409),
        (&run, "POST", "say", &long, 409),
        (&run, "POST", "say", &long[1..], 204),
        (&run, "GET", "say", "", 405),
        (&run, "POST", "cut/4", "", 404),
        (&run, "POST", "cut/x", "", 404),
        (&run, "GET", "cut/0", "", 405),
        (&run, "POST", "heard", "", 405),
        (&run, "POST", "ticket", "", 405),
        (&run, "GET", "nothing", "", 404),
        // Where the server only answers, it says nothing of its own accord.
        (&echo, "POST", "say", "Hi", 409),
    ];
    for (run, method, what, content, expected) in rows {
        let (status, sentence) = service(run, method, what, content).await;
        assert_eq!(status, expected, "{method} {what}: {sentence}");
        assert!(sentence.is_empty() || sentence.ends_with(".\n"), "{method} {what}: {sentence}");
    }
    running.stop().await;
}
