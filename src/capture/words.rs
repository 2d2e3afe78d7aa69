//! What the visitor is told when a lane breaks off: what happened, and what to do.

use tongue::{Sentence, say, word};
use trace::decimal::thousandths;
use trace::doctor::Symptom;

use super::call::NoAnswer;
use super::course::{Advice, Break};

/// No answer to `question` (method and target).
pub(super) fn no_answer(question: &str, why: NoAnswer) -> Break {
    let question = question.to_owned();
    let (what, symptom) = match why {
        NoAnswer::Failed => (
            Sentence::of(move || say!("No answer came to {}: the connection failed.", question)),
            Symptom::Rejected,
        ),
        NoAnswer::BrokeOff(status) => (
            Sentence::of(move || {
                say!("The answer to {} began with status {} and broke off.", question, status)
            }),
            Symptom::BrokeOff(status),
        ),
        NoAnswer::Late => {
            (Sentence::of(move || say!("No answer to {} came in time.", question)), Symptom::Late)
        }
        NoAnswer::Stopped => return Break::stopped(),
    };
    Break::look(what, symptom)
}

/// An answer that is none.
pub(super) fn refused(question: &str, status: u16, content: &[u8]) -> Sentence {
    let (question, end) = (question.to_owned(), quoted(content));
    Sentence::of(move || say!("The server answered {} with status {}{}", question, status, end.said()))
}

/// What a server says for itself, as the end of a sentence.
pub(super) fn quoted(content: &[u8]) -> Sentence {
    let text = String::from_utf8_lossy(content);
    let line: String = text.lines().next().unwrap_or_default().trim().chars().take(LONGEST_QUOTE).collect();
    // Markup is for eyes of another kind.
    if line.is_empty() || line.starts_with(['<', '{']) {
        Sentence::text(word!("."))
    } else {
        Sentence::of(move || say!(": “{}”", line))
    }
}

/// An answer without the message in it.
pub(super) fn no_echo(question: &str, public: bool) -> Break {
    let question = question.to_owned();
    let what =
        Sentence::of(move || say!("The answer to {} does not contain the message that was sent.", question));
    let advice = if public {
        word!("Is this address an echo for POST? Choose another server, or correct the address.")
    } else {
        word!(
            "Something between this browser and the companion changes answers: look for a proxy or an extension, then run again."
        )
    };
    Break::advise(what, advice)
}

/// News that is not in the script.
pub(super) fn no_news(question: &str) -> Break {
    let question = question.to_owned();
    Break::advise(
        Sentence::of(move || say!("The answer to {} tells something that nobody said.", question)),
        word!(
            "Page and companion do not belong to the same version, or something between them changes answers: start both anew with `cargo xtask serve`."
        ),
    )
}

/// No stream of events, or none any more.
pub(super) fn no_stream(target: &str) -> Break {
    let target = target.to_owned();
    let what = Sentence::of(move || {
        say!(
            "The stream of GET {} ended for good. Browsers hide the reason from pages: a script is told of an error and no more.",
            target
        )
    });
    Break::look(what, Symptom::Rejected)
}

/// The lane waited, and not everything came.
pub(super) fn not_all_heard(heard: usize, of: usize) -> Sentence {
    Sentence::of(move || say!("Only {} of {} messages arrived in time.", heard, of))
}

/// No opening handshake.
pub(super) fn not_opened(host: &str) -> Sentence {
    let host = host.to_owned();
    Sentence::of(move || {
        say!(
            "No WebSocket opened at {}. Browsers hide the reason from pages on purpose: a script sees only code 1006.",
            host
        )
    })
}

/// The browser did not even try.
pub(super) fn not_allowed(url: &str, why: &str) -> Break {
    let (url, why) = (url.to_owned(), why.trim_end_matches('.').to_owned());
    Break::advise(
        Sentence::of(move || say!("The browser refused to open a WebSocket to {}: {}.", url, why)),
        word!(
            "A page that came by https may only use wss:// addresses: use one, or open the page from the companion itself."
        ),
    )
}

