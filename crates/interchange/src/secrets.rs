//! What must not leave with a file: cookies, authorizations, tokens.
//!
//! Their octets are replaced one by one, so that every length, and with it all that is counted, stays true.
//! What people said to each other is no secret here, whatever it says.

use std::borrow::Cow;
use std::rc::Rc;

use serde::{Deserialize, Serialize};
use tongue::say;
use trace::event::{Event, Kind};
use trace::trace::Trace;

use crate::run::Run;

/// Whether secrets are written into a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Secrets {
    /// They are replaced by as many asterisks.
    #[default]
    Stripped,
    /// They are written as they were sent.
    Kept,
}

impl Secrets {
    /// What a file says of it.
    pub fn told(self) -> &'static str {
        match self {
            Self::Stripped => say!(
                "Values of Cookie, Set-Cookie, Authorization and Proxy-Authorization, and of parameters named like token, key or password, are replaced by asterisks."
            ),
            Self::Kept => say!(
                "Nothing in it is replaced: cookies, authorizations and tokens are in this file as they were sent."
            ),
        }
    }

    /// The run as it may be written.
    pub(crate) fn of(self, run: &Run) -> Cow<'_, Run> {
        if self == Self::Kept {
            return Cow::Borrowed(run);
        }
        let trace = &run.trace;
        let events = trace.events().iter().map(|event| stripped(event)).collect();
        let witnesses = trace.witnesses().iter().map(stripped).collect();
        let mut scenario = run.scenario.clone();
        for (name, value) in &mut scenario.extra {
            *value = match is_secret_field(name.as_bytes()) {
                true => "*".repeat(value.len()),
                false => without_parameters(value),
            };
        }
        let trace = Trace::witnessed(trace.lanes().to_vec(), events, witnesses, trace.script());
        Cow::Owned(Run { scenario, trace, origin: run.origin.clone() })
    }
}

fn stripped(event: &Event) -> Event {
    let mut event = event.clone();
    match &mut event.kind {
        Kind::Request { target, .. } => *target = without_parameters(target),
        Kind::Response { .. } => {}
        _ => return event,
    }
    event.raw = event.raw.map(|raw| head_stripped(&raw));
    event
}

/// The octets of an HTTP message without the secrets of its head.
fn head_stripped(raw: &[u8]) -> Rc<[u8]> {
    let mut octets = raw.to_vec();
    for (place, line) in octets.split_mut(|&octet| octet == b'\n').enumerate() {
        if matches!(line, [] | [b'\r']) {
            break;
        }
        strip_line(line, place == 0);
    }
    octets.into()
}

fn strip_line(line: &mut [u8], is_start: bool) {
    let colon = line.iter().position(|&octet| octet == b':').filter(|_| !is_start);
    let Some((name, value)) = colon.and_then(|colon| line.split_at_mut_checked(colon)) else {
        return strip_parameters(line);
    };
    if is_secret_field(name) {
        let blank = |octet: &u8| matches!(octet, b':' | b' ' | b'\t' | b'\r');
        let from = value.iter().position(|octet| !blank(octet)).unwrap_or(value.len());
        let to = value.iter().rposition(|octet| !blank(octet)).map_or(from, |last| last + 1);
        value[from..to].fill(b'*');
    } else {
        strip_parameters(value);
    }
}

/// A text without the values of secret parameters: a target, an address.
fn without_parameters(text: &str) -> String {
    let mut octets = text.as_bytes().to_vec();
    strip_parameters(&mut octets);
    String::from_utf8_lossy(&octets).into_owned()
}

/// Replaces the values of secret parameters wherever an address may stand: in the target, in `Referer`, in
/// `Location`, and in whatever field line somebody else thinks of.
fn strip_parameters(octets: &mut [u8]) {
    let mut at = 0;
    while let Some(next) = octets[at..].iter().position(|octet| STARTS.contains(octet)) {
        let from = at + next + 1;
        let end = octets[from..].iter().position(|octet| ENDS.contains(octet));
        let to = end.map_or(octets.len(), |end| from + end);
        if let Some(equals) = octets[from..to].iter().position(|&octet| octet == b'=')
            && is_secret_parameter(&octets[from..from + equals])
        {
            octets[from + equals + 1..to].fill(b'*');
        }
        at = to;
    }
}

fn is_secret_field(name: &[u8]) -> bool {
    FIELDS.iter().any(|field| name.trim_ascii().eq_ignore_ascii_case(field.as_bytes()))
}

/// Whether the name of a parameter, which may be percent-encoded, has a word for a secret in it.
fn is_secret_parameter(name: &[u8]) -> bool {
    let name = form_urlencoded::parse(name).next().map(|pair| pair.0.to_ascii_lowercase());
    name.is_some_and(|name| WORDS.iter().any(|word| name.contains(word)))
}

/// Before a parameter: of a query, or of a fragment, in which some answers bring tokens.
const STARTS: &[u8] = b"?&;#";
/// After one.
const ENDS: &[u8] = b"&;# \t\r\"'<>,";
const FIELDS: [&str; 4] = ["Cookie", "Set-Cookie", "Authorization", "Proxy-Authorization"];
const WORDS: [&str; 9] =
    ["token", "key", "password", "passwd", "secret", "session", "sig", "auth", "credential"];
