//! The live side of the store: which server, how many runs, and what they brought.

use std::rc::Rc;

use tongue::{Sentence, say, word};
use trace::live::{Manner, emulated, not_emulated};
use trace::predict::{Outcome, Prediction};
use trace::record::witness::Row;
use trace::record::{Alignment, Plan};
use trace::scenario::{Scenario, Speaker, Transport, Utterance, Workload};
use trace::trace::Trace;

use super::{Endpoint, State};

/// Where the events on the stage come from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Source {
    /// The simulator.
    #[default]
    Simulated,
    /// A live run.
    Live,
    /// A file of others.
    File,
}

/// One live run that has ended, whole or not.
#[derive(Clone, PartialEq)]
pub struct Recording {
    /// What was run. The knobs may have turned since.
    pub scenario: Scenario,
    /// What was seen and carried.
    pub trace: Rc<Trace>,
    /// What was foretold of it from the first exchange of the series, where the link is known.
    pub predicted: Option<Rc<Prediction>>,
    /// How that came out, lane by lane.
    pub outcomes: Vec<Outcome>,
    /// How far the two clocks may be apart, if there were two.
    pub alignment: Option<Alignment>,
    /// Whether the companion's tap is part of it.
    pub tapped: bool,
    /// Who answered.
    pub server: String,
    /// When it began, in microseconds since 1970.
    pub began: u64,
    /// Whether nobody saw the page at some time while it ran.
    pub hidden: bool,
    /// Whether a service worker stood between page and server.
    pub worker: bool,
    /// Of each lane that ran, what its script saw beside what its wire carried.
    pub witness: Vec<(usize, Vec<Row>)>,
}

/// The live side of the store.
#[derive(Clone, PartialEq)]
pub struct Live {
    /// What is on the stage.
    pub source: Source,
    /// Whom to talk to.
    pub endpoint: Endpoint,
    /// How many runs in a row. 1 to 20.
    pub repeats: u32,
    /// Whether a WebSocket is to hand binary messages over as `Blob`, and not as `ArrayBuffer`.
    pub blob: bool,
    /// The most octets of a message that a companion puts into one frame; `None`: all of them. At least 1.
    pub fragment: Option<u32>,
    /// How often a companion sends a Ping, in microseconds; `None`: never. 10,000 to 60,000,000.
    pub ping: Option<u64>,
    /// Whether a run is under way.
    pub running: bool,
    /// Whether it has brought nothing yet: until then the last series stays.
    pub fresh: bool,
    /// How it goes.
    pub status: Option<Sentence>,
    /// What went wrong, and what to do.
    pub problem: Option<Sentence>,
    /// The browser and its clock's step in microseconds, once measured.
    pub instrument: Option<(String, u64)>,
    /// The runs in the last series that brought any.
    pub recordings: Vec<Rc<Recording>>,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            source: Source::default(),
            endpoint: Endpoint::default(),
            repeats: 1,
            blob: false,
            fragment: None,
            ping: None,
            running: false,
            fresh: false,
            status: None,
            problem: None,
            instrument: None,
            recordings: Vec::new(),
        }
    }
}

/// What can happen to the live side.
#[derive(Clone, PartialEq)]
pub enum LiveAction {
    /// Shows the simulation, the last recording or the last file.
    Source(Source),
    /// Chooses the server.
    Endpoint(Endpoint),
    /// Sets the number of runs; out of range is brought into it, and that is said.
    Repeats(String),
    /// Whether a WebSocket hands binary messages over as `Blob`.
    Blob(bool),
    /// Sets octets in a frame of the companion's; what is no such number is none.
    Fragment(String),
    /// Sets milliseconds between Pings; what is no such number is none.
    Ping(String),
    /// Turns off what of the network is simulated only.
    Plain,
    /// No series can begin: why, and what to do.
    Refused(Sentence),
    /// A series begins; the browser and its clock's step.
    Started(String, u64),
    /// How it goes.
    Says(Sentence),
    /// One run has ended, whole or not; what went wrong, if anything.
    Recorded(Rc<Recording>, Option<Sentence>),
    /// The series has ended.
    Ended,
}

impl Live {
    /// Whether live events are to be shown and there are none yet.
    pub fn awaits(&self) -> bool {
        self.source == Source::Live && !self.running && self.recordings.is_empty()
    }
}

impl std::fmt::Debug for LiveAction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = match self {
            Self::Source(_) => "Source",
            Self::Endpoint(_) => "Endpoint",
            Self::Repeats(_) => "Repeats",
            Self::Blob(_) => "Blob",
            Self::Fragment(_) => "Fragment",
            Self::Ping(_) => "Ping",
            Self::Plain => "Plain",
            Self::Refused(_) => "Refused",
            Self::Started(..) => "Started",
            Self::Says(_) => "Says",
            Self::Recorded(..) => "Recorded",
            Self::Ended => "Ended",
        };
        f.write_str(name)
    }
}

