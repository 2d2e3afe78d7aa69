//! The browser's `WebSocket`, as something to wait for.

use std::future::poll_fn;

use gloo::events::EventListener;
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{BinaryType, Blob, CloseEvent, MessageEvent, WebSocket};

use super::inbox::{Inbox, stamp};

/// What can happen on a socket, and when it did.
#[derive(Clone)]
pub(super) enum Happening {
    /// The opening handshake is done, and these extensions were agreed on.
    Open(u64, String),
    /// A message.
    Message(u64, String),
    /// The connection is over.
    Closed(Closed),
}

/// What the browser told of it.
#[derive(Clone)]
enum Told {
    Whole(Happening),
    /// A message that still has to be read.
    Blob(u64, Blob),
}

/// How a connection ended, as far as a script is told.
#[derive(Clone)]
pub(super) struct Closed {
    pub(super) at: u64,
    pub(super) code: u16,
    pub(super) reason: String,
    /// Whether both sides said goodbye.
    pub(super) clean: bool,
}

/// One socket; dropping it closes it.
pub(super) struct Socket {
    raw: WebSocket,
    inbox: Inbox<Told>,
    _listeners: [EventListener; 3],
}

impl Socket {
    /// Begins to open one, or says what the browser has against it. Binary messages come as `Blob`, or else
    /// as `ArrayBuffer`.
    pub(super) fn open(url: &str, blob: bool) -> Result<Self, String> {
        let raw = WebSocket::new(url).map_err(|error| {
            let error = error.dyn_into::<js_sys::Error>();
            error.map_or_else(|_| "no reason given".to_owned(), |error| String::from(error.message()))
        })?;
        raw.set_binary_type(if blob { BinaryType::Blob } else { BinaryType::Arraybuffer });
        let inbox = Inbox::new();
        let opened = raw.clone();
        // There is no use in listening to `error`: it says nothing, and `close` follows.
        let listeners = [
            inbox.listen(&raw, "open", move |event| {
                Some(Told::Whole(Happening::Open(stamp(event), opened.extensions())))
            }),
            inbox.listen(&raw, "message", |event| Some(message(stamp(event), event.dyn_ref()?))),
            inbox.listen(&raw, "close", |event| {
                let close = event.dyn_ref::<CloseEvent>()?;
                let (at, code) = (stamp(event), close.code());
                let (reason, clean) = (close.reason(), close.was_clean());
                Some(Told::Whole(Happening::Closed(Closed { at, code, reason, clean })))
            }),
        ];
        Ok(Self { raw, inbox, _listeners: listeners })
    }

    /// The next thing that happens. A `Blob` is read before what came after it is looked at: reading takes
    /// its time, and otherwise messages would change their order meanwhile. Whoever stops waiting misses
    /// nothing.
    pub(super) async fn next(&self) -> Happening {
        let first = match poll_fn(|context| self.inbox.poll(context)).await {
            Told::Whole(happening) => happening,
            Told::Blob(at, blob) => {
                let content = JsFuture::from(blob.array_buffer()).await;
                Happening::Message(at, content.map(|it| text(&it)).unwrap_or_default())
            }
        };
        self.inbox.take();
        first
    }

    /// Sends a message. On a socket that is closing it is lost without a word; `close` tells.
    pub(super) fn send(&self, message: &str, binary: bool) {
        let _ = match binary {
            true => self.raw.send_with_u8_array(message.as_bytes()),
            false => self.raw.send_with_str(message),
        };
    }

    /// Begins the closing handshake.
    pub(super) fn close(&self) {
        let _ = self.raw.close_with_code(NORMAL);
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if matches!(self.raw.ready_state(), WebSocket::CONNECTING | WebSocket::OPEN) {
            self.close();
        }
    }
}

fn message(at: u64, event: &MessageEvent) -> Told {
    match event.data().dyn_into::<Blob>() {
        Ok(blob) => Told::Blob(at, blob),
        Err(data) => Told::Whole(Happening::Message(at, data.as_string().unwrap_or_else(|| text(&data)))),
    }
}

/// What octets say.
fn text(data: &JsValue) -> String {
    let octets = data.dyn_ref::<ArrayBuffer>().map(|it| Uint8Array::new(it).to_vec());
    String::from_utf8_lossy(&octets.unwrap_or_default()).into_owned()
}

const NORMAL: u16 = 1000;
