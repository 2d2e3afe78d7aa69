//! Where this codec and another one differ on purpose, each difference by its name.

use std::{cell::RefCell, collections::BTreeSet};

use proptest::{
    prelude::*,
    test_runner::{Config, TestRng, TestRunner},
};

/// A difference that is meant, and where the RFC stands on it.
pub(crate) struct Difference {
    pub(crate) name: &'static str,
    pub(crate) rfc: &'static str,
    pub(crate) theirs: &'static str,
    pub(crate) ours: &'static str,
}

/// Compares many inputs, always the same ones. `compare` gives the name of the difference it has met, and fails where
/// there is one without a name. Every difference of the list must occur, and none beside it.
#[track_caller]
pub(crate) fn survey<S: Strategy>(
    list: &[Difference],
    inputs: S,
    compare: impl Fn(S::Value) -> Result<Option<&'static str>, TestCaseError>,
) {
    let seen = RefCell::new(BTreeSet::new());
    let config = Config { cases: 8192, failure_persistence: None, ..Config::default() };
    let rng = TestRng::deterministic_rng(config.rng_algorithm);
    let outcome = TestRunner::new_with_rng(config, rng).run(&inputs, |input| {
        seen.borrow_mut().extend(compare(input)?);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("a difference that is not listed: {error}");
    }
    let listed: BTreeSet<_> = list.iter().map(|difference| difference.name).collect();
    let told: String =
        list.iter().map(|it| format!("{}: {} / {} ({})\n", it.name, it.theirs, it.ours, it.rfc)).collect();
    assert_eq!(seen.into_inner(), listed, "seen and listed:\n{told}");
}
