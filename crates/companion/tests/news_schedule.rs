//! News over HTTP: due on the lane's own clock, which starts with its first connection.
#![allow(clippy::unwrap_used)]

#[path = "support/client.rs"]
mod client;

use std::time::{Duration, Instant};

use client::{Client, Run, companion, plan, status, text};
use trace::scenario::{Transport, Workload};

#[tokio::test]
async fn news_are_not_there_before_they_are_due() {
    let running = companion(|_| {}).await;
    let script = [(150_000, "Hello!"), (300_000, "Lunch?")];
    let run = Run::open(running.address(), &plan(&[Transport::Polling], Workload::Chat, &script)).await;
    // The lane's clock stands still until somebody connects.
    tokio::time::sleep(Duration::from_millis(200)).await;
    let start = Instant::now();
    let mut client = Client::connect(run.lanes[0]).await;
    let mut news = Vec::new();
    while news.len() < 2 {
        let answer = client.ask("GET", &format!("/news?after={}", news.len()), &[], b"").await;
        match status(&answer) {
            200 => news.extend(text(&answer).split('\n').map(|line| (line.to_owned(), start.elapsed()))),
            status => assert_eq!(status, 204),
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let (lines, times): (Vec<String>, Vec<Duration>) = news.into_iter().unzip();
    assert_eq!(lines, ["Hello!", "Lunch?"]);
    // Accepted after `start`: a line can only be later on this clock.
    assert!(times[0] >= Duration::from_millis(150), "{times:?}");
    assert!(times[1] >= Duration::from_millis(300), "{times:?}");

    let answer = client.ask("GET", "/news?after=0", &[], b"").await;
    assert_eq!(text(&answer), "Hello!\nLunch?");
    let answer = client.ask("POST", "/say?n=0", &[], b"Hi Ben").await;
    assert_eq!(status(&answer), 204);
    let answer = client.ask("GET", "/news?after=2", &[], b"").await;
    assert_eq!(status(&answer), 204, "what the visitor says is no news in a chat");
    running.stop().await;
}
