//! Which transport to take: a few plain questions, a run on every transport, a rule that anybody can
//! check, and the point at which the answer would be another.
//!
//! The rule, which the page shows as [`rule`]: a way counts if it can be used at all, delivers
//! everything and is in time for 95 of 100 messages. Of those the cheapest wins. Its price is its octets
//! on the network in each minute, without what is sent only once ([`Pace`]), and, for what is not plain request and response, a surcharge: [`HELD`] for
//! an answer that waits or goes on, [`FRAMED`] for a connection that leaves HTTP. Where only the client
//! ever asks, either gains nothing but octets and loses caches, status codes and safe retries: [`IDLE`].
//! The surcharges are a judgement; everything else is counted, but for the words of an echo: they are
//! filler, so that compression earns nothing on them. Equal prices: the order of [`Transport::ALL`].

mod answers;
mod flip;
mod pace;
mod words;

use wire::Sender;

use super::manner::{Manner, manner};
use super::{Figures, run};
use crate::event::Kind;
use crate::fragment::Link;
use crate::order;
use crate::scenario::{Scenario, Transport, Workload};
use crate::trace::Trace;

pub use answers::{Answers, Large, Often, Soon, Who};
pub use flip::{Flip, Turn};
pub use pace::Pace;
pub use words::{over_http2, rule};

/// What came of the answers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Advice {
    /// What was needed.
    pub need: Need,
    /// What was run, on every transport.
    pub scenario: Scenario,
    /// Every transport, best first.
    pub ranked: Vec<Standing>,
    /// When the answer would be another, if turning one knob within reason makes it so.
    pub flip: Option<Flip>,
    /// Which knobs were turned to find that out, and how far, in microseconds.
    pub looked: Vec<(Turn, u64)>,
}

/// The answers in figures.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Need {
    /// Who has something to say.
    pub who: Who,
    /// Microseconds from one message to the next.
    pub gap: u64,
    /// Octets in each.
    pub size: u32,
    /// How old a message may be when it is heard, or an answer when it comes, in microseconds.
    pub within: u64,
    /// Whether everything between must be served by plain request and response.
    pub plain: bool,
}

/// One transport's figures and place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    /// Which.
    pub transport: Transport,
    /// How the server gets its news across.
    pub manner: Manner,
    /// What its run cost and brought.
    pub figures: Figures,
    /// What it sends once, and what in each minute.
    pub pace: Pace,
    /// Octets on the network in a minute, with the surcharge.
    pub price: u64,
    /// Why it does not count, if it does not.
    pub objection: Option<Objection>,
}

/// Why a transport does not count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Objection {
    /// No browser takes part: the server opens the connection.
    NoBrowser,
    /// An old proxy may keep an answer back until it is whole (RFC 6202 section 3.2).
    MayBeKeptBack,
    /// An old proxy may not pass the upgrade on (RFC 9110 section 7.8: it is for one hop only).
    MayBeRefused,
    /// So many messages did not get across.
    Incomplete(u32),
    /// 95 of 100 messages were no older than this.
    Late(u64),
}

impl Objection {
    /// Whether no change of pace would lift it.
    fn stays(self) -> bool {
        matches!(self, Self::NoBrowser | Self::MayBeKeptBack | Self::MayBeRefused)
    }
}

impl Advice {
    /// The two that the advice names: the best, and the best that works in another way.
    pub fn pair(&self) -> Vec<Transport> {
        self.ranked.first().into_iter().chain(self.other()).map(|it| it.transport).collect()
    }

    /// The link that opens these two in the Lab, on what was run.
    pub fn link(&self) -> Link {
        Link { scenario: Scenario { lanes: self.pair(), ..self.scenario.clone() }, ..Link::default() }
    }

    /// The best of those that work in another way than the best of all.
    fn other(&self) -> Option<&Standing> {
        let best = self.ranked.first()?;
        self.ranked.iter().find(|it| it.manner != best.manner)
    }
}

