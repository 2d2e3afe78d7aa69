use crate::{Rule, Sender, Violation};

/// A broken rule before it is known whose stream it is. `at` counts from whatever the function was given.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fault {
    pub(crate) rule: Rule,
    pub(crate) at: u64,
}

impl Fault {
    pub(crate) fn new(rule: Rule, at: usize) -> Self {
        Self { rule, at: at as u64 }
    }

    /// The same fault, counted from `base` octets further back.
    pub(crate) fn after(self, base: u64) -> Self {
        Self { at: base.saturating_add(self.at), ..self }
    }

    pub(crate) fn by(self, sender: Sender) -> Violation {
        Violation { rule: self.rule, sender, offset: self.at }
    }
}
