//! The time ruler between the lanes, on exactly their grid.

use trace::layout::TimeMap;
use yew::prelude::*;

/// What the ruler shows.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Time to height.
    pub map: TimeMap,
    /// Height of the lanes' view box.
    pub height: f64,
}

/// The ruler.
#[component]
pub fn Ruler(props: &Props) -> Html {
    let view_box = format!("0 0 {WIDTH} {}", props.height);
    let right = (WIDTH - 6.0).to_string();
    html! {
        <svg class="ruler" viewBox={view_box} aria-hidden="true">
            for stretch in props.map.stretches() {
                <g class="stretch">
                    <rect x="0" width={WIDTH.to_string()} y={format!("{:.1}", props.map.y(stretch.from))}
                        height={format!("{:.1}", props.map.y(stretch.to) - props.map.y(stretch.from))} />
                    <text x="7" y={format!("{:.1}", (props.map.y(stretch.from) + props.map.y(stretch.to)) / 2.0)}
                        transform={format!("rotate(-90 7 {:.1})", (props.map.y(stretch.from) + props.map.y(stretch.to)) / 2.0)}
                        text-anchor="middle" dominant-baseline="middle">{ format!("×{:.0}", stretch.factor) }</text>
                </g>
            }
            for tick in props.map.ticks() {
                if let Some(label) = tick.label {
                    <text x={right.clone()} y={format!("{:.1}", tick.y + 4.0)} text-anchor="end">{ label }</text>
                }
            }
        </svg>
    }
}

/// Width of the ruler's view box.
const WIDTH: f64 = 52.0;
