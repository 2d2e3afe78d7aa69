//! How a parcel is fetched. A function with the attribute `wasm_split` begins one: what can be reached through it
//! alone is cut out of the program and fetched when it is called for the first time.

use tongue::Sentence;

use crate::state::Parcel;

/// Fetches a parcel, unless it is there.
///
/// # Errors
/// If it cannot be had, with a sentence for the visitor. It can be tried again.
pub async fn fetch(parcel: Parcel) -> Result<(), Sentence> {
    if parcel.is_here() {
        return Ok(());
    }
    let came = match parcel {
        Parcel::Octets => split::octets().await,
        // What is taught and what was sent is looked at octet by octet.
        Parcel::Live => match split::octets().await {
            Ok(()) => split::live().await,
            missed => missed,
        },
        Parcel::Teaching => match split::octets().await {
            Ok(()) => split::teaching().await,
            missed => missed,
        },
    };
    came.map_err(|_| {
        Sentence::text(tongue::word!(
            "This part of the page could not be fetched, so it stays as it is. See that this device is online, and try again."
        ))
    })
}

#[cfg(feature = "split")]
mod split {
    use wasm_split_helpers::{SplitLoaderError, wasm_split};

    use super::super::{LIVE, OCTETS, SHOWN, TALKED, TAUGHT, TEACHING};

    #[wasm_split(octets, fallible)]
    pub(super) fn octets() -> Result<(), SplitLoaderError> {
        trace::apart::come();
        trace::glossary::come();
        wire::deflate::come();
        OCTETS.arrive(&SHOWN);
        Ok(())
    }

    #[wasm_split(live, fallible)]
    pub(super) fn live() -> Result<(), SplitLoaderError> {
        trace::trial::come();
        LIVE.arrive(&TALKED);
        Ok(())
    }

    #[wasm_split(teaching, fallible)]
    pub(super) fn teaching() -> Result<(), SplitLoaderError> {
        trace::teaching::come();
        TEACHING.arrive(&TAUGHT);
        Ok(())
    }
}

/// The program is whole: nothing is ever fetched.
#[cfg(not(feature = "split"))]
mod split {
    use std::convert::Infallible;

    pub(super) async fn octets() -> Result<(), Infallible> {
        Ok(())
    }

    pub(super) async fn live() -> Result<(), Infallible> {
        Ok(())
    }

    pub(super) async fn teaching() -> Result<(), Infallible> {
        Ok(())
    }
}
