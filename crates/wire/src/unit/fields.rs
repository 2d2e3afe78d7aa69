use tongue::{say, word};

use crate::FieldLine;

/// What a field line says, in one sentence, and where that is defined.
pub(super) fn explain(line: &FieldLine) -> (&'static str, &'static str) {
    if line.name.eq_ignore_ascii_case("Connection")
        && let Some((_, meaning)) =
            CONNECTION.iter().find(|(value, _)| line.value.eq_ignore_ascii_case(value))
    {
        return (say(meaning), "RFC 9110 section 7.6.1");
    }
    FIELDS
        .iter()
        .find(|(name, ..)| line.name.eq_ignore_ascii_case(name))
        .map_or((say(UNKNOWN), "RFC 9110 section 5.1"), |&(_, meaning, rfc)| (say(meaning), rfc))
}

const UNKNOWN: &str =
    word!("A field that is not part of HTTP itself; whoever defined it says what it means.");

const CONNECTION: &[(&str, &str)] = &[
    ("close", word!("This connection ends after this answer; without it an HTTP/1.1 connection persists.")),
    ("keep-alive", word!("Asks to keep the connection; HTTP/1.1 does so anyway, HTTP/1.0 needs it said.")),
    ("Upgrade", word!("The Upgrade field is meant for this connection alone, not for a server further on.")),
];

