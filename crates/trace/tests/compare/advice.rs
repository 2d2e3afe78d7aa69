//! The chooser: what it recommends, by which figures, and where the answer turns.

use std::fmt::Write;

use trace::compare::chooser::{
    Advice, Answers, FRAMED, HELD, IDLE, Large, Objection, Often, Soon, Who, choose, rank, rule,
};
use trace::compare::ledger::Parts;
use trace::compare::manner::Manner;
use trace::event::Kind;
use trace::scenario::{Scenario, Transport};

use crate::common::golden;
use crate::scenes::{alone, octets};

fn answers(who: Who, often: Often, large: Large, soon: Soon, plain: bool) -> Answers {
    Answers { who, often, large, soon, plain }
}

fn advice(answers: Answers) -> Advice {
    choose(&Scenario::default(), answers)
}

/// The way of the best, found without looking for where it turns.
fn best(given: Answers) -> Manner {
    let best = rank(&Scenario::default(), given.need(), &Transport::ALL).remove(0);
    assert!(best.objection.is_none(), "{given:?}: {best:?}");
    best.manner
}

#[test]
fn plain_work_gets_plain_http() {
    for often in Often::ALL {
        for large in [Large::Words, Large::Page] {
            for plain in [false, true] {
                let given = answers(Who::Client, often, large, Soon::AtOnce, plain);
                assert_eq!(best(given), Manner::Asked, "{given:?}");
            }
        }
    }
    let advice = advice(answers(Who::Client, Often::Sometimes, Large::Words, Soon::AtOnce, false));
    assert_eq!(advice.ranked[0].transport, Transport::Persistent);
}

#[test]
fn rare_news_is_streamed_or_held() {
    let ways = [Manner::Streamed, Manner::Held];
    for soon in [Soon::AtOnce, Soon::Seconds] {
        for large in [Large::Words, Large::Paragraph] {
            let given = answers(Who::Server, Often::Rarely, large, soon, false);
            let ranked = rank(&Scenario::default(), given.need(), &Transport::ALL);
            // Where neither is there, only a WebSocket need not be asked.
            let there = ranked.iter().any(|it| ways.contains(&it.manner) && it.objection.is_none());
            let fits = if there { ways.contains(&best(given)) } else { best(given) == Manner::Framed };
            assert!(fits, "{given:?}: {ranked:?}");
        }
    }
    let patient = answers(Who::Server, Often::Rarely, Large::Words, Soon::Minute, false);
    assert_eq!(best(patient), Manner::Asked);
}

#[test]
fn frequent_talk_gets_a_websocket() {
    for large in Large::ALL {
        let given = answers(Who::Both, Often::Often, large, Soon::AtOnce, false);
        assert_eq!(best(given), Manner::Framed, "{given:?}");
    }
}

#[test]
fn old_proxies_get_nothing_but_requests_and_responses() {
    for who in [Who::Server, Who::Both] {
        let advice = advice(answers(who, Often::Sometimes, Large::Words, Soon::Seconds, true));
        assert!(matches!(advice.ranked[0].manner, Manner::Asked | Manner::Held));
        let refused = advice.ranked.iter().filter(|it| it.objection == Some(Objection::MayBeRefused));
        assert!(refused.count() >= 1);
    }
}

