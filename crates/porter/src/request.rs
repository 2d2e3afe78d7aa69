//! What the page asks for.

use interchange::{Format, Secrets};
use js_sys::{Array, ArrayBuffer};
use wasm_bindgen::JsValue;

use crate::crossing::{Items, items};

/// One request; there is no second one.
#[derive(Debug)]
pub enum Request {
    /// Read a file.
    Read {
        /// What it is called.
        name: String,
        /// What it holds; the page has it no more.
        octets: ArrayBuffer,
    },
    /// Write a file.
    Write {
        /// The run as a parcel, with its secrets; the page has it no more.
        run: ArrayBuffer,
        /// As what.
        format: Format,
        /// Whether its secrets are to be in it.
        secrets: Secrets,
        /// The time of day at the run's zero, in microseconds since 1970.
        epoch: u64,
        /// What is said in it is said in this language: a tag of BCP 47.
        language: String,
    },
}

impl Request {
    /// As it is posted, and what of it is handed over rather than copied.
    pub fn post(&self) -> (JsValue, Array) {
        match self {
            Self::Read { name, octets } => {
                (items(&[READ.into(), name.into(), octets.into()]), Array::of1(octets))
            }
            Self::Write { run, format, secrets, epoch, language } => {
                let (format, kept) = (format.extension(), *secrets == Secrets::Kept);
                let epoch = *epoch as f64;
                let items = [WRITE.into(), run.into(), format.into(), kept.into(), epoch.into()];
                (crate::crossing::items(&[&items[..], &[language.into()]].concat()), Array::of1(run))
            }
        }
    }

    /// As it was posted; `None` if this is none.
    pub fn posted(value: JsValue) -> Option<Self> {
        let mut items = Items::of(value)?;
        match items.text()?.as_str() {
            READ => Some(Self::Read { name: items.text()?, octets: items.octets()? }),
            WRITE => {
                let (run, extension) = (items.octets()?, items.text()?);
                Some(Self::Write {
                    run,
                    format: Format::ALL.into_iter().find(|format| format.extension() == extension)?,
                    secrets: if items.truth()? { Secrets::Kept } else { Secrets::Stripped },
                    epoch: items.number()? as u64,
                    language: items.text()?,
                })
            }
            _ => None,
        }
    }
}

const READ: &str = "read";
const WRITE: &str = "write";
