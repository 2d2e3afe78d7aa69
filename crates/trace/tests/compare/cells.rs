//! The usual comparison: every cell's figures counted once more, every link opened.

use trace::compare::table::{Cell, Table, table};
use trace::event::{Event, Kind};
use trace::fragment::Link;
use trace::scenario::{Scenario, Transport, Workload};
use trace::sim::simulate;
use trace::trace::Trace;
use wire::Sender;

use crate::common::golden;
use crate::scenes::{alone, network, scenario};

fn cell<'a>(table: &'a Table, row: &str, transport: Transport) -> &'a Cell {
    let row = table.rows.iter().find(|it| it.name == row).expect("a row");
    let column = table.transports.iter().position(|it| *it == transport).expect("a column");
    &row.cells[column]
}

/// The numbers in a text, in their order, without their commas.
fn numbers(text: &str) -> Vec<f64> {
    let plain = text.replace(',', "");
    let parts = plain.split(|letter: char| !letter.is_ascii_digit() && letter != '.');
    parts.filter_map(|part| part.trim_matches('.').parse().ok()).collect()
}

fn of(trace: &Trace, is: impl Fn(&Event) -> bool) -> Vec<&Event> {
    trace.events().iter().map(|it| &**it).filter(|it| is(it)).collect()
}

fn is_request(event: &Event) -> bool {
    matches!(event.kind, Kind::Request { .. })
}

fn from(event: &Event, sender: Sender) -> bool {
    event.travels() && event.key.sender == sender && !event.carries.is_empty()
}

/// Hundredths of a second, as they are written.
fn hundredths(micros: u64) -> f64 {
    ((micros + 5_000) / 10_000) as f64 / 100.0
}

/// One figure, or the least and the greatest.
fn ends(mut figures: Vec<f64>) -> Vec<f64> {
    figures.sort_unstable_by(f64::total_cmp);
    figures.dedup();
    if figures.len() > 1 { vec![figures[0], figures[figures.len() - 1]] } else { figures }
}

fn check(base: &Scenario, table: &Table, transport: Transport) {
    let run = |workload, messages| {
        alone(&Scenario { workload, messages, added: Vec::new(), ..base.clone() }, transport)
    };
    let (talk, echo) = (run(Workload::Chat, 5), run(Workload::Echo, 5));
    let says = |row: &str| numbers(&cell(table, row, transport).text);
    let requests = of(&talk, is_request);
    let answers = of(&talk, |it| matches!(it.kind, Kind::Response { .. }));
    let unasked = of(&talk, |it| from(it, Sender::Server) && !matches!(it.kind, Kind::Response { .. }));
    let frames = of(&talk, |it| matches!(it.kind, Kind::Frame { .. }) && !it.carries.is_empty());
    let count = |events: &[&Event]| events.len() as f64;

    let second = if !frames.is_empty() {
        &frames
    } else if !unasked.is_empty() {
        &unasked
    } else {
        &answers
    };
    let called = requests.iter().any(|it| it.key.sender == Sender::Server);
    let second = if called { &answers } else { second };
    assert_eq!(says("Communication model"), [count(&requests), count(second)], "{transport:?}");

    let heads = ends(
        requests
            .iter()
            .map(|it| (it.raw.as_ref().expect("seen").len() as u64 - it.octets.payload) as f64)
            .collect(),
    );
    let mut state = if frames.is_empty() { vec![count(&requests)] } else { Vec::new() };
    state.extend(heads);
    let rest = if frames.is_empty() { &unasked } else { &frames };
    state.extend((!rest.is_empty() && !called).then(|| count(rest)));
    assert_eq!(says("State"), state, "{transport:?}");

    let own = requests.iter().chain(&frames).filter(|it| it.key.sender == Sender::Client).count() as f64;
    let crossed = |sender| {
        of(&talk, |it| it.key.sender == sender)
            .iter()
            .filter_map(|it| it.raw.as_ref())
            .map(|it| it.len())
            .sum::<usize>() as f64
    };
    let direction = [own, count(&unasked), crossed(Sender::Client), crossed(Sender::Server)];
    assert_eq!(says("Direction"), direction, "{transport:?}");

    let said = of(&talk, |it| it.kind == Kind::Said && it.key.sender == Sender::Server);
    let waits = said.iter().map(|said| {
        let id = said.carries[0].id;
        let carrier = of(&talk, |it| from(it, Sender::Server) && it.carries.iter().any(|it| it.id == id))[0];
        hundredths(carrier.start() - said.start())
    });
    assert_eq!(says("Update mechanism"), ends(waits.collect()), "{transport:?}");

    let connections = of(&talk, |it| it.kind == Kind::Syn);
    let lasted = connections.iter().map(|syn| {
        let own = of(&talk, |it| it.travels() && it.key.connection == syn.key.connection);
        hundredths(own.iter().map(|it| it.end()).max().expect("events") - syn.start())
    });
    let mut expect = vec![count(&connections)];
    expect.extend(ends(lasted.collect()));
    assert_eq!(says("Connection"), expect, "{transport:?}");

    let framing = |trace: &Trace| trace.events().iter().map(|it| it.octets.framing as i64).sum::<i64>();
    let (once, twice) = (framing(&echo), framing(&run(Workload::Echo, 10)));
    let size = base.size.unwrap_or(16);
    let expect = [(twice - once) as f64 / 5.0, f64::from(size), (2 * once - twice) as f64];
    assert_eq!(says("Overhead"), expect, "{transport:?}");

    let heard = of(&echo, |it| it.kind == Kind::Delivered && it.key.sender == Sender::Server);
    let spoken = of(&echo, |it| it.kind == Kind::Said && it.key.sender == Sender::Client);
    let mut took: Vec<u64> =
        heard.iter().zip(spoken).map(|(heard, said)| heard.start() - said.start()).collect();
    let first = took.remove(0);
    took.sort_unstable();
    assert_eq!(says("Latency"), [hundredths(first), hundredths(took[1])], "{transport:?}");
}

