//! Marks, borders and outlines stand out from their surface by 3:1 at least (WCAG 1.4.11), in both themes: what
//! the stylesheets declare, worked out from the tokens. Browsers are asked in `crates/e2e/tests/end_to_end/contrast.rs`.
#![cfg(not(target_arch = "wasm32"))]

use std::path::PathBuf;

/// A colour, each part from 0 to 255.
type Colour = [f64; 3];

fn sheet(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("styles").join(name);
    std::fs::read_to_string(path).expect("a stylesheet")
}

/// The value of a property in the first rule of a sheet that has this selector and that property.
fn declared(sheet: &str, selector: &str, property: &str) -> Option<String> {
    let rules = sheet.split('}').filter_map(|rule| rule.rsplit_once('{'));
    let own = rules.filter(|(head, _)| {
        let head = head.rsplit(['{', ';']).next().unwrap_or_default();
        let head = head.rsplit("*/").next().unwrap_or_default();
        head.trim() == selector
    });
    let mut values = own.flat_map(|(_, body)| body.split(';')).filter_map(|part| part.split_once(':'));
    values.find(|(name, _)| name.trim() == property).map(|(_, value)| value.trim().to_owned())
}

/// The colour that a token has: light, then dark.
fn token(name: &str) -> [Colour; 2] {
    let tokens = sheet("tokens.css");
    let value = declared(&tokens, ":root", &format!("--{name}")).unwrap_or_else(|| panic!("no --{name}"));
    if let Some(other) = used(&value) {
        return token(&other);
    }
    let colours: Vec<Colour> = value.split('#').skip(1).map(|digits| colour(&digits[..6])).collect();
    match colours[..] {
        [one] => [one, one],
        [light, dark] => [light, dark],
        _ => panic!("--{name} is {value}"),
    }
}

fn colour(digits: &str) -> Colour {
    [0, 2, 4].map(|at| f64::from(u8::from_str_radix(&digits[at..at + 2], 16).expect("two digits")))
}

/// The token that a value uses.
fn used(value: &str) -> Option<String> {
    Some(value.split_once("var(--")?.1.split_once(')')?.0.to_owned())
}

