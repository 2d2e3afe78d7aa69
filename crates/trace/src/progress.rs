//! What a learner has done: steps of lessons, predictions on cards, answers to questions. As a value, and
//! as a text of one line each that a browser keeps and a file carries.
//!
//! A text that nobody here has written is refused with a [`Flaw`]; lines about a lesson, a card or a kind of
//! question that there is not are passed over, for the text may be older or younger than the page. Absent on
//! purpose: where it is kept.

use crate::card;
use crate::lesson;
use crate::question::Kind;

/// What a learner has done.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Progress {
    beats: Vec<(&'static str, usize)>,
    predictions: Vec<(&'static str, Outcome)>,
    answers: Vec<(Kind, u64, bool)>,
}

/// A prediction, and whether the experiment bore it out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Outcome {
    /// Which of the card's answers.
    pub answer: usize,
    /// Whether it was so.
    pub right: bool,
}

/// So many, and so many of them well.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Score {
    /// Predicted or answered.
    pub done: usize,
    /// Of these, rightly.
    pub right: usize,
}

/// Why a text is nobody's progress.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flaw {
    /// It does not begin as it should.
    Foreign,
    /// A later page has written it.
    Later,
    /// This line, counted from 1, says nothing.
    Line(usize),
    /// It is longer than it can be.
    Long,
}

impl Progress {
    /// Marks a step of a lesson as done.
    pub fn finish(&mut self, lesson: &'static str, beat: usize) {
        if !self.finished(lesson, beat) {
            self.beats.push((lesson, beat));
        }
    }

    /// Notes a prediction. The first one counts: afterwards the truth is known.
    pub fn predict(&mut self, card: &'static str, outcome: Outcome) {
        if self.prediction(card).is_none() {
            self.predictions.push((card, outcome));
        }
    }

    /// Notes an answer. The first one counts; of very many the oldest are forgotten.
    pub fn answer(&mut self, kind: Kind, seed: u64, right: bool) {
        if self.answers.iter().any(|it| (it.0, it.1) == (kind, seed)) {
            return;
        }
        if self.answers.len() >= MOST_ANSWERS {
            self.answers.remove(0);
        }
        self.answers.push((kind, seed, right));
    }

    /// Whether a step of a lesson is done.
    pub fn finished(&self, lesson: &str, beat: usize) -> bool {
        self.beats.iter().any(|it| (it.0, it.1) == (lesson, beat))
    }

    /// How many steps of a lesson are done.
    pub fn steps(&self, lesson: &str) -> usize {
        self.beats.iter().filter(|it| it.0 == lesson).count()
    }

    /// How many steps are done in all.
    pub fn all_steps(&self) -> usize {
        self.beats.len()
    }

    /// What was predicted on a card, if anything.
    pub fn prediction(&self, card: &str) -> Option<Outcome> {
        self.predictions.iter().find(|it| it.0 == card).map(|it| it.1)
    }

    /// How the cards went.
    pub fn cards(&self) -> Score {
        score(self.predictions.iter().map(|it| it.1.right))
    }

    /// How the questions went: of one kind, or all.
    pub fn questions(&self, kind: Option<Kind>) -> Score {
        score(self.answers.iter().filter(|it| kind.is_none_or(|kind| it.0 == kind)).map(|it| it.2))
    }

    /// As a text.
    pub fn write(&self) -> String {
        let mut out = [HEAD, VERSION].concat();
        let mut line = |parts: [&str; 4]| {
            out.push('\n');
            out.push_str(parts.join(" ").trim_end());
        };
        for (lesson, beat) in &self.beats {
            line(["beat", lesson, &(beat + 1).to_string(), ""]);
        }
        for (card, outcome) in &self.predictions {
            line(["card", card, &(outcome.answer + 1).to_string(), word(outcome.right)]);
        }
        for (kind, seed, right) in &self.answers {
            line(["question", kind.id(), &seed.to_string(), word(*right)]);
        }
        out.push('\n');
        out
    }

    /// From a text.
    ///
    /// # Errors
    /// It is none that this page, or an older one, has written.
    pub fn read(text: &str) -> Result<Self, Flaw> {
        if text.len() > LONGEST {
            return Err(Flaw::Long);
        }
        let mut lines = text.lines().map(str::trim).enumerate();
        let version = lines.next().and_then(|(_, head)| head.strip_prefix(HEAD)).ok_or(Flaw::Foreign)?;
        if version != VERSION {
            return Err(if version.parse::<u32>().is_ok() { Flaw::Later } else { Flaw::Foreign });
        }
        let mut progress = Self::default();
        for (place, line) in lines.filter(|(_, line)| !line.is_empty()) {
            progress.take(line).ok_or(Flaw::Line(place + 1))?;
        }
        Ok(progress)
    }

    /// Takes one line; `None` if it says nothing.
    fn take(&mut self, line: &str) -> Option<()> {
        let parts: Vec<&str> = line.split(' ').collect();
        let place = |text: &str| text.parse::<usize>().ok()?.checked_sub(1);
        match parts[..] {
            ["beat", lesson, beat] => {
                let beat = place(beat)?;
                if let Some(lesson) = lesson::named(lesson).filter(|lesson| beat < lesson.beats.len()) {
                    self.finish(lesson.id, beat);
                }
            }
            ["card", card, answer, right] => {
                let outcome = Outcome { answer: place(answer)?, right: told(right)? };
                if let Some(card) = card::named(card).filter(|card| outcome.answer < card.answers.len()) {
                    self.predict(card.id, outcome);
                }
            }
            ["question", kind, seed, right] => {
                let (seed, right) = (seed.parse().ok()?, told(right)?);
                if let Some(kind) = Kind::named(kind) {
                    self.answer(kind, seed, right);
                }
            }
            _ => return None,
        }
        Some(())
    }
}

impl Flaw {
    /// A sentence for the visitor.
    pub fn told(self) -> String {
        match self {
            Self::Foreign => {
                tongue::say!("This is no progress of Duplex; “Export progress” writes one.").to_owned()
            }
            Self::Later => {
                tongue::say!("A later version of Duplex has written this progress; this page cannot read it.")
                    .to_owned()
            }
            Self::Line(number) => tongue::say!("Line {} of this progress cannot be read.", number),
            Self::Long => tongue::say!("This is too long to be somebody’s progress.").to_owned(),
        }
    }
}

fn score(outcomes: impl Iterator<Item = bool>) -> Score {
    outcomes.fold(Score::default(), |score, right| Score {
        done: score.done + 1,
        right: score.right + usize::from(right),
    })
}

fn word(right: bool) -> &'static str {
    if right { "right" } else { "wrong" }
}

fn told(word: &str) -> Option<bool> {
    match word {
        "right" => Some(true),
        "wrong" => Some(false),
        _ => None,
    }
}

/// How a text begins, and in which form the rest is written.
const HEAD: &str = "duplex progress ";
const VERSION: &str = "1";

/// Answers that are remembered.
pub const MOST_ANSWERS: usize = 1_000;

/// Octets that a text may have: more than all that can be remembered.
pub const LONGEST: usize = 65_536;
