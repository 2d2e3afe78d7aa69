//! The first screen's conversation on each transport, event by event.

mod common;

use trace::scenario::{Scenario, Transport, Workload};
use trace::sim::simulate;

fn check(name: &str, transport: Transport, workload: Workload) {
    let scenario = Scenario { lanes: vec![transport], workload, ..Scenario::default() };
    common::golden(name, &common::table(&simulate(&scenario)));
}

#[test]
fn every_transport_carries_the_chat() {
    check("chat-persistent.txt", Transport::Persistent, Workload::Chat);
    check("chat-close.txt", Transport::Close, Workload::Chat);
    check("chat-polling.txt", Transport::Polling, Workload::Chat);
    check("chat-websocket.txt", Transport::WebSocket, Workload::Chat);
}

#[test]
fn every_transport_carries_an_echo() {
    check("echo-persistent.txt", Transport::Persistent, Workload::Echo);
    check("echo-close.txt", Transport::Close, Workload::Echo);
    check("echo-polling.txt", Transport::Polling, Workload::Echo);
    check("echo-websocket.txt", Transport::WebSocket, Workload::Echo);
}
