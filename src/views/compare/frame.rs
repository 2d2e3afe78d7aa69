//! What every chart has: its axes, their grid and labels, and its text equal.

use tongue::say;
use trace::compare::chart::Size;
use trace::compare::{Axis, Grid};
use yew::prelude::*;

use crate::views::{svg, ui};

/// A chart's axes around `shapes`; `summary` says what there is to see.
pub(crate) fn frame(x: &Axis, y: &Axis, size: Size, summary: &str, shapes: Vec<Html>) -> Html {
    let Size { width, height, axes, names } = size;
    let (left, right, bottom) = (axes[0], width - names, height - axes[1]);
    let mut all = Vec::new();
    for tick in &y.ticks {
        all.push(svg::line("grid", (left, tick.at), (right, tick.at)));
        all.push(svg::text("tick", (left - 6.0, tick.at + 4.0), "end", &tick.label));
    }
    for tick in &x.ticks {
        all.push(svg::line("grid", (tick.at, bottom), (tick.at, bottom + 5.0)));
        all.push(svg::text("tick", (tick.at, bottom + 18.0), "middle", &tick.label));
    }
    all.push(svg::text("axis", ((left + right) / 2.0, height - 6.0), "middle", &titled(x)));
    all.extend(shapes);
    let view_box = format!("0 0 {} {}", width as u32, height as u32);
    let values = vec!["chart".to_owned(), view_box, "img".to_owned(), summary.to_owned()];
    html! {
        <>
            <p class="hint">{ titled(y) }</p>
            { svg::element("svg", &["class", "viewBox", "role", "aria-label"], values, all) }
        </>
    }
}

/// A grid as a table.
pub(crate) fn grid(grid: &Grid, name: &'static str) -> Html {
    let head: Vec<&str> = grid.head.iter().map(String::as_str).collect();
    let row = |(place, row): (usize, &Vec<String>)| {
        let (name, cells) = row.split_first().map_or(("", &row[..]), |(name, cells)| (name.as_str(), cells));
        html! { <tr key={place}>{ ui::cells(Some(name), cells) }</tr> }
    };
    html! {
        <table aria-label={name}>
            { ui::head(&head) }
            <tbody>{ for grid.rows.iter().enumerate().map(row) }</tbody>
        </table>
    }
}

fn titled(axis: &Axis) -> String {
    let kind = if axis.log { say(" (each step ten times the last)") } else { "" };
    format!("{}{kind}", axis.title)
}
