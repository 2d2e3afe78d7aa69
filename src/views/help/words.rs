//! What help says.

use tongue::word;

/// Keys, and what they do.
pub(super) const KEYS: &[(&[&str], &str)] = &[
    (&[word!("Space")], word!("play or pause")),
    (&["←", "→"], word!("to the event before or after")),
    (&["Home", "End"], word!("to the start, to the finished picture")),
    (&["↑", "↓"], word!("inside a ladder: from mark to mark")),
    (
        &["+", "−", "0"],
        word!("zoom in, zoom out, the whole run; also the wheel over the ruler, or with Ctrl over a lane"),
    ),
    (&["Shift", "↑", "↓"], word!("earlier, later")),
    (&["Esc"], word!("takes a call-out away")),
    (&["?"], word!("opens this help, and closes it")),
];

/// Keys before a class, and what they do.
pub(super) const CLICKER: &[(&[&str], &str)] = &[
    (&["Page Down", "→", word!("Space")], word!("the next step")),
    (&["Page Up", "←"], word!("the step before")),
    (&[".", "B"], word!("blanks the screen, and brings it back")),
    (&["Esc"], word!("leaves the presentation")),
];

pub(super) const MARKS: &str = word!(
    "A band goes down from whoever sends to whoever receives. A full head asks, or carries a message; a hollow head is an answer or a goodbye without one; an open head on a thin line is TCP. A disc at its start is a WebSocket frame’s. A diamond is somebody speaking. “time ×6” beside the ruler: much happens there in little time, so it is drawn six times taller than the rest."
);

/// Every simplification of the simulator.
pub(super) const LEFT_OUT: &[&str] = &[
    word!(
        "HTTP/2, HTTP/3 and WebSocket over them: HTTP here is HTTP/1.1. No DNS, no IP but version 4, no cache on the way. A proxy does one thing: it cuts what is silent for too long."
    ),
    word!(
        "TCP acknowledges in no time and without loss, and the third segment of its handshake always arrives; so nothing is sent twice without need, and no connection ever gives up. A receiver’s window is never full, segments of two messages are never joined, and a window does not shrink by standing idle."
    ),
    word!(
        "A router queues without end and drops by chance alone. Slow start, congestion avoidance, three later arrivals, selective acknowledgements and the time-out (a second at least; many systems wait less) are modelled. Tail loss probes, congestion notification, other TCP options and the search for the largest packet are not."
    ),
    word!(
        "TLS is there by the sizes and round trips of a typical handshake (two certificates, a post-quantum key share), not by its octets: no early data, no new tickets, no alerts. Its arithmetic takes no time, and neither does anything in the browser; a server takes the think time that you set."
    ),
    word!(
        "Other browsers. The request heads are Chromium 156’s or Firefox 153’s, as captured; another browser, host or call sends others. The lane says how many connections it may have, where a browser would open up to six; an `EventSource` comes back at once, where a browser waits some seconds; two servers’ TLS is as large as a browser’s."
    ),
    word!("The words are made up, and compress as such."),
    word!(
        "Nothing is left out of a response’s head, but four of its lines are this page’s own instruments: access-control-allow-origin, timing-allow-origin, access-control-expose-headers and x-duplex-connection. They are counted as the wire would count them; a server that answers its own site sends none of them. The inspector says how many octets they are."
    ),
];

pub(super) const UNSEEN: &str = word!(
    "TCP’s own segments: the companion says when it accepted a connection, and holds its first octets back one round trip to stand for the handshake. It also emulates the link."
);

pub(super) const FAIR: &str = word!(
    "HTTP/1.1 keeps its connection by default (RFC 9112 section 9.3). On a warm connection an echo takes one round trip over HTTP and over WebSocket alike. What differs is who may start, and what each message carries."
);
