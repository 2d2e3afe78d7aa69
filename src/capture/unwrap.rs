//! Finding a message in the answer of an echo server that wraps it.

/// The message that was sent, if `answer` holds it: plain, in JSON (go-httpbin keeps it in `data`, as
/// text, in base64 or as a `data:` URL), or anywhere at all.
pub fn unwrap(answer: &[u8], sent: &str) -> Option<String> {
    let holds = |text: &str| text == sent || decoded(text).is_some_and(|octets| octets == sent.as_bytes());
    let plain = String::from_utf8_lossy(answer);
    let found = plain == sent || literals(&plain).any(|text| holds(&text)) || plain.contains(sent);
    found.then(|| sent.to_owned())
}

/// Every string literal of a JSON text, unescaped (RFC 8259 section 7). What surrounds them does not
/// matter here, so the text need not even be JSON.
fn literals(text: &str) -> impl Iterator<Item = String> {
    let mut rest = text.chars();
    std::iter::from_fn(move || {
        rest.find(|&letter| letter == '"')?;
        let mut literal = Vec::new();
        loop {
            match rest.next()? {
                '"' => return Some(String::from_utf16_lossy(&literal)),
                '\\' => literal.push(escaped(&mut rest)?),
                letter => literal.extend_from_slice(letter.encode_utf16(&mut [0; 2])),
            }
        }
    })
}

/// The UTF-16 code unit behind a backslash.
fn escaped(rest: &mut std::str::Chars<'_>) -> Option<u16> {
    Some(match rest.next()? {
        'u' => {
            let digits = rest.as_str().get(..4)?;
            rest.nth(3);
            u16::from_str_radix(digits, 16).ok()?
        }
        'n' => 10,
        'r' => 13,
        't' => 9,
        'b' => 8,
        'f' => 12,
        other => u16::try_from(u32::from(other)).ok()?,
    })
}

/// What `text` stands for if it is base64, or a `data:` URL with base64 in it.
pub(super) fn decoded(text: &str) -> Option<Vec<u8>> {
    let base64 = match text.strip_prefix("data:") {
        Some(url) => url.split_once(";base64,")?.1,
        None => text,
    };
    let digits = base64.trim_end_matches('=');
    let mut octets = Vec::with_capacity(digits.len() / 4 * 3 + 2);
    let (mut pool, mut bits) = (0_u32, 0);
    for digit in digits.bytes() {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        pool = (pool << 6 | u32::from(value)) & 0x3fff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            octets.push((pool >> bits) as u8);
        }
    }
    Some(octets)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(answer: &str, sent: &str, found: bool) {
        assert_eq!(unwrap(answer.as_bytes(), sent), found.then(|| sent.to_owned()), "{answer}");
    }

    #[test]
    fn wherever_the_message_is() {
        let sent = "hello \"you\" é";
        check(sent, sent, true);
        check(r#"{"args":{},"data":"hello \"you\" \u00e9","json":null}"#, sent, true);
        check(r#"{"a":"\n\t\\","data":"hello \u0022you\u0022 é"}"#, sent, true);
        check(r#"{"data":"aGVsbG8gInlvdSIgw6k="}"#, sent, true);
        check(r#"{"data":"data:application/octet-stream;base64,aGVsbG8gInlvdSIgw6k="}"#, sent, true);
        check(r#"{"form":{"x":["hello \"you\" é"]}}"#, sent, true);
        check("POST / HTTP/1.1\r\n\r\nhello \"you\" é\r\n", sent, true);
        check(r#"{"data":"somebody else's"}"#, sent, false);
        check(r#"{"data":"data:text/plain,unlike"}"#, sent, false);
        check("", sent, false);
        check("\u{fffd}", sent, false);
        assert_eq!(unwrap(b"\xff\xfeab", "ab"), Some("ab".to_owned()));
    }

    #[test]
    fn deep_nonsense_ends() {
        check(&"[".repeat(100_000), "x", false);
        check(&"\"".repeat(99_999), "x", false);
        check(r#""\u12"#, "x", false);
        check(r#""\"#, "x", false);
    }
}
