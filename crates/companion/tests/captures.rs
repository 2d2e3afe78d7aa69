//! Live runs on every transport, saved as captures, as Wireshark's own dissector reads them: HTTP and WebSocket,
//! nothing malformed, every checksum right. Needs `tshark`, which `cargo xtask test` installs.
#![allow(clippy::unwrap_used)]

#[path = "support/client.rs"]
mod client;
#[path = "support/replay.rs"]
mod replay;
#[path = "../../interchange/tests/support/tshark.rs"]
mod tshark;

use interchange::{Origin, Run};
use replay::{NETWORK, TRANSPORTS, play, replay};
use trace::event::Provenance;
use trace::live::Tap;
use trace::record::{Alignment, LaneLog, Plan, recorded};
use trace::scenario::{Scenario, Speaker, Transport, Utterance, Workload};

/// The run as the companion's tap alone tells it, on the companion's own clock.
fn run(scenario: Scenario, tap: &Tap) -> Run {
    let lane = &tap.lanes[0];
    let log = LaneLog {
        lane: 0,
        transport: scenario.lanes[0],
        zero: lane.zero.unwrap_or(lane.connections[0].accepted),
        requests: Vec::new(),
        socket: None,
        // Nobody's script says when it was over: all that was tapped belongs to it.
        left: lane.connections.iter().flat_map(|it| [it.client_ended, it.server_ended]).flatten().max(),
        failed: None,
    };
    let plan = Plan {
        run: tap.run,
        workload: scenario.workload,
        script: scenario.script(),
        lanes: scenario.lanes.clone(),
    };
    let trace = recorded(&plan, &[log], Some((tap, Alignment { offset: 0, error: 0 })));
    Run { scenario, trace, origin: Origin::Live("companion".to_owned()) }
}

async fn check(what: &str, scenario: Scenario) {
    let transport = scenario.lanes[0];
    let tap =
        if transport == Transport::Webhook { play(&scenario).await } else { replay(&scenario).await.tap };
    let tapped: usize =
        tap.lanes[0].connections.iter().flat_map(|it| &it.chunks).map(|it| it.octets.len()).sum();
    let run = run(scenario, &tap);
    let kept: usize =
        run.trace.events().iter().filter_map(|event| event.raw.as_deref()).map(<[u8]>::len).sum();
    assert_eq!(kept, tapped, "{what} {transport:?}: every octet that the tap saw is in the trace");
    assert_eq!(run.trace.octets_are(0), Provenance::Witnessed);
    tshark::check(&format!("live-{}-{what}", transport.id()), &run);
}

#[tokio::test]
async fn every_transport() {
    for transport in TRANSPORTS.into_iter().chain([Transport::Webhook]) {
        let base = Scenario {
            lanes: vec![transport],
            network: NETWORK,
            poll: 50_000,
            hold: 100_000,
            ..Scenario::default()
        };
        let said = |(from, text): (Speaker, &str)| Utterance { at: 0, from, text: text.to_owned() };
        let own_accord =
            [(Speaker::Server, "Hello!"), (Speaker::Server, "Lunch? 午饭吗？"), (Speaker::Server, "")];
        let added = own_accord.map(said).to_vec();
        check("chat", Scenario { messages: 0, added, ..base.clone() }).await;
        check("echo", Scenario { workload: Workload::Echo, messages: 4, rate: Some(50), ..base.clone() })
            .await;
        check("page", Scenario { workload: Workload::Page, messages: 8, rate: Some(50), ..base.clone() })
            .await;
    }
}
