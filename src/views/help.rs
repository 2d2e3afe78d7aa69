//! Help: the keys, and what this model leaves out.

use yew::prelude::*;

use super::{Act, ui};
use crate::state::Action;

/// What help needs.
pub struct Props {
    /// Whether single keys control the player.
    pub shortcuts: bool,
    /// Whether marks jump instead of travelling.
    pub reduced: bool,
    /// Where actions go.
    pub act: Act,
}

/// The panel behind "?".
pub fn view(props: &Props) -> Html {
    let (on, calm) = (!props.shortcuts, !props.reduced);
    let switch = props.act.reform(move |_: Event| Action::Shortcuts(on));
    let still = props.act.reform(move |_: Event| Action::Reduced(calm));
    html! {
        <div id="help" popover="auto" class="help" role="dialog" aria-label="Help">
            { fixed(include_str!("keys.html")) }
            { ui::check("Single keys control the player", props.shortcuts, switch) }
            { ui::check("Less motion: marks jump from event to event", props.reduced, still) }
            { fixed(include_str!("help.html")) }
        </div>
    }
}

/// Text that never changes goes to the browser as it is written.
fn fixed(html: &'static str) -> Html {
    Html::from_html_unchecked(AttrValue::Static(html))
}
