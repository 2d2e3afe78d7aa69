//! One connection without hyper: requests and frames read by `wire`, and any octets written.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::http::uri::Uri;
use hyper::{HeaderMap, Response};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;
use wire::{Opcode, Reader, Request, Sender, Unit};

use crate::connection::linger;
use crate::limits::Limits;
use crate::stop::Stop;

/// The companion's end of a connection.
pub(crate) struct Raw<'a, IO> {
    pub(crate) io: &'a mut IO,
    reader: Reader,
    stop: &'a mut Stop,
    patience: Duration,
    grace: Duration,
}

impl<'a, IO: AsyncRead + AsyncWrite + Unpin> Raw<'a, IO> {
    pub(crate) fn new(io: &'a mut IO, stop: &'a mut Stop, limits: &Limits) -> Self {
        let reader = Reader::new(Sender::Client).refusing_over(limits.content_size as u64);
        Self { io, reader, stop, patience: limits.content, grace: limits.grace }
    }

    /// The next whole request or frame. `None`: there will be none, because the client ended its
    /// direction, broke a rule, or everything is to stop.
    pub(crate) async fn unit(&mut self) -> Option<Unit> {
        let mut octets = vec![0; 4096];
        loop {
            if let Some(unit) = self.reader.poll() {
                return unit.ok();
            }
            let read = tokio::select! {
                read = self.io.read(&mut octets) => read.ok().filter(|read| *read > 0)?,
                () = self.stop.stopped() => return None,
            };
            self.reader.feed(octets.get(..read)?);
        }
    }

    /// Writes octets as they are. `false`: the client does not take them.
    pub(crate) async fn write(&mut self, octets: &[u8]) -> bool {
        let written = async { self.io.write_all(octets).await.is_ok() && self.io.flush().await.is_ok() };
        timeout(self.patience, written).await == Ok(true)
    }

    /// Writes an answer as hyper would have done, and stays with HTTP.
    pub(crate) async fn answer(&mut self, answer: Response<Full<Bytes>>) -> bool {
        self.reader.stay();
        let (head, content) = encode(answer).await;
        self.write(&[head, content.to_vec()].concat()).await
    }

    /// From now on the client sends frames.
    pub(crate) fn upgrade(&mut self) {
        self.reader.upgrade();
    }

    /// Reads until the client has sent a Close frame or will send nothing more.
    pub(crate) async fn until_close(&mut self) {
        let is_close = |unit: &Unit| unit.frame().is_some_and(|header| header.opcode == Opcode::Close);
        while self.unit().await.is_some_and(|unit| !is_close(&unit)) {}
    }

    /// Reads until the client will send nothing more.
    pub(crate) async fn until_end(&mut self) {
        while self.unit().await.is_some() {}
    }

    /// The stop signal and the stream, for whoever speaks on it.
    pub(crate) fn parts(&mut self) -> (&mut IO, &mut Stop) {
        (self.io, self.stop)
    }

    /// Ends the server's direction, and waits a while for the client's end.
    pub(crate) async fn finish(self) {
        let _ = self.io.shutdown().await;
        linger(self.io, self.grace).await;
    }
}

/// A head and its content, in the order in which hyper writes field lines.
pub(crate) async fn encode(answer: Response<Full<Bytes>>) -> (Vec<u8>, Bytes) {
    let status = answer.status();
    let mut head = wire::Response::new(status.as_u16(), status.canonical_reason().unwrap_or_default());
    for (name, value) in answer.headers() {
        let value: String = value.as_bytes().iter().copied().map(char::from).collect();
        head = head.with(name.as_str(), value);
    }
    // A whole content in memory is there at once and cannot fail.
    let content = answer.into_body().collect().await.map(|content| content.to_bytes()).unwrap_or_default();
    let has_content = !status.is_informational() && status != 204 && status != 304;
    if has_content && head.fields.get("content-length").is_none() {
        head = head.with("content-length", content.len().to_string());
    }
    let content = if has_content { content } else { Bytes::new() };
    (head.encode().unwrap_or_default(), content)
}

/// What the check of `Host` and `Origin` looks at.
pub(crate) fn as_hyper(request: &Request) -> (Uri, HeaderMap) {
    let mut headers = HeaderMap::new();
    for line in &request.fields {
        let name = hyper::header::HeaderName::from_bytes(line.name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, line.value.parse()) {
            headers.append(name, value);
        }
    }
    (request.target.parse().unwrap_or_default(), headers)
}
