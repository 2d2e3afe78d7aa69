//! Archives: those of three browsers are read as they were meant, damaged ones as far as they go, and what goes
//! out comes back.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;

use interchange::{Imported, Origin, Run, Secrets, har};
use proptest::prelude::*;
use serde_json::{Value, json};
use trace::event::{Event, Kind, Layer, Provenance, Source, Stamp};
use trace::scenario::{Network, Scenario, Tls, Transport, Workload};
use trace::sim::simulate;
use wire::{Reader, Sender};

fn read(file: &[u8]) -> Imported {
    har::read("a.har", file, &mut |_| ()).unwrap_or_else(|refusal| panic!("{refusal}"))
}

fn fixture(name: &str) -> Vec<u8> {
    let place = format!("{}/tests/fixtures/{name}.har", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(place).expect("it is there")
}

fn events(run: &Run) -> impl Iterator<Item = &Event> {
    run.trace.events().iter().map(|event| &**event)
}

/// Its requests in the order in which they were sent: method, target and status of the answer.
fn exchanges(run: &Run) -> Vec<(String, String, u16)> {
    let statuses = |asked: &Event| {
        let same = |event: &&Event| {
            (event.key.lane, event.key.connection) == (asked.key.lane, asked.key.connection)
                && matches!(event.kind, Kind::Response { .. })
                && event.end() >= asked.start()
        };
        events(run).find(same).map_or(0, |event| match event.kind {
            Kind::Response { status } => status,
            _ => 0,
        })
    };
    let one = |event: &Event| match &event.kind {
        Kind::Request { method, target } => Some((method.clone(), target.clone(), statuses(event))),
        _ => None,
    };
    events(run).filter_map(one).collect()
}

/// The messages of its WebSockets: who sent each, and what.
fn messages(run: &Run) -> Vec<(Sender, String)> {
    let frames = events(run).filter(|event| event.layer == Layer::WebSocket);
    frames.flat_map(|it| it.carries.iter().map(|message| (it.key.sender, message.text.to_string()))).collect()
}

#[test]
fn what_browsers_export() {
    let talk = |file: &str, first: &str, blob: bool| {
        let Imported { run, problems } = read(&fixture(file));
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        let expect: &[&str] = if blob {
            &["the file: entries that no network carried, such as data: or a cache, are left out: 1"]
        } else {
            &[]
        };
        assert_eq!(told, expect, "{file}");
        let exchanges = exchanges(&run);
        let of = |method: &str, target: &str| {
            let status = if target == "/ws" { 101 } else { 200 };
            (method.to_owned(), target.to_owned(), status)
        };
        let mut expect =
            vec![of("GET", first), of("GET", "/news?after=2&access_token=s3cr3t"), of("POST", "/say")];
        expect.extend(
            ["/gzip", "/octets", "/slow?n=1", "/slow?n=2", "/slow?n=3", "/events", "/ws"]
                .map(|it| of("GET", it)),
        );
        assert_eq!(BTreeSet::from_iter(&exchanges), BTreeSet::from_iter(&expect), "{file}");
        assert_eq!(exchanges.len(), expect.len());
        let lanes: Vec<Transport> = run.trace.lanes().iter().map(|lane| lane.transport).collect();
        assert_eq!(lanes, [Transport::Sse, Transport::WebSocket], "{file}");
        let stamps = |event: &Event| {
            let times = event.times;
            [times.sent_first, times.sent_last, times.received_first, times.received_last]
        };
        for event in events(&run) {
            assert_eq!(event.source, Source::Browser);
            let from: Vec<Provenance> = stamps(event).into_iter().flatten().map(|stamp| stamp.from).collect();
            // Chromium does not say when it got that answer.
            let unknown = file != "firefox" && event.kind == Kind::Response { status: 101 };
            let expect = if unknown { Provenance::Reconstructed } else { Provenance::Imported };
            assert!(!from.is_empty() && from.iter().all(|&it| it == expect), "{file}: {event:?}");
        }
        run
    };
    for (file, first) in [("chrome", "/?wait=300"), ("playwright", "/")] {
        let run = talk(file, first, false);
        let (client, server) = (Sender::Client, Sender::Server);
        let said = |from: Sender, text: &str| (from, text.to_owned());
        let mut expect = vec![
            said(client, "Hello"),
            said(server, "Hello"),
            said(server, "Server first"),
            said(client, "Grüße, Ben"),
            said(server, "Grüße, Ben"),
        ];
        expect.extend(
            [client, server].map(|from| (from, String::from_utf8_lossy(&[0, 1, 2, 254, 255]).into())),
        );
        assert_eq!(messages(&run), expect, "{file}");
        let binary = events(&run).filter(|event| event.layer == Layer::WebSocket).last().expect("a frame");
        assert_eq!(binary.raw.as_deref(), Some(&[0x82, 5, 0, 1, 2, 254, 255][..]));
    }
    // Firefox keeps no messages.
    assert_eq!(messages(&talk("firefox", "/?wait=100", true)), []);
}

/// What is typed here was read off the files by hand.
#[test]
fn times_and_octets_of_chrome() {
    let Imported { run, .. } = read(&fixture("chrome"));
    let file: Value = serde_json::from_slice(&fixture("chrome")).expect("JSON");
    let entry = |end: &str| {
        let all = file["log"]["entries"].as_array().expect("entries");
        all.iter()
            .find(|entry| entry["request"]["url"].as_str().is_some_and(|url| url.ends_with(end)))
            .expect("one")
    };
    let find = |is: &dyn Fn(&Event) -> bool| events(&run).find(|event| is(event)).expect("an event");
    let request = |target: &str| {
        find(&|event| matches!(&event.kind, Kind::Request { target: own, .. } if own.ends_with(target)))
    };
    // Chrome leaves the empty line out of a request's head (and in, of a response's).
    let size = &entry("s3cr3t")["request"]["headersSize"];
    assert_eq!(json!(request("s3cr3t").octets.framing - 2), *size);
    let micros = |value: &Value| (value.as_f64().expect("a number") * 1e3).round() as u64;
    // The first entry's `blocked` is over at the run's zero plus that.
    let at = |stamp: Option<Stamp>| stamp.expect("a time").at;
    let page = &entry("/?wait=300")["timings"];
    assert_eq!(at(request("/?wait=300").times.sent_first), 0);
    assert_eq!(at(request("/?wait=300").times.sent_last), micros(&page["send"]));
    let answer = find(&|event| event.kind == Kind::Response { status: 200 });
    let wait = micros(&page["send"]) + micros(&page["wait"]);
    assert_eq!(at(answer.times.received_first), wait);
    assert_eq!(at(answer.times.received_last), wait + micros(&page["receive"]));
    // A compressed content: its length on the wire, but not its octets; what it said.
    let gzip = find(&|event| event.carries.iter().any(|message| message.text.starts_with("round and ")));
    assert_eq!((gzip.octets.payload, gzip.carries[0].text.len()), (37, 600));
    assert_eq!(json!(gzip.octets.framing), entry("/gzip")["response"]["headersSize"]);
    assert!(gzip.raw.as_ref().is_some_and(|raw| raw.ends_with(b"\r\n\r\n")));
    // Events of a stream, each with its time.
    let chunks: Vec<(&str, u64)> = events(&run)
        .filter(|event| event.kind == Kind::Chunk)
        .map(|event| (&*event.carries[0].text, event.start()))
        .collect();
    let streamed = &entry("/events")["_eventSourceMessages"];
    let apart = streamed[1]["time"].as_f64().expect("time") - streamed[0]["time"].as_f64().expect("time");
    assert_eq!([chunks[0].0, chunks[1].0], ["one", "two"]);
    assert!((chunks[1].1 - chunks[0].1).abs_diff((apart * 1e6) as u64) <= 1);
    // Connections are those that Chrome tells apart.
    let named: BTreeSet<&str> = file["log"]["entries"]
        .as_array()
        .expect("entries")
        .iter()
        .filter_map(|entry| entry["_connectionId"].as_str())
        .collect();
    let lane = run.trace.lane(0).map(|event| event.key.connection).collect::<BTreeSet<_>>();
    assert_eq!(lane.len(), named.len());
}

/// Heads are rebuilt to the octet: Firefox says how long they were.
#[test]
fn octets_of_firefox() {
    let Imported { run, .. } = read(&fixture("firefox"));
    let file: Value = serde_json::from_slice(&fixture("firefox")).expect("JSON");
    let mut heads = 0;
    for entry in file["log"]["entries"].as_array().expect("entries") {
        let url = entry["request"]["url"].as_str().expect("a URL");
        let Some((_, target)) = url.split_once("9470").filter(|(_, target)| *target != "/?wait=100") else {
            continue;
        };
        let asks = |event: &&Event| matches!(&event.kind, Kind::Request { target: own, .. } if own == target);
        let request = events(&run).find(asks).expect("a request");
        let sent = (request.octets.framing, request.octets.payload);
        assert_eq!(
            (json!(sent.0), json!(sent.1)),
            (entry["request"]["headersSize"].clone(), entry["request"]["bodySize"].clone())
        );
        heads += 1;
    }
    assert_eq!(heads, 9);
}

/// An entry as Chrome writes it, with one thing changed.
fn entry(change: impl FnOnce(&mut Value)) -> Value {
    let mut entry = json!({
        "startedDateTime": "2026-11-22T01:01:55.558Z", "time": 30.0,
        "request": {"method": "GET", "url": "https://a.example/b?c=d", "httpVersion": "HTTP/1.1",
            "headers": [{"name": "Host", "value": "a.example"}]},
        "response": {"status": 200, "statusText": "OK", "httpVersion": "HTTP/1.1",
            "headers": [{"name": "Content-Length", "value": "5"}],
            "content": {"size": 5, "mimeType": "text/plain", "text": "Hello"}},
        "timings": {"blocked": 1.0, "dns": -1, "connect": -1, "ssl": -1, "send": 2.0, "wait": 20.0, "receive": 7.0},
    });
    change(&mut entry);
    entry
}

fn archive(entries: &[Value]) -> Vec<u8> {
    serde_json::to_vec(&json!({"log": {"version": "1.2", "entries": entries}})).expect("JSON")
}

/// What a file with one good entry and this one says of it, and how many requests are shown.
fn told(entry: Value) -> (Vec<String>, usize) {
    let good = self::entry(|entry| entry["request"]["url"] = json!("http://good/"));
    let Imported { run, problems } = read(&archive(&[good, entry]));
    (problems.iter().map(ToString::to_string).collect(), exchanges(&run).len() - 1)
}

#[test]
fn what_is_wrong_with_an_entry_is_said() {
    let check = |change: &dyn Fn(&mut Value), expect: &[&str], shown: usize| {
        let (said, read) = told(entry(change));
        assert_eq!((said.len(), read), (expect.len(), shown), "{said:?}");
        for (said, expect) in said.iter().zip(expect) {
            assert!(said.contains(expect), "{said}: {expect}");
        }
    };
    check(&|_| (), &[], 1);
    check(&|it| *it = json!(7), &["entry 2: it is damaged and left out: invalid type"], 0);
    check(&|it| *it = json!({}), &["entry 2: it is damaged and left out: it has no request"], 0);
    check(&|it| it["request"] = json!([1, 2]), &["entry 2: it is damaged"], 0);
    check(&|it| it["request"]["method"] = json!("G T"), &["entry 2: it is damaged"], 0);
    check(&|it| it["response"]["status"] = json!(7), &["its status is 7"], 0);
    check(&|it| it["response"]["status"] = json!(1_000_000), &["its status is 1000000"], 0);
    check(
        &|it| it["startedDateTime"] = json!("yesterday"),
        &["its startedDateTime is no time: “yesterday”"],
        0,
    );
    check(
        &|it| it["startedDateTime"] = json!("2031-11-22T01:01:55Z"),
        &["more than a day after the first are left out: 2"],
        0,
    );
    check(&|it| it["timings"]["wait"] = json!("long"), &["invalid type"], 0);
    check(&|it| it["timings"] = Value::Null, &[], 1);
    check(&|it| it["timings"] = json!({"send": null, "wait": -1, "receive": 1e300}), &[], 1);
    check(
        &|it| it["timings"]["receive"] = json!(1e300),
        &["more than a day after the first are left out: 1"],
        1,
    );
    check(&|it| it["response"] = Value::Null, &["it has no answer"], 1);
    check(
        &|it| it["response"] = json!({"status": 0, "_error": "net::ERR_ABORTED"}),
        &["it has no answer: net::ERR_ABORTED"],
        1,
    );
    check(
        &|it| it["response"] = json!({"status": -1, "_failureText": "net::ERR_FAILED"}),
        &["it has no answer: net::ERR_FAILED"],
        1,
    );
    check(&|it| it["response"]["content"]["encoding"] = json!("base64"), &["its content is not Base64"], 1);
    check(&|it| it["response"]["content"] = Value::Null, &[], 1);
    check(&|it| it["_fromCache"] = json!("memory"), &["entries that no network carried"], 0);
    check(&|it| it["request"]["url"] = json!("blob:http://a/b"), &["entries that no network carried"], 0);
    check(&|it| it["request"]["httpVersion"] = json!("h2"), &["HTTP/1.1 would write them: 1"], 1);
    check(&|it| it["connection"] = json!(443), &[], 1);
    check(
        &|it| {
            it["request"]["headers"] = json!([{"name": "A b", "value": "c"}, {"name": "D", "value": "\u{1}"}])
        },
        &["field lines that cannot be are left out: 2"],
        1,
    );
    check(
        &|it| {
            it["_webSocketMessages"] = json!([
                {"type": "send", "time": 1_795_309_316.0, "opcode": 2, "data": "?"},
                {"type": "whispers", "time": 1_795_309_316.0, "opcode": 1, "data": "psst"},
                {"type": "send", "time": 1_795_309_316.0, "opcode": 99, "data": ""},
                {"type": "error", "time": 1_795_309_316.0, "opcode": -1, "data": "it broke"},
            ]);
        },
        &["messages that cannot be read are left out: 3"],
        1,
    );
}

/// Heads as HTTP/1.1 would write them, and contents where they are known.
#[test]
fn heads_are_rebuilt() {
    let check = |change: &dyn Fn(&mut Value), sender: Sender, expect: &str| {
        let Imported { run, .. } = read(&archive(&[entry(change)]));
        let event = events(&run).find(|it| it.key.sender == sender && it.layer == Layer::Http).expect("one");
        let raw = event.raw.as_deref().expect("octets");
        assert_eq!(String::from_utf8_lossy(raw), expect);
    };
    let (client, server) = (Sender::Client, Sender::Server);
    check(&|_| (), client, "GET /b?c=d HTTP/1.1\r\nHost: a.example\r\n\r\n");
    check(&|_| (), server, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHello");
    let pairs = |pairs: &[(&str, &str)]| {
        json!(pairs.iter().map(|(name, value)| json!({"name": name, "value": value})).collect::<Vec<_>>())
    };
    check(
        &|it| {
            it["request"]["httpVersion"] = json!("h3");
            it["request"]["headers"] = pairs(&[(":method", "POST"), (":authority", "a.example"), ("x", "y")]);
            it["request"]["method"] = json!("POST");
            it["request"]["postData"] = json!({"mimeType": "", "text": "Grüße"});
        },
        client,
        "POST /b?c=d HTTP/1.1\r\nHost: a.example\r\nx: y\r\nContent-Length: 7\r\n\r\nGrüße",
    );
    check(
        &|it| {
            it["request"]["method"] = json!("POST");
            let params = pairs(&[("a b", "c&d"), ("e", "")]);
            it["request"]["postData"] = json!({"params": params});
        },
        client,
        "POST /b?c=d HTTP/1.1\r\nHost: a.example\r\nContent-Length: 12\r\n\r\na+b=c%26d&e=",
    );
    check(
        &|it| {
            it["response"]["httpVersion"] = json!("h2");
            it["response"]["statusText"] = json!("");
            it["response"]["headers"] = pairs(&[(":status", "200"), ("set-cookie", "a=b\nc=d")]);
        },
        server,
        "HTTP/1.1 200 \r\nset-cookie: a=b\r\nset-cookie: c=d\r\nContent-Length: 5\r\n\r\nHello",
    );
    check(
        &|it| it["response"]["headers"] = pairs(&[("Transfer-Encoding", "chunked"), ("X", "Zürich → Bern")]),
        server,
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX: Zürich → Bern\r\n\r\n5\r\nHello\r\n0\r\n\r\n",
    );
    // What is known only in another form than it crossed the wire is left out; so is what is only claimed.
    check(
        &|it| it["response"]["headers"] = pairs(&[("Content-Encoding", "br"), ("Content-Length", "5")]),
        server,
        "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 5\r\n\r\n",
    );
    check(
        &|it| it["response"]["headers"] = pairs(&[("Content-Length", "18446744073709551615")]),
        server,
        "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\n\r\n",
    );
}

#[test]
fn what_cannot_be_read_is_said() {
    let refused = |file: &[u8], expect: &str| {
        let said = har::read("x", file, &mut |_| ()).expect_err("it was read").to_string();
        assert!(said.contains(expect), "{said}");
    };
    refused(b"", "It is no JSON with a log of entries");
    refused(b"{}", "choose a HAR");
    refused(br#"{"log": {"version": "1.2"}}"#, "choose a HAR");
    refused(br#"{"log": []}"#, "It is no JSON with a log of entries");
    refused(br#"{"log": {"entries": []}}"#, "It has no entries.");
    refused(br#"{"log": {"entries": [{}]}}"#, "entry 1: it is damaged");
    refused(&vec![b' '; 20_000_001], "at most 20 MB");
    let deep = ["[".repeat(1_000_000), "]".repeat(1_000_000)].concat();
    refused(deep.as_bytes(), "It is no JSON with a log of entries");
    refused(format!("{{\"log\": {{\"entries\": [{deep}]}}}}").as_bytes(), "entry 1: it is damaged");
    // What is deep where nobody looks does no harm.
    let mut file = String::from_utf8(archive(&[entry(|_| ())])).expect("text");
    file.insert_str(1, &format!("\"_x\": {deep},"));
    assert_eq!(read(file.as_bytes()).problems, []);
    // A file that breaks off is read up to there.
    let file = archive(&[entry(|_| ()), entry(|_| ())]);
    let cut = read(&[b"\xef\xbb\xbf", &file[..file.len() - 20]].concat());
    assert_eq!(exchanges(&cut.run).len(), 1);
    assert!(cut.problems[0].to_string().contains("damaged or cut off"), "{:?}", cut.problems);
}

/// Twenty megabytes of entries, good and bad: read to the end, with a word about each kind and not about each one.
#[test]
fn a_large_file() {
    let mut list: Vec<Value> = Vec::new();
    let one = serde_json::to_vec(&entry(|_| ())).expect("JSON").len() + 10;
    for n in 0..19_000_000 / one {
        list.push(entry(|it| match n % 3 {
            0 => it["request"]["url"] = json!(format!("http://a{}/", n % 7)),
            1 => it["response"]["status"] = json!(3),
            _ => it["_connectionId"] = json!(format!("{n}")),
        }));
    }
    let mut steps = 0;
    let file = archive(&list);
    assert!(file.len() as u64 <= interchange::LIMIT);
    let read = har::read("large.har", &file, &mut |_| steps += 1).expect("it is read");
    assert_eq!(read.run.trace.lanes().len(), 4);
    assert!((50..60).contains(&read.problems.len()), "{}", read.problems.len());
    assert!(steps > 50, "{steps}");
    // It goes out again: nothing is looked for anew in each entry.
    assert!(har::write(&read.run, Secrets::Stripped, EPOCH).file.len() > file.len() / 3);
}

/// What HAR can hold of a run: heads, contents, messages, each with who sent it and when.
fn held(run: &Run) -> Vec<(u64, Sender, String)> {
    let mut held: Vec<(u64, Sender, String)> = Vec::new();
    for event in events(run).filter(|event| matches!(event.layer, Layer::Http | Layer::WebSocket)) {
        let (sender, times) = (event.key.sender, event.times);
        let at = match (sender, &event.kind) {
            (Sender::Client, Kind::Frame { .. }) => times.sent_first,
            (Sender::Client, _) => times.sent_last,
            // When the head of an answer that goes on was complete, HAR has no room for.
            (Sender::Server, Kind::Response { .. }) if is_stream(event) => times.received_first,
            (Sender::Server, _) => times.received_last,
        };
        let raw = || event.raw.as_deref().expect("octets");
        let what = match &event.kind {
            Kind::Request { .. } | Kind::Response { .. } => {
                let mut reader = Reader::new(sender);
                if sender == Sender::Server {
                    reader.expect_response_to("GET");
                }
                reader.feed(raw());
                let unit = reader.poll().and_then(Result::ok);
                let unit = unit.as_ref().or(reader.partial()).expect("a head");
                format!("{:?} {}", unit.body, String::from_utf8_lossy(&unit.content))
            }
            Kind::Frame { opcode, .. } if opcode.is_control() => format!("{opcode:?}"),
            // Of a fragmented message the last frame has it.
            Kind::Frame { .. } if event.carries.is_empty() => continue,
            _ => event.carries.iter().map(|message| &*message.text).collect(),
        };
        held.push((at.expect("a time").at, sender, what));
    }
    let zero = held.iter().map(|it| it.0).min().unwrap_or(0);
    held.iter_mut().for_each(|it| it.0 -= zero);
    held.sort();
    held
}

fn is_stream(event: &Event) -> bool {
    event.raw.as_ref().is_some_and(|raw| String::from_utf8_lossy(raw).contains("text/event-stream"))
}

fn simulated(transport: Transport, workload: Workload, network: Network, binary: bool) -> Run {
    let scenario =
        Scenario { lanes: vec![transport], network, binary, ..Scenario::default() }.turned_to(workload);
    Run { trace: simulate(&scenario), scenario, origin: Origin::Simulated }
}

/// The first difference, rather than everything.
fn same(read: &[(u64, Sender, String)], expect: &[(u64, Sender, String)]) -> Result<(), TestCaseError> {
    for (read, expect) in read.iter().zip(expect) {
        prop_assert_eq!(read, expect);
    }
    prop_assert_eq!(read.len(), expect.len());
    Ok(())
}

/// Some time of 2026.
const EPOCH: u64 = 1_795_309_315_558_123;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_run_comes_back(
        transport in 0..Transport::ALL.len() - 1,
        workload in 0..Workload::ALL.len(),
        round_trip in 1_000_u64..300_000,
        kilobits in 100_u32..20_000,
        tls in any::<bool>(),
        binary in any::<bool>(),
    ) {
        let tls = if tls { Tls::V13 } else { Tls::Off };
        let network = Network { round_trip, kilobits, tls, ..Network::default() };
        let run = simulated(Transport::ALL[transport], Workload::ALL[workload], network, binary);
        let written = har::write(&run, Secrets::Kept, EPOCH);
        prop_assert_eq!(&written.problems, &[]);
        let back = read(&written.file);
        same(&held(&back.run), &held(&run))?;
        // And once more: what came from a file goes out as it came in.
        let again = read(&har::write(&back.run, Secrets::Kept, EPOCH).file);
        same(&held(&again.run), &held(&back.run))?;
    }

    /// Nothing panics, whatever is in the file.
    #[test]
    fn damaged_files_are_read_as_far_as_they_go(
        file in 0_usize..3,
        cut in 0_usize..60_000,
        flips in proptest::collection::vec((0_usize..60_000, any::<u8>()), 0..40),
    ) {
        let mut octets = fixture(["chrome", "firefox", "playwright"][file]);
        for (at, octet) in flips {
            let length = octets.len();
            octets[at % length] = octet;
        }
        octets.truncate(cut.max(1));
        if let Ok(Imported { run, .. }) = har::read("a.har", &octets, &mut |_| ()) {
            let size: usize = run.trace.events().iter().flat_map(|event| &event.raw).map(|raw| raw.len()).sum();
            prop_assert!(size <= 2 * octets.len());
            har::write(&run, Secrets::Stripped, EPOCH);
        }
    }
}

/// An archive is one side's: of two servers that call each other every request comes back, and who asked does not.
#[test]
fn of_two_servers_the_requests_come_back() {
    for workload in Workload::ALL {
        let run = simulated(Transport::Webhook, workload, Network::default(), false);
        let back = read(&har::write(&run, Secrets::Kept, EPOCH).file);
        assert_eq!(back.problems, [], "{workload:?}");
        let mut requests = events(&back.run).filter(|event| matches!(event.kind, Kind::Request { .. }));
        assert!(requests.all(|event| event.key.sender == Sender::Client), "{workload:?}");
        let asked = |run: &Run| {
            let requests = exchanges(run).into_iter().map(|(method, target, _)| (method, target));
            let mut requests: Vec<_> = requests.collect();
            requests.sort();
            requests
        };
        assert_eq!(asked(&back.run), asked(&run), "{workload:?}");
    }
}

/// What another reads in our files.
#[test]
fn others_read_it() {
    for transport in Transport::ALL {
        let run = simulated(transport, Workload::Chat, Network::default(), false);
        let file = har::write(&run, Secrets::Stripped, EPOCH).file;
        let har = ::har::from_slice(&file).unwrap_or_else(|error| panic!("{transport:?}: {error}"));
        let ::har::Spec::V1_2(log) = har.log else { panic!("{transport:?} is not HAR 1.2") };
        let asked: Vec<(String, String)> = events(&run)
            .filter_map(|event| match &event.kind {
                Kind::Request { method, target } => Some((method.clone(), target.clone())),
                _ => None,
            })
            .collect();
        let read: Vec<(String, String)> = log
            .entries
            .iter()
            .map(|entry| {
                let url = &entry.request.url;
                let path = url.splitn(4, '/').nth(3).unwrap_or_default();
                (entry.request.method.clone(), format!("/{path}"))
            })
            .collect();
        assert_eq!(read, asked, "{transport:?}");
        assert!(log.comment.is_some_and(|comment| comment.contains("replaced by asterisks")));
        for entry in &log.entries {
            let parts = &entry.timings;
            let optional = [parts.blocked, parts.dns, parts.connect].into_iter().flatten();
            let parts = optional.chain([parts.send, parts.wait, parts.receive]).filter(|&it| it > 0.0);
            let sum: f64 = parts.sum();
            assert!((sum - entry.time).abs() < 0.01, "{transport:?}: {sum} is not {}", entry.time);
        }
    }
}

/// What is ours alone: control frames and fragments, and where the numbers come from.
#[test]
fn fields_of_our_own() {
    let run = simulated(Transport::WebSocket, Workload::Chat, Network::default(), false);
    let file: Value = serde_json::from_slice(&har::write(&run, Secrets::Kept, EPOCH).file).expect("JSON");
    let entry = &file["log"]["entries"][0];
    assert_eq!(entry["_provenance"], json!({"times": "simulated", "octets": "simulated"}));
    assert_eq!(entry["startedDateTime"], json!("2026-11-22T01:01:55.558123Z"));
    let frames: Vec<(&str, u64)> = entry["_frames"]
        .as_array()
        .expect("frames")
        .iter()
        .map(|frame| (frame["type"].as_str().expect("a type"), frame["opcode"].as_u64().expect("an opcode")))
        .collect();
    assert_eq!(frames, [("send", 8), ("receive", 8)]);
    let first = &entry["_webSocketMessages"][0];
    assert_eq!(first["opcode"], json!(1));
    // Unix seconds, as Chrome writes them.
    assert!(first["time"].as_f64().is_some_and(|time| (1_795_309_315.0..1_795_309_330.0).contains(&time)));
}

#[test]
fn no_secret_leaves() {
    let Imported { run, .. } = read(&fixture("chrome"));
    let check = |secrets: Secrets, holds: bool| {
        let text = String::from_utf8(har::write(&run, secrets, EPOCH).file).expect("text");
        for secret in ["s3cr3t", "Bearer abc\"", "session=abcdef; theme=dark"] {
            assert_eq!(text.contains(secret), holds, "{secret}");
        }
    };
    check(Secrets::Kept, true);
    // What a page's own script says is content, and no head.
    let text = String::from_utf8(har::write(&run, Secrets::Stripped, EPOCH).file).expect("text");
    let heads: Vec<&str> = text.lines().filter(|line| !line.contains("<!doctype html>")).collect();
    for secret in ["s3cr3t", "Bearer", "abcdef"] {
        assert!(!heads.iter().any(|line| line.contains(secret)), "{secret}");
    }
}
