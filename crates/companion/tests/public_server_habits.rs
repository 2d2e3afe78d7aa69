//! `--behave`: what public echo servers do differently, on the main port's echo only.
#![allow(clippy::unwrap_used)]

#[path = "support/client.rs"]
mod client;

use std::time::{Duration, Instant};

use client::{Client, ORIGIN, ask, companion, status, text};
use serde_json::{Value, json};
use wire::Frame;

#[tokio::test]
async fn without_habits_the_echo_is_bare() {
    let running = companion(|_| {}).await;
    for target in ["/echo", "/anything"] {
        for method in ["POST", "PUT", "GET", "DELETE"] {
            let answer = ask(running.address(), method, target, b"\x00\xff").await;
            assert_eq!(
                (status(&answer), answer.content.as_slice()),
                (200, &b"\x00\xff"[..]),
                "{method} {target}"
            );
            assert_eq!(answer.response().unwrap().fields.get("timing-allow-origin"), Some(ORIGIN));
        }
    }
    for path in ["/ws", "/websocket/echo"] {
        let mut client = Client::socket(running.address(), path).await;
        client.frame(Frame::text("hello")).await;
        assert_eq!(text(&client.unit().await), "hello");
    }
    running.stop().await;
}

#[tokio::test]
async fn greet_names_the_server_first() {
    let running = companion(|config| config.behave.greet = true).await;
    let mut client = Client::socket(running.address(), "/websocket/echo").await;
    client.frame(Frame::text("hello")).await;
    assert_eq!(text(&client.unit().await), "Request served by duplex");
    assert_eq!(text(&client.unit().await), "hello");
    running.stop().await;
}

#[tokio::test]
async fn wrap_puts_the_echo_into_json() {
    let running = companion(|config| config.behave.wrap = true).await;
    let answer = ask(running.address(), "POST", "/anything?n=1&m", b"hello \"you\"").await;
    let host = running.address().to_string();
    let expected = json!({
        "args": {"n": ["1"], "m": [""]}, "data": "hello \"you\"", "files": {}, "form": {},
        "headers": {"Host": [host], "Origin": [ORIGIN], "Content-Length": ["11"]},
        "json": null, "method": "POST", "origin": "127.0.0.1", "url": format!("http://{host}/anything?n=1&m"),
    });
    assert_eq!(serde_json::from_slice::<Value>(&answer.content).unwrap(), expected);
    running.stop().await;
}

#[tokio::test]
async fn cut_drops_the_connection_without_a_close_frame() {
    let running = companion(|config| config.behave.cut = Some(Duration::from_millis(100))).await;
    let start = Instant::now();
    let mut client = Client::socket(running.address(), "/ws").await;
    client.frame(Frame::text("hello")).await;
    assert_eq!(text(&client.unit().await), "hello");
    assert!(client.maybe_unit().await.is_none(), "no frame before the end");
    assert!(start.elapsed() >= Duration::from_millis(100));
    running.stop().await;
}

#[tokio::test]
async fn no_timing_leaves_one_field_out() {
    let running = companion(|config| config.behave.no_timing = true).await;
    for (target, expected) in [("/echo", None), ("/health", Some(ORIGIN))] {
        let answer = ask(running.address(), "GET", target, b"").await;
        let fields = &answer.response().unwrap().fields;
        assert_eq!(fields.get("timing-allow-origin"), expected, "{target}");
        assert_eq!(fields.get("access-control-allow-origin"), Some(ORIGIN), "{target}");
    }
    running.stop().await;
}
