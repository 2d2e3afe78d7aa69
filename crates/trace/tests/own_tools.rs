//! "See it in your own tools": the numbers are those of the tap, counted here once more.
#![cfg(not(target_arch = "wasm32"))]

#[path = "common/recording.rs"]
mod recording;

use recording::*;
use trace::event::Kind;
use trace::own_tools::{OwnTools, own_tools};
use trace::record::recorded;
use trace::scenario::{Scenario, Transport};
use trace::sim::simulate;
use trace::trace::Trace;
use wire::Sender;

fn run(transport: Transport) -> (Trace, OwnTools) {
    let scenario = Scenario { lanes: vec![transport], ..Scenario::default() };
    let simulated = simulate(&scenario);
    let trace = recorded(&plan(&scenario), &logs(&simulated), Some((&tap(&simulated), ALIGNED)));
    let tools = own_tools(&trace, 0).expect("witnessed");
    (simulated, tools)
}

fn says(lines: &[String], part: &str) {
    assert!(lines.iter().any(|line| line.contains(part)), "{part} is not in {lines:#?}");
}

fn shows(tools: &OwnTools, filter: &str) -> String {
    let found = tools.wireshark.iter().find(|it| it.filter.ends_with(filter));
    found.unwrap_or_else(|| panic!("no {filter} in {tools:#?}")).shows.clone()
}

fn count(trace: &Trace, wanted: impl Fn(&Kind, Sender) -> bool) -> usize {
    trace.lane(0).filter(|event| wanted(&event.kind, event.key.sender)).count()
}

fn many(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

#[test]
fn every_transport_is_counted_as_it_crossed() {
    for transport in Transport::ALL {
        let (trace, tools) = run(transport);
        let connections = count(&trace, |kind, _| *kind == Kind::Syn);
        let requests = count(&trace, |kind, _| matches!(kind, Kind::Request { .. }));
        assert_eq!(shows(&tools, "tcp.flags.ack == 0"), many(connections, "connection"), "{transport:?}");
        assert_eq!(shows(&tools, "http.request"), many(requests, "request"), "{transport:?}");
        let responses = |status| count(&trace, |kind, _| *kind == Kind::Response { status });
        for status in [101, 200, 204] {
            if responses(status) > 0 {
                let found = shows(&tools, &format!("http.response.code == {status}"));
                assert_eq!(found, many(responses(status), "response"), "{transport:?}");
            }
        }
        let frames = |sender| count(&trace, |kind, by| by == sender && matches!(kind, Kind::Frame { .. }));
        if frames(Sender::Client) > 0 {
            let [up, down] = [Sender::Client, Sender::Server].map(|it| many(frames(it), "frame"));
            assert_eq!(shows(&tools, "websocket.mask == 1"), format!("{up} from the page"));
            assert_eq!(shows(&tools, "websocket.mask == 0"), format!("{down} from the server"));
            assert_eq!(shows(&tools, "status_code == 1000"), "2 Close frames");
        }
        let sent: u64 = units(&trace, 0)
            .filter(|it| it.key.sender == Sender::Client)
            .map(|it| raw(it).len() as u64)
            .sum();
        let followed = shows(&tools, "tcp.len > 0");
        assert!(followed.contains(&trace::caption::octets(sent)), "{transport:?}: {sent} in {followed}");
    }
}

#[test]
fn devtools_have_words_of_their_own() {
    let (_, tools) = run(Transport::WebSocket);
    says(&tools.chromium, "tab Messages: 2 sent, 3 received");
    says(&tools.chromium, "not shown there");
    says(&tools.firefox, "tab Response: 2 sent, 3 received");
    says(&tools.firefox, "“Control”");
    let (trace, tools) = run(Transport::Persistent);
    let rows = count(&trace, |kind, _| matches!(kind, Kind::Request { .. }));
    says(&tools.chromium, &format!("{rows} rows: "));
    says(&tools.chromium, "× `news`");
    says(&tools.chromium, "one and the same number in every row");
    let first = units(&trace, 0).find(|it| it.key.sender == Sender::Server).expect("an answer");
    let size = trace::caption::octets(raw(first).len() as u64);
    says(&tools.chromium, "Size of the first row");
    says(&tools.chromium, &size);
    says(&tools.firefox, "Transferred of the first row");
    let (_, tools) = run(Transport::Close);
    says(&tools.chromium, "different numbers");
    let (_, tools) = run(Transport::Webhook);
    says(&tools.firefox, "No browser takes part");
    let (_, tools) = run(Transport::Sse);
    says(&tools.chromium, "tab EventStream: 3 events");
}

#[test]
fn what_nobody_witnessed_has_no_numbers() {
    let scenario = Scenario { lanes: vec![Transport::Persistent], ..Scenario::default() };
    let simulated = simulate(&scenario);
    assert_eq!(own_tools(&simulated, 0), None);
    let reconstructed = recorded(&plan(&scenario), &logs(&simulated), None);
    assert_eq!(own_tools(&reconstructed, 0), None);
    assert_eq!(own_tools(&simulated, 9), None);
}
