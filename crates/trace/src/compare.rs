//! Several transports side by side: what they cost, what they bring, and which to take.
//!
//! Every figure is counted in a run of the simulator; nothing here knows a transport by name, so that
//! a new one needs no line. [`ledger`] stacks octets, [`break_even`] finds the message from which one
//! lane is cheaper than another, [`sweep`] turns one knob, [`chart`] draws what came of it, [`table`]
//! is the usual comparison with a run behind each cell, [`chooser`] recommends.

pub mod break_even;
pub mod ledger;

/// A table as text: the equal of a picture, for those who hear it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Grid {
    /// The names of the columns; the first is that of the rows.
    pub head: Vec<String>,
    /// One row each, as long as the head.
    pub rows: Vec<Vec<String>>,
}
