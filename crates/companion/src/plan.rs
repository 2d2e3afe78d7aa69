//! What may stand in a plan for a live run.

use thiserror::Error;
use trace::live::{Fault, FaultPlan, Plan, not_emulated};
use trace::scenario::MOST_LANES;

/// Why a plan is refused. The text is the answer's content.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub(crate) enum Unfit {
    /// Not JSON, or not of the right shape.
    #[error("The plan cannot be read: {0}.\n")]
    Unreadable(String),
    #[error("{0}\n")]
    Fault(&'static str),
    #[error("A run has one to {MOST_LANES} lanes.\n")]
    Lanes,
    #[error("{0}\n")]
    Network(&'static str),
    #[error("A server thinks for {LONGEST_THOUGHT} microseconds at most.\n")]
    Think,
    #[error("A question may be held from {SHORTEST_HOLD} to {LONGEST_HOLD} microseconds.\n")]
    Hold,
    #[error("A fragment has at least one octet.\n")]
    Fragment,
    #[error("Pings are {SHORTEST_PAUSE} microseconds apart at least.\n")]
    Ping,
    #[error("A webhook lane ends no later than an hour after the start.\n")]
    Leaves,
    #[error("A round trip may last from 0 to {LONGEST_ROUND_TRIP} microseconds.\n")]
    RoundTrip,
    #[error("A link may carry from {SLOWEST} to {FASTEST} kilobits per second.\n")]
    Kilobits,
    #[error("A script has {MOST_UTTERANCES} utterances at most.\n")]
    Script,
    #[error(
        "An utterance is one line of at most {LONGEST_TEXT} octets, no later than an hour after the start.\n"
    )]
    Utterance,
}

/// Reads a plan that can be carried out.
pub(crate) fn read(content: &[u8]) -> Result<Plan, Unfit> {
    let plan: Plan = serde_json::from_slice(content).map_err(|error| Unfit::Unreadable(error.to_string()))?;
    if !(1..=MOST_LANES).contains(&plan.lanes.len()) {
        return Err(Unfit::Lanes);
    }
    let (network, manner) = (&plan.network, &plan.manner);
    if let Some(why) = not_emulated(network) {
        return Err(Unfit::Network(why));
    }
    if network.round_trip > LONGEST_ROUND_TRIP {
        return Err(Unfit::RoundTrip);
    }
    let rates = [network.kilobits, network.down_kilobits.unwrap_or(network.kilobits)];
    if !rates.iter().all(|rate| (SLOWEST..=FASTEST).contains(rate)) {
        return Err(Unfit::Kilobits);
    }
    if network.think > LONGEST_THOUGHT {
        return Err(Unfit::Think);
    }
    if !(SHORTEST_HOLD..=LONGEST_HOLD).contains(&manner.hold) {
        return Err(Unfit::Hold);
    }
    if manner.fragment == Some(0) {
        return Err(Unfit::Fragment);
    }
    if manner.ping.is_some_and(|every| every < SHORTEST_PAUSE) {
        return Err(Unfit::Ping);
    }
    if manner.leaves_at > LATEST {
        return Err(Unfit::Leaves);
    }
    if plan.script.len() > MOST_UTTERANCES {
        return Err(Unfit::Script);
    }
    for utterance in &plan.script {
        let text = &utterance.text;
        if text.len() > LONGEST_TEXT || text.contains(['\r', '\n']) || utterance.at > LATEST {
            return Err(Unfit::Utterance);
        }
    }
    Ok(plan)
}

/// Reads what is to go wrong.
pub(crate) fn read_fault(content: &[u8]) -> Result<Fault, Unfit> {
    let plan: FaultPlan =
        serde_json::from_slice(content).map_err(|error| Unfit::Unreadable(error.to_string()))?;
    plan.fault.misfit().map_or(Ok(plan.fault.clone()), |sentence| Err(Unfit::Fault(sentence)))
}

