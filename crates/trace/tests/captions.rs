//! The picture in words: sentences at a time, titles, notes, and how numbers are written.

use trace::caption::{self, Caption, matters};
use trace::event::{Event, Flight, Key, Kind, Layer, Message, Octets, Provenance, Source, Stamp, Times};
use trace::scenario::{Network, Scenario, Speaker, Transport, Utterance, Workload};
use trace::sim::simulate;
use trace::trace::Trace;
use wire::{Opcode, Sender};

fn chat(lanes: &[Transport]) -> Scenario {
    Scenario { lanes: lanes.to_vec(), ..Scenario::default() }
}

fn echo(lanes: &[Transport]) -> Scenario {
    Scenario { workload: Workload::Echo, messages: 2, ..chat(lanes) }
}

/// As the page puts the two together.
fn spoken(caption: &Caption) -> String {
    assert_eq!(caption.text.trim(), caption.text);
    format!("{} {}", caption.text, caption.emphasis).trim().to_owned()
}

/// `at` is a time; the sentence with its emphasis is what is said then.
fn check(scenario: &Scenario, at: u64, expect: &str) {
    let said = caption::moment(&simulate(scenario), at);
    assert_eq!(spoken(&said), expect, "at {at}");
}

#[test]
fn sentences_of_the_first_screen() {
    let first = Scenario::default();
    let check = |at, expect: &str| check(&first, at, expect);
    check(0, "Both lanes: first TCP must connect. The browser sends SYN.");
    check(50_035, "Both lanes: first TCP must connect. The browser sends SYN.");
    check(
        50_036,
        "Both lanes: the server answers SYN, ACK: it accepts. Connecting costs one round trip before any message can travel.",
    );
    check(100_104, "Lane A: the browser asks: any news? Lane B: an HTTP request asks to switch protocols.");
    check(
        150_534,
        "Lane B: the server agrees: 101 Switching Protocols. It may speak from now on, you as soon as this arrives.",
    );
    check(
        150_557,
        "Lane A: the server answers 204, No Content: no news. Lane B: the server agrees: 101 Switching Protocols. It may speak from now on, you as soon as this arrives.",
    );
    check(400_000, "0.40 s: you have something to say: “Hi Ben”.");
    check(450_042, "Lane B: Ben has “Hi Ben”, 0.05 s after it was said.");
    check(
        450_502,
        "Lane A: Ben has it; the server answers 204, No Content. Lane B: Ben has “Hi Ben”, 0.05 s after it was said.",
    );
    check(
        700_000,
        "0.70 s: Ben has news: “Hello!”. WebSocket sends it at once. Over HTTP/1.1, persistent, the server has to sit silent until it is asked.",
    );
    check(750_039, "Lane B: you have “Hello!”, 0.05 s after it was said.");
    check(1_000_000, "Lane A: the browser asks: any news?");
    check(1_050_453, "Lane A: asked at last, the server answers with “Hello!”.");
    check(1_100_741, "Lane A: you have “Hello!”, 0.40 s after it was said.");
    let ends = "sends FIN: it will send no more on this connection.";
    check(
        3_300_000,
        &format!(
            "Lane A: the browser {ends} Lane B: the browser starts the closing handshake with a Close frame."
        ),
    );
    check(3_350_032, &format!("Lane A: the server {ends}"));
    check(3_350_039, &format!("Lane A: the server {ends} Lane B: the server answers it with a Close frame."));
    check(u64::MAX, &format!("Lane B: the browser {ends}"));
}

