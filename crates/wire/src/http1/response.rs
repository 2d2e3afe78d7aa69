use super::{
    Fields, Head, Version,
    head::StartLine,
    token::{self, is_text_octet, latin1},
};
use crate::{EncodeError, Rule, Sender, Violation, violation::Fault};

/// The head of a response (RFC 9112 section 4).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Response {
    /// The version of the status line.
    pub version: Version,
    /// Three digits; 100 to 599 are defined (RFC 9110 section 15).
    pub status: u16,
    /// For people only, may be empty. Octets outside ASCII are Latin-1 characters.
    pub reason: String,
    /// The field lines.
    pub fields: Fields,
}

impl Response {
    /// An HTTP/1.1 response without fields.
    pub fn new(status: u16, reason: impl Into<String>) -> Self {
        Self { version: Version::Http11, status, reason: reason.into(), fields: Fields::new() }
    }

    /// Adds a field line, for chains.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.fields.push(name, value);
        self
    }

    /// The octets of the head, up to and with the empty line. Content, if any, is appended by the caller.
    ///
    /// # Errors
    /// Whatever could not be read back as it was meant: nothing was written, correct the value.
    pub fn encode(&self) -> Result<Vec<u8>, EncodeError> {
        if !(100..=999).contains(&self.status) {
            return Err(EncodeError::Status(self.status));
        }
        let Some(reason) = token::octets(&self.reason, is_text_octet) else {
            return Err(EncodeError::Reason(self.reason.clone()));
        };
        let mut octets = format!("{} {} ", self.version, self.status).into_bytes();
        octets.extend_from_slice(&reason);
        octets.extend_from_slice(b"\r\n");
        self.fields.encode(&mut octets)?;
        Ok(octets)
    }

    /// Whether this is a 1xx that another response follows (RFC 9110 section 15.2); 101 is none.
    pub fn is_interim(&self) -> bool {
        self.status / 100 == 1 && self.status != 101
    }
}

/// Reads a response's head from the start of `octets`: the response and how many octets its head has. `None`: not
/// enough octets yet, nothing is consumed.
///
/// # Errors
/// The first broken rule, its offset counted from `octets[0]`; the line it stands in is complete. The fields that
/// tell where the content ends are checked too (RFC 9112 section 6.3).
pub fn parse_response(octets: &[u8]) -> Result<Option<(Response, usize)>, Violation> {
    match Head::<StatusLine>::default().response(octets) {
        Ok(found) => Ok(found),
        Err(fault) => Err(fault.by(Sender::Server)),
    }
}

#[derive(Clone, Debug)]
pub(crate) struct StatusLine {
    version: Version,
    status: u16,
    reason: String,
}

impl StartLine for StatusLine {
    const SKIPS_EMPTY: bool = false;

    fn parse(line: &[u8]) -> Result<Self, Fault> {
        let mut parts = line.splitn(3, |&octet| octet == b' ');
        let version = parts.next().unwrap_or_default();
        let at = version.len() + 1;
        let version = Version::parse(version).map_err(|rule| Fault::new(rule, 0))?;
        let status = match parts.next() {
            Some(&[a @ b'0'..=b'9', b @ b'0'..=b'9', c @ b'0'..=b'9']) => {
                u16::from(a - b'0') * 100 + u16::from(b - b'0') * 10 + u16::from(c - b'0')
            }
            _ => return Err(Fault::new(Rule::StatusLine, at.min(line.len()))),
        };
        let reason = parts.next().unwrap_or_default();
        if let Some(bad) = reason.iter().position(|&octet| !is_text_octet(octet)) {
            return Err(Fault::new(Rule::StatusLine, at + 4 + bad));
        }
        Ok(Self { version, status, reason: latin1(reason) })
    }
}

impl Head<StatusLine> {
    pub(crate) fn response(&mut self, octets: &[u8]) -> Result<Option<(Response, usize)>, Fault> {
        let Some((line, fields, end)) = self.advance(octets)? else { return Ok(None) };
        let StatusLine { version, status, reason } = line;
        let response = Response { version, status, reason, fields };
        response.framing("GET").map_err(|rule| Fault::new(rule, end))?;
        Ok(Some((response, end)))
    }
}
