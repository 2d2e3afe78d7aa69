//! The table of events: the text equal of the ladder, a page at a time.

use std::rc::Rc;
use tongue::say;

use trace::caption;
use trace::event::Event;
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
    let page = use_state(|| 0_usize);
    let rows: Vec<(usize, &Rc<Event>)> = props
        .trace
        .events()
        .iter()
        .enumerate()
        .filter(|(_, event)| usize::from(event.key.lane) == props.lane && props.layers.show(event.layer))
        .collect();
    let pages = rows.len().div_ceil(PAGE).max(1);
    let shown = (*page).min(pages - 1);
    let turn = |to: usize| {
        let page = page.setter();
        Callback::from(move |_: MouseEvent| page.set(to))
    };
    let table = html! {
        <table aria-label={say("Events")} aria-rowcount={(rows.len() + 1).to_string()}>
            { ui::head(&[say("Sent"), say("Received"), say("Direction"), say("Connection"), say("What"), say("Octets"), say("Source")]) }
            <tbody>
                for (place, (index, event)) in rows.iter().enumerate().skip(shown * PAGE).take(PAGE) {
                    { row(props, place + 2, *index, event) }
                }
            </tbody>
        </table>
    };
    html! {
        <details class="events">
            <summary>{ say!("Events ({})", rows.len()) }</summary>
            if rows.is_empty() {
                { ui::hint(nothing(props)) }
            } else {
                { ui::scroll(say("Events, scrollable"), table) }
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

fn row(props: &Props, place: usize, index: usize, event: &Event) -> Html {
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
