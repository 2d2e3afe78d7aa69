//! What is written for people and for other programs: tables, transcripts, diagrams; and which file is which.
#![cfg(not(target_arch = "wasm32"))]

use interchange::{Format, Imported, Origin, Run, Secrets, read, sniff, write};
use pulldown_cmark::{Event as Piece, Options, Parser, Tag, TagEnd};
use trace::caption;
use trace::event::{Event, Kind, Layer, Message, Provenance, Source, Times};
use trace::scenario::{Scenario, Transport, Workload};
use trace::sim::simulate;
use trace::trace::{Lane, Trace};
use wire::Sender;

fn run(lanes: &[Transport], workload: Workload) -> Run {
    let scenario = Scenario { lanes: lanes.to_vec(), ..Scenario::default() }.turned_to(workload);
    Run { trace: simulate(&scenario), scenario, origin: Origin::Simulated }
}

fn text(format: Format, run: &Run, secrets: Secrets) -> String {
    let written = write(format, run, secrets, 0);
    assert_eq!(written.problems, []);
    String::from_utf8(written.file).expect("text")
}

/// A run in which everything is said that could be taken for markup.
fn hostile() -> Run {
    let one = |layer, kind, text: &str, at| Event {
        key: trace::event::Key { run: 1, lane: 0, connection: 0, sender: Sender::Client, unit: at as u32 },
        layer,
        source: Source::Wire,
        kind,
        times: Times::moment(at, Provenance::Witnessed),
        octets: trace::event::Octets::default(),
        raw: None,
        unknown: Vec::new(),
        carries: vec![Message { id: 0, text: text.into() }],
    };
    let said = [
        "a|b\n# c",
        "`x` *y* _z_",
        "<b>&amp;</b>",
        "[l](http://a)",
        "~~s~~ ![i](j)",
        "\\| \\",
        "end; loop",
        "%%{init}%%",
        "A1->>A2: x",
        "#59; #quot;",
        "; note over A1: y",
        "\u{202e}x",
        "\r\n\t\u{0}",
    ];
    let mut events: Vec<Event> =
        (1..).zip(said).map(|(at, text)| one(Layer::Application, Kind::Said, text, at * 10)).collect();
    let target = "/|;#%%<x>?token=abc&a=b".to_owned();
    events.push(one(Layer::Http, Kind::Request { method: "GET".to_owned(), target }, "x", 500));
    events.push(one(Layer::Application, Kind::Failed("it | broke; # <off>".to_owned()), "", 600));
    let trace = Trace::new(vec![Lane::from(Transport::WebSocket)], events, 1);
    Run {
        scenario: Scenario { lanes: vec![Transport::WebSocket], ..Scenario::default() },
        trace,
        origin: Origin::File("a|b.pcap".to_owned()),
    }
}

#[test]
fn the_ledger_as_a_table() {
    let run = run(&[Transport::Persistent, Transport::WebSocket], Workload::Chat);
    let text = text(Format::Csv, &run, Secrets::Stripped);
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let heads = table.headers().expect("a head").clone();
    let rows: Vec<csv::StringRecord> = table.records().map(|row| row.expect("a row")).collect();
    let column = |name: &str| {
        heads.iter().position(|head| head == name).unwrap_or_else(|| panic!("{name}: {heads:?}"))
    };
    assert_eq!(rows.len(), 2);
    for (lane, row) in rows.iter().enumerate() {
        let own = || run.trace.lane(lane);
        let cell = |name: &str| row[column(name)].to_owned();
        assert_eq!(cell("lane"), ["A", "B"][lane]);
        assert_eq!(cell("transport"), ["HTTP/1.1, persistent", "WebSocket"][lane]);
        assert_eq!(cell("octets are"), "simulated");
        let requests = own().filter(|event| matches!(event.kind, Kind::Request { .. })).count();
        assert_eq!(cell("HTTP requests"), requests.to_string());
        for (name, sender) in [("up", Sender::Client), ("down", Sender::Server)] {
            let sent = || own().filter(|event| event.key.sender == sender);
            let sum = |of: fn(&Event) -> u64| sent().map(|event| of(event)).sum::<u64>().to_string();
            assert_eq!(cell(&format!("payload {name} (octets, simulated)")), sum(|it| it.octets.payload));
            assert_eq!(
                cell(&format!("heads and frame headers {name} (octets, simulated)")),
                sum(|it| it.octets.framing)
            );
            assert_eq!(cell(&format!("TCP and IP {name} (octets, modelled)")), sum(|it| it.octets.tcp_ip));
        }
        let most = cell("age of messages, most (ms, simulated)").parse::<f64>().expect("milliseconds");
        assert!(most > 50.0, "{most}");
        assert_eq!(cell("round trip of an echo, most (ms, simulated)"), "", "a chat has none");
    }
    // What came from a file says so: who took it, and how, nobody here knows.
    let seen = |of: Run| text_of_head(&of);
    assert!(seen(hostile()).contains("(octets, from the file)"));
}

