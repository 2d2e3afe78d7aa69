//! The code beside a lane: whatever travels, a line of it is at work.

mod common;

use trace::event::{Event, Kind};
use trace::listing::{Cue, listing, lit};
use trace::scenario::{Scenario, Transport, Workload};
use trace::sim::simulate;
use wire::{Opcode, Sender};

/// Which cue an event gives, told from the event alone.
fn cue(event: &Event) -> Option<Cue> {
    let by_client = event.key.sender == Sender::Client;
    match &event.kind {
        Kind::Syn => Some(Cue::Connect),
        Kind::Response { status: 101 } => Some(Cue::Open),
        Kind::Response { status: 200 } if opens_stream(event) => Some(Cue::Open),
        Kind::Request { method, .. } if method == "POST" && by_client => Some(Cue::Say),
        Kind::Request { target, .. } if target.starts_with("/news?") => Some(Cue::Ask),
        Kind::Frame { opcode: Opcode::Text, .. } if by_client => Some(Cue::Say),
        Kind::Frame { opcode: Opcode::Close, .. } if by_client => Some(Cue::Leave),
        Kind::Delivered if !by_client => Some(Cue::Hear),
        _ => None,
    }
}

/// Whether a response is the head of a stream of events.
fn opens_stream(event: &Event) -> bool {
    let head = String::from_utf8_lossy(event.raw.as_deref().expect("octets")).to_lowercase();
    head.contains("content-type: text/event-stream\r\n")
}

fn check(transport: Transport, workload: Workload, expect: &[Cue]) {
    let scenario = Scenario { lanes: vec![transport], workload, ..Scenario::default() };
    let trace = simulate(&scenario);
    let listing = listing(&scenario, transport);
    let mut seen = Vec::new();
    let events: Vec<_> = trace.lane(0).collect();
    for (place, event) in events.iter().enumerate() {
        let Some(own) = cue(event) else { continue };
        if !seen.contains(&own) {
            seen.push(own);
        }
        // Of several at one moment the last is at work.
        let later = events[place + 1..].iter().take_while(|it| it.start() == event.start());
        let last = later.filter_map(|event| cue(event)).last().unwrap_or(own);
        let line = lit(&trace, 0, &listing, event.start()).expect("a line is lit");
        assert_eq!(listing[line].cue, Some(last), "{transport:?} {workload:?} {event:?}");
        assert!(!listing[line].text.trim().is_empty());
        assert!(trace.steps().contains(&event.start()), "the player does not stop at {event:?}");
    }
    assert_eq!(seen, expect, "{transport:?} {workload:?}");
    let cues: Vec<Cue> = listing.iter().filter_map(|line| line.cue).collect();
    assert!(expect.iter().all(|own| cues.iter().filter(|cue| *cue == own).count() == 1), "one line each");
    assert_eq!(cues.len(), expect.len(), "no line waits for what never comes: {cues:?}");
}

#[test]
fn every_cue_lights_a_line() {
    use Cue::{Ask, Connect, Hear, Leave, Open, Say};
    check(Transport::Persistent, Workload::Chat, &[Connect, Ask, Say, Hear]);
    check(Transport::Close, Workload::Chat, &[Connect, Ask, Say, Hear]);
    check(Transport::Polling, Workload::Chat, &[Connect, Ask, Say, Hear]);
    check(Transport::WebSocket, Workload::Chat, &[Connect, Open, Say, Hear, Leave]);
    check(Transport::Persistent, Workload::Echo, &[Connect, Say, Hear]);
    check(Transport::Close, Workload::Echo, &[Connect, Say, Hear]);
    check(Transport::Polling, Workload::Echo, &[Connect, Say, Ask, Hear]);
    check(Transport::WebSocket, Workload::Echo, &[Connect, Open, Say, Hear, Leave]);
    check(Transport::Six, Workload::Chat, &[Connect, Ask, Say, Hear]);
    check(Transport::Long, Workload::Chat, &[Connect, Ask, Say, Hear]);
    check(Transport::Sse, Workload::Chat, &[Connect, Open, Say, Hear]);
    check(Transport::Deflate, Workload::Chat, &[Connect, Open, Say, Hear, Leave]);
    check(Transport::Webhook, Workload::Chat, &[Connect, Say, Hear]);
    check(Transport::Six, Workload::Echo, &[Connect, Say, Hear]);
    check(Transport::Long, Workload::Echo, &[Connect, Say, Ask, Hear]);
    check(Transport::Sse, Workload::Echo, &[Connect, Say, Open, Hear]);
    check(Transport::Deflate, Workload::Echo, &[Connect, Open, Say, Hear, Leave]);
    check(Transport::Webhook, Workload::Echo, &[Connect, Say, Hear]);
    for transport in [Transport::Persistent, Transport::Close, Transport::Six] {
        check(transport, Workload::Page, &[Connect, Say, Hear]);
    }
}

/// The scripts as they stand, for the eye.
#[test]
fn the_code_of_each_transport() {
    for transport in Transport::ALL {
        for workload in [Workload::Chat, Workload::Echo, Workload::Page] {
            let scenario = Scenario { lanes: vec![transport], workload, ..Scenario::default() };
            let code: Vec<String> = listing(&scenario, transport).into_iter().map(|line| line.text).collect();
            let name = format!("code-{}-{}.js", workload.id(), transport.id());
            common::golden(&name, &(code.join("\n") + "\n"));
        }
    }
}

#[test]
fn nothing_is_lit_before_anything_happens() {
    let lanes = vec![Transport::Persistent];
    let scenario = Scenario { lanes, workload: Workload::Echo, messages: 0, ..Scenario::default() };
    assert_eq!(lit(&simulate(&scenario), 0, &listing(&scenario, Transport::Persistent), u64::MAX), None);
}

/// The code asks as often as the lane does, and speaks to the same paths.
#[test]
fn the_code_says_what_the_lane_does() {
    for poll in [50_000, 250_000, 1_000_000, 60_000_000] {
        let scenario = Scenario { poll, ..Scenario::default() };
        let lines = listing(&scenario, Transport::Persistent);
        // The lane asks as soon as it is there; an interval alone would let the first one pass.
        let asks = format!("ask(); setInterval(ask, {});", poll / 1_000);
        let place = |text: &str| lines.iter().position(|line| line.text == text);
        let [defined, asked] = ["const ask = () => inTurn(async () => {", &asks].map(place);
        assert!(defined.is_some() && defined < asked, "{poll}");
    }
    for transport in Transport::ALL {
        for (workload, binary) in Workload::ALL.into_iter().flat_map(|it| [(it, false), (it, true)]) {
            let scenario = Scenario { lanes: vec![transport], workload, binary, ..Scenario::default() };
            let code: Vec<String> = listing(&scenario, transport).into_iter().map(|line| line.text).collect();
            let code = code.join("\n");
            for event in simulate(&scenario).events() {
                if let Kind::Request { target, .. } = &event.kind {
                    let path = target.split('?').next().expect("a path");
                    assert!(code.contains(path), "{path} is not in\n{code}");
                }
            }
            let [open, close] = ["{", "}"].map(|brace| code.matches(brace).count());
            assert_eq!(open, close, "braces of\n{code}");
            let [open, close] = ["(", ")"].map(|brace| code.matches(brace).count());
            assert_eq!(open, close, "parentheses of\n{code}");
        }
    }
}
