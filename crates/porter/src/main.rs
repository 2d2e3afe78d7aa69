//! The worker: reads and writes files, and ends with its page's wish.

mod carry;

use js_sys::Uint8Array;
use porter::{Answer, Request};
use tongue::Catalogue;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, Response};

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

fn main() {
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| {
        if let Some(request) = Request::posted(event.data()) {
            spawn_local(fulfil(request));
        }
    });
    scope().set_onmessage(Some(hear.as_ref().unchecked_ref()));
    // It listens as long as there is a worker.
    hear.forget();
    // What was sent before somebody listened would be lost.
    post(&Answer::Ready);
}

async fn fulfil(request: Request) {
    match request {
        Request::Read { name, octets } => {
            // The visitor may choose another language while it is read, and afterwards.
            tongue::learn(UNSAID, Catalogue::unsaid());
            tongue::speak(UNSAID);
            let octets = Uint8Array::new(&octets).to_vec();
            carry::read(&name, &octets, &mut |answer| post(&answer));
        }
        Request::Write { run, format, secrets, epoch, language } => {
            // Without its words a file is in English: better than none.
            if let Some(words) = words(&language).await {
                tongue::learn(SPOKEN, words);
                tongue::speak(SPOKEN);
            }
            let run = Uint8Array::new(&run).to_vec();
            carry::write(&run, format, secrets, epoch).iter().for_each(post);
        }
    }
}

/// The words of a language, beside the worker as they are beside the page.
async fn words(language: &str) -> Option<Catalogue> {
    if language == tongue::ENGLISH {
        return None;
    }
    let address = format!("words/{language}.po");
    let response = JsFuture::from(scope().fetch_with_str(&address)).await.ok()?;
    let response: Response = response.dyn_into().ok()?;
    let text = JsFuture::from(response.text().ok().filter(|_| response.ok())?).await.ok()?;
    Catalogue::read(&text.as_string()?).ok()
}

fn post(answer: &Answer) {
    let (posted, handed) = answer.post();
    // Everything that is posted can be copied, so it does not fail.
    let _ = scope().post_message_with_transfer(&posted, &handed);
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// The tag of the language in which nothing is said yet.
const UNSAID: &str = "x-unsaid";
/// The tag of the only language that a file is written in.
const SPOKEN: &str = "x-spoken";
