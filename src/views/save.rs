//! “Save as…”: what is on the stage in each format that somebody else reads.

use interchange::Format::{Capture, Csv, Har, Json, Markdown, Mermaid};
use interchange::Secrets;
use tongue::{say, word};
use yew::prelude::*;

use super::{Act, svg, ui};
use crate::state::{Action, Form, SaveAction, Saving, Way};

/// What the panel needs.
pub struct Props<'a> {
    /// How it goes.
    pub saving: &'a Saving,
    /// Writes what is on the stage in a form, and takes it a way.
    pub go: Callback<(Form, Way)>,
    /// Where actions go.
    pub act: &'a Act,
}

/// A form as it is offered.
struct Entry {
    form: Form,
    name: &'static str,
    /// What is in it, and who reads it.
    about: &'static str,
    /// Whether it is a text that somebody pastes.
    is_text: bool,
}

/// What is in the panel.
pub fn view(props: &Props) -> Html {
    let secrets = match props.saving.secrets {
        Secrets::Kept => Secrets::Stripped,
        Secrets::Stripped => Secrets::Kept,
    };
    let turn = props.act.reform(move |_: Event| Action::Save(SaveAction::Secrets(secrets)));
    html! {
        <>
            { svg::words("h2", "", say("Save as…")) }
            <ul>{ for ENTRIES.iter().map(|entry| row(entry, &props.go)) }</ul>
            { ui::check(say("Keep secrets"), props.saving.secrets == Secrets::Kept, turn) }
            { ui::hint(say("Cookies, authorizations and tokens are replaced by asterisks, one for each octet, unless you keep them. What was said in messages stays as it is, and so does what a picture shows.")) }
            <div class="saved" role="status">{ status(props.saving) }</div>
        </>
    }
}

fn row(entry: &Entry, go: &Callback<(Form, Way)>) -> Html {
    let form = entry.form;
    let button = |text: &str, name: String, way: Way| {
        let onclick = go.reform(move |_: MouseEvent| (form, way));
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

const ENTRIES: [Entry; 8] = [
    Entry {
        form: Form::Run(Json),
        name: word!("JSON"),
        about: word!("All of the run, with the scenario it comes from. This page opens it again."),
        is_text: false,
    },
    Entry {
        form: Form::Run(Har),
        name: word!("HAR"),
        about: word!(
            "Requests, responses and WebSocket messages with their times. DevTools and Playwright read it."
        ),
        is_text: false,
    },
    Entry {
        form: Form::Run(Capture),
        name: word!("pcapng"),
        about: word!("The packets, with every octet that was sent. Wireshark reads it."),
        is_text: false,
    },
    Entry {
        form: Form::Run(Csv),
        name: word!("CSV"),
        about: word!("The ledger: what each lane cost, a row for each. Spreadsheets read it."),
        is_text: false,
    },
    Entry {
        form: Form::Run(Markdown),
        name: word!("Markdown"),
        about: word!("A transcript: who sent what and when, and what it means, for notes and issues."),
        is_text: true,
    },
    Entry {
        form: Form::Run(Mermaid),
        name: word!("Mermaid"),
        about: word!(
            "A sequence diagram as text, for documents. GitHub draws it, and so does Mermaid’s editor."
        ),
        is_text: true,
    },
    Entry {
        form: Form::Svg,
        name: word!("SVG"),
        about: word!(
            "The picture as it stands on the screen, to any size. Browsers, documents and drawing programs show it."
        ),
        is_text: false,
    },
    Entry {
        form: Form::Png,
        name: word!("PNG"),
        about: word!("The same picture in pixels, two for each on the screen. Everything shows it."),
        is_text: false,
    },
];
