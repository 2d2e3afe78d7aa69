//! What lies over the ladder: the curtain that hides the future, the grid, the lifelines, the playhead.
//!
//! Time runs down the page, so one curtain moved by its `transform` makes every band grow at exactly
//! the pace of its octets. The groups marked `data-playhead` are what playback moves.

use tongue::say;
use trace::decimal::tenth;
use trace::layout::{MOST_TRAVELLERS, TimeMap, Travellers, Viewport};
use yew::prelude::*;

use super::{ruler, svg};

/// What the overlay shows.
pub struct Props<'a> {
    /// Time to height.
    pub map: &'a TimeMap,
    /// Size of the lane.
    pub viewport: Viewport,
    /// The playhead, in microseconds.
    pub at: u64,
    /// Whether marks travel.
    pub playing: bool,
    /// What is under way, where it is shown standing still.
    pub travellers: Option<&'a Travellers>,
}

/// The overlay.
pub fn view(props: &Props) -> Html {
    let Viewport { width, height, gutter, .. } = props.viewport;
    let map = props.map;
    let transform = format!("translate(0 {})", tenth(map.curtain(props.at)));
    let (client, server) = (props.viewport.client(), props.viewport.server());
    let playhead = |shape: Html| {
        let values = vec!["true".to_owned(), transform.clone()];
        svg::element("g", &["data-playhead", "transform"], values, vec![shape])
    };
    // A little higher than the picture: it begins outside when it is to hide all.
    let mut shapes = vec![playhead(svg::rect("curtain", 0.0, 0.0, width, height + 10.0))];
    for tick in map.ticks() {
        shapes.push(svg::line("grid", (gutter, tick.y), (width, tick.y)));
        if let Some(label) = tick.label.filter(|_| gutter > 0.0) {
            shapes.push(svg::text("tick", (gutter - 4.0, tick.y + 4.0), "end", &label));
        }
    }
    for (top, bottom, words) in ruler::silences(map, height) {
        shapes.push(svg::rect("silence", 0.0, top, width, bottom - top));
        for x in [client, server] {
            shapes.push(ruler::zigzag(x, top, bottom));
        }
        let middle = ((client + server) / 2.0, (top + bottom) / 2.0 + 4.0);
        shapes.push(svg::text("silent", middle, "middle", &words.long));
    }
    if gutter > 0.0 {
        shapes.extend(map.stretches().iter().filter_map(|it| ruler::stretched(map, it, height, 6.0)));
    }
    if map.head() > 0.0 {
        shapes.push(svg::rect("cover", 0.0, 0.0, width, map.head()));
    }
    let end = (map.y(map.end()) + 6.0).min(height);
    for (x, name) in [(client, say("You")), (server, say("Server"))] {
        shapes.push(svg::line("life", (x, 16.0), (x, end)));
        shapes.push(svg::text("end", (x, 11.0), "middle", name));
    }
    shapes.push(travelling(props));
    shapes.push(playhead(svg::line("playhead", (0.0, 0.0), (width, 0.0))));
    let values =
        vec!["overlay".to_owned(), format!("0 0 {} {}", tenth(width), tenth(height)), "true".to_owned()];
    svg::element("svg", &["class", "viewBox", "aria-hidden"], values, shapes)
}

/// Marks for what is under way. Playback moves them, so they are made anew when it begins and ends.
fn travelling(props: &Props) -> Html {
    let y = props.map.y(props.at);
    let under_way = props.travellers.map_or(Vec::new(), |travellers| travellers.at(y));
    let mark = |place: usize| {
        let (class, d, at) = under_way.get(place).map_or(("", "", String::new()), |it| {
            (it.tone.name(), it.outline(), format!("translate({} {})", tenth(it.x), tenth(y)))
        });
        let values = vec!["true".to_owned(), class.to_owned(), d.to_owned(), at];
        svg::element("path", &["data-traveller", "class", "d", "transform"], values, Vec::new())
    };
    let key = if props.playing { "moving" } else { "still" };
    html! { <g {key} class="travellers">{ for (0..MOST_TRAVELLERS).map(mark) }</g> }
}
