//! Which formats there are, and how a file shows which it has.

use std::fmt;

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use tongue::say;

use crate::json::Document;
use crate::problem::{LIMIT, Refusal};
use crate::run::{Imported, Run, Written};
use crate::secrets::Secrets;
use crate::{csv, har, markdown, mermaid, pcap};

/// A format of files.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// Our own, with nothing left out.
    Json,
    /// HTTP Archive.
    Har,
    /// Packets: pcap and pcapng in, pcapng out.
    Capture,
    /// The ledger as a table; only written.
    Csv,
    /// A transcript; only written.
    Markdown,
    /// A sequence diagram; only written.
    Mermaid,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 6] =
        [Self::Json, Self::Har, Self::Capture, Self::Csv, Self::Markdown, Self::Mermaid];

    /// How the name of a file ends, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Har => "har",
            Self::Capture => "pcapng",
            Self::Csv => "csv",
            Self::Markdown => "md",
            Self::Mermaid => "mmd",
        }
    }

    /// The type of its content.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json | Self::Har => "application/json",
            Self::Capture => "application/vnd.tcpdump.pcap",
            Self::Csv => "text/csv",
            Self::Markdown => "text/markdown",
            Self::Mermaid => "text/plain",
        }
    }
}

/// Which format a file has, from its octets and not from its name; `None` if none that can be read.
pub fn sniff(octets: &[u8]) -> Option<Format> {
    if pcap::is(octets) {
        return Some(Format::Capture);
    }
    let octets = octets.strip_prefix(b"\xef\xbb\xbf").unwrap_or(octets);
    let mut found = None;
    let mut json = serde_json::Deserializer::from_slice(octets);
    // How it goes on, and whether it is sound, is for the reader to say.
    let _ = Names(&mut found).deserialize(&mut json);
    found
}

/// Reads a file of any format; `progress` is told how far it is, from 0 to 1.
///
/// # Errors
/// If nothing of it can be shown.
pub fn read(name: &str, octets: &[u8], progress: &mut dyn FnMut(f32)) -> Result<Imported, Refusal> {
    if octets.len() as u64 > LIMIT {
        return Err(Refusal::TooLarge(octets.len() as u64));
    }
    match sniff(octets) {
        Some(Format::Capture) => pcap::read(name, octets, progress),
        Some(Format::Har) => har::read(name, octets, progress),
        Some(Format::Json) => {
            let damaged = |why: String| Refusal::Damaged(say!("It is a run of Duplex, but {}.", why));
            let document: Document =
                serde_json::from_slice(octets).map_err(|error| damaged(error.to_string()))?;
            progress(0.5);
            let run = Run::try_from(document).map_err(|flaw| damaged(flaw.to_string()))?;
            progress(1.0);
            Ok(Imported { run, problems: Vec::new() })
        }
        _ => Err(Refusal::Unknown),
    }
}

/// Writes a run. Its zero is at `epoch`, in microseconds since 1970, where a format tells the time of day.
pub fn write(format: Format, run: &Run, secrets: Secrets, epoch: u64) -> Written {
    let whole = |file: Vec<u8>| Written { file, problems: Vec::new() };
    match format {
        // It has texts and whole numbers, which are always JSON.
        Format::Json => whole(serde_json::to_vec(&Document::of(run, secrets)).unwrap_or_default()),
        Format::Har => har::write(run, secrets, epoch),
        Format::Capture => pcap::write(run, secrets),
        Format::Csv => whole(csv::write(run)),
        Format::Markdown => whole(markdown::write(run, secrets)),
        Format::Mermaid => whole(mermaid::write(run, secrets)),
    }
}

/// The names of an object, up to the first that tells what it is.
struct Names<'a>(&'a mut Option<Format>);

impl<'de> DeserializeSeed<'de> for Names<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Names<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "lowercase")]
        enum Name {
            Log,
            Format,
            #[serde(other)]
            Other,
        }
        while let Some(name) = map.next_key::<Name>()? {
            *self.0 = match name {
                Name::Log => Some(Format::Har),
                Name::Format => Some(Format::Json),
                Name::Other => None,
            };
            if self.0.is_some() {
                return Ok(());
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}
