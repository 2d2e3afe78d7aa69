//! Answers, as hyper takes them.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Body, Incoming};
use hyper::header::{HeaderName, HeaderValue};
use hyper::{Response, StatusCode};
use tokio::time::timeout;
use trace::answer::{EVENT_STREAM, OCTETS, fields};

use crate::feed::Feed;
use crate::talk::Talk;

/// What a handler makes of a request.
pub(crate) enum Reply {
    /// An answer, and the connection stays HTTP.
    Answer(Response<Full<Bytes>>),
    /// The head of a response, and events for as long as anybody listens.
    Events(Response<Feed>),
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

    /// 200 with what the server says, as text or in binary.
    pub(crate) fn message(&self, binary: bool, content: impl Into<Bytes>) -> Response<Full<Bytes>> {
        self.content(StatusCode::OK, binary.then_some(OCTETS), content.into())
    }

    /// 200, and then `feed`.
    pub(crate) fn events(&self, feed: Feed) -> Response<Feed> {
        head(StatusCode::OK, self.lines(true, Some(EVENT_STREAM)), feed)
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
        response(status, self.lines(has_content, kind), content)
    }

    fn lines(&self, has_content: bool, kind: Option<&'static str>) -> Vec<(&'static str, String)> {
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
        lines
    }
}

/// An answer with these field lines, in this order. hyper adds Content-Length and Date.
pub(crate) fn response(
    status: StatusCode,
    lines: Vec<(&'static str, String)>,
    content: Bytes,
) -> Response<Full<Bytes>> {
    head(status, lines, Full::new(content))
}

fn head<B>(status: StatusCode, lines: Vec<(&'static str, String)>, body: B) -> Response<B> {
    let mut response = Response::new(body);
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
