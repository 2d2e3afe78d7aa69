//! Where a request went.

/// A URL as browsers write it: they have put it in order before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Address {
    /// Scheme and authority, those of WebSocket told as those of HTTP.
    pub(super) origin: String,
    /// What `Host` says.
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) is_socket: bool,
    /// What the request line says: path and query, printable ASCII alone.
    pub(super) target: String,
}

impl Address {
    /// `None` if no HTTP leads there: `data:`, `blob:`, an extension.
    pub(super) fn of(url: &str) -> Option<Self> {
        let (scheme, rest) = url.trim().split_once("://")?;
        let (is_tls, is_socket) = match scheme.to_ascii_lowercase().as_str() {
            "http" => (false, false),
            "https" => (true, false),
            "ws" => (false, true),
            "wss" => (true, true),
            _ => return None,
        };
        let rest = rest.split('#').next().unwrap_or(rest);
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        let host = authority.rsplit('@').next().unwrap_or(authority);
        if host.is_empty() || !host.bytes().all(|octet| octet.is_ascii_graphic()) {
            return None;
        }
        let usual = if is_tls { 443 } else { 80 };
        let port = host.rsplit_once(':').and_then(|(_, port)| port.parse().ok()).unwrap_or(usual);
        let mut target = String::with_capacity(path.len() + 1);
        if !path.starts_with('/') {
            target.push('/');
        }
        for octet in path.bytes() {
            match octet.is_ascii_graphic() {
                true => target.push(char::from(octet)),
                false => target.push_str(&format!("%{octet:02X}")),
            }
        }
        let scheme = if is_tls { "https" } else { "http" };
        Some(Self {
            origin: format!("{scheme}://{}", host.to_ascii_lowercase()),
            host: host.to_owned(),
            port,
            is_socket,
            target,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let check = |url: &str, expect: Option<(&str, &str, u16, &str)>| {
            let found = Address::of(url);
            let found = found.as_ref().map(|it| (&*it.origin, &*it.host, it.port, &*it.target));
            assert_eq!(found, expect, "{url}");
        };
        check("http://a/b?c=d#e", Some(("http://a", "a", 80, "/b?c=d")));
        check("wss://A.example:8443?x", Some(("https://a.example:8443", "A.example:8443", 8443, "/?x")));
        check("https://user:pass@[::1]:9/", Some(("https://[::1]:9", "[::1]:9", 9, "/")));
        check("HTTPS://a/ä b", Some(("https://a", "a", 443, "/%C3%A4%20b")));
        for url in
            ["", "data:,", "blob:http://a/1", "http://", "http:///x", "about:blank", "chrome-extension://a/b"]
        {
            check(url, None);
        }
    }
}
