//! The classroom's side of the store: to whom the page speaks, and where a clicker leads.

use trace::lesson::Deed;
use trace::lesson::plan::{Step, Stop};
use trace::lesson::telling::Telling;

use super::{Place, State, View};

/// How the page stands before a class.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Classroom {
    /// To whom the page speaks.
    pub telling: Telling,
    /// Whether the projector shows nothing for now.
    pub blank: bool,
    /// Whether the class is still to guess: the slide plays, and tells, with the next press.
    pub asks: bool,
}

/// What a clicker, a link or a button does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ClassAction {
    /// Tells the same place to others, or again to one who reads.
    Tell(Telling),
    /// To the next stop.
    Next,
    /// To the stop before.
    Back,
    /// Blanks the screen, or brings the picture back.
    Blank,
    /// Plays what the slide is about once more, and nothing of what comes behind it.
    Play,
    /// The slide has told what the class was to guess: what the speaker's window hears.
    Told,
    /// Again to one who reads: the way out.
    Leave,
}

impl State {
    /// Where a clicker stops, in order: at the stops of the plan, or else at every beat of the lesson.
    pub fn stops(&self) -> Vec<Stop> {
        if let Some(plan) = self.class.telling.plan() {
            return plan.stops().map(|(_, stop)| stop).collect();
        }
        let told = self.place.and_then(Place::told);
        let beats = |lesson: &'static trace::lesson::Lesson| {
            lesson.beats.iter().map(|beat| Stop::Beat(lesson.id, beat.idea)).collect()
        };
        told.map_or_else(Vec::new, |(lesson, _)| beats(lesson))
    }

    /// At which of [`Self::stops`] the page stands; `None` where the visitor has strayed from them.
    pub fn stop(&self) -> Option<usize> {
        let page = self.link().page;
        self.stops().into_iter().position(|stop| stop.link().page == page)
    }

    /// The stop that is shown: one of [`Self::stops`], or the beat to which the visitor has strayed.
    pub fn here(&self) -> Option<Stop> {
        let own = self.stop().and_then(|at| self.stops().get(at).copied());
        let told = || self.place.and_then(Place::told);
        own.or_else(|| told().map(|(lesson, beat)| Stop::Beat(lesson.id, beat.idea)))
    }

    /// The step of the plan to which the shown stop belongs.
    pub fn step(&self) -> Option<&'static Step> {
        let (plan, at) = self.class.telling.plan().zip(self.stop())?;
        plan.stops().nth(at).map(|(step, _)| step)
    }

    /// Whether the slide tells what it shows: not while it plays up to that, and not while the class guesses.
    pub fn tells(&self) -> bool {
        !self.class.asks && self.until.is_none_or(|until| self.at >= until)
    }

    /// Whether the page speaks to a class, on a projector.
    pub fn presents(&self) -> bool {
        matches!(self.class.telling, Telling::Presented(_))
    }

    /// Whether the whole page is made for a class, a speaker or paper.
    pub fn is_for_class(&self) -> bool {
        match self.class.telling {
            Telling::Read => false,
            Telling::Noted(_) => true,
            Telling::Presented(_) => self.place.is_some() || self.class.blank,
            Telling::Printed(plan) => plan.is_some() || self.place.is_some(),
        }
    }

    /// Whether lanes are only looked at: nothing on them is chosen, turned or looked up.
    pub fn is_plain(&self) -> bool {
        self.embedded || self.is_for_class()
    }

    pub(super) fn class(&mut self, action: ClassAction) {
        match action {
            ClassAction::Tell(telling) => self.class = Classroom { telling, ..Classroom::default() },
            ClassAction::Leave => self.class = Classroom::default(),
            ClassAction::Blank => self.class.blank = !self.class.blank,
            // Whoever wants to go on wants to see something first.
            ClassAction::Next | ClassAction::Back if self.class.blank => self.class.blank = false,
            ClassAction::Next if self.class.asks && self.presents() => self.answer(),
            ClassAction::Told => self.class.asks = false,
            ClassAction::Next if self.class.asks => self.class.asks = false,
            ClassAction::Play => self.replay(),
            ClassAction::Next => {
                let next = self.stop().map_or(0, |at| at + 1);
                self.walk(next, true);
            }
            ClassAction::Back => {
                if let Some(before) = self.stop().and_then(|at| at.checked_sub(1)) {
                    self.walk(before, false);
                }
            }
        }
    }

    /// Goes to a stop; past the last one there is nowhere to go.
    fn walk(&mut self, to: usize, onward: bool) {
        let Some(stop) = self.stops().get(to).copied() else { return };
        let class = Classroom { asks: false, ..self.class };
        match stop.beat() {
            Some((lesson, beat, _)) => {
                self.view = View::Lessons;
                let plays = onward && !self.reduced && !stop.asks();
                self.go(Place { lesson: lesson.id, beat }, plays);
            }
            None => {
                self.leave();
                self.follow(&stop.link().write());
            }
        }
        self.class = class;
        if onward {
            self.ask_first();
        }
    }

    /// Holds a slide before it plays, if its class is to guess.
    pub(super) fn ask_first(&mut self) {
        self.class.asks = self.here().is_some_and(Stop::asks);
        if let (true, Some(place)) = (self.class.asks, self.place)
            && let Some((lesson, _)) = place.told()
        {
            (self.at, self.playing, self.until) = (lesson.from(place.beat, &self.trace), false, None);
        }
    }

    /// The class has guessed: what it was asked about is played, or stands there at once.
    fn answer(&mut self) {
        let still = self.reduced || matches!(self.here(), Some(Stop::Still(..)));
        self.replay();
        if let (true, Some(to)) = (still, self.until) {
            (self.at, self.playing) = (to, false);
        }
    }

    /// Plays the beat's part of its run, from where it was held if it was. All that follows belongs to other
    /// slides; only a beat that begins with nothing, or whose task is to watch, is played to the end.
    fn replay(&mut self) {
        self.class.asks = false;
        let Some((place, (lesson, beat))) = self.place.and_then(|place| Some((place, place.told()?))) else {
            return;
        };
        let Some(run) = beat.scene.run() else { return };
        let rests = run.moment.at(&self.trace);
        let begins = Some(lesson.from(place.beat, &self.trace)).filter(|&from| from < rests).unwrap_or(0);
        let alone = self.class.telling.plan().is_none();
        let watched = beat.task.as_ref().is_some_and(|task| matches!(task.deed, Deed::Watch));
        self.until = Some(rests).filter(|&rests| rests > 0 && !(alone && watched));
        let stop = self.until.unwrap_or_else(|| self.trace.end());
        self.at = if (begins..stop).contains(&self.at) { self.at } else { begins };
        self.playing = true;
        self.take += 1;
    }
}
