use super::{Fields, Request, Response, Version};
use crate::Rule;

/// How the end of a message's content is found (RFC 9112 section 6.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Framing {
    /// The message ends with its head.
    None,
    /// So many octets follow.
    Length(u64),
    /// Chunks follow, each with its length, the last one empty (RFC 9112 section 7.1).
    Chunked,
    /// All that follows until the server closes the connection; responses only.
    UntilClose,
}

impl Request {
    /// Where the content ends (RFC 9112 section 6.3).
    ///
    /// # Errors
    /// The rule that the fields break: the end cannot be found, so answer and close.
    pub fn framing(&self) -> Result<Framing, Rule> {
        Ok(declared(self.version, &self.fields)?.unwrap_or(Framing::None))
    }

    /// The value of `Content-Length`, if there is one (RFC 9110 section 8.6).
    ///
    /// # Errors
    /// [`Rule::ContentLengthInvalid`] or [`Rule::ContentLengthsDiffer`].
    pub fn content_length(&self) -> Result<Option<u64>, Rule> {
        content_length(&self.fields)
    }

    /// Whether the client means to send more on this connection (RFC 9112 section 9.3).
    pub fn persists(&self) -> bool {
        persists(self.version, &self.fields)
    }
}

impl Response {
    /// Where the content ends (RFC 9112 section 6.3), in answer to a request with this `method`. An answer to HEAD, a
    /// 1xx, 204, 304 or 2xx to CONNECT has none, whatever its fields say.
    ///
    /// # Errors
    /// The rule that the fields break: the end cannot be found, so close.
    pub fn framing(&self, method: &str) -> Result<Framing, Rule> {
        let tunnel = method == "CONNECT" && self.status / 100 == 2;
        if method == "HEAD" || tunnel || matches!(self.status, 100..=199 | 204 | 304) {
            return Ok(Framing::None);
        }
        Ok(declared(self.version, &self.fields)?.unwrap_or(Framing::UntilClose))
    }

    /// The value of `Content-Length`, if there is one (RFC 9110 section 8.6).
    ///
    /// # Errors
    /// [`Rule::ContentLengthInvalid`] or [`Rule::ContentLengthsDiffer`].
    pub fn content_length(&self) -> Result<Option<u64>, Rule> {
        content_length(&self.fields)
    }

    /// Whether the server will read another request on this connection (RFC 9112 section 9.3). A response that ends
    /// with the connection ([`Framing::UntilClose`]) ends it all the same.
    pub fn persists(&self) -> bool {
        persists(self.version, &self.fields)
    }
}

fn declared(version: Version, fields: &Fields) -> Result<Option<Framing>, Rule> {
    let length = content_length(fields)?;
    if fields.get("Transfer-Encoding").is_none() {
        return Ok(length.map(Framing::Length));
    }
    if length.is_some() {
        return Err(Rule::ContentLengthWithTransferEncoding);
    }
    if version == Version::Http10 {
        return Err(Rule::TransferCodingInOldVersion);
    }
    let mut codings = fields.list("Transfer-Encoding");
    match (codings.next(), codings.next()) {
        (Some(coding), None) if coding.eq_ignore_ascii_case("chunked") => Ok(Some(Framing::Chunked)),
        _ => Err(Rule::TransferCodingUnsupported),
    }
}

/// Several equal values count as one, as RFC 9110 section 8.6 lets a recipient read them.
fn content_length(fields: &Fields) -> Result<Option<u64>, Rule> {
    let mut found = None;
    for element in fields.all("Content-Length").flat_map(|value| value.split(',')) {
        let element = element.trim_matches([' ', '\t']);
        if element.is_empty() || !element.bytes().all(|octet| octet.is_ascii_digit()) {
            return Err(Rule::ContentLengthInvalid);
        }
        let length = element.parse::<u64>().map_err(|_| Rule::ContentLengthInvalid)?;
        match found {
            Some(other) if other != length => return Err(Rule::ContentLengthsDiffer),
            _ => found = Some(length),
        }
    }
    Ok(found)
}

fn persists(version: Version, fields: &Fields) -> bool {
    if fields.has_token("Connection", "close") {
        return false;
    }
    version == Version::Http11 || fields.has_token("Connection", "keep-alive")
}
