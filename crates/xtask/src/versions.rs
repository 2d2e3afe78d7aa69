//! Which version of a tool this checkout asks for: read from the files that decide it, stated nowhere else.

use std::fs;

use anyhow::{Context, Result, anyhow};

use crate::workspace;

/// The wasm-bindgen CLI must equal the library in Cargo.lock exactly.
pub(crate) fn wasm_bindgen() -> Result<String> {
    locked(&read("Cargo.lock")?, "wasm-bindgen").ok_or_else(|| {
        anyhow!(
            "Cargo.lock names no wasm-bindgen: restore it with `git checkout Cargo.lock` and run it again."
        )
    })
}

/// Trunk's version stands in Trunk.toml, where Trunk itself checks it.
pub(crate) fn trunk() -> Result<String> {
    required(&read("Trunk.toml")?, "trunk-version").ok_or_else(|| {
        anyhow!("Trunk.toml names no full `trunk-version`: add one, such as trunk-version = \"=0.21.14\".")
    })
}

/// The splitter's version stands beside the library whose marks it reads.
pub(crate) fn splitter() -> Result<String> {
    required(&read("Cargo.toml")?, "wasm-split-cli-version").ok_or_else(|| {
        anyhow!("Cargo.toml names no full `wasm-split-cli-version`: add one, such as \"=0.2.4\".")
    })
}

/// The version of cargo-fuzz stands beside the targets that it builds.
pub(crate) fn cargo_fuzz() -> Result<String> {
    required(&read("fuzz/Cargo.toml")?, "cargo-fuzz-version").ok_or_else(|| {
        anyhow!("fuzz/Cargo.toml names no full `cargo-fuzz-version`: add one, such as \"=0.13.2\".")
    })
}

/// The version of geckodriver stands beside the tests that it drives.
pub(crate) fn geckodriver() -> Result<String> {
    required(&read("crates/e2e/Cargo.toml")?, "geckodriver-version").ok_or_else(|| {
        anyhow!("crates/e2e/Cargo.toml names no full `geckodriver-version`: add one, such as \"=0.37.1\".")
    })
}

fn read(name: &str) -> Result<String> {
    fs::read_to_string(workspace::root().join(name)).with_context(|| {
        format!("{name} cannot be read: restore it with `git checkout {name}` and run it again.")
    })
}

/// The version of `package` in the text of a Cargo.lock.
fn locked(lock: &str, package: &str) -> Option<String> {
    let mut lines = lock.lines();
    lines.find(|line| value(line, "name") == Some(package))?;
    value(lines.next()?, "version").map(str::to_owned)
}

/// The full version in a requirement such as `trunk-version = "=0.21.14"`.
fn required(toml: &str, key: &str) -> Option<String> {
    let requirement = toml.lines().find_map(|line| value(line, key))?;
    let version = requirement.trim_start_matches(['=', '^', '~', '>', ' ']);
    let full = version.split('.').count() == 3 && version.split('.').all(|part| part.parse::<u32>().is_ok());
    full.then(|| version.to_owned())
}

/// The value of a line `key = "value"`.
fn value<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    let rest = line.trim().strip_prefix(key)?.trim_start().strip_prefix('=')?;
    let (value, _) = rest.trim_start().strip_prefix('"')?.split_once('"')?;
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
[[package]]
name = "wasm-bindgen-macro"
version = "0.2.1"
dependencies = [
 "wasm-bindgen",
]

[[package]]
name = "wasm-bindgen"
version = "0.2.129"
source = "registry+https://github.com/rust-lang/crates.io-index"
"#;

    fn check_locked(package: &str, expect: Option<&str>) {
        assert_eq!(locked(LOCK, package).as_deref(), expect, "{package}");
    }

    fn check_required(toml: &str, expect: Option<&str>) {
        assert_eq!(required(toml, "trunk-version").as_deref(), expect, "{toml}");
    }

    #[test]
    fn from_the_lock() {
        check_locked("wasm-bindgen", Some("0.2.129"));
        check_locked("wasm-bindgen-macro", Some("0.2.1"));
        check_locked("wasm", None);
        check_locked("yew", None);
    }

    #[test]
    fn from_a_requirement() {
        check_required("trunk-version = \"=0.21.14\"\n[build]", Some("0.21.14"));
        check_required("# Trunk\ntrunk-version=\"^0.21.14\" # why", Some("0.21.14"));
        check_required("trunk-version = \"0.21.14\"", Some("0.21.14"));
        check_required("trunk-version = \"0.21\"", None);
        check_required("trunk-version = \"*\"", None);
        check_required("trunk-version-old = \"0.21.14\"", None);
        check_required("", None);
    }

    #[test]
    fn this_checkout_names_its_tools() {
        for version in [wasm_bindgen(), trunk(), cargo_fuzz()] {
            let version = version.expect("a version");
            assert_eq!(version.split('.').count(), 3, "{version}");
        }
    }
}
