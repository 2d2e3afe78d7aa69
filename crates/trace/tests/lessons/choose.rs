//! The figures of "Which one should I use?".

use trace::scenario::{Scenario, Speaker};

use super::figures::{number, octets, plural, seconds};
use super::{form, pushed, webhooks};

pub(crate) fn figures(place: usize, learned: bool, s: &Scenario) -> Vec<String> {
    match (place, learned) {
        (0, false) => reads(s),
        (1, _) => {
            let (short, long) = (form::polled(s), held(s));
            let asked = [short.questions.len() as u64, 1 + s.added.len() as u64];
            let [short, long] = [&short.heard, &long.heard].map(|heard| seconds(latest(s, heard)));
            vec![short, plural(asked[0], "question"), long, plural(asked[1], "question")]
        }
        (2, false) => {
            let Held { left, asked, .. } = held(s);
            let questions = plural(1 + s.added.len() as u64, "question");
            vec![questions, plural(1, "connection"), octets(form::get(1)), seconds(asked[1] - left[0])]
        }
        (3, false) => prices(s),
        (3, true) => vec![],
        (4, false) => {
            let n = u64::from(s.messages) / 2;
            let said = (0..n).map(|it| (it, "insert ".len() as u64 + form::digits(2 * it + 1)));
            let heads: u64 =
                form::EVENTS + said.map(|(it, length)| form::post("/say", it, length)).sum::<u64>();
            // The handshake, a header and a masking key for each, and a Close frame.
            let frames = form::UPGRADE + n * (2 + 4) + 8;
            vec![octets(heads), plural(n, "message"), number(frames)]
        }
        (5, false) => vec![plural(s.messages.into(), "chunk")],
        (6, false) => {
            let polled = form::polled(s);
            let calls = calls(s);
            let called = calls.iter().map(|it| it.1).max().expect("a call");
            let sum = calls.iter().map(|it| it.0).sum();
            vec![seconds(called), octets(sum), seconds(latest(s, &polled.heard)), number(polled.octets)]
        }
        other => panic!("no row for {other:?}"),
    }
}

/// The same questions over a request each and over frames; the connection is open for all but the first.
fn reads(s: &Scenario) -> Vec<String> {
    let n = u64::from(s.messages);
    let (ask, item) = ("read 1".len() as u64, 200);
    let request = |it: u64| form::post("/echo", it, ask) + ask;
    let response = form::answer(0, false, Some(item)) + item;
    let (up, down) = (form::header(ask) + 4 + ask, form::header(item) + item);
    let http: u64 = (0..n).map(|it| request(it) + response).sum();
    let socket = form::UPGRADE + form::SWITCHING + n * (up + down) + 8 + 4;
    let trip = |there: u64, back: u64| seconds(form::passage(s, there) + form::passage(s, back));
    vec![trip(request(1), response), trip(up, down), octets(socket), number(http)]
}

/// Long polling: when each question had arrived, when each answer left, and when it was heard.
struct Held {
    asked: Vec<u64>,
    left: Vec<u64>,
    heard: Vec<u64>,
}

/// Each question waits for the next news; none of two is said while the next question is under way.
fn held(s: &Scenario) -> Held {
    let mut held = Held { asked: Vec::new(), left: Vec::new(), heard: Vec::new() };
    let mut asks = form::connect(s);
    for (known, (said, length)) in (0..).zip(sorted(s)) {
        let asked = asks + form::passage(s, form::get(known));
        let left = asked.max(said);
        asks = left + form::passage(s, form::answer(0, false, Some(length)) + length);
        held.asked.push(asked);
        held.left.push(left);
        held.heard.push(asks);
    }
    held.asked.push(asks + form::passage(s, form::get(held.heard.len() as u64)));
    held
}

/// Long polling asks once more than there is to hear; of an event stream the answer goes on. Both lanes'
/// octets do not depend on the times, as long as no two prices come with one answer.
fn prices(s: &Scenario) -> Vec<String> {
    let n = u64::from(s.messages);
    let length = "tick 1".len() as u64;
    assert!(n < 10 && s.network.round_trip < 200_000, "a question is there when the next price is");
    let asks: u64 = (0..=n).map(form::get).sum();
    let answers = n * (form::answer(0, false, Some(length)) + length);
    let chunks: u64 = (0..n).map(|it| pushed::chunk(it, length)).sum();
    let stream = form::EVENTS + form::stream() + chunks;
    vec![plural(n, "price"), plural(n + 1, "time"), octets(asks + answers), plural(1, "time"), number(stream)]
}

/// The octets of each call and its answer, and how old its news was.
fn calls(s: &Scenario) -> Vec<(u64, u64)> {
    let call = |(it, (_, length)): (u64, (u64, u64))| {
        let request = webhooks::head(it, length) + length;
        // The first one has to connect.
        let age = form::passage(s, request) + if it == 0 { form::connect(s) } else { 0 };
        (request + webhooks::TAKEN, age)
    };
    (0..).zip(sorted(s)).map(call).collect()
}

/// When something was said, and its length.
fn sorted(s: &Scenario) -> Vec<(u64, u64)> {
    assert!(s.added.iter().all(|it| it.from == Speaker::Server));
    let mut said: Vec<(u64, u64)> = s.added.iter().map(|it| (it.at, it.text.len() as u64)).collect();
    said.sort_unstable();
    said
}

/// How late the latest was heard.
fn latest(s: &Scenario, heard: &[u64]) -> u64 {
    sorted(s).iter().zip(heard).map(|(said, heard)| heard - said.0).max().expect("news")
}
