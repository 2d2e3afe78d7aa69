use crate::FieldLine;

/// What a field line says, in one sentence, and where that is defined.
pub(super) fn explain(line: &FieldLine) -> (&'static str, &'static str) {
    if line.name.eq_ignore_ascii_case("Connection")
        && let Some((_, meaning)) =
            CONNECTION.iter().find(|(value, _)| line.value.eq_ignore_ascii_case(value))
    {
        return (meaning, "RFC 9110 section 7.6.1");
    }
    FIELDS
        .iter()
        .find(|(name, ..)| line.name.eq_ignore_ascii_case(name))
        .map_or(UNKNOWN, |&(_, meaning, rfc)| (meaning, rfc))
}

const UNKNOWN: (&str, &str) = (
    "A field that is not part of HTTP itself; whoever defined it says what it means.",
    "RFC 9110 section 5.1",
);

const CONNECTION: &[(&str, &str)] = &[
    ("close", "This connection ends after this answer; without it an HTTP/1.1 connection persists."),
    ("keep-alive", "Asks to keep the connection; HTTP/1.1 does so anyway, HTTP/1.0 needs it said."),
    ("Upgrade", "The Upgrade field is meant for this connection alone, not for a server further on."),
];

const FIELDS: &[(&str, &str, &str)] = &[
    // What every message needs
    (
        "Host",
        "Which of the server's sites is meant; every HTTP/1.1 request must say it.",
        "RFC 9110 section 7.2",
    ),
    ("Connection", "Fields and options that are meant for this connection alone.", "RFC 9110 section 7.6.1"),
    ("Content-Length", "How many octets of content follow the empty line.", "RFC 9110 section 8.6"),
    (
        "Transfer-Encoding",
        "How the content is wrapped for the way; chunked sends it in pieces whose total is not known yet.",
        "RFC 9112 section 6.1",
    ),
    ("Trailer", "Which fields will follow the content.", "RFC 9110 section 6.6.2"),
    (
        "TE",
        "Which transfer codings the sender understands, and whether it wants trailers.",
        "RFC 9110 section 10.1.4",
    ),
    ("Keep-Alive", "How long the server means to keep an idle connection.", "RFC 9112 appendix C.2.2"),
    ("Date", "When the server made this answer.", "RFC 9110 section 6.6.1"),
    ("Via", "The proxies that the message came through.", "RFC 9110 section 7.6.3"),
    // Switching protocols and the opening handshake
    ("Upgrade", "The protocol to change to on this same connection.", "RFC 9110 section 7.8"),
    (
        "Sec-WebSocket-Key",
        "Sixteen random octets in base64; the server proves with them that it understood. They are no secret.",
        "RFC 6455 section 11.3.1",
    ),
    (
        "Sec-WebSocket-Extensions",
        "Extensions of the protocol: in the request on offer, in the response chosen.",
        "RFC 6455 section 11.3.2",
    ),
    (
        "Sec-WebSocket-Accept",
        "Base64 of the SHA-1 of the key and a fixed text: the server understood this very request as WebSocket.",
        "RFC 6455 section 11.3.3",
    ),
    (
        "Sec-WebSocket-Protocol",
        "Subprotocols, the language inside the messages: in the request on offer, in the response the one chosen.",
        "RFC 6455 section 11.3.4",
    ),
    (
        "Sec-WebSocket-Version",
        "The version of the WebSocket protocol; 13 is the one in use.",
        "RFC 6455 section 11.3.5",
    ),
    // What the client wants and who it is
    (
        "Accept",
        "Kinds of content that the client can take, the better ones with a higher q.",
        "RFC 9110 section 12.5.1",
    ),
    ("Accept-Encoding", "Compressions that the client can undo.", "RFC 9110 section 12.5.3"),
    (
        "Accept-Language",
        "Languages that the user reads, the better ones with a higher q.",
        "RFC 9110 section 12.5.4",
    ),
    ("User-Agent", "Which program sends the request.", "RFC 9110 section 10.1.5"),
    (
        "Referer",
        "The page from which the request comes; the misspelling is the standard's.",
        "RFC 9110 section 10.1.3",
    ),
    ("Expect", "The client waits for 100 Continue before it sends the content.", "RFC 9110 section 10.1.1"),
    ("Authorization", "Credentials that prove who asks.", "RFC 9110 section 11.6.2"),
    (
        "Cookie",
        "What the server stored in this browser, sent back with every request to it, the opening handshake included.",
        "RFC 6265 section 4.2",
    ),
    (
        "Origin",
        "The site whose script makes the request; a WebSocket server must check it, for nobody else does.",
        "RFC 6454 section 7",
    ),
    ("Priority", "How urgent the answer is to the client.", "RFC 9218 section 5"),
    ("Range", "Which part of the content is wanted.", "RFC 9110 section 14.2"),
    (
        "If-None-Match",
        "Send the content only if it is none of the versions that the client has.",
        "RFC 9110 section 13.1.2",
    ),
    ("If-Modified-Since", "Send the content only if it is newer than this.", "RFC 9110 section 13.1.3"),
    (
        "Last-Event-ID",
        "The last event that the client got before its stream broke, so that the server can go on from there.",
        "HTML standard section 9.2",
    ),
    ("Upgrade-Insecure-Requests", "The browser would rather be sent to https.", "Upgrade Insecure Requests"),
    ("Sec-Fetch-Site", "How near the asking site is to the one asked.", "Fetch Metadata"),
    (
        "Sec-Fetch-Mode",
        "What kind of request the browser makes: a navigation, a script's fetch, a WebSocket.",
        "Fetch Metadata",
    ),
    (
        "Sec-Fetch-Dest",
        "What the answer is for: a document, a script, or nothing in particular.",
        "Fetch Metadata",
    ),
    ("Sec-Fetch-User", "A user's action started this navigation.", "Fetch Metadata"),
    (
        "Sec-Fetch-Storage-Access",
        "Whether the request may carry cookies although another site embeds it.",
        "Fetch Metadata",
    ),
    (
        "sec-ch-ua",
        "The browser's brands and versions; one of them is made up so that servers do not rely on the list.",
        "User-Agent Client Hints",
    ),
    ("sec-ch-ua-mobile", "Whether the browser runs on a phone.", "User-Agent Client Hints"),
    ("sec-ch-ua-platform", "The operating system.", "User-Agent Client Hints"),
    // What the server answers
    ("Server", "Which program answers.", "RFC 9110 section 10.2.4"),
    ("Content-Type", "What kind of thing the content is.", "RFC 9110 section 8.3"),
    ("Content-Encoding", "How the content is compressed.", "RFC 9110 section 8.4"),
    ("Location", "Where the thing is to be found instead.", "RFC 9110 section 10.2.2"),
    ("Allow", "The methods that work here.", "RFC 9110 section 10.2.1"),
    ("Retry-After", "How long to wait before asking again.", "RFC 9110 section 10.2.3"),
    ("WWW-Authenticate", "How the client can prove who it is.", "RFC 9110 section 11.6.1"),
    (
        "Set-Cookie",
        "Something for the browser to store and to send back with every further request.",
        "RFC 6265 section 4.1",
    ),
    ("ETag", "A name for this version of the content.", "RFC 9110 section 8.8.3"),
    ("Last-Modified", "When the content last changed.", "RFC 9110 section 8.8.2"),
    ("Accept-Ranges", "Whether parts of the content can be asked for.", "RFC 9110 section 14.3"),
    ("Vary", "The request fields that another answer could depend on.", "RFC 9110 section 12.5.5"),
    // Caches
    ("Cache-Control", "What caches on the way may do with this message.", "RFC 9111 section 5.2"),
    ("Pragma", "An older way to say Cache-Control: no-cache.", "RFC 9111 section 5.4"),
    ("Expires", "When a stored copy stops being fresh.", "RFC 9111 section 5.3"),
    ("Age", "How many seconds this answer lay in a cache.", "RFC 9111 section 5.1"),
    // Between sites
    (
        "Access-Control-Request-Method",
        "A preflight asks whether the method of the request to come is allowed.",
        "Fetch standard",
    ),
    (
        "Access-Control-Request-Headers",
        "A preflight asks whether these fields of the request to come are allowed.",
        "Fetch standard",
    ),
    ("Access-Control-Allow-Origin", "Which site's scripts may read this answer.", "Fetch standard"),
    ("Access-Control-Allow-Methods", "Methods that other sites' scripts may use here.", "Fetch standard"),
    ("Access-Control-Allow-Headers", "Fields that other sites' scripts may send here.", "Fetch standard"),
    (
        "Access-Control-Allow-Credentials",
        "Whether other sites' scripts may read this answer to a request with cookies.",
        "Fetch standard",
    ),
    (
        "Access-Control-Expose-Headers",
        "Fields of this answer that other sites' scripts may read.",
        "Fetch standard",
    ),
    ("Access-Control-Max-Age", "For how many seconds the answer to a preflight holds.", "Fetch standard"),
    ("Timing-Allow-Origin", "Which sites may see how long this answer took, in detail.", "Resource Timing"),
];
