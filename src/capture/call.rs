//! One `fetch`: asked as a page would ask, without a preflight, and never waited for without end.

use js_sys::{Array, Uint8Array};
use trace::answer;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestInit, RequestMode, Response};

use super::clock::{Waited, now, within};
use super::{Stop, clear};

/// A request: a `GET`, or a `POST` if it has content.
pub(super) struct Call {
    pub(super) url: String,
    pub(super) content: Option<String>,
    /// Whether the content goes as octets, without a Content-Type; as `text/plain;charset=UTF-8` otherwise.
    pub(super) binary: bool,
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: u16,
    /// The number that a companion gives to each connection.
    pub(super) connection: Option<u16>,
    pub(super) content: Vec<u8>,
    /// The names of the field lines that the script may read.
    pub(super) fields: Vec<String>,
    /// When the script heard of the answer's head.
    pub(super) begun: u64,
    /// When it had all of the content.
    pub(super) in_hand: u64,
}

/// Why nothing came back. The browser tells a script no more than this.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum NoAnswer {
    /// Refused, unreachable, blocked, or not for this page's eyes.
    Failed,
    /// The answer began with this status and broke off.
    BrokeOff(u16),
    /// It took too long.
    Late,
    /// The visitor stopped it.
    Stopped,
}

impl Call {
    pub(super) fn method(&self) -> &'static str {
        if self.content.is_some() { "POST" } else { "GET" }
    }

    /// Sends it and waits for the whole answer.
    pub(super) async fn send(&self, until: u64, stop: &Stop) -> Result<Answer, NoAnswer> {
        let abort = Abort(AbortController::new().map_err(|_| NoAnswer::Failed)?);
        let init = RequestInit::new();
        init.set_method(self.method());
        init.set_mode(RequestMode::Cors);
        init.set_signal(Some(&abort.0.signal()));
        if let Some(content) = &self.content {
            init.set_body(&match self.binary {
                true => Uint8Array::from(content.as_bytes()).into(),
                false => JsValue::from_str(content),
            });
        }
        let fetching = clear::place().fetch_with_str_and_init(&self.url, &init);
        match within(answer(fetching), until, stop).await {
            Waited::Done(answer) => answer,
            Waited::Late => Err(NoAnswer::Late),
            Waited::Stopped => Err(NoAnswer::Stopped),
        }
    }
}

async fn answer(fetching: js_sys::Promise) -> Result<Answer, NoAnswer> {
    let response = JsFuture::from(fetching).await.map_err(|_| NoAnswer::Failed)?;
    let begun = now();
    let response: Response = response.unchecked_into();
    let status = response.status();
    let broke_off = |_| NoAnswer::BrokeOff(status);
    let content = JsFuture::from(response.array_buffer().map_err(broke_off)?).await.map_err(broke_off)?;
    let in_hand = now();
    let headers = response.headers();
    let connection = headers.get(answer::CONNECTION).ok().flatten();
    // `Headers` are a list of pairs to whoever asks for a list.
    let pairs = Array::from(&headers);
    let fields = pairs.iter().filter_map(|pair| Array::from(&pair).get(0).as_string()).collect();
    Ok(Answer {
        status,
        fields,
        connection: connection.and_then(|number| number.parse().ok()),
        content: Uint8Array::new(&content).to_vec(),
        begun,
        in_hand,
    })
}

/// Lets go of the request when nobody waits for it any more; after the answer that changes nothing.
struct Abort(AbortController);

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.abort();
    }
}
