//! The table of events: the text equal of the ladder, a page at a time, from when it is opened first.

use std::rc::Rc;
use tongue::say;

use trace::caption;
use trace::event;
use trace::layout::Layers;
use trace::trace::Trace;
use yew::prelude::*;

use super::same::Same;
use super::{Act, ui};
use crate::state::Action;

/// What the table shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The run.
    pub trace: Same<Trace>,
    /// Which lane of it.
    pub lane: usize,
    /// The layers that have rows.
    pub layers: Layers,
    /// The selected event.
    pub selected: Option<usize>,
    /// Where actions go.
    pub act: Act,
}

/// The table.
#[component]
pub fn Events(props: &Props) -> Html {
    let (page, opened) = (use_state(|| 0_usize), use_state(|| false));
    // Its rows are a third of the page, and most visitors never open it: they come when it is opened first.
    let open = use_callback(opened.setter(), |_: Event, opened| opened.set(true));
    let rows = rows(props);
    let pages = rows.len().div_ceil(PAGE).max(1);
    let shown = (*page).min(pages - 1);
    let turn = |to: usize| {
        let page = page.setter();
        Callback::from(move |_: MouseEvent| page.set(to))
    };
    html! {
        <details class="events" ontoggle={open}>
            <summary>{ say!("Events ({})", rows.len()) }</summary>
            if rows.is_empty() {
                { ui::hint(nothing(props)) }
            } else if *opened {
                { ui::scroll(say("Events, scrollable"), table(props, shown)) }
            }
            if pages > 1 {
                <div class="pages">
                    <button type="button" class="quiet" disabled={shown == 0} onclick={turn(shown.saturating_sub(1))}>{say("Earlier")}</button>
                    { say!("Page {} of {}", shown + 1, pages) }
                    <button type="button" class="quiet" disabled={shown + 1 == pages} onclick={turn(shown + 1)}>{say("Later")}</button>
                </div>
            }
        </details>
    }
}

/// The events of the lane that are shown, each with its place in the trace.
fn rows(props: &Props) -> Vec<(usize, &Rc<event::Event>)> {
    let here = |event: &event::Event| usize::from(event.key.lane) == props.lane;
    let all = props.trace.events().iter().enumerate();
    all.filter(|(_, event)| here(event) && props.layers.show(event.layer)).collect()
}

/// One page of the table, counted from zero.
pub fn table(props: &Props, page: usize) -> Html {
    let rows = rows(props);
    html! {
        <table aria-label={say("Events")} aria-rowcount={(rows.len() + 1).to_string()}>
            { ui::head(&[say("Sent"), say("Received"), say("Direction"), say("Connection"), say("What"), say("Octets"), say("Source")]) }
            <tbody>
                for (place, (index, event)) in rows.iter().enumerate().skip(page * PAGE).take(PAGE) {
                    { row(props, place + 2, *index, event) }
                }
            </tbody>
        </table>
    }
}

/// Why there is no row.
fn nothing(props: &Props) -> &'static str {
    if props.trace.events().iter().any(|event| usize::from(event.key.lane) == props.lane) {
        say("Every layer of this lane is folded away. Switch one on under Layers, and its events stand here.")
    } else {
        say(
            "Nothing was seen on this lane: the run ended before it. Run it again, and its events stand here.",
        )
    }
}

fn row(props: &Props, place: usize, index: usize, event: &event::Event) -> Html {
    let chosen = props.selected == Some(index);
    let onclick = props.act.reform(move |_: MouseEvent| Action::Select(Some(index)));
    let times = event.times;
    let direction = match event.key.sender {
        wire::Sender::Client => say("you → server"),
        wire::Sender::Server => say("server → you"),
    };
    let stamps = [times.sent_first, times.sent_last, times.received_first, times.received_last];
    let mut words: Vec<&str> = stamps.into_iter().flatten().map(|stamp| stamp.from.word()).collect();
    words.dedup();
    html! {
        <tr key={index} aria-rowindex={place.to_string()} class={chosen.then_some("chosen")}>
            <td>{ caption::stamp(times.sent_first.or(times.sent_last)) }</td>
            <td>{ caption::stamp(times.received_last) }</td>
            <td>{ direction }</td>
            <td>{ event.key.connection + 1 }</td>
            <td><button type="button" class="link" {onclick}>{ caption::title(event) }</button></td>
            <td>{ event.size().map_or_else(|| "??".to_owned(), caption::count) }</td>
            <td>{ words.join(", ") }</td>
        </tr>
    }
}

/// Rows of one page.
const PAGE: usize = 50;
