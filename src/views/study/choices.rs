//! The answers to choose from; once the truth is told, with marks.

use yew::prelude::*;

use crate::views::{svg, ui};

/// What the answers need.
pub(super) struct Props<'a> {
    /// What they are, for those who hear the page.
    pub(super) name: &'a str,
    /// The answers; what stands between back quotes is code.
    pub(super) answers: &'a [String],
    /// Which one was chosen.
    pub(super) chosen: Option<usize>,
    /// Which one is right, once that may be told.
    pub(super) right: Option<usize>,
    /// Chooses one.
    pub(super) choose: Callback<usize>,
}

/// The answers.
pub(super) fn view(props: &Props) -> Html {
    let answer = |(place, text): (usize, &String)| {
        let onclick = props.choose.reform(move |_: MouseEvent| place);
        html! { <li key={place}><button type="button" class="choice" {onclick}><span>{ ui::coded(text) }</span></button></li> }
    };
    let marked = |(place, text): (usize, &String)| {
        let (chosen, right) = (props.chosen == Some(place), props.right == Some(place));
        let (class, mark) = match (chosen, right, props.right) {
            (_, true, _) => ("right", "✓"),
            (true, _, Some(_)) => ("wrong", "✗"),
            (true, ..) => ("chosen", "›"),
            _ => ("", ""),
        };
        let told = match (chosen, right) {
            (true, true) => tongue::say("your answer, and right"),
            (true, false) => tongue::say("your answer"),
            (false, true) => tongue::say("so it is"),
            _ => "",
        };
        html! {
            <li key={place} class={classes!("choice", class)}>
                <span class="choice-mark" aria-hidden="true">{ mark }</span>
                <span>{ ui::coded(text) }</span>
                { " " }
                { svg::words("span", "choice-told", told) }
            </li>
        }
    };
    let answers = props.answers.iter().enumerate();
    let open = props.chosen.is_none();
    let answers: Html = if open { answers.map(answer).collect() } else { answers.map(marked).collect() };
    // Another list, so that the focus does not stay on a button that has become a line.
    html! { <ol class="predictions" key={open.to_string()} aria-label={props.name.to_owned()}>{ answers }</ol> }
}
