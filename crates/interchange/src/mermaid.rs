//! A run as the text of a sequence diagram, for Mermaid and all that draws it.

use std::fmt::Write;

use tongue::say;
use trace::caption::{self, count, precise};
use trace::event::{Event, Kind, Layer};
use wire::Sender;

use crate::run::Run;
use crate::secrets::Secrets;

/// Writes the diagram: two participants for each lane.
pub fn write(run: &Run, secrets: Secrets) -> Vec<u8> {
    let run = secrets.of(run);
    let trace = &run.trace;
    let mut text = String::from("sequenceDiagram\n");
    let _ = writeln!(text, "    %% {}", escaped(secrets.told()));
    let lanes = trace.lanes().iter().enumerate();
    for (lane, _) in lanes.clone() {
        for sender in [Sender::Client, Sender::Server] {
            let name = say!("Lane {} {}", letter(lane), caption::who(sender));
            let _ = writeln!(text, "    participant {} as {}", id(lane, sender), escaped(&name));
        }
    }
    for (lane, known) in lanes {
        note(&mut text, &both(lane), known.transport.name());
    }
    let shown = || trace.events().iter().filter(|event| caption::matters(event));
    for event in shown().take(MOST_EVENTS) {
        line(&mut text, event);
    }
    if let Some(more) = shown().count().checked_sub(MOST_EVENTS).filter(|&more| more > 0) {
        let last = trace.lanes().len().saturating_sub(1);
        let all = format!("{},{}", id(0, Sender::Client), id(last, Sender::Server));
        note(
            &mut text,
            &all,
            &say!("Left out, because a diagram would not hold them: {} more.", count(more as u64)),
        );
    }
    text.into_bytes()
}

fn line(text: &mut String, event: &Event) {
    let (lane, sender) = (usize::from(event.key.lane), event.key.sender);
    let (from, to) = (id(lane, sender), id(lane, sender.other()));
    let at = precise(event.start());
    let what = match event.layer {
        Layer::Application => caption::title(event),
        _ => caption::label(event),
    };
    let what = say!("{}: {}", at, what);
    if !event.travels() {
        // What was delivered is on the other side.
        let side = if event.kind == Kind::Delivered { to } else { from };
        return note(text, &side, &what);
    }
    let arrow = match (&event.kind, event.layer) {
        (Kind::Lost { .. }, _) => "-x",
        (_, Layer::Tcp | Layer::Tls) => "-->>",
        _ => "->>",
    };
    let _ = writeln!(text, "    {from}{arrow}{to}: {}", escaped(&what));
}

fn note(text: &mut String, over: &str, what: &str) {
    let _ = writeln!(text, "    Note over {over}: {}", escaped(what));
}

fn both(lane: usize) -> String {
    format!("{},{}", id(lane, Sender::Client), id(lane, Sender::Server))
}

fn id(lane: usize, sender: Sender) -> String {
    format!("{}{}", letter(lane), if sender == Sender::Client { 1 } else { 2 })
}

fn letter(lane: usize) -> char {
    char::from(b'A' + (lane % 26) as u8)
}

/// A text in which Mermaid finds nothing of its own: whatever might be is written as an entity.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            letter if letter.is_control() => out.push(' '),
            letter if letter.is_alphanumeric() || PLAIN.contains(letter) => out.push(letter),
            letter => {
                let _ = write!(out, "#{};", u32::from(letter));
            }
        }
    }
    out
}

const PLAIN: &str = " .,:·“”…/-?!'()";
/// Mermaid lays out no more than some hundreds in good time.
const MOST_EVENTS: usize = 200;
