//! Which language the visitor reads, and where its words come from.

use gloo::utils::{document, window};
use tongue::{Catalogue, Sentence};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use crate::state::Language;
use crate::storage::{keep, kept};

/// The language that was chosen on an earlier visit, or else the browser's.
pub fn wanted() -> Language {
    let chosen = kept(NAME).and_then(|tag| Language::tagged(&tag));
    chosen.unwrap_or_else(|| {
        let browsers = window().navigator().languages();
        Language::preferred(browsers.iter().filter_map(|tag| tag.as_string()))
    })
}

/// Fetches the words of a language, so that it can be spoken.
///
/// # Errors
/// If they cannot be had, with a sentence for the visitor. English always can.
pub async fn learn(language: Language) -> Result<(), Sentence> {
    if language == Language::English {
        return Ok(());
    }
    let words = fetch(&format!("words/{}.po", language.tag())).await;
    let words = words.ok_or_else(|| {
        Sentence::of(move || {
            tongue::say!(
                "The words of {} could not be fetched, so the page goes on as it is. See that this device is online, and choose the language again.",
                language.name()
            )
        })
    })?;
    let catalogue = Catalogue::read(&words).map_err(|flaw| {
        Sentence::of(move || {
            tongue::say!(
                "The words of {} are damaged, so the page goes on as it is: {}. Reload it and choose the language again.",
                language.name(),
                flaw
            )
        })
    })?;
    tongue::learn(language.tag(), catalogue);
    Ok(())
}

/// Speaks a language that was learnt.
pub fn speak(language: Language) {
    tongue::speak(language.tag());
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", language.tag());
    }
}

/// Remembers for the next visits what was chosen; what only could not be had today is not a choice.
pub fn choose(language: Language) {
    keep(NAME, language.tag());
}

async fn fetch(address: &str) -> Option<String> {
    let response = JsFuture::from(window().fetch_with_str(address)).await.ok()?;
    let response: web_sys::Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}

/// Where the browser keeps the choice.
const NAME: &str = "duplex-language";
