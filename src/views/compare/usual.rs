use tongue::say;
use trace::compare::filler;
use trace::compare::table::{Cell, Row, table, told};
use trace::scenario::{Scenario, Workload};
use yew::prelude::*;

use crate::views::same::Same;
use crate::views::{svg, ui};

/// What the table needs.
#[derive(Properties, PartialEq)]
pub(super) struct Props {
    /// What is compared.
    pub(super) scenario: Same<Scenario>,
}

/// The usual comparison, with a run behind each cell.
#[component]
pub(super) fn Usual(props: &Props) -> Html {
    let table = use_memo(props.scenario.clone(), |scenario| table(scenario));
    let head: Vec<&str> = std::iter::once("").chain(table.transports.iter().map(|it| it.name())).collect();
    let wide = (table.transports.len() + 1).to_string();
    let row = |row: &Row| {
        html! {
            <>
                <tr key={row.name}>
                    <th scope="row">
                        { row.name }
                        { svg::words("p", "hint", &say!("Taught: {} for HTTP, {} for WebSocket.", row.taught[0], row.taught[1])) }
                    </th>
                    { for row.cells.iter().map(cell) }
                </tr>
                <tr class="exact"><td colspan={wide.clone()}><p>{ ui::cited(row.exact) }</p></td></tr>
            </>
        }
    };
    let rows = html! {
        <table class="usual" aria-label={say("The usual comparison")}>
            { ui::head(&head) }
            <tbody>{ for table.rows.iter().map(row) }</tbody>
        </table>
    };
    html! {
        <section class="panel" aria-label={say("The usual comparison")}>
            { svg::words("h2", "", say("The usual comparison, counted")) }
            { ui::hint(say("What is commonly taught stands beside what the runs show. Each cell opens the run and the event behind it.")) }
            { ui::hint(&told()) }
            { for filler(Workload::Chat).iter().map(|text| ui::hint(text)) }
            { ui::hint(say("The transports of the Lab’s lanes come first; the others follow to the right, where the table scrolls.")) }
            { ui::scroll(say("The usual comparison, scrollable"), rows) }
        </section>
    }
}

fn cell(cell: &Cell) -> Html {
    let href = format!("#{}", cell.link.trim_start_matches('#'));
    html! { <td><a {href}>{ &cell.text }</a></td> }
}
