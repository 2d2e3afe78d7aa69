//! Why a script may not know more, each with the place that says so.

use tongue::word;

use super::Source;

pub(super) const PROBING: (&str, Source) = (
    word!(
        "A script must not be able to tell an unknown host, an unreachable one, a refused port and a failed handshake apart: otherwise any page could search the visitor’s network."
    ),
    FEEDBACK,
);
pub(super) const STATUS: (&str, Source) = (
    word!(
        "The browser read the answer. Status, field lines and content of a handshake that failed stay hidden from the script, or any page could read from any server without CORS."
    ),
    FEEDBACK,
);
pub(super) const REDIRECT: (&str, Source) = (
    word!(
        "The handshake of a WebSocket follows no redirection, and the script is not told that there was one."
    ),
    HANDSHAKE,
);
pub(super) const ACCEPT: (&str, Source) = (
    word!(
        "Only who understood the handshake can answer the key. An answer that does not fit may come from a server that knows no WebSocket, so the connection fails before a script can touch it."
    ),
    rfc("RFC 6455 section 4.1", "https://www.rfc-editor.org/rfc/rfc6455#section-4.1"),
);
pub(super) const OFFERED: (&str, Source) = (
    word!(
        "A server may only choose from what was offered. Choosing something else fails the connection, and looks to the script like every other failure."
    ),
    rfc("RFC 6455 section 4.1", "https://www.rfc-editor.org/rfc/rfc6455#section-4.1"),
);
pub(super) const BROKEN: (&str, Source) = (
    word!(
        "Who receives such a frame fails the connection. It may say why in a Close frame of its own, as Chromium does; the script is told only that the connection did not end as it should."
    ),
    rfc("RFC 6455 section 7.1.7", "https://www.rfc-editor.org/rfc/rfc6455#section-7.1.7"),
);
pub(super) const NEVER_SENT: (&str, Source) = (
    word!(
        "1005 and 1006 are made up on the receiving side for what no frame says. A frame that holds one breaks a rule, and a script cannot tell whether its 1006 was made up or sent."
    ),
    rfc("RFC 6455 section 7.4.1", "https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1"),
);
pub(super) const CODE: (&str, Source) = (
    word!(
        "Here nothing is hidden: after an orderly closing handshake code and reason reach the script as they were sent."
    ),
    rfc("RFC 6455 section 7.1.5", "https://www.rfc-editor.org/rfc/rfc6455#section-7.1.5"),
);
pub(super) const NO_CODE: (&str, Source) = (
    word!("A Close frame may be empty. The script then reads 1005, which never crosses the wire."),
    rfc("RFC 6455 section 7.1.5", "https://www.rfc-editor.org/rfc/rfc6455#section-7.1.5"),
);
pub(super) const ABNORMAL: (&str, Source) = (
    word!(
        "1006 is never sent: it is what a script reads where no Close frame came. A reset, a cut and a broken rule look alike."
    ),
    FEEDBACK,
);
pub(super) const PING: (&str, Source) = (
    word!(
        "Only an answer proves that somebody is there. Browsers give scripts no way to send a Ping or to see one, so a page needs messages of its own and a time limit; `close` waits for an answer, too."
    ),
    PINGS,
);
pub(super) const IDLE: (&str, Source) = (
    word!(
        "Proxies forget connections on which nothing moves, often without a word. A script cannot send the Ping that would keep one; the server can."
    ),
    PINGS,
);
pub(super) const GREETING: (&str, Source) = (
    word!(
        "Either side may speak first once the connection is open, so the first message need not be an answer: pair questions and answers by what they say."
    ),
    rfc("RFC 6455 section 1.2", "https://www.rfc-editor.org/rfc/rfc6455#section-1.2"),
);
pub(super) const RETRY: (&str, Source) = (
    word!(
        "A browser may send a request again by itself if the connection that it reused ends before any answer. The script sees one success where the wire carried the request twice, a POST included."
    ),
    rfc("RFC 9112 section 9.3.1", "https://www.rfc-editor.org/rfc/rfc9112#section-9.3.1"),
);
pub(super) const SHORT: (&str, Source) = (
    word!(
        "The head promised more octets than came. `fetch` has resolved by then, so only reading the content can fail, and its error names no reason."
    ),
    rfc("RFC 9112 section 8", "https://www.rfc-editor.org/rfc/rfc9112#section-8"),
);

const FEEDBACK: Source = Source {
    name: "WHATWG WebSockets, Feedback from the protocol",
    url: "https://websockets.spec.whatwg.org/#feedback-from-the-protocol",
};
const HANDSHAKE: Source = Source {
    name: "WHATWG WebSockets, Opening handshake",
    url: "https://websockets.spec.whatwg.org/#websocket-opening-handshake",
};
const PINGS: Source = Source {
    name: "WHATWG WebSockets, Ping and Pong frames",
    url: "https://websockets.spec.whatwg.org/#ping-and-pong-frames",
};

const fn rfc(name: &'static str, url: &'static str) -> Source {
    Source { name, url }
}
