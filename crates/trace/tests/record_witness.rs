//! What the script saw beside what the wire carried: the rows of recordings by hand, against counts of the
//! octets themselves.
#![cfg(not(target_arch = "wasm32"))]

#[path = "common/recording.rs"]
mod recording;

use recording::*;
use trace::live::{Chunk, Speaker, Tap};
use trace::record::witness::{Row, rows};
use trace::record::{LaneLog, recorded};
use trace::scenario::{Scenario, Transport, Workload};
use trace::sim::simulate;
use wire::{CloseCode, Frame};

/// One lane, recorded, after `change` has had its way with what was witnessed.
fn of(scenario: &Scenario, change: impl Fn(&mut Tap, &mut LaneLog)) -> Vec<Row> {
    let simulated = simulate(scenario);
    let (mut tap, mut log) = (tap(&simulated), log(&simulated, 0));
    change(&mut tap, &mut log);
    let trace = recorded(&plan(scenario), std::slice::from_ref(&log), Some((&tap, ALIGNED)));
    rows(&trace, &log)
}

fn chat(transport: Transport) -> Scenario {
    Scenario { lanes: vec![transport], ..Scenario::default() }
}

fn check(rows: &[Row], thing: &str, script: &str, wire: &str) {
    let row = rows.iter().find(|row| row.thing == thing);
    let row = row.unwrap_or_else(|| panic!("no row {thing:?} in {rows:#?}"));
    assert!(row.script.contains(script), "{thing}: the script saw {:?}, not {script:?}", row.script);
    assert!(row.wire.contains(wire), "{thing}: the wire carried {:?}, not {wire:?}", row.wire);
}

#[test]
fn a_socket_hides_almost_everything() {
    let rows = of(&chat(Transport::WebSocket), |_, _| {});
    check(&rows, "Opening handshake", "No field line", "Host, Connection, Pragma");
    check(&rows, "Opening handshake", "", "Sec-WebSocket-Key, Sec-WebSocket-Extensions");
    check(&rows, "Its answer", "open fired", "101: 4 field lines");
    check(&rows, "Key and Accept", "Nothing", "=” and “");
    check(
        &rows,
        "Extensions",
        "empty",
        "“permessage-deflate; client_max_window_bits” offered, none agreed on",
    );
    // Two messages and the Close frame.
    check(&rows, "Masking keys", "Nothing", "3, one for each frame: ");
    // “Hi Ben” and “Sure”, each with a header of two octets and a key of four; three of Ben's, without one.
    check(&rows, "Messages sent", "2 calls of send, 10 octets", "2 text in 2 frames, 22 octets");
    check(&rows, "Messages received", "3 events message, 18 octets", "3 text in 3 frames, 24 octets");
    check(&rows, "Ping and Pong", "Nothing", "0 Pings, 0 Pongs");
    check(
        &rows,
        "The end",
        "close(1000) was called. close fired with 1000, clean.",
        "Close 1000 from the client",
    );
    check(&rows, "The end", "", "Close 1000 from the server");
    check(&rows, "The end of TCP", "Nothing", "1 connection: ");
}

#[test]
fn what_a_page_cannot_see_is_counted_on_the_wire() {
    let rows = of(&chat(Transport::WebSocket), |tap, _| {
        let chunks = &mut tap.lanes[0].connections[0].chunks;
        let place = chunks.iter().position(|chunk| chunk.octets.ends_with(b"Hello!")).expect("said");
        let at = chunks[place].at;
        let mut insert = |place, from, frame: Frame| {
            chunks.insert(place, Chunk { from, at, octets: frame.encode() });
        };
        insert(place, Speaker::Server, Frame::ping(b"1").expect("short"));
        insert(place + 1, Speaker::You, Frame::pong(b"1").expect("short").masked([1, 2, 3, 4]));
    });
    check(&rows, "Ping and Pong", "Nothing: a page is told of neither", "1 Ping, 1 Pong");
    check(&rows, "Masking keys", "", "4, one for each frame");
}

