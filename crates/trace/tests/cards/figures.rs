//! The table of what each card must come to: the place of the right prediction, and every figure, from
//! closed forms and the standards' own numbers.

use trace::event::Kind;
use trace::scenario::{Scenario, Tls};
use trace::sim::simulate;
use wire::Sender;

use super::form;

/// The right prediction and the figures of a card, as they are written.
pub(crate) fn expected(card: &str, s: &Scenario) -> (usize, Vec<String>) {
    let n = u64::from(s.messages);
    let size = form::size(s);
    let way = |octets: u64| form::passage(s, octets);
    let open = form::connect(s) + way(form::UPGRADE) + way(form::SWITCHING);
    match card {
        "new-connection" => (0, vec![plural(n, "request"), plural(1, "connection"), number(n)]),
        "new-handshake" => {
            let [warm, cold] = [false, true].map(|closes| form::http(s, closes).tls);
            (0, vec![number(1), number(n), octets(warm), number(cold)])
        }
        "keep-alive" => (1, vec![plural(n, "request"), number(0), plural(1, "connection")]),
        "stateless" => {
            let [first, second] = [0, 1].map(|place| form::post("/echo", place, size));
            (1, vec![octets(first), number(second), plural(n, "request"), plural(1, "connection")])
        }
        "sticky" => (0, vec![plural(n, "connection"), plural(1, "connection")]),
        "long-polling" => {
            let news: Vec<u64> = s.added.iter().map(|it| it.text.len() as u64).collect();
            // A question more than there is news: the last one is still held when the visitor leaves.
            let asked = (news.len() as u64 + 1) * GET;
            let heads = asked + news.iter().map(|&it| form::answer(0, false, Some(it))).sum::<u64>();
            let requests = plural(news.len() as u64 + 1, "request");
            (0, vec![requests, plural(1, "connection"), octets(heads), seconds(way(GET))])
        }
        "text-only" => (1, vec![octets(8), "89 50 4e 47 0d 0a 1a 0a".to_owned()]),
        "no-push" => {
            let news = s.added.len() as u64;
            (2, vec![plural(1, "request"), plural(news, "message"), number(news), seconds(way(SOME))])
        }
        "server-push" => (2, vec![plural(1, "request"), seconds(s.added[0].at - open)]),
        "poor-sse" => (2, vec![seconds(way(SOME)), seconds(way(SOME))]),
        "duplex-fetch" => {
            // Ben’s first word waits for the tick; there your second goes before the question.
            let said = way(form::post("/say", 1, 8) + 8) + way(form::answer(0, false, None));
            let asked = way(GET) + way(form::answer(0, false, Some(8)) + 8);
            (1, vec![seconds(way(SOME)), seconds(s.poll + said + asked - 400_000)])
        }
        "one-way" => {
            let up = form::post("/echo", 0, size) + size;
            (2, vec![octets(up), number(form::answer(0, false, Some(size)) + size)])
        }
        "not-http" => (1, vec![octets(form::UPGRADE), "101".to_owned()]),
        // Two messages and two Close frames.
        "still-http" => (1, vec![number(0), number(n + 2), octets(2)]),
        "always-101" => {
            (1, vec!["200".to_owned(), "the server did not answer 101 Switching Protocols".to_owned()])
        }
        // RFC 6455 section 1.3.
        "key" => (1, vec!["dGhlIHNhbXBsZSBub25jZQ==".to_owned(), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=".to_owned()]),
        "cors" => (1, vec![number(0), plural(n, "message"), octets(u64::from(s.cookie))]),
        // Host, Upgrade, Connection, Sec-WebSocket-Key, Sec-WebSocket-Version, Origin.
        "own-lines" => (1, vec!["“/ws?token=abc”".to_owned(), number(6 + 1), number(6)]),
        "misprint" => (1, vec!["AQIDBAUGBwgJCgsMDQ4PEA==".to_owned(), "AQIDBAUGBwgJCgsMDQ4PEC==".to_owned()]),
        // RFC 6455 section 5.7.
        "mask-encrypts" => (1, vec![octets(5), "37 fa 21 3d".to_owned(), "“Hello”".to_owned()]),
        "both-mask" => (1, vec!["a frame from the server must not be masked".to_owned(), "1002".to_owned()]),
        "two-octets" => {
            assert_eq!((s.network.tls, size), (Tls::V13, 200), "as the card says");
            let header = form::header(size) + 4;
            // RFC 8446 section 5.2: a header of 5, the type, and a tag of 16.
            let record = 5 + 1 + 16;
            let all = header + record + 40;
            (2, vec![octets(header), number(record), number(40), number(all), number(size)])
        }
        "frame-message-packet" => (0, vec![number(2), number(1)]),
        // RFC 1951 section 3.2.6: letters of 8 bits behind 3, an end of 7, and 3 of an empty block.
        "compression" => (2, vec![octets(5), number((3 + 5 * 8 + 7 + 3_u64).div_ceil(8))]),
        "faster" => {
            let [asking, socket] = [form::http(s, false), form::websocket(s)].map(|it| it.answers);
            let second = |answers: &[(u64, u64)]| seconds(answers[1].1 - answers[0].1);
            let first = |answers: &[(u64, u64)]| seconds(answers[0].1);
            (1, vec![second(&asking), second(&socket), first(&asking), first(&socket)])
        }
        // What the proxy, beside the server, saw last is Ben’s first message, on its way out.
        "script-pings" => {
            let cut = s.added[0].at + s.network.idle.expect("a proxy");
            (1, vec![number(0), seconds(cut)])
        }
        "sent-is-heard" => (2, vec![seconds(0), seconds(open + way(10 + 4 + size)), octets(size)]),
        "close-at-once" => {
            let left = 700_000 + s.poll + s.network.round_trip;
            let ended = left + way(8) + form::leaves(s, 4 + 40);
            (1, vec!["1000".to_owned(), seconds(left), "1000".to_owned(), seconds(ended)])
        }
        "onerror" => {
            let rule = "the Sec-WebSocket-Accept does not follow from the key";
            let script = "error, then close with code 1006 and wasClean false: the same for every cause, so that no script can probe a network.";
            (1, vec![rule.to_owned(), script.to_owned()])
        }
        "head-of-line" => (1, head_of_line(s)),
        other => panic!("no figures for {other}"),
    }
}

/// What is lost comes again when the third message behind it has shown the gap (RFC 5681 section 3.2):
/// the acknowledgement takes half a round trip back, the segment half of one. Until then all others wait.
fn head_of_line(s: &Scenario) -> Vec<String> {
    let trace = simulate(s);
    let of_lane_b = trace.lane(1).filter(|it| matches!(it.kind, Kind::Lost { .. }));
    let lost: Vec<(Sender, u64)> = of_lane_b.map(|it| (it.key.sender, it.start())).collect();
    // Which one is lost is up to chance; from there all follows.
    let [(Sender::Server, left)] = lost[..] else { panic!("not one segment is lost: {lost:?}") };
    let behind: Vec<u64> = s.added.iter().map(|it| it.at).filter(|&at| at > left).collect();
    let half = s.network.round_trip / 2;
    let again = behind[2] + 3 * half;
    let waits: Vec<u64> =
        behind.iter().map(|at| again.saturating_sub(at + half)).filter(|&it| it > 0).collect();
    vec![seconds(left), number(waits.len() as u64), seconds(*waits.iter().max().expect("waits"))]
}

/// The head with which a browser asks for news, after `n` of them.
const GET: u64 = 515 + "/news?after=0".len() as u64 - "/a".len() as u64;

/// Octets of a short message in whatever frame or chunk: they take no hundredth of a second.
const SOME: u64 = 30;

fn seconds(micros: u64) -> String {
    let hundredths = (micros as f64 / 10_000.0).round() as u64;
    format!("{}.{}{} s", hundredths / 100, hundredths / 10 % 10, hundredths % 10)
}

fn octets(number: u64) -> String {
    plural(number, "octet")
}

fn plural(number: u64, noun: &str) -> String {
    format!("{} {noun}{}", self::number(number), if number == 1 { "" } else { "s" })
}

fn number(number: u64) -> String {
    match number {
        0..1_000 => number.to_string(),
        1_000..1_000_000 => format!("{},{:03}", number / 1_000, number % 1_000),
        _ => panic!("the figures stay below a million"),
    }
}
