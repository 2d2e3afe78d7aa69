//! `cargo xtask probe-public`: do the public echo servers of the page's presets still answer?

use std::process::Command;

use anyhow::Result;

use crate::chromium::Chromium;
use crate::tools::Tools;
use crate::{companion, page, run, toolchain, workspace};

/// Builds page and companion and lets a real browser try each preset. Needs internet.
pub(crate) fn probe() -> Result<()> {
    toolchain::ensure_linker()?;
    toolchain::ensure_wasm_target()?;
    let browser = Chromium::ready()?;
    page::build(&Tools::ready()?, page::Kind::Quick, &page::folder())?;
    companion::build()?;
    run::say("Asking the public echo servers, through the page in a browser");
    let args = ["run", "--quiet", "--package", "e2e", "--bin", "probe_public"];
    run::run(browser.stage(staged(workspace::cargo().args(args))))
}

/// Tells a command where page and companion are.
pub(crate) fn staged(command: &mut Command) -> &mut Command {
    command
        .env("DUPLEX_PAGE", page::folder())
        .env("DUPLEX_HOSTED", page::hosted())
        .env("DUPLEX_COMPANION", companion::program())
}
