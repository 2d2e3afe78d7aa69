//! axe-core: WCAG 2.2 A and AA, as far as a program can tell. It comes by npm into the user's cache.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::npm;
use crate::page::Page;

/// Asks axe-core about the page as it stands.
///
/// # Errors
/// If it finds something, with the first places; or if it cannot run.
pub async fn judge(page: &Page, axe: &str) -> Result<()> {
    page.js(axe).await?;
    // A page of words alone, such as the list of lessons, gives it the fewest: twenty.
    look(page, "document", &format!("{{runOnly: {STANDARDS}}}"), 20).await
}

/// The same while something that the visitor can send away lies over a part of the page: what it covers by half
/// is no smaller for that. `over` is its selector; its own controls are measured.
///
/// # Errors
/// As above.
pub async fn judge_beneath(page: &Page, axe: &str, over: &str) -> Result<()> {
    page.js(axe).await?;
    let whole = format!("{{runOnly: {STANDARDS}, rules: {{'{SIZE}': {{enabled: false}}}}}}");
    look(page, "document", &whole, 20).await?;
    look(page, &format!("'{over}'"), &format!("{{runOnly: {{type: 'rule', values: ['{SIZE}']}}}}"), 1).await
}

/// Runs it on a part of the page; at least so many of its rules have to find something to look at.
async fn look(page: &Page, part: &str, options: &str, least: u64) -> Result<()> {
    let script = format!(
        "const done = arguments[0]; axe.run({part}, {options}) \
            .then(told => done([told.violations, told.passes.length]), error => done(String(error)))"
    );
    let told = page.js_later(&script).await?;
    let violations = told[0].as_array().with_context(|| format!("axe-core says {told}"))?;
    ensure!(told[1].as_u64() >= Some(least), "axe-core has looked at {} rules only", told[1]);
    let words: Vec<String> = violations.iter().map(sentence).collect();
    ensure!(words.is_empty(), "axe-core finds:\n{}", words.join("\n"));
    Ok(())
}

/// A violation with the first of its places.
fn sentence(violation: &Value) -> String {
    let nodes = violation["nodes"].as_array().map(Vec::as_slice).unwrap_or_default();
    let places: Vec<String> = nodes
        .iter()
        .take(4)
        .map(|node| {
            let html: String = node["html"].as_str().unwrap_or_default().chars().take(160).collect();
            format!(
                "    {html}\n        {}",
                node["failureSummary"].as_str().unwrap_or_default().replace('\n', " ")
            )
        })
        .collect();
    let (id, help) = (violation["id"].as_str(), violation["help"].as_str());
    format!(
        "{}: {} ({} places)\n{}",
        id.unwrap_or_default(),
        help.unwrap_or_default(),
        nodes.len(),
        places.join("\n")
    )
}

/// The script.
///
/// # Errors
/// On a computer without npm, or that cannot reach its registry.
pub fn script() -> Result<String> {
    npm::script("axe-core", VERSION, "axe.min.js")
}

/// WCAG 2.2 A and AA, by axe-core's tags.
const STANDARDS: &str = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']";

/// The rule about the size of what is pressed.
const SIZE: &str = "target-size";

const VERSION: &str = "4.14.1";
