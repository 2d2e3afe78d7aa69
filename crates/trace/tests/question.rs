//! The questions: the graded answer is what closed forms, or octets read by hand, say; one answer is
//! right and no other; and what is shown as proof shows it.

use std::collections::BTreeSet;

use trace::event::Kind as Happening;
use trace::question::{Kind, Proof, Question, Turn, Value};
use trace::scenario::{Scenario, Tls, Transport, Workload};
use trace::sim::simulate;
use trace::trace::Trace;
use trace::workbench::Bench;
use wire::{CloseCode, Dissector, Opcode, Sender};

/// Enough of each kind to meet every case of it.
const SEEDS: std::ops::Range<u64> = 0..120;

fn each(kind: Kind, mut check: impl FnMut(&Question)) {
    for seed in SEEDS {
        check(&Question::new(kind, seed));
    }
}

/// What the right answer says.
fn truth(question: &Question) -> &Value {
    &question.answers[question.right()]
}

fn run(question: &Question) -> (&Scenario, Trace, u64) {
    match &question.proof {
        Proof::Run { scenario, at, .. } => (scenario, simulate(scenario), *at),
        Proof::Octets(_) => panic!("{:?} {} is not about a run", question.kind, question.seed),
    }
}

fn octets(question: &Question) -> (&Bench, Vec<u8>) {
    match &question.proof {
        Proof::Octets(bench) => (bench, bench.draft.build().expect("a frame").octets),
        Proof::Run { .. } => panic!("{:?} {} is about a run", question.kind, question.seed),
    }
}

#[test]
fn one_answer_is_right_and_no_other() {
    for kind in Kind::ALL {
        let mut places = BTreeSet::new();
        each(kind, |question| {
            let name = format!("{kind:?} {}", question.seed);
            assert!((2..=4).contains(&question.answers.len()), "{name}: {:?}", question.answers);
            let right: Vec<usize> = (0..9).filter(|&place| question.grade(place)).collect();
            assert_eq!(right, [question.right()], "{name}");
            let written: BTreeSet<String> = question.answers.iter().map(Value::written).collect();
            assert_eq!(written.len(), question.answers.len(), "{name}: two answers look alike");
            places.insert(question.right());
        });
        assert!(places.len() > 1, "{kind:?}: the right answer always stands at the same place");
    }
}

#[test]
fn a_seed_asks_the_same_again_and_others_ask_something_else() {
    for kind in Kind::ALL {
        let mut asked = BTreeSet::new();
        each(kind, |question| {
            assert!(*question == Question::new(kind, question.seed));
            let answers: Vec<String> = question.answers.iter().map(Value::written).collect();
            asked.insert(format!("{} {answers:?}", question.ask.told()));
        });
        assert!(asked.len() > 60, "{kind:?}: only {} different questions", asked.len());
        assert_eq!(Kind::named(kind.id()), Some(kind));
        assert!(kind.topic().title.ends_with(['?', 'e']) && kind.topic().about.ends_with(['?', '.']));
    }
    assert_eq!(Kind::named("sphinx"), None);
    let mut seeds = BTreeSet::from([1]);
    let mut seed = 1;
    for _ in 0..1_000 {
        seed = Question::next_seed(seed);
        assert!(seed < 1_000_000);
        seeds.insert(seed);
    }
    assert!(seeds.len() > 900, "the seeds go in a circle of {}", seeds.len());
}

#[test]
fn words_are_whole() {
    for kind in Kind::ALL {
        each(kind, |question| {
            let (ask, why) = (question.ask.told(), question.because.told());
            for text in [&ask, &why] {
                assert!(!text.contains("{}") && !text.contains("  "), "{text}");
                assert!(text.matches('`').count().is_multiple_of(2), "{text}");
            }
            for told in [&question.ask, &question.because] {
                assert_eq!(told.text.matches("{}").count(), told.gaps.len(), "{}", told.text);
            }
            assert!(ask.ends_with('?') && why.ends_with('.'), "{ask} {why}");
            assert!((1..=4).contains(&question.sections.len()));
        });
    }
}

