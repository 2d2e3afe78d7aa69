//! How many lanes there are.

use trace::scenario::{MOST_LANES, Transport};

use super::State;

impl State {
    /// One more lane, up to [`MOST_LANES`], with the first transport that is not on the stage yet.
    pub(super) fn add_lane(&mut self) {
        let mut scenario = self.scenario.clone();
        if let Some(fresh) = self.next_lane() {
            scenario.lanes.push(fresh);
            self.play(scenario);
        }
    }

    /// Which transport one more lane would have; `None`: there are enough.
    pub(super) fn next_lane(&self) -> Option<Transport> {
        let lanes = &self.scenario.lanes;
        let fresh = Transport::ALL.into_iter().find(|transport| !lanes.contains(transport));
        fresh.filter(|_| lanes.len() < MOST_LANES)
    }

    /// One lane less; the last one stays.
    pub(super) fn remove_lane(&mut self, lane: usize) {
        let mut scenario = self.scenario.clone();
        if scenario.lanes.len() > 1 && lane < scenario.lanes.len() {
            scenario.lanes.remove(lane);
            self.code.clear();
            self.play(scenario);
        }
    }
}
