//! What the simulator computes step by step is what a formula says at once: times of delivery, octets
//! by layer, waits. The lengths of the heads are those of the capture and of the text written here.

use trace::event::Kind;
use trace::ledger::Account;
use trace::scenario::{Network, Scenario, Tls, Transport, Workload};
use trace::sim::simulate;
use trace::trace::Trace;
use wire::Sender;

#[path = "common/tls.rs"]
mod tls;

/// Everything that the formulas depend on.
#[derive(Clone, Copy, Debug)]
struct Given {
    round_trip: u64,
    kilobits: u32,
    size: u64,
    count: u64,
    poll: u64,
    tls: Tls,
}

/// What they say of an echo.
#[derive(PartialEq, Debug)]
struct Expect {
    first: u64,
    last: u64,
    /// Payload, framing, TLS, TCP and IP: up and down.
    up: [u64; 4],
    down: [u64; 4],
    connections: u32,
}

impl Given {
    /// Microseconds that so many octets take to leave.
    fn leaves(&self, octets: u64) -> u64 {
        let bits = octets * 8;
        let kilobits = u64::from(self.kilobits);
        (bits * 1_000 / kilobits) + u64::from(!(bits * 1_000).is_multiple_of(kilobits))
    }

    fn one_way(&self) -> u64 {
        self.round_trip / 2
    }

    /// From the first octet's departure to the last one's arrival of a unit of `octets`.
    fn passage(&self, octets: u64) -> u64 {
        self.bare_passage(octets + self.sealing(octets))
    }

    fn bare_passage(&self, octets: u64) -> u64 {
        self.leaves(octets + 40 * segments(octets)) + self.one_way()
    }

    fn sealing(&self, octets: u64) -> u64 {
        tls::sealing(self.tls, octets)
    }

    /// From `connect` to the moment at which the request may follow: one round trip, two segments
    /// with the MSS option, and the third of the handshake; then TLS. The request waits for no answer
    /// to the client's last flight of TLS 1.3.
    fn connect(&self) -> u64 {
        let tcp = self.round_trip + 2 * self.leaves(44) + self.leaves(40);
        let tls = tls::flights(self.tls).iter().zip(0..).map(|(&octets, n)| match n {
            2 if self.tls != Tls::V12 => self.leaves(octets + 40 * segments(octets)),
            _ => self.bare_passage(octets),
        });
        tcp + tls.sum::<u64>()
    }

    /// What opening a connection costs the client, and the server.
    fn opening(&self) -> [[u64; 4]; 2] {
        let mut sides = [[0, 0, 0, 44 + 40], [0, 0, 0, 44]];
        for (&octets, n) in tls::flights(self.tls).iter().zip(0..) {
            sides[n % 2][2] += octets;
            sides[n % 2][3] += 40 * segments(octets);
            // Each is answered by the next, or by the request, but for the client's last of TLS 1.3.
            sides[1 - n % 2][3] += acks(octets, !(n == 2 && self.tls != Tls::V12));
        }
        sides
    }

    fn account(&self, side: &mut [u64; 4], payload: u64, framing: u64, acks: u64) {
        let sealing = self.sealing(payload + framing);
        side[0] += payload;
        side[1] += framing;
        side[2] += sealing;
        side[3] += 40 * segments(payload + framing + sealing) + acks;
    }

    /// Octets of headers that acknowledge a unit of `octets`.
    fn acks(&self, octets: u64, answered: bool) -> u64 {
        acks(octets + self.sealing(octets), answered)
    }

    fn post(&self, path: &str, n: u64) -> u64 {
        let target = format!("{path}?n={n}");
        let replaced = "/j".len() + "7".len() + "application/json".len();
        let with = target.len() + digits(self.size) + "text/plain;charset=UTF-8".len();
        CAPTURED_POST + with as u64 - replaced as u64
    }

    fn scenario(&self, transport: Transport, workload: Workload) -> Scenario {
        Scenario {
            lanes: vec![transport],
            // Within the initial window, whatever the size.
            network: Network {
                round_trip: self.round_trip,
                kilobits: self.kilobits,
                window: 64,
                tls: self.tls,
                ..Network::default()
            },
            workload,
            messages: self.count as u32,
            size: Some(self.size as u32),
            poll: self.poll,
            ..Scenario::default()
        }
    }

