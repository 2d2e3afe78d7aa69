//! The chooser: what it recommends, by which figures, and where the answer turns.

use std::fmt::Write;

use trace::compare::chooser::{
    Advice, Answers, FRAMED, HELD, IDLE, Large, Objection, Often, Soon, Standing, Who, choose, rank, rule,
};
use trace::compare::ledger::Parts;
use trace::compare::manner::Manner;
use trace::event::Kind;
use trace::fragment::{LONGEST_LINK, Link};
use trace::scenario::{Network, Scenario, Tls, Transport, Workload};
use trace::trace::Trace;

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

/// HTTP requests on the way by a time.
fn requests(trace: &Trace, now: u64) -> u64 {
    let requests = trace.events().iter().filter(|it| matches!(it.kind, Kind::Request { .. }));
    requests.filter(|it| it.times.sent() <= now).count() as u64
}

/// Octets, rates, prices, ages and order once more, from the events.
fn recount(given: Answers) {
    let advice = advice(given);
    assert_eq!(advice.ranked.len(), Transport::ALL.len());
    for standing in &advice.ranked {
        let trace = alone(&advice.scenario, standing.transport);
        let spoken: usize = trace
            .events()
            .iter()
            .filter(|it| it.kind == Kind::Delivered)
            .map(|it| it.carries[0].text.len())
            .sum();
        let carried: u64 = trace.events().iter().map(|it| it.octets.payload).sum();
        let pace = standing.pace;
        let (more, requests, lasted) = match given.who {
            // What was not sent once was sent for the echoes; filler that was compressed counts as if it
            // had not been.
            Who::Client => {
                let all = octets(&trace, 0, u64::MAX, Parts::ALL) + spoken as u64 - carried;
                use Transport::{Deflate, Sse, WebSocket};
                let opening = u64::from(matches!(standing.transport, Sse | WebSocket | Deflate));
                (all - pace.once, requests(&trace, u64::MAX) - opening, 100 * advice.need.gap)
            }
            _ => {
                let said: Vec<u64> = advice.scenario.script().iter().map(|it| it.at).collect();
                let last = said.len() - 1;
                let counted = [144, 34, 8, 2].into_iter().find(|it| *it < last).expect("a stretch");
                let (from, to) = (said[last - counted], said[last]);
                let sent = |at| octets(&trace, 0, at, Parts::ALL);
                (sent(to) - sent(from), requests(&trace, to) - requests(&trace, from), to - from)
            }
        };
        let a_minute = |more: u64| (more as f64 * 60e6 / lasted as f64).round() as u64;
        let counted = (pace.octets, pace.requests);
        assert_eq!(counted, (a_minute(more), a_minute(requests)), "{given:?} {:?}", standing.transport);
        let surcharge = match (given.who, standing.manner) {
            (_, Manner::Asked) => 0,
            (Who::Client, _) => IDLE,
            (_, Manner::Framed) => FRAMED,
            _ => HELD,
        };
        assert_eq!(standing.price, pace.octets + surcharge);
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
    let place = |it: &Standing| (it.objection.is_some(), it.price);
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

/// What is sent once, by hand: the segments of TCP, and for a WebSocket the heads of its handshake and its
/// Close frames.
#[test]
fn what_happens_once_is_what_opens_and_closes() {
    let given = answers(Who::Server, Often::Sometimes, Large::Words, Soon::AtOnce, false);
    let advice = advice(given);
    let once = |transport: Transport| {
        advice.ranked.iter().find(|it| it.transport == transport).expect("a row").pace.once
    };
    // The segments that carry nothing but the beginning and the end.
    let opened = |transport| {
        let trace = alone(&advice.scenario, transport);
        let tcp = trace
            .events()
            .iter()
            .filter(|it| matches!(it.kind, Kind::Syn | Kind::SynAck | Kind::Established | Kind::Fin));
        tcp.map(|it| it.octets.tcp_ip).sum::<u64>()
    };
    // One connection, which asks and asks: nothing but TCP.
    assert_eq!(once(Transport::Persistent), opened(Transport::Persistent));
    // A connection for each question: nothing stays.
    assert_eq!(once(Transport::Close), 0);
    // Both heads of the handshake in a segment each, and two Close frames of 4 and 8 octets in theirs.
    let trace = alone(&advice.scenario, Transport::WebSocket);
    let raw = |it: &&std::rc::Rc<trace::event::Event>| it.raw.as_ref().map_or(0, |raw| raw.len() as u64 + 40);
    let heads =
        trace.events().iter().filter(|it| matches!(it.kind, Kind::Request { .. } | Kind::Response { .. }));
    let heads: u64 = heads.map(|it| raw(&it)).sum();
    assert_eq!(once(Transport::WebSocket), opened(Transport::WebSocket) + heads + (4 + 8) + 2 * 40);
}

/// Every combination of answers, on a usual network and on one with every knob turned: the link is short
/// enough for an address, and what it opens is what was run.
#[test]
fn every_answer_has_a_link_that_opens_what_was_run() {
    let turned = Scenario {
        network: Network {
            round_trip: 150_000,
            down_kilobits: Some(20_000),
            jitter: 7_000,
            loss: 25,
            tls: Tls::V13,
            mss: 1_200,
            window: 4,
            think: 3_000,
            idle: Some(30_000_000),
            ..Network::default()
        },
        cookie: 500,
        ..Scenario { workload: Workload::Ticker, messages: 60, rate: Some(1), ..Scenario::default() }
    };
    for base in [Scenario::default(), turned] {
        for who in Who::ALL {
            for (often, large) in Often::ALL.into_iter().flat_map(|it| Large::ALL.map(|large| (it, large))) {
                for (soon, plain) in Soon::ALL.into_iter().flat_map(|it| [(it, false), (it, true)]) {
                    let given = answers(who, often, large, soon, plain);
                    let lanes = vec![Transport::Deflate, Transport::Persistent];
                    let scenario = Scenario { lanes, ..given.need().scenario(&base) };
                    let written = Link { scenario: scenario.clone(), ..Link::default() }.write();
                    assert!(written.len() <= LONGEST_LINK, "{given:?}: {} characters", written.len());
                    let (link, complaints) = Link::read(&written);
                    assert!(complaints.is_empty(), "{given:?}: {complaints:?}");
                    assert_eq!(link.scenario, scenario, "{given:?}");
                }
            }
        }
    }
}

/// The sentence, the table and the link name the same ways in the same order.
fn check_order(advice: &Advice) {
    let told = advice.recommendation();
    let rows: Vec<String> = advice.grid().rows.into_iter().map(|row| row[0].clone()).collect();
    let [best, other] = advice.pair()[..] else { panic!("no pair in {told}") };
    assert_eq!(advice.link().scenario.lanes, [best, other]);
    assert_eq!(rows[0], best.name());
    assert!(told.contains(&format!("Next comes {}", rows[1])), "{told}");
    assert!(told.contains(&format!("{}: ", best.name())) && told.contains(&format!("{}: ", other.name())));
    let manner = |transport| advice.ranked.iter().find(|it| it.transport == transport).map(|it| it.manner);
    assert_ne!(manner(best), manner(other));
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
            check_order(&advice);
            writeln!(out, "{}\n{}", advice.recommendation(), advice.until()).expect("text");
            writeln!(out, "{}\n{}", advice.without_surcharges(), advice.compressed()).expect("text");
            let grid = advice.grid();
            assert!(grid.rows.iter().all(|row| row.len() == grid.head.len()));
            for row in grid.rows {
                writeln!(out, "  {}", row.join(" | ")).expect("text");
            }
            writeln!(out, "  #{}", advice.link().write()).expect("text");
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
