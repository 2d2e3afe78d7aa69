use std::fmt;
use std::rc::Rc;

/// A sentence that is kept, and said whenever it is shown: in the language that is spoken by then.
#[derive(Clone)]
pub struct Sentence(Rc<dyn Fn() -> String>);

impl Sentence {
    /// What `say` says, each time anew. It must hold nothing that was said already.
    pub fn of(say: impl Fn() -> String + 'static) -> Self {
        Self(Rc::new(say))
    }

    /// An English text without gaps.
    pub fn text(english: &'static str) -> Self {
        Self::of(move || crate::say(english).to_owned())
    }

    /// The words, in the language that is spoken now.
    pub fn said(&self) -> String {
        (self.0)()
    }
}

impl PartialEq for Sentence {
    /// Whether they say the same.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0) || self.said() == other.said()
    }
}

impl Eq for Sentence {}

impl fmt::Debug for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}
