//! A run as a transcript: who sent what when, as a table, and what that means, sentence by sentence.

use std::fmt::Write;

use tongue::say;
use trace::caption::{self, count, moment, plain_seconds, precise};
use trace::event::Event;
use trace::scenario::{Network, Tls};

use crate::run::{Origin, Run};
use crate::secrets::Secrets;

/// Writes the transcript: CommonMark with a table.
pub fn write(run: &Run, secrets: Secrets) -> Vec<u8> {
    let run = secrets.of(run);
    let trace = &run.trace;
    let mut text = format!("# {}\n\n", escaped(&title(&run.origin)));
    for (lane, known) in trace.lanes().iter().enumerate() {
        let (octets, times) = (run.trace.octets_are(lane).word(), run.trace.times_are().word());
        let line = say!(
            "Lane {}: {}. Octets are {}, times {}.",
            letter(lane),
            known.transport.name(),
            octets,
            times
        );
        item(&mut text, &line);
    }
    item(&mut text, &network(&run));
    item(&mut text, secrets.told());
    let heads = [say!("Time"), say!("Lane"), say!("Who"), say!("What"), say!("Octets")].map(escaped);
    let _ = write!(text, "\n| {} |\n|---:|---|---|---|---:|\n", heads.join(" | "));
    for event in trace.events().iter().take(MOST_EVENTS) {
        row(&mut text, event);
    }
    rest(&mut text, trace.events().len(), MOST_EVENTS);
    let _ = write!(text, "\n## {}\n\n", escaped(say!("What happened")));
    let steps = trace.steps();
    for (place, at) in (1..).zip(steps.iter().take(MOST_CAPTIONS)) {
        let caption = moment(trace, *at);
        let _ = write!(text, "{place}. {}", escaped(&caption.text));
        if !caption.emphasis.is_empty() {
            let _ = write!(text, " **{}**", escaped(&caption.emphasis));
        }
        text.push('\n');
    }
    rest(&mut text, steps.len(), MOST_CAPTIONS);
    text.into_bytes()
}

fn title(origin: &Origin) -> String {
    match origin {
        Origin::Simulated => say!("A run of Duplex, simulated").to_owned(),
        Origin::Live(name) => say!("A live run of Duplex, with {}", name),
        Origin::File(name) => say!("A run that Duplex read from {}", name),
    }
}

fn network(run: &Run) -> String {
    if run.origin != Origin::Simulated {
        return say!("Network: as it was; nothing of it is simulated.").to_owned();
    }
    let Network { round_trip, kilobits, down_kilobits, tls, loss, .. } = run.scenario.network;
    let up = count(kilobits.into());
    let down = count(down_kilobits.unwrap_or(kilobits).into());
    let tls = if tls == Tls::Off { say!("without TLS") } else { say!("with TLS") };
    say!(
        "Network: a round trip of {}, {} kbit/s up and {} kbit/s down, {} of 10,000 segments lost, {}.",
        plain_seconds(round_trip),
        up,
        down,
        count(loss.into()),
        tls
    )
}

fn row(text: &mut String, event: &Event) {
    let octets = match event.size() {
        None => "??".to_owned(),
        Some(0) => String::new(),
        Some(size) => count(size),
    };
    let cells = [
        precise(event.start()),
        letter(usize::from(event.key.lane)).to_string(),
        caption::who(event.key.sender).to_owned(),
        caption::title(event),
        octets,
    ];
    let _ = writeln!(text, "| {} |", cells.map(|cell| escaped(&cell)).join(" | "));
}

fn item(text: &mut String, line: &str) {
    let _ = writeln!(text, "- {}", escaped(line));
}

/// Says how many are left out.
fn rest(text: &mut String, all: usize, most: usize) {
    if let Some(more) = all.checked_sub(most).filter(|&more| more > 0) {
        let _ = writeln!(text, "\n{}", escaped(&say!("Left out: {} more.", count(more as u64))));
    }
}

/// A text of which nothing is markup (CommonMark section 2.4), on one line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            letter if letter.is_control() => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' | '!' => {
                out.extend(['\\', letter]);
            }
            letter => out.push(letter),
        }
    }
    out
}

fn letter(lane: usize) -> char {
    char::from(b'A' + (lane % 26) as u8)
}

/// Beyond this a transcript is no longer read.
const MOST_EVENTS: usize = 5_000;
const MOST_CAPTIONS: usize = 500;
