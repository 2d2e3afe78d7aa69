//! Two runs and what they come to, natively and in wasm alike: the test of the page includes this file.

use trace::scenario::{Network, Scenario, Tls, Transport, Workload};
use trace::sim::simulate;
use trace::trace::Trace;

/// Plays both runs and compares.
pub(crate) fn check() {
    assert_eq!(digest(&simulate(&Scenario::default())), DEFAULT, "the default run");
    assert_eq!(digest(&simulate(&lossy())), LOSSY, "a run in which everything happens");
}

fn lossy() -> Scenario {
    let network = Network {
        loss: 500,
        jitter: 15_000,
        tls: Tls::V13,
        window: 4,
        down_kilobits: Some(2_000),
        think: 30_000,
        ..Network::default()
    };
    let lanes = vec![Transport::Persistent, Transport::Close, Transport::Polling, Transport::WebSocket];
    Scenario { lanes, network, workload: Workload::Echo, size: Some(30_000), seed: 7, ..Scenario::default() }
}

/// FNV-1a of 64 bits over who sent what when, and every octet of it.
fn digest(trace: &Trace) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut take = |octet: u8| hash = (hash ^ u64::from(octet)).wrapping_mul(0x100_0000_01b3);
    for event in trace.events() {
        let (key, times, octets) = (&event.key, &event.times, &event.octets);
        let sent = [times.sent_first, times.sent_last, times.received_first, times.received_last];
        let numbers = [
            u64::from(key.lane),
            u64::from(key.connection),
            u64::from(key.sender == wire::Sender::Server),
            u64::from(key.unit),
            octets.payload,
            octets.framing,
            octets.tls,
            octets.tcp_ip,
        ];
        let all = sent.map(|stamp| stamp.map_or(u64::MAX, |stamp| stamp.at)).into_iter().chain(numbers);
        all.flat_map(u64::to_be_bytes).for_each(&mut take);
        event.raw.iter().flat_map(|raw| raw.iter()).for_each(|&octet| take(octet));
        event.carries.iter().flat_map(|it| it.id.to_be_bytes()).for_each(&mut take);
    }
    hash
}

const DEFAULT: u64 = 0xfed2_283c_d46f_9599;
const LOSSY: u64 = 0x7db4_d9c0_0733_1148;
