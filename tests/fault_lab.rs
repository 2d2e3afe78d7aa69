//! The fault lab's side of the store.
#![cfg(not(target_arch = "wasm32"))]

use std::rc::Rc;

use duplex::state::{Action, FaultAction, State};
use trace::doctor::{Findings, Near, Page, Scheme, Symptom, Target, examine};
use trace::trial::{Engine, Sight, Trial};
use yew::Reducible;

fn trial(row: usize) -> Rc<Trial> {
    let page = Page { scheme: Scheme::Http, near: Near::Loopback, secure: true };
    let target = Target { host: "127.0.0.1:9081".to_owned(), secure: false, near: Near::Loopback };
    let symptom = Some(Symptom::NotOpened);
    let findings = Findings { page, target, permission: None, policy: None, symptom, knock: None };
    Rc::new(Trial {
        row,
        engine: Engine::Chromium,
        sights: vec![(0, Sight::Error)],
        carried: Vec::new(),
        knock: None,
        diagnosis: examine(&findings),
    })
}

/// What is chosen, whether it runs, which row was tried, and what is shown of it.
fn check(actions: &[FaultAction], expected: (usize, bool, Option<usize>, Option<usize>)) {
    let mut state = Rc::new(State { field: Some(3), ..State::default() });
    for action in actions {
        state = state.reduce(Action::Fault(action.clone()));
    }
    let faults = &state.faults;
    let tried = faults.trial.as_ref().map(|trial| trial.row);
    assert_eq!((faults.chosen, faults.running, tried, faults.shown), expected, "{actions:?}");
    if expected.3.is_some() {
        assert_eq!(state.field, None, "a field of other octets");
    }
}

#[test]
fn a_trial_belongs_to_its_row() {
    use FaultAction::{Choose, Show, Started, Tried};
    let tried = |row| Tried(Ok(trial(row)));
    check(&[], (0, false, None, None));
    check(&[Choose(4)], (4, false, None, None));
    check(&[Choose(4), Choose(1_000)], (4, false, None, None));
    check(&[Choose(4), Started], (4, true, None, None));
    check(&[Choose(4), Started, tried(4)], (4, false, Some(4), None));
    check(&[Started, tried(0), Show(2)], (0, false, Some(0), Some(2)));
    // Another row, or another try: what was found belongs to neither.
    check(&[Started, tried(0), Show(2), Choose(1)], (1, false, None, None));
    check(&[Started, tried(0), Show(2), Started], (0, true, None, None));
    check(&[Started, Choose(1), tried(0)], (1, false, None, None));
    check(&[Started, Tried(Err(tongue::Sentence::text("Nobody.")))], (0, false, None, None));
    check(
        &[Started, Tried(Err(tongue::Sentence::text("Nobody."))), Started, tried(0)],
        (0, false, Some(0), None),
    );
}
