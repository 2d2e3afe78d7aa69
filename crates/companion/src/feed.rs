//! A response that goes on: an event for each line of news, until the page hangs up or the run ends.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::Request;
use hyper::body::{Body, Frame};
use tokio::sync::mpsc;
use trace::answer::{LAST_EVENT_ID, event};

use crate::board::Board;
use crate::stop::Stop;

/// The content of such a response, an event at a time; hyper makes a chunk of each.
#[derive(Debug)]
pub(crate) struct Feed {
    lines: mpsc::Receiver<String>,
    heard: usize,
    binary: bool,
}

impl Feed {
    /// What `board` has to tell from the `heard`th line on; as octets, if that is how it is said.
    pub(crate) fn of(board: Arc<Board>, heard: usize, binary: bool, stop: Stop) -> Self {
        Self { lines: board.lines(heard, stop), heard, binary }
    }
}

impl Body for Feed {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let line = self.lines.poll_recv(cx);
        line.map(|line| {
            let line = line?;
            self.heard += 1;
            Some(Ok(Frame::data(event(self.heard, &line, self.binary).into())))
        })
    }
}

/// How many lines whoever opens a stream has heard before.
pub(crate) fn last_event<B>(request: &Request<B>) -> usize {
    let heard = request.headers().get(LAST_EVENT_ID).and_then(|id| id.to_str().ok());
    heard.and_then(|id| id.parse().ok()).unwrap_or(0)
}
