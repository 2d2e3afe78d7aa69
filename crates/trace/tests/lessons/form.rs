//! What the lessons' figures must be, by closed forms that share no code with them: times and octets
//! from the scenario's numbers, the lengths of the captured heads and the RFCs' header sizes.

use trace::scenario::{Scenario, Speaker, Tls};

#[path = "../common/tls.rs"]
mod tls;

/// One lane of an echo: each message's request or frame and its answer, and the octets.
pub(crate) struct Echo {
    /// When each request left and had arrived.
    pub(crate) asks: Vec<(u64, u64)>,
    /// When each answer left and had arrived.
    pub(crate) answers: Vec<(u64, u64)>,
    /// Heads, frame headers and Close frames: up, and both ways.
    pub(crate) up: u64,
    pub(crate) framing: u64,
    /// TCP and IP, both ways.
    pub(crate) tcp_ip: u64,
    /// TLS, both ways: handshakes and what each record adds.
    pub(crate) tls: u64,
}

/// The asking lane of a chat in which only Ben speaks.
pub(crate) struct Polled {
    /// When each question had arrived, and what it brought.
    pub(crate) questions: Vec<(u64, usize)>,
    /// When each piece of news was heard.
    pub(crate) heard: Vec<u64>,
    /// All octets of the connection.
    pub(crate) octets: u64,
}

/// Microseconds that so many octets take to leave.
pub(crate) fn leaves(s: &Scenario, octets: u64) -> u64 {
    (octets * 8_000).div_ceil(u64::from(s.network.kilobits))
}

/// From the first octet's departure to the last one's arrival.
pub(crate) fn passage(s: &Scenario, octets: u64) -> u64 {
    leaves(s, octets + 40 * segments(octets)) + s.network.round_trip / 2
}

/// SYN, SYN and ACK: what passes before the client's ACK leaves.
pub(crate) fn round_trip(s: &Scenario) -> u64 {
    s.network.round_trip + 2 * leaves(s, 44)
}

/// Until the request may follow the ACK.
pub(crate) fn connect(s: &Scenario) -> u64 {
    round_trip(s) + leaves(s, 40)
}

/// TLS's handshake, from the client's hello until its request may follow its own last flight.
fn secure(s: &Scenario) -> u64 {
    match (s.network.tls, tls::flights(s.network.tls)) {
        (Tls::Off, _) => 0,
        (Tls::V13 | Tls::Resumed, &[hello, answer, finished]) => {
            passage(s, hello) + passage(s, answer) + leaves(s, finished + 40)
        }
        // With TLS 1.2 the request waits for the server's last flight.
        (Tls::V12, flights) => flights.iter().map(|&flight| passage(s, flight)).sum(),
        (other, _) => panic!("no lesson has {other:?}"),
    }
}

pub(crate) fn size(s: &Scenario) -> u64 {
    u64::from(s.size.unwrap_or(16))
}

pub(crate) fn http(s: &Scenario, closes: bool) -> Echo {
    let n = u64::from(s.messages);
    let size = size(s);
    let mut at = connect(s) + secure(s);
    let connections = if closes { n } else { 1 };
    // A connection: SYN, ACK and FIN up, SYN and ACK and FIN down, with the MSS option twice.
    let mut echo = Echo::new(connections * (44 + 40 + 40 + 44 + 40));
    echo.tls = connections * tls::flights(s.network.tls).iter().sum::<u64>();
    for message in 0..n {
        let (ask, answer) =
            (post("/echo", message, size), answer(if closes { message } else { 0 }, closes, Some(size)));
        if closes && message > 0 {
            at += connect(s) + secure(s);
        }
        let sealing = [ask, answer].map(|head| tls::sealing(s.network.tls, head + size));
        let asked = at + passage(s, ask + size + sealing[0]);
        let heard = asked + passage(s, answer + size + sealing[1]);
        echo.asks.push((at, asked));
        echo.answers.push((asked, heard));
        echo.tls += sealing[0] + sealing[1];
        // The next request acknowledges an answer, where it uses the same connection.
        let rides = !closes && message + 1 < n;
        echo.both(ask, answer, size, rides);
        at = heard;
    }
    echo
}

pub(crate) fn websocket(s: &Scenario) -> Echo {
    let size = size(s);
    let sealed = |octets: u64| passage(s, octets + tls::sealing(s.network.tls, octets));
    let mut at = connect(s) + secure(s) + sealed(UPGRADE) + sealed(SWITCHING);
    let mut echo = Echo::new(44 + 40 + 40 + 44 + 40);
    echo.both(UPGRADE, SWITCHING, 0, true);
    for _ in 0..s.messages {
        let (up, down) = (header(size) + 4, header(size));
        let asked = at + sealed(up + size);
        let heard = asked + sealed(down + size);
        echo.asks.push((at, asked));
        echo.answers.push((asked, heard));
        echo.both(up, down, size, true);
        at = heard;
    }
    // Close frames: header, masking key and code up, header and code down.
    echo.both(2 + 4 + 2, 2 + 2, 0, false);
    echo
}

impl Echo {
    fn new(tcp_ip: u64) -> Self {
        Self { asks: Vec::new(), answers: Vec::new(), up: 0, framing: 0, tcp_ip, tls: 0 }
    }

