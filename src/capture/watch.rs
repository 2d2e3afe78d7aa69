//! Whether the visitor's eye was on the page: a browser slows a page down that nobody sees.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::utils::document;

/// Watches from its start until it is dropped.
pub(super) struct Watch {
    hidden: Rc<Cell<bool>>,
    _listener: EventListener,
}

impl Watch {
    /// Begins to watch; `report` is told when the page is hidden, and now if it is.
    pub(super) fn start(report: impl Fn() + 'static) -> Self {
        let hidden = Rc::<Cell<bool>>::default();
        let look = {
            let hidden = Rc::clone(&hidden);
            move || {
                if document().hidden() {
                    hidden.set(true);
                    report();
                }
            }
        };
        look();
        let listener = EventListener::new(&document(), "visibilitychange", move |_| look());
        Self { hidden, _listener: listener }
    }

    /// Whether the page was hidden at any time.
    pub(super) fn was_hidden(&self) -> bool {
        self.hidden.get()
    }
}
