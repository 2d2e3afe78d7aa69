//! The benches that need a browser: the page beside Mermaid, frame by frame; what recording costs beside a bare
//! script; and how soon the page is there, beside the least that a page in Yew can be.

use std::process::Command;

use anyhow::{Result, bail};

use super::output;
use crate::chromium::Chromium;
use crate::companion::{self, Companion};
use crate::ports::Lanes;
use crate::run;
use crate::tools::Tools;
use crate::workspace::{cargo, root, target};
use crate::{dist, host, npm, page, runner, toolchain};

/// What `benches/stage.rs` prints.
pub(super) fn stage() -> Result<String> {
    let mermaid = npm::package("mermaid", MERMAID)?.join("dist").join("mermaid.min.js");
    told("stage", |command| command.env("DUPLEX_MERMAID", mermaid))
}

/// What `benches/live.rs` prints, against the companion that `serve` starts.
pub(super) fn live() -> Result<String> {
    let companion = Companion::start(&companion::build()?, None, 0, Lanes::after(0), &[])?;
    let url = companion.url.trim_end_matches('/');
    told("live", |command| command.env("DUPLEX_BENCH_COMPANION", url))
}

/// What `crates/e2e/src/bin/start_up.rs` prints, of the page as `dist` makes it.
pub(super) fn start_up() -> Result<String> {
    toolchain::ensure_wasm_target()?;
    let (chromium, tools) = (Chromium::ready()?, Tools::ready()?);
    let folder = target().join("duplex").join("start-up");
    let (page, minimal) = (folder.join("page"), folder.join("minimal"));
    dist::build(&tools, "./", &page)?;
    page::build(&tools, page::Kind::Minimal, &minimal)?;
    host::compress(&minimal)?;
    let mut command = cargo();
    command.args(["run", "--quiet", "--package", "e2e", "--bin", "start_up"]);
    command.env("DUPLEX_PAGE", page).env("DUPLEX_MINIMAL", minimal);
    let (status, told) = output(chromium.stage(&mut command))?;
    if !status.success() {
        bail!("the bench in the browser failed ({status}); its own message is above.");
    }
    Ok(told)
}

/// What `bench` prints once `peer` has told it whom to compare with.
fn told(bench: &str, peer: impl FnOnce(&mut Command) -> &mut Command) -> Result<String> {
    toolchain::ensure_wasm_target()?;
    let (chromium, tools) = (Chromium::ready()?, Tools::ready()?);
    let mut command = cargo();
    // As small as the page of `serve`: what is measured is what people run.
    command.args(["test", "--profile", "page", "--target", toolchain::WASM]);
    command.args(["--package", "duplex", "--features", "bench", "--test", bench, "--", "--nocapture"]);
    runner::in_browser(&mut command, &tools)?;
    peer(&mut command)
        .env("CHROMEDRIVER", chromium.driver())
        .env(runner::SETTINGS, root().join("webdriver.json"))
        // Without the checks around every call of the browser's that the runner puts in for tests.
        .env("WASM_BINDGEN_NO_DEBUG", "1")
        .env("WASM_BINDGEN_TEST_TIMEOUT", "600");
    let (status, told) = output(&mut command)?;
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
