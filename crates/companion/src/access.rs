//! Who may use the companion: its own page, pages on this computer, and whoever `--allow-origin` names.
//! A web page elsewhere must not, whether it says so in `Origin` or comes by a name of its own.

use std::net::IpAddr;

use hyper::HeaderMap;
use hyper::header::{HOST, HeaderName, HeaderValue, ORIGIN};
use hyper::http::uri::{Authority, Uri};
use thiserror::Error;

/// Why a request is refused. The text is the answer's content.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum Refusal {
    /// The `Host` is missing, doubled, or names neither loopback nor the address that was reached.
    #[error(
        "This companion answers only to localhost and to its own address, not to the Host in this request.\n"
    )]
    Host,
    /// The `Origin` is none of those that may use this companion.
    #[error("The page at this Origin may not use this companion: start it with --allow-origin to let it.\n")]
    Origin,
    /// Without `Origin`, but from a page on another site.
    #[error("A page on another site may not use this companion.\n")]
    CrossSite,
}

/// Checks `Host` and `Origin` of every request.
#[derive(Clone, Debug)]
pub struct Access {
    allowed: Vec<String>,
}

impl Access {
    /// Lets in `origins` beside loopback and the companion's own.
    pub fn new(origins: &[String]) -> Self {
        let plain = |origin: &String| origin.trim_end_matches('/').to_ascii_lowercase();
        Self { allowed: origins.iter().map(plain).collect() }
    }

    /// Answers the request's origin, if it has one, or why the request is refused. `reached` is the
    /// address on which the connection came in.
    pub fn check(&self, uri: &Uri, headers: &HeaderMap, reached: IpAddr) -> Result<Option<String>, Refusal> {
        let host = single(headers, &HOST).ok_or(Refusal::Host)?.ok_or(Refusal::Host)?;
        let host = plain_authority(host).ok_or(Refusal::Host)?;
        let own = |authority: &Authority| is_here(authority.host(), reached);
        let named = |authority: &Authority| self.names_host(authority);
        if !(own(&host) || named(&host)) || uri.authority().is_some_and(|other| !(own(other) || named(other)))
        {
            return Err(Refusal::Host);
        }
        let Some(origin) = single(headers, &ORIGIN).ok_or(Refusal::Origin)? else {
            return if crosses_sites(headers) { Err(Refusal::CrossSite) } else { Ok(None) };
        };
        if self.allows(origin, reached) { Ok(Some(origin.to_owned())) } else { Err(Refusal::Origin) }
    }

    fn allows(&self, origin: &str, reached: IpAddr) -> bool {
        let plain = origin.to_ascii_lowercase();
        if self.allowed.contains(&plain) {
            return true;
        }
        authority_of(&plain).is_some_and(|authority| is_here(authority.host(), reached))
    }

    /// Whether the host is that of an allowed origin: whoever holds that name is trusted already.
    fn names_host(&self, host: &Authority) -> bool {
        let names = |origin: &String| {
            authority_of(origin).is_some_and(|own| own.host().eq_ignore_ascii_case(host.host()))
        };
        self.allowed.iter().any(names)
    }
}

/// `http://host` or `http://host:port`, or the same with https, and nothing else.
fn authority_of(origin: &str) -> Option<Authority> {
    let authority = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"))?;
    plain_authority(authority)
}

/// A host and perhaps a port, and nobody's name before it.
fn plain_authority(text: &str) -> Option<Authority> {
    let authority = text.parse::<Authority>().ok()?;
    let port = authority.as_str().strip_prefix(authority.host())?;
    (port.is_empty() || authority.port_u16().is_some()).then_some(authority)
}

/// Whether `host` is a loopback name or address, or the address that was reached.
fn is_here(host: &str, reached: IpAddr) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost")
        || address.is_ok_and(|address| {
            let address = address.to_canonical();
            address.is_loopback() || address == reached.to_canonical()
        })
}

