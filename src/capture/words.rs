//! What the visitor is told when a lane breaks off: what happened, and what to do.

use trace::decimal::thousandths;
use trace::doctor::Symptom;

use super::call::NoAnswer;
use super::course::{Advice, Break};

/// No answer to `question` (method and target).
pub(super) fn no_answer(question: &str, why: NoAnswer) -> Break {
    match why {
        NoAnswer::Failed => {
            let what = format!("No answer came to {question}: the connection failed.");
            Break::look(what, Symptom::Rejected)
        }
        NoAnswer::BrokeOff(status) => {
            let what = format!("The answer to {question} began with status {status} and broke off.");
            Break::look(what, Symptom::BrokeOff(status))
        }
        NoAnswer::Late => Break::look(format!("No answer to {question} came in time."), Symptom::Late),
        NoAnswer::Stopped => Break::stopped(),
    }
}

/// An answer that is none.
pub(super) fn refused(question: &str, status: u16, content: &[u8]) -> String {
    format!("The server answered {question} with status {status}{}", quoted(content))
}

/// What a server says for itself, as the end of a sentence.
pub(super) fn quoted(content: &[u8]) -> String {
    let text = String::from_utf8_lossy(content);
    let line: String = text.lines().next().unwrap_or_default().trim().chars().take(LONGEST_QUOTE).collect();
    // Markup is for eyes of another kind.
    if line.is_empty() || line.starts_with(['<', '{']) { ".".to_owned() } else { format!(": “{line}”") }
}

/// An answer without the message in it.
pub(super) fn no_echo(question: &str, public: bool) -> Break {
    let what = format!("The answer to {question} does not contain the message that was sent.");
    let advice = if public {
        "Is this address an echo for POST? Choose another server, or correct the address."
    } else {
        "Something between this browser and the companion changes answers: look for a proxy or an extension, then run again."
    };
    Break::advise(what, advice)
}

/// News that is not in the script.
pub(super) fn no_news(question: &str) -> Break {
    Break::advise(
        format!("The answer to {question} tells something that nobody said."),
        "Page and companion do not belong to the same version, or something between them changes answers: start both anew with `cargo xtask serve`.",
    )
}

/// No stream of events, or none any more.
pub(super) fn no_stream(target: &str) -> Break {
    let what = format!(
        "The stream of GET {target} ended for good. Browsers hide the reason from pages: a script is told of an error and no more."
    );
    Break::look(what, Symptom::Rejected)
}

/// The lane waited, and not everything came.
pub(super) fn not_all_heard(heard: usize, of: usize) -> String {
    format!("Only {heard} of {of} messages arrived in time.")
}

/// No opening handshake.
pub(super) fn not_opened(host: &str) -> String {
    format!(
        "No WebSocket opened at {host}. Browsers hide the reason from pages on purpose: a script sees only code 1006."
    )
}

/// The browser did not even try.
pub(super) fn not_allowed(url: &str, why: &str) -> Break {
    Break::advise(
        format!("The browser refused to open a WebSocket to {url}: {}.", why.trim_end_matches('.')),
        "A page that came by https may only use wss:// addresses: use one, or open the page from the companion itself.",
    )
}

/// The other side ended the connection before the conversation was over, this long after it opened.
pub(super) fn cut(host: &str, after: u64, code: u16, public: bool) -> Break {
    let time = match after {
        0..1_000_000 => format!("{} ms", after / 1_000),
        _ => format!("{} s", thousandths(after / 100_000 * 100)),
    };
    let how = match code {
        1006 => "without a Close frame (a script sees code 1006)".to_owned(),
        1005 => "with a Close frame that says nothing".to_owned(),
        code => format!("with close code {code}"),
    };
    let documented =
        if host == CUTTER && after + 500_000 >= CUT { ", as its operator documents" } else { "" };
    let what = format!(
        "{host} ended the connection after {time}{documented}; it did so {how}, before the conversation was over."
    );
    if public {
        Break::advise(
            what,
            "Some public servers allow only so much time: send fewer messages, or choose another server.",
        )
    } else {
        Break::look(what, Symptom::Closed(code))
    }
}

