//! What a visitor downloads: every file of a built page, raw and compressed as a host would.

use std::fmt;
use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

/// The html, js, wasm and css of the whole page, in octets of gzip -9; not of the worker for files.
const LIMIT: u64 = 825_000;
/// The same of what is fetched before the Lab is there.
const FIRST: u64 = 350_000;
/// What the files of parts and of service workers begin with, which are fetched later.
const LATER: [&str; 3] = ["part-", "offline", "clear"];
/// How the names of the worker's files begin, which are loaded when somebody opens or saves a file.
const NEEDED_LATER: &str = "porter";
const COUNTED: [&str; 4] = ["html", "js", "wasm", "css"];

/// The weight of each file of a folder.
pub(crate) struct Weight {
    files: Vec<File>,
}

struct File {
    name: String,
    raw: u64,
    gzip: u64,
    counted: bool,
    /// Whether it is fetched only when it is needed.
    later: bool,
}

impl Weight {
    /// Weighs a folder and the folders in it.
    pub(crate) fn of(folder: &Path) -> Result<Self> {
        let mut files = Vec::new();
        weigh(folder, "", &mut files).with_context(|| {
            format!("the built page in {} cannot be read: build it again.", folder.display())
        })?;
        files.sort_by(|a, b| b.gzip.cmp(&a.gzip).then_with(|| a.name.cmp(&b.name)));
        Ok(Self { files })
    }

    /// # Errors
    /// If something is heavier than it may be.
    pub(crate) fn within_limits(&self) -> Result<()> {
        for (what, octets, limit) in
            [("the first load", self.first(), FIRST), ("the page", self.page(), LIMIT)]
        {
            if octets > limit {
                bail!("{what} weighs {octets} octets gzip, more than {limit}: make it smaller.");
            }
        }
        Ok(())
    }

    /// The octets, compressed, of all that the limit counts.
    pub(crate) fn page(&self) -> u64 {
        self.files.iter().filter(|file| file.counted).map(|file| file.gzip).sum()
    }

    /// The same without what comes later.
    fn first(&self) -> u64 {
        self.files.iter().filter(|file| file.counted && !file.later).map(|file| file.gzip).sum()
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wide = self.files.iter().map(|file| file.name.chars().count()).max().unwrap_or(0).max(22);
        writeln!(f, "{:wide$} {:>9} {:>9}", "file", "raw", "gzip -9")?;
        for File { name, raw, gzip, counted, later } in &self.files {
            let note = match (counted, later) {
                (false, _) => "  (not counted)",
                (true, true) => "  when needed",
                (true, false) => "",
            };
            writeln!(f, "{name:wide$} {raw:>9} {gzip:>9}{note}")?;
        }
        writeln!(f, "{:wide$} {:>9} {:>9}  of {FIRST}", "first load", "", self.first())?;
        writeln!(f, "{:wide$} {:>9} {:>9}  of {LIMIT}", "html + js + wasm + css", "", self.page())
    }
}

fn weigh(folder: &Path, prefix: &str, files: &mut Vec<File>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let path = entry.path();
        if path.is_dir() {
            weigh(&path, &format!("{name}/"), files)?;
            continue;
        }
        // What dist compressed beforehand is the same once more.
        if path.extension().is_some_and(|end| end == "gz") {
            continue;
        }
        let octets = fs::read(&path)?;
        let counted = !name.starts_with(NEEDED_LATER)
            && path.extension().is_some_and(|end| COUNTED.iter().any(|counted| end == *counted));
        let later = LATER.iter().any(|later| name.starts_with(later));
        files.push(File { name, raw: octets.len() as u64, gzip: gzip(&octets)?, counted, later });
    }
    Ok(())
}

fn gzip(octets: &[u8]) -> std::io::Result<u64> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(octets)?;
    Ok(encoder.finish()?.len() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(octets: &[u8], expect: std::ops::RangeInclusive<u64>) {
        let weight = gzip(octets).expect("memory");
        assert!(expect.contains(&weight), "{} octets weigh {weight}", octets.len());
    }

    #[test]
    fn gzip_weights() {
        check(b"", 20..=20);
        check(b"a", 21..=21);
        check(&[0; 100_000], 100..=200);
    }

    #[test]
    fn only_the_page_counts() -> Result<()> {
        let folder = std::env::temp_dir().join(format!("duplex-weight-{}", std::process::id()));
        fs::create_dir_all(folder.join("sub"))?;
        for name in [
            "index.html",
            "a.js",
            "part-b.wasm",
            "sub/c.css",
            "picture.png",
            "porter.js",
            "LICENSE",
            "a.js.gz",
        ] {
            fs::write(folder.join(name), "a")?;
        }
        let weight = Weight::of(&folder)?;
        fs::remove_dir_all(&folder)?;
        assert_eq!(weight.files.len(), 7);
        assert_eq!((weight.first(), weight.page()), (3 * 21, 4 * 21));
        weight.within_limits()?;
        let shown = weight.to_string();
        assert!(shown.contains("sub/c.css") && shown.contains(&format!("of {LIMIT}")), "{shown}");
        assert_eq!(shown.matches("not counted").count(), 3, "{shown}");
        Ok(())
    }
}
