//! Two people at one page who talk over several transports at once: what is said once arrives on each lane in
//! its own time. What happens is folded into [`Chat`], which the page shows.

mod link;

use tongue::{Sentence, say, word};

use crate::caption::{clauses, list, octets, plural};
use crate::scenario::{Speaker, Transport};

pub use link::{Link, rule};

/// How far a chat is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Phase {
    /// None is under way.
    #[default]
    Over,
    /// The companion is asked for lanes.
    Opening,
    /// People may speak.
    Open,
}

/// A chat, under way or over.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Chat {
    /// How far it is.
    pub phase: Phase,
    /// Its lanes.
    pub lanes: Vec<Lane>,
    /// What was said, the oldest first; [`MOST_LINES`] at most.
    pub lines: Vec<Line>,
    /// How it goes, in a sentence for each message and not more often.
    pub status: Option<Sentence>,
    /// What went wrong, and what to do.
    pub problem: Option<Sentence>,
}

/// One lane of a chat.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lane {
    /// How it carries messages.
    pub transport: Transport,
    /// How its connection is.
    pub link: Link,
    /// How it was before, the oldest first; a few only.
    pub past: Vec<Link>,
}

/// Something that somebody said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// Who.
    pub from: Speaker,
    /// What.
    pub text: String,
    /// When they pressed Send, in microseconds of the page's clock.
    pub at: u64,
    /// What became of it on each lane.
    pub fates: Vec<Fate>,
}

/// What became of a message on one lane.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// It has not arrived yet.
    UnderWay,
    /// It arrived so many microseconds after it was sent.
    Arrived(u64),
    /// It was under way when the connection broke, and nothing sends it again.
    Lost,
}

/// Something that happened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Turn {
    /// A chat over these transports is asked for.
    Begun(Vec<Transport>),
    /// People may speak.
    Opened,
    /// Somebody said something, at this time.
    Said(Speaker, String, u64),
    /// A lane has brought what `from` said.
    Heard {
        /// Which.
        lane: usize,
        /// Who said it.
        from: Speaker,
        /// What.
        text: String,
        /// When it arrived.
        at: u64,
    },
    /// The server could not be given what Ben said, and why.
    Unsaid(String, Sentence),
    /// A lane's connection has changed.
    Link(usize, Link),
    /// The companion knows nothing of the chat any more: it goes on in a new run.
    Anew,
    /// It is over: octets and connections on each lane's wire, or what went wrong.
    Over(Result<Vec<(u64, usize)>, Sentence>),
}

/// What the visitor wants of a chat.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wish {
    /// That it begins.
    Begin,
    /// That it ends.
    End,
    /// To say something.
    Say(Speaker, String),
    /// That a lane's connection breaks.
    Cut(usize),
    /// That a lane is left alone.
    Leave(usize),
    /// That a lane tries again, now.
    Again(usize),
}

impl Chat {
    /// Folds in what happened.
    pub fn take(&mut self, turn: Turn) {
        match turn {
            Turn::Begun(transports) => {
                let lane = |transport| Lane { transport, link: Link::Off, past: Vec::new() };
                let lanes = transports.into_iter().map(lane).collect();
                *self = Self { phase: Phase::Opening, lanes, ..Self::default() };
                self.status = Some(Sentence::text(word!("Asking the companion for lanes.")));
            }
            Turn::Opened => {
                self.phase = Phase::Open;
                self.status = Some(Sentence::text(word!("The chat is open: write as either of the two.")));
            }
            Turn::Said(from, text, at) => {
                let fates = vec![Fate::UnderWay; self.lanes.len()];
                self.lines.push(Line { from, text, at, fates });
                let over = self.lines.len().saturating_sub(MOST_LINES);
                self.lines.drain(..over);
            }
            Turn::Heard { lane, from, text, at } => self.hear(lane, from, &text, at),
            Turn::Unsaid(text, why) => {
                self.status = Some(why);
                let last =
                    self.lines.iter_mut().rev().find(|it| it.from == Speaker::Server && it.text == text);
                if let Some(line) = last {
                    line.lose(|_| true);
                }
            }
            Turn::Link(lane, link) => self.link(lane, link),
            // What the visitor said is sent by the page when it can; what Ben said was kept there.
            Turn::Anew => self.lines_of(Speaker::Server).for_each(|line| line.lose(|_| true)),
            Turn::Over(end) => {
                self.phase = Phase::Over;
                for lane in &mut self.lanes {
                    lane.link = Link::Off;
                }
                self.lines.iter_mut().for_each(|line| line.lose(|_| true));
                match end {
                    Ok(witnessed) => {
                        let transports: Vec<_> = self.lanes.iter().map(|lane| lane.transport).collect();
                        self.status = Some(Sentence::of(move || sum(&transports, &witnessed)));
                    }
                    Err(why) => (self.problem, self.status) = (Some(why), None),
                }
            }
        }
    }

