//! What the script saw beside what was sent: the page's tables against the relay's own count, for what a
//! script cannot see; and what else a live run says of itself.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::browser::Look;
use e2e::page::{Page, becomes};
use e2e::show::{Show, play};
use e2e::stage::{Setting, Stage};
use e2e::tally::Tally;

fn relayed() -> Setting {
    Setting { relay: true, ..Setting::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn fragments_and_pings_are_seen_on_the_wire_alone() {
    play("witness_pings", relayed(), Look::default(), |show| async move {
        let page = &show.page;
        show.open("scenario=echo&messages=6&rtt=40&lanes=websocket.persistent").await?;
        page.fill("spinbutton", "Octets in a frame", "5").await?;
        page.fill("spinbutton", "Ping every, ms", "30").await?;
        run(&show).await?;
        let stage = show.stage.lock().await;
        let tally = lane(&stage, 0).await?;
        let count =
            |frames: &[(u8, Vec<u8>)], opcode| frames.iter().filter(|frame| frame.0 == opcode).count();
        let (pings, pongs) = (count(&tally.received, 9), count(&tally.sent, 10));
        ensure!(pings > 0 && pongs > 0, "the relay saw {pings} Pings and {pongs} Pongs");
        // “echo 1 of 6” and dots, 16 octets: four frames.
        let data = tally.received.iter().filter(|(opcode, _)| *opcode < 8).count();
        ensure!(data == 24, "the relay saw {data} data frames of the server's");
        let all =
            |number: usize, noun: &str| format!("{number} {noun}{}", if number == 1 { "" } else { "s" });
        witness(
            page,
            'A',
            &[
                (
                    "Ping and Pong",
                    "a page is told of neither",
                    &format!("{}, {}", all(pings, "Ping"), all(pongs, "Pong")),
                ),
                ("Messages received", "6 events message, 96 octets", "6 text in 24 frames"),
                ("Messages sent", "6 calls of send, 96 octets", "6 text in 6 frames"),
                ("Masking keys", "Nothing", &format!("{}, one for each frame", tally.sent.len())),
                ("Opening handshake", "No field line", "Sec-WebSocket-Key"),
                ("The end", "close fired with 1000, clean", "Close 1000 from the client"),
            ],
        )
        .await?;
        heard(page, 'A', 6).await?;
        let asked = lane(&stage, 1).await?;
        let requests = format!("{} requests", asked.requests.len());
        witness(page, 'B', &[("Requests", "6 calls of fetch", &requests)]).await?;
        witness(page, 'B', &[("Field lines of an answer", "x-duplex-connection", "timing-allow-origin")])
            .await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn binary_messages_come_in_their_order_as_whatever_they_come() {
    play("witness_binary", relayed(), Look::default(), |show| async move {
        let page = &show.page;
        for (kind, press) in [("arraybuffer", false), ("blob", true)] {
            show.open(BINARY).await?;
            page.js(TELL_KINDS).await?;
            if press {
                page.get("checkbox", "As Blob").await?.click().await?;
            }
            run(&show).await?;
            let kinds = page.js("return window.kinds.join()").await?;
            ensure!(kinds == kind, "binary messages came as {kinds}, not as {kind}");
            witness(page, 'A', &[("Messages received", "20 events message", "20 binary in 20 frames")])
                .await?;
            let events = page.events('A').await?;
            let heard: Vec<_> = events.iter().filter(|it| it.what.starts_with("You got ")).collect();
            let expected: Vec<String> = (1..=20).map(|n| format!("You got “tick {n}”")).collect();
            let heard: Vec<&str> = heard.iter().map(|it| it.what.as_str()).collect();
            ensure!(heard == expected, "{heard:#?}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_run_says_of_itself_and_the_way_back() {
    play("witness_words", relayed(), Look::default(), |show| async move {
        let page = &show.page;
        show.open("scenario=echo&messages=3&rtt=20&lanes=deflate.webhook").await?;
        page.js(HIDE).await?;
        run(&show).await?;
        let agreed = "extensions: “permessage-deflate";
        witness(page, 'A', &[("Extensions", agreed, "agreed on"), ("Messages received", "", "compressed")])
            .await?;
        let alone = ("The conversation", "no browser is part of it", "6 requests between two servers");
        witness(page, 'B', &[alone]).await?;
        let words = page.get("region", "Live runs").await?.text().await?;
        ensure!(words.contains("in the background"), "the tab was hidden, and that is not said: {words}");
        page.press("Reset all").await?;
        page.gone("region", "Live runs").await?;
        becomes("the lanes", vec![PERSISTENT.to_owned(), "Lane B: WebSocket".to_owned()], || page.lanes())
            .await?;
        becomes("the link", String::new(), || page.fragment()).await
    })
    .await;
}

async fn run(show: &Show) -> Result<()> {
    let problem = show.page.run_live(Duration::from_secs(60)).await?;
    ensure!(problem.is_none(), "the page says: {problem:?}");
    show.page.to_end().await
}

/// What the relay carried on a lane's only connection.
async fn lane(stage: &Stage, lane: usize) -> Result<Tally> {
    let opened = stage.opened()?;
    let run = opened.last().context("the page opened no run")?;
    let port = run.lanes.get(lane).context("a lane without a port")?.port;
    let carried = stage.carried(port).await?;
    ensure!(carried.len() == 1, "lane {lane} has {} connections", carried.len());
    Tally::of(&carried[0])
}

/// Whether the rows of a lane's witness table hold these words: thing, the script's, the wire's.
async fn witness(page: &Page, letter: char, expected: &[(&str, &str, &str)]) -> Result<()> {
    let name = format!("Witness, lane {letter}");
    if !page.has("table", &name).await? {
        let summary = format!("What the script saw, and what was sent: lane {letter}");
        page.get("DisclosureTriangle", &summary).await?.click().await?;
    }
    let rows = page.get("table", &name).await?.rows().await?;
    for (thing, script, wire) in expected {
        let row = rows.iter().find(|row| row.first().is_some_and(|cell| cell == thing));
        let row = row.with_context(|| format!("no row {thing:?} in {rows:#?}"))?;
        let [_, saw, carried] = row.as_slice() else { anyhow::bail!("a row of the witness table: {row:?}") };
        ensure!(saw.contains(script) && carried.contains(wire), "{row:?} lacks {script:?} or {wire:?}");
    }
    Ok(())
}

/// Whether every echo was heard, in order.
async fn heard(page: &Page, letter: char, of: usize) -> Result<()> {
    let events = page.events(letter).await?;
    let heard: Vec<&str> =
        events.iter().map(|it| it.what.as_str()).filter(|what| what.starts_with("You got ")).collect();
    let expected: Vec<String> = (1..=of).map(|n| format!("You got “echo {n} of {of}")).collect();
    let fits = |(heard, expected): (&&str, &String)| heard.starts_with(expected.as_str());
    ensure!(heard.len() == of && heard.iter().zip(&expected).all(fits), "heard was {heard:#?}");
    Ok(())
}

const PERSISTENT: &str = "Lane A: HTTP/1.1, persistent";

/// Twenty messages, fifty a second: while a `Blob` is read the next may come.
const BINARY: &str = "scenario=ticker&messages=20&rate=50&rtt=20&binary=1&lanes=websocket";

/// Writes down as what sockets are asked to hand binary messages over.
const TELL_KINDS: &str = "window.kinds = [];
    const kept = Object.getOwnPropertyDescriptor(WebSocket.prototype, 'binaryType');
    Object.defineProperty(WebSocket.prototype, 'binaryType', {
        get: kept.get, set(kind) { window.kinds.push(kind); kept.set.call(this, kind); } });";

/// A page in the background: a browser without windows has none.
const HIDE: &str = "Object.defineProperty(document, 'hidden', { get: () => true });
    document.dispatchEvent(new Event('visibilitychange'));";
