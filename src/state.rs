//! The one store: what the page shows is a pure function of this.

use std::rc::Rc;

mod action;
mod address;
mod camera;
mod chat;
mod classroom;
mod counts;
mod course;
mod desk;
mod endpoint;
mod faults;
mod import;
mod knob;
mod lanes;
mod language;
mod live;
mod parcel;
mod save;
mod study;
mod theme;
mod tour;

pub use action::Action;
pub use camera::{Camera, CameraAction};
pub use chat::ChatDesk;
pub use classroom::{ClassAction, Classroom};
pub use counts::MOST_REPEATS;
pub use course::{CourseAction, Parked, Place};
pub use desk::{DeskAction, View};
pub use endpoint::{Endpoint, PRESETS, Preset};
pub use faults::{FaultAction, Faults};
pub use import::{Import, ImportAction, Imports, Reading};
pub use knob::{Knob, Refused};
pub use language::Language;
pub use live::{Live, LiveAction, Recording, Source};
pub use parcel::{Parcel, ParcelAction, Waiting};
pub use save::{Form, SaveAction, Saving, Way, file_name};
pub use study::{Quiz, Shelf, Study, StudyAction};
pub use theme::Theme;
pub use tour::{Part, STOPS, Stop, Tour, TourAction};

use tongue::{Sentence, say, word};
use trace::compare::chooser::Answers;
use trace::fragment;
use trace::playhead::Speed;
use trace::progress::Progress;
use trace::scenario::{Scenario, Speaker, Utterance, Workload};
use trace::trace::Trace;
use trace::workbench::Desk;
use yew::Reducible;

/// Everything that the page shows depends on.
#[derive(Clone, PartialEq)]
pub struct State {
    /// What is played.
    pub scenario: Scenario,
    /// The run on the stage.
    pub trace: Rc<Trace>,
    /// The playhead, in microseconds. While playing: as of the last event that it passed.
    pub at: u64,
    /// Whether the playhead moves.
    pub playing: bool,
    /// Counts the starts: another one begins at `at`, wherever the playhead has been.
    pub take: u32,
    /// How fast.
    pub speed: Speed,
    /// The selected event: its place in the trace.
    pub selected: Option<usize>,
    /// The field of the octets on show that is explained: its place among the unit's fields.
    pub field: Option<usize>,
    /// The part of the page that is shown.
    pub view: View,
    /// The workbench.
    pub desk: Desk,
    /// Where the lesson stands that is told.
    pub place: Option<Place>,
    /// To whom the page speaks.
    pub class: Classroom,
    /// Whether it stands within another page: the stage alone, with its player.
    pub embedded: bool,
    /// The card or question that is open.
    pub study: Option<Study>,
    /// Which list the page of lessons shows.
    pub shelf: Shelf,
    /// What the learner has done.
    pub progress: Progress,
    /// Where the moving playhead is to stop: at the moment of a lesson's beat.
    pub until: Option<u64>,
    /// What the chooser's questions are answered with, and the answers that it was last run with: kept here,
    /// so that a blank screen or another view costs nobody theirs.
    pub answers: Answers,
    /// See `answers`.
    pub asked: Option<Answers>,
    /// The Lab's own scenario and what lies on the visitor's own workbench, while a lesson has both.
    pub parked: Option<Parked>,
    /// What is to happen once the parcel is there that it needs.
    pub awaited: Waiting,
    /// What of the picture is looked at.
    pub camera: Camera,
    /// Which lanes show their code.
    pub code: Vec<usize>,
    /// How far the visitor is with the tour.
    pub tour: Tour,
    /// Whether single keys control the player.
    pub shortcuts: bool,
    /// The term of the glossary whose meaning was asked for, by its id.
    pub term: Option<&'static str>,
    /// What the page speaks.
    pub language: Language,
    /// The language whose words are being fetched.
    pub learning: Option<Language>,
    /// Light, dark, or as the system is.
    pub theme: Theme,
    /// Whether marks jump from event to event instead of travelling.
    pub reduced: bool,
    /// The live side: server, runs, what they brought.
    pub live: Live,
    /// Files of others.
    pub imports: Imports,
    /// How what is on the stage is saved.
    pub saving: Saving,
    /// Two people at this page, over two transports.
    pub chat: ChatDesk,
    /// The fault lab.
    pub faults: Faults,
    /// What the visitor should know: a bad link, a full script.
    pub notice: Option<Sentence>,
    /// What knobs could not use, each as it was typed.
    pub refused: Vec<Refused>,
}

