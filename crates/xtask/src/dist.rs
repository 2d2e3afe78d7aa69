//! `cargo xtask dist`: the page for a static host, and its weight.

use std::fs;

use anyhow::{Result, bail};

use crate::tools::Tools;
use crate::weight::Weight;
use crate::{host, page, parts, run, slim, toolchain, workspace};

const RELEASE: &str = r#"data-cargo-profile-release="page-dist""#;

/// Builds the page into `dist/` so that it works below `base`, then weighs it.
pub(crate) fn dist(base: &str) -> Result<()> {
    let base = usable(base)?;
    // Without it Trunk would take the quick profile and say nothing.
    if !fs::read_to_string(workspace::root().join("index.html"))?.contains(RELEASE) {
        bail!("index.html names no profile for a static host: add {RELEASE} to its rust link.");
    }
    toolchain::ensure_linker()?;
    toolchain::ensure_wasm_target()?;
    let tools = Tools::ready()?;
    run::say("Building the page for a static host (some minutes: link-time optimization)");
    let folder = workspace::root().join("dist");
    page::build(&tools, page::Kind::Dist { base: &base }, &folder)?;
    parts::part(&tools, &folder)?;
    slim::slim(&folder)?;
    host::ready(&folder)?;
    let weight = Weight::of(&folder)?;
    print!("{weight}");
    if let Some((what, octets, limit)) = weight.excess() {
        bail!("{what} weighs {octets} octets gzip, more than {limit}: make it smaller.");
    }
    run::say("Ready: copy the folder dist/ to any static host");
    Ok(())
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
