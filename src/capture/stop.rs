//! Ending a run early.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::task::{Context, Waker};

/// A flag that a run shares with whoever may end it. What is recorded by then is kept.
#[derive(Clone, Debug, Default)]
pub struct Stop(Rc<Flag>);

#[derive(Debug, Default)]
struct Flag {
    stopped: Cell<bool>,
    waiting: RefCell<Vec<Waker>>,
}

impl Stop {
    /// A flag that is down.
    pub fn new() -> Self {
        Self::default()
    }

    /// Ends the run.
    pub fn stop(&self) {
        self.0.stopped.set(true);
        self.0.waiting.take().into_iter().for_each(Waker::wake);
    }

    /// Whether the run is to end.
    pub fn is_stopped(&self) -> bool {
        self.0.stopped.get()
    }

    /// The same, and wakes the asking task once that changes.
    pub(super) fn poll(&self, context: &Context<'_>) -> bool {
        let mut waiting = self.0.waiting.borrow_mut();
        if !self.is_stopped() && !waiting.iter().any(|known| known.will_wake(context.waker())) {
            waiting.push(context.waker().clone());
        }
        self.is_stopped()
    }
}
