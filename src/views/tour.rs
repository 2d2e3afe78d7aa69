//! The tour: its invitation, and the small panel that stands beside what it points at. Neither keeps the
//! visitor from anything: the page goes on around them.

pub mod place;

use tongue::{say, word};
use yew::prelude::*;

use super::{Act, svg, ui};
use crate::state::{Action, STOPS, Stop, TourAction};

/// What a first visitor is asked, instead of the line beside the headline: so nothing has to make room.
pub fn invitation(act: &Act) -> Html {
    let does = |action| act.reform(move |_: MouseEvent| Action::Tour(action));
    html! {
        <div class="invitation" role="group" aria-label={say(NAME)}>
            { svg::words("span", "", &say!("New here? Press Play, or take the tour: {} stops, one minute.", STOPS.len())) }
            { ui::button("chip", say("Take the tour"), does(TourAction::Start)) }
            { ui::button("quiet", say("No, thanks"), does(TourAction::End)) }
        </div>
    }
}

/// The panel of the stop with this number, counted from 0.
pub fn panel((at, stop): (usize, Stop), act: &Act) -> Html {
    let does = |action| act.reform(move |_: MouseEvent| Action::Tour(action));
    let last = at + 1 == STOPS.len();
    let onward = if last { say(END) } else { say("Next stop") };
    // One and the same button from stop to stop keeps the focus: pressed again and again it leads to the end.
    html! {
        <div class="tour" role="dialog" aria-label={say(NAME)} aria-describedby="tour-text">
            <div id="tour-text" class="tour-words" aria-live="polite">
                { svg::words("p", "hint", &say!("Stop {} of {}", at + 1, STOPS.len())) }
                { svg::words("h2", "", say(stop.title)) }
                { svg::words("p", "", say(stop.text)) }
            </div>
            <div class="tour-steps">
                <button key="onward" type="button" class="onward primary" onclick={does(TourAction::Next)}>{ onward }</button>
                if at > 0 {
                    <button key="back" type="button" onclick={does(TourAction::Back)}>{ say("Previous stop") }</button>
                }
                if !last {
                    <button key="end" type="button" class="quiet" onclick={does(TourAction::End)}>{ say(END) }</button>
                }
            </div>
        </div>
    }
}

/// Starts it again, from help.
pub fn again(act: &Act) -> Html {
    let start = act.reform(|_: MouseEvent| Action::Tour(TourAction::Start));
    html! {
        <button type="button" class="chip" popovertarget="help" popovertargetaction="hide" onclick={start}>{ say("Start the tour") }</button>
    }
}

const NAME: &str = word!("Tour of the Lab");

const END: &str = word!("End the tour");
