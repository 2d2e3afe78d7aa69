//! The time ruler between the lanes, on exactly their grid.

use trace::decimal::tenth;
use trace::layout::TimeMap;
use yew::prelude::*;

use super::svg;

/// What the ruler shows.
pub struct Props<'a> {
    /// Time to height.
    pub map: &'a TimeMap,
    /// Height of the lanes' view box.
    pub height: f64,
}

/// The ruler.
pub fn view(props: &Props) -> Html {
    let mut shapes = Vec::new();
    for stretch in props.map.stretches() {
        let (top, bottom) = (props.map.y(stretch.from), props.map.y(stretch.to));
        shapes.push(svg::rect("stretch", 0.0, top, WIDTH, bottom - top));
        let middle = tenth((top + bottom) / 2.0);
        let turned =
            vec!["stretch".to_owned(), format!("translate(7 {middle}) rotate(-90)"), "middle".to_owned()];
        let factor = format!("×{}", tenth(stretch.factor.round()));
        shapes.push(svg::element(
            "text",
            &["class", "transform", "text-anchor"],
            turned,
            vec![Html::from(factor)],
        ));
    }
    for tick in props.map.ticks() {
        if let Some(label) = &tick.label {
            shapes.push(svg::text("", (WIDTH - 6.0, tick.y + 4.0), "end", label));
        }
    }
    let values =
        vec!["ruler".to_owned(), format!("0 0 {} {}", tenth(WIDTH), tenth(props.height)), "true".to_owned()];
    svg::element("svg", &["class", "viewBox", "aria-hidden"], values, shapes)
}

/// Width of the ruler's view box.
const WIDTH: f64 = 52.0;
