//! How others take the ways to carry a conversation: a reader of HTTP, the inspector, a live run.

use trace::event::{Event, Kind};
use trace::exhibit::{self, Exhibit};
use trace::heads::Preset;
use trace::live;
use trace::scenario::{Network, Scenario, Tls, Transport, Workload};
use trace::sim::simulate;
use wire::{Body, Reader, Sender, sse};

/// Head and chunks are one response, and its content is the events.
#[test]
fn the_stream_is_one_response() {
    for (binary, preset) in [(false, Preset::Loopback), (true, Preset::Minimal)] {
        let scenario = Scenario { lanes: vec![Transport::Sse], binary, preset, ..Scenario::default() };
        let trace = simulate(&scenario.turned_to(Workload::Ticker));
        let own = |it: &&std::rc::Rc<Event>| it.key.connection == 0 && it.key.sender == Sender::Server;
        let octets: Vec<u8> =
            trace.lane(0).filter(own).filter_map(|it| it.raw.as_deref()).flatten().copied().collect();
        let mut reader = Reader::new(Sender::Server);
        reader.feed(&octets);
        assert!(reader.poll().is_none(), "no last chunk: it is the page that hangs up");
        assert_eq!(reader.partial().expect("a response").response().expect("a response").status, 200);
        // With the last chunk it would be whole.
        reader.feed(b"0\r\n\r\n");
        let unit = reader.poll().expect("whole").expect("no rule is broken");
        assert!(matches!(&unit.body, Body::Response(response) if response.status == 200));
        assert!(reader.poll().is_none() && reader.waiting().is_empty());
        let mut events = sse::EventStream::new();
        events.feed(&unit.content);
        let (ids, data): (Vec<String>, Vec<String>) =
            std::iter::from_fn(|| events.poll()).map(|it| (it.id, it.data)).unzip();
        assert_eq!(ids, (1..=30).map(|n| n.to_string()).collect::<Vec<_>>());
        let encode = |text: &str| match binary {
            true => wire::handshake::base64(text.as_bytes()),
            false => text.to_owned(),
        };
        let expect: Vec<String> = (1..=30).map(|n| encode(&format!("tick {n}"))).collect();
        assert_eq!(data, expect);
    }
}

/// The inspector shows every unit of every way in its place: chunks in their response, and what one
/// server asks another as a request.
#[test]
fn every_unit_can_be_inspected() {
    for transport in Transport::ALL {
        for workload in [Workload::Chat, Workload::Echo] {
            let trace = simulate(&Scenario { lanes: vec![transport], workload, ..Scenario::default() });
            for event in trace.events() {
                let Some(raw) = &event.raw else { continue };
                let (dissection, place) = exhibit::of_event(&trace, event).expect("octets");
                assert!(dissection.trouble.is_none(), "{event:?}");
                let unit = &dissection.exhibits[place].unit;
                assert_eq!(unit.octets, **raw, "{event:?}");
                assert!(tiles(&dissection.exhibits[place]), "{event:?}");
                let request = matches!(event.kind, Kind::Request { .. });
                assert_eq!(unit.request().is_some(), request, "{event:?}");
            }
        }
    }
}

/// What no companion can emulate is refused in words, with what to do.
#[test]
fn what_cannot_run_live_is_said() {
    let plain = Scenario::default().network;
    assert_eq!(live::not_emulated(&plain), None);
    for (network, named) in [
        (Network { loss: 1, ..plain }, "Loss"),
        (Network { jitter: 1, ..plain }, "jitter"),
        (Network { tls: Tls::V13, ..plain }, "TLS"),
        (Network { idle: Some(1_000_000), ..plain }, "proxy"),
    ] {
        let why = live::not_emulated(&network).expect("an obstacle");
        assert!(why.contains(named) && why.ends_with("to run live."), "{why}");
        assert_eq!(live::emulated(&network), plain);
    }
}

/// Every octet of a unit is in a field, none in two; the first two of a frame are told bit by bit.
fn tiles(exhibit: &Exhibit) -> bool {
    let mut next = 0;
    exhibit.fields.iter().all(|it| {
        let joined = it.octets.start == next || (it.bits.is_some() && it.octets.end == next);
        next = it.octets.end;
        joined
    }) && next == exhibit.unit.octets.len()
}

/// An event of a stream is on show by itself: its chunk, and not the whole response.
#[test]
fn an_event_of_a_stream_shows_its_own_octets() {
    let scenario = Scenario { lanes: vec![Transport::Sse], ..Scenario::default() };
    let trace = simulate(&scenario.turned_to(Workload::Ticker));
    let chunk = trace.events().iter().filter(|it| it.kind == Kind::Chunk).nth(20).expect("a chunk");
    let (dissection, place) = exhibit::of_event(&trace, chunk).expect("octets");
    let shown = &dissection.exhibits[place];
    let text = exhibit::text(shown);
    assert!(
        text.contains("data: tick 21") && !text.contains("tick 20") && !text.contains("HTTP/1.1"),
        "{text}"
    );
    let names: Vec<&str> = shown.fields.iter().map(|it| &*it.name).collect();
    assert_eq!(names, ["Chunk size", "Chunk data", "Chunk end"]);
    assert!(shown.unit.offset > 0 && shown.unit.head == 0);
}

/// What a script cannot send is said, with what the heads are shorter for it.
#[test]
fn what_is_not_sent_live_is_said() {
    let plain = Scenario::default();
    assert_eq!(live::not_sent(&plain), None);
    let lines = vec![("X-Class".to_owned(), "7b".to_owned())];
    for (scenario, told) in [
        // "Cookie: ", the value and CRLF.
        (Scenario { cookie: 500, ..plain.clone() }, "own head, 510 octets shorter than here."),
        (Scenario { extra: lines, ..plain.clone() }, "own head, 13 octets shorter than here."),
        (Scenario { preset: Preset::Firefox, ..plain.clone() }, "own head."),
    ] {
        let why = live::not_sent(&scenario).expect("something is missing");
        assert!(why.starts_with("Cookie size, Heads") && why.ends_with(told), "{why}");
    }
}

/// The lines that are there for the page's sake are told apart, and counted.
#[test]
fn the_instruments_of_a_head_are_counted() {
    let trace = simulate(&Scenario { lanes: vec![Transport::Sse], ..Scenario::default() });
    let head = |response: bool| {
        let is = |it: &&std::rc::Rc<Event>| match it.kind {
            Kind::Response { .. } => response,
            Kind::Request { .. } => !response,
            _ => false,
        };
        let event = trace.events().iter().find(is).expect("a head");
        let (dissection, place) = exhibit::of_event(&trace, event).expect("octets");
        (*dissection.exhibits[place]).clone()
    };
    let response = head(true);
    let text = exhibit::text(&response);
    let own = text.split_inclusive("\r\n").filter(|it| {
        it.starts_with("access-control-") || it.starts_with("timing-allow-") || it.starts_with("x-duplex-")
    });
    let (lines, octets) = own.fold((0, 0), |(lines, octets), it| (lines + 1, octets + it.len() as u64));
    assert_eq!((lines, response.instruments()), (4, octets), "{text}");
    assert_eq!(head(false).instruments(), 0);
}
