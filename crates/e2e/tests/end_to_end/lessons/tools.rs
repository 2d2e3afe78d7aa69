//! One thing on the workbench out of another, by its tools.

use anyhow::{Context, Result, ensure};
use e2e::page::Page;
use trace::caption::opcode_name;
use trace::workbench::Bench;
use trace::workbench::broken::Case;
use wire::{Opcode, Sender};

/// Uses every control that makes a difference.
pub(super) async fn make(page: &Page, own: &Bench, asked: &Bench) -> Result<()> {
    ensure!(own.tool == asked.tool, "a task wants another tool");
    frame(page, own, asked).await?;
    let (before, after) = (&own.machine, &asked.machine);
    if before.key != after.key {
        page.fill("textbox", "Sec-WebSocket-Key", &after.key).await?;
    }
    if before.guid != after.guid {
        page.fill("textbox", "GUID", &after.guid).await?;
    }
    if before.accept != after.accept {
        page.press("Break one character").await?;
    }
    if own.case != asked.case {
        let case = Case::named(asked.case).context("a rule to break")?;
        page.press(case.name).await?;
    }
    Ok(())
}

async fn frame(page: &Page, own: &Bench, asked: &Bench) -> Result<()> {
    let (before, after) = (&own.draft, &asked.draft);
    let mut masked = before.masked;
    if before.sender != after.sender {
        let client = after.sender == Sender::Client;
        page.choose("Sent by", if client { "Client" } else { "Server" }).await?;
        // The page does what the rule asks of that side.
        masked = client;
    }
    if masked != after.masked {
        page.get("checkbox", "Masked").await?.click().await?;
    }
    if before.opcode != after.opcode {
        let name = opcode_name(Opcode::from(after.opcode));
        page.choose("Opcode", &format!("{}: {name}", after.opcode)).await?;
    }
    for (name, before, after) in [
        ("Masking key", before.key.clone(), after.key.clone()),
        ("Payload", before.payload.clone(), after.payload.clone()),
        ("Fragment size (0: one frame)", before.fragment.to_string(), after.fragment.to_string()),
    ] {
        if before != after {
            page.fill("textbox", name, &after).await?;
        }
    }
    Ok(())
}
