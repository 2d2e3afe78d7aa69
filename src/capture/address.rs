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
}