    /// The first of these words that has not arrived on the lane; what counts as lost may come after all.
    fn hear(&mut self, lane: usize, from: Speaker, text: &str, at: u64) {
        let find = |fate: Fate| {
            let fits =
                |line: &Line| line.from == from && line.text == text && line.fates.get(lane) == Some(&fate);
            self.lines.iter().position(fits)
        };
        let Some(place) = find(Fate::UnderWay).or_else(|| find(Fate::Lost)) else { return };
        let line = &mut self.lines[place];
        line.fates[lane] = Fate::Arrived(at.saturating_sub(line.at));
        if !line.fates.contains(&Fate::UnderWay) {
            let line = line.clone();
            self.status = Some(Sentence::of(move || line.told()));
        }
    }

    fn link(&mut self, lane: usize, link: Link) {
        let Some(own) = self.lanes.get_mut(lane) else { return };
        let breaks = matches!((&own.link, &link), (Link::Connected { .. }, Link::Lost(_)));
        let loses = breaks && !own.transport.is_http();
        let before = std::mem::replace(&mut own.link, link);
        own.past.push(before);
        let over = own.past.len().saturating_sub(MOST_PAST);
        own.past.drain(..over);
        if loses {
            // `send` tells nobody what became of it, and a WebSocket sends nothing again by itself.
            self.lines_of(Speaker::You).for_each(|line| line.lose(|place| place == lane));
        }
    }

    fn lines_of(&mut self, from: Speaker) -> impl Iterator<Item = &mut Line> {
        self.lines.iter_mut().filter(move |line| line.from == from)
    }
}

impl Line {
    /// Who is to hear it.
    pub fn to(&self) -> Speaker {
        match self.from {
            Speaker::You => Speaker::Server,
            Speaker::Server => Speaker::You,
        }
    }

    /// What was on its way on the lanes that `which` names has no one any more who brings it.
    fn lose(&mut self, which: impl Fn(usize) -> bool) {
        for (lane, fate) in self.fates.iter_mut().enumerate() {
            if *fate == Fate::UnderWay && which(lane) {
                *fate = Fate::Lost;
            }
        }
    }

    fn told(&self) -> String {
        let lanes = list(self.fates.iter().enumerate().map(|(lane, fate)| {
            let lane = char::from(b'A' + lane as u8);
            match fate {
                Fate::Arrived(delay) => say!("on lane {} after {}", lane, milliseconds(*delay)),
                Fate::UnderWay | Fate::Lost => say!("on lane {} not at all", lane),
            }
        }));
        match self.from {
            Speaker::You => say!("“{}” reached Ben {} (measured).", self.text, lanes),
            Speaker::Server => say!("“{}” reached you {} (measured).", self.text, lanes),
        }
    }
}

/// What the wire of each lane has carried, when all is over.
fn sum(transports: &[Transport], witnessed: &[(u64, usize)]) -> String {
    if witnessed.is_empty() {
        return say!("The chat is over. The companion no longer tells what crossed the wire.").to_owned();
    }
    let lanes = transports.iter().zip(witnessed).map(|(transport, (carried, connections))| {
        let connections = plural(*connections as u64, "connection");
        say!("{}, {} on {}", transport.name(), octets(*carried), connections)
    });
    say!("The chat is over. Witnessed on the wire: {}.", clauses(lanes))
}

/// `52 ms`, to the nearest.
pub fn milliseconds(micros: u64) -> String {
    say!("{} ms", crate::caption::count((micros + 500) / 1_000))
}

/// How many states of a connection are kept beside the present one.
const MOST_PAST: usize = 4;

/// How many lines are kept.
pub const MOST_LINES: usize = 200;