fn text_of_head(run: &Run) -> String {
    text(Format::Csv, run, Secrets::Stripped).lines().next().unwrap_or_default().to_owned()
}

/// The rows of the transcript's table as another reads them.
fn rows(markdown: &str) -> (Vec<Vec<String>>, Vec<String>) {
    let (mut rows, mut captions, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut in_list = 0_usize;
    for piece in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match piece {
            Piece::Start(Tag::TableRow) => rows.push(Vec::new()),
            Piece::Start(Tag::TableCell | Tag::Item) => cell.clear(),
            Piece::End(TagEnd::TableCell) => {
                if let Some(row) = rows.last_mut() {
                    row.push(std::mem::take(&mut cell));
                }
            }
            Piece::Start(Tag::List(first)) => in_list = usize::from(first.is_some()),
            Piece::End(TagEnd::Item) if in_list == 1 => captions.push(std::mem::take(&mut cell)),
            Piece::Text(text) => cell.push_str(&text),
            Piece::Html(_) | Piece::InlineHtml(_) | Piece::Code(_) => panic!("markup: {piece:?}"),
            Piece::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::Emphasis) => panic!("markup: {piece:?}"),
            _ => {}
        }
    }
    (rows, captions)
}

#[test]
fn a_transcript() {
    for run in [run(&[Transport::Persistent, Transport::WebSocket], Workload::Chat), hostile()] {
        let text = text(Format::Markdown, &run, Secrets::Kept);
        assert!(text.contains("as they were sent"));
        let (rows, captions) = rows(&text);
        assert_eq!(rows.len(), run.trace.events().len());
        let plain = |text: &str| text.replace(char::is_control, " ").trim().to_owned();
        for (row, event) in rows.iter().zip(run.trace.events()) {
            assert_eq!(row.len(), 5, "{row:?}");
            assert_eq!(row[0], caption::precise(event.start()));
            assert_eq!(row[2], caption::who(event.key.sender));
            assert_eq!(row[3], plain(&caption::title(event)));
        }
        let told: Vec<String> = run
            .trace
            .steps()
            .into_iter()
            .map(|at| caption::moment(&run.trace, at))
            .map(|it| plain(&format!("{} {}", it.text, it.emphasis)))
            .collect();
        assert_eq!(captions, told);
    }
}

/// A line of the diagram, by its shape.
fn spoken(line: &str) -> Option<(&str, String)> {
    let line = line.strip_prefix("    ")?;
    let (head, text) = line.split_once(": ")?;
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('#') {
        let (number, after) = after.split_once(';')?;
        out.push_str(before);
        out.push(char::from_u32(number.parse().ok()?)?);
        rest = after;
    }
    out.push_str(rest);
    (!rest.contains(';')).then_some((head, out))
}

