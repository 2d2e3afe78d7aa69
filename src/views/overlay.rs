//! What lies over the ladder: the curtain that hides the future, the grid, the lifelines, the playhead.
//!
//! Time runs down the page, so one curtain moved by its `transform` makes every band grow at exactly
//! the pace of its octets. The groups marked `data-playhead` are what playback moves.

use trace::decimal::tenth;
use trace::layout::{TimeMap, Viewport};
use yew::prelude::*;

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
    html! {
        <svg class="overlay" viewBox={format!("0 0 {} {}", tenth(width), tenth(height))} aria-hidden="true">
            <g data-playhead="true" transform={transform.clone()}>
                <rect class="curtain" width={tenth(width)} height={tenth(height)} />
            </g>
            for tick in props.map.ticks() {
                <line class="grid" x1="0" x2={tenth(width)} y1={tenth(tick.y)} y2={tenth(tick.y)} />
                if let Some(label) = tick.label.filter(|_| props.labelled) {
                    <text class="tick" x="2" y={tenth(tick.y - 2.0)}>{ label }</text>
                }
            }
            for (x, name) in [(client, "You"), (server, "Server")] {
                <line class="life" x1={tenth(x)} x2={tenth(x)} y1="16" y2={tenth(end + 6.0)} />
                <text class="end" x={tenth(x)} y="11" text-anchor="middle">{ name }</text>
            }
            <g data-playhead="true" {transform}>
                <line class="playhead" x2={tenth(width)} />
            </g>
        </svg>
    }
}