    fn persistent(&self) -> Expect {
        let mut at = self.connect();
        let mut first = None;
        let [mut up, mut down] = self.opening();
        (up[3], down[3]) = (up[3] + 40, down[3] + 40);
        for n in 0..self.count {
            let (ask, answer) = (self.post("/echo", n), answer_head(0, false, Some(self.size)));
            at += self.passage(ask + self.size) + self.passage(answer + self.size);
            first.get_or_insert(at);
            let another = n + 1 < self.count;
            self.account(&mut up, self.size, ask, self.acks(answer + self.size, another));
            self.account(&mut down, self.size, answer, self.acks(ask + self.size, true));
        }
        Expect { first: first.unwrap_or(0), last: at, up, down, connections: 1 }
    }

    fn close(&self) -> Expect {
        let mut at = 0;
        let mut first = None;
        let [mut up, mut down] = [[0; 4]; 2];
        let [opens, agrees] = self.opening();
        for n in 0..self.count {
            let (ask, answer) = (self.post("/echo", n), answer_head(n, true, Some(self.size)));
            at += self.connect() + self.passage(ask + self.size) + self.passage(answer + self.size);
            first.get_or_insert(at);
            self.account(&mut up, self.size, ask, self.acks(answer + self.size, false) + 40);
            self.account(&mut down, self.size, answer, self.acks(ask + self.size, true) + 40);
            (0..4).for_each(|n| (up[n], down[n]) = (up[n] + opens[n], down[n] + agrees[n]));
        }
        Expect { first: first.unwrap_or(0), last: at, up, down, connections: self.count as u32 }
    }

    /// Each message goes up by itself; its echo is fetched at the next tick of the clock, or at once
    /// if a tick has passed while the message was under way.
    fn polling(&self) -> Expect {
        let mut at = self.connect();
        let mut tick = 0;
        let mut first = None;
        let [mut up, mut down] = self.opening();
        (up[3], down[3]) = (up[3] + 40, down[3] + 40);
        for n in 0..self.count {
            let (say, told) = (self.post("/say", n), answer_head(0, false, None));
            let ask = captured_get(&format!("/news?after={n}"));
            let answer = answer_head(0, false, Some(self.size));
            let free = at + self.passage(say + self.size) + self.passage(told);
            let asked = free.max(tick);
            at = asked + self.passage(ask) + self.passage(answer + self.size);
            tick = (at / self.poll + 1) * self.poll;
            first.get_or_insert(at);
            self.account(&mut up, self.size, say, self.acks(told, asked == free));
            self.account(&mut up, 0, ask, self.acks(answer + self.size, n + 1 < self.count));
            self.account(&mut down, 0, told, self.acks(say + self.size, true));
            self.account(&mut down, self.size, answer, self.acks(ask, true));
        }
        Expect { first: first.unwrap_or(0), last: at, up, down, connections: 1 }
    }

    fn websocket(&self) -> Expect {
        let mut at = self.connect() + self.passage(upgrade_head()) + self.passage(SWITCHING.len() as u64);
        let mut first = None;
        let [mut up, mut down] = self.opening();
        (up[3], down[3]) = (up[3] + 40, down[3] + 40);
        // The 101 is acknowledged by the first frame, the upgrade by the 101.
        self.account(&mut up, 0, upgrade_head(), 0);
        self.account(&mut down, 0, SWITCHING.len() as u64, 0);
        for _ in 0..self.count {
            let header = header(self.size);
            at += self.passage(header + 4 + self.size) + self.passage(header + self.size);
            first.get_or_insert(at);
            self.account(&mut up, self.size, header + 4, self.acks(header + self.size, true));
            self.account(&mut down, self.size, header, self.acks(header + 4 + self.size, true));
        }
        // Close frames: two octets of header, four of masking key, two of code.
        self.account(&mut up, 0, 2 + 4 + 2, 40);
        self.account(&mut down, 0, 2 + 2, 0);
        Expect { first: first.unwrap_or(0), last: at, up, down, connections: 1 }
    }
}

fn segments(octets: u64) -> u64 {
    if octets == 0 { 1 } else { (octets - 1) / 1_460 + 1 }
}

/// Octets of headers that acknowledge: every second segment and the last, less the one on the back of
/// an answer.
fn acks(octets: u64, answered: bool) -> u64 {
    let all = segments(octets).div_ceil(2);
    40 * (all - u64::from(answered))
}

fn digits(number: u64) -> usize {
    number.to_string().len()
}

/// Octets of a frame's header without its masking key (RFC 6455 section 5.2).
fn header(payload: u64) -> u64 {
    match payload {
        0..=125 => 2,
        126..=65_535 => 4,
        _ => 10,
    }
}