#[test]
fn the_proof_is_there() {
    for kind in Kind::ALL {
        each(kind, |question| match &question.proof {
            Proof::Run { scenario, at, selected } => {
                let trace = simulate(scenario);
                assert!(*at > 0 && *at <= trace.end(), "{kind:?} {}: {at}", question.seed);
                let event = selected.and_then(|place| trace.events().get(place));
                let event = event.unwrap_or_else(|| panic!("{kind:?} {}: nothing selected", question.seed));
                assert!(event.start() <= *at, "{kind:?} {}: not yet to be seen", question.seed);
                let link = trace::fragment::Link { scenario: scenario.clone(), ..Default::default() };
                assert_eq!(trace::fragment::Link::read(&link.write()), (link, Vec::new()));
            }
            Proof::Octets(bench) => {
                let shown = bench.dissect().expect("octets");
                assert!(!shown.exhibits.is_empty(), "{kind:?} {}", question.seed);
            }
        });
    }
}

/// RFC 6455 section 5.2, by its table of lengths.
#[test]
fn octets_of_a_message() {
    each(Kind::Octets, |question| {
        let (scenario, trace, at) = run(question);
        let size = u64::from(scenario.size.expect("a size"));
        let event = trace.events().iter().find(|it| it.raw.is_some() && it.end() == at).expect("the frame");
        let mask = if event.key.sender == Sender::Client { 4 } else { 0 };
        let header = match size {
            0..=125 => 2,
            126..=65_535 => 4,
            _ => 10,
        };
        assert_eq!(*truth(question), Value::Octets(header + mask + size), "{}", question.seed);
        // The question names the same sender.
        assert_eq!(question.ask.text.starts_with("You"), mask > 0);
    });
}

/// The bits, read by hand.
#[test]
fn a_frame_that_begins() {
    each(Kind::Begun, |question| {
        let (_, octets) = octets(question);
        let expect = if question.ask.text.contains("payload") {
            let length = match octets[1] & 0x7f {
                126 => u64::from(octets[2]) * 256 + u64::from(octets[3]),
                127 => panic!("too long for this question"),
                short => u64::from(short),
            };
            Value::Octets(length)
        } else if question.ask.text.contains("Who") {
            Value::Name(if octets[1] >= 0x80 { "The client" } else { "The server" })
        } else {
            let names = [(1, "Text"), (2, "Binary"), (8, "Close"), (9, "Ping"), (10, "Pong")];
            let name = names.iter().find(|(opcode, _)| *opcode == octets[0] & 0x0f).expect("a kind").1;
            Value::Name(name)
        };
        assert_eq!(*truth(question), expect, "{}", question.seed);
    });
}

/// The rules of RFC 6455 sections 5.1, 5.2, 5.5 and 8.1 on one short frame, octet by octet.
#[test]
fn a_close_code() {
    let mut met = BTreeSet::new();
    each(Kind::Close, |question| {
        let (bench, octets) = octets(question);
        let (first, second) = (octets[0], octets[1]);
        let masked = second >= 0x80;
        let (fin, rsv, opcode) = (first >= 0x80, first & 0x70, first & 0x0f);
        let payload: Vec<u8> = match masked {
            true => octets[6..].iter().zip(octets[2..6].iter().cycle()).map(|(it, key)| it ^ key).collect(),
            false => octets[2..].to_vec(),
        };
        let expect = if rsv != 0
            || !matches!(opcode, 1 | 2 | 8 | 9 | 10)
            || (opcode >= 8 && !fin)
            || masked != (bench.draft.sender == Sender::Client)
        {
            Value::Code(1002)
        } else if opcode == 1 && std::str::from_utf8(&payload).is_err() {
            Value::Code(1007)
        } else {
            Value::InOrder
        };
        met.insert(expect.written());
        assert_eq!(*truth(question), expect, "{}: {octets:02x?}", question.seed);
    });
    assert_eq!(met.len(), 3);
}

/// WHATWG WebSockets: 1000, or 3000 to 4999.
#[test]
fn what_a_script_may_say() {
    let may = |code: u16| code == 1000 || (3_000..5_000).contains(&code);
    each(Kind::Script, |question| {
        for (place, answer) in question.answers.iter().enumerate() {
            let Value::Code(code) = *answer else { panic!("{answer:?} is no code") };
            assert_eq!(question.grade(place), may(code), "{}: {code}", question.seed);
            assert_eq!(CloseCode(code).script_may_send(), may(code));
        }
    });
}

