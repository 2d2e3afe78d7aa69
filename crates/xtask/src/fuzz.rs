//! `cargo xtask fuzz`: every fuzz target for some time, and what it has found.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::run::{self, Group};
use crate::{toolchain, tools, workspace};

/// What `fuzz` is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) seconds: u32,
    /// One target, or all of them.
    pub(crate) target: Option<String>,
}

/// Runs the targets one after another, then fails if any has found something.
pub(crate) fn fuzz(options: &Options) -> Result<()> {
    let targets = chosen(options.target.as_deref())?;
    toolchain::ensure_linker()?;
    toolchain::ensure_nightly()?;
    let program = tools::cargo_fuzz()?;
    run::say("Building the targets");
    run::run(&mut command(&program, "build"))?;
    let mut ran = Vec::new();
    for target in &targets {
        run::say(format_args!("{target}: {} seconds", options.seconds));
        let outcome = Outcome::of(&program, target, options.seconds)?;
        println!("{target:10} {:>12} executions, {}", outcome.executions, outcome.words());
        ran.push(outcome);
    }
    println!("{:10} {:>12} executions", "total", ran.iter().map(|it| it.executions).sum::<u64>());
    let found: Vec<_> = ran.iter().filter_map(|outcome| outcome.finding.as_deref()).collect();
    if !found.is_empty() {
        let files: Vec<_> = found.iter().map(|file| file.display().to_string()).collect();
        bail!(
            "found octets that break a property: {}. `cargo test -p wire -p interchange --test regressions` reproduces it.",
            files.join(", ")
        );
    }
    Ok(())
}

/// The targets of the fuzz crate, or the one that is asked for.
fn chosen(wanted: Option<&str>) -> Result<Vec<String>> {
    let folder = workspace::root().join("fuzz/fuzz_targets");
    let files = fs::read_dir(&folder).with_context(|| format!("{} cannot be read.", folder.display()))?;
    let mut targets: Vec<String> = files
        .flatten()
        .filter_map(|file| Some(file.path().file_stem()?.to_string_lossy().into_owned()))
        .collect();
    targets.sort();
    match wanted {
        None => Ok(targets),
        Some(wanted) if targets.iter().any(|target| target == wanted) => Ok(vec![wanted.to_owned()]),
        Some(wanted) => bail!("`{wanted}` is no fuzz target: they are {}.", targets.join(", ")),
    }
}

/// How one target went.
struct Outcome {
    executions: u64,
    /// The octets that broke a property, among the regressions.
    finding: Option<PathBuf>,
}

impl Outcome {
    fn of(program: &Path, target: &str, seconds: u32) -> Result<Self> {
        let place = workspace::target().join("fuzz").join("runs").join(target);
        // What earlier runs have learnt is kept; what they have found lies among the regressions.
        let (learnt, found) = (place.join("corpus"), place.join("found"));
        fs::create_dir_all(&learnt)?;
        let _ = fs::remove_dir_all(&found);
        fs::create_dir_all(&found)?;
        let log = place.join("log");
        let file = File::create(&log)?;
        let status = Group::spawn(
            command(program, "run")
                .arg(target)
                .arg(&learnt)
                .arg(workspace::root().join("fuzz/corpus").join(target))
                .arg("--")
                .args(LIBFUZZER)
                .arg(format!("-max_total_time={seconds}"))
                .arg(format!("-artifact_prefix={}/", found.display()))
                .stdout(file.try_clone()?)
                .stderr(file),
        )?
        .wait()?;
        let told = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
        let finding = match fs::read_dir(&found)?.flatten().next() {
            Some(octets) => Some(keep(target, &octets.path())?),
            None if !status.success() => bail!("{target} failed ({status}): {} says why.", log.display()),
            None => None,
        };
        if finding.is_some() {
            told.lines().filter(|line| line.contains("panicked at")).for_each(|line| eprintln!("{line}"));
            eprintln!("All of it: {}", log.display());
        }
        Ok(Self { executions: executions(&told).unwrap_or(0), finding })
    }

    fn words(&self) -> &'static str {
        if self.finding.is_some() { "a FINDING" } else { "nothing found" }
    }
}

/// Copies a finding to the regressions.
fn keep(target: &str, octets: &Path) -> Result<PathBuf> {
    let folder = workspace::root().join("fuzz/regressions").join(target);
    fs::create_dir_all(&folder)?;
    let kept = folder.join(octets.file_name().unwrap_or_default());
    fs::copy(octets, &kept).with_context(|| format!("{} cannot be written.", kept.display()))?;
    Ok(kept)
}

/// cargo-fuzz with the nightly compiler. Without a sanitizer, which would look for what safe Rust cannot do.
fn command(program: &Path, task: &str) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir(workspace::root())
        .args(["fuzz", task, "--sanitizer", "none", "--target-dir"])
        .arg(workspace::target().join("fuzz"))
        .env("RUSTUP_TOOLCHAIN", "nightly")
        // The Cargo that runs this task is the pinned one.
        .env_remove("CARGO")
        // A backtrace needs more memory than a target allows itself.
        .env("RUST_BACKTRACE", "0");
    command
}

/// How often libFuzzer has run the target, as it says at the end.
fn executions(log: &str) -> Option<u64> {
    let line = log.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"))?;
    line.trim().parse().ok()
}

/// Short inputs say as much as long ones, and more of them run.
const LIBFUZZER: [&str; 4] = ["-max_len=512", "-timeout=10", "-rss_limit_mb=512", "-print_final_stats=1"];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(log: &str, expect: Option<u64>) {
        assert_eq!(executions(log), expect, "{log}");
    }

    #[test]
    fn executions_in_a_log() {
        check(
            "Done 12 runs\nstat::number_of_executed_units: 1234567\nstat::peak_rss_mb: 29",
            Some(1_234_567),
        );
        check("stat::number_of_executed_units: many", None);
        check("", None);
    }

    #[test]
    fn targets_are_those_of_the_fuzz_crate() {
        let manifest = fs::read_to_string(workspace::root().join("fuzz/Cargo.toml")).expect("a manifest");
        let targets = chosen(None).expect("targets");
        assert_eq!(targets.len(), manifest.matches("[[bin]]").count());
        for target in &targets {
            assert!(manifest.contains(&format!("name = \"{target}\"")), "{target}");
        }
        assert_eq!(chosen(Some("frames")).expect("a target"), ["frames"]);
        let error = chosen(Some("nothing")).expect_err("no target").to_string();
        assert!(error.contains("frames") && error.contains("heads"), "{error}");
    }
}
