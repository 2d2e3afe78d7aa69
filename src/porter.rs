//! The page's side of its porter: a worker that reads and writes files, so that the page never waits for one.
//!
//! The worker is started for one errand and ended after it. Read `porter::Request` for what there is to ask.

use std::rc::Rc;

use interchange::parcel::{self, Unpacker};
use interchange::{Format, LIMIT, Refusal, Run, Secrets};
use js_sys::Uint8Array;
use tongue::{Sentence, said_later, word};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, MessageEvent, Worker, WorkerOptions, WorkerType};

use porter::{Answer, Request};

use crate::files::GONE;

/// A file that was read.
#[derive(Debug)]
pub struct Read {
    /// What could be read.
    pub run: Run,
    /// What could not: where and why.
    pub problems: Vec<Sentence>,
}

/// A file that was written.
#[derive(Debug)]
pub struct Written {
    /// What it holds.
    pub octets: Vec<u8>,
    /// Its media type.
    pub media_type: String,
    /// What of the run is not in it.
    pub problems: Vec<Sentence>,
}

/// How an errand goes.
#[derive(Debug)]
pub enum News<T> {
    /// How far it is, from 0 to 1.
    Progress(f32),
    /// It is done, or cannot be; the last news.
    Done(Result<T, Sentence>),
}

/// An errand under way. It ends when this is dropped, which must not be done by who hears its news.
pub struct Errand {
    worker: Worker,
    _hear: Closure<dyn FnMut(MessageEvent)>,
    _fail: Closure<dyn FnMut()>,
}

impl Drop for Errand {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

/// Has a file read. What is larger than [`LIMIT`] is refused before any of it is.
///
/// # Errors
/// If that cannot even begin, a sentence with what to do.
pub fn read(name: String, file: Blob, tell: impl Fn(News<Read>) + 'static) -> Result<Errand, Sentence> {
    let size = file.size() as u64;
    if size > LIMIT {
        return Err(Sentence::of(move || Refusal::TooLarge(size).to_string()));
    }
    let request = async move {
        let octets = JsFuture::from(file.array_buffer()).await.map_err(|_| Sentence::text(GONE))?;
        Ok(Request::Read { name, octets: octets.unchecked_into() })
    };
    let mut parcel = Some(Unpacker::default());
    errand(request, tell, move |answer| match answer {
        Answer::Piece(octets) => {
            let taken = parcel.as_mut().and_then(|parcel| parcel.take(&Uint8Array::new(&octets).to_vec()));
            taken.is_none().then(|| Err(Sentence::text(ESTRANGED)))
        }
        Answer::Read { problems } => {
            let read = parcel.take().and_then(Unpacker::run);
            let read = read.map(|run| Read { run, problems: problems.into_iter().map(later).collect() });
            Some(read.ok_or_else(|| Sentence::text(ESTRANGED)))
        }
        _ => None,
    })
}

/// Has a run written as a file, at a time of day that is in microseconds since 1970.
///
/// # Errors
/// If that cannot even begin, a sentence with what to do.
pub fn write(
    run: &Run,
    format: Format,
    secrets: Secrets,
    epoch: u64,
    tell: impl Fn(News<Written>) + 'static,
) -> Result<Errand, Sentence> {
    let mut packed = Vec::new();
    parcel::pack(run, usize::MAX, |_, piece| packed = piece);
    let (run, language) = (Uint8Array::from(&packed[..]).buffer(), tongue::spoken().to_owned());
    let request = async move { Ok(Request::Write { run, format, secrets, epoch, language }) };
    errand(request, tell, |answer| match answer {
        Answer::Written { octets, media_type, problems } => {
            let octets = Uint8Array::new(&octets).to_vec();
            let problems = problems.into_iter().map(later).collect();
            Some(Ok(Written { octets, media_type, problems }))
        }
        _ => None,
    })
}

/// Starts a worker, makes one request once it is ready, and ends it with its last answer, which is the one of
/// which `take` makes something.
fn errand<T: 'static>(
    request: impl Future<Output = Result<Request, Sentence>> + 'static,
    tell: impl Fn(News<T>) + 'static,
    mut take: impl FnMut(Answer) -> Option<Result<T, Sentence>> + 'static,
) -> Result<Errand, Sentence> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(ADDRESS, &options).map_err(|_| Sentence::text(AWAY))?;
    let tell = Rc::new(tell);
    let done = {
        let (worker, tell) = (worker.clone(), Rc::clone(&tell));
        move |done| {
            worker.terminate();
            tell(News::Done(done));
        }
    };
    let fail = {
        let done = done.clone();
        Closure::<dyn FnMut()>::new(move || done(Err(Sentence::text(AWAY))))
    };
    worker.set_onerror(Some(fail.as_ref().unchecked_ref()));
    let (own, mut request) = (worker.clone(), Some(request));
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        match Answer::posted(event.data()) {
            Some(Answer::Ready) => {
                let Some(request) = request.take() else { return };
                let (worker, done) = (own.clone(), done.clone());
                spawn_local(async move {
                    match request.await {
                        Ok(request) => {
                            let (posted, handed) = request.post();
                            // Its octets are handed over for the first time, so it does not fail.
                            let _ = worker.post_message_with_transfer(&posted, &handed);
                        }
                        Err(why) => done(Err(why)),
                    }
                });
            }
            Some(Answer::Progress(part)) => tell(News::Progress(part)),
            Some(Answer::Refused(why)) => done(Err(later(why))),
            Some(answer) => take(answer).into_iter().for_each(&done),
            None => done(Err(Sentence::text(ESTRANGED))),
        }
    });
    worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    Ok(Errand { worker, _hear: hear, _fail: fail })
}

/// A text that nobody has said yet, in whatever language is spoken when it is shown.
fn later(text: String) -> Sentence {
    Sentence::of(move || said_later(&text))
}

/// Beside the page, under a name that Trunk gives: it hashes none of a worker's.
const ADDRESS: &str = "porter_loader.js";

const AWAY: &str = word!(
    "The part of this page that reads and writes files could not be loaded. See that this device is online, and try again."
);

const ESTRANGED: &str = word!(
    "The part of this page that reads and writes files does not fit the rest of it. Reload the page, and try again."
);
