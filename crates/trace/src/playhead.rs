//! How fast the playhead moves: pure arithmetic on a time, an elapsed time and a time map.

use tongue::say;

use crate::layout::TimeMap;

/// The pace of the player.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Speed {
    /// Twenty times slower than the network.
    Slow,
    /// What the picture shows in fifteen seconds, at an even pace down the page: where the axis is
    /// stretched the clock runs slower, too, and through collapsed silence it races.
    #[default]
    Fit,
    /// As fast as the network.
    Real,
}

impl Speed {
    /// Every speed, slowest first.
    pub const ALL: [Self; 3] = [Self::Slow, Self::Fit, Self::Real];

    /// The name in the select "Speed".
    pub fn name(self) -> &'static str {
        match self {
            Self::Slow => say!("Slow motion, 20 times slower"),
            Self::Fit => say!("Fit to 15 s"),
            Self::Real => say!("Real time"),
        }
    }

    /// The name in the select's values.
    pub fn id(self) -> &'static str {
        match self {
            Self::Slow => "slow",
            Self::Fit => "fit",
            Self::Real => "real",
        }
    }

    /// How long the whole of `map` takes to play, in microseconds.
    pub fn duration(self, map: &TimeMap) -> u64 {
        match self {
            Self::Slow => map.end() * SLOWER,
            Self::Fit => (FIT as f64 * pages(map)).round() as u64,
            Self::Real => map.end(),
        }
    }

    /// Where the playhead stands `elapsed` microseconds after it stood at `at`; never past the end.
    /// Rounded up: a picture of few microseconds moves on in every frame, too.
    pub fn advance(self, at: u64, elapsed: u64, map: &TimeMap) -> u64 {
        if elapsed == 0 {
            return at.min(map.end());
        }
        let next = match self {
            Self::Slow => at.saturating_add(elapsed.div_ceil(SLOWER)),
            Self::Real => at.saturating_add(elapsed),
            Self::Fit => {
                let pace = (map.y(map.end()) - map.y(0)) / (FIT as f64 * pages(map));
                let whole = map.exact_time(map.y(at) + pace * elapsed as f64).ceil() as u64;
                whole.max(at.saturating_add(1))
            }
        };
        next.min(map.end())
    }
}

/// How many times the height of the picture the whole run has.
fn pages(map: &TimeMap) -> f64 {
    let view = map.view();
    (map.y(map.end()) - map.y(0)) / (map.y(view.to) - map.y(view.from))
}

/// How many times slower slow motion is.
const SLOWER: u64 = 20;

/// How long a fitted picture takes to play, in microseconds.
const FIT: u64 = 15_000_000;
