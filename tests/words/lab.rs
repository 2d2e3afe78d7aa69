//! The fault lab shows what it expects beside what came, so in every language both are told alike.

use trace::trial::{Engine, rows};

use super::po;

#[test]
fn what_is_expected_is_told_as_what_comes() {
    for (name, kept) in po::languages() {
        let tag: &'static str = name.clone().leak();
        tongue::learn(tag, po::read(&name, &kept));
        tongue::speak(tag);
        for row in rows() {
            for engine in [Engine::Chromium, Engine::Firefox] {
                for &line in row.wire.by(engine) {
                    let (number, what) = line.split_once(['→', '←']).expect("a line of the wire");
                    let arrow = &line[number.len()..line.len() - what.len()];
                    let told = [number, arrow, " ", &told(what.trim_start())].concat();
                    assert_eq!(tongue::say(line), told, "{name}: {line}");
                }
            }
        }
    }
}

/// As `trace::trial` puts it together.
fn told(what: &str) -> String {
    if let Some(what) = what.strip_suffix(", which breaks a rule") {
        return tongue::say!("{}, which breaks a rule", told(what));
    }
    if let Some(what) = what.strip_suffix(", without its end") {
        return tongue::say!("{}, without its end", told(what));
    }
    // A Close frame's reason; what a Text frame says belongs to its title.
    if let Some((what, reason)) = what.split_once(" “").filter(|_| what.starts_with("Close")) {
        return tongue::say!("{} “{}”", told(what), reason.trim_end_matches('”'));
    }
    let words: Vec<&str> = what.splitn(3, ' ').collect();
    match words.as_slice() {
        [_, "head", _] => tongue::say(what).to_owned(),
        ["Request", method, target] => tongue::say!("Request {} {}", method, target),
        ["Response", status, reason] => tongue::say!("Response {} {}", status, reason),
        [opcode, "frame"] => tongue::say!("{} frame", opcode),
        [opcode, "frame,", carried] => tongue::say!("{} frame, {}", opcode, carried),
        _ => tongue::say(what).to_owned(),
    }
}
