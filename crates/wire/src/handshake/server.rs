use super::accept::{accept_value, is_key};
use crate::{Request, Response, Rule, Version, deflate::Parameters};

/// What a client asks for in its opening handshake.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Offer {
    /// `Sec-WebSocket-Key`, as written.
    pub key: String,
    /// `Sec-WebSocket-Protocol`: the client's wishes, best first; empty if it has none.
    pub subprotocols: Vec<String>,
    /// `Sec-WebSocket-Extensions`: each with its parameters, as written: "permessage-deflate; client_max_window_bits".
    pub extensions: Vec<String>,
}

impl Offer {
    /// The server's answer to the client's offers of permessage-deflate, or `None`: nothing is compressed. See
    /// [`Parameters::choose`]. Add it to the 101 as `Sec-WebSocket-Extensions`.
    pub fn deflate(&self, wish: &Parameters) -> Option<Parameters> {
        Parameters::choose(&self.extensions, wish)
    }
}

/// Why a request is no opening handshake. Send [`Refusal::response`]; the connection goes on as HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("{rule}")]
pub struct Refusal {
    /// What is missing or wrong.
    pub rule: Rule,
}

impl Refusal {
    /// The answer: 400, 405 or 426, with the fields that each needs, and no content.
    pub fn response(&self) -> Response {
        let response = match self.rule {
            Rule::HandshakeMethod => Response::new(405, "Method Not Allowed").with("Allow", "GET"),
            Rule::UpgradeMissing => Response::new(426, "Upgrade Required")
                .with("Connection", "Upgrade")
                .with("Upgrade", "websocket")
                .with("Sec-WebSocket-Version", "13"),
            Rule::VersionNot13 => Response::new(426, "Upgrade Required").with("Sec-WebSocket-Version", "13"),
            _ => Response::new(400, "Bad Request"),
        };
        response.with("Content-Length", "0")
    }
}

/// The server's side: what a request offers (RFC 6455 section 4.2.1). `Origin` is left to the caller's policy; a
/// server that takes part in ordinary browsing must check it, for nobody else does.
///
/// # Errors
/// The first requirement that the request misses.
pub fn check_request(request: &Request) -> Result<Offer, Refusal> {
    let fields = &request.fields;
    let refuse = |rule| Err(Refusal { rule });
    if request.method != "GET" {
        return refuse(Rule::HandshakeMethod);
    }
    if request.version < Version::Http11 {
        return refuse(Rule::HandshakeHttpVersion);
    }
    if fields.get("Host").is_none() {
        return refuse(Rule::HostMissing);
    }
    if !fields.has_token("Upgrade", "websocket") {
        return refuse(Rule::UpgradeMissing);
    }
    if !fields.has_token("Connection", "Upgrade") {
        return refuse(Rule::ConnectionMissing);
    }
    if fields.get("Sec-WebSocket-Version") != Some("13") {
        return refuse(Rule::VersionNot13);
    }
    let mut keys = fields.all("Sec-WebSocket-Key");
    let Some(key) = keys.next() else { return refuse(Rule::KeyMissing) };
    if keys.next().is_some() || !is_key(key) {
        return refuse(Rule::KeyInvalid);
    }
    Ok(Offer {
        key: key.to_owned(),
        subprotocols: fields.list("Sec-WebSocket-Protocol").map(str::to_owned).collect(),
        extensions: fields.list("Sec-WebSocket-Extensions").map(str::to_owned).collect(),
    })
}

/// The server's 101 (RFC 6455 section 4.2.2), with no subprotocol and no extension: add those chosen from the offer
/// with [`Response::with`]. Browsers fail the connection when they offered subprotocols and none was chosen.
pub fn accept(offer: &Offer) -> Response {
    Response::new(101, "Switching Protocols")
        .with("Upgrade", "websocket")
        .with("Connection", "Upgrade")
        .with("Sec-WebSocket-Accept", accept_value(&offer.key))
}
