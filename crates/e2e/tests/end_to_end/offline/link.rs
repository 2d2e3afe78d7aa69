//! The address holds the frame that is shown.

use anyhow::ensure;
use e2e::browser::{Browser, Look};
use e2e::page::{Page, becomes};
use e2e::show::play;
use e2e::stage::Setting;
use serde_json::json;
use thirtyfour::prelude::*;

use super::on_page;

#[tokio::test(flavor = "multi_thread")]
async fn a_link_lands_paused_on_the_same_frame() {
    play("link", Setting::default(), Look::default(), |show| async move {
        let page = &show.page;
        show.open("").await?;
        page.lane('A').await?.choose("Transport", "HTTP/1.1, Connection: close").await?;
        page.open_knobs().await?;
        page.fill("spinbutton", "Round trip", "80").await?;
        page.to_start().await?;
        for _ in 0..9 {
            page.press("Step forward").await?;
        }
        page.get("listbox", "Ladder of Lane B: WebSocket: arrow keys move from mark to mark")
            .await?
            .focus()
            .await?;
        page.type_keys(Key::Down + Key::Down).await?;
        let shown = page.frame().await?;
        ensure!(shown.at > 0 && !shown.octets.is_empty(), "nine steps and a selection led to {shown:?}");
        let address = page.js("return location.href").await?;
        let address = address.as_str().unwrap_or_default().to_owned();
        page.reload().await?;
        becomes("the frame after a reload", shown.clone(), || page.frame()).await?;
        page.get("button", "Play").await?;
        let other = Browser::start(Look::default()).await?;
        let elsewhere = Page::new(other.session());
        elsewhere.open(&address).await?;
        becomes("the frame in another browser", shown, || elsewhere.frame()).await?;
        elsewhere.get("button", "Play").await?;
        other.quit().await;
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_address_is_followed() {
    on_page("changed_address", "", |page| async move {
        page.js("location.hash = 'lanes=polling.websocket&t=400000'").await?;
        page.get("region", "Lane A: HTTP/1.1, short polling").await?;
        becomes("the time", 400, || page.moment()).await?;
        // The mark leads home.
        page.get("link", "Duplex").await?.click().await?;
        page.get("region", "Lane A: HTTP/1.1, persistent").await?;
        page.rest().await
    })
    .await;
}

/// Back and forward lead from place to place; each is entered at its top, and found again where it was left.
#[tokio::test(flavor = "multi_thread")]
async fn back_leads_from_place_to_place() {
    on_page("back", "rtt=20", |page| async move {
        let at = |fragment: &'static str, depth: u64| {
            let page = page.clone();
            async move {
                becomes("the address", fragment.to_owned(), || page.fragment()).await?;
                becomes("how far down it is read", json!(depth), || page.js("return Math.round(scrollY)"))
                    .await
            }
        };
        page.open_knobs().await?;
        page.fill("spinbutton", "Round trip", "30").await?;
        page.type_keys(Key::Escape + "").await?;
        page.get("link", "Lessons").await?.click().await?;
        at("view=lessons", 0).await?;
        page.js("scrollTo(0, 600)").await?;
        page.js("document.querySelector('.cards li:last-child button').click()").await?;
        at("view=lessons&lesson=choose&beat=1", 0).await?;
        let heading = page.get("heading", "Only you ask").await?;
        becomes("the heading's focus", true, || heading.has_focus()).await?;
        page.press("Next").await?;
        becomes("the address", "view=lessons&lesson=choose&beat=2".to_owned(), || page.fragment()).await?;
        page.press("All lessons").await?;
        at("view=lessons", 600).await?;
        page.js("history.back()").await?;
        becomes("the address", "view=lessons&lesson=choose&beat=2".to_owned(), || page.fragment()).await?;
        page.js("history.back()").await?;
        at("view=lessons", 600).await?;
        page.js("history.back()").await?;
        at("rtt=30", 0).await?;
        page.get("navigation", "Views").await?;
        page.js("history.forward()").await?;
        at("view=lessons", 600).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_link_still_opens_and_says_so() {
    on_page("bad_link", "rtt=fast&lanes=carrier.pigeon&colour=red", |page| async move {
        let lanes = page.lanes().await?;
        ensure!(lanes == ["Lane A: HTTP/1.1, persistent", "Lane B: WebSocket"], "the lanes are {lanes:?}");
        let notices = page.names_or_texts("status").await?.join(" ");
        for word in ["rtt=fast", "lanes=carrier.pigeon", "colour=red"] {
            ensure!(notices.contains(word), "the notice does not name {word}: {notices:?}");
        }
        page.press("Dismiss").await?;
        page.gone("button", "Dismiss").await
    })
    .await;
}
