//! A file becomes answers, a run becomes a file. Here is no browser.

use interchange::json::{Document, Event};
use interchange::{Format, Imported, Run, Secrets};
use porter::{Answer, PIECE};
use serde_json::to_string;
use tongue::say;

/// Reads a file and answers with it.
pub(crate) fn read(name: &str, octets: &[u8], answer: &mut dyn FnMut(Answer)) {
    let mut told = 0.0;
    let mut progress = |part: f32| {
        // Nobody sees less than that.
        if part - told >= STEP {
            told = part;
            answer(Answer::Progress(part * READING));
        }
    };
    match interchange::read(name, octets, &mut progress) {
        Ok(imported) => hand_over(&imported, answer),
        Err(refusal) => answer(Answer::Refused(refusal.to_string())),
    }
}

fn hand_over(Imported { run, problems }: &Imported, answer: &mut dyn FnMut(Answer)) {
    // The visitor's own file on the visitor's own page: nothing leaves it.
    let mut document = Document::of(run, Secrets::Kept);
    let (events, witnesses) = (std::mem::take(&mut document.events), std::mem::take(&mut document.witnesses));
    // Texts and whole numbers are always JSON.
    answer(Answer::Run(to_string(&document).unwrap_or_default()));
    let (all, mut sent) = (events.len() + witnesses.len(), 0);
    for (witnesses, events) in [(false, events), (true, witnesses)] {
        in_pieces(&events, |count, json| {
            sent += count;
            answer(Answer::Events { witnesses, json });
            answer(Answer::Progress(READING + (1.0 - READING) * (sent as f32 / all as f32)));
        });
    }
    answer(Answer::Read { problems: problems.iter().map(ToString::to_string).collect() });
}

/// Events as arrays of JSON, each as long as a piece or a little longer, and how many are in each.
fn in_pieces(events: &[Event], mut piece: impl FnMut(usize, String)) {
    let (mut json, mut count) = (String::new(), 0);
    for event in events {
        count += 1;
        json.push(if json.is_empty() { '[' } else { ',' });
        json.push_str(&to_string(event).unwrap_or_default());
        if json.len() >= PIECE {
            piece(std::mem::take(&mut count), std::mem::take(&mut json) + "]");
        }
    }
    if !json.is_empty() {
        piece(count, json + "]");
    }
}

/// Writes a run, which is our JSON, as a file.
pub(crate) fn write(run: &str, format: Format, secrets: Secrets, epoch: u64) -> Answer {
    let read = serde_json::from_str::<Document>(run).map_err(|error| error.to_string());
    let run = read.and_then(|document| Run::try_from(document).map_err(|flaw| flaw.to_string()));
    match run {
        Ok(run) => {
            let written = interchange::write(format, &run, secrets, epoch);
            let problems = written.problems.iter().map(ToString::to_string).collect();
            Answer::written(&written.file, format.media_type(), problems)
        }
        Err(why) => Answer::Refused(say!("This run cannot be written: {}.", why)),
    }
}

/// How much of the work is done when the file is read: then the page takes what was read.
const READING: f32 = 0.5;
/// By how much it must be further to be told, of all.
const STEP: f32 = 0.005;