/// Octets, rates, prices, ages and order once more, from the events.
fn recount(given: Answers) {
    let advice = advice(given);
    assert_eq!(advice.ranked.len(), Transport::ALL.len());
    for standing in &advice.ranked {
        let trace = alone(&advice.scenario, standing.transport);
        let all = octets(&trace, 0, u64::MAX, Parts::ALL);
        let lasted = match given.who {
            Who::Client => 100 * advice.need.gap,
            _ => trace.events().iter().map(|it| it.end()).max().expect("events"),
        };
        let spoken: usize = trace
            .events()
            .iter()
            .filter(|it| it.kind == Kind::Delivered)
            .map(|it| it.carries[0].text.len())
            .sum();
        let carried: u64 = trace.events().iter().map(|it| it.octets.payload).sum();
        // Filler that was compressed counts as if it had not been.
        let all = if given.who == Who::Client { all + spoken as u64 - carried } else { all };
        let minute = u128::from(all) * 60_000_000 / u128::from(lasted);
        assert_eq!(u128::from(standing.octets_a_minute), minute, "{given:?} {:?}", standing.transport);
        let surcharge = match (given.who, standing.manner) {
            (_, Manner::Asked) => 0,
            (Who::Client, _) => IDLE,
            (_, Manner::Framed) => FRAMED,
            _ => HELD,
        };
        assert_eq!(standing.price, standing.octets_a_minute + surcharge);
        let mut ages: Vec<u64> = Vec::new();
        let script = advice.scenario.script().len() as u32;
        for said in trace.events().iter().filter(|it| it.kind == Kind::Said && it.carries[0].id < script) {
            let id = said.carries[0].id + if given.who == Who::Client { script } else { 0 };
            let heard = trace.events().iter().find(|it| it.kind == Kind::Delivered && it.carries[0].id == id);
            ages.extend(heard.map(|heard| heard.start() - said.start()));
        }
        ages.sort_unstable();
        let p95 = ages[(ages.len() * 95).div_ceil(100) - 1];
        assert_eq!(standing.figures.ages.map(|it| it.p95), Some(p95), "{given:?} {:?}", standing.transport);
        match standing.objection {
            Some(Objection::Late(late)) => assert!(late == p95 && p95 > advice.need.within),
            Some(Objection::MayBeRefused | Objection::MayBeKeptBack) => assert!(given.plain),
            Some(Objection::NoBrowser | Objection::Incomplete(_)) => {}
            None => assert!(p95 <= advice.need.within),
        }
    }
    let place = |it: &trace::compare::chooser::Standing| (it.objection.is_some(), it.price);
    assert!(advice.ranked.windows(2).all(|pair| place(&pair[0]) <= place(&pair[1])), "{given:?}");
}

#[test]
fn every_figure_of_the_ranking_is_counted() {
    recount(answers(Who::Client, Often::Often, Large::Words, Soon::AtOnce, false));
    recount(answers(Who::Server, Often::Sometimes, Large::Paragraph, Soon::Seconds, false));
    recount(answers(Who::Server, Often::Often, Large::Words, Soon::AtOnce, true));
    recount(answers(Who::Both, Often::Sometimes, Large::Page, Soon::Seconds, false));
    recount(answers(Who::Both, Often::Often, Large::Words, Soon::AtOnce, false));
}

/// On either side of the turning point all transports run again: here the answer is still the same,
/// there it is the other one, and they are less than a fifth apart.
#[test]
fn the_answer_turns_where_it_says() {
    let mut flips = 0;
    for (who, often, soon) in TYPICAL {
        let given = answers(who, often, Large::Words, soon, false);
        let advice = advice(given);
        let Some(flip) = advice.flip else { continue };
        flips += 1;
        let first =
            |value| rank(&Scenario::default(), flip.turn.at(advice.need, value), &Transport::ALL).remove(0);
        let best = advice.ranked[0].manner;
        assert_eq!(first(flip.still).manner, best, "{given:?} {flip:?}");
        let other = first(flip.turned);
        assert!(other.objection.is_some() || other.manner != best);
        assert_eq!(
            other.objection.is_none().then_some(other.transport),
            flip.to,
            "{given:?} {flip:?} {other:?}"
        );
        let apart = flip.still.abs_diff(flip.turned) * 5;
        assert!(apart <= flip.still.max(flip.turned), "{flip:?}");
    }
    assert!(flips >= 4, "{flips} flips");
}

#[test]
fn typical_answers_and_their_advice() {
    let mut out = rule() + "\n";
    for (who, often, soon) in TYPICAL {
        for plain in [false, true] {
            let given = answers(who, often, Large::Words, soon, plain);
            let advice = advice(given);
            let plain = Answers::plain_words(plain);
            writeln!(out, "\n{} | {} | {} | {plain}", who.words(), often.words(), soon.words())
                .expect("text");
            writeln!(out, "{}\n{}", advice.recommendation(), advice.until()).expect("text");
            let grid = advice.grid();
            assert!(grid.rows.iter().all(|row| row.len() == grid.head.len()));
            for row in grid.rows {
                writeln!(out, "  {}", row.join(" | ")).expect("text");
            }
        }
    }
    golden("compare-chooser.txt", &out);
}

const TYPICAL: [(Who, Often, Soon); 9] = [
    (Who::Client, Often::Rarely, Soon::Seconds),
    (Who::Client, Often::Often, Soon::AtOnce),
    (Who::Server, Often::Rarely, Soon::AtOnce),
    (Who::Server, Often::Rarely, Soon::Seconds),
    (Who::Server, Often::Rarely, Soon::Minute),
    (Who::Server, Often::Often, Soon::AtOnce),
    (Who::Both, Often::Rarely, Soon::Seconds),
    (Who::Both, Often::Sometimes, Soon::AtOnce),
    (Who::Both, Often::Often, Soon::AtOnce),
];
