//! A file becomes answers, a run becomes a file. Here is no browser.

use interchange::{Format, Imported, Secrets, parcel};
use porter::Answer;

/// Reads a file and answers with it.
pub(crate) fn read(name: &str, octets: &[u8], answer: &mut dyn FnMut(Answer)) {
    let mut steps = Steps::default();
    let mut progress = |part: f32| steps.to(part * READING, answer);
    match interchange::read(name, octets, &mut progress) {
        Ok(imported) => hand_over(&imported, answer),
        Err(refusal) => answer(Answer::Refused(refusal.to_string())),
    }
}

fn hand_over(Imported { run, problems }: &Imported, answer: &mut dyn FnMut(Answer)) {
    let mut steps = Steps(READING);
    parcel::pack(run, PIECE, |part, piece| {
        answer(Answer::piece(&piece));
        steps.to(READING + (1.0 - READING) * part, answer);
    });
    answer(Answer::Read { problems: problems.iter().map(ToString::to_string).collect() });
}

/// Writes a run, which is a parcel, as a file. `None` if it is none: the page is of another version.
pub(crate) fn write(run: &[u8], format: Format, secrets: Secrets, epoch: u64) -> Option<Answer> {
    let mut parcel = parcel::Unpacker::default();
    parcel.take(run)?;
    let written = interchange::write(format, &parcel.run()?, secrets, epoch);
    let problems = written.problems.iter().map(ToString::to_string).collect();
    Some(Answer::written(&written.file, format.media_type(), problems))
}

/// How far it was when that was last told.
#[derive(Default)]
struct Steps(f32);

impl Steps {
    fn to(&mut self, part: f32, answer: &mut dyn FnMut(Answer)) {
        // Nobody sees less than that.
        if part - self.0 >= STEP {
            self.0 = part;
            answer(Answer::Progress(part));
        }
    }
}

/// A piece in octets: the page takes it in a few milliseconds.
const PIECE: usize = 200_000;
/// How much of the work is done when the file is read: then the page takes what was read.
const READING: f32 = 0.5;
/// By how much it must be further to be told, of all.
const STEP: f32 = 0.005;
