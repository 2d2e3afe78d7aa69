//! One scenario out of another, by the page's knobs.

use anyhow::{Result, ensure};
use e2e::page::Page;
use thirtyfour::prelude::Key;
use trace::decimal::thousandths;
use trace::scenario::Scenario;

/// Turns every knob that differs.
pub(super) async fn turn(page: &Page, own: &Scenario, asked: &Scenario) -> Result<()> {
    let mut left = own.clone();
    for (lane, (before, after)) in own.lanes.iter().zip(&asked.lanes).enumerate() {
        if before != after {
            let letter = char::from(b'A' + u8::try_from(lane)?);
            page.lane(letter).await?.choose("Transport", after.name()).await?;
            left.lanes[lane] = *after;
        }
    }
    let numbers = [
        ("Round trip", own.network.round_trip / 1_000, asked.network.round_trip / 1_000),
        ("Polling interval", own.poll / 1_000, asked.poll / 1_000),
        ("Messages", own.messages.into(), asked.messages.into()),
        ("Message size", own.size.unwrap_or(0).into(), asked.size.unwrap_or(0).into()),
        ("Proxy cuts after", idle(own), idle(asked)),
    ];
    for (name, before, after) in numbers {
        if before != after {
            set(page, name, &after.to_string()).await?;
        }
    }
    if own.network.kilobits != asked.network.kilobits {
        set(page, "Bandwidth", &thousandths(asked.network.kilobits.into())).await?;
    }
    if own.network.loss != asked.network.loss {
        set(page, "Loss", &thousandths(u64::from(asked.network.loss) * 10)).await?;
    }
    if own.network.tls != asked.network.tls {
        page.open_knobs().await?;
        page.choose("TLS", asked.network.tls.name()).await?;
    }
    (left.poll, left.messages, left.size) = (asked.poll, asked.messages, asked.size);
    let (known, asked_for) = (&mut left.network, &asked.network);
    (known.round_trip, known.kilobits) = (asked_for.round_trip, asked_for.kilobits);
    (known.tls, known.idle, known.loss) = (asked_for.tls, asked_for.idle, asked_for.loss);
    // The knobs lie over the page until they are closed.
    page.type_keys(Key::Escape + "").await?;
    page.gone("dialog", "Scenario and network").await?;
    ensure!(left == *asked, "a task wants more than the knobs that this test can turn");
    Ok(())
}

async fn set(page: &Page, name: &str, value: &str) -> Result<()> {
    page.open_knobs().await?;
    page.fill("spinbutton", name, value).await
}

fn idle(scenario: &Scenario) -> u64 {
    scenario.network.idle.unwrap_or(0) / 1_000_000
}
