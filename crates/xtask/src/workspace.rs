//! The checkout: its root, its target folder, and Cargo in it.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run;

/// The folder of the root package.
pub(crate) fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here)
}

/// The Cargo that runs this task, at work in the root.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// Where Cargo puts what it builds; a user may have moved it.
pub(crate) fn target() -> PathBuf {
    run::ask(cargo().args(["metadata", "--format-version=1", "--no-deps", "--offline"]))
        .and_then(|metadata| string_of(&metadata, "target_directory"))
        .map_or_else(|| root().join("target"), PathBuf::from)
}

/// The first string named `key` in JSON as Cargo writes it, with the escapes that a path can hold.
fn string_of(json: &str, key: &str) -> Option<String> {
    let (_, rest) = json.split_once(&format!("\"{key}\":\""))?;
    let mut text = String::new();
    let mut chars = rest.chars();
    loop {
        match chars.next()? {
            '"' => return Some(text),
            '\\' => text.push(chars.next().filter(|next| matches!(next, '\\' | '"' | '/'))?),
            other => text.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, expect: Option<&str>) {
        assert_eq!(string_of(json, "target_directory").as_deref(), expect, "{json}");
    }

    #[test]
    fn target_folders() {
        check(r#"{"a":[],"target_directory":"/a/target","version":1}"#, Some("/a/target"));
        check(r#"{"target_directory":"C:\\a\\target"}"#, Some(r"C:\a\target"));
        check(r#"{"target_directory":"/a \"b\"/t"}"#, Some(r#"/a "b"/t"#));
        check(r#"{"target_directory":"/a\u0007"}"#, None);
        check(r#"{"target_directory":"/a"#, None);
        check("{}", None);
    }

    #[test]
    fn the_root_holds_the_workspace() {
        assert!(root().join("Cargo.toml").is_file() && root().join("crates").is_dir());
        assert!(target().is_dir());
    }
}
