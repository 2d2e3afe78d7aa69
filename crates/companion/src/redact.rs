//! Takes the values of `Cookie`, `Set-Cookie` and `Authorization` out of recorded octets: as many
//! asterisks stand in for them, so that lengths stay true.
//!
//! Follows heads and contents, because a message that merely says "cookie: x" is not a secret. Where
//! it cannot tell a head from content it takes out too much rather than too little.

use trace::live::{Chunk, Speaker};

/// Redacts both directions of one connection, wherever the chunks divide them.
pub(crate) fn redact(chunks: &mut [Chunk]) {
    let mut answers = gather(chunks, Speaker::Server);
    let upgraded = scrub(&mut answers, Switch::AtStatus101);
    let mut requests = gather(chunks, Speaker::You);
    scrub(&mut requests, upgraded.map_or(Switch::Never, Switch::AfterHead));
    scatter(chunks, Speaker::Server, &answers);
    scatter(chunks, Speaker::You, &requests);
}

/// After which head the direction stops being HTTP.
#[derive(Clone, Copy)]
enum Switch {
    Never,
    AtStatus101,
    /// Counted from 0.
    AfterHead(usize),
}

/// What a head says about what follows it.
#[derive(Default)]
struct Head {
    switches: bool,
    /// Another head answers the same request.
    interim: bool,
    bodiless: bool,
    length: u64,
    /// The length is not to be had from the head.
    unclear: bool,
}

/// Scrubs one direction. Answers the index of the head with status 101, if there was one.
fn scrub(octets: &mut [u8], switch: Switch) -> Option<usize> {
    let mut at = 0;
    let mut index = 0;
    let mut unclear = false;
    while at < octets.len() {
        let head = scrub_head(octets, &mut at)?;
        unclear |= head.unclear;
        if unclear {
            // From here on nothing is known to be content: all of it is scrubbed as if it were heads.
            continue;
        }
        match switch {
            Switch::AtStatus101 if head.switches => return Some(index),
            Switch::AfterHead(last) if last == index => return None,
            _ => {}
        }
        if !head.bodiless {
            at = at.saturating_add(usize::try_from(head.length).unwrap_or(usize::MAX));
        }
        index += usize::from(!head.interim);
    }
    None
}

/// Scrubs the head at `at` and moves `at` behind it. `None`: the octets end within it.
fn scrub_head(octets: &mut [u8], at: &mut usize) -> Option<Head> {
    let mut head = Head::default();
    let mut started = false;
    let mut secret = false;
    while let Some(rest) = octets.get_mut(*at..).filter(|rest| !rest.is_empty()) {
        let end = rest.iter().position(|&octet| octet == b'\n');
        let whole = end.map_or(rest.len(), |end| end + 1);
        let line = rest.get_mut(..end.unwrap_or(whole)).unwrap_or_default();
        let line = match line {
            [line @ .., b'\r'] => line,
            line => line,
        };
        *at += whole;
        if line.is_empty() {
            if started && end.is_some() {
                return Some(head);
            }
            continue;
        }
        if !started {
            started = true;
            head.start(line);
        }
        // A start line never looks like a secret field, but unclear content may have been taken for one.
        if matches!(line.first(), Some(b' ' | b'\t')) {
            if secret {
                blot(line);
            }
            continue;
        }
        secret = false;
        if let Some(colon) = line.iter().position(|&octet| octet == b':') {
            let (name, value) = line.split_at_mut(colon);
            let value = value.get_mut(1..).unwrap_or_default();
            secret = SECRETS.iter().any(|secret| name.eq_ignore_ascii_case(secret.as_bytes()));
            if secret {
                blot(value);
            } else {
                head.field(name, value);
            }
        }
    }
    None
}

impl Head {
    fn start(&mut self, line: &[u8]) {
        if let Some(status) = line.strip_prefix(b"HTTP/1.").and_then(|rest| rest.get(2..5)) {
            self.switches = status == b"101";
            self.interim = status.starts_with(b"1") && !self.switches;
            self.bodiless = status.starts_with(b"1") || status == b"204" || status == b"304";
        }
    }

    fn field(&mut self, name: &[u8], value: &[u8]) {
        if name.eq_ignore_ascii_case(b"transfer-encoding") {
            self.unclear = true;
        } else if name.eq_ignore_ascii_case(b"content-length") {
            let length = std::str::from_utf8(value.trim_ascii()).ok().and_then(|value| value.parse().ok());
            match length {
                Some(length) => self.length = length,
                None => self.unclear = true,
            }
        }
    }
}

/// Asterisks for everything but the blanks in front.
fn blot(value: &mut [u8]) {
    let blanks = value.iter().take_while(|octet| matches!(octet, b' ' | b'\t')).count();
    if let Some(value) = value.get_mut(blanks..) {
        value.fill(b'*');
    }
}

