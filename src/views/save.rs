//! “Save as…”: what is on the stage in each format that somebody else reads.

use interchange::{Format, Secrets};
use tongue::{say, word};
use yew::prelude::*;

use super::{Act, svg, ui};
use crate::state::{Action, SaveAction, Saving, Way};

/// What the panel needs.
pub struct Props<'a> {
    /// How it goes.
    pub saving: &'a Saving,
    /// Writes the run in a format, and takes it a way.
    pub go: Callback<(Format, Way)>,
    /// Where actions go.
    pub act: &'a Act,
}

/// A format as it is offered.
struct Entry {
    format: Format,
    name: &'static str,
    /// What is in it, and who reads it.
    about: &'static str,
    /// Whether it is a text that somebody pastes.
    is_text: bool,
}

/// Opens the panel.
pub fn opener() -> Html {
    html! { <button type="button" class="chip" popovertarget={PANEL}>{ say("Save as…") }</button> }
}

/// The panel.
pub fn view(props: &Props) -> Html {
    let secrets = match props.saving.secrets {
        Secrets::Kept => Secrets::Stripped,
        Secrets::Stripped => Secrets::Kept,
    };
    let turn = props.act.reform(move |_: Event| Action::Save(SaveAction::Secrets(secrets)));
    html! {
        <div id={PANEL} popover="auto" class="help save-as" role="dialog" aria-label={say("Save as…")}>
            { ui::shut(PANEL) }
            { svg::words("h2", "", say("Save as…")) }
            <ul>{ for ENTRIES.iter().map(|entry| row(entry, &props.go)) }</ul>
            { ui::check(say("Keep secrets"), props.saving.secrets == Secrets::Kept, turn) }
            { ui::hint(say("Cookies, authorizations and tokens are replaced by asterisks, one for each octet, unless you keep them. What was said in messages stays as it is.")) }
            <div class="saved" role="status">{ status(props.saving) }</div>
        </div>
    }
}

fn row(entry: &Entry, go: &Callback<(Format, Way)>) -> Html {
    let format = entry.format;
    let button = |text: &str, name: String, way: Way| {
        let onclick = go.reform(move |_: MouseEvent| (format, way));
        html! { <button type="button" class="chip" aria-label={name} {onclick}>{ text }</button> }
    };
    let name = say(entry.name);
    html! {
        <li>
            { svg::words("h3", "", name) }
            { ui::hint(say(entry.about)) }
            { button(say("Save"), say!("Save as {}", name), Way::File) }
            if entry.is_text {
                { button(say("Copy"), say!("Copy as {}", name), Way::Clipboard) }
            }
        </li>
    }
}

fn status(saving: &Saving) -> Html {
    let Some(status) = &saving.status else { return Html::default() };
    html! {
        <>
            { svg::words("p", "", &status.said()) }
            if !saving.left_out.is_empty() {
                { svg::words("p", "", say("What is not in it:")) }
                <ul>{ for saving.left_out.iter().map(|problem| svg::words("li", "", &problem.said())) }</ul>
            }
        </>
    }
}

/// The panel's id, by which buttons open it.
const PANEL: &str = "save-as";

const ENTRIES: [Entry; 6] = [
    Entry {
        format: Format::Json,
        name: word!("JSON"),
        about: word!("All of the run, with the scenario it comes from. This page opens it again."),
        is_text: false,
    },
    Entry {
        format: Format::Har,
        name: word!("HAR"),
        about: word!(
            "Requests, responses and WebSocket messages with their times. DevTools and Playwright read it."
        ),
        is_text: false,
    },
    Entry {
        format: Format::Capture,
        name: word!("pcapng"),
        about: word!("The packets, with every octet that was sent. Wireshark reads it."),
        is_text: false,
    },
    Entry {
        format: Format::Csv,
        name: word!("CSV"),
        about: word!("The ledger: what each lane cost, a row for each. Spreadsheets read it."),
        is_text: false,
    },
    Entry {
        format: Format::Markdown,
        name: word!("Markdown"),
        about: word!("A transcript: who sent what and when, and what it means, for notes and issues."),
        is_text: true,
    },
    Entry {
        format: Format::Mermaid,
        name: word!("Mermaid"),
        about: word!(
            "A sequence diagram as text, for documents. GitHub draws it, and so does Mermaid’s editor."
        ),
        is_text: true,
    },
];