/// The closing handshake hangs.
pub(super) fn no_goodbye() -> Break {
    Break::advise(
        "The other side did not finish the closing handshake in time.".to_owned(),
        "The conversation itself is complete. If it happens again, something between holds connections open: look for a proxy.",
    )
}

/// A broken lane's sentence; `look` is the advice of whoever looked after the server.
pub(super) fn why(broken: &Break, look: &str) -> String {
    let advice = match broken.advice {
        Advice::Look(_) => look,
        Advice::Do(advice) => advice,
        Advice::Nothing => "",
    };
    format!("{} {advice}", broken.what).trim_end().to_owned()
}

/// There is no companion at `base`.
pub(super) fn silent(base: &str) -> String {
    format!("Nothing answers at {base}. Start the companion with `cargo xtask serve`, or check the address.")
}

/// Something else is at `base`.
pub(super) fn stranger(base: &str) -> String {
    format!(
        "What answers at {base} is not a Duplex companion. Start one with `cargo xtask serve`, or check the address."
    )
}

/// The companion at `base` was there and is not any more.
pub(super) fn gone(base: &str) -> String {
    format!(
        "The companion at {base} no longer answers: start it again with `cargo xtask serve`, then run again."
    )
}

/// Something at `base` does not let a page from `origin` read its answers.
pub(super) fn unknown_origin(base: &str, origin: &str) -> String {
    format!(
        "Something answers at {base}, but does not let this page read what. If it is a companion, start it with `--allow-origin {origin}`."
    )
}

/// Before a page reaches out to what is near.
pub(super) const WILL_ASK: &str =
    "This browser may ask now whether this page may reach programs nearby: allow it.";

/// A public server failed.
pub(super) const TRY_ANOTHER: &str =
    "Is this computer online? Try again later, choose another server, or stay with the simulation.";

/// One lane failed, and the companion lives.
pub(super) const STILL_THERE: &str = "The companion itself still answers: run again. If it happens again, look for a proxy, a firewall or an extension that keeps this browser from the lane ports.";

/// Nobody sees the page.
pub(super) const HIDDEN: &str = "This tab is in the background: the browser lets its timers fire only once a second, so what is to be said at a time of its own may be late. Messages still arrive at once.";

/// What every end has in common.
pub(super) const KEPT: &str = "What was recorded until then stays.";

/// Closes every WebSocket after a fixed time, in microseconds.
const CUTTER: &str = "httpbingo.org";
const CUT: u64 = 10_000_000;

/// Characters of a server's own words that are shown.
const LONGEST_QUOTE: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_own_words() {
        for (content, expected) in [
            ("", "."),
            ("<html>", "."),
            ("{\"x\":1}", "."),
            ("No lane port is free.\nmore", ": “No lane port is free.”"),
        ] {
            assert_eq!(quoted(content.as_bytes()), expected, "{content}");
        }
        assert!(quoted("é".repeat(1_000).as_bytes()).chars().count() < 210);
    }

    fn check_cut(host: &str, after: u64, code: u16, public: bool, expected: &str) {
        let why = why(&cut(host, after, code, public), "LOOK");
        assert!(why.starts_with(expected), "{why}");
        assert_eq!(why.ends_with(" LOOK"), !public, "{why}");
    }

    #[test]
    fn cuts() {
        let documented = "httpbingo.org ended the connection after 10 s, as its operator documents; it did so without a Close frame";
        check_cut("httpbingo.org", 10_004_000, 1006, true, documented);
        check_cut("httpbingo.org", 3_000_000, 1006, true, "httpbingo.org ended the connection after 3 s; it");
        check_cut(
            "127.0.0.1:9081",
            1_250_000,
            1001,
            false,
            "127.0.0.1:9081 ended the connection after 1.2 s; it did so with close code 1001",
        );
    }

    #[test]
    fn advice_follows_what_happened() {
        for (broken, expected) in [
            (
                no_echo("POST /", true),
                "The answer to POST / does not contain the message that was sent. Is this",
            ),
            (not_allowed("ws://a/", "No."), "The browser refused to open a WebSocket to ws://a/: No. A page"),
        ] {
            let why = why(&broken, "LOOK");
            assert!(why.starts_with(expected), "{why}");
        }
    }
}
