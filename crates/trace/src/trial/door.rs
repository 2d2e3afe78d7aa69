//! The door of the fault lab: its rows come with the part of the page that talks to servers.

use late::Late;

use super::Expectation;

struct Lab {
    rows: fn() -> Vec<Expectation>,
}

/// Whether the lab is there.
pub fn is_here() -> bool {
    LAB.get().is_some()
}

/// It has come. The part that brings it is the one to call this.
pub fn come() {
    LAB.arrive(&ALL);
}

/// Every fault of the lab; none until it is there.
pub fn rows() -> Vec<Expectation> {
    LAB.get().map(|it| (it.rows)()).unwrap_or_default()
}

static LAB: Late<Lab> = Late::of(&ALL);

static ALL: Lab = Lab { rows: super::rows::rows };
