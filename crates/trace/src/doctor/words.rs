//! What the doctor says. Each cause has what is the matter, what to do, and what is hidden.

use tongue::{say, word};
use wire::CloseCode;

use super::{Cause, Findings, Knock, Symptom};
use crate::caption::sentences;

impl Cause {
    /// A few words for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::File => say!("The page is a file"),
            Self::Policy => say!("The page’s own policy"),
            Self::Mixed => say!("Mixed content"),
            Self::Insecure => say!("A page without https"),
            Self::Denied => say!("Permission denied"),
            Self::Prompt => say!("Permission not given yet"),
            Self::NotTried => say!("The browser did not try"),
            Self::NotWebSocket => say!("HTTP, but no WebSocket"),
            Self::Handshake => say!("A handshake out of order"),
            Self::NotForUs => say!("An answer not for this page"),
            Self::Nobody => say!("Nothing there speaks HTTP"),
            Self::Silence => say!("No word in time"),
            Self::Lost => say!("Lost, or a rule broken"),
            Self::Goodbye => say!("The server said goodbye"),
            Self::Unanswered => say!("Open, and silent"),
            Self::CutShort => say!("An answer without its end"),
            Self::Status => say!("A status that says why"),
            Self::Sound => say!("Nothing wrong to be seen"),
        }
    }
}

pub(super) fn what(cause: Cause, findings: &Findings) -> String {
    let host = &findings.target.host;
    match cause {
        Cause::File => say!(
            "This page was opened as a file, so its origin is “null”, and no server can tell it \
             from any other file."
        )
        .to_owned(),
        Cause::Policy => say!(
            "The page’s own Content Security Policy ({}) does not allow {}.",
            findings.policy.as_deref().unwrap_or("connect-src"),
            host
        ),
        Cause::Mixed => {
            say!("This page came by https, and browsers then block addresses without it.").to_owned()
        }
        Cause::Insecure => say!(
            "A page from the network that did not come by https may not reach programs on this \
             computer."
        )
        .to_owned(),
        Cause::Denied => {
            say!("This browser’s permission to reach {} is denied for this page.", nearby(findings))
        }
        Cause::Prompt => say!("This browser asks before a page may reach {}.", nearby(findings)),
        Cause::NotTried => say!("`new WebSocket` threw, so nothing was sent.").to_owned(),
        Cause::NotWebSocket => match findings.knock {
            Some(Knock::Status(status)) => {
                say!(
                    "An HTTP server answers at {}, with status {}, and opens no WebSocket here.",
                    host,
                    status
                )
            }
            _ => say!("An HTTP server at {} sends elsewhere, and a WebSocket does not follow.", host),
        },
        Cause::Handshake => say!(
            "Something at {} knows WebSocket, for it answers a plain GET with status {}; its \
             answer to the handshake is not in order.",
            host,
            if let Some(Knock::Status(status)) = findings.knock { status } else { 426 }
        ),
        Cause::NotForUs => say!(
            "Something answers HTTP at {}, but does not let this page read what (no \
             Access-Control-Allow-Origin for it).",
            host
        ),
        Cause::Nobody => {
            say!("A plain `fetch` fails at {}, too: nothing there speaks HTTP to this browser.", host)
        }
        Cause::Silence => say!("Nothing came from {} in time, neither an answer nor an error.", host),
        Cause::Lost => {
            say!("After the open the connection ended without a Close frame that the script may see.")
                .to_owned()
        }
        Cause::Goodbye => match findings.symptom {
            Some(Symptom::Closed(1005)) => {
                say!("The server closed in order, and gave no code: a script then reads 1005.").to_owned()
            }
            Some(Symptom::Closed(code)) => sentences([
                say!("The server closed with code {}.", code),
                CloseCode(code).meaning().to_owned(),
            ]),
            _ => say!("The server closed.").to_owned(),
        },
        Cause::Unanswered => {
            say!("The connection is open, the message was handed over, and nothing comes back.").to_owned()
        }
        Cause::CutShort => say!(
            "The answer’s head came, and its content ended before the length that the head \
             announced."
        )
        .to_owned(),
        Cause::Status => match findings.symptom {
            Some(Symptom::Answered(status)) => say!("The server answered with status {}.", status),
            _ => say!("The server answered with an error.").to_owned(),
        },
        Cause::Sound => say!("The script saw all that it should.").to_owned(),
    }
}

