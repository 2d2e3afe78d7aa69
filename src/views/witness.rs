//! What the script saw beside what was sent: a table for each lane of the last live run.

use tongue::say;
use trace::record::witness::Row;
use yew::prelude::*;

use super::lane::letter;
use super::{svg, ui};
use crate::state::Recording;

/// The tables; nothing where nobody tapped the wire.
pub fn view(recording: &Recording) -> Html {
    let lanes = recording.witness.iter().filter(|(_, rows)| !rows.is_empty());
    if lanes.clone().next().is_none() {
        return Html::default();
    }
    let tables = lanes.map(|(lane, rows)| table(*lane, rows));
    html! { <section class="witness" aria-label={say("Witness")}>{ for tables }</section> }
}

fn table(lane: usize, rows: &[Row]) -> Html {
    let name = say!("Witness, lane {}", letter(lane));
    let row = |row: &Row| {
        html! { <tr>{ ui::cells(Some(row.thing), &[row.script.clone(), row.wire.clone()]) }</tr> }
    };
    let table = html! {
        <table aria-label={name}>
            { ui::head(&["", say("The script saw"), say("The wire carried")]) }
            <tbody>{ for rows.iter().map(row) }</tbody>
        </table>
    };
    html! {
        <details class="events">
            { svg::words("summary", "", &say!("What the script saw, and what was sent: lane {}", letter(lane))) }
            { ui::scroll(say("Witness, scrollable"), table) }
        </details>
    }
}
