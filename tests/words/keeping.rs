//! What a translation keeps of the text.

/// What is wrong with the words for an English text, if anything is.
pub(crate) fn flaw(english: &str, words: &str) -> Option<&'static str> {
    if gaps(english) != gaps(words) {
        Some("not the same gaps")
    } else if code(english) != code(words) {
        Some("not the same code between back quotes")
    } else if sources(english) != sources(words) {
        Some("not the same sections of RFCs, by which the page finds their links")
    } else if english == words && has_letters(english) && !SAME.contains(&english) {
        Some("still in English")
    } else {
        None
    }
}

/// The numbers of the gaps, ascending, each once: `{}` counts on.
fn gaps(text: &str) -> Vec<usize> {
    let mut next = 0;
    let mut gaps = Vec::new();
    for part in text.split('{').skip(1) {
        let Some((inside, _)) = part.split_once('}') else { continue };
        match inside.parse() {
            Ok(place) => gaps.push(place),
            Err(_) if inside.is_empty() => {
                gaps.push(next);
                next += 1;
            }
            Err(_) => {}
        }
    }
    gaps.sort_unstable();
    gaps.dedup();
    gaps
}

/// What stands between back quotes, in any order and whatever fills its gaps.
fn code(text: &str) -> Vec<String> {
    let plain = |part: &str| part.chars().filter(|it| !it.is_ascii_digit() || !part.contains('{')).collect();
    let mut code: Vec<String> = text.split('`').skip(1).step_by(2).map(plain).collect();
    code.sort();
    code
}

/// "RFC 6455 section 5.2", in any order.
fn sources(text: &str) -> Vec<String> {
    let numeric = |it: &&str| it.starts_with(|it: char| it.is_ascii_digit());
    let source = |part: &str| {
        let mut words = part.split([' ', ')', ',', ';', '(']);
        let (number, section, place) = (words.next()?, words.next()?, words.next().filter(numeric)?);
        (section == "section").then(|| format!("{number} {}", place.trim_end_matches('.')))
    };
    let mut sources: Vec<String> = text.split("RFC ").skip(1).filter_map(source).collect();
    sources.sort();
    sources
}

/// Whether there is anything to translate: letters outside of code.
fn has_letters(text: &str) -> bool {
    text.split('`').step_by(2).any(|part| part.contains(char::is_alphabetic))
}

/// What other languages may say as English does: units, and names that stand in standards and tools.
const SAME: &[&str] = &[
    "{} ms",
    "{} s",
    "≈ {} s",
    "ACK",
    "Ben",
    "CORS",
    "Cookie",
    "Duplex",
    "EventSource",
    "FIN",
    "Origin",
    "Ping",
    "Pong",
    "RTT",
    "SSE",
    "SYN",
    "Sec-WebSocket-Accept",
    "TCP",
    "TLS",
    "Upgrade",
    "WebSocket",
    "Webhook",
    "id",
    "keep-alive",
    "permessage-deflate",
    "retry",
    "GUID",
    "HTTP URL",
    "Mbit/s",
    "RSV1",
    "RSV2",
    "RSV3",
    "SHA-1",
    "Sec-WebSocket-Key",
    "WebSocket URL",
    "Wireshark",
    "JSON",
    "HAR",
    "PNG",
    "SVG",
    "pcapng",
    "CSV",
    "Markdown",
    "Mermaid",
    "ms",
    "s",
];

#[test]
fn flaws_are_found() {
    let rows: &[(&str, &str, Option<&str>)] = &[
        ("{} of {}", "{1} 中的 {0}", None),
        ("{} of {}", "{0} 中的 {0}", Some("not the same gaps")),
        ("{} of {}", "{} 个", Some("not the same gaps")),
        ("Call `fetch`.", "调用 `fetch`。", None),
        ("Call `fetch`.", "调用取。", Some("not the same code between back quotes")),
        ("Row `{}`: {}", "{1}：`{0}`", None),
        ("So it is (RFC 6455 section 5.2).", "如此 (RFC 6455 section 5.2)。", None),
        (
            "So it is (RFC 6455 section 5.2).",
            "如此（RFC 6455 第 5.2 节）。",
            Some("not the same sections of RFCs, by which the page finds their links"),
        ),
        ("Play", "Play", Some("still in English")),
        ("{}: {}", "{}: {}", None),
        ("{} ms", "{} ms", None),
    ];
    for (english, words, expect) in rows {
        assert_eq!(flaw(english, words), *expect, "{english} / {words}");
    }
}
