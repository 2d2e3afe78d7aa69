//! The page: built by Trunk, with its tools from our folders and its packages fetched before.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::tools::Tools;
use crate::{run, toolchain, workspace};

/// How the page is built.
#[derive(Clone, Copy)]
pub(crate) enum Kind<'a> {
    /// For the companion and for tests: small, without link-time optimization. Cargo profile `page`.
    Quick,
    /// For a static host below `base`: as small as it gets, minutes longer. Cargo profile `page-dist`.
    Dist { base: &'a str },
    /// Not the page, but what the start-up bench compares it with, in the same way.
    Minimal,
}

/// Builds the page into `folder`. The linker and the wasm target must be there.
pub(crate) fn build(tools: &Tools, kind: Kind<'_>, folder: &Path) -> Result<()> {
    toolchain::fetch()?;
    run::run(&mut command(tools, kind, folder)?)
}

/// Where the page for the companion and the tests goes: apart from `dist/`, which `trunk serve` rewrites.
pub(crate) fn folder() -> PathBuf {
    workspace::target().join("duplex").join("page")
}

/// Where the page goes that the tests put on a static host.
pub(crate) fn hosted() -> PathBuf {
    workspace::target().join("duplex").join("hosted")
}

/// Compiler flags that keep this machine's paths out of what is published: they are in every panic
/// message, they say who built it, and they weigh some kilobytes.
fn short_paths() -> Vec<String> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo"))).unwrap_or_default();
    let registries = std::fs::read_dir(home.join("registry").join("src")).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = registries.map(|entry| entry.path()).collect();
    folders.push(workspace::root().to_owned());
    folders.iter().map(|folder| format!("--remap-path-prefix={}=", folder.display())).collect()
}

fn command(tools: &Tools, kind: Kind<'_>, folder: &Path) -> Result<Command> {
    let mut trunk = Command::new(tools.trunk());
    // Offline, so that Trunk takes the tools that it is given and downloads none.
    let source = match kind {
        Kind::Minimal => workspace::root().join("benches").join("minimal"),
        _ => workspace::root().to_owned(),
    };
    trunk.current_dir(source).args(["build", "--offline", "--dist"]).arg(folder);
    // index.html names the profiles: data-cargo-profile="page" data-cargo-profile-release="page-dist".
    // There and not here, because Trunk lets the attribute win and a plain `trunk serve` needs it too.
    match kind {
        Kind::Quick => trunk.args(["--public-url", "/"]),
        Kind::Dist { .. } | Kind::Minimal => {
            let mut flags = short_paths();
            let base = if let Kind::Dist { base } = kind { base } else { "./" };
            if matches!(kind, Kind::Dist { .. }) {
                // The linker leaves in what the splitter needs to know; that is taken out when the parts are made.
                flags.push("-Clink-args=--emit-relocs".to_owned());
                trunk.env("CARGO_PROFILE_PAGE_DIST_STRIP", "none").args(["--features", "split"]);
            }
            trunk.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
            // No integrity attributes: what is on the same host as the page needs none, and dist slims the files.
            trunk.args(["--release", "--no-sri", "true", "--public-url", base])
        }
    };
    // Trunk accepts only "true" and "false" here and stops at the customary NO_COLOR=1.
    if std::env::var_os("NO_COLOR").is_some() {
        trunk.env_remove("NO_COLOR").args(["--color", "never"]);
    }
    trunk.env("PATH", tools.path()?);
    Ok(trunk)
}
