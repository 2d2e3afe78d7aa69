//! What is under way at a moment: where the playhead's line crosses the bands.

use super::{Scene, Tone};
use crate::order;

/// A unit under way.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Traveller {
    /// Where it is between the lifelines.
    pub x: f64,
    /// What it is told by.
    pub tone: Tone,
    /// Whether the client sent it.
    pub upward: bool,
}

impl Traveller {
    /// Its outline around where it is, as an SVG path that points the way.
    pub fn outline(&self) -> &'static str {
        match (self.tone, self.upward) {
            (Tone::Message, true) => "M-7,-4.5h8l5,4.5l-5,4.5h-8z",
            (Tone::Message, false) => "M7,-4.5h-8l-5,4.5l5,4.5h8z",
            (Tone::Bare | Tone::Tls, true) => "M-4,-4.5l9,4.5l-9,4.5z",
            (Tone::Bare | Tone::Tls, false) => "M4,-4.5l-9,4.5l9,4.5z",
            (Tone::Tcp, true) => "M-2,-3.5l4,3.5l-4,3.5",
            (Tone::Tcp, false) => "M2,-3.5l-4,3.5l4,3.5",
        }
    }
}

/// The bands of a scene, so kept that those at one height are found at once.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Travellers {
    ways: Vec<Way>,
    /// The lowest arrival of all ways up to here.
    reach: Vec<f64>,
}

/// From departure to arrival; first octet and last arrive.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Way {
    departs: f64,
    arrives: [f64; 2],
    x: [f64; 2],
    tone: Tone,
    upward: bool,
}

impl Travellers {
    /// What travels in a scene. A band whose departure or arrival nobody saw has no place in between.
    pub fn of(scene: &Scene) -> Self {
        let seen = scene.bands.iter().filter(|band| band.unseen == [false, false]);
        let ways = seen.map(|band| Way {
            departs: band.from[0],
            arrives: band.to,
            x: band.x,
            tone: band.tone,
            upward: band.upward,
        });
        let ways: Vec<Way> = ways.collect();
        let least = ways.iter().map(|way| way.departs).fold(0.0, f64::min);
        let ways = order::sorted(ways, |way| ((way.departs - least) * 1_000.0) as u64);
        let mut lowest = f64::NEG_INFINITY;
        let reach = ways.iter().map(|way| {
            lowest = lowest.max(way.arrives[1]);
            lowest
        });
        Self { reach: reach.collect(), ways }
    }

    /// What is under way at height `y`: the latest to depart first, at most [`MOST_TRAVELLERS`]. What
    /// departs at `y` is not yet.
    pub fn at(&self, y: f64) -> Vec<Traveller> {
        let until = self.ways.partition_point(|way| way.departs < y);
        let near = (0..until).rev().take_while(|&place| self.reach[place] >= y);
        let under_way = near.map(|place| self.ways[place]).filter(|way| way.arrives[1] >= y);
        let traveller = |way: Way| {
            let (run, height) = (way.x[1] - way.x[0], way.arrives[0] - way.departs);
            // The first octet may be there while the last still comes.
            let part = if height > 0.0 { ((y - way.departs) / height).min(1.0) } else { 1.0 };
            Traveller { x: way.x[0] + run * part, tone: way.tone, upward: way.upward }
        };
        under_way.map(traveller).take(MOST_TRAVELLERS).collect()
    }
}

/// How many marks travel on one lane at most.
pub const MOST_TRAVELLERS: usize = 24;
