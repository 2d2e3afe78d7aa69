//! Words of the network, and of this page.

use tongue::word;

use super::Term;

pub(super) const TERMS: &[Term] = &[
    Term {
        id: "ack",
        title: word!("ACK"),
        also: &[word!("acknowledgement")],
        about: word!("A TCP segment’s word that everything up to some octet has arrived."),
        section: Some("RFC 9293 section 3.4"),
    },
    Term {
        id: "backpressure",
        title: word!("Backpressure"),
        also: &[],
        about: word!(
            "What a receiver that cannot keep up does to a sender. A page sees it only as a growing `bufferedAmount`."
        ),
        section: Some("WebSockets Standard section 3"),
    },
    Term {
        id: "bandwidth",
        title: word!("Bandwidth"),
        also: &[],
        about: word!(
            "How many bits a link carries in a second. It says nothing about how long the first of them takes."
        ),
        section: None,
    },
    Term {
        id: "companion",
        title: word!("Companion"),
        also: &[],
        about: word!(
            "The server that comes with Duplex. It answers on real connections and writes down every octet that crosses them."
        ),
        section: None,
    },
    Term {
        id: "duplex",
        title: word!("Duplex"),
        also: &[word!("full-duplex"), word!("full duplex")],
        about: word!("Both sides may speak at the same time, as on a telephone."),
        section: None,
    },
    Term {
        id: "fin",
        title: word!("FIN"),
        also: &[],
        about: word!(
            "In TCP, the end of one direction of a connection; in a WebSocket frame, the bit that ends a message."
        ),
        section: Some("RFC 6455 section 5.2"),
    },
    Term {
        id: "half-duplex",
        title: word!("Half-duplex"),
        also: &[],
        about: word!("Both sides may speak, but never at once, as with a walkie-talkie."),
        section: None,
    },
    Term {
        id: "hol",
        title: word!("Head-of-line blocking"),
        also: &[],
        about: word!(
            "Octets that have arrived wait for earlier ones that have not. A single ordered TCP stream always has it."
        ),
        section: Some("RFC 9293 section 3.4"),
    },
    Term {
        id: "initial-window",
        title: word!("Initial window"),
        also: &[],
        about: word!(
            "How much TCP sends on a new connection before the first acknowledgement is back: usually ten segments."
        ),
        section: Some("RFC 6928 section 2"),
    },
    Term {
        id: "jitter",
        title: word!("Jitter"),
        also: &[],
        about: word!("How much the time under way differs from packet to packet."),
        section: None,
    },
    Term {
        id: "lane",
        title: word!("Lane"),
        also: &[],
        about: word!("One transport’s picture: you on the left, the server on the right, time downward."),
        section: None,
    },
    Term {
        id: "octet",
        title: word!("Octet"),
        also: &[],
        about: word!("Eight bits. Everywhere today a byte is one, but standards say octet."),
        section: None,
    },
    Term {
        id: "proxy",
        title: word!("Proxy"),
        also: &[word!("intermediary")],
        about: word!(
            "A program between client and server that passes on what they say. Many cut a connection that is silent for too long."
        ),
        section: Some("RFC 9110 section 3.7"),
    },
    Term {
        id: "retransmission",
        title: word!("Retransmission"),
        also: &[],
        about: word!("A segment that TCP sends again, because it seems lost."),
        section: Some("RFC 9293 section 3.8"),
    },
    Term {
        id: "rtt",
        title: word!("Round trip"),
        also: &[word!("round-trip time"), word!("RTT")],
        about: word!("The time from sending something until an answer to it can be back."),
        section: None,
    },
    Term {
        id: "segment",
        title: word!("Segment"),
        also: &[],
        about: word!("The unit in which TCP sends: a header, and a piece of the stream of octets."),
        section: Some("RFC 9293 section 3.1"),
    },
    Term {
        id: "slow-start",
        title: word!("Slow start"),
        also: &[],
        about: word!("TCP begins carefully, and doubles what is under way with each round trip."),
        section: Some("RFC 5681 section 3.1"),
    },
    Term {
        id: "syn",
        title: word!("SYN"),
        also: &[],
        about: word!("The first segment of a TCP connection, and of its handshake of one round trip."),
        section: Some("RFC 9293 section 3.5"),
    },
    Term {
        id: "tap",
        title: word!("Tap"),
        also: &[],
        about: word!(
            "The companion’s record of the octets that crossed a connection: what is shown from it was witnessed."
        ),
        section: None,
    },
    Term {
        id: "tcp",
        title: word!("TCP"),
        also: &[],
        about: word!(
            "The protocol under both HTTP/1.1 and WebSocket: a reliable, ordered stream of octets each way."
        ),
        section: Some("RFC 9293 section 1"),
    },
    Term {
        id: "tls",
        title: word!("TLS"),
        also: &[],
        about: word!(
            "The protocol that encrypts a connection. Its handshake costs one round trip or two, once for each connection."
        ),
        section: Some("RFC 8446 section 2"),
    },
];
