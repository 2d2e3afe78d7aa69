//! A run as an archive.

mod exchange;
mod message;
mod socket;

use std::collections::BTreeMap;

use tongue::say;
use trace::caption::sentences;
use trace::event::{Event, Kind, Layer};

use super::spec::{Archive, Creator, Entry, Log};
use crate::problem::{Place, Problem};
use crate::run::{Run, Written};
use crate::secrets::Secrets;
use exchange::exchanges;

/// Writes a run as HAR 1.2. Its zero is at `epoch`, in microseconds since 1970.
pub fn write(run: &Run, secrets: Secrets, epoch: u64) -> Written {
    let run = secrets.of(run);
    let mut entries: Vec<(u64, Entry)> = Vec::new();
    let mut problems = Vec::new();
    for lane in 0..run.trace.lanes().len() {
        let mut connections: BTreeMap<u16, Vec<&Event>> = BTreeMap::new();
        for event in run.trace.lane(lane).filter(|event| event.layer != Layer::Application) {
            connections.entry(event.key.connection).or_default().push(event);
        }
        for (connection, events) in &connections {
            let name = format!("{}{}", letter(lane), connection + 1);
            entries.extend(exchanges(events).iter().map(|exchange| exchange.entry(events, &name, epoch)));
        }
        if run.trace.lane(lane).any(|event| is_head(event) && event.raw.is_none()) {
            let why =
                say!("of lane {} nobody saw the heads: their field lines are not in the file", letter(lane));
            problems.push(Problem { place: Place::Whole, why });
        }
    }
    entries.sort_by_key(|entry| entry.0);
    let made = say!(
        "Saved by Duplex. Fields whose names begin with an underscore are not of HAR 1.2: `_webSocketMessages` is what Chrome writes, `_frames` has the frames that are no whole message, `_provenance` says where the numbers come from."
    );
    let archive = Archive {
        log: Log {
            version: "1.2",
            creator: Creator { name: "Duplex", version: env!("CARGO_PKG_VERSION") },
            entries: entries.into_iter().map(|entry| entry.1).collect(),
            comment: sentences([made.to_owned(), secrets.told().to_owned()]),
        },
    };
    // It has texts and finite numbers, which are always JSON.
    let file = serde_json::to_vec_pretty(&archive).unwrap_or_default();
    Written { file, problems }
}

fn is_head(event: &Event) -> bool {
    matches!(event.kind, Kind::Request { .. } | Kind::Response { .. })
}

fn letter(lane: usize) -> char {
    char::from(b'A' + (lane % 26) as u8)
}
