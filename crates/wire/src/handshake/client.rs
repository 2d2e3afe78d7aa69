use super::accept::accept_value;
use crate::{Request, Response, Rule, deflate::Parameters};

/// The client's opening request with the fields that RFC 6455 section 4.1 requires; a browser adds `Origin` and
/// more of its own. `key` comes from [`key_from`](super::key_from).
pub fn open(host: &str, target: &str, key: &str) -> Request {
    Request::new("GET", target)
        .with("Host", host)
        .with("Upgrade", "websocket")
        .with("Connection", "Upgrade")
        .with("Sec-WebSocket-Key", key)
        .with("Sec-WebSocket-Version", "13")
}

/// The client's side: whether the response completes the handshake (RFC 6455 section 4.1), and with which parameters
/// of permessage-deflate, if that was chosen (RFC 7692 section 7.1). Of another extension only the name is looked at.
/// Choosing no subprotocol is allowed here, as in the RFC; browsers are stricter.
///
/// # Errors
/// The first requirement that the response misses: fail the connection.
pub fn check_response<S: AsRef<str>, E: AsRef<str>>(
    response: &Response,
    key: &str,
    offered_subprotocols: &[S],
    offered_extensions: &[E],
) -> Result<Option<Parameters>, Rule> {
    let fields = &response.fields;
    if response.status != 101 {
        return Err(Rule::StatusNot101);
    }
    if !fields.has_token("Upgrade", "websocket") {
        return Err(Rule::UpgradeMissing);
    }
    if !fields.has_token("Connection", "Upgrade") {
        return Err(Rule::ConnectionMissing);
    }
    let mut accepts = fields.all("Sec-WebSocket-Accept");
    let Some(accept) = accepts.next() else { return Err(Rule::AcceptMissing) };
    if accepts.next().is_some() || accept != accept_value(key) {
        return Err(Rule::AcceptWrong);
    }
    let offered = |name: &str| offered_extensions.iter().any(|offer| extension_name(offer.as_ref()) == name);
    let extensions: Vec<&str> = fields.list("Sec-WebSocket-Extensions").collect();
    if !extensions.iter().map(|chosen| extension_name(chosen)).all(offered) {
        return Err(Rule::ExtensionNotOffered);
    }
    let deflate = Parameters::agreed(&extensions, offered_extensions)?;
    let mut chosen = fields.all("Sec-WebSocket-Protocol");
    if let Some(name) = chosen.next()
        && (chosen.next().is_some() || !offered_subprotocols.iter().any(|offer| offer.as_ref() == name))
    {
        return Err(Rule::SubprotocolNotOffered);
    }
    Ok(deflate)
}

/// An extension without its parameters.
pub(crate) fn extension_name(extension: &str) -> &str {
    extension.split(';').next().unwrap_or_default().trim_matches([' ', '\t'])
}
