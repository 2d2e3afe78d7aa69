//! The browser's `WebSocket`, as something to wait for.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use gloo::events::EventListener;
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{BinaryType, CloseEvent, Event, MessageEvent, WebSocket};

use super::clock::{micros, now};

/// What can happen on a socket, and when it did.
pub(super) enum Happening {
    /// The opening handshake is done.
    Open(u64),
    /// A message.
    Text(u64, String),
    /// The connection is over: when, code, and whether both sides said goodbye.
    Closed(u64, u16, bool),
}

/// One socket; dropping it closes it.
pub(super) struct Socket {
    raw: WebSocket,
    inbox: Rc<RefCell<Inbox>>,
    _listeners: [EventListener; 3],
}

#[derive(Default)]
struct Inbox {
    happenings: VecDeque<Happening>,
    waker: Option<Waker>,
}

impl Socket {
    /// Begins to open one, or says what the browser has against it.
    pub(super) fn open(url: &str) -> Result<Self, String> {
        let raw = WebSocket::new(url).map_err(|error| {
            let error = error.dyn_into::<js_sys::Error>();
            error.map_or_else(|_| "no reason given".to_owned(), |error| String::from(error.message()))
        })?;
        // A Blob would have to be read, and messages would change their order meanwhile.
        raw.set_binary_type(BinaryType::Arraybuffer);
        let inbox = Rc::<RefCell<Inbox>>::default();
        let listen = |name: &'static str, read: fn(&Event) -> Option<Happening>| {
            let inbox = Rc::clone(&inbox);
            EventListener::new(&raw, name, move |event| {
                let mut inbox = inbox.borrow_mut();
                inbox.happenings.extend(read(event));
                if let Some(waker) = inbox.waker.take() {
                    waker.wake();
                }
            })
        };
        // There is no use in listening to `error`: it says nothing, and `close` follows.
        let listeners = [
            listen("open", |event| Some(Happening::Open(stamp(event)))),
            listen("message", |event| Some(Happening::Text(stamp(event), text(event.dyn_ref()?)))),
            listen("close", |event| {
                let close = event.dyn_ref::<CloseEvent>()?;
                Some(Happening::Closed(stamp(event), close.code(), close.was_clean()))
            }),
        ];
        Ok(Self { raw, inbox, _listeners: listeners })
    }

    /// The next thing that happens.
    pub(super) async fn next(&self) -> Happening {
        poll_fn(|context| {
            let mut inbox = self.inbox.borrow_mut();
            if let Some(happening) = inbox.happenings.pop_front() {
                return Poll::Ready(happening);
            }
            inbox.waker = Some(context.waker().clone());
            Poll::Pending
        })
        .await
    }

    /// Sends a text message. On a socket that is closing it is lost without a word; `close` tells.
    pub(super) fn send(&self, text: &str) {
        let _ = self.raw.send_with_str(text);
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

/// When the browser made the event, which is a little before anybody hears of it.
fn stamp(event: &Event) -> u64 {
    let (stamp, now) = (micros(event.time_stamp()), now());
    if (1..=now).contains(&stamp) { stamp } else { now }
}

fn text(event: &MessageEvent) -> String {
    let data = event.data();
    let octets = |data: &ArrayBuffer| Uint8Array::new(data).to_vec();
    let binary = || data.dyn_ref::<ArrayBuffer>().map(|it| String::from_utf8_lossy(&octets(it)).into_owned());
    data.as_string().or_else(binary).unwrap_or_default()
}

const NORMAL: u16 = 1000;
