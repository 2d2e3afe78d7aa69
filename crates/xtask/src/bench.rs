//! `cargo xtask bench`: every benchmark in one run, its figures side by side, and one table of their ratios.

mod browser;
mod figures;
mod machine;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result, bail};

use crate::chromium::Chromium;
use crate::run::{self, Group};
use crate::toolchain;
use crate::workspace::{cargo, root, target};
use figures::Told;
use machine::Machine;

/// What `bench` is asked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    /// The benches by name; all if there is none.
    pub(crate) only: Vec<String>,
    /// Where the figures go as JSON, if not to `target/duplex/bench.json`.
    pub(crate) json: Option<PathBuf>,
}

/// Builds and runs all benches, or those of these names. Each prints rows of cells with a tab between;
/// lines without one are remarks.
pub(crate) fn bench(options: &Options) -> Result<()> {
    let Options { only, json } = options;
    let benches = benches()?;
    if let Some(unknown) = only.iter().find(|name| benches.iter().all(|known| known.1 != **name)) {
        let known: Vec<_> = benches.into_iter().map(|(_, name)| name).collect();
        bail!("`{unknown}` is no benchmark: there are {}.", known.join(", "));
    }
    toolchain::ensure_linker()?;
    let wanted: Vec<_> = benches.into_iter().filter(|(_, it)| only.is_empty() || only.contains(it)).collect();
    let in_browser = wanted.iter().any(|(package, _)| package == PAGE);
    let machine = Machine::of(if in_browser { Chromium::ready()?.version() } else { String::new() });
    let mut all = Vec::new();
    for (package, bench) in wanted {
        run::say(format_args!("{bench} of {package}"));
        let lines = match (package.as_str(), bench.as_str()) {
            (PAGE, "stage") => browser::stage()?,
            (PAGE, "live") => browser::live()?,
            (PAGE, "start-up") => browser::start_up()?,
            _ => told(&package, &bench)?,
        };
        let told = Told::of(format!("{package}/{bench}"), &lines);
        print!("{}", told.details());
        all.push(told);
    }
    println!("\n{}\n", machine.line());
    print!("{}", figures::ratios(&all));
    let file = json.clone().unwrap_or_else(|| target().join("duplex").join("bench.json"));
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&file, figures::json(&machine, &all))
        .with_context(|| format!("the figures cannot be written to {}", file.display()))?;
    run::say(format_args!("As JSON: {}", file.display()));
    Ok(())
}

/// Package and name of each bench of the workspace.
fn benches() -> Result<Vec<(String, String)>> {
    let mut benches = Vec::new();
    for package in fs::read_dir(root().join("crates"))?.flatten() {
        let files = fs::read_dir(package.path().join("benches")).into_iter().flatten().flatten();
        for file in files.filter(|file| file.path().extension().is_some_and(|end| end == "rs")) {
            let name = file.path().file_stem().unwrap_or_default().to_string_lossy().into_owned();
            benches.push((package.file_name().to_string_lossy().into_owned(), name));
        }
    }
    benches.sort();
    benches.extend(["live", "stage", "start-up"].map(|bench| (PAGE.to_owned(), bench.to_owned())));
    Ok(benches)
}

/// What a bench prints.
fn told(package: &str, bench: &str) -> Result<String> {
    let mut command = cargo();
    command.args(["bench", "--quiet", "--package", package, "--bench", bench]);
    // A bench of the companion needs no page inside, which takes minutes to build.
    if package == "companion" {
        command.arg("--no-default-features");
    }
    let (status, told) = output(&mut command)?;
    if !status.success() {
        bail!("the bench {bench} of {package} failed ({status}); its own message is above.");
    }
    Ok(told)
}

/// How a command ended, and what it printed: little, so that nothing is lost by reading it at once.
fn output(command: &mut Command) -> Result<(ExitStatus, String)> {
    let mut group = Group::spawn(command.stdout(Stdio::piped()))?;
    let mut out = group.child().stdout.take().context("the bench has no output.")?;
    let reader = std::thread::spawn(move || std::io::read_to_string(&mut out));
    let status = group.wait()?;
    Ok((status, reader.join().ok().context("the bench's output was lost.")??))
}

/// Rows with their cells in columns: the first to the left, figures to the right.
fn table(rows: &[Vec<String>]) -> String {
    let wide = |column: usize| {
        let cells = rows.iter().filter(|row| row.len() > 1).filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let line = |row: &Vec<String>| {
        if row.len() == 1 {
            return row[0].clone();
        }
        let cells = row.iter().enumerate().map(|(column, cell)| match column {
            0 => format!("{cell:<width$}", width = wide(0)),
            _ => format!("{cell:>width$}", width = wide(column)),
        });
        cells.collect::<Vec<_>>().join("  ")
    };
    rows.iter().map(|row| format!("{}\n", line(row).trim_end())).collect()
}

/// The package whose benches run in a browser.
const PAGE: &str = "duplex";

#[cfg(test)]
mod tests {
    use super::*;

    fn check(told: &str, expect: &str) {
        let rows: Vec<_> = told.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect();
        assert_eq!(table(&rows), expect);
    }

    #[test]
    fn tables() {
        check(
            "what\tns\tratio\nframes, 1 KiB\t12.5\t1.00",
            "what             ns  ratio\nframes, 1 KiB  12.5   1.00\n",
        );
        check("a remark that is longer than all\na\t1", "a remark that is longer than all\na  1\n");
        check("", "");
    }

    #[test]
    fn the_codec_has_a_bench() {
        let benches = benches().expect("benches");
        assert!(benches.contains(&("wire".into(), "decoding".into())), "{benches:?}");
    }
}
