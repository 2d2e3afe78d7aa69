//! A shared value that is equal only to itself: what a view compares to see whether it must draw again.
//! Comparing two pictures mark by mark would cost more than it saves.

use std::ops::Deref;
use std::rc::Rc;

/// Shared, and compared by identity.
#[derive(Debug)]
pub struct Same<T>(Rc<T>);

impl<T> Same<T> {
    /// The same value once more.
    pub fn of(shared: &Rc<T>) -> Self {
        Self(Rc::clone(shared))
    }
}

impl<T> Clone for Same<T> {
    fn clone(&self) -> Self {
        Self::of(&self.0)
    }
}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Same<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
