//! What the workflows call exists: nobody runs them here, and a release is a bad time to find out.

use std::fs;

use crate::parse;
use crate::workspace::root;

/// Name and text of each workflow.
fn workflows() -> Vec<(String, String)> {
    let entries = fs::read_dir(root().join(".github").join("workflows")).expect("there are workflows");
    let files = entries.flatten().map(|entry| entry.path());
    files
        .map(|file| {
            let name = file.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&file).expect("text"))
        })
        .collect()
}

/// What follows `start` on each line of a text.
fn after<'a>(text: &'a str, start: &'a str) -> impl Iterator<Item = &'a str> {
    text.lines().filter_map(move |line| line.split_once(start)).map(|(_, rest)| rest.trim())
}

#[test]
fn commands_exist() {
    let mut commands = 0;
    for (name, text) in workflows() {
        for line in after(&text, "run: cargo xtask") {
            let asked = parse(lexopt::Parser::from_args(line.split_whitespace()));
            assert!(asked.is_ok(), "{name}: cargo xtask {line}: {asked:?}");
            commands += 1;
        }
        for line in after(&text, "--package ") {
            let package = line.split_whitespace().next().unwrap_or_default();
            assert!(root().join("crates").join(package).join("Cargo.toml").is_file(), "{name}: {package}");
        }
        for script in after(&text, "run: bash ") {
            assert!(root().join(script).is_file(), "{name}: {script}");
        }
    }
    assert!(commands > 1, "no workflow calls anything");
}

#[test]
fn actions_have_a_version() {
    for (name, text) in workflows() {
        for action in after(&text, "uses: ") {
            let version = action.split_once("@v").map(|(_, version)| version);
            let is_version = |version: &str| version.starts_with(|first: char| first.is_ascii_digit());
            assert!(version.is_some_and(is_version), "{name}: {action}");
        }
    }
}

#[test]
fn a_release_has_what_it_copies() {
    let (_, release) = workflows().into_iter().find(|(name, _)| name == "release.yml").expect("a release");
    let copied = after(&release, "cp README.md").next().expect("a line that copies");
    for file in copied.split_whitespace().filter(|file| !file.starts_with('"')).chain(["README.md"]) {
        assert!(root().join(file).is_file(), "{file}");
    }
    let build = fs::read_to_string(root().join("crates").join("companion").join("build.rs")).expect("text");
    for variable in after(&release, "DUPLEX_").filter_map(|rest| rest.split_once(':')) {
        assert!(build.contains(&format!("\"DUPLEX_{}\"", variable.0)), "{variable:?}");
    }
}
