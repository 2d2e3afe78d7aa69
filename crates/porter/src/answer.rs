//! What the porter answers.

use js_sys::{Array, ArrayBuffer};
use wasm_bindgen::JsValue;

use crate::crossing::{Items, buffer, items, texts};

/// One answer of several. Texts for people are yet to be said, by `tongue::said_later`, but for what is in a file.
#[derive(Debug)]
pub enum Answer {
    /// It has started and waits for a request.
    Ready,
    /// How far it is, from 0 to 1.
    Progress(f32),
    /// Nothing can be had: why, and what to do. The last answer.
    Refused(String),
    /// The next piece of the run that was read.
    Piece(ArrayBuffer),
    /// All of the run has been sent. The last answer.
    Read {
        /// What of the file could not be read: where and why.
        problems: Vec<String>,
    },
    /// The file that was asked for. The last answer.
    Written {
        /// What it holds.
        octets: ArrayBuffer,
        /// Its media type.
        media_type: String,
        /// What of the run is not in it.
        problems: Vec<String>,
    },
}

impl Answer {
    /// A piece of a run.
    pub fn piece(octets: &[u8]) -> Self {
        Self::Piece(buffer(octets))
    }

    /// A file that was written.
    pub fn written(file: &[u8], media_type: &str, problems: Vec<String>) -> Self {
        Self::Written { octets: buffer(file), media_type: media_type.to_owned(), problems }
    }

    /// As it is posted, and what of it is handed over rather than copied.
    pub fn post(&self) -> (JsValue, Array) {
        let (posted, handed) = match self {
            Self::Ready => (items(&[READY.into()]), None),
            Self::Progress(part) => (items(&[PROGRESS.into(), (*part).into()]), None),
            Self::Refused(why) => (items(&[REFUSED.into(), why.into()]), None),
            Self::Piece(octets) => (items(&[PIECE.into(), octets.into()]), Some(octets)),
            Self::Read { problems } => (items(&[READ.into(), texts(problems)]), None),
            Self::Written { octets, media_type, problems } => {
                let posted = items(&[WRITTEN.into(), octets.into(), media_type.into(), texts(problems)]);
                (posted, Some(octets))
            }
        };
        (posted, handed.into_iter().collect())
    }

    /// As it was posted; `None` if this is none.
    pub fn posted(value: JsValue) -> Option<Self> {
        let mut items = Items::of(value)?;
        Some(match items.text()?.as_str() {
            READY => Self::Ready,
            PROGRESS => Self::Progress(items.number()? as f32),
            REFUSED => Self::Refused(items.text()?),
            PIECE => Self::Piece(items.octets()?),
            READ => Self::Read { problems: items.texts()? },
            WRITTEN => {
                Self::Written { octets: items.octets()?, media_type: items.text()?, problems: items.texts()? }
            }
            _ => return None,
        })
    }
}

const READY: &str = "ready";
const PROGRESS: &str = "progress";
const REFUSED: &str = "refused";
const PIECE: &str = "piece";
const READ: &str = "read";
const WRITTEN: &str = "written";
