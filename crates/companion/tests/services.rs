//! What the page asks the main port.
#![allow(clippy::unwrap_used)]

#[path = "support/client.rs"]
mod client;

use client::{Client, ORIGIN, Run, ask, companion, plan, status, text};
use trace::live::{COMPANION, ClockReading, Health, Ticket};
use trace::scenario::{Transport, Workload};

#[tokio::test]
async fn health_tells_who_this_is_to_the_page_that_asks() {
    let running = companion(|_| {}).await;
    let answer = ask(running.address(), "GET", "/health", b"").await;
    let health: Health = serde_json::from_slice(&answer.content).unwrap();
    assert_eq!((health.duplex.as_str(), health.version.as_str()), (COMPANION, env!("CARGO_PKG_VERSION")));
    let fields = &answer.response().unwrap().fields;
    assert_eq!(fields.get("content-type"), Some("application/json"));
    for name in ["access-control-allow-origin", "timing-allow-origin"] {
        assert_eq!(fields.get(name), Some(ORIGIN), "{name}");
    }
    running.stop().await;
}

#[tokio::test]
async fn the_clock_runs_forward() {
    let running = companion(|_| {}).await;
    let mut client = Client::connect(running.address()).await;
    let mut times: Vec<u64> = Vec::new();
    for _ in 0..3 {
        let answer = client.ask("GET", "/clock", &[], b"").await;
        times.push(serde_json::from_slice::<ClockReading>(&answer.content).unwrap().now);
    }
    assert!(times.is_sorted(), "{times:?}");
    running.stop().await;
}

#[tokio::test]
async fn a_run_opens_a_port_for_each_lane_and_closes_them_all() {
    let running = companion(|_| {}).await;
    let live = [Transport::Persistent, Transport::Close, Transport::Polling, Transport::WebSocket];
    let run = Run::open(running.address(), &plan(&live, Workload::Chat, &[])).await;
    assert_eq!(run.lanes.len(), 4);
    for lane in &run.lanes {
        tokio::net::TcpStream::connect(lane).await.unwrap();
    }
    run.end().await;
    for lane in &run.lanes {
        tokio::net::TcpStream::connect(lane).await.unwrap_err();
    }
    let tap = run.tap().await;
    assert_eq!(tap.run, run.number);
    let seen: Vec<(u8, usize)> = tap.lanes.iter().map(|lane| (lane.lane, lane.connections.len())).collect();
    assert_eq!(seen, [(0, 1), (1, 1), (2, 1), (3, 1)]);
    run.end().await;
    running.stop().await;
}

#[tokio::test]
async fn too_many_runs_end_the_oldest_and_the_longest_ago_is_forgotten() {
    let running = companion(|config| {
        config.limits.live_runs = 2;
        config.limits.kept_runs = 3;
    })
    .await;
    let mut runs = Vec::new();
    for _ in 0..4 {
        runs.push(Run::open(running.address(), &plan(&[Transport::Close], Workload::Chat, &[])).await);
    }
    for (run, open) in runs.iter().zip([false, false, true, true]) {
        assert_eq!(tokio::net::TcpStream::connect(run.lanes[0]).await.is_ok(), open, "run {}", run.number);
    }
    for (run, expected) in runs.iter().zip([404, 200, 200, 200]) {
        let answer = ask(running.address(), "GET", &format!("/runs/{}/tap", run.number), b"").await;
        assert_eq!(status(&answer), expected, "run {}", run.number);
    }
    running.stop().await;
}

#[tokio::test]
async fn a_run_in_which_nothing_happens_ends_by_itself() {
    let running = companion(|config| config.limits.run_idle = std::time::Duration::from_millis(50)).await;
    let run = Run::open(running.address(), &plan(&[Transport::Close], Workload::Chat, &[])).await;
    tokio::time::timeout(std::time::Duration::from_secs(10), async {
        while tokio::net::TcpStream::connect(run.lanes[0]).await.is_ok() {
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        }
    })
    .await
    .unwrap();
    running.stop().await;
}

#[tokio::test]
async fn what_cannot_be_asked() {
    let running = companion(|config| config.limits.plan_size = 1000).await;
    let rows: [(&str, &str, &[u8], u16); 9] = [
        ("POST", "/health", b"", 405),
        ("GET", "/runs", b"", 405),
        ("POST", "/runs", b"nonsense", 400),
        ("POST", "/runs", b"{\"lanes\":[]}", 400),
        ("POST", "/runs", &[b' '; 1001], 413),
        ("GET", "/runs/99/tap", b"", 404),
        ("GET", "/runs/x/tap", b"", 404),
        ("GET", "/runs/99999999999/tap", b"", 404),
        ("POST", "/runs//end", b"", 404),
    ];
    for (method, target, content, expected) in rows {
        let answer = ask(running.address(), method, target, content).await;
        assert_eq!(status(&answer), expected, "{method} {target}: {}", text(&answer));
        assert!(text(&answer).ends_with(".\n"), "{method} {target}: {}", text(&answer));
    }
    running.stop().await;
}

#[tokio::test]
async fn lanes_take_their_ports_from_the_range_and_give_them_back() {
    // Two ports that were free a moment ago.
    let spare = [
        std::net::TcpListener::bind("127.0.0.1:0").unwrap(),
        std::net::TcpListener::bind("127.0.0.1:0").unwrap(),
    ];
    let mut ports = spare.map(|listener| listener.local_addr().unwrap().port());
    ports.sort_unstable();
    let range = companion::LanePorts::Range(ports[0], ports[0]);
    let running = companion(|config| config.lane_ports = range).await;
    for _ in 0..3 {
        let run = Run::open(running.address(), &plan(&[Transport::Close], Workload::Chat, &[])).await;
        assert_eq!(run.lanes[0].port(), ports[0]);
    }
    let two = serde_json::to_vec(&plan(&[Transport::Close; 2], Workload::Chat, &[])).unwrap();
    let answer = ask(running.address(), "POST", "/runs", &two).await;
    assert_eq!(status(&answer), 503);
    assert!(text(&answer).contains("No lane port is free between"), "{}", text(&answer));
    let answer = ask(
        running.address(),
        "POST",
        "/runs",
        &serde_json::to_vec(&plan(&[Transport::Close], Workload::Chat, &[])).unwrap(),
    )
    .await;
    let ticket: Ticket = serde_json::from_slice(&answer.content).unwrap();
    assert_eq!(ticket.lanes.len(), 1);
    running.stop().await;
}
