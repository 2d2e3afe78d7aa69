use std::fmt;

use super::{Deflater, Inflater, NAME};
use crate::Sender;

/// The parameters of permessage-deflate (RFC 7692 section 7.1): those on offer, or those agreed on. `Display`
/// writes them as an answer says them, [`Parameters::offer`] as an offer does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Parameters {
    /// The server starts each message afresh (section 7.1.1.1).
    pub server_no_context_takeover: bool,
    /// The client starts each message afresh (section 7.1.1.2).
    pub client_no_context_takeover: bool,
    /// The server's window has at most 2^n octets, 8 to 15 (section 7.1.2.1); 15 without it.
    pub server_max_window_bits: Option<u8>,
    /// The client's window has at most 2^n octets, 8 to 15 (section 7.1.2.2); 15 without it. In an offer it says
    /// that the answer may name this too: without it, it must not. An offer that gives no number offers all 15.
    pub client_max_window_bits: Option<u8>,
}

impl Parameters {
    /// Reads one element of `Sec-WebSocket-Extensions`, such as "permessage-deflate; client_max_window_bits". Only in
    /// an offer, which the client sends, may `client_max_window_bits` stand without a value.
    ///
    /// # Errors
    /// What RFC 7692 section 7.1 does not allow: a server declines such an offer, a client fails the connection.
    pub fn parse(element: &str, sender: Sender) -> Result<Self, ParameterError> {
        let mut parts = element.split(';').map(|part| part.trim_matches(BLANK));
        if parts.next() != Some(NAME) {
            return Err(ParameterError::Extension);
        }
        let mut parameters = Self::default();
        for part in parts {
            let (name, value) = match part.split_once('=') {
                None => (part, None),
                Some((name, value)) => (name.trim_end_matches(BLANK), Some(unquoted(value))),
            };
            let seen = match name {
                SERVER_AFRESH => flag(&mut parameters.server_no_context_takeover, SERVER_AFRESH, value)?,
                CLIENT_AFRESH => flag(&mut parameters.client_no_context_takeover, CLIENT_AFRESH, value)?,
                SERVER_BITS => parameters.server_max_window_bits.replace(bits(SERVER_BITS, value)?).is_some(),
                CLIENT_BITS => {
                    let all = (value.is_none() && sender == Sender::Client).then_some(15);
                    let bits = all.map_or_else(|| bits(CLIENT_BITS, value), Ok)?;
                    parameters.client_max_window_bits.replace(bits).is_some()
                }
                _ => return Err(ParameterError::Unknown(name.to_owned())),
            };
            if seen {
                return Err(ParameterError::Repeated(name.to_owned()));
            }
        }
        Ok(parameters)
    }

    /// The element of `Sec-WebSocket-Extensions` that offers them. `client_max_window_bits` of 15 stands without its
    /// value, as browsers write it.
    pub fn offer(&self) -> String {
        match self.client_max_window_bits {
            Some(15) => format!("{}; {CLIENT_BITS}", Self { client_max_window_bits: None, ..*self }),
            _ => self.to_string(),
        }
    }

    /// Whether messages of `sender` each start afresh.
    pub fn no_context_takeover(&self, sender: Sender) -> bool {
        match sender {
            Sender::Client => self.client_no_context_takeover,
            Sender::Server => self.server_no_context_takeover,
        }
    }

    /// The greatest window that `sender` may use, as the power of two of its octets: 8 to 15.
    pub fn window_bits(&self, sender: Sender) -> u8 {
        match sender {
            Sender::Client => self.client_max_window_bits,
            Sender::Server => self.server_max_window_bits,
        }
        .unwrap_or(15)
    }

    /// What compresses the messages of `sender`; `None` where they must go uncompressed, see [`Deflater::new`].
    pub fn deflater(&self, sender: Sender) -> Option<Deflater> {
        Deflater::new(self.no_context_takeover(sender), Some(self.window_bits(sender)))
    }

    /// What decompresses the messages of `sender`, whatever its window.
    pub fn inflater(&self, sender: Sender) -> Inflater {
        Inflater::new(self.no_context_takeover(sender))
    }
}

impl fmt::Display for Parameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(NAME)?;
        for (set, name) in [
            (self.server_no_context_takeover, SERVER_AFRESH),
            (self.client_no_context_takeover, CLIENT_AFRESH),
        ] {
            if set {
                write!(f, "; {name}")?;
            }
        }
        for (bits, name) in
            [(self.server_max_window_bits, SERVER_BITS), (self.client_max_window_bits, CLIENT_BITS)]
        {
            if let Some(bits) = bits {
                write!(f, "; {name}={bits}")?;
            }
        }
        Ok(())
    }
}

/// What is wrong with the parameters (RFC 7692 section 7.1).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParameterError {
    /// Another extension.
    #[error("this is not permessage-deflate")]
    Extension,
    /// Not one of the four.
    #[error("permessage-deflate has no parameter {0:?}")]
    Unknown(String),
    /// Each may stand once.
    #[error("the parameter {0} stands twice")]
    Repeated(String),
    /// A window needs its size; only an offer may leave out that of `client_max_window_bits`.
    #[error("the parameter {0} needs a value")]
    ValueMissing(&'static str),
    /// The two `no_context_takeover` have none.
    #[error("the parameter {0} takes no value")]
    ValueUnexpected(&'static str),
    /// Not 8 to 15 in decimal digits without a leading zero.
    #[error("the value of {0} must be a number from 8 to 15, without a leading zero")]
    ValueInvalid(&'static str),
}

fn flag(seen: &mut bool, name: &'static str, value: Option<String>) -> Result<bool, ParameterError> {
    match value {
        None => Ok(std::mem::replace(seen, true)),
        Some(_) => Err(ParameterError::ValueUnexpected(name)),
    }
}

fn bits(name: &'static str, value: Option<String>) -> Result<u8, ParameterError> {
    let value = value.ok_or(ParameterError::ValueMissing(name))?;
    (8..=15_u8).find(|bits| bits.to_string() == value).ok_or(ParameterError::ValueInvalid(name))
}

/// A token, or a quoted-string that would be one without the quotes (RFC 6455 section 9.1).
fn unquoted(value: &str) -> String {
    let value = value.trim_start_matches(BLANK);
    match value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(quoted) => quoted.replace('\\', ""),
        None => value.to_owned(),
    }
}

const SERVER_AFRESH: &str = "server_no_context_takeover";
const CLIENT_AFRESH: &str = "client_no_context_takeover";
const SERVER_BITS: &str = "server_max_window_bits";
const CLIENT_BITS: &str = "client_max_window_bits";
const BLANK: [char; 2] = [' ', '\t'];