impl Default for State {
    fn default() -> Self {
        Self::open("")
    }
}

impl State {
    /// What the stage shows a run of: the knobs' conversation, the one that was recorded, or a file's.
    pub fn shown(&self) -> &Scenario {
        let recorded = self.recording().map(|recording| &recording.scenario);
        recorded.or(self.import().map(|import| &import.scenario)).unwrap_or(&self.scenario)
    }

    /// Whether the finished picture is shown.
    pub fn at_rest(&self) -> bool {
        !self.playing && self.at >= self.trace.end()
    }

    /// The time of the step before `at`, or zero.
    fn step_before(&self, at: u64) -> u64 {
        self.trace.steps().into_iter().rev().find(|&step| step < at).unwrap_or(0)
    }

    /// The time of the step after `at`, or the end.
    fn step_after(&self, at: u64) -> u64 {
        self.trace.steps().into_iter().find(|&step| step > at).unwrap_or_else(|| self.trace.end())
    }

    /// Plays another scenario; the picture stays at rest if it was, and at its time otherwise.
    fn play(&mut self, scenario: Scenario) {
        let resting = self.at_rest();
        self.trace = Rc::new(trace::sim::simulate(&scenario));
        self.scenario = scenario;
        // What was recorded stays, but it is no longer what the knobs say; nor is what stood in the way of a run.
        (self.live.source, self.live.problem) = (Source::Simulated, None);
        (self.selected, self.field) = (None, None);
        self.at = if resting { self.trace.end() } else { self.at.min(self.trace.end()) };
    }

    /// The Lab's first state. What the visitor likes and needs stays: colours, motion, keys, the server, a run
    /// and a file under way, the chat, and the workbench.
    fn first(&self) -> Self {
        let Live { endpoint, running, fresh, status, instrument, .. } = self.live.clone();
        Self {
            theme: self.theme,
            language: self.language,
            learning: self.learning,
            embedded: self.embedded,
            reduced: self.reduced,
            shortcuts: self.shortcuts,
            tour: self.tour,
            desk: self.desk.clone(),
            chat: self.chat.clone(),
            progress: self.progress.clone(),
            answers: self.answers,
            asked: self.asked,
            take: self.take,
            awaited: Waiting::none_after(&self.awaited),
            live: Live { endpoint, running, fresh, status, instrument, ..Live::default() },
            imports: Imports { opened: None, ..self.imports.clone() },
            ..Self::default()
        }
    }

    /// Shows another part of the page.
    fn turn_to(&mut self, view: View) {
        self.playing = false;
        if self.view == View::Lessons {
            self.leave();
        }
        (self.view, self.field, self.class) = (view, None, Classroom::default());
        // Whoever goes elsewhere no longer waits to be somewhere.
        self.awaited.action = None;
    }

