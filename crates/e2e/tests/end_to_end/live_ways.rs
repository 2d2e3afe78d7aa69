//! Every transport, live: the octets that the simulator predicts, that the page's tables tell, that the
//! companion's tap saw and that the relay carried are one number, and messages come in their order.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use e2e::browser::{Kind as Browser, Look};
use e2e::lab::count;
use e2e::page::Page;
use e2e::show::{Show, play};
use e2e::stage::{Setting, Stage};
use trace::event::Kind;
use trace::fragment::Link;
use trace::heads::Preset;
use trace::live::{ConnectionTap, Tap, Ticket};
use trace::scenario::{Scenario, Transport, Workload};
use trace::sim::simulate;
use trace::trace::Trace;
use wire::Sender;

const HTTP: [Transport; 4] = [Transport::Persistent, Transport::Close, Transport::Six, Transport::Polling];
const PUSH: [Transport; 4] = [Transport::Long, Transport::Sse, Transport::WebSocket, Transport::Deflate];
const SERVERS: [Transport; 1] = [Transport::Webhook];

#[tokio::test(flavor = "multi_thread")]
async fn chat() {
    ways("ways_chat", &[(Workload::Chat, 5, false)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn echo() {
    ways("ways_echo", &[(Workload::Echo, 5, false), (Workload::Echo, 3, true)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn asked() {
    let rows = [(Workload::Page, 12, false), (Workload::Reads, 4, true), (Workload::Download, 3, false)];
    ways("ways_asked", &rows).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn open() {
    let rows = [(Workload::Ticker, 11, true), (Workload::Dashboard, 6, false), (Workload::Call, 10, false)];
    ways("ways_open", &rows).await;
}

async fn ways(name: &'static str, rows: &[(Workload, u32, bool)]) {
    let rows = rows.to_vec();
    let setting = Setting { relay: true, ..Setting::default() };
    play(name, setting, Look::default(), move |show| async move {
        let mut seen = Vec::new();
        for (workload, messages, binary) in rows {
            for lanes in [&HTTP[..], &PUSH, &SERVERS] {
                let scenario = Scenario { preset: preset()?, ..scenario(lanes, workload, messages, binary) };
                one(&show, &scenario, &mut seen)
                    .await
                    .with_context(|| format!("{workload:?}, binary {binary}"))?;
            }
        }
        Ok(())
    })
    .await;
}

/// Whose heads are predicted.
fn preset() -> Result<Preset> {
    Ok(match Browser::wanted()? {
        Browser::Chromium => Preset::Loopback,
        Browser::Firefox => Preset::Firefox,
    })
}

fn scenario(lanes: &[Transport], workload: Workload, messages: u32, binary: bool) -> Scenario {
    // What several questions at once bring about meets the one that is held by luck.
    let lanes = lanes.iter().copied();
    let lanes = lanes.filter(|lane| workload != Workload::Page || *lane != Transport::Long).collect();
    let mut scenario = Scenario { lanes, workload, messages, binary, ..Scenario::default() };
    // Polls at least 200 ms away from what is said: what falls together with one is heard by luck.
    scenario.network.round_trip = 40_000;
    match workload {
        Workload::Echo => scenario.poll = 300_000,
        Workload::Reads => scenario.poll = 1_200_000,
        Workload::Call => scenario.poll = 1_300_000,
        Workload::Page => scenario.poll = 1_500_000,
        Workload::Download => scenario.size = Some(2_000),
        Workload::Ticker => scenario.rate = Some(3),
        _ => {}
    }
    scenario
}

async fn one(show: &Show, scenario: &Scenario, seen: &mut Vec<u32>) -> Result<()> {
    let link = Link { scenario: scenario.clone(), ..Link::default() };
    show.open(&link.write()).await?;
    let problem = show.page.run_live(Duration::from_secs(60)).await?;
    ensure!(problem.is_none(), "the page says: {problem:?}");
    let stage = show.stage.lock().await;
    let opened = stage.opened()?;
    let run = opened.iter().find(|run| !seen.contains(&run.run)).context("the page opened no run")?;
    seen.push(run.run);
    let tap = stage.tap(run.run).await?;
    let predicted = simulate(scenario);
    show.page.to_end().await?;
    for (lane, transport) in scenario.lanes.iter().enumerate() {
        octets_agree(&show.page, &stage, run, &tap, &predicted, lane)
            .await
            .with_context(|| transport.name())?;
        in_order(&show.page, &predicted, lane, *transport, scenario.workload)
            .await
            .with_context(|| transport.name())?;
    }
    Ok(())
}

async fn octets_agree(
    page: &Page,
    stage: &Stage,
    run: &Ticket,
    tap: &Tap,
    predicted: &Trace,
    lane: usize,
) -> Result<()> {
    let port = run.lanes.iter().find(|known| usize::from(known.lane) == lane).context("no port")?.port;
    let carried = stage.carried(port).await?;
    let mut relay: u64 = carried.iter().map(|it| (it.up.len() + it.down.len()) as u64).sum();
    let tapped = tap.lanes.get(lane).context("no tap")?;
    let of = |it: &ConnectionTap| it.dropped + it.chunks.iter().map(|it| it.octets.len() as u64).sum::<u64>();
    let tapped: u64 = tapped.connections.iter().map(of).sum();
    if predicted.lanes().get(lane).is_some_and(|lane| lane.transport == Transport::Webhook) {
        // Between two servers there is no browser, and so no relay.
        ensure!(relay == 0, "the browser sent {relay} octets to a lane that is none of its business");
        relay = tapped;
    }
    let expected: u64 = predicted.lane(lane).map(|event| event.octets.on_connection()).sum();
    let live = page.live_runs().await?;
    let row = live.get(lane).context("the table of live runs lacks a lane")?;
    let cell = |name: &str| row.iter().find(|(column, _)| column == name).and_then(|(_, cell)| count(cell));
    let told = (cell("Octets, witnessed"), cell("Octets, predicted"), cell("Difference"));
    ensure!(
        (relay, tapped) == (expected, expected) && told == (Some(expected), Some(expected), Some(0)),
        "predicted are {expected} octets; the relay carried {relay}, the tap saw {tapped}, the page tells {told:?}"
    );
    Ok(())
}

/// Whether everybody heard what was predicted, in that order. Questions that are asked at once on several
/// connections may overtake each other, and so may their answers, where these come in place.
async fn in_order(
    page: &Page,
    predicted: &Trace,
    lane: usize,
    transport: Transport,
    workload: Workload,
) -> Result<()> {
    let asked_at_once = transport.most_connections() > 1 && !workload.is_open();
    let answered_at_once = asked_at_once && transport.answers_in_place();
    let letter = char::from(b'A' + lane as u8);
    let events = page.events(letter).await?;
    for (sender, start, at_once) in
        [(Sender::Server, "You got ", answered_at_once), (Sender::Client, "Ben got ", asked_at_once)]
    {
        let heard = events.iter().map(|event| event.what.clone()).filter(|what| what.starts_with(start));
        let mut heard: Vec<String> = heard.collect();
        let delivered = |event: &&std::rc::Rc<trace::event::Event>| {
            event.kind == Kind::Delivered && event.key.sender == sender
        };
        let expected = predicted.lane(lane).filter(delivered).map(|event| trace::caption::title(event));
        let mut expected: Vec<String> = expected.collect();
        if at_once {
            heard.sort();
            expected.sort();
        }
        ensure!(heard == expected, "heard was {heard:#?}, predicted {expected:#?}");
    }
    Ok(())
}