const LONGEST_ROUND_TRIP: u64 = 2_000_000;
const SLOWEST: u32 = 16;
const FASTEST: u32 = 10_000_000;
const LONGEST_THOUGHT: u64 = 10_000_000;
const SHORTEST_HOLD: u64 = 100_000;
const LONGEST_HOLD: u64 = 120_000_000;
const SHORTEST_PAUSE: u64 = 10_000;
const MOST_UTTERANCES: usize = 1000;
const LONGEST_TEXT: usize = 65_536;
const LATEST: u64 = 3_600_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, expected: Result<usize, Unfit>) {
        match (read(json.as_bytes()).map(|plan| plan.script.len()), expected) {
            (Err(Unfit::Unreadable(_)), Err(Unfit::Unreadable(_))) => {}
            (found, expected) => assert_eq!(found, expected, "{json}"),
        }
    }

    fn plan(lanes: &str, network: &str, manner: &str, script: &str) -> String {
        format!(
            r#"{{"lanes":[{lanes}],"network":{{{network}}},"workload":"chat","script":[{script}],"manner":{{{manner}}}}}"#
        )
    }

    fn said(at: u64, from: &str, text: &str) -> String {
        format!(r#"{{"at":{at},"from":"{from}","text":"{text}"}}"#)
    }

    #[test]
    fn every_transport_is_carried_out() {
        for four in trace::scenario::Transport::ALL.chunks(4) {
            let lanes = serde_json::to_string(four).expect("JSON");
            check(&plan(lanes.trim_matches(['[', ']']), "", "", &said(1, "you", "x")), Ok(1));
        }
        check(r#"{"lanes":["close"],"network":{},"workload":"page","script":[]}"#, Ok(0));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        check(&plan("", "", "", ""), Err(Unfit::Lanes));
        check(&plan(&[r#""close""#; 5].join(","), "", "", ""), Err(Unfit::Lanes));
        check(&plan(r#""pigeon""#, "", "", ""), Err(Unfit::Unreadable(String::new())));
        check("", Err(Unfit::Unreadable(String::new())));
    }

    #[test]
    fn links_that_cannot_be_emulated() {
        let network = |what: &str, expected| check(&plan(r#""close""#, what, "", ""), expected);
        network(r#""round_trip":2000000,"kilobits":16,"down_kilobits":10000000,"think":10000000"#, Ok(0));
        network(r#""round_trip":2000001"#, Err(Unfit::RoundTrip));
        network(r#""kilobits":15"#, Err(Unfit::Kilobits));
        network(r#""down_kilobits":10000001"#, Err(Unfit::Kilobits));
        network(r#""think":10000001"#, Err(Unfit::Think));
        for what in [r#""loss":1"#, r#""jitter":1"#, r#""tls":"v13""#, r#""idle":1000"#] {
            let refused = read(plan(r#""close""#, what, "", "").as_bytes());
            assert!(matches!(refused, Err(Unfit::Network(_))), "{what}: {refused:?}");
        }
    }

    #[test]
    fn manners_that_nobody_has() {
        let manner = |what: &str, expected| check(&plan(r#""close""#, "", what, ""), expected);
        manner(r#""binary":true,"hold":100000,"fragment":1,"ping":10000,"leaves_at":3600000000"#, Ok(0));
        manner(r#""hold":99999"#, Err(Unfit::Hold));
        manner(r#""hold":120000001"#, Err(Unfit::Hold));
        manner(r#""fragment":0"#, Err(Unfit::Fragment));
        manner(r#""ping":9999"#, Err(Unfit::Ping));
        manner(r#""leaves_at":3600000001"#, Err(Unfit::Leaves));
    }

    #[test]
    fn scripts_that_nobody_speaks() {
        let script = |what: &str, expected| check(&plan(r#""close""#, "", "", what), expected);
        script(&said(0, "you", "a\\nb"), Err(Unfit::Utterance));
        script(&said(u64::MAX, "server", "a"), Err(Unfit::Utterance));
        script(&said(0, "server", &"a".repeat(65_537)), Err(Unfit::Utterance));
        script(&vec![said(0, "you", "a"); 1001].join(","), Err(Unfit::Script));
    }
}
