//! Trunk, the wasm-bindgen CLI, cargo-fuzz and geckodriver at the versions of this checkout: found, or installed once per user.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::workspace::cargo;
use crate::{cache, run, versions};

/// The folders of the tools that the page needs.
pub(crate) struct Tools {
    trunk: PathBuf,
    bindgen: PathBuf,
}

impl Tools {
    /// Finds both tools, installing what is missing.
    pub(crate) fn ready() -> Result<Self> {
        let trunk = Tool::new("trunk", &["trunk"], versions::trunk()?);
        let programs = &["wasm-bindgen", "wasm-bindgen-test-runner"];
        let bindgen = Tool::new("wasm-bindgen-cli", programs, versions::wasm_bindgen()?);
        // The smaller one first: a machine without a registry says so sooner.
        let bindgen = bindgen.ready()?;
        Ok(Self { trunk: trunk.ready()?, bindgen })
    }

    /// Trunk at the right version.
    pub(crate) fn trunk(&self) -> PathBuf {
        self.trunk.join(file_name("trunk"))
    }

    /// The wasm-bindgen CLI at the right version.
    pub(crate) fn bindgen(&self) -> PathBuf {
        self.bindgen.join(file_name("wasm-bindgen"))
    }

    /// PATH with these tools before all others, for Trunk and Cargo to find them.
    pub(crate) fn path(&self) -> Result<OsString> {
        let mut folders = vec![self.bindgen.clone(), self.trunk.clone()];
        folders.extend(path_folders());
        env::join_paths(folders)
            .context("the cache folder's name cannot stand in PATH: set XDG_CACHE_HOME elsewhere.")
    }
}

/// What cuts a module into parts, at the right version.
pub(crate) fn splitter() -> Result<PathBuf> {
    let splitter = Tool {
        feature: Some("build-binary"),
        is_mute: true,
        ..Tool::new("wasm_split_cli_support", &["wasm-split-cli"], versions::splitter()?)
    };
    Ok(splitter.ready()?.join(file_name("wasm-split-cli")))
}

/// cargo-fuzz at the right version.
pub(crate) fn cargo_fuzz() -> Result<PathBuf> {
    let fuzz = Tool::new("cargo-fuzz", &["cargo-fuzz"], versions::cargo_fuzz()?);
    Ok(fuzz.ready()?.join(file_name("cargo-fuzz")))
}

/// geckodriver at the right version.
pub(crate) fn geckodriver() -> Result<PathBuf> {
    let driver = Tool::new("geckodriver", &["geckodriver"], versions::geckodriver()?);
    Ok(driver.ready()?.join(file_name("geckodriver")))
}

struct Tool {
    package: &'static str,
    programs: &'static [&'static str],
    version: String,
    /// The feature of the package that the program needs.
    feature: Option<&'static str>,
    /// Whether it cannot say its version: then it is taken from its own folder in our cache alone.
    is_mute: bool,
}

