//! What of capture needs a browser: its clock, its Resource Timing, its `fetch`, and its refusals.

#![cfg(target_arch = "wasm32")]

use std::cell::RefCell;
use std::rc::Rc;

use duplex::capture::address::{Address, HTTP, SOCKET};
use duplex::capture::timing::Sightings;
use duplex::capture::{Order, Outcome, Server, Stop, companion_tag, instrument, run};
use gloo::utils::window;
use tongue::Sentence;
use trace::live::Manner;
use trace::record::Plan;
use trace::scenario::{Scenario, Transport, Workload};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn origin() -> String {
    window().location().origin().expect("an origin")
}

fn now() -> u64 {
    (window().performance().expect("a clock").now() * 1_000.0) as u64
}

/// Runs an echo of two over HTTP and WebSocket; answers what came and what was reported meanwhile.
async fn echo(server: Server, stop: Stop) -> (Outcome, Vec<String>) {
    let scenario = Scenario { workload: Workload::Echo, messages: 2, ..Scenario::default() };
    let lanes = vec![Transport::Persistent, Transport::WebSocket];
    let order = Order {
        plan: Plan { run: 1, workload: Workload::Echo, script: scenario.script(), lanes },
        server,
        network: scenario.network,
        poll: scenario.poll,
        manner: Manner { leaves_at: scenario.leaves_at(), ..Manner::default() },
        blob: false,
        reversed: true,
    };
    let reports = Rc::<RefCell<Vec<String>>>::default();
    let kept = Rc::clone(&reports);
    let outcome = run(order, stop, move |words| kept.borrow_mut().push(words.said())).await;
    let reports = reports.borrow().clone();
    (outcome, reports)
}

/// What the visitor would be told.
fn problem(outcome: &Outcome) -> Option<String> {
    outcome.problem.as_ref().map(Sentence::said)
}

fn says(found: &Option<String>, expected: &[&str]) {
    let found = found.as_deref().unwrap_or_default();
    expected.iter().for_each(|part| assert!(found.contains(part), "{part} is not in: {found}"));
}

#[wasm_bindgen_test]
fn the_instrument_is_known() {
    let instrument = instrument();
    assert!(instrument.browser.split(' ').count() >= 2, "{}", instrument.browser);
    assert!((1..=100_000).contains(&instrument.step), "{}", instrument.step);
    assert_eq!(companion_tag(), None, "this page does not come from a companion");
}

#[wasm_bindgen_test]
fn addresses_are_taken_apart() {
    for (url, schemes, expected) in [
        ("https://Example.org:443/a?b=c#d", HTTP, Some("https: example.org example.org /a?b=c")),
        ("http://[::1]:9080", HTTP, Some("http: [::1] [::1]:9080 /")),
        ("wss://example.org/raw", SOCKET, Some("wss: example.org example.org /raw")),
        ("wss://example.org/raw", HTTP, None),
        ("example.org", HTTP, None),
        ("", SOCKET, None),
    ] {
        let found = Address::read(url, schemes);
        let found = found.map(|it| format!("{} {} {} {}", it.scheme, it.hostname, it.host, it.target));
        assert_eq!(found.as_deref(), expected, "{url}");
    }
    let lane = Address::read("https://[::1]:9080/", HTTP).expect("an address").on_port("ws:", 9081);
    assert_eq!(lane.url("/ws"), "ws://[::1]:9081/ws");
    assert_eq!(lane.on_port("http:", 80).url("/x"), "http://[::1]/x");
}

#[wasm_bindgen_test]
async fn every_fetch_has_its_entry() {
    let sightings = Sightings::start().expect("an observer");
    let mut asked = Vec::new();
    for path in ["/?n=0", "/?n=1", "/?n=1", "/nowhere?n=2"] {
        let url = origin() + path;
        asked.push((url.clone(), now()));
        let response = JsFuture::from(window().fetch_with_str(&url)).await.expect("an answer");
        let content = web_sys::Response::from(response).array_buffer().expect("content");
        JsFuture::from(content).await.expect("content");
    }
    let sights = sightings.of(&asked).await;
    for ((url, called), sight) in asked.iter().zip(&sights) {
        let sight = sight.as_ref().unwrap_or_else(|| panic!("{url} was not seen"));
        assert_eq!(sight.url, *url);
        // The same origin may know everything.
        let times = [Some(*called), sight.request_start, sight.response_start, sight.response_end];
        let times: Vec<u64> = times.into_iter().map(|time| time.expect("a time")).collect();
        assert!(times.windows(2).all(|pair| pair[0] <= pair[1] + 2_000), "{times:?}");
        assert!(sight.reused.is_some() && !sight.worker);
    }
    let starts: Vec<_> = sights.iter().flatten().map(|sight| sight.start).collect();
    assert!(starts.is_sorted(), "{starts:?}");
    // What was never asked for is waited for a moment, and missed.
    let missing = sightings.of(&[(origin() + "/never", 0)]).await;
    assert_eq!(missing, [None]);
}