const FIELDS: &[(&str, &str, &str)] = &[
    // What every message needs
    (
        "Host",
        word!("Which of the server's sites is meant; every HTTP/1.1 request must say it."),
        "RFC 9110 section 7.2",
    ),
    (
        "Connection",
        word!("Fields and options that are meant for this connection alone."),
        "RFC 9110 section 7.6.1",
    ),
    ("Content-Length", word!("How many octets of content follow the empty line."), "RFC 9110 section 8.6"),
    (
        "Transfer-Encoding",
        word!(
            "How the content is wrapped for the way; chunked sends it in pieces whose total is not known yet."
        ),
        "RFC 9112 section 6.1",
    ),
    ("Trailer", word!("Which fields will follow the content."), "RFC 9110 section 6.6.2"),
    (
        "TE",
        word!("Which transfer codings the sender understands, and whether it wants trailers."),
        "RFC 9110 section 10.1.4",
    ),
    ("Keep-Alive", word!("How long the server means to keep an idle connection."), "RFC 9112 appendix C.2.2"),
    ("Date", word!("When the server made this answer."), "RFC 9110 section 6.6.1"),
    ("Via", word!("The proxies that the message came through."), "RFC 9110 section 7.6.3"),
    // Switching protocols and the opening handshake
    ("Upgrade", word!("The protocol to change to on this same connection."), "RFC 9110 section 7.8"),
    (
        "Sec-WebSocket-Key",
        word!(
            "Sixteen random octets in base64; the server proves with them that it understood. They are no secret."
        ),
        "RFC 6455 section 11.3.1",
    ),
    (
        "Sec-WebSocket-Extensions",
        word!("Extensions of the protocol: in the request on offer, in the response chosen."),
        "RFC 6455 section 11.3.2",
    ),
    (
        "Sec-WebSocket-Accept",
        word!(
            "Base64 of the SHA-1 of the key and a fixed text: the server understood this very request as WebSocket."
        ),
        "RFC 6455 section 11.3.3",
    ),
    (
        "Sec-WebSocket-Protocol",
        word!(
            "Subprotocols, the language inside the messages: in the request on offer, in the response the one chosen."
        ),
        "RFC 6455 section 11.3.4",
    ),
    (
        "Sec-WebSocket-Version",
        word!("The version of the WebSocket protocol; 13 is the one in use."),
        "RFC 6455 section 11.3.5",
    ),
    // What the client wants and who it is
    (
        "Accept",
        word!("Kinds of content that the client can take, the better ones with a higher q."),
        "RFC 9110 section 12.5.1",
    ),
    ("Accept-Encoding", word!("Compressions that the client can undo."), "RFC 9110 section 12.5.3"),
    (
        "Accept-Language",
        word!("Languages that the user reads, the better ones with a higher q."),
        "RFC 9110 section 12.5.4",
    ),
    ("User-Agent", word!("Which program sends the request."), "RFC 9110 section 10.1.5"),
    (
        "Referer",
        word!("The page from which the request comes; the misspelling is the standard's."),
        "RFC 9110 section 10.1.3",
    ),
    (
        "Expect",
        word!("The client waits for 100 Continue before it sends the content."),
        "RFC 9110 section 10.1.1",
    ),
    ("Authorization", word!("Credentials that prove who asks."), "RFC 9110 section 11.6.2"),
    (
        "Cookie",
        word!(
            "What the server stored in this browser, sent back with every request to it, the opening handshake included."
        ),
        "RFC 6265 section 4.2",
    ),
    (
        "Origin",
        word!(
            "The site whose script makes the request; a WebSocket server must check it, for nobody else does."
        ),
        "RFC 6454 section 7",
    ),
    ("Priority", word!("How urgent the answer is to the client."), "RFC 9218 section 5"),
    ("Range", word!("Which part of the content is wanted."), "RFC 9110 section 14.2"),
    (
        "If-None-Match",
        word!("Send the content only if it is none of the versions that the client has."),
        "RFC 9110 section 13.1.2",
    ),
    (
        "If-Modified-Since",
        word!("Send the content only if it is newer than this."),
        "RFC 9110 section 13.1.3",
    ),
    (
        "Last-Event-ID",
        word!(
            "The last event that the client got before its stream broke, so that the server can go on from there."
        ),
        "HTML standard section 9.2",
    ),
    (
        "Upgrade-Insecure-Requests",
        word!("The browser would rather be sent to https."),
        "Upgrade Insecure Requests",
    ),
    ("Sec-Fetch-Site", word!("How near the asking site is to the one asked."), "Fetch Metadata"),
    (
        "Sec-Fetch-Mode",
        word!("What kind of request the browser makes: a navigation, a script's fetch, a WebSocket."),
        "Fetch Metadata",
    ),
    (
        "Sec-Fetch-Dest",
        word!("What the answer is for: a document, a script, or nothing in particular."),
        "Fetch Metadata",
    ),
    ("Sec-Fetch-User", word!("A user's action started this navigation."), "Fetch Metadata"),
    (
        "Sec-Fetch-Storage-Access",
        word!("Whether the request may carry cookies although another site embeds it."),
        "Fetch Metadata",
    ),
    (
        "sec-ch-ua",
        word!(
            "The browser's brands and versions; one of them is made up so that servers do not rely on the list."
        ),
        "User-Agent Client Hints",
    ),
    ("sec-ch-ua-mobile", word!("Whether the browser runs on a phone."), "User-Agent Client Hints"),
    ("sec-ch-ua-platform", word!("The operating system."), "User-Agent Client Hints"),
    // What the server answers
    ("Server", word!("Which program answers."), "RFC 9110 section 10.2.4"),
    ("Content-Type", word!("What kind of thing the content is."), "RFC 9110 section 8.3"),
    ("Content-Encoding", word!("How the content is compressed."), "RFC 9110 section 8.4"),
    ("Location", word!("Where the thing is to be found instead."), "RFC 9110 section 10.2.2"),
    ("Allow", word!("The methods that work here."), "RFC 9110 section 10.2.1"),
    ("Retry-After", word!("How long to wait before asking again."), "RFC 9110 section 10.2.3"),
    ("WWW-Authenticate", word!("How the client can prove who it is."), "RFC 9110 section 11.6.1"),
    (
        "Set-Cookie",
        word!("Something for the browser to store and to send back with every further request."),
        "RFC 6265 section 4.1",
    ),
    ("ETag", word!("A name for this version of the content."), "RFC 9110 section 8.8.3"),
    ("Last-Modified", word!("When the content last changed."), "RFC 9110 section 8.8.2"),
    ("Accept-Ranges", word!("Whether parts of the content can be asked for."), "RFC 9110 section 14.3"),
    ("Vary", word!("The request fields that another answer could depend on."), "RFC 9110 section 12.5.5"),
    // Caches
    ("Cache-Control", word!("What caches on the way may do with this message."), "RFC 9111 section 5.2"),
    ("Pragma", word!("An older way to say Cache-Control: no-cache."), "RFC 9111 section 5.4"),
    ("Expires", word!("When a stored copy stops being fresh."), "RFC 9111 section 5.3"),
    ("Age", word!("How many seconds this answer lay in a cache."), "RFC 9111 section 5.1"),
    // Between sites
    (
        "Access-Control-Request-Method",
        word!("A preflight asks whether the method of the request to come is allowed."),
        "Fetch standard",
    ),
    (
        "Access-Control-Request-Headers",
        word!("A preflight asks whether these fields of the request to come are allowed."),
        "Fetch standard",
    ),
    ("Access-Control-Allow-Origin", word!("Which site's scripts may read this answer."), "Fetch standard"),
    (
        "Access-Control-Allow-Methods",
        word!("Methods that other sites' scripts may use here."),
        "Fetch standard",
    ),
    (
        "Access-Control-Allow-Headers",
        word!("Fields that other sites' scripts may send here."),
        "Fetch standard",
    ),
    (
        "Access-Control-Allow-Credentials",
        word!("Whether other sites' scripts may read this answer to a request with cookies."),
        "Fetch standard",
    ),
    (
        "Access-Control-Expose-Headers",
        word!("Fields of this answer that other sites' scripts may read."),
        "Fetch standard",
    ),
    (
        "Access-Control-Max-Age",
        word!("For how many seconds the answer to a preflight holds."),
        "Fetch standard",
    ),
    (
        "Timing-Allow-Origin",
        word!("Which sites may see how long this answer took, in detail."),
        "Resource Timing",
    ),
];
