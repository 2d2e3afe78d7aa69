//! The frame on screen as a picture that needs nothing else: an SVG file, and a PNG drawn from it.
//!
//! What is shown is read off the page and not drawn a second time, so that the picture is the frame as it
//! stands: zoomed, in these colours, with the curtain where playback has just put it. Every style becomes a
//! presentation attribute: viewers of images know no style sheet, and a page's policy forbids them in markup.

mod bitmap;
mod shapes;
pub mod sheet;

use gloo::utils::{body, document, window};
use tongue::{Sentence, word};
use wasm_bindgen::JsCast;
use web_sys::{CssStyleDeclaration, Element};

use sheet::{Lane, Picture, Sheet};

/// What the page's markup does not say of the frame.
pub struct Frame {
    /// What it shows, in a line.
    pub title: String,
    /// How its figures came about: the network, or whose it was.
    pub network: String,
    /// The way back to it, if an address can say all that is shown: what the link says, and its address.
    pub link: Option<(String, String)>,
}

/// The frame as an SVG file.
///
/// # Errors
/// A sentence for the visitor: no lanes are on the page.
pub fn svg(frame: Frame) -> Result<String, Sentence> {
    sheet(frame).map(|sheet| sheet.write()).ok_or_else(|| Sentence::text(NOTHING))
}

/// A PNG file of an SVG file, of twice its size.
///
/// # Errors
/// A sentence for the visitor: this browser draws none.
pub async fn png(svg: &str) -> Result<Vec<u8>, Sentence> {
    bitmap::png(svg).await.map_err(|_| Sentence::text(REFUSED))
}

fn sheet(frame: Frame) -> Option<Sheet> {
    let lanes: Vec<Lane> = all(&body(), ".stage > .lane").iter().filter_map(lane).collect();
    let card = style(&found(&body(), ".stage > .lane")?)?;
    let muted = style(&found(&body(), ".stage .role")?)?;
    let ruler = found(&body(), ".stage .ruler").and_then(|ruler| picture(&[ruler]));
    let caption = found(&body(), ".controls .caption").map(|caption| told(&caption)).unwrap_or_default();
    let [paper, ink] = ["background-color", "color"].map(|name| value(style(&body()).as_ref(), name));
    Some(Sheet {
        language: document().document_element()?.get_attribute("lang").unwrap_or_default(),
        title: frame.title,
        caption,
        network: frame.network,
        link: frame.link,
        ruler: ruler.filter(|_| lanes.len() < 3),
        paper,
        ink,
        card: value(Some(&card), "background-color"),
        line: value(Some(&card), "border-top-color"),
        muted: value(Some(&muted), "color"),
        lanes: Some(lanes).filter(|lanes| !lanes.is_empty())?,
    })
}

fn lane(lane: &Element) -> Option<Lane> {
    let text = |selector: &str| found(lane, selector).map(|it| told(&it)).unwrap_or_default();
    let counter = |counter: &Element| {
        let part = |selector: &str| found(counter, selector).map(|it| told(&it)).unwrap_or_default();
        format!("{} {}", part("dd"), part("dt"))
    };
    Some(Lane {
        name: lane.get_attribute("aria-label").unwrap_or_default(),
        role: text(".role"),
        counters: all(lane, ".counters > div").iter().map(counter).collect(),
        basis: text(".lane-numbers .tag"),
        hue: value(style(&found(lane, ".letter")?).as_ref(), "background-color"),
        picture: picture(&[found(lane, ".ladder")?, found(lane, ".overlay")?])?,
    })
}

/// Drawings of one size as one.
fn picture(drawings: &[Element]) -> Option<Picture> {
    let view = drawings.first()?.get_attribute("viewBox")?;
    let mut size = view.split(' ').skip(2).filter_map(|length| length.parse().ok());
    let (width, height) = (size.next()?, size.next()?);
    let mut shapes = String::new();
    for drawing in drawings {
        shapes::write(drawing, &mut shapes);
    }
    Some(Picture { width, height, shapes })
}

fn told(element: &Element) -> String {
    let text = element.text_content().unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn style(element: &Element) -> Option<CssStyleDeclaration> {
    window().get_computed_style(element).ok().flatten()
}

fn value(style: Option<&CssStyleDeclaration>, name: &str) -> String {
    style.and_then(|style| style.get_property_value(name).ok()).unwrap_or_default()
}

fn found(within: &Element, selector: &str) -> Option<Element> {
    within.query_selector(selector).ok().flatten()
}

fn all(within: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = within.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|place| found.get(place)?.dyn_into().ok()).collect()
}

const NOTHING: &str = word!("There are no lanes on the page to make a picture of: open the Lab first.");
const REFUSED: &str =
    word!("This browser draws no picture for a page. Save it as SVG, which any program for images opens.");