#[test]
fn sentences_of_other_lanes() {
    use Transport::{Close, Persistent, Polling, WebSocket};
    check(&chat(&[Persistent]), 400_000, "0.40 s: you have something to say: “Hi Ben”.");
    check(
        &chat(&[Close, Persistent, Polling]),
        700_000,
        "0.70 s: Ben has news: “Hello!”. Over HTTP the server has to sit silent until it is asked.",
    );
    check(&chat(&[WebSocket]), 700_000, "0.70 s: Ben has news: “Hello!”.");
    check(
        &chat(&[Close, Persistent, Polling]),
        0,
        "All lanes: first TCP must connect. The browser sends SYN.",
    );
    check(
        &chat(&[Close]),
        450_036,
        "Lane A: the server answers SYN, ACK: it accepts. One more round trip before the request can leave.",
    );
    check(
        &chat(&[Close]),
        1_000_000,
        "Lane A: another connection, so TCP must connect again. The browser sends SYN.",
    );
    check(&chat(&[Close]), 500_104, "Lane A: “Hi Ben” travels as the content of a request, behind its head.");
    check(&echo(&[Persistent]), 0, "0.00 s: you have something to say: “echo 1 of 2.....”.");
    check(&echo(&[Persistent]), 150_616, "Lane A: the server answers at once, with “echo 1 of 2.....”.");
    check(
        &echo(&[Persistent]),
        200_912,
        "Lane A: “echo 2 of 2.....” travels as the content of a request, behind its head.",
    );
    check(&echo(&[Polling]), 251_309, "Lane A: asked at last, the server answers with “echo 1 of 2.....”.");
    // Said at 0, before there was a connection: that is not at once.
    check(&echo(&[WebSocket]), 200_699, "Lane A: “echo 1 of 2.....” goes out in one WebSocket frame.");
    check(
        &echo(&[WebSocket]),
        300_801,
        "Lane A: “echo 2 of 2.....” goes out in one WebSocket frame, at once.",
    );
    check(&Scenario { messages: 0, ..echo(&[Persistent]) }, 0, "Nothing has been sent yet.");
}

/// Before the 101 a WebSocket cannot pass news on either, and the page must not claim that it can.
#[test]
fn news_before_the_handshake() {
    let far = Network { round_trip: 2_000_000, kilobits: 10_000, ..Network::default() };
    check(
        &Scenario { network: far, ..Scenario::default() },
        700_000,
        "0.70 s: Ben has news: “Hello!”. Over HTTP/1.1, persistent, the server has to sit silent until it is asked. WebSocket cannot pass it on yet.",
    );
    let summary = caption::summary(&simulate(&Scenario { network: far, ..chat(&[Transport::WebSocket]) }));
    assert!(!format!("{}{}", summary.text, summary.emphasis).contains("to be asked"), "{summary:?}");
}

/// What waited together is answered together, and only the first few are quoted.
#[test]
fn long_answers_are_cut() {
    let added = (0..5).map(|n| Utterance { at: 10 + n, from: Speaker::Server, text: format!("n{n}") });
    let lanes = vec![Transport::Persistent];
    let scenario = Scenario { lanes, messages: 0, added: added.collect(), ..Scenario::default() };
    check(&scenario, 150_557, "Lane A: asked at last, the server answers with “n0”, “n1”, “n2” and 2 more.");
}

#[test]
fn the_first_screen_is_summed_up() {
    let check = |scenario: &Scenario, expect: &str| {
        let summary = caption::summary(&simulate(scenario));
        assert_eq!(spoken(&summary), expect);
    };
    check(
        &Scenario::default(),
        "Ben had news at 1.20 s. WebSocket delivered it in 0.05 s; HTTP/1.1, persistent took 0.90 s: 0.85 s waiting to be asked, 0.05 s on the way.",
    );
    check(
        &chat(&[Transport::Close, Transport::Persistent]),
        "Ben had news at 0.70 s. HTTP/1.1, persistent delivered it in 0.40 s; HTTP/1.1, Connection: close took 0.50 s: 0.45 s waiting to be asked, 0.05 s on the way.",
    );
    check(
        &chat(&[Transport::WebSocket, Transport::Persistent, Transport::WebSocket]),
        "Ben had news at 1.20 s. Lane A’s WebSocket delivered it in 0.05 s; HTTP/1.1, persistent took 0.90 s: 0.85 s waiting to be asked, 0.05 s on the way.",
    );
    // Two heads, two answers, and the same message four times over, once for each way.
    check(
        &echo(&[Transport::Persistent, Transport::WebSocket]),
        "HTTP/1.1, persistent: 1,858 octets for 64 octets of message; WebSocket: 755 octets for 64 octets of message.",
    );
    check(
        &Scenario { messages: 0, ..echo(&[Transport::Persistent]) },
        "HTTP/1.1, persistent: 0 octets for 0 octets of message.",
    );
    // A proxy cuts the WebSocket before Ben's second word, and what is lost is no win.
    let idle =
        Scenario { workload: Workload::Idle, messages: 2, ..chat(&[Transport::Sse, Transport::WebSocket]) };
    let network = Network { idle: Some(30_000_000), ..idle.network };
    let lost = caption::summary(&simulate(&Scenario { network, ..idle }));
    assert_eq!((&*lost.emphasis, lost.waited), ("WebSocket: 1 of 2 messages delivered.", true));
}

