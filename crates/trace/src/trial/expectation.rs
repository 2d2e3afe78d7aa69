use crate::doctor::Cause;
use crate::live::Fault;

/// A fault, and what is to be expected of it. Browsers differ, so what was measured is kept for each.
#[derive(Clone, PartialEq, Debug)]
pub struct Expectation {
    /// Its name in the list, in English, as all its lines: they are said where they are shown.
    pub name: &'static str,
    /// What the companion's port does.
    pub fault: Fault,
    /// What the script does.
    pub act: Act,
    /// What the script learns, as [`Sight::line`](super::Sight::line) has it.
    pub script: Told<Vec<&'static str>>,
    /// What the wire shows, as [`Carried::line`](super::Carried) has it.
    pub wire: Told<Vec<&'static str>>,
    /// What the doctor says.
    pub doctor: Told<Cause>,
    /// Why the script may not know more, or what is to be learned from it.
    pub why: &'static str,
    /// Where that is laid down.
    pub source: Source,
}

/// What the script does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Act {
    /// Opens a WebSocket and waits.
    Listen,
    /// Opens one, says something and waits.
    Speak,
    /// Opens one, says something and hangs up once that has come back.
    SpeakAndLeave,
    /// Posts so many times, one after another.
    Post(u8),
}

impl Act {
    /// How long the script waits for the next thing to happen before it gives up, in microseconds.
    pub fn patience(self, fault: &Fault) -> u64 {
        match fault {
            Fault::CutIdle { after } | Fault::CutAfter { after } => after + 5_000_000,
            _ => 2_000_000,
        }
    }
}

/// The kinds of browser of which something was measured.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    /// Chromium 156, and whatever is built on Chromium.
    Chromium,
    /// Firefox ESR 153.
    Firefox,
}

impl Engine {
    /// The kind of a browser of this name; where nothing was measured, Chromium stands in.
    pub fn of(browser: &str) -> Self {
        if browser.contains("Firefox") { Self::Firefox } else { Self::Chromium }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
        }
    }
}

/// Something that was measured.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Told<T> {
    /// The same in every browser.
    Alike(T),
    /// In Chromium, and in Firefox.
    Each(T, T),
}

impl<T> Told<T> {
    /// What it is in a kind of browser.
    pub fn by(&self, engine: Engine) -> &T {
        match (self, engine) {
            (Self::Alike(it) | Self::Each(it, _), Engine::Chromium) => it,
            (Self::Alike(it) | Self::Each(_, it), Engine::Firefox) => it,
        }
    }
}

/// A place in a standard.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Source {
    /// Its name.
    pub name: &'static str,
    /// Its address.
    pub url: &'static str,
}
