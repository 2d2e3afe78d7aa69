//! The seeds and findings of the fuzz targets, through the properties that the targets look for.
#![cfg(not(target_arch = "wasm32"))]

#[allow(dead_code, unreachable_pub, reason = "the fuzz targets use the rest")]
#[path = "../../../fuzz/src/lib.rs"]
mod fuzz;

use std::{fs, path::Path};

use fuzz::{bound::bounded, deflate, dissector, frames, heads};

/// One test, because the bound on memory is the process's.
#[test]
fn every_seed_and_finding_keeps_the_properties() {
    let mut files = 0;
    for (target, hold) in TARGETS {
        for kind in ["corpus", "regressions"] {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz").join(kind).join(target);
            for file in fs::read_dir(folder).into_iter().flatten().flatten() {
                println!("{}", file.path().display());
                bounded(hold, &fs::read(file.path()).expect("a file of octets"));
                files += 1;
            }
        }
    }
    assert!(files >= SEEDS, "only {files} files: is fuzz/corpus there?");
}

/// A fuzz target's name and its property.
type Target = (&'static str, fn(&[u8]));

const TARGETS: [Target; 4] = [
    ("frames", frames::hold),
    ("heads", heads::hold),
    ("dissector", dissector::hold),
    ("deflate", deflate::hold),
];
/// Fewer would mean that the corpus was not found.
const SEEDS: usize = 100;
