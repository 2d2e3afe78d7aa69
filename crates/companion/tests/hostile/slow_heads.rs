//! Heads that come an octet at a time and never end.

use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::attack::drip;
use crate::client::health;
use crate::crowd::try_socket;
use crate::{PER_CONNECTION, Target};

#[tokio::test]
async fn a_thousand_slow_heads_are_told_408() {
    let options = ["--head-time", "2", "--max-connections", "1100", "--max-address-connections", "1100"];
    let mut target = Target::start(&options).await;
    let mut slow = JoinSet::new();
    for _ in 0..NUMBER {
        slow.spawn(drip(target.program.address));
    }
    let mut told = 0;
    while let Some(answer) = slow.join_next().await {
        assert_eq!(answer.unwrap(), "HTTP/1.1 408 Request Timeout\r\nco");
        told += 1;
        if told == 1 {
            target.check(NUMBER as u64 * PER_CONNECTION).await;
        }
    }
    assert_eq!(health(target.program.address).await["refused"]["head_time"], NUMBER);
    target.alone().await;
    target.check(NUMBER as u64 * PER_CONNECTION).await;
    target.stop().await;
}

/// With the usual limits a crowd from one address takes only what one address may have.
#[tokio::test]
async fn a_crowd_beyond_the_limit_is_told_503() {
    let mut target = Target::start(&["--max-address-connections", "20"]).await;
    let address = target.program.address;
    // Whoever was here before may not have left yet.
    let mut held = Vec::new();
    while held.len() < 20 {
        held.extend(try_socket(address).await);
    }
    let mut told = JoinSet::new();
    for _ in 0..60 {
        told.spawn(async move {
            let mut answer = Vec::new();
            TcpStream::connect(address).await.unwrap().read_to_end(&mut answer).await.unwrap();
            String::from_utf8(answer).unwrap()
        });
    }
    while let Some(answer) = told.join_next().await {
        let answer = answer.unwrap();
        assert!(answer.starts_with("HTTP/1.1 503 ") && answer.contains("\r\nretry-after: 1\r\n"), "{answer}");
    }
    drop(held);
    target.alone().await;
    target.check(100 * PER_CONNECTION).await;
    target.stop().await;
}

const NUMBER: usize = 1000;
