//! The address of what is shown: the store from a link, and a link from the store.

use std::rc::Rc;

use tongue::{Sentence, say, word};
use trace::card;
use trace::compare::chooser::Answers;
use trace::fragment::{self, Complaint, Link, Page};
use trace::layout::Sight;
use trace::playhead::Speed;
use trace::progress::Progress;
use trace::scenario::Scenario;
use trace::workbench::{Bench, Desk};

use super::{
    Action, Camera, ChatDesk, Classroom, Faults, Imports, Language, Live, Parcel, Place, Quiz, Saving, Shelf,
    Source, State, Study, Theme, Tour, View, Waiting,
};

impl State {
    /// The state that a URL fragment describes; it lands paused on the link's frame.
    pub fn open(address: &str) -> Self {
        if Parcel::of_link(address).is_some() {
            let action = Some(Box::new(Action::Open(address.to_owned())));
            let awaited = Waiting { action, ..Waiting::default() };
            return Self { awaited, ..Self::of(Link::default()) };
        }
        let (link, mut complaints) = Link::read(address);
        let selected = link.selected;
        let state = Self::of(link);
        if let Some(beyond) = selected.filter(|&place| place >= state.trace.events().len()) {
            let (name, value) = ("event".to_owned(), beyond.to_string());
            complaints.push(Complaint { name, value, expected: fragment::EVENT });
        }
        let notice = (!complaints.is_empty()).then(|| Sentence::of(move || unusable(&complaints)));
        Self { notice, ..state }
    }

    /// The state in which `scenario` is played, and nothing else has been chosen.
    pub fn playing(scenario: Scenario) -> Self {
        Self::of(Link { scenario, ..Link::default() })
    }

    fn of(link: Link) -> Self {
        let trace = Rc::new(trace::sim::simulate(&link.scenario));
        let at = link.at.unwrap_or(u64::MAX).min(trace.end());
        let selected = link.selected.filter(|&selected| selected < trace.events().len());
        let camera = Camera::of(link.sight, trace.end());
        let view = match &link.page {
            Page::Lab => View::Lab,
            Page::Lessons(_) | Page::Cards(_) | Page::Questions(_) => View::Lessons,
            Page::Workbench(_) => View::Workbench,
            Page::Compare => View::Compare,
            Page::Teach => View::Teach,
            Page::Join => View::Join,
        };
        let shelf = match &link.page {
            Page::Cards(_) => Shelf::Cards,
            Page::Questions(_) => Shelf::Questions,
            _ => Shelf::Lessons,
        };
        let bench = match &link.page {
            Page::Workbench(bench) => bench.clone(),
            _ => Bench::default(),
        };
        let mut state = Self {
            scenario: link.scenario,
            trace,
            at,
            playing: false,
            take: 0,
            speed: Speed::default(),
            selected,
            field: link.field,
            view,
            desk: Desk::of(bench),
            place: None,
            class: Classroom { telling: link.telling, ..Classroom::default() },
            embedded: false,
            study: None,
            shelf,
            progress: Progress::default(),
            until: None,
            answers: Answers::default(),
            asked: None,
            parked: None,
            awaited: Waiting::default(),
            camera,
            code: Vec::new(),
            tour: Tour::default(),
            shortcuts: true,
            theme: Theme::default(),
            term: None,
            language: Language::default(),
            learning: None,
            reduced: false,
            live: Live::default(),
            imports: Imports::default(),
            saving: Saving::default(),
            chat: ChatDesk::default(),
            faults: Faults::default(),
            notice: None,
            refused: Vec::new(),
        };
        match link.page {
            Page::Lessons(Some((lesson, beat))) => {
                if let Some(place) = Place::named(&lesson, beat) {
                    state.go(place, false);
                }
            }
            Page::Cards(Some(id)) => {
                if let Some(card) = card::named(&id) {
                    state.open_study(Study::Card(card.id, None));
                }
            }
            Page::Questions(Some((kind, seed))) => state.ask(kind, seed),
            _ => {}
        }
        state.ask_first();
        state
    }