impl Tool {
    fn new(package: &'static str, programs: &'static [&'static str], version: String) -> Self {
        Self { package, programs, version, feature: None, is_mute: false }
    }

    /// The folder of this tool: on PATH, in our cache, or installed now.
    fn ready(&self) -> Result<PathBuf> {
        let root = cache::tools()?.join(format!("{}-{}", self.package, self.version));
        let kept = root.join("bin");
        if let Some(folder) = self.found(&kept) {
            return Ok(folder);
        }
        let _lock = cache::lock(&root)?;
        // Another command may have installed it while this one waited.
        if let Some(folder) = self.found(&kept) {
            return Ok(folder);
        }
        if self.download(&root)? && self.is_in(&kept) {
            return Ok(kept);
        }
        self.build(&root)?;
        if self.is_in(&kept) {
            return Ok(kept);
        }
        bail!(
            "{} does not run after its installation: delete {} and run it again.",
            self.package,
            root.display()
        );
    }

    fn found(&self, kept: &Path) -> Option<PathBuf> {
        let elsewhere = path_folders().filter(|_| !self.is_mute);
        elsewhere.chain([kept.to_owned()]).find(|folder| self.is_in(folder))
    }

    /// Whether all programs of this tool are in `folder` at the right version.
    fn is_in(&self, folder: &Path) -> bool {
        self.programs.iter().all(|program| {
            let file = folder.join(file_name(program));
            let told = || run::ask(Command::new(&file).arg("--version"));
            file.is_file()
                && (self.is_mute || told().is_some_and(|line| version_in(&line) == Some(&self.version)))
        })
    }

    /// Downloads a finished program where the user has cargo-binstall; false if that gives nothing.
    fn download(&self, root: &Path) -> Result<bool> {
        if self.is_mute || run::ask(cargo().args(["binstall", "-V"])).is_none() {
            return Ok(false);
        }
        run::say(format_args!("Downloading {} {} with cargo binstall", self.package, self.version));
        let done = run::run(
            cargo()
                .args(["binstall", "--no-confirm", "--disable-strategies", "compile", "--root"])
                .arg(root)
                .arg(self.name()),
        );
        run::go_on()?;
        Ok(done.is_ok())
    }

    fn build(&self, root: &Path) -> Result<()> {
        run::say(format_args!(
            "Installing {} {} for this user: once, a few minutes",
            self.package, self.version
        ));
        let done = run::run(
            cargo()
                .args(["install", "--locked", "--root"])
                .arg(root)
                .arg(self.name())
                .args(self.feature.map(|feature| format!("--features={feature}")))
                // Else Cargo ends with the advice to put the folder on PATH, which nobody has to.
                .env("PATH", env::join_paths(path_folders().chain([root.join("bin")]))?)
                // A tool that runs for a second need not be fast, it has to be there soon.
                .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
                .env("CARGO_PROFILE_RELEASE_LTO", "off")
                .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256"),
        );
        run::go_on()?;
        if done.is_err() {
            bail!(
                "{} {} could not be installed (reason above): connect to the package registry, \
                 or put this version on PATH, then run it again.",
                self.package,
                self.version
            );
        }
        Ok(())
    }

    fn name(&self) -> String {
        format!("{}@{}", self.package, self.version)
    }
}

/// The program's file on this system.
pub(crate) fn file_name(program: &str) -> String {
    format!("{program}{}", env::consts::EXE_SUFFIX)
}

/// The first program of this name on PATH.
fn on_path(program: &str) -> Option<PathBuf> {
    path_folders().map(|folder| folder.join(file_name(program))).find(|file| file.is_file())
}

/// Programs named by the environment, or else on PATH, or else at their usual places.
pub(crate) fn candidates(vars: &[&str], names: &[&str], files: &[PathBuf]) -> Vec<PathBuf> {
    if let Some(named) = vars.iter().find_map(env::var_os) {
        return vec![named.into()];
    }
    let on_path = names.iter().filter_map(|name| on_path(name));
    on_path.chain(files.iter().filter(|file| file.is_file()).cloned()).collect()
}

fn path_folders() -> impl Iterator<Item = PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).filter(|folder| folder.is_absolute()).collect::<Vec<_>>().into_iter()
}

/// The version in a line such as `wasm-bindgen 0.2.129 (0123abc)`.
fn version_in(line: &str) -> Option<&str> {
    line.split_whitespace().nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expect: Option<&str>) {
        assert_eq!(version_in(line), expect, "{line}");
    }

    #[test]
    fn version_lines() {
        check("trunk 0.21.14\n", Some("0.21.14"));
        check("wasm-bindgen 0.2.129 (0123abc)", Some("0.2.129"));
        check("trunk", None);
        check("", None);
    }

    #[test]
    fn a_tool_elsewhere_is_not_taken_for_ours() {
        let tool = Tool::new("trunk", &["trunk"], "0.0.0".into());
        assert_eq!(tool.found(Path::new("/nowhere")), None);
    }

    #[test]
    fn our_tools_come_first_on_path() {
        let tools = Tools { trunk: "/t".into(), bindgen: "/b".into() };
        let path = tools.path().expect("plain names");
        let first: Vec<_> = env::split_paths(&path).take(2).collect();
        assert_eq!(first, [PathBuf::from("/b"), PathBuf::from("/t")]);
    }

    #[test]
    fn nothing_is_found_where_nothing_is() {
        let none = candidates(&["DUPLEX_NO_SUCH_VARIABLE"], &["no-such-program"], &["/no/such/file".into()]);
        assert_eq!(none, Vec::<PathBuf>::new());
    }
}
