//! The server's side of the opening handshake: `wire` decides, hyper carries the answer.

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{HeaderName, HeaderValue};
use hyper::{HeaderMap, Request, Response, StatusCode, Version};
use wire::deflate::Parameters;
use wire::handshake::{accept, check_request};

use crate::reply::{Reply, Terms, response};
use crate::talk::Talk;

/// Answers 101 and then speaks `talk`, or says why not. No subprotocol is chosen, and permessage-deflate only
/// where `talk` is to be compressed.
pub(crate) fn upgrade<B>(request: &Request<B>, terms: &Terms, mut talk: Talk) -> Reply {
    match check_request(&as_wire(request)) {
        Ok(offer) => {
            let mut answer = response(StatusCode::SWITCHING_PROTOCOLS, Vec::new(), Bytes::new());
            let mut fields = accept(&offer).fields;
            talk.agreed = if talk.deflates { offer.deflate(&Parameters::default()) } else { None };
            if let Some(agreed) = talk.agreed {
                fields.push("Sec-WebSocket-Extensions", agreed.to_string());
            }
            add(answer.headers_mut(), &fields);
            Reply::Switch(answer, talk)
        }
        Err(refusal) => {
            let refused = refusal.response();
            let status = StatusCode::from_u16(refused.status).unwrap_or(StatusCode::BAD_REQUEST);
            let mut answer: Response<Full<Bytes>> =
                terms.text(status, format!("No WebSocket: {}.\n", refusal.rule));
            let mut fields = refused.fields;
            fields.remove("content-length");
            add(answer.headers_mut(), &fields);
            Reply::Answer(answer)
        }
    }
}

fn as_wire<B>(request: &Request<B>) -> wire::Request {
    let target = request.uri().path_and_query().map_or("/", |target| target.as_str());
    let mut head = wire::Request::new(request.method().as_str(), target);
    if request.version() != Version::HTTP_11 {
        head.version = wire::Version::Http10;
    }
    for (name, value) in request.headers() {
        let value: String = value.as_bytes().iter().copied().map(char::from).collect();
        head.fields.push(name.as_str(), value);
    }
    head
}

fn add(headers: &mut HeaderMap, fields: &wire::Fields) {
    for line in fields {
        let name = HeaderName::from_bytes(line.name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(&line.value)) {
            headers.append(name, value);
        }
    }
}
