//! Predict, then witness: the first exchange of a live lane says how its browser asks and how far away
//! the server is. Everything behind it is foretold by the simulator, sealed, and only then compared.
//!
//! Fitted are two things and no more: the heads of the first request of each kind of call, as they
//! crossed the wire, and the round trip, so that the simulated first exchange takes as long as the
//! measured one. [`Prediction::seal`] is a hash of all that was foretold; it depends on nothing that
//! came later. [`count`] compares octets, [`times`] times, [`chart`] draws the latter.

pub mod chart;
pub mod count;
mod fit;
mod seal;
pub mod times;

use std::rc::Rc;

use crate::heads::Caller;
use crate::scenario::Scenario;
use crate::sim::{self, simulate};
use crate::trace::{Lane, Trace};

use count::Count;
pub use fit::Fit;
use times::Timing;

/// How what was foretold of one lane came out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
    /// The octets.
    pub count: Count,
    /// The times.
    pub times: Vec<Timing>,
}

/// How long the first exchange of a simulated lane takes, in microseconds.
pub fn first_exchange(trace: &Trace, lane: usize) -> Option<u64> {
    fit::First::of(trace.lane(lane).map(|event| &**event))?.took()
}

/// What will happen after the first exchange of each lane.
#[derive(Clone, PartialEq, Debug)]
pub struct Prediction {
    /// The run that was foretold.
    pub trace: Rc<Trace>,
    /// What was fitted on each lane; `None` where the first exchange was not seen, and the scenario
    /// alone is what the prediction rests on.
    pub fits: Vec<Option<Fit>>,
    /// SHA-1 (RFC 3174) of the foretold run, in hexadecimal.
    pub seal: String,
}

impl Prediction {
    /// What `scenario` says of itself, with nothing fitted.
    pub fn unfitted(scenario: &Scenario) -> Self {
        let trace = Rc::new(simulate(scenario));
        Self { seal: seal::seal(&trace), fits: vec![None; scenario.lanes.len()], trace }
    }

    /// Compares every lane of `recorded` with what was foretold.
    pub fn outcomes(&self, recorded: &Trace) -> Vec<Outcome> {
        let of = |lane| Outcome {
            count: Count::of(&self.trace, recorded, lane),
            times: times::times(&self.trace, recorded, lane),
        };
        (0..recorded.lanes().len()).map(of).collect()
    }

    /// Fits `scenario` on the first exchanges of `recorded`, a live run of it; `took` says for each
    /// lane how long that was, in microseconds, where the script saw it
    /// ([`LaneLog::first_exchange`](crate::record::LaneLog::first_exchange)).
    pub fn of(scenario: &Scenario, recorded: &Trace, took: &[Option<u64>]) -> Self {
        let mut fits = Vec::new();
        let mut events = Vec::new();
        for (lane, &transport) in (0..).zip(&scenario.lanes) {
            let took = took.get(usize::from(lane)).copied().flatten();
            let fit = took.and_then(|took| Fit::of(scenario, lane, recorded, took));
            let own = fit.as_ref().map_or_else(|| scenario.clone(), |fit| fit.on(scenario));
            let heads = fit.as_ref().map(|fit| fit.heads.clone()).unwrap_or_default();
            events.extend(sim::play(&own, lane, transport, Caller::of(scenario).seen(heads)));
            fits.push(fit);
        }
        let lanes = scenario.lanes.iter().copied().map(Lane::from).collect();
        let trace = Rc::new(Trace::new(lanes, events, scenario.script().len() as u32));
        Self { seal: seal::seal(&trace), fits, trace }
    }
}
