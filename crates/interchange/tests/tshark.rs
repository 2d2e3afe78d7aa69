//! Wireshark's own dissector on our captures: HTTP and WebSocket, nothing malformed, every checksum right.
//! Needs `tshark`, which `cargo xtask test` installs.
#![cfg(not(target_arch = "wasm32"))]

use std::path::{Path, PathBuf};
use std::process::Command;

use interchange::{Origin, Run, Secrets, pcap};
use trace::event::{Kind, Layer};
use trace::scenario::{Scenario, Transport, Workload};
use trace::sim::simulate;

#[test]
fn every_transport() {
    for transport in Transport::ALL {
        for workload in [Workload::Chat, Workload::Echo] {
            let scenario = Scenario { lanes: vec![transport], ..Scenario::default() }.turned_to(workload);
            check(&Run { trace: simulate(&scenario), scenario, origin: Origin::Simulated });
        }
    }
}

/// What tshark counts is what the trace holds.
fn check(run: &Run) {
    let transport = run.scenario.lanes[0];
    let name = format!("{}-{}", transport.id(), run.scenario.workload.id());
    let file = folder().join(format!("{name}.pcapng"));
    std::fs::write(&file, pcap::write(run, Secrets::Stripped).file).expect("it can be written");
    let count = |filter: &str| fields(&file, filter, "frame.number").lines().count();
    let bad = "_ws.malformed || tcp.checksum.status == 0 || ip.checksum.status == 0";
    assert_eq!(count(bad), 0, "{name}");
    assert_eq!(count("tcp.analysis.lost_segment || tcp.analysis.retransmission"), 0, "{name}");
    let events = run.trace.events();
    let requests = events.iter().filter(|event| matches!(event.kind, Kind::Request { .. })).count();
    assert_eq!(count("http.request"), requests, "{name}: requests");
    let frames = events.iter().filter(|event| event.layer == Layer::WebSocket).count();
    let opcodes = fields(&file, "websocket", "websocket.opcode");
    let told: usize = opcodes.lines().map(|line| line.split(',').count()).sum();
    assert_eq!(told, frames, "{name}: frames");
    // What the messages say, unmasked by somebody else.
    if transport == Transport::WebSocket {
        let told = fields(&file, "websocket.opcode == 1", "websocket.payload.text");
        let framed = events.iter().filter(|event| matches!(event.kind, Kind::Frame { .. }));
        for message in framed.flat_map(|event| &event.carries) {
            assert!(told.contains(&*message.text), "{name}: {:?} is not in {told:?}", message.text);
        }
    }
}

/// A field of every packet that a filter lets through, a line for each.
fn fields(file: &Path, filter: &str, field: &str) -> String {
    let checked = ["-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"];
    let shown = ["-T", "fields", "-E", "occurrence=a", "-E", "aggregator=,", "-e", field];
    let mut tshark = Command::new("tshark");
    tshark.args(checked).arg("-r").arg(file).args(["-Y", filter]).args(shown);
    let output = tshark.output().expect("tshark is not installed: run `cargo xtask test`, which installs it");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn folder() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("tshark");
    std::fs::create_dir_all(&folder).expect("a folder for captures");
    folder
}
