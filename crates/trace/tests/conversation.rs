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
    check("chat-six.txt", Transport::Six, Workload::Chat);
    check("chat-long.txt", Transport::Long, Workload::Chat);
    check("chat-sse.txt", Transport::Sse, Workload::Chat);
    check("chat-deflate.txt", Transport::Deflate, Workload::Chat);
    check("chat-webhook.txt", Transport::Webhook, Workload::Chat);
}

#[test]
fn every_transport_carries_an_echo() {
    check("echo-persistent.txt", Transport::Persistent, Workload::Echo);
    check("echo-close.txt", Transport::Close, Workload::Echo);
    check("echo-polling.txt", Transport::Polling, Workload::Echo);
    check("echo-websocket.txt", Transport::WebSocket, Workload::Echo);
    check("echo-six.txt", Transport::Six, Workload::Echo);
    check("echo-long.txt", Transport::Long, Workload::Echo);
    check("echo-sse.txt", Transport::Sse, Workload::Echo);
    check("echo-deflate.txt", Transport::Deflate, Workload::Echo);
    check("echo-webhook.txt", Transport::Webhook, Workload::Echo);
}

/// What is asked for: once and large, many at once, one after another.
#[test]
fn some_transports_carry_what_is_asked_for() {
    check("page-six.txt", Transport::Six, Workload::Page);
    check("page-persistent.txt", Transport::Persistent, Workload::Page);
    check("reads-sse.txt", Transport::Sse, Workload::Reads);
    check("reads-long.txt", Transport::Long, Workload::Reads);
}
