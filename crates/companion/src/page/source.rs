//! Where the files of a page come from: a folder, and never anything beside it, or the program itself.

use std::path::{Path, PathBuf};

use bytes::Bytes;

use crate::inside::Inside;

/// Where the files of a page are.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// There is no page.
    Nowhere,
    /// In this folder, whose name is canonical.
    Folder(PathBuf),
    /// In the program.
    Inside(Inside),
}

impl Source {
    /// The folder, if there is one, or else what is inside.
    pub(super) fn of(folder: Option<&Path>, inside: Inside) -> std::io::Result<Self> {
        let Some(folder) = folder else {
            return Ok(if inside.is_empty() { Self::Nowhere } else { Self::Inside(inside) });
        };
        let folder = folder.canonicalize()?;
        if !folder.is_dir() {
            return Err(std::io::ErrorKind::NotADirectory.into());
        }
        Ok(Self::Folder(folder))
    }

    /// The file of this name, which `name` has made.
    pub(super) async fn read(&self, name: &str) -> Option<Bytes> {
        match self {
            Self::Nowhere => None,
            Self::Folder(root) => read(root, name).await.map(Bytes::from),
            Self::Inside(inside) => inside.file(name).map(Bytes::from_static),
        }
    }
}

async fn read(root: &Path, name: &str) -> Option<Vec<u8>> {
    // A link inside the folder must not lead out of it either.
    let path = tokio::fs::canonicalize(root.join(name)).await.ok().filter(|path| path.starts_with(root))?;
    let about = tokio::fs::metadata(&path).await.ok()?;
    if !about.is_file() || about.len() > LARGEST_FILE {
        return None;
    }
    tokio::fs::read(path).await.ok()
}

/// The file's name below the page's folder; `None` if the path could lead anywhere else.
pub(super) fn name(path: &str) -> Option<String> {
    let path = decode(path.strip_prefix('/')?)?;
    if path.is_empty() {
        return Some(INDEX.to_owned());
    }
    let harmless = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && !part.contains(['\\', ':'])
            && !part.contains(char::is_control)
    };
    path.split('/').all(harmless).then_some(path)
}

fn decode(path: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(path.len());
    let mut octets = path.bytes();
    while let Some(octet) = octets.next() {
        if octet == b'%' {
            let high = char::from(octets.next()?).to_digit(16)?;
            let low = char::from(octets.next()?).to_digit(16)?;
            decoded.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            decoded.push(octet);
        }
    }
    String::from_utf8(decoded).ok()
}

/// The file that a page is known by.
pub(super) const INDEX: &str = "index.html";
const LARGEST_FILE: u64 = 64 * 1024 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    fn check_name(path: &str, expected: Option<&str>) {
        assert_eq!(name(path).as_deref(), expected, "{path}");
    }

    #[test]
    fn names_stay_below_the_folder() {
        check_name("/", Some("index.html"));
        check_name("/a/b.js", Some("a/b.js"));
        check_name("/a%20b.js", Some("a b.js"));
        // Decoded once: what is left is a file's odd name.
        check_name("/%252e%252e/x", Some("%2e%2e/x"));
        check_name("/a..b", Some("a..b"));
        for path in [
            "",
            "*",
            "/..",
            "/../x",
            "/a/../../x",
            "/%2e%2e/x",
            "/..%2fx",
            "/%2fetc/passwd",
            "//etc/passwd",
            "/a//b",
            "/.git/config",
            "/a\\b",
            "/%5cx",
            "/c:/x",
            "/a%00",
            "/%",
            "/%zz",
            "/%ff",
            "/%2E%2E/x",
            "/.%2e/x",
            "/%2e",
            "/a/%2e%2e/%2e%2e/x",
            "/a%2f..%2f..%2fx",
            "/%5c..%5cx",
            "/..%5c..%5cx",
            "/%c0%ae%c0%ae/x",
            "/%c0%af",
            "/a%00.html",
            "/%0d%0ax",
            "/%7f",
            "/C%3a/x",
            "/index.html::$DATA",
            "/a/",
            "/%2f%2fx",
        ] {
            check_name(path, None);
        }
    }
}
