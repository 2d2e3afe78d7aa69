//! Questions that the engine grades: drawn from a seed, asked of a run or of octets, and answered by them.
//!
//! Nowhere is an answer stored: each [`Kind`] sets up something from chance, lets the simulator or the
//! codec have its say, and reads the truth off that. What stands beside it are the mistakes that people
//! make. A wrong answer leads to its [`Proof`]: the moment of the run, or the octets, that say why.
//! Absent on purpose: how any of it looks, and who keeps the score.

mod begun;
mod close;
mod connections;
mod first;
mod octets;
mod rounds;
mod script;
mod turn;
mod value;

use crate::order;
use crate::scenario::Scenario;
use crate::sim::chance::Chance;
use crate::workbench::Bench;

pub use turn::Turn;
pub use value::{Told, Value};

/// What a question is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// Who may send next.
    Turn,
    /// How many octets a message takes.
    Octets,
    /// What the first octets of a frame say.
    Begun,
    /// Which close code answers what came.
    Close,
    /// Which code a script may close with.
    Script,
    /// Which lane brings it first.
    First,
    /// How many connections.
    Connections,
    /// How many round trips.
    Rounds,
}

/// One question.
#[derive(Clone, PartialEq, Debug)]
pub struct Question {
    /// What it is about.
    pub kind: Kind,
    /// What it was drawn from: the same seed asks the same.
    pub seed: u64,
    /// The question.
    pub ask: Told,
    /// What may be answered: two to four, no two alike.
    pub answers: Vec<Value>,
    /// Why it is so, told with the answer.
    pub because: Told,
    /// Where that is to be seen.
    pub proof: Proof,
    /// Where it can be read: "RFC 6455 section 5.2".
    pub sections: &'static [&'static str],
    truth: Value,
}

/// What shows that an answer is right.
#[derive(Clone, PartialEq, Debug)]
pub enum Proof {
    /// A moment of a run.
    Run {
        /// What is played.
        scenario: Scenario,
        /// Where the playhead rests, in microseconds.
        at: u64,
        /// The event that is selected: its place in the run.
        selected: Option<usize>,
    },
    /// Octets on the workbench.
    Octets(Bench),
}

/// What a kind makes of chance.
struct Made {
    ask: Told,
    truth: Value,
    /// What else might be thought; the truth and doubles among them are passed over.
    others: Vec<Value>,
    because: Told,
    proof: Proof,
    sections: &'static [&'static str],
}

impl Kind {
    /// Every kind, in the order in which they are best met.
    pub const ALL: [Self; 8] = [
        Self::Turn,
        Self::First,
        Self::Connections,
        Self::Rounds,
        Self::Begun,
        Self::Octets,
        Self::Close,
        Self::Script,
    ];

    /// Its name in a link.
    pub fn id(self) -> &'static str {
        match self {
            Self::Turn => "turn",
            Self::Octets => "octets",
            Self::Begun => "frame",
            Self::Close => "close",
            Self::Script => "script",
            Self::First => "first",
            Self::Connections => "connections",
            Self::Rounds => "rounds",
        }
    }

    /// The kind with this [`id`](Self::id).
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// What it is called.
    pub fn topic(self) -> Topic {
        let (title, about) = match self {
            Self::Turn => (
                tongue::word!("Who may send next?"),
                tongue::word!("A connection at a moment: whose turn is it?"),
            ),
            Self::Octets => (
                tongue::word!("How many octets?"),
                tongue::word!("A message in a frame: what crosses the connection?"),
            ),
            Self::Begun => (
                tongue::word!("Read a frame"),
                tongue::word!("The first octets of a frame: what do they say?"),
            ),
            Self::Close => (
                tongue::word!("Which close code?"),
                tongue::word!("Octets arrive, and not all of them keep the rules."),
            ),
            Self::Script => {
                (tongue::word!("What may a script say?"), tongue::word!("The codes that `close()` takes."))
            }
            Self::First => (
                tongue::word!("Which arrives first?"),
                tongue::word!("The same news on two lanes: where do you hear it first?"),
            ),
            Self::Connections => (
                tongue::word!("How many connections?"),
                tongue::word!("Messages over a transport: how often must TCP connect?"),
            ),
            Self::Rounds => (
                tongue::word!("How many round trips?"),
                tongue::word!("From nothing to the first answer: count the way."),
            ),
        };
        Topic { title, about }
    }
}

/// The words for a kind.
#[derive(Clone, Copy, Debug)]
pub struct Topic {
    /// What it is called.
    pub title: &'static str,
    /// What is asked there, in one line.
    pub about: &'static str,
}

impl Question {
    /// The question of this kind and seed.
    pub fn new(kind: Kind, seed: u64) -> Self {
        // Kinds of one seed have nothing to do with each other.
        let mut chance = Chance::new(seed ^ (kind as u64) << 56);
        let made = match kind {
            Kind::Turn => turn::make(&mut chance),
            Kind::Octets => octets::make(&mut chance),
            Kind::Begun => begun::make(&mut chance),
            Kind::Close => close::make(&mut chance),
            Kind::Script => script::make(&mut chance),
            Kind::First => first::make(&mut chance),
            Kind::Connections => connections::make(&mut chance),
            Kind::Rounds => rounds::make(&mut chance),
        };
        let Made { ask, truth, others, because, proof, sections } = made;
        let answers = among(&mut chance, &truth, others);
        Self { kind, seed, ask, answers, because, proof, sections, truth }
    }

    /// Whether this answer, by its place, is right.
    pub fn grade(&self, answer: usize) -> bool {
        self.answers.get(answer) == Some(&self.truth)
    }

    /// The place of the right answer.
    pub fn right(&self) -> usize {
        self.answers.iter().position(|answer| *answer == self.truth).unwrap_or(0)
    }

    /// The seed of the question after this one: any other number will do.
    pub fn next_seed(seed: u64) -> u64 {
        // Seeds stand in links, so they stay short.
        Chance::new(seed).next() % 1_000_000
    }
}

/// The truth among at most three others, in an order that does not give it away.
fn among(chance: &mut Chance, truth: &Value, others: Vec<Value>) -> Vec<Value> {
    let mut answers: Vec<Value> = Vec::new();
    for other in others {
        if other != *truth && !answers.contains(&other) {
            answers.push(other);
        }
    }
    while answers.len() > MOST_ANSWERS - 1 {
        let place = chance.below(answers.len() as u32) as usize;
        answers.remove(place);
    }
    answers.push(truth.clone());
    order::sorted(answers, Value::rank)
}

/// One of several, by chance; the first if there is only that.
fn any<T: Copy>(chance: &mut Chance, of: &[T]) -> Option<T> {
    of.get(chance.below(of.len() as u32) as usize).copied()
}

/// A number from `least` to `most`.
fn between(chance: &mut Chance, least: u32, most: u32) -> u32 {
    least + chance.below(most - least + 1)
}

/// How many answers there are to choose from.
const MOST_ANSWERS: usize = 4;
