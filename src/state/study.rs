//! The learner's side of the store: the card or question that is open, and what has been done so far.

use std::rc::Rc;

use tongue::{Sentence, word};
use trace::card::{self, Card};
use trace::lesson::{Scene, Shown};
use trace::progress::{Outcome, Progress};
use trace::question::{Kind, Proof, Question};
use trace::teaching;
use trace::workbench::Desk;

use super::course::Parked;
use super::{Source, State, View};

/// Which list the page of lessons shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Shelf {
    /// The lessons.
    #[default]
    Lessons,
    /// The misconception cards.
    Cards,
    /// The kinds of questions.
    Questions,
}

/// What is open on a shelf other than a lesson.
#[derive(Clone, PartialEq, Debug)]
pub enum Study {
    /// A card, and which answer was predicted.
    Card(&'static str, Option<usize>),
    /// A question.
    Question(Quiz),
}

/// A question, and how far it has come.
#[derive(Clone, PartialEq, Debug)]
pub struct Quiz {
    /// The question.
    pub question: Rc<Question>,
    /// Which answer was given.
    pub answered: Option<usize>,
    /// Whether its proof is shown.
    pub shown: bool,
}

/// What a learner can do.
#[derive(Clone, PartialEq, Debug)]
pub enum StudyAction {
    /// Shows another list.
    Shelf(Shelf),
    /// Opens a card.
    Card(&'static str),
    /// Predicts one of the card's answers, and runs its experiment.
    Predict(usize),
    /// Asks a question.
    Ask(Kind, u64),
    /// Gives one of its answers.
    Answer(usize),
    /// Shows the run or the octets that say why.
    Show,
    /// What the browser had kept.
    Kept(String),
    /// Takes somebody's progress from a file.
    Import(Vec<u8>),
    /// Forgets all progress.
    Forget,
}

impl Study {
    /// The card that is open.
    pub fn card(&self) -> Option<&'static Card> {
        match self {
            Self::Card(id, _) => card::named(id),
            Self::Question(_) => None,
        }
    }

    /// What is on show for it, beside its words: the stage or the workbench, once there is something to see.
    pub fn subject(&self) -> Option<View> {
        match self {
            Self::Card(_, None) => None,
            Self::Card(..) => match self.card()?.scene()? {
                Scene::Run(_) => Some(View::Lab),
                Scene::Octets(_) => Some(View::Workbench),
            },
            Self::Question(quiz) => quiz.shown.then_some(match quiz.question.proof {
                Proof::Run { .. } => View::Lab,
                Proof::Octets(_) => View::Workbench,
            }),
        }
    }

    /// The shelf that it is from.
    pub fn shelf(&self) -> Shelf {
        match self {
            Self::Card(..) => Shelf::Cards,
            Self::Question(_) => Shelf::Questions,
        }
    }
}

impl State {
    pub(super) fn study(&mut self, action: StudyAction) {
        match action {
            StudyAction::Shelf(shelf) => {
                self.leave();
                (self.shelf, self.playing) = (shelf, false);
            }
            StudyAction::Card(id) => self.open_study(Study::Card(id, None)),
            StudyAction::Predict(answer) => self.predict(answer),
            StudyAction::Ask(kind, seed) => self.ask(kind, seed),
            StudyAction::Answer(answer) => {
                let Some(Study::Question(quiz)) = &mut self.study else { return };
                quiz.answered = Some(answer);
                let right = quiz.question.grade(answer);
                self.progress.answer(quiz.question.kind, quiz.question.seed, right);
                // Whoever was wrong sees why; whoever was right may ask to.
                if !right {
                    self.prove();
                }
            }
            StudyAction::Show => self.prove(),
            StudyAction::Kept(text) => self.take_progress(&text, false),
            StudyAction::Import(octets) => self.take_progress(&String::from_utf8_lossy(&octets), true),
            StudyAction::Forget => {
                self.progress = Progress::default();
                self.notice = Some(Sentence::text(word!("Your progress is forgotten.")));
            }
        }
    }