#[test]
fn every_figure_is_counted_in_a_run() {
    let bases = [
        Scenario::default(),
        Scenario { poll: 300_000, ..scenario(Workload::Echo, 9) },
        Scenario { size: Some(1_000), network: network(20, 1_000), ..Scenario::default() },
        Scenario { lanes: vec![Transport::Sse, Transport::Deflate], ..scenario(Workload::Ticker, 60) },
    ];
    for base in bases {
        let table = table(&base);
        // The lanes first, and no transport twice.
        assert_eq!(table.transports[..base.lanes.len()], base.lanes);
        assert_eq!(table.transports.len(), Transport::ALL.len());
        Transport::ALL.into_iter().for_each(|transport| check(&base, &table, transport));
    }
}

#[test]
fn every_cell_opens_the_event_that_shows_it() {
    let lanes = vec![Transport::Sse, Transport::WebSocket];
    let table = table(&Scenario { poll: 500_000, lanes: lanes.clone(), ..Scenario::default() });
    for row in &table.rows {
        for (cell, &transport) in row.cells.iter().zip(&table.transports) {
            let (link, complaints) = Link::read(&cell.link);
            assert!(complaints.is_empty() && link.write() == cell.link, "{complaints:?}");
            // The visitor's lanes stand beside the one that is opened.
            assert_eq!((link.scenario.lanes[0], link.scenario.poll), (transport, 500_000));
            assert!(lanes.iter().all(|lane| link.scenario.lanes.contains(lane)), "{}", cell.link);
            let trace = simulate(&link.scenario);
            let event = &trace.events()[link.selected.expect("an event")];
            assert_eq!(event.key.lane, 0);
            let fits = match row.name {
                "Communication model" => {
                    event.travels() && (!is_request(event) || from(event, Sender::Server))
                }
                "State" => is_request(event) || from(event, Sender::Client),
                "Direction" => is_request(event) || from(event, Sender::Server),
                "Update mechanism" => from(event, Sender::Server),
                "Connection" => matches!(event.kind, Kind::Fin | Kind::Syn),
                "Overhead" => trace.is_echo() && from(event, Sender::Client),
                "Latency" => {
                    trace.is_echo() && event.kind == Kind::Delivered && event.key.sender == Sender::Server
                }
                other => panic!("no rule for {other}"),
            };
            assert!(fits, "{} of {transport:?}: {:?}", row.name, event.kind);
        }
    }
}

#[test]
fn the_table_of_the_first_screen() {
    let table = table(&Scenario::default());
    let mut out = String::new();
    for row in &table.rows {
        out += &format!("{} (taught: {} / {})\n{}\n", row.name, row.taught[0], row.taught[1], row.exact);
        for (cell, transport) in row.cells.iter().zip(&table.transports) {
            out += &format!("  {}: {}\n    #{}\n", transport.name(), cell.text, cell.link);
        }
    }
    golden("compare-table.txt", &out);
    assert!(table.grid().rows.iter().all(|row| row.len() == table.grid().head.len()));
}