    fn say(&mut self, from: Speaker, text: &str, at: u64) {
        let text: String = text.split(['\r', '\n']).collect::<Vec<_>>().join(" ");
        let text = text.trim();
        if text.is_empty() {
            self.notice = Some(Sentence::text(word!("Write a message first; then press Send.")));
            return;
        }
        if text.len() > fragment::LONGEST {
            let length = text.len();
            self.notice = Some(Sentence::of(move || {
                say!("A message may have {} octets; this has {}. Shorten it.", fragment::LONGEST, length)
            }));
            return;
        }
        // Where there is a field to speak in, anybody may speak up, even if by now the knobs say echo.
        let mut scenario = match self.scenario.workload.is_open() {
            true => self.scenario.clone(),
            false => self.scenario.clone().turned_to(Workload::Chat),
        };
        let at = at.min(scenario.leaves_at());
        if scenario.added.len() >= fragment::MOST_ADDED || at > fragment::LATEST {
            self.notice = Some(Sentence::text(word!(
                "The script is full. Press “Forget what was added” to start over."
            )));
            return;
        }
        scenario.added.push(Utterance { at, from, text: text.to_owned() });
        self.play(scenario);
        self.at = at;
        (self.playing, self.until) = (true, None);
        self.take += 1;
        self.notice = None;
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        if let Some(waiting) = self.put_off(&action) {
            return waiting;
        }
        let mut next = (*self).clone();
        let sought = matches!(action, Action::Seek(_));
        match action {
            Action::Play => {
                next.until = None;
                next.at = if next.at >= next.trace.end() { 0 } else { next.at };
                next.take += u32::from(!next.playing);
                next.playing = true;
            }
            Action::Pause(at) | Action::Seek(at) => {
                next.at = at.min(next.trace.end());
                next.playing = false;
            }
            // A last frame of a playhead that has been stopped since must not move the picture.
            Action::Reached(_) if !next.playing => {}
            Action::Reached(at) => {
                let stop = next.until.unwrap_or(u64::MAX).min(next.trace.end());
                next.at = at.min(stop);
                next.playing = next.at < stop;
            }
            Action::StepBack(at) => (next.at, next.playing) = (self.step_before(at), false),
            Action::StepForward(at) => (next.at, next.playing) = (self.step_after(at), false),
            Action::Restart => {
                (next.at, next.playing, next.until) = (0, true, None);
                next.take += 1;
            }
            Action::Speed(speed) => next.speed = speed,
            Action::Transport(lane, transport) => {
                let mut scenario = next.scenario.clone();
                if let Some(known) = scenario.lanes.get_mut(lane) {
                    *known = transport;
                }
                next.play(scenario);
            }
            Action::AddLane => next.add_lane(),
            Action::RemoveLane(lane) => next.remove_lane(lane),
            Action::Knob(knob, text) => next.knob(knob, &text),
            Action::Workload(workload) => {
                let scenario = Scenario { added: Vec::new(), ..next.scenario.clone() };
                next.play(scenario.turned_to(workload));
            }
            Action::Say(from, text, at) => next.say(from, &text, at),
            Action::Select(selected) => {
                next.selected = selected.filter(|&it| it < next.trace.events().len());
                next.field = None;
            }
            Action::Field(field) => next.field = field,
            Action::View(view) => next.turn_to(view),
            Action::Tour(action) => next.tour(action),
            Action::Course(action) => next.course(action),
            Action::Class(action) => next.class(action),
            Action::Study(action) => next.study(action),
            Action::Desk(action) => next.desk(action),
            Action::Camera(action) => next.camera(action),
            Action::Code(lane) => match next.code.iter().position(|&shown| shown == lane) {
                Some(place) => drop(next.code.remove(place)),
                None => next.code.push(lane),
            },
            Action::Shortcuts(on) => next.shortcuts = on,
            Action::Parcel(action) => return self.parcel(action),
            Action::Theme(theme) => next.theme = theme,
            Action::Learn(language) => next.learning = Some(language),
            Action::Unlearnt(sentence) => (next.learning, next.notice) = (None, Some(sentence)),
            // What is on the page is drawn anew; what the workbench keeps is in words.
            Action::Language(language) => {
                (next.language, next.learning) = (language, None);
                next.desk.make();
                next.playing = false;
            }
            Action::Notice(notice) => next.notice = Some(notice),
            Action::Reduced(reduced) => next.reduced = reduced,
            Action::Live(action) => next.live(action),
            Action::Import(action) => next.bring(action),
            Action::Save(action) => next.save(action),
            Action::ChatOver(lane, transport) => next.chat.choose(lane, transport),
            Action::Chat(turn) => next.chat.chat.take(turn),
            Action::Fault(action) => next.fault(action),
            Action::Forget => {
                let scenario = Scenario { added: Vec::new(), ..next.scenario.clone() };
                next.play(scenario);
                next.notice = None;
            }
            Action::Reset => next = self.first(),
            Action::Open(fragment) => next.follow(&fragment),
            Action::File(octets) => match address::of_file(&octets) {
                Ok(fragment) => next.follow(fragment),
                Err(sentence) => next.notice = Some(Sentence::text(sentence)),
            },
            Action::Answer(answers) => next.answers = answers,
            Action::Ask => next.asked = Some(next.answers),
            Action::Term(term) => next.term = term,
            Action::Dismiss => next.notice = None,
        }
        next.tour_on();
        next.look_on(&self, sought);
        next.saved_of(&self);
        next.choose_no_more(&self);
        next.into()
    }
}
