//! What is under way, held where a change of language does not reach: it draws the page anew, and what the
//! page alone held would end with it.

use std::cell::RefCell;
use std::rc::Rc;

use trace::chat::Wish;
use yew::{Callback, UseReducerDispatcher, UseReducerHandle};

use super::parcels::live;
use crate::capture::{Chat, Stop};
use crate::state::State;

use super::opening::Held;

/// The handles of all that is live.
#[derive(Clone, Default)]
pub(super) struct Hands {
    run: Rc<RefCell<Stop>>,
    fault: Rc<RefCell<Stop>>,
    chat: Rc<RefCell<Option<Chat>>>,
    files: Held,
    saves: Held,
}

/// What begins something live and what ends it early.
pub(super) type Ends = (Callback<()>, Callback<()>);

/// How something live begins.
pub(super) type Start = fn(&State, UseReducerDispatcher<State>, Stop);

impl Hands {
    /// The buttons of a live run.
    pub(super) fn run(&self, store: &UseReducerHandle<State>, start: Start) -> Ends {
        ends(&self.run, store, start)
    }

    /// The buttons of the fault lab.
    pub(super) fn fault(&self, store: &UseReducerHandle<State>, start: Start) -> Ends {
        ends(&self.fault, store, start)
    }

    /// The file that is being read.
    pub(super) fn files(&self) -> Held {
        Rc::clone(&self.files)
    }

    /// The file that is being written.
    pub(super) fn saves(&self) -> Held {
        Rc::clone(&self.saves)
    }

    /// Carries out what is wished for in the chat.
    pub(super) fn chat(&self, store: &UseReducerHandle<State>) -> Callback<Wish> {
        let (store, chat) = (store.clone(), Rc::clone(&self.chat));
        Callback::from(move |wish| {
            if let Some(live) = live() {
                (live.fulfil)(wish, &store, store.dispatcher(), &mut chat.borrow_mut());
            }
        })
    }
}

fn ends(held: &Rc<RefCell<Stop>>, store: &UseReducerHandle<State>, start: Start) -> Ends {
    let (store, kept, held) = (store.clone(), Rc::clone(held), Rc::clone(held));
    let begin = Callback::from(move |()| {
        // What was to begin and is still being fetched does not begin beside this one.
        kept.replace(Stop::new()).stop();
        start(&store, store.dispatcher(), kept.borrow().clone());
    });
    (begin, Callback::from(move |()| held.borrow().stop()))
}
