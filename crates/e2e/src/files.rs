//! Files that a visitor opens.

use std::path::{Path, PathBuf};

use anyhow::Result;

/// A file in a folder of its own, which goes with it.
pub struct File(pub PathBuf);

impl File {
    /// A file of this name with these octets.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn of(name: &str, octets: &[u8]) -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("duplex-file-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let file = folder.join(name);
        std::fs::write(&file, octets)?;
        Ok(Self(file))
    }
}

impl Drop for File {
    fn drop(&mut self) {
        if let Some(folder) = self.0.parent() {
            // What stays behind is in a folder for such things.
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

/// A file that a browser or another program wrote.
pub fn fixture(name: &str) -> PathBuf {
    // A driver takes no path with a step back in it.
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(""));
    crates.join("interchange/tests/fixtures").join(name)
}
