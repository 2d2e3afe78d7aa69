//! Something that is computed from a trace when it is first asked for, and then kept.

use std::cell::OnceCell;

/// A remembered answer. It says nothing that the trace does not say, so traces are equal whatever
/// each remembers, and a copy starts without.
#[derive(Debug)]
pub(crate) struct Memo<T>(OnceCell<T>);

impl<T> Memo<T> {
    pub(crate) fn get(&self, compute: impl FnOnce() -> T) -> &T {
        self.0.get_or_init(compute)
    }
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self(OnceCell::new())
    }
}

impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl<T> PartialEq for Memo<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<T> Eq for Memo<T> {}
