//! Answers, as hyper takes them.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Body, Incoming};
use hyper::header::{HeaderName, HeaderValue};
use hyper::{Response, StatusCode};
use tokio::time::timeout;
use trace::answer::fields;

use crate::talk::Talk;

/// What a handler makes of a request.
pub(crate) enum Reply {
    /// An answer, and the connection stays HTTP.
    Answer(Response<Full<Bytes>>),
    /// 101, and then frames.
    Switch(Response<Full<Bytes>>, Talk),
}

/// What every answer's field lines depend on.
#[derive(Clone, Debug)]
pub(crate) struct Terms {
    /// Whose page may read the answer. `None`: only the page on the same origin.
    pub(crate) origin: Option<String>,
    /// The connection's number.
    pub(crate) connection: u16,
    /// Whether the connection ends with this answer.
    pub(crate) closes: bool,
    /// Whether Timing-Allow-Origin is left out.
    pub(crate) no_timing: bool,
}

impl Terms {
    /// An answer in plain text.
    pub(crate) fn text(&self, status: StatusCode, content: impl Into<Bytes>) -> Response<Full<Bytes>> {
        self.content(status, None, content.into())
    }

    /// An answer in JSON, or 500 if there is none.
    pub(crate) fn json(&self, content: serde_json::Result<String>) -> Response<Full<Bytes>> {
        match content {
            Ok(content) => self.content(StatusCode::OK, Some(JSON), content.into()),
            Err(_) => {
                self.text(StatusCode::INTERNAL_SERVER_ERROR, "The answer could not be written as JSON.\n")
            }
        }
    }

    /// 204: no content, which is not the same as empty content.
    pub(crate) fn nothing(&self) -> Response<Full<Bytes>> {
        self.answer(StatusCode::NO_CONTENT, false, None, Bytes::new())
    }

    fn content(
        &self,
        status: StatusCode,
        kind: Option<&'static str>,
        content: Bytes,
    ) -> Response<Full<Bytes>> {
        self.answer(status, true, kind, content)
    }

    fn answer(
        &self,
        status: StatusCode,
        has_content: bool,
        kind: Option<&'static str>,
        content: Bytes,
    ) -> Response<Full<Bytes>> {
        let mut lines =
            fields(self.origin.as_deref().unwrap_or_default(), self.connection, self.closes, has_content);
        let left_out = |name: &str| match name {
            "access-control-allow-origin" | "access-control-expose-headers" => self.origin.is_none(),
            "timing-allow-origin" => self.origin.is_none() || self.no_timing,
            _ => false,
        };
        lines.retain(|(name, _)| !left_out(name));
        if let (Some(kind), Some((_, value))) =
            (kind, lines.iter_mut().find(|(name, _)| *name == "content-type"))
        {
            *value = kind.to_owned();
        }
        response(status, lines, content)
    }
}

/// An answer with these field lines, in this order. hyper adds Content-Length and Date.
pub(crate) fn response(
    status: StatusCode,
    lines: Vec<(&'static str, String)>,
    content: Bytes,
) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(content));
    *response.status_mut() = status;
    for (name, value) in lines {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().append(HeaderName::from_static(name), value);
        }
    }
    response
}

/// A request's content, or what to answer instead of it.
pub(crate) async fn content(
    body: Incoming,
    limit: usize,
    patience: Duration,
) -> Result<Bytes, (StatusCode, String)> {
    let too_large = || {
        let text = format!("A request's content may have {limit} octets here at most.\n");
        Err((StatusCode::PAYLOAD_TOO_LARGE, text))
    };
    if body.size_hint().lower() > limit as u64 {
        return too_large();
    }
    match timeout(patience, Limited::new(body, limit).collect()).await {
        Ok(Ok(content)) => Ok(content.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => too_large(),
        Ok(Err(_)) => Err((StatusCode::BAD_REQUEST, "The request's content ended early.\n".to_owned())),
        Err(_) => Err((StatusCode::REQUEST_TIMEOUT, "The request's content took too long.\n".to_owned())),
    }
}

/// The number behind `name=` in a query: `Ok(None)` if it is not there.
pub(crate) fn number(query: Option<&str>, name: &str) -> Result<Option<u64>, String> {
    let pairs = query.unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
    let found = pairs.filter(|(found, _)| *found == name).map(|(_, value)| value).next();
    let bad = |_| format!("The query's \"{name}\" must be a whole number.\n");
    found.map(|value| value.parse().map_err(bad)).transpose()
}

const JSON: &str = "application/json";
