//! What the measuring is done with: the browser, and how fine its clock is.

use gloo::utils::window;
use js_sys::{Array, Reflect};
use tongue::say;
use wasm_bindgen::JsValue;

use super::clock::micros;

/// Facts about the instrument, for whoever reads a measured number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Instrument {
    /// Name and version, as in `Chromium 156`.
    pub browser: String,
    /// The clock's step in microseconds: the smallest that was seen.
    pub step: u64,
}

/// Looks at the instrument. Keeps the page busy for some milliseconds.
pub fn instrument() -> Instrument {
    Instrument { browser: browser(), step: step() }
}

/// The browser's name and version.
pub fn browser() -> String {
    let agent = window().navigator().user_agent().unwrap_or_default();
    named(&brands().unwrap_or_default(), &agent)
}

/// Names and versions from `navigator.userAgentData`, which only some browsers and pages have.
fn brands() -> Option<Vec<(String, String)>> {
    let get = |from: &JsValue, name: &str| Reflect::get(from, &JsValue::from_str(name)).ok();
    let data = get(&window().navigator(), "userAgentData").filter(JsValue::is_object)?;
    let list = get(&data, "brands").filter(JsValue::is_object)?;
    let text = |brand: &JsValue, name| get(brand, name).and_then(|it| it.as_string()).unwrap_or_default();
    Some(Array::from(&list).iter().map(|brand| (text(&brand, "brand"), text(&brand, "version"))).collect())
}

/// The browser's name: a brand of its own before the engine's, and what the user agent says if there
/// are no brands.
fn named(brands: &[(String, String)], agent: &str) -> String {
    let honest = |name: &str| !name.contains("Brand") && !name.is_empty();
    let engine = |name: &str| name == "Chromium" || name == "HeadlessChrome";
    let own = brands.iter().find(|(name, _)| honest(name) && !engine(name));
    if let Some((name, version)) = own.or_else(|| brands.iter().find(|(name, _)| name == "Chromium")) {
        return format!("{name} {version}").trim_end().to_owned();
    }
    for (token, name) in TOKENS {
        if let Some((_, rest)) = agent.split_once(token) {
            let version: String = rest.chars().take_while(char::is_ascii_digit).collect();
            return format!("{name} {version}").trim_end().to_owned();
        }
    }
    say("an unknown browser").to_owned()
}

/// The smallest step that the clock takes while it is watched.
fn step() -> u64 {
    let Some(performance) = window().performance() else { return COARSEST };
    let (mut last, mut smallest, mut steps) = (performance.now(), f64::MAX, 0);
    for _ in 0..MOST_READINGS {
        let now = performance.now();
        if now > last {
            smallest = smallest.min(now - last);
            last = now;
            steps += 1;
            if steps == ENOUGH_STEPS {
                break;
            }
        }
    }
    if steps == 0 { COARSEST } else { micros(smallest).max(1) }
}

/// What user agents call themselves, the imitated after the imitators.
const TOKENS: [(&str, &str); 6] = [
    ("Firefox/", "Firefox"),
    ("Edg/", "Microsoft Edge"),
    ("OPR/", "Opera"),
    ("HeadlessChrome/", "Chromium"),
    ("Chrome/", "Chromium"),
    ("Version/", "Safari"),
];

/// In microseconds: what browsers fall back to when they hide time from fingerprinting.
const COARSEST: u64 = 100_000;
const ENOUGH_STEPS: u32 = 50;
const MOST_READINGS: u32 = 100_000;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(brands: &[(&str, &str)], agent: &str, expected: &str) {
        let brands: Vec<_> = brands.iter().map(|&(name, version)| (name.into(), version.into())).collect();
        assert_eq!(named(&brands, agent), expected);
    }

    #[test]
    fn names() {
        let grease = ("Not;A=Brand", "99");
        check(&[grease, ("Chromium", "156")], "", "Chromium 156");
        check(&[("HeadlessChrome", "156"), grease, ("Chromium", "156")], "", "Chromium 156");
        check(&[("Chromium", "156"), ("Google Chrome", "156"), grease], "", "Google Chrome 156");
        check(&[], "Mozilla/5.0 (X11) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36", "Chromium 156");
        check(&[], "Mozilla/5.0 Chrome/156.0 Safari/537.36 Edg/156.0.1", "Microsoft Edge 156");
        check(&[], "Mozilla/5.0 (X11; rv:153.0) Gecko/20100101 Firefox/153.0", "Firefox 153");
        check(&[], "Mozilla/5.0 (Macintosh) Version/26.4 Safari/605.1.15", "Safari 26");
        check(&[], "curl", "an unknown browser");
    }
}
