//! A QR code as one path, dark on light whatever the colours of the page.

use qrcodegen::{QrCode, QrCodeEcc};
use yew::prelude::*;

use super::svg;

/// The code of an address, with its name for those who hear it; nothing if it is too long for one.
pub fn view(name: &str, address: &str) -> Html {
    let Ok(code) = QrCode::encode_text(address, QrCodeEcc::Medium) else { return Html::default() };
    let side = code.size() + 2 * QUIET;
    let frame = format!("0 0 {side} {side}");
    let values = vec!["qr".to_owned(), frame, "img".to_owned(), name.to_owned()];
    let length = f64::from(side);
    let paper = svg::rect("qr-paper", 0.0, 0.0, length, length);
    let dark = svg::element("path", &["class", "d"], vec!["qr-dark".to_owned(), dark(&code)], Vec::new());
    svg::element("svg", &["class", "viewBox", "role", "aria-label"], values, vec![paper, dark])
}

/// Every run of dark modules in a row as a rectangle of its height.
fn dark(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let from = x;
            while x < code.size() && code.get_module(x, y) {
                x += 1;
            }
            if x > from {
                let long = x - from;
                path.push_str(&format!("M{},{}h{long}v1h-{long}z", from + QUIET, y + QUIET));
            }
            x += 1;
        }
    }
    path
}

/// The margin that ISO/IEC 18004 asks for, in modules.
const QUIET: i32 = 4;
