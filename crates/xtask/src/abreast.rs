//! The end-to-end tests in two browsers at once. They mostly wait, for pages and for the time that traffic
//! takes, so that one browser's leave room for the other's; those that measure live traffic do not run while the
//! other browser's do. All are modules of one program: a browser that one has left in good order is the next one's.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{self, Command};
use std::time::Instant;
use std::{env, thread};

use anyhow::{Context, Result, bail};

use crate::chromium::Chromium;
use crate::firefox::Firefox;
use crate::probe::staged;
use crate::run::{self, Group};
use crate::workspace::{cargo, root, target};

/// Tests that compare what the page measures with what the wire carried.
const LIVE: [&str; 8] = [
    "companion_dies",
    "faults",
    "live_chat",
    "live_echo",
    "live_ways",
    "live_witness",
    "public_servers",
    "two_people",
];

/// The test that gives this computer another network device: a Chromium that is loading meanwhile gives up.
const APART: &str = "live_elsewhere";

/// The whole workspace, or else what they stand on would be built anew with just their features.
const TESTS: [&str; 5] = ["test", "--workspace", "--no-fail-fast", "--test", "end_to_end"];

/// How many run at once in a browser, each with a companion of its own. Live traffic mostly waits.
const AT_ONCE: usize = 2;

/// Runs them all, then fails with the names of the browsers in which any failed.
pub(crate) fn run(chromium: &Chromium, firefox: &Firefox) -> Result<()> {
    run::run(cargo().args(TESTS).arg("--no-run"))?;
    let (live, still) = parts(&names()?)?;
    let in_chromium = |turn: &Turn| turn.run("chromium", |command| chromium.stage(command));
    let in_firefox = |turn: &Turn| turn.run("firefox", |command| firefox.stage(command));
    let outcomes = thread::scope(|scope| {
        let one = scope.spawn(|| in_turn(&[&live, &still], in_chromium));
        let other = scope.spawn(|| in_turn(&[&still, &live], in_firefox));
        [one.join(), other.join()]
    });
    let apart = Turn { name: "apart", tests: vec![APART.to_owned()] };
    let mut failed = Vec::new();
    for (outcome, name) in outcomes.into_iter().zip(["Chromium", "Firefox"]) {
        let outcome =
            outcome.map_err(|_| anyhow::anyhow!("the tests in {name} were not watched to their end."))?;
        let last = if name == "Chromium" { in_chromium(&apart) } else { in_firefox(&apart) };
        for told in [outcome, last] {
            match told {
                Ok(()) => {}
                Err(error) if error.is::<run::Interrupted>() => return Err(error),
                Err(error) => {
                    eprintln!("error: {error}");
                    failed.push(name);
                }
            }
        }
    }
    failed.dedup();
    if !failed.is_empty() {
        bail!("end-to-end tests failed in {}; their own messages are above.", failed.join(" and in "));
    }
    Ok(())
}

/// Some of the tests, run by one command.
struct Turn {
    name: &'static str,
    tests: Vec<String>,
}

impl Turn {
    /// Runs them; what they print goes into a file, and out of it when they have ended, so that the two browsers'
    /// lines do not mix.
    fn run(&self, browser: &str, stage: impl Fn(&mut Command) -> &mut Command) -> Result<()> {
        let begin = Instant::now();
        let folder = target().join("duplex");
        fs::create_dir_all(&folder)?;
        let file: PathBuf = folder.join(format!("e2e-{browser}-{}.log", self.name));
        let log = File::create(&file).with_context(|| format!("{} cannot be written.", file.display()))?;
        // Browsers that end with their tests leave their profiles behind. A short path: sockets lie in them too.
        let temporary = env::temp_dir().join(format!("duplex-{browser}-{}", process::id()));
        fs::create_dir_all(&temporary)?;
        let mut command = cargo();
        command.args(TESTS).args(["--", &format!("--test-threads={AT_ONCE}")]);
        command.args(self.tests.iter().map(|test| format!("{test}::")));
        command.env("TMPDIR", &temporary).stdout(log.try_clone()?).stderr(log);
        let status = Group::spawn(stage(staged(&mut command)))?.wait()?;
        let _ = fs::remove_dir_all(&temporary);
        let told = fs::read(&file)?;
        run::say(format_args!(
            "{browser}, {}: {:.0} s\n{}",
            self.name,
            begin.elapsed().as_secs_f64(),
            String::from_utf8_lossy(&told)
        ));
        if !status.success() {
            bail!("{browser}: tests ({}) failed ({status}); what they printed is above.", self.name);
        }
        Ok(())
    }
}

/// One after the other, to the end even if one fails.
fn in_turn(turns: &[&Turn], act: impl Fn(&Turn) -> Result<()>) -> Result<()> {
    let mut first = Ok(());
    for turn in turns {
        first = first.and(act(turn));
    }
    first
}

/// Those that measure, and the others.
fn parts(names: &[String]) -> Result<(Turn, Turn)> {
    if let Some(unknown) = LIVE.iter().chain([&APART]).find(|live| !names.iter().any(|name| name == **live)) {
        bail!("the end-to-end tests have no `{unknown}`: correct the list in crates/xtask/src/abreast.rs.");
    }
    let (live, still) =
        names.iter().filter(|name| *name != APART).cloned().partition(|name| LIVE.contains(&name.as_str()));
    Ok((Turn { name: "live", tests: live }, Turn { name: "still", tests: still }))
}

/// The names of the tests: the modules of their program.
fn names() -> Result<Vec<String>> {
    let program = fs::read_to_string(root().join(FOLDER).join("main.rs"))?;
    let names = program.lines().filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';'));
    Ok(names.map(str::to_owned).collect())
}

/// Where they are.
const FOLDER: &str = "crates/e2e/tests/end_to_end";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_test_has_its_turn_once() -> Result<()> {
        let names = names()?;
        let (live, still) = parts(&names)?;
        let mut turns = [live.tests, still.tests, vec![APART.to_owned()]].concat();
        turns.sort();
        let paths = fs::read_dir(root().join(FOLDER))?.flatten().map(|file| file.path());
        let files = paths.filter(|path| path.extension().is_some_and(|it| it == "rs"));
        let mut expect: Vec<_> =
            files.filter_map(|file| Some(file.file_stem()?.to_string_lossy().into_owned())).collect();
        expect.retain(|name| name != "main");
        expect.sort();
        assert_eq!(turns, expect);
        assert!(turns.len() > 20, "{turns:?}");
        Ok(())
    }

    #[test]
    fn an_unknown_name_is_told() {
        let told = parts(&["live_ways".to_owned()]).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(told.contains("companion_dies"), "{told}");
    }
}
