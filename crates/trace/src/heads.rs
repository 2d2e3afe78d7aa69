//! Request heads as a browser sends them, taken from captures: nobody typed these octets.
//!
//! There is no such thing as *the* browser head: it depends on host, browser and call. A [`Preset`]
//! says which; the panel "What this model leaves out" says the rest. Left out among others: the
//! preflight that a field line of one's own costs across origins.

mod extra;
mod preset;

use wire::{Request, handshake};

use crate::scenario::Scenario;

pub use extra::{LONGEST, Unfit, check};
pub use preset::Preset;

/// Whose heads, and for which origin.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Caller {
    /// `Host` of the server.
    pub host: String,
    /// `Origin` of the page.
    pub origin: String,
    /// Browser and host.
    pub preset: Preset,
    /// Octets of the `Cookie` value; 0 is none.
    pub cookie: u32,
    /// Field lines at the end of each head.
    pub extra: Vec<(String, String)>,
    /// Heads that were seen on the wire: a call is made as the one of its [kind](same_call) was, as it is.
    pub seen: Vec<Request>,
}

impl Default for Caller {
    fn default() -> Self {
        Self::of(&Scenario::default())
    }
}

impl Caller {
    /// The page, or the server, that makes the requests of a scenario.
    pub fn of(scenario: &Scenario) -> Self {
        let preset = scenario.preset;
        Self {
            host: preset.host().to_owned(),
            origin: preset.origin().to_owned(),
            preset,
            cookie: scenario.cookie,
            extra: scenario
                .extra
                .iter()
                .filter(|(name, value)| check(name, value).is_ok())
                .cloned()
                .collect(),
            seen: Vec::new(),
        }
    }

    /// The same, making its calls as it was seen to.
    #[must_use]
    pub fn seen(self, seen: Vec<Request>) -> Self {
        Self { seen, ..self }
    }

    /// The head of `fetch(target)`.
    pub fn get(&self, target: &str) -> Request {
        self.dressed(self.of_call("### fetch GET cross-origin", "GET", target))
    }

    /// The head of `fetch(target, { method: "POST", body: text })` with `length` octets of content.
    pub fn post(&self, target: &str, length: usize) -> Request {
        let title =
            if self.preset == Preset::Loopback { "### fetch POST json" } else { "### fetch POST text" };
        let mut request = self.of_call(title, "POST", target);
        request.fields.set("Content-Length", length.to_string());
        if self.preset != Preset::Minimal {
            request.fields.set("content-type", "text/plain;charset=UTF-8");
        }
        self.dressed(request)
    }

    /// The head of `fetch(target, { method: "POST", body: octets })`: a browser names no type for them.
    pub fn post_octets(&self, target: &str, length: usize) -> Request {
        let mut request = self.of_call("### fetch POST octets", "POST", target);
        request.fields.set("Content-Length", length.to_string());
        self.dressed(request)
    }

    /// The head of `new EventSource(target)`.
    pub fn events(&self, target: &str) -> Request {
        let mut request = self.of_call("### EventSource", "GET", target);
        request.fields.set("Accept", "text/event-stream");
        self.dressed(request)
    }

    /// The head of `new WebSocket(target)` with this `Sec-WebSocket-Key`.
    pub fn upgrade(&self, target: &str, key: &str) -> Request {
        let mut request = match self.preset {
            Preset::Minimal => handshake::open(&self.host, target, key),
            _ => self.of_call("### WebSocket handshake (", "GET", target),
        };
        if self.cookie == 0 {
            request.fields.remove("Cookie");
        }
        request.fields.set("Sec-WebSocket-Key", key);
        self.dressed(request)
    }

    /// The head with which one server tells another: no browser, so no browser's lines and no cookie.
    pub fn hook(&self, target: &str, kind: &str, length: usize) -> Request {
        let mut request = Request::new("POST", target)
            .with("Host", self.host.as_str())
            .with("Content-Type", kind)
            .with("Content-Length", length.to_string());
        self.add_extra(&mut request);
        request
    }

    fn of_call(&self, title: &str, method: &str, target: &str) -> Request {
        let mut request = match captured(self.preset.capture(), title) {
            Some(request) => request,
            None => Request::new(method, target),
        };
        request.target = target.to_owned();
        request.fields.set("Host", &self.host);
        for (name, value) in [("Origin", self.origin.clone()), ("Referer", format!("{}/", self.origin))] {
            if request.fields.get(name).is_some() {
                request.fields.set(name, value);
            }
        }
        request
    }

    fn dressed(&self, mut request: Request) -> Request {
        if self.cookie > 0 {
            request.fields.set("Cookie", cookie(self.cookie));
        }
        self.add_extra(&mut request);
        self.as_seen(request)
    }

    /// The head of the same call as it was seen on the wire, if it was; only what belongs to this one
    /// call is its own.
    fn as_seen(&self, request: Request) -> Request {
        let Some(seen) = self.seen.iter().find(|seen| same_call(seen, &request)) else { return request };
        let mut own = Request { target: request.target, ..seen.clone() };
        for name in ["Content-Length", "Sec-WebSocket-Key"] {
            if let Some(value) = request.fields.get(name) {
                own.fields.set(name, value);
            }
        }
        own
    }

    fn add_extra(&self, request: &mut Request) {
        for (name, value) in &self.extra {
            request.fields.push(name, value);
        }
    }
}

/// Whether a script makes both requests by the same kind of call.
pub(crate) fn same_call(one: &Request, other: &Request) -> bool {
    let kind = |it: &Request| {
        let streams = it.fields.get("Accept").is_some_and(|value| value == "text/event-stream");
        (
            it.fields.get("Upgrade").is_some(),
            streams,
            it.fields.get("content-type").map(str::to_ascii_lowercase),
        )
    };
    one.method == other.method && kind(one) == kind(other)
}

/// A cookie of exactly `octets` octets.
fn cookie(octets: u32) -> String {
    let octets = octets as usize;
    let mut value: String = COOKIE.chars().take(octets).collect();
    value.extend(std::iter::repeat_n('x', octets - value.len()));
    value
}

/// The head under `title`, if `capture` has it.
fn captured(capture: &str, title: &str) -> Option<Request> {
    let (_, rest) = capture.split_once(title)?;
    let (_, rest) = rest.split_once('\n')?;
    let (head, _) = rest.split_once("\n\n")?;
    let head = format!("{}\r\n\r\n", head.replace('\n', "\r\n"));
    let (request, _) = wire::parse_request(head.as_bytes()).ok()??;
    Some(request)
}

/// How the cookie begins.
const COOKIE: &str = "session=";
