//! `cargo xtask dist`: the page for a static host, and its weight.

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

use crate::tools::Tools;
use crate::weight::Weight;
use crate::{host, page, parts, run, slim, toolchain, workspace};

const RELEASE: &str = r#"data-cargo-profile-release="page-dist""#;

/// Builds the page into the folder `into`, seen from the root, so that it works below `base`, then weighs it.
pub(crate) fn dist(base: &str, into: &str) -> Result<()> {
    let base = usable(base)?;
    toolchain::ensure_linker()?;
    toolchain::ensure_wasm_target()?;
    let folder = workspace::root().join(into);
    build(&Tools::ready()?, &base, &folder)?;
    let weight = Weight::of(&folder)?;
    print!("{weight}");
    weight.within_limits()?;
    run::say(format_args!("Ready: copy the folder {} to any static host", folder.display()));
    Ok(())
}

/// Builds the page as a static host gets it into `folder`, to work below `base`, which is usable.
pub(crate) fn build(tools: &Tools, base: &str, folder: &Path) -> Result<()> {
    // Without it Trunk would take the quick profile and say nothing.
    if !fs::read_to_string(workspace::root().join("index.html"))?.contains(RELEASE) {
        bail!("index.html names no profile for a static host: add {RELEASE} to its rust link.");
    }
    run::say("Building the page for a static host (some minutes: link-time optimization)");
    page::build(tools, page::Kind::Dist { base }, folder)?;
    parts::part(tools, folder)?;
    slim::slim(folder)?;
    host::ready(folder)
}

/// The base as Trunk wants it: it ends with a slash.
fn usable(base: &str) -> Result<String> {
    if !(base.starts_with('/') || base.starts_with("./") || base.starts_with("https://")) {
        bail!(
            "`{base}` is not a base: give a path such as /duplex/, or none for one that works in any folder."
        );
    }
    Ok(if base.ends_with('/') { base.to_owned() } else { format!("{base}/") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(base: &str, expect: Option<&str>) {
        assert_eq!(usable(base).ok().as_deref(), expect, "{base}");
    }

    #[test]
    fn bases() {
        check("./", Some("./"));
        check("/", Some("/"));
        check("/duplex", Some("/duplex/"));
        check("/duplex/", Some("/duplex/"));
        check("https://a.example/b", Some("https://a.example/b/"));
        check("duplex", None);
        check("", None);
    }
}
