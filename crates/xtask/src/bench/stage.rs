//! The bench that needs a browser: the page beside Mermaid, frame by frame.

use std::process::Stdio;

use anyhow::{Context, Result, bail};

use crate::chromium::Chromium;
use crate::run::{self, Group};
use crate::tools::Tools;
use crate::workspace::{cargo, root};
use crate::{npm, runner, toolchain};

/// What `benches/stage.rs` prints.
pub(super) fn told() -> Result<String> {
    toolchain::ensure_wasm_target()?;
    let mermaid = npm::package("mermaid", MERMAID)?.join("dist").join("mermaid.min.js");
    let (chromium, tools) = (Chromium::ready()?, Tools::ready()?);
    let mut command = cargo();
    // As small as the page of `serve`: what is measured is what people run.
    command.args(["test", "--profile", "page", "--target", toolchain::WASM]);
    command.args(["--package", "duplex", "--features", "bench", "--test", "stage", "--", "--nocapture"]);
    runner::in_browser(&mut command, &tools)?;
    command
        .env("CHROMEDRIVER", chromium.driver())
        .env(runner::SETTINGS, root().join("webdriver.json"))
        .env("DUPLEX_MERMAID", mermaid)
        .env("WASM_BINDGEN_TEST_TIMEOUT", "600");
    let mut group = Group::spawn(command.stdout(Stdio::piped()))?;
    let mut out = group.child().stdout.take().context("the bench has no output.")?;
    let reader = std::thread::spawn(move || std::io::read_to_string(&mut out));
    let status = group.wait()?;
    let told = reader.join().ok().context("the bench's output was lost.")??;
    if !status.success() {
        run::say(&told);
        bail!("the bench in the browser failed ({status}); its own message is above.");
    }
    Ok(rows(&told))
}

/// The lines that are for the table.
fn rows(told: &str) -> String {
    told.lines().filter_map(|line| line.strip_prefix("row\t")).map(|row| format!("{row}\n")).collect()
}

/// The peer's version.
const MERMAID: &str = "12.3.0";

#[cfg(test)]
mod tests {
    #[test]
    fn only_rows_are_for_the_table() {
        let told = "running 1 test\nrow\ta\t1\n    row\tnot this\nrow\tb\t2\ntest result: ok.";
        assert_eq!(super::rows(told), "a\t1\nb\t2\n");
    }
}
