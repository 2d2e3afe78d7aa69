//! Misconception cards: what is commonly taught, a prediction, an experiment that runs, and the verdict.
//!
//! A [`Card`] makes a claim that circulates. Who reads it predicts what an [`Experiment`] will show; then it
//! runs, and the run itself settles which prediction was right. No figure of a verdict is typed, as in a
//! lesson, and where a lesson's beat shows the matter, that beat is the experiment. Absent on purpose: how
//! any of it looks, and who keeps the predictions.

mod connections;
mod frames;
mod handshake;
mod http;
mod way;

use crate::lesson::words::Words;
use crate::lesson::{self, Beat, Scene, Seen, Shown};
use crate::teaching;
use crate::trace::Trace;
use crate::workbench::Desk;

/// Cards on one subject.
#[derive(Debug)]
pub struct Pile {
    /// What they are about.
    pub title: &'static str,
    /// The cards.
    pub cards: &'static [Card],
}

/// One misconception.
#[derive(Debug)]
pub struct Card {
    /// Its name in a link.
    pub id: &'static str,
    /// What is commonly taught.
    pub claim: &'static str,
    /// What is to be predicted.
    pub ask: &'static str,
    /// The predictions to choose from.
    pub answers: &'static [&'static str],
    /// What is run.
    pub experiment: Experiment,
    /// Which prediction the experiment bears out: its place among the answers.
    pub settles: Settles,
    /// What is so, told of the experiment.
    pub verdict: Words,
    /// Where it can be read: "RFC 9112 section 9.3".
    pub sections: &'static [&'static str],
}

/// What a card runs.
#[derive(Clone, Copy, Debug)]
pub enum Experiment {
    /// The scene of a lesson's beat: the lesson's id, and the beat's place in it.
    Beat(&'static str, usize),
    /// A scene of the card's own, and the field that is lit.
    Own(Scene, Option<&'static str>),
}

/// How the experiment is read.
#[derive(Clone, Copy, Debug)]
pub enum Settles {
    /// Off a run.
    Run(fn(&Trace) -> usize),
    /// Off what lies on the workbench.
    Octets(fn(&Desk) -> usize),
}

/// All cards, subject by subject.
pub fn piles() -> Vec<&'static Pile> {
    teaching::arrived(|it| it.piles)
}

/// See [`piles`].
pub(crate) static PILES: [&Pile; 5] =
    [&connections::PILE, &http::PILE, &handshake::PILE, &frames::PILE, &way::PILE];

/// Every card.
pub fn all() -> impl Iterator<Item = &'static Card> {
    piles().into_iter().flat_map(|pile| pile.cards)
}

/// The card with this [`id`](Card::id).
pub fn named(id: &str) -> Option<&'static Card> {
    all().find(|card| card.id == id)
}

/// The card behind this one; the first behind the last.
pub fn after(id: &str) -> Option<&'static Card> {
    all().skip_while(|card| card.id != id).nth(1).or_else(|| all().next())
}

impl Card {
    /// The beat whose scene the experiment is, if it is one.
    pub fn beat(&self) -> Option<&'static Beat> {
        match self.experiment {
            Experiment::Beat(lesson, place) => lesson::named(lesson)?.beats.get(place),
            Experiment::Own(..) => None,
        }
    }

    /// What is shown. `None` if the beat that it was taken from is gone.
    pub fn scene(&self) -> Option<Scene> {
        match self.experiment {
            Experiment::Beat(..) => self.beat().map(|beat| beat.scene),
            Experiment::Own(scene, _) => Some(scene),
        }
    }

    /// Which field of the octets is lit, by its name.
    pub fn field(&self) -> Option<&'static str> {
        match self.experiment {
            Experiment::Beat(..) => self.beat().and_then(|beat| beat.field),
            Experiment::Own(_, field) => field,
        }
    }

    /// The verdict on what is seen, if that is the experiment and nothing that was made of it since.
    pub fn says(&self, seen: &Seen) -> Option<String> {
        let scene = self.scene()?;
        scene.is_set(seen).then(|| self.verdict.told(scene.shown(seen)))
    }

    /// Which prediction was right, by the experiment; `None` of anything that is not it.
    pub fn truth(&self, shown: Shown) -> Option<usize> {
        match (self.settles, shown) {
            (Settles::Run(read), Shown::Run(trace)) => Some(read(trace)),
            (Settles::Octets(read), Shown::Octets(desk)) => Some(read(desk)),
            _ => None,
        }
    }
}