fn gather(chunks: &[Chunk], from: Speaker) -> Vec<u8> {
    chunks.iter().filter(|chunk| chunk.from == from).flat_map(|chunk| chunk.octets.iter().copied()).collect()
}

fn scatter(chunks: &mut [Chunk], from: Speaker, octets: &[u8]) {
    let mut octets = octets.iter();
    for chunk in chunks.iter_mut().filter(|chunk| chunk.from == from) {
        for (old, new) in chunk.octets.iter_mut().zip(octets.by_ref()) {
            *old = *new;
        }
    }
}

const SECRETS: [&str; 4] = ["cookie", "set-cookie", "authorization", "proxy-authorization"];

#[cfg(test)]
mod tests {
    use super::*;

    /// Redacts what both sides sent, in chunks of every size, and compares what is left.
    fn check(client: &str, server: &str, expected_client: &str, expected_server: &str) {
        for size in 1..=client.len().max(server.len()) {
            let cut = |from, text: &str| -> Vec<Chunk> {
                let chunks = text.as_bytes().chunks(size);
                chunks.map(|octets| Chunk { from, at: 0, octets: octets.to_vec() }).collect()
            };
            let mut chunks = cut(Speaker::You, client);
            chunks.extend(cut(Speaker::Server, server));
            redact(&mut chunks);
            let text = |from| String::from_utf8(gather(&chunks, from)).expect("still text");
            assert_eq!(text(Speaker::You), expected_client, "chunks of {size}");
            assert_eq!(text(Speaker::Server), expected_server, "chunks of {size}");
        }
    }

    #[test]
    fn values_become_asterisks_of_the_same_length() {
        check(
            "GET / HTTP/1.1\r\nHost: a\r\nCookie: k=v; l=w\r\nauthorization:\tBasic x\r\n\r\n",
            "HTTP/1.1 204 No Content\r\nset-COOKIE:a=b\r\nx: y\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nCookie: ********\r\nauthorization:\t*******\r\n\r\n",
            "HTTP/1.1 204 No Content\r\nset-COOKIE:***\r\nx: y\r\n\r\n",
        );
    }

    #[test]
    fn content_is_not_touched_and_the_next_head_is() {
        check(
            "POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\ncookie: aGET / HTTP/1.1\nCookie: b\n\n",
            "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\ncookie: aHTTP/1.1 200 OK\r\nset-cookie: b\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\ncookie: aGET / HTTP/1.1\nCookie: *\n\n",
            "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\ncookie: aHTTP/1.1 200 OK\r\nset-cookie: *\r\n\r\n",
        );
    }

    #[test]
    fn frames_after_an_upgrade_are_not_touched() {
        check(
            "GET / HTTP/1.1\r\nCookie: a\r\n\r\nGET /ws HTTP/1.1\r\nCookie: a\r\n\r\n\ncookie: b\n\n",
            "HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 101 Switching Protocols\r\n\r\n\ncookie: b\n\n",
            "GET / HTTP/1.1\r\nCookie: *\r\n\r\nGET /ws HTTP/1.1\r\nCookie: *\r\n\r\n\ncookie: b\n\n",
            "HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 101 Switching Protocols\r\n\r\n\ncookie: b\n\n",
        );
    }

    #[test]
    fn an_upgrade_that_was_refused_hides_nothing() {
        check(
            "GET /ws HTTP/1.1\r\nUpgrade: websocket\r\n\r\nGET / HTTP/1.1\r\nCookie: abc\r\n\r\n",
            "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n",
            "GET /ws HTTP/1.1\r\nUpgrade: websocket\r\n\r\nGET / HTTP/1.1\r\nCookie: ***\r\n\r\n",
            "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n",
        );
    }

    #[test]
    fn where_content_has_no_clear_length_too_much_is_taken() {
        check(
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ncookie: a\r\nContent-Length: 99\r\n\r\n\
             GET / HTTP/1.1\r\nCookie: b\r\n\r\n",
            "",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ncookie: *\r\nContent-Length: 99\r\n\r\n\
             GET / HTTP/1.1\r\nCookie: *\r\n\r\n",
            "",
        );
    }

    #[test]
    fn folded_lines_and_unfinished_heads_are_redacted() {
        check(
            "GET / HTTP/1.1\r\nCookie: a\r\n b\r\nX: y",
            "",
            "GET / HTTP/1.1\r\nCookie: *\r\n *\r\nX: y",
            "",
        );
        check("GET / HTTP/1.1\r\nCookie: a=", "", "GET / HTTP/1.1\r\nCookie: **", "");
    }
}
