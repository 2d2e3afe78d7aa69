//! The frame on screen as a picture, with what the screen does not say of it.

use tongue::{Sentence, say};
use trace::caption;
use trace::fragment::LONGEST_LINK;

use super::stage;
use crate::files;
use crate::state::{Form, State, View};
use crate::still::{self, Frame};

/// The frame as it stands at the time `now`, in microseconds, as an SVG file.
///
/// # Errors
/// If there are no lanes on the page.
pub(super) fn picture(store: &State, now: u64) -> Result<String, Sentence> {
    let link = link(store).map(|fragment| {
        let address = files::address();
        let page = address.split(['#', '?']).next().unwrap_or_default();
        (say!("Open this run in Duplex: {}", page), format!("{page}#{fragment}"))
    });
    still::svg(Frame { title: title(store, now), network: stage::brief(store), link })
}

/// The picture's file and its media type.
///
/// # Errors
/// If there is no picture, or this browser draws none.
pub(super) async fn file(
    drawn: Result<String, Sentence>,
    form: Form,
) -> Result<(Vec<u8>, &'static str), Sentence> {
    let svg = drawn?;
    Ok(match form {
        Form::Png => (still::png(&svg).await?, "image/png"),
        _ => (svg.into_bytes(), "image/svg+xml"),
    })
}

fn title(store: &State, now: u64) -> String {
    let lanes: Vec<&str> = store.trace.lanes().iter().map(|lane| lane.transport.name()).collect();
    match store.at_rest() {
        true => lanes.join(" · "),
        false => say!("{}, at {}", lanes.join(" · "), caption::precise(now)),
    }
}

/// The frame as a link. What was recorded is in no link; and field lines of the visitor's own, which may be secret,
/// go out only when somebody asks for the link itself.
fn link(store: &State) -> Option<String> {
    let written = store.link().write();
    // The link of a lesson is the one of its beat, whatever has been turned since.
    let simulated = store.view == View::Lab && store.recording().is_none() && store.import().is_none();
    let all = simulated && store.scenario.extra.is_empty() && written.len() <= LONGEST_LINK;
    all.then_some(written)
}