    /// Opens a link in place: what is not in it stays as the visitor has set it.
    pub(super) fn follow(&mut self, fragment: &str) {
        let mut opened = Self::open(fragment);
        let own = match self.parked.take() {
            Some(parked) => Desk::of(parked.bench),
            None => self.desk.clone(),
        };
        match &mut opened.parked {
            Some(parked) => parked.bench = own.bench,
            None if opened.view != View::Workbench => opened.desk = own,
            None => {}
        }
        *self = Self {
            code: std::mem::take(&mut self.code),
            awaited: Waiting { asked: self.awaited.asked, ..opened.awaited },
            // What somebody links to is not for being shown round.
            tour: if self.tour == Tour::Offered { Tour::Away } else { self.tour },
            shortcuts: self.shortcuts,
            speed: self.speed,
            theme: self.theme,
            language: self.language,
            learning: self.learning,
            take: self.take,
            embedded: self.embedded,
            reduced: self.reduced,
            live: Live { source: Source::Simulated, ..self.live.clone() },
            imports: self.imports.clone(),
            chat: self.chat.clone(),
            progress: self.progress.clone(),
            answers: self.answers,
            asked: self.asked,
            ..opened
        };
    }

    /// The link to the place that is shown: a view, a lesson, a card or a question, and to whom it is told. Steps
    /// of a lesson, knobs and the playhead are no places of their own, so that Back leads from place to place.
    pub fn spot(&self) -> String {
        let page = match self.page() {
            Page::Lessons(Some((lesson, _))) => Page::Lessons(Some((lesson, 0))),
            Page::Workbench(_) => Page::Workbench(Bench::default()),
            page => page,
        };
        Link { page, telling: self.class.telling, ..Link::default() }.write()
    }

    /// Whether a file holds such a link, and nothing else.
    pub fn is_link(octets: &[u8]) -> bool {
        of_file(octets).is_ok()
    }

    /// Whether a list of lessons, cards or questions is shown, and nothing on it is open.
    pub fn is_shelf(&self) -> bool {
        self.view == View::Lessons && self.place.is_none() && self.study.is_none()
    }

    fn page(&self) -> Page {
        match self.view {
            View::Lab => Page::Lab,
            View::Lessons if self.shelf == Shelf::Cards => Page::Cards(match &self.study {
                Some(Study::Card(id, _)) => Some((*id).to_owned()),
                _ => None,
            }),
            View::Lessons if self.shelf == Shelf::Questions => Page::Questions(match &self.study {
                Some(Study::Question(Quiz { question, .. })) => Some((question.kind, question.seed)),
                _ => None,
            }),
            View::Lessons => Page::Lessons(self.place.map(|place| (place.lesson.to_owned(), place.beat))),
            View::Workbench => Page::Workbench(self.desk.bench.clone()),
            View::Compare => Page::Compare,
            View::Teach => Page::Teach,
            View::Join => Page::Join,
        }
    }

    /// The link to this frame.
    pub fn link(&self) -> Link {
        // No link holds a file: what is looked at of it is nowhere else.
        let linked = self.import().is_none();
        let at = Some(self.at).filter(|&at| linked && at < self.trace.end());
        let page = self.page();
        let sight = Sight { view: self.camera.sight.view.filter(|_| linked), ..self.camera.sight };
        let telling = self.class.telling;
        Link {
            scenario: self.scenario.clone(),
            sight,
            at,
            selected: self.selected.filter(|_| linked),
            field: self.field.filter(|_| linked),
            page,
            telling,
        }
    }
}

/// What of a link could not be used, and what to do.
fn unusable(complaints: &[Complaint]) -> String {
    let mut told: Vec<String> = complaints.iter().take(MOST_COMPLAINTS).map(ToString::to_string).collect();
    let more = complaints.len() - told.len();
    if more > 0 {
        told.push(say!("and {} more", more));
    }
    say!(
        "A part of this link cannot be used, and what is usual stands in its place. Was the link copied whole? It says {}",
        told.join(say("; "))
    )
}

/// The link in a file: the page once saved such, and whoever has none but a link may open it so.
///
/// # Errors
/// A sentence for the visitor, in English: the file is none of those.
pub(super) fn of_file(octets: &[u8]) -> Result<&str, &'static str> {
    let text = std::str::from_utf8(octets).ok().map(str::trim);
    // A run as JSON has a link in it, too.
    let link = text.filter(|text| text.len() <= LARGEST && text.contains('=') && !text.starts_with('{'));
    link.filter(|text| text.bytes().all(|octet| octet.is_ascii_graphic()))
        .ok_or(word!("That file holds no run of this page; “Save as…” writes one as JSON."))
}

/// No file of a run is larger, in octets: fifty messages, each octet of them escaped, and some more.
const LARGEST: usize = 65_536;

/// How much of what is wrong with a link is told.
const MOST_COMPLAINTS: usize = 3;
