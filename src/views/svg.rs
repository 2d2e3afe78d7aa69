//! Shapes as calls. The picture has many small elements, and one function for all of them weighs a
//! fraction of what the markup macro expands to for each.

use trace::decimal::tenth;
use yew::AttrValue;
use yew::prelude::*;
use yew::virtual_dom::{AttributeOrProperty, Attributes, VTag};

/// An element: the values of `keys` in their order, and what is inside.
#[inline(never)]
pub fn element(
    tag: &'static str,
    keys: &'static [&'static str],
    values: Vec<String>,
    inside: Vec<Html>,
) -> Html {
    let mut element = VTag::new(tag);
    let values = values.into_iter().map(|value| Some(AttributeOrProperty::Attribute(AttrValue::from(value))));
    element.set_attributes(Attributes::Dynamic { keys, values: values.collect() });
    element.add_children(inside);
    element.into()
}

/// A shape: `keys` begins with `class`, the rest are lengths.
#[inline(never)]
pub fn shape(tag: &'static str, keys: &'static [&'static str], class: &str, lengths: &[f64]) -> Html {
    let class = std::iter::once(class.to_owned());
    element(tag, keys, class.chain(lengths.iter().map(|&length| tenth(length))).collect(), Vec::new())
}

/// A line from one point to another.
pub fn line(class: &str, from: (f64, f64), to: (f64, f64)) -> Html {
    shape("line", &["class", "x1", "y1", "x2", "y2"], class, &[from.0, from.1, to.0, to.1])
}

/// A rectangle.
pub fn rect(class: &str, x: f64, y: f64, width: f64, height: f64) -> Html {
    shape("rect", &["class", "x", "y", "width", "height"], class, &[x, y, width, height.max(0.0)])
}

/// A line of text.
pub fn text(class: &str, (x, y): (f64, f64), anchor: &str, words: &str) -> Html {
    let values = vec![class.to_owned(), tenth(x), tenth(y), anchor.to_owned()];
    element("text", &["class", "x", "y", "text-anchor"], values, vec![Html::from(words.to_owned())])
}

/// A group that assistive technology passes over.
pub fn hidden_group(class: &str, inside: Vec<Html>) -> Html {
    element("g", &["class", "aria-hidden"], vec![class.to_owned(), "true".to_owned()], inside)
}

/// An element with a class and a text.
#[inline(never)]
pub fn words(tag: &'static str, class: &str, words: &str) -> Html {
    element(tag, &["class"], vec![class.to_owned()], vec![Html::from(words.to_owned())])
}
