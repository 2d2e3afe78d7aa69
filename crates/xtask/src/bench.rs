//! `cargo xtask bench`: every benchmark in one run, its figures side by side in one table.

use std::fs;
use std::process::Stdio;

use anyhow::{Context, Result, bail};

use crate::run::{self, Group};
use crate::toolchain;
use crate::workspace::{cargo, root};

/// Builds and runs all benches, or the one called `only`. Each prints rows of cells with a tab between; lines without one are remarks.
pub(crate) fn bench(only: Option<&str>) -> Result<()> {
    toolchain::ensure_linker()?;
    let mut rows = Vec::new();
    let mut benches = benches()?;
    benches.retain(|(_, bench)| only.is_none_or(|only| only == bench));
    if benches.is_empty() {
        bail!("there is no bench called {}: they are in crates/*/benches.", only.unwrap_or_default());
    }
    for (package, bench) in benches {
        run::say(format_args!("{bench} of {package}"));
        let told = told(&package, &bench)?;
        rows.extend(told.lines().map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>()));
    }
    print!("\n{}", table(&rows));
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
    if benches.is_empty() { bail!("there are no benches in crates/*/benches.") } else { Ok(benches) }
}

/// What a bench prints.
fn told(package: &str, bench: &str) -> Result<String> {
    let mut command = cargo();
    command.args(["bench", "--quiet", "--package", package, "--bench", bench]).stdout(Stdio::piped());
    let mut group = Group::spawn(&mut command)?;
    let mut out = group.child().stdout.take().context("the bench has no output.")?;
    // A bench prints little, so nothing is lost by reading it at once.
    let reader = std::thread::spawn(move || std::io::read_to_string(&mut out));
    let status = group.wait()?;
    let told = reader.join().ok().context("the bench's output was lost.")??;
    if !status.success() {
        bail!("the bench {bench} of {package} failed ({status}); its own message is above.");
    }
    Ok(told)
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
    fn codec_and_companion_have_a_bench() {
        let benches = benches().expect("benches");
        assert!(benches.contains(&("wire".into(), "decoding".into())), "{benches:?}");
        assert!(benches.contains(&("companion".into(), "live".into())), "{benches:?}");
    }
}
