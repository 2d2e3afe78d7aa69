//! The browser's `WebSocket`, as something to wait for.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;

use gloo::events::EventListener;
use js_sys::{ArrayBuffer, Function, Reflect, Uint8Array};
use tongue::say;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{BinaryType, Blob, CloseEvent, MessageEvent, WebSocket};

use super::clock::now;
use super::inbox::{Inbox, stamp, stamp_by};

/// What can happen on a socket, and when it did.
#[derive(Clone)]
pub(super) enum Happening {
    /// The opening handshake is done, and these extensions were agreed on.
    Open(u64, String),
    /// A message.
    Message(u64, String),
    /// The text that was [awaited](Socket::echo), and when the next one left, if there was one.
    Echo(u64, Option<u64>),
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

impl Told {
    fn is_whole(&self) -> bool {
        matches!(self, Self::Whole(_))
    }
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
    /// The texts of an echo from the one that was last sent on, as the browser's own strings.
    echo: Rc<RefCell<VecDeque<JsValue>>>,
    _listeners: [EventListener; 3],
}

impl Socket {
    /// Begins to open one, or says what the browser has against it. Binary messages come as `Blob`, or else
    /// as `ArrayBuffer`.
    pub(super) fn open(url: &str, blob: bool) -> Result<Self, String> {
        let raw = WebSocket::new(url).map_err(|error| {
            let error = error.dyn_into::<js_sys::Error>();
            error.map_or_else(|_| say("no reason given").to_owned(), |error| String::from(error.message()))
        })?;
        raw.set_binary_type(if blob { BinaryType::Blob } else { BinaryType::Arraybuffer });
        let inbox = Inbox::new();
        let echo = Rc::<RefCell<VecDeque<JsValue>>>::default();
        let (opened, echoing, texts) = (raw.clone(), raw.clone(), Rc::clone(&echo));
        // For strings that are the browser's already.
        let send = Reflect::get(&raw, &"send".into()).ok().and_then(|send| send.dyn_into::<Function>().ok());
        // There is no use in listening to `error`: it says nothing, and `close` follows.
        let listeners = [
            inbox.listen(&raw, "open", move |event| {
                Some(Told::Whole(Happening::Open(stamp(event), opened.extensions())))
            }),
            inbox.listen_to_many(&raw, "message", move |event| {
                let data = event.unchecked_ref::<MessageEvent>().data();
                let mut texts = texts.borrow_mut();
                if texts.pop_front_if(|text| *text == data).is_none() {
                    return Some(message(stamp(event), data));
                }
                let left = now();
                let next = texts.front().zip(send.as_ref());
                let next = next.map(|(next, send)| send.call1(&echoing, next).map_or(left, |_| left));
                Some(Told::Whole(Happening::Echo(stamp_by(event, left), next)))
            }),
            inbox.listen(&raw, "close", |event| {
                let close = event.dyn_ref::<CloseEvent>()?;
                let (at, code) = (stamp(event), close.code());
                let (reason, clean) = (close.reason(), close.was_clean());
                Some(Told::Whole(Happening::Closed(Closed { at, code, reason, clean })))
            }),
        ];
        Ok(Self { raw, inbox, echo, _listeners: listeners })
    }

    /// The next thing that happens. A `Blob` is read before what came after it is looked at: reading takes
    /// its time, and otherwise messages would change their order meanwhile. Whoever stops waiting misses
    /// nothing.
    pub(super) async fn next(&self) -> Happening {
        match poll_fn(|context| self.inbox.poll(context, Told::is_whole)).await {
            Told::Whole(happening) => happening,
            Told::Blob(at, blob) => {
                let content = JsFuture::from(blob.array_buffer()).await;
                self.inbox.take();
                Happening::Message(at, content.map(|it| text(&it)).unwrap_or_default())
            }
        }
    }

    /// So many messages are to come to which there is nothing to say but what [follows](Self::echo) by itself.
    pub(super) fn gather(&self, number: usize) {
        self.inbox.gather(number);
    }

    /// Sends a message. On a socket that is closing it is lost without a word; `close` tells.
    pub(super) fn send(&self, message: &str, binary: bool) {
        let _ = match binary {
            true => self.raw.send_with_u8_array(message.as_bytes()),
            false => self.raw.send_with_str(message),
        };
    }

    /// Has each of `texts`, of which the first has just been sent, followed by the next as soon as it comes
    /// back, before anything is written down of it: what recording takes must not add to the time that it
    /// records. It ends when the closing handshake begins.
    pub(super) fn echo<'a>(&self, texts: impl Iterator<Item = &'a String>) {
        *self.echo.borrow_mut() = texts.map(|text| text.as_str().into()).collect();
    }

    /// Begins the closing handshake.
    pub(super) fn close(&self) {
        self.echo.take();
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

fn message(at: u64, data: JsValue) -> Told {
    match data.as_string() {
        Some(text) => Told::Whole(Happening::Message(at, text)),
        None => match data.dyn_into::<Blob>() {
            Ok(blob) => Told::Blob(at, blob),
            Err(data) => Told::Whole(Happening::Message(at, text(&data))),
        },
    }
}

/// What octets say.
fn text(data: &JsValue) -> String {
    let octets = data.dyn_ref::<ArrayBuffer>().map(|it| Uint8Array::new(it).to_vec());
    String::from_utf8_lossy(&octets.unwrap_or_default()).into_owned()
}

const NORMAL: u16 = 1000;
