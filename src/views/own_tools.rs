//! Where to look for the last live run in one's own tools, and which numbers must match.

use tongue::say;
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
            <summary>{say("See it in your own tools")}</summary>
            <p class="hint">{ capture }</p>
            { for told.iter().map(|(lane, transport, tools)| one(&say!("Lane {}: {}", letter(*lane), transport.name()), tools)) }
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
        <section aria-label={say!("{}, in your own tools", name)}>
            { svg::words("h3", "", name) }
            <div class="own-columns">
                { list(say("DevTools of Chrome and Edge"), &tools.chromium) }
                { list(say("DevTools of Firefox"), &tools.firefox) }
            </div>
            { svg::words("h4", "", say("Wireshark")) }
            { ui::scroll(say("Filters for Wireshark, scrollable"), html! {
                <table aria-label={say!("{}, filters for Wireshark", name)}>{ ui::head(&[say("Display filter"), say("Must show")]) }<tbody>{ for filters }</tbody></table>
            }) }
        </section>
    }
}
