//! What is played: transports, the chip, the knobs.

use anyhow::{Result, ensure};
use e2e::page::{Page, becomes, eventually};
use thirtyfour::Key;

use super::on_page;

#[tokio::test(flavor = "multi_thread")]
async fn another_transport_changes_the_lane() {
    on_page("transport", "", |page| async move {
        let before = page.ledger().await?;
        let lane = page.lane('A').await?;
        lane.choose("Transport", "HTTP/1.1, short polling").await?;
        let lane = page.get("region", "Lane A: HTTP/1.1, short polling").await?;
        ensure!(lane.get("combobox", "Transport").await?.chosen().await? == "HTTP/1.1, short polling");
        let after = page.ledger().await?;
        ensure!(after[0].lane == "A: HTTP/1.1, short polling", "the ledger's first row is {:?}", after[0]);
        ensure!(after[1] == before[1], "the other lane changed: {:?} and {:?}", before[1], after[1]);
        lane.choose("Transport", "WebSocket").await?;
        page.get("region", "Lane A: WebSocket").await?;
        let both = page.ledger().await?;
        ensure!(both[0].framing == both[1].framing, "two equal lanes differ: {both:?}");
        becomes("the address", "lanes=websocket.websocket".to_owned(), || page.fragment()).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chip_hangs_up_after_each_answer() {
    on_page("hang_up", "", |page| async move {
        ensure!(page.lane('A').await?.counter("connection").await? == "1");
        page.press("Hang up after each answer").await?;
        let lane = page.get("region", "Lane A: HTTP/1.1, Connection: close").await?;
        let chip = lane.get("button", "Hang up after each answer").await?;
        ensure!(chip.attribute("aria-pressed").await?.as_deref() == Some("true"), "the chip is not pressed");
        let requests = page.ledger().await?[0].requests;
        let connections = lane.counter("connections").await?;
        ensure!(connections == requests.to_string(), "{requests} requests on {connections} connections");
        chip.click().await?;
        page.get("region", "Lane A: HTTP/1.1, persistent").await.map(drop)
    })
    .await;
}

/// The page is drawn anew with every event that the playhead passes.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_being_typed_stays() {
    on_page("typing", "", |page| async move {
        page.choose("Server", "A companion elsewhere").await?;
        let fields = [
            ("textbox", "Address of the companion"),
            ("spinbutton", "Round trip"),
            ("textbox", "Your message"),
        ];
        for (role, name) in fields {
            page.press("Restart").await?;
            if role == "spinbutton" {
                page.open_knobs().await?;
            }
            let field = page.get(role, name).await?;
            field.focus().await?;
            field.type_in(Key::Control + "a").await?;
            page.type_keys("1").await?;
            let seen = page.meaning().await?;
            eventually("the next event", || async { Ok((page.meaning().await? != seen).then_some(())) })
                .await?;
            page.type_keys("2").await?;
            let typed = field.property("value").await?;
            ensure!(typed == "12", "“12” was typed in “{name}” beside a playing picture: it has {typed}");
            page.type_keys(Key::Tab + "").await?;
        }
        // What is done takes effect, and what was taken back leaves nothing behind.
        page.press("Send").await?;
        let said = page.get("textbox", "Your message").await?.property("value").await?;
        ensure!(said == "12", "after it was sent the message is {said}");
        page.press("Pause").await?;
        becomes("the round trip", true, || async {
            Ok(page.fragment().await?.split('&').any(|it| it == "rtt=12"))
        })
        .await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn knobs_change_the_run_and_the_address() {
    on_page("knobs", "", |page| async move {
        page.open_knobs().await?;
        turn(&page, "Round trip", "250", "rtt=250").await?;
        turn(&page, "Bandwidth", "0.5", "rtt=250&kbit=500").await?;
        turn(&page, "Polling interval", "500", "rtt=250&kbit=500&poll=500").await?;
        turn(&page, "Messages", "3", "rtt=250&kbit=500&poll=500&messages=3").await?;
        turn(&page, "Message size", "64", "rtt=250&kbit=500&poll=500&messages=3&size=64").await?;
        let messages = page.ledger().await?[1].messages;
        ensure!(messages == 3 * 64, "three messages of 64 octets are {messages} octets");
        // What cannot be used is refused with a sentence, and the last good value stays.
        page.fill("spinbutton", "Round trip", "9999").await?;
        let refusals = page.names_or_texts("alert").await?.join(" ");
        ensure!(
            refusals.contains("Round trip takes a whole number from 0 to 2000"),
            "the refusal is {refusals:?}"
        );
        let typed = page.get("spinbutton", "Round trip").await?.property("value").await?;
        ensure!(typed == "9999", "the field shows {typed}");
        turn(&page, "Round trip", "100", "kbit=500&poll=500&messages=3&size=64").await?;
        page.choose("Scenario", "Echo: each message comes back").await?;
        becomes("the address", "scenario=echo&kbit=500&poll=500&messages=3&size=64".to_owned(), || {
            page.fragment()
        })
        .await?;
        let delivered = page.ledger().await?[1].delivered;
        ensure!(delivered == 6, "three messages and their echoes are {delivered} deliveries");
        Ok(())
    })
    .await;
}

async fn turn(page: &Page, knob: &str, to: &str, address: &str) -> Result<()> {
    page.fill("spinbutton", knob, to).await?;
    becomes(&format!("the address after {knob} {to}"), address.to_owned(), || page.fragment()).await
}