pub(super) fn advice(cause: Cause, findings: &Findings) -> String {
    say(match cause {
        Cause::File => word!("Serve the page: `cargo xtask serve`, or any web server."),
        Cause::Policy => word!("Whoever serves the page has to add the address to connect-src."),
        Cause::Mixed => word!("Use https:// and wss://, or open the page from the companion itself."),
        Cause::Insecure => word!("Open the page from the companion itself."),
        Cause::Denied => word!("Allow it in the site’s settings beside the address, then run again."),
        Cause::Prompt => word!("Run again and allow it."),
        Cause::NotTried => {
            word!(
                "Look at the address: ws:// from a page that came by https and a few ports are refused \
             at once."
            )
        }
        Cause::NotWebSocket => match findings.knock {
            Some(Knock::Status(404)) => word!("Check path and port of the address."),
            Some(Knock::Status(401 | 403)) => {
                word!("It does not let this page in: check its list of origins, and who is logged in.")
            }
            Some(Knock::Status(500..)) => word!("It is in trouble or overloaded: wait, then try again."),
            Some(Knock::Redirect) => word!("Use the address to which it sends."),
            _ => word!("Check path and port of the address, and whether a proxy in between knows Upgrade."),
        },
        Cause::Handshake => {
            word!(
                "Look at the server, or at a proxy that changes field lines: accept value, subprotocol \
             and extensions must fit what was asked."
            )
        }
        Cause::NotForUs => {
            word!(
                "Is it another program at this port? If it is the right one, it has to let this page’s \
             origin in."
            )
        }
        Cause::Nobody => word!("Is the program started, is the port right, does a firewall stand between?"),
        Cause::Silence => {
            word!(
                "The program may hang, or a firewall swallows packets. Give every attempt a time limit \
             of its own."
            )
        }
        Cause::Lost => {
            word!(
                "Try again, after a pause. If it always ends so, read the server’s log or watch the \
             wire: only there is the reason."
            )
        }
        Cause::Goodbye => match findings.symptom {
            Some(Symptom::Closed(1001 | 1011..=1014)) => word!("Connect again, after a pause."),
            Some(Symptom::Closed(4000..=4999)) => {
                word!("The application’s own documents say what this code means.")
            }
            _ => word!("Nothing: it meant to."),
        },
        Cause::Unanswered => {
            word!(
                "Send a message now and then that must be answered, and hang up if it is not: a script \
             cannot send a Ping."
            )
        }
        Cause::CutShort => word!("Ask again: what has come is not whole."),
        Cause::Status => word!("The status says why."),
        Cause::Sound => "",
    })
    .to_owned()
}

/// What a browser keeps from the script on purpose.
pub(super) fn hidden(cause: Cause) -> Option<&'static str> {
    match cause {
        Cause::Nobody => Some(say!(
            "Refused, reset, unreachable, or not HTTP: browsers hide which, so that no page can \
             search the visitor’s network."
        )),
        Cause::Handshake => {
            Some(say!("Browsers hide what was wrong with it: the script is told 1006 and no more."))
        }
        Cause::NotForUs => Some(say!("Browsers hide status, field lines and content of such an answer.")),
        Cause::Lost => Some(say!(
            "A cut, a reset, and a Close that the browser itself sent because a rule was broken \
             look the same to a script: 1006."
        )),
        Cause::Sound => Some(say!(
            "That is no proof: a request that was sent twice, a Ping, a new connection leave no \
             trace in a script."
        )),
        _ => None,
    }
}

fn nearby(findings: &Findings) -> &'static str {
    match findings.target.near {
        super::Near::Loopback => say!("programs on this computer"),
        _ => say!("devices in this network"),
    }
}
