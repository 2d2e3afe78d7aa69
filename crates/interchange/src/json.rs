//! Our own format: JSON, versioned, with nothing left out. `docs/run.schema.json` is its schema.
//!
//! A [`Document`] is what serde reads and writes, so that the page can use the browser's own JSON and
//! everybody else `serde_json`. Its whole numbers stay below 2^53: a browser reads them exactly.

mod event;

use serde::{Deserialize, Serialize};
use tongue::say;
use trace::fragment::{Link, Page};
use trace::scenario::{MOST_LANES, Transport};
use trace::sim::simulate;
use trace::trace::{Lane, Trace};

pub use event::Event;
pub(crate) use event::Whence as Provenance;

use crate::run::{Origin, Run};
use crate::secrets::Secrets;

/// The name by which the format is known.
pub const FORMAT: &str = "duplex-run";
/// The version that is written, and the only one that is read.
pub const VERSION: u32 = 1;

/// A run as JSON.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// [`FORMAT`].
    pub format: String,
    /// [`VERSION`].
    pub version: u32,
    /// Whether secrets are in it.
    pub secrets: Secrets,
    /// Where the run comes from.
    pub origin: Whence,
    /// The scenario, as a link of the page has it.
    pub scenario: String,
    /// Where its chance comes from, which no link has.
    pub seed: u64,
    /// The lanes, left to right.
    pub lanes: Vec<Transport>,
    /// Whom each of them leads to, of a run from a file of others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<String>,
    /// Messages numbered below this are the script's, the others echoes of them.
    pub script: u32,
    /// What the picture shows, sorted by each event's earliest time.
    pub events: Vec<Event>,
    /// What each source saw before that was joined; nothing of a simulation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub witnesses: Vec<Event>,
}

/// [`Origin`] as JSON.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "name")]
pub enum Whence {
    /// The simulator.
    Simulated,
    /// A live run: who answered.
    Live(String),
    /// A file: its name.
    File(String),
}

/// Why a document is not a run.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Flaw {
    /// It says that it is something else.
    #[error("{}", say!("this JSON is not a run of Duplex: its “format” is “{}”", .0))]
    Format(String),
    /// It was written by another version.
    #[error("{}", say!("this run has version {} of the format, and only {} can be read here: open it with the Duplex that wrote it", .0, VERSION))]
    Version(u32),
    /// An event cannot be.
    #[error("{}", say!("event {} of the file cannot be used: {}", .0, .1))]
    Event(usize, String),
    /// Its script is longer than any.
    #[error("{}", say!("its script has {} messages, more than any", .0))]
    Script(u32),
    /// It has more lanes than a stage.
    #[error("{}", say!("a run has one to four lanes, this one {}", .0))]
    Lanes(usize),
}

impl Document {
    /// A run, with its secrets or without them.
    pub fn of(run: &Run, secrets: Secrets) -> Self {
        let Run { scenario, trace, origin } = &*secrets.of(run);
        Self {
            secrets,
            format: FORMAT.to_owned(),
            version: VERSION,
            origin: match origin.clone() {
                Origin::Simulated => Whence::Simulated,
                Origin::Live(name) => Whence::Live(name),
                Origin::File(name) => Whence::File(name),
            },
            scenario: Link { scenario: scenario.clone(), page: Page::Lab, ..Link::default() }.write(),
            seed: scenario.seed,
            lanes: trace.lanes().iter().map(|lane| lane.transport).collect(),
            to: trace.lanes().iter().filter_map(|lane| lane.to.as_deref().map(str::to_owned)).collect(),
            script: trace.script(),
            events: trace.events().iter().map(|event| (&**event).into()).collect(),
            witnesses: trace.witnesses().iter().map(Into::into).collect(),
        }
    }
}

impl TryFrom<Document> for Run {
    type Error = Flaw;

    fn try_from(document: Document) -> Result<Self, Flaw> {
        let Document {
            format,
            version,
            secrets,
            origin,
            scenario,
            seed,
            lanes,
            to,
            script,
            events,
            witnesses,
        } = document;
        if format != FORMAT {
            return Err(Flaw::Format(format));
        }
        if version != VERSION {
            return Err(Flaw::Version(version));
        }
        if lanes.is_empty() || lanes.len() > MOST_LANES {
            return Err(Flaw::Lanes(lanes.len()));
        }
        if script > MOST_MESSAGES {
            return Err(Flaw::Script(script));
        }
        let (link, _) = Link::read(&scenario);
        let read = |events: Vec<Event>| {
            let read = |(place, event): (usize, Event)| {
                event.read(lanes.len()).map_err(|why| Flaw::Event(place, why))
            };
            events.into_iter().enumerate().map(read).collect::<Result<Vec<_>, Flaw>>()
        };
        let (events, witnesses) = (read(events)?, read(witnesses)?);
        let mut to = to.into_iter().map(Into::into);
        let shown = lanes.iter().map(|&transport| Lane { transport, to: to.next() }).collect();
        let run = Self {
            scenario: trace::scenario::Scenario { lanes, seed, ..link.scenario },
            trace: Trace::witnessed(shown, events, witnesses, script),
            origin: match origin {
                Whence::Simulated => Origin::Simulated,
                Whence::Live(name) => Origin::Live(name),
                Whence::File(name) => Origin::File(name),
            },
        };
        Ok(if secrets == Secrets::Stripped { simulated_anew(run) } else { run })
    }
}

/// A simulation whose scenario makes what is in the file, but for the secrets that were replaced, comes back with those
/// that the simulator makes up.
fn simulated_anew(run: Run) -> Run {
    if run.origin != Origin::Simulated {
        return run;
    }
    let whole = Run { trace: simulate(&run.scenario), ..run.clone() };
    if *Secrets::Stripped.of(&whole) == run { whole } else { run }
}

/// More messages than a file that can be opened has room for.
const MOST_MESSAGES: u32 = 1 << 20;
