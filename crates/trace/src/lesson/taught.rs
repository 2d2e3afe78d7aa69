//! What the usual texts say of HTTP and WebSocket, what is really so, and where the page shows it.

/// One thing that is commonly said.
#[derive(Debug)]
pub struct Claim {
    /// What is said, in our words.
    pub said: &'static str,
    /// What is really so.
    pub so: &'static str,
    /// Where to see it, best first.
    pub shown: &'static [Place],
}

/// A place of the page that shows something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// A beat: its lesson's [`id`](super::Lesson::id), and its number, counted from 1.
    Beat(&'static str, usize),
    /// The tables that are computed from runs.
    Compare,
}

/// Every claim, in the order in which a text would come to it.
pub static CLAIMS: &[Claim] = &[
    Claim {
        said: "HTTP opens a connection for each request and closes it after the answer.",
        so: "HTTP/1.1 keeps the connection unless somebody says `Connection: close`. HTTP/1.0 did as the texts say.",
        shown: &[Place::Beat("hang-up", 3), Place::Beat("hang-up", 1)],
    },
    Claim {
        said: "The client asks, the server shakes hands, and both talk until either ends it.",
        so: "So it is. The asking and the shaking hands are one HTTP request and its response; the end is a handshake as well.",
        shown: &[Place::Beat("life", 2), Place::Beat("life", 4), Place::Beat("life", 6)],
    },
    Claim {
        said: "HTTP is like ringing up, hanging up and waiting to be called back.",
        so: "The answer comes on the same call, and nobody has to hang up. Who may ring is what is one-sided.",
        shown: &[Place::Beat("talk", 1), Place::Beat("talk", 2)],
    },
    Claim {
        said: "WebSocket is like a walkie-talkie.",
        so: "A walkie-talkie carries one voice at a time. A telephone call that stays open is the better picture.",
        shown: &[Place::Beat("talk", 4), Place::Beat("talk", 6)],
    },
    Claim {
        said: "HTTP is stateless, WebSocket is stateful.",
        so: "Stateless means that each request can be understood alone. It does not mean that connections end.",
        shown: &[Place::Beat("hang-up", 6)],
    },
    Claim {
        said: "HTTP goes one way only.",
        so: "Octets go both ways in every exchange. One-sided is who may begin one.",
        shown: &[Place::Beat("request", 5), Place::Beat("who-first", 3)],
    },
    Claim {
        said: "TCP lies under both, reliable and in order.",
        so: "It does, under both alike: what is lost is sent again, and what follows has to wait for it.",
        shown: &[Place::Beat("tcp", 4), Place::Beat("tcp", 5)],
    },
    Claim {
        said: "HTTP is text, WebSocket is binary.",
        so: "An HTTP/1.1 head is text and its content any octets; HTTP/2 is binary. Binary frames carry text and binary messages.",
        shown: &[Place::Beat("request", 3), Place::Beat("frame", 1)],
    },
    Claim {
        said: "A WebSocket lives in six steps, and the TCP connection comes of the handshake.",
        so: "Six steps, but TCP connects first: the handshake is made of octets, and they need a way.",
        shown: &[Place::Beat("life", 1)],
    },
    Claim {
        said: "The request carries `Upgrade`, and the server answers 101 with a value made from the key.",
        so: "So it does; and the value can be worked out by hand, from the key, a constant, SHA-1 and base64.",
        shown: &[Place::Beat("key", 3), Place::Beat("life", 3)],
    },
    Claim {
        said: "The key makes sure that a WebSocket client is asking.",
        so: "The key proves nothing of the client. The accept value proves that the server has understood.",
        shown: &[Place::Beat("key", 6), Place::Beat("key", 4)],
    },
    Claim {
        said: "A frame has a header, with its type and whether it is the last, and a payload.",
        so: "So it has, and a length and perhaps a masking key: to the bit.",
        shown: &[Place::Beat("frame", 1), Place::Beat("frame", 4)],
    },
    Claim {
        said: "Messages are text, or binary as blobs and array buffers.",
        so: "On the wire both are octets. The opcode tells them apart; blob or array buffer is the script’s choice.",
        shown: &[Place::Beat("frame", 1)],
    },
    Claim {
        said: "A Close frame with a status code and a reason ends it cleanly.",
        so: "Either side may start, the other answers in kind, then TCP ends. Without a Close frame it is not clean.",
        shown: &[Place::Beat("goodbye", 1), Place::Beat("goodbye", 2), Place::Beat("goodbye", 4)],
    },
    Claim {
        said: "Headers are a heavy overhead, frames a slight one.",
        so: "For small messages; for large ones it hardly matters. The handshake has to be earned back first.",
        shown: &[Place::Beat("cost", 1), Place::Beat("cost", 6), Place::Beat("cost", 2)],
    },
    Claim {
        said: "WebSocket is faster, as it need not connect each time.",
        so: "Nor need HTTP. On open connections an echo takes a round trip on either; WebSocket wins where the server has news.",
        shown: &[Place::Beat("faster", 1), Place::Beat("faster", 2), Place::Beat("faster", 5)],
    },
    Claim {
        said: "With WebSocket the server can send updates that nobody asked for.",
        so: "It can, and over HTTP it cannot begin; but an answer may wait for news, or go on and on.",
        shown: &[Place::Beat("who-first", 2), Place::Beat("who-first", 5), Place::Beat("choose", 4)],
    },
    Claim {
        said: "Long polling imitates real time, at a cost.",
        so: "News comes as fresh as by a push, unless the next question is still under way. The cost is a head for each.",
        shown: &[Place::Beat("choose", 2), Place::Beat("choose", 3)],
    },
    Claim {
        said: "A webhook goes one way, between servers, and closes after the response.",
        so: "One way and between servers, yes. It is plain HTTP, so its connection may be used again.",
        shown: &[Place::Beat("webhooks", 4), Place::Beat("webhooks", 6)],
    },
    Claim {
        said: "HTTP against WebSocket in a table: model, state, direction, updates, connection.",
        so: "The same table, each cell counted in a run, and leading to it.",
        shown: &[Place::Compare],
    },
    Claim {
        said: "HTTP for browsing, REST and downloads; WebSocket for chat, games, prices and video.",
        so: "Mostly so; but prices need only one direction, and video is usually fetched over HTTP. Ask the workload.",
        shown: &[
            Place::Beat("choose", 1),
            Place::Beat("choose", 4),
            Place::Beat("choose", 5),
            Place::Compare,
        ],
    },
];
