//! Live runs: the browser's own `fetch`, `EventSource` and `WebSocket` carry the conversation, and what the
//! page's script sees of it is written down as plain data for [`trace::record`].
//!
//! Lanes run one after another, each from its own zero. Every wait is bounded, and whatever goes
//! wrong, what has been recorded is handed in. Read `conduct.rs` first: it tells the order of events.

pub mod address;
mod agenda;
mod awaited;
mod call;
mod chat;
mod clear;
mod clock;
mod companion;
mod conduct;
mod course;
mod doctor;
mod flights;
mod http_lane;
mod inbox;
mod instrument;
mod json;
mod measured;
mod socket;
mod socket_lane;
mod stop;
mod stream;
pub mod timing;
mod trial;
pub mod unwrap;
mod watch;
mod webhook_lane;
mod words;

use std::rc::Rc;

use tongue::{Sentence, say};
use trace::live::{Manner, Tap};
use trace::record::{Alignment, LaneLog, Plan};
use trace::scenario::Network;

use watch::Watch;

pub use chat::{Chat, Meeting};
pub use instrument::{Instrument, browser, instrument};
pub use stop::Stop;
pub use trial::try_fault;

/// One live run, asked for.
#[derive(Clone, PartialEq, Debug)]
pub struct Order {
    /// What it is about.
    pub plan: Plan,
    /// Who answers.
    pub server: Server,
    /// The link that a companion emulates. Public servers have one of their own.
    pub network: Network,
    /// How often an HTTP lane asks for news, in microseconds.
    pub poll: u64,
    /// How both sides speak, and when the visitor leaves at the earliest.
    pub manner: Manner,
    /// Whether a WebSocket hands binary messages over as `Blob`, and not as `ArrayBuffer`.
    pub blob: bool,
    /// Whether the lanes run right to left.
    pub reversed: bool,
}

/// Who answers a live run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Server {
    /// A companion: every transport, an emulated link and a tap.
    Companion {
        /// Its origin, as in `http://127.0.0.1:9080`.
        base: String,
    },
    /// A pair of public echo servers: `POST` and WebSocket, echo only, no tap.
    Public {
        /// What the page calls them.
        name: String,
        /// Answers `POST` with what it was sent, plain or somewhere in JSON.
        http: String,
        /// Sends every WebSocket message back.
        socket: String,
    },
}

/// What a run brought, complete or not.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Outcome {
    /// What the page's script saw, by lane; a lane that never started is missing.
    pub logs: Vec<LaneLog>,
    /// What the companion witnessed.
    pub tap: Option<Tap>,
    /// How far the companion's clock is from the page's.
    pub alignment: Option<Alignment>,
    /// What went wrong and what to do, for the visitor.
    pub problem: Option<Sentence>,
    /// Whether nobody saw the page at some time: then its timers were slow.
    pub hidden: bool,
}

/// Carries out `order`; `report` is told in plain words what is going on.
pub async fn run(order: Order, stop: Stop, report: impl Fn(Sentence) + 'static) -> Outcome {
    let report = Rc::new(report);
    let watch = {
        let report = Rc::clone(&report);
        Watch::start(move || report(Sentence::text(words::HIDDEN)))
    };
    let outcome = match &order.server {
        Server::Companion { base } => conduct::with_companion(&order, base, &stop, &*report).await,
        Server::Public { name, http, socket } => {
            let name = name.clone();
            report(Sentence::of(move || say!("Running against {}.", name)));
            conduct::with_public(&order, http, socket, &stop, &*report).await
        }
    };
    Outcome { hidden: watch.was_hidden(), ..outcome }
}

/// The page's own origin, if a companion served it.
pub fn companion_tag() -> Option<String> {
    let tag = gloo::utils::document().query_selector("meta[name=duplex-companion]");
    matches!(tag, Ok(Some(_))).then(|| gloo::utils::window().location().origin().ok()).flatten()
}