/// Emphasis is a reproach only where somebody had to wait.
#[test]
fn waiting_is_told_from_hurrying() {
    let check = |at: u64, emphasis: &str, waited: bool| {
        let said = caption::moment(&simulate(&Scenario::default()), at);
        assert_eq!((&*said.emphasis, said.waited), (emphasis, waited), "at {at}");
    };
    check(400_000, "", false);
    check(750_039, "0.05 s after it was said.", false);
    check(1_100_741, "0.40 s after it was said.", true);
    check(
        700_000,
        "WebSocket sends it at once. Over HTTP/1.1, persistent, the server has to sit silent until it is asked.",
        true,
    );
}

#[test]
fn the_first_screen_has_three_notes() {
    let notes = |scenario: &Scenario| caption::notes(&simulate(scenario));
    let note = |number: u8, text: &str| (number, text.to_owned());
    let waits = note(1, "Ben has news, but over HTTP the server must wait to be asked: up to 0.85 s.");
    let opens = note(2, "One handshake, itself an HTTP request. Then either side may speak.");
    let repeats = note(
        3,
        "Every request carries a head: here 526 octets or more. A WebSocket message adds only 2 to 6.",
    );
    assert_eq!(notes(&Scenario::default()), [waits.clone(), opens.clone(), repeats]);
    let alone = note(3, "Every request carries a head: here 526 octets or more.");
    assert_eq!(notes(&chat(&[Transport::Persistent])), [waits, alone]);
    assert_eq!(notes(&chat(&[Transport::WebSocket])), [opens]);
    assert_eq!(notes(&Scenario { messages: 0, ..echo(&[Transport::Persistent]) }), []);
}

/// What waits for the connection does not wait to be asked: so long a wait has no figure.
#[test]
fn connecting_is_no_wait_of_http() {
    let far = Network { round_trip: 2_000_000, kilobits: 10_000, ..Network::default() };
    let trace = simulate(&Scenario { network: far, ..Scenario::default() });
    let summary = spoken(&caption::summary(&trace));
    assert!(!summary.contains("to be asked"), "{summary}");
    let notes = caption::notes(&trace);
    assert_eq!(
        notes[0],
        (1, "Ben has news, but over HTTP the server must wait to be asked.".to_owned()),
        "{notes:?}"
    );
}

/// A head that nobody saw has no size, and above all not 0.
#[test]
fn unseen_heads_are_not_counted() {
    let check = |workload, lanes: &[Transport], head: &str, sum: &str| {
        let trace = simulate(&Scenario { workload, messages: 2, ..chat(lanes) });
        let events = trace.events().iter().map(|event| {
            let mut event = (**event).clone();
            if event.layer == Layer::Http {
                event.raw = None;
                event.octets.framing = 0;
            }
            event
        });
        let unseen = Trace::new(trace.lanes().to_vec(), events.collect(), 2);
        let notes = caption::notes(&unseen);
        assert_eq!(notes.last(), Some(&(3, head.to_owned())));
        assert_eq!(spoken(&caption::summary(&unseen)), sum);
    };
    check(
        Workload::Echo,
        &[Transport::Persistent, Transport::WebSocket],
        "Every request carries a head. A WebSocket message adds only 2 to 6.",
        "HTTP/1.1, persistent: heads unseen, 64 octets of message; WebSocket: heads unseen, 64 octets of message.",
    );
    check(
        Workload::Echo,
        &[Transport::Persistent],
        "Every request carries a head.",
        "HTTP/1.1, persistent: heads unseen, 64 octets of message.",
    );
}

