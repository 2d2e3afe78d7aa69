//! The seeds and findings of the fuzz target, through the property that it looks for.
#![cfg(not(target_arch = "wasm32"))]

#[allow(unreachable_pub, reason = "the fuzz targets share it")]
#[path = "../../../fuzz/src/bound.rs"]
mod bound;
#[allow(unreachable_pub, reason = "the fuzz targets share it")]
#[path = "../../../fuzz/src/importers.rs"]
mod importers;

use std::{fs, path::Path};

use bound::bounded;

/// One test, because the bound on memory is the process's.
#[test]
fn every_seed_and_finding_keeps_the_property() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz");
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let folders = [fuzz.join("corpus/importers"), fuzz.join("regressions/importers"), fixtures];
    let mut files = 0;
    for file in folders.into_iter().flat_map(|folder| fs::read_dir(folder).into_iter().flatten().flatten()) {
        println!("{}", file.path().display());
        bounded(importers::hold, &fs::read(file.path()).expect("a file of octets"));
        files += 1;
    }
    assert!(files >= SEEDS, "only {files} files: is fuzz/corpus there?");
}

/// Fewer would mean that the corpus was not found.
const SEEDS: usize = 10;
