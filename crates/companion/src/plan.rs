//! What may stand in a plan for a live run.

use thiserror::Error;
use trace::live::{Fault, FaultPlan, Plan, Speaker};

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
    #[error("{0} is simulated only, so far: no companion carries it out.\n")]
    SimulatedOnly(&'static str),
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

/// Reads a plan, and leaves of its script what the server says, in the order in which it is due.
pub(crate) fn read(content: &[u8]) -> Result<Plan, Unfit> {
    let mut plan: Plan =
        serde_json::from_slice(content).map_err(|error| Unfit::Unreadable(error.to_string()))?;
    if !(1..=MOST_LANES).contains(&plan.lanes.len()) {
        return Err(Unfit::Lanes);
    }
    if let Some(lane) = plan.lanes.iter().find(|lane| !lane.runs_live()) {
        return Err(Unfit::SimulatedOnly(lane.name()));
    }
    if !plan.workload.runs_live() {
        return Err(Unfit::SimulatedOnly(plan.workload.name()));
    }
    if plan.network.round_trip > LONGEST_ROUND_TRIP {
        return Err(Unfit::RoundTrip);
    }
    if !(SLOWEST..=FASTEST).contains(&plan.network.kilobits) {
        return Err(Unfit::Kilobits);
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
    plan.script.retain(|utterance| utterance.from == Speaker::Server);
    plan.script.sort_by_key(|utterance| utterance.at);
    Ok(plan)
}

/// Reads what is to go wrong.
pub(crate) fn read_fault(content: &[u8]) -> Result<Fault, Unfit> {
    let plan: FaultPlan =
        serde_json::from_slice(content).map_err(|error| Unfit::Unreadable(error.to_string()))?;
    plan.fault.misfit().map_or(Ok(plan.fault.clone()), |sentence| Err(Unfit::Fault(sentence)))
}

const MOST_LANES: usize = 4;
const LONGEST_ROUND_TRIP: u64 = 2_000_000;
const SLOWEST: u32 = 16;
const FASTEST: u32 = 10_000_000;
const MOST_UTTERANCES: usize = 1000;
const LONGEST_TEXT: usize = 65_536;
const LATEST: u64 = 3_600_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, expected: Result<&[&str], Unfit>) {
        let found = read(json.as_bytes());
        let texts = found.map(|plan| plan.script.into_iter().map(|line| line.text).collect::<Vec<_>>());
        match (texts, expected) {
            (Err(Unfit::Unreadable(_)), Err(Unfit::Unreadable(_))) => {}
            (texts, expected) => {
                assert_eq!(
                    texts,
                    expected.map(|texts| texts.iter().map(|&text| text.to_owned()).collect()),
                    "{json}"
                );
            }
        }
    }

    fn plan(lanes: &str, round_trip: u64, kilobits: u64, script: &str) -> String {
        format!(
            r#"{{"lanes":[{lanes}],"network":{{"round_trip":{round_trip},"kilobits":{kilobits}}},"workload":"chat","script":[{script}]}}"#
        )
    }

    fn said(at: u64, from: &str, text: &str) -> String {
        format!(r#"{{"at":{at},"from":"{from}","text":"{text}"}}"#)
    }

    #[test]
    fn what_the_server_says_is_kept_in_order() {
        let script = [said(9, "server", "b"), said(1, "you", "x"), said(3, "server", "a")].join(",");
        check(&plan(r#""close""#, 0, 16, &script), Ok(&["a", "b"]));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        check(&plan("", 0, 16, ""), Err(Unfit::Lanes));
        check(&plan(&[r#""close""#; 5].join(","), 0, 16, ""), Err(Unfit::Lanes));
        let sse = Err(Unfit::SimulatedOnly("Server-Sent Events"));
        check(&plan(r#""close","sse""#, 0, 16, ""), sse);
        check(&plan(r#""close""#, 2_000_001, 16, ""), Err(Unfit::RoundTrip));
        check(&plan(r#""close""#, 0, 15, ""), Err(Unfit::Kilobits));
        check(&plan(r#""close""#, 0, 16, &said(0, "you", "a\\nb")), Err(Unfit::Utterance));
        check(&plan(r#""close""#, 0, 16, &said(u64::MAX, "server", "a")), Err(Unfit::Utterance));
        check(&plan(r#""close""#, 0, 16, &said(0, "server", &"a".repeat(65_537))), Err(Unfit::Utterance));
        check(&plan(r#""close""#, 0, 16, &vec![said(0, "you", "a"); 1001].join(",")), Err(Unfit::Script));
        check(&plan(r#""pigeon""#, 0, 16, ""), Err(Unfit::Unreadable(String::new())));
        check("", Err(Unfit::Unreadable(String::new())));
    }
}
