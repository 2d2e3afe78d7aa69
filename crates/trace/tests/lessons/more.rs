//! The table goes on: the lessons that tell of talking, of speed and of goodbye.

use trace::scenario::{Scenario, Speaker, Transport};

use super::figures::{number, octets, plural, seconds};
use super::form::{self, passage};

/// The figures of a beat on the stage, as they are written.
pub(crate) fn expected(lesson: &str, place: usize, learned: bool, s: &Scenario) -> Vec<String> {
    match lesson {
        "talk" => talk(place, learned, s),
        "faster" => faster(place, learned, s),
        "goodbye" => goodbye(place, learned, s),
        // What the key does not prove takes no figure.
        "key" => Vec::new(),
        other => panic!("no figures for {other}"),
    }
}

fn talk(place: usize, learned: bool, s: &Scenario) -> Vec<String> {
    let (n, size) = (u64::from(s.messages), form::size(s));
    let one = || plural(1, "connection");
    match (place, learned) {
        (0, false) => vec![plural(n, "question"), plural(n, "connection")],
        (0, true) => {
            let answer = form::answer(0, true, Some(size)) + size;
            vec![seconds(form::http(s, true).answers[0].0 + form::leaves(s, answer + 40))]
        }
        (1, false) => vec![plural(n, "question"), plural(n, "answer"), one()],
        (2, false) => vec![octets(size), octets(form::post("/echo", 1, size))],
        (2, true) => vec![plural(n, "request")],
        // Both say “Hello?” at 0.4 s.
        (3, false) => vec![seconds(SAID), "“Hello?”".to_owned()],
        (3, true) => vec![seconds(SAID + passage(s, 2 + 4 + 6)), seconds(SAID + passage(s, 2 + 6))],
        (4, false) => {
            let asked = s.poll + passage(s, form::get(0));
            let heard = asked + passage(s, form::answer(0, false, Some(6)) + 6);
            let told = SAID + passage(s, form::post("/say", 0, 6) + 6);
            vec![seconds(SAID), seconds(told), seconds(heard)]
        }
        // Of the first three lines of the chat you say one, Ben two.
        (5, false) => vec![one(), plural(2, "message")],
        (5, true) => {
            let yours = s.added.iter().filter(|it| it.from == Speaker::You).count() as u64;
            vec![plural(1 + yours, "message"), number(2), one()]
        }
        other => panic!("no row for {other:?}"),
    }
}

fn faster(place: usize, learned: bool, s: &Scenario) -> Vec<String> {
    let n = u64::from(s.messages);
    let done = |closes: bool| seconds(form::http(s, closes).last());
    let pushed = || seconds(form::websocket(s).last());
    match (place, learned) {
        (0, false) => vec![plural(n, "message")],
        (0, true) => {
            let handshake = passage(s, form::UPGRADE) + passage(s, form::SWITCHING);
            vec![done(false), pushed(), seconds(handshake)]
        }
        (1, false) => vec![plural(n, "connection"), done(true), pushed()],
        (1, true) => vec![plural(1, "connection"), done(false), pushed()],
        (2, _) => {
            let first = |echo: form::Echo| seconds(echo.answers[0].1);
            let way = seconds(form::round_trip(s));
            vec![first(form::http(s, false)), first(form::websocket(s)), way]
        }
        (3, _) => vec![seconds(500_000), plural(3, "thing"), seconds(frames(s)), seconds(requests(s))],
        (4, learned) => {
            let (said, size) = (s.added[0].at, s.added[0].text.len() as u64);
            // Long polling: the answer leaves at once.
            let answered = passage(s, form::answer(0, false, Some(size)) + size);
            let late = if learned { answered } else { form::polled(s).heard[0] - said };
            vec![seconds(late), seconds(passage(s, 2 + size))]
        }
        other => panic!("no row for {other:?}"),
    }
}

/// When the last of what you say all at once has arrived: one frame behind the other.
fn frames(s: &Scenario) -> u64 {
    let leave = s.added.iter().map(|it| form::leaves(s, 2 + 4 + it.text.len() as u64 + 40));
    s.added[0].at + leave.sum::<u64>() + s.network.round_trip / 2
}

/// The same by requests: on one connection each waits for the answer before; on several the third
/// finds a connection of its own as soon as that is open.
fn requests(s: &Scenario) -> u64 {
    let post = |n: usize| {
        let size = s.added[n].text.len() as u64;
        form::post("/say", n as u64, size) + size
    };
    let (from, answer) = (s.added[0].at, form::answer(0, false, None));
    if s.lanes[0] == Transport::Persistent {
        let before: u64 = (0..2).map(|n| passage(s, post(n)) + passage(s, answer)).sum();
        return from + before + passage(s, post(2));
    }
    // SYN, then SYN and ACK travel right behind the first request and its answer. Behind the second
    // request, which the answer has set free, come ACK and third.
    let free = from + passage(s, post(0)) + passage(s, answer);
    free + form::leaves(s, post(1) + 40) + form::leaves(s, 40) + passage(s, post(2))
}

fn goodbye(place: usize, learned: bool, s: &Scenario) -> Vec<String> {
    // Close frames: header, masking key and code up, header and code down.
    let (up, down) = (2 + 4 + 2, 2 + 2);
    let leaves = SAID + s.poll + s.network.round_trip;
    let answered = leaves + passage(s, up);
    let late = "“Still there?”".to_owned();
    match (place, learned) {
        (0, false) => vec![seconds(leaves), seconds(answered)],
        (0, true) => vec![seconds(answered + form::leaves(s, down + 40))],
        (3, false) => {
            let news = 2 + s.added[0].text.len() as u64;
            let cut = s.added[0].at + form::leaves(s, news + 40) + 1_000_000;
            vec![seconds(cut), "1006".to_owned(), seconds(2_000_000), late]
        }
        (3, true) => {
            let heard = 2_000_000 + passage(s, 2 + 12);
            vec![late, seconds(heard), "1000".to_owned()]
        }
        // One silence is longer than a second: one cut. What comes after it, lane B does not hear.
        (4, false) => vec![plural(2, "connection"), plural(1, "connection"), plural(1, "message")],
        // Doubled each time, and half a minute at most.
        (5, false) => [1, 2, 4, 30].map(|it| seconds(it * 1_000_000)).into(),
        other => panic!("no row for {other:?}"),
    }
}

/// When the first line of the chat, and of the call, is said.
const SAID: u64 = 400_000;
