//! A web page elsewhere must not use a teacher's companion, on whichever port and by whatever means.
#![allow(clippy::unwrap_used)]

#[path = "support/client.rs"]
mod client;

use std::net::SocketAddr;

use client::{Client, Run, companion, plan, status, text};
use trace::scenario::{Transport, Workload};

async fn check(address: SocketAddr, target: &str, fields: &str, expected: u16) {
    let mut client = Client::connect(address).await;
    client.send(format!("GET {target} HTTP/1.1\r\n{fields}\r\n\r\n").as_bytes()).await;
    let answer = client.unit().await;
    assert_eq!(status(&answer), expected, "{target} with {fields}");
    let shared = answer.response().unwrap().fields.get("access-control-allow-origin").is_some();
    assert_eq!(shared, fields.contains("Origin: ") && expected != 403, "{target} with {fields}");
    if expected == 403 {
        assert!(text(&answer).ends_with(".\n"), "{}", text(&answer));
    }
}

#[tokio::test]
async fn hosts_and_origins_are_checked_on_every_port() {
    let running = companion(|config| config.allow_origins = vec!["https://duplex.example".to_owned()]).await;
    let run = Run::open(running.address(), &plan(&[Transport::Persistent], Workload::Chat, &[])).await;
    for (address, target, fine) in [
        (running.address(), "/health", 200),
        (running.address(), "/echo", 200),
        (run.lanes[0], "/news?after=0", 204),
    ] {
        let rows = [
            ("Host: localhost:1\r\nOrigin: http://localhost:8080", fine),
            ("Host: 127.0.0.1\r\nOrigin: https://duplex.example", fine),
            ("Host: 127.0.0.1", fine),
            ("Host: 127.0.0.1\r\nOrigin: https://evil.example", 403),
            ("Host: 127.0.0.1\r\nOrigin: null", 403),
            ("Host: evil.example", 403),
            ("Host: evil.example\r\nOrigin: http://evil.example", 403),
            ("Host: 192.0.2.1", 403),
            ("X: no host", 403),
            ("Host: 127.0.0.1\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors", 403),
        ];
        for (fields, expected) in rows {
            check(address, target, fields, expected).await;
        }
    }
    running.stop().await;
}

#[tokio::test]
async fn web_sockets_are_checked_too_though_no_browser_would() {
    let running = companion(|_| {}).await;
    let run = Run::open(running.address(), &plan(&[Transport::WebSocket], Workload::Chat, &[])).await;
    for address in [running.address(), run.lanes[0]] {
        for (origin, expected) in
            [(None, 101), (Some("http://localhost"), 101), (Some("https://evil.example"), 403)]
        {
            let mut client = Client::connect(address).await;
            let key = wire::handshake::key_from([7; 16]);
            let mut request = wire::handshake::open("localhost", "/ws", &key);
            if let Some(origin) = origin {
                request = request.with("Origin", origin);
            }
            client.send(&request.encode().unwrap()).await;
            assert_eq!(status(&client.unit().await), expected, "{origin:?}");
        }
    }
    running.stop().await;
}

#[tokio::test]
async fn a_preflight_grants_nothing() {
    let running = companion(|_| {}).await;
    let mut client = Client::connect(running.address()).await;
    let fields = [("Access-Control-Request-Method", "PUT"), ("Access-Control-Request-Headers", "x-anything")];
    for target in ["/runs", "/echo"] {
        let answer = client.ask("OPTIONS", target, &fields, b"").await;
        let answer = answer.response().unwrap();
        assert_eq!(answer.fields.get("access-control-allow-methods"), None, "{target}");
        assert_eq!(answer.fields.get("access-control-allow-headers"), None, "{target}");
    }
    running.stop().await;
}
