use tongue::{say, word};

/// What a method asks for, and where that is defined.
pub(super) fn method(method: &str) -> (&'static str, &'static str) {
    let (meaning, rfc) = match method {
        "GET" => {
            (word!("GET asks for the target as it is now; it changes nothing."), "RFC 9110 section 9.3.1")
        }
        "HEAD" => (
            word!("HEAD asks for the head that GET would get, without the content."),
            "RFC 9110 section 9.3.2",
        ),
        "POST" => (word!("POST hands the content to the target to deal with."), "RFC 9110 section 9.3.3"),
        "PUT" => (word!("PUT puts the content in the target's place."), "RFC 9110 section 9.3.4"),
        "DELETE" => (word!("DELETE asks for the target to be removed."), "RFC 9110 section 9.3.5"),
        "CONNECT" => (word!("CONNECT asks a proxy for a tunnel to the target."), "RFC 9110 section 9.3.6"),
        "OPTIONS" => (word!("OPTIONS asks what may be done with the target."), "RFC 9110 section 9.3.7"),
        "TRACE" => (word!("TRACE asks for the request to be sent back."), "RFC 9110 section 9.3.8"),
        "PATCH" => {
            (word!("PATCH asks for the target to be changed as the content says."), "RFC 5789 section 2")
        }
        _ => (word!("The method says what the client wants done with the target."), "RFC 9110 section 9"),
    };
    (say(meaning), rfc)
}

/// What a status code says, and where that is defined.
pub(super) fn status(status: u16) -> (&'static str, &'static str) {
    let (meaning, rfc) = match status {
        100 => (word!("100: go on and send the content."), "RFC 9110 section 15.2.1"),
        101 => (
            word!("101: from the next octet on, this connection speaks the other protocol."),
            "RFC 9110 section 15.2.2",
        ),
        200 => (word!("200: done, here it is."), "RFC 9110 section 15.3.1"),
        201 => (word!("201: done, and something new exists for it."), "RFC 9110 section 15.3.2"),
        202 => (word!("202: taken, and not yet done."), "RFC 9110 section 15.3.3"),
        204 => (word!("204: done, and there is nothing to send."), "RFC 9110 section 15.3.5"),
        206 => (word!("206: here is the part that was asked for."), "RFC 9110 section 15.3.7"),
        301 => (word!("301: it has moved for good."), "RFC 9110 section 15.4.2"),
        302 => (word!("302: for now it is elsewhere."), "RFC 9110 section 15.4.3"),
        303 => (word!("303: look for the answer elsewhere, with GET."), "RFC 9110 section 15.4.4"),
        304 => (word!("304: the client's stored copy is still right."), "RFC 9110 section 15.4.5"),
        307 => (
            word!("307: for now it is elsewhere, ask there with the same method."),
            "RFC 9110 section 15.4.8",
        ),
        308 => {
            (word!("308: it has moved for good, ask there with the same method."), "RFC 9110 section 15.4.9")
        }
        400 => (word!("400: the request breaks a rule."), "RFC 9110 section 15.5.1"),
        401 => (word!("401: say first who you are."), "RFC 9110 section 15.5.2"),
        403 => (word!("403: understood, and refused."), "RFC 9110 section 15.5.4"),
        404 => (word!("404: there is nothing at this target."), "RFC 9110 section 15.5.5"),
        405 => (word!("405: not with this method."), "RFC 9110 section 15.5.6"),
        408 => (word!("408: the request did not come in time."), "RFC 9110 section 15.5.9"),
        411 => (word!("411: say how long the content is."), "RFC 9110 section 15.5.12"),
        413 => (word!("413: the content is too large."), "RFC 9110 section 15.5.14"),
        414 => (word!("414: the target is too long."), "RFC 9110 section 15.5.15"),
        426 => {
            (word!("426: only over the protocol that the Upgrade field names."), "RFC 9110 section 15.5.22")
        }
        429 => (word!("429: too many requests."), "RFC 6585 section 4"),
        431 => (word!("431: the request's fields are too large."), "RFC 6585 section 5"),
        500 => (word!("500: the server failed."), "RFC 9110 section 15.6.1"),
        501 => (word!("501: the server cannot do that."), "RFC 9110 section 15.6.2"),
        502 => {
            (word!("502: a gateway got a wrong answer from the server behind it."), "RFC 9110 section 15.6.3")
        }
        503 => (word!("503: the server cannot answer just now."), "RFC 9110 section 15.6.4"),
        504 => (
            word!("504: a gateway got no answer from the server behind it in time."),
            "RFC 9110 section 15.6.5",
        ),
        505 => (word!("505: the server does not speak this version of HTTP."), "RFC 9110 section 15.6.6"),
        _ => match status / 100 {
            1 => (word!("1xx: a word in between, the answer is still to come."), "RFC 9110 section 15.2"),
            2 => (word!("2xx: the request was understood and done."), "RFC 9110 section 15.3"),
            3 => (word!("3xx: the client has to do something more."), "RFC 9110 section 15.4"),
            4 => (word!("4xx: the fault is with the request."), "RFC 9110 section 15.5"),
            5 => (word!("5xx: the fault is with the server."), "RFC 9110 section 15.6"),
            _ => (word!("A status code outside 100 to 599 is not defined."), "RFC 9110 section 15"),
        },
    };
    (say(meaning), rfc)
}

/// Octets as a reader would write them: text that can be shown, or else their number. Long text is cut.
pub(crate) fn preview(octets: &[u8]) -> String {
    let start = &octets[..octets.len().min(PREVIEW)];
    let text = match std::str::from_utf8(start) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() && start.len() < octets.len() => {
            std::str::from_utf8(&start[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return count(octets.len() as u64),
    };
    if text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\r' | '\n')) {
        return count(octets.len() as u64);
    }
    if start.len() < octets.len() { format!("{text}…") } else { text.to_owned() }
}

/// "1 octet", "2 octets".
pub(super) fn count(octets: u64) -> String {
    if octets == 1 { say!("{} octet", octets) } else { say!("{} octets", octets) }
}

/// How many octets of a content are shown as text.
const PREVIEW: usize = 256;