/// The other side ended the connection before the conversation was over, this long after it opened.
pub(super) fn cut(host: &str, after: u64, code: u16, public: bool) -> Break {
    let host = host.to_owned();
    let what = Sentence::of(move || {
        let time = match after {
            0..1_000_000 => say!("{} ms", after / 1_000),
            _ => say!("{} s", thousandths(after / 100_000 * 100)),
        };
        let how = match code {
            1006 => say("without a Close frame (a script sees code 1006)").to_owned(),
            1005 => say("with a Close frame that says nothing").to_owned(),
            code => say!("with close code {}", code),
        };
        if host == CUTTER && after + 500_000 >= CUT {
            say!(
                "{} ended the connection after {}, as its operator documents; it did so {}, before the conversation was over.",
                host,
                time,
                how
            )
        } else {
            say!(
                "{} ended the connection after {}; it did so {}, before the conversation was over.",
                host,
                time,
                how
            )
        }
    });
    if public {
        Break::advise(
            what,
            word!(
                "Some public servers allow only so much time: send fewer messages, or choose another server."
            ),
        )
    } else {
        Break::look(what, Symptom::Closed(code))
    }
}

/// The closing handshake hangs.
pub(super) fn no_goodbye() -> Break {
    Break::advise(
        Sentence::text(word!("The other side did not finish the closing handshake in time.")),
        word!(
            "The conversation itself is complete. If it happens again, something between holds connections open: look for a proxy."
        ),
    )
}

/// A broken lane's sentence; `look` is the advice of whoever looked after the server.
pub(super) fn why(broken: &Break, look: &Sentence) -> Sentence {
    match broken.advice {
        Advice::Look(_) => followed(&broken.what, look),
        Advice::Do(advice) => followed(&broken.what, &Sentence::text(advice)),
        Advice::Nothing => broken.what.clone(),
    }
}

/// A sentence and the next one: not every language has a space between them.
pub(super) fn followed(sentence: &Sentence, next: &Sentence) -> Sentence {
    let (sentence, next) = (sentence.clone(), next.clone());
    Sentence::of(move || say!("{} {}", sentence.said(), next.said()))
}

/// There is no companion at `base`.
pub(super) fn silent(base: &str) -> Sentence {
    let base = base.to_owned();
    Sentence::of(move || {
        say!(
            "Nothing answers at {}. Start the companion with `cargo xtask serve`, or check the address.",
            base
        )
    })
}

/// Something else is at `base`.
pub(super) fn stranger(base: &str) -> Sentence {
    let base = base.to_owned();
    Sentence::of(move || {
        say!(
            "What answers at {} is not a Duplex companion. Start one with `cargo xtask serve`, or check the address.",
            base
        )
    })
}

/// The companion at `base` was there and is not any more.
pub(super) fn gone(base: &str) -> Sentence {
    let base = base.to_owned();
    Sentence::of(move || {
        say!(
            "The companion at {} no longer answers: start it again with `cargo xtask serve`, then run again.",
            base
        )
    })
}

/// Something at `base` does not let a page from `origin` read its answers.
pub(super) fn unknown_origin(base: &str, origin: &str) -> Sentence {
    let (base, origin) = (base.to_owned(), origin.to_owned());
    Sentence::of(move || {
        say!(
            "Something answers at {}, but does not let this page read what. If it is a companion, start it with `--allow-origin {}`.",
            base,
            origin
        )
    })
}

/// Before a page reaches out to what is near.
pub(super) const WILL_ASK: &str =
    word!("This browser may ask now whether this page may reach programs nearby: allow it.");

/// A public server failed.
pub(super) const TRY_ANOTHER: &str =
    word!("Is this computer online? Try again later, choose another server, or stay with the simulation.");

/// One lane failed, and the companion lives.
pub(super) const STILL_THERE: &str = word!(
    "The companion itself still answers: run again. If it happens again, look for a proxy, a firewall or an extension that keeps this browser from the lane ports."
);

/// Nobody sees the page.
pub(super) const HIDDEN: &str = word!(
    "This tab is in the background: the browser lets its timers fire only once a second, so what is to be said at a time of its own may be late. Messages still arrive at once."
);

/// What every end has in common.
pub(super) const KEPT: &str = word!("What was recorded until then stays.");

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
            assert_eq!(quoted(content.as_bytes()).said(), expected, "{content}");
        }
        assert!(quoted("é".repeat(1_000).as_bytes()).said().chars().count() < 210);
    }

    fn check_cut(host: &str, after: u64, code: u16, public: bool, expected: &str) {
        let why = why(&cut(host, after, code, public), &Sentence::text("LOOK")).said();
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
            let why = why(&broken, &Sentence::text("LOOK")).said();
            assert!(why.starts_with(expected), "{why}");
        }
    }
}
