//! What comes later. A program that is split into parts holds of each part only what has arrived: a [`Late`]
//! is the one door between the main part, which asks, and the part that is fetched, which answers.
//!
//! A table behind such a door is named in two places alone: where it is declared, and in the function that the
//! part runs on its arrival. Whatever is reachable from nowhere else moves into the part with it. Without the
//! feature `split` the program is whole, and everything is there from the start.
//!
//! ```
//! use late::Late;
//!
//! static WORDS: Late<[&str; 2]> = Late::of(&["fin", "mask"]);
//! WORDS.arrive(&["fin", "mask"]);
//! assert_eq!(WORDS.get(), Some(&["fin", "mask"]));
//! ```

use std::sync::OnceLock;

/// A table that may still be on its way.
#[derive(Debug)]
pub struct Late<T: 'static>(OnceLock<&'static T>, Option<&'static T>);

impl<T: 'static> Late<T> {
    /// A table, there from the start unless the program is split: then not even its place is kept here, or it
    /// would stay in the main part.
    pub const fn of(whole: &'static T) -> Self {
        #[cfg(feature = "split")]
        let _ = whole;
        Self(
            OnceLock::new(),
            #[cfg(feature = "split")]
            None,
            #[cfg(not(feature = "split"))]
            Some(whole),
        )
    }

    /// The table, if it is there.
    pub fn get(&self) -> Option<&'static T> {
        self.1.or_else(|| self.0.get().copied())
    }

    /// It has arrived. A second arrival changes nothing.
    pub fn arrive(&self, table: &'static T) {
        let _ = self.0.set(table);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static TABLE: Late<u32> = Late::of(&7);

    #[test]
    fn what_is_whole_is_there_and_what_is_split_arrives_once() {
        assert_eq!(TABLE.get().copied(), if cfg!(feature = "split") { None } else { Some(7) });
        TABLE.arrive(&7);
        assert_eq!(TABLE.get(), Some(&7));
        TABLE.arrive(&8);
        assert_eq!(TABLE.get(), Some(&7));
    }
}
