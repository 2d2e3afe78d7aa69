//! Five echoes, live: what the page shows, what the companion's tap saw and what the relay between
//! browser and companion carried are the same.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::browser::Look;
use e2e::lab::count;
use e2e::page::Page;
use e2e::show::{Show, play};
use e2e::stage::{Setting, Stage};
use e2e::tally::Tally;
use trace::live::{ConnectionTap, LaneTap, Tap, Ticket};
use trace::scenario::Transport;

#[tokio::test(flavor = "multi_thread")]
async fn persistent_beside_websocket() {
    once("echo_persistent", [Transport::Persistent, Transport::WebSocket]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn close_beside_websocket() {
    once("echo_close", [Transport::Close, Transport::WebSocket]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_runs_persistent() {
    twenty("twenty_persistent", [Transport::Persistent, Transport::WebSocket]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_runs_close() {
    twenty("twenty_close", [Transport::Close, Transport::WebSocket]).await;
}

async fn once(name: &'static str, lanes: [Transport; 2]) {
    play(name, relayed(), Look::default(), move |show| async move {
        open(&show, lanes, 100).await?;
        let problem = show.page.run_live(Duration::from_secs(30)).await?;
        ensure!(problem.is_none(), "the page says: {problem:?}");
        let stage = show.stage.lock().await;
        let opened = stage.opened()?;
        ensure!(opened.len() == 1, "the page opened {} runs", opened.len());
        let tap = stage.tap(opened[0].run).await?;
        for (lane, transport) in lanes.into_iter().enumerate() {
            let relay = witnesses_agree(&stage, &opened[0], &tap, lane, transport).await?;
            page_agrees(&show.page, lane, transport, relay).await?;
        }
        Ok(())
    })
    .await;
}

async fn twenty(name: &'static str, lanes: [Transport; 2]) {
    play(name, relayed(), Look::default(), move |show| async move {
        open(&show, lanes, 10).await?;
        show.page.fill("spinbutton", "Runs", "20").await?;
        let problem = show.page.run_live(Duration::from_secs(120)).await?;
        ensure!(problem.is_none(), "the page says: {problem:?}");
        let stage = show.stage.lock().await;
        let (opened, taps) = (stage.opened()?, stage.fetched_taps()?);
        ensure!(opened.len() == 20 && taps.len() == 20, "{} runs and {} taps", opened.len(), taps.len());
        let mut last = [0; 2];
        for (run, number) in opened.iter().zip(1..) {
            one_after_another(&stage, run, number % 2 == 0)?;
            let tap = taps.iter().find(|tap| tap.run == run.run).context("a run without a tap")?;
            for (lane, transport) in lanes.into_iter().enumerate() {
                last[lane] = witnesses_agree(&stage, run, tap, lane, transport)
                    .await
                    .with_context(|| format!("in run {} of the companion", run.run))?;
            }
        }
        for (row, lane) in show.page.live_runs().await?.iter().zip(0..) {
            let cell =
                |name: &str| row.iter().find(|(column, _)| column == name).map(|(_, cell)| cell.as_str());
            let all = (20 * MESSAGES).to_string();
            ensure!(cell("Messages, n") == Some(all.as_str()), "twenty runs of five echoes are {row:?}");
            let octets = cell("Octets, witnessed").and_then(count);
            ensure!(
                octets == Some(last[lane]),
                "the relay carried {} octets last, the page has {row:?}",
                last[lane]
            );
        }
        Ok(())
    })
    .await;
}

/// Whether the lanes ran one after another: left to right, or the other way round.
fn one_after_another(stage: &Stage, run: &Ticket, reversed: bool) -> Result<()> {
    let mut stretches = Vec::new();
    for lane in &run.lanes {
        let seen = stage.relay()?.on(lane.port);
        let (begin, end) = (seen.iter().map(|it| it.opened).min(), seen.iter().map(|it| it.moved).max());
        stretches
            .push((begin.context("a lane without a connection")?, end.context("a lane without octets")?));
    }
    if reversed {
        stretches.reverse();
    }
    let in_turn = stretches.is_sorted_by(|one, next| one.1 <= next.0);
    ensure!(in_turn, "the lanes of run {} did not run one after another (reversed: {reversed})", run.run);
    Ok(())
}

fn relayed() -> Setting {
    Setting { relay: true, ..Setting::default() }
}

async fn open(show: &Show, lanes: [Transport; 2], round_trip: u32) -> Result<()> {
    let lanes = lanes.map(Transport::id).join(".");
    show.open(&format!("scenario=echo&messages={MESSAGES}&rtt={round_trip}&lanes={lanes}")).await
}

/// Whether relay and tap tell the same of one lane, and the right thing. Answers the lane's octets.
async fn witnesses_agree(
    stage: &Stage,
    run: &Ticket,
    tap: &Tap,
    lane: usize,
    transport: Transport,
) -> Result<u64> {
    let port =
        run.lanes.iter().find(|known| usize::from(known.lane) == lane).context("a lane without a port")?.port;
    let tapped =
        tap.lanes.iter().find(|known| usize::from(known.lane) == lane).context("a lane without a tap")?;
    let carried = stage.carried(port).await?;
    let tallies: Vec<Tally> = carried.iter().map(Tally::of).collect::<Result<_>>()?;
    let sum = |count: fn(&Tally) -> usize| tallies.iter().map(count).sum::<usize>();
    let posts: Vec<usize> = tallies.iter().map(|tally| tally.asked("POST")).collect();
    match transport {
        Transport::WebSocket => {
            let seen =
                (tallies.len(), sum(Tally::upgrades), sum(Tally::data_frames), sum(Tally::close_frames));
            ensure!(
                seen == (1, 1, 2 * MESSAGES, 2),
                "the relay saw (connections, upgrades, data frames, Close frames) {seen:?}"
            );
        }
        Transport::Close => {
            ensure!(posts == [1; MESSAGES], "the relay saw so many POSTs on each connection: {posts:?}");
        }
        _ => ensure!(posts == [MESSAGES], "the relay saw so many POSTs on each connection: {posts:?}"),
    }
    let others =
        tallies.iter().flat_map(|tally| &tally.requests).filter(|(method, _)| method != "POST").count();
    ensure!(
        others == usize::from(transport == Transport::WebSocket),
        "the relay saw {others} other requests"
    );
    ensure!(
        tapped.connections.len() == tallies.len(),
        "the tap has {} connections, the relay {}",
        tapped.connections.len(),
        tallies.len()
    );
    let relay: u64 = tallies.iter().map(|tally| tally.octets).sum();
    ensure!(
        tapped_octets(tapped) == relay,
        "the tap has {} octets, the relay {relay}",
        tapped_octets(tapped)
    );
    Ok(relay)
}

fn tapped_octets(lane: &LaneTap) -> u64 {
    let of = |it: &ConnectionTap| it.dropped + it.chunks.iter().map(|it| it.octets.len() as u64).sum::<u64>();
    lane.connections.iter().map(of).sum()
}

/// Whether the page's tables tell the same of one lane.
async fn page_agrees(page: &Page, lane: usize, transport: Transport, relay: u64) -> Result<()> {
    page.to_end().await?;
    let letter = char::from(b'A' + lane as u8);
    let events = page.events(letter).await?;
    let what = |start: &str| events.iter().filter(|event| event.what.starts_with(start)).count();
    let connections: BTreeSet<u32> = events.iter().map(|event| event.connection).collect();
    let seen = (
        what("Request POST /echo"),
        what("Request GET /ws"),
        what("Text frame"),
        what("Close frame"),
        connections.len(),
    );
    let expected = match transport {
        Transport::WebSocket => (0, 1, 2 * MESSAGES, 2, 1),
        Transport::Close => (MESSAGES, 0, 0, 0, MESSAGES),
        _ => (MESSAGES, 0, 0, 0, 1),
    };
    ensure!(
        seen == expected,
        "lane {letter} has (POSTs, upgrades, data frames, Close frames, connections) {seen:?} and not {expected:?}: {:#?}",
        events.iter().map(|event| &event.what).collect::<Vec<_>>()
    );
    let unwitnessed: Vec<_> = events
        .iter()
        .filter(|it| it.octets > 0 && !it.source.contains("witnessed") && it.source != "measured")
        .collect();
    ensure!(unwitnessed.is_empty(), "these carry octets that nobody witnessed: {unwitnessed:#?}");
    let rows: u64 = events.iter().map(|event| event.octets).sum();
    let ledger = page.ledger().await?;
    let ledger = ledger.get(lane).context("the ledger lacks a lane")?;
    let region = page.lane(letter).await?;
    let counter = region.counter("octets").await?;
    let live = page.live_runs().await?;
    let live = live.get(lane).context("the table of live runs lacks a lane")?;
    let cell =
        live.iter().find(|(column, _)| column == "Octets, witnessed").and_then(|(_, cell)| count(cell));
    let told = (Some(rows), Some(ledger.messages + ledger.framing), count(&counter), cell);
    let all = (Some(relay), Some(relay), Some(relay), Some(relay));
    ensure!(
        told == all,
        "the relay carried {relay} octets on lane {letter}; (Events, Ledger, counter, Live runs) tell {told:?}"
    );
    ensure!(
        ledger.delivered == 2 * MESSAGES as u64,
        "{} messages and echoes were delivered",
        ledger.delivered
    );
    let texts = region.text().await?;
    for word in ["witnessed", "measured"] {
        ensure!(texts.contains(word), "lane {letter} does not say that its numbers are {word}: {texts:?}");
    }
    Ok(())
}

const MESSAGES: usize = 5;
