//! Lessons: runs told in beats of one idea each. Data, and the little that reads it.
//!
//! A [`Beat`] names a scenario, a moment of its run, what is selected and lit there, and what is told
//! of it. No figure is typed: [`Words`] have gaps, and a [`Figure`](words::Figure) fills each from the
//! trace. A beat may ask the visitor to do something; [`Task`] knows whether it was done, and what is
//! then to be seen. Absent on purpose: how any of it looks, and who runs the scenario.

mod cost;
mod hang_up;
mod life;
pub mod pick;
pub mod plan;
mod reading;
mod request;
pub mod telling;
mod who_first;
pub mod words;

use crate::exhibit;
use crate::scenario::{Scenario, Speaker};
use crate::trace::Trace;
use pick::Pick;
use words::Words;

/// A few beats on one question.
#[derive(Debug)]
pub struct Lesson {
    /// Its name in a link.
    pub id: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// What it is about, in one line.
    pub about: &'static str,
    /// Its beats, in order.
    pub beats: &'static [Beat],
}

/// One idea, and the picture that shows it.
#[derive(Debug)]
pub struct Beat {
    /// The idea, in a few words.
    pub idea: &'static str,
    /// What is played.
    pub scenario: fn() -> Scenario,
    /// Where the playhead rests.
    pub moment: Moment,
    /// Whether the page plays up to the moment, rather than jumping to it; see [`Lesson::from`].
    pub plays: bool,
    /// Which event is selected.
    pub pick: Option<Pick>,
    /// Which field of its octets is lit, by its name.
    pub field: Option<&'static str>,
    /// What is told of the beat's own run.
    pub tell: Words,
    /// Where the claims can be read: "RFC 9112 section 9.3".
    pub sections: &'static [&'static str],
    /// Something to do.
    pub task: Option<Task>,
}

/// A time of a run, whatever its length.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Moment {
    /// Zero.
    Start,
    /// When nothing more happens.
    End,
    /// When the first octet of an event leaves, or somebody speaks.
    Leaves(Pick),
    /// When the last octet of an event has arrived.
    Arrives(Pick),
}

/// Something to do, and what it shows.
#[derive(Debug)]
pub struct Task {
    /// What to do, by the names of the page's controls; what stands between back quotes is code.
    pub say: &'static str,
    /// The same for the page.
    pub deed: Deed,
    /// What is told once it is done, of the run that is then on the stage.
    pub learned: Words,
}

/// What the page can see that somebody did. Only one thing may differ from the beat's own scenario, so
/// that what is told about it afterwards holds.
#[derive(Clone, Copy, Debug)]
pub enum Deed {
    /// The playhead was moved to the end.
    Watch,
    /// This field of the beat's event was chosen.
    Field(&'static str),
    /// This event was selected.
    Select(Pick),
    /// The scenario was changed like this.
    Set(fn(&mut Scenario)),
    /// This speaker was made to say something, once or more often.
    Speak(Speaker),
}

/// What is on the stage.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// What is played.
    pub scenario: &'a Scenario,
    /// Its run.
    pub trace: &'a Trace,
    /// The playhead, in microseconds.
    pub at: u64,
    /// The selected event: its place in the trace.
    pub selected: Option<usize>,
    /// The name of the field that is explained.
    pub field: Option<&'a str>,
}

/// Every lesson, in the order in which they are best taken.
pub fn all() -> [&'static Lesson; 5] {
    [&request::LESSON, &hang_up::LESSON, &life::LESSON, &who_first::LESSON, &cost::LESSON]
}

/// The lesson with this [`id`](Lesson::id).
pub fn named(id: &str) -> Option<&'static Lesson> {
    all().into_iter().find(|lesson| lesson.id == id)
}

impl Lesson {
    /// Where the playhead starts on entering a beat, whose run is `trace`: at the moment of the beat
    /// before, if that is an earlier one of the same scenario, or else at zero. A beat that does not
    /// play starts where it rests.
    pub fn from(&self, place: usize, trace: &Trace) -> u64 {
        let Some(beat) = self.beats.get(place) else { return 0 };
        let rests = beat.moment.at(trace);
        if !beat.plays {
            return rests;
        }
        let before = place.checked_sub(1).and_then(|before| self.beats.get(before));
        let same = before.filter(|before| (before.scenario)() == (beat.scenario)());
        same.map(|before| before.moment.at(trace)).filter(|&at| at < rests).unwrap_or(0)
    }
}

impl Beat {
    /// The event that is selected: its place in the beat's own run.
    pub fn selected(&self, trace: &Trace) -> Option<usize> {
        self.pick?.place(trace)
    }

    /// The field that is lit: its place among those of the selected event's octets.
    pub fn lit(&self, trace: &Trace) -> Option<usize> {
        let name = self.field?;
        let event = trace.events().get(self.selected(trace)?)?;
        let (dissection, place) = exhibit::of_event(trace, event)?;
        dissection.exhibits.get(place)?.fields.iter().position(|field| field.name == name)
    }

    /// Whether what is to be done here has been done.
    pub fn is_done(&self, seen: &Seen) -> bool {
        self.task.as_ref().is_some_and(|task| task.deed.is_done(self, seen))
    }

    /// What is told of what is on the stage: the beat's own words for its own run, what was learned
    /// once the task is done, and nothing of any other run.
    pub fn says(&self, seen: &Seen) -> Option<String> {
        match &self.task {
            Some(task) if task.deed.is_done(self, seen) => Some(task.learned.told(seen.trace)),
            _ => (*seen.scenario == (self.scenario)()).then(|| self.tell.told(seen.trace)),
        }
    }
}

impl Moment {
    /// The time in this run, in microseconds.
    pub fn at(self, trace: &Trace) -> u64 {
        match self {
            Self::Start => 0,
            Self::End => trace.end(),
            Self::Leaves(pick) => pick.leaves(trace),
            Self::Arrives(pick) => pick.arrives(trace),
        }
    }
}

impl Deed {
    fn is_done(self, beat: &Beat, seen: &Seen) -> bool {
        let mut own = (beat.scenario)();
        let done = match self {
            Self::Watch => seen.at >= seen.trace.end(),
            Self::Field(name) => {
                seen.field == Some(name)
                    && seen.selected.is_some()
                    && seen.selected == beat.selected(seen.trace)
            }
            Self::Select(pick) => seen.selected.is_some() && seen.selected == pick.place(seen.trace),
            Self::Set(change) => {
                change(&mut own);
                true
            }
            Self::Speak(speaker) => {
                let added = seen.scenario.added.get(own.added.len()..).unwrap_or_default();
                own.added.extend_from_slice(added);
                !added.is_empty() && added.iter().all(|it| it.from == speaker)
            }
        };
        done && *seen.scenario == own
    }
}
