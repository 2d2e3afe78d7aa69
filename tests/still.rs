//! The sheet of a picture, read by a parser of XML that is not ours.
#![cfg(not(target_arch = "wasm32"))]

use duplex::still::sheet::{Lane, Picture, Sheet, escaped, lines};
use roxmltree::{Document, Node};

/// A sheet of so many lanes, each with a picture of 340 by 430.
fn sheet(lanes: usize, ruler: bool) -> Sheet {
    let picture =
        |width| Picture { width, height: 430.0, shapes: "<rect width=\"1\" height=\"1\"/>".to_owned() };
    let lane = |lane: usize| Lane {
        name: format!("Lane {lane}: <b>&\"'\u{1}"),
        role: "It asks, and asks, and asks again whether there is anything new. ".repeat(3),
        counters: vec!["1,234 octets".to_owned(), "1 connection".to_owned()],
        basis: "simulated".to_owned(),
        hue: "rgb(1, 2, 3)".to_owned(),
        picture: picture(340.0),
    };
    Sheet {
        language: "zh-Hans".to_owned(),
        title: "A <title> & more".to_owned(),
        caption: "Ben 有消息。".repeat(40),
        network: "100 ms round trip".to_owned(),
        link: Some(("Open it".to_owned(), "https://example.org/?a=1&b=2#t=3".to_owned())),
        lanes: (0..lanes).map(lane).collect(),
        ruler: ruler.then(|| picture(60.0)),
        ..Sheet::default()
    }
}

#[test]
fn every_sheet_is_xml_and_keeps_within_itself() {
    for (lanes, ruler) in [(1, false), (1, true), (2, false), (2, true), (3, false), (4, false)] {
        let text = sheet(lanes, ruler).write();
        let file = Document::parse(&text).unwrap_or_else(|error| panic!("{lanes} lanes: {error}\n{text}"));
        let root = file.root_element();
        let [width, height] = ["width", "height"].map(|name| number(root, name));
        assert!(width.fract() == 0.0 && height.fract() == 0.0, "{width} by {height}");
        let pictures: Vec<Node> =
            root.descendants().filter(|it| it.has_tag_name(tag("svg"))).skip(1).collect();
        assert_eq!(pictures.len(), lanes + usize::from(ruler), "{lanes}");
        let boxes: Vec<[f64; 4]> =
            pictures.iter().map(|it| ["x", "y", "width", "height"].map(|name| number(*it, name))).collect();
        for (place, [x, y, wide, high]) in boxes.iter().enumerate() {
            assert!(*x >= 0.0 && x + wide <= width && *y > 0.0 && y + high <= height, "{lanes}: {boxes:?}");
            let apart = |[left, top, w, h]: &[f64; 4]| {
                x + wide <= *left || left + w <= *x || y + high <= *top || top + h <= *y
            };
            assert!(boxes.iter().enumerate().all(|(other, it)| other == place || apart(it)), "{boxes:?}");
        }
        for text in root.descendants().filter(|it| it.has_tag_name(tag("text"))) {
            assert!(number(text, "y") <= height && number(text, "x") < width);
        }
    }
}

#[test]
fn what_it_shows_is_told_to_those_who_hear_it() {
    let text = sheet(2, true).write();
    let file = Document::parse(&text).expect("it is XML");
    let said = |name: &str| file.descendants().find(|it| it.has_tag_name(tag(name))).and_then(|it| it.text());
    assert_eq!(said("title"), Some("A <title> & more"));
    let told = said("desc").unwrap_or_default();
    for part in ["Lane 1: <b>&\"'\u{FFFD}", "1,234 octets", "Ben 有消息。", "simulated · 100 ms round trip"]
    {
        assert!(told.contains(part), "{part:?} is not in {told:?}");
    }
    assert_eq!(told.matches("simulated").count(), 1, "each way once");
    let link = file.descendants().find(|it| it.has_tag_name(tag("a"))).and_then(|it| it.attribute("href"));
    assert_eq!(link, Some("https://example.org/?a=1&b=2#t=3"));
}

#[test]
fn lines_end_where_words_do() {
    // As many ems, what is written, its lines.
    for (most, text, expect) in [
        (100.0, "", &[][..]),
        (100.0, "one line", &["one line"]),
        (6.0, "two short lines", &["two short", "lines"]),
        (2.0, "indivisible", &["ind", "ivi", "sib", "le"]),
        (3.2, "有消息。有", &["有消息", "。有"]),
    ] {
        assert_eq!(lines(text, most), expect, "{text:?} in {most}");
    }
}

#[test]
fn no_text_ends_its_attribute_or_its_file() {
    for text in ["\"><script>", "a\u{0}b\u{B}\u{FFFE}", "&amp;", "\u{1F600}"] {
        let file = format!("<a b=\"{0}\">{0}</a>", escaped(text));
        let read = Document::parse(&file).expect("it is XML");
        assert_eq!(read.root_element().attribute("b"), read.root_element().text(), "{text:?}");
    }
}

fn tag(name: &str) -> (&str, &str) {
    ("http://www.w3.org/2000/svg", name)
}

fn number(node: Node, name: &str) -> f64 {
    node.attribute(name).and_then(|it| it.parse().ok()).unwrap_or_else(|| panic!("{node:?} has no {name}"))
}
