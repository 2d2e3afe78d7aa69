//! The browser's `EventSource`, as something to wait for.

use std::task::{Context, Poll};

use gloo::events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, EventSource, MessageEvent};

use super::clear;
use super::inbox::{Inbox, stamp_there};

/// What can happen on a stream of events, and when it did.
#[derive(Clone)]
pub(super) enum Turn {
    /// Its head has come.
    Open(u64),
    /// An event: its ID and its data.
    Event(u64, String, String),
    /// It broke off; the browser opens it anew by itself, after a while.
    Again(u64),
    /// It broke off for good.
    Over,
}

/// One stream; dropping it closes it.
pub(super) struct Stream {
    raw: EventSource,
    inbox: Inbox<Turn>,
    _listeners: [EventListener; 3],
}

impl Stream {
    /// Begins to open one. `None`: the browser will not have this address.
    pub(super) fn open(url: &str) -> Option<Self> {
        let raw: EventSource = clear::construct("EventSource", &JsValue::from_str(url))?;
        let inbox = Inbox::new();
        let asked = raw.clone();
        let listeners = [
            inbox.listen(&raw, "open", |event| Some(Turn::Open(stamp_there(event)))),
            inbox.listen(&raw, "message", |event| {
                let message: &MessageEvent = event.unchecked_ref();
                let data = message.data().as_string().unwrap_or_default();
                Some(Turn::Event(stamp_there(event), message.last_event_id(), data))
            }),
            inbox.listen(&raw, "error", move |event: &Event| {
                let over = asked.ready_state() == EventSource::CLOSED;
                Some(if over { Turn::Over } else { Turn::Again(stamp_there(event)) })
            }),
        ];
        Some(Self { raw, inbox, _listeners: listeners })
    }

    /// The next thing that happens.
    pub(super) fn poll(&self, context: &Context<'_>) -> Poll<Turn> {
        self.inbox.poll(context, |_| true)
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.raw.close();
    }
}
