//! Boxes that text fills, and what else no text may lie on.

use super::label::{Anchor, Label};

/// A box that text fills, or something that no text may lie on.
#[derive(Clone, Copy)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Area {
    pub(super) fn new(left: f64, top: f64, right: f64, bottom: f64) -> Self {
        Self { left, top, right, bottom }
    }

    pub(super) fn of(x: f64, y: f64, anchor: Anchor, width: f64) -> Self {
        let left = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        Self::new(left, y - ASCENT, left + width, y + DESCENT)
    }

    pub(super) fn of_label(label: &Label) -> Self {
        Self::of(label.x, label.y, label.anchor, width(&label.text))
    }

    /// The part of a line that lies in the box: where it enters and leaves, as shares of its length.
    pub(super) fn crossed_by(&self, [from, to]: [(f64, f64); 2]) -> Option<[f64; 2]> {
        let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
        for (at, way, low, high) in
            [(from.0, to.0 - from.0, self.left, self.right), (from.1, to.1 - from.1, self.top, self.bottom)]
        {
            if way == 0.0 {
                if at <= low || at >= high {
                    return None;
                }
                continue;
            }
            let (a, b) = ((low - at) / way, (high - at) / way);
            (enters, leaves) = (enters.max(a.min(b)), leaves.min(a.max(b)));
        }
        (enters < leaves).then_some([enters, leaves])
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// About the width of `text` on the picture.
pub(super) fn width(text: &str) -> f64 {
    let one = |letter: char| match letter {
        FIRST_WIDE.. => WIDE_LETTER,
        'A'..='Z' => CAPITAL,
        _ => LETTER,
    };
    text.chars().map(one).sum()
}

/// About the width of a letter at the picture's text size.
const LETTER: f64 = 6.8;

/// The same of a capital, which most labels begin with: bold ones are wide.
const CAPITAL: f64 = 9.2;

/// The same of one that fills a square, as those of East Asia do, and where they begin in Unicode.
const WIDE_LETTER: f64 = 12.5;
const FIRST_WIDE: char = '\u{2E80}';

/// How far text reaches above and below its base line.
pub(super) const ASCENT: f64 = 10.0;
pub(super) const DESCENT: f64 = 3.0;
