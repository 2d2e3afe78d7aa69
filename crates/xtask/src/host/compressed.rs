//! Every file once more, compressed as well as can be, for hosts that send such files as they are.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Puts a `.gz` beside every file of a folder, and of the folders in it, that gains by it.
pub(super) fn beside(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            beside(&path)?;
            continue;
        }
        let octets = fs::read(&path)?;
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&octets)?;
        let gzip = encoder.finish()?;
        if gzip.len() < octets.len() {
            let mut name = path.into_os_string();
            name.push(".gz");
            fs::write(name, gzip)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_gains_is_compressed() -> Result<()> {
        let folder = std::env::temp_dir().join(format!("duplex-compressed-{}", std::process::id()));
        fs::create_dir_all(folder.join("words"))?;
        for (name, text) in
            [("a.js", "x".repeat(4_000)), ("words/b.po", "y".repeat(4_000)), ("c.svg", "z".to_owned())]
        {
            fs::write(folder.join(name), text)?;
        }
        beside(&folder)?;
        let there = |name: &str| folder.join(name).exists();
        let (script, words, picture) = (there("a.js.gz"), there("words/b.po.gz"), there("c.svg.gz"));
        let mut text = String::new();
        std::io::Read::read_to_string(
            &mut flate2::read::GzDecoder::new(fs::File::open(folder.join("a.js.gz"))?),
            &mut text,
        )?;
        fs::remove_dir_all(&folder)?;
        assert_eq!((script, words, picture), (true, true, false));
        assert_eq!(text, "x".repeat(4_000));
        Ok(())
    }
}