/// Whose turn it is, by another reader: the octets so far, through the codec.
#[test]
fn whose_turn_it_is() {
    let mut met = BTreeSet::new();
    each(Kind::Turn, |question| {
        let (_, trace, at) = run(question);
        let begun: Vec<_> = trace.lane(0).filter(|it| it.travels() && it.start() <= at).collect();
        assert!(begun.iter().all(|it| it.end() <= at), "{}: something is under way", question.seed);
        let newest = begun.iter().map(|it| it.key.connection).max().expect("a connection");
        let mut reader = Dissector::default();
        let (mut asked, mut answered, mut closed) = (0, 0, [false; 2]);
        for event in begun.iter().filter(|it| it.key.connection == newest) {
            let Some(raw) = &event.raw else { continue };
            reader.feed(event.key.sender, raw);
            while let Some(unit) = reader.poll() {
                let unit = unit.expect("nothing is broken");
                asked += u32::from(unit.request().is_some());
                answered += u32::from(unit.response().is_some());
                let close = unit.frame().is_some_and(|header| header.opcode == Opcode::Close);
                closed[usize::from(unit.sender == Sender::Server)] |= close;
            }
        }
        let ended = begun.iter().any(|it| it.key.connection == newest && matches!(it.kind, Happening::Fin));
        let turn = if ended || closed == [true, true] {
            Turn::Nobody
        } else if closed == [true, false] {
            Turn::Ben
        } else if reader.direction(Sender::Server).is_upgraded() {
            Turn::Either
        } else if asked > answered {
            Turn::Ben
        } else {
            Turn::You
        };
        met.insert(turn);
        assert_eq!(*truth(question), Value::Turn(turn), "{}", question.seed);
    });
    assert_eq!(met.len(), Turn::ALL.len(), "only {met:?} was asked for");
}

/// What may be pushed takes half a round trip and its octets; what is asked for comes with an answer to
/// a question that had left at a tick of the clock, and never sooner than half a round trip.
#[test]
fn which_lane_is_first() {
    let mut met = BTreeSet::new();
    each(Kind::First, |question| {
        let (scenario, trace, _) = run(question);
        let (said, half) = (scenario.added[0].at, scenario.network.round_trip / 2);
        let ages = [0, 1].map(|lane| {
            let heard = trace.passages(lane).iter().filter_map(|it| it.delivered).next();
            let age = heard.expect("heard") - said;
            if scenario.lanes[lane].may_push() || scenario.lanes[lane] == Transport::Long {
                assert!((half..half + 1_000).contains(&age), "{}: pushed in {age}", question.seed);
            } else {
                assert!(age >= half && age <= half + scenario.poll + 4 * half + 10_000, "{age}");
            }
            age
        });
        let expect = match ages {
            [a, b] if a.abs_diff(b) <= 10_000 => Value::Tie,
            [a, b] => Value::Lane(usize::from(b < a)),
        };
        met.insert(expect.written());
        assert_eq!(*truth(question), expect, "{}", question.seed);
    });
    assert_eq!(met.len(), 3);
}

/// A connection a message, one for all, or at most six.
#[test]
fn how_many_connections() {
    each(Kind::Connections, |question| {
        let (scenario, ..) = run(question);
        let messages = u64::from(scenario.messages);
        let expect = match scenario.lanes[0] {
            Transport::Close => messages,
            Transport::Six => {
                assert_eq!(scenario.workload, Workload::Page);
                messages.min(6)
            }
            _ => 1,
        };
        assert_eq!(*truth(question), Value::Number(expect), "{}", question.seed);
    });
}

/// TCP one; TLS 1.2 two, 1.3 one; the opening handshake one; the echo one.
#[test]
fn how_many_round_trips() {
    each(Kind::Rounds, |question| {
        let (scenario, ..) = run(question);
        let tls = match scenario.network.tls {
            Tls::Off => 0,
            Tls::V12 => 2,
            Tls::V13 | Tls::Resumed => 1,
        };
        let upgrade = u64::from(scenario.lanes[0] == Transport::WebSocket);
        assert_eq!(*truth(question), Value::Number(1 + tls + upgrade + 1), "{}", question.seed);
    });
}
