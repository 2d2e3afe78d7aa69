//! Heads and contents, written again as HTTP/1.1 would: what crossed the wire may have been something else.

use tongue::say;
use trace::event::Octets;
use wire::{Fields, Framing, Request, Response};

use super::address::Address;
use super::spec::{self, Pair};
use crate::lanes;

/// A message of HTTP, rebuilt.
pub(super) struct Rebuilt {
    /// Its head, and its content where that is known as it crossed the wire.
    pub(super) raw: Vec<u8>,
    pub(super) octets: Octets,
    /// How many field lines were left out, because none can be like that.
    pub(super) left_out: usize,
}

/// A request.
///
/// # Errors
/// If its method cannot be; a sentence.
pub(super) fn request(
    of: &spec::Request,
    to: &Address,
    content: Option<&[u8]>,
) -> Result<(Request, Rebuilt), String> {
    let (mut fields, left_out) = fields(&of.headers);
    if fields.get("Host").is_none() {
        let lines = fields.into_iter();
        fields = Fields::new().with("Host", to.host.clone()).into_iter().chain(lines).collect();
    }
    // A request of HTTP/1.1 says what comes with it; one of HTTP/2 need not.
    let says = fields.get("Content-Length").or(fields.get("Transfer-Encoding")).is_some();
    if let Some(content) = content.filter(|_| !says) {
        fields.push("Content-Length", content.len().to_string());
    }
    let mut request = Request::new(of.method.trim(), to.target.clone());
    request.fields = fields;
    let head = request.encode().map_err(|error| error.to_string())?;
    let framing = request.framing().ok();
    let rebuilt = whole(head, framing, &request.fields, content, left_out);
    Ok((request, rebuilt))
}

/// A response to a request of this method.
///
/// # Errors
/// If its status cannot be; a sentence.
pub(super) fn response(
    of: &spec::Response,
    method: &str,
    content: Option<&[u8]>,
) -> Result<(Response, Rebuilt), String> {
    let status = u16::try_from(of.status).ok().filter(|status| (100..=999).contains(status));
    let status = status.ok_or_else(|| say!("its status is {}", of.status))?;
    let (mut fields, left_out) = fields(&of.headers);
    let mut response = Response::new(status, printable(&of.status_text));
    response.fields = std::mem::take(&mut fields);
    let is_1 = of.http_version.to_ascii_uppercase().starts_with("HTTP/1");
    if let (false, Some(content), Ok(Framing::UntilClose)) = (is_1, content, response.framing(method))
        && !is_coded(&response.fields)
    {
        response.fields.push("Content-Length", content.len().to_string());
    }
    let head = response.encode().map_err(|error| error.to_string())?;
    let framing = response.framing(method).ok();
    let rebuilt = whole(head, framing, &response.fields, content, left_out);
    Ok((response, rebuilt))
}

/// Head and content. A content that was compressed, or whose length is not what its head says, is not what
/// crossed the wire: then only its length is told.
fn whole(
    head: Vec<u8>,
    framing: Option<Framing>,
    fields: &Fields,
    content: Option<&[u8]>,
    left_out: usize,
) -> Rebuilt {
    let known = content.filter(|_| !is_coded(fields));
    let told = content.map_or(0, <[u8]>::len) as u64;
    let (mut raw, mut payload) = (head, 0);
    let mut more = 0;
    match (framing, known) {
        (Some(Framing::None), _) => {}
        (Some(Framing::Length(length)), Some(content)) if length == told => {
            raw.extend_from_slice(content);
            payload = length;
        }
        (Some(Framing::Length(length)), _) => {
            payload = length.min(MOST);
            more = payload;
        }
        (Some(Framing::Chunked), Some(content)) => {
            if !content.is_empty() {
                raw.extend_from_slice(format!("{:x}\r\n", content.len()).as_bytes());
                raw.extend_from_slice(content);
                raw.extend_from_slice(b"\r\n");
            }
            raw.extend_from_slice(b"0\r\n\r\n");
            payload = told;
        }
        (Some(Framing::UntilClose), Some(content)) => {
            raw.extend_from_slice(content);
            payload = told;
        }
        _ => {
            payload = told;
            more = told;
        }
    }
    let octets = lanes::octets(payload, raw.len() as u64 + more);
    Rebuilt { raw, octets, left_out }
}

/// Whether the content went in another form than HAR tells it (RFC 9110 section 8.4).
fn is_coded(fields: &Fields) -> bool {
    fields.list("Content-Encoding").any(|coding| !coding.eq_ignore_ascii_case("identity"))
}

/// The field lines, without what HTTP/2 has instead of a first line, and how many cannot be. Several values of
/// `Set-Cookie` may stand in one, a line each.
fn fields(pairs: &[Pair]) -> (Fields, usize) {
    let mut fields = Fields::new();
    let mut left_out = 0;
    for pair in pairs.iter().filter(|pair| !pair.name.starts_with(':')) {
        for value in pair.value.split(['\n', '\r']).filter(|line| !line.is_empty() || pair.value.is_empty()) {
            let value = octets_as_text(value.trim());
            let line = Response::new(200, "").with(pair.name.clone(), value.clone());
            match line.encode() {
                Ok(_) => fields.push(pair.name.clone(), value),
                Err(_) => left_out += 1,
            }
        }
    }
    (fields, left_out)
}

/// `wire` has an octet of a value as the character of the same number.
fn octets_as_text(value: &str) -> String {
    match value.chars().all(|letter| u32::from(letter) <= 0xFF) {
        true => value.to_owned(),
        false => value.bytes().map(char::from).collect(),
    }
}

fn printable(text: &str) -> String {
    text.chars().filter(|letter| letter.is_ascii() && !letter.is_ascii_control()).collect()
}

/// Octets that a head may announce and that are counted: a terabyte, so that no sum overflows.
const MOST: u64 = 1 << 40;