/// Chromium tells the server 1002 and the page 1006 (RFC 6455 section 7.4.1).
#[test]
fn a_broken_rule_is_told_to_the_server_and_not_to_the_page() {
    let rows = of(&chat(Transport::WebSocket), |tap, log| {
        let chunks = &mut tap.lanes[0].connections[0].chunks;
        let place = chunks.iter().position(|chunk| chunk.octets.ends_with(b"Hello!")).expect("said");
        chunks.truncate(place + 1);
        let at = chunks[place].at;
        chunks[place].octets = Frame::text("Hello!").masked([9; 4]).encode();
        let reason = "A server must not mask any frames that it sends to the client.";
        let close = Frame::close(Some(CloseCode::PROTOCOL_ERROR), reason).expect("short").masked([7; 4]);
        chunks.push(Chunk { from: Speaker::You, at, octets: close.encode() });
        let socket = log.socket.as_mut().expect("a socket");
        (socket.received, socket.close_called) = (Vec::new(), None);
        socket.closed = Some((log.zero + 800_000, 1006, false));
    });
    check(&rows, "The end", "close fired with 1006, not clean.", "Close 1002 “A server must not mask");
}

#[test]
fn compression_shows_in_size_and_extension() {
    let rows = of(&chat(Transport::Deflate), |_, log| {
        log.socket.as_mut().expect("a socket").extensions = "permessage-deflate".to_owned();
    });
    check(&rows, "Extensions", "extensions: “permessage-deflate”", "agreed on");
    check(&rows, "Messages received", "3 events message, 18 octets", ", compressed");
}

#[test]
fn an_answer_shows_a_script_what_the_server_lets_it_read() {
    let scenario = Scenario { lanes: vec![Transport::Close], messages: 2, ..Scenario::default() };
    let rows = of(&scenario.turned_to(Workload::Echo), |_, log| {
        for request in &mut log.requests {
            request.fields = ["cache-control", "content-length", "content-type"].map(str::to_owned).to_vec();
            request.reused = Some(false);
        }
    });
    check(&rows, "Requests", "2 calls of fetch", "2 requests, ");
    check(&rows, "Field lines of a request", "None", "Host, Connection, Content-Length");
    check(
        &rows,
        "Field lines of an answer",
        "3: cache-control, content-length",
        "content-type, cache-control",
    );
    check(&rows, "Connections", "0 of 2 answers", "2 connections");
}

#[test]
fn what_goes_on_and_what_is_given_up() {
    let rows = of(&chat(Transport::Sse), |tap, log| {
        let said = log.requests.iter_mut().find(|request| request.target.starts_with("/say"));
        said.expect("asked").fields = vec!["cache-control".to_owned()];
        log.left = Some(log.zero + 3_300_000);
        tap.lanes[0].connections[0].client_ended = Some(companion(0, 3_350_000));
        tap.lanes[0].connections[1].client_ended = Some(companion(0, 9_000_000));
    });
    check(&rows, "The end of TCP", "Nothing", "2 connections: 1 ended first by the client, 1 left open");
    // That of the 204: a stream's head no script reads.
    let row = rows.iter().find(|row| row.thing == "Field lines of an answer").expect("a row");
    assert!(!row.wire.contains("content-type") && row.script.starts_with("1: "), "{row:?}");
    check(&rows, "Requests", "2 calls of fetch, 1 opening of an EventSource", "3 requests");
    check(&rows, "The stream", "3 events, each with its data and its ID", "in 3 chunks and no last one");
    let rows = of(&chat(Transport::Long), |_, _| {});
    check(&rows, "Questions given up", "1, by abort()", "1 request without an answer");
}

#[test]
fn of_two_servers_a_script_sees_nothing() {
    let rows = of(&chat(Transport::Webhook), |_, _| {});
    check(&rows, "The conversation", "no browser", "5 requests between two servers, on 2 connections");
    assert_eq!(rows.len(), 2);
}

#[test]
fn without_a_tap_there_is_nothing_to_compare() {
    let scenario = chat(Transport::WebSocket);
    let log = log(&simulate(&scenario), 0);
    let trace = recorded(&plan(&scenario), std::slice::from_ref(&log), None);
    assert!(rows(&trace, &log).is_empty());
}