#[wasm_bindgen_test]
async fn nobody_there() {
    let base = "http://127.0.0.1:9".to_owned();
    let (outcome, _) = echo(Server::Companion { base }, Stop::new()).await;
    assert!(outcome.logs.is_empty() && outcome.tap.is_none());
    says(
        &problem(&outcome),
        &["Nothing answers at http://127.0.0.1:9.", "cargo xtask serve", "check the address"],
    );
}

#[wasm_bindgen_test]
async fn somebody_else_there() {
    let (outcome, reports) = echo(Server::Companion { base: origin() }, Stop::new()).await;
    says(&problem(&outcome), &["is not a Duplex companion", "cargo xtask serve"]);
    assert!(reports[0].starts_with("Looking for the companion at http://"), "{reports:?}");
}

#[wasm_bindgen_test]
async fn no_address_at_all() {
    let (outcome, _) = echo(Server::Companion { base: "here".to_owned() }, Stop::new()).await;
    says(&problem(&outcome), &["“here” is not the address of a companion"]);
    let public = Server::Public { name: "x".into(), http: "ws://a/".into(), socket: "http://b/".into() };
    let (outcome, _) = echo(public, Stop::new()).await;
    says(&problem(&outcome), &["two addresses"]);
}

#[wasm_bindgen_test]
async fn a_pair_that_does_not_echo() {
    let socket = origin().replace("http:", "ws:") + "/nothing";
    let server = Server::Public { name: "this test".to_owned(), http: origin() + "/nothing", socket };
    let (outcome, reports) = echo(server, Stop::new()).await;
    let lanes: Vec<u8> = outcome.logs.iter().map(|log| log.lane).collect();
    assert_eq!(lanes, [0, 1], "left to right, whatever the order of running");
    let running: Vec<&String> = reports.iter().filter(|words| words.contains("is running")).collect();
    assert_eq!(running[0], "Lane B of 2 is running: WebSocket.");
    assert_eq!(running[1], "Lane A of 2 is running: HTTP/1.1, persistent.");

    let http = &outcome.logs[0];
    let request = http.requests.first().expect("a request");
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/nothing?n=0"));
    assert_eq!(request.said, Some(http.zero));
    assert!(
        request.status != 0 && request.in_hand.is_some() && request.response_end.is_some(),
        "{request:?}"
    );
    says(&http.failed.as_ref().map(|failure| failure.why.clone()), &["POST /nothing?n=0"]);

    let socket = outcome.logs[1].socket.as_ref().expect("a socket");
    assert_eq!((socket.target.as_str(), socket.opened), ("/nothing", None));
    assert!(matches!(socket.closed, Some((_, 1006, false))), "{socket:?}");
    let why = outcome.logs[1].failed.as_ref().map(|failure| failure.why.clone());
    let expected =
        ["No WebSocket opened at 127.0.0.1", "1006", "status 404", "Check path and port of the address"];
    says(&why, &expected);
    says(&problem(&outcome), &["Lane B (WebSocket) broke off.", "Lane A broke off, too.", "stays"]);
}

#[wasm_bindgen_test]
async fn stopped_before_it_began() {
    let stop = Stop::new();
    assert!(!stop.is_stopped());
    stop.clone().stop();
    assert!(stop.is_stopped());
    let (outcome, _) = echo(Server::Companion { base: origin() }, stop).await;
    says(&problem(&outcome), &["You stopped the run"]);
    assert_eq!(Outcome { problem: None, ..outcome }, Outcome::default(), "nothing happened");
}
