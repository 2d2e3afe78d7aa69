//! The comparisons, each figure counted once more by other means.

mod common;

#[path = "compare/advice.rs"]
mod advice;
#[path = "compare/bars.rs"]
mod bars;
#[path = "compare/cells.rs"]
mod cells;
#[path = "compare/crossing.rs"]
mod crossing;
#[path = "compare/knobs.rs"]
mod knobs;
#[path = "compare/scenes.rs"]
mod scenes;
