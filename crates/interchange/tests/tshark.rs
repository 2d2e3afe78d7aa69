//! Wireshark's own dissector on our captures of simulated runs: HTTP and WebSocket, nothing malformed, every
//! checksum right. Those of live runs are in the companion's tests. Needs `tshark`, which `cargo xtask test` installs.
#![cfg(not(target_arch = "wasm32"))]

#[path = "support/tshark.rs"]
mod tshark;

use interchange::{Origin, Run};
use trace::scenario::{Scenario, Transport, Workload};
use trace::sim::simulate;

#[test]
fn every_transport() {
    for transport in Transport::ALL {
        for workload in [Workload::Chat, Workload::Echo] {
            let scenario = Scenario { lanes: vec![transport], ..Scenario::default() }.turned_to(workload);
            let name = format!("{}-{}", transport.id(), workload.id());
            tshark::check(&name, &Run { trace: simulate(&scenario), scenario, origin: Origin::Simulated });
        }
    }
}
