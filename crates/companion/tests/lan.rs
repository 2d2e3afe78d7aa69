//! Open to the network: where it can be reached, and by whom.
#![allow(clippy::unwrap_used)]

#[path = "support/client.rs"]
mod client;
#[path = "support/program.rs"]
mod program;

use std::net::{IpAddr, Ipv4Addr};

use client::{Client, Run, companion, plan, status};
use program::Program;
use trace::scenario::{Transport, Workload};

#[tokio::test]
async fn neighbours_use_the_page_and_its_lanes() {
    let running = companion(|config| config.bind = IpAddr::V4(Ipv4Addr::UNSPECIFIED)).await;
    let Some(address) = running.reachable().first().copied() else {
        println!("skipped: this computer has no address but loopback");
        return running.stop().await;
    };
    let own = format!("http://{address}");
    for (host, origin, expected) in [
        (address.to_string(), own.as_str(), 200),
        ("evil.example".to_owned(), own.as_str(), 403),
        (address.to_string(), "http://evil.example", 403),
        (format!("203.0.113.9:{}", address.port()), own.as_str(), 403),
    ] {
        let mut client = Client::connect(address).await;
        let request = format!("GET /health HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\n\r\n");
        client.send(request.as_bytes()).await;
        assert_eq!(status(&client.unit().await), expected, "{host} from {origin}");
    }
    let run = Run::open(address, &plan(&[Transport::WebSocket], Workload::Echo, &[])).await;
    Client::socket(run.lanes[0], "/ws").await;
    running.stop().await;
}

#[tokio::test]
async fn loopback_is_reachable_from_nowhere_else() {
    let running = companion(|_| {}).await;
    assert_eq!(running.reachable(), []);
    running.stop().await;
}

#[tokio::test]
async fn the_program_says_what_others_type() {
    let mut program = Program::start(&["--lan"]).await;
    let line = program.line().await;
    if line.starts_with("This computer is on no network") {
        println!("skipped: {line}");
        return;
    }
    let url = line.strip_prefix("on this network: http://").unwrap();
    let url = url.strip_suffix('/').unwrap();
    assert_eq!(url.parse::<std::net::SocketAddr>().unwrap().port(), program.address.port());
    let mut line = program.line().await;
    while line.starts_with("on this network: ") {
        line = program.line().await;
    }
    assert!(line.chars().all(|it| it == '█') && line.chars().count() > 20, "the code's margin: {line}");
}