fn captured_get(target: &str) -> u64 {
    CAPTURED_GET + target.len() as u64 - "/a".len() as u64
}

fn upgrade_head() -> u64 {
    CAPTURED_UPGRADE + "/ws".len() as u64 - ("/basic".len() + "Cookie: sess=abc\r\n".len()) as u64
}

fn answer_head(connection: u64, closes: bool, content: Option<u64>) -> u64 {
    let line = if content.is_some() { "200 OK" } else { "204 No Content" };
    let kind = content.map_or("", |_| "content-type: text/plain; charset=utf-8\r\n");
    let length = content.map_or(String::new(), |length| format!("content-length: {length}\r\n"));
    let close = if closes { "connection: close\r\n" } else { "" };
    let head = format!(
        "HTTP/1.1 {line}\r\n\
         {kind}\
         cache-control: no-store\r\n\
         access-control-allow-origin: http://127.0.0.1:9080\r\n\
         timing-allow-origin: http://127.0.0.1:9080\r\n\
         access-control-expose-headers: x-duplex-connection\r\n\
         x-duplex-connection: {connection}\r\n\
         {close}{length}\
         date: Thu, 01 Jan 1970 00:00:00 GMT\r\n\
         \r\n"
    );
    head.len() as u64
}

const SWITCHING: &str = "HTTP/1.1 101 Switching Protocols\r\n\
    Upgrade: websocket\r\n\
    Connection: Upgrade\r\n\
    Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\
    date: Thu, 01 Jan 1970 00:00:00 GMT\r\n\
    \r\n";

/// Octets of the captured heads: `fetch` of `/a`, `POST` of 7 octets to `/j`, WebSocket to `/basic`.
const CAPTURED_GET: u64 = 515;
const CAPTURED_POST: u64 = 567;
const CAPTURED_UPGRADE: u64 = 518;

fn check(transport: Transport, given: Given, expect: impl Fn(&Given) -> Expect) {
    let trace = simulate(&given.scenario(transport, Workload::Echo));
    let heard: Vec<u64> = trace
        .lane(0)
        .filter(|event| event.kind == Kind::Delivered && event.key.sender == Sender::Server)
        .map(|event| event.start())
        .collect();
    let account = Account::at(&trace, 0, trace.end());
    let octets = |side: trace::event::Octets| [side.payload, side.framing, side.tls, side.tcp_ip];
    let actual = Expect {
        first: heard.first().copied().unwrap_or(0),
        last: heard.last().copied().unwrap_or(0),
        up: octets(account.up),
        down: octets(account.down),
        connections: account.connections,
    };
    assert_eq!(heard.len() as u64, given.count, "{given:?}");
    assert_eq!(actual, expect(&given), "{transport:?} {given:?}");
}

fn grid() -> impl Iterator<Item = Given> {
    let round_trips = [0, 1_000, 20_000, 100_000, 334_000, 2_000_000];
    let bandwidths = [16, 56, 1_000, 10_000, 10_000_000];
    let loads = [(1, 1), (1, 12), (16, 5), (125, 2), (126, 2), (877, 3), (878, 3), (65_535, 2), (65_536, 2)];
    round_trips.into_iter().flat_map(move |round_trip| {
        bandwidths.into_iter().flat_map(move |kilobits| {
            // TLS adds octets and flights; three bandwidths tell them apart.
            let tls = if [56, 1_000].contains(&kilobits) { &Tls::ALL[..1] } else { &Tls::ALL };
            loads.into_iter().flat_map(move |(size, count)| {
                tls.iter().map(move |&tls| Given { round_trip, kilobits, size, count, poll: 1_000_000, tls })
            })
        })
    })
}

#[test]
fn echo_on_a_persistent_connection() {
    grid().for_each(|given| check(Transport::Persistent, given, Given::persistent));
}

#[test]
fn echo_on_a_connection_each() {
    grid().for_each(|given| check(Transport::Close, given, Given::close));
}

#[test]
fn echo_by_polling() {
    // Odd ticks: none falls on the very moment of an answer.
    for poll in [50_003, 300_007, 1_000_003, 59_999_999] {
        let given = grid().filter(|given| given.tls == Tls::Off || poll == 300_007);
        given.for_each(|given| check(Transport::Polling, Given { poll, ..given }, Given::polling));
    }
}

#[test]
fn echo_on_a_websocket() {
    grid().for_each(|given| check(Transport::WebSocket, given, Given::websocket));
}

