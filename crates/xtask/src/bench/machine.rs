//! What the figures were measured on.

use std::fs;
use std::process::Command;
use std::thread;

use crate::run;
use crate::workspace::root;

/// Facts about this machine and this checkout.
pub(super) struct Machine {
    facts: [(&'static str, String); 7],
}

impl Machine {
    /// This machine, with that browser.
    pub(super) fn of(browser: String) -> Self {
        let ask = |program: &str, args: &[&str]| {
            run::ask(Command::new(program).args(args).current_dir(root()))
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        Self {
            facts: [
                ("cores", thread::available_parallelism().map_or(0, usize::from).to_string()),
                ("cpu", cpu(&fs::read_to_string("/proc/cpuinfo").unwrap_or_default()).to_owned()),
                ("load", load(&fs::read_to_string("/proc/loadavg").unwrap_or_default()).to_owned()),
                ("browser", browser),
                ("rustc", ask("rustc", &["--version"])),
                ("commit", ask("git", &["log", "-1", "--format=%h"])),
                ("committed", ask("git", &["log", "-1", "--format=%cs"])),
            ],
        }
    }

    /// Each with its name; empty where it is not to be had here.
    pub(super) fn facts(&self) -> &[(&'static str, String)] {
        &self.facts
    }

    /// All that is known, in a line.
    pub(super) fn line(&self) -> String {
        let known = self.facts.iter().filter(|(_, fact)| !fact.is_empty());
        known.map(|(name, fact)| format!("{name}: {fact}")).collect::<Vec<_>>().join("; ")
    }
}

/// The processor's name, as Linux tells it.
fn cpu(info: &str) -> &str {
    let line = info.lines().find(|line| line.starts_with("model name"));
    line.and_then(|line| line.split_once(':')).map_or("", |(_, name)| name.trim())
}

/// How many programs wanted a core in the minute before the benches began.
fn load(averages: &str) -> &str {
    averages.split(' ').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_of_linux() {
        assert_eq!(cpu("processor\t: 0\nmodel name\t: Some CPU @ 2.00GHz\n"), "Some CPU @ 2.00GHz");
        assert_eq!((cpu(""), load("")), ("", ""));
        assert_eq!(load("1.25 0.9 0.5 1/234 5678\n"), "1.25");
    }
}
