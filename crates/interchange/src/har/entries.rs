//! The entries of a file one by one, so that a damaged one costs only itself, and a file that is cut off
//! only what follows.

use std::fmt;

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// What the file turned out to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Found {
    /// Whether there was a list of entries.
    pub(super) entries: bool,
    /// How many entries there were.
    pub(super) count: u64,
}

/// Hands each entry to `take`: its number, counted from 1, and its JSON. What was found until the file broke off
/// or ended is in `found`.
///
/// # Errors
/// Where the JSON breaks off.
pub(super) fn each<'a>(
    text: &'a str,
    found: &mut Found,
    take: &mut dyn FnMut(u64, &'a str),
) -> serde_json::Result<()> {
    let mut json = serde_json::Deserializer::from_str(text);
    Walk { place: Place::File, found, take }.deserialize(&mut json)?;
    json.end()
}

/// How deep the walk is.
#[derive(Clone, Copy)]
enum Place {
    File,
    Log,
    Entries,
}

struct Walk<'w, 'a> {
    place: Place,
    found: &'w mut Found,
    take: &'w mut dyn FnMut(u64, &'a str),
}

impl<'de> DeserializeSeed<'de> for Walk<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        match self.place {
            Place::File | Place::Log => from.deserialize_map(self),
            Place::Entries => from.deserialize_seq(self),
        }
    }
}

impl<'de> Visitor<'de> for Walk<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a HAR")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<Name>()? {
            let inner = match (self.place, name) {
                (Place::File, Name::Log) => Place::Log,
                (Place::Log, Name::Entries) => Place::Entries,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            map.next_value_seed(Walk { place: inner, found: &mut *self.found, take: &mut *self.take })?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.found.entries = true;
        while let Some(entry) = list.next_element::<&RawValue>()? {
            self.found.count += 1;
            (self.take)(self.found.count, entry.get());
        }
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Name {
    Log,
    Entries,
    #[serde(other)]
    Other,
}
