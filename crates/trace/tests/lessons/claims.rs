//! What the sentences claim without a figure.

use super::page::Page;
use super::{figures, form};
use trace::ledger::Account;
use trace::lesson::named;
use trace::scenario::{Network, Scenario};
use trace::sim::simulate;

fn scenario(lesson: &str, place: usize) -> Scenario {
    Page::entered(&named(lesson).expect("a lesson").beats[place]).scenario
}

#[test]
fn the_octets_themselves_hardly_take_time() {
    let one = scenario("request", 6);
    let heard = form::http(&one, false).last();
    assert!((heard - 2 * one.network.round_trip) * 50 < heard);
}

/// From the break-even on, and not before, the WebSocket lane has carried less; a message later the lead
/// is larger.
#[test]
fn the_break_even() {
    let cost = scenario("cost", 5);
    for size in [1, 16, 125, 126, 1_000, 65_536] {
        let lead = |messages: u32| {
            let scenario = Scenario { messages, size: Some(size), ..cost.clone() };
            let trace = simulate(&scenario);
            let octets = |lane| Account::at(&trace, lane, trace.end()).on_connections() as i64;
            octets(0) - octets(1)
        };
        let page = Page::playing(Scenario { size: Some(size), ..cost.clone() });
        let first: u32 = figures::expected("cost", 5, false, &page)[3].parse().expect("a count");
        assert!(lead(first) > 0 && lead(first - 1) <= 0 && lead(first + 1) > lead(first), "{size}");
    }
}

/// On a narrow link the heads are felt, on a wide one they are not.
#[test]
fn heads_on_a_narrow_link() {
    let cost = scenario("cost", 5);
    let warm = |kilobits| {
        let network = Network { kilobits, ..cost.network };
        let scenario = Scenario { network, ..cost.clone() };
        let trip = |echo: form::Echo| echo.answers[1].1 - echo.answers[0].1;
        trip(form::http(&scenario, false)) - trip(form::websocket(&scenario))
    };
    assert!(warm(10_000) < 2_000 && warm(100) > 50_000);
}
