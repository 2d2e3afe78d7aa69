//! A file of others: the control that opens one, how its reading goes, and what of it could not be read.

use tongue::{Sentence, say};
use trace::caption;
use yew::prelude::*;

use super::ui;
use crate::state::{Import, Reading};

/// Opens a file. A label rather than a button: a browser shows its dialogue for an input alone.
pub fn opener(open: &Callback<web_sys::File>) -> Html {
    html! {
        <label class="chip opener" title={say("HAR, pcap, pcapng, or what this page has saved; or drop a file anywhere on this page, or paste its text.")}>
            { say("Open a file") }<input type="file" accept={ACCEPTED} onchange={ui::chosen(open)} />
        </label>
    }
}

/// How the reading goes, and the way to end it.
pub fn progress(reading: &Reading, cancel: &Callback<()>) -> Html {
    let percent = ((reading.part * 100.0) as u32).to_string();
    let name = say!("Reading {}", reading.name);
    html! {
        <div class="notice reading">
            <span role="status">{ &name }</span>
            <progress max="100" value={percent} aria-label={name}></progress>
            { ui::button("quiet", say("Cancel"), cancel.reform(|_: MouseEvent| ())) }
        </div>
    }
}

/// Where a file would land, while one is dragged over the page.
pub fn target() -> Html {
    html! { <div class="drop-target" aria-hidden="true"><p>{ say("Drop the file to open it here.") }</p></div> }
}

/// What the stage shows, and what of the file it does not.
pub fn panel(import: &Import) -> Html {
    let more = import.problems.len().saturating_sub(MOST_TOLD);
    let told = |problem: &Sentence| html! { <li>{ problem.said() }</li> };
    html! {
        <section class="import" aria-labelledby="import-name">
            <h2 id="import-name">{ sentence(&import.whence()) }</h2>
            { ui::hint(say("The file stays on this computer. A link cannot hold it: save it, or send the file itself.")) }
            if !import.problems.is_empty() {
                <h3 id="import-unread">{ say("What could not be read") }</h3>
                <ul class="problems" tabindex="0" aria-labelledby="import-unread">
                    { for import.problems.iter().take(MOST_TOLD).map(told) }
                    if more > 0 {
                        <li>{ say!("and {} more", caption::count(more as u64)) }</li>
                    }
                </ul>
            }
        </section>
    }
}

/// With a capital, where the language has any.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What the browser's dialogue offers first.
const ACCEPTED: &str = ".har,.pcap,.pcapng,.cap,.json,.txt";

/// Problems that are told one by one.
const MOST_TOLD: usize = 50;
