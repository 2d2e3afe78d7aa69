//! The table of every figure that a lesson tells: one row a beat, from closed forms.

use trace::lesson::named;
use trace::scenario::{Scenario, Speaker};

use super::form::{self, Echo};
use super::page::Page;
use super::{choose, deflate, production, tcp, webhooks};

/// The figures of a beat, as they are written: of its own scene, or of the one after its task.
pub(crate) fn expected(lesson: &str, place: usize, learned: bool, page: &Page) -> Vec<String> {
    let beat = &named(lesson).expect("a lesson").beats[place];
    let s = &page.scenario;
    if beat.scene.run().is_none() {
        return super::octets::expected(lesson, place, learned, &page.desk.bench);
    }
    match lesson {
        "request" => request(place, learned, s),
        "hang-up" => hang_up(place, learned, s),
        "life" => life(place, learned, s),
        "who-first" => who_first(place, learned, s),
        "cost" => cost(place, learned, s),
        "tcp" => tcp::figures(place, learned, s),
        "deflate" => deflate::figures(place, learned, s),
        "webhooks" => webhooks::figures(place, learned, s),
        "production" => production::figures(place, learned, s),
        "choose" => choose::figures(place, learned, s),
        other => super::more::expected(other, place, learned, s),
    }
}

fn request(place: usize, learned: bool, s: &Scenario) -> Vec<String> {
    let (echo, size, n) = (form::http(s, false), form::size(s), u64::from(s.messages));
    let (ask, answer) = (form::post("/echo", 0, size), form::answer(0, false, Some(size)));
    let heard = echo.answers[0].1;
    match (place, learned) {
        (0, false) => vec![seconds(form::connect(s))],
        (1, false) => vec![octets(ask + size), plural(field_lines(), "field line")],
        (2, false) => vec![octets(ask), octets(size)],
        (2, true) => vec![number(size), octets(size)],
        (3, false) => {
            let there = form::passage(s, ask + size);
            let back = form::passage(s, answer + size);
            vec![number(200), octets(answer + size), seconds(heard), seconds(there + back)]
        }
        (4, false) => vec![octets(ask + size), octets(answer + size)],
        (5, _) => vec![plural(n, "request"), plural(n, "response"), plural(1, "connection")],
        (6, _) => vec![seconds(heard), plural(2, "round trip"), seconds(s.network.round_trip)],
        other => panic!("no row for {other:?}"),
    }
}

fn hang_up(place: usize, learned: bool, s: &Scenario) -> Vec<String> {
    let n = u64::from(s.messages);
    let (warm, cold) = (form::http(s, false), form::http(s, true));
    match (place, learned) {
        (0, false) => vec![plural(n, "message")],
        (0, true) => vec![plural(n, "request"), plural(1, "connection")],
        (1, false) => {
            let answer = form::answer(0, true, Some(form::size(s))) + form::size(s);
            vec![octets(form::CLOSE), seconds(cold.answers[0].0 + form::leaves(s, answer + 40))]
        }
        (2, _) => vec![plural(n, "message"), plural(1, "connection"), plural(n, "connection")],
        (3, _) => vec![seconds(s.network.round_trip), seconds(warm.last()), seconds(cold.last())],
        (4, false) => vec![plural(n, "time")],
        (5, false) => vec![plural(n, "request"), octets(warm.up), plural(1, "connection")],
        other => panic!("no row for {other:?}"),
    }
}

/// You say “Hi Ben” at 0.4 s, Ben “Hello!” at 0.7 s.
fn life(place: usize, learned: bool, s: &Scenario) -> Vec<String> {
    let (you, ben) = (2 + 4 + 6, 2 + 6);
    match (place, learned) {
        (0, false) => vec![seconds(form::connect(s))],
        (1, false) => vec![octets(form::UPGRADE)],
        (1, true) => vec![],
        (2, false) => {
            let at = form::connect(s) + form::passage(s, form::UPGRADE) + form::passage(s, form::SWITCHING);
            vec![number(101), seconds(at), octets(form::SWITCHING)]
        }
        (3, false) => vec![
            seconds(400_000),
            seconds(700_000),
            seconds(form::passage(s, you)),
            seconds(form::passage(s, ben)),
        ],
        (3, true) => {
            vec![plural(1 + bens(s), "message"), plural(1, "request")]
        }
        (4, false) => vec!["“Hello!”".to_owned(), octets(ben), number(2), number(6)],
        (4, true) => vec![octets(4)],
        (5, false) => {
            let leaves = 700_000 + s.poll + s.network.round_trip;
            let answered = leaves + form::passage(s, 8);
            let server = answered + form::leaves(s, 4 + 40);
            let client = server + form::leaves(s, 40) + s.network.round_trip / 2;
            vec!["1000".to_owned(), "1000".to_owned(), seconds(server), seconds(client)]
        }
        other => panic!("no row for {other:?}"),
    }
}