impl State {
    /// What a live run numbered `run` is about. A public server can only echo, and on HTTP only on
    /// connections of the browser's choosing; `nonce` makes its messages unlike anybody else's.
    pub fn plan(&self, run: u32, nonce: &str) -> Plan {
        if matches!(self.live.endpoint, Endpoint::Companion(_)) {
            let Self { scenario, .. } = self;
            let lanes = scenario.lanes.clone();
            return Plan { run, workload: scenario.workload, script: scenario.script(), lanes };
        }
        let count = self.scenario.messages.clamp(1, MOST_PUBLIC);
        let echo = |n| Utterance { at: 0, from: Speaker::You, text: format!("echo {n} of {count}, {nonce}") };
        let lanes = self.scenario.lanes.iter();
        let lanes =
            lanes.map(|lane| if lane.is_http() { Transport::Persistent } else { Transport::WebSocket });
        Plan {
            run,
            workload: Workload::Echo,
            script: (1..=count).map(echo).collect(),
            lanes: lanes.collect(),
        }
    }

    /// How both sides of a live run speak.
    pub fn manner(&self) -> Manner {
        Manner {
            binary: self.scenario.binary,
            hold: self.scenario.hold,
            fragment: self.live.fragment,
            ping: self.live.ping,
            leaves_at: self.scenario.leaves_at(),
        }
    }

    /// Why a live run cannot be, and what to do about it; `None` if it can.
    pub fn obstacle(&self) -> Option<&'static str> {
        // Public servers are reached over whatever network there is.
        let emulated = matches!(self.live.endpoint, Endpoint::Companion(_));
        emulated.then(|| not_emulated(&self.scenario.network)).flatten()
    }

    /// Why two people cannot talk over this page, and what to do about it; `None` if they can.
    pub fn chat_obstacle(&self) -> Option<&'static str> {
        match self.live.endpoint {
            Endpoint::Companion(_) => self.obstacle(),
            _ => Some(say(NO_COMPANION)),
        }
    }

    /// The scenario that `plan` carries out: the knobs', but for what a public server cannot do.
    pub fn planned(&self, plan: &Plan) -> Scenario {
        let scenario = self.scenario.clone();
        if matches!(self.live.endpoint, Endpoint::Companion(_)) {
            return scenario;
        }
        Scenario {
            lanes: plan.lanes.clone(),
            workload: plan.workload,
            messages: plan.script.len() as u32,
            added: Vec::new(),
            binary: false,
            ..scenario
        }
    }

    /// The last recording, if it is what the stage shows.
    pub fn recording(&self) -> Option<&Rc<Recording>> {
        self.live.recordings.last().filter(|_| self.live.source == Source::Live)
    }

    pub(super) fn live(&mut self, action: LiveAction) {
        match action {
            LiveAction::Source(source) => self.show(source),
            LiveAction::Endpoint(endpoint) => {
                if endpoint != self.live.endpoint {
                    self.live.endpoint = endpoint;
                    self.live.recordings.clear();
                    self.live.problem = None;
                    self.show(Source::Simulated);
                }
            }
            LiveAction::Repeats(text) => self.live.set_repeats(&text),
            LiveAction::Blob(blob) => self.live.blob = blob,
            LiveAction::Fragment(text) => self.live.set_fragment(&text),
            LiveAction::Ping(text) => self.live.set_ping(&text),
            LiveAction::Plain => {
                let network = emulated(&self.scenario.network);
                let (scenario, source) = (Scenario { network, ..self.scenario.clone() }, self.live.source);
                self.play(scenario);
                self.show(source);
            }
            LiveAction::Refused(why) => self.live.problem = Some(why),
            LiveAction::Started(browser, step) => {
                (self.live.running, self.live.fresh) = (true, true);
                self.live.problem = None;
                self.live.instrument = Some((browser, step));
                self.live.status = Some(Sentence::text(word!("Starting.")));
            }
            LiveAction::Says(status) => self.live.status = Some(status),
            LiveAction::Recorded(recording, problem) => {
                self.live.problem = problem;
                let empty = recording.trace.events().is_empty();
                if !empty {
                    if std::mem::take(&mut self.live.fresh) {
                        self.live.recordings.clear();
                    }
                    self.live.recordings.push(recording);
                }
            }
            LiveAction::Ended => {
                self.live.running = false;
                self.live.status = None;
                let fresh = std::mem::take(&mut self.live.fresh);
                if !fresh && !self.live.recordings.is_empty() {
                    self.show(Source::Live);
                    (self.at, self.playing) = (0, true);
                    self.take += 1;
                }
            }
        }
    }

    pub(super) fn show(&mut self, source: Source) {
        let recorded = self.live.recordings.last().map(|recording| Rc::clone(&recording.trace));
        let trace = match (source, recorded) {
            (Source::Live, Some(trace)) => trace,
            (Source::Live, None) => {
                self.live.source = Source::Live;
                return;
            }
            (Source::File, _) => match &self.imports.opened {
                Some(import) => Rc::clone(&import.trace),
                None => return,
            },
            (Source::Simulated, _) => Rc::new(trace::sim::simulate(&self.scenario)),
        };
        self.live.source = source;
        (self.selected, self.field) = (None, None);
        self.at = trace.end();
        self.playing = false;
        self.trace = trace;
    }
}

const NO_COMPANION: &str = word!(
    "This needs a companion, for Ben to sit with and for the link to be emulated: start one with cargo xtask serve and open the page at the address that it prints; or choose “A companion elsewhere” under Server."
);

/// How many messages a public server is asked to echo at most: it is somebody else's.
const MOST_PUBLIC: u32 = 10;
