//! What can happen to the store.

use tongue::Sentence;
use trace::chat::Turn;
use trace::compare::chooser::Answers;
use trace::playhead::Speed;
use trace::scenario::{Speaker, Transport, Workload};

use super::{
    CameraAction, ClassAction, CourseAction, DeskAction, FaultAction, ImportAction, Knob, Language,
    LiveAction, ParcelAction, SaveAction, StudyAction, Theme, TourAction, View,
};

/// What can happen to the store.
#[derive(Clone, PartialEq, Debug)]
pub enum Action {
    /// Starts, from zero if at the end.
    Play,
    /// Stops at this time.
    Pause(u64),
    /// Moves the playhead and stops.
    Seek(u64),
    /// The moving playhead has passed an event, or the end.
    Reached(u64),
    /// To the event before this time.
    StepBack(u64),
    /// To the event after this time.
    StepForward(u64),
    /// To zero, and plays.
    Restart,
    /// Sets the pace.
    Speed(Speed),
    /// Sets a lane's transport.
    Transport(usize, Transport),
    /// One more lane, with a transport that is not on the stage yet.
    AddLane,
    /// Takes a lane off the stage.
    RemoveLane(usize),
    /// Sets a knob, in the unit of its field; what it cannot use is refused.
    Knob(Knob, String),
    /// Sets the kind of conversation.
    Workload(Workload),
    /// Somebody says something now, at this time.
    Say(Speaker, String, u64),
    /// Selects an event, or nothing.
    Select(Option<usize>),
    /// Explains a field of the octets on show, or none.
    Field(Option<usize>),
    /// Shows another part of the page.
    View(View),
    /// Something with the tour.
    Tour(TourAction),
    /// Something on the workbench.
    Desk(DeskAction),
    /// Something in a lesson.
    Course(CourseAction),
    /// Something before a class.
    Class(ClassAction),
    /// Something with a card, a question or the progress.
    Study(StudyAction),
    /// Something about what is looked at.
    Camera(CameraAction),
    /// Shows or hides a lane's code.
    Code(usize),
    /// Turns single-key shortcuts on or off.
    Shortcuts(bool),
    /// Something with a parcel of the program.
    Parcel(ParcelAction),
    /// Sets the colours.
    Theme(Theme),
    /// The words of this language are being fetched.
    Learn(Language),
    /// They could not be had: why, and what to do.
    Unlearnt(Sentence),
    /// This language is spoken from now on.
    Language(Language),
    /// Tells the visitor something.
    Notice(Sentence),
    /// Makes marks jump, or travel.
    Reduced(bool),
    /// Something about a live run.
    Live(LiveAction),
    /// Something about a file of others.
    Import(ImportAction),
    /// Something about how the run is saved.
    Save(SaveAction),
    /// Sets the transport of a lane of the chat.
    ChatOver(usize, Transport),
    /// Something happened in the chat.
    Chat(Turn),
    /// Something in the fault lab.
    Fault(FaultAction),
    /// Forgets what the visitor added.
    Forget,
    /// Brings the Lab back to where it was at first.
    Reset,
    /// Opens a link.
    Open(String),
    /// Opens a file with a link of any length.
    File(Vec<u8>),
    /// Answers the chooser's questions.
    Answer(Answers),
    /// Has the chooser run what they are answered with.
    Ask,
    /// Asks for the meaning of the term with this id, or for all terms.
    Term(Option<&'static str>),
    /// Takes the notice away.
    Dismiss,
}