/// The differences that a lecture states: a warm echo costs one round trip on both, hanging up costs
/// one more for each message, the 101 costs one once.
#[test]
fn round_trips_on_an_endless_bandwidth() {
    let given = |count| Given {
        round_trip: 100_000,
        kilobits: 10_000_000,
        size: 16,
        count,
        poll: 1_000_000,
        tls: Tls::Off,
    };
    let round_trips = |transport, count| {
        let trace = simulate(&given(count).scenario(transport, Workload::Echo));
        let last = trace.passages(0).iter().filter_map(|it| it.delivered).max().expect("delivered");
        // Serialisation is a matter of microseconds here.
        (last as f64 / 100_000.0).round() as u64
    };
    for count in [1, 2, 5, 20] {
        assert_eq!(round_trips(Transport::Persistent, count), 1 + count, "persistent, {count}");
        assert_eq!(round_trips(Transport::Close, count), 2 * count, "close, {count}");
        assert_eq!(round_trips(Transport::WebSocket, count), 2 + count, "WebSocket, {count}");
    }
}

/// Ben's messages of the first screen: said, held until the next question arrives, answered.
fn check_chat(transport: Transport, round_trip: u64, kilobits: u32, poll: u64) {
    let given = Given { round_trip, kilobits, size: 6, count: 5, poll, tls: Tls::Off };
    let trace: Trace = simulate(&Scenario { size: None, ..given.scenario(transport, Workload::Chat) });
    let said = [(700_000, "Hello!"), (1_200_000, "Lunch?"), (2_200_000, "Great.")];
    let connect = given.connect();
    let asked = |heard: usize, tick: u64| {
        let first_ask = if tick == 0 || transport.closes() { tick + connect } else { tick };
        first_ask + given.passage(captured_get(&format!("/news?after={heard}")))
    };
    let mut heard = 0;
    let mut connection = 0;
    let mut expect = Vec::new();
    let mut told: Vec<(u64, u64)> = vec![(400_000, 1), (1_600_000, 1)];
    for tick in (0..).map(|n| n * poll) {
        if heard == said.len() {
            break;
        }
        // What you say in between takes a connection, too.
        while transport.closes() && told.first().is_some_and(|&(at, _)| at < tick) {
            told.remove(0);
            connection += 1;
        }
        let arrives = asked(heard, tick);
        let news: Vec<_> = said[heard..].iter().filter(|(at, _)| *at <= arrives).collect();
        let content = news.iter().map(|(_, text)| text.len() as u64 + 1).sum::<u64>().saturating_sub(1);
        let number = if transport.closes() { connection } else { 0 };
        let back = given.passage(answer_head(number, transport.closes(), Some(content)) + content);
        expect.extend(news.iter().map(|&&(at, text)| (text.to_owned(), arrives - at, arrives + back - at)));
        heard += news.len();
        connection += 1;
    }
    let passages = trace.passages(0);
    let actual: Vec<_> = passages
        .iter()
        .filter(|it| it.speaker == Sender::Server)
        .map(|it| {
            let left = it.left.expect("left");
            (it.message.text.to_string(), left - it.said, it.delivered.expect("delivered") - it.said)
        })
        .collect();
    assert_eq!(actual, expect, "{transport:?} {given:?}");
}

#[test]
fn news_waits_for_the_next_question() {
    for transport in [Transport::Persistent, Transport::Close, Transport::Polling] {
        for poll in [500_000, 1_000_000, 2_000_000, 60_000_000] {
            for (round_trip, kilobits) in [(0, 10_000_000), (2_000, 1_000), (20_000, 1_000), (40_000, 10_000)]
            {
                check_chat(transport, round_trip, kilobits, poll);
            }
        }
        check_chat(transport, 100_000, 10_000, 1_000_000);
    }
}

/// On an open WebSocket nothing waits: one frame, one way.
#[test]
fn news_leaves_at_once_on_a_websocket() {
    for (round_trip, kilobits) in [(0, 10_000_000), (20_000, 56), (100_000, 10_000), (150_000, 1_000)] {
        let given = Given { round_trip, kilobits, size: 6, count: 5, poll: 1_000_000, tls: Tls::Off };
        let trace =
            simulate(&Scenario { size: None, ..given.scenario(Transport::WebSocket, Workload::Chat) });
        for passage in trace.passages(0).iter() {
            let masked = if passage.speaker == Sender::Client { 4 } else { 0 };
            let octets = 2 + masked + passage.message.text.len() as u64;
            assert_eq!(passage.left, Some(passage.said), "{given:?}");
            assert_eq!(passage.delivered, Some(passage.said + given.passage(octets)), "{given:?}");
        }
    }
}
