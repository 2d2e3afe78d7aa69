//! HTTP Archives (HAR 1.2): what Chrome, Firefox and Playwright export, and what they open.
//!
//! What comes in has times that a browser measured, and octets that are rebuilt: heads are written as HTTP/1.1
//! would, whatever carried them, and frames around the messages that they must have carried. What goes out has
//! the messages of WebSockets where Chrome puts them, and in fields of our own the frames and where each number
//! comes from.

mod address;
mod course;
mod entries;
mod exchange;
mod head;
mod moment;
mod pool;
mod socket;
mod spec;
mod stream;
mod write;

use tongue::say;

pub use write::write;

use crate::lanes;
use crate::problem::{LIMIT, Place, Problem, Refusal};
use crate::run::{Imported, Run};
use entries::Found;
use exchange::{Exchange, Other};
use spec::Entry;

/// Reads an archive.
///
/// # Errors
/// If nothing of it can be shown.
pub fn read(name: &str, file: &[u8], progress: &mut dyn FnMut(f32)) -> Result<Imported, Refusal> {
    if file.len() as u64 > LIMIT {
        return Err(Refusal::TooLarge(file.len() as u64));
    }
    let text = String::from_utf8_lossy(file);
    let text = text.trim_start_matches('\u{feff}');
    let mut reading = Reading::default();
    let mut found = Found::default();
    let mut passed = 0;
    let ended = entries::each(text, &mut found, &mut |number, json| {
        reading.entry(number, json);
        passed += json.len();
        if number % ENTRIES_A_STEP == 0 {
            progress(passed as f32 / text.len() as f32 * 0.8);
        }
    });
    if !found.entries {
        return Err(match ended {
            Ok(()) => Refusal::Unknown,
            Err(error) => Refusal::Damaged(say!("It is no JSON with a log of entries: {}.", error)),
        });
    }
    let Reading { exchanges, mut problems, no_network } = reading;
    let mut tell = |place, why| problems.all.push(Problem { place, why });
    if problems.more > 0 {
        tell(Place::Whole, say!("more entries of which something cannot be read: {}", problems.more));
    }
    if let Err(error) = ended {
        let at = offset(text, error.line(), error.column());
        tell(Place::Octet(at), say!("it is damaged or cut off, and what follows is not read: {}", error));
    }
    if no_network > 0 {
        tell(
            Place::Whole,
            say!("entries that no network carried, such as data: or a cache, are left out: {}", no_network),
        );
    }
    let translated = exchanges.iter().filter(|exchange| exchange.translated).count();
    if translated > 0 {
        let why = say!(
            "exchanges of HTTP/2 or HTTP/3, whose heads are shown as HTTP/1.1 would write them: {}",
            translated
        );
        tell(Place::Whole, why);
    }
    let mut problems = problems.all;
    progress(0.9);
    let run: Option<Run> = lanes::run(name, pool::talks(exchanges), &mut problems);
    let told = || problems.first().map_or_else(|| say!("It has no entries.").to_owned(), ToString::to_string);
    let run = run.ok_or_else(|| Refusal::Empty(told()))?;
    progress(1.0);
    Ok(Imported { run, problems })
}

/// What has been read so far.
#[derive(Default)]
struct Reading {
    exchanges: Vec<Exchange>,
    problems: Told,
    no_network: u64,
}

/// What is wrong with the entries: the first of it, and how many more have something.
#[derive(Default)]
struct Told {
    all: Vec<Problem>,
    more: u64,
}

impl Reading {
    fn entry(&mut self, number: u64, json: &str) {
        let Self { exchanges, problems, no_network } = self;
        let mut tell = |why: String| match problems.all.len() < MOST_PROBLEMS {
            true => problems.all.push(Problem { place: Place::Entry(number), why }),
            false => problems.more += 1,
        };
        let read = serde_json::from_str::<Entry>(json)
            .map_err(|error| Other::Damaged(error.to_string()))
            .and_then(|entry| Exchange::of(&entry, &mut tell));
        match read {
            Ok(exchange) => exchanges.push(exchange),
            Err(Other::NoNetwork) => *no_network += 1,
            Err(Other::Damaged(why)) => tell(say!("it is damaged and left out: {}", why)),
        }
    }
}

/// Where a line and a column are, both counted from 1.
fn offset(text: &str, line: usize, column: usize) -> u64 {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (before + column.saturating_sub(1)) as u64
}

/// How many entries are read between two reports.
const ENTRIES_A_STEP: u64 = 256;
/// How many problems with single entries are told one by one.
const MOST_PROBLEMS: usize = 50;
