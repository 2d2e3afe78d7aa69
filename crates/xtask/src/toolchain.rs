//! The Rust toolchain: a linker, the wasm target, the packages of Cargo.lock.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::run;
use crate::workspace::{cargo, root};

/// What the page is compiled for.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Fails with one sentence if Rust programs cannot be linked here.
pub(crate) fn ensure_linker() -> Result<()> {
    // On Windows, rustup itself refuses to install without the build tools.
    if cfg!(windows) || run::ask(Command::new("cc").arg("--version")).is_some() {
        return Ok(());
    }
    bail!("no C compiler (`cc`) is found: install one with `{}`, then run it again.", advice());
}

fn advice() -> &'static str {
    const BY_TOOL: [(&str, &str); 6] = [
        ("apt-get", "sudo apt-get install build-essential"),
        ("dnf", "sudo dnf install gcc"),
        ("pacman", "sudo pacman -S gcc"),
        ("apk", "sudo apk add build-base"),
        ("zypper", "sudo zypper install gcc"),
        ("xcode-select", "xcode-select --install"),
    ];
    let here = |tool: &str| run::ask(Command::new(tool).arg("--version")).is_some();
    BY_TOOL.iter().find(|(tool, _)| here(tool)).map_or("gcc or clang", |(_, advice)| advice)
}

/// Adds the wasm target if the toolchain lacks it.
pub(crate) fn ensure_wasm_target() -> Result<()> {
    if has_wasm_target() {
        return Ok(());
    }
    if run::ask(Command::new("rustup").arg("--version")).is_none() {
        bail!("this Rust has no {WASM} target: install Rust with rustup (rustup.rs), then run it again.");
    }
    run::say(format_args!("Adding the target {WASM}"));
    let added = run::run(Command::new("rustup").args(["target", "add", WASM]).current_dir(root()));
    run::go_on()?;
    if added.is_err() || !has_wasm_target() {
        bail!("rustup could not add the target: connect to the internet and run `rustup target add {WASM}`.");
    }
    Ok(())
}

/// Fails with one sentence if there is no nightly compiler, which fuzzing needs.
pub(crate) fn ensure_nightly() -> Result<()> {
    if run::ask(Command::new("rustup").args(["run", "nightly", "rustc", "--version"])).is_some() {
        return Ok(());
    }
    bail!(
        "fuzzing needs a nightly compiler: install one with \
         `rustup toolchain install nightly --profile minimal`, then run it again."
    );
}

fn has_wasm_target() -> bool {
    let folder =
        run::ask(Command::new("rustc").args(["--print=target-libdir", "--target", WASM]).current_dir(root()));
    folder.is_some_and(|folder| Path::new(folder.trim()).is_dir())
}

/// Fetches the packages of Cargo.lock, because Trunk then builds offline.
pub(crate) fn fetch() -> Result<()> {
    let mut fetch = cargo();
    fetch.args(["fetch", "--target", WASM]);
    if let Some(host) = host() {
        fetch.args(["--target", &host]);
    }
    // `--quiet` would hide the progress of a first run.
    let fetched = run::run(&mut fetch);
    run::go_on()?;
    if fetched.is_err() {
        bail!(
            "the packages could not be fetched (reason above): connect to the package registry, then run it again."
        );
    }
    Ok(())
}

fn host() -> Option<String> {
    let about = run::ask(Command::new("rustc").arg("-vV").current_dir(root()))?;
    about.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned)
}
