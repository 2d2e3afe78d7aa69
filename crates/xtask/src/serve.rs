//! `cargo xtask serve`: from a fresh checkout to a running page.

use anyhow::{Result, bail};

use crate::companion::Companion;
use crate::ports::Lanes;
use crate::tools::Tools;
use crate::{companion, page, ports, run, toolchain};

/// What `serve` is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) port: u16,
    pub(crate) lanes: Lanes,
    /// Handed to the companion as they are.
    pub(crate) flags: Vec<String>,
}

/// Builds what is missing, starts the companion and stays until Ctrl-C.
pub(crate) fn serve(options: &Options) -> Result<()> {
    run::say("1 of 4: looking at this machine");
    // What can be refused is refused before the long builds.
    ports::ensure_free(options.port, options.lanes)?;
    toolchain::ensure_linker()?;
    toolchain::ensure_wasm_target()?;
    run::say("2 of 4: Trunk and the wasm-bindgen CLI");
    let tools = Tools::ready()?;
    run::say("3 of 4: building the page (a minute or two the first time)");
    let folder = page::folder();
    page::build(&tools, page::Kind::Quick, &folder)?;
    run::say("4 of 4: building and starting the companion");
    let program = companion::build()?;
    let mut companion =
        Companion::start(&program, Some(&folder), options.port, options.lanes, &options.flags)?;
    println!("Duplex is ready: {}", companion.url);
    match companion.wait() {
        // Ctrl-C is how this task is meant to end.
        Err(error) if error.is::<run::Interrupted>() => Ok(()),
        Err(error) => Err(error),
        Ok(status) => bail!("the companion ended by itself ({status}): run `cargo xtask serve` again."),
    }
}
