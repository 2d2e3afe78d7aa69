//! Texts that reach a visitor in English whatever is spoken.

use super::list::{ROOTS, is_data, is_noun};
use super::source::{Quoted, files, quoted};

/// What looks like words for people and is not said: the file, and the text.
pub(crate) fn found() -> Vec<String> {
    let found = suspects().filter(|(file, it)| !entries().any(|entry| entry == file || entry == it.text));
    found.map(|(file, it)| format!("{file}: {:?}", it.text)).collect()
}

/// Entries of the list without which nothing would be found.
pub(crate) fn idle() -> Vec<&'static str> {
    let all: Vec<(String, Quoted)> = suspects().collect();
    entries().filter(|entry| !all.iter().any(|(file, it)| file == entry || it.text == **entry)).collect()
}

fn entries() -> impl Iterator<Item = &'static str> {
    ALLOWED.iter().flat_map(|(_, entries)| entries.iter().copied())
}

fn suspects() -> impl Iterator<Item = (String, Quoted)> {
    let all = ROOTS.iter().flat_map(|root| files(root)).flat_map(|file| {
        let texts = quoted(&file);
        texts.into_iter().map(move |it| (file.clone(), it))
    });
    all.filter(|(file, it)| {
        let handled = it.said || it.attribute || is_data(file, it) || is_noun(it) || is_named(it);
        !handled && has_words(&it.text) && !is_source(&it.text)
    })
}

/// Whether it is a class, the section of a standard, the name of a lesson’s beat, or for developers.
fn is_named(it: &Quoted) -> bool {
    let named = it.field.as_deref().is_some_and(|field| ["class", "sections"].contains(&field));
    named
        || it.call.as_deref().is_some_and(|call| {
            ["Beat", "Guess", "Still", "classes", "debug_assert", "expect"].contains(&call)
        })
}

/// Whether two words of letters stand side by side.
pub(crate) fn has_words(text: &str) -> bool {
    let word = |it: &str| {
        let it = if it.contains('{') { "" } else { it };
        let it = it.trim_matches(|letter: char| letter.is_ascii_punctuation() || "“”‘’…".contains(letter));
        it.chars().count() > 1 && it.chars().all(|letter| letter.is_alphabetic() || "'’-".contains(letter))
    };
    let words: Vec<bool> = text.split_whitespace().map(word).collect();
    words.windows(2).any(|pair| pair[0] && pair[1])
}

/// Whether it says where something is defined.
fn is_source(text: &str) -> bool {
    let number = |it: &str| it.starts_with(|it: char| it.is_ascii_digit());
    text.rsplit_once(" section ").is_some_and(|(_, place)| number(place) && !place.contains(' '))
}

/// Files and texts that may, by the reason.
const ALLOWED: &[(&str, &[&str])] = &[
    (
        "fields are found by their English names",
        &[
            "Close code",
            "Close reason",
            "Empty line",
            "Extended payload length",
            "HTTP version",
            "Masking key",
            "Payload data",
            "Payload length",
            "Reason phrase",
            "Request target",
            "Status code",
        ],
    ),
    (
        "it crosses the wire",
        &[
            "crates/trace/src/scenario/script.rs",
            "crates/wire/src/handshake/server.rs",
            "It rains.",
            "No Content",
            "One more thing",
            "Our own code",
            "Something unexpected",
            "Still there?",
            "Switching Protocols",
            "The key is under the mat",
            "paid: order 1",
            "paid: order 2",
        ],
    ),
    (
        "names of events, of their fields and of flags are the same everywhere",
        &[
            "SYN, ACK",
            "TCP: SYN",
            "TLS: ClientHello",
            "close 1000 “Goodbye”, wasClean true",
            "close 1000, wasClean true",
            "close 1005, wasClean true",
            "close 1006, wasClean false",
            "close 1006, wasClean true",
            "close 1011 “Something unexpected”, wasClean true",
            "close 4000 “Our own code”, wasClean true",
            "message “Hello”",
            "message “Request served by dup…”",
        ],
    ),
    (
        "it is code, for a script, a shell or a selector",
        &[
            "    Note over {over}: {}",
            "cargo xtask serve --lan",
            "crates/trace/src/exhibit/copy.rs",
            "crates/trace/src/listing/scripts.rs",
            "src/app/hooks.rs",
            "src/app/keys.rs",
            "src/app/tour.rs",
            "src/app/wheel.rs",
            "src/still.rs",
            "src/still/sheet.rs",
        ],
    ),
    ("names of keys", &["Page Down", "Page Up"]),
    ("browsers and their tools call it so", &["Connection ID", "Microsoft Edge"]),
    (
        "titles of standards",
        &[
            "Fetch Metadata",
            "Fetch Standard",
            "Fetch standard",
            "HTML Standard",
            "Resource Timing",
            "Upgrade Insecure Requests",
            "User-Agent Client Hints",
            "WHATWG WebSockets, Feedback from the protocol",
            "WHATWG WebSockets, Opening handshake",
            "WHATWG WebSockets, Ping and Pong frames",
            "WebSockets Standard",
        ],
    ),
    ("a captured file has these heads", &["crates/trace/src/heads.rs"]),
    ("it tells a file of this page from others", &["duplex progress "]),
    (
        "a companion says it to whoever asks in vain",
        &["crates/trace/src/live/fault.rs", "octets must be an even number of hexadecimal digits"],
    ),
    ("zlib says it", &["invalid block type"]),
    (
        "classes",
        &[
            "chip code-switch",
            "lit culprit",
            "quiet leave",
            "task done",
            "verdict bad",
            "verdict good",
            "wide primary",
            "wide primary find",
        ],
    ),
];
