//! Request heads as a browser sends them, taken from a capture: nobody typed these octets.
//!
//! There is no such thing as *the* browser head: it depends on host, browser and call. This one is
//! Chromium 156 on Linux talking to another port of 127.0.0.1; the panel "What this model leaves
//! out" says so.

use wire::Request;

/// Whose heads, and for which origin.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Caller {
    /// `Host` of the server.
    pub host: String,
    /// `Origin` of the page.
    pub origin: String,
}

impl Default for Caller {
    fn default() -> Self {
        Self { host: "127.0.0.1:9081".to_owned(), origin: "http://127.0.0.1:9080".to_owned() }
    }
}

impl Caller {
    /// The head of `fetch(target)`.
    pub fn get(&self, target: &str) -> Request {
        self.of("### fetch GET cross-origin", target)
    }

    /// The head of `fetch(target, { method: "POST", body: text })` with `length` octets of content.
    pub fn post(&self, target: &str, length: usize) -> Request {
        let mut request = self.of("### fetch POST json", target);
        request.fields.set("Content-Length", length.to_string());
        request.fields.set("content-type", "text/plain;charset=UTF-8");
        request
    }

    /// The head of `new WebSocket(target)` with this `Sec-WebSocket-Key`.
    pub fn upgrade(&self, target: &str, key: &str) -> Request {
        let mut request = self.of("### WebSocket handshake (", target);
        request.fields.remove("Cookie");
        request.fields.set("Sec-WebSocket-Key", key);
        request
    }

    fn of(&self, title: &str, target: &str) -> Request {
        let mut request = captured(title);
        request.target = target.to_owned();
        request.fields.set("Host", &self.host);
        request.fields.set("Origin", &self.origin);
        if request.fields.get("Referer").is_some() {
            request.fields.set("Referer", format!("{}/", self.origin));
        }
        request
    }
}

/// The captured head under `title`; an empty request if the capture lacks it, which a test rules out.
fn captured(title: &str) -> Request {
    let head = CAPTURE
        .split_once(title)
        .and_then(|(_, rest)| rest.split_once('\n'))
        .and_then(|(_, rest)| rest.split_once("\n\n"))
        .map(|(head, _)| format!("{}\r\n\r\n", head.replace('\n', "\r\n")))
        .unwrap_or_default();
    match wire::parse_request(head.as_bytes()) {
        Ok(Some((request, _))) => request,
        _ => Request {
            method: "GET".to_owned(),
            target: "/".to_owned(),
            version: wire::Version::Http11,
            fields: wire::Fields::new(),
        },
    }
}

const CAPTURE: &str = include_str!("heads/chromium156.txt");
