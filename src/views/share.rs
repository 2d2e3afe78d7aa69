//! Taking a run along: as a link where it fits one, as a file always.

use tongue::say;
use trace::caption;
use trace::fragment::LONGEST_LINK;
use yew::prelude::*;

use super::{Act, panels, ui};

/// What the controls need.
pub struct Props {
    /// How long the link would be, in characters.
    pub length: usize,
    /// Copies the address.
    pub copy_link: Callback<()>,
    /// Copies what another page needs to show it; `None`: another page shows lanes or octets, and there are none.
    pub copy_embed: Option<Callback<()>>,
    /// Whether the stage shows a file, which no link holds.
    pub file: bool,
    /// Where actions go.
    pub act: Act,
}

/// Whether a link of so many characters is written.
pub fn fits(length: usize) -> bool {
    length <= LONGEST_LINK
}

/// The ways, side by side.
pub fn view(props: &Props) -> Html {
    html! {
        <div class="share" role="group" aria-label={say("Take it along")}>
            if props.file {
                { ui::hint(say("A link cannot hold a file: whoever follows it sees the Lab without yours.")) }
            }
            if fits(props.length) {
                { ui::button("chip", say("Copy link"), props.copy_link.reform(|_: MouseEvent| ())) }
                if let Some(copy) = &props.copy_embed {
                    { ui::button("chip", say("Copy embed code"), copy.reform(|_: MouseEvent| ())) }
                }
            } else {
                { ui::hint(say("Too long for a link.")) }
            }
            { panels::to_save(&props.act) }
        </div>
    }
}

/// What there is to know once the address cannot follow any more.
pub fn too_long(props: &Props) -> Html {
    if fits(props.length) {
        return Html::default();
    }
    let [long, most] = [props.length, LONGEST_LINK].map(|length| caption::count(length as u64));
    html! {
        <p class="notice" role="status">
            { say!("Too long for a link: it would have {} characters, and {} are the most. The address shows what you had before. \
                Save it as JSON; “Open a file” brings it back.", long, most) }
            { panels::to_save(&props.act) }
        </p>
    }
}
