//! Delay, rate and the held first read: never less than the link takes.
#![allow(clippy::unwrap_used)]

#[path = "support/client.rs"]
mod client;

use std::time::{Duration, Instant};

use client::{Client, Run, companion, octets, plan};
use trace::live::{Plan, Speaker};
use trace::scenario::{Network, Transport, Workload};
use wire::Frame;

const ROUND_TRIP: u64 = 80_000;

fn delayed(transport: Transport, kilobits: u32) -> Plan {
    Plan {
        network: Network { round_trip: ROUND_TRIP, kilobits, ..Network::default() },
        ..plan(&[transport], Workload::Echo, &[])
    }
}

fn at_least(what: &str, since: Instant, micros: u64) {
    let took = since.elapsed();
    assert!(took >= Duration::from_micros(micros), "{what} took {took:?} and not {micros} us");
}

#[tokio::test]
async fn a_new_connection_costs_two_round_trips_and_an_open_one_costs_one() {
    let running = companion(|_| {}).await;
    let run = Run::open(running.address(), &delayed(Transport::Persistent, 1_000_000)).await;
    let start = Instant::now();
    let mut client = Client::connect(run.lanes[0]).await;
    client.ask("POST", "/echo?n=0", &[], b"hello").await;
    at_least("the first echo", start, 2 * ROUND_TRIP);
    let start = Instant::now();
    client.ask("POST", "/echo?n=1", &[], b"hello").await;
    at_least("the second echo", start, ROUND_TRIP);

    run.end().await;
    client.finish().await;
    let tap = run.tap().await;
    let connection = &tap.lanes[0].connections[0];
    assert!((1..=ROUND_TRIP).contains(&connection.held), "held for {} us", connection.held);
    let first = connection.chunks.first().unwrap();
    assert_eq!(first.from, Speaker::You);
    // A round trip for the TCP handshake, half of one for the request.
    assert!(first.at >= connection.accepted + ROUND_TRIP * 3 / 2);
    running.stop().await;
}

#[tokio::test]
async fn a_connection_that_waited_by_itself_is_not_held() {
    let running = companion(|_| {}).await;
    let run = Run::open(running.address(), &delayed(Transport::Persistent, 1_000_000)).await;
    let mut client = Client::connect(run.lanes[0]).await;
    tokio::time::sleep(Duration::from_micros(2 * ROUND_TRIP)).await;
    let start = Instant::now();
    client.ask("POST", "/echo?n=0", &[], b"hello").await;
    at_least("the echo", start, ROUND_TRIP);
    assert_eq!(run.tap().await.lanes[0].connections[0].held, 0);
    running.stop().await;
}

#[tokio::test]
async fn a_slow_link_takes_its_time_for_every_octet_each_way() {
    let running = companion(|_| {}).await;
    // 20,000 octets at 1 Mbit/s: 160 ms, there and back.
    let run = Run::open(running.address(), &delayed(Transport::WebSocket, 1000)).await;
    let mut client = Client::socket(run.lanes[0], "/ws").await;
    let start = Instant::now();
    client.frame(Frame::binary(&[7; 20_000])).await;
    assert_eq!(client.unit().await.content.len(), 20_000);
    at_least("the echo", start, ROUND_TRIP + 2 * 160_000);
    run.end().await;
    client.finish().await;
    let tap = run.tap().await;
    assert_eq!(octets(&tap, 0, 0, Speaker::You), client.sent);
    assert_eq!(octets(&tap, 0, 0, Speaker::Server), client.received);
    let chunks = tap.lanes[0].connections[0].chunks.iter();
    assert!(chunks.filter(|chunk| chunk.from == Speaker::You).count() > 5, "they arrive little by little");
    running.stop().await;
}

#[tokio::test]
async fn an_answer_under_way_is_delivered_before_the_connection_closes() {
    let running = companion(|config| config.limits.grace = Duration::from_millis(50)).await;
    // 50,000 octets at 2 Mbit/s: 200 ms, well over the grace.
    let run = Run::open(running.address(), &delayed(Transport::Close, 2000)).await;
    let mut client = Client::connect(run.lanes[0]).await;
    let answer = client.ask("POST", "/echo?n=0", &[], &[b'x'; 50_000]).await;
    assert_eq!(answer.content.len(), 50_000);
    client.finish().await;
    run.end().await;
    assert_eq!(octets(&run.tap().await, 0, 0, Speaker::Server), client.received);
    running.stop().await;
}

#[tokio::test]
async fn the_end_of_the_stream_is_delayed_too() {
    let running = companion(|_| {}).await;
    let run = Run::open(running.address(), &delayed(Transport::WebSocket, 1_000_000)).await;
    let mut client = Client::socket(run.lanes[0], "/ws").await;
    let start = Instant::now();
    client.frame(Frame::close(None, "").unwrap()).await;
    client.unit().await;
    at_least("the answer to the Close frame", start, ROUND_TRIP);
    let start = Instant::now();
    client.finish().await;
    // The end left right behind the Close frame; what is left is the client's own end on its way.
    run.end().await;
    at_least("the client's end", start, ROUND_TRIP / 2);
    let tap = run.tap().await;
    let connection = &tap.lanes[0].connections[0];
    assert!(connection.client_ended.unwrap() >= connection.server_ended.unwrap() + ROUND_TRIP);
    running.stop().await;
}
