//! A URL, taken apart as far as a run needs it.

use web_sys::Url;

/// Where something answers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Address {
    /// `http:`, `https:`, `ws:` or `wss:`.
    pub scheme: String,
    /// Name or address, without the port; an IPv6 address in brackets.
    pub hostname: String,
    /// The same with the port, if it is not the scheme's own.
    pub host: String,
    /// Path and query.
    pub target: String,
}

impl Address {
    /// Reads an absolute URL of one of `schemes`.
    pub fn read(url: &str, schemes: [&str; 2]) -> Option<Self> {
        let url = Url::new(url.trim()).ok()?;
        let scheme = url.protocol();
        let target = url.pathname() + &url.search();
        schemes.contains(&scheme.as_str()).then(|| Self {
            scheme,
            hostname: url.hostname(),
            host: url.host(),
            target,
        })
    }

    /// The URL of `target` there.
    pub fn url(&self, target: &str) -> String {
        format!("{}//{}{target}", self.scheme, self.host)
    }

    /// The same place on another port.
    pub fn on_port(&self, scheme: &str, port: u16) -> Self {
        let host = format!("{}:{port}", self.hostname);
        // As the browser writes it: without a port that goes without saying.
        let normal = Url::new(&format!("{scheme}//{host}")).map_or(host, |url| url.host());
        Self { scheme: scheme.to_owned(), host: normal, ..self.clone() }
    }
}

/// `target` with the number of a message in its query.
pub fn numbered(target: &str, n: u32) -> String {
    let separator = if target.contains('?') { '&' } else { '?' };
    format!("{target}{separator}n={n}")
}

/// Whether this name or address is the visitor's own computer. Addresses as a browser's URL parser
/// leaves them: four decimal numbers, or version 6 in its shortest form and in brackets.
pub fn is_loopback(hostname: &str) -> bool {
    let name = hostname.to_ascii_lowercase();
    let numbers = || name.split('.').all(|part| part.bytes().all(|it| it.is_ascii_digit()));
    name == "localhost"
        || name.ends_with(".localhost")
        || name == "[::1]"
        || (name.starts_with("127.") && numbers())
}

/// Schemes for `fetch`.
pub const HTTP: [&str; 2] = ["http:", "https:"];

/// Schemes for `WebSocket`.
pub const SOCKET: [&str; 2] = ["ws:", "wss:"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_joins_the_query() {
        for (target, expected) in
            [("/echo", "/echo?n=7"), ("/a?b=c", "/a?b=c&n=7"), ("/", "/?n=7"), ("/a?", "/a?&n=7")]
        {
            assert_eq!(numbered(target, 7), expected);
        }
    }

    #[test]
    fn the_visitors_own_computer() {
        for here in ["localhost", "LOCALHOST", "a.localhost", "127.0.0.1", "127.9.9.9", "[::1]"] {
            assert!(is_loopback(here), "{here}");
        }
        for elsewhere in
            ["", "example.org", "10.0.0.1", "127.0.0.1.example", "localhost.example", "[fd00::1]"]
        {
            assert!(!is_loopback(elsewhere), "{elsewhere}");
        }
    }
}
