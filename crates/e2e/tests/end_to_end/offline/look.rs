//! Colours, and what a strict content security policy asks for.

use anyhow::{Result, ensure};
use e2e::browser::Look;
use e2e::page::{Place, becomes};
use thirtyfour::prelude::*;

use super::{on_page, on_screen};

#[tokio::test(flavor = "multi_thread")]
async fn the_theme_switches_and_stays() {
    on_page("theme", "", |page| async move {
        let paper = || async { page.js("return getComputedStyle(document.body).backgroundColor").await };
        let system = paper().await?;
        page.press("Theme: system").await?;
        page.get("button", "Theme: light").await?;
        becomes("the light paper", system.clone(), paper).await?;
        page.press("Theme: light").await?;
        page.get("button", "Theme: dark").await?;
        let dark = paper().await?;
        ensure!(dark != system, "dark and light are both {dark}");
        page.reload().await?;
        page.get("button", "Theme: dark").await?;
        becomes("the paper after a reload", dark, paper).await?;
        page.press("Theme: dark").await?;
        page.get("button", "Theme: system").await?;
        becomes("the system's paper", system, paper).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dark_system_gets_a_dark_page() {
    on_screen("dark_system", "", Look { dark: true, ..Look::default() }, |page| async move {
        let script = "const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).map(Number); return r + g + b";
        let light = page.js(script).await?.as_u64().unwrap_or(u64::MAX);
        ensure!(light < 3 * 80, "the page's paper adds up to {light} on a dark system");
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_element_has_a_style_attribute() {
    on_page("no_style", "", |page| async move {
        page.open_knobs().await?;
        page.events('A').await?;
        page.lane('A').await?.press("Code").await?;
        page.choose("Speed", "Real time").await?;
        page.press("Play").await?;
        page.rest().await?;
        let styled = page
            .js("return [...document.querySelectorAll('[style]')].map(it => it.outerHTML.slice(0, 120))")
            .await?;
        ensure!(styled == serde_json::json!([]), "these have a style attribute: {styled:#}");
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn any_number_of_lanes_finds_room() {
    on_page("lanes_find_room", "", |page| async move {
        for lanes in [
            "websocket",
            "close.websocket",
            "persistent.close.websocket",
            "persistent.close.polling.websocket",
        ] {
            page.js_with("location.hash = arguments[0]", vec![format!("lanes={lanes}").into()]).await?;
            let number = lanes.split('.').count();
            becomes("the number of lanes", number, || async { Ok(page.lanes().await?.len()) }).await?;
            let mut places =
                vec![page.get("button", "Run live").await?, page.get("textbox", "Your message").await?];
            for letter in ('A'..='D').take(number) {
                places.push(page.lane(letter).await?);
            }
            let mut boxes = Vec::new();
            for place in &places {
                boxes.push(bounds(place).await?);
            }
            for (at, one) in boxes.iter().enumerate() {
                for (other, two) in boxes.iter().enumerate().skip(at + 1) {
                    let beside = one[2] <= two[0] + 1.0 || two[2] <= one[0] + 1.0;
                    let below = one[3] <= two[1] + 1.0 || two[3] <= one[1] + 1.0;
                    let (name, other) = (places[at].words(), places[other].words());
                    ensure!(
                        beside || below,
                        "with {number} lanes, {name} lies over {other}: {one:?} and {two:?}"
                    );
                }
            }
            for lane in &places[2..] {
                let [left, _, right, _] = bounds(lane).await?;
                for role in ["listbox", "button", "combobox"] {
                    for part in lane.all(role).await? {
                        let [from, _, to, _] = bounds(&part).await?;
                        let inside = left <= from + 1.0 && to <= right + 1.0;
                        ensure!(
                            inside,
                            "with {number} lanes, {} goes from {from} to {to} and {} from {left} to {right}",
                            part.words(),
                            lane.words()
                        );
                    }
                }
            }
        }
        Ok(())
    })
    .await;
}

/// Left, top, right and bottom.
async fn bounds(place: &Place) -> Result<[f64; 4]> {
    let script = "const r = arguments[0].getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]";
    Ok(serde_json::from_value(place.ask(script, ().into()).await?)?)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_the_focus_can_be_seen() {
    on_page("focus_seen", "", |page| async move {
        page.events('A').await?;
        page.js("scrollTo(0, 0); document.activeElement.blur()").await?;
        let script = "const it = document.activeElement; \
            if (it === document.body) return null; \
            const r = it.getBoundingClientRect(); \
            const name = it.getAttribute('aria-label') || it.textContent.trim().slice(0, 40) || it.tagName; \
            const inside = (x, y) => { const hit = document.elementFromPoint(x, y); return hit && (it.contains(hit) || hit.contains(it) || hit.closest('label')?.contains(it)); }; \
            const seen = [[.5, .5], [.1, .1], [.9, .1], [.1, .9], [.9, .9]].some(([x, y]) => inside(r.left + r.width * x, r.top + r.height * y)); \
            return [name, !!seen, r.left, r.top, r.width, r.height]";
        let mut hidden = Vec::new();
        for _ in 0..200 {
            page.type_keys(Key::Tab + "").await?;
            let at = page.js(script).await?;
            if at.is_null() {
                break;
            }
            if at[1] == false {
                hidden.push(at.to_string());
            }
        }
        ensure!(hidden.is_empty(), "these have the focus and cannot be seen (name, seen, box): {hidden:#?}");
        Ok(())
    })
    .await;
}