/// Runs what the answers describe on every transport, with everything else as in `base`.
pub fn choose(base: &Scenario, answers: Answers) -> Advice {
    let need = answers.need();
    let ranked = rank(base, need, &Transport::ALL);
    let (flip, looked) = flip::find(base, need, &ranked);
    Advice { need, scenario: need.scenario(base), ranked, flip, looked }
}

/// These transports, best first.
pub fn rank(base: &Scenario, need: Need, transports: &[Transport]) -> Vec<Standing> {
    let scenario = need.scenario(base);
    let standing = |&transport: &Transport| Standing::new(need, &scenario, transport);
    let standings: Vec<Standing> = transports.iter().map(standing).collect();
    order::sorted(standings, |it| it.price.min(WORST) + if it.objection.is_some() { WORST } else { 0 })
}

impl Need {
    /// What to run: an echo where only the client asks, and otherwise messages at their own times. HTTP
    /// asks for news as seldom as is soon enough, two round trips before the time is up. A link can hold it.
    pub fn scenario(self, base: &Scenario) -> Scenario {
        let poll = self.within.saturating_sub(2 * base.network.round_trip).clamp(50_000, 60_000_000);
        let enough = (LASTS.max(2 * poll) / self.gap.max(1)).clamp(FEWEST, MOST) as u32;
        let (workload, messages) = match self.who {
            Who::Client => (Workload::Echo, ECHOES),
            Who::Server => (Workload::News, enough),
            Who::Both => (Workload::Talk, enough),
        };
        Scenario {
            lanes: Transport::ALL.to_vec(),
            workload,
            poll,
            messages,
            size: Some(self.size),
            gap: self.gap,
            added: Vec::new(),
            ..base.clone()
        }
    }

    /// Questions for news in the run: what bounds its cost.
    fn polls(self, base: &Scenario) -> u64 {
        let scenario = self.scenario(base);
        scenario.leaves_at() / scenario.poll.max(1)
    }

    fn surcharge(self, manner: Manner) -> u64 {
        match (self.who, manner) {
            (_, Manner::Asked) => 0,
            (Who::Client, _) => IDLE,
            (_, Manner::Held | Manner::Streamed | Manner::Called) => HELD,
            (_, Manner::Framed) => FRAMED,
        }
    }

    fn objection(self, manner: Manner, figures: &Figures, trace: &Trace, messages: u32) -> Option<Objection> {
        let opens = |it: &crate::event::Event| it.kind == Kind::Syn && it.key.sender == Sender::Server;
        let late = figures.ages.map(|ages| ages.p95).filter(|&p95| p95 > self.within);
        match manner {
            _ if trace.lane(0).any(|event| opens(event)) => Some(Objection::NoBrowser),
            Manner::Streamed if self.plain => Some(Objection::MayBeKeptBack),
            Manner::Framed if self.plain => Some(Objection::MayBeRefused),
            _ if figures.delivered < messages => Some(Objection::Incomplete(messages - figures.delivered)),
            _ => late.map(Objection::Late),
        }
    }
}

impl Standing {
    fn new(need: Need, scenario: &Scenario, transport: Transport) -> Self {
        let trace = run(scenario, transport);
        let figures = Figures::of(&trace, 0);
        let manner = manner(&trace, 0);
        let pace = Pace::of(need, scenario, &trace);
        let messages = scenario.script().len() as u32 * if need.who == Who::Client { 2 } else { 1 };
        let objection = need.objection(manner, &figures, &trace, messages);
        let price = pace.octets.saturating_add(need.surcharge(manner));
        Self { transport, manner, figures, pace, price, objection }
    }
}

/// Octets a minute that an answer which waits or goes on must earn.
pub const HELD: u64 = 4_000;

/// Octets a minute that a connection which leaves HTTP must earn.
pub const FRAMED: u64 = 8_000;

/// Octets a minute that either must earn where only the client ever asks.
pub const IDLE: u64 = 300_000;

/// No price is as high.
const WORST: u64 = 1 << 60;

/// Echoes of a run in which only the client asks.
const ECHOES: u32 = 100;

/// How long other runs last at least, in microseconds, and their fewest and most messages.
const LASTS: u64 = 60_000_000;
const FEWEST: u64 = 4;
const MOST: u64 = 200;
