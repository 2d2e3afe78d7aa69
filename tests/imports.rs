//! The floors: imports run downward only. Cargo enforces the edges between crates, this test those
//! between the modules of the page and the bans that Cargo cannot see.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::{Path, PathBuf};

/// Folder or file, and what its source must not mention.
const BANS: &[(&str, &[&str])] = &[
    (
        "src/state.rs",
        &["crate::views", "crate::capture", "crate::playback", "crate::app", "web_sys", "js_sys", "gloo"],
    ),
    (
        "src/state",
        &["crate::views", "crate::capture", "crate::playback", "crate::app", "web_sys", "js_sys", "gloo"],
    ),
    ("src/capture.rs", &["crate::views", "crate::state", "crate::playback", "crate::app", "yew"]),
    ("src/capture", &["crate::views", "crate::state", "crate::playback", "crate::app", "yew"]),
    ("src/files.rs", &["crate::views", "crate::state", "crate::playback", "crate::app"]),
    ("src/still.rs", &["crate::views", "crate::state", "crate::capture", "crate::playback", "crate::app"]),
    ("src/still", &["crate::views", "crate::state", "crate::capture", "crate::playback", "crate::app"]),
    ("src/porter.rs", &["crate::views", "crate::state", "crate::capture", "crate::playback", "crate::app"]),
    ("src/playback.rs", &["crate::views", "crate::capture", "crate::app"]),
    ("src/views.rs", &["crate::capture", "crate::playback", "crate::app", "window()", "document()"]),
    ("src/views", &["crate::capture", "crate::playback", "crate::app", "window()", "document()", "style=\""]),
    ("src/app.rs", &["style=\""]),
    ("crates/trace/src/sim.rs", &["crate::layout", "f64", "f32"]),
    ("crates/trace/src/sim", &["crate::layout", "f64", "f32"]),
    ("crates/trace/src/layout.rs", &["crate::sim"]),
    ("crates/trace/src/layout", &["crate::sim"]),
    ("crates/trace/src/event.rs", &["f64", "f32"]),
    ("crates/wire/src", &["f64", "f32", "std::time", "web_sys", "tokio", "rand::"]),
    (
        "crates/trace/src",
        &["std::time", "Instant", "web_sys", "js_sys", "tokio", "rand::", "performance.now"],
    ),
    (
        "crates/interchange/src",
        &[
            "std::time",
            "SystemTime",
            "now_utc",
            "Instant",
            "std::fs",
            "web_sys",
            "js_sys",
            "tokio",
            "rand::",
            "performance.now",
        ],
    ),
    // The page links this alone: it has to be small.
    ("crates/interchange/src/parcel.rs", &["serde", "crate::json", "base64"]),
    ("crates/interchange/src/parcel", &["serde", "crate::json", "base64"]),
];

/// What stands behind the door of a parcel, and who may name it beside its own module: one mention anywhere else draws
/// all of it into the first load.
const DOORS: &[(&str, &[&str])] = &[
    ("live_run::start", &["src/app/below.rs", "src/app/parcels.rs"]),
    ("below::view", &["src/app/parcels.rs"]),
    ("chat_run::fulfil", &["src/app/parcels.rs"]),
    ("learn::words", &["src/app/parcels.rs"]),
    ("learn::shelves", &["src/app/parcels.rs"]),
    ("classroom::view", &["src/app/parcels.rs"]),
    ("classroom::part", &["src/app/parcels.rs"]),
    ("classroom::clicker", &["src/app/parcels.rs"]),
    ("octets::view", &["src/app/parcels.rs"]),
    ("octets::alone", &["src/app/parcels.rs"]),
    ("workbench::view", &["src/app/below.rs"]),
    ("porter::write", &["src/app/saving.rs"]),
    ("porter::read", &["src/app/opening.rs"]),
    ("knobs::view", &["src/app/parcels.rs"]),
    ("save::view", &["src/app/parcels.rs"]),
    ("saving::save,", &["src/app/parcels.rs"]),
    ("opening::read", &["src/app/parcels.rs"]),
    ("below::bench", &["src/app/parcels.rs"]),
    ("compare::view", &["src/app/parcels.rs"]),
    ("series::view", &["src/app/below.rs"]),
    ("prediction::view", &["src/app/below.rs"]),
    ("witness::view", &["src/app/below.rs"]),
    ("faults::view", &["src/app/below.rs"]),
    ("chat::view", &["src/app/below.rs"]),
    ("help::view", &["src/app/parcels.rs"]),
    ("glossary::view", &["src/app/parcels.rs"]),
    ("::come()", &["src/app/parcels/fetch.rs"]),
    (
        "taken_apart",
        &["crates/trace/src/apart.rs", "crates/trace/src/exhibit.rs", "crates/trace/src/exhibit/of_event.rs"],
    ),
    ("Question::new", &["crates/trace/src/teaching.rs"]),
    ("Paste::file", &["crates/trace/src/apart.rs"]),
    ("Case]; 2]", &["crates/trace/src/apart.rs", "crates/trace/src/workbench/broken.rs"]),
    ("Compress::new", &["crates/wire/src/deflate/zlib.rs"]),
    ("Decompress::new", &["crates/wire/src/deflate/zlib.rs"]),
];

