//! How long a browser may keep a file of the page, and in which form it takes it.

use std::hash::{DefaultHasher, Hasher};

use hyper::header::{GetAll, HeaderValue};

/// `Cache-Control` of a file (RFC 9111 section 5.2.2): one whose name changes with its content is kept for good,
/// of any other the browser asks each time whether it is still the same.
pub(super) fn lifetime(name: &str) -> &'static str {
    if has_fingerprint(name) { "public, max-age=31536000, immutable" } else { "no-cache" }
}

/// Whether the name of the file itself, not that of its folder, ends in a hash: `duplex-11603f2935037e03_bg.wasm`.
fn has_fingerprint(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    let Some((_, after)) = file.rsplit_once('-') else { return false };
    let end = after.find(['_', '.']).unwrap_or(after.len());
    let is_digit = |octet: u8| matches!(octet, b'0'..=b'9' | b'a'..=b'f');
    HASH.contains(&end) && after.bytes().take(end).all(is_digit)
}

/// What tells this content from any other (RFC 9110 section 8.8.3).
pub(super) fn etag(content: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(content);
    format!("\"{:016x}\"", hasher.finish())
}

/// Whether one of the fields `If-None-Match` names `etag`, or anything at all (RFC 9110 section 13.1.2).
pub(super) fn knows(fields: GetAll<'_, HeaderValue>, etag: &str) -> bool {
    members(fields).any(|member| member == "*" || member.strip_prefix("W/").unwrap_or(member) == etag)
}

/// Whether the fields `Accept-Encoding` name gzip, and not with a weight of nothing (RFC 9110 section 12.5.3).
pub(super) fn takes_gzip(fields: GetAll<'_, HeaderValue>) -> bool {
    members(fields).any(|member| {
        let mut parts = member.split(';').map(str::trim);
        let named = parts.next().is_some_and(|coding| coding.eq_ignore_ascii_case("gzip"));
        let weight =
            parts.filter_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q="))).next();
        named && weight.is_none_or(|weight| weight.parse::<f32>().is_ok_and(|weight| weight > 0.0))
    })
}

/// The members of lists in all fields of one name. No tag of ours holds a comma.
fn members<'a>(fields: GetAll<'a, HeaderValue>) -> impl Iterator<Item = &'a str> {
    fields
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
}

/// How many digits a hash in a name has: sixteen, or fewer where leading zeros were left out.
const HASH: std::ops::RangeInclusive<usize> = 12..=16;

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::HeaderMap;
    use hyper::header::IF_NONE_MATCH;

    #[test]
    fn names_with_a_hash_are_kept() {
        let check = |name: &str, kept: bool| assert_eq!(lifetime(name).contains("immutable"), kept, "{name}");
        check("duplex-11603f2935037e03_bg.wasm", true);
        check("icon-e5b4801ff469f96.svg", true);
        check("a/start-6db107c160130c54.js", true);
        check("index.html", false);
        check("words/zh-Hans.po", false);
        check("icon.svg", false);
        check("some-thing.js", false);
        check("a-11603F2935037E03.js", false);
        check("a-11603f2935037e0333.js", false);
        // A hash of the package that it comes from, not of what is in it.
        check("snippets/duplex-11603f2935037e03/inline0.js", false);
        check("", false);
    }

    fn fields(values: &[&'static str]) -> HeaderMap {
        values.iter().map(|value| (IF_NONE_MATCH, HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn who_takes_gzip() {
        let check = |values: &[&'static str], takes: bool| {
            assert_eq!(takes_gzip(fields(values).get_all(IF_NONE_MATCH)), takes, "{values:?}");
        };
        check(&["gzip, deflate, br"], true);
        check(&["br", "GZIP;q=0.5"], true);
        check(&["br , gzip ; q=1"], true);
        for values in [&[][..], &[""], &["br"], &["gzip;q=0"], &["gzip;q=0.000"], &["gzip;q=x"], &["xgzip"]] {
            check(values, false);
        }
    }

    #[test]
    fn what_is_known_already() {
        let check = |values: &[&'static str], known: bool| {
            assert_eq!(knows(fields(values).get_all(IF_NONE_MATCH), "\"a1\""), known, "{values:?}");
        };
        check(&["\"a1\""], true);
        check(&["\"b\", W/\"a1\""], true);
        check(&["\"b\"", "\"a1\""], true);
        check(&["*"], true);
        for values in [&[][..], &["\"b\""], &["a1"], &[""]] {
            check(values, false);
        }
        assert_ne!(etag(b"a"), etag(b"b"));
    }
}