    /// Opens a question.
    pub(super) fn ask(&mut self, kind: Kind, seed: u64) {
        let Some(question) = teaching::ask(kind, seed).map(Rc::new) else { return };
        self.open_study(Study::Question(Quiz { question, answered: None, shown: false }));
    }

    /// Opens a card or a question: nothing is to be seen yet but its words.
    pub(super) fn open_study(&mut self, study: Study) {
        self.park();
        (self.place, self.notice, self.playing, self.until) = (None, None, false, None);
        (self.shelf, self.study) = (study.shelf(), Some(study));
    }

    /// Whether an experiment is on its way to what it is to show.
    pub fn experimenting(&self) -> bool {
        self.playing && self.until.is_some() && matches!(self.study, Some(Study::Card(..)))
    }

    fn predict(&mut self, answer: usize) {
        let Some(Study::Card(id, predicted)) = &mut self.study else { return };
        *predicted = Some(answer);
        let Some((card, scene)) = card::named(id).and_then(|card| Some((card, card.scene()?))) else {
            return;
        };
        (self.notice, self.playing, self.until) = (None, false, None);
        let truth = match scene {
            Scene::Octets(bench) => {
                self.desk = Desk::of(bench());
                self.field = card.field().and_then(|name| self.desk.exhibit()?.place_of(name));
                card.truth(Shown::Octets(&self.desk))
            }
            Scene::Run(run) => {
                self.set((run.scenario)());
                self.selected = run.pick.and_then(|pick| pick.place(&self.trace));
                self.field = card.field().and_then(|name| self.place_of(name));
                let rests = run.moment.at(&self.trace);
                self.at = rests;
                if !self.reduced {
                    (self.at, self.playing, self.until) = (0, true, Some(rests));
                    self.take += 1;
                }
                card.truth(Shown::Run(&self.trace))
            }
        };
        self.progress.predict(card.id, Outcome { answer, right: truth == Some(answer) });
    }

    /// Shows what says why an answer is right: the run at its moment, or the octets.
    fn prove(&mut self) {
        let Some(Study::Question(quiz)) = &mut self.study else { return };
        quiz.shown = true;
        let question = Rc::clone(&quiz.question);
        (self.notice, self.playing, self.until) = (None, false, None);
        match &question.proof {
            Proof::Octets(bench) => (self.desk, self.field) = (Desk::of(bench.clone()), None),
            Proof::Run { scenario, at, selected } => {
                self.set(scenario.clone());
                (self.at, self.selected, self.field) = (*at, *selected, None);
            }
        }
    }

    /// Plays a scenario, if it is not on the stage as it is.
    fn set(&mut self, scenario: trace::scenario::Scenario) {
        if scenario != self.scenario || self.live.source != Source::Simulated {
            self.play(scenario);
        }
    }

    /// The place of a field among those of the selected event.
    fn place_of(&self, name: &str) -> Option<usize> {
        let event = self.trace.events().get(self.selected?)?;
        let (dissection, place) = trace::exhibit::of_event(&self.trace, event)?;
        dissection.exhibits.get(place)?.place_of(name)
    }

    fn take_progress(&mut self, text: &str, told: bool) {
        match Progress::read(text) {
            Ok(progress) => {
                self.progress = progress;
                if told {
                    self.notice = Some(Sentence::text(word!("Your progress is back.")));
                }
            }
            Err(flaw) if told => self.notice = Some(Sentence::of(move || flaw.told())),
            Err(flaw) => {
                self.notice = Some(Sentence::of(move || {
                    tongue::say!(
                        "What this browser had kept of your progress cannot be used. {}",
                        flaw.told()
                    )
                }));
            }
        }
    }

    /// Remembers what the Lab and the workbench were, unless a lesson has both already.
    pub(super) fn park(&mut self) {
        self.parked.get_or_insert_with(|| Parked {
            scenario: self.scenario.clone(),
            bench: self.desk.bench.clone(),
        });
    }
}