#[test]
fn what_comes_later_is_named_by_its_door_alone() {
    let folders = ["src", "crates/trace/src", "crates/wire/src"].map(|folder| root().join(folder));
    let files: Vec<PathBuf> = folders.iter().flat_map(|folder| sources(folder)).collect();
    let mut broken = Vec::new();
    for (name, doors) in DOORS {
        let named = files.iter().filter(|file| code(file).contains(name));
        let named: Vec<&PathBuf> = named.collect();
        assert!(!named.is_empty(), "{name} is gone: the rule about it guards nothing");
        let others = named.into_iter().filter(|file| !doors.iter().any(|door| **file == root().join(door)));
        broken.extend(others.map(|file| format!("{} names {name}", file.display())));
    }
    assert!(broken.is_empty(), "this is for its parcel (ARCHITECTURE.md, Parcels):\n{}", broken.join("\n"));
}

/// Who may ask the browser for an animation frame: one file, so that there is one clock.
const ONE_FRAME_LOOP: &str = "src/playback.rs";

#[test]
fn imports_run_downward_only() {
    let mut broken = Vec::new();
    for (place, bans) in BANS {
        for file in sources(&root().join(place)) {
            let text = code(&file);
            let found = bans.iter().filter(|ban| text.contains(**ban));
            broken.extend(found.map(|ban| format!("{} mentions {ban}", file.display())));
        }
    }
    assert!(broken.is_empty(), "imports must run downward only (ARCHITECTURE.md):\n{}", broken.join("\n"));
}

#[test]
fn one_file_asks_for_frames() {
    let asking: Vec<PathBuf> = sources(&root().join("src"))
        .into_iter()
        .filter(|file| code(file).contains("request_animation_frame"))
        .collect();
    assert_eq!(asking, [root().join(ONE_FRAME_LOOP)]);
}

#[test]
fn every_rule_has_a_place() {
    for (place, _) in BANS {
        assert!(root().join(place).exists(), "{place} is gone: the rule about it bans nothing");
    }
}

#[test]
fn files_stay_readable() {
    let folders = [
        "src",
        "crates/wire/src",
        "crates/trace/src",
        "crates/companion/src",
        "crates/interchange/src",
        "crates/porter/src",
        "crates/xtask/src",
        "fuzz/src",
    ];
    let long: Vec<String> = folders
        .iter()
        .flat_map(|folder| sources(&root().join(folder)))
        .map(|file| (code(&file).lines().count(), file))
        .filter(|(lines, _)| *lines > LONGEST)
        .map(|(lines, file)| format!("{lines} {}", file.display()))
        .collect();
    assert!(long.is_empty(), "files over {LONGEST} lines, one noun each:\n{}", long.join("\n"));
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files at or below `place`.
fn sources(place: &Path) -> Vec<PathBuf> {
    if place.is_file() {
        return vec![place.to_owned()];
    }
    let Ok(entries) = fs::read_dir(place) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.flatten().flat_map(|entry| sources(&entry.path())).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "rs"));
    files
}

/// A file's text without its comments.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).expect("sources can be read");
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Lines of code in one file at most.
const LONGEST: usize = 330;
