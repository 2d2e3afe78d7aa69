//! What the doctor says. Each cause has what is the matter, what to do, and what is hidden.

use wire::CloseCode;

use super::{Cause, Findings, Knock, Symptom};

impl Cause {
    /// A few words for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "The page is a file",
            Self::Policy => "The page’s own policy",
            Self::Mixed => "Mixed content",
            Self::Insecure => "A page without https",
            Self::Denied => "Permission denied",
            Self::Prompt => "Permission not given yet",
            Self::NotTried => "The browser did not try",
            Self::NotWebSocket => "HTTP, but no WebSocket",
            Self::Handshake => "A handshake out of order",
            Self::NotForUs => "An answer not for this page",
            Self::Nobody => "Nothing there speaks HTTP",
            Self::Silence => "No word in time",
            Self::Lost => "Lost, or a rule broken",
            Self::Goodbye => "The server said goodbye",
            Self::Unanswered => "Open, and silent",
            Self::CutShort => "An answer without its end",
            Self::Status => "A status that says why",
            Self::Sound => "Nothing wrong to be seen",
        }
    }
}

pub(super) fn what(cause: Cause, findings: &Findings) -> String {
    let host = &findings.target.host;
    match cause {
        Cause::File => {
            "This page was opened as a file, so its origin is “null”, and no server can tell it from any other file."
                .to_owned()
        }
        Cause::Policy => format!(
            "The page’s own Content Security Policy ({}) does not allow {host}.",
            findings.policy.as_deref().unwrap_or("connect-src")
        ),
        Cause::Mixed => "This page came by https, and browsers then block addresses without it.".to_owned(),
        Cause::Insecure => {
            "A page from the network that did not come by https may not reach programs on this computer."
                .to_owned()
        }
        Cause::Denied => format!(
            "This browser’s permission to reach {} is denied for this page.",
            nearby(findings)
        ),
        Cause::Prompt => format!("This browser asks before a page may reach {}.", nearby(findings)),
        Cause::NotTried => "`new WebSocket` threw, so nothing was sent.".to_owned(),
        Cause::NotWebSocket => match findings.knock {
            Some(Knock::Status(status)) => {
                format!("An HTTP server answers at {host}, with status {status}, and opens no WebSocket here.")
            }
            _ => format!("An HTTP server at {host} sends elsewhere, and a WebSocket does not follow."),
        },
        Cause::Handshake => format!(
            "Something at {host} knows WebSocket, for it answers a plain GET with status {}; its answer to the handshake is not in order.",
            if let Some(Knock::Status(status)) = findings.knock { status } else { 426 }
        ),
        Cause::NotForUs => format!(
            "Something answers HTTP at {host}, but does not let this page read what (no Access-Control-Allow-Origin for it)."
        ),
        Cause::Nobody => format!("A plain `fetch` fails at {host}, too: nothing there speaks HTTP to this browser."),
        Cause::Silence => format!("Nothing came from {host} in time, neither an answer nor an error."),
        Cause::Lost => {
            "After the open the connection ended without a Close frame that the script may see.".to_owned()
        }
        Cause::Goodbye => match findings.symptom {
            Some(Symptom::Closed(1005)) => {
                "The server closed in order, and gave no code: a script then reads 1005.".to_owned()
            }
            Some(Symptom::Closed(code)) => {
                format!("The server closed with code {code}. {}", CloseCode(code).meaning())
            }
            _ => "The server closed.".to_owned(),
        },
        Cause::Unanswered => {
            "The connection is open, the message was handed over, and nothing comes back.".to_owned()
        }
        Cause::CutShort => {
            "The answer’s head came, and its content ended before the length that the head announced.".to_owned()
        }
        Cause::Status => match findings.symptom {
            Some(Symptom::Answered(status)) => format!("The server answered with status {status}."),
            _ => "The server answered with an error.".to_owned(),
        },
        Cause::Sound => "The script saw all that it should.".to_owned(),
    }
}

pub(super) fn advice(cause: Cause, findings: &Findings) -> String {
    match cause {
        Cause::File => "Serve the page: `cargo xtask serve`, or any web server.",
        Cause::Policy => "Whoever serves the page has to add the address to connect-src.",
        Cause::Mixed => "Use https:// and wss://, or open the page from the companion itself.",
        Cause::Insecure => "Open the page from the companion itself.",
        Cause::Denied => "Allow it in the site’s settings beside the address, then run again.",
        Cause::Prompt => "Run again and allow it.",
        Cause::NotTried => {
            "Look at the address: ws:// from a page that came by https and a few ports are refused at once."
        }
        Cause::NotWebSocket => match findings.knock {
            Some(Knock::Status(404)) => "Check path and port of the address.",
            Some(Knock::Status(401 | 403)) => "It does not let this page in: check its list of origins, and who is logged in.",
            Some(Knock::Status(500..)) => "It is in trouble or overloaded: wait, then try again.",
            Some(Knock::Redirect) => "Use the address to which it sends.",
            _ => "Check path and port of the address, and whether a proxy in between knows Upgrade.",
        },
        Cause::Handshake => {
            "Look at the server, or at a proxy that changes field lines: accept value, subprotocol and extensions must fit what was asked."
        }
        Cause::NotForUs => {
            "Is it another program at this port? If it is the right one, it has to let this page’s origin in."
        }
        Cause::Nobody => "Is the program started, is the port right, does a firewall stand between?",
        Cause::Silence => {
            "The program may hang, or a firewall swallows packets. Give every attempt a time limit of its own."
        }
        Cause::Lost => {
            "Try again, after a pause. If it always ends so, read the server’s log or watch the wire: only there is the reason."
        }
        Cause::Goodbye => match findings.symptom {
            Some(Symptom::Closed(1001 | 1011..=1014)) => "Connect again, after a pause.",
            Some(Symptom::Closed(4000..=4999)) => "The application’s own documents say what this code means.",
            _ => "Nothing: it meant to.",
        },
        Cause::Unanswered => {
            "Send a message now and then that must be answered, and hang up if it is not: a script cannot send a Ping."
        }
        Cause::CutShort => "Ask again: what has come is not whole.",
        Cause::Status => "The status says why.",
        Cause::Sound => "",
    }
    .to_owned()
}

/// What a browser keeps from the script on purpose.
pub(super) fn hidden(cause: Cause) -> Option<&'static str> {
    match cause {
        Cause::Nobody => Some(
            "Refused, reset, unreachable, or not HTTP: browsers hide which, so that no page can search the visitor’s network.",
        ),
        Cause::Handshake => {
            Some("Browsers hide what was wrong with it: the script is told 1006 and no more.")
        }
        Cause::NotForUs => Some("Browsers hide status, field lines and content of such an answer."),
        Cause::Lost => Some(
            "A cut, a reset, and a Close that the browser itself sent because a rule was broken look the same to a script: 1006.",
        ),
        Cause::Sound => Some(
            "That is no proof: a request that was sent twice, a Ping, a new connection leave no trace in a script.",
        ),
        _ => None,
    }
}

fn nearby(findings: &Findings) -> &'static str {
    match findings.target.near {
        super::Near::Loopback => "programs on this computer",
        _ => "devices in this network",
    }
}
