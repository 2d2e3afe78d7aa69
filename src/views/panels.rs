//! What lies behind the page's last line: apart, because it changes with nothing that plays.

use yew::prelude::*;

use super::{Act, footer, glossary, help};

/// What the panels show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The term that was asked for, by its id.
    pub term: Option<&'static str>,
    /// Whether single keys control the player.
    pub shortcuts: bool,
    /// Whether marks jump instead of travelling.
    pub reduced: bool,
    /// Whether any panel has been opened yet.
    pub opened: bool,
    /// Where actions go.
    pub act: Act,
}

/// The last line, the glossary and help.
#[component]
pub fn Panels(props: &Props) -> Html {
    let Props { term, shortcuts, reduced, opened, act } = props;
    html! {
        <>
            { footer::view(act) }
            { glossary::view(*term, *opened, act) }
            { help::view(&help::Props { shortcuts: *shortcuts, reduced: *reduced, opened: *opened, act: act.clone() }) }
        </>
    }
}
