//! A response that goes on: an event for each line of news, until the page hangs up or the run ends.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame};
use tokio::sync::mpsc;
use trace::answer::event;

use crate::lane::Lane;
use crate::stop::Stop;

/// The content of such a response, an event at a time; hyper makes a chunk of each.
#[derive(Debug)]
pub(crate) struct Feed(mpsc::Receiver<Bytes>);

impl Feed {
    /// What `lane` has to tell from the `heard`th line on.
    pub(crate) fn of(lane: Arc<Lane>, heard: usize, stop: Stop) -> Self {
        // No more than one event waits for a page that does not read.
        let (sender, receiver) = mpsc::channel(1);
        tokio::spawn(tell(lane, heard, stop, sender));
        Self(receiver)
    }
}

async fn tell(lane: Arc<Lane>, mut heard: usize, mut stop: Stop, sender: mpsc::Sender<Bytes>) {
    loop {
        let news = tokio::select! {
            () = sender.closed() => return,
            news = lane.news(heard, None, &mut stop) => news,
        };
        if news.is_empty() {
            return;
        }
        for line in news {
            heard += 1;
            let event = event(heard, &line, lane.manner.binary);
            if sender.send(event.into()).await.is_err() {
                return;
            }
        }
    }
}

impl Body for Feed {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(cx).map(|event| event.map(|event| Ok(Frame::data(event))))
    }
}
