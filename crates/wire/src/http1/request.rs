use super::{
    Fields, Head, Version,
    head::StartLine,
    token::{is_token, is_token_octet, latin1},
};
use crate::{EncodeError, Rule, Sender, Violation, violation::Fault};

/// The head of a request (RFC 9112 section 3).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Request {
    /// Case matters: "GET".
    pub method: String,
    /// The request-target as written: "/echo?x=1".
    pub target: String,
    /// The version of the request line.
    pub version: Version,
    /// The field lines.
    pub fields: Fields,
}

impl Request {
    /// An HTTP/1.1 request without fields; `Host` is still to be added.
    pub fn new(method: impl Into<String>, target: impl Into<String>) -> Self {
        Self { method: method.into(), target: target.into(), version: Version::Http11, fields: Fields::new() }
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
        if !is_token(self.method.as_bytes()) {
            return Err(EncodeError::Method(self.method.clone()));
        }
        if !is_target(self.target.as_bytes()) {
            return Err(EncodeError::Target(self.target.clone()));
        }
        let mut octets = format!("{} {} {}\r\n", self.method, self.target, self.version).into_bytes();
        self.fields.encode(&mut octets)?;
        Ok(octets)
    }

    /// Whether the client asks to leave HTTP on this connection: it must wait for the answer before it sends more.
    pub(crate) fn asks_to_switch(&self) -> bool {
        self.method == "CONNECT"
            || (self.version == Version::Http11 && self.fields.has_token("Connection", "Upgrade"))
                && self.fields.list("Upgrade").next().is_some()
    }
}

/// Reads a request's head from the start of `octets`: the request and how many octets its head has. `None`: not
/// enough octets yet, nothing is consumed.
///
/// # Errors
/// The first broken rule, its offset counted from `octets[0]`; the line it stands in is complete. The rules of
/// section 3.2 (`Host`) and section 6.3 (where the content ends) are checked too.
pub fn parse_request(octets: &[u8]) -> Result<Option<(Request, usize)>, Violation> {
    match Head::<RequestLine>::default().request(octets) {
        Ok(found) => Ok(found),
        Err(fault) => Err(fault.by(Sender::Client)),
    }
}

#[derive(Clone, Debug)]
pub(crate) struct RequestLine {
    method: String,
    target: String,
    version: Version,
}

impl StartLine for RequestLine {
    const SKIPS_EMPTY: bool = true;

    fn parse(line: &[u8]) -> Result<Self, Fault> {
        let mut parts = line.splitn(3, |&octet| octet == b' ');
        let method = parts.next().unwrap_or_default();
        if let Some(at) = method.iter().position(|&octet| !is_token_octet(octet)) {
            return Err(Fault::new(Rule::Method, at));
        }
        if method.is_empty() {
            return Err(Fault::new(Rule::Method, 0));
        }
        let Some(target) = parts.next() else { return Err(Fault::new(Rule::RequestLine, line.len())) };
        let at = method.len() + 1;
        let Some(version) = parts.next() else { return Err(Fault::new(Rule::RequestLine, line.len())) };
        if !is_target(target) {
            let bad = target.iter().position(|octet| !octet.is_ascii_graphic()).unwrap_or(0);
            return Err(Fault::new(Rule::Target, at + bad));
        }
        let version = Version::parse(version).map_err(|rule| Fault::new(rule, at + target.len() + 1))?;
        Ok(Self { method: latin1(method), target: latin1(target), version })
    }
}

impl Head<RequestLine> {
    pub(crate) fn request(&mut self, octets: &[u8]) -> Result<Option<(Request, usize)>, Fault> {
        let Some((line, fields, end)) = self.advance(octets)? else { return Ok(None) };
        let RequestLine { method, target, version } = line;
        let request = Request { method, target, version, fields };
        check(&request).map_err(|rule| Fault::new(rule, end))?;
        Ok(Some((request, end)))
    }
}

fn check(request: &Request) -> Result<(), Rule> {
    match request.fields.all("Host").count() {
        0 if request.version == Version::Http11 => return Err(Rule::HostMissing),
        0 | 1 => {}
        _ => return Err(Rule::HostRepeated),
    }
    request.framing().map(|_| ())
}

fn is_target(octets: &[u8]) -> bool {
    !octets.is_empty() && octets.iter().all(u8::is_ascii_graphic)
}
