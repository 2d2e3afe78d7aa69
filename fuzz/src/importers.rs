//! Files of others.
//!
//! An input is a file. This is no part of the library: it needs more than the codec, whose tests share the rest.

use interchange::json::Document;
use interchange::{Format, Imported, Run, Secrets, read, write};

/// Whatever comes in is read or refused. What is read is no larger than the file allows, comes through our own
/// format as it is, and can be written in every format; and without its secrets it has as many octets.
pub fn hold(input: &[u8]) {
    let mut last = 0.0;
    let mut progress = |now: f32| {
        assert!((last..=1.0).contains(&now), "{now} after {last}");
        last = now;
    };
    let Ok(Imported { run, .. }) = read("fuzz", input, &mut progress) else { return };
    assert!(octets(&run) <= 4 * input.len(), "{} octets of {}", octets(&run), input.len());
    let kept = through(&run, Secrets::Kept);
    assert_eq!(kept.trace, run.trace);
    assert_eq!(octets(&through(&run, Secrets::Stripped)), octets(&run));
    for format in Format::ALL {
        write(format, &run, Secrets::Stripped, 0);
    }
}

fn through(run: &Run, secrets: Secrets) -> Run {
    Document::of(run, secrets).try_into().expect("what was read can be handed on")
}

fn octets(run: &Run) -> usize {
    run.trace.events().iter().flat_map(|event| &event.raw).map(|raw| raw.len()).sum()
}
