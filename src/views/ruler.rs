//! The time ruler between the lanes, on exactly their grid.

use trace::decimal::tenth;
use trace::layout::TimeMap;
use yew::prelude::*;

/// What the ruler shows.
pub struct Props<'a> {
    /// Time to height.
    pub map: &'a TimeMap,
    /// Height of the lanes' view box.
    pub height: f64,
}

/// The ruler.
pub fn view(props: &Props) -> Html {
    let view_box = format!("0 0 {} {}", tenth(WIDTH), tenth(props.height));
    let right = tenth(WIDTH - 6.0);
    html! {
        <svg class="ruler" viewBox={view_box} aria-hidden="true">
            for stretch in props.map.stretches() {
                <g class="stretch">
                    <rect x="0" width={tenth(WIDTH)} y={tenth(props.map.y(stretch.from))}
                        height={tenth(props.map.y(stretch.to) - props.map.y(stretch.from))} />
                    <text x="7" y={tenth((props.map.y(stretch.from) + props.map.y(stretch.to)) / 2.0)}
                        transform={format!("rotate(-90 7 {})", tenth((props.map.y(stretch.from) + props.map.y(stretch.to)) / 2.0))}
                        text-anchor="middle" dominant-baseline="middle">{ format!("×{}", tenth(stretch.factor.round())) }</text>
                </g>
            }
            for tick in props.map.ticks() {
                if let Some(label) = tick.label {
                    <text x={right.clone()} y={tenth(tick.y + 4.0)} text-anchor="end">{ label }</text>
                }
            }
        </svg>
    }
}

/// Width of the ruler's view box.
const WIDTH: f64 = 52.0;
