//! The time ruler between the lanes, on exactly their grid.

use tongue::say;
use trace::caption;
use trace::decimal::{held, tenth};
use trace::layout::{Stretch, TimeMap};
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
    let (map, height) = (props.map, props.height);
    let mut shapes = Vec::new();
    for stretch in map.stretches() {
        let [top, bottom] = [map.y(stretch.from), map.y(stretch.to)].map(|y| held(y, 0.0, height));
        shapes.push(svg::rect("stretch", 0.0, top, WIDTH, bottom - top));
        shapes.extend(stretched(map, stretch, height, 6.0));
    }
    for (top, bottom, words) in silences(map, height) {
        shapes.push(zigzag(WIDTH - 6.0, top, bottom));
        shapes.push(svg::text("silent", (WIDTH - 12.0, (top + bottom) / 2.0 + 4.0), "end", &words.short));
    }
    for tick in map.ticks() {
        if let Some(label) = &tick.label {
            let class = if label.len() > LONG { "long" } else { "" };
            shapes.push(svg::text(class, (WIDTH - 6.0, tick.y + 4.0), "end", label));
        }
    }
    let values =
        vec!["ruler".to_owned(), format!("0 0 {} {}", tenth(WIDTH), tenth(height)), "true".to_owned()];
    svg::element("svg", &["class", "viewBox", "aria-hidden"], values, shapes)
}

/// By how much a part of the axis is stretched, in words along it, where there is room for them.
pub(super) fn stretched(map: &TimeMap, stretch: &Stretch, height: f64, x: f64) -> Option<Html> {
    let [top, bottom] = [map.y(stretch.from), map.y(stretch.to)].map(|y| held(y, 0.0, height));
    // A small factor is not a round one.
    let factor = tenth(if stretch.factor < 3.0 { stretch.factor } else { stretch.factor.round() });
    if bottom - top < WORDS {
        return None;
    }
    let words = say!("time ×{}", factor);
    let turned = format!("translate({} {}) rotate(-90)", tenth(x), tenth((top + bottom) / 2.0));
    let values = vec!["stretch".to_owned(), turned, "middle".to_owned()];
    Some(svg::element("text", &["class", "transform", "text-anchor"], values, vec![Html::from(words)]))
}

/// What is said of collapsed silence.
pub(super) struct Words {
    /// Where there is little room.
    pub(super) short: String,
    /// Where there is more, with how much shorter it is drawn than the rest.
    pub(super) long: String,
}

/// Top, bottom and words of each collapsed silence in the picture.
pub(super) fn silences(map: &TimeMap, height: f64) -> Vec<(f64, f64, Words)> {
    let silence = |it: &Stretch| {
        let [top, bottom] = [map.y(it.from), map.y(it.to)].map(|y| held(y, 0.0, height));
        let short = caption::about(it.to - it.from);
        let shorter = caption::count((1.0 / it.factor).round() as u64);
        let long = say!("{} of silence, drawn {}× shorter", short, shorter);
        (bottom > top).then_some((top, bottom, Words { short, long }))
    };
    map.silences().iter().filter_map(silence).collect()
}

/// A torn line across a silence.
pub(super) fn zigzag(x: f64, top: f64, bottom: f64) -> Html {
    let mut d = format!("M{},{}", tenth(x), tenth(top));
    for tooth in 0..TEETH {
        let y = top + (bottom - top) * (f64::from(tooth) + 0.5) / f64::from(TEETH);
        let aside = if tooth % 2 == 0 { 4.0 } else { -4.0 };
        d.push_str(&format!("L{},{}", tenth(x + aside), tenth(y)));
    }
    d.push_str(&format!("L{},{}", tenth(x), tenth(bottom)));
    svg::element("path", &["class", "d"], vec!["zigzag".to_owned(), d], Vec::new())
}

/// The height from which there is room for words along the axis.
const WORDS: f64 = 40.0;

/// Labels of more letters are set smaller.
const LONG: usize = 7;

/// Corners of a torn line.
const TEETH: u8 = 4;

/// Width of the ruler's view box.
const WIDTH: f64 = 60.0;
