//! Every way, every scenario: a recording is the run that was recorded, unit for unit and message for message.
#![cfg(not(target_arch = "wasm32"))]

#[path = "common/recording.rs"]
mod recording;

use std::collections::BTreeMap;

use recording::*;
use trace::event::{Event, Key, Provenance};
use trace::exhibit;
use trace::ledger::Account;
use trace::live::{Chunk, Speaker};
use trace::record::recorded;
use trace::scenario::{Scenario, Transport, Workload};
use trace::sim::simulate;
use wire::{Frame, Opcode, Sender};

/// How many units of a run are inspected: each time its whole connection is taken apart.
const INSPECTED: usize = 12;

fn check(scenario: &Scenario) {
    let what = format!("{:?} {:?} binary {}", scenario.lanes, scenario.workload, scenario.binary);
    let simulated = simulate(scenario);
    let recorded = recorded(&plan(scenario), &logs(&simulated), Some((&tap(&simulated), ALIGNED)));
    let mut found: BTreeMap<Key, &Event> = units(&recorded, 0).map(|event| (event.key, event)).collect();
    for (place, expect) in units(&simulated, 0).enumerate() {
        let key = Key { run: 7, ..expect.key };
        let actual = found.remove(&key).unwrap_or_else(|| panic!("{what}: no {expect:?}"));
        assert_eq!((&actual.kind, actual.layer), (&expect.kind, expect.layer), "{what}");
        assert_eq!(actual.raw, expect.raw, "{what}");
        let on_connection = |event: &Event| (event.octets.payload, event.octets.framing);
        assert_eq!(on_connection(actual), on_connection(expect), "{what}: {actual:?}");
        assert_eq!(actual.carries, expect.carries, "{what}");
        if place >= INSPECTED {
            continue;
        }
        let (dissection, place) = exhibit::of_event(&recorded, actual).expect("octets");
        assert!(dissection.trouble.is_none(), "{what}");
        let unit = &dissection.exhibits[place].unit;
        assert_eq!(unit.octets, raw(actual), "{what}");
    }
    assert!(found.is_empty(), "{what}: nobody sent {found:?}");
    assert_eq!(recorded.passages(0), simulated.passages(0), "{what}");
    let [ours, theirs] =
        [&recorded, &simulated].map(|trace| Account::at(trace, 0, simulated.end() + 1_000_000));
    assert_eq!((ours.payload(), ours.framing()), (theirs.payload(), theirs.framing()), "{what}");
    assert_eq!(
        (ours.connections, ours.requests, ours.frames),
        (theirs.connections, theirs.requests, theirs.frames)
    );
    assert_eq!(recorded.octets_are(0), Provenance::Witnessed);
}

#[test]
fn every_way_of_every_scenario() {
    for transport in Transport::ALL {
        for workload in Workload::ALL {
            for binary in [false, true] {
                let lanes = vec![transport];
                check(&Scenario { lanes, binary, ..Scenario::default() }.turned_to(workload));
            }
        }
    }
}

/// What one server says and what the other hears has all four times: both ends were tapped.
#[test]
fn of_two_servers_both_ends_are_known() {
    let scenario = Scenario { lanes: vec![Transport::Webhook], ..Scenario::default() };
    let simulated = simulate(&scenario);
    let recorded = recorded(&plan(&scenario), &logs(&simulated), Some((&tap(&simulated), ALIGNED)));
    for event in units(&recorded, 0) {
        let times = event.times;
        let all = [times.sent_first, times.sent_last, times.received_first, times.received_last];
        assert!(all.iter().all(|at| at.is_some_and(|it| it.from == Provenance::Witnessed)), "{event:?}");
    }
}

/// A message in several frames is one message, and it is heard once.
#[test]
fn fragments_are_one_message() {
    let scenario = Scenario { lanes: vec![Transport::WebSocket], ..Scenario::default() };
    let simulated = simulate(&scenario);
    let mut tap = tap(&simulated);
    for tapped in tap.lanes[0].connections.iter_mut().flat_map(|it| &mut it.chunks) {
        let octets = &tapped.octets;
        if tapped.from == Speaker::Server && octets.first() == Some(&0x81) {
            let mut frames: Vec<u8> = Vec::new();
            let pieces: Vec<&[u8]> = octets[2..].chunks(2).collect();
            for (n, piece) in pieces.iter().enumerate() {
                let mut frame = Frame::new(if n == 0 { Opcode::Text } else { Opcode::Continuation }, *piece);
                frame.header.fin = n + 1 == pieces.len();
                frames.extend(frame.encode());
            }
            *tapped = Chunk { octets: frames, ..tapped.clone() };
        }
    }
    let recorded = recorded(&plan(&scenario), &logs(&simulated), Some((&tap, ALIGNED)));
    assert_eq!(recorded.passages(0), simulated.passages(0));
    let account = |trace| Account::at(trace, 0, simulated.end() + 1_000_000).payload();
    assert_eq!(account(&recorded), account(&simulated));
    let own = |event: &&Event| event.key.sender == Sender::Server && !event.carries.is_empty();
    let said: Vec<_> = units(&recorded, 0).filter(own).map(|event| event.carries.clone()).collect();
    let expect: Vec<_> = units(&simulated, 0).filter(own).map(|event| event.carries.clone()).collect();
    assert_eq!(said, expect);
}