/// Three lanes, and what each does at the same moment.
#[test]
fn each_lane_is_told_of() {
    use Transport::{Persistent, Polling, WebSocket};
    let asks = "the browser asks: any news?";
    check(
        &chat(&[Persistent, WebSocket, Polling]),
        100_104,
        &format!("Lane A: {asks} Lane B: an HTTP request asks to switch protocols. Lane C: {asks}"),
    );
    check(&chat(&[Persistent, Polling]), 100_104, &format!("Both lanes: {asks}"));
    check(&chat(&[WebSocket, WebSocket]), 450_042, "Both lanes: Ben has “Hi Ben”, 0.05 s after it was said.");
    // Every lane is told of once, in order, and no sentence comes twice.
    let trace = simulate(&Scenario { lanes: Transport::ALL.to_vec(), ..Scenario::default() });
    for at in trace.steps() {
        let said = spoken(&caption::moment(&trace, at));
        let places: Vec<_> = ('A'..='I').filter_map(|lane| said.find(&format!("Lane {lane}: "))).collect();
        assert!(places.is_sorted() && places.len() <= 9, "{said}");
        assert_eq!(said.matches("Lane ").count(), places.len(), "{said}");
        let now = trace.events().iter().filter(|it| it.start() == at && matters(it));
        let lanes: std::collections::BTreeSet<u8> = now.map(|it| it.key.lane).collect();
        let alone = said.starts_with("All lanes: ") || said.contains(" s: ");
        assert!(alone || places.len() >= lanes.len(), "{said} leaves out one of {lanes:?}");
    }
}

#[test]
fn every_event_has_a_title() {
    for workload in [Workload::Chat, Workload::Echo] {
        for size in [None, Some(1), Some(65_536)] {
            let lanes = Transport::ALL.to_vec();
            let trace = simulate(&Scenario { lanes, workload, size, ..Scenario::default() });
            for event in trace.events() {
                let title = caption::title(event);
                assert!(!title.is_empty() && title.chars().count() < 140, "{title}");
                assert!(!title.contains('\n') && !title.ends_with([',', ' ']), "{title}");
                assert_eq!(caption::label(event).is_empty(), caption::short_label(event).is_empty());
                assert!(caption::label(event).starts_with(&caption::short_label(event)));
                if matters(event) {
                    let said = caption::moment(&trace, event.start());
                    assert!(said.text.len() > 10 && !said.text.contains("  "), "{said:?}");
                }
            }
        }
    }
}

fn event(kind: Kind, layer: Layer, framing: u64, texts: &[&str]) -> Event {
    let key = Key { run: 0, lane: 0, connection: 0, sender: Sender::Server, unit: 0 };
    let carries = (0..).zip(texts).map(|(id, &text)| Message { id, text: text.into() });
    Event {
        key,
        layer,
        source: Source::Simulated,
        kind,
        times: Times::moment(0, Provenance::Simulated),
        octets: Octets { framing, ..Octets::default() },
        raw: (framing > 0).then(|| vec![0; framing as usize].into()),
        unknown: Vec::new(),
        carries: carries.collect(),
    }
}

#[test]
fn titles_of_single_events() {
    let check = |kind: Kind, layer, framing, texts: &[&str], expect: &str| {
        assert_eq!(caption::title(&event(kind, layer, framing, texts)), expect);
    };
    let frame = |opcode, code| Kind::Frame { opcode, code };
    check(Kind::Said, Layer::Application, 0, &["Lunch?"], "Ben said “Lunch?”");
    check(Kind::Delivered, Layer::Application, 0, &["Lunch?"], "You got “Lunch?”");
    check(Kind::Ack(1), Layer::Tcp, 0, &[], "TCP: 1 segment that only acknowledges");
    check(Kind::Ack(2), Layer::Tcp, 0, &[], "TCP: 2 segments that only acknowledge");
    check(Kind::Fin, Layer::Tcp, 0, &[], "TCP: FIN, this direction ends");
    check(Kind::Response { status: 204 }, Layer::Http, 1, &[], "Response 204, 1 octet");
    check(Kind::Response { status: 204 }, Layer::Http, 0, &[], "Response 204, ?? octets");
    check(frame(Opcode::Ping, None), Layer::WebSocket, 2, &[], "Ping frame, 2 octets");
    check(frame(Opcode::Close, Some(1001)), Layer::WebSocket, 4, &[], "Close frame, 1001, 4 octets");
    check(frame(Opcode::Text, None), Layer::WebSocket, 8, &["a"], "Text frame, 8 octets, carries “a”");
    check(Kind::Reset, Layer::Tcp, 0, &[], "TCP: RST, a proxy cuts the silent connection");
    check(Kind::Lost { octets: 1_500, at: 7 }, Layer::Tcp, 0, &[], "TCP: a segment of 1,500 octets is lost");
    check(Kind::Retransmission, Layer::Tcp, 0, &[], "TCP: a segment of 0 octets is sent again");
    check(Kind::Tls(Flight::ClientHello), Layer::Tls, 0, &[], "TLS: ClientHello, 0 octets");
    check(Kind::Accepted, Layer::Tcp, 0, &[], "TCP: connection accepted");
    check(Kind::EndOfStream, Layer::Tcp, 0, &[], "TCP: the server ended its direction");
    check(Kind::Failed("It broke.".to_owned()), Layer::Application, 0, &[], "It broke.");
    check(
        Kind::Response { status: 200 },
        Layer::Http,
        1_000_000,
        &["a", "b", "c", "d"],
        "Response 200, 1,000,000 octets, carries “a”, “b”, “c” and 1 more",
    );
}

