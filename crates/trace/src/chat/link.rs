//! How a lane's connection is, as a page can know it.

use tongue::{Sentence, say};

use crate::decimal::thousandths;
use crate::retry::{CAP, longest};
use crate::scenario::Transport;

/// The state of a lane's connection.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Link {
    /// There is no chat.
    Off,
    /// Being opened.
    Connecting,
    /// Open; `again` after it was lost.
    Connected {
        /// Whether it had been lost.
        again: bool,
    },
    /// It broke, in these words.
    Lost(Sentence),
    /// So many microseconds until the next attempt, counted from 1.
    Waiting {
        /// How long.
        wait: u64,
        /// Which attempt.
        attempt: u32,
    },
    /// The browser itself opens it again, without the script.
    ByBrowser,
    /// The visitor had the page stop trying.
    Left,
}

impl Link {
    /// The state in words. `poll` is how often a lane asks that must ask, in microseconds.
    pub fn words(&self, transport: Transport, poll: u64) -> String {
        match self {
            Self::Off => say!("not connected").to_owned(),
            Self::Connecting => say!("connecting").to_owned(),
            Self::Connected { again } => {
                let start = if *again { say!("connected again") } else { say!("connected") };
                let asks = match transport {
                    Transport::WebSocket | Transport::Deflate => return start.to_owned(),
                    Transport::Sse => return say!("{}; the stream of events is open", start),
                    Transport::Long => say!("a question waits at the server").to_owned(),
                    _ => say!("asks every {} s", seconds(poll)),
                };
                if *again { say!("answered again; {}", asks) } else { asks }
            }
            Self::Lost(how) => say!("lost: {}", how.said()),
            Self::Waiting { wait, attempt } => {
                let bound = longest(*attempt);
                say!("waiting {} s (attempt {}; chance, up to {} s)", seconds(*wait), attempt, seconds(bound))
            }
            Self::ByBrowser => say!("lost: EventSource connects again by itself").to_owned(),
            Self::Left => say!("no longer trying").to_owned(),
        }
    }

    /// Whether there is something to cut.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Connected { .. })
    }

    /// Whether the page is trying to get it back.
    pub fn is_tried(&self) -> bool {
        matches!(self, Self::Connecting | Self::Lost(_) | Self::Waiting { .. })
    }
}

/// To a tenth, or finer where that would be nothing.
fn seconds(micros: u64) -> String {
    let step = if micros < 100_000 { 1_000 } else { 100_000 };
    thousandths((micros + step / 2) / step * step / 1_000)
}

/// How the page tries again, in a sentence.
pub fn rule() -> String {
    say!(
        "A lost connection is tried again after a wait that chance picks between 0 and 1 s, then 2, 4, 8 s and so on up to {} s (exponential backoff with full jitter), so that a whole class does not come back at once.",
        CAP / 1_000_000
    )
}
