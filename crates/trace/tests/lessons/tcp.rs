//! The figures of "TCP underneath".

use trace::scenario::Scenario;

use super::figures::{number, octets, plural, seconds};
use super::form;
use super::pushed::{self, Pushed};

pub(crate) fn figures(place: usize, learned: bool, s: &Scenario) -> Vec<String> {
    match place {
        0..3 => echo(place, learned, s),
        3 | 4 => row(place, learned, s),
        5 => {
            let [stream, socket] = both(s, Some(1));
            let waited = socket[1].again.expect("lost") - socket[1].left;
            vec![seconds(waited), seconds(pushed::oldest(&stream)), seconds(pushed::oldest(&socket))]
        }
        other => panic!("no row for {other}"),
    }
}

fn echo(place: usize, learned: bool, s: &Scenario) -> Vec<String> {
    let size = form::size(s);
    let frame = form::segments(form::header(size) + 4 + size);
    let request = |n: u64| form::segments(form::post("/echo", n, size) + size);
    match (place, learned) {
        (0, false) => vec![seconds(form::connect(s)), seconds(form::connect(s))],
        (1, false) => vec![octets(size), plural(frame, "segment"), number(request(0))],
        (1, true) => vec![plural(frame, "segment"), number(request(0))],
        (2, false) => {
            // Every second segment and the last are acknowledged; the echo takes one along.
            let alone = |segments: u64| segments.div_ceil(2) - 1;
            let n = u64::from(s.messages);
            let (a, b) = ((0..n).map(|it| alone(request(it))).sum(), n * alone(frame));
            vec![plural(a, "segment"), number(b)]
        }
        other => panic!("no row for {other:?}"),
    }
}

/// Ben's messages in a row, of which the second is lost.
fn row(place: usize, learned: bool, s: &Scenario) -> Vec<String> {
    let [stream, socket] = both(s, (s.network.loss > 0).then_some(1));
    let waited = |lane: &[Pushed]| lane[1].again.expect("lost") - lane[1].left;
    match (place, learned) {
        (3, false) => vec![format!("“{}”", socket[1].text), seconds(waited(&socket))],
        (3, true) => vec![seconds(waited(&stream)), plural(1, "segment")],
        (4, false) => {
            let longest = |waited: &[u64]| seconds(*waited.iter().max().expect("some"));
            let [a, b] = [&stream, &socket].map(|lane| pushed::held_back(lane));
            vec![plural(b.len() as u64, "message"), longest(&b), number(a.len() as u64), longest(&a)]
        }
        (4, true) => [stream, socket].map(|lane| seconds(pushed::oldest(&lane))).into(),
        other => panic!("no row for {other:?}"),
    }
}

fn both(s: &Scenario, lost: Option<usize>) -> [Vec<Pushed>; 2] {
    [pushed::chunk, pushed::frame].map(|size| pushed::pushed(s, lost, size))
}
