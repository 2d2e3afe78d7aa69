//! Shapes of the page as markup of their own, with the styles that they have at this moment.

use wasm_bindgen::JsCast;
use web_sys::{CssStyleDeclaration, Element, Node};

use super::sheet::{attribute, escaped};
use super::{style, value};

/// Writes all that can be seen within a drawing.
pub(super) fn write(within: &Element, out: &mut String) {
    let children = within.children();
    for place in 0..children.length() {
        if let Some(child) = children.item(place) {
            element(&child, out);
        }
    }
}

fn element(element: &Element, out: &mut String) {
    let Some(style) = style(element) else { return };
    let tag = element.local_name();
    let drawn = matches!(&*tag, "rect" | "line" | "path" | "polygon" | "circle" | "text");
    if value(Some(&style), "visibility") == "hidden" || drawn && is_unseen(element, &style) {
        return;
    }
    out.push('<');
    out.push_str(&tag);
    for name in GEOMETRY {
        if let Some(value) = element.get_attribute(name) {
            attribute(out, name, &value);
        }
    }
    if tag == "pattern" {
        // What is hatched names it.
        attribute(out, "id", &element.id());
    }
    if drawn {
        paint(element, &style, out);
    }
    if tag == "text" {
        type_face(&style, out);
    }
    unusual(&style, "opacity", "1", out);
    out.push('>');
    if tag == "text" {
        out.push_str(&escaped(&element.dyn_ref::<Node>().and_then(Node::text_content).unwrap_or_default()));
    } else {
        write(element, out);
    }
    out.push_str("</");
    out.push_str(&tag);
    out.push_str(">\n");
}

/// Whether it leaves no mark: what is there only to be pressed, and a traveller that does not travel.
fn is_unseen(element: &Element, style: &CssStyleDeclaration) -> bool {
    let none = |name: &str| is_none(&value(Some(style), name));
    none("fill") && none("stroke") || element.get_attribute("d").is_some_and(|d| d.is_empty())
}

fn is_none(paint: &str) -> bool {
    matches!(paint, "none" | "transparent" | "rgba(0, 0, 0, 0)")
}

fn paint(element: &Element, style: &CssStyleDeclaration, out: &mut String) {
    let fill = value(Some(style), "fill");
    match element.get_attribute("fill").filter(|own| own.starts_with("url(")) {
        // As it was written: browsers make an address of it.
        Some(own) => attribute(out, "fill", &own),
        None => attribute(out, "fill", if is_none(&fill) { "none" } else { &fill }),
    }
    let stroke = value(Some(style), "stroke");
    if is_none(&stroke) {
        return;
    }
    attribute(out, "stroke", &stroke);
    for (name, usual) in [("stroke-width", "1px"), ("stroke-dasharray", "none"), ("stroke-linejoin", "miter")]
    {
        unusual(style, name, usual, out);
    }
    unusual(style, "paint-order", "normal", out);
}

fn type_face(style: &CssStyleDeclaration, out: &mut String) {
    for (name, usual) in
        [("font-size", ""), ("font-weight", "400"), ("text-anchor", "start"), ("dominant-baseline", "auto")]
    {
        unusual(style, name, usual, out);
    }
}

/// A property as an attribute, unless it has its usual value.
fn unusual(style: &CssStyleDeclaration, name: &str, usual: &str, out: &mut String) {
    let value = value(Some(style), name);
    if value != usual && !value.is_empty() {
        attribute(out, name, &value);
    }
}

/// Where a shape is, and what shape it is.
const GEOMETRY: [&str; 16] = [
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "width",
    "height",
    "d",
    "points",
    "transform",
    "patternUnits",
    "patternTransform",
];
