use std::fmt;

use crate::Rule;

/// The version in a start line (RFC 9112 section 2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// HTTP/1.0: one request for each connection unless `keep-alive` is agreed.
    Http10,
    /// HTTP/1.1: the connection persists unless `close` is said.
    Http11,
}

impl Version {
    pub(crate) fn parse(octets: &[u8]) -> Result<Self, Rule> {
        match octets {
            b"HTTP/1.1" => Ok(Self::Http11),
            b"HTTP/1.0" => Ok(Self::Http10),
            [b'H', b'T', b'T', b'P', b'/', b'0'..=b'9', b'.', b'0'..=b'9'] => Err(Rule::VersionUnsupported),
            _ => Err(Rule::VersionMalformed),
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Http10 => "HTTP/1.0",
            Self::Http11 => "HTTP/1.1",
        })
    }
}