#[test]
fn numbers_are_written_for_reading() {
    let check = |actual: String, expect: &str| assert_eq!(actual, expect);
    check(caption::count(0), "0");
    check(caption::count(999), "999");
    check(caption::count(1_000), "1,000");
    check(caption::count(3_905), "3,905");
    check(caption::count(123_456), "123,456");
    check(caption::count(1_234_567), "1,234,567");
    check(caption::count(u64::MAX), "18,446,744,073,709,551,615");
    check(caption::plural(0, "message"), "0 messages");
    check(caption::plural(1, "message"), "1 message");
    check(caption::plural(2, "message"), "2 messages");
    check(caption::plural(1_000, "octet"), "1,000 octets");
    check(caption::octets(1), "1 octet");
    check(caption::octets(12), "12 octets");
    check(caption::seconds(0), "0.00 s");
    check(caption::seconds(4_999), "0.00 s");
    check(caption::seconds(5_000), "0.01 s");
    check(caption::seconds(950_000), "0.95 s");
    check(caption::seconds(994_999), "0.99 s");
    check(caption::seconds(995_000), "1.00 s");
    check(caption::seconds(12_345_678), "12.35 s");
    check(caption::seconds(u64::MAX), "18446744073709.55 s");
    check(caption::precise(0), "0.000 s");
    check(caption::precise(499), "0.000 s");
    check(caption::precise(500), "0.001 s");
    check(caption::precise(3_350_032), "3.350 s");
    check(caption::precise(999_500), "1.000 s");
    check(caption::precise(u64::MAX), "18446744073709.551 s");
    check(caption::plain_seconds(0), "0 ms");
    check(caption::plain_seconds(100_000), "100 ms");
    check(caption::plain_seconds(1_500), "1.5 ms");
    check(caption::plain_seconds(999_000), "999 ms");
    check(caption::plain_seconds(1_000_000), "1 s");
    check(caption::plain_seconds(2_500_000), "2.5 s");
    check(caption::stamp(None), "not seen");
    check(caption::stamp(Some(Stamp { at: 1_500_000, from: Provenance::Measured })), "1.500 s");
}

#[test]
fn quotes_are_cut_between_characters() {
    let check = |text: &str, expect: &str| assert_eq!(caption::quote(text), expect);
    check("", "“”");
    check("Hi", "“Hi”");
    check("1234567890123456789012", "“1234567890123456789012”");
    check("12345678901234567890123", "“123456789012345678901…”");
    check("ééééééééééééééééééééééé", "“ééééééééééééééééééééé…”");
}

/// A text turns its own direction and nobody else's.
#[test]
fn quotes_are_isolated() {
    let check = |text: &str, expect: &str| assert_eq!(caption::quote(text), expect);
    check("a\u{202e}live", "“alive”");
    check("\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}", "“”");
    check("שלום", "“\u{2068}שלום\u{2069}”");
    check("a\u{200f}b", "“\u{2068}a\u{200f}b\u{2069}”");
    check("a\tb", "“\u{2068}a\tb\u{2069}”");
    check("привет ü", "“привет ü”");
    check("\u{2067}ששששששששששששששששששששששש", "“\u{2068}ששששששששששששששששששששש…\u{2069}”");
}