    /// An exchange; the answer acknowledges the question, and what follows perhaps the answer.
    fn both(&mut self, up: u64, down: u64, payload: u64, rides: bool) {
        self.up += up;
        self.framing += up + down;
        let acks = |octets: u64, rides: bool| segments(octets).div_ceil(2) - u64::from(rides);
        for (octets, rides) in [(up + payload, true), (down + payload, rides)] {
            self.tcp_ip += 40 * (segments(octets) + acks(octets, rides));
        }
    }

    pub(crate) fn last(&self) -> u64 {
        self.answers.last().expect("an answer").1
    }
}

/// Questions as they are asked: at once when the connection is open, then at each tick that finds no
/// question under way, until everything is heard and the visitor leaves.
pub(crate) fn polled(s: &Scenario) -> Polled {
    let mut news: Vec<(u64, u64)> = s.added.iter().map(|it| (it.at, it.text.len() as u64)).collect();
    assert!(s.messages == 0 && s.added.iter().all(|it| it.from == Speaker::Server));
    news.sort_unstable();
    let leaves_at = news.last().expect("news").0 + s.poll + s.network.round_trip;
    let mut polled = Polled { questions: Vec::new(), heard: Vec::new(), octets: 0 };
    let mut asks = connect(s);
    while asks <= leaves_at || polled.heard.len() < news.len() {
        let known = polled.heard.len();
        let ask = get(known as u64);
        let asked = asks + passage(s, ask);
        let fresh: Vec<u64> = news[known..].iter().filter(|it| it.0 <= asked).map(|it| it.1).collect();
        // One line each, with LF between.
        let content = (!fresh.is_empty()).then(|| fresh.iter().sum::<u64>() + fresh.len() as u64 - 1);
        let head = answer(0, false, content);
        let free = asked + passage(s, head + content.unwrap_or(0));
        polled.questions.push((asked, fresh.len()));
        polled.heard.extend(fresh.iter().map(|_| free));
        polled.octets += ask + head + content.unwrap_or(0);
        asks = free.div_ceil(s.poll) * s.poll;
    }
    polled
}

/// A `POST` head: the captured one with another target, length and content type.
pub(crate) fn post(path: &str, n: u64, size: u64) -> u64 {
    let replaced = "/j".len() + "7".len() + "application/json".len();
    let with = path.len() + "?n=".len() + "text/plain;charset=UTF-8".len();
    CAPTURED_POST + with as u64 + digits(n) + digits(size) - replaced as u64
}

/// The head of a question for what follows the news that is `known`.
pub(crate) fn get(known: u64) -> u64 {
    CAPTURED_GET + digits(known) + "/news?after=".len() as u64 - "/a".len() as u64
}

/// A response head.
pub(crate) fn answer(connection: u64, closes: bool, content: Option<u64>) -> u64 {
    let always = "cache-control: no-store\r\n\
        access-control-allow-origin: http://127.0.0.1:9080\r\n\
        timing-allow-origin: http://127.0.0.1:9080\r\n\
        access-control-expose-headers: x-duplex-connection\r\n\
        x-duplex-connection: \r\n\
        date: Thu, 01 Jan 1970 00:00:00 GMT\r\n\r\n";
    let own = match content {
        Some(_) => "HTTP/1.1 200 OK\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: \r\n",
        None => "HTTP/1.1 204 No Content\r\n",
    };
    let close = if closes { CLOSE } else { 0 };
    (always.len() + own.len()) as u64 + digits(connection) + content.map_or(0, digits) + close
}

/// Octets of a frame's header without its masking key (RFC 6455 section 5.2).
pub(crate) fn header(payload: u64) -> u64 {
    match payload {
        0..=125 => 2,
        126..=65_535 => 4,
        _ => 10,
    }
}

pub(crate) fn segments(octets: u64) -> u64 {
    octets.div_ceil(1_460).max(1)
}

pub(crate) fn digits(number: u64) -> u64 {
    number.to_string().len() as u64
}

/// `connection: close` and its line end.
pub(crate) const CLOSE: u64 = 17 + 2;

/// The captured heads of `GET /a`, of `POST /j`, and of the handshake at `/basic` less its cookie.
const CAPTURED_GET: u64 = 515;
const CAPTURED_POST: u64 = 567;

/// The captured head of `GET /events`.
pub(crate) const EVENTS: u64 = 577;

/// The head of an event stream: one of its own in place of a length.
pub(crate) fn stream() -> u64 {
    let content = "content-type: text/plain; charset=utf-8\r\ncontent-length: 1\r\n".len();
    let events = "content-type: text/event-stream\r\ntransfer-encoding: chunked\r\n".len();
    answer(0, false, Some(1)) + events as u64 - content as u64
}
pub(crate) const UPGRADE: u64 =
    518 - "/basic".len() as u64 + "/ws".len() as u64 - "Cookie: sess=abc\r\n".len() as u64;

/// The 101: status line, Upgrade, Connection, an accept value of 28 characters, date, an empty line.
pub(crate) const SWITCHING: u64 = 34 + 20 + 21 + (22 + 28 + 2) + 37 + 2;
