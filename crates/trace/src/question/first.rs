//! Which lane brings the news first: two transports, one thing that Ben says.

use wire::Sender;

use super::{Made, Proof, Told, Value, any, between};
use crate::lesson::pick::{Pick, What};
use crate::scenario::{Scenario, Speaker, Transport, Utterance};
use crate::sim::chance::Chance;
use crate::sim::simulate;

pub(super) fn make(chance: &mut Chance) -> Made {
    let scenario = scenario(chance);
    let trace = simulate(&scenario);
    let heard = |lane| Pick::first(lane, What::Heard(Sender::Server)).leaves(&trace);
    let (a, b) = (heard(0), heard(1));
    let truth = match a.abs_diff(b) <= ALIKE {
        true => Value::Tie,
        false => Value::Lane(usize::from(b < a)),
    };
    let over = |lane: usize| Value::Over(scenario.lanes.get(lane).copied().unwrap_or(Transport::WebSocket));
    let said = scenario.added.first();
    let words = Value::Quote(said.map(|it| it.text.clone()).unwrap_or_default());
    let first = Pick::first(usize::from(b < a), What::Heard(Sender::Server));
    Made {
        ask: Told {
            text: tongue::word!(
                "Lane A: {}. Lane B: {}. At {} Ben says {}, with a round trip of {}; a lane that has to ask does so every {}. Where do you hear it first?"
            ),
            gaps: vec![
                over(0),
                over(1),
                Value::Seconds(said.map_or(0, |it| it.at)),
                words,
                Value::Pace(scenario.network.round_trip),
                Value::Pace(scenario.poll),
            ],
        },
        truth,
        others: vec![Value::Lane(0), Value::Lane(1), Value::Tie],
        because: Told {
            text: tongue::word!(
                "Lane A brings it at {}, lane B at {}. What may be sent at once needs half a round trip; what must be asked for waits for the next question."
            ),
            gaps: vec![Value::Seconds(a), Value::Seconds(b)],
        },
        proof: Proof::Run { at: a.max(b), selected: first.place(&trace), scenario },
        sections: &["RFC 9110 section 3.4", "RFC 6455 section 1.2", "RFC 6202 section 2"],
    }
}

fn scenario(chance: &mut Chance) -> Scenario {
    use Transport::{Close, Long, Persistent, Sse, WebSocket};
    let all = [Persistent, Close, Long, Sse, WebSocket];
    let first = chance.below(all.len() as u32) as usize;
    let second = first + 1 + chance.below(all.len() as u32 - 1) as usize;
    let said = Utterance {
        // When every way is open.
        at: u64::from(between(chance, 40, 180)) * 20_000,
        from: Speaker::Server,
        text: any(chance, &["Lunch?", "News!", "It rains.", "Goal!"]).unwrap_or("News!").to_owned(),
    };
    let mut scenario = Scenario {
        lanes: vec![all[first], all[second % all.len()]],
        messages: 0,
        poll: u64::from(between(chance, 4, 20)) * 100_000,
        added: vec![said],
        ..Scenario::default()
    };
    scenario.network.round_trip = u64::from(between(chance, 4, 15)) * 20_000;
    scenario
}

/// What counts as at the same time, in microseconds; the answer says so.
const ALIKE: u64 = 10_000;
