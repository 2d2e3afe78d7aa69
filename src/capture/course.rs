//! What every lane of a run is told, and how a lane breaks off.

use std::cell::Cell;

use tongue::{Sentence, say, word};
use trace::doctor::Symptom;
use trace::scenario::{Loop, Speaker, Transport, Workload};
use wire::Sender;

use super::address::Address;
use super::{Order, Stop};

/// One lane to be run.
pub(super) struct Course<'a> {
    pub(super) order: &'a Order,
    pub(super) stop: &'a Stop,
    pub(super) report: &'a dyn Fn(Sentence),
    pub(super) lane: u8,
    pub(super) transport: Transport,
    pub(super) workload: Workload,
    pub(super) place: Place,
    /// How often the visitor is told how far the lane is.
    pub(super) pace: Pace,
}

/// Where a lane's server answers.
pub(super) enum Place {
    /// On a lane port of a companion, at the paths of [`trace::answer`].
    Companion(Address),
    /// At one URL, whatever is asked.
    Public(Address),
}

impl Place {
    pub(super) fn address(&self) -> &Address {
        match self {
            Self::Companion(address) | Self::Public(address) => address,
        }
    }

    pub(super) fn is_public(&self) -> bool {
        matches!(self, Self::Public(_))
    }
}

impl Course<'_> {
    /// The lines of one speaker.
    pub(super) fn lines(&self, speaker: Speaker) -> Vec<(u64, String)> {
        let own = self.order.plan.script.iter().filter(|line| line.from == speaker);
        own.map(|line| (line.at, line.text.clone())).collect()
    }

    /// What the visitor says without waiting for anything.
    pub(super) fn own_accord(&self) -> Vec<(u64, String)> {
        let mut lines = self.lines(Speaker::You);
        if self.workload.loops() == Loop::Echo {
            // The first at once, each later one when its forerunner has come back.
            lines.truncate(1);
        }
        lines
    }

    /// What this lane's visitor is to hear, in order.
    pub(super) fn expected(&self) -> Vec<String> {
        let speaker = match self.workload.loops() {
            Loop::Echo => Speaker::You,
            Loop::Open | Loop::Asked => Speaker::Server,
        };
        self.lines(speaker).into_iter().map(|(_, text)| text).collect()
    }

    /// How many messages answer one of the visitor's, where answers come in place.
    pub(super) fn parts(&self) -> usize {
        match self.workload.loops() {
            Loop::Echo => 1,
            Loop::Open => 0,
            Loop::Asked => {
                let asks = self.lines(Speaker::You).len();
                self.lines(Speaker::Server).len().checked_div(asks).unwrap_or(0)
            }
        }
    }

    /// Whether the answer to a message comes with the response to the request that brought it.
    pub(super) fn answers_in_place(&self) -> bool {
        let in_place = self.workload.loops() != Loop::Open && self.transport.answers_in_place();
        in_place || self.place.is_public()
    }

    /// When the visitor leaves at the earliest, since the lane's zero.
    pub(super) fn leaves_at(&self) -> u64 {
        // An echo is over when it is over.
        if self.place.is_public() { 0 } else { self.order.manner.leaves_at }
    }

    /// How long anything may take here: the visitor's patience, and the link's own time for the
    /// largest thing that can cross it.
    pub(super) fn patience(&self) -> u64 {
        let script = &self.order.plan.script;
        let octets = HEADS + script.iter().map(|line| line.text.len() as u64).sum::<u64>() * 2;
        let network = self.order.network;
        let link = match self.place {
            Place::Public(_) => 0,
            Place::Companion(_) => {
                let rate = network.rate(Sender::Client).min(network.rate(Sender::Server));
                network.round_trip.saturating_mul(4) + octets * 8_000 / rate + network.think * 2
            }
        };
        PATIENCE.saturating_add(link)
    }

    /// How long it takes at most until the other side knows that the visitor has hung up.
    pub(super) fn farewell(&self) -> u64 {
        let link = if self.place.is_public() { 0 } else { self.order.network.round_trip };
        link.saturating_add(NOTICE)
    }

    /// Tells the visitor something about this lane.
    pub(super) fn tell(&self, words: Sentence) {
        let name = self.name();
        (self.report)(Sentence::of(move || say!("{}: {}", name.said(), words.said())));
    }

    /// Tells how much of all that there is to hear has been heard by now; of a flood of messages only as often as
    /// somebody can read it, because the page is drawn anew each time.
    pub(super) fn progress(&self, now: u64, heard: usize, of: usize) {
        if self.pace.allows(now) {
            self.tell(Sentence::of(move || say!("{} of {} messages heard.", heard, of)));
        }
    }

    /// What the page calls the lane.
    pub(super) fn name(&self) -> Sentence {
        let letter = char::from(b'A' + self.lane.min(25));
        Sentence::of(move || say!("Lane {}", letter))
    }
}

/// Lets one of many things through in so many microseconds.
pub(super) struct Pace {
    every: u64,
    last: Cell<Option<u64>>,
}

impl Pace {
    /// What one can read as it changes: ten texts in a second.
    pub(super) const READABLE: u64 = 100_000;

    /// What one can see: a frame of the screen.
    pub(super) const FRAME: u64 = 16_667;

    pub(super) fn of(every: u64) -> Self {
        Self { every, last: Cell::default() }
    }

    /// Whether what happens at `now` comes through.
    pub(super) fn allows(&self, now: u64) -> bool {
        let allows = self.last.get().is_none_or(|last| now >= last.saturating_add(self.every));
        if allows {
            self.last.set(Some(now));
        }
        allows
    }
}

/// A lane broke off.
#[derive(Debug)]
pub(super) struct Break {
    /// What happened, in a sentence.
    pub(super) what: Sentence,
    pub(super) advice: Advice,
}

/// What to do about it.
#[derive(Debug)]
pub(super) enum Advice {
    /// That depends on whether the server is still there, and on how it showed.
    Look(Symptom),
    /// This, in English.
    Do(&'static str),
    /// Nothing: it was the visitor's own wish.
    Nothing,
}

impl Break {
    pub(super) fn look(what: Sentence, symptom: Symptom) -> Self {
        Self { what, advice: Advice::Look(symptom) }
    }

    pub(super) fn advise(what: Sentence, advice: &'static str) -> Self {
        Self { what, advice: Advice::Do(advice) }
    }

    pub(super) fn stopped() -> Self {
        Self { what: Sentence::text(word!("You stopped the run here.")), advice: Advice::Nothing }
    }
}

/// In microseconds: what nobody has to wait for longer, beside the link's own time.
pub(super) const PATIENCE: u64 = 15_000_000;

/// In microseconds: how soon a program hears of what has come to its computer.
const NOTICE: u64 = 50_000;

/// More octets than the heads of a request and its answer have.
const HEADS: u64 = 8 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_flood_few_come_through() {
        let check = |every: u64, step: u64, expected: usize| {
            let pace = Pace::of(every);
            let told = (0..1_000).filter(|n| pace.allows(5 + n * step)).count();
            assert_eq!(told, expected, "every {step} microseconds");
        };
        check(Pace::FRAME, 0, 1);
        // A second's worth of a message each millisecond: at 0, 17, 34 ms and so on.
        check(Pace::FRAME, 1_000, 59);
        check(Pace::FRAME, 20_000, 1_000);
        check(Pace::READABLE, 1_000, 10);
    }
}