#[test]
fn a_diagram() {
    for run in [run(&Transport::ALL[..4], Workload::Chat), hostile()] {
        let text = text(Format::Mermaid, &run, Secrets::Kept);
        let mut lines = text.lines();
        assert_eq!(lines.next(), Some("sequenceDiagram"));
        assert!(
            lines
                .next()
                .is_some_and(|line| line.starts_with("    %% ") && line.contains("as they were sent"))
        );
        let lanes = run.trace.lanes().len();
        for _ in 0..2 * lanes {
            assert!(lines.next().is_some_and(|line| line.starts_with("    participant ")));
        }
        let lines: Vec<(&str, String)> =
            lines.map(|line| spoken(line).unwrap_or_else(|| panic!("{line}"))).collect();
        let (notes, lines) = lines.split_at(lanes);
        for (note, lane) in notes.iter().zip(run.trace.lanes()) {
            assert_eq!(note.1, lane.transport.name());
        }
        let shown: Vec<&Event> =
            run.trace.events().iter().map(|event| &**event).filter(|event| caption::matters(event)).collect();
        assert_eq!(lines.len(), shown.len().min(201));
        for ((head, text), event) in lines.iter().zip(&shown).take(200) {
            let what = match event.layer {
                Layer::Application => caption::title(event),
                _ => caption::label(event),
            };
            let what = format!("{}: {what}", caption::precise(event.start()));
            assert_eq!(*text, what.replace(char::is_control, " "), "{head}");
            let arrow = ["->>", "-->>", "-x"].iter().any(|arrow| head.contains(arrow));
            assert_eq!(
                (arrow, head.starts_with("Note over ")),
                (event.travels(), !event.travels()),
                "{head}"
            );
        }
        if shown.len() > 200 {
            let more = format!("{} more.", shown.len() - 200);
            assert!(lines[200].1.ends_with(&more), "{:?}", lines[200]);
        }
    }
}

#[test]
fn secrets_are_in_none_of_them() {
    for format in Format::ALL {
        let written = write(format, &hostile(), Secrets::Stripped, 0).file;
        assert!(!String::from_utf8_lossy(&written).contains("abc"), "{format:?}");
    }
}

#[test]
fn a_file_shows_what_it_is() {
    let run = run(&[Transport::WebSocket], Workload::Chat);
    for format in Format::ALL {
        let file = write(format, &run, Secrets::Kept, 0).file;
        let can_be_read = matches!(format, Format::Json | Format::Har | Format::Capture);
        assert_eq!(sniff(&file), Some(format).filter(|_| can_be_read), "{format:?}");
        match read("a name", &file, &mut |_| ()) {
            Ok(Imported { run: read, problems }) => {
                assert!(can_be_read && problems.is_empty(), "{format:?}: {problems:?}");
                assert!(format != Format::Json || read == run, "our own format loses nothing");
            }
            Err(refusal) => {
                assert!(!can_be_read && refusal.to_string().contains("choose a HAR"), "{refusal}")
            }
        }
    }
    let check = |file: &[u8], expect: Option<Format>| assert_eq!(sniff(file), expect, "{file:?}");
    check(b"", None);
    check(b"[1, 2]", None);
    check(b"GIF89a", None);
    check(b"{\"a\": {\"log\": 1}}", None);
    check(b"\xef\xbb\xbf {\"a\": [{}], \"log\": ", Some(Format::Har));
    check(b"{\"format\": \"duplex-run\"", Some(Format::Json));
    check(&[0xD4, 0xC3, 0xB2, 0xA1], Some(Format::Capture));
    let refused = |file: &[u8], expect: &str| {
        let said = read("x", file, &mut |_| ()).expect_err("it was read").to_string();
        assert!(said.contains(expect), "{said}");
    };
    refused(b"{\"format\": \"duplex-run\"}", "It is a run of Duplex, but missing field");
    refused(&vec![b'{'; 20_000_001], "This file has 21 MB; at most 20 MB");
}
