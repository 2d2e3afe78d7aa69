//! What lies over the ladder: the curtain that hides the future, the grid, the lifelines, the playhead.
//!
//! Time runs down the page, so one curtain moved by its `transform` makes every band grow at exactly
//! the pace of its octets. The groups marked `data-playhead` are what playback moves.

use trace::decimal::tenth;
use trace::layout::{TimeMap, Viewport};
use yew::prelude::*;

use super::svg;

/// What the overlay shows.
pub struct Props<'a> {
    /// Time to height.
    pub map: &'a TimeMap,
    /// Size of the lane.
    pub viewport: Viewport,
    /// The playhead, in microseconds.
    pub at: u64,
    /// Whether the grid carries its own times, where there is no ruler beside it.
    pub labelled: bool,
}

/// The overlay.
pub fn view(props: &Props) -> Html {
    let Viewport { width, height, .. } = props.viewport;
    let transform = format!("translate(0 {})", tenth(props.map.y(props.at)));
    let (client, server) = (props.viewport.client(), props.viewport.server());
    let end = props.map.y(props.map.end());
    let playhead = |shape: Html| {
        let values = vec!["true".to_owned(), transform.clone()];
        svg::element("g", &["data-playhead", "transform"], values, vec![shape])
    };
    let mut shapes = vec![playhead(svg::rect("curtain", 0.0, 0.0, width, height))];
    for tick in props.map.ticks() {
        shapes.push(svg::line("grid", (0.0, tick.y), (width, tick.y)));
        if let Some(label) = tick.label.filter(|_| props.labelled) {
            shapes.push(svg::text("tick", (2.0, tick.y - 2.0), "start", &label));
        }
    }
    for (x, name) in [(client, "You"), (server, "Server")] {
        shapes.push(svg::line("life", (x, 16.0), (x, end + 6.0)));
        shapes.push(svg::text("end", (x, 11.0), "middle", name));
    }
    shapes.push(playhead(svg::line("playhead", (0.0, 0.0), (width, 0.0))));
    let values =
        vec!["overlay".to_owned(), format!("0 0 {} {}", tenth(width), tenth(height)), "true".to_owned()];
    svg::element("svg", &["class", "viewBox", "aria-hidden"], values, shapes)
}