/// Relative luminance, as WCAG 2.2 defines it.
fn luminance(colour: Colour) -> f64 {
    let linear = colour.map(|part| match part / 255.0 {
        low if low <= 0.040_45 => low / 12.92,
        high => ((high + 0.055) / 1.055).powf(2.4),
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn ratio(one: Colour, other: Colour) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// What `selector` declares for `property` in `name`, as strong as its opacity leaves it, on each of `surfaces`.
fn check(name: &str, selector: &str, property: &str, surfaces: &[&str]) {
    let value = declared(&sheet(name), selector, property);
    let value = value.unwrap_or_else(|| panic!("{name}: {selector} has no {property}"));
    let hue =
        used(&value).unwrap_or_else(|| panic!("{name}: {selector}: {property} names no token: {value}"));
    stands_out(&format!("{name}: {selector}: {property}"), &hue, opacity(name, selector), surfaces);
}

/// What a rule leaves of its mark.
fn opacity(name: &str, selector: &str) -> f64 {
    declared(&sheet(name), selector, "opacity").map_or(1.0, |it| it.parse().expect("a number"))
}

fn stands_out(what: &str, hue: &str, opacity: f64, surfaces: &[&str]) {
    // What takes the colour of its lane must do in either.
    for family in ["http", "ws"] {
        let of_family = |name: &str| match name {
            "hue" => family.to_owned(),
            "soft" => format!("{family}-soft"),
            other => other.to_owned(),
        };
        for surface in surfaces {
            let (marks, grounds) = (token(&of_family(hue)), token(&of_family(surface)));
            for (theme, (mark, ground)) in ["light", "dark"].into_iter().zip(marks.into_iter().zip(grounds)) {
                let mixed = [0, 1, 2].map(|part| mark[part] * opacity + ground[part] * (1.0 - opacity));
                let found = ratio(mixed, ground);
                assert!(found >= 3.0, "{what} on {surface}, {theme}, {family}: {found:.2}");
            }
        }
    }
}

#[test]
fn the_measure_is_the_one_of_wcag() {
    let (black, white) = ([0.0; 3], [255.0; 3]);
    assert!((ratio(black, white) - 21.0).abs() < 1e-9);
    assert!((ratio(white, white) - 1.0).abs() < 1e-9);
    // The lightest grey on white that is enough for text.
    assert!((ratio(colour("767676"), white) - 4.54).abs() < 0.005);
}

#[test]
fn of_the_ladders_marks() {
    for (selector, property) in [
        (".life", "stroke"),
        (".connected", "stroke"),
        (".playhead", "stroke"),
        (".wait", "stroke"),
        (".body, .head, .tail", "fill"),
        (".band.bare .head", "stroke"),
        (".band.tcp .body", "fill"),
        (".band.tcp .head", "stroke"),
        (".band.tls .body, .band.tls .head, .band.tls .tail", "fill"),
        (".band.lost .body, .band.lost .head", "fill"),
        (".band.unseen .body", "stroke"),
        (".band:hover .body, .band.chosen .body", "stroke"),
        (".speech path", "fill"),
        (".note-marks circle", "fill"),
        (".ghost", "stroke"),
        (".bin rect", "fill"),
        (".bin.down rect", "stroke"),
        (".zigzag", "stroke"),
        (".travellers path", "fill"),
        (".travellers .bare", "stroke"),
        (".travellers .tcp", "stroke"),
        (".callout", "border"),
    ] {
        check("ladder.css", selector, property, &["card"]);
    }
    // Of the colour of all bodies, but paler.
    stands_out("a bare body", "hue", opacity("ladder.css", ".band.bare .body"), &["card"]);
    // Stripes on their own ground.
    check("ladder.css", ".hatch-line", "stroke", &["wait-soft"]);
}

#[test]
fn of_bars_and_curves() {
    for selector in [".payload", ".http .framing", ".ws .framing", ".tls-part", ".tcp-ip"] {
        check("ledger.css", selector, "fill", &["paper", "card"]);
    }
    for way in ["persistent", "close", "polling", "websocket", "six", "long", "sse", "deflate", "webhook"] {
        let name = format!(".curve-{way}");
        check("compare.css", &name, "color", &["card"]);
    }
    check("study.css", ".bar-of progress", "accent-color", &["card"]);
}

#[test]
fn of_borders_that_are_the_only_sign() {
    for (name, selector, property, surface) in [
        (
            "bar.css",
            ".knobs select, .knobs input:not([type=\"checkbox\"]), .knobs textarea",
            "border",
            "card",
        ),
        ("chat.css", ".chat select, .chat input", "border", "card"),
        ("stage.css", ".act input", "border", "paper"),
        ("stage.css", ".live select, .live input", "border", "paper"),
        ("stage.css", ".source", "border", "paper"),
        ("player.css", ".pace", "border", "paper"),
        ("workbench.css", LABELLED, "border", "card"),
        ("study.css", ".predictions .choice", "border", "card"),
        ("lessons.css", ".beat .task", "border", "card"),
        ("base.css", ".link", "text-decoration-color", "paper"),
        ("bar.css", ".bar nav a[aria-current]", "box-shadow", "paper"),
        ("stage.css", ".events .chosen td:first-child", "box-shadow", "soft"),
        ("octets.css", ".fields .field[aria-pressed=\"true\"]", "box-shadow", "card"),
        ("octets.css", ".inspector .culprit:not(:focus-visible)", "outline", "card"),
        ("stage.css", ".code .lit", "border-left-color", "http-soft"),
        ("stage.css", ".ws .code .lit", "border-left-color", "ws-soft"),
    ] {
        check(name, selector, property, &[surface]);
    }
}

const LABELLED: &str = ".labelled input:not([type=\"file\"]), .labelled select, .labelled textarea";

#[test]
fn of_signs_that_are_filled() {
    for (name, selector, property) in [
        ("bar.css", ".http-line", "stroke"),
        ("bar.css", ".ws-line", "stroke"),
        ("stage.css", ".dot", "background"),
        ("stage.css", ".ws .dot", "background"),
        ("stage.css", ".note-number", "background"),
        ("base.css", ".chip[aria-pressed=\"true\"]", "background"),
        ("workbench.css", ".tabs .tab[aria-pressed=\"true\"]", "background"),
        ("player.css", ".play", "background"),
        ("player.css", ".time", "accent-color"),
    ] {
        check(name, selector, property, &["paper", "card"]);
    }
    check("teach.css", ".qr-dark", "fill", &["qr-paper"]);
}

#[test]
fn of_the_focus_on_every_surface() {
    let surfaces = ["paper", "card", "soft", "wait-soft"];
    check("base.css", ":focus-visible", "outline", &surfaces);
    check("ladder.css", ".ladder:focus-visible", "outline", &surfaces);
    check("stage.css", ".source:focus-within", "outline", &surfaces);
}
