//! The comparison that every lecture shows, computed: one column for each transport, and behind each
//! cell the run and the event that show it.
//!
//! Two runs fill a column: the first screen's conversation, in which either side speaks when it likes,
//! and an echo, in which each message waits for the last. Both on the scenario's own network, and beside
//! its lanes: whoever opens a run finds them again.

mod cells;

use tongue::{say, word};

use super::Grid;
use crate::caption::plural;
use crate::fragment::Link;
use crate::scenario::{Scenario, Transport, Workload};
use crate::sim::simulate;
use crate::trace::Trace;

/// The whole table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    /// The columns.
    pub transports: Vec<Transport>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// One point of comparison.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// Its name.
    pub name: &'static str,
    /// What it is often said to be, on HTTP and on a WebSocket.
    pub taught: [&'static str; 2],
    /// What is exact about it, with its source.
    pub exact: &'static str,
    /// One for each column.
    pub cells: Vec<Cell>,
}

/// One figure with its proof.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cell {
    /// What the run shows.
    pub text: String,
    /// The link that opens the run with the event selected.
    pub link: String,
}

/// Compares every transport, those of the lanes first, on everything of `scenario` but its own conversation.
pub fn table(scenario: &Scenario) -> Table {
    let mut transports: Vec<Transport> = Vec::new();
    for &transport in scenario.lanes.iter().chain(&Transport::ALL) {
        if !transports.contains(&transport) {
            transports.push(transport);
        }
    }
    let columns: Vec<Column> = transports.iter().map(|&transport| Column::new(scenario, transport)).collect();
    let rows = ROWS.iter().map(|&(name, taught, exact, shows)| {
        let cells = columns.iter().map(|column| column.cell(shows)).collect();
        Row { name: say(name), taught: taught.map(say), exact: say(exact), cells }
    });
    Table { rows: rows.collect(), transports }
}

/// What is run for the table.
pub fn told() -> String {
    let messages = plural(MESSAGES.into(), "message");
    say!(
        "Two runs fill each column: “{}” with {}, and for overhead and latency “{}” with {}. Network, message size, \
         heads and polling interval are those of the knobs above; their scenario and number of messages are not \
         used here.",
        Workload::Chat.name(),
        messages,
        Workload::Echo.name(),
        messages
    )
}

impl Table {
    /// The same as text.
    pub fn grid(&self) -> Grid {
        let mut head = vec![String::new()];
        head.extend(self.transports.iter().map(|transport| transport.name().to_owned()));
        let row = |row: &Row| {
            let mut texts = vec![row.name.to_owned()];
            texts.extend(row.cells.iter().map(|cell| cell.text.clone()));
            texts
        };
        Grid { head, rows: self.rows.iter().map(row).collect() }
    }
}

/// The runs of one transport, whose lane is the first in each.
struct Column {
    transport: Transport,
    talk: Run,
    echo: Run,
}

struct Run {
    scenario: Scenario,
    trace: Trace,
}

/// What a cell says, in which run, and the place of the event that shows it.
struct Shown<'a> {
    text: String,
    run: &'a Run,
    event: Option<usize>,
}

impl Column {
    fn new(scenario: &Scenario, transport: Transport) -> Self {
        let others = scenario.lanes.iter().copied().filter(|it| *it != transport);
        let lanes: Vec<Transport> = std::iter::once(transport).chain(others).take(LANES).collect();
        let of = |workload| {
            let (lanes, added) = (lanes.clone(), Vec::new());
            let scenario = Scenario { lanes, workload, messages: MESSAGES, added, ..scenario.clone() };
            Run { trace: simulate(&scenario), scenario }
        };
        Self { transport, talk: of(Workload::Chat), echo: of(Workload::Echo) }
    }

    fn cell(&self, shows: fn(&Self) -> Shown<'_>) -> Cell {
        let Shown { text, run, event } = shows(self);
        let link = Link { scenario: run.scenario.clone(), selected: event, ..Link::default() };
        Cell { text, link: link.write() }
    }
}

type Shows = for<'a> fn(&'a Column) -> Shown<'a>;

const ROWS: [(&str, [&str; 2], &str, Shows); 7] = [
    (
        word!("Communication model"),
        [word!("request and response"), word!("bidirectional")],
        word!(
            "A response always answers a request (RFC 9110 section 3.4). After the handshake a WebSocket has \
         messages, and no message answers another (RFC 6455 section 1.2)."
        ),
        Column::model,
    ),
    (
        word!("State"),
        [word!("stateless"), word!("stateful")],
        word!(
            "Stateless means that each request can be understood alone; it says nothing about whether the \
         connection stays open, or whether the server remembers (RFC 9110 section 3.3)."
        ),
        Column::state,
    ),
    (
        word!("Direction"),
        [word!("unidirectional"), word!("bidirectional")],
        word!(
            "Octets flow both ways in every exchange. What is one-sided about HTTP is who may start one \
         (RFC 9110 section 3.3)."
        ),
        Column::direction,
    ),
    (
        word!("Update mechanism"),
        [word!("polling"), word!("push")],
        word!(
            "News waits until the server may speak: for the next question, or not at all where an answer or a \
         connection is open (RFC 6202 section 2, RFC 6455 section 1.1)."
        ),
        Column::update,
    ),
    (
        word!("Connection"),
        [word!("short-lived"), word!("persistent")],
        word!(
            "HTTP/1.1 keeps its connection unless either side says Connection: close (RFC 9112 section 9.3)."
        ),
        Column::connection,
    ),
    (
        word!("Overhead"),
        [word!("large heads"), word!("small frames")],
        word!(
            "A head costs what it says, hundreds of octets from a browser; a frame's header has 2 to 10 octets, \
         and a client's 4 more for masking (RFC 6455 section 5.2). TCP and IP come on top of both."
        ),
        Column::overhead,
    ),
    (
        word!("Latency"),
        [word!("slow"), word!("fast")],
        word!(
            "The same round trip for both once the connection is open. A WebSocket is open one round trip \
         later, and a new connection for each message costs one each time (RFC 6455 section 1.3)."
        ),
        Column::latency,
    ),
];

/// Messages of each run: one round of the chat.
const MESSAGES: u32 = 5;

/// Lanes that a link can hold.
const LANES: usize = 4;
