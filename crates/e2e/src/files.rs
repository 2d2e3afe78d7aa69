//! Files that a visitor opens.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::folder::Folder;

/// A file in a folder of its own, which goes with it.
pub struct File {
    /// Where it is.
    pub path: PathBuf,
    _folder: Folder,
}

impl File {
    /// A file of this name with these octets.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn of(name: &str, octets: &[u8]) -> Result<Self> {
        let folder = Folder::new()?;
        let path = folder.path().join(name);
        std::fs::write(&path, octets)?;
        Ok(Self { path, _folder: folder })
    }
}

/// A file that a browser or another program wrote.
pub fn fixture(name: &str) -> PathBuf {
    // A driver takes no path with a step back in it.
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(""));
    crates.join("interchange/tests/fixtures").join(name)
}