fn who_first(place: usize, learned: bool, s: &Scenario) -> Vec<String> {
    if place == 5 {
        let (post, frame) = (form::post("/say", 0, 6) + 6, 2 + 4 + 6);
        let text = "“Hi Ben”".to_owned();
        return vec![text, seconds(form::passage(s, post)), seconds(form::passage(s, frame))];
    }
    let polled = form::polled(s);
    let (said, text) = (s.added[0].at, &s.added[0].text);
    let frame = 2 + text.len() as u64;
    let (pushed, fetched) = (said + form::passage(s, frame), polled.heard[0]);
    let empty = polled.questions.iter().filter(|it| it.1 == 0).count() as u64;
    let asked = polled.questions.len() as u64;
    let brought = polled.questions.iter().find(|it| it.1 > 0).expect("heard").0;
    match (place, learned) {
        (0, false) => vec![seconds(said), format!("“{text}”")],
        (0, true) => vec![seconds(pushed), seconds(fetched)],
        (1, false) => vec![octets(frame), seconds(said), seconds(pushed - said)],
        (2, false) => vec![seconds(brought - said), seconds(fetched - said)],
        (3, false) => vec![plural(asked, "time"), number(empty)],
        (3, true) => {
            let pushes = form::UPGRADE + form::SWITCHING + frame + 8 + 4;
            let asks = plural(asked, "request");
            vec![seconds(fetched - said), asks, number(empty), octets(polled.octets), number(pushes)]
        }
        (4, false) => vec![number(204), seconds(said - polled.questions[0].0)],
        (6, _) => {
            let mut news: Vec<(u64, u64)> = s.added.iter().map(|it| (it.at, it.text.len() as u64)).collect();
            news.sort_unstable();
            let late = news.iter().zip(&polled.heard).map(|(said, heard)| heard - said.0).max();
            // Before the handshake is done, news waits there, too.
            let open = form::connect(s) + form::passage(s, form::UPGRADE);
            let mut free = open + form::leaves(s, form::SWITCHING + 40);
            let mut pushed = 0;
            for (said, length) in &news {
                let from = free.max(*said);
                free = from + form::leaves(s, 2 + length + 40);
                pushed = pushed.max(free + s.network.round_trip / 2 - said);
            }
            vec![plural(news.len() as u64, "message"), seconds(late.expect("news")), seconds(pushed)]
        }
        other => panic!("no row for {other:?}"),
    }
}

fn cost(place: usize, learned: bool, s: &Scenario) -> Vec<String> {
    let (n, size) = (u64::from(s.messages), form::size(s));
    let (asking, socket) = (form::http(s, false), form::websocket(s));
    let all = |echo: &Echo| echo.framing + 2 * n * size;
    let second = |echo: &Echo| echo.answers.get(1).map_or(0, |it| it.1 - echo.answers[0].1);
    match (place, learned) {
        (0, false) => {
            vec![plural(n, "message"), octets(2 * n * size), octets(all(&asking)), number(all(&socket))]
        }
        (0, true) => vec![octets(2 * n * size), octets(all(&asking)), number(all(&socket))],
        (1, false) => {
            vec![octets(asking.framing), number(socket.framing), octets(asking.tcp_ip), number(socket.tcp_ip)]
        }
        (2, false) => vec![
            octets(form::post("/echo", 1, size)),
            octets(size),
            number(form::answer(0, false, Some(size))),
            plural(n, "request"),
            octets(asking.up),
        ],
        (3, _) => vec![octets(form::header(size) + 4), number(form::header(size)), octets(4)],
        (4, false) => vec![
            octets(form::UPGRADE + form::SWITCHING),
            seconds(asking.answers[0].1),
            seconds(socket.answers[0].1),
        ],
        (5, false) => {
            let once = form::UPGRADE + form::SWITCHING + 8 + 4;
            let ask = form::post("/echo", 0, size) + form::answer(0, false, Some(size)) + 2 * size;
            let frames = 2 * form::header(size) + 4 + 2 * size;
            let first = (0..).find(|n| n * ask > once + n * frames).expect("a break-even");
            vec![octets(once), octets(ask), number(frames), number(first)]
        }
        (5, true) => vec![plural(n, "message"), octets(all(&asking)), number(all(&socket))],
        (6, _) => vec![seconds(second(&asking)), seconds(second(&socket))],
        (7, learned) => {
            let again = form::http(s, true);
            let times = [seconds(second(&asking)), seconds(second(&again))];
            let own = if learned {
                vec![plural(n, "connection"), octets(again.tls)]
            } else {
                vec![plural(1, "connection"), octets(asking.tls), plural(n, "connection"), number(again.tls)]
            };
            own.into_iter().chain(times).collect()
        }
        other => panic!("no row for {other:?}"),
    }
}

/// What Ben was made to say.
fn bens(s: &Scenario) -> u64 {
    s.added.iter().filter(|it| it.from == Speaker::Server).count() as u64
}

pub(crate) fn seconds(micros: u64) -> String {
    let hundredths = (micros as f64 / 10_000.0).round() as u64;
    format!("{}.{}{} s", hundredths / 100, hundredths / 10 % 10, hundredths % 10)
}

pub(crate) fn octets(number: u64) -> String {
    plural(number, "octet")
}

pub(crate) fn plural(number: u64, noun: &str) -> String {
    format!("{} {noun}{}", self::number(number), if number == 1 { "" } else { "s" })
}

pub(crate) fn number(number: u64) -> String {
    match number {
        0..1_000 => number.to_string(),
        1_000..1_000_000 => format!("{},{:03}", number / 1_000, number % 1_000),
        _ => panic!("the lessons' figures stay below a million"),
    }
}

/// Field lines of the captured `POST`: those that have a colon and a space.
fn field_lines() -> u64 {
    let post = CAPTURE.split("### ").find(|part| part.starts_with("fetch POST")).expect("a POST");
    post.lines().skip(1).filter(|line| line.contains(": ")).count() as u64
}

const CAPTURE: &str = include_str!("../../src/heads/chromium156.txt");
