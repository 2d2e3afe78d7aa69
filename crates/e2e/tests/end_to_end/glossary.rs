//! The glossary opens from wherever its words stand, on the word that was pressed.

use anyhow::{Context, Result, ensure};
use e2e::browser::Look;
use e2e::page::{Page, becomes, eventually};
use e2e::show::play;
use e2e::stage::Setting;
use serde_json::{Value, json};

const CALM: Look = Look { size: (1440, 900), dark: false, calm: true };

#[tokio::test(flavor = "multi_thread")]
async fn it_opens_from_every_place() {
    play("glossary", Setting::default(), CALM, |show| async move {
        for &(fragment, act, place) in PLACES {
            show.open(fragment).await?;
            let page = &show.page;
            page.js(act).await?;
            opens(page, place).await.with_context(|| format!("#{fragment}, {place}"))?;
        }
        Ok(())
    })
    .await;
}

/// Presses the first word of the trade in a part of the page, and reads the panel.
async fn opens(page: &Page, place: &str) -> Result<()> {
    let word = eventually("a word of the trade", || text(page, PRESS, place)).await?;
    let panel = eventually("the panel", || text(page, PANEL, place)).await?;
    ensure!(panel.contains(word.trim_end_matches('s')), "{word:?} was pressed, {panel:?} is told");
    page.type_keys(thirtyfour::Key::Escape + "").await?;
    becomes("the panel", Value::Null, || page.js(PANEL)).await
}

/// What a script tells of a part of the page, in small letters.
async fn text(page: &Page, script: &str, place: &str) -> Result<Option<String>> {
    Ok(page.js_with(script, vec![json!(place)]).await?.as_str().map(str::to_lowercase))
}

/// A view, what is done there first, and the part in which a word is pressed.
const PLACES: &[(&str, &str, &str)] = &[
    ("", "", ".caption"),
    ("", "", ".notes"),
    ("view=workbench&field=4", "", ".explained"),
    ("view=lessons&lesson=life&beat=2", "", ".tell"),
    ("card=keep-alive", "document.querySelector('button.choice').click()", ".tell"),
    ("view=lessons&lesson=key&beat=2&present", "", ".explained"),
];

/// Presses a word in the part that a selector names, and tells it.
const PRESS: &str = "
    const word = document.querySelector(arguments[0] + ' .term');
    word?.click();
    return word?.textContent ?? null;
";

/// What the open panel tells about the word that was asked for: title, other names and meaning.
const PANEL: &str = "return document.querySelector('#glossary:popover-open .asked')?.textContent ?? null";
