//! The tests that are compiled to wasm and run in a browser by wasm-bindgen's own runner.

use std::fs;
use std::process::Command;

use anyhow::Result;

use crate::toolchain;
use crate::tools::Tools;
use crate::workspace::{cargo, root};

/// The variable that names the file with the browser's settings.
pub(crate) const SETTINGS: &str = "WASM_BINDGEN_TEST_WEBDRIVER_JSON";

/// The command, which still has to be told its driver.
pub(crate) fn tests(tools: &Tools) -> Result<Command> {
    let mut command = cargo();
    // Never the whole workspace: the native crates do not compile for wasm.
    command.args(["test", "--no-fail-fast", "--target", toolchain::WASM, "--package", "duplex"]);
    for package in ["wire", "trace"].into_iter().filter(|package| has_browser_tests(package)) {
        command.args(["--package", package]);
    }
    in_browser(&mut command, tools)?;
    Ok(command)
}

/// Has `command` run what it compiles in a browser.
pub(crate) fn in_browser(command: &mut Command, tools: &Tools) -> Result<()> {
    // The runner takes the first that it finds of these.
    for driver in ["CHROMEDRIVER", "GECKODRIVER", "SAFARIDRIVER"] {
        command.env_remove(driver).env_remove(format!("{driver}_REMOTE"));
    }
    command
        .env("PATH", tools.path()?)
        .env("WASM_BINDGEN_USE_BROWSER", "1")
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60");
    Ok(())
}

fn has_browser_tests(package: &str) -> bool {
    let manifest = root().join("crates").join(package).join("Cargo.toml");
    fs::read_to_string(manifest).is_ok_and(|text| text.contains("wasm-bindgen-test"))
}
