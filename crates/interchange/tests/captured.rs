//! Captures that tshark and editcap wrote, of live runs in Chromium: what is read of them is what tshark itself
//! says is in them, message for message and microsecond for microsecond.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;

use interchange::{Imported, read};
use trace::event::{Event, Kind};
use trace::scenario::Transport;

/// What happened on each connection, each with its microsecond since the capture began.
type Talks = Vec<Vec<(u64, String)>>;

fn fixture(name: &str) -> Vec<u8> {
    let place = format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(place).expect("it is there")
}

/// As tshark tells it: a line for each packet that ends a message.
fn told(table: &str) -> Talks {
    let mut talks: BTreeMap<u32, Vec<_>> = BTreeMap::new();
    for line in table.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let [stream, at, method, target, status, opcode, text] = cells[..] else { panic!("{line:?}") };
        let (seconds, nanos) = at.split_once('.').expect("a time");
        // What is finer than a microsecond is cut off.
        let at = format!("{seconds}{}", &nanos[..6]).parse().expect("digits");
        let what = [method, target, status, opcode, text].into_iter().filter(|cell| !cell.is_empty());
        let what = what.collect::<Vec<_>>().join(" ");
        talks.entry(stream.parse().expect("a number")).or_default().push((at, what));
    }
    talks.into_values().collect()
}

/// As it was read.
fn found(imported: &Imported) -> Talks {
    let mut talks: BTreeMap<(u8, u16), Vec<_>> = BTreeMap::new();
    for event in imported.run.trace.events() {
        let text = || event.carries.iter().map(|message| format!(" {}", message.text)).collect::<String>();
        let what = match &event.kind {
            Kind::Request { method, target } => format!("{method} {target}"),
            Kind::Response { status } => status.to_string(),
            Kind::Frame { opcode, .. } => format!("{}{}", u8::from(*opcode), text()),
            _ => continue,
        };
        talks.entry((event.key.lane, event.key.connection)).or_default().push((event.end(), what));
    }
    let mut talks: Talks = talks.into_values().collect();
    talks.iter_mut().for_each(|talk| talk.sort());
    talks.sort();
    talks
}

fn check(file: &str, lanes: &[Transport]) -> Imported {
    let imported =
        read(file, &fixture(file), &mut |_| ()).unwrap_or_else(|refusal| panic!("{file}: {refusal}"));
    assert_eq!(imported.problems, [], "{file}");
    let shown: Vec<Transport> = imported.run.trace.lanes().iter().map(|lane| lane.transport).collect();
    assert_eq!(shown, lanes, "{file}");
    imported
}

fn table(file: &str) -> Talks {
    told(&String::from_utf8(fixture(file)).expect("text"))
}

#[test]
fn what_tshark_and_editcap_wrote() {
    let socket = [Transport::WebSocket];
    for (name, end, lanes) in [
        ("cooked", "pcapng", &[Transport::Close, Transport::WebSocket][..]),
        ("socket-us", "pcap", &socket),
        ("socket-ns", "pcap", &socket),
    ] {
        let imported = check(&format!("{name}.{end}"), lanes);
        assert_eq!(found(&imported), table(&format!("{name}.tsv")), "{name}");
    }
}

/// Of a stream of events that its client left, tshark tells no answer: here there is one, and what came on it.
#[test]
fn a_stream_that_was_left() {
    let lanes = [Transport::Persistent, Transport::Sse, Transport::WebSocket, Transport::Deflate];
    let imported = check("loopback.pcapng", &lanes);
    let (mut found, told) = (found(&imported), table("loopback.tsv"));
    let stream = found.iter_mut().find(|talk| talk[0].1 == "GET /events").expect("a stream");
    assert_eq!(stream.remove(1).1, "200");
    assert_eq!(found, told);
    let said =
        |event: &Event| event.carries.iter().map(|message| message.text.to_string()).collect::<Vec<_>>();
    let events = imported.run.trace.lane(1).filter(|event| event.kind == Kind::Chunk);
    assert_eq!(events.flat_map(|event| said(event)).collect::<Vec<_>>(), ["Hello!", "Lunch?", "Great."]);
}
