use std::ops::Range;
use tongue::say;

use trace::exhibit::Exhibit;
use wasm_bindgen::JsCast;
use wire::Body;
use yew::prelude::*;

use super::class;

/// The fields as a tree of buttons: one stop for the Tab key, arrow keys inside.
pub(super) fn view(
    exhibit: &Exhibit,
    lit: Option<usize>,
    chosen: Option<usize>,
    explain: &Callback<Option<usize>>,
) -> Html {
    let stop = chosen.unwrap_or(0);
    let group = |(name, fields): (&'static str, Range<usize>)| {
        html! {
            <li key={fields.start}>
                <p class="group">{ name }</p>
                <ul>{ for fields.map(|field| one(exhibit, field, lit, chosen, stop)) }</ul>
            </li>
        }
    };
    // Firefox makes whatever scrolls a tab stop of its own; here the fields are one already.
    html! {
        <ul class="fields scroll" tabindex="-1" aria-label={say("Fields")} onkeydown={keys(exhibit.fields.len(), chosen, explain)}>
            { for groups(exhibit).into_iter().map(group) }
        </ul>
    }
}

fn one(exhibit: &Exhibit, field: usize, lit: Option<usize>, chosen: Option<usize>, stop: usize) -> Html {
    let Some(span) = exhibit.fields.get(field) else { return Html::default() };
    let class = classes!("field", class(lit == Some(field), exhibit.culprit == Some(field)));
    let tabindex = if field == stop { "0" } else { "-1" };
    html! {
        <li key={field}>
            <button type="button" {class} {tabindex} data-field={field.to_string()} aria-pressed={(chosen == Some(field)).to_string()}>
                <b>{ span.title() }</b>{ " " }<code>{ exhibit.value(span) }</code>
                if exhibit.culprit == Some(field) {
                    <span class="flag">{say(" breaks the rule")}</span>
                }
            </button>
        </li>
    }
}

/// Arrow keys choose the next field and take the focus along.
fn keys(fields: usize, chosen: Option<usize>, explain: &Callback<Option<usize>>) -> Callback<KeyboardEvent> {
    let choose = super::dump::keys(fields, chosen, explain);
    Callback::from(move |event: KeyboardEvent| {
        choose.emit(event.clone());
        let Some(now) = event.target().and_then(|it| it.dyn_into::<web_sys::Element>().ok()) else { return };
        let Ok(Some(list)) = now.closest(".fields") else { return };
        let Some(at) = now.get_attribute("data-field").and_then(|at| at.parse::<usize>().ok()) else {
            return;
        };
        let at = chosen.unwrap_or(at);
        let to = match event.key().as_str() {
            "ArrowDown" | "ArrowRight" if chosen.is_none() => 0,
            "ArrowDown" | "ArrowRight" => (at + 1).min(fields.saturating_sub(1)),
            "ArrowUp" | "ArrowLeft" if chosen.is_none() => fields.saturating_sub(1),
            "ArrowUp" | "ArrowLeft" => at.saturating_sub(1),
            "Home" => 0,
            "End" => fields.saturating_sub(1),
            _ => return,
        };
        let next = list.query_selector(&format!("[data-field='{to}']")).ok().flatten();
        if let Some(next) = next.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
            // Refused only for an element that has just been taken away.
            let _ = next.focus();
        }
    })
}

/// Fields that belong together, under one name.
fn groups(exhibit: &Exhibit) -> Vec<(&'static str, Range<usize>)> {
    let unit = &exhibit.unit;
    let mut groups: Vec<(&'static str, Range<usize>)> = Vec::new();
    for (place, span) in exhibit.fields.iter().enumerate() {
        let name = match &unit.body {
            Body::Frame(_) if span.octets.start < unit.head => say("Frame header"),
            Body::Frame(_) => say("Payload"),
            _ if span.octets.start >= unit.head => say("Content"),
            Body::Request(_) if REQUEST_LINE.contains(&&*span.name) => say("Request line"),
            Body::Response(_) if STATUS_LINE.contains(&&*span.name) => say("Status line"),
            _ => say("Field lines"),
        };
        match groups.last_mut() {
            Some((last, fields)) if *last == name => fields.end = place + 1,
            _ => groups.push((name, place..place + 1)),
        }
    }
    groups
}

const REQUEST_LINE: [&str; 3] = ["Method", "Request target", "HTTP version"];
const STATUS_LINE: [&str; 3] = ["HTTP version", "Status code", "Reason phrase"];
