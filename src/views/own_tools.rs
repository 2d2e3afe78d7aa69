//! Where to look for the last live run in one's own tools, and which numbers must match.

use trace::own_tools::{OwnTools, own_tools};
use trace::trace::Trace;
use yew::prelude::*;

use super::lane::letter;
use super::{svg, ui};

/// Closed until somebody opens it; nothing where nobody witnessed the wire.
pub fn view(trace: &Trace) -> Html {
    let lanes = trace.lanes().iter().enumerate();
    let told: Vec<_> =
        lanes.filter_map(|(lane, known)| Some((lane, known.transport, own_tools(trace, lane)?))).collect();
    let Some((.., first)) = told.first() else { return Html::default() };
    let capture = ui::coded(&first.capture);
    html! {
        <details class="own-tools">
            <summary>{"See it in your own tools"}</summary>
            <p class="hint">{ capture }</p>
            { for told.iter().map(|(lane, transport, tools)| one(&format!("Lane {}: {}", letter(*lane), transport.name()), tools)) }
        </details>
    }
}

fn one(name: &str, tools: &OwnTools) -> Html {
    let list = |title: &str, lines: &[String]| {
        html! {
            <div>
                { svg::words("h4", "", title) }
                <ul>{ for lines.iter().map(|line| html! { <li>{ ui::coded(line) }</li> }) }</ul>
            </div>
        }
    };
    let filters = tools.wireshark.iter().map(|it| {
        html! { <tr><td>{ svg::words("code", "", &it.filter) }</td>{ svg::words("td", "", &it.shows) }</tr> }
    });
    html! {
        <section aria-label={format!("{name}, in your own tools")}>
            { svg::words("h3", "", name) }
            <div class="own-columns">
                { list("DevTools of Chrome and Edge", &tools.chromium) }
                { list("DevTools of Firefox", &tools.firefox) }
            </div>
            { svg::words("h4", "", "Wireshark") }
            { ui::scroll("Filters for Wireshark, scrollable", html! {
                <table aria-label={format!("{name}, filters for Wireshark")}>{ ui::head(&["Display filter", "Must show"]) }<tbody>{ for filters }</tbody></table>
            }) }
        </section>
    }
}
