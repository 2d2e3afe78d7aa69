//! The field lines of the chat server's answers. The simulator's server and the companion's lane
//! ports both take them from here, so that what is predicted can be compared with what is witnessed.

/// Field lines of one answer, in the order in which they go out; `Content-Length` and `Date` follow.
/// `origin` is the page's own, `connection` counts the lane's connections from 0.
pub fn fields(origin: &str, connection: u16, closes: bool, content: bool) -> Vec<(&'static str, String)> {
    let mut fields = Vec::with_capacity(7);
    if content {
        fields.push(("content-type", TEXT.to_owned()));
    }
    fields.push(("cache-control", "no-store".to_owned()));
    let values = [origin.to_owned(), origin.to_owned(), CONNECTION.to_owned(), connection.to_string()];
    fields.extend(INSTRUMENTS.into_iter().zip(values));
    if closes {
        fields.push(("connection", "close".to_owned()));
    }
    fields
}

/// The field lines that are there for the page's own sake: without them its script could not read an answer that
/// comes from another port, nor time it, nor count connections.
pub const INSTRUMENTS: [&str; 4] =
    ["access-control-allow-origin", "timing-allow-origin", "access-control-expose-headers", CONNECTION];

/// One line of news as an event. Its ID is how many lines there are up to it, so that a browser that comes
/// again says in [`LAST_EVENT_ID`] how many it has heard. What is binary goes as Base64: an event is text.
pub fn event(id: usize, text: &str, binary: bool) -> String {
    let encoded = binary.then(|| wire::handshake::base64(text.as_bytes()));
    wire::sse::event(id as u64, encoded.as_deref().unwrap_or(text))
}

/// The field line in which a browser that opens a stream anew says what it heard last (HTML Standard
/// section 9.2.4).
pub const LAST_EVENT_ID: &str = "Last-Event-ID";

/// The type of content of a stream of events.
pub const EVENT_STREAM: &str = "text/event-stream";

/// The field line that names the lane's connection, counted from 0.
pub const CONNECTION: &str = "x-duplex-connection";

/// What an HTTP lane asks: `POST`, the message as content, answered by the same octets.
pub const ECHO: &str = "/echo";

/// What an HTTP lane asks: `POST`, the message as content, answered by 204.
pub const SAY: &str = "/say";

/// What an HTTP lane asks: `GET`, with `?after=K`, answered by every later line of news, one a line, or 204.
pub const NEWS: &str = "/news";

/// What a lane with a stream asks: `GET`, answered by an event for each line of news, without end.
pub const EVENTS: &str = "/events";

/// What one server asks another: `POST`, the news as content, answered by 204.
pub const HOOK: &str = "/hook";

/// Where a lane opens its WebSocket.
pub const SOCKET: &str = "/ws";

/// The type of content that is text.
pub const TEXT: &str = "text/plain; charset=utf-8";

/// The type of content that is not.
pub const OCTETS: &str = "application/octet-stream";
