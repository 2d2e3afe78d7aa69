//! The stylesheets speak the tokens' language: sizes of type, room, corners and colours have a name in
//! `styles/tokens.css`, and nowhere else a value.
#![cfg(not(target_arch = "wasm32"))]

use std::path::PathBuf;

/// Name and text of every stylesheet but the one that defines the tokens.
fn sheets() -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("styles");
    let files = std::fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let sheets = files.filter(|path| path.extension().is_some_and(|kind| kind == "css"));
    let named = sheets.map(|path| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        (name, std::fs::read_to_string(&path).expect("a stylesheet"))
    });
    named.filter(|(name, _)| name != "tokens.css").collect()
}

/// Every declaration: sheet, property and value.
fn declarations() -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    for (sheet, text) in sheets() {
        for part in text.split(['{', '}', ';']) {
            let part = part.rsplit("*/").next().unwrap_or(part).trim();
            if let Some((property, value)) = part.split_once(':').filter(|(name, _)| is_name(name)) {
                found.push((sheet.clone(), property.trim().to_owned(), value.trim().to_owned()));
            }
        }
    }
    found
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|octet| octet.is_ascii_lowercase() || octet == b'-')
}

fn tokens() -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("styles/tokens.css");
    std::fs::read_to_string(path).expect("the tokens")
}

#[test]
fn no_colour_outside_of_the_tokens() {
    for (sheet, property, value) in declarations() {
        let loose = ["#", "rgb(", "hsl(", "oklch(", "light-dark("].into_iter().find(|it| value.contains(it));
        assert_eq!(loose, None, "{sheet}: {property}: {value}");
    }
}

/// Type, room and corners; widths and heights of single things are their own affair.
#[test]
fn no_loose_size() {
    let on_scale = |property: &str| {
        let side = |name: &str| {
            property.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        property == "font"
            || property == "font-size"
            || property == "border-radius"
            || property.ends_with("gap")
            || side("padding")
            || side("margin")
    };
    let mut seen = 0;
    for (sheet, property, value) in declarations().into_iter().filter(|(_, property, _)| on_scale(property)) {
        seen += 1;
        assert!(!value.contains("px") && !value.contains("rem"), "{sheet}: {property}: {value}");
    }
    assert!(seen > 200, "only {seen} declarations were looked at");
}

#[test]
fn every_token_is_there_and_every_one_is_used() {
    let (tokens, sheets) = (tokens(), sheets());
    let used = |name: &str| sheets.iter().any(|(_, text)| text.contains(&format!("var({name})")));
    let defined: Vec<&str> = tokens
        .lines()
        .filter_map(|line| line.trim().strip_prefix("--")?.split_once(':').map(|it| it.0))
        .collect();
    for name in &defined {
        let own = format!("--{name}");
        assert!(used(&own) || tokens.contains(&format!("var({own})")), "{own} is used nowhere");
    }
    // Those that a rule sets for its own descendants.
    let local = ["hue", "soft"];
    for (sheet, text) in &sheets {
        for part in text.split("var(--").skip(1) {
            let name = part.split([')', ',']).next().unwrap_or_default();
            assert!(defined.contains(&name) || local.contains(&name), "{sheet}: --{name} is not defined");
        }
    }
}
