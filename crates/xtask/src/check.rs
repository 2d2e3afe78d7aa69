//! `cargo xtask check`: the fast inner loop, without browser and bundle.

use anyhow::Result;

use crate::workspace::cargo;
use crate::{run, toolchain};

const CHECKS: [(&str, &[&str]); 4] = [
    ("format", &["fmt", "--all", "--check"]),
    ("types, native", &["check", "--workspace", "--all-targets"]),
    ("types, page", &["check", "--package", "duplex", "--target", toolchain::WASM]),
    ("tests of wire and trace", &["test", "--package", "wire", "--package", "trace"]),
];

/// Stops at the first check that fails, the cheapest ones first.
pub(crate) fn check() -> Result<()> {
    toolchain::ensure_linker()?;
    toolchain::ensure_wasm_target()?;
    for (name, args) in CHECKS {
        run::say(name);
        run::run(cargo().args(args))?;
    }
    run::say("All checks passed");
    Ok(())
}
