//! Stacked octets.

use trace::compare::ledger::{Part, Parts, stack};
use trace::scenario::{Scenario, Transport, Workload};
use trace::sim::simulate;

use crate::scenes;

/// Every set of parts.
fn sets() -> impl Iterator<Item = Parts> {
    (0..1_u32 << Part::ALL.len()).map(|bits| {
        let chosen = Part::ALL.into_iter().enumerate().filter(|(place, _)| bits & (1 << place) != 0);
        Parts::only(&chosen.map(|(_, part)| part).collect::<Vec<_>>())
    })
}

#[test]
fn segments_tile_each_bar_on_one_scale() {
    for workload in [Workload::Chat, Workload::Echo] {
        let scenario = Scenario { lanes: Transport::ALL.to_vec(), ..scenes::scenario(workload, 7) };
        let trace = simulate(&scenario);
        for parts in sets() {
            let whole = (0..).take(Transport::ALL.len());
            let most = whole.map(|lane| scenes::octets(&trace, lane, u64::MAX, parts)).max().expect("lanes");
            for now in [0, 150_000, 1_000_000, trace.end(), u64::MAX] {
                let stack = stack(&trace, now, parts, 400.0);
                assert_eq!(stack.most, most);
                for (lane, bar) in (0..).zip(&stack.bars) {
                    let expect = scenes::octets(&trace, lane, now, parts);
                    assert_eq!(bar.octets, Some(expect), "{:?} at {now}", bar.transport);
                    assert_eq!(bar.segments.iter().map(|it| it.octets).sum::<u64>(), expect);
                    let mut x = 0.0;
                    for segment in &bar.segments {
                        assert!((segment.x - x).abs() < 1e-9, "a gap before {segment:?}");
                        x += segment.width;
                    }
                    assert!((x - 400.0 * expect as f64 / most.max(1) as f64).abs() < 1e-9);
                    assert!(x <= 400.0 + 1e-9);
                }
            }
        }
    }
}

#[test]
fn switching_a_part_twice_changes_nothing() {
    for parts in sets() {
        for part in Part::ALL {
            assert_ne!(parts.toggled(part).contains(part), parts.contains(part));
            assert_eq!(parts.toggled(part).toggled(part), parts);
        }
    }
}

/// The heads in the golden of the conversation, added up: 4 x 526 + 2 x 581 + 3 x 261 + 3 x 313.
#[test]
fn the_first_screen_in_octets() {
    let trace = simulate(&Scenario::default());
    let stack = stack(&trace, u64::MAX, Parts::on_connection(), 400.0);
    let octets: Vec<u64> = stack.bars[0].segments.iter().map(|it| it.octets).collect();
    assert_eq!((octets, stack.bars[0].octets), (vec![28, 4_988], Some(5_016)));
}
