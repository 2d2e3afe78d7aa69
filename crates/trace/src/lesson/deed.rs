//! What a beat asks the visitor to do, and how the page knows that it was done.

use super::pick::Pick;
use super::words::Words;
use super::{Beat, Scene, Seen};
use crate::scenario::{Scenario, Speaker};
use crate::workbench::{Bench, Desk};

/// Something to do, and what it shows.
#[derive(Debug)]
pub struct Task {
    /// What to do, by the names of the page's controls; what stands between back quotes is code.
    pub say: &'static str,
    /// The same for the page.
    pub deed: Deed,
    /// What is told once it is done, of what is then to be seen.
    pub learned: Words,
}

/// What the page can see that somebody did. Only one thing may differ from the beat's own scene, so
/// that what is told about it afterwards holds.
#[derive(Clone, Copy, Debug)]
pub enum Deed {
    /// The playhead was moved to the end.
    Watch,
    /// This field was chosen: of the beat's event, or of any unit of its octets.
    Field(&'static str),
    /// This event was selected.
    Select(Pick),
    /// The scenario was changed like this.
    Set(fn(&mut Scenario)),
    /// This speaker was made to say something, once or more often.
    Speak(Speaker),
    /// What lies on the workbench was changed like this.
    Change(fn(&mut Bench)),
    /// The workbench has made what was asked for, one way or another.
    Make {
        /// Whether it has.
        so_that: fn(&Desk) -> bool,
        /// One way of doing it.
        such_as: fn(&mut Bench),
    },
}

impl Task {
    /// Whether it can be done before a class, where nothing is to be seen but `scene`: none of the page's
    /// knobs, and of a run no octets.
    pub fn fits_a_slide(&self, scene: &Scene) -> bool {
        match self.deed {
            Deed::Watch | Deed::Select(_) => true,
            Deed::Field(_) => matches!(scene, Scene::Octets(_)),
            Deed::Set(_) | Deed::Speak(_) | Deed::Change(_) | Deed::Make { .. } => false,
        }
    }

    /// What it asks, in the language that is spoken, without what to do at a screen: for paper. Nothing
    /// where it only says what to do.
    pub fn question(&self) -> Option<String> {
        let said = tongue::say(self.say);
        let mut asked = Vec::new();
        let (mut from, mut letters) = (0, said.char_indices().peekable());
        while let Some((at, letter)) = letters.next() {
            let ends = match letter {
                '?' | '？' | '。' => true,
                // Not the one of "HTTP/1.1".
                '.' => letters.peek().is_none_or(|(_, next)| next.is_whitespace()),
                _ => false,
            };
            if ends {
                let sentence = said.get(from..at + letter.len_utf8()).unwrap_or_default();
                from = at + letter.len_utf8();
                if matches!(letter, '?' | '？') {
                    asked.push(sentence.trim());
                }
            }
        }
        (!asked.is_empty()).then(|| asked.join(" "))
    }
}

impl Deed {
    pub(super) fn is_done(self, beat: &Beat, seen: &Seen) -> bool {
        match beat.scene {
            Scene::Run(run) => self.is_done_on_stage((run.scenario)(), beat, seen),
            Scene::Octets(bench) => match self {
                Self::Field(name) => seen.field == Some(name) && beat.scene.is_set(seen),
                Self::Change(change) => {
                    let mut own = bench();
                    change(&mut own);
                    own.is_alike(&seen.desk.bench)
                }
                Self::Make { so_that, .. } => so_that(seen.desk),
                _ => false,
            },
        }
    }

    fn is_done_on_stage(self, mut own: Scenario, beat: &Beat, seen: &Seen) -> bool {
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
            Self::Change(_) | Self::Make { .. } => false,
        };
        done && *seen.scenario == own
    }
}
