//! Puts the built page into the program, so that one file is all that a teacher has to copy.
//!
//! Without the feature `page-inside`, and in a debug build, the program is built without one: whoever works on
//! either has `cargo xtask serve`, and must not wait for a page that changes with every edit. A folder that
//! `DUPLEX_PAGE_INSIDE` names is taken as it is; else `cargo xtask dist` builds one.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

fn main() -> Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed={GIVEN}");
    let out = folder_of("OUT_DIR")?;
    let mut files = Vec::new();
    if let Some(page) = page(&out)? {
        collect(&page, "", &mut files)?;
        if !files.iter().any(|(name, _)| name == "index.html") {
            bail!("There is no index.html in {}: `cargo xtask dist` builds one.", page.display());
        }
        files.sort();
    }
    let rows: Vec<String> = files
        .iter()
        .map(|(name, file)| {
            format!("    ({name:?}, include_bytes!({:?}).as_slice()),\n", file.display().to_string())
        })
        .collect();
    fs::write(out.join("inside.rs"), format!("&[\n{}]\n", rows.concat()))?;
    Ok(())
}

/// The folder with the page to put in, if any.
fn page(out: &Path) -> Result<Option<PathBuf>> {
    if env::var_os("CARGO_FEATURE_PAGE_INSIDE").is_none() {
        return Ok(None);
    }
    let here = folder_of("CARGO_MANIFEST_DIR")?;
    let root = here.ancestors().nth(2).context("The companion is not in its workspace.")?;
    if let Some(given) = env::var_os(GIVEN) {
        let page = root.join(given);
        let page = fs::canonicalize(&page)
            .with_context(|| format!("{GIVEN} names no folder: {}", page.display()))?;
        println!("cargo::rerun-if-changed={}", page.display());
        return Ok(Some(page));
    }
    if env::var("PROFILE").as_deref() == Ok("release") { built(root, out).map(Some) } else { Ok(None) }
}

/// Has the page built, in a target folder of its own: the usual one belongs to the Cargo that runs this.
fn built(root: &Path, out: &Path) -> Result<PathBuf> {
    for source in SOURCES {
        println!("cargo::rerun-if-changed={}", root.join(source).display());
    }
    // From <target>/release/build/<package>/out, so that another build of the companion finds it again.
    let apart = out.ancestors().nth(4).unwrap_or(out).join("duplex").join("inside");
    let page = apart.join("page");
    let mut xtask = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    xtask.args(["run", "--package", "xtask", "--", "dist", "--into"]).arg(&page);
    xtask.current_dir(root).env("CARGO_TARGET_DIR", apart.join("target"));
    // The flags are those of the companion's target, and would not suit the page's.
    xtask.env_remove("CARGO_ENCODED_RUSTFLAGS").env_remove("CARGO_BUILD_TARGET");
    // What a build script says on stdout, Cargo takes for instructions.
    let status = xtask.stdout(Stdio::from(io::stderr())).status().context("Cargo cannot be started.")?;
    if !status.success() {
        bail!(
            "The page could not be built (reason above). Build the companion without one with \
             `--no-default-features`, or name the folder of a built page in {GIVEN}."
        );
    }
    Ok(page)
}

/// The files at or below `folder`, each with its name below the page.
fn collect(folder: &Path, below: &str, files: &mut Vec<(String, PathBuf)>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().into_string().ok().context("A file of the page has an odd name.")?;
        // What is for a host alone, or hidden, is no part of the page.
        if name.starts_with(['_', '.']) {
            continue;
        }
        let (path, name) = (entry.path(), format!("{below}{name}"));
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files)?;
        } else {
            files.push((name, path));
        }
    }
    Ok(())
}

fn folder_of(variable: &str) -> Result<PathBuf> {
    env::var_os(variable).map(PathBuf::from).with_context(|| format!("Cargo did not set {variable}."))
}

/// Names the folder with a page that is built already, seen from the root of the workspace.
const GIVEN: &str = "DUPLEX_PAGE_INSIDE";

/// What the page is made of, below the workspace's root.
const SOURCES: [&str; 9] =
    ["Cargo.lock", "Cargo.toml", "Trunk.toml", "crates", "hosting", "index.html", "src", "styles", "words"];