/// Browsers send no `Origin` with the images, scripts and links of a page; they do say whose they are.
fn crosses_sites(headers: &HeaderMap) -> bool {
    let says =
        |name: &str, value: &str| headers.get(name).is_some_and(|found| found.as_bytes() == value.as_bytes());
    says("sec-fetch-site", "cross-site") && !says("sec-fetch-mode", "navigate")
}

/// The field's only value: `Some(None)` if it is absent, `None` if it is doubled or not text.
fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<Option<&'a str>> {
    let mut values = headers.get_all(name).iter();
    let value = values.next().map(HeaderValue::to_str);
    if values.next().is_some() {
        return None;
    }
    value.transpose().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const REACHED: &str = "192.168.1.5";

    fn check(fields: &[(&'static str, &str)], expected: Result<Option<&str>, Refusal>) {
        let access = Access::new(&["https://Example.org/".to_owned()]);
        let mut headers = HeaderMap::new();
        for (name, value) in fields {
            headers.append(*name, HeaderValue::from_str(value).expect("a legal value"));
        }
        let reached = REACHED.parse().expect("an address");
        let found = access.check(&Uri::from_static("/"), &headers, reached);
        assert_eq!(found, expected.map(|origin| origin.map(str::to_owned)), "{fields:?}");
    }

    #[test]
    fn hosts() {
        for host in
            ["localhost", "LocalHost:9080", "127.0.0.1:9080", "127.1.2.3", "[::1]:9080", "192.168.1.5:9080"]
        {
            check(&[("host", host)], Ok(None));
        }
        for host in ["[::1]", "[::ffff:127.0.0.1]:1", "[0:0:0:0:0:0:0:1]", "[::ffff:192.168.1.5]:9080"] {
            check(&[("host", host)], Ok(None));
        }
        check(&[("host", "example.org")], Ok(None));
        for host in
            ["evil.example", "192.168.1.6", "localhost.evil.example", "", "a b", "127.0.0.1.evil.example"]
        {
            check(&[("host", host)], Err(Refusal::Host));
        }
        // Names that a rebound DNS entry, a proxy or a bored student might send.
        for host in [
            "localhost.",
            "0.0.0.0:9080",
            "2130706433",
            "0x7f.1",
            "127.1",
            "[::]",
            "[fe80::1%25eth0]",
            "[::2]:9080",
            "[::1",
            "::1",
            "evil@localhost",
            "localhost@evil.example",
            "localhost:",
            "localhost:65536",
            "localhost:80:80",
            "localhost/x",
            "localhost, evil.example",
            "example.org.evil.example",
        ] {
            check(&[("host", host)], Err(Refusal::Host));
        }
        check(&[], Err(Refusal::Host));
        check(&[("host", "localhost"), ("host", "localhost")], Err(Refusal::Host));
    }

    #[test]
    fn origins() {
        for origin in
            ["http://localhost:8080", "https://127.0.0.1", "http://[::1]:1", "http://192.168.1.5:9080"]
        {
            check(&[("host", "localhost"), ("origin", origin)], Ok(Some(origin)));
        }
        check(&[("host", "localhost"), ("origin", "https://example.org")], Ok(Some("https://example.org")));
        for origin in [
            "null",
            "",
            "https://evil.example",
            "http://localhost.evil.example",
            "http://example.org",
            "https://example.org:444",
            "http://localhost@evil.example",
            "http://evil@localhost",
            "file://",
            "http://localhost/x",
            "localhost",
            "http://localhost:65536",
            "http://[::2]:9080",
            "http://0.0.0.0:9080",
            "ws://localhost:9080",
            "http://localhost http://localhost",
            "HTTP://localhost.evil.example",
        ] {
            check(&[("host", "localhost"), ("origin", origin)], Err(Refusal::Origin));
        }
        check(&[("host", "localhost"), ("origin", "null"), ("origin", "null")], Err(Refusal::Origin));
    }

    #[test]
    fn requests_without_origin() {
        let host = ("host", "localhost");
        check(
            &[host, ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")],
            Err(Refusal::CrossSite),
        );
        check(&[host, ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")], Ok(None));
        check(&[host, ("sec-fetch-site", "same-origin"), ("sec-fetch-mode", "cors")], Ok(None));
    }
}
