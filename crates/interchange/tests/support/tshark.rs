//! Wireshark's own dissector as a witness: what `tshark` makes of a capture.

#![allow(dead_code, unreachable_pub)]

use std::path::{Path, PathBuf};
use std::process::Command;

use interchange::{Run, Secrets, pcap};
use trace::event::{Event, Kind, Layer};
use wire::Opcode;

/// Writes the run as a capture; what tshark counts and reads there is what the trace holds.
pub fn check(name: &str, run: &Run) {
    let file = folder().join(format!("{name}.pcapng"));
    let written = pcap::write(run, Secrets::Stripped);
    assert_eq!(written.problems, [], "{name}");
    std::fs::write(&file, written.file).expect("it can be written");
    let packets = packets(&file, &FIELDS);
    let told = |field: &str| {
        let column = FIELDS.iter().position(|known| *known == field).expect("a field");
        let filled =
            packets.iter().map(move |packet| packet[column].as_str()).filter(|value| !value.is_empty());
        filled.collect::<Vec<_>>()
    };
    for wrong in ["_ws.malformed", "tcp.analysis.lost_segment", "tcp.analysis.retransmission"] {
        assert_eq!(told(wrong), [""; 0], "{name}: {wrong}");
    }
    for sum in ["tcp.checksum.status", "ip.checksum.status"] {
        assert_eq!(told(sum), vec!["1"; packets.len()], "{name}: {sum}");
    }
    let events = run.trace.events();
    let count = |is: fn(&Event) -> bool| events.iter().filter(|event| is(event)).count();
    let requests = count(|event| matches!(event.kind, Kind::Request { .. }));
    assert!(requests > 0, "{name}: there is nothing to be told");
    assert_eq!(told("http.request").len(), requests, "{name}: requests");
    // Of a stream that nobody ended tshark shows the segments, but no answer.
    let ended = |event: &Event| event.raw.as_deref().is_some_and(|raw| raw.ends_with(LAST_CHUNK));
    let has_chunks = count(|event| event.kind == Kind::Chunk) > 0;
    let is_open = has_chunks && !events.iter().any(|event| ended(event));
    let responses = count(|event| matches!(event.kind, Kind::Response { .. })) - usize::from(is_open);
    assert_eq!(told("http.response").len(), responses, "{name}: responses");
    let opcodes = told("websocket.opcode").iter().flat_map(|opcodes| opcodes.split(',')).count();
    assert_eq!(opcodes, count(|event| event.layer == Layer::WebSocket), "{name}: frames");
    // What the messages say: unmasked, inflated and put together by somebody else.
    let (contents, frames) = (told("http.file_data").concat(), told("websocket.payload.text").concat());
    for event in events.iter().filter(|event| event.raw.is_some()) {
        let said = if event.layer == Layer::WebSocket { &frames } else { &contents };
        let is_shown = |text: &str| match event.kind {
            Kind::Frame { opcode, .. } => opcode == Opcode::Text,
            Kind::Chunk if is_open => false,
            // tshark 4.0 has signs of its own for octets beyond ASCII, later ones show contents in hexadecimal.
            _ => text.is_ascii(),
        };
        for text in event.carries.iter().map(|message| &*message.text).filter(|text| is_shown(text)) {
            let hex: String = text.bytes().map(|octet| format!("{octet:02x}")).collect();
            assert!(said.contains(text) || said.contains(&hex), "{name}: {text:?} is not in {said:?}");
        }
    }
}

/// RFC 9112 section 7.1.
const LAST_CHUNK: &[u8] = b"0\r\n\r\n";

const FIELDS: [&str; 10] = [
    "_ws.malformed",
    "tcp.analysis.lost_segment",
    "tcp.analysis.retransmission",
    "tcp.checksum.status",
    "ip.checksum.status",
    "http.request",
    "http.response",
    "websocket.opcode",
    "websocket.payload.text",
    "http.file_data",
];

/// Of every packet of a file these fields, empty where it has none; several values have a comma between.
pub fn packets(file: &Path, fields: &[&str]) -> Vec<Vec<String>> {
    let mut tshark = Command::new("tshark");
    tshark.args(["-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE", "-r"]).arg(file);
    tshark.args(["-T", "fields", "-E", "occurrence=a", "-E", "aggregator=,"]);
    tshark.args(fields.iter().flat_map(|field| ["-e", field]));
    let output = tshark.output().expect("tshark is not installed: run `cargo xtask test`, which installs it");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    lines.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

fn folder() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("tshark");
    std::fs::create_dir_all(&folder).expect("a folder for captures");
    folder
}
