//! The built page: files of one folder, and never of any other.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use http_body_util::Full;
use hyper::{Response, StatusCode};

use crate::media::media_type;
use crate::reply::response;

/// The folder with the built page.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    root: Option<PathBuf>,
    /// By which the page knows its companion, and how others reach it.
    tags: String,
}

impl Page {
    /// Serves `root`, which must be a folder.
    pub(crate) fn new(root: Option<&Path>) -> std::io::Result<Self> {
        let tags = TAG.to_owned();
        let Some(root) = root else { return Ok(Self { root: None, tags }) };
        let root = root.canonicalize()?;
        if !root.is_dir() {
            return Err(std::io::ErrorKind::NotADirectory.into());
        }
        Ok(Self { root: Some(root), tags })
    }

    /// The same page, which says at which addresses others on the network reach it.
    pub(crate) fn reachable(mut self, at: &[SocketAddr]) -> Self {
        if !at.is_empty() {
            let addresses: Vec<String> = at.iter().map(|address| format!("http://{address}/")).collect();
            self.tags
                .push_str(&format!("<meta name=\"duplex-reachable\" content=\"{}\">", addresses.join(" ")));
        }
        self
    }

    /// The file that a request's path names.
    pub(crate) async fn file(&self, path: &str) -> Response<Full<Bytes>> {
        let Some(root) = &self.root else {
            return text(StatusCode::NOT_FOUND, "This companion was started without a page.\n");
        };
        let Some(name) = name(path) else {
            return text(StatusCode::NOT_FOUND, "There is no such file in the page.\n");
        };
        match read(root, &name).await {
            Some(mut content) => {
                if name == INDEX {
                    content = tag(&content, &self.tags);
                }
                let lines = vec![
                    ("content-type", media_type(&name).to_owned()),
                    ("cache-control", "no-cache".to_owned()),
                    ("x-content-type-options", "nosniff".to_owned()),
                ];
                response(StatusCode::OK, lines, content.into())
            }
            None if name == INDEX => text(
                StatusCode::NOT_FOUND,
                "The page is not built yet: there is no index.html in its folder.\n",
            ),
            None => text(StatusCode::NOT_FOUND, "There is no such file in the page.\n"),
        }
    }
}

/// The file's name below the page's folder; `None` if the path could lead anywhere else.
fn name(path: &str) -> Option<String> {
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

async fn read(root: &Path, name: &str) -> Option<Vec<u8>> {
    // A link inside the folder must not lead out of it either.
    let path = tokio::fs::canonicalize(root.join(name)).await.ok().filter(|path| path.starts_with(root))?;
    let about = tokio::fs::metadata(&path).await.ok()?;
    if !about.is_file() || about.len() > LARGEST_FILE {
        return None;
    }
    tokio::fs::read(path).await.ok()
}

/// Puts the companion's own tags into the head of `html`.
fn tag(html: &[u8], tags: &str) -> Vec<u8> {
    let at = after_tag(html, b"<head").or_else(|| after_tag(html, b"<!doctype")).unwrap_or(0);
    let (before, after) = html.split_at_checked(at).unwrap_or((html, &[]));
    [before, tags.as_bytes(), after].concat()
}

/// Where the first tag that starts like `start` ends.
fn after_tag(html: &[u8], start: &[u8]) -> Option<usize> {
    let is_start = |window: &[u8]| {
        window.split_at_checked(start.len()).is_some_and(|(name, next)| {
            name.eq_ignore_ascii_case(start)
                && next.iter().all(|next| next.is_ascii_whitespace() || *next == b'>')
        })
    };
    let at = html.windows(start.len() + 1).position(is_start)?;
    let end = html.get(at..)?.iter().position(|&octet| octet == b'>')?;
    Some(at + end + 1)
}

fn text(status: StatusCode, text: &'static str) -> Response<Full<Bytes>> {
    response(status, vec![("content-type", "text/plain; charset=utf-8".to_owned())], text.into())
}

const INDEX: &str = "index.html";
const LARGEST_FILE: u64 = 64 * 1024 * 1024;
const TAG: &str = concat!("<meta name=\"duplex-companion\" content=\"", env!("CARGO_PKG_VERSION"), "\">");

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

    fn check_tag(html: &str, before: &str) {
        let found = String::from_utf8(tag(html.as_bytes(), TAG)).expect("text");
        let expected = format!("{before}{TAG}{}", html.strip_prefix(before).expect("a beginning"));
        assert_eq!(found, expected);
    }

    #[test]
    fn a_page_on_the_network_says_where() {
        let page = |at: &[&str]| {
            let at: Vec<SocketAddr> = at.iter().map(|at| at.parse().expect("an address")).collect();
            Page::new(None).expect("no folder").reachable(&at).tags
        };
        assert_eq!(page(&[]), TAG);
        let meta = |content: &str| format!("{TAG}<meta name=\"duplex-reachable\" content=\"{content}\">");
        assert_eq!(page(&["10.0.0.7:9080"]), meta("http://10.0.0.7:9080/"));
        assert_eq!(
            page(&["10.0.0.7:9080", "[fd00::2]:9080"]),
            meta("http://10.0.0.7:9080/ http://[fd00::2]:9080/")
        );
    }

    #[test]
    fn the_tag_goes_into_the_head() {
        check_tag("<!DOCTYPE html><html><head><title>x</title></head>", "<!DOCTYPE html><html><head>");
        check_tag("<html><HEAD\nlang=a>x", "<html><HEAD\nlang=a>");
        check_tag("<!doctype html><header>x</header>", "<!doctype html>");
        check_tag("x", "");
        check_tag("", "");
    }
}
