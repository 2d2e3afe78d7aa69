//! The built page: files of one folder or of the program itself, and never of any other.

mod cache;
mod source;

use std::net::SocketAddr;
use std::path::Path;

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{ACCEPT_ENCODING, IF_NONE_MATCH};
use hyper::{HeaderMap, Response, StatusCode};

use crate::inside::Inside;
use crate::media::media_type;
use crate::reply::response;
use source::{INDEX, Source, name};

/// The built page.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    source: Source,
    /// By which the page knows its companion, and how others reach it.
    tags: String,
}

impl Page {
    /// Serves `folder`, which must be one, or else the page inside the program, if there is any.
    pub(crate) fn new(folder: Option<&Path>, inside: Inside) -> std::io::Result<Self> {
        Ok(Self { source: Source::of(folder, inside)?, tags: TAG.to_owned() })
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

    /// The file that a request's path names, as its field lines would have it.
    pub(crate) async fn file(&self, path: &str, fields: &HeaderMap) -> Response<Full<Bytes>> {
        if matches!(self.source, Source::Nowhere) {
            return text(StatusCode::NOT_FOUND, NO_PAGE);
        }
        let Some(name) = name(path) else {
            return text(StatusCode::NOT_FOUND, NO_FILE);
        };
        let Some(plain) = self.source.read(&name).await else {
            return text(StatusCode::NOT_FOUND, if name == INDEX { NOT_BUILT } else { NO_FILE });
        };
        let mut lines = vec![
            ("content-type", media_type(&name).to_owned()),
            ("cache-control", cache::lifetime(&name).to_owned()),
            ("x-content-type-options", "nosniff".to_owned()),
        ];
        let content = if name == INDEX {
            tag(&plain, &self.tags).into()
        } else if let Some(gzip) = self.source.read(&format!("{name}.gz")).await {
            lines.push(("vary", "accept-encoding".to_owned()));
            if cache::takes_gzip(fields.get_all(ACCEPT_ENCODING)) {
                lines.push(("content-encoding", "gzip".to_owned()));
                gzip
            } else {
                plain
            }
        } else {
            plain
        };
        let etag = cache::etag(&content);
        let known = cache::knows(fields.get_all(IF_NONE_MATCH), &etag);
        lines.push(("etag", etag));
        if known {
            return response(StatusCode::NOT_MODIFIED, lines, Bytes::new());
        }
        response(StatusCode::OK, lines, content)
    }
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

const NO_PAGE: &str = "There is no page in this companion: name the folder of a built one with --page.\n";
const NO_FILE: &str = "There is no such file in the page.\n";
const NOT_BUILT: &str = "The page is not built yet: there is no index.html in its folder.\n";
const TAG: &str = concat!("<meta name=\"duplex-companion\" content=\"", env!("CARGO_PKG_VERSION"), "\">");

#[cfg(test)]
mod tests {
    use super::*;

    fn check_tag(html: &str, before: &str) {
        let found = String::from_utf8(tag(html.as_bytes(), TAG)).expect("text");
        let expected = format!("{before}{TAG}{}", html.strip_prefix(before).expect("a beginning"));
        assert_eq!(found, expected);
    }

    #[test]
    fn a_page_on_the_network_says_where() {
        let page = |at: &[&str]| {
            let at: Vec<SocketAddr> = at.iter().map(|at| at.parse().expect("an address")).collect();
            Page::new(None, Inside::default()).expect("no folder").reachable(&at).tags
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
